package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"kompetansepilot/app/document"
	"kompetansepilot/data"
)

// Limits of a drawing. A coat of arms has some thousand steps.
const (
	maxDrawing  = 4 << 20
	maxDepth    = 60
	maxSegments = 300_000
	leastSide   = 1e-6
	maxLooks    = 1_000_000 // properties of style sheets that are set
	maxSide     = 1e6
)

// drawing is an SVG file while it is read.
type drawing struct {
	name    string
	dec     *xml.Decoder
	rules   map[string][][]declaration // of the style sheets, by class
	picture document.Picture
	steps   int // of paths
	looks   int // properties of style sheets that were set
	box     viewBox
}

// viewBox is the part of the drawing's own plane that shows.
type viewBox struct{ x, y, w, h float64 }

// readDrawing reads an SVG file (SVG 1.1): paths and simple shapes in whole
// colours. What it does not know it refuses: a logo must not come out wrong.
func readDrawing(name string, content []byte) (*document.Picture, error) {
	if len(content) > maxDrawing {
		return nil, data.NewError(CodeBytes, "Bildet «{{.Name}}» er større enn {{.Max}} MB og er ikke tatt inn. Lagre en mindre utgave og velg den.", nil,
			"Name", name, "Max", maxDrawing>>20)
	}
	d := &drawing{name: name, rules: map[string][][]declaration{}}
	if err := d.refuseDeclarations(content); err != nil {
		return nil, err
	}
	d.dec = xml.NewDecoder(bytes.NewReader(content))
	d.dec.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(charset) {
		case "us-ascii", "iso-8859-1", "windows-1252":
			return charmap.Windows1252.NewDecoder().Reader(in), nil
		}
		return nil, errors.New("charset " + charset)
	}
	if err := d.read(); err != nil {
		return nil, err
	}
	return &d.picture, nil
}

// refuseDeclarations stops files that declare entities: they can grow without
// end or fetch other files.
func (d *drawing) refuseDeclarations(content []byte) error {
	if bytes.Contains(content, []byte("<!ENTITY")) {
		return d.part("ENTITY")
	}
	return nil
}

func (d *drawing) broken(text string) error { return broken(d.name, errors.New("svg: "+text)) }

func (d *drawing) part(part string) error {
	return data.NewError(CodePart, "Tegningen «{{.Name}}» bruker «{{.Part}}», som ikke kan stå i et dokument. Ingenting er tatt inn. Gjør tekst om til kurver og overganger til hele farger, eller lagre tegningen som PNG.", nil,
		"Name", d.name, "Part", part)
}

func (d *drawing) script() error {
	return data.NewError(CodeScript, "Tegningen «{{.Name}}» inneholder et program (skript) og er ikke tatt inn. Lagre den som enkel SVG uten skript, eller som PNG.", nil, "Name", d.name)
}

func (d *drawing) reference() error {
	return data.NewError(CodeReference, "Tegningen «{{.Name}}» henter noe fra et annet sted og er ikke tatt inn. Lagre den med alt på plass i filen, eller som PNG.", nil, "Name", d.name)
}

