package data

import (
	"errors"
	"fmt"
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
	Step        int64 // of the undo list: what was typed in one go has one
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
		all, err = history(r, record, field, limit, false)
		return err
	})
	return all, w.translate("read history", err)
}

// HistoryBySteps is History with one entry for each field that a step changed:
// the text before the step and the one after it.
func (w *Workspace) HistoryBySteps(record, field string, limit int) ([]Entry, error) {
	var all []Entry
	err := w.Read(func(r Reader) (err error) {
		all, err = history(r, record, field, limit, true)
		return err
	})
	return all, w.translate("read history", err)
}

func history(r Reader, record, field string, limit int, bySteps bool) ([]Entry, error) {
	now, err := fieldsNow(r, record)
	if err != nil {
		return nil, err
	}
	q := `SELECT c.kind, c.field, c.old, c.new, c.head, c.tail, t.hlc, t.actor, t.device, t.id, t.step, t.label
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
	step := int64(0)
	inStep := map[string]int{} // where in all a field of the step stands
	for rows.Next() {
		var c change
		e := Entry{Record: record}
		var hlc int64
		if err := rows.Scan(&c.kind, &c.field, &c.old, &c.new, &c.head, &c.tail, &hlc, &e.Actor, &e.Device, &e.Transaction, &e.Step, &e.Label); err != nil {
			return nil, err
		}
		if limit > 0 && len(all) >= limit && (!bySteps || e.Step != step) {
			break
		}
		if e.Step != step {
			step = e.Step
			clear(inStep)
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
			if at, ok := inStep[p.field]; ok && bySteps {
				all[at].Old = e.Old
				continue
			}
			if field == "" || e.Field == field {
				inStep[p.field], all = len(all), append(all, e)
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
