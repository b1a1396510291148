package textio

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"kompetansepilot/internal/lazyregexp"
)

var (
	linkAt     = lazyregexp.New(`^!?\[((?:[^\[\]\\]|\\.)*)\]\(<?([^()\s<>]*)>?(?:\s+"[^"]*")?\)`)
	autolinkAt = lazyregexp.New(`^<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[A-Za-z][^\s<>@]*@[^\s<>]+)>`)
	breakAt    = lazyregexp.New(`^<[bB][rR]\s*/?>`)
	tagAt      = lazyregexp.New(`^</?[A-Za-z][^<>]*>`)
)

// inlineReader turns the signs inside a paragraph into plain text.
type inlineReader struct {
	out   []byte
	cuts  [][2]int // parts of out that turned out to be signs
	opens []delimiter
	soft  byte // what a line break in the file means
}

// delimiter is a run of * or _ that may begin emphasis.
type delimiter struct {
	sign       byte
	start, end int // in out
}

// inline is the plain text of a paragraph. Bold and italics are dropped; a
// link's address is kept after its text.
func inline(text string, wrapped bool) string {
	r := &inlineReader{soft: '\n'}
	if wrapped {
		r.soft = ' '
	}
	for i := 0; i < len(text); {
		i += r.step(text, i)
	}
	return r.text()
}

// step reads what begins at i and tells how long it is.
func (r *inlineReader) step(text string, i int) int {
	rest := text[i:]
	switch c := text[i]; c {
	case '\\':
		switch {
		case len(rest) > 1 && rest[1] == '\n':
			r.out = append(r.out, '\n')
			return 2
		case len(rest) > 1 && isPunct(rune(rest[1])):
			r.out = append(r.out, rest[1])
			return 2
		}
	case '\n':
		r.out = append(r.out, r.soft)
		return 1
	case '`':
		if n := r.code(rest); n > 0 {
			return n
		}
		n := run(rest)
		r.out = append(r.out, rest[:n]...)
		return n
	case '*', '_':
		return r.emphasis(text, i)
	case '[', '!':
		if n := r.link(rest); n > 0 {
			return n
		}
	case '<':
		if n := r.tag(rest); n > 0 {
			return n
		}
	case '&':
		if m := entityStart.FindString(rest); m != "" {
			r.out = append(r.out, html.UnescapeString(m)...)
			return len(m)
		}
	}
	r.out = append(r.out, text[i])
	return 1
}

// run is how many of the same sign a text begins with.
func run(text string) int {
	n := 1
	for n < len(text) && text[n] == text[0] {
		n++
	}
	return n
}

// maxSpan is how far the end of something is looked for, in bytes, so that a
// text of nothing but beginnings takes no longer than any other.
const maxSpan = 1024

func (r *inlineReader) code(rest string) int {
	n := run(rest)
	rest = rest[:min(len(rest), maxSpan)]
	for at := n; at < len(rest); {
		next := strings.IndexByte(rest[at:], '`')
		if next < 0 {
			return 0
		}
		at += next
		if m := run(rest[at:]); m == n {
			r.out = append(r.out, strings.TrimSpace(strings.ReplaceAll(rest[n:at], "\n", " "))...)
			return at + n
		} else {
			at += m
		}
	}
	return 0
}

func (r *inlineReader) link(rest string) int {
	m := linkAt.FindStringSubmatch(rest[:min(len(rest), maxSpan)])
	if m == nil {
		return 0
	}
	label := inline(m[1], true)
	r.out = append(r.out, label...)
	if rest[0] != '!' {
		r.out = append(r.out, addressAfter(label, m[2])...)
	}
	return len(m[0])
}

// addressAfter is what to write after a link's text: the address where it says
// more than the text does.
func addressAfter(label, address string) string {
	bare := strings.TrimPrefix(address, "mailto:")
	bare = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(bare, "https://"), "http://"), "/")
	if bare == "" || strings.HasPrefix(address, "#") || strings.Contains(label, bare) {
		return ""
	}
	return " (" + address + ")"
}

func (r *inlineReader) tag(rest string) int {
	rest = rest[:min(len(rest), maxSpan)]
	if m := autolinkAt.FindStringSubmatch(rest); m != nil {
		r.out = append(r.out, m[1]...)
		return len(m[0])
	}
	if m := breakAt.FindString(rest); m != "" {
		r.out = append(r.out, '\n')
		return len(m)
	}
	return len(tagAt.FindString(rest))
}

// emphasis notes a run of * or _, and takes it and its beginning away when it
// ends something. Runs of other lengths than the beginning's are text.
func (r *inlineReader) emphasis(text string, i int) int {
	n := run(text[i:])
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+n:])
	opens := i+n < len(text) && !unicode.IsSpace(after)
	closes := i > 0 && !unicode.IsSpace(before)
	if text[i] == '_' {
		opens = opens && (i == 0 || !isWord(before))
		closes = closes && (i+n == len(text) || !isWord(after))
	}
	d := delimiter{text[i], len(r.out), len(r.out) + n}
	r.out = append(r.out, text[i:i+n]...)
	if closes {
		for k := len(r.opens) - 1; k >= max(0, len(r.opens)-64); k-- {
			if o := r.opens[k]; o.sign == d.sign && o.end-o.start == n && o.end < d.start {
				r.cuts = append(r.cuts, [2]int{o.start, o.end}, [2]int{d.start, d.end})
				r.opens = r.opens[:k]
				return n
			}
		}
	}
	if opens {
		r.opens = append(r.opens, d)
	}
	return n
}

// text is what was read, without the signs of emphasis.
func (r *inlineReader) text() string {
	gone := make(map[int]int, len(r.cuts))
	for _, c := range r.cuts {
		gone[c[0]] = c[1]
	}
	var b strings.Builder
	for i := 0; i < len(r.out); {
		if end, ok := gone[i]; ok {
			i = end
			continue
		}
		b.WriteByte(r.out[i])
		i++
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
