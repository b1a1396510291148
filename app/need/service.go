package need

import (
	"slices"
	"strings"
	"sync"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Service keeps the needs of a workspace. Its methods may be called from any
// goroutine but Fyne's.
type Service struct {
	store  *data.Workspace
	places *reference.Tables
	shelf  *shelf
	finder *finderCache
	pools  *poolCache
}

// NewService makes the service of a workspace. The term table is read when it
// is first used.
func NewService(store *data.Workspace, places *reference.Tables) *Service {
	return &Service{store: store, places: places, shelf: &shelf{}, finder: &finderCache{}, pools: &poolCache{}}
}

// Terms is the term table with what was corrected in this workspace.
func (s *Service) Terms() (*Terms, error) { return s.currentTerms() }

// All are the needs that are not in the trash, by id. Those that an interview
// has made room for and that say nothing yet are left out.
func (s *Service) All() ([]data.Need, error) {
	if !s.store.Has("interview") { // a file of an older form has no interviews
		return data.Live[data.Need](s.store, "", "id")
	}
	return data.Live[data.Need](s.store, "conversation = '' OR text <> '' OR own_words <> ''", "id")
}

// Resolve finds a need by its id, by the beginning of its id, or by words of its
// text, when they point at one.
func (s *Service) Resolve(name string) (data.Need, error) {
	name = strings.TrimSpace(name)
	found, err := data.Live[data.Need](s.store, "id = ?", "id", name)
	if err == nil && len(found) == 0 && name != "" {
		found, err = data.Live[data.Need](s.store, "substr(id, 1, length(?)) = ? OR instr(lower(text), lower(?)) > 0", "id LIMIT 2", name, name, name)
	}
	switch {
	case err != nil:
		return data.Need{}, err
	case len(found) == 0:
		return data.Need{}, data.NewError(data.CodeNotFound+".need", "Fant ikke behovet «{{.Name}}». Skriv nummeret slik listen viser det.", nil, "Name", name)
	case len(found) > 1:
		return data.Need{}, data.NewError(data.CodeAmbiguous+".need", "Flere behov passer til «{{.Name}}». Skriv mer av nummeret.", nil, "Name", name)
	}
	return found[0], nil
}

// Add keeps a new need as one step named label, and tells what was odd in it.
func (s *Service) Add(label string, n *data.Need) ([]Notice, error) {
	notices := Tidy(n, s.places)
	if n.Text == "" && n.OwnWords == "" {
		return notices, data.NewError("needEmpty", "Behovet har ingen tekst. Ingenting er lagret. Skriv hva bedriften trenger.", nil)
	}
	return notices, s.put(label, []data.Need{*n}, func(kept data.Need) { *n = kept })
}

// Imported is what an import did.
type Imported struct {
	Added, Changed, Same, Skipped int
	Notices                       []Notice
}

// Import keeps the needs of a list as one step named label. A need with an id
// that is known takes the place of the old one; one without text is left out.
func (s *Service) Import(label string, read *Read) (Imported, error) {
	done := Imported{Notices: read.Notices}
	var keep []data.Need
	for _, n := range read.Needs {
		if n.Text == "" && n.OwnWords == "" {
			done.Skipped++
			continue
		}
		if n.ID != "" {
			switch old, err := data.Get[data.Need](s.store, n.ID); {
			case err == nil:
				n.Created, n.Deleted = old.Created, ""
				if n == old {
					done.Same++
					continue
				}
				done.Changed++
			case data.Code(err) == data.CodeNotFound:
				done.Added++
			default:
				return done, err
			}
		} else {
			done.Added++
		}
		keep = append(keep, n)
	}
	if len(keep) == 0 {
		return done, nil
	}
	return done, s.put(label, keep, func(data.Need) {})
}

func (s *Service) put(label string, needs []data.Need, kept func(data.Need)) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for i := range needs {
			n := needs[i]
			if n.Created == "" {
				n.Created = tx.Now()
			}
			if err := tx.Put(&n); err != nil {
				return err
			}
			kept(n)
		}
		return nil
	})
}

