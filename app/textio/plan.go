package textio

import (
	"slices"
	"strings"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/textdiff"
	"kompetansepilot/data"
)

// Status is what a file has to say of a field. The words are a promise to
// scripts.
type Status string

// The statuses.
const (
	Unchanged Status = "unchanged" // says what the program says
	Changed   Status = "changed"   // changed in the file
	Conflict  Status = "conflict"  // changed in the file and in the program since it went out
	Outdated  Status = "outdated"  // changed in the program only; the file has the text that went out
	Missing   Status = "missing"   // not in the file
	Unknown   Status = "unknown"   // the call has no such field
	Duplicate Status = "duplicate" // twice in the file, with different texts
	ReadOnly  Status = "readOnly"  // changed in the file, but not text that is taken in
)

// Change is a field of the file beside the same field of the program.
type Change struct {
	Field  string `json:"field"`
	Label  string `json:"label"`
	Status Status `json:"status"`
	Old    string `json:"old"` // in the program
	New    string `json:"new"` // in the file
	Length int    `json:"length"`
	Limit  int    `json:"limit"` // the portal's, 0 for none that is known
	Over   int    `json:"over"`  // how many characters New is over it

	// NoBase is set when the file does not tell what the text was when it went out,
	// so that nobody knows whether the program's is newer.
	NoBase bool `json:"noBase"`
	// Damaged is set when the field's mark is, so that its text may be too.
	Damaged bool `json:"damaged"`
	// Emptied is set when the file has no text where the program has one.
	Emptied bool `json:"emptied"`

	// Holds is a field that is missing in the file, and whose text seems to stand in
	// this one; "" for none.
	Holds string `json:"holds"`

	// Diff is what the file changes, word by word; nil where nobody knows.
	Diff []textdiff.Part `json:"-"`
}

// CanTake tells whether the file's text can be taken over.
func (c *Change) CanTake() bool { return c.Status == Changed || c.Status == Conflict }

// Sure tells whether it can be taken over without looking.
func (c *Change) Sure() bool {
	return c.Status == Changed && !c.Damaged && !c.Emptied && c.Holds == "" && (!c.NoBase || grant.Blank(c.Old))
}

// NeedsEye tells whether a person should look at it: it was not taken over, and
// may hold something that somebody wrote.
func (c *Change) NeedsEye() bool {
	switch c.Status {
	case Changed, Conflict:
		return true
	case Unknown, Duplicate, ReadOnly:
		return true
	}
	return false
}

// Plan is what taking a file in would do. Nothing is written before Take.
type Plan struct {
	Application string `json:"application"`
	File        string `json:"file"`
	// OtherApplication is set when the file came from another application.
	OtherApplication bool     `json:"otherApplication"`
	Changes          []Change `json:"fields"`
}

// Compare holds a file against an application. Labels are in the language of
// s.Words. The error has code textNoFields when the file has nothing of the
// application.
func Compare(s Source, f *File) (*Plan, error) {
	call, draft := s.Call, s.Draft
	c := newCollector(call)
	c.collect(f.blocks)
	p := &Plan{Application: draft.Application.ID, File: f.Name,
		OtherApplication: c.application != "" && c.application != draft.Application.ID}
	byField := map[string][]*found{}
	known := false
	for _, part := range c.all {
		byField[part.id] = append(byField[part.id], part)
		known = known || call.Field(part.id) != nil
	}
	if !known {
		return nil, data.NewError("textNoFields", "Fant ingen av feltene i søknaden i «{{.Name}}». Ingenting er endret. Bruk en fil som er laget med «Tekst ut», og la linjene som begynner med [[kp: stå.", nil, "Name", f.Name)
	}
	for i := range call.Form.Sections {
		for j := range call.Form.Sections[i].Fields {
			field := &call.Form.Sections[i].Fields[j]
			if change, told := s.compare(field, byField[field.ID]); told {
				change.Label = field.Label.In(s.Words.Code())
				p.Changes = append(p.Changes, change)
			}
		}
	}
	p.findLost()
	for _, part := range c.all {
		if call.Field(part.id) == nil {
			p.Changes = append(p.Changes, Change{Field: part.id, Label: part.id, Status: Unknown, New: part.text(), Damaged: part.damaged})
		}
	}
	return p, nil
}

// findLost looks for the texts of missing fields in the changed ones: where a
// heading and its mark are gone, the text has become the end of the field before.
func (p *Plan) findLost() {
	for i := range p.Changes {
		lost := &p.Changes[i]
		if lost.Status != Missing {
			continue
		}
		for j := range p.Changes {
			if c := &p.Changes[j]; c.CanTake() && c.Holds == "" && took(c, lost.Old) {
				c.Holds = lost.Field
			}
		}
	}
}

// tellingLine is how long a line is that is hardly the same by chance, in bytes.
const tellingLine = 20

