package companies

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mattn/go-sqlite3"

	"kompetansepilot/data"
)

// build makes the new store of what was gathered and puts it in the old one's
// place. The new one is whole or is not there at all.
func (l *loading) build(ctx context.Context) error {
	fresh := l.store.path + ".new"
	err := l.write(ctx, fresh, l.otherHalf())
	var s sqlite3.Error
	if errors.As(err, &s) && (s.Code == sqlite3.ErrCorrupt || s.Code == sqlite3.ErrNotADB) {
		// An old store that is damaged must not keep a new one from being made.
		err = l.write(ctx, fresh, "")
	}
	if err == nil {
		err = l.store.replace(fresh)
	}
	if err != nil {
		removeDatabase(fresh)
	}
	return err
}

// write makes a store at path of what was gathered, and of the other half of the
// store at old unless that is "".
func (l *loading) write(ctx context.Context, path, old string) error {
	removeDatabase(path)
	db, err := sql.Open("sqlite3", dsn(path, "mode=rwc&_journal_mode=OFF&_synchronous=OFF&_cache_size=-20000"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if err := errors.Join(l.fill(ctx, db, old), db.Close()); err != nil {
		return err
	}
	return syncFile(path)
}

func (l *loading) fill(ctx context.Context, db *sql.DB, old string) error {
	do := func(statement string, args ...any) error {
		_, err := db.ExecContext(ctx, statement, args...)
		return err
	}
	if err := do(schema); err != nil {
		return err
	}
	if err := do("ATTACH DATABASE ? AS src", dsn(l.partPath(), "mode=ro")); err != nil {
		return err
	}
	units := "SELECT " + columns + " FROM src.gathered"
	if old != "" {
		if err := do("ATTACH DATABASE ? AS old", dsn(old, "mode=ro")); err != nil {
			return err
		}
		// One that is in both files is as the newer file tells it.
		units += " UNION ALL SELECT " + columns + " FROM old.unit WHERE sub != " + sqlBool(l.sub) + " AND number NOT IN (SELECT number FROM src.gathered)"
	}
	for _, statement := range []string{
		"BEGIN",
		"INSERT INTO unit (" + columns + ") SELECT " + columns + " FROM (" + units + ") ORDER BY gone != '', bankrupt, length(fold), fold, sub, number",
		indexes,
		`INSERT INTO unit_text (rowid, name, place) SELECT id, fold, 'k' || municipality || ' n' || replace(industry, '.', '') FROM unit ORDER BY id`,
		"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, 'unit_text', 'col')",
		// Words inside longer ones are looked for among the words, not the names.
		"INSERT INTO word (word) SELECT term FROM temp.vocabulary WHERE col = 'name' AND length(term) >= 6 AND term NOT GLOB '[0-9]*' ORDER BY length(term)",
		"INSERT INTO word_text (rowid, word) SELECT id, word FROM word ORDER BY id",
		"INSERT INTO part (sub, units, file, retrieved, loaded) SELECT sub, count(*), '', 0, 0 FROM unit GROUP BY sub",
	} {
		if err := do(statement); err != nil {
			return err
		}
	}
	if err := do("INSERT INTO selection VALUES (?)", l.selection.key()); err != nil {
		return err
	}
	if err := l.note(ctx, db, old != ""); err != nil {
		return err
	}
	return errors.Join(do("COMMIT"), do(fmt.Sprintf("PRAGMA user_version = %d", storeForm)))
}

func sqlBool(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// otherHalf is the path of the old store when its other half is to be kept: it
// was loaded with the same selection. "" when not.
func (l *loading) otherHalf() string {
	old, err := l.store.Info()
	if err != nil || old.Selection.key() != l.selection.key() {
		return ""
	}
	return l.store.path
}

// note writes where the halves come from.
func (l *loading) note(ctx context.Context, db *sql.DB, kept bool) error {
	if _, err := db.ExecContext(ctx, `INSERT INTO part (sub, units, file, retrieved, loaded) VALUES (?, 0, ?, ?, ?)
		ON CONFLICT (sub) DO UPDATE SET file = excluded.file, retrieved = excluded.retrieved, loaded = excluded.loaded`,
		l.sub, filepath.Base(l.path), l.info.ModTime().Unix(), time.Now().Unix()); err != nil {
		return err
	}
	if kept {
		if _, err := db.ExecContext(ctx, `UPDATE part SET (file, retrieved, loaded) = (SELECT file, retrieved, loaded FROM old.part o WHERE o.sub = part.sub)
			WHERE sub != ? AND sub IN (SELECT sub FROM old.part)`, l.sub); err != nil {
			return err
		}
	}
	info, err := readInfo(db)
	l.done.Main, l.done.Sub = info.Main.Units, info.Sub.Units
	return err
}

// replace puts a new file in the place of the store's.
func (s *Store) replace(fresh string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.closeLocked(); err != nil {
		return err
	}
	if err := os.Rename(fresh, s.path); err != nil {
		return data.NewError(CodeRegisterBusy+".open", "Registeret er i bruk i et annet vindu og kunne ikke byttes. Det som var lastet før, er i bruk som før. Lukk det andre vinduet og last filen igjen.", err)
	}
	return nil
}

// syncFile makes sure that a file is on the disk before it gets its name.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
