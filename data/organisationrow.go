package data

import (
	"bytes"
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// rowsState is how far organisation_row follows the change log, in cache_state.
const rowsState = "organisation_row"

const (
	// rowsBatch is how many organisations are taken in at once, so that saving
	// never waits long.
	rowsBatch = 1000
	// rowsRebuild is how many have changed when it is quicker to make the whole
	// cache anew, in order.
	rowsRebuild = 5000
)

// ReadRegister is Read for functions that ask the register: it first takes in
// what changed since the last time.
func (w *Workspace) ReadRegister(fn func(Reader) error) error {
	if w.rw == nil {
		if used, err := w.readCopy(fn); used || err != nil {
			return err
		}
		return w.Read(fn)
	}
	if err := w.catchUpRows(); err != nil {
		// A full disk is no reason to show nothing.
		slog.Warn("register cache is behind", "err", err)
	}
	return w.Read(fn)
}

func (w *Workspace) catchUpRows() error {
	w.searching.Lock()
	defer w.searching.Unlock()
	for {
		more, err := w.rowsBehind()
		if err != nil || !more {
			return w.translate("follow the register", err)
		}
	}
}

// rowsBehind takes in some of what changed and tells whether there may be more.
func (w *Workspace) rowsBehind() (more bool, err error) {
	var done, newest int64
	if err := w.ro.QueryRow("SELECT coalesce((SELECT value FROM cache_state WHERE name = ?), 0)", rowsState).Scan(&done); err != nil {
		return false, err
	}
	if err := w.ro.QueryRow("SELECT coalesce(max(id), 0) FROM change").Scan(&newest); err != nil || newest == done {
		return false, err
	}
	ids, err := texts(w.ro.Query("SELECT DISTINCT record FROM change WHERE id > ? AND id <= ? AND kind = 'organisation' LIMIT ?", done, newest, rowsRebuild))
	if err != nil {
		return false, err
	}
	if len(ids) == 0 && newest-done < rowsRebuild {
		return false, nil // nothing of ours: no need to write for that
	}
	w.writing.Lock()
	defer w.writing.Unlock()
	tx, err := w.rw.Begin()
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	switch {
	case len(ids) == rowsRebuild:
		// The lock keeps the log from growing, so the cache is now up to its end.
		if err := tx.QueryRow("SELECT max(id) FROM change").Scan(&newest); err != nil {
			return false, err
		}
		err = fillRows(tx, "", "", nil)
	case len(ids) > rowsBatch:
		ids, newest, err = firstChanged(tx, done, rowsBatch)
		more = true
		fallthrough
	default:
		if err == nil {
			err = keepRows(tx, ids)
		}
	}
	if err != nil {
		return false, err
	}
	if _, err := tx.Exec("INSERT INTO cache_state (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", rowsState, newest); err != nil {
		return false, err
	}
	return more, tx.Commit()
}

// firstChanged are the organisations of the first n changes after done, and the
// last of these changes.
func firstChanged(tx *sql.Tx, done int64, n int) (ids []string, last int64, err error) {
	const changes = "(SELECT id, record FROM change WHERE id > ? AND kind = 'organisation' ORDER BY id LIMIT ?)"
	if err := tx.QueryRow("SELECT max(id) FROM "+changes, done, n).Scan(&last); err != nil {
		return nil, 0, err
	}
	ids, err = texts(tx.Query("SELECT DISTINCT record FROM "+changes, done, n))
	return ids, last, err
}

func keepRows(tx *sql.Tx, ids []string) error {
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	const picked = "id IN (SELECT value FROM json_each(?))"
	return fillRows(tx, " WHERE "+picked, " AND "+picked, []any{string(list)})
}

// fillRows makes the rows of the organisations that where picks, in place
// of the old ones that old picks.
func fillRows(tx *sql.Tx, old, where string, args []any) error {
	for _, table := range []string{"organisation_row", "organisation_own"} {
		if _, err := tx.Exec("DELETE FROM "+table+old, args...); err != nil {
			return err
		}
	}
	sorter := newSorter()
	own, err := fillOwn(tx, sorter, where, args)
	if err != nil {
		return err
	}
	rows, err := tx.Query("SELECT id, kind, name, org_number, municipality, industry, size_band, status, norm, contact, email, tags FROM organisation WHERE deleted = ''"+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	type row struct {
		Organisation
		key []byte
	}
	var all []row
	for rows.Next() {
		var o row
		if err := rows.Scan(&o.ID, &o.OrganisationOf, &o.Name, &o.OrgNumber, &o.Municipality, &o.Industry, &o.SizeBand, &o.Status,
			&o.Norm, &o.Contact, &o.Email, &o.Tags); err != nil {
			return err
		}
		o.key = sorter.key(o.Name)
		all = append(all, o)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	// In the order of the table, so that each page of it is written once.
	slices.SortFunc(all, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.OrganisationOf, b.OrganisationOf), bytes.Compare(a.key, b.key), cmp.Compare(a.ID, b.ID))
	})
	insert, err := tx.Prepare(`INSERT INTO organisation_row (id, kind, name_key, org_number, municipality, industry, size_band, status, norm,
		contact_key, email, tags_key, fold) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range all {
		o := &all[i]
		if _, err := insert.Exec(o.ID, o.OrganisationOf, o.key, o.OrgNumber, o.Municipality, o.Industry, o.SizeBand, o.Status, o.Norm,
			sorter.key(o.Contact), strings.ToLower(o.Email), sorter.key(o.Tags), foldOf(&o.Organisation)+own[o.ID]); err != nil {
			return err
		}
	}
	return nil
}

// fillOwn makes the rows of the own fields of the organisations that where
// picks, and gives what the filter looks in of them, by organisation.
func fillOwn(tx *sql.Tx, sorter *sorter, where string, args []any) (map[string]string, error) {
	rows, err := tx.Query("SELECT record, field, text FROM value WHERE record IN (SELECT id FROM organisation WHERE deleted = ''"+where+") ORDER BY record, field", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all [][3]string
	for rows.Next() {
		var v [3]string
		if err := rows.Scan(&v[0], &v[1], &v[2]); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	folds := map[string]string{}
	for _, v := range all {
		fold := foldLong(v[2])
		folds[v[0]] += "\n" + fold
		if _, err := tx.Exec("INSERT INTO organisation_own (id, field, text, fold, sort_key) VALUES (?, ?, ?, ?, ?)", v[0], v[1], v[2], fold, sorter.key(v[2])); err != nil {
			return nil, err
		}
	}
	return folds, nil
}

// foldOf is what the filter looks in. The name comes first, for type-ahead.
func foldOf(o *Organisation) string {
	return foldLong(o.Name + "\n" + o.OrgNumber + "\n" + o.Contact + "\n" + o.Email + "\n" + o.Tags)
}

// texts are the values of a query with one column.
func texts(rows *sql.Rows, err error) ([]string, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// sorter makes keys that sort texts as Norwegian readers expect: case and
// accents do not count, numbers sort by size, and æ, ø and å (or aa) come last.
type sorter struct {
	collator *collate.Collator
	buffer   collate.Buffer
}

// newSorter asks for nynorsk: x/text has the Norwegian order under that name
// only.
func newSorter() *sorter {
	return &sorter{collator: collate.New(language.MustParse("nn"), collate.Loose, collate.Numeric)}
}

// key is never nil, which SQLite would store as NULL.
func (s *sorter) key(text string) []byte {
	s.buffer.Reset()
	return append([]byte{}, s.collator.KeyFromString(&s.buffer, withoutZero(text))...)
}

// withoutZero puts ¤, which sorts before all digits, in place of numbers that
// are zero: x/text puts them after all others.
func withoutZero(text string) string {
	if !strings.Contains(text, "0") {
		return text
	}
	var b strings.Builder
	for text != "" {
		at := strings.IndexAny(text, "0123456789")
		if at < 0 {
			break
		}
		number := text[at:]
		if end := strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 {
			number = number[:end]
		}
		b.WriteString(text[:at])
		text = text[at+len(number):]
		if strings.Trim(number, "0") == "" {
			number = "¤"
		}
		b.WriteString(number)
	}
	b.WriteString(text)
	return b.String()
}

// SortRanks numbers texts by where they stand in Norwegian order.
func SortRanks(all []string) map[string]int {
	s := newSorter()
	keys := make(map[string][]byte, len(all))
	for _, text := range all {
		keys[text] = s.key(text)
	}
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b string) int { return bytes.Compare(keys[a], keys[b]) })
	ranks := make(map[string]int, len(all))
	for i, text := range sorted {
		ranks[text] = i
	}
	return ranks
}
