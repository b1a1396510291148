package companies

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"kompetansepilot/data"
)

// Query is what to look for in the store. What is empty asks for nothing.
type Query struct {
	// Text is a number or its beginning, or beginnings of words of the name. Case,
	// accents, and æ/ae, ø/o and å/aa do not count.
	Text           string
	Municipalities []string // numbers of today, any of these
	Industry       string   // beginning of the code: "55", "55.1", "55.101"
	Form           string   // legal form
	// From and To are headcounts, To 0 for no end. Units with one to four
	// employees are counted as up to four; those that tell nothing are left out.
	From, To int
	Main     bool // no sub-units
	Parent   string
	Offset   int
	Limit    int // 50 when it is 0
}

// Found is a page of what was found, the best first.
type Found struct {
	Units []Unit
	More  bool // there are more behind the page
}

// tier is one way to find; those in front are better.
type tier struct {
	from  string // tables and the conditions of the way
	args  []any
	order string
}

const pageSize = 50

// Find looks in the store. Names that begin with the text come first, then those
// with it at the beginning of another word, then those with it inside a word;
// among equals the short ones, and main units before sub-units.
func (s *Store) Find(ctx context.Context, q Query) (Found, error) {
	var found Found
	err := s.with(func(db *sql.DB) (err error) {
		found, err = find(ctx, db, q)
		return err
	})
	return found, err
}

// Count is how many units Find would find in all.
func (s *Store) Count(ctx context.Context, q Query) (int, error) {
	all := 0
	err := s.with(func(db *sql.DB) error {
		tiers, err := tiersOf(ctx, db, q)
		for _, t := range tiers {
			n, countErr := t.count(ctx, db)
			if countErr != nil {
				return countErr
			}
			all += n
		}
		return err
	})
	return all, err
}

// Get finds a unit by its number. ok is false when the store does not hold it.
func (s *Store) Get(ctx context.Context, number string) (u Unit, ok bool, err error) {
	err = s.with(func(db *sql.DB) error {
		rows, err := db.QueryContext(ctx, "SELECT "+columns+" FROM unit WHERE number = ?", number)
		if err != nil {
			return err
		}
		defer rows.Close()
		if rows.Next() {
			u, err = scanUnit(rows)
			ok = err == nil
		}
		return err
	})
	return u, ok, err
}

func find(ctx context.Context, db *sql.DB, q Query) (Found, error) {
	limit := q.Limit
	if limit <= 0 {
		limit = pageSize
	}
	var found Found
	offset := max(q.Offset, 0)
	next, err := tierMaker(ctx, db, q)
	if err != nil {
		return found, err
	}
	for {
		t, ok, err := next()
		if err != nil || !ok {
			return found, err
		}
		before := len(found.Units)
		if err := t.read(ctx, db, &found.Units, limit+1-before, offset); err != nil {
			return found, err
		}
		if len(found.Units) > limit {
			found.Units, found.More = found.Units[:limit], true
			return found, nil
		}
		switch {
		case len(found.Units) > before || offset == 0:
			offset = 0
		default: // the page lies behind this way altogether
			n, err := t.count(ctx, db)
			if err != nil {
				return found, err
			}
			offset = max(offset-n, 0)
		}
	}
}

// sql is the statement that reads units of a tier.
func (t tier) sql() string {
	return "SELECT unit." + strings.ReplaceAll(columns, ", ", ", unit.") + " FROM " + t.from + " ORDER BY " + t.order + " LIMIT ? OFFSET ?"
}

func (t tier) read(ctx context.Context, db *sql.DB, units *[]Unit, limit, offset int) error {
	rows, err := db.QueryContext(ctx, t.sql(), append(t.args[:len(t.args):len(t.args)], limit, offset)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		u, err := scanUnit(rows)
		if err != nil {
			return err
		}
		*units = append(*units, u)
	}
	return rows.Err()
}

func (t tier) count(ctx context.Context, db *sql.DB) (n int, err error) {
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM "+t.from, t.args...).Scan(&n)
	return n, err
}

func tiersOf(ctx context.Context, db *sql.DB, q Query) ([]tier, error) {
	var all []tier
	next, err := tierMaker(ctx, db, q)
	if err != nil {
		return nil, err
	}
	for {
		t, ok, err := next()
		if err != nil || !ok {
			return all, err
		}
		all = append(all, t)
	}
}

