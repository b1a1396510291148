package mail_test

import (
	"testing"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

func TestNynorsk(t *testing.T) {
	for text, want := range map[string]bool{
		"Hei, eg veit ikkje kva vi skal gjere. Venleg helsing Kari": true,
		"Hei, jeg vet ikke hva vi skal gjøre. Vennlig hilsen Kari":  false,
		"Takk!": false, "": false,
	} {
		if got := mail.Nynorsk(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestNormOf follows the order of domain.md 4.4.
func TestNormOf(t *testing.T) {
	w := workspace(t)
	vinje, firm := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Vinje kommune", LegalForm: "KOMM", Municipality: "4036", Email: "post@vinje.example"},
		data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Sag AS", Norm: "nn", Municipality: "0301", Email: "post@sag.example"}
	oslo := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Uten AS", Municipality: "4036", Email: "post@uten.example"}
	if err := w.Update("Laget", func(tx *data.Tx) error {
		for _, r := range []data.Record{&vinje, &firm, &oslo, &data.Person{Name: "Nils", Email: "Nils@sag.example", Norm: "nb"}} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	for _, c := range []struct{ why, address, latest, home, want string }{
		{"a municipality has decided, whatever was written", "noen@vinje.example", "Jeg vet ikke hva dere mener.", "nb", "nn"},
		{"what a person is noted with", "nils@sag.example", "Eg veit ikkje kva de meiner.", "nb", "nb"},
		{"what was written last", "kari@sag.example", "Jeg vet ikke hva dere mener.", "nn", "nb"},
		{"the organisation's", "kari@sag.example", "OK!", "nb", "nn"},
		{"its municipality's", "post@uten.example", "", "nb", "nn"},
		{"our own", "x@gmail.com", "", "nn", "nn"},
		{"English is no norm to write to a business in", "x@gmail.com", "", "en", "nb"},
	} {
		if got, err := d.NormOf(c.address, c.latest, c.home); err != nil || got != c.want {
			t.Errorf("%s: %s %v", c.why, got, err)
		}
	}
}
