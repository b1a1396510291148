package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// NavItem is a line of the navigation.
type NavItem struct {
	ID, Label string
	Icon      fyne.Resource
	Gap       bool // a little distance before it
}

// Nav is the list to the left of the window. It is one stop for Tab: the arrow
// keys move, Enter and Space go there. Folded it shows icons only, with the
// labels as tooltips. It stands in a container.NewVScroll, for at a large text
// size it may be higher than the window.
type Nav struct {
	widget.BaseWidget

	OnSelected func(id string)

	items    []NavItem
	selected string
	at       int // under the arrow keys
	over     int // under the mouse, -1 for none
	folded   bool
	head     string

	title  *canvas.Text
	rows   []*navRow
	face   *canvas.Rectangle
	edge   *canvas.Rectangle
	bar    *canvas.Rectangle // the line that is open
	accent *canvas.Rectangle
	shade  *canvas.Rectangle
	ring   *focusRing
	tip    *tooltip
}

type navRow struct {
	icon  *iconBox
	label *canvas.Text
	badge *Badge
	top   float32
}

var (
	_ drawn             = (*Nav)(nil)
	_ fyne.Focusable    = (*Nav)(nil)
	_ desktop.Hoverable = (*Nav)(nil)
)

// NewNav makes a navigation with nothing selected.
func NewNav(items []NavItem, onSelected func(id string)) *Nav {
	n := &Nav{
		OnSelected: onSelected, items: items, over: -1, title: &canvas.Text{}, face: &canvas.Rectangle{},
		edge: &canvas.Rectangle{}, bar: &canvas.Rectangle{}, accent: &canvas.Rectangle{}, shade: &canvas.Rectangle{},
		ring: newFocusRing(true),
	}
	n.tip = &tooltip{owner: n}
	for _, item := range items {
		n.rows = append(n.rows, &navRow{
			icon: newIconBox(item.Icon, fynetheme.ColorNameForeground), label: &canvas.Text{}, badge: NewBadge(),
		})
	}
	n.ExtendBaseWidget(n)
	return n
}

// SetSelected marks the page that is open; an unknown ID marks none.
func (n *Nav) SetSelected(id string) {
	n.selected = id
	for i, item := range n.items {
		if item.ID == id {
			n.at = i
		}
	}
	n.Refresh()
}

// Selected is the page that is marked.
func (n *Nav) Selected() string { return n.selected }

// SetCount shows what waits at a line; 0 takes the number away.
func (n *Nav) SetCount(id string, count int) {
	for i, item := range n.items {
		if item.ID == id {
			n.rows[i].badge.SetCount(count)
		}
	}
	n.Refresh()
}

// Count is what waits at a line.
func (n *Nav) Count(id string) int {
	for i, item := range n.items {
		if item.ID == id {
			return n.rows[i].badge.Count()
		}
	}
	return 0
}

// SetFolded shows icons only.
func (n *Nav) SetFolded(folded bool) {
	if n.folded != folded {
		n.folded = folded
		n.Refresh()
	}
}

// SetHead writes over the list: the name of the county.
func (n *Nav) SetHead(text string) {
	n.head = text
	n.Refresh()
}

// FocusTarget is what takes the focus.
func (n *Nav) FocusTarget() fyne.Focusable { return n }

func (n *Nav) open(i int) {
	if i < 0 || i >= len(n.items) {
		return
	}
	n.at = i
	n.Refresh()
	if n.OnSelected != nil {
		n.OnSelected(n.items[i].ID)
	}
}

func (n *Nav) hit(pos fyne.Position) int {
	for i, r := range n.rows {
		if pos.Y >= r.top && pos.Y < r.top+n.rowHeight() {
			return i
		}
	}
	return -1
}

// Tapped opens the line under the mouse.
func (n *Nav) Tapped(ev *fyne.PointEvent) {
	n.tip.hide()
	focus(n)
	n.open(n.hit(ev.Position))
}

// TypedRune implements fyne.Focusable.
func (n *Nav) TypedRune(rune) {}

// TypedKey moves with the arrows and opens with Enter or Space.
func (n *Nav) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		n.at = max(n.at-1, 0)
	case fyne.KeyDown:
		n.at = min(n.at+1, len(n.items)-1)
	case fyne.KeyHome:
		n.at = 0
	case fyne.KeyEnd:
		n.at = len(n.items) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		n.open(n.at)
	default:
		forwardKey(n, ev)
		return
	}
	n.revealRow()
	n.showTip(n.at)
	n.Refresh()
}

func (n *Nav) revealRow() {
	if n.at < len(n.rows) {
		reveal(n, fyne.NewPos(0, n.rows[n.at].top), fyne.NewSize(n.Size().Width, n.rowHeight()))
	}
}

// FocusGained shows the ring.
func (n *Nav) FocusGained() {
	n.ring.focused = true
	n.revealRow()
	n.showTip(n.at)
	n.Refresh()
}

// FocusLost hides the ring.
func (n *Nav) FocusLost() {
	n.ring.focused = false
	n.tip.hide()
	n.Refresh()
}

// showTip shows the label of a folded line.
func (n *Nav) showTip(i int) {
	if !n.folded || i < 0 || i >= len(n.items) {
		n.tip.hide()
		return
	}
	n.tip.text = n.items[i].Label
	n.tip.showSoon(fyne.NewPos(n.Size().Width+4, n.rows[i].top))
}

// MouseIn lights a line up.
func (n *Nav) MouseIn(ev *desktop.MouseEvent) { n.MouseMoved(ev) }

// MouseMoved moves the light.
func (n *Nav) MouseMoved(ev *desktop.MouseEvent) {
	if over := n.hit(ev.Position); over != n.over {
		n.over = over
		n.showTip(over)
		n.Refresh()
	}
}

