package application

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// budgetLines say what the numbers of the plans mean. The first line is always
// there.
type budgetLines struct {
	desk  *desk
	share *statementList
	lower *kit.Button
	sums  *statementList
	ceils *statementList
	whole fyne.CanvasObject
}

func newBudgetLines(d *desk) *budgetLines {
	l := &budgetLines{desk: d, share: newStatementList(d), sums: newStatementList(d), ceils: newStatementList(d)}
	l.lower = kit.NewButton("", l.onLower)
	gap := theme.Size(theme.SizeNameGapSmall)
	l.whole = kit.NewCard(kit.Column(theme.Size(theme.SizeNameGap),
		l.share.box,
		kit.Row(l.lower),
		l.sums.box,
		kit.Hairline(),
		kit.Column(gap, kit.NewStrong(d.words.T("budget.ceilings", "County", d.env.Program.Grants.CountyName(d.draft.Application.County, d.words.Code()))), l.ceils.box),
	))
	return l
}

// show says it anew; bad are the sentences about cells that could not be read.
func (l *budgetLines) show(b *grant.Budget, bad []statement) {
	d := l.desk
	first := []statement{shareStatement(d.words, d.call, b)}
	l.share.show(append(first, bad...))
	l.sums.show(balanceStatements(d.words, d.call, b))
	l.ceils.show(ceilingStatements(d, b))
	if b.OverShareBy > 0 {
		l.lower.SetText(d.words.T("budget.lower", "Max", d.words.Money(max(b.MaxGrant, 0))))
	}
	l.lower.Hidden = b.OverShareBy <= 0
}

// say tells whether the lines say what a finding says, only sooner: they follow
// each key.
func (l *budgetLines) say(f grant.Finding) bool {
	if f.Rule == grant.RuleCells {
		return true
	}
	said := []string{"share", "balance", "yearCeiling", "periodCeiling"}
	return slices.ContainsFunc(l.desk.call.Rules, func(r grant.Rule) bool { return r.ID == f.Rule && slices.Contains(said, r.Kind) })
}

// onLower cuts the grant to the largest that is allowed.
func (l *budgetLines) onLower() {
	d := l.desk
	b := d.Budget()
	label := d.words.T("budget.lowered", "Max", d.words.Money(max(b.MaxGrant, 0)))
	call := d.call
	d.Change(label, func(draft *data.Draft) error {
		lowerGrant(call, draft)
		return nil
	})
	d.env.Shell.Toast(label, true)
}

// lowerGrant makes the grant of a draft the largest that is allowed. Where there
// are several rows of grant, the last gives first.
func lowerGrant(call *grant.Call, draft *data.Draft) {
	b := grant.ComputeBudget(call, draft, nil, "")
	if b.OverShareBy <= 0 {
		return
	}
	for i, n := range lowered(b.GrantByYear, max(b.MaxGrant, 0)) {
		less, year := b.GrantByYear[i]-n, b.Years[i]
		for _, row := range slices.Backward(draft.Financing) {
			if row.Type != grant.GrantSource || row.Hourly || less <= 0 {
				continue
			}
			cut := min(less, max(row.Amount(year), 0))
			less -= cut
			stored := find(draft.Financing, func(r *data.BudgetRow) bool { return r.ID == row.ID })
			stored.SetCell(year, row.Amount(year)-cut)
		}
	}
}

// statementList shows statements, and touches only those that changed.
type statementList struct {
	desk  *desk
	box   *fyne.Container
	shown []statement
}

func newStatementList(d *desk) *statementList {
	return &statementList{desk: d, box: kit.Column(theme.Size(theme.SizeNameGapSmall))}
}

func (l *statementList) show(all []statement) {
	for i, s := range all {
		switch {
		case i >= len(l.shown):
			l.box.Add(kit.NewMarkedLine(l.desk.words, s.severity, s.text))
		case l.shown[i] != s:
			l.box.Objects[i].(*kit.SeverityLine).Set(s.severity, s.text)
		}
	}
	if len(all) < len(l.shown) {
		l.box.Objects = l.box.Objects[:len(all)]
		l.box.Refresh()
	}
	l.shown = slices.Clone(all)
}
