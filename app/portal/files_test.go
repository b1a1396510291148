package portal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/portal"
	"kompetansepilot/data"
)

func attach(t testing.TB, p *app.Program, id, field, name, title, content string) string {
	t.Helper()
	a, err := p.Grants.Attach("Lagt ved", id, data.Attachment{Field: field, FileName: name, Title: title}, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func empty(t testing.TB) (*app.Program, string) {
	t.Helper()
	p, _ := sample(t)
	id, err := p.Grants.Create("Ny", "kompetansepiloter-2020", "34", "nb", "Skog")
	if err != nil {
		t.Fatal(err)
	}
	return p, id
}

func files(tr *portal.Transfer) []*portal.File {
	var all []*portal.File
	for _, i := range tr.Items() {
		if i.File != nil {
			all = append(all, i.File)
		}
	}
	return all
}

func TestNamesOfFilesAreSafeAndUnique(t *testing.T) {
	p, id := empty(t)
	for _, c := range [][2]string{
		{"../../etc/passwd", "../../etc/passwd"}, {"plan.PDF", "Vedtak i fylkestinget, 12. juni: «Øst & Åsnes»"}, {"plan.pdf", "Vedtak i fylkestinget 12 juni Øst Åsnes"},
		{"a\x00b.pdf", ""}, {"...", "..."}, {"con.pdf", "CON"}, {strings.Repeat("å", 300) + ".docx", ""}, {"x.æøå", "Sámi Čálli"}, {"x.verylongending", "x"},
	} {
		attach(t, p, id, "lettersOfIntent", c[0], c[1], "innhold "+c[0]+c[1])
	}
	seen := map[string]bool{}
	for _, f := range files(transfer(t, p, id)) {
		if seen[strings.ToLower(f.Name)] {
			t.Errorf("%q twice", f.Name)
		}
		seen[strings.ToLower(f.Name)] = true
		if len(f.Name) > 61 || strings.Trim(f.Name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") != "" || strings.HasPrefix(f.Name, ".") || f.Name == "" {
			t.Errorf("%q is no safe name", f.Name)
		}
	}
	if !seen["vedtak-i-fylkestinget-12-juni-ost-asnes.pdf"] || !seen["vedtak-i-fylkestinget-12-juni-ost-asnes-2.pdf"] || !seen["vedlegg"] {
		t.Errorf("names %v", seen)
	}
}

func rules(tr *portal.Transfer) map[string]grant.Severity {
	all := map[string]grant.Severity{}
	for _, f := range tr.Findings {
		all[f.Rule] = f.Severity
	}
	return all
}

func TestFindingsOfFiles(t *testing.T) {
	p, id := empty(t)
	for i := range 10 {
		attach(t, p, id, "lettersOfIntent", fmt.Sprintf("brev %d.exe", i), "", strings.Repeat("x", 2000+i))
	}
	if found := rules(transfer(t, p, id)); len(found) != 0 {
		t.Fatalf("ten files of an unknown limit: %v", found)
	}
	attach(t, p, id, "projectPlan", "plan.pdf", "", "plan")
	if found := rules(transfer(t, p, id)); found["portal.count"] != grant.Stop || len(found) != 1 {
		t.Fatalf("eleven files: %v", found)
	}
	// Limits that nobody states never stop; those that a page states do.
	raw := string(rf1350(t))
	limited := strings.NewReplacer(`"maxBytes": null`, `"maxBytes": 1000`, `"maxBytesSource": "not-found"`, `"maxBytesSource": "S54"`, `"types": null`, `"types": [".pdf"]`,
		`"typesSource": "not-found"`, `"typesSource": "inferred"`).Replace(raw)
	if _, faults, err := p.Portals.Add("Lagt til", []byte(limited)); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	tr := transfer(t, p, id)
	if found := rules(tr); found["portal.size"] != grant.Stop || found["portal.type"] != grant.Warn {
		t.Fatalf("findings %v", found)
	}
	n := 0
	for _, f := range tr.Findings {
		if f.Rule == "portal.size" {
			n++
		}
		if f.Message == "" || f.Remedy == "" || f.Reference == "" {
			t.Errorf("a finding without words: %+v", f)
		}
	}
	if n != 10 {
		t.Errorf("%d files are too large", n)
	}
}

func TestMissingMandatoryFileIsStarred(t *testing.T) {
	p, _ := sample(t)
	raw, err := os.ReadFile("../../assets/calls/kompetansepiloter-2020.json")
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]grant.Severity{"S54": grant.Stop, "inferred": grant.Warn} {
		call := strings.Replace(string(raw), `"id": "kompetansepiloter-2020"`, `"id": "krav-`+strings.ToLower(source)+`"`, 1)
		at := strings.Index(call, `"id": "projectPlan"`)
		call = call[:at] + strings.Replace(strings.Replace(call[at:], `"required": false`, `"required": true`, 1), `"requiredSource": "inferred"`, `"requiredSource": "`+source+`"`, 1)
		c, faults, err := p.Grants.Calls().Add([]byte(call), "Lagt til")
		if err != nil || len(faults) > 0 {
			t.Fatal(err, faults)
		}
		id, err := p.Grants.Create("Ny", c.ID, "34", "nb", "Skog")
		if err != nil {
			t.Fatal(err)
		}
		tr := transfer(t, p, id)
		if i := item(t, tr, "projectPlan"); i.Label != "*Prosjektplan" || i.File != nil || i.Counts() {
			t.Fatalf("item %+v", i)
		}
		if found := rules(tr); found["portal.missing"] != want {
			t.Fatalf("%s: findings %v", source, found)
		}
		attach(t, p, id, "projectPlan", "plan.pdf", "", "plan")
		tr = transfer(t, p, id)
		if i := item(t, tr, "projectPlan"); !i.File.Mandatory || rules(tr)["portal.missing"] != "" {
			t.Fatalf("item %+v", i)
		}
	}
}

func TestChangedFileIsChanged(t *testing.T) {
	p, id := empty(t)
	a := attach(t, p, id, "projectPlan", "plan.pdf", "", "først")
	if err := p.Portals.Note("Overført", id, "rf1350", *item(t, transfer(t, p, id), "projectPlan"), true); err != nil {
		t.Fatal(err)
	}
	if !item(t, transfer(t, p, id), "projectPlan").Done() {
		t.Fatal("is not done")
	}
	err := p.Grants.Save("Byttet", id, func(d *data.Draft) error {
		for i := range d.Attachments {
			if d.Attachments[i].ID == a {
				d.Attachments[i].SHA256 = strings.Repeat("0", 64)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if i := item(t, transfer(t, p, id), "projectPlan"); !i.Changed || i.Before != "plan.pdf" {
		t.Fatalf("item %+v", i)
	}
}

func TestSaveFilesNeverReplaces(t *testing.T) {
	p, id := empty(t)
	attach(t, p, id, "projectPlan", "Plan.pdf", "", "plan")
	attach(t, p, id, "detailedBudget", "Budsjett.xlsx", "", "tall")
	tr := transfer(t, p, id)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "Budsjett.xlsx"), []byte("noe annet"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Portals.SaveFiles(tr, folder); data.Code(err) != data.CodeExists {
		t.Fatalf("error %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Fatalf("%d files were written", len(left))
	}
	if err := os.Remove(filepath.Join(folder, "Budsjett.xlsx")); err != nil {
		t.Fatal(err)
	}
	for range 2 { // a second time is no fault
		if n, err := p.Portals.SaveFiles(tr, folder); err != nil || n != 2 {
			t.Fatalf("%d files, %v", n, err)
		}
	}
	if got, err := os.ReadFile(filepath.Join(folder, "Plan.pdf")); err != nil || string(got) != "plan" {
		t.Fatalf("wrote %q, %v", got, err)
	}
	if _, err := p.Portals.SaveFiles(tr, filepath.Join(folder, "nowhere")); data.Code(err) != "writeFile" {
		t.Fatalf("error %v", err)
	}
}
