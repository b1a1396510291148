package plan

import (
	"cmp"
	"slices"
)

// mostSteps is how many partial plans the search looks at: a few tenths of a second.
const mostSteps = 3_000_000

// search looks through all plans for a better one than it is given, and leaves those
// out that cannot be better. It is exact when it comes to its end.
func (p *Problem) search(known Plan) Plan {
	order := p.useful()
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(p.Groups[b].People, p.Groups[a].People), len(p.Groups[a].Offers)-len(p.Groups[b].Offers))
	})
	left := make([]int64, len(order)+1) // people of the groups from each on
	for i := len(order) - 1; i >= 0; i-- {
		left[i] = left[i+1] + p.Groups[order[i]].People
	}
	s := &state{p: p, to: p.nowhere(), load: make([]int64, len(p.Offers))}
	best, steps := known, 0
	var place func(i int) bool
	place = func(i int) bool {
		if steps++; steps > mostSteps {
			return false
		}
		switch {
		case s.n+left[i] < best.Served, s.n+left[i] == best.Served && s.cost >= best.Cost:
			return true
		case i == len(order):
			if s.held() {
				best.To, best.Served, best.Cost = slices.Clone(s.to), s.n, s.cost
			}
			return true
		}
		g := order[i]
		people := p.Groups[g].People
		for _, o := range p.Groups[g].Offers {
			if !s.room(o, people) || !p.affordable(s.cost+people*p.Offers[o].Price) {
				continue
			}
			s.put(g, o)
			if !place(i + 1) {
				return false
			}
			s.put(g, -1)
		}
		return place(i + 1)
	}
	best.Exact = place(0)
	return best
}

// held tells whether every offering that anybody goes to starts.
func (s *state) held() bool {
	for o := range s.load {
		if s.load[o] > 0 && s.load[o] < s.p.Offers[o].Least {
			return false
		}
	}
	return true
}
