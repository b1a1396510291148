package data

import (
	"bytes"
	"database/sql"
	"slices"
	"strings"
)

// eraser looks through the whole change log for somebody. What it finds is all
// that there is: no record is written past the log.
type eraser struct {
	r       Reader
	subject Subject
	mark    string // stands where the person was named
	needles *needles
	names   []string
	closely *needles          // for records that are linked to the person
	near    map[string]string // kinds of those, by id
	gone    map[string]string // kinds of the records that go, by id
	frozen  map[string]string // versions that can never change

	rewritten []logEntry
	rows      []rowChange
	traces    Traces
}

// logEntry is an entry of the change log as it is stored.
type logEntry struct {
	id int64
	change
	drop bool // nothing is left of the change
}

func scanEntry(rows *sql.Rows) (c logEntry, err error) {
	err = rows.Scan(&c.id, &c.kind, &c.record, &c.field, &c.old, &c.new, &c.head, &c.tail)
	return c, err
}

// rowChange is a field of a stored record that gets another text.
type rowChange struct{ kind, record, field, text string }

func newEraser(r Reader, s Subject, mark string) (*eraser, error) {
	e := &eraser{r: r, subject: s, mark: mark}
	var err error
	if e.needles, e.names, err = identities(r, s); err != nil {
		return nil, err
	}
	if e.gone, err = belongings(r, s); err != nil {
		return nil, err
	}
	for id := range e.gone {
		e.needles.ids[id] = true
	}
	if e.near, err = near(r, s); err != nil {
		return nil, err
	}
	e.closely = e.needles.withWords(e.names)
	e.frozen, err = pairs(r, "SELECT name, id FROM version WHERE frozen = 1")
	return e, err
}

// look finds everything and changes nothing.
func (e *eraser) look() (Traces, error) {
	e.traces.Names = e.names
	if err := e.scan(); err != nil {
		return e.traces, err
	}
	if err := e.blobs(); err != nil {
		return e.traces, err
	}
	if err := e.steps(); err != nil {
		return e.traces, err
	}
	return e.traces, e.title()
}

// scan reads the change log record by record.
func (e *eraser) scan() error {
	rows, err := e.r.query("SELECT id, kind, record, field, old, new, head, tail FROM change ORDER BY record, id")
	if err != nil {
		return err
	}
	defer rows.Close()
	var entries []logEntry
	for rows.Next() {
		c, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if len(entries) > 0 && entries[0].record != c.record {
			if err := e.record(entries); err != nil {
				return err
			}
			entries = entries[:0]
		}
		entries = append(entries, c)
	}
	if len(entries) > 0 {
		if err := e.record(entries); err != nil {
			return err
		}
	}
	return rows.Err()
}

// record looks at all the entries of one record.
func (e *eraser) record(entries []logEntry) error {
	kind, id := entries[0].kind, entries[0].record
	if e.gone[id] != "" {
		e.traces.Entries += len(entries)
		e.traces.Removed = append(e.traces.Removed, Trace{Kind: kind, ID: id})
		return nil
	}
	if e.near[id] == "" && !slices.ContainsFunc(entries, func(c logEntry) bool { return c.head+c.tail > 0 || e.needles.may(c.old) || e.needles.may(c.new) }) {
		return nil
	}
	t, err := timelinesOf(entries)
	if err != nil {
		return err
	}
	if reason := e.reasonToKeep(kind, id); reason != "" {
		if e.clean(t, kind, id) {
			e.traces.Kept = append(e.traces.Kept, Trace{Kind: kind, ID: id, Reason: reason})
		}
		return nil
	}
	if !e.clean(t, kind, id) {
		return nil
	}
	trace := Trace{Kind: kind, ID: id}
	for _, field := range sortedKeys(t.lines) {
		l := t.lines[field]
		if l.touched < 0 {
			continue
		}
		trace.Fields = append(trace.Fields, fieldName(field))
		if trace.Excerpt == "" && l.at.to > 0 {
			trace.Excerpt = excerpt(l.texts[l.touched], l.at)
		}
		if last := len(l.texts) - 1; l.texts[last] != l.cleaned[last] {
			e.rows = append(e.rows, rowChange{kind, id, field, l.cleaned[last]})
		}
	}
	e.traces.Changed = append(e.traces.Changed, trace)
	before := len(e.rewritten)
	e.rewritten = append(e.rewritten, t.rewrite(entries)...)
	e.traces.Entries += len(e.rewritten) - before
	return nil
}

