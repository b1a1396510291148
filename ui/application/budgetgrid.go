package application

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// sumRow is the ID of the last row of a plan.
const sumRow = "sum"

// budgetGrid is a plan: a row for each post, a column for each year, the sums,
// and last a column for notes, or for what confirms the money.
type budgetGrid struct {
	view      *budgetView
	desk      *desk
	field     *grant.Field
	financing bool
	years     []int

	sheet                     *kit.Sheet
	frame                     *kit.Field
	edit, up, down, removeRow *kit.Button
	found                     []grant.Finding
	whole                     fyne.CanvasObject
}

func newBudgetGrid(v *budgetView, f *grant.Field) *budgetGrid {
	d, words := v.desk, v.desk.words
	g := &budgetGrid{view: v, desk: d, field: f, financing: f.Plan() == data.PlanFinancing, years: d.call.Years()}
	g.sheet = kit.NewSheet(words, d.label(f), g.columns())
	g.sheet.OnTyped = g.onTyped
	g.sheet.OnFilled = g.onFilled
	g.sheet.OnDone = d.saver.Flush
	g.sheet.OnOpened = g.onOpened
	g.sheet.OnSelected = g.onSelected
	g.edit = kit.NewButton(words.T("budget.row.edit"), g.onEdit)
	g.up = kit.NewIconButton(fynetheme.MoveUpIcon(), words.T("application.row.up"), g.onUp)
	g.down = kit.NewIconButton(fynetheme.MoveDownIcon(), words.T("application.row.down"), g.onDown)
	g.removeRow = kit.NewIconButton(fynetheme.DeleteIcon(), words.T("application.row.remove"), g.onRemove)
	tools := kit.Row(kit.NewMenuButton(words.T("budget.row.add"), g.addItems()...), g.edit, g.up, g.down, g.removeRow)
	g.frame = kit.NewField(words, d.options(f), kit.Column(theme.Size(theme.SizeNameGapSmall), g.sheet, tools))
	g.whole = g.frame
	return g
}

func (g *budgetGrid) columns() []kit.SheetColumn {
	words := g.desk.words
	first, last := words.T("budget.column.post"), words.T("budget.column.note")
	if g.financing {
		first, last = words.T("budget.column.source"), words.T("budget.column.confirmed")
	}
	columns := []kit.SheetColumn{{Title: first}}
	for _, year := range g.years {
		columns = append(columns, kit.SheetColumn{Title: strconv.Itoa(year), Amount: true})
	}
	return append(columns, kit.SheetColumn{Title: words.T("budget.column.sum"), Amount: true}, kit.SheetColumn{Title: last})
}

// lastColumn comes after the years and their sum.
func (g *budgetGrid) lastColumn() int { return len(g.years) + 2 }

func (g *budgetGrid) object() fyne.CanvasObject { return g.whole }
func (g *budgetGrid) focus()                    { g.sheet.Focus() }

// show puts the findings under the plan, but for those that the lines under the
// budget say already.
func (g *budgetGrid) show(found []grant.Finding) {
	g.view.refresh()
	found = slices.DeleteFunc(slices.Clone(found), g.view.lines.say)
	if !slices.Equal(found, g.found) {
		g.found = found
		g.frame.SetFindings(notes(found))
	}
}

// rows are the plan's rows in a draft.
func (g *budgetGrid) rows(d *data.Draft) *[]data.BudgetRow {
	if g.financing {
		return &d.Financing
	}
	return &d.Cost
}

func (g *budgetGrid) row(d *data.Draft, id string) *data.BudgetRow {
	return find(*g.rows(d), func(r *data.BudgetRow) bool { return r.ID == id })
}

// types are the kinds of rows that the call knows for this plan.
func (g *budgetGrid) types() []grant.RowType {
	if g.financing {
		return g.desk.call.Funding.Sources
	}
	return g.desk.call.Funding.CostTypes
}

