//go:build unix

package disk

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"kompetansepilot/data"
)

// TestPipesAndDevices: to open a pipe would wait for a writer without end.
func TestPipesAndDevices(t *testing.T) {
	dir := t.TempDir()
	pipe, link := filepath.Join(dir, "rør.pdf"), filepath.Join(dir, "lenke.pdf")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(pipe, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, link, "/dev/zero", "/dev/null"} {
		if _, err := Read(path, 1<<20); data.Code(err) != CodeRead || !strings.Contains(data.Message(err), "ikke en vanlig fil") {
			t.Errorf("read %s: %v", path, err)
		}
	}
	for _, path := range []string{pipe, link} {
		if err := Write(path, []byte("x")); data.Code(err) != CodeWrite || !strings.Contains(data.Message(err), "ikke en vanlig fil") {
			t.Errorf("write %s: %v", path, err)
		}
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Error("the pipe is a pipe no more")
	}
}

// TestNewFileFollowsTheUmask: colleagues may read what is saved in a folder that they
// share, unless the person has it otherwise.
func TestNewFileFollowsTheUmask(t *testing.T) {
	for mask, want := range map[int]os.FileMode{0o022: 0o644, 0o077: 0o600} {
		path := filepath.Join(t.TempDir(), "a.pdf")
		before := syscall.Umask(mask)
		err := Write(path, []byte("a"))
		syscall.Umask(before)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("umask %o gives %v, %v", mask, info.Mode(), err)
		}
	}
}
