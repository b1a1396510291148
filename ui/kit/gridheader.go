package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// edgeReach is how near an edge the mouse takes hold of it.
const edgeReach = 6

// gridHeader is the names of the columns. A click sorts, with Shift by one more
// column; an edge is dragged to size, a name to move. All of that is in the
// grid's menu too.
type gridHeader struct {
	widget.BaseWidget
	grid  *Grid
	face  *canvas.Rectangle
	line  *canvas.Rectangle
	under *canvas.Rectangle // the column under Left and Right
	drop  *canvas.Rectangle // where a dragged column would go
	cells []*gridHeaderCell
	tip   *tooltip

	shift   bool // held when the mouse went down
	over    int  // column under the mouse, -1 for none
	onEdge  bool
	resizes string  // column whose edge is dragged
	moves   string  // column that is dragged
	at      float32 // the mouse while it drags
}

type gridHeaderCell struct {
	label *canvas.Text
	order *canvas.Text // 1, 2 … when several sort
	arrow *canvas.Image
	edge  *canvas.Rectangle
}

var (
	_ drawn                  = (*gridHeader)(nil)
	_ fyne.Tappable          = (*gridHeader)(nil)
	_ fyne.SecondaryTappable = (*gridHeader)(nil)
	_ fyne.Draggable         = (*gridHeader)(nil)
	_ desktop.Mouseable      = (*gridHeader)(nil)
	_ desktop.Hoverable      = (*gridHeader)(nil)
	_ desktop.Cursorable     = (*gridHeader)(nil)
)

func newGridHeader(g *Grid) *gridHeader {
	h := &gridHeader{grid: g, face: &canvas.Rectangle{}, line: &canvas.Rectangle{}, under: &canvas.Rectangle{}, drop: &canvas.Rectangle{}, over: -1}
	h.tip = &tooltip{owner: h}
	h.ExtendBaseWidget(h)
	return h
}

func (h *gridHeader) edges() []float32 { return h.grid.layout.edges(h.Size().Width) }

// hit is the column at x, and the one whose right edge is there, or -1.
func (h *gridHeader) hit(x float32) (column, edge int) {
	column, edge = -1, -1
	edges := h.edges()
	for i := range edges[1:] {
		if x >= edges[i] && x < edges[i+1] {
			column = i
		}
		if x > edges[i+1]-edgeReach && x < edges[i+1]+edgeReach {
			edge = i
		}
	}
	return column, edge
}

// MouseDown notes Shift.
func (h *gridHeader) MouseDown(ev *desktop.MouseEvent) {
	h.shift = ev.Modifier&fyne.KeyModifierShift != 0
}

// MouseUp implements desktop.Mouseable.
func (h *gridHeader) MouseUp(*desktop.MouseEvent) {}

// Tapped sorts.
func (h *gridHeader) Tapped(ev *fyne.PointEvent) {
	column, edge := h.hit(ev.Position.X)
	focus(h.grid)
	if column < 0 || edge >= 0 {
		return
	}
	h.grid.column = column
	h.grid.SortBy(h.grid.layout.shown()[column].id, h.shift)
}

// TappedSecondary shows what can be done with the column.
func (h *gridHeader) TappedSecondary(ev *fyne.PointEvent) {
	column, _ := h.hit(ev.Position.X)
	if column < 0 {
		return
	}
	focus(h.grid)
	h.grid.column = column
	h.Refresh()
	h.grid.showMenu(ev.Position.Add(h.Position()), h.grid.columnItems())
}

// Dragged sizes the column whose edge was taken hold of, or moves the column.
func (h *gridHeader) Dragged(ev *fyne.DragEvent) {
	if h.resizes == "" && h.moves == "" {
		start := ev.Position.X - ev.Dragged.DX
		column, edge := h.hit(start)
		shown := h.grid.layout.shown()
		switch {
		case edge >= 0:
			h.resizes = shown[edge].id
			if edge == len(shown)-1 {
				h.grid.settleWidth(edge)
			}
		case column >= 0:
			h.moves = shown[column].id
		default:
			return
		}
	}
	h.at = ev.Position.X
	if h.resizes != "" {
		h.grid.resizeColumn(h.resizes, ev.Dragged.DX/textScale())
		return
	}
	h.Refresh()
}

// DragEnd puts the column where it was dropped, and remembers.
func (h *gridHeader) DragEnd() {
	moved, to := h.moves, h.dropAt()
	resized := h.resizes != ""
	h.moves, h.resizes = "", ""
	shown := h.grid.layout.shown()
	for i, c := range shown {
		if c.id != moved {
			continue
		}
		if to > i {
			to--
		}
		if to != i {
			h.grid.moveShown(moved, to-i)
			h.grid.column = to
		}
	}
	if resized {
		h.grid.layoutChanged()
	}
	h.Refresh()
}

// dropAt is the number of the column before which a dragged one would go.
func (h *gridHeader) dropAt() int {
	edges := h.edges()
	for i := range edges[1:] {
		if h.at < (edges[i]+edges[i+1])/2 {
			return i
		}
	}
	return len(edges) - 1
}

// resizeColumn is WidenColumn while the mouse drags: nothing is remembered yet.
func (g *Grid) resizeColumn(id string, by float32) {
	c := &g.layout.columns[g.layout.find(id)]
	c.width = min(max(c.width+by, narrowestColumn), widestColumn)
	g.Refresh()
}

// settleWidth takes the width that the last column is drawn with for its own,
// so that its edge follows the mouse.
func (g *Grid) settleWidth(shown int) {
	edges := g.layout.edges(g.body.width)
	id := g.layout.shown()[shown].id
	g.layout.columns[g.layout.find(id)].width = (edges[shown+1] - edges[shown]) / textScale()
}

