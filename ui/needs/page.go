package needs

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

const (
	gridName  = "needs"
	splitName = "needs"
)

// Page is the list of needs, and the one that is chosen beside it. Its list is
// ready rows in memory; some thousands are.
type Page struct {
	env     *screen.Env
	words   *lang.Printer
	store   *need.Service
	save    *saving.Fields[data.Need]
	chooser kit.FileChooser
	finder  *finder

	frame  *kit.Page
	make   *kit.Button
	filter *kit.SearchField
	chips  *chips
	going  *fyne.Container // interviews that are not finished
	grid   *kit.Grid
	count  *kit.Text
	record *record
	sides  *kit.Sides
	empty  fyne.CanvasObject

	loads  *task.Latest
	listed []need.Listed // as it is filtered and sorted
	rows   []kit.GridRow
	whole  int    // how many there are without a filter
	wanted string // need to go to when the list comes
	field  string // field of it to go to
	next   int    // row to go to when the list comes, -1 for none
	shown  bool
	left   bool
}

var (
	_ screen.Page    = (*Page)(nil)
	_ screen.Focuser = (*Page)(nil)
)

// New opens the needs, with the one of an id chosen ("" for the first).
func New(env *screen.Env, id string) screen.Page {
	p := &Page{env: env, words: env.Words, wanted: id, next: -1, loads: task.NewLatest(env.Tasks), store: env.Program.Needs}
	p.save = newSaving(env, p.onRefused)
	p.chooser = kit.NewFileChooser(env.Shell.Window(), env.Words, nil, nil)
	p.finder = newFinder(env, p.onFinder)
	p.build()
	p.load()
	p.finder.load()
	return p
}

// newSaving brings what is typed in needs to the workspace.
func newSaving(env *screen.Env, refused func()) *saving.Fields[data.Need] {
	store := env.Program.Needs
	return saving.NewFields(env, func(e saving.FieldEdit[data.Need], committed data.Option) error {
		return store.Type(e.Label, e.ID, e.Field, e.Apply, committed)
	}, refused)
}

func (p *Page) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.filter = kit.NewSearchField(w, w.T("needs.filter"))
	p.filter.OnChanged = func(string) { p.refilter() }
	p.filter.OnDown = p.onFilterDown
	p.filter.OnSubmitted = func(string) { p.onFilterDown() }
	p.chips = newChips(p)
	p.grid = newGrid(p)
	p.count = kit.NewQuietText("")
	p.going = kit.Row()
	p.record = newRecord(p)
	list := kit.Pane(kit.Padded(gap/2, kit.Column(gap, p.filter, p.chips.row, p.going)), p.grid, kit.Padded(gap/2, kit.Row(p.count)))
	p.sides = kit.NewSides(list, p.record.content, p.record.back)
	p.sides.Offset, p.sides.OnOffset = p.offset, p.rememberOffset
	p.sides.OnSwapped = func() { kit.SettleFocus(p.env.Shell.Window().Canvas()) }
	p.empty = kit.NewEmpty(w.T("needs.empty"), w.T("needs.interview"), p.onInterview)
	p.make = kit.NewPrimaryButton(w.T("needs.interview"), p.onInterview)
	p.frame = kit.NewPage(w, p.Title(), nil, p.seldom(), kit.NewQuietText(w.T("needs.loading")))
}

