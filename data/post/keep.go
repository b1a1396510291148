package post

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/data"
)

// CodeKeep is the code of the error when mail could not be kept with the backups.
const CodeKeep = "mailKeep"

// Mail is backed up in pieces beside the backups of the workspace. Mail never
// changes, so a backup writes only what no piece holds yet, and a mailbox of many
// gigabytes costs nothing when nothing came. A piece is never written to again, for
// the folder may lie on a network disk or in a cloud; a small one is replaced by one
// that holds it and what is new, so that they stay few. Where a message lay, and
// what is never to be fetched again, stands in them too; the index is made anew.
const (
	pieceSize = 64 << 20 // bytes of mail in a piece, unless one message is longer
	pieceForm = `CREATE TABLE mail (key TEXT PRIMARY KEY, sent INTEGER NOT NULL, internal INTEGER NOT NULL, content BLOB NOT NULL);
		CREATE TABLE place (key TEXT NOT NULL, account TEXT NOT NULL, folder TEXT NOT NULL, role TEXT NOT NULL, uidvalidity INTEGER NOT NULL, uid INTEGER NOT NULL, flags INTEGER NOT NULL, gone INTEGER NOT NULL);
		CREATE INDEX place_key ON place(key);
		CREATE TABLE withheld (key TEXT PRIMARY KEY);`
)

// pieceName is how a piece is called.
var pieceName = regexp.MustCompile(`^(.+)-post-(\d{4,})\.kpost$`)

// piece is a file of kept mail.
type piece struct {
	path   string
	number int
	size   int64
}

// pieces are the pieces of the workspace named base in dir, oldest first.
func pieces(dir, base string) ([]piece, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []piece
	for _, e := range entries {
		m := pieceName.FindStringSubmatch(e.Name())
		if m == nil || m[1] != base {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			continue
		}
		all = append(all, piece{filepath.Join(dir, e.Name()), n, info.Size()})
	}
	slices.SortFunc(all, func(a, b piece) int { return a.number - b.number })
	return all, nil
}

func openPiece(path string) (*sql.DB, error) {
	return openFile(path, "mode=ro&immutable=1&_query_only=on")
}

func openFile(path, options string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", fileURL(path, options))
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// keysOf are the keys of the mail in a piece, and of what it says is never to be
// fetched again; an error means that it is damaged.
func keysOf(p piece) (keys, withheld []string, err error) {
	db, err := openPiece(p.path)
	if err != nil {
		return nil, nil, err
	}
	defer db.Close()
	if keys, err = texts(db, "SELECT key FROM mail"); err != nil {
		return nil, nil, err
	}
	withheld, err = texts(db, "SELECT key FROM withheld")
	return keys, withheld, err
}

type queryer interface {
	Query(query string, args ...any) (*sql.Rows, error)
}

func texts(q queryer, query string, args ...any) ([]string, error) {
	rows, err := q.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var t string
		if err := rows.Scan(&t); err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// Keep writes the mail that no piece in dir holds yet into new pieces. It gives how
// many messages that were. Each piece is checked before it gets its name; a failed
// one leaves nothing. The error has CodeKeep.
func (s *Store) Keep(ctx context.Context, dir, base string) (kept int, err error) {
	kept, err = s.keep(ctx, dir, base)
	if err != nil {
		return kept, data.NewError(CodeKeep, "Posten ble ikke sikkerhetskopiert i {{.Path}}. Den ligger trygt her, og det som ble kopiert før, er ikke rørt. Sjekk at det er plass der og at du kan skrive i mappen.", err, "Path", dir)
	}
	return kept, nil
}

func (s *Store) keep(ctx context.Context, dir, base string) (int, error) {
	all, err := pieces(dir, base)
	if err != nil {
		return 0, err
	}
	withheld, err := s.withheldKeys()
	if err != nil {
		return 0, err
	}
	have, known := map[string]bool{}, map[string]bool{}
	next := 1
	var fold []piece // are replaced by new ones
	for _, p := range all {
		next = p.number + 1
		keys, held, err := keysOf(p)
		if err != nil {
			continue // damaged: what it held is written again
		}
		for _, k := range keys {
			have[k] = true
		}
		for _, k := range held {
			known[k] = true
		}
		if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(withheld, k) }) {
			fold = append(fold, p) // what was deleted here goes from the backups too
		} else if p.number == all[len(all)-1].number && p.size < pieceSize/2 {
			fold = append(fold, p)
		}
	}
	fresh, err := s.fresh(have)
	if err != nil {
		return 0, err
	}
	told := !slices.ContainsFunc(withheld, func(k string) bool { return !known[k] })
	if len(fresh) == 0 && told {
		return 0, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return 0, err
	}
	done := 0
	for len(fresh) > 0 || len(fold) > 0 || !told {
		var old piece
		if len(fold) > 0 {
			old, fold = fold[0], fold[1:]
		}
		n, bytes := 0, old.size
		for n < len(fresh) && (bytes == 0 || bytes+fresh[n].size <= pieceSize) {
			bytes += fresh[n].size
			n++
		}
		if err := ctx.Err(); err != nil {
			return done, err
		}
		if err := s.writePiece(filepath.Join(dir, fmt.Sprintf("%s-post-%04d.kpost", base, next)), old.path, fresh[:n]); err != nil {
			return done, err
		}
		if old.path != "" { // the new piece holds all of it
			if err := os.Remove(old.path); err != nil {
				return done, err
			}
		}
		done, fresh, told, next = done+n, fresh[n:], true, next+1
	}
	return done, nil
}

