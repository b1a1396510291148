package document

import "image"

// Picture is a picture that is ready to stand in a document: points in 8-bit
// sRGB without transparency, or a drawing of filled shapes. Package picture
// reads one from a file. A Picture never changes; documents may share it.
type Picture struct {
	Width, Height float64 // its natural size in mm
	Points        *Points // nil for a drawing
	Shapes        []Shape // of a drawing, from the back to the front
}

// Points is a picture made of points, both as a screen and as a file wants it.
type Points struct {
	Image *image.RGBA // opaque, for the screen
	Grey  bool        // Data has one value a point instead of three
	JPEG  bool        // Data is a JPEG file; else rows packed as in a PNG file
	Data  []byte
}

// Shape is a filled area in one colour. Lengths are in mm from the picture's
// top left corner.
type Shape struct {
	Path    []Segment
	EvenOdd bool // parts within parts are holes
	Fill    Colour
}

// SegmentKind tells how a path goes on.
type SegmentKind uint8

// The kinds of segments and the points they use.
const (
	MoveTo  SegmentKind = iota // P[0]
	LineTo                     // P[0]
	CurveTo                    // P[0] and P[1] steer, P[2] is the end
	Close
)

// Segment is one step of a path.
type Segment struct {
	Kind SegmentKind
	P    [3]Point
}
