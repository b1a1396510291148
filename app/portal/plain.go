package portal

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kompetansepilot/app/grant"
)

// Plain is a text as a portal's form takes it: letters and their accents put
// together, plain spaces, no control or invisible signs, the portal's own line
// breaks, nothing empty at the ends. A field of one line gets no line breaks.
func (p *Portal) Plain(text string, oneLine bool) string {
	lines := strings.Split(clean(text), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	if oneLine {
		return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	}
	return strings.Join(strings.Split(strings.Trim(strings.Join(lines, "\n"), "\n"), "\n"), p.Text.LineBreak)
}

// clean leaves only letters, signs, plain spaces and "\n".
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	var b strings.Builder
	b.Grow(len(text))
	previous := rune(0)
	for _, r := range text {
		switch {
		case r == '\n' && previous == '\r':
		case r == '\n', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			b.WriteByte('\n')
		case r == '\t', unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r >= 0xFE00 && r <= 0xFE0F:
		default:
			b.WriteRune(r)
		}
		previous = r
	}
	// Last, because an invisible sign may have stood between a letter and its
	// accent.
	return norm.NFC.String(b.String())
}

// Length counts a text as the portal does. What the call says of the counting
// goes before what the portal's file says, as in the rules of the call.
func (p *Portal) Length(call *grant.Call, text string) int {
	if call.Portal.Counting.Unit != "" {
		return call.Portal.Counting.Count(text)
	}
	return p.Text.Counting.Count(text)
}

// words are the words of a text without spaces and list marks, in which texts
// that say the same may differ.
func words(text string) []string {
	return slices.DeleteFunc(strings.Fields(clean(text)), listMark)
}

// listMark tells of "-", "•", "1." and "2)".
func listMark(word string) bool {
	switch word {
	case "-", "–", "*", "•", "·":
		return true
	}
	number := strings.TrimRight(word, ".)")
	return len(word) == len(number)+1 && len(number) > 0 && len(number) <= 2 && strings.Trim(number, "0123456789") == ""
}