// Matcher makes a matcher of some offers.
func (s *Service) Matcher(offers []Offer, settings Settings) (*Matcher, error) {
	terms, err := s.Terms()
	if err != nil {
		return nil, err
	}
	return NewMatcher(terms, s.places, offers, settings), nil
}

// poolCache keeps what a calculation has read, so that the next reads only what
// is new.
type poolCache struct {
	mu      sync.Mutex
	terms   *Terms
	offers  uint64 // tells which the matcher is made of
	matcher *Matcher
	seen    map[string]seen
}

// pooler makes a pooler that remembers what it has read, and the matcher of the
// offers. The caller holds the lock of the cache, and calls done at last.
func (s *Service) pooler(limits PoolLimits, offers []Offer) (p *Pooler, m *Matcher, done func(), err error) {
	terms, err := s.Terms()
	if err != nil {
		return nil, nil, nil, err
	}
	c, settings := s.pools, Settings{RoadFactor: limits.RoadFactor}
	if sum := offersSum(offers, settings); c.terms != terms || c.offers != sum || c.matcher == nil {
		c.terms, c.offers, c.matcher, c.seen = terms, sum, NewMatcher(terms, s.places, offers, settings), nil
	}
	guide := c.matcher
	if len(offers) == 0 {
		guide = nil
	}
	p = NewPooler(terms, s.places, limits, guide)
	p.memo = &memo{before: c.seen, now: map[string]seen{}}
	return p, c.matcher, func() { c.seen, p.memo = p.memo.now, nil }, nil
}

// Grouped are the needs as they can go to courses together, with what was used to
// find that out.
type Grouped struct {
	*Grouping
	Needs   []data.Need
	Offers  []Offer
	Matcher *Matcher // of Offers
	Pooler  *Pooler
	// Matches are the decisions about offerings: need, offering, decision.
	Matches map[string]map[string]string
}

// Group pools all needs, and keeps what was decided about pools. offers say more
// about what belongs together; there may be none.
func (s *Service) Group(limits PoolLimits, offers []Offer) (*Grouped, error) {
	g := &Grouped{Offers: offers}
	var err error
	if g.Needs, err = s.All(); err != nil {
		return nil, err
	}
	decided, err := s.decided()
	if err != nil {
		return nil, err
	}
	g.Matches = decided.Matches
	s.pools.mu.Lock()
	defer s.pools.mu.Unlock()
	var done func()
	if g.Pooler, g.Matcher, done, err = s.pooler(limits, offers); err != nil {
		return nil, err
	}
	g.Grouping = g.Pooler.Group(g.Needs, decided)
	done()
	return g, nil
}

// Accepted are the offerings that were accepted for a need, by id.
func (g *Grouped) Accepted(need string) []string {
	var all []string
	for offering, decision := range g.Matches[need] {
		if decision == data.MatchAccepted {
			all = append(all, offering)
		}
	}
	slices.Sort(all)
	return all
}

// Served is how many needs of a pool have an offering that was accepted.
func (g *Grouped) Served(pool *Pool) int {
	n := 0
	for _, id := range pool.Needs {
		if len(g.Accepted(id)) > 0 {
			n++
		}
	}
	return n
}

// ByID are the needs by their ids.
func (g *Grouped) ByID() map[string]*data.Need {
	all := make(map[string]*data.Need, len(g.Needs))
	for i := range g.Needs {
		all[g.Needs[i].ID] = &g.Needs[i]
	}
	return all
}

// LabelOf is what the pool of an id is called, "" where there is none.
func (g *Grouped) LabelOf(words *lang.Printer, id string) string {
	for i := range g.Pools {
		if g.Pools[i].ID == id {
			return g.Pooler.Label(words, &g.Pools[i])
		}
	}
	return ""
}
