package plan

import "kompetansepilot/app/need"

// fitting is the share of a group's needs that an offering must fit.
const fitting = 0.6

// nearBest is the share of the best offering's score that another one must have: a
// plan is not to send people to what is only a little like what they need.
const nearBest = 0.75

// Of makes the problem of pools and offerings. An offering fits a pool when it fits
// most of its needs without breaking a limit of theirs.
func Of(g *need.Grouped, budget int64) Problem {
	offers, needs := g.Offers, g.ByID()
	p := Problem{Budget: budget}
	number := map[string]int{}
	for i := range offers {
		o := &offers[i]
		number[o.ID] = i
		most := o.Most
		if o.Full {
			most = -1 // takes nobody
		}
		p.Offers = append(p.Offers, Offer{ID: o.ID, Most: most, Least: o.Least, Price: o.Price})
	}
	for i := range g.Pools {
		pool := &g.Pools[i]
		count := map[int]int{}
		for _, id := range pool.Needs {
			n := needs[id]
			if n == nil {
				continue
			}
			matches := g.Matcher.Match(n)
			for _, match := range matches {
				if !match.Blocked() && match.Score >= max(nearBest*matches[0].Score, need.Threshold) {
					count[number[match.Offer]]++
				}
			}
		}
		group := Group{ID: pool.ID, People: pool.People}
		for j := range offers {
			if float64(count[j]) >= fitting*float64(len(pool.Needs)) && count[j] > 0 && p.Offers[j].Most >= 0 {
				group.Offers = append(group.Offers, j)
			}
		}
		p.Groups = append(p.Groups, group)
	}
	for j := range p.Offers {
		p.Offers[j].Most = max(p.Offers[j].Most, 0)
	}
	return p
}

// Reasons why a group is left out.
const (
	WhyNoOffer  = "noOffer"  // no offering fits it
	WhyTooLarge = "tooLarge" // it is larger than any that fits takes
	WhyTooFew   = "tooFew"   // too few go to those that fit
	WhyMoney    = "money"    // the money is not enough
	WhyFull     = "full"     // those that fit are full
)

// Why tells why a group is left out of a plan.
func (p *Problem) Why(plan *Plan, group int) string {
	g := &p.Groups[group]
	if len(g.Offers) == 0 {
		return WhyNoOffer
	}
	load := make([]int64, len(p.Offers))
	for i, o := range plan.To {
		if o >= 0 {
			load[o] += p.Groups[i].People
		}
	}
	large, few, money := true, false, false
	for _, o := range g.Offers {
		offer := &p.Offers[o]
		if offer.Most > 0 && g.People > offer.Most {
			continue
		}
		large = false
		switch room := offer.Most == 0 || load[o]+g.People <= offer.Most; {
		case room && load[o]+g.People < offer.Least:
			few = true
		case room && !p.affordable(plan.Cost+g.People*offer.Price):
			money = true
		}
	}
	switch {
	case large:
		return WhyTooLarge
	case money:
		return WhyMoney
	case few:
		return WhyTooFew
	}
	return WhyFull
}

// Alternative is how many more or fewer are served for another sum of money.
type Alternative struct {
	Budget int64 `json:"budget"`
	Served int64 `json:"served"`
	Cost   int64 `json:"cost"`
}

// Alternatives are plans for other sums around the cost of one. More money never
// serves fewer: where no better plan is found for it, there is no alternative.
func (p *Problem) Alternatives(plan *Plan) []Alternative {
	base := plan.Cost
	if p.Budget >= 0 {
		base = p.Budget
	}
	var all []Alternative
	best := plan.Served // that the money up to here serves
	for _, change := range []int64{-50_000, -25_000, -10_000, 10_000, 25_000, 50_000, 100_000} {
		other := *p
		if other.Budget = base + change; other.Budget < 0 {
			continue
		}
		s := Solve(other)
		if change > 0 && s.Served > best || change < 0 && s.Served < plan.Served {
			best = max(best, s.Served)
			all = append(all, Alternative{other.Budget, s.Served, s.Cost})
		}
	}
	return all
}
