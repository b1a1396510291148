package plan

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

const (
	// shakes is how often a large plan is taken apart in one place.
	shakes = 20_000
	// warmest is how many people fewer a plan may serve at first to be gone on from.
	warmest = 3.0
)

// shake takes a plan apart in one place after the other, an offering or two with all
// that go there, and puts it together anew. It goes on from plans that serve as many,
// and at first from some that serve fewer, so that it does not stay where the
// heuristic ended ("ruin and recreate" with cooling). It gives the best plan that it
// saw; the same problem gives the same plan.
func (p *Problem) shake(known Plan, bound int64) Plan {
	r := rand.New(rand.NewPCG(1, 2))
	s := &state{p: p, to: p.nowhere(), load: make([]int64, len(p.Offers))}
	for g, o := range known.To {
		if o >= 0 {
			s.put(g, o)
		}
	}
	groups := p.useful()
	in := make([][]int, len(p.Offers)) // the groups that fit each offering
	var fit []int                      // the offerings that some group fits
	for _, g := range groups {
		for _, o := range p.Groups[g].Offers {
			if len(in[o]) == 0 {
				fit = append(fit, o)
			}
			in[o] = append(in[o], g)
		}
	}
	if len(fit) == 0 {
		return known
	}
	dearest := 1.0
	for _, o := range fit {
		dearest = max(dearest, float64(p.Offers[o].Price))
	}
	best := known
	before := make([]int, len(s.to))
	var out []int
	for i := range shakes {
		if best.Served == bound {
			break
		}
		copy(before, s.to)
		n, cost := s.n, s.cost
		for range 1 + r.IntN(3) {
			s.empty(fit[r.IntN(len(fit))], in)
		}
		out = out[:0]
		for _, g := range groups {
			if s.to[g] < 0 {
				out = append(out, g)
			}
		}
		s.refill(out, dearest, r)
		s.drop(in)
		warm := warmest * (1 - float64(i)/shakes)
		if lost := float64(n - s.n); lost > 0 && r.Float64() >= math.Exp(-lost/max(warm, 1e-9)) || lost == 0 && s.cost > cost && r.IntN(4) > 0 {
			for g, o := range before {
				if s.to[g] != o {
					s.put(g, o)
				}
			}
			continue
		}
		if s.n > best.Served || s.n == best.Served && s.cost < best.Cost {
			best.To, best.Served, best.Cost = slices.Clone(s.to), s.n, s.cost
		}
	}
	return best
}

// empty lets all go that go to an offering.
func (s *state) empty(o int, in [][]int) {
	for _, g := range in[o] {
		if s.to[g] == o {
			s.put(g, -1)
		}
	}
}

// refill places groups, most people first but for chance, each where it fills the
// room best for its price; dearest is the highest price.
func (s *state) refill(groups []int, dearest float64, r *rand.Rand) {
	type weighed struct {
		group  int
		weight float64
	}
	order := make([]weighed, len(groups))
	for i, g := range groups {
		order[i] = weighed{g, float64(s.p.Groups[g].People) * (0.5 + r.Float64())}
	}
	slices.SortFunc(order, func(a, b weighed) int { return cmp.Or(cmp.Compare(b.weight, a.weight), a.group-b.group) })
	dear := r.Float64() * 4 // how much the price counts this time
	for _, next := range order {
		g := next.group
		people := s.p.Groups[g].People
		to, worth := -1, 0.0
		for _, o := range s.p.Groups[g].Offers {
			offer := &s.p.Offers[o]
			if !s.room(o, people) || !s.p.affordable(s.cost+people*offer.Price) {
				continue
			}
			w := r.Float64() - dear*float64(offer.Price)/dearest
			switch after := s.load[o] + people; {
			case offer.Most > 0 && after == offer.Most:
				w += 1.5 // full to the last place
			case s.load[o] >= offer.Least, s.load[o] > 0:
				w += 0.5
			}
			if to < 0 || w > worth {
				to, worth = o, w
			}
		}
		if to >= 0 {
			s.put(g, to)
		}
	}
}

// drop empties the offerings that too few go to.
func (s *state) drop(in [][]int) {
	for o := range s.load {
		if s.load[o] > 0 && s.load[o] < s.p.Offers[o].Least {
			s.empty(o, in)
		}
	}
}
