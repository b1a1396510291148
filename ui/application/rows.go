package application

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// block is one row of a list on the screen.
type block interface {
	object() fyne.CanvasObject
	show()
	focus()
}

// blockList keeps one block for each row of a list, so that a row that is being
// typed in stays the same widget when other rows come and go.
type blockList struct {
	box    *fyne.Container
	build  func(id string) block
	blocks map[string]block
	order  []string
}

func newBlockList(build func(id string) block) *blockList {
	return &blockList{box: kit.Column(theme.Size(theme.SizeNameGroup)), build: build, blocks: map[string]block{}}
}

func (l *blockList) show(ids []string) {
	if !slices.Equal(ids, l.order) {
		l.order = ids
		l.box.Objects = nil
		kept := map[string]block{}
		for _, id := range ids {
			b := l.blocks[id]
			if b == nil {
				b = l.build(id)
			}
			kept[id] = b
			l.box.Add(b.object())
		}
		l.blocks = kept
		l.box.Refresh()
	}
	for _, b := range l.blocks {
		b.show()
	}
}

// focus goes to a row; an unknown one is the first.
func (l *blockList) focus(id string) bool {
	b := l.blocks[id]
	if b == nil && len(l.order) > 0 {
		b = l.blocks[l.order[0]]
	}
	if b == nil {
		return false
	}
	b.focus()
	return true
}

// cell is a control for one text of a row.
type cell struct {
	desk       *desk
	label, key string
	control    typedControl
	get        func(*data.Draft) string
	set        func(*data.Draft, string) error
}

func (c *cell) onChanged(text string) {
	c.desk.TypeRow(c.label, c.key, func(d *data.Draft) error { return c.set(d, text) })
}

func (c *cell) show() {
	if !c.desk.saver.Waiting(c.key) {
		c.control.SetText(c.get(&c.desk.draft))
	}
}

// lineCell is a cell of one line.
func (d *desk) lineCell(label, key string, get func(*data.Draft) string, set func(*data.Draft, string) error) *cell {
	line := kit.NewTextField()
	c := &cell{desk: d, label: label, key: key, control: line, get: get, set: set}
	line.OnChanged = c.onChanged
	line.OnFocusLost = d.saver.Flush
	return c
}

// areaCell is a cell of several lines.
func (d *desk) areaCell(label, key string, rows int, get func(*data.Draft) string, set func(*data.Draft, string) error) *cell {
	area := kit.NewTextArea(d.words)
	area.SetRows(rows, 12)
	c := &cell{desk: d, label: label, key: key, control: area, get: get, set: set}
	area.OnChanged = c.onChanged
	area.OnFocusLost = d.saver.Flush
	return c
}

// dateCell is a control for one date of a row. Only dates and emptiness are
// stored; a text that is no date stays in the control and is explained there.
type dateCell struct {
	desk    *desk
	label   string
	key     string // of the row and its part, for one step to undo; "" for a step a date
	control *kit.DateField
	get     func(*data.Draft) string
	set     func(*data.Draft, string) error
}

func (d *desk) dateCell(label string, get func(*data.Draft) string, set func(*data.Draft, string) error) *dateCell {
	c := &dateCell{desk: d, label: label, control: kit.NewDateField(d.words), get: get, set: set}
	c.control.OnChanged = c.onChanged
	return c
}

// typedDateCell is a dateCell whose changes are one step to undo while it is
// being typed in: "1.11.20" is a date on the way to "1.11.2021".
func (d *desk) typedDateCell(label, key string, get func(*data.Draft) string, set func(*data.Draft, string) error) *dateCell {
	c := d.dateCell(label, get, set)
	c.key = key
	c.control.OnFocusLost = d.saver.Flush
	return c
}

// wrong tells whether a text that is no date stands in the control.
func (c *dateCell) wrong() bool {
	_, ok := c.control.Value()
	return !ok
}

func (c *dateCell) onChanged(iso string, ok bool) {
	switch {
	case !ok || iso == c.get(&c.desk.draft):
	case c.key != "":
		c.desk.TypeRow(c.label, c.key, func(d *data.Draft) error { return c.set(d, iso) })
		c.desk.onEdited()
	default:
		c.desk.Change(c.label, func(d *data.Draft) error { return c.set(d, iso) })
	}
}

func (c *dateCell) show() {
	stored := c.get(&c.desk.draft)
	if iso, ok := c.control.Value(); ok && iso != stored {
		c.control.SetValue(stored)
	}
}

// rowButtons move a row up and down, and take it away.
func rowButtons(d *desk, up, down, remove func()) fyne.CanvasObject {
	return container.NewHBox(
		kit.NewIconButton(fynetheme.MoveUpIcon(), d.words.T("application.row.up"), up),
		kit.NewIconButton(fynetheme.MoveDownIcon(), d.words.T("application.row.down"), down),
		kit.NewIconButton(fynetheme.DeleteIcon(), d.words.T("application.row.remove"), remove),
	)
}

// moved gives rows with the one at place i moved by so many places.
func moved[T any](rows []T, i, by int) []T {
	j := i + by
	if i < 0 || i >= len(rows) || j < 0 || j >= len(rows) {
		return rows
	}
	rows = slices.Clone(rows)
	row := rows[i]
	rows = slices.Delete(rows, i, i+1)
	return slices.Insert(rows, j, row)
}
