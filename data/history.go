package data

import (
	"database/sql"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/mattn/go-sqlite3"
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
	var all []Entry
	err := w.Read(func(r Reader) (err error) {
		all, err = history(r, record, field, limit)
		return err
	})
	return all, w.translate("read history", err)
}

func history(r Reader, record, field string, limit int) ([]Entry, error) {
	now, err := fieldsNow(r, record)
	if err != nil {
		return nil, err
	}
	q := `SELECT c.kind, c.field, c.old, c.new, c.head, c.tail, t.hlc, t.actor, t.device, t.id, t.label
		FROM change c JOIN tx t ON t.id = c.tx WHERE c.record = ?`
	args := []any{record}
	if field != "" {
		q += " AND c.field IN (?, '=' || ?, '+')"
		args = append(args, field, field)
	}
	rows, err := r.query(q+" ORDER BY c.id DESC", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() && (limit <= 0 || len(all) < limit) {
		var c change
		e := Entry{Record: record}
		var hlc int64
		if err := rows.Scan(&c.kind, &c.field, &c.old, &c.new, &c.head, &c.tail, &hlc, &e.Actor, &e.Device, &e.Transaction, &e.Label); err != nil {
			return nil, err
		}
		e.Time, e.Kind = hlcTime(hlc), c.kind
		parts, err := c.parts()
		if err != nil {
			return nil, err
		}
		for i := len(parts) - 1; i >= 0; i-- {
			p := parts[i]
			// Walking from now backwards, the newer value fills in what the log left out.
			e.Field, e.New = fieldName(p.field), p.new
			if p.head+p.tail > 0 {
				e.New = now[p.field]
			}
			e.Old = p.before(e.New)
			now[p.field] = e.Old
			if field == "" || e.Field == field {
				all = append(all, e)
			}
		}
	}
	if limit > 0 && len(all) > limit {
		all = all[:limit]
	}
	return all, rows.Err()
}

// parts are the changes of single fields that the coming or going of a record
// stands for, in the order they were done.
func (c change) parts() ([]change, error) {
	if c.field != exists {
		return []change{c}, nil
	}
	here := change{kind: c.kind, record: c.record, field: exists, old: there(c.old), new: there(c.new)}
	gone, err := unpack(c.old)
	if err != nil {
		return nil, err
	}
	came, err := unpack(c.new)
	if err != nil {
		return nil, err
	}
	var all []change
	for _, f := range gone {
		all = append(all, change{kind: c.kind, record: c.record, field: f.field, old: f.text})
	}
	all = append(all, here)
	for _, f := range came {
		all = append(all, change{kind: c.kind, record: c.record, field: f.field, new: f.text})
	}
	return all, nil
}

// there is "1" for a record with contents, "" for none.
func there(content string) string { return content[:min(len(content), 1)] }

// before is the field's value before the change, given the one after it.
func (c change) before(after string) string {
	if c.head+c.tail == 0 || c.head+c.tail > len(after) {
		return c.old
	}
	return after[:c.head] + c.old + after[len(after)-c.tail:]
}

// fieldsNow are a record's fields as the log names and writes them.
func fieldsNow(r Reader, record string) (map[string]string, error) {
	rows, err := r.query("SELECT kind FROM change WHERE record = ? LIMIT 1", record)
	if err != nil {
		return nil, err
	}
	var kind string
	found := rows.Next()
	if found {
		err = rows.Scan(&kind)
	}
	if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return nil, err
	}
	if !found {
		return nil, newError(CodeNotFound, "Fant ikke posten {{.ID}}. Den kan være slettet i en annen kopi av arbeidsfilen.", nil, "ID", record)
	}
	p := planOfKind(kind)
	if p == nil {
		return nil, fmt.Errorf("unknown kind %q in the change log", kind)
	}
	now, err := storedFields(r, p, record)
	if now == nil {
		now = map[string]string{}
	}
	return now, err
}

// storedFields are the columns and Values of a stored record, or nil.
func storedFields(r Reader, p *plan, record string) (map[string]string, error) {
	rows, err := r.query(p.selects+" WHERE id = ?", record)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	now, err := p.fields(rows)
	if err != nil {
		return nil, err
	}
	if err := rows.Close(); err != nil {
		return nil, err
	}
	now[exists] = "1"
	if p.values == nil {
		return now, nil
	}
	values, err := readValues(r, record)
	for field, text := range values {
		now[p.valueName(field)] = text
	}
	return now, err
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
	label, changed, err := w.turnLocked(way)
	var s sqlite3.Error
	if errors.As(err, &s) && s.Code == sqlite3.ErrConstraint && s.ExtendedCode != sqlite3.ErrConstraintTrigger {
		err = undoConflict(err) // something that came later leans on the record
	}
	if err != nil {
		return "", w.translate(way, err)
	}
	w.Announce(changed)
	return label, nil
}

