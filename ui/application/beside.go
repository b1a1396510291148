package application

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/insight"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// besidePane shows the findings of the open part, to the right of it.
type besidePane struct {
	desk  *desk
	jump  func(field string)
	head  *kit.Text
	rows  *fyne.Container
	whole fyne.CanvasObject
	shown []grant.Finding
	first bool
}

func newBesidePane(d *desk, jump func(string)) *besidePane {
	b := &besidePane{desk: d, jump: jump, head: kit.NewHeading(""), rows: kit.Column(theme.Size(theme.SizeNameGroup)), first: true}
	b.whole = kit.Dock(nil, kit.Padded(0, b.head), nil, kit.NewScroll(b.rows))
	return b
}

func (b *besidePane) content() fyne.CanvasObject { return b.whole }

func (b *besidePane) show(p *part) {
	if p == nil || p.section == nil {
		return
	}
	found := findingsOf(b.desk, p)
	b.head.SetText(b.desk.words.T("application.findings.title"))
	if !b.first && slices.Equal(found, b.shown) {
		return // nothing jumps, and the focus stays
	}
	b.first, b.shown = false, found
	b.rows.Objects = nil
	if len(found) == 0 {
		b.rows.Add(kit.NewMarkedLine(b.desk.words, kit.Fine, b.desk.words.T("application.findings.none")))
	}
	for _, f := range found {
		b.rows.Add(findingBlock(b.desk, f, b.jump))
	}
	b.rows.Refresh()
}

// findingsOf are the findings of a part's fields, worst first.
func findingsOf(d *desk, p *part) []grant.Finding {
	if p.section == nil {
		return nil
	}
	var all []grant.Finding
	for _, f := range d.report.Findings {
		if p.holds(f.Field) {
			all = append(all, f)
		}
	}
	return all
}

// addressed is a reference as its sentence and the address where it was read,
// either of which may be "".
func addressed(reference string) (sentence, address string) {
	if i := strings.LastIndex(reference, " (http"); i > 0 && strings.HasSuffix(reference, ")") {
		return reference[:i], reference[i+2 : len(reference)-1]
	}
	if strings.HasPrefix(reference, "http") && !strings.Contains(reference, " ") {
		return "", reference
	}
	return reference, ""
}

// findingBlock is a finding with what mends it, where the demand comes from, and
// the way to its field.
func findingBlock(d *desk, f grant.Finding, jump func(string)) fyne.CanvasObject {
	parts := []fyne.CanvasObject{kit.NewSeverityLine(d.words, severity(f), f.Message)}
	if f.Remedy != "" {
		parts = append(parts, kit.NewText(f.Remedy))
	}
	if sentence, _ := addressed(f.Reference); sentence != "" { // the list of all findings has the address
		parts = append(parts, kit.NewQuietText(sentence))
	}
	if d.call.Field(f.Field) != nil {
		link := kit.NewLink(d.words.T("application.goTo"), func() { jump(f.Field) })
		link.SetTip(d.words.T("application.goToField", "Field", d.label(d.call.Field(f.Field))))
		row := container.NewHBox(link)
		if f.Rule == grant.RuleFigures {
			source, field, name := f.Source, f.Field, d.label(d.call.Field(f.Field))
			row.Add(kit.NewLink(d.words.T("insight.insert.show"), func() { insight.ShowNew(d.env, source, d.id, field, name) }))
		}
		parts = append(parts, row)
	}
	return kit.Column(theme.Size(theme.SizeNameGapSmall), parts...)
}
