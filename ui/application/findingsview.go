package application

import (
	"net/url"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// findingsView answers "Kan jeg sende inn?": what stops, what is worth mending,
// and what is fine.
type findingsView struct {
	desk  *desk
	jump  func(string)
	rows  *fyne.Container
	whole *container.Scroll
	shown grant.Report
	first bool
	links []*kit.Button
}

func newFindingsView(d *desk, jump func(string)) view {
	v := &findingsView{desk: d, jump: jump, rows: kit.Column(theme.Size(theme.SizeNameGroup)), first: true}
	v.whole = kit.NewScroll(kit.FormColumn(v.rows))
	return v
}

func (v *findingsView) content() fyne.CanvasObject { return v.whole }

func (v *findingsView) focus(string) {
	if len(v.links) > 0 {
		v.desk.env.Shell.Window().Canvas().Focus(v.links[0])
	}
}

func (v *findingsView) show() {
	r := &v.desk.report
	if !v.first && slices.Equal(r.Findings, v.shown.Findings) && slices.Equal(r.Passed, v.shown.Passed) {
		return
	}
	v.first, v.shown, v.links = false, *r, nil
	words := v.desk.words
	v.rows.Objects = nil
	answer := kit.NewMarkedLine(words, kit.Fine, words.T("application.report.can"))
	if !r.CanSubmit {
		answer.Set(kit.Stop, words.N("application.report.cannot", r.Count(grant.Stop)))
	}
	v.rows.Add(answer)
	v.group(words.T("application.findings.stops"), grant.Stop)
	v.group(words.T("application.findings.mend"), grant.Warn)
	v.group(words.T("application.findings.know"), grant.Info)
	if len(r.Passed) > 0 {
		var lines []fyne.CanvasObject
		for _, f := range r.Passed {
			lines = append(lines, v.passed(f))
		}
		v.rows.Add(kit.NewSection(words.T("application.findings.fine"), kit.Column(theme.Size(theme.SizeNameGap), lines...)))
	}
	v.rows.Refresh()
}

func (v *findingsView) group(title string, s grant.Severity) {
	var blocks []fyne.CanvasObject
	for _, f := range v.desk.report.Findings {
		if f.Severity == s {
			blocks = append(blocks, v.block(f))
		}
	}
	if len(blocks) > 0 {
		v.rows.Add(kit.NewSection(title, kit.Column(theme.Size(theme.SizeNameGroup), blocks...)))
	}
}

// block is a finding; its link is its own so that focus can begin on the first.
func (v *findingsView) block(f grant.Finding) fyne.CanvasObject {
	parts := []fyne.CanvasObject{kit.NewSeverityLine(v.desk.words, severity(f), f.Message)}
	if f.Remedy != "" {
		parts = append(parts, kit.NewText(f.Remedy))
	}
	var ways []fyne.CanvasObject
	if field := v.desk.call.Field(f.Field); field != nil {
		link := kit.NewLink(v.desk.words.T("application.goToField", "Field", v.desk.label(field)), func() { v.jump(f.Field) })
		v.links = append(v.links, link)
		ways = append(ways, link)
	}
	sentence, address := addressed(f.Reference)
	if sentence != "" {
		parts = append(parts, kit.NewQuietText(sentence))
	}
	if address != "" {
		ways = append(ways, v.source(address))
	}
	if len(ways) > 0 {
		parts = append(parts, kit.Row(ways...))
	}
	return kit.Column(theme.Size(theme.SizeNameGapSmall), parts...)
}

func (v *findingsView) passed(f grant.Finding) fyne.CanvasObject {
	parts := []fyne.CanvasObject{kit.NewSeverityLine(v.desk.words, kit.Fine, f.Message)}
	sentence, address := addressed(f.Reference)
	if sentence != "" {
		parts = append(parts, kit.NewQuietText(sentence))
	}
	if address != "" {
		parts = append(parts, kit.Row(v.source(address)))
	}
	return kit.Column(theme.Size(theme.SizeNameGapSmall), parts...)
}

// source leads to where a demand was read; its tip is the address.
func (v *findingsView) source(address string) *kit.Button {
	words := v.desk.words
	link := kit.NewLink(words.T("application.findings.source"), func() {
		u, err := url.Parse(address)
		if err == nil {
			err = fyne.CurrentApp().OpenURL(u)
		}
		if err != nil {
			v.desk.env.Shell.Fail(words.T("application.findings.source"), &data.Error{Code: "noBrowser", Err: err,
				Message: words.T("portal.noBrowser", "Address", address)})
		}
	})
	link.SetTip(address)
	return link
}