func (g *budgetGrid) lines() ([]grant.Line, []int64, int64) {
	b := &g.view.budget
	if g.financing {
		return b.Financing, b.FinancingByYear, b.TotalFinancing
	}
	return b.Cost, b.CostByYear, b.TotalCost
}

// fill shows the plan as it stands.
func (g *budgetGrid) fill() {
	lines, byYear, total := g.lines()
	words := g.desk.words
	var rows []kit.SheetRow
	for i := range lines {
		rows = append(rows, kit.SheetRow{ID: lines[i].Row.ID, Cells: g.cells(&lines[i])})
	}
	title := words.T("budget.sumCost")
	if g.financing {
		title = words.T("budget.sumFinancing")
	}
	sum := kit.SheetRow{ID: sumRow, Sum: true, Cells: []kit.SheetCell{{Text: title}}}
	for i, n := range byYear {
		tip := partsOfSum(words, n, lines, func(l *grant.Line) int64 { return l.Amounts[i] })
		sum.Cells = append(sum.Cells, kit.SheetCell{Text: words.Money(n), Raw: strconv.FormatInt(n, 10), Opens: true, Tip: tip})
	}
	tip := partsOfSum(words, total, lines, func(l *grant.Line) int64 { return l.Sum })
	sum.Cells = append(sum.Cells, kit.SheetCell{Text: words.Money(total), Raw: strconv.FormatInt(total, 10), Opens: true, Tip: tip}, kit.SheetCell{})
	g.sheet.SetRows(append(rows, sum))
	g.showTools()
}

func (g *budgetGrid) cells(line *grant.Line) []kit.SheetCell {
	cells := []kit.SheetCell{g.nameCell(line)}
	for i, year := range g.years {
		cells = append(cells, g.amountCell(line, year, line.Amounts[i]))
	}
	cells = append(cells, g.sumCell(line))
	if g.financing {
		return append(cells, g.confirmedCell(line))
	}
	return append(cells, kit.SheetCell{Text: line.Row.Note, Quiet: true})
}

func (g *budgetGrid) nameCell(line *grant.Line) kit.SheetCell {
	words := g.desk.words
	c := kit.SheetCell{Text: line.Label, Tip: g.typeName(&line.Row, line.Label)}
	if g.financing { // which has no column for notes
		c.Tip = lang.Joined(". ", c.Tip, line.Row.Note)
	}
	if line.Row.Hourly {
		switch {
		case line.Row.Rate <= 0:
			c.Second, c.Problem = words.T("budget.rate.none"), words.T("budget.rate.missing")
		case strings.TrimSpace(line.Row.RateBasis) == "":
			c.Second, c.Problem = words.T("budget.rate", "Rate", words.Money(line.Row.Rate)), words.T("budget.rate.noBasis")
		default:
			c.Second = words.T("budget.rate", "Rate", words.Money(line.Row.Rate))
			c.Tip = lang.Joined(". ", c.Tip, words.T("budget.rate.basis", "Basis", line.Row.RateBasis))
		}
		if len(line.Row.Cells) == 0 {
			c.Problem = "" // nothing depends on the rate yet
		}
	}
	return c
}

// typeName is the call's name for the kind of a row, where the row has a name of
// its own.
func (g *budgetGrid) typeName(row *data.BudgetRow, label string) string {
	for _, t := range g.types() {
		if name := t.Label.In(g.desk.words.Code()); t.ID == row.Type && name != label {
			return name
		}
	}
	return ""
}

func (g *budgetGrid) amountCell(line *grant.Line, year int, amount int64) kit.SheetCell {
	words := g.desk.words
	text, ok := grant.CellText(&line.Row, year)
	switch {
	case text == "":
		return kit.SheetCell{}
	case !ok:
		text = strings.TrimSpace(text)
		return kit.SheetCell{Text: text, Problem: words.T("budget.cell.bad", "Text", shortened(text))}
	case line.Row.Hourly:
		return kit.SheetCell{Text: words.T("budget.hours", "Hours", words.Number(line.Row.Cell(year))), Raw: text,
			Second: words.T("budget.hours.kroner", "Amount", words.Money(amount))}
	}
	return kit.SheetCell{Text: words.Money(amount), Raw: text}
}

