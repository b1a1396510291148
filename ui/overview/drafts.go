package overview

import (
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

const (
	mostDrafts = 4 // that are shown in full
	mostStops  = 3 // findings of a draft
	mostShort  = 5 // lines of any other list
)

// findingsPart is the part of the editor that lists all the findings.
const findingsPart = "part:findings"

func toApplication(s *grant.Standing, field string) screen.Route {
	return screen.Route{Page: screen.PageApplication, ID: s.ID, Field: field}
}

// build makes what the page shows: to the left what is being written, to the
// right what has a date or an amount. A map of the area belongs at the head of the
// right column.
func (p *page) build() []fyne.CanvasObject {
	gap := theme.Size(theme.SizeNamePage)
	left := kit.Column(gap, p.writing()...)
	right := kit.Column(gap, p.right()...)
	return []fyne.CanvasObject{kit.NewShares(kit.Shares{Parts: []float32{8, 5}, Least: 820, Gap: 2 * theme.Size(theme.SizeNameGroup), Under: gap}, left, right)}
}

// writing is what is written and what has been handed in.
func (p *page) writing() []fyne.CanvasObject {
	all := []fyne.CanvasObject{p.drafts()}
	if o := p.submitted(); o != nil {
		all = append(all, o)
	}
	return all
}

// drafts shows the applications that are being written, the most urgent first.
func (p *page) drafts() fyne.CanvasObject {
	var drafts []*grant.Standing
	for i := range p.shown.Standings {
		if s := &p.shown.Standings[i]; s.Draft() {
			drafts = append(drafts, s)
		}
	}
	slices.SortStableFunc(drafts, func(a, b *grant.Standing) int { return p.urgency(a) - p.urgency(b) })
	var cards []fyne.CanvasObject
	for _, s := range drafts[:min(len(drafts), mostDrafts)] {
		cards = append(cards, kit.NewCard(p.draft(s)))
	}
	switch {
	case len(p.shown.Standings) == 0:
		cards = append(cards, kit.NewText(p.emptySentence()))
	case len(drafts) == 0:
		cards = append(cards, kit.NewText(p.words.T("overview.drafts.none")))
	}
	if more := len(drafts) - mostDrafts; more > 0 {
		cards = append(cards, p.link(p.words.N("overview.drafts.more", more), screen.Route{Page: screen.PageApplications}))
	}
	return kit.NewSection(p.words.T("overview.drafts"), cards...)
}

// urgency is the days until the deadline; what has passed or has no date comes
// last.
func (p *page) urgency(s *grant.Standing) int {
	if days, ok := grant.DaysBetween(p.shown.Today, s.Deadline()); ok && days >= 0 {
		return days
	}
	return 1 << 20
}

func (p *page) draft(s *grant.Standing) fyne.CanvasObject {
	small := theme.Size(theme.SizeNameGapSmall)
	head := kit.Column(small, p.strongLink(applications.Title(p.words, s), toApplication(s, "")), kit.NewQuietText(p.about(s)))
	if s.Call == nil {
		return kit.Column(theme.Size(theme.SizeNameGap), head, kit.NewMarkedLine(p.words, kit.Warn, p.words.T("overview.noCall")))
	}
	return kit.Column(theme.Size(theme.SizeNameGroup), head,
		kit.Column(small, append(p.findings(s), p.money(s)...)...),
		p.progress(s))
}

func (p *page) about(s *grant.Standing) string {
	text := p.env.Program.Grants.CountyName(s.County, p.words.Code()) + " · " + applications.CallTitle(p.words, s)
	if d := applications.DeadlineText(p.words, s.Deadline(), p.shown.Today); d != "" {
		text += " · " + d
	}
	return text
}

// findings are what stops the draft; each leads to its field.
func (p *page) findings(s *grant.Standing) []fyne.CanvasObject {
	stops := s.Report.Count(grant.Stop)
	var lines []fyne.CanvasObject
	if stops == 0 {
		lines = append(lines, p.markedLink(kit.Fine, p.words.T("overview.ready"), toApplication(s, findingsPart)))
	}
	for _, f := range s.Report.Findings[:min(stops, mostStops)] {
		lines = append(lines, p.markedLink(kit.Stop, f.Message, toApplication(s, f.Field)))
	}
	switch advice := s.Report.Count(grant.Warn); {
	case stops > mostStops && advice > 0:
		lines = append(lines, p.link(p.words.N("overview.moreStops", stops-mostStops)+", "+p.words.N("overview.advice", advice), toApplication(s, findingsPart)))
	case stops > mostStops:
		lines = append(lines, p.link(p.words.N("overview.moreStops", stops-mostStops), toApplication(s, findingsPart)))
	case advice > 0:
		lines = append(lines, p.markedLink(kit.Warn, p.words.N("overview.advice", advice), toApplication(s, findingsPart)))
	}
	return lines
}

// money tells the share and the balance.
func (p *page) money(s *grant.Standing) []fyne.CanvasObject {
	b, share := &s.Budget, s.Call.Funding.MaxShare
	if b.TotalCost == 0 && b.TotalFinancing == 0 {
		return []fyne.CanvasObject{p.markedLink(kit.Info, p.words.T("overview.budget.empty"), toApplication(s, s.Call.PlanField(false)))}
	}
	pairs := []any{"Grant", p.words.Money(b.Grant), "Cost", p.words.Money(b.TotalCost), "Percent", p.words.Percent(b.Grant, b.TotalCost, 2)}
	shareTone, shareText := kit.Info, p.words.T("overview.share.noLimit", pairs...)
	limit := p.words.Percent(share.Numerator, share.Denominator, 0)
	switch {
	case share.Denominator > 0 && b.OverShareBy > 0:
		shareTone, shareText = kit.Stop, p.words.T("overview.share.over", "Grant", pairs[1], "Cost", pairs[3], "Percent", pairs[5], "Over", p.words.Money(b.OverShareBy), "Limit", limit)
	case share.Denominator > 0:
		shareTone, shareText = kit.Fine, p.words.T("overview.share.within", "Grant", pairs[1], "Cost", pairs[3], "Percent", pairs[5], "Limit", limit)
	}
	tone, text := kit.Fine, p.words.T("overview.balance.even")
	switch {
	case b.Balance < 0:
		tone, text = kit.Warn, p.words.T("overview.balance.lacks", "Amount", p.words.Money(-b.Balance))
	case b.Balance > 0:
		tone, text = kit.Warn, p.words.T("overview.balance.exceeds", "Amount", p.words.Money(b.Balance))
	case !b.EvenByYear():
		tone, text = kit.Warn, p.words.T("overview.balance.years")
	}
	var lines []fyne.CanvasObject
	if !p.saysShare(s) {
		lines = append(lines, p.markedLink(shareTone, shareText, toApplication(s, s.Call.PlanField(true))))
	}
	return append(lines, p.markedLink(tone, text, toApplication(s, s.Call.PlanField(false))))
}

// saysShare tells whether the findings shown say already that the share is too
// large.
func (p *page) saysShare(s *grant.Standing) bool {
	shown := s.Report.Findings[:min(s.Report.Count(grant.Stop), mostStops)]
	return slices.ContainsFunc(shown, func(f grant.Finding) bool { return s.Call.RuleKind(f.Rule) == "share" })
}

// progress shows how far each section is filled in, as a bar and in words, in
// two columns where there is room.
func (p *page) progress(s *grant.Standing) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i := range s.Sections {
		rows = append(rows, p.section(s, &s.Sections[i]))
	}
	small, half := theme.Size(theme.SizeNameGapSmall), (len(rows)+1)/2
	return kit.Column(small, kit.NewQuietText(p.words.T("overview.sections")),
		kit.NewShares(kit.Shares{Parts: []float32{1, 1}, Least: 680, Gap: theme.Size(theme.SizeNamePage), Under: 0},
			kit.Column(0, rows[:half]...), kit.Column(0, rows[half:]...)))
}

