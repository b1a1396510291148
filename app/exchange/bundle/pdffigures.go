package bundle

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"kompetansepilot/app/document"
)

// mostPDFText is how much of a PDF's content is unpacked, in bytes: 2000 pages
// are a fifth of it.
const mostPDFText = 128 << 20

// shownTexts are the strings that the pages of a PDF show.
type shownTexts struct {
	lines string // one a line
	body  string // bare, without headers, footers and page numbers
}

// showFigures tells whether the texts show the sums. Amounts of 0 are not looked
// for: they may be left out.
func (t shownTexts) showFigures(f Figures) bool {
	for _, amount := range []int64{f.TotalCost, f.TotalFinancing, f.Grant} {
		if amount != 0 && !amountPattern(amount).MatchString(t.lines) {
			return false
		}
	}
	return true
}

// show tells whether the whole of a text stands there, wherever its lines are
// broken and whatever its lists look like.
func (t shownTexts) show(text string) bool {
	return strings.Contains(t.body, bare(document.NewCleaner().Clean(text)))
}

// bare is the letters and digits of a text.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// amountPattern finds an amount whatever space stands between the thousands.
func amountPattern(amount int64) *regexp.Regexp {
	digits := strconv.FormatInt(max(amount, -amount), 10)
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString("[ \u00a0\u202f]?")
		}
		b.WriteRune(r)
	}
	return regexp.MustCompile(`(?m)(^|[^0-9])` + b.String() + `([^0-9]|$)`)
}

// pdfTexts reads what the pages of a PDF show. It knows the form that our own
// writer gives them: UTF-16 in parentheses.
func pdfTexts(pdf []byte) shownTexts {
	var lines, body strings.Builder
	room := int64(mostPDFText)
	for room > 0 {
		from := bytes.Index(pdf, []byte("stream\n"))
		if from < 0 {
			break
		}
		pdf = pdf[from+len("stream\n"):]
		end := bytes.Index(pdf, []byte("endstream"))
		if end < 0 {
			break
		}
		content, read := inflate(pdf[:end], room)
		room -= read
		shownStrings(content, func(text string, artifact bool) {
			lines.WriteString(text + "\n")
			if !artifact {
				body.WriteString(bare(text))
			}
		})
		pdf = pdf[end+len("endstream"):]
	}
	return shownTexts{lines.String(), body.String()}
}

// inflate unpacks a stream, at most so many bytes; nil when it is not packed, or
// not whole. read is how much was unpacked all the same.
func inflate(packed []byte, most int64) (content []byte, read int64) {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, 0
	}
	defer r.Close()
	content, err = io.ReadAll(io.LimitReader(r, most))
	if err != nil {
		return nil, int64(len(content))
	}
	return content, int64(len(content))
}

// shownStrings hands over the strings that stand before the operator Tj, and
// whether they belong to the page and not to the document (ISO 32000-1, 14.8.2.2).
func shownStrings(content []byte, show func(text string, artifact bool)) {
	artifact := false
	for {
		at := bytes.IndexByte(content, '(')
		if at < 0 {
			return
		}
		begins, ends := bytes.LastIndex(content[:at], []byte("/Artifact")), bytes.LastIndex(content[:at], []byte("EMC"))
		artifact = begins > ends || artifact && ends < 0
		text, rest, ok := literalString(content[at+1:])
		if !ok {
			return
		}
		content = rest
		if bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte("Tj")) && len(text)%2 == 0 {
			units := make([]uint16, len(text)/2)
			for i := range units {
				units[i] = binary.BigEndian.Uint16(text[2*i:])
			}
			show(string(utf16.Decode(units)), artifact)
		}
	}
}

// literalString reads a PDF string up to its closing parenthesis.
func literalString(in []byte) (text, rest []byte, ok bool) {
	depth := 1
	for i := 0; i < len(in); i++ {
		switch c := in[i]; c {
		case '\\':
			if i++; i < len(in) {
				text = append(text, unescaped(in[i]))
			}
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text, in[i+1:], true
			}
		}
		text = append(text, in[i])
	}
	return nil, nil, false
}

func unescaped(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// pdfDate and pdfLanguage are what the metadata of a PDF of ours says; PDF/A
// wants them to be readable as they stand.
var (
	pdfDate     = regexp.MustCompile(`<xmp:CreateDate>([^<]*)</xmp:CreateDate>`)
	pdfLanguage = regexp.MustCompile(`<dc:language><rdf:Bag><rdf:li>([^<]*)</rdf:li>`)
)

// madeOf tells whether a PDF says that it is of the moment and in the language.
// Of a PDF that says nothing, and of a moment that is none, nothing is wanted.
func madeOf(pdf []byte, moment, language string) bool {
	if m := pdfLanguage.FindSubmatch(pdf); m != nil {
		if tag, _, _ := strings.Cut(string(m[1]), "-"); tag != language {
			return false
		}
	}
	want, err := time.Parse(time.RFC3339, moment)
	if m := pdfDate.FindSubmatch(pdf); m != nil && err == nil {
		said, err := time.Parse(time.RFC3339, string(m[1]))
		return err == nil && said.Equal(want.Truncate(time.Second))
	}
	return true
}
