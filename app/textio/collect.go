package textio

import (
	"strings"

	"kompetansepilot/app/grant"
)

// found is what a file holds for one field.
type found struct {
	mark
	byLabel bool // the mark is lost
	texts   []string
}

func (f *found) text() string { return clean(joinBlocks(f.texts)) }

// collector sorts a file's blocks by field.
type collector struct {
	call   *grant.Call
	labels map[string]string // folded label -> field, "" for a label of several
	parts  map[string]string // folded labels of sections

	application string // that the file came from
	all         []*found
	now         *found
	headings    []block // that nobody knows yet what they belong to
}

// fold is a label as people may have copied it.
func fold(label string) string {
	return strings.ToLower(strings.Trim(strings.Join(strings.Fields(normal(label)), " "), " :*"))
}

func newCollector(call *grant.Call) *collector {
	c := &collector{call: call, labels: map[string]string{}, parts: map[string]string{}}
	for i := range call.Form.Sections {
		s := &call.Form.Sections[i]
		for _, label := range []string{s.Label.NB, s.Label.NN, s.Label.EN} {
			c.parts[fold(label)] = s.ID
		}
		for j := range s.Fields {
			f := &s.Fields[j]
			for _, label := range []string{f.Label.NB, f.Label.NN, f.Label.EN} {
				key := fold(label)
				if id, taken := c.labels[key]; taken && id != f.ID {
					c.labels[key] = ""
					continue
				}
				c.labels[key] = f.ID
			}
		}
	}
	delete(c.labels, "")
	delete(c.parts, "")
	return c
}

// collect reads the blocks from first to last.
func (c *collector) collect(blocks []block) {
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		m, rest, isMark := parseMark(b.text)
		switch {
		case isMark && m.file:
			c.headings = nil // the title, which may say anything
			if m.id != "" {
				c.application = m.id
			}
			c.now = nil
		case isMark:
			if m.open && i+1 < len(blocks) && blocks[i+1].heading == 0 {
				if _, _, another := parseMark(blocks[i+1].text); !another {
					if after, ok := closeMark(blocks[i+1].text); ok {
						rest, m.damaged = after, false
						i++
					}
				}
			}
			c.begin(m)
			c.add(rest)
		case b.heading > 0:
			c.headings = append(c.headings, b)
		case strings.TrimSpace(b.text) != "":
			c.settle()
			c.add(b.text)
		}
	}
	c.settle()
}

func (c *collector) add(text string) {
	if c.now != nil && strings.TrimSpace(text) != "" {
		c.now.texts = append(c.now.texts, text)
	}
}

// begin starts the field of a mark. The heading before it is the field's, and
// the higher one before that is the section's; in plain text files both are
// paragraphs, known by what they say.
func (c *collector) begin(m mark) {
	if last := len(c.headings) - 1; last >= 0 {
		rest := c.headings[:last]
		if last > 0 && rest[last-1].heading < c.headings[last].heading {
			rest = rest[:last-1]
		}
		c.headings = rest
	} else if c.now != nil {
		c.dropLabel(m.id)
	}
	c.settle()
	c.now = &found{mark: m}
	c.all = append(c.all, c.now)
}

// dropLabel takes the label of a field, and of its section, away from the end of
// the text before it.
func (c *collector) dropLabel(id string) {
	f := c.call.Field(id)
	if f == nil {
		return
	}
	texts := c.now.texts
	if last := len(texts) - 1; last >= 0 && c.labels[fold(texts[last])] == id {
		texts = texts[:last]
		if last > 0 && c.parts[fold(texts[last-1])] == f.Section {
			texts = texts[:last-1]
		}
	}
	c.now.texts = texts
}

// settle decides what headings are that no mark follows: a field's by their
// bookmark or their label, or text.
func (c *collector) settle() {
	headings := c.headings
	c.headings = nil
	for i, h := range headings {
		if m, ok := c.known(h); ok {
			c.now = &found{mark: m, byLabel: m.hash == ""}
			c.all = append(c.all, c.now)
			continue
		}
		// A section's heading is one only where a field follows.
		if c.parts[fold(h.text)] != "" && i+1 < len(headings) {
			if _, ok := c.known(headings[i+1]); ok {
				continue
			}
		}
		c.add(h.text)
	}
}

// known is the field that a heading belongs to.
func (c *collector) known(h block) (mark, bool) {
	for _, name := range h.ids {
		if m, ok := parseBookmark(name); ok && c.call.Field(m.id) != nil {
			return m, true
		}
	}
	if id := c.labels[fold(h.text)]; id != "" {
		return mark{id: id}, true
	}
	return mark{}, false
}
