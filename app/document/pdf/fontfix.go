package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kompetansepilot/app/document/fonts"
	"kompetansepilot/app/document/layout"
)

// mendFonts gives fonts their real names and replaces two tables that gofpdf
// writes wrongly: the map from codes to text, and the font program.
func mendFonts(f *file, r *layout.Result) error {
	codes := usedCodes(r)
	toUnicode := f.stream("", unicodeMap(codes), true)
	for n, o := range f.objects {
		switch {
		case bytes.HasPrefix(o, []byte("<</Type /Font")):
			f.objects[n] = renameFont(o)
			if err := shortenGlyphMap(f, o, codes); err != nil {
				return err
			}
		case bytes.Contains(o, []byte("<0000> <FFFF> <0000>\nendbfrange")):
			f.objects[n] = toUnicode
		case isStream(o) && bytes.Contains(o[:min(len(o), 120)], []byte("/Length1 ")):
			program, err := fontProgram(o)
			if err != nil {
				return err
			}
			f.objects[n] = f.stream(fmt.Sprintf("/Length1 %d", len(program)), program, true)
		}
	}
	return nil
}

// renameFont writes the PostScript name with a prefix that says "subset". The
// prefix is the same for all documents; it need only differ within one file.
func renameFont(o []byte) []byte {
	for s := fonts.Styles - 1; s >= fonts.Regular; s-- {
		old := "/utf8" + family + styleKey(s)
		name := "/KOMPI" + string(rune('A'+int(s))) + "+" + s.PostScriptName()
		o = bytes.ReplaceAll(o, []byte(old+"\n"), []byte(name+"\n"))
		o = bytes.ReplaceAll(o, []byte(old+" "), []byte(name+" "))
	}
	return o
}

// usedCodes lists the characters that the pages show, in order.
func usedCodes(r *layout.Result) []int {
	var used [1 << 16]bool
	for i := range r.Pages {
		for k := range r.Pages[i].Ops {
			for _, c := range r.Pages[i].Ops[k].Text {
				if int(c) < len(used) {
					used[c] = true
				}
			}
		}
	}
	var codes []int
	for c, ok := range used {
		if ok {
			codes = append(codes, c)
		}
	}
	return codes
}

// shortenGlyphMap cuts a font's map from codes to glyphs after the last code that
// is shown. gofpdf's is for all 65 536, and readers unpack it for every page.
func shortenGlyphMap(f *file, font []byte, codes []int) error {
	_, after, ok := bytes.Cut(font, []byte("/CIDToGIDMap "))
	if !ok || len(codes) == 0 {
		return nil
	}
	n, err := strconv.Atoi(leadingDigits(after))
	if err != nil || n >= len(f.objects) {
		return fmt.Errorf("%w: glyph map", errShape)
	}
	packed, _ := streamData(f.objects[n])
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	glyphs, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	f.objects[n] = f.stream("", glyphs[:min(len(glyphs), 2*codes[len(codes)-1]+2)], true)
	return nil
}

// unicodeMap maps two-byte codes to the characters with the same numbers. A
// range may not cross a high byte; gofpdf's single range does, and strict
// readers then know only the first 256 characters.
func unicodeMap(codes []int) []byte {
	var ranges []string
	for i := 0; i < len(codes); {
		k := i
		for k+1 < len(codes) && codes[k+1] == codes[k]+1 && codes[k+1]>>8 == codes[i]>>8 {
			k++
		}
		ranges = append(ranges, fmt.Sprintf("<%04X> <%04X> <%04X>\n", codes[i], codes[k], codes[i]))
		i = k + 1
	}
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for len(ranges) > 0 {
		n := min(len(ranges), 100) // the most that one block may hold
		fmt.Fprintf(&b, "%d beginbfrange\n%sendbfrange\n", n, strings.Join(ranges[:n], ""))
		ranges = ranges[n:]
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return []byte(b.String())
}

// fontProgram cleans an embedded font: a font that is reached by glyph number
// needs no character map, and gofpdf's has a wrong length.
func fontProgram(object []byte) ([]byte, error) {
	packed, _ := streamData(object)
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	font, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if len(font) < 12 {
		return nil, errShape
	}
	var tables []fontTable
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		if 28+16*i > len(font) {
			return nil, errShape
		}
		entry := font[12+16*i:]
		offset, length := int(binary.BigEndian.Uint32(entry[8:])), int(binary.BigEndian.Uint32(entry[12:]))
		if offset+length > len(font) {
			return nil, errShape
		}
		switch tag := string(entry[:4]); tag {
		case "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep":
			tables = append(tables, fontTable{tag, bytes.Clone(font[offset : offset+length])})
		}
	}
	return joinFont(tables), nil
}

type fontTable struct {
	tag  string
	data []byte
}

// joinFont writes a TrueType file (OpenType specification, "Font file").
func joinFont(tables []fontTable) []byte {
	be := binary.BigEndian
	power, exponent := 1, 0
	for power*2 <= len(tables) {
		power, exponent = power*2, exponent+1
	}
	out := be.AppendUint32(nil, 0x00010000)
	for _, v := range []int{len(tables), power * 16, exponent, (len(tables) - power) * 16} {
		out = be.AppendUint16(out, uint16(v))
	}
	var body []byte
	start, head := 12+16*len(tables), -1
	for _, t := range tables {
		if t.tag == "head" && len(t.data) >= 12 {
			be.PutUint32(t.data[8:], 0) // the file's sum goes here at the end
			head = start + len(body)
		}
		out = append(out, t.tag...)
		out = be.AppendUint32(out, fontSum(t.data))
		out = be.AppendUint32(out, uint32(start+len(body)))
		out = be.AppendUint32(out, uint32(len(t.data)))
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	out = append(out, body...)
	if head >= 0 {
		be.PutUint32(out[head+8:], 0xB1B0AFBA-fontSum(out))
	}
	return out
}

func fontSum(data []byte) (sum uint32) {
	for i := 0; i < len(data); i += 4 {
		var word [4]byte
		copy(word[:], data[i:])
		sum += binary.BigEndian.Uint32(word[:])
	}
	return sum
}
