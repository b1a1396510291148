package companies

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kompetansepilot/data"
)

// build makes the new store of what was gathered and puts it in the old one's
// place. The new one is whole or is not there at all.
func (l *loading) build(ctx context.Context) (err error) {
	fresh := l.store.path + ".new"
	removeDatabase(fresh)
	db, err := sql.Open("sqlite3", dsn(fresh, "mode=rwc&_journal_mode=OFF&_synchronous=OFF"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = l.fill(ctx, db)
	err = errors.Join(err, db.Close())
	if err == nil {
		err = syncFile(fresh)
	}
	if err == nil {
		err = l.store.replace(fresh)
	}
	if err != nil {
		removeDatabase(fresh)
	}
	return err
}

func (l *loading) fill(ctx context.Context, db *sql.DB) error {
	kept, err := l.kept()
	if err != nil {
		return err
	}
	sub := l.sub
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{schema, nil},
		{"ATTACH DATABASE ? AS src", []any{dsn(l.partPath(), "mode=ro")}},
		{"BEGIN", nil},
		{"INSERT INTO selection VALUES (?)", []any{l.selection.key()}},
	} {
		if _, err := db.ExecContext(ctx, step.sql, step.args...); err != nil {
			return err
		}
	}
	other := "SELECT " + columns + " FROM src.gathered"
	if kept != "" {
		// One that is in both files is as the newer file tells it.
		other += " UNION ALL SELECT " + columns + " FROM old.unit WHERE sub != " + sqlBool(sub) + " AND number NOT IN (SELECT number FROM src.gathered)"
	}
	steps := []string{
		"INSERT INTO unit (" + columns + ") SELECT " + columns + " FROM (" + other + ") ORDER BY gone != '', bankrupt, length(fold), fold, sub, number",
		indexes,
		`INSERT INTO unit_text (rowid, name, place) SELECT id, fold, 'k' || municipality || ' n' || replace(industry, '.', '') FROM unit ORDER BY id`,
		"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, 'unit_text', 'col')",
		// Words inside longer ones are looked for among the words, not the names.
		"INSERT INTO word (word) SELECT term FROM temp.vocabulary WHERE col = 'name' AND length(term) >= 6 AND term NOT GLOB '[0-9]*' ORDER BY length(term)",
		"INSERT INTO word_text (rowid, word) SELECT id, word FROM word ORDER BY id",
		"INSERT INTO part (sub, units, file, retrieved, loaded) SELECT sub, count(*), '', 0, 0 FROM unit GROUP BY sub",
		"COMMIT",
		fmt.Sprintf("PRAGMA user_version = %d", storeForm),
	}
	if kept != "" {
		// An old store that is damaged must not keep a new one from being made.
		if _, err := db.ExecContext(ctx, "COMMIT"); err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "ATTACH DATABASE ? AS old", dsn(kept, "mode=ro")); err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, "BEGIN"); err != nil {
			return err
		}
	}
	for _, step := range steps {
		if _, err := db.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	return l.note(ctx, db, sub, kept != "")
}

func sqlBool(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// kept is the path of the old store when its other half is to be kept: it was
// loaded with the same selection. "" when not.
func (l *loading) kept() (string, error) {
	old, err := l.store.Info()
	if err != nil || old.Selection.key() != l.selection.key() {
		return "", nil
	}
	return l.store.path, nil
}

// note writes where the halves come from.
func (l *loading) note(ctx context.Context, db *sql.DB, sub, kept bool) error {
	if _, err := db.ExecContext(ctx, `INSERT INTO part (sub, units, file, retrieved, loaded) VALUES (?, 0, ?, ?, ?)
		ON CONFLICT (sub) DO UPDATE SET file = excluded.file, retrieved = excluded.retrieved, loaded = excluded.loaded`,
		sub, filepath.Base(l.path), l.info.ModTime().Unix(), time.Now().Unix()); err != nil {
		return err
	}
	if kept {
		if _, err := db.ExecContext(ctx, `UPDATE part SET (file, retrieved, loaded) = (SELECT file, retrieved, loaded FROM old.part o WHERE o.sub = part.sub)
			WHERE sub != ? AND sub IN (SELECT sub FROM old.part)`, sub); err != nil {
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
