package exchange

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/exchange"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

const list = `Bedrifter fra næringsforeningen;;;;;
;;;;;
Firma;Org.nr.;Kommune;E-post;Ansatte;Medlem siden
Berg Sag og Høvleri AS;NO 974 760 673 MVA;Lom;post@bergsag.example.no;7;2019
Dal Bygg AS;974 760 674;Lom;post@dalbygg.example.no;12;2020
Vik Trelast;;Sel;;3;
Nes Mekaniske AS;9747606731;Sel;;;
Sjoavegen Elementbygg AS;;;ny@sjoavegen.example.no;250;
Øvre Hotell;;Oppdiktet;;;
`

func listFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "medlemmer 2026.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, p *app.Program, path, kind string) (*uitest.Tried, *page, *kit.FakeChooser) {
	t.Helper()
	w := uitest.Window(t, p)
	files := &kit.FakeChooser{Path: path}
	page := New(w.Env, files, kind).(*page)
	w.Show(page)
	return w, page, files
}

func has(t *testing.T, p *page, want ...string) {
	t.Helper()
	texts := uitest.Texts(p.Content())
	for _, s := range want {
		if !strings.Contains(texts, s) {
			t.Errorf("%q is not shown", s)
		}
	}
}

func TestImportsStepByStep(t *testing.T) {
	program := uitest.Program(t, true)
	w, p, files := open(t, program, listFile(t, list), "")
	has(t, p, "Steg 1 av 4", "Bedrifter")
	p.onChoose()
	has(t, p, "Steg 2 av 4", "overskriftene står i rad 3", "semikolon", "NO 974 760 673 MVA", "Medlem siden")
	p.onColumnsDone()
	has(t, p, "Steg 3 av 4", "Ny 2", "Oppdateres 1", "Tas ikke med 3", "Importer 3 rader", "Sjoavegen Elementbygg AS har det samme navnet.")
	before := count(t, program)
	p.onImport()
	has(t, p, "Steg 4 av 4", "2 nye poster er laget.", "1 post er oppdatert.", "3 rader ble ikke med.", "Rad 5: Kontrollsifferet")
	if count(t, program) != before+2 || len(w.Shell.Toasts) != 1 || w.Shell.Toasts[0] != "Importerte 3 rader fra medlemmer 2026.csv" {
		t.Errorf("%d of %d, toasts %q", count(t, program), before, w.Shell.Toasts)
	}
	files.Path = filepath.Join(t.TempDir(), "rett.csv")
	p.onSaveRejected()
	raw, err := os.ReadFile(files.Path)
	if err != nil || strings.Count(string(raw), "\r\n") != 4 || !strings.Contains(string(raw), "Medlem siden;Rad;Årsak") {
		t.Errorf("%s, %v", raw, err)
	}
	p.onRegister()
	if w.Shell.Went[0] != (screen.Route{Page: screen.PageBusinesses}) {
		t.Errorf("went %v", w.Shell.Went)
	}
	if label, err := program.Workspace.Undo(); err != nil || label != w.Shell.Toasts[0] || count(t, program) != before {
		t.Error(label, err, count(t, program))
	}
}

