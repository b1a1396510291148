package picture

import (
	"encoding/xml"
	"math"
	"strconv"

	"kompetansepilot/app/document"
)

// path gives the outline of a shape in its own plane.
func (d *drawing) path(e xml.StartElement) ([]document.Segment, error) {
	number := func(name string) float64 {
		v, _ := length(attribute(e, name))
		return v
	}
	p := &pathBuilder{}
	switch e.Name.Local {
	case "path":
		if !p.parse(attribute(e, "d")) {
			return nil, d.broken("path")
		}
	case "rect":
		p.rect(number("x"), number("y"), number("width"), number("height"), number("rx"), number("ry"), attribute(e, "rx") != "", attribute(e, "ry") != "")
	case "circle":
		r := number("r")
		p.ellipse(number("cx"), number("cy"), r, r)
	case "ellipse":
		p.ellipse(number("cx"), number("cy"), number("rx"), number("ry"))
	case "line":
		p.move(document.Point{X: number("x1"), Y: number("y1")})
		p.line(document.Point{X: number("x2"), Y: number("y2")})
	default: // polyline, polygon
		points := numbers(attribute(e, "points"))
		for i := 0; i+1 < len(points); i += 2 {
			if pt := (document.Point{X: points[i], Y: points[i+1]}); i == 0 {
				p.move(pt)
			} else {
				p.line(pt)
			}
		}
		if e.Name.Local == "polygon" && len(points) >= 2 {
			p.close()
		}
	}
	return p.segments, nil
}

// pathBuilder collects the steps of a path.
type pathBuilder struct {
	segments    []document.Segment
	at, start   document.Point
	steer       document.Point // the last steering point of a curve
	steerOfCube bool
	steerOfQuad bool
}

func (p *pathBuilder) move(to document.Point) {
	p.segments = append(p.segments, document.Segment{Kind: document.MoveTo, P: [3]document.Point{to}})
	p.at, p.start = to, to
}

func (p *pathBuilder) line(to document.Point) {
	p.segments = append(p.segments, document.Segment{Kind: document.LineTo, P: [3]document.Point{to}})
	p.at = to
}

func (p *pathBuilder) curve(a, b, to document.Point) {
	p.segments = append(p.segments, document.Segment{Kind: document.CurveTo, P: [3]document.Point{a, b, to}})
	p.at = to
}

func (p *pathBuilder) close() {
	p.segments = append(p.segments, document.Segment{Kind: document.Close})
	p.at = p.start
}

// quad is a curve with one steering point.
func (p *pathBuilder) quad(c, to document.Point) {
	from := p.at
	p.curve(between(from, c, 2.0/3), between(to, c, 2.0/3), to)
}

func between(a, b document.Point, t float64) document.Point {
	return document.Point{X: a.X + (b.X-a.X)*t, Y: a.Y + (b.Y-a.Y)*t}
}

func (p *pathBuilder) rect(x, y, w, h, rx, ry float64, hasX, hasY bool) {
	if !(w > 0 && h > 0) {
		return
	}
	if !hasX {
		rx = ry
	}
	if !hasY {
		ry = rx
	}
	rx, ry = min(max(rx, 0), w/2), min(max(ry, 0), h/2)
	at := func(x, y float64) document.Point { return document.Point{X: x, Y: y} }
	p.move(at(x+rx, y))
	for _, corner := range [4][2]document.Point{{at(x+w-rx, y), at(x+w, y+ry)}, {at(x+w, y+h-ry), at(x+w-rx, y+h)},
		{at(x+rx, y+h), at(x, y+h-ry)}, {at(x, y+ry), at(x+rx, y)}} {
		p.line(corner[0])
		if rx > 0 && ry > 0 {
			p.arc(rx, ry, 0, false, true, corner[1])
		}
	}
	p.close()
}

func (p *pathBuilder) ellipse(x, y, rx, ry float64) {
	if !(rx > 0 && ry > 0) {
		return
	}
	p.move(document.Point{X: x + rx, Y: y})
	p.arc(rx, ry, 0, false, true, document.Point{X: x - rx, Y: y})
	p.arc(rx, ry, 0, false, true, document.Point{X: x + rx, Y: y})
	p.close()
}

