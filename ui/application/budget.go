package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// budgetView is the money of the application: the plans under each other, and
// under them what the numbers mean. It stands where the first plan stands in the
// call, and the other plans are shown together with it.
type budgetView struct {
	desk   *desk
	grids  []*budgetGrid
	lines  *budgetLines
	budget grant.Budget
	whole  *fyne.Container
}

// buildBudget makes the view for the first plan of a section, and nil for the
// others, which are part of it.
func (b *fieldBuilder) buildBudget(f *grant.Field) fieldView {
	if b.together[f.ID] != nil {
		return nil
	}
	v := &budgetView{desk: b.desk, lines: newBudgetLines(b.desk)}
	v.whole = kit.Column(theme.Size(theme.SizeNameGroup))
	var sheets []*kit.Sheet
	if b.together == nil {
		b.together = map[string]fieldView{}
	}
	for _, other := range b.desk.call.FieldsOf(grant.TypeYearTable) {
		if other.Section != f.Section {
			continue
		}
		g := newBudgetGrid(v, other)
		v.grids = append(v.grids, g)
		sheets = append(sheets, g.sheet)
		v.whole.Add(g.whole)
		if other.ID != f.ID {
			b.together[other.ID] = g
		}
	}
	kit.AlignSheets(sheets...)
	v.whole.Add(v.lines.whole)
	return &firstGrid{budgetGrid: v.grids[0], view: v}
}

// refresh adds the plans up and shows them. It is done at each key.
func (v *budgetView) refresh() {
	v.budget = v.desk.Budget()
	var bad []statement
	for _, g := range v.grids {
		g.fill()
		if n := grant.BadCells(*g.rows(&v.desk.draft), g.years); n > 0 {
			bad = append(bad, statement{kit.Stop, v.desk.words.N("budget.cells.bad", n, "Field", v.desk.label(g.field))})
		}
	}
	v.lines.show(&v.budget, bad)
}

// firstGrid is the plan that the section knows, with all of the budget as what
// is seen of it.
type firstGrid struct {
	*budgetGrid
	view *budgetView
}

func (f *firstGrid) object() fyne.CanvasObject { return f.view.whole }