func (g *budgetGrid) sumCell(line *grant.Line) kit.SheetCell {
	words := g.desk.words
	c := kit.SheetCell{Text: words.Money(line.Sum), Raw: strconv.FormatInt(line.Sum, 10), ReadOnly: true, Opens: true}
	if line.Row.Hourly && len(line.Row.Cells) > 0 {
		var hours int64
		for _, year := range g.years {
			hours += line.Row.Cell(year)
		}
		c.Text, c.Second = words.T("budget.hours", "Hours", words.Number(hours)), words.T("budget.hours.kroner", "Amount", words.Money(line.Sum))
		c.Tip = words.T("budget.sum.hours", "Sum", words.Money(line.Sum), "Hours", words.Number(hours), "Rate", words.Money(line.Row.Rate), "Basis", line.Row.RateBasis)
		return c
	}
	var parts []string
	for i, year := range g.years {
		if n := line.Amounts[i]; n != 0 {
			parts = append(parts, words.T("budget.part", "Label", strconv.Itoa(year)+":", "Amount", words.Money(n)))
		}
	}
	c.Tip = words.T("budget.sumEmpty")
	if len(parts) > 0 {
		c.Tip = words.T("budget.sum", "Sum", c.Text, "Parts", strings.Join(parts, " + "))
	}
	return c
}

// shortened keeps what is quoted in a sentence short.
func shortened(text string) string {
	const most = 30
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// put stores a text that was typed or pasted in a cell of a row.
func (g *budgetGrid) put(row *data.BudgetRow, column int, text string) {
	switch {
	case column == 0:
		row.Label = strings.TrimSpace(text)
		if t, ok := g.typeOf(row.Type); ok && row.Label == t.Label.In(g.desk.words.Code()) {
			row.Label = "" // so that it follows the language
		}
	case column <= len(g.years):
		grant.SetCellText(row, g.years[column-1], text)
	case column == g.lastColumn() && !g.financing:
		row.Note = text
	}
}

func (g *budgetGrid) typeOf(id string) (grant.RowType, bool) {
	for _, t := range g.types() {
		if t.ID == id {
			return t, true
		}
	}
	return grant.RowType{}, false
}

func (g *budgetGrid) step() string {
	return g.desk.words.T("application.step.field", "Field", g.desk.label(g.field))
}

// onTyped follows the typing: the sums and the sentences change with each key.
func (g *budgetGrid) onTyped(c kit.SheetChange) {
	id, d := g.sheet.Rows()[c.Row].ID, g.desk
	d.TypeRow(g.step(), id+"/"+strconv.Itoa(c.Column), func(draft *data.Draft) error {
		row := g.row(draft, id)
		if row == nil {
			return d.errGone()
		}
		g.put(row, c.Column, c.Text)
		return nil
	})
	g.view.refresh()
}

// onFilled makes a paste or a cut one step.
func (g *budgetGrid) onFilled(changes []kit.SheetChange) {
	ids := make([]string, len(changes))
	for i, c := range changes {
		ids[i] = g.sheet.Rows()[c.Row].ID
	}
	d := g.desk
	d.Change(g.step(), func(draft *data.Draft) error {
		for i, c := range changes {
			row := g.row(draft, ids[i])
			if row == nil {
				return d.errGone()
			}
			g.put(row, c.Column, c.Text)
		}
		return nil
	})
}

// onOpened shows what a sum is made of, or what confirms the money of a row.
func (g *budgetGrid) onOpened(row, column int) {
	if g.financing && column == g.lastColumn() {
		showEvidence(g, g.sheet.Rows()[row].ID)
		return
	}
	g.sheet.ShowText(row, column, g.sheet.Cell(row, column).Tip)
}

func (g *budgetGrid) onSelected(int, int) { g.showTools() }
