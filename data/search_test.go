package data_test

import (
	"fmt"
	"slices"
	"testing"

	"kompetansepilot/data"
)

func TestSearchFoldsWhatPeopleMixUp(t *testing.T) {
	w := newWorkspace(t)
	orgs := []*data.Organisation{{Name: "Østerdal Tømmer AS"}, {Name: "Aakre Sag"}, {Name: "Næringshagen i Alvdal"}, {Name: "Čáhppes Duodji"}, {Name: "A\u030as Gård"}}
	app := data.Application{CaseNumber: "2020/17", Answers: data.Values{"title": "Kompetanse for fjellregionen", "background": "skogbruk"}}
	put(t, w, orgs[0], orgs[1], orgs[2], orgs[3], orgs[4], &app)
	titles := func(query string) (all []string) {
		t.Helper()
		hits, err := w.Search(query, 10)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		for _, h := range hits {
			all = append(all, h.Title)
		}
		slices.Sort(all)
		return all
	}
	for query, want := range map[string]string{
		"osterdal": orgs[0].Name, "ØSTERDAL": orgs[0].Name, "tomm": orgs[0].Name, "as østerdal": orgs[0].Name, "åkre": orgs[1].Name, "naering": orgs[2].Name,
		"cahppes": orgs[3].Name, "ås": orgs[4].Name, "aas": orgs[4].Name, "skogbr": app.Title(), "2020/17": app.Title(), `"fjell" OR (`: "",
	} {
		got := titles(query)
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
	for _, query := range []string{"", "  ", "*", `"`, "🙂", "AND", "\x00", "\xff", "ukjent"} {
		if got := titles(query); len(got) != 0 {
			t.Errorf("%q finds %q", query, got)
		}
	}
	orgs[1].Name = "Nytt Navn"
	put(t, w, orgs[1])
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(orgs[0]) })
	if got := slices.Concat(titles("åkre"), titles("østerdal")); len(got) != 0 {
		t.Errorf("what was renamed or deleted is found: %q", got)
	}
	if got := titles("nytt"); !slices.Equal(got, []string{"Nytt Navn"}) {
		t.Errorf("the new name finds %q", got)
	}
	wantVerified(t, w)
}

func TestMatchOrganisations(t *testing.T) {
	w := newWorkspace(t)
	gone := data.Organisation{Name: "Østre Sag"}
	put(t, w, &data.Organisation{Name: "Østerdal Tømmer AS", OrgNumber: "314950283"}, &data.Organisation{Name: "Aakre Sag", Note: "leverer til Østerdal"},
		&data.Organisation{Name: "Bygg AS"}, &gone, &data.Application{Answers: data.Values{"title": "Østerdal"}})
	update(t, w, "Fjernet", func(tx *data.Tx) error { return tx.Delete(&gone) })
	for query, want := range map[string]string{
		"osterdal": "[Østerdal Tømmer AS Aakre Sag]", "ØST": "[Østerdal Tømmer AS Aakre Sag]", "åkre": "[Aakre Sag]", "as tom": "[Østerdal Tømmer AS]",
		"314 950": "[Østerdal Tømmer AS]", "314950283": "[Østerdal Tømmer AS]", `"' OR *`: "[]", "ukjent": "[]",
		"": "[Aakre Sag Bygg AS Østerdal Tømmer AS]",
	} {
		all, err := w.MatchOrganisations(query, 10)
		if err != nil {
			t.Fatalf("%q: %v", query, err)
		}
		got := []string{}
		for _, o := range all {
			got = append(got, o.Name)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%q finds %v, want %s", query, got, want)
		}
	}
	if all, err := w.MatchOrganisations("", 2); err != nil || len(all) != 2 {
		t.Errorf("%d hits, %v; want 2", len(all), err)
	}
}
