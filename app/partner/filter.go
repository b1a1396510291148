package partner

import (
	"encoding/json"
	"log/slog"
	"slices"
	"strings"

	"kompetansepilot/data"
)

// CodeFilter is the code of errors about saved filters.
const CodeFilter = "savedFilter"

// Filter is what a list is filtered by.
type Filter struct {
	Text     string   `json:"text,omitempty"`
	Statuses []Status `json:"statuses,omitempty"`
	Narrow   Narrow   `json:"narrow"`
}

// Nothing tells that a filter lets all through.
func (f *Filter) Nothing() bool {
	return strings.TrimSpace(f.Text) == "" && len(f.Statuses) == 0 && f.Narrow.Count() == 0
}

// Same tells whether two filters ask for the same.
func (f *Filter) Same(other *Filter) bool {
	a, errA := json.Marshal(f)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && string(a) == string(b)
}

// Query is the question that a filter asks about a kind of organisation.
func (f *Filter) Query(kind string) Query {
	return Query{Kind: kind, Text: f.Text, Statuses: f.Statuses, Narrow: f.Narrow}
}

// SavedFilter is a filter with a name, and how many it lets through now.
type SavedFilter struct {
	ID, Name string
	Filter   Filter
	Count    int
}

// SavedFilters are the filters that were saved for a kind, in order, with their
// numbers of now. One that cannot be read is left out.
func (r *Register) SavedFilters(kind string) ([]SavedFilter, error) {
	if !r.store.Has((*data.SavedFilter)(nil).Kind()) {
		return nil, nil
	}
	stored, err := data.Live[data.SavedFilter](r.store, "kind = ?", "position, id", kind)
	if err != nil {
		return nil, err
	}
	var all []SavedFilter
	for _, s := range stored {
		one := SavedFilter{ID: s.ID, Name: s.Name}
		if err := json.Unmarshal([]byte(s.Content), &one.Filter); err != nil {
			slog.Warn("read saved filter", "id", s.ID, "err", err) // of a newer program
			continue
		}
		if one.Count, err = r.Count(one.Filter.Query(kind)); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// Count is how many a list has.
func (r *Register) Count(q Query) (n int, err error) {
	query, err := r.query(q)
	if err != nil {
		return 0, err
	}
	err = r.store.ReadRegister(func(reader data.Reader) error {
		counts, err := data.CountOrganisations(reader, query)
		for stored, count := range counts {
			if q.asks(ParseStatus(stored)) {
				n += count
			}
		}
		return err
	})
	return n, err
}

// SaveFilter keeps a filter under a name, in place of the one that has the name
// already. Its errors carry a sentence.
func (r *Register) SaveFilter(label, kind, name string, f Filter) (id string, err error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return "", data.NewError(CodeFilter, "Filteret har ikke noe navn. Ingenting er lagret. Skriv et navn.", nil)
	}
	content, err := json.Marshal(f)
	if err != nil {
		return "", err
	}
	err = r.store.Update(label, func(tx *data.Tx) error {
		all, err := data.Live[data.SavedFilter](tx, "kind = ?", "position, id", kind)
		if err != nil {
			return err
		}
		s := data.SavedFilter{OrganisationOf: kind, Name: name}
		for _, old := range all {
			if strings.EqualFold(old.Name, name) {
				s = old
			}
		}
		if s.ID == "" && len(all) > 0 {
			s.Position = all[len(all)-1].Position + 1
		}
		s.Name, s.Content = name, string(content)
		err = tx.Put(&s)
		id = s.ID
		return err
	})
	return id, err
}

// RenameFilter gives a saved filter another name.
func (r *Register) RenameFilter(label, id, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return data.NewError(CodeFilter, "Filteret har ikke noe navn. Ingenting er lagret. Skriv et navn.", nil)
	}
	return r.store.Update(label, func(tx *data.Tx) error {
		s, err := data.Get[data.SavedFilter](tx, id)
		if err != nil {
			return err
		}
		s.Name = name
		return tx.Put(&s)
	})
}

// DeleteFilter moves a saved filter to the trash.
func (r *Register) DeleteFilter(label, id string) error {
	return r.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.SavedFilter{Row: data.Row{ID: id}}) })
}

// ByPlace counts a list by municipality of today. Those without one, or with a
// number that is none, are counted under "".
func (r *Register) ByPlace(q Query) (map[string]int, error) {
	query, err := r.query(q)
	if err != nil {
		return nil, err
	}
	all := map[string]int{}
	err = r.store.ReadRegister(func(reader data.Reader) error {
		counts, err := data.CountByMunicipality(reader, query)
		for number, n := range counts {
			m, _ := r.Place(number)
			all[m.Number] += n
		}
		return err
	})
	return all, err
}

// CreateFilled makes an organisation that fill has filled in, as a step named
// label.
func (r *Register) CreateFilled(label, kind string, fill func(*data.Organisation)) (id string, err error) {
	o := data.Organisation{OrganisationOf: kind, Status: string(StatusUnknown)}
	fill(&o)
	err = r.store.Update(label, func(tx *data.Tx) error { return tx.Put(&o) })
	return o.ID, err
}

// ByNumber are the ids of the organisations of a kind, not in the trash, that have
// some organisation numbers, by number.
func (r *Register) ByNumber(kind string, numbers []string) (map[string]string, error) {
	all := map[string]string{}
	for chunk := range slices.Chunk(numbers, 100) {
		args := []any{kind}
		for _, n := range chunk {
			args = append(args, n)
		}
		found, err := data.Live[data.Organisation](r.store, "kind = ? AND org_number IN (?"+strings.Repeat(", ?", len(chunk)-1)+")", "id", args...)
		if err != nil {
			return nil, err
		}
		for _, o := range found {
			all[o.OrgNumber] = o.ID
		}
	}
	return all, nil
}
