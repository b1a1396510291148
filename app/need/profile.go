package need

import (
	"cmp"
	"math"
	"slices"

	"kompetansepilot/data"
)

// Mark is a concept that a text speaks of.
type Mark struct {
	Concept int
	// Strength is from 0 to 1.
	Strength float64
	// Words are the words of the text that told, in the order of the text.
	Words []string
	named bool // by a term, not only by a situation
}

// Profile is what a text speaks of, strongest first.
type Profile []Mark

// strength is how strongly a profile speaks of a concept.
func (p Profile) strength(concept int) float64 {
	for i := range p {
		if p[i].Concept == concept {
			return p[i].Strength
		}
	}
	return 0
}

// spot is where a word of the table stands in a sentence, and how surely; at is
// -1 for a word of the context.
type spot struct {
	at   int
	sure float64
}

// maxBetween is how many other words may stand among the words of an entry.
const maxBetween = 5

// How much the industry's name counts beside the text itself: in a situation
// that the text speaks of, as a word of its own, and where nothing else tells.
const (
	contextWithin = 0.8
	contextSure   = 0.5
	contextAlone  = 0.4
)

// sentence are the words of the table in one sentence.
type sentence struct {
	spots map[string][]spot
	order []string
}

func (s *sentence) add(stem string, at int, sure float64) {
	if _, ok := s.spots[stem]; !ok {
		s.order = append(s.order, stem)
	}
	s.spots[stem] = append(s.spots[stem], spot{at, sure})
}

// sum is what the hits of a concept come to.
type sum struct {
	miss   float64 // the chance that none of the hits is right
	not    float64
	at     []int
	named  bool
	inText bool
}

// reader finds the concepts of one text.
type reader struct {
	t       *Terms
	text    []word
	sums    map[int]*sum
	counted map[int]float64 // the strongest use of an entry
	// said is, by concept, how much of the text stands in its entries; nil where
	// only whole entries count.
	said []float64
}

// read finds what a text speaks of in so many words.
func (t *Terms) read(text []word) Profile {
	r := &reader{t: t, text: text, sums: map[int]*sum{}, counted: map[int]float64{}}
	r.read(nil)
	return r.profile()
}

// readLoosely finds what a text speaks of, also where it has only a part of what
// the table says. context is a text beside it, such as the industry's name: it
// completes situations, and alone says little.
func (t *Terms) readLoosely(text, context []word) Profile {
	r := &reader{t: t, text: text, sums: map[int]*sum{}, counted: map[int]float64{}, said: t.loose.read(t, text)}
	r.read(context)
	for c, s := range r.said {
		if s >= looseAlone && r.sums[c] == nil {
			r.sums[c] = &sum{miss: 1, inText: true}
		}
	}
	return r.profile()
}

func (r *reader) read(context []word) {
	t, text := r.t, r.text
	around := &sentence{spots: map[string][]spot{}}
	for i := range context {
		for _, p := range t.piecesOf(&context[i]) {
			around.add(p.stem, -1, p.sure)
		}
	}
	for start := 0; start < len(text); {
		s := &sentence{spots: map[string][]spot{}}
		end := start
		for ; end < len(text) && text[end].sentence == text[start].sentence; end++ {
			for _, p := range t.piecesOf(&text[end]) {
				s.add(p.stem, end, p.sure*text[end].weight)
			}
		}
		for _, stem := range around.order {
			for _, sp := range around.spots[stem] {
				s.add(stem, -1, sp.sure*contextWithin)
			}
		}
		r.sentence(s, false)
		start = end
	}
	for _, stem := range around.order {
		for i := range around.spots[stem] {
			around.spots[stem][i].sure *= contextSure
		}
	}
	r.sentence(around, true)
}

// sentence counts the entries whose words stand in a sentence.
func (r *reader) sentence(s *sentence, context bool) {
	for _, stem := range s.order {
		for _, n := range r.t.keys[stem] {
			e := &r.t.entries[n]
			for _, key := range s.spots[stem] {
				if len(e.words) == 1 {
					if context || key.at >= 0 && !stopWords[r.text[key.at].raw] {
						r.count(n, key.sure, key.at)
					}
					continue
				}
				if sure, at := s.complete(e, stem, key); sure > 0 {
					r.count(n, sure, at...)
				}
			}
		}
	}
}

