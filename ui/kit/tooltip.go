package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// How long the mouse or the focus rests before the tooltip comes.
const tooltipDelay = 600 * time.Millisecond

// tipHost is what tooltips are drawn in: the Stage, or a dialog over it. A
// tooltip cannot be an overlay of Fyne, for that takes the mouse away from what
// is under it.
type tipHost interface {
	tipLayer() *tipLayer
}

// tooltip is the tooltip of one widget.
type tooltip struct {
	owner  fyne.CanvasObject
	text   string
	part   float32 // height of the part of the owner that it tells of; 0 for all of it
	cancel func()
	layer  *tipLayer
}

// hostOf is what draws tooltips over an object now, nil for nothing.
func hostOf(o fyne.CanvasObject) *tipLayer {
	c := canvasOf(o)
	if c == nil {
		return nil
	}
	host, ok := c.Overlays().Top().(tipHost)
	if !ok && c.Overlays().Top() == nil {
		host, ok = c.Content().(tipHost)
	}
	if !ok {
		return nil
	}
	return host.tipLayer()
}

// hideTip takes away the tooltip over an object that moved from under it.
func hideTip(o fyne.CanvasObject) {
	if layer := hostOf(o); layer != nil && layer.box.Visible() {
		layer.hide()
	}
}

// showSoon shows the text after a moment, at an offset from the owner.
func (t *tooltip) showSoon(offset fyne.Position) {
	t.hide()
	layer := hostOf(t.owner)
	if t.text == "" || layer == nil || layer.tasks == nil {
		return
	}
	t.cancel = layer.tasks.After(tooltipDelay, func() {
		t.layer = layer
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t.owner)
		height := t.part
		if height == 0 {
			height = t.owner.Size().Height
		}
		layer.show(t.text, at.Add(offset), height)
	})
}

func (t *tooltip) hide() {
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
	if t.layer != nil {
		t.layer.hide()
		t.layer = nil
	}
}

// tipLayer draws at most one tooltip over its host.
type tipLayer struct {
	tasks *task.Runner
	host  fyne.CanvasObject // covers the window
	box   *fyne.Container
	face  *canvas.Rectangle
	text  *Text
}

func newTipLayer(tasks *task.Runner, host fyne.CanvasObject) *tipLayer {
	l := &tipLayer{
		tasks: tasks,
		host:  host,
		face:  &canvas.Rectangle{},
		text:  newText("", fynetheme.ColorNameForeground, theme.SizeNameLabel, false),
	}
	l.box = &fyne.Container{Objects: []fyne.CanvasObject{l.face, l.text}}
	l.box.Hide()
	return l
}

// show puts the tooltip at an absolute position, or above the owner where there
// is no room under it.
func (l *tipLayer) show(text string, at fyne.Position, ownerHeight float32) {
	c := canvasOf(l.host)
	if c == nil {
		return
	}
	const widest, pad = 360, 8
	l.face.FillColor = theme.Color(fynetheme.ColorNameOverlayBackground)
	l.face.StrokeColor, l.face.StrokeWidth = theme.Color(theme.ColorNameFieldBorder), 1
	l.face.CornerRadius = theme.Size(theme.SizeNameRadius)
	l.text.SetText(text)
	width := min(l.text.measure(text)+1, widest)
	size := fyne.NewSize(width, l.text.heightFor(width))
	l.text.Move(fyne.NewPos(pad, pad/2))
	l.text.Resize(size)
	outer := size.AddWidthHeight(2*pad, pad)
	l.face.Resize(outer)

	room := c.Size()
	at.Y += 6
	if at.Y+outer.Height > room.Height {
		at.Y -= ownerHeight + outer.Height + 12
	}
	at.X = max(4, min(at.X, room.Width-outer.Width-4))
	l.box.Resize(outer)
	l.box.Move(at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(l.host)))
	l.box.Show()
	canvas.Refresh(l.host) // Fyne does not know a hidden object's window
}

func (l *tipLayer) hide() {
	l.box.Hide()
	canvas.Refresh(l.host)
}