type entry struct{ id, size int64 }

// fresh are the whole messages whose keys are not there, oldest fetched first.
func (s *Store) fresh(have map[string]bool) ([]entry, error) {
	rows, err := s.ro.Query("SELECT id, key, size FROM message WHERE state = 1 ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []entry
	for rows.Next() {
		var e entry
		var key string
		if err := rows.Scan(&e.id, &key, &e.size); err != nil {
			return nil, err
		}
		if !have[key] {
			all = append(all, e)
		}
	}
	return all, rows.Err()
}

func (s *Store) writePiece(path, fold string, all []entry) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".kpilot-*.part")
	if err != nil {
		return err
	}
	part := f.Name()
	defer os.Remove(part)
	if err := f.Close(); err != nil {
		return err
	}
	// Nobody else knows of the file: it needs no locks and no journal.
	db, err := openFile(part, "nolock=1&_journal_mode=OFF&_synchronous=OFF")
	if err != nil {
		return err
	}
	if err := errors.Join(s.fill(db, fold, all), db.Close()); err != nil {
		return err
	}
	if f, err = os.OpenFile(part, os.O_RDWR, 0); err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := checkPiece(part); err != nil {
		return err
	}
	return os.Rename(part, path)
}

func (s *Store) fill(db *sql.DB, fold string, all []entry) error {
	if _, err := db.Exec(pieceForm); err != nil {
		return err
	}
	if fold != "" {
		if _, err := db.Exec("ATTACH ? AS old", fileURL(fold, "mode=ro&immutable=1")); err != nil {
			return err
		}
		// What was deleted here since does not go on into the next piece.
		held, err := s.withheldKeys()
		if err != nil {
			return err
		}
		for _, table := range []string{"mail", "place", "withheld"} {
			if _, err := db.Exec("INSERT OR IGNORE INTO main." + table + " SELECT * FROM old." + table); err != nil {
				return err
			}
		}
		if _, err := db.Exec("DETACH old"); err != nil {
			return err
		}
		for _, key := range held {
			for _, table := range []string{"mail", "place"} {
				if _, err := db.Exec("DELETE FROM "+table+" WHERE key = ?", key); err != nil {
					return err
				}
			}
		}
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, e := range all {
		if err := s.put(tx, e.id); err != nil {
			return err
		}
	}
	held, err := s.withheldKeys()
	if err != nil {
		return err
	}
	for _, key := range held {
		if _, err := tx.Exec("INSERT OR IGNORE INTO withheld (key) VALUES (?)", key); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = db.Exec("VACUUM") // no byte of what was deleted is left
	return err
}

func (s *Store) withheldKeys() ([]string, error) { return texts(s.ro, "SELECT key FROM withheld") }

func (s *Store) put(tx *sql.Tx, id int64) error {
	var key string
	var sent, date int64
	var content []byte
	err := s.ro.QueryRow("SELECT m.key, m.sent, m.date, r.content FROM message m JOIN raw r ON r.message = m.id WHERE m.id = ?", id).Scan(&key, &sent, &date, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO mail (key, sent, internal, content) VALUES (?,?,?,?)", key, sent, date, content); err != nil {
		return err
	}
	rows, err := s.ro.Query("SELECT f.account, f.name, f.role, f.uidvalidity, p.uid, p.flags, p.gone FROM place p JOIN folder f ON f.id = p.folder WHERE p.message = ?", id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var account, folder, role string
		var validity, uid, flags, gone int64
		if err := rows.Scan(&account, &folder, &role, &validity, &uid, &flags, &gone); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO place VALUES (?,?,?,?,?,?,?,?)", key, account, folder, role, validity, uid, flags, gone); err != nil {
			return err
		}
	}
	return rows.Err()
}

// checkPiece reads every page of a piece, and every message against its key.
func checkPiece(path string) error {
	db, err := openPiece(path)
	if err != nil {
		return err
	}
	defer db.Close()
	return errors.Join(whole(db), sound(db, "SELECT key, content FROM mail"))
}

func whole(db *sql.DB) error {
	var verdict string
	if err := db.QueryRow("PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("integrity: %s", verdict)
	}
	return nil
}

// sound tells whether all messages have the keys that they are kept under.
func sound(db *sql.DB, query string) error {
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var content sql.RawBytes
		if err := rows.Scan(&key, &content); err != nil {
			return err
		}
		if !strings.HasPrefix(key, Key(content)) {
			return fmt.Errorf("message %s is not what was fetched", key)
		}
	}
	return rows.Err()
}

