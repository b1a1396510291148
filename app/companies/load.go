package companies

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"kompetansepilot/data"
)

// Progress is how far a load has come.
type Progress struct {
	Read, Size int64 // bytes of the bulk file
	Seen, Kept int   // units
	Finishing  bool  // the file is read; the store is put in order
}

// Loaded is what a load did.
type Loaded struct {
	Seen, Kept int
	Rejected   int // units without a valid number or without a name
	Resumed    bool
	Main, Sub  int // units in the store now
}

// stride is how much of the content is read between two places where a stopped
// load can go on, in bytes.
const stride = 64 << 20

// Load reads a bulk file into the store, in place of what was loaded of the same
// kind (main units or sub-units) before. What the store held answers until the
// new one is whole. A load that is stopped by ctx goes on where it was when the
// same file is loaded with the same selection. progress may be nil; it is called
// now and then, on the caller's goroutine. The errors carry a sentence.
func (s *Store) Load(ctx context.Context, path string, selection Selection, progress func(Progress)) (Loaded, error) {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return Loaded{}, translate(err)
	}
	lock := flock.New(s.path + ".lock")
	if ok, err := lock.TryLock(); err != nil || !ok {
		return Loaded{}, data.NewError(CodeRegisterBusy, "Registeret lastes allerede i et annet vindu. Ingenting er endret. Vent til det er ferdig.", err)
	}
	defer lock.Unlock()
	if progress == nil {
		progress = func(Progress) {}
	}
	l := &loading{store: s, selection: selection, keeper: newKeeper(s.places, selection), progress: progress, path: path}
	err := l.run(ctx)
	if ctx.Err() != nil {
		err = data.NewError(CodeStopped, "Lastingen er stoppet. Det som var lastet før, er i bruk som før. Last den samme filen igjen for å fortsette der den slapp.", ctx.Err())
	}
	return l.done, translate(err)
}

// loading is one load. What is kept is gathered in a file of its own, with the
// place in the bulk file that it reaches to; then the store is made of it.
type loading struct {
	store     *Store
	selection Selection
	keeper    *keeper
	progress  func(Progress)
	path      string

	bulk   *bulkFile
	reader *unitReader
	part   *sql.DB
	info   os.FileInfo
	done   Loaded
	whole  bool // the bulk file is read to its end
	sub    bool // it is the one of the sub-units, as its first unit tells
}

func (l *loading) partPath() string { return l.store.path + ".part" }

func (l *loading) run(ctx context.Context) (err error) {
	if l.bulk, err = openBulk(ctx, l.path); err != nil {
		return openError(l.path, err)
	}
	defer func() { err = errors.Join(err, l.bulk.close()) }()
	if l.info, err = l.bulk.file.Stat(); err != nil {
		return err
	}
	if err = l.openPart(); err != nil {
		return err
	}
	err = l.gather(ctx)
	if err == nil && l.done.Seen == l.done.Rejected {
		err = data.NewError(CodeBulkFile+".other", "Filen {{.Path}} har ingen enheter fra registeret. Det som var lastet før, er i bruk som før. Velg filen «enheter» eller «underenheter» fra Brønnøysundregistrene.", nil, "Path", l.path)
	}
	if err == nil {
		l.tell(true)
		err = l.build(ctx)
	}
	err = errors.Join(err, l.part.Close())
	// What was gathered is of use again after a stop, and when another window kept
	// the store from being replaced.
	if err == nil || ctx.Err() == nil && data.Code(err) != CodeRegisterBusy {
		removeDatabase(l.partPath())
	}
	return err
}

func removeDatabase(path string) {
	for _, end := range []string{"", "-wal", "-shm", "-journal"} {
		_ = os.Remove(path + end)
	}
}

func (l *loading) tell(finishing bool) {
	l.progress(Progress{Read: l.bulk.read.Load(), Size: l.bulk.size, Seen: l.done.Seen, Kept: l.done.Kept, Finishing: finishing})
}

