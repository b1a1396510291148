package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// drawn is a widget of the kit that arranges and colours its own parts.
type drawn interface {
	fyne.Widget
	parts() []fyne.CanvasObject
	arrange(fyne.Size)
	least() fyne.Size
	paint() // reads state and theme into the parts
}

// drawnRenderer lets Fyne draw any drawn widget.
type drawnRenderer struct{ w drawn }

func newDrawnRenderer(w drawn) fyne.WidgetRenderer {
	w.paint()
	return &drawnRenderer{w}
}

func (r *drawnRenderer) Destroy()                     {}
func (r *drawnRenderer) Layout(size fyne.Size)        { r.w.arrange(size) }
func (r *drawnRenderer) MinSize() fyne.Size           { return r.w.least() }
func (r *drawnRenderer) Objects() []fyne.CanvasObject { return r.w.parts() }

func (r *drawnRenderer) Refresh() {
	r.w.paint()
	r.w.arrange(r.w.Size())
	canvas.Refresh(r.w)
}

// focusRing is the line round what has the focus.
type focusRing struct {
	rect    *canvas.Rectangle
	focused bool
	inside  bool // within the widget's own bounds, where there is no room outside
}

func newFocusRing(inside bool) *focusRing {
	r := &focusRing{rect: &canvas.Rectangle{}, inside: inside}
	r.rect.Hide()
	return r
}

func (r *focusRing) paint() {
	r.rect.StrokeColor = theme.Color(theme.ColorNameFocusRing)
	r.rect.StrokeWidth = theme.Size(theme.SizeNameFocusRing)
	r.rect.CornerRadius = theme.Size(theme.SizeNameRadius)
	if !r.inside {
		r.rect.CornerRadius += r.rect.StrokeWidth
	}
	r.rect.Hidden = !r.focused
	r.rect.Refresh()
}

// around puts the ring round a part of a widget.
func (r *focusRing) around(pos fyne.Position, size fyne.Size) {
	if !r.inside {
		out := theme.Size(theme.SizeNameFocusRing) + 1
		pos, size = pos.SubtractXY(out, out), size.AddWidthHeight(2*out, 2*out)
	}
	r.rect.Move(pos)
	r.rect.Resize(size)
}

// keyTaker is an overlay, as a dialog, that takes the keys its controls have no
// use for: Enter and Esc.
type keyTaker interface{ takeKey(*fyne.KeyEvent) bool }

// forwardKey hands a key on to the overlay that o stands in.
func forwardKey(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	c := canvasOf(o)
	if c == nil {
		return false
	}
	taker, ok := c.Overlays().Top().(keyTaker)
	return ok && taker.takeKey(ev)
}

// canvasOf is the canvas that o is on, or nil. Fyne knows that only after o was
// drawn for the first time, so until then the windows are searched.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	app := fyne.CurrentApp()
	if app == nil {
		return nil
	}
	if c := app.Driver().CanvasForObject(o); c != nil {
		return c
	}
	for _, w := range app.Driver().AllWindows() {
		if _, here := pathTo(topOf(w.Canvas()), o); here {
			return w.Canvas()
		}
	}
	return nil
}

// focus gives f the focus if it is on a window.
func focus(f fyne.Focusable) {
	o, ok := f.(fyne.CanvasObject)
	if !ok || o == nil {
		return
	}
	if c := canvasOf(o); c != nil {
		c.Focus(f)
	}
}

// SettleFocus takes the focus from a widget that is no longer shown, as after a
// page has changed: Fyne would go on sending it keys.
func SettleFocus(c fyne.Canvas) {
	focused, ok := c.Focused().(fyne.CanvasObject)
	if !ok {
		return
	}
	if _, shown := pathTo(topOf(c), focused); !shown {
		c.Unfocus()
	}
}

// topOf is what has the keys: the topmost overlay, or the window's content.
func topOf(c fyne.Canvas) fyne.CanvasObject {
	if top := c.Overlays().Top(); top != nil {
		return top
	}
	return c.Content()
}

func settleFocusAround(o fyne.CanvasObject) {
	if c := canvasOf(o); c != nil {
		SettleFocus(c)
	}
}

