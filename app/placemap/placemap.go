// Package placemap draws municipalities as dots on the outline of Norway, for
// documents.
package placemap

import (
	"math"

	"kompetansepilot/app/document"
	"kompetansepilot/app/reference"
)

// The map's measures in mm, and the size of its names in points.
const (
	mapWidth   = 168.0 // the text column
	mapHeight  = 140.0 // at most, when nobody says otherwise
	mapLeast   = 80.0
	mapMargin  = 9.0 // round the outermost places
	placeText  = 7.5
	placeLine  = 3.4 // height of a name
	leaderStep = 3.5

	coast       = 0.4 // points
	coastAbroad = 0.2
)

// colourLand is a warm paper that white names and blue dots stand out from.
func colourLand() document.Colour { return document.Colour{R: 0xfa, G: 0xf8, B: 0xf1} }

// colourAbroad is darker than the land at home, and than the sea in print without
// colours.
func colourAbroad() document.Colour { return document.Colour{R: 0xe9, G: 0xe8, B: 0xe3} }

// colourCoast is 3.1:1 against white, and light enough for names to cross it.
func colourCoast() document.Colour { return document.Colour{R: 0x8a, G: 0x94, B: 0x9c} }

// Dot is a place on a map.
type Dot struct {
	At     reference.Point
	Name   string  // "" for a dot without a name
	Radius float64 // mm
	Fill   document.Colour
	Edge   bool // a thin line of paper round it tells dots apart that lie over each other
	Square bool
	Figure string // a figure in it, in white; "" for none
}

// Options of a map.
type Options struct {
	Outline    [][]reference.Point // coast and border, closed rings
	Neighbours [][]reference.Point // the countries round it, likewise
	Alt        string              // says the same as the map, in words
	Caption    string
	Height     float64 // at most, in mm; 0 is 140
}

// Figure is a map that shows all dots. Those without names are drawn first, each
// kind in the order given; a name that finds no room is left out.
func Figure(o Options, dots []Dot) document.Figure {
	view := newMapView(dots, o.Height)
	return document.Figure{Alt: o.Alt, Caption: o.Caption, Height: view.height,
		Draw: func(c document.Canvas, width, _ float64) { draw(c, view.fitted(width), o, dots) }}
}

// Centre is where a municipality's dot stands: its administrative centre, or the
// middle of its area.
func Centre(m *reference.Municipality) reference.Point {
	if m.Lat != 0 {
		return reference.Point{Lat: m.Lat, Lon: m.Lon}
	}
	return reference.Point{Lat: m.AreaLat, Lon: m.AreaLon}
}

// mapView turns degrees into mm. Near the ground that a county covers, degrees
// of longitude times the cosine of the latitude are true enough.
type mapView struct {
	west, north    float64 // of the figure's corner, in flat degrees
	scale          float64 // mm for a degree of latitude
	shrink         float64 // cosine of the middle latitude
	width, height  float64
	centreX, wideX float64
}

func newMapView(dots []Dot, most float64) mapView {
	if most == 0 {
		most = mapHeight
	}
	south, north := 90.0, -90.0
	west, east := 180.0, -180.0
	for i := range dots {
		p := dots[i].At
		south, north = min(south, p.Lat), max(north, p.Lat)
		west, east = min(west, p.Lon), max(east, p.Lon)
	}
	v := mapView{shrink: math.Cos((south + north) / 2 * math.Pi / 180)}
	wide, high := max((east-west)*v.shrink, 0.25), max(north-south, 0.25)
	v.scale = min((mapWidth-2*mapMargin)/wide, (most-2*mapMargin)/high)
	v.height = max(high*v.scale+2*mapMargin, mapLeast)
	v.centreX, v.wideX = (west+east)/2*v.shrink, wide
	v.north = (south+north)/2 + v.height/2/v.scale
	return v.fitted(mapWidth)
}

// fitted is the view in a figure of a width.
func (v mapView) fitted(width float64) mapView {
	v.width = width
	v.west = v.centreX - width/2/v.scale
	return v
}

func (v mapView) point(p reference.Point) document.Point {
	return document.Point{X: (p.Lon*v.shrink - v.west) * v.scale, Y: (v.north - p.Lat) * v.scale}
}

func draw(c document.Canvas, v mapView, o Options, dots []Dot) {
	c.Rect(0, 0, v.width, v.height, document.ColourShade())
	for _, ring := range o.Neighbours {
		drawLand(c, v, ring, colourAbroad(), coastAbroad)
	}
	for _, ring := range o.Outline {
		drawLand(c, v, ring, colourLand(), coast)
	}
	for i := range dots {
		if dots[i].Name == "" {
			drawDot(c, v.point(dots[i].At), &dots[i])
		}
	}
	labels := newLabels(v)
	for i := range dots {
		if dots[i].Name != "" {
			labels.block(v.point(dots[i].At), dots[i].Radius)
		}
	}
	for i := range dots {
		if dots[i].Name == "" {
			continue
		}
		p := v.point(dots[i].At)
		labels.place(c, p, dots[i].Radius, dots[i].Name)
		drawDot(c, p, &dots[i])
	}
	for _, edge := range [][4]float64{{0, 0, v.width, 0}, {0, v.height, v.width, v.height}, {0, 0, 0, v.height}, {v.width, 0, v.width, v.height}} {
		c.Line(edge[0], edge[1], edge[2], edge[3], 0.5, document.ColourRule())
	}
}

