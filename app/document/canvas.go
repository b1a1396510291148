package document

// Canvas is what a Figure draws on. Lengths are in mm from the figure's top
// left corner, text sizes and line widths in points. What is drawn outside the
// figure's room is not cut.
type Canvas interface {
	// Rect fills a rectangle.
	Rect(x, y, w, h float64, fill Colour)
	// Line draws a straight line, width in points.
	Line(x1, y1, x2, y2, width float64, colour Colour)
	// Polygon fills a closed shape.
	Polygon(points []Point, fill Colour)
	// Circle fills a circle.
	Circle(x, y, radius float64, fill Colour)
	// Text draws one line with its baseline at y; x is its left edge, its
	// middle or its right edge as align says.
	Text(x, y float64, text string, size float64, align Align, bold bool, colour Colour)
	// TextWidth measures a line of text in mm.
	TextWidth(text string, size float64, bold bool) float64
}

// Point is a place on a canvas in mm.
type Point struct{ X, Y float64 }

// Colour is an sRGB colour.
type Colour struct{ R, G, B uint8 }

// RGBA makes a Colour a color.Color.
func (c Colour) RGBA() (r, g, b, a uint32) {
	return uint32(c.R) * 0x101, uint32(c.G) * 0x101, uint32(c.B) * 0x101, 0xffff
}

// The colour functions below are the palette of printed documents. All text
// colours have a contrast above 7:1 on white. They are functions because Go
// has no constant structs and the packages of this program keep no variables.

// ColourText is the colour of running text.
func ColourText() Colour { return Colour{0x1a, 0x1a, 0x1a} }

// ColourHeading is the one accent colour of the document.
func ColourHeading() Colour { return Colour{0x12, 0x3a, 0x5a} }

// ColourMuted is the colour of labels, captions and running heads.
func ColourMuted() Colour { return Colour{0x4d, 0x4d, 0x4d} }

// ColourRule is the colour of hairlines in tables.
func ColourRule() Colour { return Colour{0xc4, 0xcc, 0xd4} }

// ColourShade is the background of heading rows and boxes.
func ColourShade() Colour { return Colour{0xee, 0xf3, 0xf7} }

// ColourWhite is paper.
func ColourWhite() Colour { return Colour{0xff, 0xff, 0xff} }

// ColourBar is the first colour of charts, 4.9:1 against white.
func ColourBar() Colour { return Colour{0x2f, 0x75, 0xae} }

// ColourBarLight is the second colour of charts, 3.4:1 against white.
func ColourBarLight() Colour { return Colour{0xb0, 0x84, 0x2c} }
