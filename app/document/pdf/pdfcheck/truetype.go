package pdfcheck

import "encoding/binary"

// trueType is a TrueType file (OpenType specification, "Font file").
type trueType struct {
	file   []byte
	tables map[string][]byte
}

// u16 reads a number in a table, 0 when it is not there.
func (t *trueType) u16(table string, at int) int {
	if b := t.tables[table]; at+2 <= len(b) {
		return int(binary.BigEndian.Uint16(b[at:]))
	}
	return 0
}

// readProgram reads the advances of a font file, and that its parts lie within
// it and have the sums they say.
func (f *file) readProgram(out *font, b []byte) {
	t := &trueType{file: b, tables: map[string][]byte{}}
	if len(b) < 12 {
		f.fault("font-file", "%s", out.name)
		return
	}
	for i := range int(binary.BigEndian.Uint16(b[4:])) {
		if 28+16*i > len(b) {
			f.fault("font-file", "%s is cut", out.name)
			return
		}
		entry := b[12+16*i:]
		at, length := int(binary.BigEndian.Uint32(entry[8:])), int(binary.BigEndian.Uint32(entry[12:]))
		if at%4 != 0 || at+length > len(b) {
			f.fault("font-file", "%s is cut", out.name)
			return
		}
		tag := string(entry[:4])
		t.tables[tag] = b[at : at+length]
		if tag != "head" && sumOf(t.tables[tag]) != binary.BigEndian.Uint32(entry[4:]) { // that of head counts the whole file
			f.fault("font-file", "%s: %s has another sum", out.name, tag)
		}
	}
	perEm, metrics, glyphs := t.u16("head", 18), t.u16("hhea", 34), t.u16("maxp", 4)
	if perEm == 0 || metrics == 0 || len(t.tables["hmtx"]) < 4*metrics {
		f.fault("font-file", "%s has no measures", out.name)
		return
	}
	for g := range glyphs {
		out.advance = append(out.advance, float64(t.u16("hmtx", 4*min(g, metrics-1)))*1000/float64(perEm))
	}
	if !t.whole(glyphs) {
		f.fault("font-file", "%s: a glyph lies outside", out.name)
	}
}

// whole tells whether all glyphs lie in their table, and are made of others that
// are there.
func (t *trueType) whole(glyphs int) bool {
	place := func(i int) int {
		if t.u16("head", 50) == 0 {
			return 2 * t.u16("loca", 2*i)
		}
		return t.u16("loca", 4*i)<<16 | t.u16("loca", 4*i+2)
	}
	size := 4
	if t.u16("head", 50) == 0 {
		size = 2
	}
	if len(t.tables["loca"]) < size*(glyphs+1) {
		return false
	}
	for g := range glyphs {
		from, to := place(g), place(g+1)
		if to < from || to > len(t.tables["glyf"]) {
			return false
		}
		const composite = 1 << 15 // a negative number of outlines
		if to == from || t.u16("glyf", from)&composite == 0 {
			continue
		}
		for at := from + 10; at < to; {
			flags, part := t.u16("glyf", at), t.u16("glyf", at+2)
			if part >= glyphs {
				return false
			}
			at += 6 + partLength(flags)
			const more = 1 << 5
			if flags&more == 0 {
				break
			}
		}
	}
	return true
}

// partLength is what a part of a composite glyph takes besides its flags, its
// number and two bytes of place (OpenType specification, "glyf").
func partLength(flags int) (n int) {
	if flags&1 != 0 { // places in words
		n = 2
	}
	switch {
	case flags&8 != 0:
		n += 2
	case flags&0x40 != 0:
		n += 4
	case flags&0x80 != 0:
		n += 8
	}
	return n
}

func sumOf(b []byte) (sum uint32) {
	for i := 0; i < len(b); i += 4 {
		var word [4]byte
		copy(word[:], b[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
