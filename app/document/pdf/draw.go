package pdf

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/jung-kurt/gofpdf"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
	"kompetansepilot/app/document/layout"
)

// family is the name gofpdf knows the typeface by.
const family = "noto"

func styleKey(s fonts.Style) string { return [...]string{"", "B", "I"}[s] }

// pen draws operations and remembers which marked content is open.
type pen struct {
	*gofpdf.Fpdf
	pictures *pictures
	open     bool
	last     layout.Op // the operation that opened the marked content
}

// draw plays all pages and returns gofpdf's file and the pictures it names.
func draw(r *layout.Result) ([]byte, *pictures, error) {
	p := &pen{Fpdf: gofpdf.New("P", "mm", "A4", ""), pictures: &pictures{}}
	p.SetCatalogSort(true) // else objects come in random order
	p.SetCompression(false)
	p.SetAutoPageBreak(false, 0)
	for s, used := range usedStyles(r) {
		if used {
			p.AddUTF8FontFromBytes(family, styleKey(fonts.Style(s)), fonts.Style(s).Bytes())
		}
	}
	for i := range r.Pages {
		p.AddPage()
		for k := range r.Pages[i].Ops {
			p.play(&r.Pages[i].Ops[k])
		}
		p.endMark()
	}
	var b bytes.Buffer
	err := p.Output(&b)
	return b.Bytes(), p.pictures, err
}

func usedStyles(r *layout.Result) (used [fonts.Styles]bool) {
	for i := range r.Pages {
		for k := range r.Pages[i].Ops {
			if op := &r.Pages[i].Ops[k]; op.Kind == layout.OpText {
				used[op.Style] = true
			}
		}
	}
	return used
}

func (p *pen) play(op *layout.Op) {
	if op.Kind == layout.OpLink {
		return // annotations are written by the second pass
	}
	p.mark(op)
	c := op.Colour
	switch op.Kind {
	case layout.OpText:
		p.text(op)
	case layout.OpLine:
		p.SetDrawColor(int(c.R), int(c.G), int(c.B))
		p.SetLineWidth(op.Size * layout.MMPerPoint)
		p.Line(op.X, op.Y, op.W, op.H)
	case layout.OpRect:
		p.fill(c)
		p.Rect(op.X, op.Y, op.W, op.H, "F")
	case layout.OpCircle:
		// A point drawn with a round pen is a filled circle (ISO 32000-1, 8.5.3.2).
		// gofpdf's curves take twenty times the work, and a contents page has
		// hundreds of dots.
		x, y := points(op.X), points(layout.PageHeight-op.Y)
		p.RawWriteStr(fmt.Sprintf("q 1 J %s w %.3f %.3f %.3f RG %s %s m %s %s l S Q", points(2*op.W),
			float64(c.R)/255, float64(c.G)/255, float64(c.B)/255, x, y, x, y))
	case layout.OpPolygon:
		p.fill(c)
		corners := make([]gofpdf.PointType, len(op.Points))
		for i, pt := range op.Points {
			corners[i] = gofpdf.PointType{X: pt.X, Y: pt.Y}
		}
		p.Polygon(corners, "F")
	case layout.OpPath:
		p.path(op)
	case layout.OpPicture:
		p.RawWriteStr(fmt.Sprintf("q %s 0 0 %s %s %s cm /%s Do Q", points(op.W), points(op.H), points(op.X), points(layout.PageHeight-op.Y-op.H), p.pictures.name(op.Picture)))
	case layout.OpClip:
		p.RawWriteStr(fmt.Sprintf("q %s %s %s %s re W n", points(op.X), points(layout.PageHeight-op.Y-op.H), points(op.W), points(op.H)))
	case layout.OpUnclip:
		p.RawWriteStr("Q")
	}
}

// points writes a length in mm as points.
func points(mm float64) string { return strconv.FormatFloat(mm/layout.MMPerPoint, 'f', 3, 64) }

// path fills a path. gofpdf's own paths have no rule for holes. It knows nothing
// of the colour, so that is put back.
func (p *pen) path(op *layout.Op) {
	var b strings.Builder
	c := op.Colour
	fmt.Fprintf(&b, "q %.3f %.3f %.3f rg", float64(c.R)/255, float64(c.G)/255, float64(c.B)/255)
	place := func(pt document.Point) string {
		return " " + points(pt.X) + " " + points(layout.PageHeight-pt.Y)
	}
	for _, g := range op.Path {
		switch g.Kind {
		case document.MoveTo:
			b.WriteString(place(g.P[0]) + " m")
		case document.LineTo:
			b.WriteString(place(g.P[0]) + " l")
		case document.CurveTo:
			b.WriteString(place(g.P[0]) + place(g.P[1]) + place(g.P[2]) + " c")
		case document.Close:
			b.WriteString(" h")
		}
	}
	if op.EvenOdd {
		b.WriteString(" f* Q")
	} else {
		b.WriteString(" f Q")
	}
	p.RawWriteStr(b.String())
}

func (p *pen) fill(c document.Colour) { p.SetFillColor(int(c.R), int(c.G), int(c.B)) }

func (p *pen) text(op *layout.Op) {
	if op.Text == "" {
		return
	}
	p.SetFont(family, styleKey(op.Style), op.Size)
	p.SetTextColor(int(op.Colour.R), int(op.Colour.G), int(op.Colour.B))
	if op.Actual == "" || op.Elem == nil { // nobody reads an artefact, and it holds no element
		p.show(op)
		return
	}
	p.RawWriteStr("/Span <</ActualText " + textString(op.Actual) + ">> BDC")
	p.show(op)
	p.RawWriteStr("EMC")
}

// show writes text in pieces: a label in a drawing is not broken into lines, and
// may be longer than a string can be.
func (p *pen) show(op *layout.Op) {
	if len(op.Text) <= maxText {
		p.Text(op.X, op.Y, op.Text)
		return
	}
	font, x := fonts.Get(op.Style), op.X
	rest := []rune(op.Text)
	for len(rest) > maxText {
		p.Text(x, op.Y, string(rest[:maxText]))
		for _, r := range rest[:maxText] {
			x += float64(font.Advance(r)) * op.Size * layout.MMPerPoint / 1000
		}
		rest = rest[maxText:]
	}
	p.Text(x, op.Y, string(rest))
}

// mark opens the marked content that op belongs to, unless it is open already.
func (p *pen) mark(op *layout.Op) {
	if p.open && p.last.Elem == op.Elem && p.last.Mark == op.Mark && p.last.Artefact == op.Artefact {
		return
	}
	p.endMark()
	switch {
	case op.Elem != nil:
		p.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", op.Elem.Tag, op.Mark))
	case op.Artefact == layout.ArtefactHeader:
		p.RawWriteStr("/Artifact <</Type /Pagination /Subtype /Header>> BDC")
	case op.Artefact == layout.ArtefactFooter:
		p.RawWriteStr("/Artifact <</Type /Pagination /Subtype /Footer>> BDC")
	default:
		p.RawWriteStr("/Artifact <</Type /Layout>> BDC")
	}
	p.open, p.last = true, *op
}

func (p *pen) endMark() {
	if p.open {
		p.RawWriteStr("EMC")
	}
	p.open = false
}
