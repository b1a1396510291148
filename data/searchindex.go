package data

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"
)

const searchState = "search"

// firstOrganisation is the lowest id of an organisation in the index.
const firstOrganisation = 1 << 40

const (
	// indexBatch is how many changes are taken in at once, so that saving never
	// waits long.
	indexBatch = 500
	// fewBehind is how many changes a search takes in itself.
	fewBehind = 200
)

// FollowSearch brings the search index up to the newest change, a batch a
// transaction. It runs in the background; ctx ends it.
func (w *Workspace) FollowSearch(ctx context.Context) error {
	if w.rw == nil {
		return nil
	}
	w.indexing.Lock()
	defer w.indexing.Unlock()
	for ctx.Err() == nil {
		more, err := w.indexSome()
		if err != nil {
			return w.translate("index", err)
		}
		if !more {
			return w.translate("index", w.words.follow(w.ro, w.indexed()))
		}
	}
	return ctx.Err()
}

// indexed is the newest change that the index holds.
func (w *Workspace) indexed() int64 {
	var state int64
	if err := w.ro.QueryRow("SELECT value FROM cache_state WHERE name = ?", searchState).Scan(&state); err != nil {
		return 0
	}
	return state
}

// searchBehind is how many changes the index lacks.
func (w *Workspace) searchBehind() (n int64, err error) {
	var newest int64
	err = w.ro.QueryRow("SELECT coalesce(max(id), 0) FROM change").Scan(&newest)
	return newest - w.indexed(), err
}

// SearchBehind tells whether the index lacks changes.
func (w *Workspace) SearchBehind() bool {
	n, err := w.searchBehind()
	return w.rw != nil && err == nil && n > 0
}

// stale is a record whose texts in the index are old: all of them, or those of
// some fields of a call.
type stale struct {
	kind, record string
	fields       []string // nil is all
}

// indexSome takes in a batch of changes and tells whether there may be more.
func (w *Workspace) indexSome() (more bool, err error) {
	if n, err := w.searchBehind(); err != nil || n == 0 {
		return false, err
	}
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
	all, last, err := staleAfter(tx, done, indexBatch)
	if err != nil || last == done {
		return false, err
	}
	x, err := newIndexer(tx)
	if err != nil {
		return false, err
	}
	for _, s := range all {
		if err := x.index(s); err != nil {
			return false, err
		}
	}
	if _, err := tx.Exec("INSERT INTO cache_state (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", searchState, last); err != nil {
		return false, err
	}
	if err := tx.Commit(); err != nil {
		return false, err
	}
	w.words.add(done, last, x.words)
	return true, nil
}

// staleAfter are the records of the first n changes after done, each once, and
// the last of these changes.
func staleAfter(tx *sql.Tx, done int64, n int) (all []*stale, last int64, err error) {
	rows, err := tx.Query("SELECT id, kind, record, field FROM change WHERE id > ? ORDER BY id LIMIT ?", done, n)
	if err != nil {
		return nil, done, err
	}
	defer rows.Close()
	seen := map[string]*stale{}
	last = done
	for rows.Next() {
		var kind, record, field string
		if err := rows.Scan(&last, &kind, &record, &field); err != nil {
			return nil, done, err
		}
		if searchQueries[kind] == "" {
			continue
		}
		s, again := seen[record]
		if !again {
			s = &stale{kind, record, []string{}}
			seen[record] = s
			all = append(all, s)
		}
		if _, isColumn := planOfKind(kind).column(field); kind != "application" || isColumn || field == exists {
			s.fields = nil
		} else if s.fields != nil {
			s.fields = append(s.fields, fieldName(field))
		}
	}
	return all, last, rows.Err()
}

// indexer writes the texts of records into the index.
type indexer struct {
	tx    *sql.Tx
	words map[string]bool // that it wrote
	next  map[bool]int64  // the next id, of organisations and of the rest
}

func newIndexer(tx *sql.Tx) (*indexer, error) {
	var low, high int64
	err := tx.QueryRow("SELECT coalesce((SELECT max(id) FROM search_doc WHERE id < ?1), 0), coalesce((SELECT max(id) FROM search_doc WHERE id >= ?1), ?1)", int64(firstOrganisation)).Scan(&low, &high)
	return &indexer{tx: tx, words: map[string]bool{}, next: map[bool]int64{false: low + 1, true: high + 1}}, err
}

