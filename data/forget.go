package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Forget empties some columns of a record and takes all that they ever held out
// of the change log, so that neither history nor undo can bring it back: copies
// that the workspace may no longer have. The record must get another change in
// the same transaction, so that caches which follow the log see it. The room that
// the texts took in the file is cleared when the workspace is opened next. The
// names of the steps that changed the record lose them too.
func (tx *Tx) Forget(r Record, columns ...string) error {
	id := r.row().ID
	if err := tx.flushLog(); err != nil {
		return err
	}
	entries, err := entriesOf(tx, id)
	if err != nil {
		return err
	}
	t, err := timelinesOf(entries)
	if err != nil {
		return err
	}
	for _, l := range t.lines {
		copy(l.cleaned, l.texts)
	}
	p := planOf(r)
	var held []string
	for _, name := range columns {
		c, ok := p.column(name)
		if !ok {
			return fmt.Errorf("forget: %s has no column %q", r.Kind(), name)
		}
		if l := t.lines[name]; l != nil {
			held = append(held, l.texts...)
			clear(l.cleaned)
		}
		empty, err := c.stored("")
		if err != nil {
			return err
		}
		if _, err := tx.exec("UPDATE "+r.Kind()+" SET "+c.name+" = ? WHERE id = ?", empty, id); err != nil {
			return fmt.Errorf("forget: %w", err)
		}
	}
	if err := tx.forgetInSteps(id, held); err != nil {
		return err
	}
	if err := tx.rewriteLog(t.rewrite(entries)); err != nil {
		return err
	}
	_, err = tx.exec("INSERT INTO cache_state (name, value) VALUES (?, 1) ON CONFLICT DO NOTHING", packState)
	return err
}

// forgetInSteps takes texts out of the names of the steps that changed a record.
// A code of a few letters says nothing there, and would be found inside words.
func (tx *Tx) forgetInSteps(record string, texts []string) error {
	texts = slices.DeleteFunc(texts, func(s string) bool { return utf8.RuneCountInString(s) < 3 })
	// The longest first: one may be a part of another.
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b)) })
	labels := map[int64]string{}
	rows, err := tx.query("SELECT id, label FROM tx WHERE id IN (SELECT tx FROM change WHERE record = ?)", record)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var label string
		if err := rows.Scan(&id, &label); err != nil {
			return err
		}
		left := label
		for _, text := range texts {
			left = strings.ReplaceAll(left, text, "…")
		}
		if left != label {
			labels[id] = left
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for id, label := range labels {
		if _, err := tx.exec("UPDATE tx SET label = ? WHERE id = ?", label, id); err != nil {
			return fmt.Errorf("forget in the name of a step: %w", err)
		}
	}
	return nil
}

// entriesOf are the entries of one record, the oldest first.
func entriesOf(r Reader, record string) (entries []logEntry, err error) {
	rows, err := r.query("SELECT id, kind, record, field, old, new, head, tail FROM change WHERE record = ? ORDER BY id", record)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		c, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		entries = append(entries, c)
	}
	return entries, rows.Err()
}

// rewriteLog stores entries as they are to be.
func (tx *Tx) rewriteLog(entries []logEntry) error {
	for _, c := range entries {
		var err error
		if c.drop {
			_, err = tx.exec("DELETE FROM change WHERE id = ?", c.id)
		} else {
			_, err = tx.exec("UPDATE change SET old = ?, new = ?, head = ?, tail = ? WHERE id = ?", c.old, c.new, c.head, c.tail, c.id)
		}
		if err != nil {
			return fmt.Errorf("rewrite log: %w", err)
		}
		tx.noted(c.kind, c.record)
	}
	return nil
}
