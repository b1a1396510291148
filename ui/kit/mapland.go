package kit

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	fynetheme "fyne.io/fyne/v2/theme"
	"golang.org/x/image/vector"

	"kompetansepilot/app/reference"
	"kompetansepilot/app/reference/mapping"
	"kompetansepilot/ui/theme"
)

// coastWidth is the thickness of the coast and border, in units of the screen.
const coastWidth = 1.2

// mapLand is the picture under the marks. It is made again only when the view,
// the size or a colour changes.
type mapLand struct {
	outline    [][]reference.Point
	neighbours [][]reference.Point
	rings      [][]mapping.Place
	abroad     [][]mapping.Place // the neighbours' rings
	view       mapping.View

	made  landKey
	image *image.RGBA
	times int // pictures made, for tests
}

// landKey is all that a picture depends on.
type landKey struct {
	view                     mapping.View
	width, height            int
	sea, land, abroad, coast color.Color
}

// project lays the outline on the paper of a projection.
func (l *mapLand) project(p mapping.Projection) {
	l.rings, l.abroad, l.image = nil, nil, nil
	for _, ring := range l.outline {
		l.rings = append(l.rings, p.Places(ring))
	}
	for _, ring := range l.neighbours {
		l.abroad = append(l.abroad, p.Places(ring))
	}
}

// generate gives the picture in pixels, for canvas.Raster.
func (l *mapLand) generate(width, height int) image.Image {
	key := landKey{view: l.view, width: width, height: height,
		sea: theme.Color(theme.ColorNameHoverRow), land: theme.Color(theme.ColorNameSurface),
		abroad: theme.Color(fynetheme.ColorNameBackground), coast: theme.Color(theme.ColorNameFieldBorder)}
	if l.image != nil && key == l.made {
		return l.image
	}
	l.made, l.image = key, image.NewRGBA(image.Rect(0, 0, width, height))
	l.times++
	draw.Draw(l.image, l.image.Bounds(), image.NewUniform(key.sea), image.Point{}, draw.Src)
	if width == 0 || height == 0 || l.view.Width <= 0 {
		return l.image
	}
	pixels := float64(width) / l.view.Width
	view := l.view
	view.Width, view.Height, view.Scale = float64(width), float64(height), view.Scale*pixels
	r := vector.NewRasterizer(width, height)
	l.paint(r, view, l.abroad, key.abroad, coastWidth/2*pixels)
	l.paint(r, view, l.rings, key.land, coastWidth*pixels)
	return l.image
}

// paint fills rings and draws their coast, line pixels thick.
func (l *mapLand) paint(r *vector.Rasterizer, view mapping.View, all [][]mapping.Place, fill color.Color, line float64) {
	var rings [][]mapping.Place
	edge := view.Seen().Grown(4 * line / view.Scale)
	for _, ring := range all {
		if part := mapping.Clip(ring, edge); len(part) > 2 {
			rings = append(rings, part)
		}
	}
	r.Reset(l.made.width, l.made.height)
	for _, ring := range rings {
		fillRing(r, view, ring)
	}
	r.Draw(l.image, l.image.Bounds(), image.NewUniform(fill), image.Point{})
	r.Reset(l.made.width, l.made.height)
	for _, ring := range rings {
		strokeRing(r, view, ring, line)
	}
	r.Draw(l.image, l.image.Bounds(), image.NewUniform(l.made.coast), image.Point{})
}

func fillRing(r *vector.Rasterizer, v mapping.View, ring []mapping.Place) {
	for i, p := range ring {
		x, y := v.At(p)
		if i == 0 {
			r.MoveTo(float32(x), float32(y))
		} else {
			r.LineTo(float32(x), float32(y))
		}
	}
	r.ClosePath()
}

// strokeRing draws each side as a thin rectangle, all turned the same way, so
// that they add up where they meet.
func strokeRing(r *vector.Rasterizer, v mapping.View, ring []mapping.Place, width float64) {
	before := ring[len(ring)-1]
	for _, p := range ring {
		x0, y0 := v.At(before)
		x1, y1 := v.At(p)
		before = p
		length := math.Hypot(x1-x0, y1-y0)
		if length == 0 {
			continue
		}
		nx, ny := -(y1-y0)/length*width/2, (x1-x0)/length*width/2
		r.MoveTo(float32(x0+nx), float32(y0+ny))
		r.LineTo(float32(x1+nx), float32(y1+ny))
		r.LineTo(float32(x1-nx), float32(y1-ny))
		r.LineTo(float32(x0-nx), float32(y0-ny))
		r.ClosePath()
	}
}
