package mapping

import "math"

// Box is a rectangle on the paper, in kilometres.
type Box struct{ West, South, East, North float64 }

// Around is the smallest box that holds the places; empty without any.
func Around(places []Place) Box {
	if len(places) == 0 {
		return Box{}
	}
	b := Box{West: places[0].X, East: places[0].X, South: places[0].Y, North: places[0].Y}
	for _, p := range places[1:] {
		b.West, b.East = min(b.West, p.X), max(b.East, p.X)
		b.South, b.North = min(b.South, p.Y), max(b.North, p.Y)
	}
	return b
}

// Width and Height are in kilometres.
func (b Box) Width() float64 { return b.East - b.West }

// Height is in kilometres.
func (b Box) Height() float64 { return b.North - b.South }

// Middle is the centre of the box.
func (b Box) Middle() Place { return Place{(b.West + b.East) / 2, (b.South + b.North) / 2} }

// Grown is the box with a margin in kilometres on every side.
func (b Box) Grown(by float64) Box {
	return Box{West: b.West - by, South: b.South - by, East: b.East + by, North: b.North + by}
}

// Holds tells whether a place is in the box.
func (b Box) Holds(p Place) bool {
	return p.X >= b.West && p.X <= b.East && p.Y >= b.South && p.Y <= b.North
}

// View is a window on the paper: what is drawn, and how large. Its lengths are
// in the units of the drawing, with y downwards.
type View struct {
	Width, Height float64
	Middle        Place   // in the middle of the drawing
	Scale         float64 // units per kilometre
}

// leastKilometres keeps a map of one place from being a map of nothing.
const leastKilometres = 20

// Fit shows the whole box, with a margin in units on every side.
func Fit(b Box, width, height, margin float64) View {
	across := max(width-2*margin, 1) / max(b.Width(), leastKilometres)
	down := max(height-2*margin, 1) / max(b.Height(), leastKilometres)
	return View{Width: width, Height: height, Middle: b.Middle(), Scale: min(across, down)}
}

// At is where a place comes in the drawing.
func (v View) At(p Place) (x, y float64) {
	return v.Width/2 + (p.X-v.Middle.X)*v.Scale, v.Height/2 - (p.Y-v.Middle.Y)*v.Scale
}

// Place is what is drawn at x, y.
func (v View) Place(x, y float64) Place {
	return Place{X: v.Middle.X + (x-v.Width/2)/v.Scale, Y: v.Middle.Y - (y-v.Height/2)/v.Scale}
}

// Seen is the box that the drawing shows.
func (v View) Seen() Box {
	sw, ne := v.Place(0, v.Height), v.Place(v.Width, 0)
	return Box{West: sw.X, South: sw.Y, East: ne.X, North: ne.Y}
}

// Zoomed is the view enlarged by a factor, with what is at x, y staying there.
func (v View) Zoomed(factor, x, y float64) View {
	at := v.Place(x, y)
	v.Scale *= factor
	now := v.Place(x, y)
	v.Middle.X += at.X - now.X
	v.Middle.Y += at.Y - now.Y
	return v
}

// Moved is the view after the drawing was dragged by dx, dy units.
func (v View) Moved(dx, dy float64) View {
	v.Middle.X -= dx / v.Scale
	v.Middle.Y += dy / v.Scale
	return v
}

// Within is the view with its middle brought inside the box, so that nobody
// gets lost at sea.
func (v View) Within(b Box) View {
	v.Middle.X = min(max(v.Middle.X, b.West), b.East)
	v.Middle.Y = min(max(v.Middle.Y, b.South), b.North)
	return v
}

// Revealing is the view moved as little as is needed for a place to be at least
// margin units inside the drawing.
func (v View) Revealing(p Place, margin float64) View {
	x, y := v.At(p)
	margin = min(margin, v.Width/2, v.Height/2)
	dx := min(max(x, margin), v.Width-margin) - x
	dy := min(max(y, margin), v.Height-margin) - y
	if dx == 0 && dy == 0 {
		return v
	}
	return v.Moved(dx, dy)
}

// Nearest is the index of the place nearest to x, y in the drawing and at most
// reach units away, or -1.
func (v View) Nearest(places []Place, x, y, reach float64) int {
	best, least := -1, reach
	for i, p := range places {
		px, py := v.At(p)
		if d := math.Hypot(px-x, py-y); d <= least {
			best, least = i, d
		}
	}
	return best
}

// Direction is where an arrow key points.
type Direction struct{ X, Y float64 }

// The four directions on the paper.
var (
	North = Direction{0, 1}
	South = Direction{0, -1}
	East  = Direction{1, 0}
	West  = Direction{-1, 0}
)

// Toward is the index of the place that an arrow key goes to from another: the
// nearest that lies more that way than across it, with what lies aside counted
// double. It is -1 when nothing lies that way.
func Toward(places []Place, from int, d Direction) int {
	best, least := -1, math.Inf(1)
	for i, p := range places {
		dx, dy := p.X-places[from].X, p.Y-places[from].Y
		along, aside := dx*d.X+dy*d.Y, math.Abs(dx*d.Y-dy*d.X)
		if i == from || along <= 0 || aside > along {
			continue
		}
		if cost := along + 2*aside; cost < least {
			best, least = i, cost
		}
	}
	return best
}
