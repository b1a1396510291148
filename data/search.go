package data

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"
)

// Hit is a record that a search found, or a field of a call in an application.
type Hit struct {
	Kind, Record string
	// Field is where in an application the text stands; "" is the record itself.
	Field string
	Title string // of the application, for a field
	// Text is what it was found by besides the title, a line a part.
	Text    string
	Excerpt Excerpt // of Text, when the title alone does not answer
	Worth   int     // see [SearchText.Worth]; more for what is used
}

// Used is a record, or a field of one, that a person opened from a search.
type Used struct {
	Kind, Record, Field string
	Times               int
}

// SearchQuery is a question to the search index.
type SearchQuery struct {
	Text  string
	Limit int
	// Kind is the only kind looked for; "" is all.
	Kind string
	// Used are records that come earlier, the more often they were opened.
	Used []Used
	// Also gives words that stand for a folded one, as the numbers of a
	// municipality for its name; nil is none.
	Also func(folded string) []string
	// Fresh waits for all that changed. Without it a search takes in a few
	// changes only, and the rest is [Workspace.FollowSearch]'s.
	Fresh bool
}

// Search finds records by the words in text, best first; see [Workspace.Find].
func (w *Workspace) Search(text string, limit int) ([]Hit, error) {
	return w.Find(context.Background(), SearchQuery{Text: text, Limit: limit, Fresh: true})
}

// fewHits is how many there are at most when typing errors are forgiven.
const fewHits = 5

// Find finds records by words, beginnings of words and parts of compounds, in
// all spellings that [Fold] makes equal, best first; with few such, also by words
// with typing errors. Ties stand in a fixed order. The index is a cache that
// follows the change log.
func (w *Workspace) Find(ctx context.Context, query SearchQuery) ([]Hit, error) {
	q := ParseSearch(query.Text).With(query.Also)
	if q.Empty() || query.Limit < 1 {
		return nil, nil
	}
	w.refreshSearch(ctx, query.Fresh)
	s, err := w.searcher(ctx, query)
	if err != nil {
		return nil, w.translate("search", err)
	}
	hits, err := s.find(q)
	if split := parseWords(query.Text).With(query.Also); err == nil && len(hits) == 0 && len(split.words) > len(q.words) {
		q = split // "2020 17" is no number
		hits, err = s.find(q)
	}
	if err != nil {
		return nil, w.translate("search", err)
	}
	if err := w.nameFields(hits); err != nil {
		return nil, err
	}
	for i := range hits {
		h := &hits[i]
		if h.Field == "" && q.Worth(h.Title, "", true) > 0 {
			continue // the title says why
		}
		h.Excerpt = q.Excerpt(h.Text, false)
		if h.Excerpt.Text == "" {
			h.Excerpt = q.Excerpt(h.Text, true)
		}
	}
	return hits, nil
}

// nameFields gives the fields the title of their application.
func (w *Workspace) nameFields(hits []Hit) error {
	var ids []string
	for _, h := range hits {
		if h.Field != "" {
			ids = append(ids, h.Record)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	titles, err := w.Titles("application", ids)
	for i := range hits {
		if hits[i].Field != "" {
			hits[i].Title = titles[hits[i].Record]
		}
	}
	return err
}

// refreshSearch takes in what changed: all of it, or a little that nobody else is
// at. A full disk is no reason to find nothing.
func (w *Workspace) refreshSearch(ctx context.Context, all bool) {
	if w.rw == nil {
		return
	}
	if all {
		if err := w.FollowSearch(ctx); err != nil && ctx.Err() == nil {
			slog.Warn("search index is behind", "err", err)
		}
		return
	}
	if n, err := w.searchBehind(); err != nil || n == 0 || n > fewBehind || !w.indexing.TryLock() {
		return
	}
	defer w.indexing.Unlock()
	if _, err := w.indexSome(); err != nil {
		slog.Warn("search index is behind", "err", err)
	}
}

// Opened are the live records among used, in the same order, with their titles
// and no worth.
func (w *Workspace) Opened(ctx context.Context, used []Used) ([]Hit, error) {
	s := &searcher{ctx: ctx, rows: w.ro}
	records := map[string][]string{}
	for _, u := range used {
		if searchQueries[u.Kind] != "" {
			records[u.Kind] = append(records[u.Kind], u.Record)
		}
	}
	known := map[[2]string]Hit{}
	for kind, ids := range records {
		texts, err := searchTexts(s, kind, ids, nil, true)
		if err != nil {
			return nil, w.translate("search", err)
		}
		for _, t := range texts {
			known[[2]string{t.record, t.field}] = Hit{Kind: kind, Record: t.record, Field: t.field, Title: t.title, Text: t.body}
		}
	}
	var hits []Hit
	for _, u := range used {
		if h, ok := known[[2]string{u.Record, u.Field}]; ok && h.Kind == u.Kind {
			hits = append(hits, h)
		}
	}
	return hits, w.nameFields(hits)
}

// MatchOrganisations finds organisations of the register as [Workspace.Find]
// does, best first. Without words it gives the first by name.
func (w *Workspace) MatchOrganisations(text string, limit int) ([]Organisation, error) {
	if ParseSearch(text).Empty() {
		return Find[Organisation](w, "WHERE deleted = '' ORDER BY name, id LIMIT ?", limit)
	}
	hits, err := w.Find(context.Background(), SearchQuery{Text: text, Limit: limit, Kind: "organisation", Fresh: true})
	if err != nil || len(hits) == 0 {
		return nil, err
	}
	var ids []any
	place := map[string]int{}
	for i, h := range hits {
		ids = append(ids, h.Record)
		place[h.Record] = i
	}
	all, err := Find[Organisation](w, "WHERE id IN (?"+strings.Repeat(", ?", len(ids)-1)+")", ids...)
	slices.SortFunc(all, func(a, b Organisation) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return all, err
}
