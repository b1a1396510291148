package command_test

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app/command"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/data"
)

// run runs a command and gives its exit code and what it wrote.
func run(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	code = command.Run(args, strings.NewReader(""), &o, &e, command.Version{})
	return code, o.String(), e.String()
}

// answer runs a command that must go well and reads its JSON.
func answer[T any](t *testing.T, args ...string) T {
	t.Helper()
	code, out, errOut := run(t, append(args, "--json")...)
	var v T
	if err := json.Unmarshal([]byte(out), &v); code != 0 || err != nil {
		t.Fatalf("%q: %d, %v\n%s%s", args, code, err, out, errOut)
	}
	return v
}

func home(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", dir)
	t.Setenv("KOMPETANSEPILOT_BACKUPS", filepath.Join(dir, "backups"))
	return dir
}

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var one, two = companiestest.Number(1), companiestest.Number(2)

func TestRegisterLoadAndFind(t *testing.T) {
	dir := home(t)
	if code, _, errOut := run(t, "register", "find", "sag"); code != 1 || !strings.Contains(errOut, "ikke lastet på denne maskinen") {
		t.Errorf("before loading: %d, %s", code, errOut)
	}
	main := write(t, filepath.Join(dir, "enheter.json"), "["+companiestest.Company(one, "ØRNE SAG AS", "3435")+","+
		companiestest.Withheld(companiestest.Number(5), "ØRNE BYGG AS", "3435")+","+companiestest.Company(companiestest.Number(4), "OSLO SAG AS", "0301")+"]")
	sub := write(t, filepath.Join(dir, "underenheter.csv"), "organisasjonsnummer;navn;overordnetEnhet;beliggenhetsadresse.kommunenummer\n"+two+";ØRNE SAG AVD LOM;"+one+";3434\n12;GALT;;3434\n")
	if code, _, errOut := run(t, "register", "load", main); code != 1 || !strings.Contains(errOut, "ikke valgt fylke") {
		t.Errorf("without an area: %d, %s", code, errOut)
	}
	loaded := answer[map[string]any](t, "register", "load", main, sub, "--county", "34")
	if loaded["read"] != 5.0 || loaded["kept"] != 3.0 || loaded["rejected"] != 1.0 || loaded["companies"] != 2.0 || loaded["subUnits"] != 1.0 {
		t.Errorf("loaded %v", loaded)
	}
	found := answer[[]map[string]any](t, "register", "find", "orne", "sag")
	if len(found) != 2 || found[0]["orgnr"] != one || found[0]["name"] != "ØRNE SAG AS" || found[0]["municipality"] != "3435" || found[0]["centrality"] != 5.0 ||
		found[0]["industry"] != "16.110" || found[0]["employees"] != "10-19" || found[0]["headcount"] != 17.0 || found[1]["subUnit"] != true || found[1]["parent"] != one {
		t.Errorf("found %v", found)
	}
	found = answer[[]map[string]any](t, "register", "find", "--municipalities", "Vågå", "--to", "4")
	if len(found) != 1 || found[0]["employees"] != "" || found[0]["headcount"] != nil {
		t.Errorf("withheld: %v", found)
	}
	if found = answer[[]map[string]any](t, "register", "find", "oslo"); len(found) != 0 {
		t.Errorf("outside the county: %v", found)
	}
	if code, out, _ := run(t, "register", "find", "ørne", "--limit", "1"); code != 0 || !strings.Contains(out, "Vågå (sentralitet 5)") || !strings.Contains(out, "Det finnes flere") {
		t.Errorf("text: %s", out)
	}
}

// TestRegisterUpdate compares with the service and takes over as one step. The
// test's own server is trusted through the environment, as a county's proxy is.
func TestRegisterUpdate(t *testing.T) {
	dir := home(t)
	s := companiestest.NewServer(t)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"), companiestest.Bankrupt(two, "ULVE BYGG AS", "3434"))
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	t.Setenv("SSL_CERT_FILE", write(t, filepath.Join(dir, "cert.pem"), string(cert)))
	t.Setenv("KOMPETANSEPILOT_REGISTER", s.URL)

	path := filepath.Join(dir, "a.kpilot")
	w, err := data.Open(path, data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	a := &data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Ørne Sag", OrgNumber: one, Municipality: "3434"}
	b := &data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Ulve Bygg", OrgNumber: two}
	c := &data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Galt nummer", OrgNumber: "123"}
	if err := w.Update("Nye", func(tx *data.Tx) error {
		for _, o := range []*data.Organisation{a, b, c} {
			if err := tx.Put(o); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	type report struct {
		Compared, Changed int
		Records           []struct {
			ID, Orgnr, Name, Standing, Problem string
			Notices                            []struct{ Kind, Sentence, Effect string }
			Differences                        []struct{ Field, Old, New, Source string }
		}
	}
	get := func(id string) data.Organisation {
		t.Helper()
		w, err := data.Open(path, data.Options{AnyPlace: true})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		o, err := data.Get[data.Organisation](w, id)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	all := answer[report](t, "register", "update", "--workspace", path)
	if all.Compared != 3 || all.Changed != 0 || len(all.Records) != 3 || all.Records[2].Problem == "" || get(a.ID).Name != "Ørne Sag" {
		t.Fatalf("%+v", all)
	}
	if _, out, _ := run(t, "register", "update", two, "--workspace", path); !strings.Contains(out, "Det ble åpnet konkurs 20.05.2026. Posten får merkelappen «konkurs».") ||
		!strings.Contains(out, "Kommune: – → 3434") || !strings.Contains(out, "ta over med --yes") {
		t.Errorf("as text:\n%s", out)
	}
	all = answer[report](t, "register", "update", "--yes", "--workspace", path)
	if all.Changed != 2 || get(a.ID).Municipality != "3435" || get(b.ID).Tags != "konkurs" || get(b.ID).Source == "" {
		t.Errorf("%+v", all)
	}
	if again := answer[report](t, "register", "update", a.ID, "--workspace", path); again.Compared != 1 || len(again.Records) != 0 {
		t.Errorf("again: %+v", again)
	}
	if code, out, _ := run(t, "undo", "--workspace", path); code != 0 || get(a.ID).Municipality != "3434" || get(b.ID).Tags != "" {
		t.Errorf("undone: %s", out)
	}
	if code, _, errOut := run(t, "register", "update", "999", "--workspace", path); code != 1 || !strings.Contains(errOut, "Ingenting er endret") {
		t.Errorf("nobody: %d %s", code, errOut)
	}
	if code, _, errOut := run(t, "register", "update", "--offline", "--workspace", path); code != 1 || !strings.Contains(errOut, "ikke lastet") {
		t.Errorf("offline without a store: %d %s", code, errOut)
	}
}
