package data

import (
	"database/sql"
	"fmt"
)

func (w *Workspace) query(query string, args ...any) (*sql.Rows, error) {
	rows, err := w.ro.Query(query, args...)
	return rows, w.translate("query", err)
}

// Read runs fn on the workspace as it is at this moment, whatever is written
// while fn reads.
func (w *Workspace) Read(fn func(Reader) error) error {
	tx, err := w.ro.Begin()
	if err != nil {
		return w.translate("read", err)
	}
	defer tx.Rollback()
	return fn(snapshot{w, tx})
}

// snapshot is a Reader of one moment.
type snapshot struct {
	w  *Workspace
	tx *sql.Tx
}

func (s snapshot) query(query string, args ...any) (*sql.Rows, error) {
	rows, err := s.tx.Query(query, args...)
	return rows, s.translate("query", err)
}

func (s snapshot) translate(doing string, err error) error { return s.w.translate(doing, err) }

// Count is the number that a query with one number gives.
func (w *Workspace) Count(query string, args ...any) (int, error) {
	var n int
	err := w.ro.QueryRow(query, args...).Scan(&n)
	return n, w.translate("count", err)
}

// DataVersion changes when another program writes to the file.
func (w *Workspace) DataVersion() (int64, error) {
	var n int64
	err := w.ro.QueryRow("SELECT coalesce(max(id), 0) FROM tx").Scan(&n)
	return n, w.translate("read data version", err)
}

// CountBy counts the live records of a kind by a column. where may be "".
func CountBy(w *Workspace, kind, column, where string, args ...any) (map[string]int, error) {
	p := planOfKind(kind)
	if p == nil {
		return nil, fmt.Errorf("count: unknown kind %q", kind)
	}
	if _, ok := p.column(column); !ok {
		return nil, fmt.Errorf("count: %s has no column %q", kind, column)
	}
	if where != "" {
		where = " AND (" + where + ")"
	}
	rows, err := w.query("SELECT "+column+", count(*) FROM "+kind+" WHERE deleted = ''"+where+" GROUP BY "+column, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var key string
		var n int
		if err := rows.Scan(&key, &n); err != nil {
			return nil, w.translate("count", err)
		}
		counts[key] = n
	}
	return counts, w.translate("count", rows.Err())
}

// OutsideWrites tells whether other programs wrote after transaction last: the
// newest transaction of the file, and whether one after last is not ours.
func (w *Workspace) OutsideWrites(last int64) (newest int64, outside bool, err error) {
	// The lock keeps a transaction of ours from being counted before it is noted.
	w.writing.Lock()
	defer w.writing.Unlock()
	var after int
	err = w.ro.QueryRow("SELECT coalesce(max(id), 0), count(*) FILTER (WHERE id > ?) FROM tx WHERE id >= ?", last, last).Scan(&newest, &after)
	if err != nil {
		return last, false, w.translate("look for other writers", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for id := range w.own {
		if id > last {
			after--
		} else {
			delete(w.own, id)
		}
	}
	return newest, after > 0, nil
}