// drawDot draws a dot, round or square, with its edge and figure.
func drawDot(c document.Canvas, p document.Point, d *Dot) {
	const edge = 0.25
	shape := func(radius float64, colour document.Colour) {
		if d.Square {
			c.Rect(p.X-radius, p.Y-radius, 2*radius, 2*radius, colour)
			return
		}
		c.Circle(p.X, p.Y, radius, colour)
	}
	if d.Edge {
		shape(d.Radius+edge, document.ColourWhite())
	}
	shape(d.Radius, d.Fill)
	if d.Figure != "" {
		size := min(d.Radius*3.4, 10)
		c.Text(p.X, p.Y+size*0.127, d.Figure, size, document.Center, true, document.ColourWhite())
	}
}

// drawLand fills a ring of the outline as far as it is in view, and draws its
// coast and border.
func drawLand(c document.Canvas, v mapView, ring []reference.Point, fill document.Colour, line float64) {
	points := make([]document.Point, len(ring))
	for i, p := range ring {
		points[i] = v.point(p)
	}
	points = clipped(points, v.width, v.height)
	if len(points) < 3 {
		return
	}
	c.Polygon(points, fill)
	for i, p := range points {
		q := points[(i+1)%len(points)]
		if p == q || onEdge(p.X, q.X, v.width) || onEdge(p.Y, q.Y, v.height) {
			continue
		}
		c.Line(p.X, p.Y, q.X, q.Y, line, colourCoast())
	}
}

// onEdge tells of a line along the figure's own edge.
func onEdge(a, b, end float64) bool {
	const near = 1e-9
	return math.Abs(a) < near && math.Abs(b) < near || math.Abs(a-end) < near && math.Abs(b-end) < near
}

// clipped is the part of a shape within a box from 0,0, after Sutherland and
// Hodgman: one side after the other.
func clipped(shape []document.Point, width, height float64) []document.Point {
	sides := []func(document.Point) float64{ // how far inside a side a point lies
		func(p document.Point) float64 { return p.X },
		func(p document.Point) float64 { return width - p.X },
		func(p document.Point) float64 { return p.Y },
		func(p document.Point) float64 { return height - p.Y },
	}
	for _, inside := range sides {
		var kept []document.Point
		for i, p := range shape {
			q := shape[(i+1)%len(shape)]
			dp, dq := inside(p), inside(q)
			if dp >= 0 {
				kept = append(kept, p)
			}
			if dp >= 0 != (dq >= 0) {
				t := dp / (dp - dq)
				kept = append(kept, document.Point{X: p.X + t*(q.X-p.X), Y: p.Y + t*(q.Y-p.Y)})
			}
		}
		shape = kept
	}
	return shape
}

// labels keeps names from standing on each other.
type labels struct {
	width, height float64
	taken         []box
}

type box struct{ left, top, right, bottom float64 }

func newLabels(v mapView) *labels { return &labels{width: v.width, height: v.height} }

// block keeps names off a dot.
func (l *labels) block(p document.Point, radius float64) {
	l.taken = append(l.taken, box{p.X - radius, p.Y - radius, p.X + radius, p.Y + radius})
}

func (l *labels) free(b box) bool {
	if b.left < 0.5 || b.top < 0.5 || b.right > l.width-0.5 || b.bottom > l.height-0.5 {
		return false
	}
	for _, t := range l.taken {
		if b.left < t.right && t.left < b.right && b.top < t.bottom && t.top < b.bottom {
			return false
		}
	}
	return true
}

// place writes a name beside its dot, or a little away with a line to the dot.
// A name that finds no room is left to the table.
func (l *labels) place(c document.Canvas, dot document.Point, radius float64, name string) {
	width := c.TextWidth(name, placeText, false)
	if width > l.width/2 {
		return
	}
	for away := range 5 {
		reach := radius + 0.7 + float64(away)*leaderStep
		for _, side := range [][2]float64{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {0.8, -0.8}, {-0.8, -0.8}, {0.8, 0.8}, {-0.8, 0.8}} {
			x, y := dot.X+side[0]*reach, dot.Y+side[1]*reach // the side of the name that faces the dot
			b := box{x - width*(1-side[0])/2, y - placeLine*(1-side[1])/2, 0, 0}
			b.right, b.bottom = b.left+width, b.top+placeLine
			if !l.free(b) {
				continue
			}
			l.taken = append(l.taken, b)
			if away > 0 {
				c.Line(dot.X, dot.Y, min(max(dot.X, b.left), b.right), min(max(dot.Y, b.top+0.4), b.bottom-0.4), 0.4, document.ColourMuted())
			}
			c.Text(b.left, b.bottom-0.9, name, placeText, document.Left, false, document.ColourText())
			return
		}
	}
}
