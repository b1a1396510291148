package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"
)

// beforeRestore stands in the name of what a restore put aside.
const beforeRestore = "-før-gjenoppretting"

// Restore is [RestoreKeeping] for who need not know what was kept.
func Restore(path, backup, dir string) error {
	_, err := RestoreKeeping(path, backup, dir)
	return err
}

// RestoreKeeping checks the backup in full, keeps the present file in dir as
// "<name>-før-gjenoppretting-<time>.kpilot", and then lets the backup take its
// place. No program may have the workspace open. Whenever it is interrupted, the old or the new workspace is there as a
// whole. kept is empty when there was no file at path. The error has CodeInUse
// when a program has the workspace open, CodeBackupDamaged when the backup is
// damaged, CodeBackupNewer when it comes from a newer program, and CodeBackup
// when the present file could not be kept; then nothing was changed.
func RestoreKeeping(path, backup, dir string) (kept BackupFile, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return BackupFile{}, fmt.Errorf("restore: %w", err)
	}
	unlock, err := lockPath(path)
	if err != nil {
		return BackupFile{}, err
	}
	defer unlock()
	if info, err := os.Stat(backup); err == nil && !info.Mode().IsRegular() { // a pipe would be waited for
		return BackupFile{}, damagedBackup(backup, errors.New("not a regular file"))
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return BackupFile{}, translate(path, "restore", err)
	}
	part, err := tempName(path)
	if err != nil {
		return BackupFile{}, translate(path, "restore", err)
	}
	defer os.Remove(part)
	if err := copyFile(backup, part); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return BackupFile{}, damagedBackup(backup, err)
		}
		return BackupFile{}, translate(path, "restore", err)
	}
	if err := checkBackup(part, backup); err != nil {
		return BackupFile{}, err
	}
	if kept, err = putAside(path, dir); err != nil {
		return BackupFile{}, err
	}
	// A log that belongs to the old file must never meet the new one.
	for _, end := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, translate(path, "restore", err)
		}
	}
	return kept, translate(path, "restore", replaceFile(part, path))
}

// checkBackup reads the whole of a copy of backup.
func checkBackup(copied, backup string) error {
	db, err := openImmutable(copied)
	if err != nil {
		return damagedBackup(backup, err)
	}
	defer db.Close()
	if err := checkForm(db, backup); err != nil {
		return err
	}
	if err := integrity(db); err != nil {
		return damagedBackup(backup, err)
	}
	return nil
}

// putAside keeps the workspace at path in dir. A damaged one is kept byte for
// byte, its log beside it.
func putAside(path, dir string) (BackupFile, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return BackupFile{}, nil
	}
	damaged := false
	if err := takeAlone(path); err != nil {
		var s sqlite3.Error
		if errors.As(err, &s) && (s.Code == sqlite3.ErrBusy || s.Code == sqlite3.ErrLocked) {
			return BackupFile{}, newError(CodeInUse, "Arbeidsfilen {{.Path}} er åpen i et annet vindu eller program. Ingenting er endret. Lukk det, og prøv igjen.", err, "Path", path)
		}
		damaged = true
	}
	b, err := nextBackup(dir, baseName(path)+beforeRestore, time.Now())
	if err == nil && !damaged {
		damaged = copyClosed(path, b.Path) != nil
	}
	if err == nil && damaged {
		err = copyRaw(path, b.Path)
	}
	return finishBackup(b, dir, err)
}

// takeAlone folds the log into the file, which only works while nobody else has
// it open.
func takeAlone(path string) error {
	db, err := sql.Open("sqlite3", dsn(path, "rw", ""))
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx := context.Background()
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 500"); err != nil {
		return err
	}
	var mode string
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode); err != nil {
		return err
	}
	if mode != "delete" {
		return sqlite3.Error{Code: sqlite3.ErrBusy}
	}
	return nil
}

func copyRaw(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	part, err := tempName(to)
	if err != nil {
		return err
	}
	defer os.Remove(part)
	if err := copyFile(from, part); err != nil {
		return err
	}
	if _, err := os.Stat(from + "-wal"); err == nil {
		if err := copyFile(from+"-wal", to+"-wal"); err != nil {
			_ = os.Remove(to + "-wal")
			return err
		}
	}
	return replaceFile(part, to)
}
