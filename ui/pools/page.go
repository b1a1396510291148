// Package pools is the page of groups: needs of several businesses that one course
// could serve, why they belong together, what is missing, and the plan that serves
// most people for the money.
package pools

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// listName is what columns and divider are remembered under.
const listName = "pools"

// IDs of the tabs beside the list.
const (
	tabGroup = "group"
	tabNear  = "near"
	tabAsk   = "ask"
	tabPlan  = "plan"
)

// Page shows the groups.
type Page struct {
	env     *screen.Env
	words   *lang.Printer
	chooser kit.FileChooser
	loads   *task.Latest
	plans   *task.Latest
	asks    *task.Latest

	frame   *kit.Page
	roll    *listing.Roll
	tabs    *kit.Tabs
	group   *fyne.Container
	near    *fyne.Container
	ask     *fyne.Container
	budget  *kit.MoneyField
	planned *fyne.Container
	empty   fyne.CanvasObject

	found found

	// Of the pool that is shown:
	had              []string        // its needs
	marked           map[string]bool // needs that are chosen
	shown            int             // how many needs are shown
	count            *kit.Text
	split, move, out *kit.Button
	candidates       []need.Candidate // whom to ask
	asked            map[string]bool  // those that are chosen
	acting, left     bool
}

var _ screen.Page = (*Page)(nil)

// found is what one calculation gives.
type found struct {
	*need.Grouped
	needs      map[string]*data.Need
	businesses map[string]string // names, by id
	titles     map[string]string // of offerings that were accepted, by id
}

// New opens the page, at the group of an id where one is given.
func New(env *screen.Env, id string) screen.Page {
	p := &Page{env: env, words: env.Words, loads: task.NewLatest(env.Tasks), plans: task.NewLatest(env.Tasks),
		asks: task.NewLatest(env.Tasks), marked: map[string]bool{}, shown: needsStep}
	p.chooser = env.Chooser()
	p.build()
	p.roll.Shown = id
	p.load()
	return p
}

func (p *Page) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.roll = listing.NewRoll(p.env, listName, []kit.GridColumn{
		{ID: "label", Label: w.T("pool.column.label"), Width: 200, Fixed: true},
		{ID: "missing", Label: w.T("pool.column.missing"), Width: 150},
		{ID: "people", Label: w.T("pool.column.people"), Width: 84, Align: fyne.TextAlignTrailing},
		{ID: "state", Label: w.T("pool.column.state"), Width: 84},
		{ID: "needs", Label: w.T("pool.column.needs"), Width: 70, Align: fyne.TextAlignTrailing},
	}, p.show)
	p.roll.Grid.OnEdit = func(id string) {
		p.show(id)
		p.onRename()
	}
	p.roll.Grid.OnDelete = func() {
		if pool := p.pool(); pool != nil && pool.Stored {
			p.onRelease()
		}
	}
	p.group, p.near, p.ask = kit.Column(gap*2), kit.Column(gap), kit.Column(gap)
	p.planned = kit.Column(gap)
	p.budget = kit.NewMoneyField(w)
	p.tabs = kit.NewTabs(
		kit.Tab{ID: tabGroup, Label: w.T("pool.tab.group"), Content: kit.NewScroll(kit.Padded(gap, p.group))},
		kit.Tab{ID: tabNear, Label: w.T("pool.tab.near"), Content: kit.NewScroll(kit.Padded(gap, p.near))},
		kit.Tab{ID: tabAsk, Label: w.T("pool.tab.ask"), Content: kit.NewScroll(kit.Padded(gap, p.ask))},
		kit.Tab{ID: tabPlan, Label: w.T("pool.tab.plan"), Content: kit.NewScroll(kit.Padded(gap, kit.Column(gap*2,
			kit.FormColumn(kit.NewField(w, kit.FieldOptions{Label: w.T("pool.budget"), Hint: w.T("pool.budgetHint")}, p.budget)),
			kit.Row(kit.NewPrimaryButton(w.T("pool.plan"), p.onPlan)), p.planned)))})
	p.roll.Beside(p.env, listName, 0.5, kit.Pane(kit.Padded(gap/2, kit.Row(p.roll.Back)), p.tabs, nil))
	p.empty = kit.NewEmpty(w.T("pool.empty"), w.T("pool.empty.do"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageNeeds}) })
	p.frame = kit.NewPage(w, p.Title(), nil, nil, kit.NewQuietText(w.T("pool.loading")))
}

// Title is the page's name.
func (p *Page) Title() string { return p.words.T("pool.title") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// Changed calculates again.
func (p *Page) Changed(c data.Changed) {
	if !p.left && !p.acting && c.Touches("need", "pool", "pool_need", "offering", "match_decision", "term_correction", "organisation") {
		p.load()
	}
}

// Leave stops the calculation.
func (p *Page) Leave() {
	p.left = true
	p.loads.Cancel()
	p.plans.Cancel()
	p.asks.Cancel()
}

func (p *Page) load() {
	needs, store := p.env.Program.Needs, p.env.Program.Workspace
	task.RunLatest(p.loads, context.Background(), func(context.Context) (found, error) {
		var f found
		offers, err := needs.Offers()
		if err != nil {
			return f, err
		}
		if f.Grouped, err = needs.Group(need.PoolLimits{}, offers); err != nil {
			return f, err
		}
		f.needs = f.ByID()
		return f, f.name(store)
	}, p.onLoaded)
}

// name reads what businesses and accepted offerings are called.
func (f *found) name(store *data.Workspace) (err error) {
	var businesses, offerings []string
	for i := range f.Needs {
		if id := f.Needs[i].Organisation; id != "" {
			businesses = append(businesses, id)
		}
		offerings = append(offerings, f.Accepted(f.Needs[i].ID)...)
	}
	if f.businesses, err = store.Titles("organisation", businesses); err != nil {
		return err
	}
	f.titles, err = store.Titles("offering", offerings)
	return err
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
	if p.frame.Content() != p.roll.Sides.Content() {
		p.frame.SetContent(p.roll.Sides.Content())
	}
	if p.index(p.roll.Shown) < 0 {
		p.roll.Shown = p.heir()
	}
	var rows []kit.GridRow
	for i := range f.Pools {
		pool := &f.Pools[i]
		rows = append(rows, kit.GridRow{ID: pool.ID, Cells: []string{p.label(pool), p.missing(pool), p.words.Number(pool.People), p.state(pool), p.words.Number(int64(len(pool.Needs)))}})
	}
	p.roll.Count.SetText(p.words.N("pool.count", len(rows)))
	p.show(p.roll.Fill(rows))
	p.settleFocus()
}

// heir is the group that has most of the needs that were shown, as when the group
// itself is gone after a step that was taken back.
func (p *Page) heir() string {
	best, most := "", 0
	for i := range p.found.Pools {
		pool := &p.found.Pools[i]
		n := 0
		for _, id := range pool.Needs {
			if slices.Contains(p.had, id) {
				n++
			}
		}
		if n > most {
			best, most = pool.ID, n
		}
	}
	return best
}

// settleFocus goes to the tabs when what had the focus was made anew.
func (p *Page) settleFocus() {
	canvas := p.env.Shell.Window().Canvas()
	if canvas.Focused() == nil {
		return
	}
	if kit.SettleFocus(canvas); canvas.Focused() == nil {
		kit.FocusOn(p.tabs, p.tabs)
	}
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
