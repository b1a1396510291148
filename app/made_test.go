package app_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

func TestWhatIsMadeIsNotedAndChecked(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := app.MakeSample(p); err != nil {
		t.Fatal(err)
	}
	apps, err := p.Grants.Applications()
	if err != nil {
		t.Fatal(err)
	}
	id, path := apps[0].ID, filepath.Join(dir, "Søknad.zip")
	write := func(text string, fail error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, fail)
		}
	}
	m, err := p.WriteMade("Laget Søknad.zip", data.MadeDocument{Application: id, MadeOf: data.MadeBundle}, path, write("innhold", nil))
	if err != nil || m.Size != 7 || m.FileName != "Søknad.zip" || m.Actor != "Ingrid Bakkehaug" {
		t.Fatalf("noted %+v, %v", m, err)
	}
	check := func(want, path string) {
		t.Helper()
		if got, err := p.CheckMade(&m, path); err != nil || got != want {
			t.Errorf("the file is %q, %v; want %q", got, err, want)
		}
	}
	check(app.MadeSame, "")

	// A failure half way leaves the file that was there, no other, and no note.
	if _, err := p.WriteMade("Laget", data.MadeDocument{Application: id}, path, write("halvt", errors.New("disk"))); data.Code(err) != disk.CodeWrite {
		t.Errorf("failed with %v", err)
	}
	check(app.MadeSame, "")
	if left, _ := filepath.Glob(filepath.Join(dir, ".kpilot-*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if all, err := p.Made(id); err != nil || len(all) != 1 || all[0] != m {
		t.Errorf("noted %+v, %v", all, err)
	}

	if err := os.WriteFile(path, []byte("Innhold"), 0o600); err != nil {
		t.Fatal(err)
	}
	check(app.MadeChanged, "")
	moved := filepath.Join(dir, "b.zip")
	if err := os.WriteFile(moved, []byte("innhold"), 0o600); err != nil {
		t.Fatal(err)
	}
	check(app.MadeSame, moved)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	check(app.MadeGone, "")
	if _, err := p.CheckMade(&m, dir); data.Code(err) != disk.CodeRead {
		t.Errorf("a folder gave %v", err)
	}
}
