package logfile

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLogIsWritten(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	dir := filepath.Join(t.TempDir(), "logs")
	l, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	slog.Info("a line of the log", "n", 7)
	text, err := os.ReadFile(filepath.Join(dir, Name))
	if err != nil || !strings.Contains(string(text), "a line of the log") || !strings.Contains(string(text), "n=7") {
		t.Errorf("the log holds %q (%v)", text, err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestLogIsBounded(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	dir := t.TempDir()
	l, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("x", 100_000)
	for range 100 {
		slog.Info(line)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	var size int64
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			size += info.Size()
		}
	}
	// The oldest ones are removed in the background, so one more may stand there.
	if most := int64((backups + 7) * megabytes << 20); size > most {
		t.Errorf("%d bytes of log, at most %d are wanted", size, most)
	}
}

func TestLogWithoutFolder(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	file := filepath.Join(t.TempDir(), "a file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	l, err := Open(filepath.Join(file, "logs"), &said)
	if err == nil {
		t.Error("a folder inside a file was made")
	}
	slog.Info("still heard")
	if !strings.Contains(said.String(), "still heard") {
		t.Error("nothing was logged")
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}
