package command

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tried is a workspace with the sample county, and the commands on it.
type tried struct {
	*testing.T
	dir string
}

func try(t *testing.T) tried {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	s := tried{t, dir}
	s.run(exitOK, "demo")
	return s
}

// run runs a command and wants its exit code; it gives what was printed.
func (s tried) run(code int, args ...string) (out, errOut string) {
	s.Helper()
	var o, e bytes.Buffer
	args = append([]string{"--workspace", filepath.Join(s.dir, "a.kpilot")}, args...)
	if got := Run(args, strings.NewReader(""), &o, &e, Version{}); got != code {
		s.Fatalf("%v: exit %d, want %d\n%s%s", args, got, code, o.String(), e.String())
	}
	return o.String(), e.String()
}

// edit changes a file.
func (s tried) edit(path, old, text string) {
	s.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		s.Fatal(err)
	}
	if !bytes.Contains(content, []byte(old)) {
		s.Fatalf("no %q in %s", old, content)
	}
	if err := os.WriteFile(path, bytes.Replace(content, []byte(old), []byte(text), 1), 0o600); err != nil {
		s.Fatal(err)
	}
}

func (s tried) application() string {
	s.Helper()
	out, _ := s.run(exitOK, "applications", "--json")
	var all []struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal([]byte(out), &all); err != nil || len(all) == 0 {
		s.Fatal(err, out)
	}
	return all[0].ID
}

func TestTextOutAndBack(t *testing.T) {
	s := try(t)
	id := s.application()
	file := filepath.Join(s.dir, "tekst.md")
	s.run(exitOK, "set", id, "effects", "Flere kurs i distriktene.")
	s.run(exitOK, "text", "export", id, file)
	s.edit(file, "Flere kurs i distriktene.", "Flere og bedre kurs i distriktene.")

	out, _ := s.run(exitOK, "text", "import", id, file, "--dry-run")
	if !strings.Contains(out, "{+og bedre +}kurs") || !strings.Contains(out, "Ingenting er tatt inn.") {
		t.Error(out)
	}
	if got, _ := s.run(exitOK, "get", id, "effects"); strings.TrimSpace(got) != "Flere kurs i distriktene." {
		t.Errorf("the dry run wrote %q", got)
	}
	out, _ = s.run(exitOK, "text", "import", id, file, "--json")
	var plan struct {
		DryRun bool     `json:"dryRun"`
		Taken  []string `json:"taken"`
		Fields []struct{ Field, Status, Old, New string }
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil {
		t.Fatal(err, out)
	}
	if strings.Join(plan.Taken, " ") != "effects" || plan.DryRun {
		t.Errorf("%+v", plan)
	}
	if got, _ := s.run(exitOK, "get", id, "effects"); strings.TrimSpace(got) != "Flere og bedre kurs i distriktene." {
		t.Errorf("stored %q", got)
	}
	s.run(exitOK, "undo")
	if got, _ := s.run(exitOK, "get", id, "effects"); strings.TrimSpace(got) != "Flere kurs i distriktene." {
		t.Errorf("after undo %q", got)
	}
}

func TestWordOfTheSampleComesBackUnchanged(t *testing.T) {
	s := try(t)
	id := s.application()
	for _, language := range []string{"nb", "nn"} {
		file := filepath.Join(s.dir, language+".docx")
		s.run(exitOK, "text", "export", id, file, "--lang", language)
		out, _ := s.run(exitOK, "text", "import", id, file)
		if !strings.Contains(out, "Uendret: 11. Ingenting ble tatt inn.") || strings.Contains(out, "filen") {
			t.Errorf("%s: %s", language, out)
		}
	}
}

func TestTextChangedInBothPlacesWaits(t *testing.T) {
	s := try(t)
	id := s.application()
	file := filepath.Join(s.dir, "tekst.md")
	s.run(exitOK, "set", id, "effects", "Flere kurs i distriktene.")
	s.run(exitOK, "text", "export", id, file, "--lang", "nn")
	s.edit(file, "Flere kurs", "Mange kurs")
	s.run(exitOK, "set", id, "effects", "Noe nytt.")
	out, _ := s.run(exitNo, "text", "import", id, file)
	if !strings.Contains(out, "endret begge steder") {
		t.Error(out)
	}
	if got, _ := s.run(exitOK, "get", id, "effects"); strings.TrimSpace(got) != "Noe nytt." {
		t.Errorf("stored %q", got)
	}
	s.run(exitOK, "text", "import", id, file, "--field", "effects")
	if got, _ := s.run(exitOK, "get", id, "effects"); strings.TrimSpace(got) != "Mange kurs i distriktene." {
		t.Errorf("stored %q", got)
	}
}

func TestTextOfBadFiles(t *testing.T) {
	s := try(t)
	id := s.application()
	_, said := s.run(exitNo, "text", "export", id, filepath.Join(s.dir, "tekst.pdf"))
	if !strings.Contains(said, "«tekst.pdf» er verken") {
		t.Error(said)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "tekst.pdf")); err == nil {
		t.Error("a file was written all the same")
	}
	bad := filepath.Join(s.dir, "feil.docx")
	if err := os.WriteFile(bad, []byte("PK\x03\x04half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, said = s.run(exitNo, "text", "import", id, bad); !strings.Contains(said, "«feil.docx» er skadet") {
		t.Error(said)
	}
}
