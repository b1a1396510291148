package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/data"
)

// withKari is the sample county with a person in it.
func withKari(t *testing.T) (l *line, id string) {
	t.Helper()
	l, _ = demo(t)
	w, err := data.Open(l.workspace, data.Options{Actor: "Ingrid", AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	p := data.Person{Name: "Karianne Tverrfjellet", Email: "karianne@example.no", Basis: data.BasisTask}
	if err := w.Update("La til Karianne Tverrfjellet", func(tx *data.Tx) error {
		if err := tx.Put(&p); err != nil {
			return err
		}
		return tx.Put(&data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Nytt AS", Contact: p.Name})
	}); err != nil {
		t.Fatal(err)
	}
	return l, p.ID
}

func TestPersonExport(t *testing.T) {
	l, id := withKari(t)
	file := filepath.Join(t.TempDir(), "kari.zip")
	answer := l.object(0, "person", "export", id, "-o", file)
	l.names("person export", answer, "file", "id", "bytes")
	if raw, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(raw, []byte("PK")) || answer["id"] != id {
		t.Errorf("%v, %v", answer, err)
	}
	l.run(0, "", "person", "export", "karianne@example.no", "-o", file)
	if _, message := l.run(1, "", "person", "export", "ingen", "-o", file); !strings.Contains(message, "Fant ingen person") {
		t.Errorf("got %q", message)
	}
	if _, message := l.run(1, "", "person", "erase", "Nytt AS"); !strings.Contains(message, "ikke merket som enkeltpersonforetak") {
		t.Errorf("got %q", message)
	}
}

func TestPersonErase(t *testing.T) {
	l, id := withKari(t)
	l.run(0, "", "backup")
	preview := l.object(0, "person", "erase", id)
	l.names("person erase", preview, "erased", "removed", "changed", "kept", "log_entries", "backups")
	l.names("a record", preview["changed"].([]any)[0].(map[string]any), "kind", "id", "title", "fields")
	if preview["erased"] != false || len(preview["backups"].([]any)) != 1 {
		t.Errorf("the preview is %v", preview)
	}
	if out, _ := l.run(0, "", "person", "erase", id); !strings.Contains(out, "Ingenting er endret") || !strings.Contains(out, "Disse sikkerhetskopiene") {
		t.Errorf("got %q", out)
	}
	out, _ := l.run(0, "", "person", "erase", id, "--yes", "--json", "--reason", "expired")
	if strings.Contains(out, "Karianne") {
		t.Errorf("the receipt names the person: %s", out)
	}
	for _, end := range []string{"", "-wal"} {
		raw, _ := os.ReadFile(l.workspace + end)
		if bytes.Contains(raw, []byte("Tverrfjellet")) || bytes.Contains(raw, []byte("karianne@")) {
			t.Errorf("the name stands in the file%s", end)
		}
	}
	if r := l.object(0, "verify"); r["ok"] != true {
		t.Errorf("verify: %v", r)
	}
	l.run(1, "", "person", "erase", id)
	l.run(0, "", "undo") // what is left of the step
	if r := l.object(0, "verify"); r["ok"] != true {
		t.Errorf("verify after undo: %v", r)
	}
}
