package command

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kompetansepilot/app"
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

// fullDisk takes so many bytes.
type fullDisk struct{ room int }

func (f *fullDisk) Write(p []byte) (int, error) {
	if len(p) > f.room {
		return 0, syscall.ENOSPC
	}
	f.room -= len(p)
	return len(p), nil
}

// TestAnAnswerThatIsCutOffIsNoSuccess: scripts send it to a file.
func TestAnAnswerThatIsCutOffIsNoSuccess(t *testing.T) {
	l, id := demo(t)
	for _, args := range [][]string{{"portal", id}, {"portal", id, "--json"}, {"applications"}, {"check", id}, {"--help"}} {
		var message bytes.Buffer
		args = append(args, "--workspace", l.workspace)
		code := Run(args, strings.NewReader(""), &fullDisk{10}, &message, Version{})
		if code != exitNo || strings.Count(message.String(), "\n") != 1 || !strings.HasPrefix(message.String(), "Svaret kunne ikke skrives") {
			t.Errorf("%q ended with %d: %q", args, code, message.String())
		}
	}
}

// TestACopyThatIsCheckedIsNotOpenedNext: who works on would work in the copy.
func TestACopyThatIsCheckedIsNotOpenedNext(t *testing.T) {
	l, _ := demo(t)
	backup := filepath.Join(t.TempDir(), "kopi.kpilot")
	l.run(0, "", "backup", backup)
	l.run(0, "", "verify", backup)
	if last := app.LoadState().Get().LastWorkspace; last != l.workspace {
		t.Errorf("%s is opened next", last)
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