// MouseOut puts the light out.
func (n *Nav) MouseOut() {
	n.over = -1
	n.tip.hide()
	n.Refresh()
}

// AccessibilityLabel is the line under the arrow keys.
func (n *Nav) AccessibilityLabel() string {
	if n.at < len(n.items) {
		return n.items[n.at].Label
	}
	return ""
}

// AccessibilityRole is link.
func (n *Nav) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// CreateRenderer implements fyne.Widget.
func (n *Nav) CreateRenderer() fyne.WidgetRenderer {
	n.ExtendBaseWidget(n)
	return newDrawnRenderer(n)
}

func (n *Nav) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{n.face, n.edge, n.bar, n.accent, n.shade, n.title}
	for _, r := range n.rows {
		parts = append(parts, r.icon, r.label, r.badge)
	}
	return append(parts, n.ring.rect)
}

func (n *Nav) paint() {
	n.face.FillColor, n.edge.FillColor = theme.Color(theme.ColorNameSurface), theme.Color(theme.ColorNameHairline)
	n.bar.FillColor, n.bar.CornerRadius = theme.Color(theme.ColorNameSelectedRow), theme.Size(theme.SizeNameRadius)
	n.shade.FillColor, n.shade.CornerRadius = theme.Color(theme.ColorNameHoverRow), theme.Size(theme.SizeNameRadius)
	n.accent.FillColor = theme.Color(fynetheme.ColorNamePrimary)
	n.title.Text, n.title.Color = n.head, theme.Color(fynetheme.ColorNameForeground)
	n.title.TextSize, n.title.TextStyle = theme.Size(fynetheme.SizeNameText), fyne.TextStyle{Bold: true}
	n.title.Hidden = n.folded
	n.bar.Hidden, n.accent.Hidden, n.shade.Hidden = true, true, n.over < 0
	for i, r := range n.rows {
		here := n.items[i].ID == n.selected
		color := fynetheme.ColorNameForeground
		if here {
			color = fynetheme.ColorNamePrimary
			n.bar.Hidden, n.accent.Hidden = false, false
			n.shade.Hidden = n.shade.Hidden || n.over == i
		}
		r.icon.icon, r.icon.color = n.items[i].Icon, color
		r.icon.Refresh()
		r.label.Text, r.label.Color = n.items[i].Label, theme.Color(color)
		r.label.TextSize, r.label.TextStyle = theme.Size(fynetheme.SizeNameText), fyne.TextStyle{Bold: here}
		r.label.Hidden = n.folded
		r.label.Refresh()
	}
	for _, o := range []fyne.CanvasObject{n.face, n.edge, n.bar, n.accent, n.shade, n.title} {
		o.Refresh()
	}
	n.ring.paint()
}

func (n *Nav) rowHeight() float32 { return theme.Size(theme.SizeNameControl) }

func (n *Nav) least() fyne.Size {
	gap, icon := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon)
	width := icon + 4*gap
	if !n.folded {
		for i, r := range n.rows {
			label := fyne.MeasureText(n.items[i].Label, theme.Size(fynetheme.SizeNameText), fyne.TextStyle{Bold: true}).Width
			need := icon + label + 7*gap
			if r.badge.Visible() {
				need += r.badge.MinSize().Width
			}
			width = max(width, need)
		}
		width = max(width, 176)
	}
	return fyne.NewSize(width, n.place())
}

// place puts the lines under each other and gives their height.
func (n *Nav) place() float32 {
	gap := theme.Size(theme.SizeNameGap)
	y := gap
	if n.head != "" {
		y += theme.Size(theme.SizeNameControl) + gap
	}
	for i, r := range n.rows {
		if n.items[i].Gap {
			y += 2 * gap
		}
		r.top = y
		y += n.rowHeight() + 2
	}
	return y + gap
}

func (n *Nav) arrange(size fyne.Size) {
	n.place()
	gap, icon, high := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon), n.rowHeight()
	n.face.Resize(size)
	n.edge.Move(fyne.NewPos(size.Width-1, 0))
	n.edge.Resize(fyne.NewSize(1, size.Height))
	n.title.Text = fitText(n.head, n.title.TextSize, size.Width-4*gap)
	n.title.Move(fyne.NewPos(2*gap, gap+(high-n.title.MinSize().Height)/2))
	n.title.Resize(n.title.MinSize())
	inner := fyne.NewSize(size.Width-gap-1, high)
	for i, r := range n.rows {
		at := fyne.NewPos(gap/2, r.top)
		if n.items[i].ID == n.selected {
			n.bar.Move(at)
			n.bar.Resize(inner)
			n.accent.Move(at)
			n.accent.Resize(fyne.NewSize(3, high))
		}
		if i == n.over {
			n.shade.Move(at)
			n.shade.Resize(inner)
		}
		if i == n.at {
			n.ring.around(at, inner)
		}
		left := 2 * gap
		if n.folded {
			left = (size.Width - icon) / 2 // the badge covers its corner only
		}
		r.icon.Move(fyne.NewPos(left, r.top+(high-icon)/2))
		r.icon.Resize(fyne.NewSquareSize(icon))
		label := r.label.MinSize()
		r.label.Move(fyne.NewPos(left+icon+1.5*gap, r.top+(high-label.Height)/2))
		r.label.Resize(label)
		badge := r.badge.MinSize()
		r.badge.Resize(badge)
		r.badge.Move(fyne.NewPos(size.Width-badge.Width-2*gap, r.top+(high-badge.Height)/2))
		if n.folded {
			r.badge.Move(fyne.NewPos(size.Width-badge.Width-2, r.top-2))
		}
	}
}
