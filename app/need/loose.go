package need

import "math"

// looseIndex are the words of the table's entries by themselves. An entry of
// several words is found only where all of them stand; a text that has a part
// of many entries of a concept speaks of it too, if less surely.
type looseIndex struct {
	// by gives, for a stem, the concepts whose entries it stands in.
	by map[string][]posting
	// rarity is how much a stem tells, the more the fewer concepts use it.
	rarity map[string]float64
	most   float64 // the rarity of a word that no concept uses
}

// Shape of the weight of a stem in a concept, as in BM25: how soon more entries
// with the same stem stop counting, and how much the length of the concept's
// list counts.
const (
	looseSoon   = 0.6
	looseLength = 0.4
	looseTerm   = 1.5 // a word of a term, as so many of a situation
)

// looseUnknown is how much a word that no entry has counts beside one that a
// single entry has.
const looseUnknown = 0.25

// looseLeast is how many rare words a text counts as at least: two words do not
// tell more by being alone.
const looseLeast = 3

// looseAlone is how much of a text the words must make up to tell what no entry
// tells.
const looseAlone = 0.1

func newLooseIndex(t *Terms, small map[string]bool) *looseIndex {
	counts := make([]map[string]float64, len(t.concepts))
	lengths := make([]float64, len(t.concepts))
	for i := range counts {
		counts[i] = map[string]float64{}
	}
	type use struct {
		concept int
		stem    string
	}
	not := map[use]bool{} // words that mean something else there
	for i := range t.entries {
		if e := &t.entries[i]; e.kind == rowNot && len(e.words) == 1 {
			not[use{e.concept, e.words[0]}] = true
		}
	}
	for i := range t.entries {
		e := &t.entries[i]
		if e.kind == rowNot {
			continue
		}
		for _, w := range e.words {
			if small[w] || not[use{e.concept, w}] || len([]rune(w)) < 3 {
				continue
			}
			n := 1.0
			if e.kind == rowTerm {
				n *= looseTerm
			}
			counts[e.concept][w] += n
			lengths[e.concept] += n
		}
	}
	x := &looseIndex{by: map[string][]posting{}, rarity: map[string]float64{}}
	total := 0.0
	for _, n := range lengths {
		total += n
	}
	mean := total / math.Max(float64(len(lengths)), 1)
	for c, count := range counts {
		for w, n := range count {
			norm := looseSoon * (1 - looseLength + looseLength*lengths[c]/mean)
			x.by[w] = append(x.by[w], posting{int32(c), float32(n * (looseSoon + 1) / (n + norm))})
		}
	}
	all := float64(len(t.concepts))
	x.most = math.Log(1 + all)
	for w, p := range x.by {
		x.rarity[w] = math.Log(1 + all/float64(len(p)))
	}
	return x
}

// read gives, by concept, how much of what a text says stands in its entries: 0
// to 1.
func (x *looseIndex) read(t *Terms, text []word) []float64 {
	into := make([]float64, len(t.concepts))
	total := 0.0
	seen := map[string]bool{}
	for i := range text {
		w := &text[i]
		if stopWords[w.raw] || seen[w.stem] {
			continue
		}
		seen[w.stem] = true
		best := 0.0
		for _, p := range t.piecesOf(w) {
			r := x.rarity[p.stem] * p.sure
			best = max(best, r)
			for _, at := range x.by[p.stem] {
				into[at.text] += r * float64(at.weight) * w.weight
			}
		}
		if best == 0 {
			best = looseUnknown * x.most
		}
		total += best
	}
	total = max(total, looseLeast*x.most)
	for i := range into {
		into[i] = min(into[i]/total, 1)
	}
	return into
}

// has tells whether a word stands in the entries of a concept.
func (x *looseIndex) has(t *Terms, w *word, concept int) bool {
	if stopWords[w.raw] {
		return false
	}
	for _, p := range t.piecesOf(w) {
		for _, at := range x.by[p.stem] {
			if int(at.text) == concept {
				return true
			}
		}
	}
	return false
}
