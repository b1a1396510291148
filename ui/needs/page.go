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
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
)

// listName is what columns and divider are remembered under.
const listName = "needs"

// Page is the list of needs, and the one that is chosen beside it.
type Page struct {
	*listing.List[need.Listed]
	env     *screen.Env
	words   *lang.Printer
	store   *need.Service
	save    *saving.Fields[data.Need]
	chooser kit.FileChooser
	finder  *finder
	chips   *chips
	going   *fyne.Container // interviews that are not finished
	record  *record
}

var (
	_ screen.Page    = (*Page)(nil)
	_ screen.Focuser = (*Page)(nil)
)

// New opens the needs, with the one of an id chosen ("" for the first).
func New(env *screen.Env, id string) screen.Page {
	p := &Page{env: env, words: env.Words, store: env.Program.Needs, going: kit.Row()}
	p.save = newSaving(env, p.onRefused)
	p.chooser = env.Chooser()
	p.finder = newFinder(env, p.onFinder)
	p.chips = newChips(p)
	p.List = listing.New(env, p.options())
	p.record = newRecord(p)
	p.Start(p.record, id)
	p.finder.load()
	return p
}

// newSaving brings what is typed in needs to the workspace.
func newSaving(env *screen.Env, refused func()) *saving.Fields[data.Need] {
	return saving.NewFields(env, env.Program.Needs.Type, refused)
}

func (p *Page) options() listing.Options[need.Listed] {
	w := p.words
	return listing.Options[need.Listed]{
		Name: listName, Divider: 0.5, Columns: p.columns(), Usual: byNewest,
		Title: w.T("needs.title"), Loading: w.T("needs.loading"), Fault: w.T("needs.fault"), Filter: w.T("needs.filter"), NoHits: w.T("needs.noHits"),
		Empty: w.T("needs.empty"), First: w.T("needs.interview"), OnFirst: p.onInterview,
		More: p.seldom(), Menu: p.selectionItems(), Above: []fyne.CanvasObject{p.chips.row, p.going}, ClearFilters: p.chips.clear,
		Read: p.read, ID: func(l *need.Listed) string { return l.ID }, Find: func(l *need.Listed) string { return l.Text }, Cells: p.cells,
		Count: func(n int) string { return w.N("needs.count", n) }, Also: p.people,
		Open: fieldOffers, Edit: need.FieldText, Save: p.save, Delete: p.store.Delete,
		Deleted: func(count string) string { return w.T("needs.step.delete", "Count", count) },
	}
}

// Changed reads again what a commit touched.
func (p *Page) Changed(c data.Changed) {
	if p.Left() {
		return
	}
	if c.Touches("need", "organisation", "match_decision", "interview") {
		p.Load()
	}
	if c.Outside || slices.Contains(c.Records, p.record.ID()) || c.Touches("organisation") {
		p.record.Reload()
	}
	p.finder.changed(c)
}

// Leave hands over what is not saved yet.
func (p *Page) Leave() {
	p.List.Leave()
	p.finder.leave()
	p.record.leave()
}

func (p *Page) onFinder() {
	p.record.fresh()
	if p.finder.now != nil {
		p.ShowAgain()
	}
}

// read reads the needs as they are filtered, and the interviews that go on.
func (p *Page) read(text string, sort []kit.GridSort) func(context.Context) (listing.Loaded[need.Listed], error) {
	q, store, workspace := p.chips.now, p.store, p.env.Program.Workspace
	q.Text = text
	for _, s := range sort {
		q.Sort = append(q.Sort, need.Sort{Column: s.Column, Descending: s.Descending})
	}
	return func(context.Context) (l listing.Loaded[need.Listed], err error) {
		if l.Records, err = store.List(q); err != nil {
			return l, err
		}
		if l.Whole, err = workspace.Count("SELECT count(*) FROM need WHERE deleted = '' AND (conversation = '' OR text || own_words <> '')"); err != nil {
			return l, err
		}
		all, err := store.Interviews("")
		if err != nil {
			return l, err
		}
		var going []data.Interview
		var ids []string
		for _, i := range all {
			if i.Done == "" && (i.Organisation != "" || i.Note != "" || len(i.Answers) > 0) {
				going = append(going, i)
				ids = append(ids, i.ID)
			}
		}
		names, err := workspace.Titles("interview", ids)
		l.More, l.Show = len(going) > 0, func() { p.showGoing(going, names) }
		return l, err
	}
}

// showGoing leads to the interviews that are not finished.
func (p *Page) showGoing(going []data.Interview, names map[string]string) {
	p.going.Objects = nil
	for i, interview := range going {
		if i == 2 {
			p.going.Add(kit.NewQuietText(p.words.N("needs.going.more", len(going)-i)))
			break
		}
		id := interview.ID
		p.going.Add(kit.NewLink(p.words.T("needs.going", "Name", names[id]), func() { p.env.Shell.Go(screen.Route{Page: screen.PageInterview, ID: id}) }))
	}
	p.going.Hidden = len(going) == 0
	p.going.Refresh()
	kit.Relayout(p.going)
}

// people counts those who the needs in the list are about.
func (p *Page) people(listed []need.Listed) string {
	people := int64(0)
	for i := range listed {
		people += listed[i].People
	}
	return p.words.N("needs.people", int(people))
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
	}
}

// selectionItems are what can be done with the rows that are selected.
func (p *Page) selectionItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(p.words.T("needs.share"), fynetheme.ConfirmIcon(), func() { p.onShare(true) }),
		fyne.NewMenuItemWithIcon(p.words.T("needs.unshare"), fynetheme.CancelIcon(), func() { p.onShare(false) }),
	}
}

func (p *Page) onInterview() { StartInterview(p.env, "") }

// onNew makes a need without an interview and puts the focus on its text.
func (p *Page) onNew() {
	label := p.words.T("needs.step.new")
	p.Create(label, need.FieldText, func() (string, error) {
		return p.store.Create(label, data.Need{People: 1, Urgency: data.UrgencyNormal, Interview: data.Today(), Norm: "nb"})
	})
}

// onShare lets the selected needs be told to providers, or no longer.
func (p *Page) onShare(on bool) {
	ids := p.Grid.Selected()
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
	p.record.Reload()
	p.Load()
}

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
