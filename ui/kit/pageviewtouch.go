package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// pageTouch lies over the pages of a PageView and takes the mouse. The pages
// can't do it themselves: Fyne cuts what is drawn at the edges of the innermost
// object that scrolls.
type pageTouch struct {
	widget.BaseWidget
	view   *PageView
	turned float32 // of the wheel, since the last step of the zoom
}

// wheelStep is one notch of a wheel; a touch pad gives it in many small parts.
const wheelStep = 10

var (
	_ drawn           = (*pageTouch)(nil)
	_ fyne.Scrollable = (*pageTouch)(nil)
	_ fyne.Tappable   = (*pageTouch)(nil)
	_ fyne.Draggable  = (*pageTouch)(nil)
)

func newPageTouch(v *PageView) *pageTouch {
	t := &pageTouch{view: v}
	t.ExtendBaseWidget(t)
	return t
}

// Tapped takes the focus.
func (t *pageTouch) Tapped(*fyne.PointEvent) { focus(t.view) }

// Scrolled scrolls, or zooms while Ctrl is down.
func (t *pageTouch) Scrolled(ev *fyne.ScrollEvent) {
	driver, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	t.wheel(ev, ok && driver.CurrentKeyModifiers()&fyne.KeyModifierShortcutDefault != 0)
}

func (t *pageTouch) wheel(ev *fyne.ScrollEvent, zoom bool) {
	if !zoom {
		t.view.scroll.Scrolled(ev)
		return
	}
	t.turned += ev.Scrolled.DY
	switch {
	case t.turned >= wheelStep:
		t.view.ZoomBy(1)
	case t.turned <= -wheelStep:
		t.view.ZoomBy(-1)
	default:
		return
	}
	t.turned = 0
}

// Dragged moves the paper.
func (t *pageTouch) Dragged(ev *fyne.DragEvent) { t.view.scrollBy(-ev.Dragged.DX, -ev.Dragged.DY) }

// DragEnd implements fyne.Draggable.
func (t *pageTouch) DragEnd() {}

// CreateRenderer implements fyne.Widget.
func (t *pageTouch) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newDrawnRenderer(t)
}

func (t *pageTouch) parts() []fyne.CanvasObject { return nil }
func (t *pageTouch) paint()                     {}
func (t *pageTouch) arrange(fyne.Size)          {}
func (t *pageTouch) least() fyne.Size           { return fyne.Size{} }
