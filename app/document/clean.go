package document

import (
	"fmt"
	"sort"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kompetansepilot/app/document/fonts"
)

// Replacement tells what stands in the document instead of characters that the
// document's typeface does not have, and how many times.
type Replacement struct {
	Text  string // for example "[U+1F600]"
	Count int
}

// Unsupported finds the characters of a text that a document cannot show,
// sorted by replacement text. It is empty when all can be shown.
func Unsupported(text string) []Replacement {
	c := NewCleaner()
	c.Clean(text)
	return c.Replaced()
}

// A Cleaner makes text fit for a document and remembers what it had to replace.
type Cleaner struct {
	font     *fonts.Font
	replaced map[rune]int
}

// NewCleaner makes a Cleaner. It must be used from one goroutine at a time.
func NewCleaner() *Cleaner {
	return &Cleaner{font: fonts.Get(fonts.Regular), replaced: map[rune]int{}}
}

// Replaced lists what was replaced so far, sorted by text.
func (c *Cleaner) Replaced() []Replacement {
	list := make([]Replacement, 0, len(c.replaced))
	for r, n := range c.replaced {
		list = append(list, Replacement{Text: bracket(r), Count: n})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Text < list[j].Text })
	return list
}

// Clean returns text that the fonts can draw in full. Letters and their accents
// are put together (NFC), line ends become "\n", invisible control and
// direction characters go, look-alikes stand in for missing signs, and all else
// that has no glyph becomes visible text such as "[U+1F600]": a reader must see
// that something is missing.
func (c *Cleaner) Clean(text string) string {
	if c.isClean(text) {
		return text
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	// What goes or is replaced can bring a letter and its accent together, which
	// then become one sign, perhaps one without a glyph. Each round leaves fewer.
	for {
		again := c.round(text)
		if again == text {
			return text
		}
		text = again
	}
}

// round cleans once, what is not visible first: it must not part a letter from
// its accent.
func (c *Cleaner) round(text string) string {
	text = norm.NFC.String(strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, text))
	var b strings.Builder
	b.Grow(len(text))
	previous := rune(0)
	for _, r := range text {
		c.clean(&b, r, previous)
		previous = r
	}
	return b.String()
}

// isInvisible tells of characters that say nothing on paper. Direction marks
// could make text read otherwise than it is. Line ends, tabs and the soft hyphen
// mean something to the layout.
func isInvisible(r rune) bool {
	switch r {
	case '\n', '\r', '\t', '\v', '\f', '\u0085', softHyphen:
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

const softHyphen = '\u00ad'

// isClean is the short way for the usual text, which has nothing to clean: below
// U+0300 no two characters become one.
func (c *Cleaner) isClean(text string) bool {
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~', r == '\n', r == '–':
		case r >= 0xA0 && r < 0x300 && r != softHyphen && c.font.Has(r):
		default:
			return false
		}
	}
	return true
}

func (c *Cleaner) clean(b *strings.Builder, r, previous rune) {
	switch r {
	case '\n':
		if previous != '\r' {
			b.WriteByte('\n')
		}
		return
	case '\r', '\u2028', '\u2029', '\u0085', '\v', '\f':
		b.WriteByte('\n')
		return
	case '\t':
		b.WriteByte(' ')
		return
	case softHyphen: // the line breaker needs it
		b.WriteRune(r)
		return
	}
	if s, ok := lookAlike(r); ok && (!c.font.Has(r) || unicode.Is(unicode.Zs, r)) {
		b.WriteString(s)
		return
	}
	switch {
	case c.font.Has(r) && r != '\uFFFD':
		b.WriteRune(r)
	default:
		c.replaced[r]++
		b.WriteString(bracket(r))
	}
}

func bracket(r rune) string { return fmt.Sprintf("[U+%04X]", r) }

// lookAlike gives text of the same meaning for signs that a typeface may lack.
// All fixed-width spaces become the no-break space: they are used inside numbers.
func lookAlike(r rune) (string, bool) {
	switch r {
	case '\u2007', '\u2008', '\u2009', '\u200a', '\u202f':
		return "\u00a0", true
	case '\u2000', '\u2001', '\u2002', '\u2003', '\u2004', '\u2005', '\u2006', '\u205f', '\u3000', '\u1680':
		return " ", true
	case '\u2212':
		return "\u2013", true
	case '\u2010', '\u2011':
		return "-", true
	case '→':
		return "->", true
	case '←':
		return "<-", true
	case '≤':
		return "<=", true
	case '≥':
		return ">=", true
	case '≈':
		return "ca.", true
	case '≠':
		return "!=", true
	case '☐', '□':
		return "[ ]", true
	case '☑', '☒', '✓', '✔':
		return "[x]", true
	case '●', '▪', '■', '◦', '\uf0b7': // U+F0B7 is the bullet of text pasted from Word
		return "•", true
	}
	return "", false
}
