package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPartners(t *testing.T) {
	l := newLine(t)
	l.run(0, "", "demo")
	all := l.list("partners", "list")
	if len(all) != 60 {
		t.Fatalf("%d partners", len(all))
	}
	l.names("a partner", all[0], "id", "orgnr", "name", "municipality", "centrality", "industry", "employees", "status")
	id := l.object(0, "partners", "add", "Nytt Sagbruk AS", "orgnr=974 760 673", "municipality=Tynset", "employees=10-19", "status=mapped")["id"].(string)
	found := l.list("partners", "list", "nytt sagbruk")
	if len(found) != 1 || found[0]["id"] != id || found[0]["orgnr"] != "974760673" || found[0]["municipality"] != "3427" || found[0]["status"] != "mapped" || found[0]["centrality"].(float64) < 4 {
		t.Errorf("added %v", found)
	}
	for _, wrong := range [][]string{
		{"partners", "add", "Igjen AS", "orgnr=974760673"}, {"partners", "add", " "}, {"partners", "set", id, "orgnr=974760674"}, {"partners", "set", id, "moon=1"},
		{"partners", "set", id, "status"}, {"partners", "set", id, "status=agreement"}, {"partners", "set", id, "municipality=Langtvekkistan"}, {"partners", "set", "finnes ikke", "note=x"},
		{"partners", "set", id, "accreditation=x"}, {"partners", "set", id, "email=ingen"},
	} {
		if _, said := l.run(1, "", wrong...); strings.Contains(said, "gikk galt") || said == "" {
			t.Errorf("%q says %q", wrong, said)
		}
	}
	l.run(0, "", "partners", "set", "974760673", "status=visited", "note=Ring i mai", "employees=")
	shown := l.object(0, "partners", "show", id)
	l.names("one partner", shown, "norm", "tags", "agreements", "stateAid", "email")
	if shown["status"] != "visited" || shown["note"] != "Ring i mai" || shown["employees"] != "" {
		t.Errorf("shows %v", shown)
	}
	l.names("state aid", shown["stateAid"].(map[string]any), "sumEur", "capEur", "from", "to", "unverified", "entries")
	l.run(0, "", "undo")
	if got := l.object(0, "partners", "show", id)["status"]; got != "mapped" {
		t.Errorf("undo gives %v", got)
	}
}

func TestProviders(t *testing.T) {
	l := newLine(t)
	l.run(0, "", "demo")
	all := l.list("providers", "list")
	if len(all) != 15 {
		t.Fatalf("%d providers", len(all))
	}
	l.names("a provider", all[0], "id", "orgnr", "name", "kind", "accreditation", "municipality", "centrality", "status")
	for _, p := range all {
		if p["kind"] == "" {
			t.Errorf("%v has no kind", p["name"])
		}
	}
	id := l.object(0, "providers", "add", "Ny fagskole", "kind=fagskole", "accreditation=Fagområde")["id"].(string)
	shown := l.object(0, "providers", "show", id)
	l.names("one provider", shown, "campuses", "enquiries", "agreements")
	if shown["kind"] != "vocational_college" || shown["accreditation"] != "Fagområde" {
		t.Errorf("shows %v", shown)
	}
	l.run(0, "", "providers", "set", "ny fagskole", "status=agreement")
	l.run(1, "", "providers", "set", "ny fagskole", "kind=sirkus")
}

func TestOfferings(t *testing.T) {
	l := newLine(t)
	l.run(0, "", "demo")
	path := filepath.Join(t.TempDir(), "offers.csv")
	const head = "id,title,description,provider_kind,level,credits,form,place,language_norm,months_available,min_participants,max_participants,price_nok\n"
	if err := os.WriteFile(path, []byte(head+"O001,Prising,RevPAR.,university,short,7.5,nett,,nb,1;2,10,40,0\nO002,,,,,,,,,,,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dry := l.object(0, "offerings", "import", path, "--dry-run")
	if dry["created"] != 1.0 || dry["transaction"] != 0.0 || len(l.list("offerings", "list")) != 0 {
		t.Errorf("dry run %v", dry)
	}
	done := l.object(0, "offerings", "import", path)
	l.names("an import", done, "created", "updated", "unchanged", "rejected", "transaction")
	if done["created"] != 1.0 || len(done["rejected"].([]any)) != 1 {
		t.Errorf("imported %v", done)
	}
	if again := l.object(0, "offerings", "import", path); again["unchanged"] != 1.0 {
		t.Errorf("again %v", again)
	}
	all := l.list("offerings", "list")
	if len(all) != 1 || all[0]["id"] != "O001" || all[0]["credits"] != 7.5 || all[0]["level"] != "short" || len(all[0]["months_available"].([]any)) != 2 {
		t.Fatalf("lists %v", all)
	}
	provider := l.list("providers", "list")[0]
	l.run(0, "", "offerings", "set", "O001", "provider="+provider["id"].(string), "price_nok=4900", "start=2026-09-01")
	shown := l.object(0, "offerings", "show", "O001")
	if shown["provider"] != provider["name"] || shown["price_nok"] != 4900.0 || shown["start"] != "2026-09-01" {
		t.Errorf("shows %v", shown)
	}
	for _, wrong := range [][]string{{"offerings", "set", "O001", "credits=mange"}, {"offerings", "set", "O001", "due=i går"}, {"offerings", "show", "O9"}, {"offerings", "add", ""}, {"offerings", "import", path + "x"}} {
		l.run(1, "", wrong...)
	}
	id := l.object(0, "offerings", "add", "Massivtre", "level=fagskole", "form=samling", "municipality=3427")["id"].(string)
	if got := l.object(0, "offerings", "show", id); got["level"] != "vocational" || got["form"] != "gatherings" {
		t.Errorf("added %v", got)
	}
	text, _ := l.run(0, "", "offerings", "list", "massivtre")
	if !strings.Contains(text, "Massivtre") || !strings.Contains(text, "Tynset") {
		t.Errorf("plain list: %s", text)
	}
}
