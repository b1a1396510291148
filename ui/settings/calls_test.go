package settings

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/assets"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// another is the shipped call under another id and name.
func another(t *testing.T) string {
	t.Helper()
	raw, err := fs.ReadFile(assets.FS, "calls/kompetansepiloter-2020.json")
	if err != nil {
		t.Fatal(err)
	}
	s := strings.Replace(string(raw), `"id": "kompetansepiloter-2020"`, `"id": "egen-2027"`, 1)
	return strings.Replace(s, "Tilskudd til kompetansepiloter", "Vår egen ordning", 1)
}

func tryCalls(t *testing.T, path string) (*uitest.Tried, *callsPage) {
	t.Helper()
	w := uitest.Window(t, uitest.Program(t, true))
	p := NewCalls(w.Env, &kit.FakeChooser{Path: path}).(*callsPage)
	w.Show(p)
	return w, p
}

func ids(p *callsPage) string {
	var all []string
	for _, c := range p.all {
		all = append(all, c.ID)
	}
	return strings.Join(all, " ")
}

func TestCallsAreListed(t *testing.T) {
	_, p := tryCalls(t, "")
	for _, want := range []string{"Tilskudd til kompetansepiloter", "Kommunal- og moderniseringsdepartementet (KMD) · frist 1. oktober 2020", "Følger med programmet"} {
		if !reads(p.Content(), want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if reads(p.Content(), "Fjern") {
		t.Error("a call of the program can be removed")
	}
}

func TestACallIsAddedRemovedAndUndone(t *testing.T) {
	w, p := tryCalls(t, file(t, "egen.json", another(t)))
	p.add.OnTapped()
	if ids(p) != "kompetansepiloter-2020 egen-2027" || !reads(p.Content(), "Din egen, lagt til") {
		t.Fatal("not added:", ids(p), w.Shell.Failed)
	}
	if len(w.Shell.Toasts) != 1 || w.Shell.Toasts[0] != "La til utlysningen fra egen.json" {
		t.Error(w.Shell.Toasts)
	}
	undo := func() {
		t.Helper()
		if _, err := p.Program.Workspace.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	button(t, p.Content(), "Fjern").OnTapped()
	if ids(p) != "kompetansepiloter-2020" {
		t.Fatal("not removed:", ids(p), w.Shell.Failed)
	}
	undo()
	if ids(p) != "kompetansepiloter-2020 egen-2027" {
		t.Error("undo does not bring it back:", ids(p))
	}
	button(t, p.Content(), "Fjern").OnTapped()
	p.add.OnTapped() // again, over the one in the trash
	if ids(p) != "kompetansepiloter-2020 egen-2027" {
		t.Error("cannot be added again:", ids(p))
	}
	undo()
	undo()
	undo()
	if ids(p) != "kompetansepiloter-2020" {
		t.Error("undo does not take the first adding back:", ids(p))
	}
}

func TestACallInUseIsKept(t *testing.T) {
	w, p := tryCalls(t, file(t, "egen.json", another(t)))
	p.add.OnTapped()
	if _, err := p.Program.Grants.Create("Ny søknad", "egen-2027", "34", "nb", "Fjord og fjell"); err != nil {
		t.Fatal(err)
	}
	button(t, p.Content(), "Fjern").OnTapped()
	if len(w.Shell.Failed) != 1 || data.Code(w.Shell.Failed[0]) != grant.CodeCallInUse || !strings.Contains(data.Message(w.Shell.Failed[0]), "Fjord og fjell") {
		t.Error(w.Shell.Failed)
	}
	if ids(p) != "kompetansepiloter-2020 egen-2027" {
		t.Error("it is gone:", ids(p))
	}
}

func TestFaultsOfAFileAreListed(t *testing.T) {
	faulty := strings.Replace(another(t), `"type": "money"`, `"type": "penger"`, 1)
	w, p := tryCalls(t, file(t, "gal.json", faulty))
	p.add.OnTapped()
	top := w.Shell.Window().Canvas().Overlays().Top()
	if top == nil || !reads(top, "gal.json har 1 feil") || !reads(top, "form.sections[0].fields[1].type: Feltet «amountRequested» har typen «penger»") || !reads(top, "linje ") {
		t.Fatal("the faults are not shown")
	}
	w.Picture("calls-faults")
	if ids(p) != "kompetansepiloter-2020" || len(w.Shell.Toasts) > 0 {
		t.Error("something was added")
	}
	button(t, top, "Kopier listen").OnTapped()
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "gal.json\nlinje ") {
		t.Error("copied", got)
	}
}

func TestHopelessFiles(t *testing.T) {
	large := file(t, "stor.json", strings.Repeat(" ", grant.MaxCallSize+10))
	for path, want := range map[string]string{file(t, "tom.json", ""): "ikke gyldig JSON", file(t, "bilde.json", "\x89PNG\x00"): "ikke gyldig JSON"} {
		w, p := tryCalls(t, path)
		p.add.OnTapped()
		if top := w.Shell.Window().Canvas().Overlays().Top(); top == nil || !reads(top, want) {
			t.Errorf("%s: the reason is not shown", path)
		}
	}
	for path, code := range map[string]string{large: data.CodeTooLarge, large + "-missing": disk.CodeRead} {
		w, p := tryCalls(t, path)
		p.add.OnTapped()
		if len(w.Shell.Failed) != 1 || data.Code(w.Shell.Failed[0]) != code {
			t.Error(w.Shell.Failed)
		}
	}
}

// TestAStoredFileWithFaults: one that an older program took, say, is shown and
// can be removed; the others work.
func TestAStoredFileWithFaults(t *testing.T) {
	_, p := tryCalls(t, "")
	err := p.Program.Workspace.Update("Gammel fil", func(tx *data.Tx) error {
		return tx.Put(&data.CallFile{Row: data.Row{ID: "gammel-2019"}, Name: "Gammel", Content: `{"id": "gammel-2019"}`})
	})
	if err != nil {
		t.Fatal(err)
	}
	if !reads(p.Content(), "gammel-2019") || !reads(p.Content(), "Filen har feil og brukes ikke") || !reads(p.Content(), "Utlysningen mangler «title».") {
		t.Fatal("the faults are not shown")
	}
	button(t, p.Content(), "Fjern").OnTapped()
	if len(p.wrong) != 0 || ids(p) != "kompetansepiloter-2020" {
		t.Error("not removed:", p.wrong)
	}
}

func TestACallIsShown(t *testing.T) {
	w, p := tryCalls(t, "")
	button(t, p.Content(), "Vis innholdet").OnTapped()
	for _, want := range []string{
		"Alle fylkeskommuner unntatt Oslo", "70 % av kostnadene", "1 400 000 kroner for hver søker",
		"1 500 000 kroner for hver søker, planlagt og ikke vedtatt", "Lang tekst · må fylles ut · høyst 500 tegn",
		"ukjent grense, rådet er høyst 4 000 tegn", "Tilskuddet kan dekke inntil 70 prosent av prosjektkostnadene",
		"Kilde: https://", "Ingen kilde sier dette; programmet legger det til grunn",
	} {
		if !reads(p.Content(), want) {
			t.Errorf("%q is not shown", want)
		}
	}
	w.Key(fyne.KeyEnd) // the reader has the focus
	button(t, p.Content(), "Alle utlysninger").OnTapped()
	if !reads(p.Content(), "Vis innholdet") || p.open != "" {
		t.Error("no way back to the list")
	}
}

func TestCallsPictures(t *testing.T) {
	page := func(open string) func(w *uitest.Tried) screen.Page {
		return func(w *uitest.Tried) screen.Page {
			if _, _, err := w.Env.Program.Grants.Calls().Add([]byte(another(t)), "La til"); err != nil {
				t.Fatal(err)
			}
			err := w.Env.Program.Workspace.Update("Gammel fil", func(tx *data.Tx) error {
				return tx.Put(&data.CallFile{Row: data.Row{ID: "gammel-2019"}, Name: "Gammel", Content: `{"id": "gammel-2019"}`})
			})
			if err != nil {
				t.Fatal(err)
			}
			p := NewCalls(w.Env, &kit.FakeChooser{}).(*callsPage)
			p.open = open
			p.show()
			return p
		}
	}
	pictures(t, "calls", true, page(""))
	pictures(t, "call", true, page("kompetansepiloter-2020"))
	if os.Getenv("PICTURES") != "" {
		w := uitest.Window(t, uitest.Program(t, true))
		w.Shell.Window().Resize(fyne.NewSize(1000, 800))
		p := page("")(w).(*callsPage)
		w.Show(p)
		p.onShow("kompetansepiloter-2020")
		w.Key(fyne.KeyEnd)
		w.Picture("call-end")
	}
}
