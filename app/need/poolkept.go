package need

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// kept makes the pool of a stored one, at a place among the pools. A need that
// stands in two stays in the first.
func (p *Pooler) kept(g *Grouping, k *Kept, at int) Pool {
	pool := Pool{ID: k.ID, Concept: -1, Place: k.Municipality, Level: cmp.Or(levelClass(k.Level), Any), Stored: true, Locked: k.Locked, Out: k.Out,
		Least: cmp.Or(k.Least, p.limits.Min, courseSize), Most: cmp.Or(k.Most, p.limits.Max)}
	if c, ok := p.terms.byID[k.Concept]; ok {
		pool.Concept = c
	}
	if k.Named || pool.Concept < 0 {
		pool.Name = k.Name
	}
	for _, id := range k.In {
		i, ok := g.byNeed[id]
		if !ok || g.members[i].pool >= 0 { // in the trash, or in another
			continue
		}
		g.members[i].pool = at
		pool.Needs = append(pool.Needs, id)
	}
	if pool.Timed = k.Timed; pool.Timed {
		pool.Months = monthsIn(k.Months)
	}
	p.fill(&pool, g.of(&pool))
	return pool
}

// of are the members of a pool, by id.
func (g *Grouping) of(pool *Pool) []*member {
	all := make([]*member, 0, len(pool.Needs))
	for _, id := range pool.Needs {
		if i, ok := g.byNeed[id]; ok {
			all = append(all, &g.members[i])
		}
	}
	slices.SortFunc(all, func(a, b *member) int { return cmp.Compare(a.need.ID, b.need.ID) })
	return all
}

// takeIn gives those that have no pool to the stored ones that are open, where
// they fit as they are; each to the nearest, then to the one with most needs.
func (p *Pooler) takeIn(g *Grouping, pools []Pool) {
	open := map[int][]int{}
	for i := range pools {
		if pool := &pools[i]; !pool.Locked && pool.Concept >= 0 && len(pool.Needs) > 0 {
			open[pool.Concept] = append(open[pool.Concept], i)
		}
	}
	if len(open) == 0 {
		return
	}
	for i := range g.members {
		one := &g.members[i]
		if one.pool >= 0 || one.subject < 0 {
			continue
		}
		best, near := -1, math.Inf(1)
		for _, at := range open[one.subject] {
			pool := &pools[at]
			if slices.Contains(pool.Out, one.need.ID) || len(p.stops(pool, one)) > 0 {
				continue
			}
			km, _ := p.travel(one, pool.Place)
			if best < 0 || km < near || km == near && len(pool.Needs) > len(pools[best].Needs) {
				best, near = at, km
			}
		}
		if best < 0 {
			continue
		}
		pool := &pools[best]
		one.pool = best
		pool.Needs, pool.Fresh = append(pool.Needs, one.need.ID), append(pool.Fresh, one.need.ID)
		pool.People += one.people()
		if !pool.Timed {
			pool.Months = monthsOf(maskOf(pool.Months) & one.months)
		}
	}
}

// reachedBy is how many of some members a place suits: those who want it online
// for "", those who reach it for a municipality.
func (p *Pooler) reachedBy(members []*member, place string) int {
	n := 0
	for _, m := range members {
		ok := m.online()
		if place != "" {
			_, ok = p.travel(m, place)
		}
		if ok {
			n++
		}
	}
	return n
}

// meet is where members meet best: the municipality of one of them that most
// reach, and of those the one with the shortest journeys together; "" where most
// want it online, or no place is known.
func (p *Pooler) meet(members []*member) string {
	if 2*p.reachedBy(members, "") > len(members) {
		return ""
	}
	best, most, sum := "", -1, 0.0
	for _, place := range placesOf(members) {
		reach, all := p.reachedBy(members, place), 0.0
		for _, m := range members {
			km, _ := p.travel(m, place)
			all += km * float64(m.people())
		}
		if reach > most || reach == most && all < sum {
			best, most, sum = place, reach, all
		}
	}
	return best
}

// subjectOf is what most members are about, −1 for nothing.
func subjectOf(members []*member) int {
	counts := map[int]int{}
	best := -1
	for _, m := range members {
		if m.subject < 0 {
			continue
		}
		counts[m.subject]++
		if n := counts[m.subject]; best < 0 || n > counts[best] || n == counts[best] && m.subject < best {
			best = m.subject
		}
	}
	return best
}