// Title of the page.
func (p *Page) Title() string { return p.words.T("needs.title") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// Changed reads again what a commit touched.
func (p *Page) Changed(c data.Changed) {
	if p.left {
		return
	}
	if c.Touches("need", "organisation", "match_decision", "interview") {
		p.load()
	}
	if c.Outside || slices.Contains(c.Records, p.record.id()) || c.Touches("organisation") {
		p.record.reload()
	}
	p.finder.changed(c)
}

// Leave hands over what is not saved yet.
func (p *Page) Leave() {
	p.left = true
	p.save.Flush()
	p.finder.leave()
	p.record.leave()
}

// FocusField goes to a field of the need, or to its offers.
func (p *Page) FocusField(field string) {
	if p.record.id() == "" {
		p.field = field
		return
	}
	p.sides.ShowRecord(true)
	p.record.focus(field)
}

func (p *Page) onFinder() {
	p.record.fresh()
	if p.finder.now == nil || len(p.listed) == 0 {
		return
	}
	p.fill(p.listed)
	p.grid.Refill(p.index(p.record.id()))
}

// query is what the list shows now.
func (p *Page) query() need.Query {
	q := p.chips.now
	q.Text = p.filter.Text()
	for _, s := range p.grid.Sort() {
		q.Sort = append(q.Sort, need.Sort{Column: s.Column, Descending: s.Descending})
	}
	return q
}

func (p *Page) refilter() {
	p.grid.ScrollToTop()
	p.load()
}

// loaded is what a reading gives.
type loaded struct {
	listed []need.Listed
	whole  int
	going  []data.Interview
	names  map[string]string
}

func (p *Page) load() {
	q, store, workspace := p.query(), p.store, p.env.Program.Workspace
	task.RunLatest(p.loads, context.Background(), func(context.Context) (loaded, error) {
		var l loaded
		var err error
		if l.listed, err = store.List(q); err != nil {
			return l, err
		}
		if l.whole, err = workspace.Count("SELECT count(*) FROM need WHERE deleted = '' AND (conversation = '' OR text || own_words <> '')"); err != nil {
			return l, err
		}
		all, err := store.Interviews("")
		if err != nil {
			return l, err
		}
		var ids []string
		for _, i := range all {
			if i.Done == "" && (i.Organisation != "" || i.Note != "" || len(i.Answers) > 0) {
				l.going = append(l.going, i)
				ids = append(ids, i.ID)
			}
		}
		l.names, err = workspace.Titles("interview", ids)
		return l, err
	}, p.onLoaded)
}

func (p *Page) onLoaded(l loaded, err error) {
	switch {
	case p.left:
		return
	case err != nil && !p.shown:
		p.frame.SetContent(kit.Readable(kit.NewMarkedLine(p.words, kit.Stop, p.words.T("needs.fault"))))
		p.env.Shell.Fail(p.words.T("needs.loading"), err)
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("needs.loading"), err)
		return
	}
	p.fill(l.listed)
	p.whole = l.whole
	p.showGoing(&l)
	p.showFrame(l.whole == 0 && p.wanted == "" && len(l.going) == 0)
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
		if field := p.field; field != "" && p.record.form.now.ID == id {
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

// fill makes the rows of a list.
func (p *Page) fill(listed []need.Listed) {
	p.listed, p.rows = listed, make([]kit.GridRow, len(listed))
	for i := range listed {
		p.rows[i] = kit.GridRow{ID: listed[i].ID, Cells: p.cells(&listed[i], false)}
	}
}

// showGoing leads to the interviews that are not finished.
func (p *Page) showGoing(l *loaded) {
	p.going.Objects = nil
	for i, interview := range l.going {
		if i == 2 {
			p.going.Add(kit.NewQuietText(p.words.N("needs.going.more", len(l.going)-i)))
			break
		}
		id := interview.ID
		p.going.Add(kit.NewLink(p.words.T("needs.going", "Name", l.names[id]), func() { p.env.Shell.Go(screen.Route{Page: screen.PageInterview, ID: id}) }))
	}
	p.going.Hidden = len(l.going) == 0
	p.going.Refresh()
	kit.Relayout(p.going)
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

// gone are the selected needs that the list no longer shows.
func (p *Page) gone() []string {
	selected := p.grid.Selected()
	if len(selected) == 0 {
		return nil
	}
	there := make(map[string]bool, len(p.rows))
	for i := range p.rows {
		there[p.rows[i].ID] = true
	}
	return slices.DeleteFunc(slices.Clone(selected), func(id string) bool { return there[id] })
}

// tell counts what the list shows.
func (p *Page) tell() {
	people := int64(0)
	for i := range p.listed {
		people += p.listed[i].People
	}
	text := p.words.N("needs.count", len(p.rows))
	if p.whole != len(p.rows) {
		text = p.words.T("needs.countOf", "Count", p.words.Number(int64(len(p.rows))), "All", p.words.N("needs.count", p.whole))
	}
	text += " · " + p.words.N("needs.people", int(people))
	if n := len(p.grid.Selected()); n > 1 {
		text += " · " + p.words.N("register.selected", n)
	}
	p.count.SetText(text)
}

func (p *Page) showFrame(empty bool) {
	if empty {
		p.record.close()
		p.shown = false
		p.frame.SetPrimary(nil)
		p.frame.SetContent(p.empty)
		return
	}
	if p.frame.Content() != p.sides.Content() {
		p.frame.SetPrimary(p.make)
		p.frame.SetContent(p.sides.Content())
	}
}

// seldom are the commands behind "more".
func (p *Page) seldom() []*fyne.MenuItem {
	goTo := func(page string) func() { return func() { p.env.Shell.Go(screen.Route{Page: page}) } }
	w := p.words
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("needs.add"), fynetheme.ContentAddIcon(), p.onNew),
		fyne.NewMenuItemWithIcon(w.T("survey.menu"), fynetheme.DownloadIcon(), goTo(screen.PageSurvey)),
		fyne.NewMenuItemWithIcon(w.T("needs.export"), fynetheme.UploadIcon(), p.onExport),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItemWithIcon(w.T("needs.terms.title"), fynetheme.ListIcon(), goTo(screen.PageTerms)),
		fyne.NewMenuItemWithIcon(w.T("interview.questions"), fynetheme.DocumentIcon(), goTo(screen.PageQuestions)),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItemWithIcon(w.T("register.selectAll"), fynetheme.CheckButtonCheckedIcon(), p.grid.SelectAll),
		fyne.NewMenuItemWithIcon(w.T("register.copyAll"), fynetheme.ContentCopyIcon(), func() { p.copyRows(p.listed) }),
		fyne.NewMenuItemWithIcon(w.T("register.grid.columns"), fynetheme.ListIcon(), p.onColumns),
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

func (p *Page) onInterview() { StartInterview(p.env, "") }

// onNew makes a need without an interview and puts the focus on its text.
func (p *Page) onNew() {
	label, id := p.words.T("needs.step.new"), ""
	p.save.Do(func() (err error) {
		id, err = p.store.Create(label, data.Need{People: 1, Urgency: data.UrgencyNormal, Interview: data.Today(), Norm: "nb"})
		return err
	}, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Saved()
		p.filter.SetText("")
		p.chips.clear()
		p.wanted, p.field = id, need.FieldText
		p.load()
	})
}

func (p *Page) onDelete() { p.remove(p.grid.Selected()) }

// remove moves needs to the trash.
func (p *Page) remove(ids []string) {
	if len(ids) == 0 {
		return
	}
	label := p.words.T("needs.step.delete", "Count", p.words.N("needs.count", len(ids)))
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

// onShare lets the selected needs be told to providers, or no longer.
func (p *Page) onShare(on bool) {
	ids := p.grid.Selected()
	if len(ids) == 0 {
		return
	}
	label := p.words.T("needs.step.unshare", "Count", p.words.N("needs.count", len(ids)))
	if on {
		label = p.words.T("needs.step.share", "Count", p.words.N("needs.count", len(ids)))
	}
	p.env.Do(label, func() error { return p.store.Change(label, ids, func(n *data.Need) { n.Shareable = on }) })
}

// onRefused shows what is stored after an edit was given up.
func (p *Page) onRefused() {
	p.record.reload()
	p.load()
}

func (p *Page) offset() float64 { return p.env.Divider(splitName, 0.5) }

func (p *Page) rememberOffset(offset float64) { p.env.KeepDivider(splitName, offset) }

// about is what a need is mostly about, "" until it is known.
func (p *Page) about(id string) string {
	if p.finder.now == nil {
		return ""
	}
	var names []string
	for _, c := range p.finder.now.Main(id, 2) {
		names = append(names, c.In(p.words.Code()))
	}
	return strings.Join(names, ", ")
}
