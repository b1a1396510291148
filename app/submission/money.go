package submission

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

// shownLines are the rows that say something: an amount or a name of their own.
func shownLines(lines []grant.Line) []grant.Line {
	var all []grant.Line
	for _, l := range lines {
		empty := l.Row.Label == "" && l.Row.Note == ""
		for _, n := range l.Amounts {
			empty = empty && n == 0
		}
		if !empty {
			all = append(all, l)
		}
	}
	return all
}

// costPlan is the costs by row and year, and how hours became kroner.
func (b *builder) costPlan() {
	lines := shownLines(b.budget.Cost)
	b.add(b.planTable(b.words.T("document.cost.caption"), lines, b.words.T("document.cost.sum"), b.budget.CostByYear, b.budget.TotalCost, false))
	b.hours(lines)
	b.notes(lines)
}

// financingPlan is where the money comes from, what confirms it, and how the
// grant stands to the call's limits.
func (b *builder) financingPlan() {
	lines := shownLines(b.budget.Financing)
	b.add(b.planTable(b.words.T("document.financing.caption"), lines, b.words.T("document.financing.sum"), b.budget.FinancingByYear, b.budget.TotalFinancing, true))
	b.hours(lines)
	b.notes(lines)
	b.evidence(lines)
	b.share()
	b.balance()
	b.ceilings()
}

