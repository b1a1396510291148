package insight

import (
	"context"
	"sync"

	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Service counts the needs of a workspace. Its methods may be called from any
// goroutine but Fyne's.
type Service struct {
	store  *data.Workspace
	needs  *need.Service
	places *reference.Tables
	// sources are what can be told in an application, the needs first.
	sources []Source

	mu    sync.Mutex
	read  map[data.Need]Fact // needs that were read with the offerings of now
	facts *Facts             // nil when something has changed
	turn  int                // counts the changes
}

// NewService makes the service of a workspace. more are what can be told of in
// applications beside the needs.
func NewService(store *data.Workspace, needs *need.Service, places *reference.Tables, more ...Source) *Service {
	s := &Service{store: store, needs: needs, places: places, read: map[data.Need]Fact{}}
	s.sources = append([]Source{needSource{s}}, more...)
	store.Subscribe(s.onChanged)
	return s
}

// onChanged forgets what may no longer be true: all that was read when offerings
// or businesses changed, else only the sums.
func (s *Service) onChanged(c data.Changed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case c.Touches("offering", "organisation"):
		s.read, s.facts = map[data.Need]Fact{}, nil
		s.turn++
	case c.Touches("need"):
		s.facts = nil
		s.turn++
	}
}

// Facts are the needs, read. What was read before and has not changed is not read
// again. progress, which may be nil, is told how many are read.
func (s *Service) Facts(ctx context.Context, progress func(done, all int)) (*Facts, error) {
	s.mu.Lock()
	if f := s.facts; f != nil {
		s.mu.Unlock()
		return f, nil
	}
	known, turn := s.read, s.turn
	s.mu.Unlock()

	needs, err := s.needs.All()
	if err != nil {
		return nil, err
	}
	r, err := s.reader(needs)
	if err != nil {
		return nil, err
	}
	facts := &Facts{All: make([]Fact, len(needs)), concepts: map[string]need.Concept{}, places: s.places}
	for _, c := range r.terms.Concepts() {
		facts.concepts[c.ID] = c
	}
	read := make(map[data.Need]Fact, len(needs))
	for i := range needs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, ok := known[needs[i]]
		if !ok {
			f = r.fact(&needs[i])
		}
		facts.All[i], read[needs[i]] = f, f
		if progress != nil {
			progress(i+1, len(needs))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.turn == turn {
		s.read, s.facts = read, facts
	}
	return facts, nil
}

func (s *Service) reader(needs []data.Need) (*reader, error) {
	terms, err := s.needs.Terms()
	if err != nil {
		return nil, err
	}
	offers, err := s.needs.Offers()
	if err != nil {
		return nil, err
	}
	r := &reader{terms: terms, places: s.places, organisations: map[string]data.Organisation{}}
	if r.matcher, err = s.needs.Matcher(offers, need.Settings{}); err != nil {
		return nil, err
	}
	for i := range needs {
		id := needs[i].Organisation
		if _, ok := r.organisations[id]; ok || id == "" {
			continue
		}
		o, err := data.Get[data.Organisation](s.store, id)
		if err != nil && data.Code(err) != data.CodeNotFound {
			return nil, err
		}
		r.organisations[id] = o
	}
	return r, nil
}
