// Package pools is the page of groups: needs of several businesses that one course
// could serve, why they belong together, what is missing, and the plan that serves
// most people for the money.
package pools

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/plan"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Names that columns and divider are remembered under.
const (
	gridName  = "pools"
	splitName = "pools"
)

// IDs of the tabs beside the list.
const (
	tabGroup = "group"
	tabPlan  = "plan"
)

// Page shows the groups.
type Page struct {
	env     *screen.Env
	words   *lang.Printer
	chooser kit.FileChooser
	loads   *task.Latest
	plans   *task.Latest

	frame   *kit.Page
	grid    *kit.Grid
	count   *kit.Text
	sides   *kit.Sides
	back    *kit.Button
	tabs    *kit.Tabs
	group   *fyne.Container
	list    *kit.RowList
	budget  *kit.MoneyField
	planned *fyne.Container
	empty   fyne.CanvasObject
	found   found
	rows    []kit.GridRow
	chosen  string // id of the pool that is shown
	left    bool
}

var _ screen.Page = (*Page)(nil)

// found is what one calculation gives.
type found struct {
	*need.Grouped
	labels []string
	whys   []string
	needs  map[string]*data.Need
}

// New opens the page, at the group of an id where one is given.
func New(env *screen.Env, id string) screen.Page {
	p := &Page{chosen: id, env: env, words: env.Words, loads: task.NewLatest(env.Tasks), plans: task.NewLatest(env.Tasks)}
	p.chooser = kit.NewFileChooser(env.Shell.Window(), env.Words, nil, nil)
	p.build()
	p.load()
	return p
}

func (p *Page) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.grid = kit.NewGrid(w, []kit.GridColumn{
		{ID: "label", Label: w.T("pool.column.label"), Width: 210, Fixed: true},
		{ID: "missing", Label: w.T("pool.column.missing"), Width: 170},
		{ID: "people", Label: w.T("pool.column.people"), Width: 80, Align: fyne.TextAlignTrailing},
		{ID: "needs", Label: w.T("pool.column.needs"), Width: 70, Align: fyne.TextAlignTrailing},
	}, p.env.Program.State.Get().Columns[gridName])
	p.grid.OnLayout = func(layout string) { p.env.Remember(func(prefs *app.Preferences) { prefs.Columns[gridName] = layout }) }
	p.grid.Serve(func() []kit.GridRow { return p.rows })
	p.grid.OnCurrent = p.show
	p.grid.OnOpen = func(id string) {
		p.show(id)
		p.sides.ShowRecord(true)
	}
	p.count = kit.NewQuietText("")
	p.back = kit.NewButton(w.T("register.back"), func() { p.sides.ShowRecord(false) })
	p.back.SetIcon(fynetheme.NavigateBackIcon())
	p.group = kit.Column(gap)
	p.list = kit.NewRowList(w.T("pool.needs"), func(id string) { p.env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: id}) })
	p.planned = kit.Column(gap)
	p.budget = kit.NewMoneyField(w)
	p.tabs = kit.NewTabs(
		kit.Tab{ID: tabGroup, Label: w.T("pool.tab.group"), Content: kit.NewScroll(kit.Column(gap*2, p.group, p.list))},
		kit.Tab{ID: tabPlan, Label: w.T("pool.tab.plan"), Content: kit.NewScroll(kit.Column(gap*2,
			kit.FormColumn(kit.NewField(w, kit.FieldOptions{Label: w.T("pool.budget"), Hint: w.T("pool.budgetHint")}, p.budget)),
			kit.Row(kit.NewPrimaryButton(w.T("pool.plan"), p.onPlan)), p.planned))})
	p.sides = kit.NewSides(kit.Pane(nil, p.grid, kit.Padded(gap/2, kit.Row(p.count))), kit.Pane(kit.Padded(gap/2, kit.Row(p.back)), p.tabs, nil), p.back)
	p.sides.Offset = func() float64 { return p.env.Divider(splitName, 0.5) }
	p.sides.OnOffset = func(offset float64) { p.env.KeepDivider(splitName, offset) }
	p.sides.OnSwapped = func() { kit.SettleFocus(p.env.Shell.Window().Canvas()) }
	p.empty = kit.NewEmpty(w.T("pool.empty"), w.T("pool.empty.do"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageNeeds}) })
	p.frame = kit.NewPage(w, p.Title(), nil, nil, kit.NewQuietText(w.T("pool.loading")))
}

