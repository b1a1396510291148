// Package plan finds which groups should go to which offerings, so that most
// people are served within what the offerings take, the least that they start
// with, and the money there is.
//
// A group goes as a whole to one offering, and an offering may take several
// groups. Up to [MostExact] groups the answer is exact. Beyond, a heuristic is
// bettered by a search through all plans; where that does not come to its end in a
// set number of steps, the answer tells how many people no plan could exceed.
package plan

import (
	"cmp"
	"math/bits"
	"slices"
)

// Group is people who need the same.
type Group struct {
	ID     string
	People int64
	// Offers are the numbers of the offerings that fit it.
	Offers []int
}

// Offer is a course that may be held.
type Offer struct {
	ID    string
	Most  int64 // people it takes, 0 for any number
	Least int64 // people it starts with
	Price int64 // kroner a person
}

// Problem is what is to be planned.
type Problem struct {
	Groups []Group
	Offers []Offer
	// Budget is kroner, below 0 for as much as is needed.
	Budget int64
}

// Plan is an answer.
type Plan struct {
	// To is the number of the offering that each group goes to, or −1.
	To     []int
	Served int64 // people
	Cost   int64 // kroner
	// Bound is how many people no plan could exceed; Served when Exact.
	Bound int64
	Exact bool
}

// MostExact is how many groups are planned exactly.
const MostExact = 12

// Solve finds the plan. Of plans that serve as many it takes the cheapest. The same
// problem gives the same plan.
func Solve(p Problem) Plan {
	if useful := p.useful(); len(useful) <= MostExact {
		return p.exact(useful)
	}
	bound, share := p.relaxed()
	plan := p.search(p.heuristic(share))
	if !plan.Exact {
		plan = p.shake(plan, bound)
	}
	if plan.Bound = bound; plan.Exact {
		plan.Bound = plan.Served
	}
	return plan
}

// useful are the groups that some offering fits.
func (p *Problem) useful() []int {
	var all []int
	for i := range p.Groups {
		if len(p.Groups[i].Offers) > 0 && p.Groups[i].People > 0 {
			all = append(all, i)
		}
	}
	return all
}

func (p *Problem) affordable(cost int64) bool { return p.Budget < 0 || cost <= p.Budget }

// unset is a cost that was not reached.
const unset = int64(-1)

// exact goes through the offerings one by one and keeps, for each set of groups
// that are placed, the least that placing them costs: how many people that is
// follows from the set. It costs three to the power of the groups for each
// offering.
func (p *Problem) exact(groups []int) Plan {
	n := len(groups)
	people := make([]int64, 1<<n)
	for set := 1; set < 1<<n; set++ {
		low := bits.TrailingZeros(uint(set))
		people[set] = people[set&(set-1)] + p.Groups[groups[low]].People
	}
	cost := make([][]int64, len(p.Offers)+1) // by offerings gone through, and set
	cost[0] = make([]int64, 1<<n)
	for set := range cost[0] {
		cost[0][set] = unset
	}
	cost[0][0] = 0
	taken := make([][]int, len(p.Offers)+1) // what the last offering took
	for j := range p.Offers {
		o := &p.Offers[j]
		fits := 0
		for i, g := range groups {
			if slices.Contains(p.Groups[g].Offers, j) {
				fits |= 1 << i
			}
		}
		cost[j+1], taken[j+1] = slices.Clone(cost[j]), make([]int, 1<<n)
		for sub := fits; sub > 0; sub = (sub - 1) & fits {
			if people[sub] < o.Least || o.Most > 0 && people[sub] > o.Most {
				continue
			}
			price := people[sub] * o.Price
			rest := (1<<n - 1) &^ sub
			for before := rest; ; before = (before - 1) & rest {
				if c := cost[j][before]; c != unset {
					if now := cost[j+1][before|sub]; p.affordable(c+price) && (now == unset || c+price < now) {
						cost[j+1][before|sub], taken[j+1][before|sub] = c+price, sub
					}
				}
				if before == 0 {
					break
				}
			}
		}
	}
	last, best := cost[len(p.Offers)], 0
	for set := range last {
		if last[set] != unset && (people[set] > people[best] || people[set] == people[best] && last[set] < last[best]) {
			best = set
		}
	}
	plan := Plan{To: p.nowhere(), Served: people[best], Cost: last[best], Bound: people[best], Exact: true}
	for j := len(p.Offers); j > 0; j-- {
		sub := taken[j][best]
		for i, g := range groups {
			if sub&(1<<i) != 0 {
				plan.To[g] = j - 1
			}
		}
		best &^= sub
	}
	return plan
}

