package data

import (
	"slices"
	"strings"
)

// Types of own fields.
const (
	OwnText   = "text"
	OwnNumber = "number"
	OwnDate   = "date"
	OwnChoice = "choice"
)

// OwnField is a field of organisations that the county defines. What is written
// in it stands in Organisation.Own, under the field's id.
type OwnField struct {
	Row
	OrganisationOf string `db:"kind" json:"kind"`
	Position       int64  `db:"position" json:"position"`
	Name           string `db:"name" json:"name"`
	FieldOf        string `db:"type" json:"type"`
	Choices        string `db:"choices" json:"choices"` // one a line, of OwnChoice
}

// Kind names the table.
func (*OwnField) Kind() string { return "own_field" }

// SavedFilter is a filter of the register with a name. Content is what package
// partner reads and writes.
type SavedFilter struct {
	Row
	OrganisationOf string `db:"kind" json:"kind"`
	Position       int64  `db:"position" json:"position"`
	Name           string `db:"name" json:"name"`
	Content        string `db:"content" json:"content"`
}

// Kind names the table.
func (*SavedFilter) Kind() string { return "saved_filter" }

// Has tells whether the file has a table for a kind of record: one of an older
// form that can only be read lacks the newest.
func (w *Workspace) Has(kind string) bool {
	return slices.ContainsFunc(w.kinds(), func(r Record) bool { return r.Kind() == kind })
}

// OwnCondition is what an own field of an organisation must hold. The zero value
// of each part asks for nothing.
type OwnCondition struct {
	Field    string   // id
	OneOf    []string // one of these
	Contains string   // words; case and accents do not count
	From, To string   // dates, or numbers with Number set
	Number   bool
}

// own keeps the rows whose own field holds what a condition asks for.
func (s *organisationSQL) own(c OwnCondition) {
	var parts []string
	var args []any
	if len(c.OneOf) > 0 {
		parts = append(parts, "o.text IN (?"+strings.Repeat(", ?", len(c.OneOf)-1)+")")
		for _, text := range c.OneOf {
			args = append(args, text)
		}
	}
	for word := range strings.FieldsSeq(foldLong(c.Contains)) {
		parts, args = append(parts, "instr(o.fold, ?) > 0"), append(args, word)
	}
	value, bound := "o.text", "?"
	if c.Number {
		value, bound = "CAST(o.text AS REAL)", "CAST(? AS REAL)"
	}
	if c.From != "" {
		parts, args = append(parts, value+" >= "+bound), append(args, c.From)
	}
	if c.To != "" {
		parts, args = append(parts, value+" <= "+bound), append(args, c.To)
	}
	if len(parts) == 0 {
		return
	}
	s.where += " AND EXISTS (SELECT 1 FROM organisation_own o WHERE o.id = r.id AND o.field = ? AND " + strings.Join(parts, " AND ") + ")"
	s.args = append(append(s.args, c.Field), args...)
}

// ownSort is what an own field sorts by; organisations without it come first.
func ownSort(field string, number bool) string {
	key := "coalesce((SELECT o.sort_key FROM organisation_own o WHERE o.id = r.id AND o.field = " + sqlText(field) + "), x'')"
	if number {
		key = "coalesce((SELECT CAST(o.text AS REAL) FROM organisation_own o WHERE o.id = r.id AND o.field = " + sqlText(field) + "), -1e300)"
	}
	return key
}

// CountByMunicipality counts what q picks by the number of the municipality, as
// it is stored.
func CountByMunicipality(r Reader, q OrganisationQuery) (map[string]int, error) {
	q.Order = nil
	s, err := q.sql(r)
	if err != nil {
		return nil, err
	}
	rows, err := r.query("SELECT r.municipality, count(*) FROM organisation_row r"+s.where+" GROUP BY r.municipality", s.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]int{}
	for rows.Next() {
		var number string
		var n int
		if err := rows.Scan(&number, &n); err != nil {
			return nil, r.translate("count by municipality", err)
		}
		all[number] = n
	}
	return all, r.translate("count by municipality", rows.Err())
}
