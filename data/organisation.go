package data

import (
	"log/slog"
	"strings"
)

// MatchOrganisations finds organisations of the register by the beginnings of
// the words in text, or by the beginning of a number written with spaces, best
// first. It folds as Search does. Without words it gives the first by name.
func (w *Workspace) MatchOrganisations(text string, limit int) ([]Organisation, error) {
	if digits := strings.Join(strings.Fields(text), ""); strings.Trim(digits, "0123456789") == "" {
		text = digits
	}
	match := matchOf(text)
	if match == "" {
		return Find[Organisation](w, "WHERE deleted = '' ORDER BY name, id LIMIT ?", limit)
	}
	if err := w.catchUpSearch(); err != nil {
		slog.Warn("search index is behind", "err", err)
	}
	return Find[Organisation](w, `JOIN (SELECT d.record AS hit, bm25(search_text, 10.0, 1.0) AS worth
		FROM search_text s JOIN search_doc d ON d.id = s.rowid WHERE search_text MATCH ? AND d.kind = 'organisation')
		ON hit = organisation.id WHERE deleted = '' ORDER BY worth, name, id LIMIT ?`, match, limit)
}