func (d *drawing) read() error {
	for {
		token, err := d.dec.Token()
		if err != nil {
			return broken(d.name, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			if instruction, ok := token.(xml.ProcInst); ok && instruction.Target == "xml-stylesheet" {
				return d.reference()
			}
			continue
		}
		if start.Name.Local != "svg" {
			return d.broken("the first element is " + start.Name.Local)
		}
		if err := d.check(start); err != nil {
			return err
		}
		state, err := d.open(start)
		if err != nil {
			return err
		}
		if err := d.children(state, 1); err != nil {
			return err
		}
		if len(d.picture.Shapes) == 0 {
			return d.broken("nothing to see")
		}
		return nil
	}
}

const namespace = "http://www.w3.org/2000/svg"

// children reads what stands within an element, to its end.
func (d *drawing) children(state state, depth int) error {
	if depth > maxDepth {
		return d.broken("too deep")
	}
	for {
		token, err := d.dec.Token()
		if err != nil {
			return broken(d.name, err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if t.Name.Space != namespace && t.Name.Space != "" {
				if err := d.dec.Skip(); err != nil { // notes of the program that drew it
					return broken(d.name, err)
				}
				continue
			}
			if err := d.element(t, state, depth); err != nil {
				return err
			}
		}
	}
}

func (d *drawing) element(e xml.StartElement, outer state, depth int) error {
	if err := d.check(e); err != nil {
		return err
	}
	switch e.Name.Local {
	case "title", "desc", "metadata":
		return d.skip()
	case "style":
		return d.styleSheet()
	case "defs":
		return d.children(state{hidden: true, colours: outer.colours}, depth+1)
	case "linearGradient", "radialGradient", "clipPath", "mask", "filter", "pattern", "marker", "symbol":
		if outer.hidden {
			return d.skip() // who uses it is refused
		}
		return d.part(e.Name.Local)
	case "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon":
	default:
		return d.part(e.Name.Local)
	}
	inner, err := d.style(e, outer)
	if err != nil {
		return err
	}
	if e.Name.Local == "g" {
		return d.children(inner, depth+1)
	}
	if !inner.hidden {
		path, err := d.path(e)
		if err != nil {
			return err
		}
		if err := d.paint(path, inner, e.Name.Local == "line"); err != nil {
			return err
		}
	}
	return d.skip()
}

func (d *drawing) skip() error {
	if err := d.dec.Skip(); err != nil {
		return broken(d.name, err)
	}
	return nil
}

// check refuses what could act or fetch, wherever it stands.
func (d *drawing) check(e xml.StartElement) error {
	switch e.Name.Local {
	case "script", "handler":
		return d.script()
	case "foreignObject":
		return d.part(e.Name.Local)
	case "image", "use", "a", "animate", "set":
		return d.reference()
	}
	for _, a := range e.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(a.Value)
		switch {
		case strings.HasPrefix(name, "on") && (a.Name.Space == "" || a.Name.Space == namespace), strings.Contains(value, "javascript:"):
			return d.script()
		case name == "href" && e.Name.Local != "linearGradient" && e.Name.Local != "radialGradient",
			strings.Contains(value, "url(") && !strings.Contains(value, "url(#"):
			return d.reference()
		}
	}
	return nil
}

// open settles the size of the drawing and the way from its plane to mm.
func (d *drawing) open(e xml.StartElement) (state, error) {
	width, okW := length(attribute(e, "width"))
	height, okH := length(attribute(e, "height"))
	box := numbers(attribute(e, "viewBox"))
	switch {
	case len(box) == 4:
		d.box = viewBox{box[0], box[1], box[2], box[3]}
	case okW && okH:
		d.box = viewBox{0, 0, width, height}
	default:
		return state{}, d.broken("no size")
	}
	if !okW && !okH {
		width, height = d.box.w, d.box.h
	} else if !okW {
		width = height * d.box.w / d.box.h
	} else if !okH {
		height = width * d.box.h / d.box.w
	}
	for _, v := range []float64{d.box.w, d.box.h, width, height} {
		if !(v > leastSide && v < maxSide) {
			return state{}, d.broken("impossible size")
		}
	}
	const mm = 25.4 / 96 // a pixel of CSS
	scale := min(width/d.box.w, height/d.box.h) * mm
	d.picture.Width, d.picture.Height = d.box.w*scale, d.box.h*scale
	root := state{fill: paint{set: true}, strokeWidth: 1, miter: 4, colours: paint{set: true},
		matrix: matrix{scale, 0, 0, scale, -d.box.x * scale, -d.box.y * scale}}
	return d.style(e, root)
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && (a.Name.Space == "" || a.Name.Space == namespace) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// paint adds the shapes that a path shows: its area, then its outline.
func (d *drawing) paint(p []document.Segment, s state, open bool) error {
	if len(p) == 0 {
		return nil
	}
	if s.fill.set && !open {
		if err := d.add(p, s.evenOdd, s.fill.colour, s.matrix); err != nil {
			return err
		}
	}
	if s.stroke.set && s.strokeWidth > 0 {
		return d.add(outline(p, s, maxSegments-d.steps), false, s.stroke.colour, s.matrix)
	}
	return nil
}

// add moves a path to mm and keeps it.
func (d *drawing) add(p []document.Segment, evenOdd bool, c document.Colour, m matrix) error {
	d.steps += len(p)
	if d.steps > maxSegments {
		return d.broken("too many steps")
	}
	moved := make([]document.Segment, len(p))
	for i, g := range p {
		moved[i].Kind = g.Kind
		for k, pt := range g.P {
			q := m.apply(pt)
			if math.IsNaN(q.X+q.Y) || math.Abs(q.X) > maxSide || math.Abs(q.Y) > maxSide {
				return d.broken("impossible place")
			}
			moved[i].P[k] = q
		}
	}
	if len(moved) > 0 {
		d.picture.Shapes = append(d.picture.Shapes, document.Shape{Path: moved, EvenOdd: evenOdd, Fill: c})
	}
	return nil
}
