package partner

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"kompetansepilot/app/order"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Columns that a list can be sorted by.
const (
	ColumnName         = "name"
	ColumnNumber       = "number"
	ColumnMunicipality = "municipality"
	ColumnCentrality   = "centrality"
	ColumnIndustry     = "industry"
	ColumnSize         = "size"
	ColumnStatus       = "status"
	ColumnNorm         = "norm"
	ColumnContact      = "contact"
	ColumnEmail        = "email"
	ColumnTags         = "tags"
)

// Sort is one column to sort by.
type Sort = order.By

// Query is what a list shows.
type Query struct {
	Kind string // data.OrganisationBusiness or data.OrganisationProvider
	// Text is words that must be in the name, number, contact, e-mail, tags or
	// municipality.
	Text     string
	Statuses []Status // any of these; none means all
	Narrow   Narrow
	Sort     []Sort
}

// asks tells whether a list shows those with a status.
func (q *Query) asks(s Status) bool { return len(q.Statuses) == 0 || slices.Contains(q.Statuses, s) }

// Narrow is what else a list can be narrowed by.
type Narrow struct {
	Industry       string      `json:"industry,omitempty"`       // how the industry code begins
	Sizes          []string    `json:"sizes,omitempty"`          // size bands; none means all
	Centrality     []int       `json:"centrality,omitempty"`     // classes of the municipality; none means all
	Municipalities []string    `json:"municipalities,omitempty"` // numbers of today; none means all
	Own            []OwnNarrow `json:"own,omitempty"`            // conditions on own fields
}

// Count is how many of these are in use.
func (n *Narrow) Count() int {
	count := 0
	for _, used := range []bool{n.Industry != "", len(n.Sizes) > 0, len(n.Centrality) > 0, len(n.Municipalities) > 0} {
		if used {
			count++
		}
	}
	return count + len(n.Own)
}

// Register answers questions about the organisations of a workspace and changes
// them. Its methods may be called from any goroutine but Fyne's.
type Register struct {
	store  *data.Workspace
	places *reference.Tables
	lists  func() *placeLists
}

// placeLists are the municipalities as queries need them.
type placeLists struct {
	names      map[string]string
	order      map[string]int // by name
	centrality map[string]int
	former     map[string][]string // numbers of before, by that of today
}

// NewRegister makes the register of a workspace.
func NewRegister(store *data.Workspace, places *reference.Tables) *Register {
	return &Register{store: store, places: places, lists: sync.OnceValue(func() *placeLists { return listPlaces(places) })}
}

func listPlaces(places *reference.Tables) *placeLists {
	l := &placeLists{names: map[string]string{}, order: map[string]int{}, centrality: map[string]int{}, former: map[string][]string{}}
	names := []string{}
	for _, m := range places.Municipalities() {
		l.names[m.Number], l.centrality[m.Number] = m.UniqueName, m.Centrality
		names = append(names, m.UniqueName)
	}
	for _, old := range places.Former() {
		l.former[old.Number] = append(l.former[old.Number], old.OldNumber)
	}
	rank := data.SortRanks(names)
	for number, name := range l.names {
		l.order[number] = rank[name]
	}
	return l
}

// View is part of a list at one moment.
type View struct {
	Total    int
	From     int // number of the first of Rows
	Rows     []data.Organisation
	Counts   map[Status]int // what each status would give, whatever Query.Statuses says
	Position int            // of the organisation that was asked for, -1 when it is not among them
}

// All is how many there are with any status.
func (v *View) All() int {
	n := 0
	for _, c := range v.Counts {
		n += c
	}
	return n
}

