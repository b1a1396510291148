package data

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"
)

// Entry is one change of one field, as the history shows it.
type Entry struct {
	Time        time.Time
	Actor       string
	Device      string
	Kind        string
	Record      string
	Field       string // "+" when the record itself came or went
	Old, New    string
	Transaction int64
	Label       string
}

type change struct {
	kind, record, field string
	old, new            string
	head, tail          int
}

// History is what happened to a record, newest first; field "" is all its
// fields. limit 0 is no limit.
func (w *Workspace) History(record, field string, limit int) ([]Entry, error) {
	now, err := w.fieldsNow(record)
	if err != nil {
		return nil, err
	}
	q := `SELECT c.kind, c.field, c.old, c.new, c.head, c.tail, t.hlc, t.actor, t.device, t.id, t.label
		FROM change c JOIN tx t ON t.id = c.tx WHERE c.record = ?`
	args := []any{record}
	if field != "" {
		q += " AND c.field = ?"
		args = append(args, field)
	}
	q += " ORDER BY c.id DESC"
	if limit > 0 {
		q += " LIMIT " + strconv.Itoa(limit)
	}
	rows, err := w.query(q, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		var c change
		var e Entry
		var hlc int64
		if err := rows.Scan(&c.kind, &c.field, &c.old, &c.new, &c.head, &c.tail, &hlc, &e.Actor, &e.Device, &e.Transaction, &e.Label); err != nil {
			return nil, w.translate("read history", err)
		}
		e.Time, e.Kind, e.Record, e.Field = hlcTime(hlc), c.kind, record, c.field
		// Walking from now backwards, the newer value fills in what the log left out.
		e.New = now[c.field]
		if c.head+c.tail == 0 {
			e.New = c.new
		}
		e.Old = c.before(e.New)
		now[c.field] = e.Old
		all = append(all, e)
	}
	return all, w.translate("read history", rows.Err())
}

// before is the field's value before the change, given the one after it.
func (c change) before(after string) string {
	if c.head+c.tail == 0 || c.head+c.tail > len(after) {
		return c.old
	}
	return after[:c.head] + c.old + after[len(after)-c.tail:]
}

// fieldsNow are a record's fields as the log writes them.
func (w *Workspace) fieldsNow(record string) (map[string]string, error) {
	now, err := readValues(w, record)
	if err != nil {
		return nil, err
	}
	var kind string
	err = w.ro.QueryRow("SELECT kind FROM change WHERE record = ? LIMIT 1", record).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, newError(CodeNotFound, "Fant ingen post med nummer {{.ID}}.", nil, "ID", record)
	}
	if err != nil {
		return nil, w.translate("read history", err)
	}
	p := planOfKind(kind)
	if p == nil {
		return now, nil
	}
	rows, err := w.query(p.selects+" WHERE id = ?", record)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if rows.Next() {
		got := make([]sql.NullString, len(p.columns)+1)
		dest := make([]any, len(got))
		for i := range got {
			dest[i] = &got[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, w.translate("read history", err)
		}
		for i, c := range p.columns {
			now[c.name] = got[i+1].String
		}
		now[exists] = "1"
	}
	return now, w.translate("read history", rows.Err())
}

// kinds are all the record types, for code that has only a kind's name.
func kinds() []Record {
	return []Record{&Setting{}, &CallFile{}, &Application{}, &Goal{}, &Activity{}, &Milestone{}, &BudgetRow{},
		&Evidence{}, &Partner{}, &Attachment{}, &Version{}, &Organisation{}}
}

func planOfKind(kind string) *plan {
	for _, r := range kinds() {
		if r.Kind() == kind {
			return planOf(r)
		}
	}
	return nil
}

// Steps are the names of what Undo and Redo would do now; "" when there is
// nothing.
func (w *Workspace) Steps() (undo, redo string, err error) {
	_, undo, err = w.undoable(w.ro)
	if err != nil {
		return "", "", err
	}
	_, redo, err = w.redoable(w.ro)
	return undo, redo, err
}

type rowQueryer interface {
	QueryRow(query string, args ...any) *sql.Row
}

func (w *Workspace) undoable(q rowQueryer) (step int64, label string, err error) {
	err = q.QueryRow("SELECT step, label FROM tx WHERE state = 'live' AND kind = 'do' ORDER BY step DESC, id DESC LIMIT 1").Scan(&step, &label)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	return step, label, w.translate("read undo list", err)
}

func (w *Workspace) redoable(q rowQueryer) (step int64, label string, err error) {
	err = q.QueryRow("SELECT step, label FROM tx WHERE state = 'undone' AND kind = 'do' ORDER BY step LIMIT 1").Scan(&step, &label)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", nil
	}
	return step, label, w.translate("read undo list", err)
}

// Undo takes back the newest step and gives its name. The error has
// CodeNothingToDo when there is none.
func (w *Workspace) Undo() (label string, err error) { return w.turn("undo") }

// Redo does the step again that Undo took back last.
func (w *Workspace) Redo() (label string, err error) { return w.turn("redo") }

func (w *Workspace) turn(way string) (label string, err error) {
	w.writing.Lock()
	label, changed, err := w.turnLocked(way)
	w.writing.Unlock()
	if err != nil {
		return "", w.translate(way, err)
	}
	w.Announce(changed)
	return label, nil
}