func (e *eraser) reasonToKeep(kind, id string) string {
	switch {
	case kind == "setting":
		return KeptSelf
	case kind == "version":
		if _, frozen := e.frozen[id]; frozen {
			return KeptFrozen
		}
	}
	return ""
}

// mayBeEmpty are columns that say nothing better than a mark would.
func mayBeEmpty(field string) bool {
	return slices.Contains([]string{"contact", "email", "phone", "responsible", "org_number"}, field)
}

// clean takes the person out of all the texts that a record had, and tells
// whether there was anything to take.
func (e *eraser) clean(t *timelines, kind, id string) bool {
	n, any := e.needles, false
	if e.near[id] != "" {
		n = e.closely
	}
	for field, l := range t.lines {
		places := n.findAll(l.texts)
		same := map[string]string{} // one text becomes the same wherever it stands
		for i, text := range l.texts {
			switch {
			case n.ids[text]:
				same[text] = ""
			case len(places[i]) > 0:
				same[text] = without(text, places[i], e.mark, mayBeEmpty(field))
			default:
				continue
			}
			if l.touched < 0 {
				l.touched = i
				if len(places[i]) > 0 {
					l.at = places[i][0]
				}
			}
			any = true
		}
		for i, text := range l.texts {
			l.cleaned[i] = text
			if to, ok := same[text]; ok {
				l.cleaned[i] = to
			}
		}
	}
	if kind == "version" {
		t.rehash()
	}
	return any
}

// blobs finds files that name the person in plain bytes. What is packed, as in a
// PDF, can't be looked into.
func (e *eraser) blobs() error {
	rows, err := e.r.query("SELECT a.id, b.data FROM attachment a JOIN blob b ON b.sha256 = a.sha256")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var content []byte
		if err := rows.Scan(&id, &content); err != nil {
			return err
		}
		for _, x := range e.needles.exprs {
			if x.Match(content) && !bytes.Contains(content[:min(len(content), 4096)], []byte{0}) {
				e.traces.Kept = append(e.traces.Kept, Trace{Kind: "attachment", ID: id, Reason: KeptContents})
				break
			}
		}
	}
	return rows.Err()
}

// steps counts the names of steps that name the person, and notes whether the
// person has done something here.
func (e *eraser) steps() error {
	rows, err := e.r.query("SELECT label, actor FROM tx")
	if err != nil {
		return err
	}
	defer rows.Close()
	actors := map[string]bool{}
	for rows.Next() {
		var label, actor string
		if err := rows.Scan(&label, &actor); err != nil {
			return err
		}
		if e.needles.may(label) && len(e.needles.find(label)) > 0 {
			e.traces.Labels++
		}
		actors[actor] = true
	}
	for actor := range actors {
		if len(e.needles.find(actor)) > 0 {
			e.traces.Kept = append(e.traces.Kept, Trace{Kind: "tx", Title: actor, Reason: KeptActor})
		}
	}
	return rows.Err()
}

// title fills in what a person knows the records by.
func (e *eraser) title() error {
	for _, list := range [][]Trace{e.traces.Removed, e.traces.Changed, e.traces.Kept} {
		ids := map[string][]string{}
		for _, t := range list {
			if t.ID != "" {
				ids[t.Kind] = append(ids[t.Kind], t.ID)
			}
		}
		for kind, all := range ids {
			found, err := titles(e.r, kind, all)
			if err != nil {
				return err
			}
			for i := range list {
				if list[i].Kind == kind {
					list[i].Title = found[list[i].ID]
				}
			}
		}
	}
	return nil
}

// excerptAround is how many bytes of the text round a name are shown.
const excerptAround = 60

// excerpt is the part of a text round a place, on one line.
func excerpt(text string, p place) string {
	from, to := max(p.from-excerptAround, 0), min(p.to+excerptAround, len(text))
	part := strings.ToValidUTF8(text[from:to], "")
	if from > 0 {
		part = "…" + part
	}
	if to < len(text) {
		part += "…"
	}
	return strings.Join(strings.Fields(part), " ")
}
