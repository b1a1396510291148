package documents

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// opened is the page in a window, with a stand-in for the PDF and a person who
// chooses path.
func opened(w *uitest.Tried) (*page, *kit.FakeChooser) {
	w.Helper()
	files := &kit.FakeChooser{}
	p := newPage(w.Env, files)
	p.pdf = func(_, version, _ string) ([]byte, []document.Replacement, error) {
		return []byte("%PDF-1.7\n" + version + "\n%%EOF\n"), nil, nil
	}
	p.program.Version = "1.2.3"
	w.Show(p)
	return p, files
}

// withVersions gives the first application of the sample a submitted version
// and a named one.
func withVersions(t testing.TB) (*app.Program, string) {
	t.Helper()
	p := uitest.Program(t, true)
	apps, err := data.Live[data.Application](p.Workspace, "", "created DESC, id DESC")
	if err != nil {
		t.Fatal(err)
	}
	id := apps[0].ID
	err = p.Workspace.Update("Innsendt", func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, id)
		if err != nil {
			return err
		}
		d.Application.Status, d.Application.Submitted, d.Application.CaseNumber = data.StatusSubmitted, "2020-09-28", "20/04711"
		if err := tx.Put(&d.Application); err != nil {
			return err
		}
		return tx.SaveVersion(&d, &data.Version{Name: "Innsendt 28.09.2020", Frozen: true, Submitted: "2020-09-28", CaseNumber: "20/04711"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Grants.SaveVersion("Navnga", id, "Til fylkestinget"); err != nil {
		t.Fatal(err)
	}
	return p, id
}

func TestABundleIsMadeNotedAndChecked(t *testing.T) {
	p, id := withVersions(t)
	w := uitest.Window(t, p)
	page, files := opened(w)
	uitest.Has(t, page.Content(), "Søknaden slik den er nå", "Sendt inn 28. september 2020 · sak 20/04711", "Til fylkestinget", "Ingenting er laget ennå.", "Vedlegg")

	// One presses the button of the submitted version.
	files.Path = filepath.Join(t.TempDir(), "pakke") // the ending is added
	pressNth(t, page.Content(), "Lag innsendingspakke …", 3)
	path := files.Path + ".zip"
	if len(w.Shell.Failed) > 0 || len(w.Shell.Toasts) != 1 || w.Shell.Toasts[0] != "Laget pakke.zip." {
		t.Fatalf("failed %v, said %q", w.Shell.Failed, w.Shell.Toasts)
	}
	made, err := p.Made(id)
	if err != nil || len(made) != 1 || made[0].MadeOf != data.MadeBundle || made[0].Path != path || made[0].Version == "" {
		t.Fatalf("noted %+v, %v", made, err)
	}
	uitest.Has(t, page.Content(), "pakke.zip", "Innsendingspakke · av «Innsendt 28.09.2020»")

	files.Path = path
	press(t, w, "Kontroller en pakke …")
	uitest.Has(t, page.Content(), "pakke.zip er hel og uendret", "Akkurat denne filen er notert her: laget")
	uitest.Has(t, page.Content(), "laget med Kompetansepilot 1.2.3")
	press(t, w, "Er filen uendret?")
	uitest.Has(t, page.Content(), "er den som ble laget.")

	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(t.TempDir(), "flyttet.zip")
	if err := os.WriteFile(moved, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Replace(raw, []byte("%PDF-1.7"), []byte("%PDF-1.6"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Er filen uendret?")
	uitest.Has(t, page.Content(), "er en annen enn den som ble laget.")
	press(t, w, "Kontroller en pakke …")
	uitest.Has(t, page.Content(), "Det er én feil i pakke.zip.", "«søknad.pdf» er skadet")
	uitest.HasNot(t, page.Content(), "notert her")

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Er filen uendret?")
	uitest.Has(t, page.Content(), "Er den flyttet, kan du finne den.")
	files.Path = moved
	press(t, w, "Finn filen …")
	uitest.Has(t, page.Content(), "er den som ble laget.")
	press(t, w, "Lukk")
	uitest.HasNot(t, page.Content(), "Det er én feil")
	if got := w.Shell.Window().Canvas().Focused(); got != fyne.Focusable(page.check) {
		t.Errorf("the focus is on %T", got)
	}
}

func TestAPDFOfTheDraftIsMade(t *testing.T) {
	p, id := withVersions(t)
	w := uitest.Window(t, p)
	page, files := opened(w)
	page.pdf = func(string, string, string) ([]byte, []document.Replacement, error) {
		return []byte("%PDF-1.7\n%%EOF\n"), []document.Replacement{{Text: "[U+1F600]", Count: 2}}, nil
	}
	files.Path = filepath.Join(t.TempDir(), "s.PDF")
	press(t, w, "Lag PDF …")
	if got := strings.Join(w.Shell.Toasts, ""); got != "Laget s.PDF. 2 tegn kan ikke vises i PDF-en og er erstattet." {
		t.Errorf("said %q", got)
	}
	made, err := p.Made(id)
	if err != nil || len(made) != 1 || made[0].MadeOf != data.MadePDF || made[0].Version != "" {
		t.Errorf("noted %+v, %v", made, err)
	}
	uitest.Has(t, page.Content(), "PDF · av utkastet")
	press(t, w, "Kopier kontrollsum")
	if got := fyne.CurrentApp().Clipboard().Content(); got != made[0].SHA256 {
		t.Errorf("copied %q", got)
	}
	// Undo does not take the note of a file away that is on the disk.
	if _, err := p.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if made, err := p.Made(id); err != nil || len(made) != 1 {
		t.Errorf("after undo: %+v, %v", made, err)
	}
}

// Who works by keyboard stays where they were.
func TestTheFocusStays(t *testing.T) {
	p, _ := withVersions(t)
	w := uitest.Window(t, p)
	page, files := opened(w)
	canvas := w.Shell.Window().Canvas()
	files.Path = filepath.Join(t.TempDir(), "a.zip")
	for _, text := range []string{"Lag innsendingspakke …", "Er filen uendret?", "Kontroller en pakke …"} {
		b := uitest.Find(t, page.Content(), text, func(b *kit.Button) bool { return b.Text() == text })
		canvas.Focus(b)
		w.Key(fyne.KeySpace)
		if got := canvas.Focused(); got != fyne.Focusable(b) {
			t.Errorf("after %q the focus is on %T", text, got)
		}
	}
	if len(w.Shell.Toasts) != 1 || len(w.Shell.Failed) > 0 {
		t.Errorf("said %q, failed %v", w.Shell.Toasts, w.Shell.Failed)
	}
}

func TestWhatCanNotBeMadeLeavesNothing(t *testing.T) {
	p, id := withVersions(t)
	w := uitest.Window(t, p)
	page, files := opened(w)
	files.Path = filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(files.Path, []byte("det som lå der"), 0o600); err != nil {
		t.Fatal(err)
	}
	page.pdf = func(string, string, string) ([]byte, []document.Replacement, error) { return nil, nil, nil }
	press(t, w, "Lag innsendingspakke …")
	if len(w.Shell.Failed) != 1 || data.Code(w.Shell.Failed[0]) != "bundleNoPDF" {
		t.Errorf("failed with %v", w.Shell.Failed)
	}
	if raw, err := os.ReadFile(files.Path); err != nil || string(raw) != "det som lå der" {
		t.Errorf("the file is %q, %v", raw, err)
	}
	if made, err := p.Made(id); err != nil || len(made) != 0 {
		t.Errorf("noted %+v, %v", made, err)
	}
	if uitest.Find(t, page.Content(), "", func(b *kit.Button) bool { return b.Text() == "Lag PDF …" }).Disabled() {
		t.Error("the button is still off")
	}
	files.Path = filepath.Join(t.TempDir(), "none.zip")
	press(t, w, "Kontroller en pakke …")
	uitest.Has(t, page.Content(), "kan ikke leses")
}

func TestAttachmentsAreSaved(t *testing.T) {
	p, _ := withVersions(t)
	w := uitest.Window(t, p)
	page, files := opened(w)
	d, err := data.LoadDraft(p.Workspace, page.order[0])
	if err != nil || len(d.Attachments) == 0 {
		t.Fatalf("the first application has no attachments: %v", err)
	}
	files.Path = filepath.Join(t.TempDir(), "v.txt")
	press(t, w, "Lagre som …")
	raw, err := os.ReadFile(files.Path)
	if err != nil || int64(len(raw)) != d.Attachments[0].Size {
		t.Errorf("saved %d bytes, %v", len(raw), err)
	}
}

func TestChangesAreShown(t *testing.T) {
	p, id := withVersions(t)
	w := uitest.Window(t, p)
	page, _ := opened(w)
	w.Shell.Window().Canvas().Focus(uitest.Find(t, page.Content(), "", func(b *kit.Button) bool { return b.Text() == "Lag PDF …" }))
	if _, err := p.Grants.Attach("La ved", id, data.Attachment{FileName: "Ny støtte.pdf", Title: "Ny støtte", Description: "Fra banken"}, []byte("hei")); err != nil {
		t.Fatal(err)
	}
	uitest.Has(t, page.Content(), "Ny støtte", "Ny støtte.pdf · PDF · 3 byte", "Fra banken")
	if w.Shell.Window().Canvas().Focused() == nil {
		t.Error("the focus was lost")
	}
	if _, err := p.Grants.SaveVersion("Navnga", id, "Enda en"); err != nil {
		t.Fatal(err)
	}
	uitest.Has(t, page.Content(), "Enda en")
	if err := p.Grants.SaveAnswer("Endret", id, "title", "Nytt navn"); err != nil {
		t.Fatal(err)
	}
	uitest.Has(t, page.Content(), "Nytt navn", "Enda en")
	for i := range 6 {
		if _, err := p.Grants.SaveVersion("Navnga", id, fmt.Sprint("Versjon ", i)); err != nil {
			t.Fatal(err)
		}
	}
	uitest.HasNot(t, page.Content(), "Enda en")
	press(t, w, "Vis 4 til")
	uitest.Has(t, page.Content(), "Enda en", "Innsendt 28.09.2020")
	if err := p.Grants.Delete("Slettet", id); err != nil {
		t.Fatal(err)
	}
	uitest.HasNot(t, page.Content(), "Nytt navn")
}

func TestEmptySaysWhereToBegin(t *testing.T) {
	w := uitest.Window(t, uitest.Program(t, false))
	page, _ := opened(w)
	uitest.Has(t, page.Content(), "Det er ingen søknad ennå.")
	press(t, w, "Gå til søknadene")
	if len(w.Shell.Went) != 1 || w.Shell.Went[0].Page != screen.PageApplications {
		t.Errorf("went %+v", w.Shell.Went)
	}
}

// repacked is a bundle with faults of several kinds.
func repacked(t *testing.T, p *app.Program, id string) string {
	t.Helper()
	m := bundle.Maker{Workspace: p.Workspace, Grants: p.Grants, Program: bundle.Program{Name: app.Name, Version: "1.2.3"}, PDF: func(string, string, string) ([]byte, []document.Replacement, error) {
		return []byte("%PDF-1.7\n%%EOF\n"), nil, nil
	}}
	b, err := m.Make(id, "", "")
	if err != nil {
		t.Fatal(err)
	}
	var raw, out bytes.Buffer
	if err := b.WriteZip(&raw); err != nil {
		t.Fatal(err)
	}
	from, err := zip.NewReader(bytes.NewReader(raw.Bytes()), int64(raw.Len()))
	if err != nil {
		t.Fatal(err)
	}
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		switch f.Name {
		case bundle.NameSchema:
		case bundle.NamePDF:
			part, _ := to.Create(f.Name)
			_, _ = part.Write([]byte("en annen"))
		default:
			_ = to.Copy(f)
		}
	}
	_, _ = to.Create("vedlegg/99 Nytt budsjett.xlsx")
	_, _ = to.Create("../../autoexec.bat")
	_ = to.Close()
	path := filepath.Join(t.TempDir(), "Innsendingspakke - Fra skog til hus.zip")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPicturesOfDocuments(t *testing.T) {
	p, id := withVersions(t)
	bad := repacked(t, p, id)
	out := t.TempDir()
	for _, name := range []string{"full", "made", "bad"} {
		pictures(t, p, "documents-"+name, func(w *uitest.Tried, page *page, files *kit.FakeChooser) {
			switch name {
			case "made":
				files.Path = filepath.Join(out, "Søknad - Fra skog til hus.pdf")
				press(w, w, "Lag PDF …")
				files.Path = filepath.Join(out, "Innsendingspakke - Fra skog til hus 2020-09-28.zip")
				pressNth(w, page.Content(), "Lag innsendingspakke …", 3)
				press(w, w, "Kontroller en pakke …")
				press(w, w, "Er filen uendret?")
			case "bad":
				files.Path = bad
				press(w, w, "Kontroller en pakke …")
			}
		})
	}
	pictures(t, uitest.Program(t, false), "documents-empty", func(*uitest.Tried, *page, *kit.FakeChooser) {})
}

// pictures shows the page in every look and size when pictures are asked for,
// and in the hardest one always.
func pictures(t *testing.T, p *app.Program, name string, act func(*uitest.Tried, *page, *kit.FakeChooser)) {
	t.Helper()
	sizes := []fyne.Size{fyne.NewSize(1050, 720), fyne.NewSize(840, 620)} // what the navigation leaves of 1280 × 800 and 1024 × 700
	for look, options := range uitest.Looks() {
		for _, size := range sizes {
			if os.Getenv("PICTURES") == "" && (look != "light-200" || size != sizes[1]) {
				continue
			}
			t.Run(fmt.Sprintf("%s-%s-%.0f", name, look, size.Width), func(t *testing.T) {
				w := uitest.WindowIn(t, p, "nb", options, size.Width, size.Height)
				page, files := opened(w)
				act(w, page, files)
				w.Picture(fmt.Sprintf("%s-%s-%.0f", name, look, size.Width))
			})
		}
	}
	w := uitest.WindowIn(t, p, "nn", theme.Options{Variant: theme.Light}, 1050, 720)
	opened(w)
	w.Picture(name + "-nn")
}

// press taps the first button that says text.
func press(t testing.TB, w *uitest.Tried, text string) {
	t.Helper()
	b := uitest.Find(t, w.Shell.Window().Canvas().Content(), text, func(b *kit.Button) bool { return b.Text() == text })
	if b.Disabled() {
		t.Fatalf("button %q is off", text)
	}
	test.Tap(b)
}

// pressNth taps one of several buttons that say the same, counted from 1.
func pressNth(t testing.TB, root fyne.CanvasObject, text string, n int) {
	t.Helper()
	at := 0
	test.Tap(uitest.Find(t, root, text, func(b *kit.Button) bool {
		if b.Text() == text {
			at++
		}
		return at == n
	}))
}