func (p *page) section(s *grant.Standing, state *grant.SectionState) fyne.CanvasObject {
	done, whole := state.Filled, state.Required
	text := p.words.T("overview.section.filled", "Filled", done, "Required", whole)
	if whole == 0 {
		done, whole = state.Optional, len(state.Section.Fields)
		text = p.words.N("overview.section.optional", done)
	}
	tone := fynetheme.ColorNamePrimary
	if whole > 0 && done == whole {
		tone = theme.ColorNameFine
	}
	link := p.link(state.Section.Label.In(p.words.Code()), toApplication(s, state.Section.ID))
	return kit.NewShares(kit.Shares{Parts: []float32{6, 4, 4}, Least: 200, Gap: theme.Size(theme.SizeNameGap), Middle: true},
		kit.Row(link), kit.NewMeter(int64(done), int64(whole), tone), kit.NewQuietText(text))
}

// submitted lists what has been handed in.
func (p *page) submitted() fyne.CanvasObject {
	var lines []fyne.CanvasObject
	n := 0
	for i := range p.shown.Standings {
		s := &p.shown.Standings[i]
		if s.Status != data.StatusSubmitted {
			continue
		}
		if n++; n > mostShort {
			continue
		}
		text := p.words.T("overview.submitted.on", "Date", p.words.DateLong(s.Submitted))
		if s.CaseNumber != "" {
			text = p.words.T("overview.submitted.case", "Date", p.words.DateLong(s.Submitted), "Case", s.CaseNumber)
		}
		lines = append(lines, kit.Column(0, p.link(applications.Title(p.words, s), toApplication(s, "")), kit.NewQuietText(text)))
	}
	if n == 0 {
		return nil
	}
	if n > mostShort {
		lines = append(lines, p.link(p.words.N("overview.submitted.more", n-mostShort), screen.Route{Page: screen.PageApplications}))
	}
	return kit.NewSection(p.words.T("overview.submitted"), kit.Column(theme.Size(theme.SizeNameGap), lines...))
}