func (p *Problem) nowhere() []int {
	to := make([]int, len(p.Groups))
	for i := range to {
		to[i] = -1
	}
	return to
}

// state is a plan that is being made.
type state struct {
	p    *Problem
	to   []int
	load []int64 // people of each offering
	cost int64
	n    int64 // people served
}

func (s *state) put(g, o int) {
	people := s.p.Groups[g].People
	if old := s.to[g]; old >= 0 {
		s.load[old] -= people
		s.cost -= people * s.p.Offers[old].Price
		s.n -= people
	}
	if s.to[g] = o; o >= 0 {
		s.load[o] += people
		s.cost += people * s.p.Offers[o].Price
		s.n += people
	}
}

func (s *state) room(o int, people int64) bool {
	most := s.p.Offers[o].Most
	return most == 0 || s.load[o]+people <= most
}

// heuristic begins with what the relaxed problem says, and with nothing; it fills
// the offerings, closes those that too few go to, and moves and swaps groups while
// that serves more people, or as many for less.
func (p *Problem) heuristic(share [][]int64) Plan {
	var best *state
	for _, guided := range []bool{true, false} {
		for _, order := range p.orders() {
			s := &state{p: p, to: p.nowhere(), load: make([]int64, len(p.Offers))}
			closed := make([]bool, len(p.Offers))
			if guided {
				s.follow(order, share)
			}
			for {
				s.fill(order, closed)
				s.improve(order, closed)
				s.save(order)
				s.fill(order, closed)
				if !s.close(closed) {
					break
				}
			}
			if best == nil || s.n > best.n || s.n == best.n && s.cost < best.cost {
				best = s
			}
		}
	}
	return Plan{To: best.to, Served: best.n, Cost: best.cost}
}

// follow puts each group where most of it goes in the relaxed problem.
func (s *state) follow(order []int, share [][]int64) {
	for _, g := range order {
		to, most := -1, int64(0)
		for k, o := range s.p.Groups[g].Offers {
			if n := share[g][k]; n > most && s.room(o, s.p.Groups[g].People) && s.p.affordable(s.cost+s.p.Groups[g].People*s.p.Offers[o].Price) {
				to, most = o, n
			}
		}
		if to >= 0 {
			s.put(g, to)
		}
	}
}

// orders are the orders in which groups are placed: the cheapest first, the largest
// first, and those with the fewest offerings first.
func (p *Problem) orders() [][]int {
	groups := p.useful()
	by := func(less func(a, b *Group) int) []int {
		all := slices.Clone(groups)
		slices.SortStableFunc(all, func(a, b int) int { return less(&p.Groups[a], &p.Groups[b]) })
		return all
	}
	return [][]int{
		by(func(a, b *Group) int {
			return cmp.Or(cmp.Compare(p.cheapest(a), p.cheapest(b)), cmp.Compare(b.People, a.People))
		}),
		by(func(a, b *Group) int { return cmp.Compare(b.People, a.People) }),
		by(func(a, b *Group) int { return cmp.Or(len(a.Offers)-len(b.Offers), cmp.Compare(b.People, a.People)) }),
		by(func(a, b *Group) int { return cmp.Compare(a.People, b.People) }),
	}
}

