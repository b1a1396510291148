package applications

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// page lists all the applications.
type page struct {
	env   *screen.Env
	words *lang.Printer
	board *Board
	loads *task.Latest

	frame  *kit.Page
	search *kit.SearchField
	sort   *kit.Button
	bar    *fyne.Container // search and sorting, when there are many
	list   *kit.RowList
	none   *kit.Text // when the search finds nothing
	rows   *container.Scroll

	shown *Snapshot
	order order
	left  bool
}

var _ screen.Page = (*page)(nil)

// New makes the page; it fills itself in the background.
func New(env *screen.Env, board *Board) screen.Page {
	board.Speak(env.Words)
	p := &page{env: env, words: env.Words, board: board, loads: task.NewLatest(env.Tasks)}
	p.frame = kit.NewPage(p.words, p.Title(), nil, nil, kit.NewQuietText(p.words.T("applications.loading")))
	p.build()
	if last := board.Latest(); last != nil {
		p.show(last)
	}
	p.load()
	return p
}

// Title is the page's name.
func (p *page) Title() string { return p.words.T("applications.title") }

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// First is the list, or the button of an empty page.
func (p *page) First() fyne.Focusable {
	switch {
	case p.shown == nil:
		return nil
	case len(p.shown.Standings) == 0:
		return kit.FirstFocusable(p.frame.Content())
	}
	return p.list
}

// Leave stops the reading.
func (p *page) Leave() {
	p.left = true
	p.loads.Cancel()
}

// Shown are the kinds of record that a board is made from.
func Shown() []string {
	return []string{"application", "goal", "activity", "milestone", "budget_row", "evidence", "partner", "attachment", "organisation", "version", "call_file", "agreement", "signature", "setting"}
}

// Changed reads the applications again.
func (p *page) Changed(c data.Changed) {
	if !p.left && c.Touches(Shown()...) {
		p.load()
	}
}

func (p *page) load() { task.RunLatest(p.loads, context.Background(), p.board.Read, p.onLoaded) }

func (p *page) onLoaded(s *Snapshot, err error) {
	switch {
	case p.left:
	case err != nil && p.shown == nil:
		p.frame.SetContent(kit.Readable(kit.NewMarkedLine(p.words, kit.Stop, p.words.T("applications.unreadable"))))
		p.env.Shell.Fail(p.words.T("applications.loading"), err)
	case err != nil:
		p.env.Shell.Fail(p.words.T("applications.loading"), err)
	case s != p.shown:
		became := p.shown == nil || (len(p.shown.Standings) == 0) != (len(s.Standings) == 0)
		p.show(s)
		if became {
			kit.SettleFocus(p.env.Shell.Window().Canvas())
			kit.FocusIfNone(p.frame, p.First())
		}
	}
}

// manyRows is from how many applications there is something to search with.
const manyRows = 7

func (p *page) build() {
	gap := theme.Size(theme.SizeNameGroup)
	p.search = kit.NewSearchField(p.words, p.words.T("applications.search"))
	p.search.OnChanged = func(string) { p.showRows() }
	p.search.OnDown = p.focusList
	p.sort = kit.NewMenuButton(p.words.T("applications.sort.changed"))
	p.bar = kit.NewShares(kit.Shares{Parts: []float32{3, 2}, Least: 420, Gap: gap, Under: theme.Size(theme.SizeNameGap)}, p.search, kit.Row(p.sort))
	p.list = kit.NewRowList(p.words.T("applications.menu"), p.open)
	p.list.OnDelete = p.remove
	p.none = kit.NewText(p.words.T("applications.noHits"))
	p.rows = kit.NewScroll(kit.Column(gap, p.bar, p.none, p.list))
	p.setSortMenu()
}

func (p *page) focusList() { p.env.Shell.Window().Canvas().Focus(p.list) }

func (p *page) show(s *Snapshot) {
	before := p.shown
	p.shown = s
	if len(s.Standings) == 0 {
		p.frame.SetPrimary(nil)
		p.frame.SetSubtitle("")
		p.frame.SetContent(kit.NewEmpty(p.words.T("applications.empty"), p.words.T("applications.new"), p.onNew))
		return
	}
	p.bar.Hidden = len(s.Standings) < manyRows
	p.frame.SetSubtitle(p.summary())
	p.showRows()
	if before == nil || len(before.Standings) == 0 {
		p.frame.SetPrimary(kit.NewPrimaryButton(p.words.T("applications.new"), p.onNew))
		p.frame.SetContent(p.rows)
	}
}

// summary is the line under the title.
func (p *page) summary() string {
	drafts := 0
	for i := range p.shown.Standings {
		if p.shown.Standings[i].Draft() {
			drafts++
		}
	}
	text := p.words.N("applications.summary.drafts", drafts)
	if sent := len(p.shown.Standings) - drafts; sent > 0 {
		text += " · " + p.words.N("applications.summary.submitted", sent)
	}
	return text
}

func (p *page) showRows() {
	if p.shown == nil {
		return
	}
	var rows []kit.ListRow
	for _, s := range p.sorted() {
		if p.matches(s) {
			rows = append(rows, p.row(s))
		}
	}
	p.list.SetRows(rows)
	p.none.Hidden = len(rows) > 0
	p.rows.Refresh()
}

// matches tells whether an application has all the words of the search.
func (p *page) matches(s *grant.Standing) bool {
	if p.bar.Hidden {
		return true
	}
	text := kit.Fold(strings.Join([]string{Title(p.words, s), p.place(s), p.status(s), s.CaseNumber}, " "))
	for word := range strings.FieldsSeq(kit.Fold(p.search.Text())) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (p *page) sorted() []*grant.Standing {
	all := make([]*grant.Standing, len(p.shown.Standings))
	for i := range p.shown.Standings {
		all[i] = &p.shown.Standings[i]
	}
	slices.SortStableFunc(all, p.order.compare(p.words, p.shown.Today))
	return all
}

func (p *page) onNew() { AskNew(p.env) }

func (p *page) open(id string) {
	p.env.Shell.Go(screen.Route{Page: screen.PageApplication, ID: id})
}

func (p *page) standing(id string) *grant.Standing {
	for i := range p.shown.Standings {
		if p.shown.Standings[i].ID == id {
			return &p.shown.Standings[i]
		}
	}
	return nil
}

// remove moves an application to the trash.
func (p *page) remove(id string) {
	s := p.standing(id)
	if s == nil {
		return
	}
	done := p.words.T("applications.removed", "Title", Title(p.words, s))
	p.env.Do(done, func() error { return p.env.Program.Grants.Delete(done, id) })
}

// setOutside lets an application count against the ceiling, or not.
func (p *page) setOutside(id string, outside bool) {
	s := p.standing(id)
	if s == nil {
		return
	}
	done := p.words.T("applications.counts", "Title", Title(p.words, s))
	if outside {
		done = p.words.T("applications.countsNot", "Title", Title(p.words, s))
	}
	p.env.Do(done, func() error { return p.env.Program.Grants.SetOutsideCeiling(done, id, outside) })
}
