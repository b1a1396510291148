// Package preview draws laid out pages as pictures for the screen, with the
// same places, colours and typefaces as the PDF file.
package preview

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"kompetansepilot/app/document/fonts"
	"kompetansepilot/app/document/layout"
)

// The limits of the resolution, in dots per inch. The upper one keeps a picture
// below 35 million pixels.
const (
	minDPI = 10.0
	maxDPI = 600.0
)

// maxFaces is the number of sizes kept ready; a document uses about ten.
const maxFaces = 64

// Preview draws the pages of one document. It must be used from one goroutine
// at a time.
type Preview struct {
	result *layout.Result
	faces  map[faceKey]font.Face
	raster *vector.Rasterizer
}

// faceKey names a typeface at one size in pixels.
type faceKey struct {
	style  fonts.Style
	pixels float64
}

// New makes a preview of a laid out document.
func New(r *layout.Result) *Preview {
	return &Preview{result: r, faces: map[faceKey]font.Face{}, raster: vector.NewRasterizer(1, 1)}
}

// Pages is the number of pages.
func (p *Preview) Pages() int { return len(p.result.Pages) }

// Size is the size of a page in mm. All pages are A4.
func (p *Preview) Size(page int) (width, height float64) {
	return layout.PageWidth, layout.PageHeight
}

// Render draws a page, counted from 0, at a resolution in dots per inch. The
// resolution is kept within 10 and 600. It panics if there is no such page.
func (p *Preview) Render(page int, dpi float64) image.Image {
	if page < 0 || page >= p.Pages() {
		panic(fmt.Sprintf("preview: page %d of %d", page, p.Pages()))
	}
	if !(dpi >= minDPI) { // also not a number
		dpi = minDPI
	}
	dpi = min(dpi, maxDPI)
	scale := dpi / 25.4
	img := image.NewRGBA(image.Rect(0, 0, int(math.Round(layout.PageWidth*scale)), int(math.Round(layout.PageHeight*scale))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	s := &sheet{Preview: p, img: img, clip: img.Bounds(), scale: scale, dpi: dpi}
	ops := p.result.Pages[page].Ops
	for i := range ops {
		s.play(&ops[i])
	}
	return img
}

// face gives a typeface at a size, made once.
func (p *Preview) face(style fonts.Style, pixels float64) font.Face {
	key := faceKey{style, pixels}
	if f, ok := p.faces[key]; ok {
		return f
	}
	// At 72 dots per inch a point is a pixel. The embedded fonts always give a face.
	f, err := opentype.NewFace(fonts.Get(style).SFNT(), &opentype.FaceOptions{Size: pixels, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(fmt.Sprintf("preview: %s at %g pixels: %v", style.PostScriptName(), pixels, err))
	}
	if len(p.faces) >= maxFaces {
		clear(p.faces)
	}
	p.faces[key] = f
	return f
}

// sheet is one page while it is drawn.
type sheet struct {
	*Preview
	img        *image.RGBA
	clip       image.Rectangle // where shapes show
	scale, dpi float64         // pixels for a mm, for an inch
}

func (s *sheet) play(op *layout.Op) {
	switch op.Kind {
	case layout.OpText:
		s.text(op)
	case layout.OpRect:
		s.rect(op)
	case layout.OpLine:
		s.line(op)
	case layout.OpPolygon:
		points := make([][2]float64, len(op.Points))
		for i, pt := range op.Points {
			points[i] = [2]float64{pt.X, pt.Y}
		}
		s.fill(op.Colour, points)
	case layout.OpCircle:
		s.circle(op)
	case layout.OpPath:
		s.path(op)
	case layout.OpPicture:
		draw.ApproxBiLinear.Scale(s.img, s.box(op.X, op.Y, op.W, op.H), op.Picture.Image, op.Picture.Image.Bounds(), draw.Src, nil)
	case layout.OpClip:
		s.clip = s.box(op.X, op.Y, op.W, op.H).Intersect(s.img.Bounds())
	case layout.OpUnclip:
		s.clip = s.img.Bounds()
	}
}

func (s *sheet) text(op *layout.Op) {
	d := font.Drawer{Dst: s.img, Src: image.NewUniform(op.Colour), Face: s.face(op.Style, op.Size*s.dpi/72),
		Dot: fixed.Point26_6{X: fixed26(op.X * s.scale), Y: fixed26(op.Y * s.scale)}}
	d.DrawString(op.Text)
}

func fixed26(v float64) fixed.Int26_6 { return fixed.Int26_6(math.Round(v * 64)) }

// rect fills a rectangle, moved to whole pixels: boxes that touch in the document
// must not show a seam on the screen.
func (s *sheet) rect(op *layout.Op) {
	draw.Draw(s.img, s.box(op.X, op.Y, op.W, op.H).Intersect(s.img.Bounds()), image.NewUniform(op.Colour), image.Point{}, draw.Src)
}

// box is a rectangle in mm as whole pixels. image.Rect puts the corners in order
// when width or height is negative.
func (s *sheet) box(x, y, w, h float64) image.Rectangle {
	edge := func(v float64) int { return int(math.Round(v * s.scale)) }
	return image.Rect(edge(x), edge(y), edge(x+w), edge(y+h))
}

// line draws a line as a thin rectangle, at least half a pixel wide so that
// hairlines do not vanish on a screen.
func (s *sheet) line(op *layout.Op) {
	dx, dy := op.W-op.X, op.H-op.Y
	length := math.Hypot(dx, dy)
	if length == 0 {
		return
	}
	half := max(op.Size*layout.MMPerPoint, 0.5/s.scale) / 2
	nx, ny := -dy/length*half, dx/length*half
	s.fill(op.Colour, [][2]float64{{op.X + nx, op.Y + ny}, {op.W + nx, op.H + ny}, {op.W - nx, op.H - ny}, {op.X - nx, op.Y - ny}})
}

func (s *sheet) circle(op *layout.Op) {
	const corners = 48
	points := make([][2]float64, corners)
	for i := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		points[i] = [2]float64{op.X + op.W*cos, op.Y + op.W*sin}
	}
	s.fill(op.Colour, points)
}

// fill fills a shape given in mm.
func (s *sheet) fill(c color.Color, points [][2]float64) { s.fillAll(c, [][][2]float64{points}) }

// fillAll fills a shape of several closed parts.
func (s *sheet) fillAll(c color.Color, parts [][][2]float64) {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, points := range parts {
		for _, pt := range points {
			for k := range 2 {
				low[k], high[k] = min(low[k], pt[k]*s.scale), max(high[k], pt[k]*s.scale)
			}
		}
	}
	clamp := func(v float64) int { return int(min(max(v, -1), 1e5)) }
	box := image.Rect(clamp(math.Floor(low[0])), clamp(math.Floor(low[1])), clamp(math.Ceil(high[0])), clamp(math.Ceil(high[1]))).Intersect(s.clip)
	if box.Empty() {
		return
	}
	s.raster.Reset(box.Dx(), box.Dy())
	for _, points := range parts {
		if len(points) < 3 {
			continue
		}
		for i, pt := range points {
			x, y := float32(pt[0]*s.scale-float64(box.Min.X)), float32(pt[1]*s.scale-float64(box.Min.Y))
			if i == 0 {
				s.raster.MoveTo(x, y)
			} else {
				s.raster.LineTo(x, y)
			}
		}
		s.raster.ClosePath()
	}
	s.raster.Draw(s.img, box, image.NewUniform(c), image.Point{})
}
