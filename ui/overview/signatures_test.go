package overview

import (
	"strings"
	"testing"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// TestMissingSignatures: what waits for a signature is told, leads to the
// record, and goes away when it is signed.
func TestMissingSignatures(t *testing.T) {
	p := program(t, true)
	w := uitest.Window(t, p)
	pg := New(w.Env, applications.NewBoard(w.Env), nil).(*page)
	w.Show(pg)
	says := func(text string) bool { return strings.Contains(uitest.Texts(pg.Content()), text) }
	if says("Underskrifter som mangler") {
		t.Fatal("tells of signatures, and there are no agreements")
	}
	orgs, err := data.Live[data.Organisation](p.Workspace, "kind = 'business'", "name")
	if err != nil || len(orgs) == 0 {
		t.Fatal(err)
	}
	store := partner.NewAgreements(p.Workspace)
	id, err := store.Save("Ny avtale", data.Signed{Agreement: data.Agreement{AgreementOf: data.AgreementIntent, Name: "Felles kurs"},
		Parties: []data.Signature{{Organisation: orgs[0].ID, Party: orgs[0].Name}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !says("Underskrifter som mangler") || !says("Felles kurs") || !says("Mangler underskrift fra "+orgs[0].Name) {
		t.Error("does not tell of the missing signature")
	}
	w.Picture("overview-signatures")
	want := screen.Route{Page: screen.PageBusinesses, ID: orgs[0].ID, Field: partner.PartAgreements}
	link := pg.links[want.Page+"/"+want.ID+"/"+want.Field]
	if link == nil {
		t.Fatal("no link to the business")
	}
	link.OnTapped()
	if len(w.Shell.Went) != 1 || w.Shell.Went[0] != want {
		t.Errorf("leads to %+v", w.Shell.Went)
	}
	a, err := store.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	a.Parties[0].Done = "2026-05-05"
	if _, err := store.Save("Underskrevet", a, nil); err != nil {
		t.Fatal(err)
	}
	if says("Felles kurs") {
		t.Error("tells of one that is signed")
	}
}
