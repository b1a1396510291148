package register

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"kompetansepilot/app"
	registry "kompetansepilot/app/companies"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/uitest"
)

// twentyThousand is a register of businesses with the shapes of real ones.
func twentyThousand(b testing.TB) *app.Program {
	b.Helper()
	p := uitest.Program(b, false)
	var content bytes.Buffer
	if err := (companiestest.Bulk{Units: 20_000, Seed: 7}).Write(&content); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "enheter.json")
	if err := os.WriteFile(path, content.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	if _, err := p.Companies.Store.Load(context.Background(), path, registry.Selection{Everything: true}, nil); err != nil {
		b.Fatal(err)
	}
	info, _ := p.Companies.Store.Info()
	err := p.Workspace.Update("Hentet bedrifter", func(tx *data.Tx) error {
		for offset := 0; ; offset += 1000 {
			found, err := p.Companies.Store.Find(context.Background(), registry.Query{Offset: offset, Limit: 1000})
			if err != nil {
				return err
			}
			for _, u := range found.Units {
				o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Status: string(partner.StatusUnknown)}
				a := registry.Answer{Number: u.Number, Unit: u, Time: info.Main.Retrieved}
				a.Fill(&o)
				if err := tx.Put(&o); err != nil {
					return err
				}
			}
			if !found.More {
				return nil
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkTwentyThousand does what a coordinator does with a whole county: open,
// filter, and set a status on all that the filter gives, and take it back.
func BenchmarkTwentyThousand(b *testing.B) {
	p := twentyThousand(b)
	r := partner.NewRegister(p.Workspace, p.Places)
	hotels := partner.Filter{Narrow: partner.Narrow{Industry: "55", Centrality: []int{6}, Sizes: []string{"1-4", "5-9", "10-19", ""}}}
	if _, err := r.SaveFilter("Lagret", data.OrganisationBusiness, "Små hoteller", hotels); err != nil {
		b.Fatal(err)
	}
	w := uitest.Window(b, p)
	page := New(w.Env, data.OrganisationBusiness, "").(*Page)
	w.Show(page)
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			New(w.Env, data.OrganisationBusiness, "").Leave()
		}
	})
	b.Run("filter", func(b *testing.B) {
		texts := []string{"h", "ho", "hot", "hote", ""}
		i := 0
		for b.Loop() {
			page.filter.SetText(texts[i%len(texts)])
			page.onFilter("")
			i++
		}
		page.filter.SetText("")
		page.onFilter("")
	})
	b.Run("map", func(b *testing.B) {
		page.chart.onToggle()
		for b.Loop() {
			page.chart.load()
		}
		page.chart.onToggle()
	})
	b.Run("status and undo of all", func(b *testing.B) {
		for b.Loop() {
			page.grid.SelectAll()
			if n := len(page.grid.Selected()); n < 19_000 {
				b.Fatalf("%d selected", n)
			}
			page.onStatus(partner.StatusContacted)
			if _, err := p.Workspace.Undo(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
