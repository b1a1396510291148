package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func fieldNamed(t *testing.T, all []map[string]any, field string) map[string]any {
	t.Helper()
	for _, f := range all {
		if f["field"] == field {
			return f
		}
	}
	t.Fatalf("no %s", field)
	return nil
}

func TestPortal(t *testing.T) {
	l, id := demo(t)
	all := l.list("portal", id)
	for _, f := range all {
		l.names("a field of the portal", f, "tab", "field", "text", "length", "limit", "transferred", "changed")
	}
	short := fieldNamed(t, all, "shortDescription")
	if short["limit"] != 500.0 || short["tab"] != "Søknadsopplysninger" || short["transferred"] != false {
		t.Fatalf("field %v", short)
	}
	done := fieldNamed(t, l.list("portal", id, "--portal", "rf1350", "--done", "background"), "background")
	if done["transferred"] != true || done["changed"] != false || done["transferred_by"] == "" {
		t.Fatalf("field %v", done)
	}
	l.run(0, "", "set", id, "background", "Noe nytt")
	if f := fieldNamed(t, l.list("portal", id), "background"); f["changed"] != true || f["text"] != "Noe nytt" {
		t.Fatalf("field %v", f)
	}
	answer := l.object(1, "portal", id, "--compare")
	l.names("portal --compare", answer, "same", "compared", "in_pdf", "differences")
	if f := fieldNamed(t, l.list("portal", id, "--undone", "background"), "background"); f["transferred"] != false || f["changed"] != false {
		t.Fatalf("field %v", f)
	}
	if out, _ := l.run(0, "", "portal", id); !strings.Contains(out, "[ ] Bakgrunn [background] 8") {
		t.Fatalf("shows %.400s", out)
	}
	for _, args := range [][]string{{"portal", id, "--portal", "nosuch"}, {"portal", id, "--done", "nosuch"}, {"portal", "nobody"}} {
		if _, message := l.run(1, "", args...); message == "" || strings.Contains(message, "Det gikk galt") {
			t.Errorf("%q: no sentence for a person: %q", args, message)
		}
	}
}

func TestPortalsAddAndCheck(t *testing.T) {
	l, _ := demo(t)
	if all := l.list("portals", "list"); len(all) != 1 || all[0]["id"] != "rf1350" {
		t.Fatalf("portals %v", all)
	}
	file := filepath.Join(t.TempDir(), "portal.json")
	if err := os.WriteFile(file, []byte("{\n\"id\": 1}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"check", "add"} {
		if answer := l.object(1, "portals", verb, file); answer["ok"] != false || len(answer["errors"].([]any)) == 0 {
			t.Errorf("%s: a broken file is fine: %v", verb, answer)
		}
		if _, message := l.run(1, "", "portals", verb, file+"nosuch"); message == "" {
			t.Errorf("%s: nothing is said", verb)
		}
	}
	raw, err := os.ReadFile("../../assets/portals/rf1350.json")
	if err != nil {
		t.Fatal(err)
	}
	mine := strings.Replace(strings.Replace(string(raw), `"id": "rf1350"`, `"id": "min"`, 1), `"RF13.50"`, `"Min"`, 1)
	if err := os.WriteFile(file, []byte(mine), 0o600); err != nil {
		t.Fatal(err)
	}
	l.object(0, "portals", "check", file)
	l.object(0, "portals", "add", file)
	if all := l.list("portals", "list"); len(all) != 2 || all[1]["id"] != "min" {
		t.Fatalf("portals %v", all)
	}
}

func TestAttachAndReceipt(t *testing.T) {
	l, id := demo(t)
	file := filepath.Join(t.TempDir(), "Vedtak.pdf")
	if err := os.WriteFile(file, []byte("vedtak"), 0o600); err != nil {
		t.Fatal(err)
	}
	a := l.object(0, "attach", id, file, "--title", "Vedtak i juni")
	l.names("attach", a, "id", "field", "title", "fileName", "size", "sha256")
	if a["title"] != "Vedtak i juni" {
		t.Fatalf("attachment %v", a)
	}
	found := false
	for _, f := range l.list("portal", id) {
		found = found || f["text"] == "Vedtak-i-juni.pdf"
	}
	if !found {
		t.Fatal("the portal does not have the attachment")
	}
	if _, message := l.run(1, "", "receipt", id, file); !strings.Contains(message, "ikke notert som sendt inn") {
		t.Fatalf("says %q", message)
	}
	l.run(0, "", "set", id, "financingPlan", "grant\t\t2020=1000\ncountyOwn\t\t2020=9000")
	l.run(0, "", "set", id, "costPlan", "salary\t\t2020=10000")
	l.run(0, "", "set", id, "amountRequested", "1000")
	l.run(0, "", "submit", id, "--date", "2020-09-28", "--case", "20/1")
	r := l.object(0, "receipt", id, file)
	l.names("receipt", r, "id", "version", "fileName", "size", "sha256", "added")
}
