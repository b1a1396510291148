package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImportExportAndDuplicates(t *testing.T) {
	l, _ := demo(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "liste.csv")
	text := "Firma;Orgnr;Merke\nTestvik Trelast AS;NO 974 760 673 MVA;sag\nFeil AS;974760674;\nTestvik Trelasst;;\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	dry := l.object(0, "import", file, "--dry-run")
	l.names("import", dry, "created", "updated", "unchanged", "rejected", "transaction")
	if dry["created"] != 2.0 || dry["transaction"] != 0.0 {
		t.Errorf("dry run %v", dry)
	}
	matching, rejected := filepath.Join(dir, "kolonner.json"), filepath.Join(dir, "feil.csv")
	if err := os.WriteFile(matching, []byte(`{"Merke": "tags"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	got := l.object(0, "import", file, "--kind", "partners", "--map", matching, "--rejected", rejected)
	row := got["rejected"].([]any)[0].(map[string]any)
	l.names("a rejected row", row, "row", "reason")
	if got["created"] != 2.0 || got["transaction"] == 0.0 || row["row"] != 3.0 || !strings.Contains(row["reason"].(string), "Kontrollsifferet") {
		t.Errorf("import %v", got)
	}
	if raw, err := os.ReadFile(rejected); err != nil || !strings.Contains(string(raw), "Feil AS;974760674") {
		t.Errorf("rejected %q, %v", raw, err)
	}
	if again := l.object(0, "import", file); again["created"] != 0.0 || again["unchanged"] != 2.0 || again["transaction"] != 0.0 {
		t.Errorf("again %v", again)
	}
	out := filepath.Join(dir, "ut.xlsx")
	export := l.object(0, "export", "partners", "-o", out)
	l.names("export", export, "file", "rows")
	if export["rows"] != 62.0 {
		t.Errorf("export %v", export)
	}
	if back := l.object(0, "import", out); back["unchanged"] != 62.0 {
		t.Errorf("the export comes back as %v", back)
	}
	for _, d := range l.list("duplicates") {
		l.names("a duplicate", d, "keep", "lose", "confidence", "reasons")
		l.names("a side", d["keep"].(map[string]any), "id", "orgnr", "name", "municipality")
		if d["keep"].(map[string]any)["name"] == "Testvik Trelast AS" && d["lose"].(map[string]any)["name"] == "Testvik Trelasst" {
			got = nil
		}
	}
	if got != nil {
		t.Error("the two of one name are not found")
	}
	l.object(0, "undo")
	if export = l.object(0, "export", "partners", "-o", out); export["rows"] != 60.0 {
		t.Errorf("after undo %v", export)
	}
	for _, args := range [][]string{{"import", filepath.Join(dir, "nosuch.csv")}, {"import", file, "--map", file}, {"export", "partners", "-o", filepath.Join(dir, "a.pdf")}} {
		if _, message := l.run(1, "", args...); message == "" || strings.Contains(message, "Det gikk galt") {
			t.Errorf("%q: %q", args, message)
		}
	}
	l.run(0, "", "duplicates")
	l.run(0, "", "import", file, "--dry-run")
	l.run(2, "", "import", file, "--kind", "moons")
}
