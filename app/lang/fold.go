package lang

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold makes a text easy to search in: lower case, æ as ae, ø as o, å as aa, the
// Sámi letters without their strokes, and no accents.
func Fold(s string) string {
	s = folder.Replace(strings.ToLower(norm.NFC.String(s)))
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

var folder = strings.NewReplacer("æ", "ae", "ø", "o", "å", "aa", "đ", "d", "ŋ", "n", "ŧ", "t", "ß", "ss", "ö", "o", "ä", "ae")
