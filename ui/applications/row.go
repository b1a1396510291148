package applications

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// row shows an application as a row of the list.
func (p *page) row(s *grant.Standing) kit.ListRow {
	small := theme.Size(theme.SizeNameGapSmall)
	title := Title(p.words, s)
	name := []fyne.CanvasObject{kit.NewStrong(title), kit.NewQuietText(p.place(s))}
	if s.OutsideCeiling {
		name = append(name, kit.NewQuietText(p.words.T("applications.outside")))
	}
	when := []fyne.CanvasObject{kit.NewText(p.status(s))}
	if s.Draft() {
		if text := DeadlineText(p.words, s.Deadline(), p.shown.Today); text != "" {
			when = append(when, kit.NewQuietText(text))
		}
	}
	tone, findings := p.findings(s)
	state := []fyne.CanvasObject{kit.NewMarkedLine(p.words, tone, findings)}
	if s.Versions > 0 {
		state = append(state, kit.NewQuietText(p.words.N("applications.versions", s.Versions)))
	}
	amount := kit.NewText(p.amount(s))
	changed := kit.NewQuietText(p.words.T("applications.changed", "Time", p.words.Moment(s.Changed)))
	return kit.ListRow{
		ID:    s.ID,
		Label: strings.Join([]string{title, p.place(s), p.status(s), findings, amount.Text()}, ", "),
		Menu:  p.menuOf(s),
		Content: kit.NewShares(kit.Shares{Parts: []float32{11, 6, 6, 6}, Least: 700, Gap: theme.Size(theme.SizeNameGroup), Under: small, End: []*kit.Text{amount, changed}},
			kit.Column(small, name...), kit.Column(small, when...), kit.Column(small, state...), kit.Column(small, amount, changed)),
	}
}

// place is the county and the call.
func (p *page) place(s *grant.Standing) string {
	return p.env.Program.Grants.CountyName(s.County, p.words.Code()) + " · " + CallTitle(p.words, s)
}

func (p *page) status(s *grant.Standing) string {
	switch {
	case s.Draft():
		return p.words.T("applications.status.draft")
	case s.CaseNumber == "":
		return p.words.T("applications.status.submitted", "Date", p.words.DateShort(s.Submitted))
	}
	return p.words.T("applications.status.case", "Date", p.words.DateShort(s.Submitted), "Case", s.CaseNumber)
}

func (p *page) amount(s *grant.Standing) string {
	if s.Budget.Grant == 0 {
		return p.words.T("applications.noGrant")
	}
	return p.words.T("applications.grant", "Amount", p.words.Money(s.Budget.Grant))
}

func (p *page) findings(s *grant.Standing) (kit.Severity, string) {
	return findingsLine(p.words, s)
}

// findingsLine is what the check says about an application, in a few words.
func findingsLine(words *lang.Printer, s *grant.Standing) (kit.Severity, string) {
	stops, advice := s.Report.Count(grant.Stop), s.Report.Count(grant.Warn)
	switch {
	case s.Call == nil:
		return kit.Warn, words.T("applications.noCall")
	case !s.Draft():
		return kit.Info, words.T("applications.frozen")
	case stops > 0 && advice > 0:
		return kit.Stop, words.N("applications.stops", stops) + ", " + words.N("applications.advice", advice)
	case stops > 0:
		return kit.Stop, words.N("applications.stops", stops)
	case advice > 0:
		return kit.Warn, words.T("applications.ready") + ", " + words.N("applications.advice", advice)
	}
	return kit.Fine, words.T("applications.ready")
}

func (p *page) menuOf(s *grant.Standing) []*fyne.MenuItem {
	id, outside := s.ID, s.OutsideCeiling
	counts := fyne.NewMenuItem(p.words.T("applications.menu.counts"), func() { p.setOutside(id, !outside) })
	counts.Checked = !outside
	return []*fyne.MenuItem{
		fyne.NewMenuItem(p.words.T("applications.menu.open"), func() { p.open(id) }),
		fyne.NewMenuItem(p.words.T("applications.menu.copy"), func() { askNew(p.env, id) }),
		counts,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(p.words.T("applications.menu.remove"), func() { p.remove(id) }),
	}
}

// order is what the list is sorted by.
type order int

const (
	byChange order = iota
	byTitle
	byDeadline
	byGrant
	byStops
)

// label is what the button says while the list is sorted this way.
func (o order) label(words *lang.Printer) string {
	switch o {
	case byTitle:
		return words.T("applications.sort.title")
	case byDeadline:
		return words.T("applications.sort.deadline")
	case byGrant:
		return words.T("applications.sort.grant")
	case byStops:
		return words.T("applications.sort.stops")
	}
	return words.T("applications.sort.changed")
}

// compare puts one application before another; those that are equal stay as they
// are, the one changed last first.
func (o order) compare(words *lang.Printer, today string) func(a, b *grant.Standing) int {
	switch o {
	case byTitle:
		collator := newCollator(words)
		return func(a, b *grant.Standing) int { return collator.CompareString(Title(words, a), Title(words, b)) }
	case byDeadline:
		return func(a, b *grant.Standing) int { return cmp.Compare(deadlineRank(a, today), deadlineRank(b, today)) }
	case byGrant:
		return func(a, b *grant.Standing) int { return cmp.Compare(b.Budget.Grant, a.Budget.Grant) }
	case byStops:
		return func(a, b *grant.Standing) int { return cmp.Compare(stopsOf(b), stopsOf(a)) }
	}
	return func(a, b *grant.Standing) int { return 0 }
}

// deadlineRank puts the deadlines ahead first, the nearest first, and those that
// have passed or are not known last.
func deadlineRank(s *grant.Standing, today string) int {
	days, ok := grant.DaysBetween(today, s.Deadline())
	switch {
	case !ok || !s.Draft():
		return 1 << 30
	case days < 0:
		return 1<<20 - days
	}
	return days
}

func stopsOf(s *grant.Standing) int {
	if !s.Draft() {
		return -1
	}
	return s.Report.Count(grant.Stop)
}

func (p *page) setSortMenu() {
	var items []*fyne.MenuItem
	for o := byChange; o <= byStops; o++ {
		item := fyne.NewMenuItem(o.label(p.words), func() { p.onSort(o) })
		item.Checked = o == p.order
		items = append(items, item)
	}
	p.sort.SetMenu(items...)
	p.sort.SetText(p.order.label(p.words))
}

func (p *page) onSort(o order) {
	p.order = o
	p.setSortMenu()
	p.showRows()
}
