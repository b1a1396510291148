package data

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"time"
)

// CodeErasedNotPacked is the code of an erasure that is done, but whose file
// could not be packed.
const CodeErasedNotPacked = "erasedNotPacked"

// EraseOptions are the words of an erasure. None of them may name the person.
type EraseOptions struct {
	Label  string // of the step, in the user's words
	Mark   string // stands in texts where the person was named
	Reason string // for the receipt
}

// Erase takes somebody out of the workspace for good: the records that are about
// the person alone, the person's name, addresses and numbers in all other texts,
// and the same in the change log, so that neither history nor undo can bring
// them back. It is the only code that rewrites history. What [TracesOf] lists as
// kept stays. A receipt without personal data stands in its place.
//
// All of it is one transaction. After it the file is packed, so that no byte of
// what was erased is left in it; the error has CodeErasedNotPacked when only
// that failed, and it is then done when the workspace is opened next. Backups
// are not touched.
func (w *Workspace) Erase(s Subject, o EraseOptions) (Traces, error) {
	if w.readOnly != nil {
		return Traces{}, w.readOnly
	}
	found, changed, err := w.eraseAlone(s, o)
	if err != nil {
		return Traces{}, w.translate("erase", err)
	}
	w.words.forget() // the words of the index, which is made anew
	err = w.pack()   // before those who listen begin to read
	w.Announce(changed)
	if err != nil {
		return found, newError(CodeErasedNotPacked, "Opplysningene er slettet, men filen ble ikke pakket om, så rester kan ligge i den til arbeidsfilen åpnes neste gang. Lukk andre vinduer med arbeidsfilen, og åpne den på nytt.", err)
	}
	return found, nil
}

func (w *Workspace) eraseAlone(s Subject, o EraseOptions) (Traces, Changed, error) {
	w.searching.Lock()
	defer w.searching.Unlock()
	w.writing.Lock()
	defer w.writing.Unlock()
	if _, err := w.rw.Exec("PRAGMA secure_delete = ON"); err != nil {
		return Traces{}, Changed{}, err
	}
	var e *eraser
	changed, err := w.write(o.Label, "do", 0, stepOptions{fixed: true}, func(tx *Tx) (err error) {
		if e, err = newEraser(tx, s, o.Mark); err != nil {
			return err
		}
		if _, err = e.look(); err != nil {
			return err
		}
		return e.erase(tx, o)
	})
	if err != nil {
		return Traces{}, Changed{}, err
	}
	return e.traces, changed, nil
}

func (e *eraser) erase(tx *Tx, o EraseOptions) error {
	// The receipt comes first: its entry takes a number after all that go, so that
	// caches which follow the log by number miss nothing.
	receipt := Erasure{Date: tx.now.Local().Format(time.DateOnly), Subject: e.subject.Kind, Reason: o.Reason,
		Removed: int64(len(e.traces.Removed)), Changed: int64(len(e.traces.Changed)), Kept: int64(len(e.traces.Kept))}
	if err := tx.Put(&receipt); err != nil {
		return err
	}
	if err := tx.flushLog(); err != nil {
		return err
	}
	for _, step := range []func(*Tx) error{e.rewriteLog, e.rewriteRows, e.remove} {
		if err := step(tx); err != nil {
			return err
		}
	}
	if err := e.rewriteSteps(tx, o.Label); err != nil {
		return err
	}
	return e.forgetCaches(tx)
}

// rewriteLog takes the person out of the entries of records that stay.
func (e *eraser) rewriteLog(tx *Tx) error { return tx.rewriteLog(e.rewritten) }

// rewriteRows makes the stored records what their log now says.
func (e *eraser) rewriteRows(tx *Tx) error {
	for _, r := range e.rows {
		p := planOfKind(r.kind)
		if p == nil {
			return fmt.Errorf("unknown kind %q in the change log", r.kind)
		}
		now, err := tx.current(p, r.record)
		if err != nil {
			return err
		}
		if now == nil {
			continue // its making was undone
		}
		c, isColumn := p.column(r.field)
		if !isColumn {
			if err := tx.setValue(r.record, fieldName(r.field), r.text); err != nil {
				return err
			}
			continue
		}
		value, err := c.stored(r.text)
		if err != nil {
			return err
		}
		if _, err := tx.exec("UPDATE "+r.kind+" SET "+c.name+" = ? WHERE id = ?", value, r.record); err != nil {
			return fmt.Errorf("rewrite %s: %w", r.kind, err)
		}
	}
	return nil
}

