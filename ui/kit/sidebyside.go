package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/theme"
)

// SideBySide puts fields beside each other, equally wide. Where one would get
// less than least, at text size 1, they stand under each other.
func SideBySide(least float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&sideLayout{least: least}, objects...)
}

type sideLayout struct{ least, laid float32 }

// columns is how many stand beside each other, and how wide each is.
func (l *sideLayout) columns(n int, width float32) (int, float32) {
	gap := theme.Size(theme.SizeNameGroup)
	each := (width - gap*float32(n-1)) / float32(n)
	if n > 1 && each < l.least*theme.Size(theme.SizeNameLabel)/13 {
		return 1, width
	}
	return n, each
}

func (l *sideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	columns, each := l.columns(len(objects), size.Width)
	var x, y, high float32
	for i, o := range objects {
		if i > 0 && i%columns == 0 {
			x, y, high = 0, y+high, 0
		}
		height := heightOf(o, each)
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(each, height))
		x, high = x+each+theme.Size(theme.SizeNameGroup), max(high, height)
	}
}

func (l *sideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *sideLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	columns, each := l.columns(len(objects), width)
	var height, high float32
	for i, o := range objects {
		if i > 0 && i%columns == 0 {
			height, high = height+high, 0
		}
		high = max(high, heightOf(o, each))
	}
	return height + high
}
