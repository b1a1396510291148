package need

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"sync"

	"kompetansepilot/data"
)

// Finder answers questions about needs beside each other: which are alike, what
// is usual in an industry, and which offers fit after what was decided here. It
// holds what the workspace held when it was made, and may be used by several
// goroutines at once.
type Finder struct {
	Matcher *Matcher

	terms     *Terms
	needs     []data.Need
	byID      map[string]int
	readings  []reading
	divisions []int // of the industry, 0 for none
	grams     *gramIndex
	concepts  [][]posting           // needs by concept
	decisions map[string][]decision // by offering
	own       map[string][]decision // by need
}

// decision is a decision, with the place of its need.
type decision struct {
	data.MatchDecision
	need int
}

// finderCache keeps a finder until something that it holds changes.
type finderCache struct {
	mu       sync.Mutex
	key      string
	finder   *Finder
	readings map[string]reading // by all that they come from
	terms    *Terms             // that the readings are made with
	offers   uint64             // the offers that the matcher is made of
}

// Finder makes a finder of what the workspace holds now. It takes time with
// many needs, so it runs in the background; asked again before anything has
// changed it gives the one that was made.
func (s *Service) Finder(settings Settings) (*Finder, error) {
	c := s.finder
	c.mu.Lock()
	defer c.mu.Unlock()
	version, err := s.store.DataVersion()
	if err != nil {
		return nil, err
	}
	terms, err := s.Terms()
	if err != nil {
		return nil, err
	}
	key := fmt.Sprint(version, settings)
	if c.finder != nil && c.key == key && c.finder.terms == terms {
		return c.finder, nil
	}
	f, err := s.newFinder(terms, settings)
	if err == nil {
		c.finder, c.key = f, key
	}
	return f, err
}

func (s *Service) newFinder(terms *Terms, settings Settings) (*Finder, error) {
	offers, err := s.Offers()
	if err != nil {
		return nil, err
	}
	needs, err := s.All()
	if err != nil {
		return nil, err
	}
	decisions, err := s.Decisions("")
	if err != nil {
		return nil, err
	}
	c := s.finder
	if c.terms != terms {
		c.terms, c.readings = terms, map[string]reading{}
	}
	matcher, sum := (*Matcher)(nil), offersSum(offers, settings)
	if c.finder != nil && c.finder.terms == terms && c.offers == sum {
		matcher = c.finder.Matcher
	} else {
		matcher = NewMatcher(terms, s.places, offers, settings)
	}
	c.offers = sum
	readings := make([]reading, len(needs))
	kept := make(map[string]reading, len(needs))
	for i := range needs {
		n := &needs[i]
		key := n.Text + "\x00" + n.OwnWords + "\x00" + n.Industry
		r, known := c.readings[key]
		if !known {
			r = matcher.read(n)
		}
		readings[i], kept[key] = r, r
	}
	c.readings = kept
	return newFinder(matcher, needs, readings, decisions), nil
}

// offersSum tells offers from others.
func offersSum(offers []Offer, settings Settings) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%v", settings)
	for i := range offers {
		fmt.Fprintf(h, "%+v\n", offers[i])
	}
	return h.Sum64()
}

func newFinder(m *Matcher, needs []data.Need, readings []reading, decisions []data.MatchDecision) *Finder {
	f := &Finder{Matcher: m, terms: m.terms, needs: needs, byID: map[string]int{}, readings: readings, divisions: make([]int, len(needs)),
		concepts: make([][]posting, len(m.terms.concepts)), decisions: map[string][]decision{}, own: map[string][]decision{}}
	texts := make([][]word, len(needs))
	for i := range needs {
		f.byID[needs[i].ID] = i
		texts[i], f.divisions[i] = readings[i].words, Division(needs[i].Industry)
		for _, mark := range readings[i].profile {
			f.concepts[mark.Concept] = append(f.concepts[mark.Concept], posting{int32(i), float32(mark.Strength)})
		}
	}
	f.grams = newGramIndex(texts)
	for _, d := range decisions {
		at, ok := f.byID[d.Need]
		if !ok { // the need is in the trash: it teaches nothing
			continue
		}
		f.own[d.Need] = append(f.own[d.Need], decision{d, at})
		if d.Offering != "" {
			f.decisions[d.Offering] = append(f.decisions[d.Offering], decision{d, at})
		}
	}
	return f
}

// Alike is a need that is like another.
type Alike struct {
	Need data.Need
	// Likeness is from 0 to 1.
	Likeness float64
	// Concepts are what both speak of, strongest first; empty when only the words
	// are alike.
	Concepts []Concept
}

