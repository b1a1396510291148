package plan

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// brute tries every plan.
func brute(p *Problem) (served, cost int64) {
	to := p.nowhere()
	var try func(i int)
	try = func(i int) {
		if i == len(to) {
			if ok, n, c := check(p, to); ok && (n > served || n == served && c < cost) {
				served, cost = n, c
			}
			return
		}
		for _, o := range append([]int{-1}, p.Groups[i].Offers...) {
			to[i] = o
			try(i + 1)
		}
		to[i] = -1
	}
	try(0)
	return served, cost
}

// check tells whether a plan keeps every limit.
func check(p *Problem, to []int) (ok bool, n, cost int64) {
	load := make([]int64, len(p.Offers))
	for g, o := range to {
		if o < 0 {
			continue
		}
		load[o] += p.Groups[g].People
		n += p.Groups[g].People
		cost += p.Groups[g].People * p.Offers[o].Price
	}
	for o := range load {
		if load[o] > 0 && (load[o] < p.Offers[o].Least || p.Offers[o].Most > 0 && load[o] > p.Offers[o].Most) {
			return false, 0, 0
		}
	}
	return p.Budget < 0 || cost <= p.Budget, n, cost
}

func draw(t *rapid.T, groups, offers int) Problem {
	p := Problem{Budget: rapid.SampledFrom([]int64{-1, 0, 5000, 20_000, 60_000}).Draw(t, "budget")}
	for j := range rapid.IntRange(0, offers).Draw(t, "offers") {
		p.Offers = append(p.Offers, Offer{ID: fmt.Sprint(j), Most: int64(rapid.IntRange(0, 25).Draw(t, "most")), Least: int64(rapid.IntRange(0, 12).Draw(t, "least")), Price: int64(rapid.IntRange(0, 5).Draw(t, "price")) * 500})
	}
	for i := range rapid.IntRange(0, groups).Draw(t, "groups") {
		g := Group{ID: fmt.Sprint(i), People: int64(rapid.IntRange(0, 12).Draw(t, "people"))}
		for j := range p.Offers {
			if rapid.Bool().Draw(t, "fits") {
				g.Offers = append(g.Offers, j)
			}
		}
		p.Groups = append(p.Groups, g)
	}
	return p
}

// TestExactIsBest compares with every plan there is.
func TestExactIsBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, 6, 4)
		plan := Solve(p)
		ok, n, cost := check(&p, plan.To)
		if !ok || n != plan.Served || cost != plan.Cost {
			t.Fatalf("%+v breaks a limit or miscounts: %d people, %d kroner", plan, n, cost)
		}
		if served, least := brute(&p); served != plan.Served || least != plan.Cost {
			t.Fatalf("%d people for %d, best is %d for %d", plan.Served, plan.Cost, served, least)
		}
	})
}

// TestExactOnRandom compares on problems of seven groups and four offerings.
func TestExactOnRandom(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 9))
		p := Problem{Budget: int64(r.IntN(60)) * 1000}
		for j := range 4 {
			p.Offers = append(p.Offers, Offer{ID: fmt.Sprint(j), Most: int64(8 + r.IntN(16)), Least: int64(r.IntN(12)), Price: int64(r.IntN(6)) * 500})
		}
		for i := range 7 {
			g := Group{ID: fmt.Sprint(i), People: int64(1 + r.IntN(10))}
			for j := range p.Offers {
				if r.IntN(2) == 0 {
					g.Offers = append(g.Offers, j)
				}
			}
			p.Groups = append(p.Groups, g)
		}
		plan := Solve(p)
		ok, n, cost := check(&p, plan.To)
		served, least := brute(&p)
		if !ok || n != served || cost != least || plan.Served != served || plan.Cost != least {
			t.Fatalf("seed %d: %d people for %d, best is %d for %d", seed, n, cost, served, least)
		}
		if found := p.search(Plan{To: p.nowhere()}); !found.Exact || found.Served != served || found.Cost != least {
			t.Fatalf("seed %d: the search finds %d for %d, best is %d for %d", seed, found.Served, found.Cost, served, least)
		}
		_, share := p.relaxed()
		if h := p.heuristic(share); h.Served > served {
			t.Fatalf("seed %d: the heuristic serves %d of %d", seed, h.Served, served)
		}
	}
}

