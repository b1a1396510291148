package companies

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// FileName is the name of the store's file.
const FileName = "companies.db"

// storeForm is the form of the file; another one is loaded anew.
const storeForm = 1

// Store is the part of the register that was loaded from a bulk file. Its methods
// may be called from any goroutine.
type Store struct {
	path   string
	places *reference.Tables

	mu   sync.RWMutex // held for reading while db is in use
	db   *sql.DB      // nil until it is needed
	info os.FileInfo  // of the file that db reads
}

// NewStore makes a store on the file at path, which need not be there yet. It
// reads nothing.
func NewStore(path string, places *reference.Tables) *Store {
	return &Store{path: path, places: places}
}

// Close lets go of the file.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closeLocked()
}

func (s *Store) closeLocked() error {
	if s.db == nil {
		return nil
	}
	err := s.db.Close()
	s.db = nil
	return err
}

// with runs f on the file that is there now, also when another program has put a
// newer one in its place.
func (s *Store) with(f func(db *sql.DB) error) error {
	for {
		info, err := os.Stat(s.path)
		if err != nil {
			return none(err)
		}
		s.mu.RLock()
		if s.db != nil && os.SameFile(info, s.info) {
			defer s.mu.RUnlock()
			return translate(f(s.db))
		}
		s.mu.RUnlock()
		if err := s.open(); err != nil {
			return err
		}
	}
}

func none(err error) error {
	return data.NewError(CodeNoRegister, "Registeret er ikke lastet på denne maskinen. Last ned «enheter» fra Brønnøysundregistrene, og velg filen.", err)
}

func (s *Store) open() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.closeLocked(); err != nil {
		return err
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return none(err)
	}
	db, err := sql.Open("sqlite3", dsn(s.path, "mode=ro&_query_only=on&_stmt_cache_size=64"))
	if err != nil {
		return translate(err)
	}
	var form int
	if err := db.QueryRow("PRAGMA user_version").Scan(&form); err != nil || form != storeForm {
		return errors.Join(data.NewError(CodeNoRegister+".form", "Registeret på denne maskinen kan ikke brukes av denne utgaven av programmet. Last registerfilen på nytt.", err), db.Close())
	}
	db.SetMaxOpenConns(4)
	db.SetMaxIdleConns(4)
	s.db, s.info = db, info
	return nil
}

// dsn names a database for go-sqlite3.
func dsn(path, options string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // C:/… becomes file:///C:/…
	}
	u := url.URL{Scheme: "file", Path: p}
	return u.String() + "?_busy_timeout=10000&" + options
}

// Info tells what is loaded.
type Info struct {
	Selection Selection
	Main, Sub Part
}

// Part is what is loaded of main units or of sub-units.
type Part struct {
	Units     int
	File      string    // name of the bulk file, "" when none was loaded
	Retrieved time.Time // when the file was fetched from the register
	Loaded    time.Time
}

// Info tells what is loaded. The error has CodeNoRegister when nothing is.
func (s *Store) Info() (Info, error) {
	var info Info
	err := s.with(func(db *sql.DB) (err error) {
		info, err = readInfo(db)
		return err
	})
	return info, err
}

const schema = `
PRAGMA page_size = 4096;
CREATE TABLE part (
  sub INTEGER PRIMARY KEY, units INTEGER NOT NULL, file TEXT NOT NULL, retrieved INTEGER NOT NULL, loaded INTEGER NOT NULL);
CREATE TABLE selection (selection TEXT NOT NULL);
-- The order of the ids is the order of what is found: short names first.
CREATE TABLE unit (id INTEGER PRIMARY KEY, ` + columnTypes + `);
-- name is folded; place holds words for what can be filtered by.
CREATE VIRTUAL TABLE unit_text USING fts5(name, place, content = '', columnsize = 0, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
CREATE VIRTUAL TABLE word_text USING fts5(word, content = 'word', content_rowid = 'id', columnsize = 0, tokenize = 'trigram');
`

const indexes = `
CREATE UNIQUE INDEX unit_number ON unit(number);
CREATE INDEX unit_municipality ON unit(municipality, industry);
CREATE INDEX unit_industry ON unit(industry);
CREATE INDEX unit_parent ON unit(parent) WHERE parent != '';
`