// complete finds the other words of an entry near its key word; sure is 0 when
// one is missing.
func (s *sentence) complete(e *entry, stem string, key spot) (sure float64, at []int) {
	sure, at = key.sure, []int{key.at}
	first, last := key.at, key.at
	for _, w := range e.words {
		if w == stem {
			continue
		}
		best := spot{-2, 0}
		for _, sp := range s.spots[w] {
			if best.at == -2 || nearer(sp.at, best.at, key.at) {
				best = sp
			}
		}
		if best.at == -2 {
			return 0, nil
		}
		sure = min(sure, best.sure)
		at = append(at, best.at)
		if best.at >= 0 {
			if first < 0 {
				first, last = best.at, best.at
			}
			first, last = min(first, best.at), max(last, best.at)
		}
	}
	if last-first+1 > len(e.words)+maxBetween {
		return 0, nil
	}
	return sure, at
}

// nearer tells whether a is nearer to key than b; words of the text come before
// those of the context.
func nearer(a, b, key int) bool {
	if (a < 0) != (b < 0) {
		return b < 0
	}
	return max(a-key, key-a) < max(b-key, key-b)
}

// count takes in that an entry stands in the text.
func (r *reader) count(n int, sure float64, at ...int) {
	e := &r.t.entries[n]
	strength := e.weight * sure
	before := r.counted[n]
	if sure <= 0 || before >= strength {
		return
	}
	s := r.sums[e.concept]
	if s == nil {
		s = &sum{miss: 1}
		r.sums[e.concept] = s
	}
	if e.kind == rowNot {
		s.not = max(s.not, strength)
		return
	}
	if before > 0 {
		s.miss /= 1 - min(before, mostSure)
	}
	r.counted[n] = strength
	s.miss *= 1 - min(strength, mostSure)
	s.named = s.named || e.kind == rowTerm && sure >= surePart
	for _, i := range at {
		if i >= 0 {
			s.inText = true
			if !slices.Contains(s.at, i) {
				s.at = append(s.at, i)
			}
		}
	}
}

// leastWord is the weight of a word that is worth telling: what the writer has
// already is no reason.
const leastWord = 0.3

// notFactor is how much a word that means something else takes away.
const notFactor = 0.6

// mostSure is as sure as one hit can be.
const mostSure = 0.97

func (r *reader) profile() Profile {
	var profile Profile
	for concept, s := range r.sums {
		strength := 1 - s.miss
		if !s.inText {
			strength *= contextAlone
		}
		loose := 0.0
		if r.said != nil {
			loose = r.said[concept]
		}
		strength = (1 - (1-strength)*(1-loose)) * (1 - notFactor*min(s.not, 1))
		if strength < 0.03 {
			continue
		}
		if loose >= looseAlone && len(s.at) == 0 {
			for i := range r.text {
				if r.t.loose.has(r.t, &r.text[i], concept) {
					s.at = append(s.at, i)
				}
			}
		}
		slices.Sort(s.at)
		m := Mark{Concept: concept, Strength: strength, named: s.named && s.inText}
		for _, at := range s.at {
			if r.text[at].weight >= leastWord {
				m.Words = append(m.Words, r.text[at].raw)
			}
		}
		profile = append(profile, m)
	}
	slices.SortFunc(profile, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), cmp.Compare(a.Concept, b.Concept))
	})
	return profile
}

// piecesOf are the words of the table in a word; a stop word is only itself.
func (t *Terms) piecesOf(w *word) []piece {
	if known, ok := t.words.known.Load(w.raw); ok {
		return known.([]piece)
	}
	exact := piece{"=" + w.folded, sureWhole}
	all := []piece{{w.stem, sureWhole}}
	if !stopWords[w.raw] {
		all = t.words.pieces(w)
	}
	for i := range all {
		all[i].stem = t.words.one(all[i].stem)
	}
	if t.keys[exact.stem] != nil {
		all = append(all, exact)
	}
	t.words.remember(w.raw, all)
	return all
}

// Found is a concept that a need speaks of.
type Found struct {
	Concept  Concept
	Strength float64 // 0 to 1
	Words    []string
}

// Find are the concepts that a need speaks of, strongest first, at most so many.
func (t *Terms) Find(n *data.Need, most int) []Found {
	var all []Found
	for _, mark := range (&Matcher{terms: t}).read(n).profile {
		if len(all) == most {
			break
		}
		all = append(all, Found{t.concepts[mark.Concept], math.Round(mark.Strength*1000) / 1000, mark.Words})
	}
	return all
}