// Verify reads every page of the store, and every message against its key. The
// error has the code mailDamaged.
func (s *Store) Verify() error {
	if err := s.verify(); err != nil {
		return data.NewError("mailDamaged", "Posten i {{.Path}} er skadet. Arbeidsfilen er ikke berørt. Lukk programmet og flytt filen bort; da hentes posten på nytt fra sikkerhetskopien og postkassen.", err, "Path", s.path)
	}
	return nil
}

// verify uses a connection of its own: FTS5 remembers the form of an index, and calls
// it damaged on a connection that looked at it before another one wrote.
func (s *Store) verify() error {
	db, err := openFile(s.path, "mode=ro&_busy_timeout=10000&_query_only=on")
	if err != nil {
		return err
	}
	defer db.Close()
	return errors.Join(whole(db), sound(db, "SELECT m.key, r.content FROM message m JOIN raw r ON r.message = m.id"))
}

// Bring adds what the pieces in dir hold and the store does not. index reads a
// message. What was deleted here, or before the pieces were written, stays away.
func (s *Store) Bring(ctx context.Context, dir, base string, index func(raw []byte) Index) (brought int, err error) {
	all, err := pieces(dir, base)
	if err != nil {
		return 0, err
	}
	if err := s.bringWithheld(all); err != nil {
		return 0, err
	}
	var errs []error
	for _, p := range all { // one that is damaged does not keep the others away
		n, err := s.bring(ctx, p, index)
		brought += n
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return brought, data.NewError("mailBring", "Noe av posten i sikkerhetskopien i {{.Path}} kan ikke leses. Resten er hentet fram. Det som mangler, hentes fra postkassen neste gang.", err, "Path", dir)
	}
	return brought, nil
}

