package settings

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/kit"
)

// onShow opens a call in place of the list.
func (p *callsPage) onShow(id string) {
	p.open = id
	p.show()
	if p.reader != nil {
		p.Shell.Window().Canvas().Focus(p.reader)
	}
}

// onBack shows the list again.
func (p *callsPage) onBack() {
	p.open = ""
	p.show()
	p.Shell.Window().Canvas().Focus(p.add)
}

// showCall shows what a call says, to be read: each limit and rule with where it
// comes from.
func (p *callsPage) showCall(call knownCall) {
	words := p.Words
	back := kit.NewButton(words.T("calls.back"), p.onBack)
	back.SetIcon(fynetheme.NavigateBackIcon())
	p.frame.SetTitle(p.title(call.Call))
	p.frame.SetSubtitle(p.origin(call))
	p.frame.SetPrimary(back)
	parts := []fyne.CanvasObject{p.facts(call.Call), p.money(call.Call)}
	for i := range call.Form.Sections {
		parts = append(parts, p.section(call.Call, &call.Form.Sections[i]))
	}
	parts = append(parts, p.rules(call.Call))
	p.reader = kit.NewReader(p.title(call.Call), kit.FormColumn(kit.Column(sectionGap(), parts...)))
	p.frame.SetContent(p.reader)
}

// fact is a label and what it says; nil without a text.
func (p *callsPage) fact(label, text, source string) fyne.CanvasObject {
	if text == "" {
		return nil
	}
	column := kit.Column(0, kit.NewStrong(label), kit.NewText(text))
	if source != "" {
		column.Add(kit.NewQuietText(source))
	}
	return column
}

// those leaves out what is nil.
func those(objects ...fyne.CanvasObject) []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, o := range objects {
		if o != nil {
			all = append(all, o)
		}
	}
	return all
}

func (p *callsPage) facts(call *grant.Call) fyne.CanvasObject {
	words, code := p.Words, p.Words.Code()
	period := ""
	if call.Period.Years > 0 {
		period = words.N("calls.years", call.Period.Years)
	}
	return kit.NewSection(words.T("calls.about"), kit.Column(gap(), those(
		p.fact(words.T("calls.objective"), call.Objective.In(code), ""),
		p.fact(words.T("calls.owner"), joined(call.Owner.Name, call.Manager.Name), ""),
		p.fact(words.T("calls.portal"), joined(call.Portal.Name, call.Portal.System, call.Portal.URL), ""),
		p.fact(words.T("calls.when"), words.DateLong(call.Dates.Deadline.Value), p.source(call, call.Dates.Deadline.Source)),
		p.fact(words.T("calls.period"), period, ""),
		p.fact(words.T("calls.who"), call.EligibleApplicants.Rule.In(code), p.source(call, call.EligibleApplicants.Source)),
		p.fact(words.T("calls.target"), call.TargetGroup.Description.In(code), ""),
	)...))
}

// money is the share, the ceilings, and the rows that the plans may have.
func (p *callsPage) money(call *grant.Call) fyne.CanvasObject {
	words, f := p.Words, &call.Funding
	share := words.T("calls.unknownLimit")
	if f.MaxShare.Denominator > 0 {
		share = words.T("calls.share", "Percent", words.Percent(f.MaxShare.Numerator, f.MaxShare.Denominator, 0))
	}
	lines := kit.Column(gap(), p.fact(words.T("calls.shareLabel"), share, p.source(call, f.MaxShare.Source)))
	for _, c := range f.YearlyCeilings {
		text := words.T("calls.ceilingPlanned", "Amount", words.Money(c.Amount))
		if c.Firm {
			text = words.T("calls.ceilingFirm", "Amount", words.Money(c.Amount))
		}
		lines.Add(p.fact(words.T("calls.ceiling", "Year", c.Year), text, p.source(call, c.Source)))
	}
	if f.PeriodCeiling.Amount > 0 {
		lines.Add(p.fact(words.T("calls.periodCeiling"), words.T("calls.ceilingFirm", "Amount", words.Money(f.PeriodCeiling.Amount)), p.source(call, f.PeriodCeiling.Source)))
	}
	for _, o := range those(
		p.fact(words.T("calls.costTypes"), p.rowTypes(f.CostTypes), ""),
		p.fact(words.T("calls.ineligible"), p.rowTypes(f.Ineligible), ""),
		p.fact(words.T("calls.sources"), p.rowTypes(f.Sources), ""),
	) {
		lines.Add(o)
	}
	return kit.NewSection(words.T("calls.money"), lines)
}

