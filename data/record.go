package data

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// Record is a row with an id. Records are structs that embed Row, so that only
// this package makes them.
type Record interface {
	row() *Row
	// Kind names the record's table, for example "application".
	Kind() string
}

// Row is what every record has.
type Row struct {
	ID string `db:"id" json:"id"`
	// Deleted is when the record went to the trash (RFC 3339, UTC), or "".
	Deleted string `db:"deleted" json:"deleted,omitempty"`
}

func (r *Row) row() *Row { return r }

// InTrash tells whether the record was deleted.
func (r *Row) InTrash() bool { return r.Deleted != "" }

// Values are the fields of a record that a call file names, or amounts by
// year. An absent field and an empty one are the same.
type Values map[string]string

// exists is the field of a change that says that a record came or went.
const exists = "+"

// plan tells how a record type lies in its table.
type plan struct {
	kind    string
	columns []column // without id
	values  []int    // index of the Values field, or nil
	insert  string
	selects string
}

type column struct {
	name  string
	index []int
	kind  reflect.Kind
}

var (
	valuesType = reflect.TypeFor[Values]()
	plans      sync.Map // reflect.Type -> *plan
)

func planOf(r Record) *plan {
	t := reflect.TypeOf(r).Elem()
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p := &plan{kind: r.Kind()}
	for _, f := range reflect.VisibleFields(t) {
		name, ok := f.Tag.Lookup("db")
		switch {
		case f.Type == valuesType:
			p.values = f.Index
		case !ok || f.Anonymous || name == "id":
		default:
			p.columns = append(p.columns, column{name, f.Index, f.Type.Kind()})
		}
	}
	names := make([]string, len(p.columns))
	for i, c := range p.columns {
		names[i] = c.name
	}
	list := strings.Join(names, ", ")
	p.insert = "INSERT INTO " + p.kind + " (id, " + list + ") VALUES (?" + strings.Repeat(", ?", len(names)) + ")"
	p.selects = "SELECT id, " + list + " FROM " + p.kind
	stored, _ := plans.LoadOrStore(t, p)
	return stored.(*plan)
}

// text is a column's value as the change log writes it; the zero value is "".
func (c column) text(v reflect.Value) string {
	f := v.FieldByIndex(c.index)
	switch c.kind {
	case reflect.String:
		return f.String()
	case reflect.Bool:
		if f.Bool() {
			return "1"
		}
		return ""
	default:
		if n := f.Int(); n != 0 {
			return strconv.FormatInt(n, 10)
		}
		return ""
	}
}

// stored is a text of the log as the column holds it.
func (c column) stored(text string) (any, error) {
	if c.kind == reflect.String {
		return text, nil
	}
	if text == "" {
		return int64(0), nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("number in the change log: %w", err)
	}
	return n, nil
}

func (p *plan) column(name string) (column, bool) {
	for _, c := range p.columns {
		if c.name == name {
			return c, true
		}
	}
	return column{}, false
}

// kinds are all the record types, for code that has only a kind's name.
func kinds() []Record {
	return []Record{&Setting{}, &CallFile{}, &Application{}, &Goal{}, &Activity{}, &Milestone{}, &BudgetRow{},
		&Evidence{}, &Partner{}, &Attachment{}, &Version{}, &Organisation{},
		&PortalFile{}, &Transfer{}, &Receipt{}, &MadeDocument{},
		&Person{}, &PersonAt{}, &Interaction{}, &InteractionWith{}, &Task{}, &Erasure{},
		&Campus{}, &Offering{}, &Enquiry{}, &Agreement{}, &Signature{}, &Aid{},
		&NotSame{}, &OwnField{}, &SavedFilter{}, &Need{},
		&Interview{}, &InterviewForm{}, &TermCorrection{}, &MatchDecision{}, &NeedFigures{}, &Pool{}, &PoolNeed{},
		&Request{}, &Reply{}, &Course{}, &Participation{}, &Participant{},
		&MailAccount{}, &MailFolder{}, &MailNever{}, &MailLink{}, &MailLearned{}, &MailDecision{}, &MailMark{}, &MailDraft{}}
}

// kinds are the record types that the file has tables for: one of an older form
// that can only be read lacks the newest.
func (w *Workspace) kinds() []Record {
	if w.readOnly == nil {
		return kinds()
	}
	return slices.DeleteFunc(kinds(), func(r Record) bool {
		n, err := w.Count("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", r.Kind())
		return err == nil && n == 0
	})
}

