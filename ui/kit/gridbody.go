package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// gridBody is as high as all rows and draws those in sight. It keeps as many
// lines as fit; scrolling by a row changes the texts of one.
type gridBody struct {
	widget.BaseWidget
	grid    *Grid
	lines   []*gridLine // line i draws row r where r % len(lines) == i
	objects []fyne.CanvasObject
	ring    *focusRing
	focused bool
	hover   int // row under the mouse, -1 for none
	width   float32
}

// gridLine draws one row.
type gridLine struct {
	face, bar, hair *canvas.Rectangle
	cells           []*canvas.Text
	row             int // -1 for none
	filled          bool
}

var (
	_ drawn                  = (*gridBody)(nil)
	_ fyne.DoubleTappable    = (*gridBody)(nil)
	_ fyne.SecondaryTappable = (*gridBody)(nil)
	_ desktop.Mouseable      = (*gridBody)(nil)
	_ desktop.Hoverable      = (*gridBody)(nil)
)

func newGridBody(g *Grid) *gridBody {
	b := &gridBody{grid: g, ring: newFocusRing(true), hover: -1}
	b.ExtendBaseWidget(b)
	b.rebuild()
	return b
}

// visible are the rows in sight: from first to last, the last not included.
func (b *gridBody) visible() (first, last int) {
	height := b.grid.scroll.Size().Height
	if height <= 0 {
		return 0, 0 // before the first layout nothing is in sight
	}
	high := gridRowHeight()
	first = max(int(b.grid.scroll.Offset.Y/high), 0)
	return first, int((b.grid.scroll.Offset.Y+height)/high) + 1
}

// rebuild makes the lines anew, after the columns have changed.
func (b *gridBody) rebuild() {
	n := len(b.lines)
	b.lines = nil
	b.grow(n)
}

// grow makes enough lines for the rows in sight.
func (b *gridBody) grow(n int) {
	if n <= len(b.lines) && b.objects != nil {
		return
	}
	columns := len(b.grid.layout.shown())
	for len(b.lines) < n {
		l := &gridLine{face: &canvas.Rectangle{}, bar: &canvas.Rectangle{}, hair: &canvas.Rectangle{}, row: -1}
		for range columns {
			l.cells = append(l.cells, &canvas.Text{})
		}
		b.lines = append(b.lines, l)
	}
	b.objects = make([]fyne.CanvasObject, 0, len(b.lines)*(columns+3)+1)
	for _, l := range b.lines {
		l.row = -1 // the rows go to other lines now
		b.objects = append(b.objects, l.face, l.bar, l.hair)
		for _, c := range l.cells {
			b.objects = append(b.objects, c)
		}
	}
	b.objects = append(b.objects, b.ring.rect)
}

// forget makes each line write its row again.
func (b *gridBody) forget() {
	for _, l := range b.lines {
		l.row = -1
	}
}

// fit makes the rows at least as wide as the view.
func (b *gridBody) fit(room float32) { b.width = max(b.grid.layout.width(), room) }

// show draws the rows that are in sight now.
func (b *gridBody) show() {
	first, last := b.visible()
	last = min(last, b.grid.total)
	b.grow(last - first)
	edges := b.grid.layout.edges(b.width)
	shown := b.grid.layout.shown()
	for i, l := range b.lines {
		row := first + mod(i-first, len(b.lines))
		if row >= last {
			l.hide()
			continue
		}
		if l.row != row || !l.filled {
			b.write(l, row, shown, edges)
		}
		b.tint(l)
	}
	b.ring.focused = b.focused && b.grid.at >= first && b.grid.at < last && b.grid.currentID != ""
	b.ring.paint()
	high := gridRowHeight()
	from := b.grid.scroll.Offset.X
	b.ring.around(fyne.NewPos(from, float32(b.grid.at)*high), fyne.NewSize(min(b.grid.scroll.Size().Width, b.width), high))
	canvas.Refresh(b)
}

// mod is i modulo n, never negative.
func mod(i, n int) int { return (i%n + n) % n }

func (l *gridLine) hide() {
	l.row = -1
	l.face.Hidden, l.bar.Hidden, l.hair.Hidden = true, true, true
	for _, c := range l.cells {
		c.Hidden = true
	}
}