// tierMaker gives the ways to find one after another, so that the later ones cost
// nothing when the first find enough.
func tierMaker(ctx context.Context, db *sql.DB, q Query) (func() (tier, bool, error), error) {
	conditions, args := q.conditions()
	words := wordsOf(q.Text)
	var known []tier
	switch digits, ok := numberDigits(q.Text); {
	case ok && len(digits) >= 4 && len(digits) <= 9:
		low, high := numberRange(digits)
		place, placeArgs := q.placeConditions()
		known = append(known, tier{from: "unit WHERE number BETWEEN ? AND ?" + place + conditions, args: slices.Concat([]any{low, high}, placeArgs, args), order: "number"})
		// Names may have numbers too; those just found are not found again.
		conditions += " AND number NOT BETWEEN ? AND ?"
		args = slices.Concat(args, []any{low, high})
	case len(words) == 0 && strings.TrimSpace(q.Text) == "":
		place, placeArgs := q.placeConditions()
		known = append(known, tier{from: "unit WHERE 1" + place + conditions, args: slices.Concat(placeArgs, args), order: "id"})
	}
	facets := q.facets()
	named := func(match string) tier {
		return tier{
			from:  "unit_text JOIN unit ON unit.id = unit_text.rowid WHERE unit_text MATCH ?" + conditions,
			args:  slices.Concat([]any{"(name : (" + match + "))" + facets}, args),
			order: "unit_text.rowid",
		}
	}
	beginnings := make([]string, len(words))
	for i, w := range words {
		beginnings[i] = `"` + w + `"*`
	}
	anywhere := "(" + strings.Join(beginnings, " AND ") + ")"
	if len(words) > 0 {
		first := "(^" + strings.Join(beginnings, " AND ") + ")"
		known = append(known, named(first), named(anywhere+" NOT "+first))
	}
	made := 0
	return func() (tier, bool, error) {
		made++
		if made <= len(known) {
			return known[made-1], true, nil
		}
		if made > len(known)+1 || len(words) == 0 {
			return tier{}, false, nil
		}
		inside, err := insideWords(ctx, db, words)
		if err != nil || inside == "" {
			return tier{}, false, err
		}
		return named(inside + " NOT " + anywhere), true, nil
	}, nil
}

// wordsOf are the words of a text as the names are folded.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(data.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return words[:min(len(words), 12)]
}

func numberRange(digits string) (low, high int64) {
	low, _ = strconv.ParseInt(digits+strings.Repeat("0", 9-len(digits)), 10, 64)
	high, _ = strconv.ParseInt(digits+strings.Repeat("9", 9-len(digits)), 10, 64)
	return low, high
}

const (
	// insideLength is the shortest text that is looked for inside words.
	insideLength = 4
	// insideLimit is how many longer words a text may stand in, the shortest first.
	insideLimit = 60
)

// insideWords is the condition for names that have each word at the beginning of
// one of theirs or inside it; "" when no word stands inside another.
func insideWords(ctx context.Context, db *sql.DB, words []string) (string, error) {
	some := false
	parts := make([]string, len(words))
	for i, w := range words {
		alternatives := []string{`"` + w + `"*`}
		if len([]rune(w)) >= insideLength {
			longer, err := wordsWith(ctx, db, w)
			if err != nil {
				return "", err
			}
			some = some || len(longer) > 0
			for _, l := range longer {
				alternatives = append(alternatives, `"`+l+`"`)
			}
		}
		parts[i] = "(" + strings.Join(alternatives, " OR ") + ")"
	}
	if !some {
		return "", nil
	}
	return "(" + strings.Join(parts, " AND ") + ")", nil
}

// wordsWith are words of the names that have a text inside, not at the beginning.
func wordsWith(ctx context.Context, db *sql.DB, text string) ([]string, error) {
	rows, err := db.QueryContext(ctx, `SELECT word.word FROM word JOIN word_text ON word.id = word_text.rowid
		WHERE word_text MATCH ? AND substr(word.word, 1, ?) != ? ORDER BY word_text.rowid LIMIT ?`, `"`+text+`"`, len([]rune(text)), text, insideLimit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			return nil, err
		}
		all = append(all, word)
	}
	return all, rows.Err()
}

// facets are the filters that the index of names knows too.
func (q Query) facets() string {
	var b strings.Builder
	if len(q.Municipalities) > 0 {
		tokens := make([]string, len(q.Municipalities))
		for i, m := range q.Municipalities {
			tokens[i] = token("k", m)
		}
		b.WriteString(" AND place : (" + strings.Join(tokens, " OR ") + ")")
	}
	if q.Industry != "" {
		b.WriteString(" AND place : " + token("n", q.Industry) + "*")
	}
	return b.String()
}

func token(kind, text string) string {
	return `"` + kind + strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text) + `"`
}

// placeConditions are the same filters for a question without words.
func (q Query) placeConditions() (conditions string, args []any) {
	if len(q.Municipalities) > 0 {
		conditions += " AND municipality IN (?" + strings.Repeat(", ?", len(q.Municipalities)-1) + ")"
		for _, m := range q.Municipalities {
			args = append(args, m)
		}
	}
	if q.Industry != "" {
		conditions += " AND industry >= ? AND industry < ?"
		args = append(args, q.Industry, q.Industry+"\x7f")
	}
	return conditions, args
}

// conditions are the filters that every question tries on the unit itself.
func (q Query) conditions() (conditions string, args []any) {
	if q.Form != "" {
		conditions += " AND form = ?"
		args = append(args, strings.ToUpper(q.Form))
	}
	if q.Main {
		conditions += " AND NOT sub"
	}
	if q.Parent != "" {
		conditions += " AND parent = ?"
		args = append(args, q.Parent)
	}
	if q.From <= 0 && q.To <= 0 {
		return conditions, args
	}
	// What is withheld lies between one and four.
	withheld := q.From <= 4
	if withheld {
		conditions += " AND (employees = ? OR employees >= ?"
		args = append(args, int(EmployeesWithheld), max(q.From, 0))
	} else {
		conditions += " AND (employees >= ?"
		args = append(args, q.From)
	}
	if q.To > 0 {
		conditions += " AND employees <= ?"
		args = append(args, q.To)
	}
	return conditions + ")", args
}
