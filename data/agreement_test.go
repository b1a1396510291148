package data_test

import (
	"testing"

	"kompetansepilot/data"
)

// TestNewKindsAreWhole: agreements, aid and offerings are found, undone, thrown
// away and verified as all records are.
func TestNewKindsAreWhole(t *testing.T) {
	w := newWorkspace(t)
	agreement := data.Agreement{Name: "Intensjonsavtale om lærende nettverk", AgreementOf: data.AgreementIntent}
	signature := data.Signature{Party: "Fåvang Sag AS", Name: "Kari Sagbakken"}
	aid := data.Aid{Scheme: "Kompetansebrua", Donor: "Fylkeskommunen", Amount: 90000}
	offering := data.Offering{Row: data.Row{ID: "O900"}, Title: "Massivtre i praksis", Description: "Elementer og knutepunkter."}
	enquiry := data.Enquiry{Name: "Kan dere komme til Ringebu?"}
	campus := data.Campus{Name: "Studiested Evenstad", Municipality: "3423"}
	if err := w.Update("Nye", func(tx *data.Tx) error {
		if err := tx.Put(&agreement); err != nil {
			return err
		}
		signature.Agreement = agreement.ID
		for _, r := range []data.Record{&signature, &aid, &offering, &enquiry, &campus} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		sha, err := tx.PutBlob([]byte("underskrevet"))
		agreement.FileName, agreement.SHA256, agreement.Size = "avtale.pdf", sha, 12
		if err != nil {
			return err
		}
		return tx.Put(&agreement)
	}); err != nil {
		t.Fatal(err)
	}
	for text, kind := range map[string]string{
		"laerende": "agreement", "sagbakken": "signature", "kompetansebrua": "state_aid", "massivtre": "offering", "o900": "offering", "ringebu": "enquiry", "evenstad": "campus",
	} {
		if hits, err := w.Search(text, 5); err != nil || len(hits) != 1 || hits[0].Kind != kind || hits[0].Title == "" {
			t.Errorf("%s finds %+v, %v", text, hits, err)
		}
	}
	if kind, err := data.KindOf(w, "O900"); err != nil || kind != "offering" {
		t.Errorf("kind %q, %v", kind, err)
	}
	if kind, err := data.KindOf(w, "O901"); err != nil || kind != "" {
		t.Errorf("kind %q of nothing, %v", kind, err)
	}
	if err := w.Update("Slettet", func(tx *data.Tx) error {
		if err := tx.Delete(&agreement); err != nil {
			return err
		}
		return tx.Delete(&signature)
	}); err != nil {
		t.Fatal(err)
	}
	if hits, _ := w.Search("sagbakken", 5); len(hits) != 0 {
		t.Errorf("the signature of a deleted agreement is found: %+v", hits)
	}
	if err := w.Update("Hentet tilbake", func(tx *data.Tx) error { return tx.RestoreWhole("signature", signature.ID) }); err != nil {
		t.Fatal(err)
	}
	if a, err := data.Get[data.Agreement](w, agreement.ID); err != nil || a.InTrash() || a.FileName != "avtale.pdf" || a.Size != 12 {
		t.Errorf("the agreement did not come back with its signature: %+v, %v", a, err)
	}
	if r, err := w.Verify(); err != nil || !r.OK {
		t.Errorf("verify: %+v, %v", r.Problems, err)
	}
	for range 3 {
		if _, err := w.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	if all, _ := data.Find[data.Offering](w, ""); len(all) != 0 {
		t.Errorf("undo left %+v", all)
	}
}