// arc draws a part of an ellipse as curves (SVG 1.1, appendix F.6).
func (p *pathBuilder) arc(rx, ry, degrees float64, large, sweep bool, to document.Point) {
	from := p.at
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 {
		p.line(to)
		return
	}
	if from == to {
		return
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	dx, dy := (from.X-to.X)/2, (from.Y-to.Y)/2
	x, y := cos*dx+sin*dy, -sin*dx+cos*dy
	if over := x*x/(rx*rx) + y*y/(ry*ry); over > 1 { // too small to reach
		rx, ry = rx*math.Sqrt(over), ry*math.Sqrt(over)
	}
	under := rx*rx*y*y + ry*ry*x*x
	factor := math.Sqrt(max(0, (rx*rx*ry*ry-under)/under))
	if large == sweep {
		factor = -factor
	}
	cx, cy := factor*rx*y/ry, -factor*ry*x/rx
	first := math.Atan2((y-cy)/ry, (x-cx)/rx)
	turn := math.Atan2((-y-cy)/ry, (-x-cx)/rx) - first
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	midX, midY := cos*cx-sin*cy+(from.X+to.X)/2, sin*cx+cos*cy+(from.Y+to.Y)/2
	place := func(u, v float64) document.Point {
		return document.Point{X: midX + cos*rx*u - sin*ry*v, Y: midY + sin*rx*u + cos*ry*v}
	}
	pieces := int(math.Ceil(math.Abs(turn)/(math.Pi/2) - 1e-9))
	step := turn / float64(max(pieces, 1))
	k := 4.0 / 3 * math.Tan(step/4)
	for i := range pieces {
		s1, c1 := math.Sincos(first + float64(i)*step)
		s2, c2 := math.Sincos(first + float64(i+1)*step)
		end := place(c2, s2)
		if i == pieces-1 {
			end = to
		}
		p.curve(place(c1-k*s1, s1+k*c1), place(c2+k*s2, s2-k*c2), end)
	}
}

// parse reads the steps of a path (SVG 1.1, 8.3).
func (p *pathBuilder) parse(s string) bool {
	in := &scanner{s: s}
	command := byte(0)
	for {
		if in.end() {
			return true
		}
		if c, ok := in.letter(); ok {
			command = c
		} else if command == 0 || command == 'Z' || command == 'z' {
			return false
		}
		if len(p.segments) == 0 && command != 'M' && command != 'm' || len(p.segments) > maxSegments {
			return false
		}
		if !p.step(command, in) {
			return false
		}
		switch command { // more pairs after a move are lines
		case 'M':
			command = 'L'
		case 'm':
			command = 'l'
		}
	}
}

func (p *pathBuilder) step(command byte, in *scanner) bool {
	base := document.Point{}
	if command >= 'a' {
		base = p.at
	}
	point := func() document.Point { return document.Point{X: base.X + in.number(), Y: base.Y + in.number()} }
	cube, quad := p.steerOfCube, p.steerOfQuad
	p.steerOfCube, p.steerOfQuad = false, false
	mirrored := func(ok bool) document.Point {
		if !ok {
			return p.at
		}
		return document.Point{X: 2*p.at.X - p.steer.X, Y: 2*p.at.Y - p.steer.Y}
	}
	switch command {
	case 'M', 'm':
		p.move(point())
	case 'L', 'l':
		p.line(point())
	case 'H', 'h':
		p.line(document.Point{X: base.X + in.number(), Y: p.at.Y})
	case 'V', 'v':
		p.line(document.Point{X: p.at.X, Y: base.Y + in.number()})
	case 'C', 'c', 'S', 's':
		a := mirrored(cube)
		if command == 'C' || command == 'c' {
			a = point()
		}
		b := point()
		p.curve(a, b, point())
		p.steer, p.steerOfCube = b, true
	case 'Q', 'q', 'T', 't':
		c := mirrored(quad)
		if command == 'Q' || command == 'q' {
			c = point()
		}
		p.quad(c, point())
		p.steer, p.steerOfQuad = c, true
	case 'A', 'a':
		rx, ry, degrees := in.number(), in.number(), in.number()
		large, sweep := in.flag(), in.flag()
		p.arc(rx, ry, degrees, large, sweep, point())
	case 'Z', 'z':
		p.close()
	default:
		return false
	}
	return !in.bad
}

// scanner reads numbers that may stand without space between them.
type scanner struct {
	s   string
	bad bool
}

func (in *scanner) skip() {
	for in.s != "" && (in.s[0] <= ' ' || in.s[0] == ',') {
		in.s = in.s[1:]
	}
}

func (in *scanner) end() bool {
	in.skip()
	return in.s == ""
}

func (in *scanner) letter() (byte, bool) {
	if c := in.s[0] | 0x20; c >= 'a' && c <= 'z' {
		c = in.s[0]
		in.s = in.s[1:]
		return c, true
	}
	return 0, false
}

func (in *scanner) number() float64 {
	in.skip()
	n, dot, digits := 0, false, false
	for ; n < len(in.s); n++ {
		c := in.s[n]
		switch {
		case c >= '0' && c <= '9':
			digits = true
			continue
		case (c == '-' || c == '+') && (n == 0 || in.s[n-1]|0x20 == 'e'):
			continue
		case c == '.' && !dot:
			dot = true
			continue
		case c|0x20 == 'e' && digits:
			dot = true
			continue
		}
		break
	}
	v, err := strconv.ParseFloat(in.s[:n], 64)
	in.bad = in.bad || err != nil
	in.s = in.s[n:]
	return v
}

// flag reads a 0 or a 1, which may stand right before the next number.
func (in *scanner) flag() bool {
	in.skip()
	if in.s == "" || in.s[0] != '0' && in.s[0] != '1' {
		in.bad = true
		return false
	}
	on := in.s[0] == '1'
	in.s = in.s[1:]
	return on
}

// numbers reads a list of numbers, to the first thing that is none.
func numbers(s string) (out []float64) {
	in := &scanner{s: s}
	for !in.end() {
		v := in.number()
		if in.bad {
			break
		}
		out = append(out, v)
	}
	return out
}
