package overview

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/kit"
	peoplepages "kompetansepilot/ui/people"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// right are the sections beside the drafts; those with nothing to say are left
// out.
func (p *page) right() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	add := func(title string, lines []fyne.CanvasObject) {
		if len(lines) > 0 {
			all = append(all, kit.NewSection(title, kit.Column(theme.Size(theme.SizeNameGap), lines...)))
		}
	}
	add(p.words.T("people.day.today"), peoplepages.Today(p.env, &p.shown.day))
	add(p.words.T("overview.mail"), p.answers())
	add(p.words.T("overview.deadlines"), p.deadlines())
	add(p.words.T("overview.due"), p.due())
	add(p.words.T("overview.courses"), p.courses())
	add(p.words.T("overview.unconfirmed"), p.unconfirmed())
	add(p.words.T("agreement.overview"), p.signatures())
	uses := grant.CeilingUses(p.shown.Standings)
	for i := range uses {
		if i < mostShort {
			add(p.useTitle(&uses[i]), p.use(&uses[i]))
		}
	}
	add(p.words.T("overview.map.title"), p.where())
	add(p.words.T("overview.backup"), p.backup())
	return all
}

// pair is a link with a quiet line under it.
func pair(link *kit.TextLink, text string) fyne.CanvasObject {
	return kit.Column(0, link, kit.NewQuietText(text))
}

func (p *page) deadlines() []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	all := grant.Deadlines(p.shown.Calls, p.shown.Standings, p.shown.Today)
	for i := range all[:min(len(all), mostShort)] {
		d := &all[i]
		text := applications.DeadlineText(p.words, d.Call.Dates.Deadline.Value, p.shown.Today)
		var when fyne.CanvasObject = kit.NewQuietText(text)
		if d.Days >= 0 && d.Days <= nearDeadline && len(d.Drafts) > 0 {
			when = kit.NewMarkedLine(p.words, kit.Warn, text)
		}
		block := []fyne.CanvasObject{p.link(d.Call.Title.In(p.words.Code()), screen.Route{Page: screen.PageCalls, ID: d.Call.ID}), when}
		if n := len(d.Drafts); n > 0 {
			block = append(block, p.link(p.words.N("overview.deadlines.drafts", n), p.toAll(d.Drafts)))
		}
		lines = append(lines, kit.Column(0, block...))
	}
	return lines
}

// nearDeadline is how many days before a deadline it is marked.
const nearDeadline = 14

// toAll leads to the list of applications, or to the only one.
func (p *page) toAll(all []*grant.Standing) screen.Route {
	if len(all) == 1 {
		return toApplication(all[0], "")
	}
	return screen.Route{Page: screen.PageApplications}
}

// due shows the goals and milestones that are due soon, and for each application
// how many have passed.
func (p *page) due() []fyne.CanvasObject {
	soon, passed := grant.DueNow(p.shown.Standings, p.shown.Today)
	var lines []fyne.CanvasObject
	for _, d := range soon[:min(len(soon), mostShort)] {
		name := d.Name
		if name == "" {
			name = p.words.T("overview.due.unnamed")
		}
		lines = append(lines, pair(p.link(name, toApplication(d.Application, d.Field)), p.dueText(&d)))
	}
	if more := len(soon) - mostShort; more > 0 {
		lines = append(lines, kit.NewQuietText(p.words.N("overview.due.more", more)))
	}
	return append(lines, p.duePassed(passed)...)
}

// duePassed leads to the latest of each application.
func (p *page) duePassed(passed []grant.DueOf) []fyne.CanvasObject {
	count := map[*grant.Standing]int{}
	var latest []grant.DueOf
	for _, d := range passed {
		if count[d.Application]++; count[d.Application] == 1 {
			latest = append(latest, d)
		}
	}
	var lines []fyne.CanvasObject
	for _, d := range latest[:min(len(latest), mostShort)] {
		text := p.words.N("overview.due.passed", count[d.Application])
		under := p.words.T("overview.due.latest", "Date", p.words.DateLong(d.Date)) + " · " + applications.Title(p.words, d.Application)
		lines = append(lines, pair(p.link(text, toApplication(d.Application, d.Field)), under))
	}
	if more := len(latest) - mostShort; more > 0 {
		lines = append(lines, p.link(p.words.N("overview.due.moreApplications", more), screen.Route{Page: screen.PageApplications}))
	}
	return lines
}

func (p *page) dueText(d *grant.DueOf) string {
	date := p.words.DateLong(d.Date)
	text := ""
	switch {
	case d.Days == 0:
		text = p.words.T("overview.due.today")
	case d.Days == 1:
		text = p.words.T("overview.due.tomorrow", "Date", date)
	default:
		text = p.words.N("overview.due.left", d.Days, "Date", date)
	}
	return text + " · " + applications.Title(p.words, d.Application)
}

