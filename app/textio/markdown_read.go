package textio

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"kompetansepilot/internal/lazyregexp"
)

// readMarkdown reads the blocks of a Markdown file. It knows what writers use
// (headings, paragraphs, lists, quotes, tables, emphasis, links) and keeps all
// else as text.
func readMarkdown(name string, content []byte) ([]block, error) {
	text, err := decode(name, content)
	if err != nil {
		return nil, err
	}
	if isUnmerged(text) {
		return nil, unmerged(name)
	}
	r := &markdownReader{}
	for _, line := range strings.Split(liftComments(text), "\n") {
		r.line(line)
	}
	r.end()
	return r.blocks, nil
}

// decode finds out what a text file is written in: UTF-8, UTF-16 with or
// without a byte order mark, or the Windows-1252 of old editors.
func decode(name string, content []byte) (string, error) {
	text := ""
	switch {
	case bytes.HasPrefix(content, []byte("\xef\xbb\xbf")):
		text = string(content[3:])
	case bytes.HasPrefix(content, []byte("\xff\xfe")):
		text = decode16(content[2:], false)
	case bytes.HasPrefix(content, []byte("\xfe\xff")):
		text = decode16(content[2:], true)
	case len(content) > 3 && content[0] != 0 && content[1] == 0 && content[3] == 0:
		text = decode16(content, false)
	case len(content) > 3 && content[0] == 0 && content[1] != 0 && content[2] == 0:
		text = decode16(content, true)
	case utf8.Valid(content):
		text = string(content)
	case mostlyUTF8(content):
		return "", badLetters(name)
	default:
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(content)
		if err != nil {
			return "", notText(name)
		}
		text = string(decoded)
	}
	if !isText(text) {
		return "", notText(name)
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\v", "\n", "\f", "\n\n", "\x1a", "").Replace(text), nil
}

// isText tells text from other content by its control characters. A few come
// along with what is pasted from a table in Word; none of them is NUL.
func isText(text string) bool {
	controls := 0
	for _, r := range text {
		if r < ' ' && !strings.ContainsRune("\t\n\r\f\v\x1a", r) {
			controls++
		}
	}
	return strings.IndexByte(text, 0) < 0 && controls*200 <= len(text)
}

// mostlyUTF8 tells of a file that is UTF-8 but for some bytes: read as the
// letters of old editors, each æ, ø and å would come in as two wrong ones. Files
// from those editors look like UTF-8 in very few places («IDÉ» in one).
func mostlyUTF8(content []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(content); {
		r, n := utf8.DecodeRune(content[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return bad > 0 && good > bad
}

// isUnmerged tells of the marks that a version control program leaves where two
// people changed the same lines.
func isUnmerged(text string) bool {
	from := strings.Index("\n"+text, "\n<<<<<<< ")
	return from >= 0 && strings.Contains(text[from:], "\n>>>>>>> ")
}

func decode16(content []byte, big bool) string {
	units := make([]uint16, len(content)/2)
	for i := range units {
		a, b := uint16(content[2*i]), uint16(content[2*i+1])
		if big {
			a, b = b, a
		}
		units[i] = b<<8 | a
	}
	return string(utf16.Decode(units))
}

// liftComments takes HTML comments away; a mark that stands in one becomes a
// paragraph.
func liftComments(text string) string {
	var b strings.Builder
	for {
		start := strings.Index(text, "<!--")
		if start < 0 {
			break
		}
		if start > 0 && text[start-1] == '\\' {
			b.WriteString(text[:start+4])
			text = text[start+4:]
			continue
		}
		end := strings.Index(text[start+4:], "-->")
		if end < 0 {
			break
		}
		end += 4
		b.WriteString(text[:start])
		comment := strings.Trim(text[start+4:start+end], " \n\t[]")
		if _, _, ok := parseMark("[[" + comment + "]]"); ok {
			b.WriteString("\n\n[[" + comment + "]]\n\n")
		}
		text = text[start+end+3:]
	}
	b.WriteString(text)
	return b.String()
}

type markdownReader struct {
	blocks []block
	pieces []piece
	fenced bool
}

// piece is a list item, a row of a table, or what stands between them.
type piece struct {
	start string // "- "
	lines []string
}

var (
	atxHeading = lazyregexp.New(`^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$`)
	setextLine = lazyregexp.New(`^ {0,3}(=+|-+)[ \t]*$`)
	ruler      = lazyregexp.New(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	fence      = lazyregexp.New("^ {0,3}(?:```|~~~)[^`]*$")
	quote      = lazyregexp.New(`^ {0,3}(?:> ?)+`)
	tableRule  = lazyregexp.New(`^\s*\|[\s:|-]*-[\s:|-]*$`)
)

func (r *markdownReader) line(line string) {
	if fence.MatchString(line) {
		r.fenced = !r.fenced
		return
	}
	if r.fenced {
		r.add(piece{lines: []string{escapeStart(strings.TrimSpace(line))}})
		return
	}
	line = line[len(quote.FindString(line)):]
	trimmed := strings.TrimSpace(line)
	switch {
	case trimmed == "":
		r.end()
		return
	case r.setext(line):
		return
	case ruler.MatchString(line):
		r.end()
		return
	case tableRule.MatchString(line):
		return
	case trimmed[0] == '|':
		r.add(piece{lines: []string{tableRow(trimmed)}})
		return
	}
	if m := atxHeading.FindStringSubmatch(line); m != nil {
		r.end()
		r.blocks = append(r.blocks, block{heading: len(m[1]), text: inline(m[2], false)})
		return
	}
	if m := listLine.FindStringSubmatch(line); m != nil {
		indent := strings.ReplaceAll(m[1], "\t", "  ")
		r.add(piece{start: indent + m[2] + " ", lines: []string{softened(m[3])}})
		return
	}
	// A line after a row or the first line goes with it.
	if last := len(r.pieces) - 1; last >= 0 {
		r.pieces[last].lines = append(r.pieces[last].lines, softened(line))
		return
	}
	r.add(piece{lines: []string{softened(line)}})
}

func (r *markdownReader) add(p piece) { r.pieces = append(r.pieces, p) }

// softened is a line without the spaces at its ends; two at its end mean a line
// break.
func softened(line string) string {
	trimmed := strings.TrimSpace(line)
	if strings.HasSuffix(line, "  ") {
		return trimmed + "\\"
	}
	return trimmed
}

// setext makes one line of text a heading when it is underlined.
func (r *markdownReader) setext(line string) bool {
	m := setextLine.FindStringSubmatch(line)
	if m == nil || len(r.pieces) != 1 || r.pieces[0].start != "" || len(r.pieces[0].lines) != 1 {
		return false
	}
	level := 1
	if m[1][0] == '-' {
		level = 2
	}
	text := inline(strings.TrimSuffix(r.pieces[0].lines[0], "\\"), false)
	r.pieces = nil
	r.blocks = append(r.blocks, block{heading: level, text: text})
	return true
}

// end closes the paragraph.
func (r *markdownReader) end() {
	var texts []string
	for _, p := range r.pieces {
		raw := strings.Join(p.lines, "\n")
		if signs := len(raw) - len(strings.TrimRight(raw, "\\")); signs%2 == 1 {
			raw = raw[:len(raw)-1] // a line break at the end breaks nothing
		}
		texts = append(texts, p.start+inline(raw, wrapped(p.lines)))
	}
	if len(texts) > 0 {
		r.blocks = append(r.blocks, block{text: strings.Join(texts, "\n")})
	}
	r.pieces = nil
}

// wrapped tells whether a paragraph was broken by an editor that keeps lines
// short, and not by a person who pressed Enter: all its lines but the last are
// then about as long as such lines are.
func wrapped(lines []string) bool {
	for _, line := range lines[:max(len(lines)-1, 0)] {
		if n := utf8.RuneCountInString(line); n < 55 || n > 100 {
			return false
		}
	}
	return true
}

// tableRow is a row as text: its cells with dots between.
func tableRow(line string) string {
	var cells []string
	var cell strings.Builder
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line):
			cell.WriteString(line[i : i+2])
			i++
		case line[i] == '|':
			cells = append(cells, strings.TrimSpace(cell.String()))
			cell.Reset()
		default:
			cell.WriteByte(line[i])
		}
	}
	cells = append(cells, strings.TrimSpace(cell.String()))
	return strings.Trim(strings.Join(cells, " · "), " ·")
}