func (x *indexer) index(s *stale) error {
	ids, err := x.take(s)
	if err != nil {
		return err
	}
	texts, err := searchTexts(x.tx, s.kind, []string{s.record}, s.fields, false)
	if err != nil {
		return err
	}
	for i := range texts {
		t := &texts[i]
		if err := x.write(t, ids[t.field]); err != nil {
			return err
		}
		delete(ids, t.field)
	}
	for _, id := range ids {
		if _, err := x.tx.Exec("DELETE FROM search_doc WHERE id = ?", id); err != nil {
			return err
		}
	}
	return nil
}

// write adds a text under the id that it had; 0 is a new one.
func (x *indexer) write(t *searchText, id int64) error {
	if id == 0 {
		many := t.kind == "organisation"
		id = x.next[many]
		x.next[many]++
		if _, err := x.tx.Exec("INSERT INTO search_doc (id, kind, record, field) VALUES (?, ?, ?, ?)", id, t.kind, t.record, t.field); err != nil {
			return err
		}
	}
	head, title := x.fold(t.title)
	_, body := x.fold(t.body)
	_, err := x.tx.Exec("INSERT INTO search_text (rowid, head, title, body) VALUES (?, ?, ?, ?)", id, head, title, body)
	return err
}

// take takes the old texts out and gives their ids by field.
func (x *indexer) take(s *stale) (map[string]int64, error) {
	rows, err := x.tx.Query("SELECT id, field FROM search_doc WHERE record = ?", s.record)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := map[string]int64{}
	for rows.Next() {
		var id int64
		var field string
		if err := rows.Scan(&id, &field); err != nil {
			return nil, err
		}
		if s.has(field) {
			ids[field] = id
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if _, err := x.tx.Exec("DELETE FROM search_text WHERE rowid = ?", id); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// has tells whether the text of a field is old. The title stands in the record's
// own text.
func (s *stale) has(field string) bool {
	if s.fields == nil {
		return true
	}
	for _, f := range s.fields {
		if f == field || f == "title" && field == "" {
			return true
		}
	}
	return false
}

// fold is a text as it is indexed: its words, and the first of them.
func (x *indexer) fold(text string) (head, all string) {
	var b strings.Builder
	for t := range tokens(norm.NFC.String(text)) {
		if head == "" {
			head = t.word
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(t.word)
		x.words[t.word] = true
	}
	return head, b.String()
}

// searchText is what a record, or a field of one, is found by.
type searchText struct {
	kind, record, field string
	title, body         string
}

// searchQueries give what the records of each kind are found by: field, title,
// and lines of text. r is the record.
var searchQueries = map[string]string{
	"application": `SELECT r.id, '', coalesce((SELECT text FROM value WHERE record = r.id AND field = 'title'), ''), r.case_number || char(10) || r.note FROM application r
		UNION ALL SELECT r.id, v.field, '', v.text FROM application r JOIN value v ON v.record = r.id WHERE v.field <> 'title'`,
	"organisation": `SELECT r.id, '', r.name, r.org_number || char(10) || r.contact || char(10) || r.email || char(10) || r.phone || char(10) || r.tags || char(10) || r.website || char(10) || r.note || char(10) || r.municipality || char(10) ||
		coalesce((SELECT group_concat(text, char(10)) FROM value WHERE record = r.id), '') FROM organisation r`,
	"goal":       "SELECT r.id, '', r.text, r.measure || char(10) || r.outcome FROM goal r",
	"activity":   "SELECT r.id, '', r.name, r.responsible || char(10) || r.goal || char(10) || r.result FROM activity r",
	"milestone":  "SELECT r.id, '', r.name, '' FROM milestone r",
	"partner":    "SELECT r.id, '', r.name, r.org_number || char(10) || r.role || char(10) || r.contribution FROM partner r",
	"attachment": "SELECT r.id, '', CASE r.title WHEN '' THEN r.file_name ELSE r.title END, r.file_name || char(10) || r.description FROM attachment r",
	"budget_row": `SELECT r.id, '', CASE r.label WHEN '' THEN r.type ELSE r.label END, r.note || char(10) || r.rate_basis || char(10) ||
		coalesce((SELECT group_concat(field || ': ' || CASE r.hourly WHEN 1 THEN CAST(CAST(text AS INTEGER) * r.rate AS TEXT) ELSE text END, char(10)) FROM value WHERE record = r.id), '')
		FROM budget_row r`,
	"evidence":      "SELECT r.id, '', r.reference, CASE r.amount WHEN 0 THEN '' ELSE CAST(r.amount AS TEXT) END FROM evidence r",
	"version":       "SELECT r.id, '', r.name, r.case_number FROM version r",
	"receipt":       "SELECT r.id, '', r.file_name, '' FROM receipt r",
	"made_document": "SELECT r.id, '', r.file_name, '' FROM made_document r",
	"call_file":     "SELECT r.id, '', r.name, '' FROM call_file r",
	"person":        "SELECT r.id, '', r.name, r.role || char(10) || r.email || char(10) || r.phone || char(10) || r.note FROM person r",
	"interaction":   "SELECT r.id, '', r.text, '' FROM interaction r",
	"task":          "SELECT r.id, '', r.text, r.responsible FROM task r",
	"offering":      "SELECT r.id, '', r.name, r.description || char(10) || r.place || char(10) || r.note || char(10) || r.id FROM offering r",
	"need":          "SELECT r.id, '', CASE r.text WHEN '' THEN r.own_words ELSE r.text END, r.own_words || char(10) || r.industry || char(10) || r.id FROM need r",
	"pool":          "SELECT r.id, '', r.name, r.note || char(10) || r.id FROM pool r",
	"request":       "SELECT r.id, '', r.name, r.note || char(10) || r.letter FROM request r",
	"course":        "SELECT r.id, '', r.name, r.note || char(10) || r.evaluation FROM course r",
	"interview": `SELECT r.id, '', coalesce((SELECT name FROM organisation WHERE id = r.organisation), r.date), r.note || char(10) ||
		coalesce((SELECT group_concat(text, char(10)) FROM value WHERE record = r.id), '') FROM interview r`,
	// Those of a request that say nothing of their own are found with the request.
	"enquiry": `SELECT r.id, '', r.name, r.contact || char(10) || r.text || char(10) || r.answer
		FROM (SELECT * FROM enquiry WHERE request = '' OR text <> '' OR answer <> '') r`,
	"campus":    "SELECT r.id, '', r.name, r.contact || char(10) || r.note FROM campus r",
	"agreement": "SELECT r.id, '', CASE r.name WHEN '' THEN r.file_name ELSE r.name END, r.file_name || char(10) || r.note FROM agreement r",
	"signature": "SELECT r.id, '', CASE r.party WHEN '' THEN r.name ELSE r.party END, r.name || char(10) || r.role FROM signature r",
	"state_aid": "SELECT r.id, '', CASE r.scheme WHEN '' THEN r.donor ELSE r.scheme END, r.donor || char(10) || r.reference || char(10) || r.note FROM state_aid r",
}

// inApplication are the kinds that go with their application.
const inApplication = " goal activity milestone partner attachment budget_row evidence version receipt made_document "

// searchTexts are the texts of live records of one kind; of an application's
// fields only those in fields, unless that is nil. shown leaves out what belongs
// to an application in the trash.
func searchTexts(q rowsQueryer, kind string, records, fields []string, shown bool) ([]searchText, error) {
	where := " WHERE r.deleted = ''"
	if strings.Contains(inApplication, " "+kind+" ") && shown {
		where += " AND EXISTS (SELECT 1 FROM application a WHERE a.id = r.application AND a.deleted = '')"
	}
	var args []any
	if records != nil {
		where += " AND r.id IN (?" + strings.Repeat(", ?", len(records)-1) + ")"
		for _, id := range records {
			args = append(args, id)
		}
	}
	query := searchQueries[kind]
	if own, values, both := strings.Cut(query, "UNION ALL"); both {
		// The fields of the call have a condition already.
		values = strings.Replace(values, " WHERE ", where+" AND ", 1)
		query = own + where + " UNION ALL" + values
		args = append(args, args...)
	} else {
		query += where
	}
	rows, err := q.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := stale{fields: fields}
	var all []searchText
	for rows.Next() {
		t := searchText{kind: kind}
		if err := rows.Scan(&t.record, &t.field, &t.title, &t.body); err != nil {
			return nil, err
		}
		if s.has(t.field) && strings.TrimSpace(t.title+t.body) != "" {
			all = append(all, t)
		}
	}
	return all, rows.Err()
}

// rowsQueryer is a database, or a transaction.
type rowsQueryer interface {
	Query(query string, args ...any) (*sql.Rows, error)
}