// MouseIn lights a column up.
func (h *gridHeader) MouseIn(ev *desktop.MouseEvent) { h.MouseMoved(ev) }

// MouseMoved moves the light.
func (h *gridHeader) MouseMoved(ev *desktop.MouseEvent) {
	column, edge := h.hit(ev.Position.X)
	h.onEdge = edge >= 0
	if column == h.over {
		return
	}
	h.over = column
	h.tip.hide()
	if column >= 0 {
		h.tip.text = h.grid.columns[h.grid.layout.shown()[column].index].Label
		if h.cells[column].label.Text != h.tip.text { // cut short
			h.tip.showSoon(fyne.NewPos(ev.Position.X, h.Size().Height))
		}
	}
	h.Refresh()
}

// MouseOut puts the light out.
func (h *gridHeader) MouseOut() {
	h.over, h.onEdge = -1, false
	h.tip.hide()
	h.Refresh()
}

// Cursor shows that an edge can be dragged.
func (h *gridHeader) Cursor() desktop.Cursor {
	if h.onEdge || h.resizes != "" {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget.
func (h *gridHeader) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	return newDrawnRenderer(h)
}

func (h *gridHeader) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{h.face}
	for _, c := range h.cells {
		parts = append(parts, c.label, c.order, c.arrow, c.edge)
	}
	return append(parts, h.under, h.line, h.drop)
}

func (h *gridHeader) paint() {
	shown := h.grid.layout.shown()
	for len(h.cells) < len(shown) {
		h.cells = append(h.cells, &gridHeaderCell{
			label: &canvas.Text{TextStyle: fyne.TextStyle{Bold: true}}, order: &canvas.Text{},
			arrow: &canvas.Image{FillMode: canvas.ImageFillContain}, edge: &canvas.Rectangle{},
		})
	}
	h.cells = h.cells[:len(shown)]
	h.face.FillColor = theme.Color(fynetheme.ColorNameBackground)
	h.line.FillColor = theme.Color(theme.ColorNameFieldBorder)
	h.under.FillColor = theme.Color(theme.ColorNameFocusRing)
	h.under.Hidden = !h.grid.body.focused
	h.drop.FillColor = theme.Color(fynetheme.ColorNamePrimary)
	h.drop.Hidden = h.moves == ""
	for i, c := range h.cells {
		color := fynetheme.ColorNameForeground
		if i == h.over && h.grid.columns[shown[i].index].Sortable {
			color = fynetheme.ColorNamePrimary
		}
		c.label.Color, c.order.Color = theme.Color(color), theme.Color(color)
		c.label.TextSize, c.order.TextSize = theme.Size(theme.SizeNameLabel), theme.Size(theme.SizeNameLabel)
		c.edge.FillColor = theme.Color(theme.ColorNameHairline)
		c.arrow.Hidden, c.order.Text = true, ""
		for n, s := range h.grid.layout.sort {
			if s.Column != shown[i].id {
				continue
			}
			icon := fynetheme.MoveUpIcon()
			if s.Descending {
				icon = fynetheme.MoveDownIcon()
			}
			c.arrow.Hidden, c.arrow.Resource = false, fynetheme.NewColoredResource(icon, color)
			c.arrow.Refresh()
			if len(h.grid.layout.sort) > 1 {
				c.order.Text = strconv.Itoa(n + 1)
			}
		}
		c.order.Refresh()
	}
	h.face.Refresh()
}

func (h *gridHeader) least() fyne.Size {
	return fyne.NewSize(h.grid.layout.width(), gridHeaderHeight())
}

func (h *gridHeader) arrange(size fyne.Size) {
	h.face.Resize(size)
	h.line.Move(fyne.NewPos(0, size.Height-1))
	h.line.Resize(fyne.NewSize(size.Width, 1))
	edges, gap, icon := h.edges(), theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon)*0.8
	for i, c := range h.cells {
		column := h.grid.columns[h.grid.layout.shown()[i].index]
		room := edges[i+1] - edges[i] - 2*gap
		mark := float32(0)
		if !c.arrow.Hidden {
			mark = icon + c.order.MinSize().Width
		}
		c.label.Text = fitTextIn(column.Label, c.label.TextSize, room-mark, c.label.TextStyle)
		label, order := c.label.MinSize(), c.order.MinSize()
		x := edges[i] + gap
		if column.Align == fyne.TextAlignTrailing {
			x = edges[i+1] - gap - label.Width - mark
		}
		c.label.Move(fyne.NewPos(x, (size.Height-label.Height)/2))
		c.label.Resize(label)
		c.label.Refresh()
		x += label.Width
		c.arrow.Move(fyne.NewPos(x, (size.Height-icon)/2))
		c.arrow.Resize(fyne.NewSquareSize(icon))
		c.order.Move(fyne.NewPos(x+icon, (size.Height-order.Height)/2))
		c.order.Resize(order)
		c.edge.Move(fyne.NewPos(edges[i+1]-1, gap))
		c.edge.Resize(fyne.NewSize(1, size.Height-2*gap))
		if i == h.grid.column {
			h.under.Move(fyne.NewPos(edges[i], size.Height-3))
			h.under.Resize(fyne.NewSize(edges[i+1]-edges[i], 3))
		}
	}
	if h.moves != "" {
		h.drop.Move(fyne.NewPos(max(edges[h.dropAt()]-2, 0), 0))
		h.drop.Resize(fyne.NewSize(4, size.Height))
	}
}
