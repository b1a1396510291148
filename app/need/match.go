package need

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/internal/lazyregexp"
)

// MostOffers is how many offers an answer holds.
const MostOffers = 10

// Threshold is the score that the best offer must reach, or nothing fits. It was
// chosen with a half of the term table left out, four times another half, so that
// the needs are answered as well as needs are that the table was not written for;
// see TestTableLeftOut. It errs a little towards saying none: on needs never seen
// more was offered where nothing fits than left out where something does.
const Threshold = 0.33

// leastScore is the score of the offers after the first that are worth a look.
const leastScore = 0.10

// Match is an offer that fits a need, or nearly does.
type Match struct {
	Offer string
	// Score is from 0 to 1; comparable between needs.
	Score float64
	// Concepts are what need and offer meet in, strongest first.
	Concepts []Shared
	Blocks   []Block
	// Km is the journey by road, or -1.
	Km int
	// Alike is how alike the texts are letter by letter, 0 to 1.
	Alike float64
}

// Blocked tells whether the offer breaks a limit of the need by more than a step.
func (m *Match) Blocked() bool {
	return slices.ContainsFunc(m.Blocks, func(b Block) bool { return !b.Near })
}

// Shared is a concept that a need and an offer share.
type Shared struct {
	Concept  int
	Strength float64
	Words    []string // of the need
	// Via is the concept of the need that led here, when it is a near one.
	Via int
}

// Settings of a matching.
type Settings struct {
	RoadFactor float64 // 0 is DefaultRoadFactor
}

// Matcher answers which of its offers fit a need. It may be used by several
// goroutines at once.
type Matcher struct {
	terms    *Terms
	ground   *geography
	offers   []Offer
	byID     map[string]int
	profiles []Profile
	idf      []float64
	places   [][]posting // by concept
	taught   []bool      // concepts that are the subject of an offer
	grams    *gramIndex
}

// NewMatcher reads the offers.
func NewMatcher(terms *Terms, places *reference.Tables, offers []Offer, settings Settings) *Matcher {
	m := &Matcher{terms: terms, ground: newGeography(places, settings.RoadFactor), offers: offers, byID: map[string]int{},
		profiles: make([]Profile, len(offers)), places: make([][]posting, len(terms.concepts)), idf: make([]float64, len(terms.concepts)), taught: make([]bool, len(terms.concepts))}
	texts := make([][]word, len(offers))
	df := make([]int, len(terms.concepts))
	for i := range offers {
		o := &offers[i]
		m.byID[o.ID] = i
		title, text := split(o.Title), split(o.Description)
		texts[i] = slices.Concat(title, title, text)
		m.profiles[i] = terms.offer(title, text)
		for _, mark := range m.profiles[i] {
			m.taught[mark.Concept] = m.taught[mark.Concept] || mark.Strength > 0.6
			m.places[mark.Concept] = append(m.places[mark.Concept], posting{int32(i), float32(mark.Strength)})
			if mark.Strength > 0.5 {
				df[mark.Concept]++
			}
		}
	}
	for c, n := range df {
		m.idf[c] = 1 / (1 + 0.15*math.Log(1+float64(n)))
	}
	m.grams = newGramIndex(texts)
	return m
}

// Offer finds an offer by its id.
func (m *Matcher) Offer(id string) (*Offer, bool) {
	i, ok := m.byID[id]
	if !ok {
		return nil, false
	}
	return &m.offers[i], true
}

// offer is what an offer teaches. The title names it; what only the description
// speaks of is a part.
func (t *Terms) offer(title, text []word) Profile {
	inTitle, inText := t.read(title), t.read(text)
	sum := map[int]float64{}
	for _, mark := range inTitle {
		s := mark.Strength
		if !mark.named {
			s *= 0.5
		}
		sum[mark.Concept] = s
	}
	for _, mark := range inText {
		s := mark.Strength * 0.5
		if !mark.named {
			s *= 0.4
		}
		sum[mark.Concept] = 1 - (1-sum[mark.Concept])*(1-s)
	}
	return normal(sum)
}

// normal makes the strongest 1, and drops what is too weak to matter.
func normal(sum map[int]float64) Profile {
	most := 0.0
	for _, s := range sum {
		most = max(most, s)
	}
	var p Profile
	for c, s := range sum {
		if s = s / most; s >= 0.12 {
			p = append(p, Mark{Concept: c, Strength: s})
		}
	}
	slices.SortFunc(p, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.Concept, b.Concept))
	})
	return p
}

