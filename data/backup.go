package data

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// BackupFile is a backup as it lies in its folder.
type BackupFile struct {
	Path string
	Time time.Time // local, to the second: read off the name
	Size int64     // bytes
	// OK is false when the file is cut short or is no database. A restore checks
	// the whole of it.
	OK bool
	// BeforeRestore is set for what a restore put aside.
	BeforeRestore bool
}

// backupStamp is how a backup's name gives its time: local, as the person reads
// it in a file window, and without the colons that Windows refuses.
const backupStamp = "2006-01-02T150405"

var backupName = regexp.MustCompile(`^(.+)-(\d{4}-\d{2}-\d{2}T\d{6})(?:-\d+)?\.kpilot$`)

// Backup copies the workspace into dir as "<name>-2026-11-24T143205.kpilot". The
// copy is opened and checked in full before it gets that name; a failed one
// leaves nothing. dir may lie on a network disk or in a cloud folder, as a
// backup is never written to again. The error has CodeBackup.
func Backup(w *Workspace, dir string) (BackupFile, error) {
	b, err := nextBackup(dir, baseName(w.path), w.clock.now())
	if err == nil {
		err = w.copyTo(b.Path)
	}
	return finishBackup(b, dir, err)
}

// BackupFileAt backs up a workspace that is not open as a [Workspace], as
// [Backup] does; before a migration, for example.
func BackupFileAt(path, dir string) (BackupFile, error) {
	b, err := nextBackup(dir, baseName(path), time.Now())
	if err == nil {
		err = copyClosed(path, b.Path)
	}
	return finishBackup(b, dir, err)
}

func copyClosed(path, to string) error {
	db, err := openPool(path, "")
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	return copyDatabase(conn, to)
}

// nextBackup finds a name that is free. Two backups in one second get a number.
func nextBackup(dir, base string, now time.Time) (BackupFile, error) {
	now = now.Truncate(time.Second)
	name := base + "-" + now.Format(backupStamp)
	for n := 1; ; n++ {
		path := filepath.Join(dir, name+Extension)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", name, n, Extension))
		}
		switch _, err := os.Stat(path); {
		case errors.Is(err, fs.ErrNotExist):
			return BackupFile{Path: path, Time: now}, nil
		case err != nil:
			return BackupFile{}, err
		}
	}
}

func finishBackup(b BackupFile, dir string, err error) (BackupFile, error) {
	if err != nil {
		return BackupFile{}, newError(CodeBackup, "Sikkerhetskopien ble ikke laget i {{.Path}}. Arbeidet ditt er trygt i arbeidsfilen. Sjekk at det er plass der og at du kan skrive i mappen, eller velg en annen mappe, og prøv igjen.", fmt.Errorf("backup: %w", err), "Path", dir)
	}
	info, err := os.Stat(b.Path)
	if err != nil {
		return BackupFile{}, translate(b.Path, "backup", err)
	}
	b.Size, b.OK = info.Size(), true
	return b, nil
}

func baseName(path string) string {
	name := filepath.Base(path)
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// integrity reads every page.
func integrity(db *sql.DB) error {
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("integrity: %s", verdict)
	}
	return nil
}

// Backups are the backups of the workspace named base in dir, newest first. A
// folder that does not exist holds none.
func Backups(dir, base string) ([]BackupFile, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, translate(dir, "read backups", err)
	}
	var all []BackupFile
	for _, e := range entries {
		at, ok := backupTime(e.Name(), base)
		if !ok || e.IsDir() {
			continue
		}
		b := BackupFile{Path: filepath.Join(dir, e.Name()), Time: at, BeforeRestore: strings.HasPrefix(e.Name(), base+beforeRestore+"-")}
		b.Size, b.OK = wholeDatabase(b.Path)
		all = append(all, b)
	}
	slices.SortFunc(all, func(a, b BackupFile) int {
		if c := b.Time.Compare(a.Time); c != 0 {
			return c
		}
		if c := len(b.Path) - len(a.Path); c != 0 { // …-2 is newer than the one without
			return c
		}
		return strings.Compare(b.Path, a.Path)
	})
	return all, nil
}

// backupTime reads the time off a name that Backup or Restore made for base.
func backupTime(name, base string) (time.Time, bool) {
	m := backupName.FindStringSubmatch(name)
	if m == nil || m[1] != base && m[1] != base+beforeRestore {
		return time.Time{}, false
	}
	at, err := time.ParseInLocation(backupStamp, m[2], time.Local)
	return at, err == nil
}

