package application

import (
	"strings"
	"testing"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/uitest"
)

// TestAgreementsOfTheApplication: the agreements stand with the partners, a
// missing signature is told at the partner's row, and all of it follows what is
// stored.
func TestAgreementsOfTheApplication(t *testing.T) {
	p := uitest.Program(t, true)
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	page := New(w.Env, all[0].ID).(*Page)
	w.Show(page)
	page.FocusField("partners")
	view := page.current.view.(*sectionView).fields["partners"].(*partnersView)
	says := func(text string, want bool) {
		t.Helper()
		if got := strings.Contains(uitest.Texts(view.object()), text); got != want {
			t.Errorf("says %q: %v, want %v", text, got, want)
		}
	}
	view.agreements.Open()
	says("Ingen avtaler ennå", true)
	first := page.draft.Partners[0]
	store := partner.NewAgreements(p.Workspace)
	id, err := store.Save("Ny avtale", data.Signed{Agreement: data.Agreement{Application: all[0].ID, AgreementOf: data.AgreementCooperation},
		Parties: []data.Signature{{Party: first.Name, Name: "Kari"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	says("1 mangler underskrift", true)
	says("Mangler underskrift fra "+first.Name+" (Kari)", true)
	found := view.list.of(first.ID)
	if len(found) != 1 || !strings.Contains(found[0].Message, "Samarbeidsavtalen mangler underskrift") {
		t.Errorf("at the partner: %+v", found)
	}
	view.list.open(first.ID)
	view.agreements.Open()
	w.Picture("application-agreements")
	a, err := store.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	a.Parties[0].Done = "2020-09-01"
	if _, err := store.Save("Underskrevet", a, nil); err != nil {
		t.Fatal(err)
	}
	says("mangler underskrift", false)
	says("skrev under 01.09.2020", true)
	view.agreements.Add()
	w.Picture("application-agreement-new")
	if len(w.Shell.Failed) > 0 {
		t.Errorf("failed: %v", w.Shell.Failed)
	}
}
