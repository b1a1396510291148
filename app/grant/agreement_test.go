package grant

import (
	"strings"
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// TestMissingSignatureIsAdvice: an agreement that somebody has not signed warns
// at the partner, and never stops.
func TestMissingSignatureIsAdvice(t *testing.T) {
	s := service(t)
	id := begin(t, s, "34", "Fra skog til hus")
	if err := s.Save("Partner", id, func(d *data.Draft) error {
		d.Partners = []data.Partner{{Name: "Annen"}, {Name: "Fåvang Sag AS"}}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	draft, call, err := s.Load(id)
	if err != nil {
		t.Fatal(err)
	}
	agreement := data.Agreement{Application: id, AgreementOf: data.AgreementCooperation}
	signed := data.Signature{Party: "Fylket", Done: "2020-09-01"}
	missing := data.Signature{Party: "fåvang sag as ", Name: "Kari"}
	write := func(fn func(tx *data.Tx) error) {
		t.Helper()
		if err := s.w.Update("Avtale", fn); err != nil {
			t.Fatal(err)
		}
	}
	found := func() (all []Finding) {
		t.Helper()
		r, err := s.CheckDraft(&draft, call, lang.New("nb"), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Findings {
			if call.RuleKind(f.Rule) == "agreementSigned" {
				all = append(all, f)
			}
		}
		return all
	}
	if got := found(); len(got) != 0 {
		t.Errorf("without agreements: %+v", got)
	}
	write(func(tx *data.Tx) error { return tx.Put(&agreement) })
	if got := found(); len(got) != 1 || !strings.Contains(got[0].Message, "sier ikke hvem") || got[0].Severity != Warn {
		t.Errorf("with nobody to sign: %+v", got)
	}
	write(func(tx *data.Tx) error {
		signed.Agreement, missing.Agreement = agreement.ID, agreement.ID
		if err := tx.Put(&signed); err != nil {
			return err
		}
		return tx.Put(&missing)
	})
	got := found()
	if len(got) != 1 || got[0].Severity != Warn || got[0].Field != "partners" || got[0].Row != draft.Partners[1].ID || !strings.Contains(got[0].Message, "Samarbeidsavtalen mangler underskrift fra fåvang sag as (Kari)") {
		t.Errorf("one missing: %+v", got)
	}
	if r := standings(t, s)[0].Report; r.Count(Warn) == 0 {
		t.Error("the overview does not know of it")
	}
	missing.Done = "2020-09-02"
	write(func(tx *data.Tx) error { return tx.Put(&missing) })
	if got := found(); len(got) != 0 {
		t.Errorf("all signed: %+v", got)
	}
	write(func(tx *data.Tx) error {
		missing.Done = ""
		if err := tx.Put(&missing); err != nil {
			return err
		}
		return tx.Delete(&agreement)
	})
	if got := found(); len(got) != 0 {
		t.Errorf("an agreement in the trash: %+v", got)
	}
}