// Look reads the rows from–to of a list, its counts, and where the organisation
// follow stands ("" asks for none). When around is set and follow is in the
// list, as many rows are read around it instead.
func (r *Register) Look(q Query, from, to int, follow string, around bool) (View, error) {
	v := View{From: max(from, 0), Position: -1, Counts: map[Status]int{}}
	query, err := r.query(q)
	if err != nil {
		return v, err
	}
	err = r.store.ReadRegister(func(reader data.Reader) error {
		counts, err := data.CountOrganisations(reader, query)
		if err != nil {
			return err
		}
		for stored, n := range counts {
			s := ParseStatus(stored)
			v.Counts[s] += n
			if q.asks(s) {
				v.Total += n
			}
		}
		if follow != "" {
			if v.Position, err = data.OrganisationPosition(reader, query, follow); err != nil {
				return err
			}
		}
		limit := to - from
		if around && v.Position >= 0 {
			v.From = max(v.Position-limit/2, 0)
		}
		v.From = max(min(v.From, v.Total-limit), 0)
		v.Rows, err = data.Organisations(reader, query, v.From, limit)
		return err
	})
	return v, err
}

// Rows reads the rows from–to of a list.
func (r *Register) Rows(q Query, from, to int) (rows []data.Organisation, err error) {
	query, err := r.query(q)
	if err != nil {
		return nil, err
	}
	err = r.store.ReadRegister(func(reader data.Reader) error {
		rows, err = data.Organisations(reader, query, from, to-from)
		return err
	})
	return rows, err
}

// IDs are the ids of a list, in order.
func (r *Register) IDs(q Query) (ids []string, err error) {
	query, err := r.query(q)
	if err != nil {
		return nil, err
	}
	err = r.store.ReadRegister(func(reader data.Reader) error {
		ids, err = data.OrganisationIDs(reader, query)
		return err
	})
	return ids, err
}

// Among are those of ids that are in a list, in its order.
func (r *Register) Among(q Query, ids []string) (all []data.Organisation, err error) {
	found, err := r.among(q, ids)
	if err != nil {
		return nil, err
	}
	return data.OrganisationsByID(r.store, found)
}

// Gone are those of ids that are not in a list: nothing may be done with rows
// that nobody sees.
func (r *Register) Gone(q Query, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := r.among(q, ids)
	if err != nil {
		return nil, err
	}
	there := make(map[string]bool, len(found))
	for _, id := range found {
		there[id] = true
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return there[id] }), nil
}

func (r *Register) among(q Query, ids []string) (found []string, err error) {
	query, err := r.query(q)
	if err != nil {
		return nil, err
	}
	err = r.store.ReadRegister(func(reader data.Reader) error {
		found, err = data.OrganisationIDsAmong(reader, query, ids)
		return err
	})
	return found, err
}

// Find is the first of a list, from row from on and then from the top, whose
// name begins with text; -1 when there is none.
func (r *Register) Find(q Query, text string, from int) (row int, id string, err error) {
	query, err := r.query(q)
	if err != nil {
		return -1, "", err
	}
	err = r.store.ReadRegister(func(reader data.Reader) error {
		row, err = data.OrganisationStarting(reader, query, text, from)
		if err != nil || row < 0 {
			return err
		}
		found, err := data.Organisations(reader, query, row, 1)
		if len(found) > 0 {
			id = found[0].ID
		}
		return err
	})
	return row, id, err
}

