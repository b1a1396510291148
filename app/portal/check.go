package portal

import (
	"slices"
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// Documents makes an application into the document that is handed in.
type Documents interface {
	// Document is the application as it is now when version is "", in its own
	// language when language is "".
	Document(id, version, language string) (document.Document, error)
}

// Mismatch is how a field differs between the portal, the PDF and the workspace.
type Mismatch string

// The mismatches.
const (
	NotTransferred Mismatch = "notTransferred" // the portal has nothing
	ChangedSince   Mismatch = "changed"        // the portal has another text than the workspace
	OtherInPDF     Mismatch = "pdf"            // the PDF has another text than the workspace
)

// Difference is a field that is not the same everywhere.
type Difference struct {
	Key, Label string
	Mismatch   Mismatch
	// Stored is the text of the workspace, Other that of the portal or the PDF.
	Stored, Other string
}

// Comparison is the closing check: portal text = PDF text = workspace.
type Comparison struct {
	// Compared counts the fields that were looked at, WithPDF those that were
	// looked up in the PDF; it is 0 when there is no document to compare with.
	Compared, WithPDF int
	Differences       []Difference
}

// Compare holds what was carried over to the portal, what the PDF says and what
// is stored against each other. documents may be nil: then only the portal is
// compared.
func (s *Service) Compare(application, portal string, documents Documents, words *lang.Printer) (Comparison, error) {
	var c Comparison
	t, err := s.Transfer(application, portal, words)
	if err != nil {
		return c, err
	}
	for _, item := range t.Items() {
		if !item.Counts() {
			continue
		}
		c.Compared++
		switch {
		case item.Transferred.IsZero():
			c.Differences = append(c.Differences, Difference{Key: item.Key, Label: item.Label, Mismatch: NotTransferred, Stored: item.Text})
		case item.Changed:
			c.Differences = append(c.Differences, Difference{Key: item.Key, Label: item.Label, Mismatch: ChangedSince, Stored: item.Text, Other: item.Before})
		}
	}
	if documents == nil {
		return c, nil
	}
	doc, err := documents.Document(application, "", "")
	if err != nil {
		return c, err
	}
	d, call, err := s.grants.Load(application)
	if err != nil {
		return c, err
	}
	c.pdf(&t, &d, call, passagesOf(doc))
	return c, nil
}

// pdf looks the running texts up in the document.
func (c *Comparison) pdf(t *Transfer, d *data.Draft, call *grant.Call, text *passages) {
	language := d.Application.Language
	for _, item := range t.Items() {
		f := call.Field(item.Field)
		stored := d.Application.Answers[item.Field]
		if !f.Prose() || grant.Blank(stored) {
			continue
		}
		c.WithPDF++
		other, found := text.of(f.Label.In(language))
		want := words(stored)
		place := text.all
		if found {
			place = words(other)
		}
		if contains(place, want) {
			continue
		}
		c.Differences = append(c.Differences, Difference{Key: item.Key, Label: item.Label, Mismatch: OtherInPDF, Stored: item.Text, Other: other})
	}
}

// passages are the texts of a document as it is printed: by heading, and by the
// first cell of a row in a table.
type passages struct {
	cleaner *document.Cleaner
	by      map[string]string
	open    []heading
	all     []string // words
}

type heading struct {
	level int
	key   string
}

func passagesOf(doc document.Document) *passages {
	p := &passages{cleaner: document.NewCleaner(), by: map[string]string{}}
	for _, block := range doc.Blocks {
		p.block(block)
	}
	return p
}

func (p *passages) block(block document.Block) {
	switch b := block.(type) {
	case document.Heading:
		for len(p.open) > 0 && p.open[len(p.open)-1].level >= b.Level {
			p.open = p.open[:len(p.open)-1]
		}
		p.open = append(p.open, heading{b.Level, p.key(b.Text)})
	case document.Cover:
		p.add(b.Title)
	case document.Paragraph:
		p.spans(b.Spans)
	case document.Note:
		// A note repeats or explains; the text itself stands elsewhere.
	case document.List:
		for _, item := range b.Items {
			p.spans(item)
		}
	case document.Table:
		for _, row := range b.Rows {
			if len(row) == 2 {
				key := p.key(row[0])
				if _, taken := p.by[key]; !taken {
					p.by[key] = p.cleaner.Clean(row[1])
				}
			}
			p.add(strings.Join(row, "\n"))
		}
	}
}

func (p *passages) spans(spans []document.Span) {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	p.add(b.String())
}

// add puts a text under the innermost heading.
func (p *passages) add(text string) {
	text = p.cleaner.Clean(text)
	p.all = append(p.all, words(text)...)
	if n := len(p.open); n > 0 {
		key := p.open[n-1].key
		p.by[key] = strings.TrimLeft(p.by[key]+"\n\n"+text, "\n")
	}
}

// key is a heading without the number before it: "3.1 Bakgrunn" is "bakgrunn".
func (p *passages) key(text string) string {
	text = p.cleaner.Clean(text)
	if number, rest, ok := strings.Cut(text, " "); ok && strings.Trim(number, "0123456789.") == "" {
		text = rest
	}
	return strings.ToLower(strings.Join(strings.Fields(text), " "))
}

// of is what stands under a heading, or beside a label in a table.
func (p *passages) of(label string) (text string, found bool) {
	text, found = p.by[p.key(label)]
	return text, found
}

// contains tells whether these words stand in a row somewhere.
func contains(all, want []string) bool {
	for i := 0; i+len(want) <= len(all); i++ {
		if slices.Equal(all[i:i+len(want)], want) {
			return true
		}
	}
	return false
}