func (p *callsPage) rowTypes(rows []grant.RowType) string {
	var names []string
	for _, r := range rows {
		names = append(names, r.Label.In(p.Words.Code()))
	}
	return joined(names...)
}

// maxShown is how many fields of a section, or rules, are shown; a page of
// thousands of texts would be slow.
const maxShown = 150

func (p *callsPage) section(call *grant.Call, s *grant.Section) fyne.CanvasObject {
	column := kit.Column(gap() * 1.5)
	for i := range s.Fields[:min(len(s.Fields), maxShown)] {
		column.Add(p.field(call, &s.Fields[i]))
	}
	p.addMore(column, len(s.Fields))
	if len(s.Fields) == 0 {
		column.Add(kit.NewQuietText(p.Words.T("calls.noFields")))
	}
	return kit.NewSection(p.Words.T("calls.section", "Name", s.Label.In(p.Words.Code())), column)
}

// addMore tells how many are not shown.
func (p *callsPage) addMore(column *fyne.Container, total int) {
	if more := total - maxShown; more > 0 {
		column.Add(kit.NewQuietText(p.Words.N("calls.more", more)))
	}
}

func (p *callsPage) field(call *grant.Call, f *grant.Field) fyne.CanvasObject {
	words, code := p.Words, p.Words.Code()
	required := words.T("calls.optional")
	if f.Required {
		required = words.T("calls.required")
	}
	column := kit.Column(0, kit.NewStrong(f.Label.In(code)),
		kit.NewText(joined(words.T("calls.type."+f.Type), required, p.limit(call, f))))
	if help := f.Help.In(code); help != "" {
		column.Add(kit.NewText(help))
	}
	if source := p.source(call, f.Source); source != "" {
		column.Add(kit.NewQuietText(source))
	}
	return column
}

// limit is how long a text may be and who says so. A limit that nobody knows is
// never made up.
func (p *callsPage) limit(call *grant.Call, f *grant.Field) string {
	switch {
	case f.MaxLength > 0:
		limit := p.Words.T("calls.limit", "Max", p.Words.Number(int64(f.MaxLength)))
		if f.MaxLengthSource != "" && f.MaxLengthSource != f.Source {
			limit = joined(limit, p.source(call, f.MaxLengthSource))
		}
		return limit
	case f.SuggestedMaxLength > 0:
		return p.Words.T("calls.unknownLimitAdvice", "Max", p.Words.Number(int64(f.SuggestedMaxLength)))
	case f.Prose():
		return p.Words.T("calls.unknownLimit")
	}
	return ""
}

func (p *callsPage) rules(call *grant.Call) fyne.CanvasObject {
	column := kit.Column(gap() * 1.5)
	for i := range call.Rules[:min(len(call.Rules), maxShown)] {
		column.Add(p.rule(call, &call.Rules[i]))
	}
	p.addMore(column, len(call.Rules))
	if len(call.Rules) == 0 {
		column.Add(kit.NewQuietText(p.Words.T("calls.noRules")))
	}
	return kit.NewSection(p.Words.T("calls.rules"), column)
}

// rule is the sentence that a rule comes from, and how much it matters.
func (p *callsPage) rule(call *grant.Call, r *grant.Rule) fyne.CanvasObject {
	sentence := r.SourceText.In(p.Words.Code())
	if sentence == "" {
		sentence = p.Words.T("calls.ruleUnsaid", "ID", r.ID)
	}
	source := p.source(call, r.Source)
	if r.Inferred {
		source = p.Words.T("rule.inferred")
	}
	column := kit.Column(0, kit.NewText(sentence), kit.NewSeverityLine(p.Words, ruleSeverity(r), p.effect(r)))
	if source != "" {
		column.Add(kit.NewQuietText(source))
	}
	return column
}

func ruleSeverity(r *grant.Rule) kit.Severity {
	switch r.Severity {
	case "error":
		return kit.Stop
	case "warning":
		return kit.Warn
	}
	return kit.Info
}

// effect is what a broken rule does.
func (p *callsPage) effect(r *grant.Rule) string {
	switch ruleSeverity(r) {
	case kit.Stop:
		return p.Words.T("calls.effect.stop")
	case kit.Warn:
		return p.Words.T("calls.effect.warn")
	}
	return p.Words.T("calls.effect.info")
}

// source is where something was read, as a line; "" when the file does not say.
func (p *callsPage) source(call *grant.Call, tag string) string {
	switch tag {
	case "", "n/a":
		return ""
	case "inferred":
		return p.Words.T("rule.inferred")
	case "not-found":
		return p.Words.T("calls.notFound")
	}
	return p.Words.T("calls.source", "Source", call.Reference(tag))
}
