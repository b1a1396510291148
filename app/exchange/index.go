package exchange

import (
	"slices"
	"strings"

	"kompetansepilot/app/partner/duplicate"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// index finds the organisation of the register that a row is about.
type index struct {
	places   *reference.Tables
	byNumber map[string]*data.Organisation
	byName   map[string][]*data.Organisation
}

func newIndex(all []data.Organisation, places *reference.Tables) *index {
	x := &index{places: places, byNumber: make(map[string]*data.Organisation, len(all)), byName: make(map[string][]*data.Organisation, len(all))}
	sorted := make([]*data.Organisation, len(all))
	for i := range all {
		sorted[i] = &all[i]
	}
	slices.SortFunc(sorted, byID)
	for _, o := range sorted {
		if _, taken := x.byNumber[o.OrgNumber]; o.OrgNumber != "" && !taken {
			x.byNumber[o.OrgNumber] = o
		}
		if key := nameKey(o.Name); key != "" {
			x.byName[key] = append(x.byName[key], o)
		}
	}
	return x
}

// nameKey is the same for names that differ in spelling, order and legal form.
func nameKey(name string) string {
	words := duplicate.Words(name)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// likeness is how sure it is that a row is about an organisation.
type likeness int

const (
	unknown  likeness = iota
	byNumber          // the same organisation number
	byName            // the same name, and nothing that speaks against it
)

// find is the organisation that a row is about, nil for none. several tells that
// more than one has the name and nothing tells them apart.
func (x *index) find(v values) (found *data.Organisation, how likeness, several bool) {
	number := v[FieldNumber]
	if number != "" {
		if o := x.byNumber[number]; o != nil {
			return o, byNumber, false
		}
	}
	if v[FieldName] == "" {
		return nil, unknown, false
	}
	var can []*data.Organisation
	for _, o := range x.byName[nameKey(v[FieldName])] {
		if number != "" && reference.ValidOrgNumber(o.OrgNumber) || !samePlace(x.places, v[FieldMunicipality], o.Municipality) {
			continue
		}
		can = append(can, o)
	}
	if len(can) > 1 { // the municipality or the e-mail may tell which
		same := slices.DeleteFunc(slices.Clone(can), func(o *data.Organisation) bool {
			return (v[FieldMunicipality] == "" || o.Municipality == "") && (v[FieldEmail] == "" || !strings.EqualFold(o.Email, v[FieldEmail]))
		})
		if len(same) == 1 {
			can = same
		}
	}
	switch len(can) {
	case 0:
		return nil, unknown, false
	case 1:
		return can[0], byName, false
	}
	return nil, unknown, true
}
