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

// hit is an entry whose words are being found in one sentence.
type hit struct {
	entry    int
	sentence int
	found    []float64 // how surely, by word
	at       []int     // word of the text, by word
}

// contextAlone is how much a concept counts that only the industry speaks of.
const contextAlone = 0.4

// maxBetween is how many other words may stand among the words of an entry.
const maxBetween = 5

// span is how many words of the text the hit reaches over.
func (h *hit) span() int {
	first, last := -1, -1
	for _, at := range h.at {
		if at < 0 {
			continue
		}
		if first < 0 || at < first {
			first = at
		}
		last = max(last, at)
	}
	if first < 0 {
		return 0
	}
	return last - first + 1
}

// contextSure is how much the industry's name counts beside the text itself.
const contextSure = 0.5

// read finds what a text speaks of. context is a text beside it, such as the
// industry's name: it completes situations, and alone says little.
func (t *Terms) read(text []word, context []word) Profile {
	type key struct{ entry, sentence int }
	hits := map[key]*hit{}
	var order []key
	take := func(w *word, at, sentence int, sure float64, alone bool) {
		for _, p := range t.piecesOf(w) {
			for _, pl := range t.places[p.stem] {
				e := &t.entries[pl.entry]
				if len(e.words) == 1 && (!alone || stopWords[w.raw]) {
					continue
				}
				k := key{pl.entry, sentence}
				h := hits[k]
				if h == nil {
					h = &hit{pl.entry, sentence, make([]float64, len(e.words)), make([]int, len(e.words))}
					for i := range h.at {
						h.at[i] = -1
					}
					hits[k] = h
					order = append(order, k)
				}
				if s := p.sure * sure; s > h.found[pl.word] {
					h.found[pl.word], h.at[pl.word] = s, at
				}
			}
		}
	}
	last := 0
	for i := range text {
		take(&text[i], i, text[i].sentence, text[i].weight, true)
		last = text[i].sentence
	}
	for i := range context {
		for s := 0; s <= last; s++ {
			take(&context[i], -1, s, 0.8, false)
		}
		take(&context[i], -1, last+1, contextSure, true)
	}
	type sum struct {
		miss   float64 // the chance that none of the hits is right
		not    float64
		at     []int
		named  bool
		inText bool
	}
	sums := map[int]*sum{}
	counted := map[int]float64{} // the strongest use of an entry
	for _, k := range order {
		h := hits[k]
		e := &t.entries[h.entry]
		sure := slices.Min(h.found)
		if sure == 0 || h.span() > len(e.words)+maxBetween {
			continue
		}
		strength := e.weight * sure
		if before, ok := counted[h.entry]; ok && before >= strength {
			continue
		}
		s := sums[e.concept]
		if s == nil {
			s = &sum{miss: 1}
			sums[e.concept] = s
		}
		if e.kind == rowNot {
			s.not = max(s.not, strength)
			continue
		}
		if before := counted[h.entry]; before > 0 {
			s.miss /= 1 - before
		}
		counted[h.entry] = strength
		s.miss *= 1 - min(strength, 0.97)
		s.named = s.named || e.kind == rowTerm && sure >= surePart
		for _, at := range h.at {
			if at >= 0 {
				s.inText = true
				if !slices.Contains(s.at, at) {
					s.at = append(s.at, at)
				}
			}
		}
	}
	var profile Profile
	for concept, s := range sums {
		strength := (1 - s.miss) * (1 - 0.85*min(s.not, 1))
		if !s.inText {
			strength *= contextAlone
		}
		if strength < 0.03 || math.IsNaN(strength) {
			continue
		}
		slices.Sort(s.at)
		m := Mark{Concept: concept, Strength: strength, named: s.named && s.inText}
		for _, at := range s.at {
			m.Words = append(m.Words, text[at].raw)
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
	exact := piece{"=" + w.folded, sureWhole}
	if stopWords[w.raw] {
		return []piece{{w.stem, sureWhole}, exact}
	}
	return append(t.words.pieces(w), exact)
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
