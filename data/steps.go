package data

import (
	"slices"
	"strings"
	"time"
)

// StepQuery picks steps for the history screen.
type StepQuery struct {
	Before int64  // only steps older than this one; 0 is from the newest
	Text   string // stands in the label or in who did it, in any case; "" is all
	Limit  int    // 0 is no limit
}

// DoneStep is one thing that was done. What was typed in one go is one step.
type DoneStep struct {
	Step        int64
	First, Last time.Time // of its transactions
	Actor       string
	Label       string
	Kind        string // "do", "undo", "redo" or "fixed"
	State       string // "live", "undone" or "dropped": undone and out of reach of Redo
	Touched     []Touched
}

// Touched are the records of one kind that a step changed.
type Touched struct {
	Kind   string
	Count  int
	Record string // the id of one of them
}

// FindSteps are the steps that a query picks, newest first.
func (w *Workspace) FindSteps(q StepQuery) ([]DoneStep, error) {
	var all []DoneStep
	err := w.Read(func(r Reader) (err error) {
		all, err = findSteps(r, q)
		return err
	})
	return all, w.translate("find steps", err)
}

func findSteps(r Reader, q StepQuery) ([]DoneStep, error) {
	before := q.Before
	if before == 0 {
		before = 1<<63 - 1
	}
	// The bare columns are those of the row with the largest hlc.
	rows, err := r.query(`SELECT step, (SELECT hlc FROM tx f WHERE f.id = t.step), max(hlc), actor, label, kind, state
		FROM tx t WHERE step < ? GROUP BY step ORDER BY step DESC`, before)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	text := strings.ToLower(strings.TrimSpace(q.Text))
	var all []DoneStep
	for (q.Limit <= 0 || len(all) < q.Limit) && rows.Next() {
		var s DoneStep
		var first, last int64
		if err := rows.Scan(&s.Step, &first, &last, &s.Actor, &s.Label, &s.Kind, &s.State); err != nil {
			return nil, err
		}
		// SQLite folds only the letters of ASCII.
		if text != "" && !strings.Contains(strings.ToLower(s.Label+"\n"+s.Actor), text) {
			continue
		}
		s.First, s.Last = hlcTime(first), hlcTime(last)
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return all, touchedBy(r, all)
}

// touchedBy fills in what the steps touched, a hundred to a query.
func touchedBy(r Reader, steps []DoneStep) error {
	for chunk := range slices.Chunk(steps, 100) {
		at := make(map[int64]*DoneStep, len(chunk))
		args := make([]any, len(chunk))
		for i := range chunk {
			at[chunk[i].Step], args[i] = &chunk[i], chunk[i].Step
		}
		rows, err := r.query(`SELECT t.step, c.kind, count(DISTINCT c.record), min(c.record) FROM change c JOIN tx t ON t.id = c.tx
			WHERE t.step IN (?`+strings.Repeat(", ?", len(chunk)-1)+`) GROUP BY t.step, c.kind ORDER BY t.step, min(c.id)`, args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			var step int64
			var t Touched
			if err := rows.Scan(&step, &t.Kind, &t.Count, &t.Record); err != nil {
				rows.Close()
				return err
			}
			at[step].Touched = append(at[step].Touched, t)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		rows.Close()
	}
	return nil
}

// StepChanges are the fields that a step changed, each with the whole text
// before the step and after it, at most limit of them (0 is no limit); total is
// how many there are.
func (w *Workspace) StepChanges(step int64, limit int) (all []Entry, total int, err error) {
	err = w.Read(func(r Reader) (err error) {
		all, total, err = stepChanges(r, step, limit)
		return err
	})
	return all, total, w.translate("read step", err)
}

// fieldKey is a field of a record, as the log names it.
type fieldKey struct{ kind, record, field string }

func stepChanges(r Reader, step int64, limit int) ([]Entry, int, error) {
	rows, err := r.query(`SELECT c.kind, c.record, c.field, c.old, c.new, c.head, c.tail, t.id, t.hlc, t.actor, t.device, t.label
		FROM change c JOIN tx t ON t.id = c.tx WHERE t.step = ? ORDER BY c.id`, step)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	var order []fieldKey
	found := map[fieldKey]*Entry{}
	cut := map[fieldKey]bool{} // the log holds only a part of the text
	for rows.Next() {
		var c change
		e := Entry{Step: step}
		var hlc int64
		if err := rows.Scan(&c.kind, &c.record, &c.field, &c.old, &c.new, &c.head, &c.tail, &e.Transaction, &hlc, &e.Actor, &e.Device, &e.Label); err != nil {
			return nil, 0, err
		}
		e.Time, e.Kind, e.Record = hlcTime(hlc), c.kind, c.record
		parts, err := c.parts()
		if err != nil {
			return nil, 0, err
		}
		for _, p := range parts {
			k := fieldKey{c.kind, c.record, p.field}
			if first := found[k]; first != nil {
				first.New, first.Time = p.new, e.Time
			} else {
				one := e
				one.Field, one.Old, one.New = fieldName(p.field), p.old, p.new
				found[k], order = &one, append(order, k)
			}
			cut[k] = cut[k] || p.head+p.tail > 0
		}
	}
	if err := rows.Err(); err != nil {
		return nil, 0, err
	}
	rows.Close()
	var all []Entry
	total := 0
	for _, k := range order {
		e := found[k]
		whole := !cut[k]
		if !whole && (limit <= 0 || len(all) < limit) {
			if e.Old, e.New, err = aroundStep(r, k, step); err != nil {
				return nil, 0, err
			}
			whole = true
		}
		if whole && e.Old == e.New { // typed and taken away again
			continue
		}
		if total++; limit <= 0 || len(all) < limit {
			all = append(all, *e)
		}
	}
	return all, total, nil
}

// aroundStep is the whole text of a field before a step and after it: it walks
// from now backwards, as history does.
func aroundStep(r Reader, k fieldKey, step int64) (before, after string, err error) {
	p := planOfKind(k.kind)
	now, err := storedFields(r, p, k.record)
	if err != nil {
		return "", "", err
	}
	rows, err := r.query(`SELECT c.field, c.old, c.new, c.head, c.tail, t.step FROM change c JOIN tx t ON t.id = c.tx
		WHERE c.record = ? AND c.field IN (?, '+') ORDER BY c.id DESC`, k.record, k.field)
	if err != nil {
		return "", "", err
	}
	defer rows.Close()
	text := now[k.field]
	inside := false
	for rows.Next() {
		var c change
		var of int64
		if err := rows.Scan(&c.field, &c.old, &c.new, &c.head, &c.tail, &of); err != nil {
			return "", "", err
		}
		if inside && of != step {
			break
		}
		parts, err := c.parts()
		if err != nil {
			return "", "", err
		}
		for i := len(parts) - 1; i >= 0; i-- {
			part := parts[i]
			if part.field != k.field {
				continue
			}
			if part.head+part.tail == 0 {
				text = part.new
			}
			if of == step && !inside {
				inside, after = true, text
			}
			text = part.before(text)
		}
	}
	return text, after, rows.Err()
}
