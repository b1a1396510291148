package command

import (
	"encoding/json"
	"strings"
	"testing"
)

const labelledNeeds, labelledOffers = "../need/testdata/matching/needs.csv", "../need/testdata/matching/offers.csv"

func TestNeedsMatchAndPools(t *testing.T) {
	s := try(t)
	out, _ := s.run(exitOK, "needs", "import", labelledNeeds, "--json")
	var imported needsImportedJSON
	read(t, out, &imported)
	if imported.Added != 120 || imported.Skipped != 0 {
		t.Errorf("imported %+v", imported)
	}
	out, _ = s.run(exitOK, "match", "--all", "--offers", labelledOffers, "--json")
	var matches []map[string]json.RawMessage
	read(t, out, &matches)
	if len(matches) != 120 || string(matches[0]["need"]) != `"N004"` || string(matches[0]["offers"]) != "[]" {
		t.Errorf("%d matches, first %s", len(matches), matches[0])
	}
	out, _ = s.run(exitOK, "match", "N068", "--offers", labelledOffers, "--json")
	for _, want := range []string{`"offer": "O108"`, `"score"`, `"reasons"`, `"blocked_by": []`, "sveisepapira"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	if out, _ = s.run(exitOK, "match", "N079", "--offers", labelledOffers); !strings.Contains(out, "Ingen passende tilbud.") {
		t.Errorf("a need that nothing fits: %s", out)
	}
	out, _ = s.run(exitOK, "pools", "--min", "20", "--json")
	var pools []poolJSON
	read(t, out, &pools)
	if len(pools) == 0 {
		t.Fatal("no pools")
	}
	for _, p := range pools {
		if p.People < 20 || len(p.Needs) < 2 || p.Label == "" || p.Why == "" || p.Months == nil {
			t.Errorf("%+v", p)
		}
	}
}

func TestNeedsAddShowUndo(t *testing.T) {
	s := try(t)
	out, _ := s.run(exitOK, "needs", "add", "Sveisepapira gjekk ut", "--municipality", "0402", "--people", "3", "--json")
	var added needAddedJSON
	read(t, out, &added)
	if added.Need.Municipality != "3401" || len(added.Notices) != 1 {
		t.Errorf("added %+v", added)
	}
	if out, _ = s.run(exitOK, "needs", "show", "sveisepapira"); !strings.Contains(out, "Sveising med sertifikat") {
		t.Errorf("show: %s", out)
	}
	s.run(exitOK, "undo")
	if out, _ = s.run(exitOK, "needs", "list"); !strings.Contains(out, "Ingen behov er registrert") {
		t.Errorf("after undo: %s", out)
	}
	if _, errOut := s.run(exitNo, "needs", "show", "N1"); !strings.Contains(errOut, "Fant ikke behovet") {
		t.Errorf("a need that is not there: %s", errOut)
	}
	s.run(exitNo, "match", "--all")
}

func read(t *testing.T, out string, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(out), v); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
}
