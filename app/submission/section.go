package submission

import (
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// section adds a section of the call: its fields in order. Short ones that
// follow each other share a table, and so do files.
func (b *builder) section(s *grant.Section) {
	b.chapterHeading(s.Label.In(b.words.Code()))
	before := len(b.blocks)
	b.missing = nil
	for i := 0; i < len(s.Fields); {
		n := 1
		switch kind := s.Fields[i].Type; {
		case isFact(kind):
			for i+n < len(s.Fields) && isFact(s.Fields[i+n].Type) {
				n++
			}
			b.facts(s.Fields[i : i+n])
		case isFile(kind):
			for i+n < len(s.Fields) && isFile(s.Fields[i+n].Type) {
				n++
			}
			b.files(s.Fields[i : i+n])
		default:
			b.field(&s.Fields[i])
		}
		i += n
	}
	switch {
	case len(b.missing) > 0:
		b.quiet(b.words.T("document.missing", "Fields", list(b.missing)))
	case len(b.blocks) == before:
		b.quiet(b.words.T("document.sectionEmpty"))
	}
}

func isFile(kind string) bool { return kind == grant.TypeFile || kind == grant.TypeFiles }

// isFact tells of a field whose answer fits beside its label.
func isFact(kind string) bool {
	switch kind {
	case grant.TypeText, grant.TypeMoney, grant.TypeOrganisation, grant.TypeContact, grant.TypeBankAccount:
		return true
	}
	return false
}

// field adds a field under a heading of its own.
func (b *builder) field(f *grant.Field) {
	if !b.filled(f) {
		b.miss(f)
		return
	}
	b.heading(b.label(f))
	switch f.Type {
	case grant.TypeList:
		b.goals(f)
	case grant.TypeMultiChoice:
		b.choices(f)
	case grant.TypePartners:
		b.partners(f)
	case grant.TypeActivities:
		b.activities(f)
	case grant.TypeMilestones:
		b.milestones(f)
	case grant.TypeSchedule:
		text := b.period(b.answer(f)) + "."
		if f == b.timelineField() && len(b.lanes()) > 0 {
			text += " " + b.words.T("document.timeline.see", "Number", b.figures+1)
		}
		b.paragraph(text)
	case grant.TypeTable:
		b.ownTable(f)
	case grant.TypeYearTable:
		if f.RowsFrom == rowsOfFinancing {
			b.financingPlan()
		} else {
			b.costPlan()
		}
	case grant.TypeMunicipalities:
		b.area(f)
	default:
		b.add(document.Prose(b.answer(f))...)
	}
	if f == b.timelineField() {
		b.timeline()
	}
}

// miss notes an empty field, to be named at the end of its section if the call
// asks for it. Others are left out.
func (b *builder) miss(f *grant.Field) {
	if f.Required {
		b.missing = append(b.missing, b.label(f))
	}
}

// rowsOfFinancing tells the financing plan from the cost plan.
const rowsOfFinancing = "funding.financingSources"

// filled is grant.Filled, but a plan of empty rows is empty, and half a period
// is worth telling.
func (b *builder) filled(f *grant.Field) bool {
	switch f.Type {
	case grant.TypeYearTable:
	case grant.TypeSchedule:
		return b.period(b.answer(f)) != ""
	default:
		return grant.Filled(b.Draft, f)
	}
	lines := b.budget.Cost
	if f.RowsFrom == rowsOfFinancing {
		lines = b.budget.Financing
	}
	return len(shownLines(lines)) > 0
}

// facts is a table of labels and answers.
func (b *builder) facts(fields []grant.Field) {
	t := document.Table{Columns: []document.Column{{Weight: 0.3}, {Weight: 0.7}}, RowHeader: true}
	for i := range fields {
		f := &fields[i]
		value := b.fact(f)
		if grant.Blank(value) {
			b.miss(f)
			continue
		}
		t.Rows = append(t.Rows, []string{b.label(f), value})
	}
	if t.Rows != nil {
		b.add(t)
	}
}

// fact is a short answer as people write it.
func (b *builder) fact(f *grant.Field) string {
	answer := b.answer(f)
	switch f.Type {
	case grant.TypeMoney:
		if n, err := lang.ParseMoney(answer); err == nil && !grant.Blank(answer) {
			return b.kroner(n)
		}
	case grant.TypeOrganisation:
		return b.organisation(grant.ParseOrganisation(answer))
	case grant.TypeContact:
		return contactLines(grant.ParseContact(answer), "\n")
	case grant.TypeBankAccount:
		return accountNumber(answer)
	}
	return strings.TrimSpace(answer)
}

// accountNumber groups eleven digits as banks do: "1234 56 78903".
func accountNumber(text string) string {
	digits := strings.NewReplacer(" ", "", ".", "", noBreak, "").Replace(strings.TrimSpace(text))
	if len(digits) != 11 || strings.Trim(digits, "0123456789") != "" {
		return text
	}
	return digits[:4] + noBreak + digits[4:6] + noBreak + digits[6:]
}

// choices lists the chosen alternatives in the call's words.
func (b *builder) choices(f *grant.Field) {
	labels := map[string]string{}
	for _, a := range b.Call.TargetGroup.Alternatives {
		labels[a.ID] = b.words.T("document.choice", "ID", a.ID, "Label", a.Label.In(b.words.Code()))
	}
	var items [][]document.Span
	for _, id := range grant.ParseChoices(b.answer(f)) {
		if labels[id] != "" {
			id = labels[id]
		}
		items = append(items, document.Text(id))
	}
	b.add(document.List{Items: items})
}

// ownTable is a table whose columns the call names.
func (b *builder) ownTable(f *grant.Field) {
	t := document.Table{}
	for i, c := range f.Columns {
		header := c.Label.In(b.words.Code())
		if i < len(f.ColumnLabels) {
			header = f.ColumnLabels[i].In(b.words.Code())
		}
		column := document.Column{Header: header}
		if c.IsAmount() {
			column.Align = document.Right
		}
		t.Columns = append(t.Columns, column)
	}
	for _, cells := range grant.ParseTable(b.answer(f), len(f.Columns)) {
		row := make([]string, len(cells))
		for i, cell := range cells {
			row[i] = strings.TrimSpace(cell)
			if i < len(f.Columns) {
				row[i] = b.cell(f.Columns[i], row[i])
			}
		}
		t.Rows = append(t.Rows, row)
	}
	t.Caption = b.tableCaption(b.label(f))
	b.add(t)
}

func (b *builder) cell(c grant.Column, text string) string {
	if c.IsAmount() {
		if n, err := lang.ParseMoney(text); err == nil && text != "" {
			return b.words.Money(n)
		}
		return text
	}
	return b.words.DateShort(text)
}

// partners is a table of those who take part.
func (b *builder) partners(f *grant.Field) {
	t := document.Table{Caption: b.tableCaption(b.label(f)), RowHeader: true, Columns: []document.Column{
		{Header: b.words.T("document.partner.name"), Weight: 0.3}, {Header: b.words.T("document.partner.role"), Weight: 0.3},
		{Header: b.words.T("document.partner.contribution"), Weight: 0.4}}}
	for _, p := range b.Draft.Partners {
		number := ""
		if p.OrgNumber != "" {
			number = b.words.T("document.orgNumber", "Number", orgNumber(p.OrgNumber))
		}
		t.Rows = append(t.Rows, []string{joined("\n", p.Name, number), p.Role, p.Contribution})
	}
	b.add(t)
}

// goals lists goals with what they are measured by, as a table when there is
// more to say than the goal itself.
func (b *builder) goals(f *grant.Field) {
	var goals []data.Goal
	for _, g := range b.Draft.Goals {
		if g.Field == f.ID && !grant.Blank(joined("", g.Text, g.Measure, g.Due)) {
			goals = append(goals, g)
		}
	}
	measured := hasAny(goals, func(g *data.Goal) string { return g.Measure })
	due := hasAny(goals, func(g *data.Goal) string { return g.Due })
	if !measured && !due {
		var items [][]document.Span
		for _, g := range goals {
			items = append(items, document.Text(g.Text))
		}
		b.add(document.List{Items: items, Ordered: len(items) > 1})
		return
	}
	t := document.Table{Caption: b.tableCaption(b.label(f)), RowHeader: true,
		Columns: []document.Column{{Header: b.words.T("document.goal.text"), Weight: 0.48}}}
	if measured {
		t.Columns = append(t.Columns, document.Column{Header: b.words.T("document.goal.measure"), Weight: 0.38})
	}
	if due {
		t.Columns = append(t.Columns, document.Column{Header: b.words.T("document.goal.due"), Weight: 0.14})
	}
	for _, g := range goals {
		row := []string{g.Text}
		if measured {
			row = append(row, g.Measure)
		}
		if due {
			row = append(row, b.words.DateShort(g.Due))
		}
		t.Rows = append(t.Rows, row)
	}
	b.add(t)
}

// activities is a table of the schedule.
func (b *builder) activities(f *grant.Field) {
	t := document.Table{Caption: b.tableCaption(b.label(f)), RowHeader: true, Columns: []document.Column{
		{Header: b.words.T("document.activity.name"), Weight: 0.3}, {Header: b.words.T("document.activity.responsible"), Weight: 0.19},
		{Header: b.words.T("document.activity.time"), Weight: 0.15}, {Header: b.words.T("document.activity.result"), Weight: 0.36}}}
	for _, a := range b.Draft.Activities {
		t.Rows = append(t.Rows, []string{a.Name, a.Responsible, b.span(a.Start, a.Finish), b.outcome(a)})
	}
	b.add(t)
}

// outcome is what an activity serves and what it leaves.
func (b *builder) outcome(a data.Activity) string {
	if grant.Blank(a.Goal) || grant.Blank(a.Result) {
		return joined("", a.Goal, a.Result)
	}
	return b.words.T("document.activity.goal", "Goal", a.Goal) + "\n" + b.words.T("document.activity.left", "Result", a.Result)
}

// span is two dates under each other.
func (b *builder) span(from, to string) string {
	if from == "" || to == "" || from == to {
		return b.words.DateShort(joined("", from, dropEqual(to, from)))
	}
	return b.words.DateShort(from) + " –\n" + b.words.DateShort(to)
}

func dropEqual(text, other string) string {
	if text == other {
		return ""
	}
	return text
}

// milestones is a table of days by which something stands.
func (b *builder) milestones(f *grant.Field) {
	names := map[string]string{}
	for _, a := range b.Draft.Activities {
		names[a.ID] = a.Name
	}
	linked := hasAny(b.Draft.Milestones, func(m *data.Milestone) string { return names[m.Activity] })
	t := document.Table{Caption: b.tableCaption(b.label(f)), RowHeader: true,
		Columns: []document.Column{{Header: b.words.T("document.milestone.name"), Weight: 0.45}, {Header: b.words.T("document.milestone.date"), Weight: 0.15}}}
	if linked {
		t.Columns = append(t.Columns, document.Column{Header: b.words.T("document.milestone.activity"), Weight: 0.4})
	}
	for _, m := range b.Draft.Milestones {
		row := []string{m.Name, b.words.DateShort(m.Date)}
		if linked {
			row = append(row, names[m.Activity])
		}
		t.Rows = append(t.Rows, row)
	}
	b.add(t)
}

// day is a date, and whether the text is one.
func day(iso string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, iso)
	return t, err == nil
}