func (s *Store) bringWithheld(all []piece) error {
	return s.write("withheld", func(tx *sql.Tx) error {
		for _, p := range all {
			db, err := openPiece(p.path)
			if err != nil {
				continue
			}
			keys, err := texts(db, "SELECT key FROM withheld")
			_ = db.Close()
			if err != nil {
				continue
			}
			for _, key := range keys {
				if _, err := tx.Exec("INSERT OR IGNORE INTO withheld (key) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM message WHERE key = ?1)", key); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// bringBatch is how many messages are brought as one transaction.
const bringBatch = 100

func (s *Store) bring(ctx context.Context, p piece, index func(raw []byte) Index) (int, error) {
	db, err := openPiece(p.path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	keys, err := texts(db, "SELECT key FROM mail")
	if err != nil {
		return 0, err
	}
	have, err := texts(s.ro, "SELECT key FROM message WHERE state = 1 UNION ALL SELECT key FROM withheld")
	if err != nil {
		return 0, err
	}
	slices.Sort(have)
	keys = slices.DeleteFunc(keys, func(k string) bool { _, found := slices.BinarySearch(have, k); return found })
	n := 0
	for batch := range slices.Chunk(keys, bringBatch) {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		if err := s.write("bring mail", func(tx *sql.Tx) error { return bringBatchOf(tx, &s.known, db, batch, index) }); err != nil {
			return n, err
		}
		n += len(batch)
		s.tell(Changed{Messages: len(batch)})
	}
	return n, nil
}

func bringBatchOf(tx *sql.Tx, known *vocabulary, db *sql.DB, keys []string, index func(raw []byte) Index) error {
	a, err := newAdder(tx, known)
	if err != nil {
		return err
	}
	defer a.close()
	for _, key := range keys {
		m := Arrived{Key: key}
		var internal int64
		if err := db.QueryRow("SELECT sent, internal, content FROM mail WHERE key = ?", key).Scan(&m.Sent, &internal, &m.Raw); err != nil {
			return err
		}
		m.Internal = time.Unix(internal, 0)
		m.Index = index(m.Raw)
		f, err := a.here(&m)
		if err == nil && f.id == 0 {
			f.id, err = a.new(&m)
		} else if err == nil {
			err = a.fill(f, &m)
		}
		if err != nil {
			return err
		}
		if err := bringPlaces(tx, db, key, f.id); err != nil {
			return err
		}
	}
	return nil
}

// bringPlaces notes where a message lay. A folder whose numbers are others by now
// keeps its own.
func bringPlaces(tx *sql.Tx, db *sql.DB, key string, id int64) error {
	rows, err := db.Query("SELECT account, folder, role, uidvalidity, uid, flags, gone FROM place WHERE key = ?", key)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var account, folder, role string
		var validity, uid, flags, gone int64
		if err := rows.Scan(&account, &folder, &role, &validity, &uid, &flags, &gone); err != nil {
			return err
		}
		if _, err := tx.Exec("INSERT INTO folder (account, name, role, uidvalidity) VALUES (?,?,?,?) ON CONFLICT (account, name) DO UPDATE SET uidvalidity = excluded.uidvalidity WHERE uidvalidity = 0", account, folder, role, validity); err != nil {
			return err
		}
		if _, err := tx.Exec(`INSERT INTO place (folder, uid, message, flags, gone, whole) SELECT id, ?, ?, ?, ?, 1 FROM folder WHERE account = ? AND name = ? AND uidvalidity = ?
			ON CONFLICT (folder, uid) DO UPDATE SET whole = 1 WHERE message = excluded.message`, uid, id, flags, gone, account, folder, validity); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Kept tells whether dir holds mail of the workspace named base.
func Kept(dir, base string) (bool, error) {
	all, err := pieces(dir, base)
	return len(all) > 0, err
}

// CopyTo writes a whole copy of the store to a new file, and checks it.
func (s *Store) CopyTo(path string) error {
	if _, err := os.Stat(path); err == nil {
		return data.NewError(data.CodeExists, "Det ligger allerede en fil på {{.Path}}. Den er ikke rørt. Velg et annet navn.", nil, "Path", path)
	}
	if err := s.copyTo(path); err != nil {
		return data.NewError(CodeKeep, "Posten ble ikke sikkerhetskopiert i {{.Path}}. Den ligger trygt her, og det som ble kopiert før, er ikke rørt. Sjekk at det er plass der og at du kan skrive i mappen.", err, "Path", path)
	}
	return nil
}

func (s *Store) copyTo(path string) error {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".kpilot-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	part := filepath.Join(dir, "copy")
	db, err := openFile(s.path, "mode=ro&_busy_timeout=10000")
	if err != nil {
		return err
	}
	_, err = db.Exec("VACUUM INTO ?", part)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if db, err = openPiece(part); err != nil {
		return err
	}
	err = errors.Join(whole(db), sound(db, "SELECT m.key, r.content FROM message m JOIN raw r ON r.message = m.id"))
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	return os.Rename(part, path)
}