// levelOfMost is the level that most members want.
func levelOfMost(members []*member) string {
	counts := map[string]int{}
	for _, m := range members {
		if l := levelClass(m.need.Level); l != Any {
			counts[l]++
		}
	}
	return mostCommon(counts)
}

// monthsText is months as they are stored.
func monthsText(months []int) string {
	parts := make([]string, len(months))
	for i, m := range months {
		parts[i] = strconv.Itoa(m)
	}
	return strings.Join(parts, ";")
}

// monthsIn are months as they are stored.
func monthsIn(text string) []int {
	all, err := partner.ParseMonths(text)
	if err != nil || len(all) == 0 {
		return nil
	}
	return inOrder(all)
}

// Reasons why a need does not go into a pool as it is.
const (
	StopLevel  = "level"
	StopForm   = "form"
	StopReach  = "reach"
	StopPlace  = "place" // nobody knows where the business is
	StopMonths = "months"
	StopFull   = "full"
)

// Stop is something that keeps a need from a pool.
type Stop struct {
	Kind string
	Km   int   // by road to the place, for StopReach
	Over int64 // people too many, for StopFull
}

// stops are what keeps a member from a pool: nothing when it fits.
func (p *Pooler) stops(pool *Pool, m *member) []Stop {
	var all []Stop
	if l := levelClass(m.need.Level); l != Any && pool.Level != Any && l != pool.Level {
		all = append(all, Stop{Kind: StopLevel})
	}
	free := m.need.Form == "" || m.need.Form == Any
	if m.online() != (pool.Place == "") && !free {
		all = append(all, Stop{Kind: StopForm})
	}
	if m.months&maskOf(pool.Months) == 0 {
		all = append(all, Stop{Kind: StopMonths})
	}
	if pool.Place != "" && !m.online() {
		switch km, ok := p.travel(m, pool.Place); {
		case !m.known:
			all = append(all, Stop{Kind: StopPlace})
		case !ok:
			all = append(all, Stop{Kind: StopReach, Km: int(math.Round(km))})
		}
	}
	if over := pool.People + m.people() - pool.Most; pool.Most > 0 && over > 0 && !slices.Contains(pool.Needs, m.need.ID) {
		all = append(all, Stop{Kind: StopFull, Over: over})
	}
	return all
}

// Stops are what keeps a need from a pool, or would if it were not in it; nothing
// when it fits.
func (p *Pooler) Stops(g *Grouping, pool *Pool, need string) []Stop {
	i, ok := g.byNeed[need]
	if !ok {
		return nil
	}
	return p.stops(pool, &g.members[i])
}

// Near is a need that is about the same as a pool, and is not in it.
type Near struct {
	Need  *data.Need
	Stops []Stop // nothing when only a decision keeps it out
	Out   bool   // somebody keeps it out
	// Pool is the id of the pool that it is in, or "".
	Pool string
	Km   int // by road to the pool's place, −1 when not known or online
	// About is the concept that it is more about, −1 when it is about the same.
	About int
}

// Nearly are the needs that are about the same as a pool and not in it, those that
// least stops first; at most so many. After them come those that are more about
// something else, and last those that somebody keeps out.
func (p *Pooler) Nearly(g *Grouping, pool *Pool, most int) []Near {
	var all []Near
	for i := range g.members {
		m := &g.members[i]
		out := slices.Contains(pool.Out, m.need.ID)
		if !out && !m.about(pool.Concept) || m.pool >= 0 && g.Pools[m.pool].ID == pool.ID {
			continue
		}
		one := Near{Need: m.need, Stops: p.stops(pool, m), Out: out, Km: -1, About: -1}
		if m.subject != pool.Concept {
			one.About = m.subject
		}
		if m.pool >= 0 {
			one.Pool = g.Pools[m.pool].ID
		}
		if km, _ := p.travel(m, pool.Place); m.known && pool.Place != "" {
			one.Km = int(math.Round(km))
		}
		all = append(all, one)
	}
	rank := func(n *Near) int {
		r := len(n.Stops)
		if n.About >= 0 {
			r += 10
		}
		if n.Out {
			r += 100
		}
		return r
	}
	taken := func(n *Near) int { return min(len(n.Pool), 1) }
	slices.SortFunc(all, func(a, b Near) int {
		return cmp.Or(cmp.Compare(rank(&a), rank(&b)), cmp.Compare(taken(&a), taken(&b)), cmp.Compare(a.Km, b.Km), cmp.Compare(a.Need.ID, b.Need.ID))
	})
	return all[:min(len(all), most)]
}
