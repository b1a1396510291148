package kit

import (
	"strings"

	"kompetansepilot/app/lang"
)

// Fold makes a text easy to search in; see lang.Fold.
func Fold(s string) string { return lang.Fold(s) }

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
