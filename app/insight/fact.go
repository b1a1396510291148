package insight

import (
	"fmt"
	"slices"
	"strconv"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Fact is one need with what it is counted by.
type Fact struct {
	ID string
	// Subject is the id of the concept that the need is most about, "" when none
	// was recognised.
	Subject string
	// Business tells needs of the same business: the organisation's id, or the
	// need's own where none is named.
	Business string
	// Municipality is its number today, "" when unknown.
	Municipality string
	// Industry is the division of the industry code, two digits, "" when unknown.
	Industry string
	// Size is a band of partner.SizeBands; partner.SizeWithheld when unknown.
	Size string
	// Half is the half-year in which it was said: "2026-1" is January to June 2026.
	Half   string
	People int64
	// Unmet tells that no offering fits.
	Unmet bool
}

// HalfOf is the half-year of a date (YYYY-MM-DD or longer), "" when it is none.
func HalfOf(date string) string {
	if len(date) < 7 {
		return ""
	}
	month, err := strconv.Atoi(date[5:7])
	if err != nil || month < 1 || month > 12 {
		return ""
	}
	return date[:4] + "-" + strconv.Itoa((month+5)/6)
}

// division is the division of an industry code, alone or at the end of a text; see
// need.Division.
func division(industry string) string {
	if n := need.Division(industry); n > 0 {
		return fmt.Sprintf("%02d", n)
	}
	return ""
}

// reader makes facts of needs.
type reader struct {
	terms         *need.Terms
	matcher       *need.Matcher // nil leaves Unmet false
	places        *reference.Tables
	organisations map[string]data.Organisation
}

func (r *reader) fact(n *data.Need) Fact {
	o := r.organisations[n.Organisation]
	f := Fact{ID: n.ID, Business: n.Organisation, People: max(n.People, 0), Half: HalfOf(n.Interview)}
	if f.Half == "" {
		f.Half = HalfOf(n.Created)
	}
	if f.Business == "" {
		f.Business = n.ID
	}
	if found := r.terms.Find(n, 1); len(found) > 0 {
		f.Subject = found[0].Concept.ID
	}
	f.Municipality = r.municipality(n.Municipality)
	if f.Municipality == "" {
		f.Municipality = r.municipality(o.Municipality)
	}
	if f.Industry = division(n.Industry); f.Industry == "" {
		f.Industry = division(o.Industry)
	}
	if f.Size = o.SizeBand; n.Employees > 0 {
		f.Size = companies.Employees(n.Employees).Band()
	}
	if r.matcher != nil {
		f.Unmet = !slices.ContainsFunc(r.matcher.Match(n), func(m need.Match) bool { return !m.Blocked() })
	}
	return f
}

// municipality is the number of today of one that may be of before.
func (r *reader) municipality(number string) string {
	m, ok := r.places.Resolve(number)
	if !ok {
		return ""
	}
	return m.Number
}
