// Package portal carries an application over to the portal where it is handed
// in: the fields in the portal's order, each text as the portal takes it, and
// what has been carried over so far.
//
// A portal is data: a file in assets/portals, or one that the user added.
package portal

import (
	"slices"
	"strings"

	"kompetansepilot/app/grant"
)

// Portal is where applications are handed in.
type Portal struct {
	SchemaVersion int    `json:"schemaVersion"`
	ID            string `json:"id"`
	Name          string `json:"name"`
	// Systems are the names that calls know the portal by.
	Systems []string          `json:"systems"`
	URL     string            `json:"url"`
	Advice  []Advice          `json:"advice"`
	Text    TextRule          `json:"text"`
	Tabs    []Tab             `json:"tabs"`
	Budget  BudgetRule        `json:"budget"`
	Files   FileRule          `json:"attachments"`
	Sources map[string]string `json:"sources"`
}

// Advice is something to know while one works in the portal.
type Advice struct {
	Text   grant.Text `json:"text"`
	Source string     `json:"source"`
}

// TextRule is how the portal takes text.
type TextRule struct {
	Counting grant.Counting `json:"counting"`
	// LineBreak is what stands between two lines of a text for the portal.
	LineBreak string `json:"lineBreak"`
	Source    string `json:"source"`
}

// Tab is a page of the portal's form. Section is the section of the call whose
// other fields, which Fields does not name, belong here too.
type Tab struct {
	ID      string  `json:"id"`
	Label   string  `json:"label"` // as the portal writes it
	Section string  `json:"section"`
	Source  string  `json:"source"`
	Fields  []Field `json:"fields"`
}

// Field is a field of the call with the portal's name for it.
type Field struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	// MaxLength is the portal's limit where the call names none; 0 is unknown.
	MaxLength int    `json:"maxLength"`
	Source    string `json:"source"`
}

// BudgetRule is how the portal names rows of a plan: NN stands for a number of
// two digits that gives the order, Title for the row's name.
type BudgetRule struct {
	RowFormat string `json:"rowFormat"`
	Source    string `json:"source"`
}

// FileRule is what the portal takes of attachments. What is nil is not known, and
// then nothing is said.
type FileRule struct {
	Max                 *int     `json:"max"`
	MaxSource           string   `json:"maxSource"`
	MandatoryMark       string   `json:"mandatoryMark"`
	MandatoryMarkSource string   `json:"mandatoryMarkSource"`
	MaxBytes            *int64   `json:"maxBytes"`
	MaxBytesSource      string   `json:"maxBytesSource"`
	Types               []string `json:"types"` // endings of file names, as ".pdf"
	TypesSource         string   `json:"typesSource"`
	MaxNameLength       *int     `json:"maxNameLength"` // with the ending
	MaxNameLengthSource string   `json:"maxNameLengthSource"`
}

// Reference is where a source tag was read: an address, or the tag itself.
func (p *Portal) Reference(tag string) string {
	if address := p.Sources[tag]; address != "" {
		return address
	}
	return tag
}

// severity is that of a demand with a source: what nobody states never stops.
func severity(source string) grant.Severity {
	if source == "" || source == "inferred" || source == "not-found" {
		return grant.Warn
	}
	return grant.Stop
}

// RowLabel is the name of row number n of a plan, counted from 1, in the portal's
// form: "01. Lønn".
func (p *Portal) RowLabel(n int, label string) string {
	if p.Budget.RowFormat == "" {
		return label
	}
	digits := string([]byte{'0' + byte(n/10%10), '0' + byte(n%10)})
	return strings.NewReplacer("NN", digits, "Title", label).Replace(p.Budget.RowFormat)
}

// ofCall is a portal that is not described: the call's own form is its list.
func ofCall(call *grant.Call) *Portal {
	return &Portal{ID: "form", Name: call.Portal.Name, URL: call.Portal.URL, Text: TextRule{Counting: call.Portal.Counting, LineBreak: "\n"}}
}

// place is a field of the call at its place in the portal.
type place struct {
	field *grant.Field
	label string
	limit int // 0 when nobody knows
}

// page is a tab with the fields of a call.
type page struct {
	id, label string
	places    []place
}

// pages puts every field of a call on a tab. Those that the portal does not name
// stand after their neighbour in the call's form, on the tab of their section.
func (p *Portal) pages(call *grant.Call, language string) []page {
	named := map[string]bool{}
	var pages []page
	tabOf := map[string]int{} // by section
	for _, tab := range p.Tabs {
		pg := page{id: tab.ID, label: tab.Label}
		for _, f := range tab.Fields {
			if field := call.Field(f.ID); field != nil && !named[f.ID] {
				named[f.ID] = true
				pg.places = append(pg.places, place{field, f.Label, limit(field, f.MaxLength)})
			}
		}
		if tab.Section != "" {
			tabOf[tab.Section] = len(pages)
		}
		pages = append(pages, pg)
	}
	for i := range call.Form.Sections {
		s := &call.Form.Sections[i]
		at, known := tabOf[s.ID]
		if !known {
			at = len(pages)
			pages = append(pages, page{id: s.ID, label: s.Label.In(language)})
		}
		pages[at].fill(s, named, language)
	}
	return slices.DeleteFunc(pages, func(pg page) bool { return len(pg.places) == 0 })
}

// fill adds a section's fields that no tab names.
func (pg *page) fill(s *grant.Section, named map[string]bool, language string) {
	for j := range s.Fields {
		f := &s.Fields[j]
		if named[f.ID] {
			continue
		}
		at := len(pg.places)
		for k := j - 1; k >= 0; k-- {
			before := slices.IndexFunc(pg.places, func(p place) bool { return p.field.ID == s.Fields[k].ID })
			if before >= 0 {
				at = before + 1
				break
			}
		}
		pg.places = slices.Insert(pg.places, at, place{f, f.Label.In(language), limit(f, 0)})
	}
}

// limit is the call's limit of a field, or the portal's.
func limit(f *grant.Field, portal int) int {
	if f.MaxLength > 0 {
		return f.MaxLength
	}
	return portal
}
