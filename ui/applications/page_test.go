package applications

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// many adds applications with long names, copies of the sample's.
func many(t testing.TB, p *app.Program, n int) {
	t.Helper()
	all, err := p.Grants.Earlier()
	if err != nil || len(all) == 0 {
		t.Fatal("no application to copy", err)
	}
	for i := range n {
		title := fmt.Sprintf("Kompetansepilot %d for reiseliv, landbruk, havbruk og annen stedbunden næring i Nord-Gudbrandsdalen og tilgrensende kommuner", i+1)
		id, err := p.Grants.CreateFrom("Ny", all[0].Call, "34", "nb", title, all[i%len(all)].ID)
		if err != nil {
			t.Fatal(err)
		}
		if i%5 == 4 {
			submit(t, p, id, fmt.Sprintf("20/%d", i))
		}
	}
}

func submit(t testing.TB, p *app.Program, id, number string) {
	t.Helper()
	if err := p.Workspace.Update("x", func(tx *data.Tx) error {
		a, err := data.Get[data.Application](tx, id)
		if err != nil {
			return err
		}
		a.Status, a.Submitted, a.CaseNumber = data.StatusSubmitted, "2020-09-28", number
		return tx.Put(&a)
	}); err != nil {
		t.Fatal(err)
	}
}

func TestPictures(t *testing.T) {
	for name, look := range uitest.Looks() {
		for _, size := range [][2]float32{{1060, 740}, {920, 640}} {
			for _, fill := range []string{"empty", "sample", "many"} {
				p := uitest.Program(t, fill != "empty")
				if fill == "many" {
					many(t, p, 23)
				}
				w := uitest.WindowIn(t, p, "nb", look, size[0], size[1])
				page := New(w.Env, NewBoard(w.Env)).(*page)
				w.Show(page)
				if f := page.First(); f != nil {
					w.Shell.Window().Canvas().Focus(f)
				}
				w.Picture(fmt.Sprintf("applications-%s-%s-%.0f", fill, name, size[0]))
				if fill == "sample" {
					askNew(w.Env, "")
					w.Picture(fmt.Sprintf("new-%s-%.0f", name, size[0]))
				}
			}
		}
	}
}

var _ = []any{context.Background, strings.Contains, test.Tap, fyne.KeyDown, kit.Fold, screen.PageApplication}
