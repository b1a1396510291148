package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// popover is a small overlay that hangs on a control: a calendar, a list to
// choose from. Esc and a click beside it close it.
type popover struct {
	widget.BaseWidget
	overlay

	anchor  fyne.CanvasObject
	content fyne.CanvasObject
	wanted  fyne.Size
	onClose func()
	face    *canvas.Rectangle
}

var (
	_ drawn    = (*popover)(nil)
	_ keyTaker = (*popover)(nil)
	_ tipHost  = (*popover)(nil)
)

// showPopover hangs content of the wanted size on anchor. It gives nil when
// anchor is not on a window.
func showPopover(anchor, content fyne.CanvasObject, wanted fyne.Size, target fyne.Focusable, onClose func()) *popover {
	c := canvasOf(anchor)
	if c == nil {
		return nil
	}
	p := &popover{anchor: anchor, content: content, wanted: wanted, onClose: onClose, face: &canvas.Rectangle{}}
	p.ExtendBaseWidget(p)
	p.prepare(c, p)
	p.show(target)
	return p
}

// close takes the popover away.
func (p *popover) close() {
	if !p.open {
		return
	}
	p.hide()
	if p.onClose != nil {
		p.onClose()
	}
}

// Hide closes the popover; Fyne calls it too.
func (p *popover) Hide() { p.close() }

func (p *popover) takeKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyEscape {
		p.close()
		return true
	}
	return false
}

// Tapped closes the popover when the click is beside it.
func (p *popover) Tapped(ev *fyne.PointEvent) {
	if !within(ev.Position, p.face) {
		p.close()
	}
}

// TappedSecondary does the same.
func (p *popover) TappedSecondary(ev *fyne.PointEvent) { p.Tapped(ev) }

// CreateRenderer implements fyne.Widget.
func (p *popover) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return newDrawnRenderer(p)
}

func (p *popover) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{p.face, p.content, p.tips.box}
}

func (p *popover) paint() { paintPaper(p.face) }

func (p *popover) least() fyne.Size { return fyne.Size{} }

func (p *popover) arrange(size fyne.Size) {
	const pad, edge = 8, 4
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.anchor).Subtract(
		fyne.CurrentApp().Driver().AbsolutePositionForObject(p))
	anchor := p.anchor.Size()
	want := p.wanted.AddWidthHeight(2*pad, 2*pad)
	width := min(want.Width, size.Width-2*edge)
	under := size.Height - (at.Y + anchor.Height) - 2*edge
	over := at.Y - 2*edge
	y, height := at.Y+anchor.Height+edge, min(want.Height, under)
	if want.Height > under && over > under {
		height = min(want.Height, over)
		y = at.Y - height - edge
	}
	x := max(edge, min(at.X, size.Width-width-edge))
	p.face.Move(fyne.NewPos(x, y))
	p.face.Resize(fyne.NewSize(width, height))
	p.content.Move(fyne.NewPos(x+pad, y+pad))
	p.content.Resize(fyne.NewSize(width-2*pad, height-2*pad))
}
