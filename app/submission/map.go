package submission

import (
	"math"
	"strconv"

	"kompetansepilot/app/document"
	"kompetansepilot/app/reference"
)

// The map's measures in mm, and the size of its names in points.
const (
	mapWidth   = 168.0 // the text column
	mapHeight  = 140.0 // at most
	mapLeast   = 80.0
	mapMargin  = 9.0 // round the outermost places
	dotChosen  = 1.3
	dotOther   = 0.7
	placeText  = 7.5
	placeLine  = 3.4 // height of a name
	leaderStep = 3.5
)

// colourLand is a warm paper that white names and blue dots stand out from.
func colourLand() document.Colour { return document.Colour{R: 0xfa, G: 0xf8, B: 0xf1} }

// colourCoast is 3.1:1 against white, and light enough for names to cross it.
func colourCoast() document.Colour { return document.Colour{R: 0x8a, G: 0x94, B: 0x9c} }

// areaMap draws the outline of the land round the county, with the chosen
// municipalities as dots with names and the county's others as small ones.
func (b *builder) areaMap() {
	chosen := b.chosen()
	others := b.otherPlaces()
	view := newMapView(append(append([]reference.Municipality{}, chosen...), others...))
	b.add(document.Figure{
		Alt: b.mapAlt(chosen), Caption: b.figureCaption(b.words.T("document.map.caption")), Height: view.height,
		Draw: func(c document.Canvas, width, _ float64) { b.drawMap(c, view.fitted(width), chosen, others) },
	})
}

// otherPlaces are the county's municipalities that the project leaves out.
func (b *builder) otherPlaces() []reference.Municipality {
	in := map[string]bool{}
	for _, m := range b.target.Municipalities {
		in[m.Number] = true
	}
	var all []reference.Municipality
	for _, m := range b.Places.CountyMunicipalities(b.Draft.Application.County) {
		if !in[m.Number] {
			all = append(all, m)
		}
	}
	return all
}

func (b *builder) mapAlt(chosen []reference.Municipality) string {
	var names []string
	for _, m := range chosen {
		names = append(names, m.Name+" "+strconv.Itoa(m.Centrality))
	}
	return b.words.N("document.map.alt", len(names), "Names", list(names))
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

// where is a municipality's centre, or the middle of its area.
func where(m *reference.Municipality) reference.Point {
	if m.Lat != 0 {
		return reference.Point{Lat: m.Lat, Lon: m.Lon}
	}
	return reference.Point{Lat: m.AreaLat, Lon: m.AreaLon}
}

func newMapView(places []reference.Municipality) mapView {
	south, north := 90.0, -90.0
	west, east := 180.0, -180.0
	for i := range places {
		p := where(&places[i])
		south, north = min(south, p.Lat), max(north, p.Lat)
		west, east = min(west, p.Lon), max(east, p.Lon)
	}
	v := mapView{shrink: math.Cos((south + north) / 2 * math.Pi / 180)}
	wide, high := max((east-west)*v.shrink, 0.25), max(north-south, 0.25)
	v.scale = min((mapWidth-2*mapMargin)/wide, (mapHeight-2*mapMargin)/high)
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

func (b *builder) drawMap(c document.Canvas, v mapView, chosen, others []reference.Municipality) {
	c.Rect(0, 0, v.width, v.height, document.ColourShade())
	for _, ring := range b.Places.Outline() {
		b.drawLand(c, v, ring)
	}
	for i := range others {
		p := v.point(where(&others[i]))
		c.Circle(p.X, p.Y, dotOther, document.ColourMuted())
	}
	labels := newLabels(v)
	for i := range chosen {
		labels.block(v.point(where(&chosen[i])), dotChosen)
	}
	for i := range chosen {
		p := v.point(where(&chosen[i]))
		labels.place(c, p, chosen[i].Name)
		c.Circle(p.X, p.Y, dotChosen, document.ColourHeading())
	}
	for _, edge := range [][4]float64{{0, 0, v.width, 0}, {0, v.height, v.width, v.height}, {0, 0, 0, v.height}, {v.width, 0, v.width, v.height}} {
		c.Line(edge[0], edge[1], edge[2], edge[3], 0.5, document.ColourRule())
	}
}

// drawLand fills a ring of the outline as far as it is in view, and draws its
// coast and border.
func (b *builder) drawLand(c document.Canvas, v mapView, ring []reference.Point) {
	points := make([]document.Point, len(ring))
	for i, p := range ring {
		points[i] = v.point(p)
	}
	points = clipped(points, v.width, v.height)
	if len(points) < 3 {
		return
	}
	c.Polygon(points, colourLand())
	for i, p := range points {
		q := points[(i+1)%len(points)]
		if p == q || onEdge(p.X, q.X, v.width) || onEdge(p.Y, q.Y, v.height) {
			continue
		}
		c.Line(p.X, p.Y, q.X, q.Y, 0.4, colourCoast())
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
func (l *labels) place(c document.Canvas, dot document.Point, name string) {
	width := c.TextWidth(name, placeText, false)
	if width > l.width/2 {
		return
	}
	for away := range 5 {
		reach := dotChosen + 0.7 + float64(away)*leaderStep
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
