package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
)

// columnChooser shows and hides, moves and sizes the columns of a grid without
// a mouse.
type columnChooser struct {
	grid  *Grid
	words *lang.Printer
	rows  *fyne.Container
	lines map[string]*columnLine
}

type columnLine struct {
	check                     *Check
	up, down, narrower, wider *Button
}

// ShowGridColumns opens a dialog where the columns are chosen, moved and sized.
// Each change is seen at once.
func ShowGridColumns(w fyne.Window, words *lang.Printer, g *Grid) *Dialog {
	c := &columnChooser{grid: g, words: words, rows: Column(0), lines: map[string]*columnLine{}}
	for _, l := range g.layout.columns {
		c.lines[l.id] = c.newLine(l)
	}
	c.show()
	return ShowCustom(w, words, Custom{
		Title: words.T("register.grid.columnsTitle"), Content: c.rows, Width: 520,
		Buttons: []*Button{NewButton(words.T("register.grid.reset"), c.onReset)},
	})
}

func (c *columnChooser) newLine(l gridColumnLayout) *columnLine {
	id, label := l.id, c.grid.columns[l.index].Label
	button := func(icon fyne.Resource, text string, do func()) *Button {
		return NewIconButton(icon, text, func() { do(); c.show() })
	}
	return &columnLine{
		check:    NewCheck(label, func(on bool) { c.grid.ShowColumn(id, on); c.show() }),
		up:       button(fynetheme.MoveUpIcon(), c.words.T("register.grid.up", "Column", label), func() { c.grid.MoveColumn(id, -1) }),
		down:     button(fynetheme.MoveDownIcon(), c.words.T("register.grid.down", "Column", label), func() { c.grid.MoveColumn(id, 1) }),
		narrower: button(fynetheme.ContentRemoveIcon(), c.words.T("register.grid.narrow", "Column", label), func() { c.grid.WidenColumn(id, -columnStep) }),
		wider:    button(fynetheme.ContentAddIcon(), c.words.T("register.grid.widen", "Column", label), func() { c.grid.WidenColumn(id, columnStep) }),
	}
}

func (c *columnChooser) onReset() {
	c.grid.ResetColumns()
	c.show()
}

// show puts the lines in the order of the columns.
func (c *columnChooser) show() {
	c.rows.Objects = nil
	columns := c.grid.layout.columns
	for i, l := range columns {
		line := c.lines[l.id]
		line.check.SetChecked(!l.hidden)
		setEnabled(line.check, !c.grid.columns[l.index].Fixed)
		setEnabled(line.up, i > 0)
		setEnabled(line.down, i+1 < len(columns))
		buttons := container.NewHBox(line.narrower, line.wider, line.up, line.down)
		c.rows.Add(container.New(layout.NewBorderLayout(nil, nil, nil, buttons), line.check, buttons))
	}
	c.rows.Refresh()
}

func setEnabled(w interface {
	Enable()
	Disable()
}, enabled bool) {
	if enabled {
		w.Enable()
	} else {
		w.Disable()
	}
}
