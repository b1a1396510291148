package parse

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
)

// TNEF is what Outlook and Exchange wrap a letter in for receivers that they take
// for their own (winmail.dat; MS-OXTNEF). Only what a person misses is read: the text
// and the files.
const (
	tnefSignature = 0x223e9f78

	attBody       = 0x800c
	attAttachData = 0x800f
	attTitle      = 0x8010
	attRendData   = 0x9002 // begins a file
	attProps      = 0x9003
	attFileProps  = 0x9005
	attCodePage   = 0x9007
)

// Properties (MS-OXPROPS) that are read.
const (
	propSubject  = 0x0037
	propBody     = 0x1000
	propRTF      = 0x1009
	propHTML     = 0x1013
	propDisplay  = 0x3001
	propContent  = 0x3701
	propFilename = 0x3704
	propLongName = 0x3707
	propMimeTag  = 0x370e
	propCodePage = 0x3fde
)

// mostInner is how much a compressed text may become, in bytes.
const mostInner = mostText

// tnefFile is a file of a TNEF stream; nested is a message within it, else nil.
type tnefFile struct {
	name, kind string
	content    []byte
	nested     []byte
}

// tnef is a TNEF stream as it is read.
type tnef struct {
	codePage                  string
	subject                   string
	plain, html               []byte
	plainCharset, htmlCharset string
	rtf                       []byte
	files                     []tnefFile
}

// littleReader takes little-endian numbers off bytes; bad tells that it came to the
// end.
type littleReader struct {
	raw []byte
	bad bool
}

func (r *littleReader) take(n int) []byte {
	if n < 0 || n > len(r.raw) {
		r.bad, r.raw = true, nil
		return nil
	}
	out := r.raw[:n]
	r.raw = r.raw[n:]
	return out
}

func (r *littleReader) u16() int {
	if b := r.take(2); b != nil {
		return int(binary.LittleEndian.Uint16(b))
	}
	return 0
}