// unconfirmed shows the drafts whose financing lacks evidence.
func (p *page) unconfirmed() []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	n := 0
	for i := range p.shown.Standings {
		s := &p.shown.Standings[i]
		if !s.Draft() || len(s.Unconfirmed) == 0 {
			continue
		}
		if n++; n > mostShort {
			continue
		}
		text := p.words.N("overview.unconfirmed.rows", len(s.Unconfirmed), "Amount", p.words.Money(s.Budget.Unconfirmed))
		lines = append(lines, pair(p.link(text, toApplication(s, s.Call.PlanField(true))), applications.Title(p.words, s)))
	}
	if n > mostShort {
		lines = append(lines, p.link(p.words.N("overview.unconfirmed.more", n-mostShort), screen.Route{Page: screen.PageApplications}))
	}
	return lines
}

func (p *page) useTitle(u *grant.CeilingUse) string {
	return p.words.T("overview.use", "County", p.env.Program.Grants.CountyName(u.County, p.words.Code()))
}

// use shows how much of each year's ceiling the county's applications ask for.
func (p *page) use(u *grant.CeilingUse) []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, y := range u.Years {
		if y.HasLimit {
			rows = append(rows, p.useRow(u, strconv.Itoa(y.Year), y.Sum, y.Ceiling, y.Firm))
		} else if y.Sum > 0 {
			rows = append(rows, kit.NewQuietText(p.words.T("overview.use.noLimit", "Year", strconv.Itoa(y.Year), "Sum", p.words.Money(y.Sum))))
		}
	}
	if u.Period > 0 {
		rows = append(rows, p.useRow(u, p.words.T("overview.use.period"), u.Sum, u.Period, false))
	}
	call := u.Call.Title.In(p.words.Code())
	link := p.link(p.words.N("overview.use.applications", len(u.Applications)), p.toAll(u.Applications))
	return []fyne.CanvasObject{kit.Column(0, kit.NewQuietText(call), link), kit.Column(theme.Size(theme.SizeNameGap), rows...)}
}

// useRow shows a year or the period; its number leads to the financing plan that
// it comes from, or to the list when there are several.
func (p *page) useRow(u *grant.CeilingUse, label string, sum, ceiling int64, firm bool) fyne.CanvasObject {
	tone := fynetheme.ColorNamePrimary
	text := p.words.T("overview.use.within", "Sum", p.words.Money(sum), "Ceiling", p.words.Money(ceiling))
	to := p.toAll(u.Applications)
	if to.ID != "" {
		to.Field = u.Call.PlanField(true)
	}
	var lines []fyne.CanvasObject
	switch {
	case sum > ceiling && firm:
		tone = theme.ColorNameStop
		lines = append(lines, kit.NewMarkedLine(p.words, kit.Stop, p.words.T("overview.use.over", "Over", p.words.Money(sum-ceiling))))
	case sum > ceiling:
		tone = theme.ColorNameMend
		lines = append(lines, kit.NewMarkedLine(p.words, kit.Warn, p.words.T("overview.use.overPlanned", "Over", p.words.Money(sum-ceiling))))
	}
	bar := kit.NewShares(kit.Shares{Parts: []float32{2, 3}, Least: 160, Gap: theme.Size(theme.SizeNameGap), Middle: true}, kit.Row(kit.NewText(label)), kit.NewMeter(sum, ceiling, tone))
	return kit.Column(0, append([]fyne.CanvasObject{bar, p.link(text, to)}, lines...)...)
}

func (p *page) backup() []fyne.CanvasObject {
	to := screen.Route{Page: screen.PageBackups}
	switch f := p.shown; {
	case !f.asked:
		return []fyne.CanvasObject{kit.NewQuietText(p.words.T("overview.backup.looking"))}
	case f.problems != nil:
		return []fyne.CanvasObject{p.markedLink(kit.Warn, p.words.T("overview.backup.unreadable"), to)}
	case f.backup == nil:
		return []fyne.CanvasObject{p.markedLink(kit.Warn, p.words.T("overview.backup.none"), to)}
	default:
		tone := kit.Fine
		if time.Since(f.backup.Time) > oldBackup {
			tone = kit.Warn
		}
		return []fyne.CanvasObject{p.markedLink(tone, p.words.T("overview.backup.last", "Time", p.words.Moment(f.backup.Time)), to)}
	}
}

// oldBackup is from when a backup is worth thinking of. Younger ones are made
// by the program while somebody works.
const oldBackup = 14 * 24 * time.Hour
