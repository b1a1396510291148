package mapping

// Rect is a rectangle in a drawing, y downwards.
type Rect struct{ X, Y, Width, Height float64 }

func (r Rect) overlaps(o Rect) bool {
	return r.X < o.X+o.Width && o.X < r.X+r.Width && r.Y < o.Y+o.Height && o.Y < r.Y+r.Height
}

func (r Rect) inside(width, height float64) bool {
	return r.X >= 0 && r.Y >= 0 && r.X+r.Width <= width && r.Y+r.Height <= height
}

// Label is a name that wants to stand beside its mark.
type Label struct {
	Mark          Rect // what it names; no label may cover any mark
	Width, Height float64
}

// PlaceLabels finds room for the labels in a drawing, the first ones first: to
// the right of the mark, to the left, under, over. A label that would cover
// another, a mark or the edge is left out: its ok is false.
func PlaceLabels(labels []Label, width, height, gap float64) (at []Rect, ok []bool) {
	at, ok = make([]Rect, len(labels)), make([]bool, len(labels))
	for i, l := range labels {
		for _, r := range l.candidates(gap) {
			if r.inside(width, height) && free(r, labels, i, at[:i], ok) {
				at[i], ok[i] = r, true
				break
			}
		}
	}
	return at, ok
}

func (l Label) candidates(gap float64) [4]Rect {
	middleX, middleY := l.Mark.X+l.Mark.Width/2, l.Mark.Y+l.Mark.Height/2
	return [4]Rect{
		{l.Mark.X + l.Mark.Width + gap, middleY - l.Height/2, l.Width, l.Height},
		{l.Mark.X - gap - l.Width, middleY - l.Height/2, l.Width, l.Height},
		{middleX - l.Width/2, l.Mark.Y + l.Mark.Height, l.Width, l.Height},
		{middleX - l.Width/2, l.Mark.Y - l.Height, l.Width, l.Height},
	}
}

func free(r Rect, labels []Label, own int, placed []Rect, ok []bool) bool {
	for j, other := range labels {
		if j != own && r.overlaps(other.Mark) || j < own && ok[j] && r.overlaps(placed[j]) {
			return false
		}
	}
	return true
}