// leastAlike is how alike a need must be to be shown.
const leastAlike = 0.3

// Alike are the needs that are most like n, at most so many. n need not be kept
// yet.
func (f *Finder) Alike(n *data.Need, most int) []Alike {
	r := f.Matcher.read(n)
	likeness := f.likeness(r)
	var order []int
	for i, l := range likeness {
		if l >= leastAlike && f.needs[i].ID != n.ID {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(likeness[b], likeness[a]), strings.Compare(f.needs[a].ID, f.needs[b].ID))
	})
	var all []Alike
	for _, i := range order[:min(len(order), most)] {
		one := Alike{Need: f.needs[i], Likeness: likeness[i]}
		for _, mark := range r.profile {
			if s := f.readings[i].profile.strength(mark.Concept); s > 0.3 && mark.Strength > 0.3 {
				one.Concepts = append(one.Concepts, f.terms.concepts[mark.Concept])
			}
		}
		all = append(all, one)
	}
	return all
}

// Weights of a likeness.
const (
	alikeConcepts = 0.9
	alikeLetters  = 0.6
)

// likeness is how alike each need is to a reading: how much of their concepts
// they share, and a little of their letters.
func (f *Finder) likeness(r reading) []float64 {
	letters := make([]float32, len(f.needs))
	f.grams.similar(r.words, letters)
	shared := make([]float64, len(f.needs))
	total := 0.0
	for _, mark := range r.profile {
		total += mark.Strength
		for _, p := range f.concepts[mark.Concept] {
			shared[p.text] += min(mark.Strength, float64(p.weight))
		}
	}
	all := make([]float64, len(f.needs))
	for i := range all {
		if shared[i] == 0 && letters[i] < 0.2 {
			continue
		}
		theirs := 0.0
		for _, mark := range f.readings[i].profile {
			theirs += mark.Strength
		}
		overlap := 0.0
		if union := total + theirs - shared[i]; union > 0 {
			overlap = shared[i] / union
		}
		l := 1 - (1-alikeConcepts*overlap)*(1-alikeLetters*min(float64(letters[i]), 1))
		all[i] = math.Round(l*1000) / 1000
	}
	return all
}

// Usual is what is often lacking in an industry.
type Usual struct {
	Concept Concept
	Needs   int // needs of the industry that speak of it; 0 when only the term table tells
}

// Usual are what the needs of an industry (in words with its code last) most
// often speak of, at most so many; where there are few, what the term table has
// for it.
func (f *Finder) Usual(industry string, most int) []Usual {
	division := Division(industry)
	if division == 0 {
		return nil
	}
	counts := make([]int, len(f.terms.concepts))
	for i := range f.needs {
		if f.divisions[i] != division {
			continue
		}
		for _, mark := range f.readings[i].profile {
			if mark.Strength >= 0.5 {
				counts[mark.Concept]++
			}
		}
	}
	var order []int
	for c := range counts {
		if counts[c] > 0 || slices.Contains(f.terms.concepts[c].Industries, division) {
			order = append(order, c)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(len(f.terms.concepts[a].Industries), len(f.terms.concepts[b].Industries)), cmp.Compare(a, b))
	})
	var all []Usual
	for _, c := range order[:min(len(order), most)] {
		all = append(all, Usual{f.terms.concepts[c], counts[c]})
	}
	return all
}

// Proposals are what the program has to say about a need while it is written.
type Proposals struct {
	Terms []Found
	Alike []Alike
	Usual []Usual
}

// Propose reads a need that is being written.
func (f *Finder) Propose(n *data.Need) Proposals {
	p := Proposals{Terms: f.terms.Find(n, 6), Alike: f.Alike(n, 5), Usual: f.Usual(n.Industry, 5)}
	p.Usual = slices.DeleteFunc(p.Usual, func(u Usual) bool {
		return slices.ContainsFunc(p.Terms, func(t Found) bool { return t.Concept.ID == u.Concept.ID })
	})
	return p
}

// Main are what a kept need mostly speaks of, at most so many.
func (f *Finder) Main(id string, most int) []Concept {
	at, ok := f.byID[id]
	if !ok {
		return nil
	}
	var all []Concept
	for _, mark := range f.readings[at].profile {
		if len(all) == most || mark.Strength < 0.35 || mark.Strength < 0.5*f.readings[at].profile[0].Strength {
			break
		}
		all = append(all, f.terms.concepts[mark.Concept])
	}
	return all
}
