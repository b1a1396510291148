package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// SideList is a list of what can be shown beside it, as a table of contents. It
// is one stop for Tab: the arrow keys move and show, Home and End too, and Enter
// goes to what is shown. It stands in a scroll.
type SideList struct {
	widget.BaseWidget

	OnSelected func(id string)
	OnEnter    func() // Enter or Space: go to what is shown; nil does nothing

	options  []Option
	selected int // -1 for none
	over     int // under the mouse, -1 for none

	labels             []*Text
	bar, accent, shade *canvas.Rectangle
	ring               *focusRing
}

var (
	_ drawn             = (*SideList)(nil)
	_ fyne.Focusable    = (*SideList)(nil)
	_ desktop.Hoverable = (*SideList)(nil)
	_ fyne.Accessible   = (*SideList)(nil)
	_ Control           = (*SideList)(nil)
)

// NewSideList makes an empty list.
func NewSideList(onSelected func(id string)) *SideList {
	l := &SideList{OnSelected: onSelected, selected: -1, over: -1, bar: &canvas.Rectangle{}, accent: &canvas.Rectangle{},
		shade: &canvas.Rectangle{}, ring: newFocusRing(true)}
	l.ExtendBaseWidget(l)
	return l
}

// SetOptions changes the lines and keeps what is selected, if it is still there.
func (l *SideList) SetOptions(options []Option) {
	id := l.Selected()
	l.options, l.over, l.labels = options, -1, nil
	for _, o := range options {
		l.labels = append(l.labels, NewText(o.Label))
	}
	l.SetSelected(id)
}

// SetSelected marks a line; an unknown ID marks none. It does not call OnSelected.
func (l *SideList) SetSelected(id string) {
	l.selected = -1
	for i, o := range l.options {
		if o.ID == id {
			l.selected = i
		}
	}
	l.Refresh()
}

// Selected is the ID of the line that is marked, "" for none.
func (l *SideList) Selected() string {
	if l.selected < 0 {
		return ""
	}
	return l.options[l.selected].ID
}

// FocusTarget is what takes the focus.
func (l *SideList) FocusTarget() fyne.Focusable { return l }

// choose shows a line.
func (l *SideList) choose(i int) {
	i = max(0, min(i, len(l.options)-1))
	if len(l.options) == 0 || i == l.selected {
		return
	}
	l.selected = i
	l.Refresh()
	l.reveal()
	if l.OnSelected != nil {
		l.OnSelected(l.options[i].ID)
	}
}

func (l *SideList) reveal() {
	if l.selected >= 0 {
		top, high := l.row(l.selected, l.Size().Width)
		reveal(l, fyne.NewPos(0, top), fyne.NewSize(10, high))
	}
}

// row is where a line begins and how high it is: long labels take more room.
func (l *SideList) row(at int, width float32) (top, high float32) {
	for i := range at + 1 {
		top += high
		high = max(theme.Size(theme.SizeNameControl), l.labels[i].heightFor(l.inner(width))+theme.Size(theme.SizeNameGap))
	}
	return top, high
}

func (l *SideList) inner(width float32) float32 { return width - 3*theme.Size(theme.SizeNameGap) }

func (l *SideList) hit(pos fyne.Position) int {
	for i := range l.options {
		if top, high := l.row(i, l.Size().Width); pos.Y >= top && pos.Y < top+high {
			return i
		}
	}
	return -1
}

// Tapped shows the line under the mouse.
func (l *SideList) Tapped(ev *fyne.PointEvent) {
	focus(l)
	if i := l.hit(ev.Position); i >= 0 {
		l.choose(i)
	}
}

// TypedRune implements fyne.Focusable.
func (l *SideList) TypedRune(rune) {}

// TypedKey moves.
func (l *SideList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		l.choose(l.selected - 1)
	case fyne.KeyDown:
		l.choose(l.selected + 1)
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(len(l.options) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.OnEnter != nil && l.selected >= 0 {
			l.OnEnter()
		}
	default:
		forwardKey(l, ev)
	}
}

// FocusGained shows the ring.
func (l *SideList) FocusGained() {
	l.ring.focused = true
	l.Refresh()
	l.reveal()
}

// FocusLost hides the ring.
func (l *SideList) FocusLost() {
	l.ring.focused = false
	l.Refresh()
}

// MouseIn lights a line up.
func (l *SideList) MouseIn(ev *desktop.MouseEvent) { l.MouseMoved(ev) }

// MouseMoved moves the light.
func (l *SideList) MouseMoved(ev *desktop.MouseEvent) {
	if over := l.hit(ev.Position); over != l.over {
		l.over = over
		l.Refresh()
	}
}

// MouseOut puts the light out.
func (l *SideList) MouseOut() {
	l.over = -1
	l.Refresh()
}

// AccessibilityLabel is the line that is marked.
func (l *SideList) AccessibilityLabel() string {
	if l.selected < 0 {
		return ""
	}
	return l.options[l.selected].Label
}

// AccessibilityRole is link.
func (l *SideList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// CreateRenderer implements fyne.Widget.
func (l *SideList) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return newDrawnRenderer(l)
}

func (l *SideList) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{l.bar, l.accent, l.shade}
	for _, label := range l.labels {
		parts = append(parts, label)
	}
	return append(parts, l.ring.rect)
}

func (l *SideList) paint() {
	radius := theme.Size(theme.SizeNameRadius)
	l.bar.FillColor, l.bar.CornerRadius = theme.Color(theme.ColorNameSelectedRow), radius
	l.shade.FillColor, l.shade.CornerRadius = theme.Color(theme.ColorNameHoverRow), radius
	l.accent.FillColor = theme.Color(fynetheme.ColorNamePrimary)
	l.bar.Hidden, l.accent.Hidden = l.selected < 0, l.selected < 0
	l.shade.Hidden = l.over < 0 || l.over == l.selected
	for i, label := range l.labels {
		label.color, label.bold = fynetheme.ColorNameForeground, i == l.selected
		if i == l.selected {
			label.color = fynetheme.ColorNamePrimary
		}
		label.Refresh()
	}
	for _, r := range []*canvas.Rectangle{l.bar, l.accent, l.shade} {
		r.Refresh()
	}
	l.ring.paint()
}

func (l *SideList) least() fyne.Size {
	var width float32
	for _, label := range l.labels {
		width = max(width, label.least().Width)
	}
	return fyne.NewSize(width+3*theme.Size(theme.SizeNameGap), l.heightFor(max(l.Size().Width, width)))
}

func (l *SideList) heightFor(width float32) float32 {
	if len(l.labels) == 0 {
		return theme.Size(theme.SizeNameControl)
	}
	top, high := l.row(len(l.labels)-1, width)
	return top + high
}

func (l *SideList) arrange(size fyne.Size) {
	gap := theme.Size(theme.SizeNameGap)
	for i, label := range l.labels {
		top, high := l.row(i, size.Width)
		text := label.heightFor(l.inner(size.Width))
		label.Resize(fyne.NewSize(l.inner(size.Width), text))
		label.Move(fyne.NewPos(1.5*gap, top+(high-text)/2))
		pos, whole := fyne.NewPos(0, top), fyne.NewSize(size.Width, high)
		if i == l.selected {
			l.bar.Move(pos)
			l.bar.Resize(whole)
			l.accent.Move(pos)
			l.accent.Resize(fyne.NewSize(3, high))
		}
		if i == l.over {
			l.shade.Move(pos)
			l.shade.Resize(whole)
		}
		if i == max(l.selected, 0) {
			l.ring.around(pos, whole)
		}
	}
}