func (w *Workspace) turnLocked(way string) (string, Changed, error) {
	w.writing.Lock()
	defer w.writing.Unlock()
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
	if c.field == exists {
		return tx.applyExistence(p, c)
	}
	col, isColumn := p.column(c.field)
	var now string
	if isColumn {
		fields, err := tx.current(p, c.record)
		if err != nil {
			return err
		}
		if fields == nil {
			return undoConflict(nil)
		}
		now = fields[c.field]
	} else {
		var err error
		if now, err = tx.value(c.record, fieldName(c.field)); err != nil {
			return err
		}
	}
	if len(now) != c.head+len(c.old)+c.tail || now[c.head:len(now)-c.tail] != c.old {
		return undoConflict(nil)
	}
	next := now[:c.head] + c.new + now[len(now)-c.tail:]
	if err := tx.log(c.kind, c.record, c.field, now, next); err != nil {
		return err
	}
	if !isColumn {
		return tx.setValue(c.record, fieldName(c.field), next)
	}
	value, err := col.stored(next)
	if err != nil {
		return err
	}
	_, err = tx.exec("UPDATE "+p.kind+" SET "+col.name+" = ? WHERE id = ?", value, c.record)
	return err
}

// applyExistence makes a record with the contents that the log kept, or takes
// away one whose contents are still those.
func (tx *Tx) applyExistence(p *plan, c change) error {
	now, err := storedFields(tx, p, c.record)
	if err != nil {
		return err
	}
	if c.new == "" {
		gone, err := unpack(c.old)
		if err != nil {
			return err
		}
		delete(now, exists)
		for _, f := range gone {
			if now[f.field] != f.text {
				return undoConflict(nil)
			}
			delete(now, f.field)
		}
		for _, text := range now {
			if text != "" {
				return undoConflict(nil)
			}
		}
		if _, err := tx.exec("DELETE FROM value WHERE record = ?", c.record); err != nil {
			return err
		}
		if _, err := tx.exec("DELETE FROM "+p.kind+" WHERE id = ?", c.record); err != nil {
			return err
		}
		return tx.log(c.kind, c.record, exists, c.old, "")
	}
	if now != nil {
		return undoConflict(nil)
	}
	fields, err := unpack(c.new)
	if err != nil {
		return err
	}
	names, marks, args := "id", "?", []any{c.record}
	for _, f := range fields {
		col, ok := p.column(f.field)
		if !ok {
			if err := tx.setValue(c.record, fieldName(f.field), f.text); err != nil {
				return err
			}
			continue
		}
		value, err := col.stored(f.text)
		if err != nil {
			return err
		}
		names, marks, args = names+", "+col.name, marks+", ?", append(args, value)
	}
	if _, err := tx.exec("INSERT INTO "+p.kind+" ("+names+") VALUES ("+marks+")", args...); err != nil {
		return err
	}
	return tx.log(c.kind, c.record, exists, "", c.new)
}

func undoConflict(err error) *Error {
	return newError(CodeUndoConflict, "Steget kan ikke angres, for feltet er endret på nytt etterpå. Ingenting er endret. Se historikken for feltet.", err)
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

// StepEntries are the changes of one transaction, in order, at most 500. Long
// texts are cut to what changed.
func (w *Workspace) StepEntries(transaction int64) ([]Entry, error) {
	const most = 500
	rows, err := w.query(`SELECT c.kind, c.record, c.field, c.old, c.new, t.hlc, t.actor, t.device, t.label
		FROM change c JOIN tx t ON t.id = c.tx WHERE t.id = ? ORDER BY c.id LIMIT ?`, transaction, most)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() && len(all) < most {
		var c change
		e := Entry{Transaction: transaction}
		var hlc int64
		if err := rows.Scan(&c.kind, &c.record, &c.field, &c.old, &c.new, &hlc, &e.Actor, &e.Device, &e.Label); err != nil {
			return nil, w.translate("read step", err)
		}
		e.Time, e.Kind, e.Record = hlcTime(hlc), c.kind, c.record
		parts, err := c.parts()
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			e.Field, e.Old, e.New = fieldName(p.field), p.old, p.new
			all = append(all, e)
		}
	}
	return all[:min(len(all), most)], w.translate("read step", rows.Err())
}
