package post

import (
	"database/sql"
	_ "embed" // the form of the file
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"

	_ "github.com/mattn/go-sqlite3" // the driver

	"kompetansepilot/data"
)

//go:embed schema.sql
var schema string

// form is the form of the file.
const form = 4

// Extension is what is put after the workspace's name.
const Extension = ".post"

// PathFor is where the mail of a workspace lies.
func PathFor(workspace string) string { return workspace + Extension }

// Store is the mail of a workspace. Its methods may be called from any goroutine
// but Fyne's.
type Store struct {
	path string
	rw   *sql.DB // one connection
	ro   *sql.DB

	known vocabulary

	mu        sync.Mutex
	next      int
	listeners map[int]func(Changed)
}

// Changed tells what came or changed in the store.
type Changed struct {
	Messages int // new, or read anew
	Folders  bool
}

// Open opens the store, and makes it when it is not there.
func Open(path string) (*Store, error) {
	dsn := func(options string) string {
		return fileURL(path, "_busy_timeout=10000&_foreign_keys=off&_journal_mode=WAL&_synchronous=FULL&"+options)
	}
	s := &Store{path: path, listeners: map[int]func(Changed){}}
	var err error
	if s.rw, err = sql.Open("sqlite3", dsn("_txlock=immediate&_cache_size=-16000")); err != nil {
		return nil, fmt.Errorf("open mail: %w", err)
	}
	s.rw.SetMaxOpenConns(1)
	if err := s.shape(); err != nil {
		return nil, errors.Join(err, s.rw.Close())
	}
	if s.ro, err = sql.Open("sqlite3", dsn("mode=ro&_query_only=on&_cache_size=-8000")); err != nil {
		return nil, errors.Join(fmt.Errorf("open mail: %w", err), s.rw.Close())
	}
	s.ro.SetMaxOpenConns(4)
	return s, nil
}

func fileURL(path, options string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: options}).String()
}

// shape makes the tables of a new file, brings an older one up to date, and refuses
// a newer form.
func (s *Store) shape() error {
	var version int
	if err := s.rw.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return data.NewError("mailStore", "Posten kan ikke åpnes. Filen {{.Path}} er skadet eller i bruk. Arbeidsfilen er ikke berørt. Lukk andre programmer som bruker den, eller flytt filen bort; da hentes posten på nytt.", err, "Path", s.path)
	}
	switch {
	case version == form:
		return nil
	case version > form:
		return data.NewError("mailNewer", "Posten i {{.Path}} er laget av en nyere utgave av programmet. Ingenting er endret. Oppdater programmet.", nil, "Path", s.path)
	}
	tx, err := s.rw.Begin()
	if err != nil {
		return fmt.Errorf("make mail: %w", err)
	}
	if err := raise(tx, version); err != nil {
		return errors.Join(fmt.Errorf("make mail: %w", err), tx.Rollback())
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", form)); err != nil {
		return errors.Join(fmt.Errorf("make mail: %w", err), tx.Rollback())
	}
	return tx.Commit()
}

// Path is where the file lies.
func (s *Store) Path() string { return s.path }

// Close closes the store.
func (s *Store) Close() error { return errors.Join(s.ro.Close(), s.rw.Close()) }

// Subscribe calls f after each change, on the goroutine that wrote. The returned
// function ends it.
func (s *Store) Subscribe(f func(Changed)) (cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.next
	s.next++
	s.listeners[id] = f
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.listeners, id)
	}
}

func (s *Store) tell(c Changed) {
	s.mu.Lock()
	var all []func(Changed)
	for _, f := range s.listeners {
		all = append(all, f)
	}
	s.mu.Unlock()
	for _, f := range all {
		f(c)
	}
}

// write runs f in one transaction that is on the disk when write returns.
func (s *Store) write(doing string, f func(tx *sql.Tx) error) error {
	tx, err := s.rw.Begin()
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	if err := f(tx); err != nil {
		return errors.Join(fmt.Errorf("%s: %w", doing, err), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
