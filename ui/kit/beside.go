package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/theme"
)

// Beside puts something small, such as a button, to the right of what takes the
// room that is left and breaks in it.
func Beside(content, small fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{}, content, small)
}

type besideLayout struct{ laid float32 }

func (l *besideLayout) rest(objects []fyne.CanvasObject, width float32) float32 {
	return max(width-objects[1].MinSize().Width-theme.Size(theme.SizeNameGap), 0)
}

func (l *besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	rest, small := l.rest(objects, size.Width), objects[1].MinSize()
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(rest, heightOf(objects[0], rest)))
	objects[1].Move(fyne.NewPos(size.Width-small.Width, 0))
	objects[1].Resize(small)
}

func (l *besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[0].MinSize().Width + theme.Size(theme.SizeNameGap) + objects[1].MinSize().Width
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *besideLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return max(heightOf(objects[0], l.rest(objects, width)), objects[1].MinSize().Height)
}

// Indented puts an object under the text of a Check that stands over it.
func Indented(o fyne.CanvasObject) *fyne.Container { return container.New(&indentLayout{}, o) }

type indentLayout struct{ laid float32 }

func (l *indentLayout) indent() float32 { return (*Check)(nil).indent() }

func (l *indentLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	objects[0].Move(fyne.NewPos(l.indent(), 0))
	objects[0].Resize(fyne.NewSize(max(size.Width-l.indent(), 0), size.Height))
}

func (l *indentLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[0].MinSize().Width + l.indent()
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *indentLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[0], max(width-l.indent(), 0))
}
