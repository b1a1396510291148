package pools

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// fill gives five businesses the same need, one another, and an offering that fits.
func fill(t *testing.T, p *app.Program, each int64) {
	t.Helper()
	for i := range 5 {
		n := data.Need{Text: fmt.Sprintf("Vi trenger førstehjelpskurs til skift %d på sagbruket", i+1), Municipality: "3446", People: each, Level: "any", Form: "any", Reach: 100, Industry: "Sagbruk (SN2025 16)", Shareable: i == 0, Norm: "nb"}
		if _, err := p.Needs.Add("La til", &n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Needs.Add("La til", &data.Need{Text: "Tysk for resepsjonen", Municipality: "5001", People: 1, Level: "any", Form: "any"}); err != nil {
		t.Fatal(err)
	}
	if err := p.Workspace.Update("La til", func(tx *data.Tx) error {
		return tx.Put(&data.Offering{Title: "Førstehjelp på arbeidsplassen", Description: "Kurs i førstehjelp for ansatte", Municipality: "3446", Place: "Gran", Capacity: 20, Price: 1000, Language: "nb"})
	}); err != nil {
		t.Fatal(err)
	}
}

// TestSeesWhyPlansAndAsks shows a group with its reasons and needs, makes a request
// and finds the plan.
func TestSeesWhyPlansAndAsks(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 3)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	if len(p.found.Pools) == 0 || p.found.Pools[0].People != 15 {
		t.Fatalf("%+v %v", p.found.Pools, w.Shell.Failed)
	}
	uitest.Has(t, p.Content(), "Nok til et kurs", "førstehjelpskurs til skift 1")
	p.list.OnOpen(p.found.Pools[0].Needs[0])
	if got := w.Shell.Went[len(w.Shell.Went)-1]; got.Page != screen.PageNeeds || got.ID == "" {
		t.Error(got)
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	p.chooser = &kit.FakeChooser{Path: path}
	p.onBrief(0, "nn")
	if raw, err := os.ReadFile(path); err != nil || len(raw) < 1000 {
		t.Error(err, w.Shell.Failed)
	}
	p.tabs.Select(tabPlan)
	p.onPlan()
	uitest.Has(t, p.Content(), "15 personer får kurs for 15 000 kroner")
	p.budget.SetValue(100)
	p.onPlan()
	uitest.Has(t, p.Content(), "pengene rekker ikke")
}

// TestTellsWhatIsMissing counts who is missing.
func TestTellsWhatIsMissing(t *testing.T) {
	program := uitest.Program(t, false)
	fill(t, program, 1)
	w := uitest.Window(t, program)
	p := New(w.Env, "").(*Page)
	w.Show(p)
	uitest.Has(t, p.Content(), "3 til, så er det kurs")
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	full, empty := uitest.Program(t, true), uitest.Program(t, false)
	fill(t, full, 3)
	for look, options := range uitest.Looks() {
		for _, size := range []struct{ width, height float32 }{{1280, 800}, {1024, 700}} {
			for name, program := range map[string]*app.Program{"full": full, "empty": empty} {
				w := uitest.WindowIn(t, program, "nb", options, size.width-180, size.height-80)
				p := New(w.Env, "").(*Page)
				w.Show(p)
				picture := func(part string) { w.Picture(fmt.Sprintf("pools-%s-%s-%s-%d", name, part, look, int(size.width))) }
				picture("start")
				if name == "full" {
					p.tabs.Select(tabPlan)
					p.onPlan()
					picture("plan")
				}
			}
		}
	}
}
