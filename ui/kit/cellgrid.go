package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// CellRow is a row of a CellGrid: its cells, and what is only shown.
type CellRow struct {
	Label string // before the cells
	Cells []string
	Sum   string // after the cells
}

// CellGrid shows cells that are copied one at a time. It is one stop for Tab: the
// arrow keys, Home and End move, Enter and Ctrl+C do OnDone and go on to the next
// cell. The labels are cells too when LabelCells is set.
type CellGrid struct {
	widget.BaseWidget

	OnDone     func(row, cell int) // cell -1 is the label
	OnMoved    func(row int)
	LabelCells bool
	// Numbers puts the cells to the right.
	Numbers bool

	heads []string // over labels, cells and sums
	rows  []CellRow
	foot  []string

	row, cell int
	widths    []float32
	room      float32          // width of the labels, which are cut short where there is little
	texts     [][]*canvas.Text // heads, rows, foot
	bar       *canvas.Rectangle
	rules     []*canvas.Rectangle
	ring      *focusRing
}

var (
	_ drawn              = (*CellGrid)(nil)
	_ Control            = (*CellGrid)(nil)
	_ fyne.Focusable     = (*CellGrid)(nil)
	_ fyne.Shortcutable  = (*CellGrid)(nil)
	_ fyne.Tappable      = (*CellGrid)(nil)
	_ desktop.Cursorable = (*CellGrid)(nil)
)

// NewCellGrid makes an empty grid.
func NewCellGrid() *CellGrid {
	g := &CellGrid{bar: &canvas.Rectangle{}, ring: newFocusRing(true)}
	g.ExtendBaseWidget(g)
	return g
}

// SetRows changes what the grid shows. heads and foot may be nil; foot stands
// under the cells and sums. The cell under the keys stays where it is.
func (g *CellGrid) SetRows(heads []string, rows []CellRow, foot []string) {
	g.heads, g.rows, g.foot = heads, rows, foot
	g.row = max(min(g.row, len(rows)-1), 0)
	g.cell = max(min(g.cell, g.last()), g.first())
	g.build()
	g.Refresh()
}

// Row is the row under the keys.
func (g *CellGrid) Row() int { return g.row }

func (g *CellGrid) first() int {
	if g.LabelCells {
		return -1
	}
	return 0
}

func (g *CellGrid) last() int {
	if len(g.rows) == 0 {
		return 0
	}
	return len(g.rows[g.row].Cells) - 1
}

// columns is the number of columns with labels and sums.
func (g *CellGrid) columns() int {
	n := len(g.heads)
	for _, r := range g.rows {
		n = max(n, len(r.Cells)+2)
	}
	return n
}

// build makes the texts for what is to be shown.
func (g *CellGrid) build() {
	line := func(cells ...string) []*canvas.Text {
		texts := make([]*canvas.Text, len(cells))
		for i, c := range cells {
			texts[i] = canvas.NewText(c, theme.Color(fynetheme.ColorNameForeground))
		}
		return texts
	}
	g.texts, g.rules = nil, nil
	if g.heads != nil {
		g.texts = append(g.texts, line(g.heads...))
	}
	for _, r := range g.rows {
		g.texts = append(g.texts, line(append(append([]string{r.Label}, r.Cells...), r.Sum)...))
	}
	if g.foot != nil {
		g.texts = append(g.texts, line(append([]string{""}, g.foot...)...))
	}
	for range g.texts {
		g.rules = append(g.rules, &canvas.Rectangle{})
	}
}

// move goes to a cell and shows it.
func (g *CellGrid) move(row, cell int) {
	if len(g.rows) == 0 {
		return
	}
	changed := row != g.row
	g.row = max(min(row, len(g.rows)-1), 0)
	g.cell = max(min(cell, g.last()), g.first())
	g.Refresh()
	pos, size := g.place(g.row, g.cell)
	reveal(g, pos, size)
	if changed && g.OnMoved != nil {
		g.OnMoved(g.row)
	}
}

// done copies the cell and goes on.
func (g *CellGrid) done() {
	if len(g.rows) == 0 {
		return
	}
	row, cell := g.row, g.cell
	switch {
	case cell < g.last():
		g.move(row, cell+1)
	case row < len(g.rows)-1:
		g.move(row+1, g.first())
	}
	if g.OnDone != nil {
		g.OnDone(row, cell)
	}
}

// TypedKey moves and copies.
func (g *CellGrid) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		g.move(g.row-1, g.cell)
	case fyne.KeyDown:
		g.move(g.row+1, g.cell)
	case fyne.KeyLeft:
		g.move(g.row, g.cell-1)
	case fyne.KeyRight:
		g.move(g.row, g.cell+1)
	case fyne.KeyHome:
		g.move(g.row, g.first())
	case fyne.KeyEnd:
		g.move(g.row, g.last())
	case fyne.KeyReturn, fyne.KeyEnter:
		g.done()
	default:
		forwardKey(g, ev)
	}
}

// TypedRune implements fyne.Focusable.
func (g *CellGrid) TypedRune(rune) {}

// TypedShortcut makes Ctrl+C copy.
func (g *CellGrid) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		g.done()
	}
}

// Tapped goes to the cell under the mouse.
func (g *CellGrid) Tapped(ev *fyne.PointEvent) {
	focus(g)
	for row := range g.rows {
		for cell := g.first(); cell < len(g.rows[row].Cells); cell++ {
			pos, size := g.place(row, cell)
			if p := ev.Position.Subtract(pos); p.X >= 0 && p.Y >= 0 && p.X < size.Width && p.Y < size.Height {
				g.move(row, cell)
			}
		}
	}
}