// identity tells a bulk file and a selection from others.
func (l *loading) identity() (string, error) {
	f, err := os.Open(l.path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyN(h, f, 64<<10); err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	fmt.Fprintf(h, "%d %d %d %s", storeForm, l.info.Size(), l.info.ModTime().UnixNano(), l.selection.key())
	return hex.EncodeToString(h.Sum(nil)), nil
}

// openPart opens what an earlier load of the same file left, or begins anew.
func (l *loading) openPart() error {
	identity, err := l.identity()
	if err != nil {
		return openError(l.path, err)
	}
	if l.resume(identity) {
		l.done.Resumed = true
		return nil
	}
	removeDatabase(l.partPath())
	l.done = Loaded{}
	if l.part, err = openWriter(l.partPath()); err != nil {
		return err
	}
	_, err = l.part.Exec(`CREATE TABLE gathered (` + strings.Replace(columnTypes, "number INTEGER NOT NULL", "number INTEGER PRIMARY KEY", 1) + `);
		CREATE TABLE state (identity TEXT NOT NULL, place INTEGER NOT NULL, whole INTEGER NOT NULL, seen INTEGER NOT NULL, kept INTEGER NOT NULL, rejected INTEGER NOT NULL, sub INTEGER NOT NULL)`)
	if err == nil {
		_, err = l.part.Exec("INSERT INTO state VALUES (?, 0, 0, 0, 0, 0, 0)", identity)
	}
	if err != nil {
		err = errors.Join(err, l.part.Close())
		l.part = nil
	}
	return err
}

// place is where a load that is gone on with begins.
func (l *loading) place() (place int64, err error) {
	err = l.part.QueryRow("SELECT place, whole, seen, kept, rejected, sub FROM state").Scan(&place, &l.whole, &l.done.Seen, &l.done.Kept, &l.done.Rejected, &l.sub)
	return place, err
}

// resume tells whether there is something to go on with.
func (l *loading) resume(identity string) bool {
	if _, err := os.Stat(l.partPath()); err != nil {
		return false
	}
	part, err := openWriter(l.partPath())
	if err != nil {
		return false
	}
	var stored, check string
	var place int64
	if part.QueryRow("SELECT identity, place FROM state").Scan(&stored, &place) == nil && stored == identity && place > 0 &&
		part.QueryRow("PRAGMA quick_check(1)").Scan(&check) == nil && check == "ok" {
		l.part = part
		return true
	}
	_ = part.Close()
	return false
}

// openWriter opens a database that one connection writes.
func openWriter(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", dsn(path, "mode=rwc&_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// gather reads the bulk file and keeps what the selection asks for.
func (l *loading) gather(ctx context.Context) error {
	place, err := l.place()
	if err != nil || l.whole {
		return err
	}
	l.tell(false)
	if l.reader, err = newUnitReader(ctx, l.bulk); err != nil {
		return err
	}
	if place > 0 {
		l.reader.seen, l.reader.first = l.done.Seen, false
		if err := l.reader.skipTo(ctx, place); err != nil {
			return l.reader.explain(ctx, noEnd(err))
		}
		l.reader.place = place
	}
	for !l.whole {
		if err := l.stretch(ctx); err != nil {
			return err
		}
	}
	return nil
}

// stretch reads a part of the bulk file in one transaction. When it is stopped,
// what it has read is kept.
func (l *loading) stretch(ctx context.Context) error {
	tx, err := l.part.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	in := &inserter{tx: tx}
	read := l.read(ctx, in, l.reader.offset+stride)
	if read != nil && ctx.Err() == nil {
		return read
	}
	if err := in.flush(); err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE state SET place = ?, whole = ?, seen = ?, kept = ?, rejected = ?, sub = ?",
		l.reader.place, l.whole, l.done.Seen, l.done.Kept, l.done.Rejected, l.sub)
	if err != nil {
		return err
	}
	return errors.Join(read, tx.Commit())
}

// read reads units until the offset until.
func (l *loading) read(ctx context.Context, in *inserter, until int64) error {
	var u raw
	told := l.reader.offset
	for l.reader.offset < until {
		switch err := l.reader.next(ctx, &u); {
		case err == io.EOF:
			l.whole = true
			l.tell(false)
			return nil
		case err != nil:
			return err
		}
		if l.done.Seen == 0 {
			l.sub = u.sub()
		}
		l.done.Seen++
		number, ok := u.validNumber()
		switch {
		case !ok || len(u.name.b) == 0:
			l.done.Rejected++
		case l.keeper.keeps(&u):
			l.done.Kept++
			unit := u.unit(l.keeper.resolve)
			if err := in.add(&unit, number); err != nil {
				return err
			}
		}
		if l.reader.offset-told > blockSize {
			told = l.reader.offset
			l.tell(false)
		}
	}
	return nil
}

// inserter writes many units with one statement, which takes half the time.
type inserter struct {
	tx   *sql.Tx
	many *sql.Stmt
	args []any
}

const unitsAtOnce = 40

func insertUnits(n int) string {
	row := "(?" + strings.Repeat(", ?", columnCount-1) + ")"
	return "INSERT OR REPLACE INTO gathered (" + columns + ") VALUES " + row + strings.Repeat(", "+row, n-1)
}

func (in *inserter) add(u *Unit, number string) error {
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return err
	}
	in.args = append(in.args, u.values(n)...)
	if len(in.args) < unitsAtOnce*columnCount {
		return nil
	}
	if in.many == nil {
		if in.many, err = in.tx.Prepare(insertUnits(unitsAtOnce)); err != nil {
			return err
		}
	}
	_, err = in.many.Exec(in.args...)
	in.args = in.args[:0]
	return err
}

func (in *inserter) flush() error {
	n := len(in.args) / columnCount
	if n == 0 {
		return nil
	}
	_, err := in.tx.Exec(insertUnits(n), in.args...)
	in.args = in.args[:0]
	return err
}
