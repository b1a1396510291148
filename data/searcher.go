package data

import (
	"cmp"
	"context"
	"database/sql"
	"math/bits"
	"slices"
	"strings"
)

// searcher answers one question.
type searcher struct {
	SearchQuery
	ctx   context.Context
	index *sql.DB // with the tables of the index
	rows  *sql.DB // with the records
	words *dictionary
	read  map[string][]searchText // texts of records that were read
}

func (w *Workspace) searcher(ctx context.Context, query SearchQuery) (*searcher, error) {
	s := &searcher{SearchQuery: query, ctx: ctx, index: w.ro, rows: w.ro, words: &w.words, read: map[string][]searchText{}}
	if w.rw == nil {
		copied, err := w.searchCopy()
		if err != nil {
			return nil, err
		}
		if copied != nil {
			s.index = copied
			return s, s.words.follow(copied, 1)
		}
	}
	return s, s.words.follow(w.ro, w.indexed())
}

// found is a text of the index.
type found struct {
	id     int64
	kind   string
	record string
	field  string
}

// ranges of ids: first the few records, then the many organisations.
var searchRanges = [...][2]int64{{0, firstOrganisation - 1}, {firstOrganisation, 1 << 60}}

// mostFound is how many texts are looked at closely, of each range and way to
// find them.
const mostFound = 80

func (s *searcher) find(q SearchText) ([]Hit, error) {
	all := map[int64]found{}
	if err := s.used(all); err != nil {
		return nil, err
	}
	inside := make([][]string, len(q.words))
	for i := range q.words {
		inside[i] = slices.Clone(q.words[i].also)
		if len(q.words[i].text) >= leastInside {
			inside[i] = append(inside[i], s.words.inside(q.words[i].text)...)
		}
	}
	for _, ids := range searchRanges {
		if s.Kind == "organisation" && ids[0] == 0 {
			continue
		}
		n := 0
		for i, match := range []string{
			"head : " + phrase(q.words[0].text, nil) + rest(q.words[1:]),
			"title : (" + whole(q.words) + ")",
			"title : (" + conjunction(q.words, nil) + ")",
			conjunction(q.words, nil),
			conjunction(q.words, inside),
		} {
			if n >= mostFound {
				break
			}
			if i < 2 && ids[0] == 0 {
				continue // they are few enough without that
			}
			if err := s.ask(all, match, ids); err != nil {
				return nil, err
			}
			n = hitsOf(all, ids)
		}
	}
	hits, err := s.judge(q, all, false)
	if err != nil || len(hits) >= min(fewHits, s.Limit) {
		return hits, err
	}
	mistyped := false
	for i := range q.words {
		near := s.words.near(q.words[i].text)
		mistyped = mistyped || len(near) > 0
		inside[i] = append(inside[i], near...)
	}
	if !mistyped {
		return hits, nil
	}
	for _, ids := range searchRanges {
		if err := s.ask(all, conjunction(q.words, inside), ids); err != nil {
			return nil, err
		}
	}
	return s.judge(q, all, true)
}

// phrase is a word or its beginning, or one of others, in the language of FTS5.
func phrase(word string, others []string) string {
	// A word has nothing but letters and digits, so nothing in it is quoted.
	one := `"` + word + `"*`
	if len(others) == 0 {
		return one
	}
	return "(" + one + ` OR "` + strings.Join(others, `" OR "`) + `")`
}

func conjunction(words []searchWord, others [][]string) string {
	var all []string
	for i := range words {
		var also []string
		if others != nil {
			also = others[i]
		}
		all = append(all, phrase(words[i].text, also))
	}
	return strings.Join(all, " AND ")
}

// whole asks for whole words.
func whole(words []searchWord) string {
	var all []string
	for i := range words {
		all = append(all, `"`+words[i].text+`"`)
	}
	return strings.Join(all, " AND ")
}

func rest(words []searchWord) string {
	if len(words) == 0 {
		return ""
	}
	return " AND title : (" + conjunction(words, nil) + ")"
}

func hitsOf(all map[int64]found, ids [2]int64) (n int) {
	for id := range all {
		if id >= ids[0] && id <= ids[1] {
			n++
		}
	}
	return n
}

