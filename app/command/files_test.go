package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNothingIsWrittenOverTheWorkspace: whatever command is given the workspace
// as its target, by its name or another.
func TestNothingIsWrittenOverTheWorkspace(t *testing.T) {
	l, id := demo(t)
	link := filepath.Join(filepath.Dir(l.workspace), "lenke.md")
	if err := os.Symlink(l.workspace, link); err != nil {
		t.Skip(err)
	}
	for _, args := range [][]string{{"pdf", id, "-o", l.workspace}, {"bundle", id, "-o", l.workspace}, {"text", "export", id, link}, {"pdf", id, "-o", link}, {"pdf", id, "-o", l.workspace + "-wal"}} {
		if _, message := l.run(1, "", args...); !strings.Contains(message, "blir aldri skrevet over") {
			t.Errorf("%q: %q", args, message)
		}
	}
	if report := l.object(0, "verify"); report["ok"] != true {
		t.Errorf("the workspace is %v", report)
	}
	if made, err := os.ReadDir(filepath.Dir(l.workspace)); err != nil || len(made) > 5 {
		t.Errorf("something is left behind: %v, %v", made, err)
	}
}

func TestAttachEmptyFile(t *testing.T) {
	l, id := demo(t)
	path := filepath.Join(t.TempDir(), "tom.pdf")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, message := l.run(1, "", "attach", id, path); !strings.Contains(message, "er tom") {
		t.Errorf("got %q", message)
	}
}
