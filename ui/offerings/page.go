// Package offerings is the page of what education providers can give: a grid to
// the left and the offering to the right, which is saved while it is typed.
package offerings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// gridName is what the columns are remembered under, splitName the divider.
const (
	gridName  = "offerings"
	splitName = "offerings"
)

// Page is the page of the offerings. A county has hundreds of them, so the whole
// list is read at once, as ready rows.
type Page struct {
	env     *screen.Env
	words   *lang.Printer
	store   *partner.Offerings
	save    *saving.Fields[data.Offering]
	chooser kit.FileChooser

	frame  *kit.Page
	make   *kit.Button
	filter *kit.SearchField
	chips  *chips
	grid   *kit.Grid
	count  *kit.Text
	record *record
	sides  *kit.Sides
	empty  fyne.CanvasObject

	loads  *task.Latest
	offers []partner.Offer // the list as it is filtered and sorted
	rows   []kit.GridRow
	whole  int    // how many there are without a filter
	wanted string // offering to go to when the list comes
	field  string // field of it to go to
	next   int    // row to go to when the list comes, -1 for none
	shown  bool   // the list has come once
	left   bool
}

var (
	_ screen.Page    = (*Page)(nil)
	_ screen.Focuser = (*Page)(nil)
)

// New opens the page. id is the offering to show, "" for the first.
func New(env *screen.Env, id string) screen.Page {
	p := &Page{env: env, words: env.Words, wanted: id, next: -1, loads: task.NewLatest(env.Tasks),
		store: partner.NewOfferings(env.Program.Workspace, env.Program.Places)}
	p.save = saving.NewFields(env, func(e saving.FieldEdit[data.Offering], committed data.Option) error {
		return p.store.Type(e.Label, e.ID, e.Field, e.Apply, committed)
	}, p.onRefused)
	p.chooser = kit.NewFileChooser(env.Shell.Window(), env.Words, nil, nil)
	p.build()
	p.load()
	return p
}

func (p *Page) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.filter = kit.NewSearchField(w, w.T("offering.filter"))
	p.filter.OnChanged = func(string) { p.refilter() }
	p.filter.OnDown = p.onFilterDown
	p.filter.OnSubmitted = func(string) { p.onFilterDown() }
	p.chips = newChips(p)
	p.grid = newGrid(p)
	p.count = kit.NewQuietText("")
	p.record = newRecord(p)
	list := kit.Pane(kit.Padded(gap/2, kit.Column(gap, p.filter, p.chips.row)), p.grid, kit.Padded(gap/2, kit.Row(p.count)))
	p.sides = kit.NewSides(list, p.record.content, p.record.back)
	p.sides.Offset, p.sides.OnOffset = p.offset, p.rememberOffset
	p.sides.OnSwapped = func() { kit.SettleFocus(p.env.Shell.Window().Canvas()) }
	p.empty = kit.NewEmpty(w.T("offering.empty"), w.T("offering.add"), p.onNew)
	p.make = kit.NewPrimaryButton(w.T("offering.add"), p.onNew)
	p.frame = kit.NewPage(w, p.Title(), nil, p.seldom(), kit.NewQuietText(w.T("offering.loading")))
}

// Title is the page's name.
func (p *Page) Title() string { return p.words.T("offering.title") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// Changed reads again what is shown.
func (p *Page) Changed(c data.Changed) {
	if p.left {
		return
	}
	if c.Touches("offering", "organisation") {
		p.load()
	}
	if c.Outside || slices.Contains(c.Records, p.record.id()) {
		p.record.reload()
	}
	p.record.enquiries.Changed(c)
}

// Leave hands over what was typed.
func (p *Page) Leave() {
	p.left = true
	p.save.Flush()
}

// FocusField goes to a field of the offering, for example "title".
func (p *Page) FocusField(field string) {
	if p.record.id() == "" {
		p.field = field
		return
	}
	p.sides.ShowRecord(true)
	p.record.focus(field)
}

// query is what the list shows now.
func (p *Page) query() partner.OfferingQuery {
	q := p.chips.query()
	q.Text = p.filter.Text()
	for _, s := range p.grid.Sort() {
		q.Sort = append(q.Sort, partner.Sort{Column: s.Column, Descending: s.Descending})
	}
	return q
}

func (p *Page) refilter() {
	p.grid.ScrollToTop()
	p.load()
}

// loaded is what one reading of the list gives.
type loaded struct {
	offers []partner.Offer
	rows   []kit.GridRow
	whole  int
}

func (p *Page) load() {
	q := p.query()
	task.RunLatest(p.loads, context.Background(), func(context.Context) (loaded, error) {
		var l loaded
		var err error
		if l.offers, err = p.store.List(q); err != nil {
			return l, err
		}
		l.whole, err = p.env.Program.Workspace.Count("SELECT count(*) FROM offering WHERE deleted = ''")
		for i := range l.offers {
			l.rows = append(l.rows, kit.GridRow{ID: l.offers[i].ID, Cells: p.cells(&l.offers[i], false)})
		}
		return l, err
	}, p.onLoaded)
}

func (p *Page) onLoaded(l loaded, err error) {
	switch {
	case p.left:
		return
	case err != nil && !p.shown:
		p.frame.SetContent(kit.Readable(kit.NewMarkedLine(p.words, kit.Stop, p.words.T("offering.fault"))))
		p.env.Shell.Fail(p.words.T("offering.loading"), err)
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("offering.loading"), err)
		return
	}
	p.offers, p.rows, p.whole = l.offers, l.rows, l.whole
	p.showFrame(l.whole == 0 && p.wanted == "")
	at := p.index(p.follow())
	p.grid.Refill(at)
	p.grid.Deselect(p.gone())
	p.tell()
	switch {
	case p.wanted != "":
		id := p.wanted
		p.wanted = ""
		if at >= 0 {
			p.grid.GoTo(at, id)
		}
		p.record.open(id)
		p.sides.ShowRecord(true)
		if field := p.field; field != "" && p.record.now.ID == id { // it was shown already
			p.field = ""
			p.record.focus(field)
		}
	case p.next >= 0:
		row := min(p.next, len(p.rows)-1)
		p.next = -1
		p.goTo(row)
	case !p.shown && len(p.rows) > 0:
		p.goTo(0)
	}
	p.shown = len(p.rows) > 0
}

