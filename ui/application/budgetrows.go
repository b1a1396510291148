package application

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

// chosen is the ID of the row that the buttons act on, "" for none.
func (g *budgetGrid) chosen() string {
	at, _ := g.sheet.Selected()
	if rows := g.sheet.Rows(); at < len(rows) && rows[at].ID != sumRow {
		return rows[at].ID
	}
	return ""
}

func (g *budgetGrid) showTools() {
	at, _ := g.sheet.Selected()
	id, last := g.chosen(), len(*g.rows(&g.desk.draft))-1
	setEnabled(g.edit, id != "")
	setEnabled(g.up, id != "" && at > 0)
	setEnabled(g.down, id != "" && at < last)
	setEnabled(g.removeRow, id != "")
}

// setEnabled locks or frees a button, and draws it only when that changes.
func setEnabled(b *kit.Button, on bool) {
	switch {
	case on && b.Disabled():
		b.Enable()
	case !on && !b.Disabled():
		b.Disable()
	}
}

func (g *budgetGrid) addItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, t := range g.types() {
		items = append(items, fyne.NewMenuItem(t.Label.In(g.desk.words.Code()), func() { g.add(t) }))
	}
	return items
}

// add puts a row of a kind last in the plan and goes to it.
func (g *budgetGrid) add(t grant.RowType) {
	id := data.NewID()
	hourly := t.ID == grant.OwnEffort && !g.financing
	g.desk.Change(g.desk.words.T("budget.row.added", "Label", t.Label.In(g.desk.words.Code())), func(d *data.Draft) error {
		rows := g.rows(d)
		*rows = append(*rows, data.BudgetRow{Row: data.Row{ID: id}, Type: t.ID, Hourly: hourly})
		number(*rows)
		return nil
	})
	g.sheet.SelectRow(id, 0)
	g.desk.focus(g.sheet)
}

// number gives the rows their places.
func number(rows []data.BudgetRow) {
	for i := range rows {
		rows[i].Position = int64(i)
	}
}

func (g *budgetGrid) onUp()   { g.move(-1) }
func (g *budgetGrid) onDown() { g.move(1) }

func (g *budgetGrid) move(by int) {
	id := g.chosen()
	g.desk.Change(g.desk.words.T("application.row.movedStep"), func(d *data.Draft) error {
		rows := g.rows(d)
		*rows = moved(*rows, slices.IndexFunc(*rows, func(r data.BudgetRow) bool { return r.ID == id }), by)
		number(*rows)
		return nil
	})
}

// onRemove takes the row away, and what confirmed it.
func (g *budgetGrid) onRemove() {
	id, d := g.chosen(), g.desk
	at, _ := g.sheet.Selected()
	label := d.words.T("budget.row.removed", "Label", g.sheet.Cell(at, 0).Text)
	d.Change(label, func(draft *data.Draft) error {
		rows := g.rows(draft)
		*rows = slices.DeleteFunc(slices.Clone(*rows), func(r data.BudgetRow) bool { return r.ID == id })
		draft.Evidence = slices.DeleteFunc(slices.Clone(draft.Evidence), func(e data.Evidence) bool { return e.BudgetRow == id })
		return nil
	})
	d.env.Shell.Toast(label, true)
}

// rowForm is all of a row that is not an amount.
type rowForm struct {
	grid  *budgetGrid
	id    string
	label *kit.TextField
	kind  *kit.Select // nil for hours: kroner cannot become hours
	rate  *kit.MoneyField
	basis *kit.TextArea
	note  *kit.TextArea
}

func (g *budgetGrid) onEdit() { g.editRow(g.chosen()) }

func (g *budgetGrid) editRow(id string) *rowForm {
	d, words := g.desk, g.desk.words
	row := g.row(&d.draft, id)
	if row == nil {
		return nil
	}
	f := &rowForm{grid: g, id: id, label: kit.NewTextField(), note: kit.NewTextArea(words)}
	f.label.SetText(row.Label)
	if t, ok := g.typeOf(row.Type); ok {
		f.label.SetPlaceHolder(t.Label.In(words.Code()))
	}
	f.note.SetText(row.Note)
	fields := []fyne.CanvasObject{kit.NewField(words, kit.FieldOptions{Label: words.T("budget.row.label")}, f.label)}
	if row.Hourly {
		f.rate, f.basis = kit.NewMoneyField(words), kit.NewTextArea(words)
		if row.Rate > 0 {
			f.rate.SetValue(row.Rate)
		}
		f.basis.SetText(row.RateBasis)
		fields = append(fields,
			kit.NewField(words, kit.FieldOptions{Label: words.T("budget.rate.label"), Required: true}, f.rate),
			kit.NewField(words, kit.FieldOptions{Label: words.T("budget.rate.basisLabel"), Hint: words.T("budget.rate.basisHint"), Required: true}, f.basis))
	} else {
		f.kind = kit.NewSelect(words, g.kinds())
		f.kind.SetSelected(row.Type)
		fields = append(fields, kit.NewField(words, kit.FieldOptions{Label: words.T("budget.row.kind")}, f.kind))
	}
	fields = append(fields, kit.NewField(words, kit.FieldOptions{Label: words.T("budget.column.note")}, f.note))
	kit.ShowForm(d.env.Shell.Window(), words, kit.Form{Title: words.T("budget.row.title"), Verb: words.T("budget.row.save"),
		Fields: fields, Check: f.check, OnDone: f.onDone})
	return f
}

// kinds are the kinds that a row of kroner can be.
func (g *budgetGrid) kinds() []kit.Option {
	var options []kit.Option
	for _, t := range g.types() {
		if t.ID != grant.OwnEffort || g.financing {
			options = append(options, kit.Option{ID: t.ID, Label: t.Label.In(g.desk.words.Code())})
		}
	}
	return options
}

func (f *rowForm) check() error {
	if f.rate == nil {
		return nil
	}
	if n, ok := f.rate.Value(); ok && n < 0 {
		return errors.New(f.grid.desk.words.T("budget.rate.negative"))
	}
	return nil
}

func (f *rowForm) onDone() {
	g, d := f.grid, f.grid.desk
	id, label, note := f.id, f.label.Text(), f.note.Text()
	var rate int64
	var basis, kind string
	if f.rate != nil {
		rate, _ = f.rate.Value()
		basis = f.basis.Text()
	} else {
		kind = f.kind.Selected()
	}
	d.Change(g.step(), func(draft *data.Draft) error {
		row := g.row(draft, id)
		if row == nil {
			return d.errGone()
		}
		row.Note = note
		if row.Hourly {
			row.Rate, row.RateBasis = rate, basis
		} else if kind != "" {
			row.Type = kind
		}
		g.put(row, 0, label)
		return nil
	})
}
