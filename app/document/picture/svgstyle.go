package picture

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"

	"kompetansepilot/app/document"
)

// paint is a whole colour, or none.
type paint struct {
	set    bool
	colour document.Colour
}

// state is what an element takes over from those around it.
type state struct {
	fill, stroke, colours paint // colours is what "currentColor" means
	evenOdd               bool
	strokeWidth, miter    float64
	cap, join             string
	matrix                matrix
	hidden                bool
}

// style adds an element's own wishes to those around it: attributes first, then
// its classes, then its style attribute, as CSS ranks them.
func (d *drawing) style(e xml.StartElement, outer state) (state, error) {
	s := outer
	if t := attribute(e, "transform"); t != "" {
		m, ok := transform(t)
		if !ok {
			return s, d.broken("transform " + t)
		}
		s.matrix = s.matrix.times(m)
	}
	for _, a := range e.Attr {
		if a.Name.Space == "" && a.Name.Local != "transform" && a.Name.Local != "style" {
			if err := d.set(&s, outer, a.Name.Local, a.Value); err != nil {
				return s, err
			}
		}
	}
	for class := range strings.FieldsSeq(attribute(e, "class")) {
		for _, rule := range d.rules[class] {
			if d.looks += len(rule); d.looks > maxLooks {
				return s, d.broken("too many styles")
			}
			if err := d.setAll(&s, outer, rule); err != nil {
				return s, err
			}
		}
	}
	return s, d.setAll(&s, outer, declarations(attribute(e, "style")))
}

// declaration is a property and its value.
type declaration struct{ name, value string }

func declarations(css string) (all []declaration) {
	for one := range strings.SplitSeq(css, ";") {
		if name, value, ok := strings.Cut(one, ":"); ok {
			all = append(all, declaration{strings.TrimSpace(name), value})
		}
	}
	return all
}

func (d *drawing) setAll(s *state, outer state, all []declaration) error {
	for _, one := range all {
		if err := d.set(s, outer, one.name, one.value); err != nil {
			return err
		}
	}
	return nil
}

// set takes one property. Those that are not about the look are passed over;
// those that would change it in a way not known here are refused.
func (d *drawing) set(s *state, outer state, name, value string) error {
	value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
	if value == "inherit" {
		return nil
	}
	var ok = true
	switch name {
	case "color":
		s.colours, ok = colour(value, outer.colours)
	case "fill":
		s.fill, ok = colour(value, s.colours)
	case "stroke":
		s.stroke, ok = colour(value, s.colours)
	case "fill-rule":
		s.evenOdd = value == "evenodd"
	case "stroke-width":
		s.strokeWidth, ok = length(value)
	case "stroke-miterlimit":
		s.miter, ok = length(value)
	case "stroke-linecap":
		s.cap = value
	case "stroke-linejoin":
		s.join = value
	case "display":
		s.hidden = s.hidden || value == "none"
	case "visibility":
		s.hidden = s.hidden || value == "hidden" || value == "collapse"
	case "opacity", "fill-opacity", "stroke-opacity":
		v, err := strconv.ParseFloat(value, 64)
		switch {
		case err == nil && v >= 1:
		case err == nil && v == 0 && name == "opacity":
			s.hidden = true
		case err == nil && v == 0 && name == "fill-opacity":
			s.fill.set = false
		case err == nil && v == 0:
			s.stroke.set = false
		default:
			ok = false
		}
	case "stroke-dasharray", "clip-path", "mask", "filter", "marker", "marker-start", "marker-mid", "marker-end":
		ok = value == "none"
	case "mix-blend-mode":
		ok = value == "normal"
	}
	if !ok {
		return d.part(name + ": " + value)
	}
	return nil
}

// colour reads a colour of SVG 1.1. Gradients and patterns are not colours.
func colour(value string, current paint) (paint, bool) {
	value = strings.ToLower(value)
	switch {
	case value == "none" || value == "transparent":
		return paint{}, true
	case value == "currentcolor":
		return current, true
	case strings.HasPrefix(value, "#"):
		return hexColour(value[1:])
	case strings.HasPrefix(value, "rgb(") && strings.HasSuffix(value, ")"):
		return rgbColour(value[4 : len(value)-1])
	}
	c, ok := colornames.Map[value]
	return paint{true, document.Colour{R: c.R, G: c.G, B: c.B}}, ok
}

func hexColour(hex string) (paint, bool) {
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	return paint{true, document.Colour{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}}, err == nil && len(hex) == 6
}