// FocusIfNone gives f the focus when page is shown and nothing has it: for what
// comes after the page itself has been shown.
func FocusIfNone(page fyne.CanvasObject, f fyne.Focusable) {
	o, ok := f.(fyne.CanvasObject)
	c := canvasOf(page)
	if !ok || c == nil || c.Focused() != nil {
		return
	}
	if _, shown := pathTo(topOf(c), o); shown { // not under a dialog
		c.Focus(f)
	}
}

// FirstFocusable is the first thing inside o that can take the focus, or nil.
func FirstFocusable(o fyne.CanvasObject) fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	if f, ok := o.(fyne.Focusable); ok {
		if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
			return f
		}
	}
	for _, child := range childrenOf(o) {
		if f := FirstFocusable(child); f != nil {
			return f
		}
	}
	return nil
}

// childrenOf are the parts of o that the kit can see into.
func childrenOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch x := o.(type) {
	case *fyne.Container:
		return x.Objects
	case *container.Scroll:
		return []fyne.CanvasObject{x.Content}
	case *container.Split:
		return []fyne.CanvasObject{x.Leading, x.Trailing}
	case *container.ThemeOverride:
		return []fyne.CanvasObject{x.Content}
	case *widget.PopUp:
		return []fyne.CanvasObject{x.Content}
	case drawn:
		return x.parts()
	}
	return nil
}

// refreshAll refreshes o and everything in it, as after it was out of sight
// while the theme changed.
func refreshAll(o fyne.CanvasObject) {
	if o == nil {
		return
	}
	for _, child := range childrenOf(o) {
		refreshAll(child)
	}
	o.Refresh()
}

// scrollsAbove are the scroll areas that o stands in, outermost first.
func scrollsAbove(o fyne.CanvasObject) []*container.Scroll {
	c := canvasOf(o)
	if c == nil {
		return nil
	}
	scrolls, _ := pathTo(topOf(c), o)
	return scrolls
}

// Relayout lays out what o stands in, after o has become higher or lower. Fyne
// does so too, but only at the next frame.
func Relayout(o fyne.CanvasObject) {
	scrolls := scrollsAbove(o)
	for i := len(scrolls) - 1; i >= 0; i-- { // innermost first
		scrolls[i].Refresh()
	}
}

func pathTo(from, to fyne.CanvasObject) ([]*container.Scroll, bool) {
	if from == nil || !from.Visible() {
		return nil, false
	}
	if from == to {
		return nil, true
	}
	for _, child := range childrenOf(from) {
		if path, ok := pathTo(child, to); ok {
			if s, isScroll := from.(*container.Scroll); isScroll {
				path = append([]*container.Scroll{s}, path...)
			}
			return path, true
		}
	}
	return nil, false
}

// reveal scrolls so that the area at pos of o, or as much of it as fits, is in
// sight.
func reveal(o fyne.CanvasObject, pos fyne.Position, size fyne.Size) {
	const margin = 12
	driver := fyne.CurrentApp().Driver()
	scrolls := scrollsAbove(o)
	for i := len(scrolls) - 1; i >= 0; i-- { // innermost first
		s := scrolls[i]
		at := driver.AbsolutePositionForObject(o).Add(pos).Subtract(driver.AbsolutePositionForObject(s))
		offset := s.Offset
		if s.Direction != container.ScrollHorizontalOnly {
			offset.Y += shift(at.Y-margin, at.Y+size.Height+margin, s.Size().Height)
		}
		if s.Direction != container.ScrollVerticalOnly {
			offset.X += shift(at.X-margin, at.X+size.Width+margin, s.Size().Width)
		}
		if offset != s.Offset {
			s.ScrollToOffset(fyne.NewPos(max(offset.X, 0), max(offset.Y, 0)))
		}
	}
}

// Reveal scrolls so that the whole of o is in sight, or its beginning when it is
// too high for that.
func Reveal(o fyne.CanvasObject) { reveal(o, fyne.Position{}, o.Size()) }

// shift is how far a view of the given length must move to show from–to.
func shift(from, to, length float32) float32 {
	switch {
	case from < 0:
		return from
	case to > length:
		return min(to-length, from)
	}
	return 0
}