func (p *Page) goTo(row int) {
	if row >= 0 && row < len(p.rows) {
		p.grid.GoTo(row, p.rows[row].ID)
	}
}

func (p *Page) follow() string {
	if p.wanted != "" {
		return p.wanted
	}
	return p.record.id()
}

func (p *Page) index(id string) int {
	return slices.IndexFunc(p.rows, func(r kit.GridRow) bool { return r.ID == id && id != "" })
}

// gone are the selected that are no longer in the list.
func (p *Page) gone() []string {
	return slices.DeleteFunc(slices.Clone(p.grid.Selected()), func(id string) bool { return p.index(id) >= 0 })
}

// tell writes the numbers under the grid.
func (p *Page) tell() {
	text := p.words.N("offering.count", len(p.rows))
	if p.whole != len(p.rows) {
		text = p.words.T("offering.countOf", "Count", p.words.Number(int64(len(p.rows))), "All", p.words.N("offering.count", p.whole))
	}
	if n := len(p.grid.Selected()); n > 1 {
		text += " · " + p.words.N("register.selected", n)
	}
	p.count.SetText(text)
}

// showFrame shows the list, or what stands in its place while there is nothing.
func (p *Page) showFrame(empty bool) {
	if empty {
		p.record.close()
		p.shown = false         // so that the first one that comes is shown
		p.frame.SetPrimary(nil) // the empty page has the same button in its middle
		p.frame.SetContent(p.empty)
		return
	}
	if p.frame.Content() != p.sides.Content() {
		p.frame.SetPrimary(p.make)
		p.frame.SetContent(p.sides.Content())
	}
}

// seldom is the menu for what is done seldom.
func (p *Page) seldom() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(p.words.T("offering.import"), fynetheme.FolderOpenIcon(), p.onImport),
		fyne.NewMenuItemWithIcon(p.words.T("register.selectAll"), fynetheme.CheckButtonCheckedIcon(), p.grid.SelectAll),
		fyne.NewMenuItemWithIcon(p.words.T("register.copyAll"), fynetheme.ContentCopyIcon(), func() { p.copyRows(p.offers) }),
		fyne.NewMenuItemWithIcon(p.words.T("register.grid.columns"), fynetheme.ListIcon(), p.onColumns),
	}
}

func (p *Page) onColumns() { kit.ShowGridColumns(p.env.Shell.Window(), p.words, p.grid) }

func (p *Page) onFilterDown() {
	if len(p.rows) == 0 {
		return
	}
	if p.grid.Current() == "" {
		p.goTo(0)
	}
	p.focus(p.grid)
}

func (p *Page) focus(o kit.Control) {
	if c, target := p.env.Shell.Window().Canvas(), o.FocusTarget(); c != nil && target != nil {
		c.Focus(target)
	}
}

// onNew makes an offering and puts the focus on its title. What hid it is turned
// off.
func (p *Page) onNew() {
	label, id := p.words.T("offering.step.new"), ""
	p.save.Do(func() (err error) {
		id, err = p.store.Create(label, data.Offering{})
		return err
	}, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Saved()
		p.filter.SetText("")
		p.chips.clear()
		p.wanted, p.field = id, fieldTitle
		p.load()
	})
}

func (p *Page) onDelete() { p.remove(p.grid.Selected()) }

// remove moves offerings to the trash; the row after them becomes current.
func (p *Page) remove(ids []string) {
	if len(ids) == 0 {
		return
	}
	label := p.words.T("offering.step.delete", "Count", p.words.N("offering.count", len(ids)))
	p.save.Do(func() error { return p.store.Delete(label, ids) }, func(err error) {
		if !p.env.Done(label, err) {
			return
		}
		p.next = max(p.grid.Row()-(len(ids)-1), 0)
		p.grid.Select(nil)
		p.record.close()
		p.load()
	})
}

// onRefused shows the offering as it is stored after a change was given up.
func (p *Page) onRefused() {
	p.record.reload()
	p.load()
}

func (p *Page) offset() float64 { return p.env.Divider(splitName, 0.56) }

func (p *Page) rememberOffset(offset float64) { p.env.KeepDivider(splitName, offset) }
