package data_test

import (
	"fmt"
	"testing"

	"kompetansepilot/data"
)

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
