package pdf

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/document/pdf/pdfcheck"
)

// finished is a document as objects, ready to be spoilt.
func finished(t *testing.T) *file {
	t.Helper()
	r, err := layout.Lay(documenttest.Everything())
	if err != nil {
		t.Fatal(err)
	}
	f, err := build(r, archive())
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// spoil changes the first place in an object, packed streams unpacked, where
// pattern matches. It fails the test when there is none.
func spoil(pattern, replacement string) func(*testing.T, *file) {
	re := regexp.MustCompile("(?s)" + pattern)
	return func(t *testing.T, f *file) {
		for n, o := range f.objects {
			if changed, ok := spoilOnce(re, o, replacement); ok {
				f.objects[n] = changed
				return
			}
		}
		t.Fatalf("nothing is like %q", pattern)
	}
}

func spoilOnce(re *regexp.Regexp, o []byte, replacement string) ([]byte, bool) {
	once := func(b []byte) ([]byte, bool) {
		m := re.FindSubmatchIndex(b)
		if m == nil {
			return nil, false
		}
		out := append([]byte{}, b[:m[0]]...)
		out = re.Expand(out, []byte(replacement), b, m)
		return append(out, b[m[1]:]...), true
	}
	if !isStream(o) {
		return once(o)
	}
	i := bytes.Index(o, []byte(">>\nstream\n"))
	if changed, ok := once(o[:i+2]); ok {
		return append(changed, o[i+2:]...), true
	}
	return nil, false
}

// spoilStream changes the content of the first stream where pattern matches.
func spoilStream(pattern, replacement string) func(*testing.T, *file) {
	re := regexp.MustCompile("(?s)" + pattern)
	return func(t *testing.T, f *file) {
		for n, o := range f.objects {
			data, ok := streamData(o)
			if !ok || bytes.Contains(o[:min(len(o), 300)], []byte("/Image")) {
				continue
			}
			packed := bytes.Contains(o[:bytes.Index(o, []byte("stream\n"))], []byte("/FlateDecode"))
			if packed {
				data = inflate(data)
			}
			m := re.FindSubmatchIndex(data)
			if m == nil {
				continue
			}
			out := re.Expand(append([]byte{}, data[:m[0]]...), []byte(replacement), data, m)
			out = append(out, data[m[1]:]...)
			dict := regexp.MustCompile(`/Type /Metadata /Subtype /XML|/Length1 \d+|/N 3 /Alternate /DeviceRGB`).FindString(string(o[:min(len(o), 200)]))
			f.objects[n] = f.stream(dict, out, packed)
			return
		}
		t.Fatalf("no stream is like %q", pattern)
	}
}

// TestEveryRuleCatchesItsFault spoils a good file in many ways, and the checker
// must see each. Every rule has at least one.
func TestEveryRuleCatchesItsFault(t *testing.T) {
	good := finished(t)
	if faults := pdfcheck.Check(good.bytes()); len(faults) > 0 {
		t.Fatal(faults)
	}
	type spoiler = func(*testing.T, *file)
	objects := []struct {
		rule, name string
		do         spoiler
	}{
		{"lang", "no language", spoil(`/Lang \(nb-NO\) /MarkInfo`, "/MarkInfo")},
		{"lang", "language is a word", spoil(`/Lang \(nb-NO\) /MarkInfo`, "/Lang (norsk bokm) /MarkInfo")},
		{"marked", "not marked", spoil(`/Marked true`, "/Marked false")},
		{"marked", "perhaps not right", spoil(`/Marked true`, "/Marked true /Suspects true")},
		{"catalog", "a form", spoil(`<</Type /Catalog`, "<</Type /Catalog /AcroForm <<>>")},
		{"catalog", "layers", spoil(`<</Type /Catalog`, "<</Type /Catalog /OCProperties <<>>")},
		{"catalog", "other presentations", spoil(`<</Type /Catalog`, "<</Type /Catalog /Names <</AlternatePresentations <<>>>>")},
		{"catalog", "a transparency group", spoil(`<</Type /Page\n`, "<</Type /Page\n/Group <<>>\n")},
		{"title", "title is not shown", spoil(`/DisplayDocTitle true`, "/DisplayDocTitle false")},
		{"action", "opens with an action", spoil(`<</Type /Catalog`, "<</Type /Catalog /OpenAction [3 0 R /Fit]")},
		{"action", "a script", spoil(`/A <</S /URI /URI \([^)]*\)>>`, "/A <</S /JavaScript /JS (x)>>")},
		{"action", "acts when a page opens", spoil(`<</Type /Page\n`, "<</Type /Page\n/AA <<>>\n")},
		{"intent", "no output intent", spoil(`/OutputIntents \[.*?\]`, "/OutputIntents []")},
		{"intent", "profile with four colours", spoil(`/N 3 /Alternate /DeviceRGB`, "/N 4 /Alternate /DeviceRGB")},
		{"intent", "profile is cut", spoilStream(`acsp.*$`, "acsp")},
		{"intent", "profile of another kind", spoilStream(`mntrRGB `, "scnrRGB ")},
		{"intent", "two profiles", spoil(`/OutputIntents \[(.*?>>)\]`, "/OutputIntents [${1} ${1}]")},
		{"embedded", "a file within", spoil(`<</Type /Catalog`, "<</Type /Catalog /AF [3 0 R]")},
		{"embedded", "a file specification", func(_ *testing.T, f *file) { f.add("<</Type /Filespec /F (a.json)>>") }},
		{"metadata", "no metadata", spoil(`/Metadata \d+ 0 R`, "")},
		{"metadata", "broken XML", spoilStream(`</dc:title>`, "")},
		{"metadata", "no packet", spoilStream(`<\?xpacket begin[^>]*>`, "")},
		{"metadata", "no type", spoil(`/Type /Metadata`, "")},
		{"xmp-claim", "wrong level", spoilStream(`<pdfaid:conformance>A`, "<pdfaid:conformance>U")},
		{"xmp-claim", "no PDF/UA", spoilStream(`<pdfuaid:part>1</pdfuaid:part>`, "")},
		{"xmp-title", "title without language", spoilStream(` xml:lang="x-default"`, "")},
		{"xmp-title", "no title", spoilStream(`<dc:title>.*</dc:title>`, "")},
		{"xmp-schema", "pdfuaid is not described", spoilStream(`(pdfaSchema:namespaceURI>)http://www.aiim.org/pdfua/ns/id/`, "${1}http://example.org/")},
		{"xmp-schema", "another prefix is described", spoilStream(`<pdfaSchema:prefix>pdfuaid`, "<pdfaSchema:prefix>ua")},
		{"xmp-schema", "no category", spoilStream(`<pdfaProperty:category>internal</pdfaProperty:category>`, "")},
		{"xmp-schema", "no description", spoilStream(`<pdfaProperty:description>[^<]*</pdfaProperty:description>`, "")},
		{"xmp-property", "unknown", spoilStream(`<dc:format>`, "<dc:form>A4</dc:form><dc:format>")},
		{"xmp-property", "twice", spoilStream(`<dc:format>`, "<dc:format>text/plain</dc:format><dc:format>")},
		{"xmp-property", "another prefix", spoilStream(`xmlns:pdfuaid=("[^"]*")><pdfuaid:part>1</pdfuaid:part>`, "xmlns:ua=${1}><ua:part>1</ua:part>")},
		{"xmp-info", "another author", spoilStream(`Nordland fylkeskommune</rdf:li></rdf:Seq></dc:creator>`, "Troms</rdf:li></rdf:Seq></dc:creator>")},
		{"xmp-info", "another date", spoilStream(`<xmp:CreateDate>2026`, "<xmp:CreateDate>2025")},
		{"xmp-info", "keywords only once", spoil(`/Keywords <[^>]*>`, "")},
		{"tree", "no tree", spoil(`/StructTreeRoot \d+ 0 R`, "")},
		{"tree", "a standard type means another", spoil(`<</Type /StructTreeRoot`, "<</Type /StructTreeRoot /RoleMap <</P /H1>>")},
		{"type", "own type", spoil(`/S /Note|/S /Div`, "/S /Boks")},
		{"type", "no element", spoil(`<</Type /StructElem /S /TD`, "<</S /TD")},
		{"parent", "wrong parent", spoil(`(/S /TD /P )\d+`, "${1}3")},
		{"nesting", "row in a paragraph", spoil(`/S /TBody`, "/S /P")},
		{"nesting", "body without label", spoil(`/S /LBody`, "/S /P")},
		{"nesting", "text in a row", spoil(`(/S /TR /P \d+ 0 R) /K \[`, "${1} /Pg 3 0 R /K [0 ")},
		{"section", "head without body", spoil(`(/S /Table /P \d+ 0 R /K \[\d+ 0 R \d+ 0 R )\d+ 0 R `, "${1}")},
		{"section", "body before head", spoil(`(/S /Table /P \d+ 0 R /K \[\d+ 0 R )(\d+ 0 R )(\d+ 0 R )`, "${1}${3}${2}")},
		{"section", "two heads", spoil(`/S /TFoot`, "/S /THead")},
		{"caption", "between the rows", spoil(`(/S /Table /P \d+ 0 R /K \[)(\d+ 0 R )(\d+ 0 R )(\d+ 0 R )`, "${1}${3}${2}${4}")},
		{"caption", "of no figure", func(t *testing.T, f *file) {
			for n, o := range f.objects {
				if bytes.Contains(o, []byte("/S /Div")) { // the note; its title follows it
					f.objects[n+1] = bytes.Replace(f.objects[n+1], []byte("/S /P"), []byte("/S /Caption"), 1)
					return
				}
			}
		}},
		{"empty", "empty paragraph", spoil(`(/S /P [^K]*/K )\[[^\]]*\]`, "${1}[]")},
		{"empty", "empty heading cell", spoil(`(/S /TH .*/K )\[[^\]]*\]`, "${1}[]")},
		{"heading", "level skipped", spoil(`/S /H2`, "/S /H4")},
		{"figure-alt", "no alternative", spoil(`(/S /Figure /P \d+ 0 R) /Alt <[^>]*>`, "${1}")},
		{"figure-box", "no box", spoil(`/BBox \[[^\]]*\]`, "")},
		{"figure-box", "no height", spoil(`/BBox \[(\S+) (\S+) (\S+) \S+\]`, "/BBox [${1} ${2} ${3} ${2}]")},
		{"scope", "no scope", spoil(`/Scope /Column`, "")},
		{"scope", "unknown scope", spoil(`/Scope /Row`, "/Scope /Rad")},
		{"grid", "merged cell is narrower than it says", spoil(`/ColSpan 2`, "/ColSpan 3")},
		{"grid", "merged cell is shorter than it says", spoil(`/RowSpan 3`, "/RowSpan 2")},
		{"grid", "no rows", spoil(`(/S /TBody /P \d+ 0 R /K )\[[^\]]*\]`, "${1}[]")},
		{"numbering", "no numbering", spoil(`/A <</O /List /ListNumbering /Disc>>`, "")},
		{"elem-lang", "language is no tag", spoil(`/Lang \(se\)`, "/Lang (nordsamisk språk)")},
		{"link", "no annotation", spoil(`(/S /Link .*)<</Type /OBJR[^>]*>>`, "${1}")},
		{"claim", "mark that is not drawn", spoil(`(/S /P .*/K \[)`, "${1}9999 ")},
		{"claim", "mark of two elements", spoil(`(/S /P [^K]*/K \[)(\d+) `, "${1}${2} ${2} ")},
		{"claim", "mark without a page", spoil(`(/S /P /P \d+ 0 R) /Pg \d+ 0 R`, "${1}")},
		{"parent-tree", "swapped entries", spoil(`^\[(\d+ 0 R) (\d+ 0 R) (\d+ 0 R) `, "[${3} ${2} ${1} ")},
		{"parent-tree", "page without a row", spoil(`/StructParents 0\n`, "/StructParents 77777\n")},
		{"parent-tree", "a number twice", spoil(`/Nums \[0 `, "/Nums [1 ")},
		{"next-key", "next key in use", spoil(`/ParentTreeNextKey \d+`, "/ParentTreeNextKey 2")},
		{"tabs", "no order", spoil(`/Tabs /S\n/Annots`, "/Annots")},
		{"untagged", "content outside marks", spoilStream(`^`, "0 0 9 9 re f\n")},
		{"operator", "unknown", spoilStream(`(BDC\n)`, "${1}BX 1 2 zz EX\n")},
		{"resources", "from the pages above", spoil(`(<</Type /Page\n.*)/Resources 2 0 R`, "${1}")},
		{"artefact", "artefact within content", spoilStream(`(/P <</MCID \d+>> BDC\n)`, "${1}/Artifact BMC\nEMC\n")},
		{"artefact", "a tag within an artefact", spoilStream(`(/Artifact <</Type /Layout>> BDC\n)`, "${1}/Span <</ActualText <FEFF0041>>> BDC\nEMC\n")},
		{"artefact", "content within content", spoilStream(`(/H1 <</MCID \d+>> BDC\n)`, "${1}/P <</MCID 500>> BDC\nEMC\n")},
		{"balance", "not closed", spoilStream(`EMC\n$`, "")},
		{"balance", "closed twice", spoilStream(`EMC\n`, "EMC\nEMC\n")},
		{"balance", "state left open", spoilStream(`^`, "q\n")},
		{"balance", "text within text", spoilStream(`BT `, "BT BT ")},
		{"mark", "number used twice", spoilStream(`/MCID 1>>`, "/MCID 0>>")},
		{"flags", "not printed", spoil(`/F 4 `, "/F 0 ")},
		{"flags", "hidden", spoil(`/F 4 `, "/F 6 ")},
		{"flags", "hidden at times", spoil(`/F 4 `, "/F 260 ")},
		{"contents", "no contents", spoil(`(/Subtype /Link.*) /Contents <[^>]*>`, "${1}")},
		{"annotation", "not a link", spoil(`/Subtype /Link`, "/Subtype /Text")},
		{"annotation", "belongs to another", spoil(`(/Subtype /Link.*/StructParent )\d+`, "${1}1")},
		{"annotation", "on another page", spoil(`(/Type /OBJR /Obj \d+ 0 R /Pg) \d+`, "${1} 5")},
		{"annotation", "nowhere to click", spoil(`/Rect \[(\S+) (\S+) \S+ `, "/Rect [${1} ${2} ${1} ")},
		{"destination", "link to no page", spoil(`(/Subtype /Link.*/Dest \[)\d+`, "${1}2")},
		{"destination", "bookmark to no page", spoil(`(/Title .*/Dest \[)\d+`, "${1}1")},
		{"destination", "address with a space", spoil(`/URI \(https://`, "/URI (https:// ")},
		{"outline", "wrong count", spoil(`(/Type /Outlines.*/Count )\d+`, "${1}1")},
		{"outline", "no title", spoil(`/Title <FEFF[^>]+>( /Parent)`, "/Title <FEFF>${1}")},
		{"outline", "no way back", spoil(`/Prev \d+ 0 R`, "")},
		{"outline", "another is the last", spoil(`(/Type /Outlines.*/Last )\d+`, "${1}9")},
		{"font-file", "not in the file", spoil(`/FontFile2 \d+ 0 R`, "")},
		{"font-file", "a table has another sum", spoilFont(func(tables []fontTable) []byte {
			b := joinFont(tables)
			b[len(b)-9] ^= 1
			return b
		})},
		{"font-file", "fewer glyphs than it says", spoilFont(func(tables []fontTable) []byte {
			for _, t := range tables {
				if t.tag == "maxp" {
					t.data[4]++ // 256 more
				}
			}
			return joinFont(tables)
		})},
		{"font-file", "a glyph is cut", spoilFont(func(tables []fontTable) []byte {
			for i, t := range tables {
				if t.tag == "glyf" {
					tables[i].data = t.data[:len(t.data)/2]
				}
			}
			return joinFont(tables)
		})},
		{"font-dict", "no type", spoil(`<</Type /Font\n/Subtype /CIDFontType2`, "<</Subtype /CIDFontType2")},
		{"font-dict", "no system", spoil(`/CIDSystemInfo \d+ 0 R`, "")},
		{"font-dict", "list of characters", spoil(`/Type /FontDescriptor`, "/Type /FontDescriptor /CIDSet 5 0 R")},
		{"font-dict", "of both kinds", spoil(`/Flags \d+`, "/Flags 36")},
		{"font-name", "no subset", spoil(`/BaseFont /KOMPI.\+`, "/BaseFont /")},
		{"font-map", "no glyph map", spoil(`/CIDToGIDMap \d+ 0 R`, "")},
		{"font-map", "other encoding", spoil(`/Identity-H`, "/WinAnsiEncoding")},
		{"unicode", "no text map", spoil(`/ToUnicode \d+ 0 R`, "")},
		{"unicode", "one range over all", spoilStream(`\d+ beginbfrange\n.*endbfrange`, "1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange")},
		{"unicode", "text is nothing", spoilStream(`(<0020> <00[0-9A-F]{2}>) <0020>`, "${1} <0000>")},
		{"private", "text is of private use", spoilStream(`(<0020> <00[0-9A-F]{2}>) <0020>`, "${1} <E000>")},
		{"width", "wrong width", spoil(`/W \[ ?(\d+) \[ ?\d+`, "/W [${1} [ 77")},
		{"colour", "CMYK", spoilStream(`(BDC\n)`, "${1}0 0 0 1 k\n")},
		{"colour", "CMYK picture", spoil(`/ColorSpace /DeviceRGB`, "/ColorSpace /DeviceCMYK")},
		{"colour", "named colour space", spoilStream(`(BDC\n)`, "${1}/Pattern cs\n")},
		{"image", "interpolation", spoil(`/Subtype /Image`, "/Subtype /Image /Interpolate true")},
		{"image", "16 bits", spoil(`(/Subtype /Image.*/BitsPerComponent) 8`, "${1} 16")},
		{"image", "photo of another size", spoil(`(/Subtype /Image /Width )\d+(.*/DCTDecode)`, "${1}7${2}")},
		{"image", "drawing of another size", spoil(`(/Subtype /Image /Width \d+ /Height )\d+(.*/FlateDecode)`, "${1}7${2}")},
		{"image", "other colours", spoil(`/ColorSpace /DeviceRGB`, "/ColorSpace /DeviceGray")},
		{"image", "picture is not there", spoil(`/Im0 \d+ 0 R`, "")},
		{"state", "transparency", func(_ *testing.T, f *file) { f.add("<</Type /ExtGState /ca 0.5>>") }},
		{"state", "transfer function", func(_ *testing.T, f *file) { f.add("<</Type /ExtGState /TR /Identity>>") }},
		{"state", "mask", spoil(`/Subtype /Image`, "/Subtype /Image /SMask 5 0 R")},
		{"state", "another state", spoilStream(`(BDC\n)`, "${1}/GS1 gs\n")},
		{"limit", "long string", spoil(`/Title <FEFF`, "/Title <FEFF"+strings.Repeat("0041", 16383))},
		{"limit", "large number", spoil(`/ParentTreeNextKey \d+`, "/ParentTreeNextKey 2147483648")},
		{"limit", "long name", spoil(`/S /H1`, "/S /"+strings.Repeat("H", 128))},
		{"limit", "name is no text", spoil(`/S /H1`, "/S /H\xff")},
		{"limit", "number next to nothing", spoilStream(`(BDC\n)`, "${1}0."+strings.Repeat("0", 38)+"1 w\n")},
		{"limit", "long string on a page", spoilStream(`Td \(`, "Td (\\000 "+strings.Repeat("\\000 ", 16383))},
		{"limit", "many states", spoilStream(`^`, strings.Repeat("q ", 29)+strings.Repeat("Q ", 29))},
		{"limit", "small page", spoil(`/MediaBox ?\[[^\]]*\]`, "/MediaBox [0 0 2 2]")},
		{"filter", "LZW", spoil(`/Filter /DCTDecode`, "/Filter /LZWDecode")},
		{"filter", "outside the file", spoil(`/Subtype /Image`, "/Subtype /Image /F (a.jpg)")},
		{"actual", "stands for nothing", spoilStream(`(BDC\n)`, "${1}/Span <</ActualText <FEFF>>> BDC\nEMC\n")},
		{"syntax", "broken dictionary", spoil(`/Producer <`, "/Producer /(<")},
		{"syntax", "half a byte", spoil(`/Producer <`, "/Producer <0")},
		{"notdef", "missing glyph", spoilGlyphs},
	}
	caught := map[string]bool{}
	for _, c := range objects {
		t.Run(c.rule+"/"+c.name, func(t *testing.T) {
			f := &file{objects: slices.Clone(good.objects), catalog: good.catalog, info: good.info, profile: good.profile}
			c.do(t, f)
			mustCatch(t, c.rule, f.bytes())
		})
		caught[c.rule] = true
	}
	whole := good.bytes()
	for _, c := range []struct {
		rule, name string
		do         func([]byte) []byte
	}{
		{"header", "no comment", func(b []byte) []byte { return bytes.Replace(b, []byte("%\xE2\xE3\xCF\xD3"), []byte("%abcd"), 1) }},
		{"header", "space before", func(b []byte) []byte { return bytes.Replace(b, []byte("%PDF-1.7"), []byte(" PDF-1.7"), 1) }},
		{"id", "no id", func(b []byte) []byte {
			return regexp.MustCompile(`/ID \[[^\]]*\]`).ReplaceAllFunc(b, func(m []byte) []byte { return bytes.Repeat([]byte(" "), len(m)) })
		}},
		{"eof", "text at the end", func(b []byte) []byte { return append(bytes.Clone(b), "text"...) }},
		{"encrypt", "encrypted", func(b []byte) []byte {
			return bytes.Replace(b, []byte("/Type /XRef"), []byte("/Type /XRef /Encrypt 9 0 R"), 1)
		}},
		{"length", "stream is longer", func(b []byte) []byte {
			out := bytes.Clone(b)
			out[bytes.Index(out, []byte("/Length "))+len("/Length ")] ^= 1
			return out
		}},
		{"xref", "everything moved", moved},
		{"spacing", "no line after an object", func(b []byte) []byte {
			return bytes.Replace(b, []byte("\nendobj\n"), []byte("\nendobj "), 1)
		}},
	} {
		t.Run(c.rule+"/"+c.name, func(t *testing.T) { mustCatch(t, c.rule, c.do(whole)) })
		caught[c.rule] = true
	}
	for rule := range pdfcheck.Rules() {
		if !caught[rule] {
			t.Errorf("no file breaks the rule %q", rule)
		}
	}
	for rule := range caught {
		if pdfcheck.Rules()[rule] == "" {
			t.Errorf("there is no rule %q", rule)
		}
	}
}

func mustCatch(t *testing.T, rule string, b []byte) {
	t.Helper()
	var seen []string
	for _, f := range pdfcheck.Check(b) {
		if f.Rule == rule {
			return
		}
		seen = append(seen, f.String())
	}
	t.Errorf("not caught; seen: %s", strings.Join(seen, "; "))
}

// moved spoils the number of an object where the table says that it is.
func moved(b []byte) []byte {
	out := bytes.Clone(b)
	out[bytes.Index(out, []byte(" 0 obj"))-1] ^= 1
	return out
}

// spoilFont changes the tables of the first font file.
func spoilFont(change func([]fontTable) []byte) func(*testing.T, *file) {
	return func(t *testing.T, f *file) {
		for n, o := range f.objects {
			if !isStream(o) || !bytes.HasPrefix(o, []byte("<</Length1 ")) {
				continue
			}
			packed, _ := streamData(o)
			font := inflate(packed)
			var tables []fontTable
			for i := range int(font[5]) { // fewer than 256
				entry := font[12+16*i:]
				at, length := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
				tables = append(tables, fontTable{string(entry[:4]), bytes.Clone(font[at : at+length])})
			}
			program := change(tables)
			f.objects[n] = f.stream(fmt.Sprintf("/Length1 %d", len(program)), program, true)
			return
		}
		t.Fatal("no font file")
	}
}

// spoilGlyphs lets all codes of a font lead to the sign for a missing glyph.
func spoilGlyphs(t *testing.T, f *file) {
	for _, o := range f.objects {
		m := regexp.MustCompile(`/CIDToGIDMap (\d+) 0 R`).FindSubmatch(o)
		if m == nil {
			continue
		}
		n := 0
		for _, c := range m[1] {
			n = 10*n + int(c-'0')
		}
		f.objects[n] = f.stream("", make([]byte, 1<<17), true)
		return
	}
	t.Fatal("no glyph map")
}