func (p *Problem) cheapest(g *Group) int64 {
	least := p.Offers[g.Offers[0]].Price
	for _, o := range g.Offers {
		least = min(least, p.Offers[o].Price)
	}
	return least
}

// fill places every group that has room somewhere: where it is cheapest, and of
// those where most go already.
func (s *state) fill(order []int, closed []bool) {
	for _, g := range order {
		if s.to[g] >= 0 {
			continue
		}
		best := -1
		for _, o := range s.p.Groups[g].Offers {
			if closed[o] || !s.room(o, s.p.Groups[g].People) || !s.p.affordable(s.cost+s.p.Groups[g].People*s.p.Offers[o].Price) {
				continue
			}
			if best < 0 || s.p.Offers[o].Price < s.p.Offers[best].Price || s.p.Offers[o].Price == s.p.Offers[best].Price && s.load[o] > s.load[best] {
				best = o
			}
		}
		if best >= 0 {
			s.put(g, best)
		}
	}
}

// improve gives a group that is left its place by moving another one elsewhere, or
// puts it in the place of a smaller one.
func (s *state) improve(order []int, closed []bool) {
	for changed := true; changed; {
		changed = false
		for _, g := range order {
			if s.to[g] < 0 && (s.squeeze(g, order, closed) || s.replace(g, order, closed)) {
				changed = true
			}
		}
		s.fill(order, closed)
	}
}

// squeeze moves another group from an offering that fits g to one that has room.
func (s *state) squeeze(g int, order []int, closed []bool) bool {
	people := s.p.Groups[g].People
	for _, o := range s.p.Groups[g].Offers {
		if closed[o] {
			continue
		}
		for _, h := range order {
			if s.to[h] != o {
				continue
			}
			for _, other := range s.p.Groups[h].Offers {
				if other == o || closed[other] || !s.room(other, s.p.Groups[h].People) {
					continue
				}
				s.put(h, other)
				if s.room(o, people) && s.p.affordable(s.cost+people*s.p.Offers[o].Price) {
					s.put(g, o)
					return true
				}
				s.put(h, o)
			}
		}
	}
	return false
}

// replace puts g in the place of a smaller group, wherever that one is.
func (s *state) replace(g int, order []int, closed []bool) bool {
	people := s.p.Groups[g].People
	for _, o := range s.p.Groups[g].Offers {
		if closed[o] {
			continue
		}
		for _, h := range order {
			if s.to[h] < 0 || s.p.Groups[h].People >= people {
				continue
			}
			old := s.to[h]
			s.put(h, -1)
			if s.room(o, people) && s.p.affordable(s.cost+people*s.p.Offers[o].Price) {
				s.put(g, o)
				return true
			}
			s.put(h, old)
		}
	}
	return false
}

// close closes the offering that most people are missing in, and lets its groups
// go. It tells whether there was one.
func (s *state) close(closed []bool) bool {
	worst, missing := -1, int64(0)
	for o := range s.p.Offers {
		if m := s.p.Offers[o].Least - s.load[o]; s.load[o] > 0 && m > missing {
			worst, missing = o, m
		}
	}
	if worst < 0 {
		return false
	}
	closed[worst] = true
	for g := range s.to {
		if s.to[g] == worst {
			s.put(g, -1)
		}
	}
	return true
}

// save moves groups to cheaper offerings that are held anyway.
func (s *state) save(order []int) {
	for _, g := range order {
		old := s.to[g]
		if old < 0 || s.load[old]-s.p.Groups[g].People < s.p.Offers[old].Least && s.load[old] != s.p.Groups[g].People {
			continue
		}
		for _, o := range s.p.Groups[g].Offers {
			if s.load[o] > 0 && s.p.Offers[o].Price < s.p.Offers[s.to[g]].Price && s.room(o, s.p.Groups[g].People) {
				s.put(g, o)
			}
		}
	}
}