func rgbColour(list string) (paint, bool) {
	parts := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	if len(parts) != 3 {
		return paint{}, false
	}
	var c [3]uint8
	for i, p := range parts {
		number, percent := strings.CutSuffix(p, "%")
		v, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return paint{}, false
		}
		if percent {
			v = v * 255 / 100
		}
		c[i] = uint8(math.Round(min(max(v, 0), 255)))
	}
	return paint{true, document.Colour{R: c[0], G: c[1], B: c[2]}}, true
}

// styleSheet reads the rules of a style element. Only plain classes are known,
// which is what drawing programs write.
func (d *drawing) styleSheet() error {
	var text struct {
		Text string `xml:",chardata"`
	}
	if err := d.dec.DecodeElement(&text, &xml.StartElement{Name: xml.Name{Local: "style"}}); err != nil {
		return broken(d.name, err)
	}
	css := withoutComments(text.Text)
	if strings.Contains(css, "@import") || strings.Contains(css, "url(") && !strings.Contains(css, "url(#") {
		return d.reference()
	}
	for rule := range strings.SplitSeq(css, "}") {
		selectors, body, ok := strings.Cut(rule, "{")
		if !ok {
			if strings.TrimSpace(rule) != "" {
				return d.part("style")
			}
			continue
		}
		shared := declarations(body)
		for selector := range strings.SplitSeq(selectors, ",") {
			class, ok := strings.CutPrefix(strings.TrimSpace(selector), ".")
			if !ok || strings.ContainsAny(class, " .:#>[*@") {
				return d.part("style: " + strings.TrimSpace(selector))
			}
			d.rules[class] = append(d.rules[class], shared)
		}
	}
	return nil
}

func withoutComments(css string) string {
	var b strings.Builder
	for {
		from, rest, ok := strings.Cut(css, "/*")
		b.WriteString(from)
		if !ok {
			return b.String()
		}
		b.WriteByte(' ')
		_, css, _ = strings.Cut(rest, "*/")
	}
}

// length reads a length in CSS units as pixels. A share of something else is
// none.
func length(s string) (float64, bool) {
	for unit, pixels := range map[string]float64{"px": 1, "pt": 96.0 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96} {
		if number, ok := strings.CutSuffix(s, unit); ok {
			v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
			return v * pixels, err == nil
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// matrix is an affine transform: a b c d e f of SVG.
type matrix [6]float64

func (m matrix) apply(p document.Point) document.Point {
	return document.Point{X: m[0]*p.X + m[2]*p.Y + m[4], Y: m[1]*p.X + m[3]*p.Y + m[5]}
}

// times gives the transform that does n first and then m.
func (m matrix) times(n matrix) matrix {
	return matrix{m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1], m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5]}
}

// transform reads a list of transforms.
func transform(s string) (matrix, bool) {
	m := matrix{1, 0, 0, 1, 0, 0}
	for s = strings.Trim(s, " ,\n\t\r"); s != ""; s = strings.Trim(s, " ,\n\t\r") {
		name, rest, ok := strings.Cut(s, "(")
		list, after, ok2 := strings.Cut(rest, ")")
		step, ok3 := oneTransform(strings.TrimSpace(name), numbers(list))
		if !ok || !ok2 || !ok3 {
			return m, false
		}
		m, s = m.times(step), after
	}
	return m, true
}

func oneTransform(name string, v []float64) (matrix, bool) {
	radians := func(i int) float64 { return v[i] * math.Pi / 180 }
	switch n := len(v); {
	case name == "matrix" && n == 6:
		return matrix(v), true
	case name == "translate" && (n == 1 || n == 2):
		return matrix{1, 0, 0, 1, v[0], append(v, 0)[1]}, true
	case name == "scale" && (n == 1 || n == 2):
		return matrix{v[0], 0, 0, append(v, v[0])[1], 0, 0}, true
	case name == "rotate" && (n == 1 || n == 3):
		sin, cos := math.Sincos(radians(0))
		x, y := 0.0, 0.0
		if n == 3 {
			x, y = v[1], v[2]
		}
		return matrix{cos, sin, -sin, cos, x - cos*x + sin*y, y - sin*x - cos*y}, true
	case name == "skewX" && n == 1:
		return matrix{1, 0, math.Tan(radians(0)), 1, 0, 0}, true
	case name == "skewY" && n == 1:
		return matrix{1, math.Tan(radians(0)), 0, 1, 0, 0}, true
	}
	return matrix{}, false
}
