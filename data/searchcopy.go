package data

import (
	"database/sql"
	"errors"
	"strings"
)

// searchCopy is an index in memory for a workspace that cannot be written to and
// whose own is behind, or of an older form; nil when the file's own will do.
func (w *Workspace) searchCopy() (*sql.DB, error) {
	w.indexing.Lock()
	defer w.indexing.Unlock()
	var newest, has int64
	if err := w.ro.QueryRow("SELECT coalesce(max(id), 0) FROM change").Scan(&newest); err != nil {
		return nil, err
	}
	if err := w.ro.QueryRow("SELECT count(*) FROM sqlite_master WHERE name = 'search_word'").Scan(&has); err != nil {
		return nil, err
	}
	if has > 0 && w.indexed() >= newest {
		return nil, nil
	}
	if w.searchIn.db != nil && w.searchIn.change == newest {
		return w.searchIn.db, nil
	}
	if err := w.searchIn.close(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	if err := w.fillSearch(db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w.words.forget()
	w.searchIn = registerCopy{db: db, change: newest}
	return db, nil
}

func (w *Workspace) fillSearch(db *sql.DB) error {
	step, err := migrations.ReadFile("migrations/00008_search.sql")
	if err != nil {
		return err
	}
	tables, _, _ := strings.Cut(string(step), "-- +goose Down")
	tables = tables[strings.Index(tables, "CREATE TABLE"):]
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.Exec(tables); err != nil {
		return err
	}
	x, err := newIndexer(tx)
	if err != nil {
		return err
	}
	for _, r := range w.kinds() {
		if searchQueries[r.Kind()] == "" {
			continue
		}
		texts, err := searchTexts(w.ro, r.Kind(), nil, nil, false)
		if err != nil {
			return err
		}
		for i := range texts {
			if err := x.write(&texts[i], 0); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}