const columnTypes = `number INTEGER NOT NULL, sub INTEGER NOT NULL, name TEXT NOT NULL, fold TEXT NOT NULL, form TEXT NOT NULL, parent TEXT NOT NULL,
  municipality TEXT NOT NULL, given TEXT NOT NULL, street TEXT NOT NULL, post_code TEXT NOT NULL, post_place TEXT NOT NULL,
  industry TEXT NOT NULL, industry_name TEXT NOT NULL, employees INTEGER NOT NULL, website TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
  norm TEXT NOT NULL, registered TEXT NOT NULL, founded TEXT NOT NULL, bankrupt INTEGER NOT NULL, bankrupt_on TEXT NOT NULL,
  dissolving INTEGER NOT NULL, gone TEXT NOT NULL`

const columns = `number, sub, name, fold, form, parent, municipality, given, street, post_code, post_place, industry, industry_name, employees,
  website, email, phone, norm, registered, founded, bankrupt, bankrupt_on, dissolving, gone`

const columnCount = 24

// values are a unit's columns.
func (u *Unit) values(number int64) []any {
	return []any{number, u.Sub, u.Name, data.Fold(u.Name), u.Form, u.Parent, u.Municipality, u.GivenMunicipality, u.Street, u.PostCode, u.PostPlace,
		u.Industry, u.IndustryName, int(u.Employees), u.Website, u.Email, u.Phone, u.Norm, u.Registered, u.Founded, u.Bankrupt, u.BankruptOn,
		u.Dissolving, u.Deleted}
}

func scanUnit(rows *sql.Rows) (Unit, error) {
	var u Unit
	var number int64
	var fold sql.RawBytes
	err := rows.Scan(&number, &u.Sub, &u.Name, &fold, &u.Form, &u.Parent, &u.Municipality, &u.GivenMunicipality, &u.Street, &u.PostCode, &u.PostPlace,
		&u.Industry, &u.IndustryName, &u.Employees, &u.Website, &u.Email, &u.Phone, &u.Norm, &u.Registered, &u.Founded, &u.Bankrupt, &u.BankruptOn,
		&u.Dissolving, &u.Deleted)
	u.Number = fmt.Sprintf("%09d", number)
	return u, err
}

func readInfo(db *sql.DB) (Info, error) {
	var info Info
	var selection string
	if err := db.QueryRow("SELECT selection FROM selection").Scan(&selection); err != nil {
		return info, err
	}
	info.Selection = parseSelection(selection)
	rows, err := db.Query("SELECT sub, units, file, retrieved, loaded FROM part")
	if err != nil {
		return info, err
	}
	defer rows.Close()
	for rows.Next() {
		var sub bool
		var p Part
		var retrieved, loaded int64
		if err := rows.Scan(&sub, &p.Units, &p.File, &retrieved, &loaded); err != nil {
			return info, err
		}
		p.Retrieved, p.Loaded = time.Unix(retrieved, 0), time.Unix(loaded, 0)
		if sub {
			info.Sub = p
		} else {
			info.Main = p
		}
	}
	return info, rows.Err()
}

// translate puts sentences to what SQLite and the file system report.
func translate(err error) error {
	var known *data.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) {
		return err
	}
	var s sqlite3.Error
	if errors.As(err, &s) {
		switch s.Code {
		case sqlite3.ErrFull:
			return data.NewError(data.CodeDiskFull+".companies", "Disken er full, så registeret ble ikke lastet. Det som var lastet før, er i bruk som før. Frigjør plass og prøv igjen.", err)
		case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
			return data.NewError(CodeNoRegister+".damaged", "Registeret på denne maskinen er skadet. Arbeidsfilen er ikke berørt. Last registerfilen på nytt.", err)
		case sqlite3.ErrInterrupt:
			return context.Canceled
		}
	}
	if errors.Is(err, fs.ErrPermission) {
		return data.NewError(data.CodeNoAccess+".companies", "Programmet får ikke skrive i mappen for registeret. Det som var lastet før, er i bruk som før. Be IT om tilgang.", err)
	}
	return fmt.Errorf("company register: %w", err)
}