// wholeDatabase tells by its header whether a database file has all its pages,
// without reading them: 16 bytes of magic, the page size at 16, the number of
// pages at 28 (sqlite.org/fileformat2.html).
func wholeDatabase(path string) (size int64, ok bool) {
	f, err := os.Open(path)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, false
	}
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:16]) != "SQLite format 3\x00" {
		return info.Size(), false
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 65536
	}
	return info.Size(), page*int64(binary.BigEndian.Uint32(head[28:])) == info.Size()
}

// CopyBackup writes a backup to another file, in place of one that is there, but
// never in place of the workspace or of the backup itself. The copy is checked in
// full before it gets its name. The error has CodeExists, CodeBackupDamaged,
// CodeBackupGone or CodeBackup.
func CopyBackup(w *Workspace, backup, to string) error {
	for _, taken := range []string{w.path, backup} {
		if same, err := sameFile(taken, to); err != nil || same {
			return newError(CodeExists, "Det ligger allerede en fil på {{.Path}}. Den er ikke rørt. Velg et annet navn.", err, "Path", to)
		}
	}
	part, err := tempName(to)
	if err == nil {
		defer os.Remove(part)
		err = copyFile(backup, part)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return damagedBackup(backup, err)
	}
	if err == nil {
		if err := checkBackup(part, backup); err != nil {
			return err
		}
		err = replaceFile(part, to)
	}
	_, err = finishBackup(BackupFile{Path: to}, filepath.Dir(to), err)
	return err
}

// sameFile tells whether two paths are one file. A path without a file is not.
func sameFile(a, b string) (bool, error) {
	x, err := os.Stat(a)
	if errors.Is(err, fs.ErrNotExist) {
		return filepath.Clean(a) == filepath.Clean(b), nil
	}
	if err != nil {
		return false, err
	}
	y, err := os.Stat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(x, y), err
}

// keepDaily is how many days back the last backup of each day is kept.
const keepDaily = 31

// ThinBackups deletes the backups of base that are not needed: it keeps all of
// today, the last one of each day for 31 days, the last one of each month
// before that, and the newest whatever it is. What was kept before a restore,
// damaged ones, and files with other names, are left alone.
func ThinBackups(dir, base string, now time.Time) error {
	all, err := Backups(dir, base)
	if err != nil {
		return err
	}
	now = now.Local()
	today := now.Format(time.DateOnly)
	monthly := now.AddDate(0, 0, -keepDaily).Format(time.DateOnly)
	var errs []error
	seen := map[string]bool{}
	newest := true
	for _, b := range all {
		if !b.OK || b.BeforeRestore {
			continue
		}
		day := b.Time.Format(time.DateOnly)
		period := day
		if day < monthly {
			period = b.Time.Format("2006-01")
		}
		// Days after today are there when the clock was set back.
		if !newest && day < today && seen[period] {
			errs = append(errs, os.Remove(b.Path))
		}
		newest, seen[period] = false, true
	}
	return translate(dir, "thin backups", errors.Join(errs...))
}

// BackupDue tells whether the workspace has changed since its newest backup in
// dir. Backups that are later than now, made before the clock was set back,
// count as well as the newest one up to now.
func BackupDue(w *Workspace, dir string, now time.Time) (bool, error) {
	var newest string
	err := w.ro.QueryRow("SELECT uid FROM tx ORDER BY id DESC LIMIT 1").Scan(&newest)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, w.translate("is a backup due", err)
	}
	all, err := Backups(dir, baseName(w.path))
	if err != nil {
		return false, err
	}
	all = slices.DeleteFunc(all, func(b BackupFile) bool { return !b.OK })
	if len(all) == 0 {
		return true, nil
	}
	look := slices.Clone(all[:1])
	if i := slices.IndexFunc(all, func(b BackupFile) bool { return !b.Time.After(now) }); i > 0 {
		look = append(look, all[i])
	}
	for _, b := range look {
		if kept, err := backupContents(b.Path); err == nil && kept.newest == newest {
			return false, nil
		}
	}
	return true, nil
}

func backupContents(path string) (contents, error) {
	db, err := openImmutable(path)
	if err != nil {
		return contents{}, err
	}
	defer db.Close()
	return contentsOf(db)
}
