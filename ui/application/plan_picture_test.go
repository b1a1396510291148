package application

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/uitest"
)

// TestPlanPictures opens the plan and the partners; with PICTURES set it does so
// in all looks, to be looked at.
func TestPlanPictures(t *testing.T) {
	for _, sample := range []bool{true, false} {
		p := uitest.Program(t, sample)
		id, name := "", "sample"
		if sample {
			all, err := p.Grants.Applications()
			if err != nil || len(all) == 0 {
				t.Fatal("no application", err)
			}
			id = all[0].ID
		} else {
			name = "empty"
			var err error
			if id, err = p.Grants.Create("Ny", "kompetansepiloter-2020", county, "nb", "Fra skog til hus"); err != nil {
				t.Fatal(err)
			}
		}
		for look, options := range uitest.Looks() {
			for size, wide := range map[string]float32{"1280": 1280, "1024": 1024} {
				if os.Getenv("PICTURES") == "" && (look != "light" || wide != 1280) {
					continue
				}
				w := uitest.WindowIn(t, p, "nb", options, wide, map[string]float32{"1280": 800, "1024": 700}[size])
				page := New(w.Env, id).(*Page)
				w.Show(page)
				for _, field := range []string{"activities", "milestones", "partners"} {
					page.FocusField(field)
					settle(w, page)
					w.Picture("plan-" + name + "-" + field + "-" + look + "-" + size)
					view := page.current.view.(*sectionView).fields[field]
					switch v := view.(type) {
					case *activitiesView:
						if sample {
							kit.FocusOn(v.chart.gantt, v.chart.whole)
							w.Key(fyne.KeyDown, fyne.KeyRight)
							settle(w, page)
							w.Picture("plan-" + name + "-chart-" + look + "-" + size)
							v.list.open(page.draft.Activities[2].ID)
						}
					case *milestonesView:
						if sample {
							v.list.open(page.draft.Milestones[2].ID)
						}
					case *partnersView:
						if sample {
							v.list.open(page.draft.Partners[1].ID)
						}
					default:
						t.Fatalf("%s is shown by %T", field, v)
					}
					settle(w, page)
					w.Picture("plan-" + name + "-" + field + "-open-" + look + "-" + size)
				}
				page.Leave()
			}
		}
	}
}

// settle lays the window out again, which the driver of a real window does by
// itself, and lets what waits for that run.
func settle(w *uitest.Tried, page *Page) {
	page.middle.Objects[0].Refresh()
	size := w.Shell.Window().Canvas().Size()
	w.Shell.Window().Resize(size.AddWidthHeight(0, 1))
	w.Shell.Window().Resize(size)
	w.Tasks.Advance(1e9)
}