// remove takes away the records that are about the person alone, with all that
// the log knows of them.
func (e *eraser) remove(tx *Tx) error {
	for _, id := range sortedKeys(e.gone) {
		kind := e.gone[id]
		for _, query := range []string{"DELETE FROM change WHERE record = ?", "DELETE FROM value WHERE record = ?", "DELETE FROM " + kind + " WHERE id = ?"} {
			if _, err := tx.exec(query, id); err != nil {
				return fmt.Errorf("remove %s: %w", kind, err)
			}
		}
		tx.noted(kind, id)
	}
	return nil
}

// rewriteSteps takes the person out of the names of steps. A step of which
// nothing is left can no longer be undone, and tells only that it was there.
func (e *eraser) rewriteSteps(tx *Tx, label string) error {
	rows, err := tx.query("SELECT id, label FROM tx")
	if err != nil {
		return err
	}
	labels := map[int64]string{}
	for rows.Next() {
		var id int64
		var text string
		if err := rows.Scan(&id, &text); err != nil {
			rows.Close()
			return err
		}
		if places := e.needles.find(text); len(places) > 0 {
			labels[id] = without(text, places, e.mark, false)
		}
	}
	if err := rows.Err(); err != nil {
		rows.Close()
		return err
	}
	rows.Close()
	for id, text := range labels {
		if _, err := tx.exec("UPDATE tx SET label = ? WHERE id = ?", text, id); err != nil {
			return err
		}
	}
	_, err = tx.exec(`UPDATE tx SET label = ?, kind = CASE kind WHEN 'do' THEN 'fixed' ELSE kind END, state = CASE state WHEN 'undone' THEN 'dropped' ELSE state END
		WHERE NOT EXISTS (SELECT 1 FROM change WHERE tx = tx.id)`, label)
	return err
}

// packState tells in cache_state that the file must be packed.
const packState = "pack"

// forgetCaches takes the person out of what is kept beside the records. The
// search index is made anew at the next search: words of records that went stay
// in its pages otherwise.
func (e *eraser) forgetCaches(tx *Tx) error {
	for _, query := range []string{
		"INSERT INTO search_text(search_text) VALUES ('delete-all')",
		"DELETE FROM search_doc",
		"DELETE FROM cache_state WHERE name = '" + searchState + "'",
		"INSERT INTO cache_state (name, value) VALUES ('" + packState + "', 1) ON CONFLICT DO NOTHING",
	} {
		if _, err := tx.exec(query); err != nil {
			return fmt.Errorf("forget caches: %w", err)
		}
	}
	var organisations []string
	for _, list := range [][]Trace{e.traces.Removed, e.traces.Changed} {
		for _, t := range list {
			if t.Kind == "organisation" {
				organisations = append(organisations, t.ID)
			}
		}
	}
	return keepRows(tx.tx, organisations)
}

// pack writes the file anew without the room that deleted rows left, and empties
// the log beside it.
func (w *Workspace) pack() error {
	w.writing.Lock()
	defer w.writing.Unlock()
	ctx := context.Background()
	conn, err := w.rw.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	// Nobody waits long for this: what is left is done at the next opening.
	if _, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = 2000"); err != nil {
		return err
	}
	defer conn.ExecContext(ctx, "PRAGMA busy_timeout = 10000")
	if _, err := conn.ExecContext(ctx, "VACUUM"); err != nil {
		return fmt.Errorf("pack: %w", err)
	}
	if err := emptyWAL(ctx, conn); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "DELETE FROM cache_state WHERE name = ?", packState); err != nil {
		return err
	}
	return emptyWAL(ctx, conn)
}

// emptyWAL waits for readers of older states: the busy timeout of the connection.
func emptyWAL(ctx context.Context, conn *sql.Conn) error {
	var busy, pages, moved int
	if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved); err != nil {
		return fmt.Errorf("empty the log: %w", err)
	}
	if busy != 0 {
		return fmt.Errorf("empty the log: %d of %d pages moved", moved, pages)
	}
	return nil
}

// packIfNeeded packs a file that could not be packed when something was erased.
func (w *Workspace) packIfNeeded() {
	var needed int
	if err := w.ro.QueryRow("SELECT count(*) FROM cache_state WHERE name = ?", packState).Scan(&needed); err != nil || needed == 0 {
		return
	}
	if err := w.pack(); err != nil {
		slog.Warn("the file still holds traces of what was erased", "err", err)
	}
}