// TestHeuristicKeepsLimits compares with the exact answer where both can be had.
func TestHeuristicKeepsLimits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t, 12, 8)
		bound, share := p.relaxed()
		h := p.heuristic(share)
		ok, n, _ := check(&p, h.To)
		if !ok || n != h.Served {
			t.Fatalf("%+v breaks a limit", h)
		}
		if exact := Solve(p); h.Served > exact.Served || bound < exact.Served {
			t.Fatalf("heuristic %d, exact %d, bound %d", h.Served, exact.Served, bound)
		}
	})
}

// large is a problem of the size that a county may have.
func large(seed uint64) Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	p := Problem{Budget: 2_500_000}
	for j := range 100 {
		p.Offers = append(p.Offers, Offer{ID: fmt.Sprint(j), Most: int64(10 + r.IntN(20)), Least: int64(6 + r.IntN(6)), Price: int64(1+r.IntN(8)) * 500})
	}
	for i := range 300 {
		g := Group{ID: fmt.Sprint(i), People: int64(2 + r.IntN(12))}
		for j := range 100 {
			if r.IntN(12) == 0 {
				g.Offers = append(g.Offers, j)
			}
		}
		p.Groups = append(p.Groups, g)
	}
	return p
}

// TestLargePlansAreNearTheBound prints how far from the bound the plans are.
func TestLargePlansAreNearTheBound(t *testing.T) {
	for seed := range uint64(5) {
		p := large(seed)
		plan := Solve(p)
		if ok, _, _ := check(&p, plan.To); !ok {
			t.Fatal("a limit is broken")
		}
		gap := 100 * float64(plan.Bound-plan.Served) / float64(plan.Bound)
		t.Logf("seed %d: %d of at most %d people, gap %.1f %%, %d kroner", seed, plan.Served, plan.Bound, gap, plan.Cost)
		if gap > 2 {
			t.Errorf("gap %.1f %%", gap)
		}
	}
}

// TestAlternativesNeverContradict lets no more money serve fewer.
func TestAlternativesNeverContradict(t *testing.T) {
	for seed := range uint64(3) {
		p := large(seed)
		plan := Solve(p)
		for _, a := range p.Alternatives(&plan) {
			if (a.Budget > p.Budget) != (a.Served > plan.Served) || a.Cost > a.Budget {
				t.Errorf("seed %d: %+v beside %d for %d", seed, a, plan.Served, plan.Cost)
			}
		}
	}
}

func TestWhyLeftOut(t *testing.T) {
	p := Problem{Budget: 1000, Offers: []Offer{{ID: "a", Most: 5, Price: 100}, {ID: "b", Least: 10}, {ID: "c", Price: 1000}},
		Groups: []Group{{ID: "none", People: 3}, {ID: "large", People: 9, Offers: []int{0}}, {ID: "few", People: 4, Offers: []int{1}}, {ID: "money", People: 2, Offers: []int{2}}, {ID: "in", People: 5, Offers: []int{0}}, {ID: "full", People: 1, Offers: []int{0}}}}
	plan := Solve(p)
	for i, want := range map[int]string{0: WhyNoOffer, 1: WhyTooLarge, 2: WhyTooFew, 3: WhyMoney, 5: WhyFull} {
		if got := p.Why(&plan, i); plan.To[i] != -1 || got != want {
			t.Errorf("%s: %s, to %d", p.Groups[i].ID, got, plan.To[i])
		}
	}
}

func BenchmarkLarge(b *testing.B) {
	p := large(1)
	for b.Loop() {
		Solve(p)
	}
}