// reading is a need as the matching sees it.
type reading struct {
	words   []word
	profile Profile
}

var industryCode = lazyregexp.New(`\b(\d{1,2})(?:\.\d+)*\)?\s*$`)

// Division is the two first digits of an industry code that ends a text such as
// "Lakseoppdrett (SN2007 03)", or 0.
func Division(industry string) int {
	found := industryCode.FindStringSubmatch(industry)
	if found == nil {
		return 0
	}
	n, _ := strconv.Atoi(found[1])
	return n
}

// home is how much a concept counts in an industry.
func (c *Concept) home(industry int) float64 {
	switch {
	case industry == 0 || len(c.Industries) == 0:
		return 1
	case slices.Contains(c.Industries, industry):
		return 1.2
	}
	return 0.65
}

// Weights of the parts of a score.
const (
	nearStrength = 0.38 // a near concept, as a part of the need's
	weightAlike  = 0.6
	rivalFactor  = 0.4
	besideFactor = 0.65 // the offer's own subject is another
	unmetFactor  = 0.6  // nobody teaches what the need is about
	leastUnmet   = 0.2
)

// How much a limit counts that an offer breaks, or only just keeps. Who asks for
// a form or a level rarely finds another one exactly right.
const (
	blockFactor  = 0.5
	stepFactor   = 0.75 // the next level, or a form that is not too far from it
	nearFactor   = 0.95 // a little too far away, a few too many people
	otherFactor  = 0.87 // another form than the one asked for, though it will do
	seasonFactor = 0.93 // only in a part of the months
)

// fit is how well an offer keeps to a need's limits, 0 to 1.
func fit(n *data.Need, o *Offer, blocks []Block) float64 {
	f := 1.0
	for _, b := range blocks {
		switch {
		case !b.Near:
			f *= blockFactor
		case b.Kind == BlockForm || b.Kind == BlockLevel:
			f *= stepFactor
		default:
			f *= nearFactor
		}
	}
	blocked := func(kind string) bool {
		return slices.ContainsFunc(blocks, func(b Block) bool { return b.Kind == kind })
	}
	if n.Form != Any && n.Form != "" && o.Form != n.Form && !blocked(BlockForm) {
		f *= otherFactor
	}
	if want := season(n.FromMonth, n.ToMonth); !blocked(BlockMonths) && len(common(want, o.Months)) < len(want) {
		f *= seasonFactor
	}
	return f
}

func (m *Matcher) read(n *data.Need) reading {
	words := split(n.Text + "\n" + n.OwnWords)
	profile := m.terms.readLoosely(words, split(n.Industry))
	industry := Division(n.Industry)
	for i := range profile {
		mark := &profile[i]
		factor := m.terms.concepts[mark.Concept].home(industry)
		if mark.named {
			factor = max(factor, 0.92)
		}
		mark.Strength = min(mark.Strength*factor, 1)
	}
	slices.SortStableFunc(profile, func(a, b Mark) int { return cmp.Compare(b.Strength, a.Strength) })
	return reading{words, profile}
}

// Match finds the offers that fit a need, best first, at most MostOffers and
// none when the best scores less than Threshold: nothing fits.
func (m *Matcher) Match(n *data.Need) []Match {
	all := m.rank(n, leastScore, MostOffers)
	if len(all) == 0 || all[0].Score < Threshold {
		return nil
	}
	return all
}

// rough is an offer's score before the need's limits.
type rough struct {
	offer        int
	score, close float64
}

// rank scores the offers that have anything to do with a need, and gives those
// that score at least least, best first, at most so many.
func (m *Matcher) rank(n *data.Need, least float64, most int) []Match {
	r := m.read(n)
	alike := make([]float32, len(m.offers))
	m.grams.similar(r.words, alike)
	miss := make([]float64, len(m.offers)) // 1 - chance, 0 where not touched
	main := make([]bool, len(m.offers))    // the offer's own subject is shared
	m.reach(&r, func(_ *Mark, concept, _ int, factor float64) {
		for _, p := range m.places[concept] {
			if miss[p.text] == 0 {
				miss[p.text] = 1
			}
			miss[p.text] *= 1 - min(factor*float64(p.weight)*m.idf[concept], 0.95)
			main[p.text] = main[p.text] || p.weight > 0.7
		}
	})
	unmet := m.unmet(&r)
	var found []rough
	for i := range m.offers {
		if miss[i] == 0 && alike[i] < 0.08 {
			continue
		}
		concept := 0.0
		if miss[i] > 0 {
			concept = 1 - miss[i]
		}
		score, close := m.together(&r, i, concept, float64(alike[i]), unmet, main[i])
		if score >= least {
			found = append(found, rough{i, score, close})
		}
	}
	slices.SortFunc(found, func(a, b rough) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.offer, b.offer))
	})
	var all []Match
	for _, one := range found {
		// A limit only takes from a score, so the rest cannot come among the best.
		if len(all) >= most && one.score < all[most-1].Score {
			break
		}
		o := &m.offers[one.offer]
		blocks, km := m.ground.limits(n, o)
		score := math.Round(one.score*fit(n, o, blocks)*10000) / 10000
		if score < least {
			continue
		}
		match := Match{Offer: o.ID, Score: score, Blocks: blocks, Km: km, Alike: one.close}
		at, _ := slices.BinarySearchFunc(all, match, func(a, b Match) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Offer, b.Offer))
		})
		if at < most {
			all = slices.Insert(all, at, match)
			all = all[:min(len(all), most)]
		}
	}
	for i := range all {
		all[i].Concepts = m.shared(&r, m.byID[all[i].Offer])
	}
	return all
}

