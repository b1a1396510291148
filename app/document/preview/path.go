package preview

import (
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/layout"
)

// curveSteps is the number of straight steps that stand for a curve.
const curveSteps = 12

// maxHoles is the most parts whose order is looked into.
const maxHoles = 2000

// path fills a path. The rasterizer counts turns, so holes are made to turn the
// other way.
func (s *sheet) path(op *layout.Op) {
	parts := straight(op.Path)
	if op.EvenOdd && len(parts) <= maxHoles {
		turnHoles(parts)
	}
	s.fillAll(op.Colour, parts)
}

// straight makes straight steps of a path, a list for each part.
func straight(path []document.Segment) (parts [][][2]float64) {
	var at [2]float64
	xy := func(p document.Point) [2]float64 { return [2]float64{p.X, p.Y} }
	add := func(p [2]float64) {
		if len(parts) == 0 {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], p)
		at = p
	}
	for _, g := range path {
		switch g.Kind {
		case document.MoveTo:
			parts = append(parts, nil)
			add(xy(g.P[0]))
		case document.LineTo:
			add(xy(g.P[0]))
		case document.CurveTo:
			from, a, b, to := at, xy(g.P[0]), xy(g.P[1]), xy(g.P[2])
			for i := 1; i <= curveSteps; i++ {
				t := float64(i) / curveSteps
				u := 1 - t
				var p [2]float64
				for k := range 2 {
					p[k] = u*u*u*from[k] + 3*u*u*t*a[k] + 3*u*t*t*b[k] + t*t*t*to[k]
				}
				add(p)
			}
		case document.Close:
			if n := len(parts); n > 0 && len(parts[n-1]) > 0 {
				start := parts[n-1][0]
				parts = append(parts, nil) // a step without a move begins where the part began
				add(start)
			}
		}
	}
	return parts
}

// turnHoles makes parts within an odd number of others turn the other way than
// those around them.
func turnHoles(parts [][][2]float64) {
	for i, p := range parts {
		if len(p) < 3 {
			continue
		}
		depth := 0
		for k, q := range parts {
			if k != i && len(q) >= 3 && within(p[0], q) {
				depth++
			}
		}
		if (area(p) > 0) != (depth%2 == 0) {
			for a, b := 0, len(p)-1; a < b; a, b = a+1, b-1 {
				p[a], p[b] = p[b], p[a]
			}
		}
	}
}

// area is twice the area of a shape, negative when it turns the other way.
func area(p [][2]float64) (sum float64) {
	for i, a := range p {
		b := p[(i+1)%len(p)]
		sum += a[0]*b[1] - b[0]*a[1]
	}
	return sum
}

func within(at [2]float64, p [][2]float64) (in bool) {
	for i, a := range p {
		b := p[(i+1)%len(p)]
		if (a[1] > at[1]) != (b[1] > at[1]) && at[0] < (b[0]-a[0])*(at[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}
