package data

import (
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Hit is a record that a search found.
type Hit struct {
	Kind, Record string
	Title        string
}

// Search finds records by the beginnings of the words in text, best first. It
// folds case, accents, æ/ae, ø/o and å/aa. The index is a cache: what changed since the
// last search is taken in first.
func (w *Workspace) Search(text string, limit int) ([]Hit, error) {
	match := matchOf(text)
	if match == "" {
		return nil, nil
	}
	if err := w.catchUpSearch(); err != nil {
		// A full disk is no reason to find nothing.
		slog.Warn("search index is behind", "err", err)
	}
	rows, err := w.query(`SELECT d.kind, d.record FROM search_text s JOIN search_doc d ON d.id = s.rowid
		WHERE search_text MATCH ? ORDER BY bm25(search_text, 10.0, 1.0), d.id LIMIT ?`, match, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var h Hit
		if err := rows.Scan(&h.Kind, &h.Record); err != nil {
			return nil, w.translate("search", err)
		}
		hits = append(hits, h)
	}
	if err := rows.Err(); err != nil {
		return nil, w.translate("search", err)
	}
	found := hits[:0]
	for _, h := range hits {
		title, body, err := w.searchable(w.ro, h.Kind, h.Record)
		if err != nil {
			return nil, w.translate("search", err)
		}
		if title+body != "" { // else it was deleted, and the index is behind
			h.Title = title
			found = append(found, h)
		}
	}
	return found, nil
}

// matchOf is a text as a question to the search index, "" without words.
func matchOf(text string) string {
	var terms []string
	for _, word := range strings.FieldsFunc(Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		terms = append(terms, `"`+word+`"*`)
	}
	return strings.Join(terms, " ")
}

// Fold makes spellings that people mix up equal: lower case, æ to ae, ø and ö
// to o, å and aa to a.
func Fold(s string) string {
	return foldPairs.Replace(strings.ToLower(norm.NFC.String(s)))
}

// foldLong is Fold for looking inside of words: å is aa and not a, or every AS
// would be found by those who look for Ås.
func foldLong(s string) string {
	return foldLongPairs.Replace(strings.ToLower(norm.NFC.String(s)))
}

var (
	foldPairs     = strings.NewReplacer(append(foldAccents(), "å", "a", "aa", "a")...)
	foldLongPairs = strings.NewReplacer(append(foldAccents(), "å", "aa")...)
)

func foldAccents() []string {
	return []string{"æ", "ae", "ä", "ae", "ø", "o", "ö", "o", "é", "e", "è", "e", "ê", "e", "ò", "o", "ó", "o", "ô", "o", "ü", "u", "á", "a",
		"č", "c", "đ", "d", "ŋ", "n", "š", "s", "ŧ", "t", "ž", "z"}
}

const searchState = "search"

// catchUpSearch indexes the records that changed since it last ran, a batch a
// transaction so that saving never waits long.
func (w *Workspace) catchUpSearch() error {
	if w.rw == nil {
		return nil
	}
	w.searching.Lock()
	defer w.searching.Unlock()
	for {
		more, err := w.indexBatch(2000)
		if err != nil || !more {
			return w.translate("index", err)
		}
	}
}

func (w *Workspace) indexBatch(n int) (more bool, err error) {
	w.writing.Lock()
	defer w.writing.Unlock()
	tx, err := w.rw.Begin()
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	var done int64
	err = tx.QueryRow("SELECT value FROM cache_state WHERE name = ?", searchState).Scan(&done)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	rows, err := tx.Query("SELECT max(id), kind, record FROM (SELECT id, kind, record FROM change WHERE id > ? ORDER BY id LIMIT ?) GROUP BY record ORDER BY 1", done, n)
	if err != nil {
		return false, err
	}
	type dirty struct{ kind, record string }
	var all []dirty
	last := done
	for rows.Next() {
		var d dirty
		if err := rows.Scan(&last, &d.kind, &d.record); err != nil {
			rows.Close()
			return false, err
		}
		all = append(all, d)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(all) == 0 {
		return false, err
	}
	for _, d := range all {
		if err := w.index(tx, d.kind, d.record); err != nil {
			return false, err
		}
	}
	if _, err := tx.Exec("INSERT INTO cache_state (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", searchState, last); err != nil {
		return false, err
	}
	return true, tx.Commit()
}

func (w *Workspace) index(tx *sql.Tx, kind, record string) error {
	var id int64
	err := tx.QueryRow("SELECT id FROM search_doc WHERE record = ?", record).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if id != 0 {
		if _, err := tx.Exec("DELETE FROM search_text WHERE rowid = ?", id); err != nil {
			return err
		}
	}
	title, body, err := w.searchable(tx, kind, record)
	if err != nil || title+body == "" {
		return err
	}
	if id == 0 {
		res, err := tx.Exec("INSERT INTO search_doc (kind, record) VALUES (?, ?)", kind, record)
		if err != nil {
			return err
		}
		if id, err = res.LastInsertId(); err != nil {
			return err
		}
	}
	_, err = tx.Exec("INSERT INTO search_text (rowid, title, body) VALUES (?, ?, ?)", id, Fold(title), Fold(body))
	return err
}

// searchable is what a record is found by; empty for deleted ones and kinds
// that nobody looks for.
func (w *Workspace) searchable(q rowQueryer, kind, record string) (title, body string, err error) {
	var query string
	switch kind {
	case "application":
		query = `SELECT coalesce((SELECT text FROM value WHERE record = a.id AND field = 'title'), ''),
			coalesce((SELECT group_concat(text, ' ') FROM value WHERE record = a.id), '') || ' ' || case_number || ' ' || note FROM application a WHERE id = ? AND deleted = ''`
	case "organisation":
		query = "SELECT name, org_number || ' ' || contact || ' ' || email || ' ' || tags || ' ' || note FROM organisation WHERE id = ? AND deleted = ''"
	case "need":
		query = "SELECT text, own_words || ' ' || industry FROM need WHERE id = ? AND deleted = ''"
	case "goal":
		query = "SELECT text, measure || ' ' || outcome FROM goal WHERE id = ? AND deleted = ''"
	case "activity":
		query = "SELECT name, responsible || ' ' || goal || ' ' || result FROM activity WHERE id = ? AND deleted = ''"
	case "milestone":
		query = "SELECT name, '' FROM milestone WHERE id = ? AND deleted = ''"
	case "partner":
		query = "SELECT name, org_number || ' ' || role || ' ' || contribution FROM partner WHERE id = ? AND deleted = ''"
	case "attachment":
		query = "SELECT title, file_name || ' ' || description FROM attachment WHERE id = ? AND deleted = ''"
	default:
		return "", "", nil
	}
	err = q.QueryRow(query, record).Scan(&title, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	return title, body, err
}

// MatchOrganisations finds organisations of the register by the beginnings of
// the words in text, or by the beginning of a number written with spaces, best
// first. It folds as Search does. Without words it gives the first by name.
func (w *Workspace) MatchOrganisations(text string, limit int) ([]Organisation, error) {
	if digits := strings.Join(strings.Fields(text), ""); strings.Trim(digits, "0123456789") == "" {
		text = digits
	}
	match := matchOf(text)
	if match == "" {
		return Find[Organisation](w, "WHERE deleted = '' ORDER BY name, id LIMIT ?", limit)
	}
	if err := w.catchUpSearch(); err != nil {
		slog.Warn("search index is behind", "err", err)
	}
	return Find[Organisation](w, `JOIN (SELECT d.record AS hit, bm25(search_text, 10.0, 1.0) AS worth
		FROM search_text s JOIN search_doc d ON d.id = s.rowid WHERE search_text MATCH ? AND d.kind = 'organisation')
		ON hit = organisation.id WHERE deleted = '' ORDER BY worth, name, id LIMIT ?`, match, limit)
}
