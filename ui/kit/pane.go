package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/theme"
)

// Pane puts content between what stands over and under it. Unlike Dock it gives
// rows that break just the height that they need at this width. top and bottom
// may be nil.
func Pane(top, content, bottom fyne.CanvasObject) *fyne.Container {
	l := &paneLayout{top: top, content: content, bottom: bottom}
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{top, content, bottom} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(l, objects...)
}

type paneLayout struct {
	top, content, bottom fyne.CanvasObject
	laid                 float32
}

func (l *paneLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	top, bottom := l.edge(l.top, size.Width), l.edge(l.bottom, size.Width)
	place := func(o fyne.CanvasObject, y, height float32) {
		if o != nil {
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(size.Width, max(height, 0)))
		}
	}
	place(l.top, 0, top)
	place(l.content, top, size.Height-top-bottom)
	place(l.bottom, size.Height-bottom, bottom)
}

func (l *paneLayout) edge(o fyne.CanvasObject, width float32) float32 {
	if o == nil || !o.Visible() {
		return 0
	}
	return heightOf(o, width)
}

func (l *paneLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	laid := max(l.laid, width)
	return fyne.NewSize(width, l.edge(l.top, laid)+l.content.MinSize().Height+l.edge(l.bottom, laid))
}

// Pair puts two fields beside each other, equally wide, or under each other
// where that would be too narrow.
func Pair(a, b fyne.CanvasObject) *fyne.Container { return container.New(&pairLayout{}, a, b) }

type pairLayout struct{ laid float32 }

// half is the width of each, or 0 where they stand under each other.
func (l *pairLayout) half(width float32) float32 {
	half := (width - theme.Size(theme.SizeNameGroup)) / 2
	if half < 150*textScale() {
		return 0
	}
	return half
}

// gap is the distance between fields that stand under each other.
func (l *pairLayout) gap() float32 { return theme.Size(theme.SizeNameGap) * 1.5 }

func (l *pairLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	half := l.half(size.Width)
	var at fyne.Position
	for _, o := range objects {
		width := half
		if half == 0 {
			width = size.Width
		}
		height := heightOf(o, width)
		o.Move(at)
		o.Resize(fyne.NewSize(width, height))
		if half == 0 {
			at.Y += height + l.gap()
		} else {
			at.X += half + theme.Size(theme.SizeNameGroup)
		}
	}
}

func (l *pairLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *pairLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	half := l.half(width)
	var height float32
	for i, o := range objects {
		switch {
		case half > 0:
			height = max(height, heightOf(o, half))
		case i > 0:
			height += l.gap() + heightOf(o, width)
		default:
			height = heightOf(o, width)
		}
	}
	return height
}