func (w *Workspace) turnLocked(way string) (string, Changed, error) {
	if w.readOnly != nil {
		return "", Changed{}, w.readOnly
	}
	find, state := w.undoable, "undone"
	if way == "redo" {
		find, state = w.redoable, "live"
	}
	step, label, err := find(w.rw)
	if err != nil {
		return "", Changed{}, err
	}
	if step == 0 {
		if way == "redo" {
			return "", Changed{}, newError(CodeNothingToDo, "Det er ingenting å gjøre om igjen.", nil)
		}
		return "", Changed{}, newError(CodeNothingToDo, "Det er ingenting å angre.", nil)
	}
	changed, err := w.write(label, way, step, stepOptions{}, func(tx *Tx) error {
		if err := tx.replay(step, way == "undo"); err != nil {
			return err
		}
		_, err := tx.exec("UPDATE tx SET state = ? WHERE step = ? AND kind = 'do'", state, step)
		return err
	})
	return label, changed, err
}

// replay does a step's changes again, or backwards.
func (tx *Tx) replay(step int64, backwards bool) error {
	order := "ASC"
	if backwards {
		order = "DESC"
	}
	rows, err := tx.query(`SELECT c.kind, c.record, c.field, c.old, c.new, c.head, c.tail FROM change c JOIN tx t ON t.id = c.tx
		WHERE t.step = ? AND t.kind = 'do' ORDER BY c.id `+order, step)
	if err != nil {
		return err
	}
	var all []change
	for rows.Next() {
		var c change
		if err := rows.Scan(&c.kind, &c.record, &c.field, &c.old, &c.new, &c.head, &c.tail); err != nil {
			rows.Close()
			return err
		}
		if backwards {
			c.old, c.new = c.new, c.old
		}
		all = append(all, c)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for _, c := range all {
		if err := tx.apply(c); err != nil {
			return err
		}
	}
	return nil
}

// apply makes one change on the stored row, and refuses when the field is not
// as the change expects it: then somebody else wrote in between.
func (tx *Tx) apply(c change) error {
	p := planOfKind(c.kind)
	if p == nil {
		return fmt.Errorf("unknown kind %q in the change log", c.kind)
	}
	conflict := newError(CodeUndoConflict, "Steget kan ikke angres, for feltet er endret på nytt etterpå. Ingenting er endret. Se historikken for feltet.", nil)
	if c.field == exists {
		var err error
		if c.new == "1" {
			_, err = tx.exec("INSERT INTO "+p.kind+" (id) VALUES (?)", c.record)
		} else {
			_, err = tx.exec("DELETE FROM "+p.kind+" WHERE id = ?", c.record)
		}
		if err != nil {
			return err
		}
		return tx.log(c.kind, c.record, exists, c.old, c.new, true)
	}
	col, isColumn := p.column(c.field)
	var now string
	if isColumn {
		fields, err := tx.current(p, c.record)
		if err != nil {
			return err
		}
		if fields == nil {
			return conflict
		}
		now = fields[c.field]
	} else {
		var err error
		if now, err = tx.value(c.record, c.field); err != nil {
			return err
		}
	}
	if len(now) != c.head+len(c.old)+c.tail || now[c.head:len(now)-c.tail] != c.old {
		return conflict
	}
	next := now[:c.head] + c.new + now[len(now)-c.tail:]
	if err := tx.log(c.kind, c.record, c.field, now, next, true); err != nil {
		return err
	}
	if !isColumn {
		return tx.setValue(c.record, c.field, next)
	}
	var value any = next
	if col.kind != reflect.String {
		n, err := strconv.ParseInt("0"+next, 10, 64)
		if next != "" && next[0] == '-' {
			n, err = strconv.ParseInt(next, 10, 64)
		}
		if err != nil {
			return fmt.Errorf("number in the change log: %w", err)
		}
		value = n
	}
	_, err := tx.exec("UPDATE "+p.kind+" SET "+col.name+" = ? WHERE id = ?", value, c.record)
	return err
}

func (p *plan) column(name string) (column, bool) {
	for _, c := range p.columns {
		if c.name == name {
			return c, true
		}
	}
	return column{}, false
}

// Step is one thing that was done, for the history screen.
type Step struct {
	Transaction int64
	Time        time.Time
	Actor       string
	Label       string
	Kind        string // "do", "undo", "redo" or "fixed"
	State       string // "live", "undone" or "dropped"
	Changes     int
}

// RecentSteps are the newest transactions, newest first.
func (w *Workspace) RecentSteps(limit int) ([]Step, error) {
	rows, err := w.query(`SELECT id, hlc, actor, label, kind, state, (SELECT count(*) FROM change WHERE tx = tx.id) FROM tx ORDER BY id DESC LIMIT ?`, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Step
	for rows.Next() {
		var s Step
		var hlc int64
		if err := rows.Scan(&s.Transaction, &hlc, &s.Actor, &s.Label, &s.Kind, &s.State, &s.Changes); err != nil {
			return nil, w.translate("read steps", err)
		}
		s.Time = hlcTime(hlc)
		all = append(all, s)
	}
	return all, w.translate("read steps", rows.Err())
}

// StepEntries are the changes of one transaction, in order. Long texts are cut
// to what changed.
func (w *Workspace) StepEntries(transaction int64) ([]Entry, error) {
	rows, err := w.query(`SELECT c.kind, c.record, c.field, c.old, c.new, t.hlc, t.actor, t.device, t.label
		FROM change c JOIN tx t ON t.id = c.tx WHERE t.id = ? ORDER BY c.id LIMIT 500`, transaction)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		e := Entry{Transaction: transaction}
		var hlc int64
		if err := rows.Scan(&e.Kind, &e.Record, &e.Field, &e.Old, &e.New, &hlc, &e.Actor, &e.Device, &e.Label); err != nil {
			return nil, w.translate("read step", err)
		}
		e.Time = hlcTime(hlc)
		all = append(all, e)
	}
	return all, w.translate("read step", rows.Err())
}
