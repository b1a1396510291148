package need

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/order"
	"kompetansepilot/data"
)

// Columns that a list of needs can be sorted by.
const (
	ColumnText     = "text"
	ColumnBusiness = "business"
	ColumnIndustry = "industry"
	ColumnPlace    = "place"
	ColumnPeople   = "people"
	ColumnLevel    = "level"
	ColumnForm     = "form"
	ColumnReach    = "reach"
	ColumnUrgency  = "urgency"
	ColumnState    = "state"
	ColumnSaid     = "said"
)

// States of a need.
const (
	StateOpen     = "open"     // nothing is decided
	StateAccepted = "accepted" // an offer was accepted
	StateNone     = "none"     // no offer fits, a person has said
)

// Sort is a column to sort by.
type Sort = order.By

// Query is what a list of needs shows. In each list of values none means all.
type Query struct {
	Text           string // words in the text, the business, the place or the industry
	Organisation   string // id of the business, "" for all
	Levels, Forms  []string
	Urgencies      []string
	States         []string
	Municipalities []string
	Division       int  // of the industry, 0 for all
	Shareable      bool // only those that may be told to providers
	Faulty         bool // only those with a finding
	Sort           []Sort
}

// Listed is a need as lists show it.
type Listed struct {
	data.Need
	Business string // name, "" when none is known
	Place    string // name of the municipality
	State    string
	Offer    string // title of the offer that was accepted last
	Faults   int
}

// List is a whole list. Some thousands are made in memory.
func (s *Service) List(q Query) ([]Listed, error) {
	var needs []data.Need
	var businesses []data.Organisation
	var decisions []data.MatchDecision
	var offerings []data.Offering
	err := s.store.Read(func(r data.Reader) (err error) {
		if needs, err = data.Live[data.Need](r, "? = '' OR organisation = ?", "", q.Organisation, q.Organisation); err != nil {
			return err
		}
		if businesses, err = data.Find[data.Organisation](r, "WHERE id IN (SELECT organisation FROM need WHERE deleted = '')"); err != nil {
			return err
		}
		if !s.store.Has("match_decision") {
			return nil
		}
		if decisions, err = data.Live[data.MatchDecision](r, "decision <> ?", "created, id", data.MatchRejected); err != nil {
			return err
		}
		offerings, err = data.Find[data.Offering](r, "WHERE id IN (SELECT offering FROM match_decision WHERE deleted = '')")
		return err
	})
	if err != nil {
		return nil, err
	}
	names, titles, last := map[string]string{}, map[string]string{}, map[string]*data.MatchDecision{}
	for i := range businesses {
		names[businesses[i].ID] = businesses[i].Name
	}
	for i := range offerings {
		titles[offerings[i].ID] = offerings[i].Title
	}
	for i := range decisions {
		last[decisions[i].Need] = &decisions[i]
	}
	words := strings.Fields(data.Fold(q.Text))
	all := make([]Listed, 0, len(needs))
	for i := range needs {
		if needs[i].Conversation != "" && !said(&needs[i]) {
			continue // an interview that goes on has made room for it
		}
		l := s.listed(&needs[i], names, titles, last)
		if l.fits(&q, words) {
			all = append(all, l)
		}
	}
	return all, sortListed(all, q.Sort)
}

func (s *Service) listed(n *data.Need, names, titles map[string]string, last map[string]*data.MatchDecision) Listed {
	l := Listed{Need: *n, Business: names[n.Organisation], Place: n.Municipality, State: StateOpen}
	if m, ok := s.places.Resolve(n.Municipality); ok {
		l.Place = m.UniqueName
	}
	if d := last[n.ID]; d != nil {
		l.State, l.Offer = StateNone, ""
		if d.Decision == data.MatchAccepted {
			l.State, l.Offer = StateAccepted, titles[d.Offering]
		}
	}
	l.Faults = len(Findings(n, s.places))
	return l
}

