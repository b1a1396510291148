package data

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// OrganisationQuery picks organisations of the register and puts them in order.
// Those in the trash are never among them.
type OrganisationQuery struct {
	// Kind is OrganisationBusiness or OrganisationProvider.
	Kind string
	// Text holds words; each must stand in the name, the number, the contact, the
	// e-mail, the tags or the municipality's name. Case and accents do not count,
	// and æ is ae, ø is o and å is aa.
	Text string
	// Places are the names of the municipalities, by number.
	Places map[string]string
	// Statuses keeps those with one of these; nil keeps all.
	Statuses []string
	// SizeBands and Municipalities do the same; nil keeps all.
	SizeBands, Municipalities []string
	// Industry is how the industry code begins.
	Industry string
	// Own are conditions on own fields; all must hold.
	Own []OwnCondition
	// Order sorts by the first, where that is equal by the next, and so on; at last
	// by name.
	Order []Order
}

// Order is one column to sort by.
type Order struct {
	// Column is one of OrganisationColumns.
	Column string
	// Own is the id of an own field to sort by in place of a column; Number sorts
	// it by size.
	Own        string
	Number     bool
	Descending bool
	// Ranks puts the values of the column in an order of their own; those without
	// a rank come first. nil sorts by the value.
	Ranks map[string]int
}

// Columns of organisations that Order knows.
const (
	ColumnName         = "name"
	ColumnOrgNumber    = "org_number"
	ColumnMunicipality = "municipality"
	ColumnIndustry     = "industry"
	ColumnSizeBand     = "size_band"
	ColumnStatus       = "status"
	ColumnNorm         = "norm"
	ColumnContact      = "contact"
	ColumnEmail        = "email"
	ColumnTags         = "tags"
)

// OrganisationColumns are the columns that Order knows.
func OrganisationColumns() []string {
	return []string{ColumnName, ColumnOrgNumber, ColumnMunicipality, ColumnIndustry, ColumnSizeBand, ColumnStatus, ColumnNorm,
		ColumnContact, ColumnEmail, ColumnTags}
}

// sortExpression is the column of organisation_row that sorts a column.
func sortExpression(column string) (string, error) {
	switch {
	case !slices.Contains(OrganisationColumns(), column):
		return "", fmt.Errorf("organisations have no column %q to sort by", column)
	case column == ColumnName, column == ColumnContact, column == ColumnTags:
		return "r." + column + "_key", nil
	}
	return "r." + column, nil
}

// Organisations are limit of those that q picks, from number offset on.
func Organisations(r Reader, q OrganisationQuery, offset, limit int) ([]Organisation, error) {
	s, err := q.sql(r)
	if err != nil {
		return nil, err
	}
	ids, err := texts(r.query("SELECT r.id FROM organisation_row r"+s.where+s.order()+" LIMIT ? OFFSET ?", append(s.args, limit, offset)...))
	if err != nil {
		return nil, r.translate("read organisations", err)
	}
	return OrganisationsByID(r, ids)
}

