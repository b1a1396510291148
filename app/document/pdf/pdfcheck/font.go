package pdfcheck

import (
	"regexp"
	"strconv"
)

// font is what is known of a font: all by code.
type font struct {
	name    string
	glyphs  []byte // two bytes a code
	widths  map[int]float64
	usual   float64
	advance []float64 // by glyph
	unicode []bool    // by code
	private map[int]bool
}

var (
	reSubset = regexp.MustCompile(`^[A-Z]{6}\+.`)
	reRange  = regexp.MustCompile(`<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>\n`)
)

// font gives a font, read once.
func (f *file) font(o any) *font {
	r, ok := o.(ref)
	if !ok {
		return f.readFont(o)
	}
	if f.fonts[r] == nil {
		f.fonts[r] = f.readFont(o)
	}
	return f.fonts[r]
}

func (f *file) readFont(o any) *font {
	d := f.dict(o)
	out := &font{name: f.name(d["BaseFont"]), widths: map[int]float64{}, usual: 1000, unicode: make([]bool, 1<<16), private: map[int]bool{}}
	if !reSubset.MatchString(out.name) {
		f.fault("font-name", "%q", out.name)
	}
	below := f.array(d["DescendantFonts"])
	if d["Type"] != name("Font") {
		f.fault("font-dict", "%s is a %v", out.name, d["Type"])
	}
	if d["Subtype"] != name("Type0") || d["Encoding"] != name("Identity-H") || len(below) != 1 {
		f.fault("font-map", "%s is no composite font", out.name)
		return out
	}
	f.readUnicode(out, f.content(d["ToUnicode"]))
	cid := f.dict(below[0])
	if f.name(cid["BaseFont"]) != out.name || f.name(f.dict(cid["FontDescriptor"])["FontName"]) != out.name {
		f.fault("font-name", "%s has other names too", out.name)
	}
	f.checkFontDict(out.name, cid)
	out.glyphs = f.content(cid["CIDToGIDMap"])
	if w, ok := f.number(cid["DW"]); ok {
		out.usual = w
	}
	f.readWidths(out, f.array(cid["W"]))
	f.readProgram(out, f.content(f.dict(cid["FontDescriptor"])["FontFile2"]))
	return out
}

func (f *file) readUnicode(out *font, b []byte) {
	for _, m := range reRange.FindAllSubmatch(b, -1) {
		var v [3]int
		for i := range v {
			n, _ := strconv.ParseUint(string(m[i+1]), 16, 32)
			v[i] = int(n)
		}
		if v[0]>>8 != v[1]>>8 {
			f.fault("unicode", "%s: range %s crosses a high byte", out.name, m[0])
			continue
		}
		for code := v[0]; code <= v[1]; code++ {
			switch to := v[2] + code - v[0]; to {
			case 0, 0xFEFF, 0xFFFE:
				f.fault("unicode", "%s: %04X leads to U+%04X", out.name, code, to)
			default:
				out.unicode[code] = true
				out.private[code] = to >= 0xE000 && to <= 0xF8FF
			}
		}
	}
}

func (f *file) readWidths(out *font, w array) {
	for i := 0; i+1 < len(w); {
		first, _ := w[i].(int)
		if list := f.array(w[i+1]); list != nil {
			for k, v := range list {
				out.widths[first+k] = value(f.number(v))
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			return
		}
		last, _ := w[i+1].(int)
		for code := first; code <= last; code++ {
			out.widths[code] = value(f.number(w[i+2]))
		}
		i += 3
	}
}

// checkFontDict looks at the part of a font that holds its glyphs. A list of
// characters (CIDSet) must be whole where there is one; it need not be there.
func (f *file) checkFontDict(font string, cid dict) {
	if cid["Type"] != name("Font") || cid["Subtype"] != name("CIDFontType2") {
		f.fault("font-dict", "%s is a %v %v", font, cid["Type"], cid["Subtype"])
	}
	system := f.dict(cid["CIDSystemInfo"])
	if unicodeText(system["Registry"]) == "" || unicodeText(system["Ordering"]) == "" || system["Supplement"] == nil {
		f.fault("font-dict", "%s has no system", font)
	}
	descriptor := f.dict(cid["FontDescriptor"])
	for _, key := range []string{"Flags", "FontBBox", "ItalicAngle", "Ascent", "Descent", "CapHeight", "StemV"} { // ISO 32000-1, table 122
		if descriptor[key] == nil {
			f.fault("font-dict", "%s has no /%s", font, key)
		}
	}
	const symbolic, nonsymbolic = 1 << 2, 1 << 5 // exactly one (ISO 32000-1, table 123)
	if flags, _ := descriptor["Flags"].(int); flags&symbolic == 0 == (flags&nonsymbolic == 0) {
		f.fault("font-dict", "%s has flags %d", font, flags)
	}
	if descriptor["Type"] != name("FontDescriptor") || descriptor["CIDSet"] != nil {
		f.fault("font-dict", "%s: %v", font, descriptor)
	}
	if file := f.dict(descriptor["FontFile2"]); file["Length1"] != len(f.content(descriptor["FontFile2"])) {
		f.fault("font-file", "%s is not as long as it says", font)
	}
}

// shown checks codes that a page shows.
func (t *font) shown(f *file, page ref, s []byte, actual bool) {
	if len(s)%2 == 1 {
		f.fault("font-map", "page %d: half a code", page)
	}
	for i := 0; i+1 < len(s); i += 2 {
		code := int(s[i])<<8 | int(s[i+1])
		if !t.unicode[code] {
			f.fault("unicode", "%s: %04X is no text", t.name, code)
		}
		if t.private[code] && !actual {
			f.fault("private", "page %d shows %04X", page, code)
		}
		if 2*code+2 > len(t.glyphs) {
			f.fault("font-map", "%s: no glyph for %04X", t.name, code)
			continue
		}
		glyph := int(t.glyphs[2*code])<<8 | int(t.glyphs[2*code+1])
		if glyph == 0 {
			f.fault("notdef", "page %d shows %04X", page, code)
			continue
		}
		if glyph >= len(t.advance) {
			if len(t.advance) > 0 {
				f.fault("font-map", "%s: glyph %d is not in the font", t.name, glyph)
			}
			continue
		}
		width, ok := t.widths[code]
		if !ok {
			width = t.usual
		}
		if d := width - t.advance[glyph]; d > 1 || d < -1 {
			f.fault("width", "%s: %04X is %.0f wide, the font says %.0f", t.name, code, width, t.advance[glyph])
		}
	}
}
