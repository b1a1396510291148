package register

import (
	"context"
	"log/slog"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// splitName is what the place of the divider is remembered under.
const splitName = "register"

// Page is the register of one kind of organisation.
type Page struct {
	env      *screen.Env
	words    *lang.Printer
	kind     string
	register *partner.Register
	save     *saving.Fields[data.Organisation]

	frame  *kit.Page
	make   *kit.Button
	sides  *kit.Sides
	empty  fyne.CanvasObject
	filter *kit.SearchField
	chips  *chips
	narrow *narrowing
	saved  *saved
	own    *ownFields
	chart  *mapView
	// ownChanged is called when the own fields have changed, while their dialog is open.
	ownChanged func()
	grid       *kit.Grid
	foot       *foot
	record     *record

	loads  *task.Latest // of the whole list
	rows   *task.Latest // of the rows that come into sight
	finds  *task.Latest // of letters typed in the grid
	view   partner.View
	wanted string // organisation to go to when the list comes
	field  string // field of it to go to
	next   int    // row to go to when the list comes, -1 for none
	shown  bool   // the list has come once
	left   bool
}

var (
	_ screen.Page    = (*Page)(nil)
	_ screen.Focuser = (*Page)(nil)
)

// New opens the register of a kind (data.OrganisationBusiness or
// data.OrganisationProvider). id is the organisation to show, "" for the first.
func New(env *screen.Env, kind, id string) screen.Page {
	p := &Page{env: env, words: env.Words, kind: kind, wanted: id, next: -1,
		register: partner.NewRegister(env.Program.Workspace, env.Program.Places),
		loads:    task.NewLatest(env.Tasks), rows: task.NewLatest(env.Tasks), finds: task.NewLatest(env.Tasks)}
	p.save = saving.NewFields(env, p.register.Type, p.onRefused)
	p.build()
	p.load(true)
	p.own.load()
	p.saved.load()
	return p
}

func (p *Page) build() {
	p.filter = kit.NewSearchField(p.words, p.words.T("register.filter"))
	p.filter.OnChanged = p.onFilter
	p.filter.OnDown = p.onFilterDown
	p.filter.OnSubmitted = func(string) { p.onFilterDown() }
	p.chips = newChips(p.words, p.kind, p.onChips)
	p.narrow = newNarrowing(p)
	p.chips.row.Add(p.narrow.button)
	p.saved, p.own = newSaved(p), newOwnFields(p)
	p.grid = newGrid(p)
	p.chart = newMapView(p)
	p.chips.row.Add(p.chart.button)
	p.foot = newFoot(p)
	p.record = newRecord(p)
	gap := theme.Size(theme.SizeNameGap)
	list := kit.Pane(kit.Padded(gap/2, kit.Column(gap, p.filter, p.saved.row, p.chips.row)), p.chart.place, kit.Padded(gap/2, p.foot.row))
	p.sides = listing.NewSides(p.env, splitName, 0.58, list, p.record.Content(), p.record.Back())
	p.empty = kit.NewEmpty(p.say("register.empty.business", "register.empty.provider"), p.say("register.new.business", "register.new.provider"), p.onNew)
	p.make = kit.NewPrimaryButton(p.say("register.new.business", "register.new.provider"), p.onNew)
	p.frame = kit.NewPage(p.words, p.Title(), nil, nil, kit.NewQuietText(p.words.T("register.loading")))
}

// say chooses between the words for businesses and those for providers.
func (p *Page) say(business, provider string) string {
	if p.kind == data.OrganisationProvider {
		return p.words.T(provider)
	}
	return p.words.T(business)
}

// count says how many businesses or providers.
func (p *Page) count(n int) string {
	if p.kind == data.OrganisationProvider {
		return p.words.N("register.count.provider", n)
	}
	return p.words.N("register.count.business", n)
}

// Title is the kind's name.
func (p *Page) Title() string { return p.say("register.title.business", "register.title.provider") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// Changed reads again what is shown.
func (p *Page) Changed(c data.Changed) {
	if p.left {
		return
	}
	p.record.people.Changed(c)
	p.record.sectionsChanged(c)
	if c.Touches("own_field") || c.Touches("setting") {
		p.own.load()
	}
	if c.Touches("saved_filter") || c.Touches("organisation") {
		p.saved.load()
	}
	if !c.Touches("organisation") {
		return
	}
	p.load(false)
	if c.Outside || slices.Contains(c.Records, p.record.ID()) {
		p.record.Reload()
	}
}

// Leave hands over what was typed.
func (p *Page) Leave() {
	p.left = true
	p.record.Leave()
	p.record.people.Leave()
	p.record.leaveSections()
	p.save.Flush()
}

// FocusField goes to a field of the record, for example "email".
func (p *Page) FocusField(field string) {
	if p.record.ID() != "" {
		p.sides.ShowRecord(true)
	}
	p.record.Focus(field)
}

// goList goes back to the list.
func (p *Page) goList() {
	p.save.Flush()
	p.sides.ShowRecord(false)
	p.focus(p.grid)
}

// query is what the list shows now.
func (p *Page) query() partner.Query {
	q := partner.Query{Kind: p.kind, Text: p.filter.Text(), Statuses: p.chips.chosen(), Narrow: p.narrow.now}
	for _, s := range p.grid.Sort() {
		q.Sort = append(q.Sort, partner.Sort{Column: s.Column, Descending: s.Descending})
	}
	return q
}

// load reads the list again. reveal brings the organisation of the record into
// sight.
func (p *Page) load(reveal bool) {
	q := p.query()
	from, to := p.grid.InSight()
	follow, selected := p.follow(), p.grid.Selected()
	p.rows.Cancel()
	task.RunLatest(p.loads, context.Background(), func(context.Context) (loaded, error) {
		v, err := p.register.Look(q, from, to, follow, reveal)
		if err != nil {
			return loaded{}, err
		}
		gone, err := p.register.Gone(q, selected)
		return loaded{v, p.display(v.Rows), gone}, err
	}, func(l loaded, err error) { p.onLoaded(l, reveal, err) })
}

// loaded is what one reading of the list gives.
type loaded struct {
	partner.View
	rows []kit.GridRow
	gone []string // selected, and no longer in the list
}

// follow is the organisation whose place in the list matters.
func (p *Page) follow() string {
	if p.wanted != "" {
		return p.wanted
	}
	return p.record.ID()
}

func (p *Page) onLoaded(v loaded, reveal bool, err error) {
	switch {
	case p.left:
		return
	case err != nil && !p.shown:
		p.frame.SetContent(kit.Readable(kit.NewMarkedLine(p.words, kit.Stop, p.sentence(err))))
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("register.loading"), err)
		return
	}
	p.view = v.View
	p.chips.show(v.Counts)
	p.showFrame(v.All() == 0 && p.filter.Text() == "" && p.narrow.now.Count() == 0 && p.wanted == "")
	p.grid.SetRows(v.Total, v.From, v.rows, v.Position)
	p.grid.Deselect(v.gone)
	p.foot.show()
	p.saved.show()
	p.chart.load()
	if reveal && v.Position >= 0 {
		p.grid.GoTo(v.Position, p.follow())
	}
	switch {
	case p.wanted != "":
		id, field := p.wanted, p.field
		p.wanted, p.field = "", ""
		p.record.Open(id)
		p.sides.ShowRecord(true)
		if field != "" {
			p.record.Focus(field)
		}
	case p.next >= 0:
		row := min(p.next, v.Total-1)
		p.next = -1
		p.grid.GoTo(row, "")
	case !p.shown && len(v.Rows) > 0 && v.From == 0:
		p.grid.GoTo(0, v.Rows[0].ID)
	}
	p.shown = true
}

// showFrame shows the list, or what stands in its place while there is nothing.
func (p *Page) showFrame(empty bool) {
	if p.frame.Content() == p.sides.Content() && !empty || p.frame.Content() == p.empty && empty {
		return
	}
	if empty {
		p.record.Close()
		p.sides.ShowRecord(false)
		p.frame.SetPrimary(nil) // the empty page has the same button in its middle
		// The register of companies, or a file, may hold the first ones.
		p.frame.SetMore(append(p.more()[:2:2], p.exchangeItems()[:1]...))
		p.frame.SetContent(p.empty)
		return
	}
	p.frame.SetPrimary(p.make)
	p.frame.SetMore(p.more())
	p.frame.SetContent(p.sides.Content())
}

// sentence is what a person may read about an error.
func (p *Page) sentence(err error) string {
	if s := screen.Sentence(p.words, err); s != "" {
		return s
	}
	slog.Error("register page", "err", err)
	return p.words.T("register.fault")
}

func (p *Page) onFilter(string) {
	p.grid.ScrollToTop()
	p.load(false)
}

// onFilterDown goes from the filter to the rows that it found.
func (p *Page) onFilterDown() {
	if p.grid.Total() == 0 {
		return
	}
	if p.grid.Current() == "" {
		p.grid.GoTo(0, "")
	}
	p.focus(p.grid)
}

func (p *Page) onChips() {
	p.grid.ScrollToTop()
	p.load(false)
}

// more is the menu for what is done seldom.
func (p *Page) more() []*fyne.MenuItem {
	return append([]*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(p.words.T("companiesui.fetchNew"), fynetheme.SearchIcon(), p.onFetchNew),
		fyne.NewMenuItemWithIcon(p.words.T("companiesui.add.menu"), fynetheme.ContentAddIcon(), p.onAddMany),
		fyne.NewMenuItemWithIcon(p.words.T("companiesui.updateSelected"), fynetheme.ViewRefreshIcon(), p.onUpdateSelected),
		fyne.NewMenuItemWithIcon(p.words.T("savedfilter.menu"), fynetheme.DocumentSaveIcon(), p.onSavedFilters),
		fyne.NewMenuItemWithIcon(p.words.T("ownfield.menu"), fynetheme.DocumentCreateIcon(), p.onOwnFields),
		fyne.NewMenuItemWithIcon(p.words.T("register.selectAll"), fynetheme.CheckButtonCheckedIcon(), p.grid.SelectAll),
		fyne.NewMenuItemWithIcon(p.words.T("register.copyAll"), fynetheme.ContentCopyIcon(), p.onCopyAll),
		fyne.NewMenuItemWithIcon(p.words.T("register.grid.columns"), fynetheme.ListIcon(), p.onColumns),
	}, p.exchangeItems()...)
}

func (p *Page) onColumns() { kit.ShowGridColumns(p.env.Shell.Window(), p.words, p.grid) }

// focus gives a control the focus.
func (p *Page) focus(o kit.Control) {
	if c, target := p.env.Shell.Window().Canvas(), o.FocusTarget(); c != nil && target != nil {
		c.Focus(target)
	}
}

// onRefused shows the record as it is stored after a change was given up.
func (p *Page) onRefused() {
	p.record.Reload()
	p.load(false)
}