func (r *Register) query(q Query) (data.OrganisationQuery, error) {
	lists := r.lists()
	out := data.OrganisationQuery{Kind: q.Kind, Text: q.Text, Places: lists.names}
	for _, s := range q.Statuses {
		out.Statuses = append(out.Statuses, s.stored()...)
	}
	out.Industry = q.Narrow.Industry
	if len(q.Narrow.Sizes) > 0 {
		out.SizeBands = q.Narrow.Sizes
	}
	out.Municipalities = q.Narrow.places(lists)
	for _, c := range q.Narrow.Own {
		out.Own = append(out.Own, c.condition())
	}
	columns := map[string]data.Order{
		ColumnName: {Column: data.ColumnName}, ColumnNumber: {Column: data.ColumnOrgNumber}, ColumnIndustry: {Column: data.ColumnIndustry},
		ColumnMunicipality: {Column: data.ColumnMunicipality, Ranks: lists.order},
		ColumnCentrality:   {Column: data.ColumnMunicipality, Ranks: lists.centrality},
		ColumnSize:         {Column: data.ColumnSizeBand, Ranks: sizeRanks()},
		ColumnStatus:       {Column: data.ColumnStatus, Ranks: statusRanks(q.Kind)},
		ColumnNorm:         {Column: data.ColumnNorm}, ColumnContact: {Column: data.ColumnContact},
		ColumnEmail: {Column: data.ColumnEmail}, ColumnTags: {Column: data.ColumnTags},
	}
	for _, s := range q.Sort {
		o, ok := columns[s.Column]
		if !ok {
			o, ok = ownOrder(s.Column)
		}
		if !ok {
			return out, fmt.Errorf("a list has no column %q to sort by", s.Column)
		}
		o.Descending = s.Descending
		out.Order = append(out.Order, o)
	}
	return out, nil
}

// Get reads one organisation, also one in the trash.
func (r *Register) Get(id string) (data.Organisation, error) {
	return data.Get[data.Organisation](r.store, id)
}

// SameNumber is another organisation of the register with the same organisation
// number; ok is false when there is none.
func (r *Register) SameNumber(o *data.Organisation) (other data.Organisation, ok bool, err error) {
	if o.OrgNumber == "" {
		return other, false, nil
	}
	all, err := data.Find[data.Organisation](r.store, "WHERE org_number = ? AND id <> ? AND deleted = '' ORDER BY id LIMIT 1", o.OrgNumber, o.ID)
	if err != nil || len(all) == 0 {
		return other, false, err
	}
	return all[0], true, nil
}

// Create makes an organisation without contents, as a step named label.
func (r *Register) Create(label, kind string) (id string, err error) {
	o := data.Organisation{OrganisationOf: kind, Status: string(StatusUnknown)}
	err = r.store.Update(label, func(tx *data.Tx) error { return tx.Put(&o) })
	return o.ID, err
}

// typingStep is how long a pause in typing may be before a new step to undo
// begins.
const typingStep = 20 * time.Second

// Type changes one field of an organisation, as one step with what was typed in
// it just before.
func (r *Register) Type(label, id, field string, apply func(*data.Organisation), opts ...data.Option) error {
	return r.store.Update(label, func(tx *data.Tx) error { return change(tx, id, apply) }, append(opts, data.Merge(id+"/"+field, typingStep))...)
}

// Change changes several organisations as one step.
func (r *Register) Change(label string, ids []string, apply func(*data.Organisation)) error {
	return r.store.Update(label, func(tx *data.Tx) error {
		for chunk := range slices.Chunk(ids, changeBatch) {
			all, err := data.OrganisationsByID(tx, chunk)
			if err != nil {
				return err
			}
			if len(all) < len(chunk) { // one is gone, which Get puts into words
				for _, id := range chunk {
					if _, err := data.Get[data.Organisation](tx, id); err != nil {
						return err
					}
				}
			}
			for i := range all {
				apply(&all[i])
				if err := tx.Put(&all[i]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// changeBatch is how many organisations are read at once to be changed.
const changeBatch = 500

func change(tx *data.Tx, id string, apply func(*data.Organisation)) error {
	o, err := data.Get[data.Organisation](tx, id)
	if err != nil {
		return err
	}
	apply(&o)
	return tx.Put(&o)
}

// Delete moves organisations to the trash as one step.
func (r *Register) Delete(label string, ids []string) error {
	return r.store.Update(label, func(tx *data.Tx) error {
		for _, id := range ids {
			if err := tx.Delete(&data.Organisation{Row: data.Row{ID: id}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Place is the municipality of today behind a stored number, which may be an
// older one.
func (r *Register) Place(number string) (reference.Municipality, bool) {
	p, ok := r.places.Resolve(number)
	return p.Municipality, ok
}
