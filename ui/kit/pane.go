package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