// Cursor is the ordinary pointer.
func (g *CellGrid) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// FocusGained shows the ring.
func (g *CellGrid) FocusGained() {
	g.ring.focused = true
	g.Refresh()
	pos, size := g.place(g.row, g.cell)
	reveal(g, pos, size)
}

// FocusLost hides the ring.
func (g *CellGrid) FocusLost() {
	g.ring.focused = false
	g.Refresh()
}

// FocusTarget is what takes the focus.
func (g *CellGrid) FocusTarget() fyne.Focusable { return g }

// AccessibilityLabel is the cell under the keys with its row and column.
func (g *CellGrid) AccessibilityLabel() string {
	if len(g.rows) == 0 {
		return ""
	}
	r := g.rows[g.row]
	if g.cell < 0 {
		return r.Label
	}
	head := ""
	if g.cell+1 < len(g.heads) {
		head = g.heads[g.cell+1]
	}
	return lang.Joined(", ", r.Label, head, r.Cells[g.cell])
}

// AccessibilityRole is button, the nearest that Fyne has.
func (g *CellGrid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (g *CellGrid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return newDrawnRenderer(g)
}

func (g *CellGrid) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{g.bar}
	for i, line := range g.texts {
		parts = append(parts, g.rules[i])
		for _, t := range line {
			parts = append(parts, t)
		}
	}
	return append(parts, g.ring.rect)
}

func (g *CellGrid) paint() {
	for i, line := range g.texts {
		head := i == 0 && g.heads != nil
		foot := i == len(g.texts)-1 && g.foot != nil
		for n, t := range line {
			t.Color, t.TextSize, t.TextStyle = theme.Color(fynetheme.ColorNameForeground), theme.Size(fynetheme.SizeNameText), fyne.TextStyle{Bold: foot}
			switch quiet := n == 0 && !g.LabelCells; {
			case head:
				t.Color, t.TextSize, t.TextStyle.Bold = theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel), true
			case n == g.columns()-1 || quiet:
				t.Color = theme.Color(theme.ColorNameQuiet)
			}
			t.Refresh()
		}
		g.rules[i].FillColor = theme.Color(theme.ColorNameHairline)
		g.rules[i].Refresh()
	}
	g.bar.FillColor, g.bar.CornerRadius = theme.Color(theme.ColorNameSelectedRow), theme.Size(theme.SizeNameRadius)
	g.bar.Hidden = len(g.rows) == 0
	g.bar.Refresh()
	g.ring.paint()
	g.measure()
}

// measure finds the width that each column needs.
func (g *CellGrid) measure() {
	g.widths = make([]float32, g.columns())
	for i, line := range g.texts {
		for n, t := range line {
			text := t.Text
			if row := i - g.above(); n == 0 && row >= 0 && row < len(g.rows) {
				text = g.rows[row].Label // it may stand there cut short
			}
			if text != "" {
				g.widths[n] = max(g.widths[n], fyne.MeasureText(text, t.TextSize, t.TextStyle).Width+2.5*theme.Size(theme.SizeNameGap))
			}
		}
	}
}

func (g *CellGrid) rowHeight() float32 { return theme.Size(theme.SizeNameRow) }

// lines before the rows.
func (g *CellGrid) above() int {
	if g.heads != nil {
		return 1
	}
	return 0
}

// place is where a cell stands.
func (g *CellGrid) place(row, cell int) (fyne.Position, fyne.Size) {
	x := float32(0)
	for n := 0; n <= cell && n < len(g.widths); n++ {
		x += g.width(n)
	}
	width := float32(0)
	if cell+1 < len(g.widths) {
		width = g.width(cell + 1)
	}
	return fyne.NewPos(x, float32(row+g.above())*g.rowHeight()), fyne.NewSize(width, g.rowHeight())
}

// width is that of a column as it is laid out.
func (g *CellGrid) width(n int) float32 {
	if n == 0 {
		return g.room
	}
	return g.widths[n]
}

// leastLabel is the least width of the labels, about 18 letters.
func (g *CellGrid) leastLabel() float32 {
	if len(g.widths) == 0 {
		return 0
	}
	return min(g.widths[0], 11*theme.Size(fynetheme.SizeNameText))
}

// cells is the width of all but the labels.
func (g *CellGrid) cells() float32 {
	var width float32
	for n := 1; n < len(g.widths); n++ {
		width += g.widths[n]
	}
	return width
}

func (g *CellGrid) least() fyne.Size {
	if g.widths == nil {
		g.measure()
	}
	return fyne.NewSize(g.leastLabel()+g.cells(), float32(len(g.texts))*g.rowHeight())
}

func (g *CellGrid) arrange(size fyne.Size) {
	if len(g.widths) == 0 {
		return
	}
	gap, high := theme.Size(theme.SizeNameGap)*1.25, g.rowHeight()
	g.room = max(min(g.widths[0], size.Width-g.cells()), g.leastLabel())
	width := g.room + g.cells()
	for row := range g.rows {
		label := g.texts[row+g.above()][0]
		label.Text = fitText(g.rows[row].Label, label.TextSize, g.room-2*gap)
	}
	for i, line := range g.texts {
		top, x := float32(i)*high, float32(0)
		for n, t := range line {
			min := t.MinSize()
			at := x + gap
			if g.Numbers && n > 0 {
				at = x + g.widths[n] - gap - min.Width
			}
			t.Move(fyne.NewPos(at, top+(high-min.Height)/2))
			t.Resize(min)
			x += g.width(n)
		}
		g.rules[i].Move(fyne.NewPos(0, top+high-1))
		g.rules[i].Resize(fyne.NewSize(width, 1))
	}
	pos, cell := g.place(g.row, g.cell)
	g.bar.Move(pos)
	g.bar.Resize(cell.SubtractWidthHeight(0, 1))
	g.ring.around(pos, cell)
}
