package data

import "fmt"

// Forget empties some columns of a record and takes all that they ever held out
// of the change log, so that neither history nor undo can bring it back: copies
// that the workspace may no longer have. The record must get another change in
// the same transaction, so that caches which follow the log see it. The room that
// the texts took in the file is cleared when the workspace is opened next.
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
	for _, name := range columns {
		c, ok := p.column(name)
		if !ok {
			return fmt.Errorf("forget: %s has no column %q", r.Kind(), name)
		}
		if l := t.lines[name]; l != nil {
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
	if err := tx.rewriteLog(t.rewrite(entries)); err != nil {
		return err
	}
	_, err = tx.exec("INSERT INTO cache_state (name, value) VALUES (?, 1) ON CONFLICT DO NOTHING", packState)
	return err
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
