package safety

import (
	"testing"

	"kompetansepilot/app/stateaid"
	"kompetansepilot/data"
	"kompetansepilot/ui/uitest"
)

// TestPartsAreToldInWords: codes and stored numbers of the newer records are
// never shown raw.
func TestPartsAreToldInWords(t *testing.T) {
	w := uitest.Window(t, uitest.Program(t, true))
	aid := data.Aid{Donor: "Fylket", Scheme: "BIO", Amount: 114_325, Rate: 114_325, Basis: stateaid.BasisDeMinimis, Date: "2026-02-03"}
	offering := data.Offering{Title: "Massivtre", Level: "vocational", Credits: 750, Form: "net_gatherings", ProviderKind: "study_centre", Price: 4900}
	agreement := data.Agreement{Name: "Samarbeid", AgreementOf: data.AgreementIntent, KeptFile: data.KeptFile{FileName: "avtale.pdf", SHA256: "abcdef"}}
	if err := w.Env.Program.Workspace.Update("Nye", func(tx *data.Tx) error {
		for _, r := range []data.Record{&aid, &offering, &agreement} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := w.Env.Program.Workspace.Update("Endret", func(tx *data.Tx) error {
		aid.Rate, aid.Basis, aid.Amount = 118_000, stateaid.BasisBlock, 90_000
		offering.Level, offering.Credits, offering.Form, offering.ProviderKind, offering.Price = "course", 1000, "on_site", "private", 5200
		agreement.AgreementOf, agreement.SHA256 = data.AgreementCooperation, "012345"
		for _, r := range []data.Record{&aid, &offering, &agreement} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for id, said := range map[string][]string{
		aid.ID:       {"Kurs", "11,4325", "11,8", "Bagatellmessig støtte", "Gruppeunntak"},
		offering.ID:  {"Fagskole", "Kurs", "7,5", "Nett og samlinger", "På stedet", "Studiesenter", "4 900 kr"},
		agreement.ID: {"Intensjonsavtale", "Samarbeidsavtale"},
	} {
		page := NewHistory(w.Env, id, "")
		w.Show(page)
		for _, text := range said {
			uitest.Has(t, page.Content(), text)
		}
		for _, raw := range []string{"114325", "vocational", "net_gatherings", "study_centre", "deMinimis", "012345", "abcdef"} {
			uitest.HasNot(t, page.Content(), raw)
		}
	}
	page := NewHistory(w.Env, offering.ID, "")
	w.Show(page)
	w.Picture("history-offering")
}
