package portal

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/portal"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// closingView is the check at the end: portal text = PDF text = workspace.
type closingView struct {
	page    *Page
	asks    *task.Latest
	state   *kit.SeverityLine
	list    *fyne.Container
	problem *fyne.Container // what the portal will not take
	whole   *fyne.Container
}

func newClosingView(p *Page) *closingView {
	v := &closingView{page: p, asks: task.NewLatest(p.env.Tasks), state: kit.NewMarkedLine(p.words, kit.Info, ""),
		list: kit.Column(theme.Size(theme.SizeNameGroup)), problem: kit.Column(theme.Size(theme.SizeNameGap))}
	v.whole = kit.Column(theme.Size(theme.SizeNameGroup),
		kit.NewHeading(p.words.T("portal.closing.title")),
		kit.Readable(kit.NewText(p.words.T("portal.closing.text"))),
		v.state, v.problem, v.list)
	return v
}

// show compares again.
func (v *closingView) show() {
	p := v.page
	v.problem.Objects = findingLines(p, p.now.Findings)
	if len(v.list.Objects) == 0 {
		v.state.Set(kit.Info, p.words.T("portal.closing.working"))
	}
	program, id, documents, words := p.env.Program, p.application, p.documents, p.words
	task.RunLatest(v.asks, context.Background(), func(context.Context) (portal.Comparison, error) {
		return program.Portals.Compare(id, "", documents, words)
	}, v.onCompared)
}

func (v *closingView) onCompared(c portal.Comparison, err error) {
	p := v.page
	if err != nil {
		v.state.Set(kit.Stop, p.sentence(err))
		kit.Relayout(v.whole)
		return
	}
	v.list.Objects = nil
	switch {
	case len(c.Differences) > 0:
		v.state.Set(kit.Warn, v.sum(&c))
	case c.WithPDF == 0:
		v.state.Set(kit.Fine, p.words.N("portal.closing.sameWithoutPDF", c.Compared))
	default:
		v.state.Set(kit.Fine, p.words.N("portal.closing.same", c.Compared))
	}
	if waiting := v.waiting(c.Differences); waiting != nil {
		v.list.Add(waiting)
	}
	for _, d := range c.Differences {
		if d.Mismatch != portal.NotTransferred {
			v.list.Add(v.difference(d))
		}
	}
	v.whole.Refresh()
	kit.Relayout(v.whole)
}

// sum tells how many fields wait to be transferred, and how many of the others
// differ.
func (v *closingView) sum(c *portal.Comparison) string {
	words, waiting := v.page.words, 0
	for _, d := range c.Differences {
		if d.Mismatch == portal.NotTransferred {
			waiting++
		}
	}
	var parts []string
	if waiting > 0 {
		parts = append(parts, words.N("portal.closing.waitingSum", waiting, "Compared", words.Number(int64(c.Compared))))
	}
	switch differ := len(c.Differences) - waiting; {
	case differ > 0:
		parts = append(parts, words.N("portal.closing.differ", differ, "Compared", words.Number(int64(c.Compared-waiting))))
	case waiting < c.Compared:
		parts = append(parts, words.T("portal.closing.restSame"))
	}
	return strings.Join(parts, " ")
}

// difference shows a field that is not the same everywhere, with the words that
// differ marked.
func (v *closingView) difference(d portal.Difference) fyne.CanvasObject {
	p := v.page
	parts := []fyne.CanvasObject{kit.Row(kit.NewStrong(d.Label), kit.NewLink(p.words.T("portal.closing.goTo"), func() { p.goTo(d.Key) }))}
	if d.Mismatch == portal.ChangedSince {
		parts = append(parts, kit.NewMarkedLine(p.words, kit.Warn, p.words.T("portal.closing.changed")))
	} else {
		parts = append(parts, kit.NewMarkedLine(p.words, kit.Stop, p.words.T("portal.closing.pdf")))
	}
	parts = append(parts, kit.Readable(kit.NewMarkedText(p.words, marked(d.Other, d.Stored))))
	return kit.Column(theme.Size(theme.SizeNameGapSmall), parts...)
}

// waiting are the fields that the portal has nothing of, as links; nil for none.
func (v *closingView) waiting(all []portal.Difference) fyne.CanvasObject {
	p := v.page
	var links []fyne.CanvasObject
	for _, d := range all {
		if d.Mismatch == portal.NotTransferred {
			links = append(links, kit.NewLink(d.Label, func() { p.goTo(d.Key) }))
		}
	}
	if links == nil {
		return nil
	}
	return kit.NewSection(p.words.T("portal.closing.waiting"), kit.Row(links...))
}

// findingLines are what the portal will not take.
func findingLines(p *Page, findings []grant.Finding) []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	for _, f := range findings {
		lines = append(lines, kit.Column(theme.Size(theme.SizeNameGapSmall),
			kit.NewSeverityLine(p.words, kit.ParseSeverity(string(f.Severity)), lang.Joined(" ", f.Message, f.Remedy)),
			kit.NewQuietText(f.Reference)))
	}
	return lines
}

// aboutView says what to know before one begins: how the portal behaves, and the
// keys.
type aboutView struct {
	page  *Page
	list  *fyne.Container
	whole *fyne.Container
}

func newAboutView(p *Page) *aboutView {
	v := &aboutView{page: p, list: kit.Column(theme.Size(theme.SizeNameGap))}
	v.whole = kit.Column(theme.Size(theme.SizeNameGroup),
		kit.NewHeading(p.words.T("portal.about.title")),
		kit.Readable(kit.NewText(p.words.T("portal.about.text"))),
		kit.Readable(kit.NewText(p.words.T("portal.about.keys"))),
		v.list)
	return v
}

func (v *aboutView) show() {
	p := v.page
	v.list.Objects = findingLines(p, p.now.Findings)
	for _, a := range p.now.Portal.Advice {
		v.list.Add(kit.Column(0, kit.Readable(kit.NewMarkedLine(p.words, kit.Info, a.Text.In(p.words.Code()))),
			p.source(a.Source)))
	}
	v.list.Refresh()
}
