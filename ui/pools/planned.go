package pools

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/plan"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// planning is a plan with what is needed to tell of it.
type planning struct {
	found        found
	plan         plan.Plan
	problem      plan.Problem
	alternatives []plan.Alternative
}

// onPlan finds the plan that serves most people for the money.
func (p *Page) onPlan() {
	f, budget := p.found, int64(-1)
	if amount, ok := p.budget.Value(); ok && p.budget.Text() != "" {
		budget = amount
	}
	p.planned.Objects = []fyne.CanvasObject{kit.NewQuietText(p.words.T("pool.planning"))}
	p.planned.Refresh()
	task.RunLatest(p.plans, context.Background(), func(context.Context) (planning, error) {
		problem := plan.Of(f.Grouped, budget)
		best := plan.Solve(problem)
		return planning{f, best, problem, problem.Alternatives(&best)}, nil
	}, func(x planning, err error) {
		switch {
		case p.left:
		case err != nil:
			p.planned.Objects = nil
			p.planned.Refresh()
			p.env.Shell.Fail(p.words.T("pool.planning"), err)
		default:
			p.tell(&x)
		}
	})
}

// tell shows a plan: what is chosen, who is left out and why, and what more or less
// money would do.
func (p *Page) tell(x *planning) {
	w := p.words
	all := []fyne.CanvasObject{kit.NewStrong(w.N("plan.served", int(x.plan.Served), "Cost", w.Money(x.plan.Cost)))}
	if !x.plan.Exact {
		all = append(all, kit.NewQuietText(w.N("pool.bound", int(x.plan.Bound))))
	}
	var left []fyne.CanvasObject
	for i, to := range x.plan.To {
		pool := &x.found.Pools[i]
		head := x.found.Pooler.Label(w, pool) + " (" + w.Number(pool.People) + ")"
		if to < 0 {
			left = append(left, kit.Column(2, kit.NewText(head), kit.NewQuietText(w.T("plan.why."+x.problem.Why(&x.plan, i)))))
			continue
		}
		o := x.found.Offers[to]
		all = append(all, kit.Column(2, kit.NewMarkedLine(w, kit.Fine, head), kit.NewTextLink(o.Title+" · "+w.T("pool.cost", "Cost", w.Money(pool.People*o.Price)), func() {
			p.env.Shell.Go(screen.Route{Page: screen.PageOfferings, ID: o.ID})
		})))
	}
	for _, a := range x.alternatives {
		key, more := "plan.more", a.Served-x.plan.Served
		if more < 0 {
			key, more = "plan.fewer", -more
		}
		all = append(all, kit.NewMarkedLine(w, kit.Info, w.N(key, int(more), "Budget", w.Money(a.Budget))))
	}
	if len(left) > 0 {
		all = append(append(all, kit.NewHeading(w.T("pool.left"))), left...)
	}
	p.planned.Objects = all
	p.planned.Refresh()
	kit.Relayout(p.planned)
}
