package data

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

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
			return "", Changed{}, newError(CodeNothingToDo+".redo", "Det er ingenting å gjøre om igjen.", nil)
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