func planOfKind(kind string) *plan {
	for _, r := range kinds() {
		if r.Kind() == kind {
			return planOf(r)
		}
	}
	return nil
}

// fields are the columns of the row that rows stands on, as the log writes them.
func (p *plan) fields(rows *sql.Rows) (map[string]string, error) {
	got := make([]sql.NullString, len(p.columns)+1)
	dest := make([]any, len(got))
	for i := range got {
		dest[i] = &got[i]
	}
	if err := rows.Scan(dest...); err != nil {
		return nil, err
	}
	fields := make(map[string]string, len(p.columns))
	for i, c := range p.columns {
		s := got[i+1].String
		if c.kind != reflect.String && s == "0" {
			s = ""
		}
		fields[c.name] = s
	}
	return fields, nil
}

// scan reads rows of p's table into new records.
func scan[T any, P interface {
	*T
	Record
}](rows *sql.Rows, p *plan) ([]T, error) {
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		v := reflect.ValueOf(&one).Elem()
		dest := make([]any, 0, len(p.columns)+1)
		dest = append(dest, &P(&one).row().ID)
		for _, c := range p.columns {
			dest = append(dest, v.FieldByIndex(c.index).Addr().Interface())
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// Reader is a workspace or a transaction.
type Reader interface {
	query(query string, args ...any) (*sql.Rows, error)
	// translate turns what SQLite reports into a sentence; doing is for the log.
	translate(doing string, err error) error
}

// Get reads one record, deleted or not. The error has CodeNotFound when there
// is none.
func Get[T any, P interface {
	*T
	Record
}](r Reader, id string) (T, error) {
	var zero T
	all, err := Find[T, P](r, "WHERE id = ?", id)
	if err != nil {
		return zero, err
	}
	if len(all) == 0 {
		return zero, newError(CodeNotFound, "Fant ikke posten {{.ID}}. Den kan være slettet i en annen kopi av arbeidsfilen.", nil, "ID", id)
	}
	return all[0], nil
}

// Find reads the records that a tail of SQL (WHERE …, ORDER BY …, LIMIT …)
// picks, deleted ones included unless the tail leaves them out.
func Find[T any, P interface {
	*T
	Record
}](r Reader, tail string, args ...any) ([]T, error) {
	p := planOf(P(new(T)))
	rows, err := r.query(p.selects+" "+tail, args...)
	if err != nil {
		return nil, r.translate("find "+p.kind, err)
	}
	all, err := scan[T, P](rows, p)
	if err != nil {
		return nil, r.translate("read "+p.kind, err)
	}
	if p.values == nil {
		return all, nil
	}
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = P(&all[i]).row().ID
	}
	values, err := valuesOf(r, ids)
	if err != nil {
		return nil, err
	}
	for i := range all {
		reflect.ValueOf(&all[i]).Elem().FieldByIndex(p.values).Set(reflect.ValueOf(values[ids[i]]))
	}
	return all, nil
}

// valuesOf reads the Values of many records, a hundred to a query.
func valuesOf(r Reader, ids []string) (map[string]Values, error) {
	all := make(map[string]Values, len(ids))
	for chunk := range slices.Chunk(ids, 100) {
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i], all[id] = id, Values{}
		}
		rows, err := r.query("SELECT record, field, text FROM value WHERE record IN (?"+strings.Repeat(", ?", len(chunk)-1)+")", args...)
		if err != nil {
			return nil, r.translate("read values", err)
		}
		for rows.Next() {
			var id, field, text string
			if err := rows.Scan(&id, &field, &text); err != nil {
				return nil, r.translate("read values", errors.Join(err, rows.Close()))
			}
			all[id][field] = text
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return nil, r.translate("read values", err)
		}
	}
	return all, nil
}

func readValues(r Reader, id string) (Values, error) {
	all, err := valuesOf(r, []string{id})
	return all[id], err
}

// Live reads the records of a type that are not in the trash and that a
// condition picks ("" for all), in the given order ("" for any).
func Live[T any, P interface {
	*T
	Record
}](r Reader, where, order string, args ...any) ([]T, error) {
	tail := "WHERE deleted = ''"
	if where != "" {
		tail += " AND (" + where + ")"
	}
	if order != "" {
		tail += " ORDER BY " + order
	}
	return Find[T, P](r, tail, args...)
}

// sortedKeys makes loops over Values go the same way each time.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
