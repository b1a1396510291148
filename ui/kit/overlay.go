package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// overlay is what dialogs and popovers share: they cover the window, keep the
// focus inside, and give it back when they close.
type overlay struct {
	canvas fyne.Canvas
	self   fyne.CanvasObject
	before fyne.Focusable // what had the focus under it
	tips   *tipLayer
	open   bool
}

func (o *overlay) tipLayer() *tipLayer { return o.tips }

// prepare finds the window's tooltips for self.
func (o *overlay) prepare(c fyne.Canvas, self fyne.CanvasObject) {
	o.canvas, o.self = c, self
	o.tips = newTipLayer(nil, self)
	if stage, ok := c.Content().(*Stage); ok {
		o.tips.tasks = stage.tasks
	}
}

// show puts self over the window and the focus on target, which may be nil.
func (o *overlay) show(target fyne.Focusable) {
	o.open = true
	o.before = o.canvas.Focused()
	o.canvas.Unfocus()
	o.canvas.Overlays().Add(o.self)
	if target != nil {
		o.canvas.Focus(target)
	} else {
		o.canvas.FocusNext()
	}
}

// hide takes self away and gives the focus back, where what had it is still there.
func (o *overlay) hide() {
	if !o.open {
		return
	}
	o.open = false
	o.canvas.Unfocus()
	o.canvas.Overlays().Remove(o.self)
	before, ok := o.before.(fyne.CanvasObject)
	if !ok {
		return
	}
	if _, there := pathTo(topOf(o.canvas), before); there {
		o.canvas.Focus(o.before)
	}
}

// paper is the face of an overlay.
func paintPaper(face *canvas.Rectangle) {
	face.FillColor = theme.Color(fynetheme.ColorNameOverlayBackground)
	face.StrokeColor, face.StrokeWidth = theme.Color(theme.ColorNameFieldBorder), 1
	face.CornerRadius = theme.Size(fynetheme.SizeNameDialogRadius)
	face.Shadow = canvas.Shadow{BlurRadius: 12, Offset: fyne.NewPos(0, 3), Color: theme.Color(fynetheme.ColorNameShadow)}
	face.Refresh()
}

// within tells whether a point is inside an object of the same parent.
func within(pos fyne.Position, o fyne.CanvasObject) bool {
	p, s := o.Position(), o.Size()
	return pos.X >= p.X && pos.Y >= p.Y && pos.X < p.X+s.Width && pos.Y < p.Y+s.Height
}