// ask adds the texts that match, the newest first.
func (s *searcher) ask(all map[int64]found, match string, ids [2]int64) error {
	rows, err := s.index.QueryContext(s.ctx, `SELECT d.id, d.kind, d.record, d.field FROM
		(SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?) s
		JOIN search_doc d ON d.id = s.rowid`, match, ids[0], ids[1], mostFound)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var f found
		if err := rows.Scan(&f.id, &f.kind, &f.record, &f.field); err != nil {
			return err
		}
		all[f.id] = f
	}
	return rows.Err()
}

// used adds what was opened before, so that it is not lost among many.
func (s *searcher) used(all map[int64]found) error {
	for _, u := range s.Used[:min(len(s.Used), mostFound)] {
		f := found{kind: u.Kind, record: u.Record, field: u.Field}
		err := s.index.QueryRowContext(s.ctx, "SELECT id FROM search_doc WHERE record = ? AND field = ?", u.Record, u.Field).Scan(&f.id)
		if err == nil {
			all[f.id] = f
		} else if err != sql.ErrNoRows {
			return err
		}
	}
	return nil
}

// judge reads the texts as they are now, ranks them and leaves out what does not
// answer: the index may be behind.
func (s *searcher) judge(q SearchText, all map[int64]found, forgiving bool) ([]Hit, error) {
	records := map[string][]string{}
	for _, f := range all {
		if _, done := s.read[f.record]; !done && (s.Kind == "" || s.Kind == f.kind) {
			records[f.kind] = append(records[f.kind], f.record)
			s.read[f.record] = nil
		}
	}
	times := map[[2]string]int{}
	for _, u := range s.Used {
		times[[2]string{u.Record, u.Field}] = u.Times
	}
	var hits []Hit
	for kind, ids := range records {
		if err := s.readTexts(kind, ids); err != nil {
			return nil, err
		}
	}
	for _, f := range all {
		for _, t := range s.read[f.record] {
			if t.field != f.field || t.kind != f.kind {
				continue
			}
			if worth := q.Worth(t.title, t.body, forgiving); worth > 0 {
				times := times[[2]string{t.record, t.field}]
				hits = append(hits, Hit{Kind: t.kind, Record: t.record, Field: t.field, Title: t.title, Text: t.body, Worth: worth + kindWorth[t.kind] + WorthOfUse(times)})
			}
		}
	}
	for i := range hits {
		if hits[i].Field != "" {
			hits[i].Worth -= kindWorth["application"] // it is a text like others
		}
	}
	slices.SortFunc(hits, compareHits)
	return hits[:min(len(hits), s.Limit)], nil
}

// readTexts reads what records of a kind are found by.
func (s *searcher) readTexts(kind string, records []string) error {
	texts, err := searchTexts(s, kind, records, nil, true)
	for _, t := range texts {
		s.read[t.record] = append(s.read[t.record], t)
	}
	return err
}

// Query lets searchTexts read the records, until the question is dropped.
func (s *searcher) Query(query string, args ...any) (*sql.Rows, error) {
	return s.rows.QueryContext(s.ctx, query, args...)
}

// WorthOfUse is what having been opened some times adds: as much as a better fit
// after a few times, and more than any fit when it is what one always opens.
func WorthOfUse(times int) int { return min(60*bits.Len(uint(max(times, 0))), 360) }

// kindWorth is what being of a kind adds: who types a word more often means the
// project or the business of that name than a line of a plan.
var kindWorth = map[string]int{"application": 90, "organisation": 30, "partner": 15, "attachment": 15}

// kindRank is the order of kinds that answer equally well.
var kindRank = map[string]int{"application": 0, "organisation": 1, "partner": 2, "attachment": 3, "goal": 4, "activity": 5, "milestone": 6, "budget_row": 7}

func compareHits(a, b Hit) int {
	rank := func(h Hit) int {
		if r, ok := kindRank[h.Kind]; ok {
			return r
		}
		return len(kindRank)
	}
	return cmp.Or(cmp.Compare(b.Worth, a.Worth), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Kind, b.Kind), cmp.Compare(len(a.Title), len(b.Title)),
		cmp.Compare(Fold(a.Title), Fold(b.Title)), cmp.Compare(a.Record, b.Record), cmp.Compare(a.Field, b.Field))
}
