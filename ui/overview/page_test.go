package overview

import (
	"fmt"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/uitest"
)

// many adds applications with long names, most of them full copies of the
// sample's.
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
			if err := p.Workspace.Update("x", func(tx *data.Tx) error {
				a, err := data.Get[data.Application](tx, id)
				if err != nil {
					return err
				}
				a.Status, a.Submitted, a.CaseNumber = data.StatusSubmitted, "2020-09-28", fmt.Sprintf("20/%d", i)
				return tx.Put(&a)
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestPictures(t *testing.T) {
	for name, look := range uitest.Looks() {
		for _, fill := range []string{"empty", "sample", "many"} {
			for _, size := range [][2]float32{{1060, 740}, {920, 640}, {1061, 1800}} {
				p := uitest.Program(t, fill != "empty")
				if fill == "empty" {
					if err := p.SetSettings("x", map[string]string{app.SettingCounty: "34"}); err != nil {
						t.Fatal(err)
					}
				}
				if fill == "many" {
					many(t, p, 23)
				}
				w := uitest.WindowIn(t, p, "nb", look, size[0], size[1])
				w.Show(New(w.Env, applications.NewBoard(w.Env)))
				w.Picture(fmt.Sprintf("overview-%s-%s-%.0f", fill, name, size[0]))
				if len(w.Shell.Failed) > 0 {
					t.Error(w.Shell.Failed)
				}
			}
		}
	}
}
