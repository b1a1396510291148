// Package logfile keeps the program's log on the disk, small and bounded, and
// catches what a crash has to say: a program with a window has no console.
package logfile

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"gopkg.in/natefinch/lumberjack.v2"
)

// Name is the log's file name.
const Name = "kompetansepilot.log"

const (
	crashName = "krasj.log"
	// How much is kept: three old logs of a megabyte each.
	megabytes = 1
	backups   = 3
	// mostCrash is how large the crash file may grow before it begins anew.
	mostCrash = 1 << 20
)

// Log is the open log.
type Log struct {
	file  *lumberjack.Logger
	crash *os.File
}

// Open lets the default logger write to dir, and to also when it is not nil. A
// crash of the Go runtime is written beside it. The error tells what could not
// be opened; logging then goes to also alone.
func Open(dir string, also io.Writer) (*Log, error) {
	if also == nil {
		also = io.Discard
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		slog.SetDefault(slog.New(slog.NewTextHandler(also, nil)))
		return &Log{}, fmt.Errorf("make log folder: %w", err)
	}
	l := &Log{file: &lumberjack.Logger{Filename: filepath.Join(dir, Name), MaxSize: megabytes, MaxBackups: backups}}
	slog.SetDefault(slog.New(slog.NewTextHandler(io.MultiWriter(l.file, also), nil)))
	return l, l.catchCrashes(filepath.Join(dir, crashName))
}

func (l *Log) catchCrashes(path string) error {
	flags := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if info, err := os.Stat(path); err == nil && info.Size() > mostCrash {
		flags |= os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return fmt.Errorf("open crash file: %w", err)
	}
	l.crash = f
	return debug.SetCrashOutput(f, debug.CrashOptions{})
}

// Close ends the logging to the disk.
func (l *Log) Close() error {
	var errs []error
	if l.file != nil {
		errs = append(errs, l.file.Close())
	}
	if l.crash != nil {
		errs = append(errs, debug.SetCrashOutput(nil, debug.CrashOptions{}), l.crash.Close())
	}
	return errors.Join(errs...)
}
