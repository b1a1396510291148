// Package layout places a document's content on A4 pages. The result is a list
// of drawing operations for each page together with the structure tree that a
// screen reader follows; every operation belongs to one structure element or is
// an artefact. The writers (PDF, preview) only play the operations.
package layout

import (
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

// The page and its margins in mm (A4). Tables, figures and headings use the whole
// text width; running text stays within readingWidth, which at its size holds
// about 75 characters: longer lines are hard to find back from.
const (
	PageWidth    = 210.0
	PageHeight   = 297.0
	marginTop    = 22.0
	marginRight  = 20.0
	marginBottom = 24.0
	marginLeft   = 22.0
	textWidth    = PageWidth - marginLeft - marginRight
	readingWidth = 136.0
	pageEnd      = PageHeight - marginBottom
)

// MMPerPoint converts points to mm.
const MMPerPoint = 25.4 / 72

// Result is a laid out document.
type Result struct {
	Meta     Meta
	Pages    []Page
	Root     *Elem
	Outline  []OutlineItem
	Replaced []document.Replacement // characters that had to be replaced
	links    int
}

// Links is the number of link operations in the result.
func (r *Result) Links() int { return r.links }

// Meta is what the file says about itself.
type Meta struct {
	Title, Subject, Author, Keywords, Lang string
	Created                                time.Time
}

// Page is one page. Marks is the number of marked content sequences on it.
type Page struct {
	Ops   []Op
	Marks int
}

// OutlineItem is a bookmark. Level counts from 0 and never skips a level.
type OutlineItem struct {
	Text  string
	Level int
	Page  int     // from 0
	Y     float64 // mm
}

// OpKind tells what an operation draws.
type OpKind uint8

// The operations and the fields they use besides Colour.
const (
	OpText    OpKind = iota // X, Y (baseline), W, Text, Style, Size, Actual
	OpRect                  // X, Y, W, H
	OpLine                  // X, Y to W, H (end point), Size (width in points)
	OpPolygon               // Points
	OpCircle                // X, Y (middle), W (radius)
	OpLink                  // X, Y, W, H, Link
	OpPath                  // Path, EvenOdd
	OpPicture               // X, Y, W, H, Picture
	OpClip                  // X, Y, W, H: what follows, to OpUnclip, shows only there
	OpUnclip                //
)

// Op is one drawing operation. Lengths are in mm from the top left corner of
// the page, text sizes in points.
type Op struct {
	Kind       OpKind
	Artefact   Artefact // what it is when Elem is nil
	Style      fonts.Style
	Colour     document.Colour
	Mark       int   // number of its marked content sequence on the page
	Elem       *Elem // nil for an artefact
	X, Y, W, H float64
	Size       float64
	Text       string
	Actual     string // what a reader shall read instead of Text
	Points     []document.Point
	Link       *Link
	Path       []document.Segment
	EvenOdd    bool
	Picture    *document.Points
}

// Artefact is the kind of decoration that a screen reader passes over.
type Artefact uint8

// The kinds of artefacts.
const (
	ArtefactLayout Artefact = iota
	ArtefactHeader
	ArtefactFooter
)

// Link is a place to click. URL is empty for a link within the document.
type Link struct {
	Index    int // counts from 0 through the document
	URL      string
	Page     int     // from 0
	TargetY  float64 // mm
	Contents string  // what a screen reader says
}

// Elem is a structure element. Tag is a standard PDF structure type.
type Elem struct {
	Tag    string
	Alt    string
	Lang   string
	Scope  string     // TH: "Row" or "Column"
	List   string     // L: "Disc" or "Decimal"
	Cols   int        // TH, TD: the columns it fills when more than 1
	Rows   int        // TH, TD: the rows it fills when more than 1
	Box    [4]float64 // Figure: x, y, w, h in mm
	Parent *Elem
	Kids   []Kid
}

// Kid is a child element, or marked content when Elem is nil and Link is nil,
// or a link annotation.
type Kid struct {
	Elem *Elem
	Link *Link
	Page int // from 0, for marked content and links
	Mark int
}

// child makes a new last child.
func (e *Elem) child(tag string) *Elem {
	c := &Elem{Tag: tag, Parent: e}
	e.Kids = append(e.Kids, Kid{Elem: c})
	return c
}