func (r *littleReader) u32() int {
	if b := r.take(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// readTNEF reads a stream, as far as it goes; ok tells whether it is one.
func readTNEF(raw []byte) (t tnef, ok bool) {
	r := &littleReader{raw: raw}
	if r.u32() != tnefSignature {
		return t, false
	}
	r.u16() // key
	t.codePage = "windows-1252"
	for len(r.raw) > 0 && !r.bad {
		r.take(1) // level
		id := r.u32() & 0xffff
		content := r.take(r.u32())
		r.u16() // sum
		if content == nil || len(t.files) > mostParts {
			break
		}
		var file *tnefFile
		if len(t.files) > 0 {
			file = &t.files[len(t.files)-1]
		}
		switch {
		case id == attCodePage && len(content) >= 4:
			t.codePage = pageName(int(binary.LittleEndian.Uint32(content)))
		case id == attBody:
			t.plain, t.plainCharset = content, t.codePage
		case id == attProps:
			t.properties(content)
		case id == attRendData:
			t.files = append(t.files, tnefFile{})
		case file == nil:
		case id == attTitle && file.name == "":
			file.name = readable(untilNul(content), t.codePage)
		case id == attAttachData:
			file.content = content
		case id == attFileProps:
			t.fileProperties(file, content)
		}
	}
	return t, true
}

// pageName is the charset that a number of a Windows code page stands for.
func pageName(page int) string {
	switch {
	case page == 65001:
		return "utf-8"
	case page == 28591:
		return "iso-8859-1"
	case page == 28605:
		return "iso-8859-15"
	case page == 865:
		return "ibm865"
	case page == 932:
		return "cp932"
	case page >= 1250 && page <= 1258:
		return "windows-" + strconv.Itoa(page)
	}
	return "windows-1252"
}

func untilNul(raw []byte) []byte {
	for i, b := range raw {
		if b == 0 {
			return raw[:i]
		}
	}
	return raw
}

// property is a MAPI property: text is set for the two kinds of text.
type property struct {
	raw     []byte
	text    string
	unicode bool
}

func (t *tnef) properties(raw []byte) {
	page := t.codePage
	all := t.mapi(raw)
	if p, ok := all[propCodePage]; ok && len(p.raw) >= 4 {
		page = pageName(int(binary.LittleEndian.Uint32(p.raw)))
	}
	if p, ok := all[propSubject]; ok {
		t.subject = p.text
	}
	if p, ok := all[propBody]; ok && p.text != "" {
		t.plain, t.plainCharset = []byte(p.text), "utf-8"
	}
	if p, ok := all[propHTML]; ok {
		if t.html, t.htmlCharset = untilNul(p.raw), page; p.unicode {
			t.html, t.htmlCharset = []byte(p.text), "utf-8"
		}
	}
	if p, ok := all[propRTF]; ok {
		t.rtf = unpackRTF(p.raw)
	}
}

func (t *tnef) fileProperties(f *tnefFile, raw []byte) {
	all := t.mapi(raw)
	for _, id := range []int{propDisplay, propFilename, propLongName} { // the best last
		if name := all[id].text; name != "" {
			f.name = name
		}
	}
	f.kind = strings.ToLower(all[propMimeTag].text)
	content := all[propContent].raw
	if len(content) > 20 && binary.LittleEndian.Uint32(content[16:]) == tnefSignature { // after the name of its interface
		f.nested = content[16:]
		return
	}
	if len(content) > 0 && len(f.content) == 0 {
		f.content = content
	}
}

// mapi reads a list of properties. Of several values the first counts.
func (t *tnef) mapi(raw []byte) map[int]property {
	all := map[int]property{}
	r := &littleReader{raw: raw}
	for n := r.u32(); n > 0 && !r.bad; n-- {
		kind, id := r.u16(), r.u16()
		if id >= 0x8000 { // named
			r.take(16)
			if r.u32() == 0 {
				r.take(4)
			} else {
				r.take(padded(r.u32()))
			}
			id = -1
		}
		values := 1
		multiple := kind&0x1000 != 0
		kind &^= 0x1000
		length := fixedLength(kind)
		if multiple || length == 0 {
			values = r.u32()
		}
		for v := 0; v < values && !r.bad; v++ {
			var p property
			if length > 0 {
				p.raw = r.take(length)
			} else {
				n := r.u32()
				p.raw = r.take(padded(n))
				p.raw = p.raw[:min(n, len(p.raw))]
			}
			switch kind {
			case 0x1e:
				p.text = readable(untilNul(p.raw), t.codePage)
			case 0x1f:
				p.text, p.unicode = utf16Text(p.raw), true
			}
			if _, known := all[id]; !known && !r.bad {
				all[id] = p
			}
		}
	}
	return all
}

// fixedLength is the length of a property's value as it is written, 0 when it says
// its length itself.
func fixedLength(kind int) int {
	switch kind {
	case 0x02, 0x03, 0x04, 0x0a, 0x0b:
		return 4
	case 0x05, 0x06, 0x07, 0x14, 0x40:
		return 8
	case 0x48:
		return 16
	}
	return 0
}

func padded(n int) int { return (n + 3) / 4 * 4 }

func utf16Text(raw []byte) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		u := binary.LittleEndian.Uint16(raw[i:])
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

// tnef adds the parts of the stream as if they had come in the open: the text in its
// best way, then the files.
func (w *walker) tnef(raw []byte, depth, quote int) bool {
	t, ok := readTNEF(raw)
	if !ok {
		return false
	}
	if depth > mostDepth {
		w.deep = true
		return true
	}
	text := leaf{quote: quote}
	switch {
	case len(t.html) > 0:
		text.kind, text.body, text.params = "text/html", t.html, map[string]string{"charset": t.htmlCharset}
	case len(t.rtf) > 0:
		var letter string
		if text.kind, letter = rtfText(t.rtf); strings.TrimSpace(letter) == "" && len(t.plain) > 0 {
			text.kind, letter = "text/plain", readable(t.plain, t.plainCharset)
		}
		text.body, text.params = []byte(letter), map[string]string{"charset": "utf-8"}
	default:
		text.kind, text.body, text.params = "text/plain", t.plain, map[string]string{"charset": t.plainCharset}
	}
	if len(text.body) > 0 {
		w.add(text)
	}
	for _, f := range t.files {
		if f.nested != nil {
			if inner, _ := readTNEF(f.nested); inner.subject != "" {
				w.add(leaf{kind: kindHeading, body: []byte(inner.subject), quote: quote + 1})
			}
			w.tnef(f.nested, depth+1, quote+1)
			continue
		}
		if f.kind == "" {
			f.kind = "application/octet-stream"
		}
		w.add(leaf{kind: f.kind, name: f.name, body: f.content, disposition: "attachment", quote: quote})
	}
	return true
}

// rtfStart is what the dictionary of compressed RTF begins with (MS-OXRTFCP 2.1.2.1).
const rtfStart = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` + "\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// unpackRTF unpacks compressed RTF, as far as it goes.
func unpackRTF(raw []byte) []byte {
	r := &littleReader{raw: raw}
	r.u32() // length
	size := min(r.u32(), mostInner)
	magic := r.u32()
	r.u32() // sum
	switch {
	case r.bad:
		return nil
	case magic == 0x414c454d: // "MELA": not compressed
		return r.raw[:min(size, len(r.raw))]
	case magic != 0x75465a4c:
		return nil
	}
	var window [4096]byte
	at := copy(window[:], rtfStart)
	var out []byte
	put := func(b byte) {
		out = append(out, b)
		window[at] = b
		at = (at + 1) % len(window)
	}
	in := r.raw
	for len(in) > 0 && len(out) < size {
		control := in[0]
		in = in[1:]
		for bit := 0; bit < 8 && len(out) < size; bit++ {
			if control&(1<<bit) == 0 {
				if len(in) == 0 {
					return out
				}
				put(in[0])
				in = in[1:]
				continue
			}
			if len(in) < 2 {
				return out
			}
			from, length := int(in[0])<<4|int(in[1])>>4, int(in[1]&15)+2
			in = in[2:]
			if from == at { // the end
				return out
			}
			for k := range length {
				put(window[(from+k)%len(window)])
			}
		}
	}
	return out
}

// rtfReader makes text of RTF: what it was made of when that was HTML or plain text
// (MS-OXRTFEX), else its paragraphs.
type rtfReader struct {
	in      []byte
	out     strings.Builder
	raw     []byte // letters of the code page that are not decoded yet
	page    string
	html    bool
	stack   []rtfGroup
	now     rtfGroup
	skip    int    // letters that stand for one that was read
	pending uint16 // the first half of a pair
}

// rtfGroup is what holds inside braces.
type rtfGroup struct {
	ignored bool // what is not text
	off     bool // only for programs that know no HTML
	unicode int  // letters that stand for one of Unicode
}

// rtfText is the text of RTF and its kind, "text/html" or "text/plain".
func rtfText(raw []byte) (kind, text string) {
	r := &rtfReader{in: raw, page: "windows-1252", now: rtfGroup{unicode: 1}}
	for len(r.in) > 0 && r.out.Len() < mostText {
		c := r.in[0]
		r.in = r.in[1:]
		switch c {
		case '{':
			r.skip = 0
			if len(r.stack) < 10_000 {
				r.stack = append(r.stack, r.now)
			}
		case '}':
			r.skip = 0
			if n := len(r.stack); n > 0 {
				r.now, r.stack = r.stack[n-1], r.stack[:n-1]
			}
		case '\\':
			r.control()
		case '\r', '\n':
		default:
			r.letter(c)
		}
	}
	r.decode()
	if r.html {
		return "text/html", r.out.String()
	}
	return "text/plain", r.out.String()
}

func (r *rtfReader) shown() bool {
	return !r.now.ignored && !r.now.off
}

func (r *rtfReader) letter(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	if r.shown() {
		r.raw = append(r.raw, c)
	}
}

// decode writes the letters of the code page that were gathered.
func (r *rtfReader) decode() {
	if len(r.raw) > 0 {
		r.out.WriteString(readable(r.raw, r.page))
		r.raw = r.raw[:0]
	}
}

func (r *rtfReader) write(text string) {
	if r.shown() {
		r.decode()
		r.out.WriteString(text)
	}
}

// control reads what follows a backslash.
func (r *rtfReader) control() {
	if len(r.in) == 0 {
		return
	}
	c := r.in[0]
	if c < 'a' || c > 'z' {
		r.in = r.in[1:]
		switch c {
		case '\'':
			if len(r.in) >= 2 {
				if n, err := strconv.ParseUint(string(r.in[:2]), 16, 8); err == nil {
					r.letter(byte(n))
				}
				r.in = r.in[2:]
			}
		case '*':
			if !bytes.HasPrefix(r.in, []byte(`\htmltag`)) {
				r.now.ignored = true
			}
		case '~':
			r.write("\u00a0")
		case '\\', '{', '}':
			r.letter(c)
		case '\r', '\n':
			r.write("\n")
		}
		return
	}
	n := 0
	for n < len(r.in) && r.in[n] >= 'a' && r.in[n] <= 'z' {
		n++
	}
	word := string(r.in[:n])
	end := n
	if end < len(r.in) && r.in[end] == '-' {
		end++
	}
	for end < len(r.in) && end < n+11 && r.in[end] >= '0' && r.in[end] <= '9' {
		end++
	}
	number, err := strconv.Atoi(string(r.in[n:end]))
	if r.in = r.in[end:]; len(r.in) > 0 && r.in[0] == ' ' {
		r.in = r.in[1:]
	}
	r.word(word, number, err == nil)
}

func (r *rtfReader) word(word string, number int, given bool) {
	switch word {
	case "ansicpg":
		r.page = pageName(number)
	case "fromhtml":
		r.html = number == 1
	case "htmlrtf":
		r.now.off = !given || number != 0
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "object", "mmathPr", "themedata":
		r.now.ignored = true
	case "par", "line", "row", "sect", "page":
		r.write("\n")
	case "tab", "cell":
		r.write("\t")
	case "lquote":
		r.write("‘")
	case "rquote":
		r.write("’")
	case "ldblquote":
		r.write("“")
	case "rdblquote":
		r.write("”")
	case "bullet":
		r.write("•")
	case "endash":
		r.write("–")
	case "emdash":
		r.write("—")
	case "uc":
		r.now.unicode = max(0, min(number, 8))
	case "u":
		r.unit(uint16(number))
		r.skip = r.now.unicode
	}
}

// unit writes a unit of UTF-16; half of a pair waits for the other.
func (r *rtfReader) unit(u uint16) {
	switch {
	case u >= 0xd800 && u < 0xdc00:
		r.pending = u
	case u >= 0xdc00 && u < 0xe000:
		r.write(string(utf16.DecodeRune(rune(r.pending), rune(u))))
		r.pending = 0
	default:
		r.write(string(rune(u)))
	}
}