// Title is the page's name.
func (p *Page) Title() string { return p.words.T("pool.title") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// Changed calculates again.
func (p *Page) Changed(c data.Changed) {
	if !p.left && c.Touches("need", "offering", "term_correction") {
		p.load()
	}
}

// Leave stops the calculation.
func (p *Page) Leave() {
	p.left = true
	p.loads.Cancel()
	p.plans.Cancel()
}

func (p *Page) load() {
	words := p.words
	needs := p.env.Program.Needs
	task.RunLatest(p.loads, context.Background(), func(context.Context) (found, error) {
		var f found
		offers, err := needs.Offers()
		if err != nil {
			return f, err
		}
		if f.Grouped, err = needs.Group(need.PoolLimits{}, offers); err != nil {
			return f, err
		}
		for i := range f.Pools {
			f.labels = append(f.labels, f.Pooler.Label(words, &f.Pools[i]))
			f.whys = append(f.whys, f.Pooler.Why(words, &f.Pools[i]))
		}
		f.needs = f.ByID()
		return f, nil
	}, p.onLoaded)
}

func (p *Page) onLoaded(f found, err error) {
	switch {
	case p.left:
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("pool.loading"), err)
		return
	}
	p.found = f
	if len(f.Pools) == 0 {
		p.frame.SetContent(p.empty)
		return
	}
	if p.frame.Content() != p.sides.Content() {
		p.frame.SetContent(p.sides.Content())
	}
	p.rows = nil
	at := -1
	for i := range f.Pools {
		pool := &f.Pools[i]
		if pool.ID == p.chosen {
			at = i
		}
		p.rows = append(p.rows, kit.GridRow{ID: pool.ID, Cells: []string{f.labels[i], p.missing(pool), p.words.Number(pool.People), p.words.Number(int64(len(pool.Needs)))}})
	}
	p.grid.Refill(at)
	p.count.SetText(p.words.N("pool.count", len(p.rows)))
	if at < 0 {
		p.grid.GoTo(0, p.rows[0].ID)
		return
	}
	p.show(p.chosen)
}

func (p *Page) missing(pool *need.Pool) string {
	if pool.Missing > 0 {
		return p.words.N("pool.missing", int(pool.Missing))
	}
	return p.words.T("pool.enough")
}

// index is where a pool stands, −1 for nowhere.
func (p *Page) index(id string) int {
	for i := range p.found.Pools {
		if p.found.Pools[i].ID == id {
			return i
		}
	}
	return -1
}

// show tells of a group: why it belongs together, what is missing, and its needs.
func (p *Page) show(id string) {
	i := p.index(id)
	if i < 0 {
		return
	}
	p.chosen = id
	w, pool := p.words, &p.found.Pools[i]
	mark, text := kit.Fine, p.missing(pool)
	if pool.Missing > 0 {
		mark = kit.Info
	}
	p.group.Objects = []fyne.CanvasObject{kit.NewHeading(p.found.labels[i]), kit.NewMarkedLine(w, mark, text), kit.NewText(p.found.whys[i]),
		kit.Row(kit.NewButton(w.T("pool.brief.nb"), func() { p.onBrief(i, "nb") }), kit.NewButton(w.T("pool.brief.nn"), func() { p.onBrief(i, "nn") }),
			kit.NewQuietButton(w.T("pool.copyMail"), func() { p.onCopyMail(i) })), kit.NewStrong(w.T("pool.needs"))}
	p.group.Refresh()
	var rows []kit.ListRow
	for _, needID := range pool.Needs {
		n := p.found.needs[needID]
		if n == nil {
			continue
		}
		place := n.Municipality
		if m, ok := p.env.Program.Places.Municipality(place); ok {
			place = m.UniqueName
		}
		rows = append(rows, kit.ListRow{ID: needID, Label: n.Text, Content: kit.Column(2, kit.NewText(n.Text), kit.NewQuietText(strings.Join([]string{n.Industry, place, w.N("pool.people", int(n.People))}, " · ")))})
	}
	p.list.SetRows(rows)
}

// onBrief saves a request for the group, PDF or XLSX.
func (p *Page) onBrief(i int, language string) {
	words, program, f := lang.New(language), p.env.Program, p.found
	pool := &f.Pools[i]
	label := f.Pooler.Label(words, pool)
	p.chooser.Save(p.words.T("pool.brief"), words.T("brief.title", "Subject", label)+".pdf", kit.FileFilter{Name: p.words.T("pool.briefFiles"), Extensions: []string{".pdf", ".xlsx", ".csv"}}, func(path string) {
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
			b := brief.Of(pool, label, f.Needs, words, program.Places)
			if strings.HasSuffix(strings.ToLower(path), ".xlsx") || strings.HasSuffix(strings.ToLower(path), ".csv") {
				return struct{}{}, b.Save(path, words)
			}
			return struct{}{}, program.SaveReport(b.Document(words, program.Setting(app.SettingName), time.Now().UTC().Truncate(time.Second)), path)
		}, func(_ struct{}, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("pool.brief"), err)
				return
			}
			p.env.Shell.Toast(p.words.T("pool.saved", "Path", path), false)
		})
	})
}

// onCopyMail puts a letter to possible participants on the clipboard.
func (p *Page) onCopyMail(i int) {
	w := p.words
	text := w.T("pool.mail", "Subject", p.found.labels[i], "Missing", p.missing(&p.found.Pools[i]), "Name", p.env.Program.Setting(app.SettingName))
	fyne.CurrentApp().Clipboard().SetContent(text)
	p.env.Shell.Toast(w.T("pool.mailCopied"), false)
}

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
		head := x.found.labels[i] + " (" + w.Number(pool.People) + ")"
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
