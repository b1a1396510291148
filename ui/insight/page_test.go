package insight

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/insight"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// fill adds needs: eight for first aid in two municipalities, one for bookkeeping
// long ago.
func fill(t *testing.T, p *app.Program) (bookkeeping string) {
	t.Helper()
	add := func(text, municipality, date string) string {
		n := data.Need{Text: text, Municipality: municipality, Interview: date, People: 3, Industry: "Hotell (SN2025 55)", Employees: 12}
		if _, err := p.Needs.Add("La til et behov", &n); err != nil {
			t.Fatal(err)
		}
		return n.ID
	}
	for i := range 8 {
		add(fmt.Sprintf("Førstehjelpskurs til skift %d i resepsjonen og på kjøkkenet", i+1), []string{"3446", "3405"}[i%2], "2026-03-01")
	}
	return add("Vi vil lære å føre regnskap selv", "3446", "2025-02-01")
}

// TestEveryNumberOpensItsNeeds chooses a row and goes to a need behind it.
func TestEveryNumberOpensItsNeeds(t *testing.T) {
	program := uitest.Program(t, false)
	bookkeeping := fill(t, program)
	w := uitest.Window(t, program)
	p := New(w.Env).(*Page)
	w.Show(p)
	if len(p.table.Rows) != 2 || len(p.table.Rows[0].Needs) != 8 {
		t.Fatalf("table %+v", p.table.Rows)
	}
	p.onRow("1")
	uitest.Has(t, p.list, "føre regnskap selv", "Ingen tilbud passer")
	p.list.OnOpen(bookkeeping)
	if want := (screen.Route{Page: screen.PageNeeds, ID: bookkeeping}); w.Shell.Went[len(w.Shell.Went)-1] != want {
		t.Errorf("went to %v", w.Shell.Went)
	}
	p.onPlace("3405")
	if p.by != insight.ByMunicipality || p.row() == nil || len(p.row().Needs) != 4 {
		t.Errorf("Lillehammer: %+v", p.row())
	}
}

// TestSavedTableHidesFew writes nothing of single businesses.
func TestSavedTableHidesFew(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program)
	w := uitest.Window(t, program)
	p := New(w.Env).(*Page)
	w.Show(p)
	path := filepath.Join(t.TempDir(), "a.csv")
	p.chooser = &kit.FakeChooser{Path: path}
	p.onExport()
	got, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(got), "færre enn 5") || strings.Contains(string(got), ";1;") {
		t.Errorf("%v: %s", err, got)
	}
	p.chooser = &kit.FakeChooser{Path: filepath.Join(t.TempDir(), "b.pdf")}
	p.onReport()
	if len(w.Shell.Failed) > 0 || len(w.Shell.Toasts) != 2 {
		t.Error(w.Shell.Failed, w.Shell.Toasts)
	}
}

// TestInsertIntoApplication puts the figures into the sample county's draft.
func TestInsertIntoApplication(t *testing.T) {
	program := uitest.Program(t, true)
	fill(t, program)
	all, err := program.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	w := uitest.Window(t, program)
	Insert(w.Env, "", all[0].ID, "background", "Bakgrunn", nil)
	a, err := data.Get[data.Application](program.Workspace, all[0].ID)
	if err != nil || !strings.Contains(a.Answers["background"], "9 behov i 9") {
		t.Fatal(err, a.Answers["background"], w.Shell.Failed)
	}
	fill(t, program)
	report, err := program.Grants.Check(all[0].ID, w.Env.Words, "")
	if err != nil || !strings.Contains(fmt.Sprint(report.Findings), "ikke lenger de samme") {
		t.Error("nothing says that the figures have changed", err)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	full, empty := uitest.Program(t, true), uitest.Program(t, false)
	fill(t, full)
	for look, options := range uitest.Looks() {
		for _, size := range []struct{ width, height float32 }{{1280, 800}, {1024, 700}} {
			for name, program := range map[string]*app.Program{"full": full, "empty": empty} {
				w := uitest.WindowIn(t, program, "nb", options, size.width-180, size.height-80)
				p := New(w.Env).(*Page)
				w.Show(p)
				picture := func(part string) { w.Picture(fmt.Sprintf("insight-%s-%s-%s-%d", name, part, look, int(size.width))) }
				picture("start")
				if name == "full" {
					p.onRow("0")
					picture("needs")
					p.tabs.Select(tabChart)
					p.sides.ShowRecord(true)
					picture("chart")
					p.tabs.Select(tabMap)
					picture("map")
					p.onInsert()
					picture("insert")
				}
			}
		}
	}
	w := uitest.WindowIn(t, full, "nn", theme.Options{Variant: theme.Light}, 1100, 720)
	w.Show(New(w.Env))
	w.Picture("insight-nn")
}