// write puts a row on a line.
func (b *gridBody) write(l *gridLine, row int, shown []gridColumnLayout, edges []float32) {
	r, loaded := b.grid.cache[row]
	l.row, l.filled = row, loaded
	high, gap := gridRowHeight(), theme.Size(theme.SizeNameGap)
	y := float32(row) * high
	size := theme.Size(fynetheme.SizeNameText)
	l.face.Move(fyne.NewPos(0, y))
	l.face.Resize(fyne.NewSize(b.width, high))
	l.bar.Move(fyne.NewPos(0, y))
	l.bar.Resize(fyne.NewSize(4, high))
	l.hair.Move(fyne.NewPos(0, y+high-1))
	l.hair.Resize(fyne.NewSize(b.width, 1))
	l.hair.FillColor = theme.Color(theme.ColorNameHairline)
	l.face.Hidden, l.hair.Hidden = false, false
	for i, c := range l.cells {
		column := b.grid.columns[shown[i].index]
		c.Text = ""
		if loaded {
			c.Text = fitText(oneLine.Replace(r.cell(shown[i].index)), size, edges[i+1]-edges[i]-2*gap)
		}
		c.Hidden = c.Text == ""
		c.TextSize, c.Color = size, theme.Color(fynetheme.ColorNameForeground)
		text := c.MinSize()
		x := edges[i] + gap
		if column.Align == fyne.TextAlignTrailing {
			x = edges[i+1] - gap - text.Width
		}
		c.Move(fyne.NewPos(x, y+(high-text.Height)/2))
		c.Resize(text)
		c.Refresh()
	}
}

// tint shows whether a row is selected or under the mouse.
func (b *gridBody) tint(l *gridLine) {
	selected := l.filled && b.grid.marks.has(b.grid.cache[l.row].ID)
	color := theme.Color(theme.ColorNameSurface)
	switch {
	case selected:
		color = theme.Color(theme.ColorNameSelectedRow)
	case l.row == b.hover:
		color = theme.Color(theme.ColorNameHoverRow)
	}
	if l.face.FillColor != color {
		l.face.FillColor = color
		l.face.Refresh()
	}
	l.bar.Hidden = !selected
	l.bar.FillColor = theme.Color(fynetheme.ColorNamePrimary)
}

func (b *gridBody) rowAt(pos fyne.Position) int {
	row := int(pos.Y / gridRowHeight())
	if pos.Y < 0 || row >= b.grid.total {
		return -1
	}
	return row
}

// MouseDown selects, with Ctrl and Shift as everywhere.
func (b *gridBody) MouseDown(ev *desktop.MouseEvent) {
	row := b.rowAt(ev.Position)
	focus(b.grid)
	if row < 0 {
		return
	}
	if ev.Button == desktop.MouseButtonSecondary {
		if !b.grid.marks.has(b.grid.cache[row].ID) {
			b.grid.moveTo(row, false)
		}
		return
	}
	switch {
	case ev.Modifier&fyne.KeyModifierShortcutDefault != 0:
		b.grid.toggleAt(row)
	default:
		b.grid.moveTo(row, ev.Modifier&fyne.KeyModifierShift != 0)
	}
}

// MouseUp implements desktop.Mouseable.
func (b *gridBody) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the row.
func (b *gridBody) DoubleTapped(*fyne.PointEvent) { b.grid.tellRow(b.grid.OnOpen) }

// TappedSecondary shows what can be done.
func (b *gridBody) TappedSecondary(ev *fyne.PointEvent) {
	edges := b.grid.layout.edges(b.width)
	for i := range edges[1:] {
		if ev.Position.X >= edges[i] && ev.Position.X < edges[i+1] {
			b.grid.column = i
		}
	}
	b.grid.showMenu(ev.Position.Add(b.Position()).AddXY(0, gridHeaderHeight()), b.grid.rowItems())
}

// MouseIn implements desktop.Hoverable.
func (b *gridBody) MouseIn(ev *desktop.MouseEvent) { b.MouseMoved(ev) }

// MouseMoved lights a row up.
func (b *gridBody) MouseMoved(ev *desktop.MouseEvent) { b.hovered(b.rowAt(ev.Position)) }

// MouseOut puts the light out.
func (b *gridBody) MouseOut() { b.hovered(-1) }

func (b *gridBody) hovered(row int) {
	if row == b.hover {
		return
	}
	before := b.hover
	b.hover = row
	for _, l := range b.lines {
		if l.row >= 0 && (l.row == before || l.row == row) {
			b.tint(l)
		}
	}
	canvas.Refresh(b)
}

// CreateRenderer implements fyne.Widget.
func (b *gridBody) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return newDrawnRenderer(b)
}

func (b *gridBody) parts() []fyne.CanvasObject { return b.objects }

func (b *gridBody) paint() {}

func (b *gridBody) least() fyne.Size {
	return fyne.NewSize(b.grid.layout.width(), float32(b.grid.total)*gridRowHeight())
}

func (b *gridBody) arrange(fyne.Size) { b.show() }
