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
