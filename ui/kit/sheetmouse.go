package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// dragKind is what the mouse is doing with its button down.
type dragKind int

const (
	dragNone  dragKind = iota
	dragPress          // pressed on a cell, not moved yet
	dragBlock          // choosing a block
	dragBar            // moving the bar under the columns
)

// MouseDown chooses a cell; with Shift it stretches the block.
func (s *Sheet) MouseDown(ev *desktop.MouseEvent) {
	s.tip.hide()
	if ev.Button != desktop.MouseButtonPrimary {
		return
	}
	s.endEdit(false)
	if s.overflows() && ev.Position.Y > s.tops[len(s.tops)-1] && ev.Position.Y < s.bodyHeight() {
		s.drag = dragBar
		focus(s)
		return
	}
	if p, ok := s.hit(ev.Position); ok {
		s.drag = dragPress
		s.tabbed = -1
		s.move(p, ev.Modifier&fyne.KeyModifierShift != 0)
	}
	focus(s) // after the move, so that the page does not go to the old cell first
}

// MouseUp opens a cell that opens.
func (s *Sheet) MouseUp(ev *desktop.MouseEvent) {
	pressed := s.drag == dragPress
	s.drag = dragNone
	if p, ok := s.hit(ev.Position); ok && pressed && p == s.at && s.at == s.from && ev.Button == desktop.MouseButtonPrimary {
		// Not now: after the click Fyne takes the focus from what the mouse is not on.
		if c := canvasOf(s); c != nil {
			runnerOf(c).Post(s.open)
		}
	}
}

// Dragged stretches the block, or moves the bar.
func (s *Sheet) Dragged(ev *fyne.DragEvent) {
	switch s.drag {
	case dragBar:
		if room := s.width - s.first(); room > 0 {
			s.scrollBy(ev.Dragged.DX * (s.total() - s.first()) / room)
		}
	case dragPress, dragBlock:
		if p, ok := s.hit(ev.Position); ok && (p != s.at || s.drag == dragBlock) {
			s.drag = dragBlock
			s.move(p, true)
		}
	}
}

// DragEnd ends the drag.
func (s *Sheet) DragEnd() { s.drag = dragNone }

// DoubleTapped edits the cell in place.
func (s *Sheet) DoubleTapped(ev *fyne.PointEvent) {
	if p, ok := s.hit(ev.Position); ok && p == s.at && !s.Cell(p.row, p.column).Opens {
		s.startEdit(false)
	}
}

// sheetWheel lies over a sheet whose columns scroll, and takes the mouse wheel.
// The sheet itself must not: what can be scrolled Fyne takes for the edge of
// what is drawn in it, in place of the page's.
type sheetWheel struct {
	widget.BaseWidget
	sheet *Sheet
}

var _ fyne.Scrollable = (*sheetWheel)(nil)

func newSheetWheel(s *Sheet) *sheetWheel {
	w := &sheetWheel{sheet: s}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer implements fyne.Widget; there is nothing to see.
func (w *sheetWheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// Scrolled moves the columns sideways, or the page up and down.
func (w *sheetWheel) Scrolled(ev *fyne.ScrollEvent) {
	s := w.sheet
	if ev.Scrolled.DX != 0 && s.overflows() {
		s.scrollBy(-ev.Scrolled.DX)
		return
	}
	scrolls := scrollsAbove(s)
	for i := len(scrolls) - 1; i >= 0; i-- {
		if canScroll(scrolls[i], ev.Scrolled.DY) {
			scrolls[i].Scrolled(ev)
			return
		}
	}
}

// MouseIn implements desktop.Hoverable.
func (s *Sheet) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved shows what a cell has to tell, after a moment.
func (s *Sheet) MouseMoved(ev *desktop.MouseEvent) {
	p, ok := s.hit(ev.Position)
	if !ok {
		p = place{-1, -1}
	}
	if p == s.over {
		return
	}
	s.over = p
	s.tip.hide()
	s.tip.text = s.tipOf(p)
	if s.tip.text == "" || s.edit.on {
		return
	}
	s.hang(p)
	s.tip.showSoon(fyne.NewPos(0, s.anchor.Size().Height))
}

// MouseOut takes the tooltip away.
func (s *Sheet) MouseOut() {
	s.over = place{-1, -1}
	s.tip.hide()
}

// Cursor is a hand over what opens.
func (s *Sheet) Cursor() desktop.Cursor {
	if s.Cell(s.over.row, s.over.column).Opens {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// tipOf is what is wrong with a cell, more about it, or all of a text that is
// cut.
func (s *Sheet) tipOf(p place) string {
	if p.row < 0 {
		return ""
	}
	c := s.Cell(p.row, p.column)
	text := c.Problem
	if text == "" && s.pane.cells[p.row][p.column].shortened {
		text = c.Text
	}
	if c.Tip != "" && c.Tip != text {
		if text != "" {
			text += "\n"
		}
		text += c.Tip
	}
	return text
}

// hang puts the anchor on a cell.
func (s *Sheet) hang(p place) {
	pos, size := s.spot(p)
	s.anchor.Move(pos)
	s.anchor.Resize(size)
}
