package grant

import (
	"strings"
	"unicode/utf8"
)

// Count is the length of a text as the portal counts it. domain.md knows the
// 500 of "kort beskrivelse" but not how it is counted; a web form counts UTF-16
// units and sends a line break as two (inferred, and data in the call).
func (c Counting) Count(text string) int {
	breakCount := c.LineBreak
	if breakCount == 0 {
		breakCount = 1
	}
	n := 0
	for i := 0; i < len(text); {
		b := text[i]
		switch {
		case b == '\r' && i+1 < len(text) && text[i+1] == '\n':
			n, i = n+breakCount, i+2
		case b == '\n' || b == '\r':
			n, i = n+breakCount, i+1
		case b < utf8.RuneSelf:
			n, i = n+1, i+1
		case isSurrogate(text[i:]):
			n, i = n+1, i+3
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			n, i = n+1, i+size
			if r > 0xFFFF && c.Unit != "character" {
				n++
			}
		}
	}
	return n
}

// isSurrogate tells whether text begins with a lone UTF-16 surrogate, which
// some programs write as three bytes.
func isSurrogate(text string) bool {
	return len(text) >= 3 && text[0] == 0xED && text[1] >= 0xA0 && text[1] <= 0xBF && text[2] >= 0x80 && text[2] <= 0xBF
}

// Blank tells whether a text says nothing.
func Blank(text string) bool { return strings.TrimSpace(text) == "" }