// reach calls f for every concept that a need leads to: its own, and those near
// them. via is the need's own concept, or -1.
func (m *Matcher) reach(r *reading, f func(mark *Mark, concept, via int, strength float64)) {
	for i := range r.profile {
		mark := &r.profile[i]
		strength := mark.Strength
		// What is far weaker than the main thing is rarely what is lacking.
		if mark.Strength < 0.5*r.profile[0].Strength {
			strength *= 0.6
		}
		f(mark, mark.Concept, -1, strength)
		for _, near := range m.terms.concepts[mark.Concept].near {
			f(mark, near, mark.Concept, nearStrength*strength)
		}
	}
}

// shared are the concepts that a need and an offer meet in, strongest first.
func (m *Matcher) shared(r *reading, offer int) []Shared {
	var all []Shared
	m.reach(r, func(mark *Mark, concept, via int, strength float64) {
		if s := m.profiles[offer].strength(concept); s > 0 {
			all = append(all, Shared{concept, strength * s * m.idf[concept], mark.Words, via})
		}
	})
	slices.SortStableFunc(all, func(a, b Shared) int { return cmp.Compare(b.Strength, a.Strength) })
	return all
}

// unmet is how strongly a need is about something that no offer teaches. What is
// taught and said more clearly takes from it: that is what they lack, rather.
func (m *Matcher) unmet(r *reading) float64 {
	taught, other := 0.0, 0.0
	for i := range r.profile {
		mark := &r.profile[i]
		if m.taught[mark.Concept] {
			taught = max(taught, mark.Strength)
		} else {
			other = max(other, mark.Strength)
		}
	}
	return other * max(0, 1-2*max(0, taught-other))
}

// together is the score of an offer before its limits: what it shares in
// concepts, and in letters, with what speaks against it. close is what is left
// of alike.
func (m *Matcher) together(r *reading, i int, concept, alike, unmet float64, main bool) (score, close float64) {
	if profile := m.profiles[i]; len(profile) > 0 {
		switch {
		case m.rivalled(r, profile[0].Concept):
			concept *= rivalFactor
			alike *= rivalFactor
		case !main:
			concept *= besideFactor
		}
	}
	if unmet > leastUnmet {
		concept *= 1 - unmetFactor*unmet
		alike *= 1 - unmetFactor*unmet
	}
	// A strong subject of the need that this offer says nothing of, while the
	// offer is about something else, speaks against it.
	if len(r.profile) > 0 && r.profile[0].Strength > 0.6 && concept < 0.3*r.profile[0].Strength {
		alike *= 0.6
	}
	return 1 - (1-concept)*(1-min(weightAlike*alike, 0.6)), alike
}

// rivalled tells whether the need is rather about another concept of the group
// that an offer's subject belongs to: Spanish, not English.
func (m *Matcher) rivalled(r *reading, main int) bool {
	group := m.terms.concepts[main].Group
	if group == "" {
		return false
	}
	own, named := 0.0, false
	for i := range r.profile {
		if r.profile[i].Concept == main {
			own, named = r.profile[i].Strength, r.profile[i].named
		}
	}
	for i := range r.profile {
		mark := &r.profile[i]
		if mark.Concept == main || m.terms.concepts[mark.Concept].Group != group {
			continue
		}
		// Both may be wanted when both are named.
		if mark.named && !named && mark.Strength > 0.5 || mark.Strength > own+0.1 && own < 0.6 {
			return true
		}
	}
	return false
}
