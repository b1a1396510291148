package layout

import (
	"errors"
	"math"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

// maxFigure is the tallest figure in mm: a page less room for a heading and a caption.
const maxFigure = 200.0

// leastBox is the least size in mm that a figure is told to have: what it draws
// lies somewhere.
const leastBox = 0.1

var errNoAlt = errors.New("a figure has no text alternative")

// figureSize gives the room of a figure in mm.
func figureSize(f document.Figure) (width, height float64) {
	height = 0
	if f.Height > 0 { // false for NaN too
		height = min(f.Height, maxFigure)
	}
	if !usable(f.Picture) {
		return textWidth, height
	}
	if height == 0 {
		return fitted(f.Picture, textWidth, maxFigure, false)
	}
	return fitted(f.Picture, textWidth, height, true)
}

// drawing is a figure with its elements, which stand in the structure where the
// document has the figure.
type drawing struct {
	figure        document.Figure
	width, height float64 // mm
	parent, elem  *Elem   // elem is nil for a decorative one
	below         *flow   // the caption, nil for none
}

func (d *drawing) total() float64 {
	if d.below == nil {
		return d.height
	}
	return d.height + captionSpace + d.below.firstHeight()
}

// figure places a drawing or a picture with its caption below. One that would
// leave much of the page empty waits for the top of the next page, and the text
// that follows goes before it.
func (l *layouter) figure(i int, f document.Figure) error {
	alt := l.inline(f.Alt)
	if alt == "" && !f.Decorative {
		return errNoAlt
	}
	width, height := figureSize(f)
	caption := l.inline(f.Caption)
	parent := l.root
	if !f.Decorative || caption != "" {
		parent = l.root.child("Div")
	}
	d := &drawing{figure: f, width: width, height: height, parent: parent}
	if !f.Decorative {
		d.elem = parent.child("Figure")
		d.elem.Alt = alt
	}
	if caption != "" {
		d.below = captionFlow(nil, caption)
	}
	l.space(gapTable)
	if room := l.room(); room < d.total() && room > mostEmpty && l.floats(i+1) {
		l.held = d
		return nil
	}
	l.need(d.total())
	l.draw(d)
	return nil
}

// mostEmpty is the room in mm that a figure may leave empty on the page before it.
const mostEmpty = 50.0

// draw puts a figure where there is room for it.
func (l *layouter) draw(d *drawing) {
	l.useGap()
	f := &d.figure
	if d.elem != nil {
		d.elem.Box = [4]float64{marginLeft, l.y, max(d.width, leastBox), max(d.height, leastBox)}
	}
	if usable(f.Picture) {
		l.picture(l.page, d.elem, ArtefactLayout, f.Picture, marginLeft, l.y, d.width)
	}
	if f.Draw != nil {
		f.Draw(&canvas{l: l, elem: d.elem, left: marginLeft, top: l.y}, d.width, d.height)
	}
	l.y += d.height
	if d.below != nil {
		tag := "Caption"
		if d.elem == nil || len(d.elem.Kids) == 0 { // a reader meets no figure
			tag = "P"
		}
		d.below.elem = d.parent.child(tag)
		l.gap = captionSpace
		l.run(d.below, 0)
	}
	l.space(gapTable)
}

// floats tells whether block i may go before a figure that the document has above
// it: text of the same chapter, and the headings in it.
func (l *layouter) floats(i int) bool {
	if i >= len(l.blocks) {
		return false
	}
	switch b := l.blocks[i].(type) {
	case document.Heading:
		return b.Level > 1 && l.floats(i+1)
	case document.Paragraph, document.List:
		return true
	}
	return false
}

// release puts a figure that waits on a new page.
func (l *layouter) release() {
	if l.held != nil {
		l.newPage()
	}
}

func captionFlow(e *Elem, text string) *flow {
	return newFlow(e, document.Text(text), textStyle{9, 12, document.ColourMuted()}, readingWidth)
}

// captionHeight is the room that a figure's caption asks for below it.
func (l *layouter) captionHeight(f document.Figure) float64 {
	text := l.inline(f.Caption)
	if text == "" {
		return 0
	}
	return captionSpace + captionFlow(nil, text).firstHeight()
}

// canvas records what a figure draws.
type canvas struct {
	l         *layouter
	elem      *Elem
	left, top float64
}

// add records an operation unless one of its numbers is none: a chart that
// divides by zero must not spoil the file.
func (c *canvas) add(op Op) {
	for _, v := range []float64{op.X, op.Y, op.W, op.H, op.Size} {
		if math.IsNaN(v) || math.Abs(v) > 1e5 {
			return
		}
	}
	for _, p := range op.Points {
		if math.IsNaN(p.X+p.Y) || math.Abs(p.X) > 1e5 || math.Abs(p.Y) > 1e5 {
			return
		}
	}
	c.l.emit(c.l.page, c.elem, op)
}

func (c *canvas) Rect(x, y, w, h float64, fill document.Colour) {
	c.add(Op{Kind: OpRect, X: c.left + x, Y: c.top + y, W: w, H: h, Colour: fill})
}

func (c *canvas) Line(x1, y1, x2, y2, width float64, colour document.Colour) {
	c.add(Op{Kind: OpLine, X: c.left + x1, Y: c.top + y1, W: c.left + x2, H: c.top + y2, Size: width, Colour: colour})
}

func (c *canvas) Polygon(points []document.Point, fill document.Colour) {
	if len(points) < 3 {
		return
	}
	moved := make([]document.Point, len(points))
	for i, p := range points {
		moved[i] = document.Point{X: c.left + p.X, Y: c.top + p.Y}
	}
	c.add(Op{Kind: OpPolygon, Points: moved, Colour: fill})
}

func (c *canvas) Circle(x, y, radius float64, fill document.Colour) {
	c.add(Op{Kind: OpCircle, X: c.left + x, Y: c.top + y, W: radius, Colour: fill})
}

func (c *canvas) Text(x, y float64, text string, size float64, align document.Align, bold bool, colour document.Colour) {
	text = c.l.inline(text)
	if text == "" || !(size > 0) {
		return
	}
	style := fonts.Of(bold, false)
	width := textWidthOf(text, style, size)
	switch align {
	case document.Right:
		x -= width
	case document.Center:
		x -= width / 2
	}
	c.add(Op{Kind: OpText, X: c.left + x, Y: c.top + y, W: width, Text: text + " ", Style: style, Size: size, Colour: colour})
}

func (c *canvas) TextWidth(text string, size float64, bold bool) float64 {
	clean := document.NewCleaner().Clean(text) // measuring counts no replacement
	return textWidthOf(clean, fonts.Of(bold, false), size)
}
