package picture

import (
	"math"

	"kompetansepilot/app/document"
)

// chain is a part of a path as straight steps.
type chain struct {
	points []document.Point
	closed bool
}

// curveSteps is the number of straight steps that stand for a curve in an
// outline; at the size of a logo the difference cannot be seen.
const curveSteps = 24

// chains makes straight steps of a path, without steps of no length. It ends
// when there are more than most.
func chains(p []document.Segment, most int) (out []chain) {
	steps := 0
	add := func(pt document.Point) {
		c := &out[len(out)-1]
		if n := len(c.points); n == 0 || c.points[n-1] != pt {
			c.points = append(c.points, pt)
			steps++
		}
	}
	var at, start document.Point
	fresh := true // the next step begins a chain
	begin := func() {
		if fresh {
			out = append(out, chain{points: []document.Point{at}})
			fresh = false
		}
	}
	for _, g := range p {
		if steps > most {
			break
		}
		switch g.Kind {
		case document.MoveTo:
			at, start, fresh = g.P[0], g.P[0], true
		case document.LineTo:
			begin()
			add(g.P[0])
			at = g.P[0]
		case document.CurveTo:
			begin()
			for i := 1; i <= curveSteps; i++ {
				add(onCurve(at, g.P, float64(i)/curveSteps))
			}
			at = g.P[2]
		case document.Close:
			begin()
			c := &out[len(out)-1]
			c.closed = true
			if n := len(c.points); n > 1 && c.points[n-1] == c.points[0] {
				c.points = c.points[:n-1]
			}
			at, fresh = start, true
		}
	}
	return out
}

func onCurve(from document.Point, p [3]document.Point, t float64) document.Point {
	a, b, c := between(from, p[0], t), between(p[0], p[1], t), between(p[1], p[2], t)
	return between(between(a, b, t), between(b, c, t), t)
}

// outline gives the area that a pen covers along a path. Its parts all turn the
// same way, so that they add up where they lie over each other. One with more
// than most segments is not finished.
func outline(p []document.Segment, s state, most int) []document.Segment {
	o := &pen{half: s.strokeWidth / 2, state: s, most: most}
	for _, c := range chains(p, most) {
		o.draw(c)
	}
	return o.out.segments
}

// pen draws an outline.
type pen struct {
	state
	half float64
	most int
	out  pathBuilder
}

func (o *pen) draw(c chain) {
	n := len(c.points)
	if n == 1 {
		if o.cap == "round" {
			o.round(c.points[0])
		}
		return
	}
	steps := n - 1
	if c.closed {
		steps = n
	}
	for i := range steps {
		if len(o.out.segments) > o.most {
			return
		}
		a, b := c.points[i], c.points[(i+1)%n]
		dx, dy := o.direction(a, b)
		if o.cap == "square" && !c.closed {
			if i == 0 {
				a = document.Point{X: a.X - dx*o.half, Y: a.Y - dy*o.half}
			}
			if i == steps-1 {
				b = document.Point{X: b.X + dx*o.half, Y: b.Y + dy*o.half}
			}
		}
		nx, ny := -dy*o.half, dx*o.half
		o.polygon(document.Point{X: a.X + nx, Y: a.Y + ny}, document.Point{X: b.X + nx, Y: b.Y + ny},
			document.Point{X: b.X - nx, Y: b.Y - ny}, document.Point{X: a.X - nx, Y: a.Y - ny})
		if i < steps-1 || c.closed {
			o.corner(c.points[i], c.points[(i+1)%n], c.points[(i+2)%n])
		}
	}
	if o.cap == "round" && !c.closed {
		o.round(c.points[0])
		o.round(c.points[n-1])
	}
}

func (o *pen) direction(a, b document.Point) (dx, dy float64) {
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	if length == 0 {
		return 0, 0
	}
	return (b.X - a.X) / length, (b.Y - a.Y) / length
}

// corner fills the wedge where two steps meet.
func (o *pen) corner(a, b, c document.Point) {
	if o.join == "round" {
		o.round(b)
		return
	}
	ux, uy := o.direction(a, b)
	vx, vy := o.direction(b, c)
	cross := ux*vy - uy*vx
	if math.Abs(cross) < 1e-9 {
		return
	}
	side := o.half
	if cross > 0 {
		side = -side
	}
	p := document.Point{X: b.X - uy*side, Y: b.Y + ux*side}
	q := document.Point{X: b.X - vy*side, Y: b.Y + vx*side}
	// The tip lies on the middle line, as far out as 1 / cos of half the turn.
	half := math.Sqrt(max(0, (1+ux*vx+uy*vy)/2))
	if o.join == "bevel" || half == 0 || 1/half > o.miter {
		o.polygon(b, p, q)
		return
	}
	mx, my := p.X+q.X-2*b.X, p.Y+q.Y-2*b.Y
	length := math.Hypot(mx, my)
	if length == 0 {
		return
	}
	reach := math.Abs(side) / half / length
	o.polygon(b, p, document.Point{X: b.X + mx*reach, Y: b.Y + my*reach}, q)
}

func (o *pen) round(at document.Point) { o.out.ellipse(at.X, at.Y, o.half, o.half) }

// polygon adds a closed shape that turns clockwise, as an ellipse does.
func (o *pen) polygon(points ...document.Point) {
	area := 0.0
	for i, p := range points {
		q := points[(i+1)%len(points)]
		area += p.X*q.Y - q.X*p.Y
	}
	if area == 0 {
		return
	}
	for i := range points {
		p := points[i]
		if area < 0 {
			p = points[len(points)-1-i]
		}
		if i == 0 {
			o.out.move(p)
		} else {
			o.out.line(p)
		}
	}
	o.out.close()
}
