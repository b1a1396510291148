package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Split puts two things beside each other with a divider that is moved by
// mouse, or with the arrow keys.
type Split struct {
	widget.BaseWidget

	OnMoved func(offset float64) // after a move, to be remembered

	leading, trailing fyne.CanvasObject
	offset            float64
	divider           *divider
}

var _ drawn = (*Split)(nil)

// NewSplit gives the leading part the share offset of the width, 0 to 1; other
// values mean a third.
func NewSplit(leading, trailing fyne.CanvasObject, offset float64, onMoved func(float64)) *Split {
	if offset <= 0 || offset >= 1 {
		offset = 1.0 / 3
	}
	s := &Split{OnMoved: onMoved, leading: leading, trailing: trailing, offset: offset}
	s.divider = newDivider(s)
	s.ExtendBaseWidget(s)
	return s
}

// Offset is the leading part's share of the width.
func (s *Split) Offset() float64 { return s.offset }

// SetTrailing changes the part to the right.
func (s *Split) SetTrailing(o fyne.CanvasObject) {
	s.trailing = o
	s.Refresh()
	settleFocusAround(s)
}

func (s *Split) move(offset float64) {
	s.offset = offset
	s.offset = float64(s.left()) / float64(max(s.Size().Width, 1)) // within what the parts allow
	s.Refresh()
}

func (s *Split) moved() {
	if s.OnMoved != nil {
		s.OnMoved(s.offset)
	}
}

// left is the width of the leading part.
func (s *Split) left() float32 {
	room := s.Size().Width - dividerWidth
	want := s.Size().Width * float32(s.offset)
	return max(min(want, room-s.trailing.MinSize().Width), s.leading.MinSize().Width)
}

// CreateRenderer implements fyne.Widget.
func (s *Split) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return newDrawnRenderer(s)
}

func (s *Split) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.leading, s.divider, s.trailing}
}

func (s *Split) paint() {}

func (s *Split) least() fyne.Size {
	a, b := s.leading.MinSize(), s.trailing.MinSize()
	return fyne.NewSize(a.Width+b.Width+dividerWidth, max(a.Height, b.Height))
}

func (s *Split) arrange(size fyne.Size) {
	left := s.left()
	s.leading.Move(fyne.Position{})
	s.leading.Resize(fyne.NewSize(left, size.Height))
	s.divider.Move(fyne.NewPos(left, 0))
	s.divider.Resize(fyne.NewSize(dividerWidth, size.Height))
	s.trailing.Move(fyne.NewPos(left+dividerWidth, 0))
	s.trailing.Resize(fyne.NewSize(max(size.Width-left-dividerWidth, 0), size.Height))
}

// dividerWidth is what the mouse can take hold of; the line in it is thin.
const dividerWidth = 17

type divider struct {
	widget.BaseWidget
	split *Split
	line  *canvas.Rectangle
	ring  *focusRing
	hover bool
}

var (
	_ drawn              = (*divider)(nil)
	_ fyne.Focusable     = (*divider)(nil)
	_ fyne.Draggable     = (*divider)(nil)
	_ desktop.Hoverable  = (*divider)(nil)
	_ desktop.Cursorable = (*divider)(nil)
)

func newDivider(s *Split) *divider {
	d := &divider{split: s, line: &canvas.Rectangle{}, ring: newFocusRing(true)}
	d.ExtendBaseWidget(d)
	return d
}

// Dragged moves the divider.
func (d *divider) Dragged(ev *fyne.DragEvent) {
	d.split.move(float64(d.Position().X+ev.Dragged.DX) / float64(max(d.split.Size().Width, 1)))
}

// DragEnd remembers the place.
func (d *divider) DragEnd() { d.split.moved() }

// TypedRune implements fyne.Focusable.
func (d *divider) TypedRune(rune) {}

// TypedKey moves the divider with the arrow keys.
func (d *divider) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		d.split.move(d.split.offset - 0.02)
	case fyne.KeyRight:
		d.split.move(d.split.offset + 0.02)
	default:
		forwardKey(d, ev)
		return
	}
	d.split.moved()
}

// FocusGained shows the ring.
func (d *divider) FocusGained() {
	d.ring.focused = true
	d.Refresh()
}

// FocusLost hides the ring.
func (d *divider) FocusLost() {
	d.ring.focused = false
	d.Refresh()
}

// MouseIn lights the divider up.
func (d *divider) MouseIn(*desktop.MouseEvent) {
	d.hover = true
	d.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (d *divider) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (d *divider) MouseOut() {
	d.hover = false
	d.Refresh()
}

// Cursor shows that the divider moves.
func (d *divider) Cursor() desktop.Cursor { return desktop.HResizeCursor }

func (d *divider) CreateRenderer() fyne.WidgetRenderer {
	d.ExtendBaseWidget(d)
	return newDrawnRenderer(d)
}

func (d *divider) parts() []fyne.CanvasObject { return []fyne.CanvasObject{d.line, d.ring.rect} }

func (d *divider) paint() {
	d.line.FillColor = theme.Color(theme.ColorNameHairline)
	if d.hover {
		d.line.FillColor = theme.Color(theme.ColorNameFieldBorder)
	}
	d.line.Refresh()
	d.ring.paint()
}

func (d *divider) least() fyne.Size { return fyne.NewSize(dividerWidth, 1) }

func (d *divider) arrange(size fyne.Size) {
	d.line.Move(fyne.NewPos((size.Width-1)/2, 0))
	d.line.Resize(fyne.NewSize(1, size.Height))
	d.ring.around(fyne.NewPos((size.Width-7)/2, 0), fyne.NewSize(7, size.Height))
}