func count(t *testing.T, p *app.Program) int {
	t.Helper()
	all, err := data.Live[data.Organisation](p.Workspace, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

func TestChoicesAreKept(t *testing.T) {
	program := uitest.Program(t, true)
	_, p, _ := open(t, program, listFile(t, list), "")
	p.onChoose()
	p.file.Matching[5] = exchange.FieldNote
	p.onColumnsDone()
	p.policy = exchange.PolicySkip
	p.look()
	has(t, p, "Hoppes over 1", "Importer 2 rader")
	v := &rowsView{page: p, grid: kit.NewGrid(p.words, []kit.GridColumn{{ID: "row"}, {ID: "name"}, {ID: "action"}, {ID: "why"}}, ""), chips: kit.Row(), done: kit.NewButton("", nil)}
	v.onChip(exchange.Skip)
	if len(v.shown) != 1 {
		t.Fatalf("%d rows are skipped", len(v.shown))
	}
	v.grid.Select([]string{fmt.Sprint(v.shown[0])})
	v.onAction(exchange.Create)
	if got := p.plan.Count(); got[exchange.Create] != 3 || got[exchange.Skip] != 0 {
		t.Errorf("counts %v", got)
	}
	if err := program.Workspace.Update("Utenfor", func(tx *data.Tx) error {
		return tx.Put(&data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Vik Trelast", Status: "mapped"})
	}); err != nil {
		t.Fatal(err)
	}
	if got := p.plan.Count(); got[exchange.Create] != 2 || got[exchange.Skip] != 1 || got[exchange.Update] != 0 {
		t.Errorf("after a change elsewhere: %v", got) // Vik is known now; the choice of Sjoavegen stays
	}
	p.onImport()
	_, again, _ := open(t, program, listFile(t, list), "")
	again.onChoose()
	if !again.file.Remembered || again.file.Matching[5] != exchange.FieldNote {
		t.Errorf("matched %q", again.file.Matching)
	}
	has(t, again, "valgt som sist")
}

func TestSaysWhatIsWrong(t *testing.T) {
	program := uitest.Program(t, false)
	for text, want := range map[string]string{"": "Filen er tom.", "%PDF-1.7\n": "Dette er ikke en tabell som kan leses."} {
		_, p, _ := open(t, program, listFile(t, text), "")
		p.onChoose()
		has(t, p, "Steg 1 av 4", want)
	}
	_, p, _ := open(t, program, listFile(t, "Ting;Tang\n1;2\n"), "")
	p.onChoose()
	p.onColumnsDone()
	has(t, p, "Steg 2 av 4", "Velg hvilken kolonne som har navnet")
	_, p, _ = open(t, program, filepath.Join(t.TempDir(), "nosuch.csv"), string(exchange.Contacts))
	p.onChoose()
	has(t, p, "Fant ikke filen nosuch.csv.")
	if p.kind != exchange.Contacts {
		t.Errorf("kind %q", p.kind)
	}
}

func TestManyColumns(t *testing.T) {
	_, p, _ := open(t, uitest.Program(t, false), listFile(t, "Navn"+strings.Repeat(";x", 299)+"\nBerg"+strings.Repeat(";1", 299)+"\n"), "")
	p.onChoose()
	has(t, p, "Vis alle 300 kolonnene")
	p.onAllColumns()
	p.onColumnsDone()
	has(t, p, "Ny 1")
	p.showColumns("")
	p.go1()
	has(t, p, "Steg 1 av 4")
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	path := listFile(t, list)
	many := "Navn;Orgnr\n"
	for i := range 3000 {
		many += fmt.Sprintf("Bedrift %d i Nord-Østerdalen og Fjellregionen AS;%d\n", i, 974760000+i)
	}
	manyPath := listFile(t, many)
	for look, options := range uitest.Looks() {
		for _, size := range [][2]float32{{1100, 720}, {964, 620}} {
			name := func(step string) string { return fmt.Sprintf("%s-%s-%d", step, look, int(size[0])) }
			w := uitest.WindowIn(t, uitest.Program(t, true), "nb", options, size[0], size[1])
			p := New(w.Env, &kit.FakeChooser{Path: path}, "").(*page)
			w.Show(p)
			w.Picture(name("1"))
			p.onChoose()
			w.Picture(name("2"))
			p.onColumnsDone()
			w.Picture(name("3"))
			p.onImport()
			w.Picture(name("4"))
			p.go1()
			p.open(manyPath)
			p.onColumnsDone()
			w.Picture(name("3-many"))
			p.showFile("Filen er tom. Ingenting er endret. Velg en annen fil.")
			w.Picture(name("1-problem"))
		}
	}
	w := uitest.WindowIn(t, uitest.Program(t, true), "nn", theme.Options{Variant: theme.Light}, 1100, 720)
	p := New(w.Env, &kit.FakeChooser{Path: path}, "").(*page)
	w.Show(p)
	p.onChoose()
	p.onColumnsDone()
	w.Picture("language-nn")
}