func (l *Listed) fits(q *Query, words []string) bool {
	among := func(all []string, value string) bool { return len(all) == 0 || slices.Contains(all, value) }
	if !among(q.Levels, l.Level) || !among(q.Forms, l.Form) || !among(q.Urgencies, l.Urgency) || !among(q.States, l.State) ||
		!among(q.Municipalities, l.Municipality) || q.Division != 0 && Division(l.Industry) != q.Division || q.Shareable && !l.Shareable || q.Faulty && l.Faults == 0 {
		return false
	}
	if len(words) == 0 {
		return true
	}
	text := data.Fold(strings.Join([]string{l.Text, l.OwnWords, l.Business, l.Place, l.Industry, l.ID}, "\n"))
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// levelOrder and formOrder are the values in the order that lists sort them in.
var (
	levelOrder   = []string{Any, LevelCourse, LevelShort, LevelFagskole, LevelBachelor, LevelMaster}
	formOrder    = []string{Any, FormOnline, FormBlended, FormGather, FormOnSite}
	urgencyOrder = []string{data.UrgencyLow, data.UrgencyNormal, data.UrgencyHigh}
	stateOrder   = []string{StateOpen, StateNone, StateAccepted}
)

// Levels and Forms are what a need may ask for, lowest first.
func Levels() []string { return slices.Clone(levelOrder[1:]) }

// Forms are the forms that a need may ask for.
func Forms() []string { return slices.Clone(formOrder[1:]) }

func sortListed(all []Listed, by []Sort) error {
	text, business := func(l *Listed) string { return l.Text }, func(l *Listed) string { return l.Business }
	industry, place := func(l *Listed) string { return l.Industry }, func(l *Listed) string { return l.Place }
	rank := order.Ranks(all, text, business, industry, place)
	among := func(values []string, of func(*Listed) string) order.Column[Listed] {
		return order.Number(func(l *Listed) int64 { return int64(slices.Index(values, of(l))) })
	}
	return order.Sort(all, by, map[string]order.Column[Listed]{
		ColumnText:     order.Name(rank, text),
		ColumnBusiness: order.Name(rank, business),
		ColumnIndustry: order.Name(rank, industry),
		ColumnPlace:    order.Name(rank, place),
		ColumnPeople:   order.Number(func(l *Listed) int64 { return l.People }),
		ColumnReach:    order.Number(func(l *Listed) int64 { return l.Reach }),
		ColumnLevel:    among(levelOrder, func(l *Listed) string { return l.Level }),
		ColumnForm:     among(formOrder, func(l *Listed) string { return l.Form }),
		ColumnUrgency:  among(urgencyOrder, func(l *Listed) string { return l.Urgency }),
		ColumnState:    among(stateOrder, func(l *Listed) string { return l.State }),
		ColumnSaid: func(a, b *Listed, sign int) int {
			return sign * cmp.Or(strings.Compare(a.Interview, b.Interview), strings.Compare(a.Created, b.Created))
		},
	}, func(a, b *Listed) int {
		return cmp.Or(strings.Compare(b.Created, a.Created), strings.Compare(a.ID, b.ID))
	})
}

// Waiting is how many needs nothing is decided about.
func (s *Service) Waiting() (int, error) {
	if !s.store.Has("match_decision") {
		return s.store.Count("SELECT count(*) FROM need WHERE deleted = ''")
	}
	return s.store.Count(`SELECT count(*) FROM need WHERE deleted = '' AND text || own_words <> '' AND NOT EXISTS
		(SELECT 1 FROM match_decision d WHERE d.need = need.id AND d.deleted = '' AND d.decision <> ?)`, data.MatchRejected)
}

// typingStep is how long a pause may be in what becomes one step of undo.
const typingStep = 2 * time.Minute

// Get reads a need, also one in the trash.
func (s *Service) Get(id string) (data.Need, error) { return data.Get[data.Need](s.store, id) }

// Create makes a need, which may be empty yet, as a step named label.
func (s *Service) Create(label string, n data.Need) (id string, err error) {
	if n.Level == "" {
		n.Level = Any
	}
	if n.Form == "" {
		n.Form = Any
	}
	err = s.store.Update(label, func(tx *data.Tx) error {
		if n.Created == "" {
			n.Created = tx.Now()
		}
		if n.Organisation != "" {
			o, err := data.Get[data.Organisation](tx, n.Organisation)
			if err != nil {
				return err
			}
			about(&n, &o)
		}
		if err := tx.Put(&n); err != nil {
			return err
		}
		id = n.ID
		return nil
	})
	return id, err
}

// Type changes one field of a need, as one step with what was typed in it just
// before.
func (s *Service) Type(label, id, field string, apply func(*data.Need), opts ...data.Option) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		n, err := data.Get[data.Need](tx, id)
		if err != nil {
			return err
		}
		was := n.Organisation
		apply(&n)
		if n.Organisation != "" && n.Organisation != was {
			o, err := data.Get[data.Organisation](tx, n.Organisation)
			if err != nil {
				return err
			}
			about(&n, &o)
		}
		return tx.Put(&n)
	}, append(opts, data.Merge(id+"/"+field, typingStep))...)
}

// Delete moves needs to the trash as one step.
func (s *Service) Delete(label string, ids []string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for _, id := range ids {
			if err := tx.Delete(&data.Need{Row: data.Row{ID: id}}); err != nil {
				return err
			}
		}
		return nil
	})
}

// Change changes several needs as one step named label.
func (s *Service) Change(label string, ids []string, apply func(*data.Need)) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for _, id := range ids {
			n, err := data.Get[data.Need](tx, id)
			if err != nil {
				return err
			}
			apply(&n)
			if err := tx.Put(&n); err != nil {
				return err
			}
		}
		return nil
	})
}

// about fills in what a need takes from its business, where nothing stands yet.
func about(n *data.Need, o *data.Organisation) {
	fill := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	fill(&n.Municipality, o.Municipality)
	fill(&n.Norm, o.Norm)
	if o.Industry != "" {
		fill(&n.Industry, "("+cmp.Or(o.IndustryStd, "SN2007")+" "+o.Industry+")")
	}
	if n.Employees == 0 {
		n.Employees = mostOf(o.SizeBand)
	}
}

// mostOf is the most employees of a size band such as "5-9"; 0 where there is no
// upper end.
func mostOf(band string) int64 {
	_, most, ok := strings.Cut(band, "-")
	if !ok {
		return 0
	}
	n, _ := number(most)
	return n
}
