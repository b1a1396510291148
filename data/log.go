package data

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// deltaFrom is the length in bytes from which the log leaves out what old and
// new share at both ends, so that typing in a long text costs few bytes.
const deltaFrom = 200

const (
	logWidth  = 9  // columns that a log entry fills
	logBatch  = 32 // entries of new records that one statement writes
	logInsert = "INSERT INTO change (tx, kind, record, field, old, new, head, tail, seen) VALUES "
	logRow    = "(?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

// log writes the change of a field from old to new, with the field's newest
// change before it: what this writer had seen.
func (tx *Tx) log(kind, record, field, old, new string) error {
	if err := tx.flushLog(); err != nil {
		return err
	}
	head, tail := 0, 0
	if field != exists {
		old, new, head, tail = delta(old, new)
	}
	_, err := tx.exec(logInsert+"(?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM change WHERE record = ? AND field IN (?, '+')))",
		tx.id, kind, record, field, old, new, head, tail, record, field)
	if err != nil {
		return fmt.Errorf("log: %w", err)
	}
	tx.noted(kind, record)
	return nil
}

// logNew logs a record that nobody has seen, many to a statement.
func (tx *Tx) logNew(kind, record, content string) error {
	tx.pending = append(tx.pending, tx.id, kind, record, exists, "", content, 0, 0, 0)
	tx.noted(kind, record)
	if len(tx.pending) == logBatch*logWidth {
		return tx.flushLog()
	}
	return nil
}

// delta is a change of a field as the log keeps it: without what both texts
// share in front and behind, when they are long.
func delta(before, after string) (old, new string, head, tail int) {
	if len(before) >= deltaFrom && len(after) >= deltaFrom {
		head, tail = shared(before, after)
	}
	return before[head : len(before)-tail], after[head : len(after)-tail], head, tail
}

func (tx *Tx) noted(kind, record string) {
	tx.changes++
	tx.kinds[kind] = true
	tx.records[record] = true
}

// flushLog writes the entries that wait.
func (tx *Tx) flushLog() error {
	pending := tx.pending
	tx.pending = tx.pending[:0]
	if len(pending) == logBatch*logWidth {
		if _, err := tx.exec(logInsert+logRow+strings.Repeat(", "+logRow, logBatch-1), pending...); err != nil {
			return fmt.Errorf("log: %w", err)
		}
		return nil
	}
	for ; len(pending) > 0; pending = pending[logWidth:] {
		if _, err := tx.exec(logInsert+logRow, pending[:logWidth]...); err != nil {
			return fmt.Errorf("log: %w", err)
		}
	}
	return nil
}

// packed is the contents of a record as the entry of its coming holds them: "1",
// then each field that is not empty as two netstrings, its name and its text.
// Texts may hold any bytes.
type packed []byte

func (c *packed) add(field, text string) {
	if text != "" {
		c.netstring(field)
		c.netstring(text)
	}
}

func (c *packed) netstring(s string) {
	*c = append(append(append(strconv.AppendInt(*c, int64(len(s)), 10), ':'), s...), ',')
}

type fieldText struct{ field, text string }

var errPacked = errors.New("contents of a record in the change log are damaged")

// unpack gives the fields of the contents, in order.
func unpack(content string) ([]fieldText, error) {
	if content == "" {
		return nil, nil
	}
	rest := content[1:]
	next := func() (string, bool) {
		length, after, ok := strings.Cut(rest, ":")
		n, err := strconv.Atoi(length)
		if !ok || err != nil || n < 0 || n >= len(after) || after[n] != ',' {
			return "", false
		}
		rest = after[n+1:]
		return after[:n], true
	}
	var all []fieldText
	for rest != "" {
		field, ok := next()
		if !ok {
			return nil, errPacked
		}
		text, ok := next()
		if !ok {
			return nil, errPacked
		}
		all = append(all, fieldText{field, text})
	}
	return all, nil
}

// valueName is the name of one of the Values in the log: its own, unless a
// column has it.
func (p *plan) valueName(field string) string {
	if _, ok := p.column(field); ok || field == exists || strings.HasPrefix(field, "=") {
		return "=" + field
	}
	return field
}

// fieldName is the name that a person knows a field of the log by.
func fieldName(logged string) string { return strings.TrimPrefix(logged, "=") }

// shared is how many bytes a and b share in front and behind, cut between
// characters.
func shared(a, b string) (head, tail int) {
	n := min(len(a), len(b))
	for head < n && a[head] == b[head] {
		head++
	}
	for head > 0 && head < len(a) && !utf8.RuneStart(a[head]) || head > 0 && head < len(b) && !utf8.RuneStart(b[head]) {
		head--
	}
	n -= head
	for tail < n && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	for tail > 0 && !utf8.RuneStart(a[len(a)-tail]) {
		tail--
	}
	return head, tail
}