// OrganisationsByID are the organisations with these ids, in this order; ids of
// none are left out.
func OrganisationsByID(r Reader, ids []string) ([]Organisation, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found, err := Find[Organisation](r, "WHERE id IN (SELECT value FROM json_each(?))", string(list))
	if err != nil {
		return nil, err
	}
	at := make(map[string]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortFunc(found, func(a, b Organisation) int { return at[a.ID] - at[b.ID] })
	return found, nil
}

// OrganisationIDs are the ids of all that q picks, in order.
func OrganisationIDs(r Reader, q OrganisationQuery) ([]string, error) {
	s, err := q.sql(r)
	if err != nil {
		return nil, err
	}
	ids, err := texts(r.query("SELECT r.id FROM organisation_row r"+s.where+s.order(), s.args...))
	return ids, r.translate("read organisations", err)
}

// CountOrganisations counts what q picks by status. Statuses of q itself are
// passed over, so that each number tells what that status would give.
func CountOrganisations(r Reader, q OrganisationQuery) (byStatus map[string]int, err error) {
	q.Statuses, q.Order = nil, nil
	s, err := q.sql(r)
	if err != nil {
		return nil, err
	}
	group := "r.status"
	if len(s.args) > 1 {
		group = "+r.status" // a filter needs whole rows, which the index of the statuses would fetch one by one
	}
	rows, err := r.query("SELECT r.status, count(*) FROM organisation_row r"+s.where+" GROUP BY "+group, s.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	byStatus = map[string]int{}
	for rows.Next() {
		var status string
		var n int
		if err := rows.Scan(&status, &n); err != nil {
			return nil, r.translate("count organisations", err)
		}
		byStatus[status] = n
	}
	return byStatus, r.translate("count organisations", rows.Err())
}

// OrganisationIDsAmong are those of ids that q picks, in order.
func OrganisationIDsAmong(r Reader, q OrganisationQuery, ids []string) ([]string, error) {
	s, err := q.sql(r)
	if err != nil {
		return nil, err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	found, err := texts(r.query("SELECT r.id FROM organisation_row r"+s.where+" AND r.id IN (SELECT value FROM json_each(?))"+s.order(),
		append(s.args, string(list))...))
	return found, r.translate("read organisations", err)
}

// OrganisationPosition is where the organisation stands among those that q
// picks, or -1. It counts those before it, which is quicker than sorting.
func OrganisationPosition(r Reader, q OrganisationQuery, id string) (int, error) {
	s, err := q.sql(r)
	if err != nil {
		return -1, err
	}
	keys, err := s.keysOf(r, id)
	if err != nil || keys == nil {
		return -1, r.translate("find place in order", err)
	}
	before, args := s.before(keys)
	rows, err := r.query("SELECT count(*) FROM organisation_row r"+s.where+" AND "+before, append(s.args, args...)...)
	if err != nil {
		return -1, err
	}
	defer rows.Close()
	n := -1
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, r.translate("find place in order", errors.Join(err, rows.Err()))
}

// OrganisationStarting is the first position among those that q picks, from
// number from on and then from the top, whose name begins with text; -1 when
// there is none.
func OrganisationStarting(r Reader, q OrganisationQuery, text string, from int) (int, error) {
	s, err := q.sql(r)
	if err != nil {
		return -1, err
	}
	rows, err := r.query("SELECT n FROM (SELECT r.fold, row_number() OVER ("+strings.TrimSpace(s.order())+") - 1 AS n FROM organisation_row r"+
		s.where+`) WHERE fold LIKE ? ESCAPE '\' ORDER BY n < ?, n LIMIT 1`, append(s.args, likeEscape(foldLong(text))+"%", from)...)
	if err != nil {
		return -1, err
	}
	defer rows.Close()
	n := -1
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, r.translate("find by name", errors.Join(err, rows.Err()))
}

// likeEscape makes a text stand for itself in LIKE.
func likeEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
}

// organisationSQL are the parts of a query on organisation_row r.
type organisationSQL struct {
	where string
	args  []any
	keys  []orderKey // never equal for two rows
}

// orderKey is one expression to sort by; none of them gives NULL.
type orderKey struct {
	expression string
	descending bool
}

func (s *organisationSQL) order() string {
	parts := make([]string, len(s.keys))
	for i, k := range s.keys {
		parts[i] = k.expression
		if k.descending {
			parts[i] += " DESC"
		}
	}
	return " ORDER BY " + strings.Join(parts, ", ")
}

// keysOf are the values that an organisation is sorted by; nil when the query
// does not pick it.
func (s *organisationSQL) keysOf(r Reader, id string) ([]any, error) {
	parts := make([]string, len(s.keys))
	for i, k := range s.keys {
		parts[i] = k.expression
	}
	rows, err := r.query("SELECT "+strings.Join(parts, ", ")+" FROM organisation_row r"+s.where+" AND r.id = ?", append(s.args, id)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	values, dest := make([]any, len(s.keys)), make([]any, len(s.keys))
	for i := range values {
		dest[i] = &values[i]
	}
	return values, rows.Scan(dest...)
}

// before is a condition for the rows that stand before one with these keys.
func (s *organisationSQL) before(keys []any) (condition string, args []any) {
	for i := len(s.keys) - 1; i >= 0; i-- {
		k := s.keys[i]
		way := " < ?"
		if k.descending {
			way = " > ?"
		}
		if condition == "" {
			condition, args = "("+k.expression+way+")", []any{keys[i]}
			continue
		}
		condition = "(" + k.expression + way + " OR " + k.expression + " = ? AND " + condition + ")"
		args = append([]any{keys[i], keys[i]}, args...)
	}
	return condition, args
}

func (q OrganisationQuery) sql(r Reader) (organisationSQL, error) {
	s := organisationSQL{where: " WHERE r.kind = ?", args: []any{q.Kind}}
	for word := range strings.FieldsSeq(foldLong(q.Text)) {
		s.where += " AND (instr(r.fold, ?) > 0"
		s.args = append(s.args, word)
		if places := q.placesWith(word); len(places) > 0 {
			s.where += " OR r.municipality IN (?" + strings.Repeat(", ?", len(places)-1) + ")"
			s.args = append(s.args, places...)
		}
		s.where += ")"
	}
	s.oneOf("r.status", q.Statuses)
	s.oneOf("r.size_band", q.SizeBands)
	if q.Municipalities != nil {
		within := organisationSQL{}
		within.oneOf("r.municipality", q.Municipalities)
		if err := s.within(r, within); err != nil {
			return s, err
		}
	}
	if q.Industry != "" {
		err := s.within(r, organisationSQL{where: " AND r.industry >= ? AND r.industry < ?", args: []any{q.Industry, q.Industry + "\U0010FFFF"}})
		if err != nil {
			return s, err
		}
	}
	for _, c := range q.Own {
		s.own(c)
	}
	return s, s.sort(q.Order)
}

// fewRows is how many rows are sooner fetched by an index and sorted than found
// on the way through the list in its order.
const fewRows = 2000

// within keeps the rows that a condition on one indexed column picks. SQLite does
// not know how many these are, so they are counted, as far as it matters: of many,
// the list in its order has the first page soon, and the index is kept out of it.
func (s *organisationSQL) within(r Reader, c organisationSQL) error {
	rows, err := r.query("SELECT count(*) FROM (SELECT 1 FROM organisation_row r WHERE r.kind = ?"+c.where+" LIMIT ?)",
		append(append([]any{s.args[0]}, c.args...), fewRows)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	n := 0
	if rows.Next() {
		err = rows.Scan(&n)
	}
	if n >= fewRows {
		c.where = strings.ReplaceAll(c.where, "r.", "+r.")
	}
	s.where, s.args = s.where+c.where, append(s.args, c.args...)
	return errors.Join(err, rows.Err())
}

// oneOf keeps the rows with one of some values; nil keeps all of them.
func (s *organisationSQL) oneOf(column string, values []string) {
	if values == nil {
		return
	}
	s.where += " AND " + column + " IN (?" + strings.Repeat(", ?", max(len(values)-1, 0)) + ")"
	if len(values) == 0 {
		s.args = append(s.args, nil) // equal to nothing
	}
	for _, v := range values {
		s.args = append(s.args, v)
	}
}

// placesWith are the municipalities whose names hold a folded word.
func (q OrganisationQuery) placesWith(word string) []any {
	var in []any
	for _, number := range sortedKeys(q.Places) {
		if strings.Contains(foldLong(q.Places[number]), word) {
			in = append(in, number)
		}
	}
	return in
}

// sort puts the keys together; the name and the id, which tell all apart, end
// them.
func (s *organisationSQL) sort(order []Order) error {
	name := orderKey{expression: "r.name_key"}
	for _, o := range order {
		if o.Own != "" {
			s.keys = append(s.keys, orderKey{ownSort(o.Own, o.Number), o.Descending})
			continue
		}
		expression, err := sortExpression(o.Column)
		if err != nil {
			return err
		}
		if o.Column == ColumnName {
			name.descending = o.Descending
			break
		}
		if len(o.Ranks) > 0 {
			expression = rankExpression("r."+o.Column, sortedKeys(o.Ranks), o.Ranks)
		}
		s.keys = append(s.keys, orderKey{expression, o.Descending})
	}
	s.keys = append(s.keys, name, orderKey{"r.id", name.descending})
	return nil
}

// rankExpression gives the rank of a column's value, -1 for one without. It
// halves the sorted values again and again: SQLite would look through a joined
// table of them row by row.
func rankExpression(column string, values []string, ranks map[string]int) string {
	if len(values) == 1 {
		return "CASE WHEN " + column + " = " + sqlText(values[0]) + " THEN " + strconv.Itoa(ranks[values[0]]) + " ELSE -1 END"
	}
	mid := len(values) / 2
	return "CASE WHEN " + column + " < " + sqlText(values[mid]) + " THEN " + rankExpression(column, values[:mid], ranks) +
		" ELSE " + rankExpression(column, values[mid:], ranks) + " END"
}

// sqlText is a text as SQL writes it.
func sqlText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
