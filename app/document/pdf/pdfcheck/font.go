package pdfcheck

import (
	"encoding/binary"
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
	out := &font{name: f.name(d["BaseFont"]), widths: map[int]float64{}, usual: 1000, unicode: make([]bool, 1<<16)}
	if !reSubset.MatchString(out.name) {
		f.fault("font-name", "%q", out.name)
	}
	below := f.array(d["DescendantFonts"])
	if d["Subtype"] != name("Type0") || d["Encoding"] != name("Identity-H") || len(below) != 1 {
		f.fault("font-map", "%s is no composite font", out.name)
		return out
	}
	f.readUnicode(out, f.content(d["ToUnicode"]))
	cid := f.dict(below[0])
	if f.name(cid["BaseFont"]) != out.name || f.name(f.dict(cid["FontDescriptor"])["FontName"]) != out.name {
		f.fault("font-name", "%s has other names too", out.name)
	}
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

// readProgram reads the advances of a TrueType file, and that its tables lie
// within it.
func (f *file) readProgram(out *font, b []byte) {
	if len(b) < 12 {
		f.fault("font-file", "%s", out.name)
		return
	}
	u16 := func(at int) int {
		if at+2 > len(b) {
			return 0
		}
		return int(binary.BigEndian.Uint16(b[at:]))
	}
	tables := map[string]int{}
	for i := range u16(4) {
		entry := 12 + 16*i
		if entry+16 > len(b) {
			f.fault("font-file", "%s is cut", out.name)
			return
		}
		at, length := int(binary.BigEndian.Uint32(b[entry+8:])), int(binary.BigEndian.Uint32(b[entry+12:]))
		if at+length > len(b) {
			f.fault("font-file", "%s is cut", out.name)
			return
		}
		tables[string(b[entry:entry+4])] = at
	}
	perEm, metrics := u16(tables["head"]+18), u16(tables["hhea"]+34)
	if perEm == 0 || metrics == 0 {
		f.fault("font-file", "%s has no measures", out.name)
		return
	}
	for g := range u16(tables["maxp"] + 4) {
		out.advance = append(out.advance, float64(u16(tables["hmtx"]+4*min(g, metrics-1)))*1000/float64(perEm))
	}
}

// shown checks codes that a page shows.
func (t *font) shown(f *file, page ref, s []byte) {
	for i := 0; i+1 < len(s); i += 2 {
		code := int(s[i])<<8 | int(s[i+1])
		if !t.unicode[code] {
			f.fault("unicode", "%s: %04X is no text", t.name, code)
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
