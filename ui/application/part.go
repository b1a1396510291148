package application

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/parts"
)

// The parts of the page that are not sections of the call.
const (
	partFindings = "part:findings"
	partPreview  = "part:preview"
	partVersions = "part:versions"
	partMail     = "part:" + parts.PartMail
)

// view is what stands in the middle of the page. The optional interfaces below
// add to it.
type view interface {
	content() fyne.CanvasObject
	// show puts the application as it is now into the view, but never over what is
	// being typed.
	show()
	// focus goes to a field; "" is the first.
	focus(field string)
}

// opener is a view that does something each time it is opened.
type opener interface{ opened() }

// leaver is a view with work to end when the page goes away.
type leaver interface{ leave() }

// changer is a view with records of its own to read again after a commit.
type changer interface{ changed(data.Changed) }

// mark tells how far a part has come.
type mark int

const (
	markNone   mark = iota // not a part to fill in
	markEmpty              // nothing filled in
	markFilled             // nothing to mend
	markAdvice
	markStop
)

// part is a line of the list to the left.
type part struct {
	id, label string
	section   *grant.Section // nil for the extra parts
	build     func() view
	view      view // nil until it is opened

	mark mark
	// waits is how many findings there are, of the worst kind.
	waits int
}

func (p *part) holds(field string) bool {
	if p.section == nil {
		return false
	}
	for i := range p.section.Fields {
		if p.section.Fields[i].ID == field {
			return true
		}
	}
	return false
}

// hasTables tells whether the part has plans by year.
func (p *part) hasTables() bool {
	return p.section != nil && slices.ContainsFunc(p.section.Fields, func(f grant.Field) bool { return f.Type == grant.TypeYearTable })
}

// markOf looks at what is filled in and what the rules say about a part.
func markOf(d *desk, p *part) mark {
	p.waits = 0
	if p.section == nil {
		if p.id == partFindings {
			p.waits = d.report.Count(grant.Stop)
		}
		return markNone
	}
	filled := false
	counts := map[grant.Severity]int{}
	for i := range p.section.Fields {
		f := &p.section.Fields[i]
		filled = filled || grant.Filled(&d.draft, f)
		for _, finding := range d.report.Of(f.ID) {
			counts[finding.Severity]++
		}
	}
	switch {
	case !filled:
		p.waits = counts[grant.Stop]
		return markEmpty
	case counts[grant.Stop] > 0:
		p.waits = counts[grant.Stop]
		return markStop
	case counts[grant.Warn] > 0:
		p.waits = counts[grant.Warn]
		return markAdvice
	}
	return markFilled
}

// word says a mark in words, for tooltips and screen readers.
func (m mark) word(words *lang.Printer) string {
	switch m {
	case markEmpty:
		return words.T("application.mark.empty")
	case markFilled:
		return words.T("application.mark.filled")
	case markAdvice:
		return words.T("application.mark.advice")
	case markStop:
		return words.T("application.mark.stop")
	}
	return ""
}

// reportLine is "2 stopper · 5 råd".
func reportLine(words *lang.Printer, r *grant.Report) string {
	stops, advice := r.Count(grant.Stop), r.Count(grant.Warn)
	if stops == 0 && advice == 0 {
		return words.T("application.report.fine")
	}
	return words.N("application.report.stops", stops) + " · " + words.N("application.report.advice", advice)
}

func newSectionPart(d *desk, s *grant.Section, jump func(string)) *part {
	return &part{id: s.ID, label: s.Label.In(d.words.Code()), section: s,
		build: func() view { return newSectionView(d, s, jump) }}
}
