package kit

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

// matches tells whether each word of a folded query is somewhere in a folded
// text, and whether the text begins with the query.
func matches(query, text string) (hit, first bool) {
	for word := range strings.FieldsSeq(query) {
		if !strings.Contains(text, word) {
			return false, false
		}
	}
	return true, strings.HasPrefix(text, query)
}
