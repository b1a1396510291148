package mapping

// Clip is the part of a closed ring that lies in the box, as one ring along the
// box's edges; nil when nothing does. Drawn in a box that is larger than the
// drawing, the new edges are out of sight.
func Clip(ring []Place, b Box) []Place {
	edges := []struct {
		inside func(Place) bool
		cross  func(p, q Place) Place
	}{
		{func(p Place) bool { return p.X >= b.West }, func(p, q Place) Place { return atX(p, q, b.West) }},
		{func(p Place) bool { return p.X <= b.East }, func(p, q Place) Place { return atX(p, q, b.East) }},
		{func(p Place) bool { return p.Y >= b.South }, func(p, q Place) Place { return atY(p, q, b.South) }},
		{func(p Place) bool { return p.Y <= b.North }, func(p, q Place) Place { return atY(p, q, b.North) }},
	}
	for _, e := range edges {
		if len(ring) == 0 {
			return nil
		}
		var kept []Place
		before := ring[len(ring)-1]
		for _, p := range ring {
			switch in, was := e.inside(p), e.inside(before); {
			case in && !was:
				kept = append(kept, e.cross(before, p), p)
			case in:
				kept = append(kept, p)
			case was:
				kept = append(kept, e.cross(before, p))
			}
			before = p
		}
		ring = kept
	}
	return ring
}

func atX(p, q Place, x float64) Place {
	return Place{X: x, Y: p.Y + (q.Y-p.Y)*(x-p.X)/(q.X-p.X)}
}

func atY(p, q Place, y float64) Place {
	return Place{X: p.X + (q.X-p.X)*(y-p.Y)/(q.Y-p.Y), Y: y}
}
