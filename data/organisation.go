package data

import (
	"strings"
	"unicode"
)

// MatchOrganisations finds organisations of the register by the beginnings of
// the words in text, or by the beginning of a number written with spaces, best
// first. It folds as Search does. Without words it gives the first by name.
func (w *Workspace) MatchOrganisations(text string, limit int) ([]Organisation, error) {
	match := matchOf(text)
	if match == "" {
		return Find[Organisation](w, "WHERE deleted = '' ORDER BY name, id LIMIT ?", limit)
	}
	if err := w.catchUpSearch(); err != nil && w.rw != nil {
		return nil, err
	}
	return Find[Organisation](w, `JOIN (SELECT d.record AS hit, bm25(search_text, 10.0, 1.0) AS worth
		FROM search_text s JOIN search_doc d ON d.id = s.rowid WHERE search_text MATCH ? AND d.kind = 'organisation')
		ON hit = organisation.id WHERE deleted = '' ORDER BY worth, name, id LIMIT ?`, match, limit)
}

// matchOf is a text as a question to the search index, "" without words.
func matchOf(text string) string {
	text = Fold(text)
	if digits := strings.Join(strings.FieldsFunc(text, unicode.IsSpace), ""); digits != "" && strings.Trim(digits, "0123456789") == "" {
		text = digits
	}
	var terms []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		terms = append(terms, `"`+word+`"*`)
	}
	return strings.Join(terms, " ")
}
