//go:build unix

package data_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"kompetansepilot/data"
)

// TestPipesAreNoWorkspaces: to open one would wait for a writer without end.
func TestPipesAreNoWorkspaces(t *testing.T) {
	w := newWorkspace(t)
	pipe := filepath.Join(t.TempDir(), "a.kpilot")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	if _, err := data.Open(pipe, data.Options{AnyPlace: true}); data.Code(err) != data.CodeNotWorkspace {
		t.Errorf("open: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := data.RestoreKeeping(w.Path(), pipe, t.TempDir()); data.Code(err) != data.CodeBackupDamaged {
		t.Errorf("restore: %v", err)
	}
}