// planTable has a row for each line and a column for each year. confirmed adds
// whether the money is confirmed.
func (b *builder) planTable(caption string, lines []grant.Line, sum string, byYear []int64, total int64, confirmed bool) document.Table {
	w := b.words
	t := document.Table{Caption: b.tableCaption(caption), RowHeader: true, Columns: []document.Column{{Header: w.T("document.plan.row"), Weight: 5}}}
	for _, year := range b.budget.Years {
		t.Columns = append(t.Columns, document.Column{Header: strconv.Itoa(year), Align: document.Right, Weight: 1})
	}
	t.Columns = append(t.Columns, document.Column{Header: w.T("document.plan.sum"), Align: document.Right, Weight: 1.1})
	if confirmed {
		t.Columns = append(t.Columns, document.Column{Header: w.T("document.plan.confirmed"), Weight: 1})
	}
	for _, l := range lines {
		row := append([]string{l.Label}, b.amounts(l.Amounts, l.Sum)...)
		if confirmed {
			row = append(row, b.confirmed(&l))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Foot = [][]string{append([]string{sum}, b.amounts(byYear, total)...)}
	return t
}

func (b *builder) amounts(byYear []int64, sum int64) []string {
	cells := make([]string, 0, len(byYear)+1)
	for _, n := range byYear {
		cells = append(cells, b.words.Money(n))
	}
	return append(cells, b.words.Money(sum))
}

// confirmed is yes or no; the grant itself is what is applied for.
func (b *builder) confirmed(l *grant.Line) string {
	switch {
	case l.Row.Type == grant.GrantSource:
		return b.words.T("document.plan.applied")
	case l.Confirmed:
		return b.words.T("document.plan.yes")
	}
	return b.words.T("document.plan.no")
}

// hours shows the rows that are hours times a rate, and where the rate comes
// from.
func (b *builder) hours(lines []grant.Line) {
	w := b.words
	var t document.Table
	for _, l := range lines {
		if !l.Row.Hourly {
			continue
		}
		var total int64
		var years []string
		for _, y := range b.budget.Years {
			if n := l.Row.Cell(y); n != 0 {
				years = append(years, w.T("document.hours.year", "Year", y, "Hours", w.Number(n)))
				total += n
			}
		}
		t.Rows = append(t.Rows, []string{l.Label, strings.Join(years, "\n"), w.Number(total), w.Money(l.Row.Rate), w.Money(l.Sum), l.Row.RateBasis})
	}
	if t.Rows == nil {
		return
	}
	t.Caption, t.RowHeader = b.tableCaption(w.T("document.hours.caption")), true
	t.Columns = []document.Column{{Header: w.T("document.plan.row"), Weight: 2.2}, {Header: w.T("document.hours.byYear"), Weight: 1.4},
		{Header: w.T("document.hours.hours"), Align: document.Right, Weight: 0.8}, {Header: w.T("document.hours.rate"), Align: document.Right, Weight: 0.8},
		{Header: w.T("document.hours.amount"), Align: document.Right, Weight: 1}, {Header: w.T("document.hours.basis"), Weight: 2.6}}
	b.add(t)
}

// notes explain rows of a plan.
func (b *builder) notes(lines []grant.Line) {
	var items [][]document.Span
	for _, l := range lines {
		if !grant.Blank(l.Row.Note) {
			items = append(items, []document.Span{{Text: l.Label + ": ", Bold: true}, {Text: strings.TrimSpace(l.Row.Note)}})
		}
	}
	if items != nil {
		b.add(document.Paragraph{Spans: document.Text(b.words.T("document.plan.notes")), KeepWithNext: true})
		b.add(document.List{Items: items})
	}
}

// evidence lists the letters, e-mails and decisions that confirm money, in the
// order of the rows.
func (b *builder) evidence(lines []grant.Line) {
	w := b.words
	var t document.Table
	for _, l := range lines {
		for _, e := range b.evidenceOf(l.Row.ID) {
			amount := w.T("document.evidence.whole")
			if e.Amount != 0 {
				amount = w.Money(e.Amount)
			}
			t.Rows = append(t.Rows, []string{l.Label, joined("\n", b.evidenceText(&e), b.attachmentName(e.Attachment)),
				w.DateShort(e.Date), amount})
		}
	}
	if t.Rows == nil {
		return
	}
	t.Caption, t.RowHeader = b.tableCaption(w.T("document.evidence.caption")), true
	t.Columns = []document.Column{{Header: w.T("document.evidence.source"), Weight: 2.2}, {Header: w.T("document.evidence.what"), Weight: 2.6},
		{Header: w.T("document.evidence.date"), Weight: 0.9}, {Header: w.T("document.evidence.amount"), Align: document.Right, Weight: 1}}
	b.add(t)
}

// evidenceOf is the evidence of a row by date; ids say nothing about order.
func (b *builder) evidenceOf(row string) []data.Evidence {
	var all []data.Evidence
	for _, e := range b.Draft.Evidence {
		if e.BudgetRow == row {
			all = append(all, e)
		}
	}
	slices.SortStableFunc(all, func(x, y data.Evidence) int {
		return cmp.Or(cmp.Compare(x.Date, y.Date), cmp.Compare(x.Reference, y.Reference))
	})
	return all
}

// evidenceText is "Brev: ref. 20/1234"; a reference that says the kind itself
// stands alone.
func (b *builder) evidenceText(e *data.Evidence) string {
	kind := b.evidenceKind(e.EvidenceOf)
	if strings.HasPrefix(strings.ToLower(e.Reference), strings.ToLower(kind)) {
		return e.Reference
	}
	return joined(": ", kind, e.Reference)
}

func (b *builder) evidenceKind(kind string) string {
	switch kind {
	case data.EvidenceLetter:
		return b.words.T("document.evidence.letter")
	case data.EvidenceEmail:
		return b.words.T("document.evidence.email")
	case data.EvidenceDecision:
		return b.words.T("document.evidence.decision")
	}
	return ""
}

// share tells how much of the cost the grant is, beside the call's limit.
func (b *builder) share() {
	w, money, limit := b.words, &b.budget, b.Call.Funding.MaxShare
	grantText, cost := w.Money(money.Grant), w.Money(money.TotalCost)
	percent := w.Percent(money.Grant, money.TotalCost, 2)
	title := w.T("document.share.title")
	switch {
	case money.TotalCost <= 0:
		if money.Grant != 0 {
			b.remark(document.Warning, title, w.T("budget.noCost", "Grant", grantText))
		}
	case limit.Denominator == 0:
		b.remark(document.Info, title, w.T("budget.share.noLimit", "Grant", grantText, "Cost", cost, "Percent", percent))
	case money.OverShareBy > 0:
		b.remark(document.Warning, title, w.T("budget.share.over", "Grant", grantText, "Cost", cost, "Percent", percent,
			"Over", w.Money(money.OverShareBy), "Limit", w.Percent(limit.Numerator, limit.Denominator, 0), "Max", w.Money(money.MaxGrant)))
	default:
		b.remark(document.Info, title, w.T("budget.share.within", "Grant", grantText, "Cost", cost, "Percent", percent,
			"Limit", w.Percent(limit.Numerator, limit.Denominator, 0), "Max", w.Money(money.MaxGrant)))
	}
}

func (b *builder) remark(tone document.Tone, title, text string) {
	b.add(document.Note{Title: title, Spans: document.Text(text), Tone: tone})
}

// balance tells where the two plans differ.
func (b *builder) balance() {
	w := b.words
	even := true
	for i, year := range b.budget.Years {
		cost, financing := b.budget.CostByYear[i], b.budget.FinancingByYear[i]
		switch {
		case financing < cost:
			b.paragraph(w.T("budget.balance.lacks", "Year", year, "Cost", w.Money(cost), "Financing", w.Money(financing), "Diff", w.Money(cost-financing)))
		case financing > cost:
			b.paragraph(w.T("budget.balance.exceeds", "Year", year, "Cost", w.Money(cost), "Financing", w.Money(financing), "Diff", w.Money(financing-cost)))
		}
		even = even && cost == financing
	}
	if even && b.budget.TotalCost > 0 {
		b.paragraph(w.T("budget.balance.even", "Sum", w.Money(b.budget.TotalCost)))
	}
}

// ceilings is what the county applies for beside what it may get, by year and
// for the period. A kept version does not know the county's other applications.
func (b *builder) ceilings() {
	w := b.words
	period := b.Call.Funding.PeriodCeiling.Amount
	t := document.Table{RowHeader: true, Columns: []document.Column{{Header: w.T("document.ceiling.year"), Weight: 1.6},
		{Header: w.T("document.ceiling.this"), Align: document.Right, Weight: 1}}}
	shared := len(b.Others) > 0
	if shared {
		t.Columns = append(t.Columns, document.Column{Header: w.T("document.ceiling.others"), Align: document.Right, Weight: 1},
			document.Column{Header: w.T("document.ceiling.sum"), Align: document.Right, Weight: 1})
	}
	t.Columns = append(t.Columns, document.Column{Header: w.T("document.ceiling.ceiling"), Align: document.Right, Weight: 1},
		document.Column{Header: w.T("document.ceiling.left"), Align: document.Right, Weight: 1})
	row := func(name string, own, others, ceiling int64) []string {
		cells := []string{name, w.Money(own)}
		if shared {
			cells = append(cells, w.Money(others), w.Money(own+others))
		}
		return append(cells, w.Money(ceiling), w.Money(ceiling-own-others))
	}
	var own, others int64
	for i, year := range b.budget.Years {
		mine, theirs := b.budget.GrantByYear[i], int64(0)
		if b.Draft.Application.OutsideCeiling {
			mine = 0
		}
		for _, o := range b.Others {
			theirs += o.ByYear[year]
		}
		own, others = own+mine, others+theirs
		c, ok := b.Call.CeilingOf(year)
		if !ok {
			continue
		}
		name := strconv.Itoa(year)
		if !c.Firm {
			name = w.T("document.ceiling.planned", "Year", year)
		}
		t.Rows = append(t.Rows, row(name, mine, theirs, c.Amount))
	}
	if period > 0 {
		t.Foot = [][]string{row(w.T("document.ceiling.period"), own, others, period)}
	}
	if t.Rows == nil && t.Foot == nil {
		return
	}
	t.Caption = b.tableCaption(w.T("document.ceiling.caption"))
	b.add(t)
	if b.Draft.Application.OutsideCeiling {
		b.paragraph(w.T("document.ceiling.outside"))
	}
}
