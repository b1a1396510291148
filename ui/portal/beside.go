package portal

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// beside puts the list of steps and the chosen one beside each other, or the list
// over it where the window is narrow.
type beside struct {
	list, detail fyne.CanvasObject
	whole        *fyne.Container
	split        *kit.Split
	stacked      bool
	laid         bool
}

// leastWidth is the width, at text size 1, from which the two stand beside each
// other, and listShare how much of the height the list gets when they don't.
const (
	leastWidth = 560
	listShare  = 0.45
)

func newBeside(list, detail fyne.CanvasObject) fyne.CanvasObject {
	b := &beside{list: list, detail: detail}
	b.whole = &fyne.Container{Layout: b}
	b.split = kit.NewSplit(list, detail, 0.36, nil)
	b.whole.Objects = []fyne.CanvasObject{b.split}
	return b.whole
}

// MinSize is small, so that the window can become narrow enough to stack.
func (b *beside) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 240) }

// Layout chooses the arrangement for the width.
func (b *beside) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	scale := theme.Size(theme.SizeNameFormWidth) / 720
	stacked := size.Width/scale < leastWidth
	if !b.laid || stacked != b.stacked {
		b.laid, b.stacked = true, stacked
		b.whole.Objects = []fyne.CanvasObject{b.split}
		if stacked {
			b.whole.Objects = []fyne.CanvasObject{b.list, b.detail}
		} else {
			b.split = kit.NewSplit(b.list, b.detail, b.split.Offset(), nil)
			b.whole.Objects = []fyne.CanvasObject{b.split}
		}
	}
	if !stacked {
		b.split.Resize(size)
		return
	}
	gap := theme.Size(theme.SizeNameGroup)
	high := (size.Height - gap) * listShare
	b.list.Move(fyne.Position{})
	b.list.Resize(fyne.NewSize(size.Width, high))
	b.detail.Move(fyne.NewPos(0, high+gap))
	b.detail.Resize(fyne.NewSize(size.Width, size.Height-high-gap))
}
