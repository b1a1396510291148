package data

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
	"github.com/pressly/goose/v3"
)

// Extension is how the name of a workspace ends.
const Extension = ".kpilot"

//go:embed migrations/*.sql
var migrations embed.FS

// Options of Open.
type Options struct {
	// Create makes the workspace when there is none.
	Create bool
	// Actor is who writes, for the change log.
	Actor string
	// BeforeMigration is called with the path of a workspace that is about to
	// be changed by a newer program, to back it up. An error stops the opening.
	BeforeMigration func(path string) error
	// Now replaces the clock in tests.
	Now func() time.Time
	// AnyPlace lets tests open a workspace wherever they like.
	AnyPlace bool
}

// Workspace is an open workspace. Its methods may be called from any
// goroutine; writes wait for each other.
type Workspace struct {
	path     string
	actor    string
	device   string
	file     os.FileInfo
	rw, ro   *sql.DB
	readOnly *Error // why nothing can be written, or nil

	// immutable is set when the file lies where not even SQLite's log can be written.
	immutable bool

	clock hybridClock

	writing sync.Mutex // held through Update, Undo and Redo
	merge   mergeState

	mu        sync.Mutex
	listeners map[int]func(Changed)
	nextID    int
	own       map[int64]bool // transactions that this program wrote

	searching sync.Mutex // held while a cache follows the change log
	copy      registerCopy

	indexing sync.Mutex // held while the search index follows the change log
	words    dictionary
	searchIn registerCopy // the search index of a file that cannot be written to
}

// Open opens the workspace at path, brings it up to this program's form, and
// makes it first if opts.Create is set. Errors that are [Error] carry a
// sentence for the user; the file is left as it was.
func Open(path string, opts Options) (*Workspace, error) {
	if !opts.AnyPlace {
		if err := CheckPlace(path); err != nil {
			return nil, err
		}
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open workspace: %w", err)
	}
	w := &Workspace{path: path, actor: opts.Actor, listeners: map[int]func(Changed){}, own: map[int64]bool{}}
	w.clock.now = time.Now
	if opts.Now != nil {
		w.clock.now = opts.Now
	}
	if err := w.open(opts); err != nil {
		w.Close()
		return nil, translate(path, "open workspace", err)
	}
	return w, nil
}

func (w *Workspace) open(opts Options) error {
	info, err := os.Stat(w.path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !opts.Create:
		return newError(CodeNotFound+".workspace", "Fant ikke arbeidsfilen {{.Path}}. Er den flyttet, kan du velge den på nytt; ellers kan du hente tilbake en sikkerhetskopi.", err, "Path", w.path)
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(w.path), 0o700); err != nil {
			return err
		}
	case err != nil:
		return err
	case info.IsDir():
		return newError(CodeNotWorkspace+".folder", "{{.Path}} er en mappe, ikke en arbeidsfil. Velg en fil som slutter på .kpilot.", nil, "Path", w.path)
	case !info.Mode().IsRegular():
		return newError(CodeNotWorkspace, "Filen {{.Path}} er ikke en arbeidsfil for Kompetansepilot. Den er ikke endret. Velg en annen fil.", nil, "Path", w.path)
	case info.Size() == 0 && !opts.Create && !hasLog(w.path):
		return newError(CodeDamaged, "Arbeidsfilen {{.Path}} er skadet. Ingenting er slettet. Hent tilbake siste sikkerhetskopi, eller kjør «Sjekk mine data».", nil, "Path", w.path)
	case !writable(w.path):
		return w.openReadOnly(newError(CodeReadOnly, "Arbeidsfilen {{.Path}} kan bare leses, så den åpnes uten å kunne endres. Kopier den til en mappe du kan skrive i for å arbeide videre.", nil, "Path", w.path), true)
	}
	unlock, err := lockPath(w.path)
	if err != nil {
		return err
	}
	defer unlock()

	if w.rw, err = sql.Open("sqlite3", dsn(w.path, "rwc", "_txlock=immediate")); err != nil {
		return err
	}
	w.rw.SetMaxOpenConns(1)
	if newer, err := w.migrate(opts); err != nil {
		return err
	} else if newer != nil {
		w.rw.Close()
		w.rw = nil
		return w.openReadOnly(newer, false)
	}
	if w.file, err = os.Stat(w.path); err != nil {
		return err
	}
	if err := useWAL(w.rw); err != nil {
		return err
	}
	if w.ro, err = openPool(w.path, ""); err != nil {
		return err
	}
	w.packIfNeeded()
	return w.identify()
}

// useWAL lets reading and writing go on side by side. The file keeps it, and it
// comes only after the file is known to be ours.
func useWAL(db *sql.DB) error {
	var mode string
	if err := db.QueryRow("PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return fmt.Errorf("journal mode is %q", mode)
	}
	return nil
}

func (w *Workspace) openReadOnly(why *Error, immutable bool) error {
	extra := ""
	if immutable {
		if !hasLog(w.path) {
			extra, w.immutable = "immutable=1", true
		}
	}
	var err error
	if w.ro, err = openPool(w.path, extra); err != nil {
		return err
	}
	w.readOnly = why
	w.file, err = os.Stat(w.path)
	if err != nil {
		return err
	}
	switch form, _, err := storedForm(w.ro); {
	case err != nil:
		return err
	case form <= 0:
		return newError(CodeNotWorkspace+".database", "Filen {{.Path}} er en database fra et annet program. Den er ikke endret. Velg en annen fil.", nil, "Path", w.path)
	}
	return nil
}

// hasLog tells whether changes lie beside the file that are not in it yet.
func hasLog(path string) bool {
	_, err := os.Stat(path + "-wal")
	return err == nil
}

func openPool(path, extra string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", dsn(path, "ro", strings.TrimPrefix("_query_only=on&"+extra, "&")))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	return db, nil
}