// took tells whether a line of another field's text came into this one.
func took(c *Change, text string) bool {
	before, now := normal(c.Old), normal(c.New)
	for _, line := range strings.Split(normal(text), "\n") {
		if len(line) >= tellingLine && strings.Contains(now, line) && !strings.Contains(before, line) {
			return true
		}
	}
	return false
}

// compare holds one field against what the file has for it. Fields that are
// only there to be read are told of when somebody wrote in them.
func (s Source) compare(f *grant.Field, parts []*found) (Change, bool) {
	if !f.Prose() {
		return s.compareReadOnly(f, parts)
	}
	c := Change{Field: f.ID, Status: Missing, Limit: f.MaxLength, Old: s.Draft.Application.Answers[f.ID]}
	if len(parts) == 0 {
		return c, true
	}
	part := parts[0]
	c.New = part.text()
	for _, other := range parts[1:] {
		if normal(other.text()) != normal(part.text()) {
			c.Status, c.Damaged = Duplicate, part.damaged
			c.New = joinBlocks([]string{c.New, other.text()})
			return c, true
		}
	}
	c.Damaged, c.NoBase = part.damaged, part.hash == ""
	c.Emptied = c.New == "" && !grant.Blank(c.Old)
	if c.Status = status(part.hash, c.Old, c.New); c.CanTake() {
		if c.New = adopt(c.Old, c.New); f.Type == grant.TypeText {
			c.New = strings.Join(strings.Fields(c.New), " ")
		}
		c.Diff = diff(clean(c.Old), c.New)
	}
	s.count(&c)
	return c, true
}

// count counts the new text as the portal does.
func (s Source) count(c *Change) {
	c.Length = s.Call.Portal.Counting.Count(c.New)
	if c.Limit > 0 {
		c.Over = max(c.Length-c.Limit, 0)
	}
}

// compareReadOnly tells of a field that is only there to be read when the file
// has another text than went out. Where the program still has what went out, in
// one of the languages, the change can be shown.
func (s Source) compareReadOnly(f *grant.Field, parts []*found) (Change, bool) {
	for _, part := range parts {
		text := part.text()
		if part.hash == "" || hashOf(text) == part.hash {
			continue
		}
		c := Change{Field: f.ID, Status: ReadOnly, New: text}
		for _, code := range lang.Codes {
			reader := grant.Reader{Call: s.Call, Places: s.Places, Words: lang.New(code)}
			if old := clean(reader.Text(s.Draft, f)); hashOf(old) == part.hash {
				c.Old, c.Diff = old, diff(old, text)
				break
			}
		}
		return c, true
	}
	return Change{}, false
}

// status tells who changed a text since it went out. Without a base the file is
// taken to have changed it.
func status(base, old, now string) Status {
	here, there := hashOf(old), hashOf(now)
	switch {
	case normal(old) == normal(now):
		return Unchanged
	case base == there:
		return Outdated
	case base == "" || base == here:
		return Changed
	}
	return Conflict
}

// maxDiff is the longest text that is compared word by word, in bytes.
const maxDiff = 256 << 10

func diff(old, now string) []textdiff.Part {
	if len(old)+len(now) > maxDiff {
		return []textdiff.Part{{Text: old, Change: textdiff.Removed}, {Text: now, Change: textdiff.Added}}
	}
	return textdiff.Words(old, now)
}

// Sure are the fields that can be taken over without looking: changed in the
// file alone, and whole. None is, when the file came from another application.
func (p *Plan) Sure() []string {
	var ids []string
	for i := range p.Changes {
		if p.Changes[i].Sure() && !p.OtherApplication {
			ids = append(ids, p.Changes[i].Field)
		}
	}
	return ids
}

// Change is a field of the plan, or nil.
func (p *Plan) Change(field string) *Change {
	for i := range p.Changes {
		if p.Changes[i].Field == field {
			return &p.Changes[i]
		}
	}
	return nil
}

// Take writes the file's text of some fields as one step to undo. A field that
// can't be taken over, or that was changed in the program after the plan was
// made, stops all of it.
func (p *Plan) Take(grants *grant.Service, label string, fields []string) error {
	var chosen []*Change
	for _, id := range fields {
		c := p.Change(id)
		if c == nil || !c.CanTake() {
			return data.NewError("textNotTaken", "Feltet «{{.Field}}» har ingen tekst i «{{.Name}}» som kan tas inn. Ingenting er endret.", nil, "Field", id, "Name", p.File)
		}
		if !slices.Contains(chosen, c) {
			chosen = append(chosen, c)
		}
	}
	return grants.Save(label, p.Application, func(d *data.Draft) error {
		if d.Application.Answers == nil {
			d.Application.Answers = data.Values{}
		}
		for _, c := range chosen {
			if d.Application.Answers[c.Field] != c.Old {
				return data.NewError("textMoved", "«{{.Field}}» er endret i programmet etter at filen ble lest. Ingenting er tatt inn. Les filen en gang til.", nil, "Field", c.Label)
			}
			d.Application.Answers[c.Field] = c.New
		}
		return nil
	})
}
