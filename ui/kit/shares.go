package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// Shares puts objects beside each other, their tops in line, each with its share
// of the width; under each other where there is less than least, given for text
// size 1. gap is the distance beside, gapUnder the one under each other.
func Shares(least, gap, gapUnder float32, shares []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&sharesLayout{least: least, gap: gap, shares: shares, under: &columnLayout{gap: gapUnder}}, objects...)
}

// SharesEnd is Shares for rows that end in figures: the texts in end stand to
// the right while the objects are beside each other, and to the left under each
// other.
func SharesEnd(least, gap, gapUnder float32, shares []float32, end []*Text, objects ...fyne.CanvasObject) *fyne.Container {
	c := Shares(least, gap, gapUnder, shares, objects...)
	c.Layout.(*sharesLayout).end = end
	return c
}

type sharesLayout struct {
	least, gap float32
	shares     []float32
	under      *columnLayout
	end        []*Text
	laid       float32
}

// beside tells whether a width is enough for the objects to stand beside each
// other.
func (l *sharesLayout) beside(width float32) bool {
	return width >= l.least*theme.Size(fynetheme.SizeNameText)/14
}

// widths are the objects' widths beside each other.
func (l *sharesLayout) widths(n int, width float32) []float32 {
	var sum float32
	for i := range n {
		sum += l.shares[i]
	}
	room := max(width-l.gap*float32(n-1), 0)
	all := make([]float32, n)
	for i := range n {
		all[i] = room * l.shares[i] / sum
	}
	return all
}

func (l *sharesLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	align := fyne.TextAlignLeading
	if l.beside(size.Width) {
		align = fyne.TextAlignTrailing
	}
	for _, t := range l.end {
		if t.align != align {
			t.SetAlign(align)
		}
	}
	if !l.beside(size.Width) {
		l.under.Layout(objects, size)
		return
	}
	var x float32
	for i, width := range l.widths(len(objects), size.Width) {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(width, heightOf(objects[i], width)))
		x += width + l.gap
	}
}

func (l *sharesLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.under.MinSize(objects).Width
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *sharesLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if !l.beside(width) {
		return l.under.heightFor(objects, width)
	}
	var height float32
	for i, w := range l.widths(len(objects), width) {
		height = max(height, heightOf(objects[i], w))
	}
	return height
}