// dsn names the database for go-sqlite3. synchronous=FULL: a commit that was
// reported is on the disk.
func dsn(path, mode, extra string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/… becomes file:///C:/…
	}
	u := url.URL{Scheme: "file", Path: p}
	s := u.String() + "?mode=" + mode + "&_synchronous=FULL&_foreign_keys=on&_busy_timeout=10000&_stmt_cache_size=64"
	return strings.TrimSuffix(s+"&"+extra, "&")
}

// LockFor is a lock that programs on this machine share under a name. It lies in the
// user's cache folder, so that no stray file stands beside the workspace.
func LockFor(name string) (*flock.Flock, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	dir = filepath.Join(dir, "kompetansepilot", "locks")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("lock folder: %w", err)
	}
	return flock.New(filepath.Join(dir, hashText(name)[:24]+".lock")), nil
}

// lockPath keeps two programs from making or migrating one file at once.
func lockPath(path string) (unlock func(), err error) {
	lock, err := LockFor(path)
	if err != nil {
		slog.Warn("no lock", "err", err)
		return func() {}, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	ok, err := lock.TryLockContext(ctx, 20*time.Millisecond)
	if err != nil || !ok {
		return nil, newError(CodeBusy+".opening", "Et annet vindu er i ferd med å åpne arbeidsfilen. Ingenting er endret. Vent litt og prøv igjen.", err)
	}
	return func() { _ = lock.Unlock() }, nil
}

// latestMigration is the newest form that this program knows, read off the
// embedded file names.
func latestMigration() int64 {
	files, _ := fs.ReadDir(migrations, "migrations")
	var latest int64
	for _, f := range files {
		if n, err := goose.NumericComponent(f.Name()); err == nil {
			latest = max(latest, n)
		}
	}
	return latest
}

// migrate brings the file up to date. A file from a newer program gives the
// sentence to open it read-only with.
func (w *Workspace) migrate(opts Options) (newer *Error, err error) {
	have, empty, err := storedForm(w.rw)
	if err != nil {
		return nil, err
	}
	want := latestMigration()
	switch {
	case have == want:
		return nil, nil
	case have > want:
		return newError(CodeNewer, "Arbeidsfilen er laget med en nyere utgave av Kompetansepilot. Den åpnes uten å kunne endres, så ingenting går tapt. Oppdater programmet for å arbeide videre.", nil), nil
	case have < 0:
		return nil, newError(CodeNotWorkspace+".database", "Filen {{.Path}} er en database fra et annet program. Den er ikke endret. Velg en annen fil.", nil, "Path", w.path)
	}
	if !empty && opts.BeforeMigration != nil {
		if err := opts.BeforeMigration(w.path); err != nil {
			return nil, err
		}
	}
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, w.rw, dir, goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, err
	}
	if _, err := provider.Up(context.Background()); err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return nil, nil
}

// storedForm is the form of the file: 0 for a new one, -1 for a database that
// is not ours.
func storedForm(db *sql.DB) (form int64, empty bool, err error) {
	var tables, ours int
	err = db.QueryRow(`SELECT count(*), coalesce(sum(name = 'goose_db_version'), 0) FROM sqlite_master WHERE type = 'table'`).Scan(&tables, &ours)
	switch {
	case err != nil:
		return 0, false, err
	case tables == 0:
		return 0, true, nil
	case ours == 0:
		return -1, false, nil
	}
	err = db.QueryRow("SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied").Scan(&form)
	return form, form == 0, err
}

// identify reads what the log needs: the device and the last time used.
func (w *Workspace) identify() error {
	var last sql.NullInt64
	if err := w.ro.QueryRow("SELECT max(hlc) FROM tx WHERE id > (SELECT coalesce(max(id), 0) - 1000 FROM tx)").Scan(&last); err != nil {
		return err
	}
	w.clock.observe(last.Int64)
	host, err := os.Hostname()
	if err != nil || host == "" {
		host = "pc"
	}
	w.device = host
	return nil
}

// Path is the file's absolute path.
func (w *Workspace) Path() string { return w.path }

// ReadOnly says why nothing can be written, or is nil.
func (w *Workspace) ReadOnly() *Error { return w.readOnly }

// SetActor names who writes from now on.
func (w *Workspace) SetActor(name string) {
	w.writing.Lock()
	defer w.writing.Unlock()
	w.actor = name
}

// Close ends the work. What was committed is on the disk already.
func (w *Workspace) Close() error {
	w.writing.Lock()
	defer w.writing.Unlock()
	errs := []error{w.copy.close(), w.searchIn.close()}
	if w.ro != nil {
		errs = append(errs, w.ro.Close())
	}
	if w.rw != nil {
		errs = append(errs, w.rw.Close())
	}
	return errors.Join(errs...)
}

// present tells with an error when the file was moved or deleted under us.
func (w *Workspace) present() error {
	now, err := os.Stat(w.path)
	if err == nil && os.SameFile(now, w.file) {
		return nil
	}
	return newError(CodeGone, "Arbeidsfilen {{.Path}} er slettet eller flyttet mens programmet var åpent. Det som sto i den, finnes fortsatt i programmet. Lagre en kopi før du lukker.", err, "Path", w.path)
}

// writable tells whether the file and its folder can be written: SQLite needs
// its log beside the file.
func writable(path string) bool {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	_ = f.Close()
	probe, err := os.CreateTemp(filepath.Dir(path), ".kpilot-*")
	if err != nil {
		// A full disk is no reason to open read-only: reading works, and saving says why.
		return !errors.Is(err, fs.ErrPermission) && !isReadOnlyFS(err)
	}
	_ = probe.Close()
	_ = os.Remove(probe.Name())
	return true
}
