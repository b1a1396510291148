package data

import (
	"errors"
	"fmt"
)

// timelines are the texts that each field of a record had, one after the other.
type timelines struct {
	lines map[string]*timeline
	steps [][]logged // by entry: the changes that it stands for
}

type timeline struct {
	texts, cleaned []string
	touched        int   // the first text with a needle, or -1
	at             place // in that text
}

// logged is a change of one field in an entry: from text number before to the
// next one of its line. came is for the contents of a record that came; those
// of one that went are before the others.
type logged struct {
	field  string
	before int
	came   bool
}

var errBroken = errors.New("the changes of a record do not follow each other")

func timelinesOf(entries []logEntry) (*timelines, error) {
	t := &timelines{lines: map[string]*timeline{}}
	for _, c := range entries {
		parts, err := c.parts()
		if err != nil {
			return nil, err
		}
		var steps []logged
		came := false
		for _, p := range parts {
			if p.field == exists {
				came = true
				continue
			}
			l := t.lines[p.field]
			if l == nil {
				l = &timeline{texts: []string{""}, touched: -1}
				t.lines[p.field] = l
			}
			last := len(l.texts) - 1
			now := l.texts[last]
			if len(now) != p.head+len(p.old)+p.tail || now[p.head:len(now)-p.tail] != p.old {
				return nil, fmt.Errorf("%s %s, %s: %w", c.kind, c.record, p.field, errBroken)
			}
			l.texts = append(l.texts, now[:p.head]+p.new+now[len(now)-p.tail:])
			steps = append(steps, logged{p.field, last, came})
		}
		t.steps = append(t.steps, steps)
	}
	for _, l := range t.lines {
		l.cleaned = make([]string, len(l.texts))
	}
	return t, nil
}

// rehash gives contents of a version that changed the checksum that they now
// have.
func (t *timelines) rehash() {
	content, sum := t.lines["content"], t.lines["sha256"]
	if content == nil || sum == nil {
		return
	}
	to := map[string]string{}
	for i, text := range content.texts {
		if text != content.cleaned[i] {
			to[hashText(text)] = hashText(content.cleaned[i])
		}
	}
	for i, text := range sum.texts {
		if s, ok := to[text]; ok {
			sum.cleaned[i] = s
			sum.touched = max(sum.touched, 0)
		}
	}
}

// rewrite gives the entries that change, as they are to be stored.
func (t *timelines) rewrite(entries []logEntry) []logEntry {
	var out []logEntry
	for i, c := range entries {
		touched := false
		for _, s := range t.steps[i] {
			l := t.lines[s.field]
			touched = touched || l.texts[s.before] != l.cleaned[s.before] || l.texts[s.before+1] != l.cleaned[s.before+1]
		}
		if !touched {
			continue
		}
		if c.field != exists {
			l := t.lines[c.field]
			before := t.steps[i][0].before
			c.drop = l.cleaned[before] == l.cleaned[before+1]
			c.old, c.new, c.head, c.tail = delta(l.cleaned[before], l.cleaned[before+1])
			out = append(out, c)
			continue
		}
		gone, came := packed(there(c.old)), packed(there(c.new))
		for _, s := range t.steps[i] {
			l := t.lines[s.field]
			if s.came {
				came.add(s.field, l.cleaned[s.before+1])
			} else {
				gone.add(s.field, l.cleaned[s.before])
			}
		}
		c.old, c.new = string(gone), string(came)
		out = append(out, c)
	}
	return out
}
