package command

import (
	"fmt"
	"io"

	"kompetansepilot/app"
	"kompetansepilot/app/need"
	"kompetansepilot/app/plan"
)

type planCommand struct {
	Budget     int64   `help:"Høyst så mange kroner. Uten er det ingen grense." default:"-1" placeholder:"KR"`
	RoadFactor float64 `help:"Hvor mye lengre veien er enn luftlinjen." default:"1.3"`
	Offers     string  `type:"path" placeholder:"FIL" help:"CSV med tilbud i stedet for registerets."`
}

type planChosenJSON struct {
	Pool   string `json:"pool"`
	Label  string `json:"label"`
	Offer  string `json:"offer"`
	Title  string `json:"title"`
	People int64  `json:"people"`
	Cost   int64  `json:"cost"`
}

type planLeftJSON struct {
	Pool   string `json:"pool"`
	Label  string `json:"label"`
	People int64  `json:"people"`
	Why    string `json:"why"`
}

// planJSON is the best plan. Bound is how many people no plan could exceed.
type planJSON struct {
	Served       int64              `json:"served"`
	Cost         int64              `json:"cost"`
	Bound        int64              `json:"bound"`
	Exact        bool               `json:"exact"`
	Chosen       []planChosenJSON   `json:"chosen"`
	Left         []planLeftJSON     `json:"left"`
	Alternatives []plan.Alternative `json:"alternatives"`
}

func (c planCommand) Run(s *session) error {
	return s.withNeeds(func(p *app.Program, needs *need.Service) error {
		offers, err := readOffers(needs, c.Offers)
		if err != nil {
			return err
		}
		g, err := needs.Group(need.PoolLimits{RoadFactor: c.RoadFactor}, offers)
		if err != nil {
			return err
		}
		problem := plan.Of(g, c.Budget)
		best := plan.Solve(problem)
		out := planJSON{Served: best.Served, Cost: best.Cost, Bound: best.Bound, Exact: best.Exact, Chosen: []planChosenJSON{}, Left: []planLeftJSON{}, Alternatives: []plan.Alternative{}}
		for i := range g.Pools {
			pool := &g.Pools[i]
			label := g.Pooler.Label(s.words, pool)
			if to := best.To[i]; to >= 0 {
				out.Chosen = append(out.Chosen, planChosenJSON{pool.ID, label, offers[to].ID, offers[to].Title, pool.People, pool.People * offers[to].Price})
				continue
			}
			out.Left = append(out.Left, planLeftJSON{pool.ID, label, pool.People, s.words.T("plan.why." + problem.Why(&best, i))})
		}
		out.Alternatives = append(out.Alternatives, problem.Alternatives(&best)...)
		return s.print(out, func(w io.Writer) { s.tellPlan(w, &out) })
	})
}

func (s *session) tellPlan(w io.Writer, p *planJSON) {
	fmt.Fprintln(w, s.words.N("plan.served", int(p.Served), "Cost", s.words.Money(p.Cost)))
	for _, c := range p.Chosen {
		fmt.Fprintf(w, "  %s (%d) → %s, %s kroner\n", c.Label, c.People, c.Title, s.words.Money(c.Cost))
	}
	for _, l := range p.Left {
		fmt.Fprintf(w, "  – %s (%d): %s\n", l.Label, l.People, l.Why)
	}
	for _, a := range p.Alternatives {
		more, key := a.Served-p.Served, "plan.more"
		if more < 0 {
			more, key = -more, "plan.fewer"
		}
		fmt.Fprintln(w, s.words.N(key, int(more), "Budget", s.words.Money(a.Budget)))
	}
}
