package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// Shares says how objects share a width.
type Shares struct {
	Parts []float32 // of the width, one an object
	// Least is the width, at text size 1, under which the objects stand under each
	// other.
	Least float32
	// Gap is the distance beside, Under the one under each other.
	Gap, Under float32
	// Middle lines the objects up by their middles, not their tops.
	Middle bool
	// End are texts, such as amounts, that stand to the right while the objects are
	// beside each other, and to the left under each other.
	End []*Text
}

// NewShares puts objects beside each other, or under each other where there is
// little room.
func NewShares(s Shares, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&sharesLayout{Shares: s, under: &columnLayout{gap: s.Under}}, objects...)
}

type sharesLayout struct {
	Shares
	under *columnLayout
	laid  float32
}

// beside tells whether a width is enough for the objects to stand beside each
// other.
func (l *sharesLayout) beside(width float32) bool {
	return width >= l.Least*theme.Size(fynetheme.SizeNameText)/14
}

// widths are the objects' widths beside each other.
func (l *sharesLayout) widths(n int, width float32) []float32 {
	var sum float32
	for i := range n {
		sum += l.Parts[i]
	}
	room := max(width-l.Gap*float32(n-1), 0)
	all := make([]float32, n)
	for i := range n {
		all[i] = room * l.Parts[i] / sum
	}
	return all
}

func (l *sharesLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	beside := l.beside(size.Width)
	l.align(beside)
	if !beside {
		l.under.Layout(objects, size)
		return
	}
	whole := l.heightFor(objects, size.Width)
	var x float32
	for i, width := range l.widths(len(objects), size.Width) {
		height, y := heightOf(objects[i], width), float32(0)
		if l.Middle {
			y = (whole - height) / 2
		}
		objects[i].Move(fyne.NewPos(x, y))
		objects[i].Resize(fyne.NewSize(width, height))
		x += width + l.Gap
	}
}

func (l *sharesLayout) align(beside bool) {
	align := fyne.TextAlignLeading
	if beside {
		align = fyne.TextAlignTrailing
	}
	for _, t := range l.End {
		if t.align != align {
			t.SetAlign(align)
		}
	}
}

func (l *sharesLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
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
