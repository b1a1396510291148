package partner

import (
	"cmp"
	"slices"
	"strings"

	"kompetansepilot/app/order"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Columns that a list of offerings can be sorted by.
const (
	OfferingTitle    = "title"
	OfferingProvider = "provider"
	OfferingLevel    = "level"
	OfferingCredits  = "credits"
	OfferingForm     = "form"
	OfferingPlace    = "place"
	OfferingStart    = "start"
	OfferingDue      = "due"
	OfferingCapacity = "capacity"
	OfferingPrice    = "price"
)

// OfferingQuery is what a list of offerings shows. In each list of values, none
// means all.
type OfferingQuery struct {
	Text          string // words in the title, description, provider, place or note
	Organisation  string // id of the provider, "" for all
	Levels, Forms []string
	Kinds         []string // of the provider
	// OpenOn leaves those out whose last day to apply has passed on this day
	// (YYYY-MM-DD); "" shows them too.
	OpenOn string
	Sort   []Sort
}

// Offer is an offering as lists show it.
type Offer struct {
	data.Offering
	Provider string // name, "" when none is named
	Kind     string // of the provider
	Where    string // the municipality, or the place as it is worded
}

// Offerings answers questions about the offerings of a workspace and changes
// them. Its methods may be called from any goroutine but Fyne's.
type Offerings struct {
	store  *data.Workspace
	places *reference.Tables
}

// NewOfferings makes the offerings of a workspace.
func NewOfferings(store *data.Workspace, places *reference.Tables) *Offerings {
	return &Offerings{store, places}
}

// Get reads one offering, also one in the trash.
func (s *Offerings) Get(id string) (data.Offering, error) {
	return data.Get[data.Offering](s.store, id)
}

// List is a whole list. A county has hundreds of offerings, so it is made in
// memory.
func (s *Offerings) List(q OfferingQuery) ([]Offer, error) {
	var offerings []data.Offering
	var providers []data.Organisation
	err := s.store.Read(func(r data.Reader) (err error) {
		if offerings, err = data.Live[data.Offering](r, "? = '' OR organisation = ?", "", q.Organisation, q.Organisation); err != nil {
			return err
		}
		providers, err = data.Find[data.Organisation](r, "WHERE id IN (SELECT organisation FROM offering WHERE deleted = '')")
		return err
	})
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*data.Organisation, len(providers))
	for i := range providers {
		byID[providers[i].ID] = &providers[i]
	}
	words := strings.Fields(data.Fold(q.Text))
	var all []Offer
	for i := range offerings {
		o := s.offer(&offerings[i], byID[offerings[i].Organisation])
		if o.fits(&q, words) {
			all = append(all, o)
		}
	}
	return all, sortOffers(all, q.Sort)
}

// Offer is an offering as lists show it.
func (s *Offerings) Offer(o data.Offering) (Offer, error) {
	providers, err := data.Find[data.Organisation](s.store, "WHERE id = ?", o.Organisation)
	if err != nil || len(providers) == 0 {
		return s.offer(&o, nil), err
	}
	return s.offer(&o, &providers[0]), nil
}

func (s *Offerings) offer(o *data.Offering, provider *data.Organisation) Offer {
	offer := Offer{Offering: *o, Kind: o.ProviderKind, Where: o.Place}
	if provider != nil {
		offer.Provider = provider.Name
		offer.Kind = cmp.Or(provider.ProviderKind, o.ProviderKind)
	}
	if m, ok := s.places.Resolve(o.Municipality); ok {
		offer.Where = m.UniqueName
	}
	return offer
}

func (o *Offer) fits(q *OfferingQuery, words []string) bool {
	among := func(all []string, value string) bool { return len(all) == 0 || slices.Contains(all, value) }
	if !among(q.Levels, o.Level) || !among(q.Forms, o.Form) || !among(q.Kinds, o.Kind) || q.OpenOn != "" && o.Due != "" && o.Due < q.OpenOn {
		return false
	}
	if len(words) == 0 {
		return true
	}
	text := data.Fold(strings.Join([]string{o.Title, o.Description, o.Provider, o.Where, o.Place, o.Note, o.ID}, "\n"))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func sortOffers(all []Offer, by []Sort) error {
	title, provider, place := func(o *Offer) string { return o.Title }, func(o *Offer) string { return o.Provider }, func(o *Offer) string { return o.Where }
	rank := order.Ranks(all, title, provider, place)
	return order.Sort(all, by, map[string]order.Column[Offer]{
		OfferingTitle:    order.Name(rank, title),
		OfferingProvider: order.Name(rank, provider),
		OfferingPlace:    order.Name(rank, place),
		OfferingLevel:    order.Listed(Levels(), func(o *Offer) string { return o.Level }),
		OfferingForm:     order.Listed(Forms(), func(o *Offer) string { return o.Form }),
		OfferingStart:    order.Text(func(o *Offer) string { return o.Start }),
		OfferingDue:      order.Text(func(o *Offer) string { return o.Due }),
		OfferingCredits:  order.Number(func(o *Offer) int64 { return o.Credits }),
		OfferingCapacity: order.Number(func(o *Offer) int64 { return o.Capacity }),
		OfferingPrice:    order.Number(func(o *Offer) int64 { return o.Price }),
	}, func(a, b *Offer) int { return cmp.Or(rank[a.Title]-rank[b.Title], strings.Compare(a.ID, b.ID)) })
}

// Create makes an offering, as a step named label.
func (s *Offerings) Create(label string, o data.Offering) (id string, err error) {
	err = s.store.Update(label, func(tx *data.Tx) error { return tx.Put(&o) })
	return o.ID, err
}

// Type changes one field of an offering, as one step with what was typed in it
// just before.
func (s *Offerings) Type(label, id, field string, apply func(*data.Offering), opts ...data.Option) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		o, err := data.Get[data.Offering](tx, id)
		if err != nil {
			return err
		}
		apply(&o)
		return tx.Put(&o)
	}, append(opts, data.Merge(id+"/"+field, typingStep))...)
}

// Delete moves offerings to the trash as one step.
func (s *Offerings) Delete(label string, ids []string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for _, id := range ids {
			if err := tx.Delete(&data.Offering{Row: data.Row{ID: id}}); err != nil {
				return err
			}
		}
		return nil
	})
}
