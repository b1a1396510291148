package safety

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

const (
	entriesOnPage = 30
	mostEntries   = 3000 // of one record that are read
)

// recordHistory is what happened to a record, or to one field of it.
type recordHistory struct {
	env    *screen.Env
	record string
	field  string // as the log names it, "" for all
	loads  *task.Latest
	frame  *kit.Page
	list   *fyne.Container
	scroll fyne.CanvasObject
	pager  *pager

	first int // entry that the page begins with
	title string
	left  bool
}

var _ screen.Page = (*recordHistory)(nil)

func newRecordHistory(env *screen.Env, record, field string) *recordHistory {
	words := env.Words
	h := &recordHistory{env: env, record: record, field: field, loads: task.NewLatest(env.Tasks), title: words.T("safety.history.title")}
	h.list = kit.Column(theme.Size(theme.SizeNameGroup), kit.NewQuietText(words.T("safety.history.loading")))
	h.pager = newPager(words, h.onNewer, h.onOlder)
	h.scroll = kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup), h.list, h.pager.box))
	h.frame = kit.NewPage(words, h.title, nil, nil, h.scroll)
	h.load()
	return h
}

// Title is the name of the field or the record.
func (h *recordHistory) Title() string { return h.title }

// Content is the page.
func (h *recordHistory) Content() fyne.CanvasObject { return h.frame }

// Changed reads the history again.
func (h *recordHistory) Changed(data.Changed) {
	if !h.left {
		h.load()
	}
}

// Leave ends what runs.
func (h *recordHistory) Leave() {
	h.left = true
	h.loads.Cancel()
}

func (h *recordHistory) onNewer() { h.turn(max(h.first-entriesOnPage, 0)) }
func (h *recordHistory) onOlder() { h.turn(h.first + entriesOnPage) }

func (h *recordHistory) turn(first int) {
	h.first = first
	scrollToTop(h.scroll)
	h.load()
}

// pastPage is a page of a record's history in words.
type pastPage struct {
	title, subtitle string
	route           screen.Route // where the field stands; no page when nowhere
	label           string       // of the field, "" for all
	entries         []pastEntry
	more            bool
}

// pastEntry is one change of one field.
type pastEntry struct {
	when, by, label string // label is the step's
	field, event    string // what changed, or what happened to the record
	fieldLabel      string
	before, after   string // as shown
	old             string // the whole text before, as the log writes it
	oldWords        string // the same in words, when there is more than is shown
	canRestore      bool
	kind            string
}

func (h *recordHistory) load() {
	env, record, field, first := h.env, h.record, h.field, h.first
	task.RunLatest(h.loads, context.Background(), func(context.Context) (pastPage, error) {
		entries, err := env.Program.Workspace.HistoryBySteps(record, field, mostEntries)
		if err != nil {
			return pastPage{}, err
		}
		return newNamer(env).pastPage(entries, record, field, first), nil
	}, h.onLoaded)
}

func (n *namer) pastPage(entries []data.Entry, record, field string, first int) pastPage {
	words := n.Words
	p := pastPage{title: words.T("safety.history.title")}
	kind, now := "", map[string]string{}
	var shown []*data.Entry
	for i := range entries {
		e := &entries[i]
		kind = e.Kind
		if _, known := now[e.Field]; !known {
			now[e.Field] = e.New
		}
		if e.Old != e.New && !technical(e.Kind, e.Field) && e.Field != "application" {
			shown = append(shown, e)
		}
	}
	if kind == "" {
		return p
	}
	p.title = n.record(kind, record)
	p.route = routeTo(kind, n.application(kind, record), field)
	if r, ok, err := parts.RouteOf(n.Program.Workspace, kind, record); ok && err == nil {
		p.route = r
	}
	if field != "" {
		p.label = n.field(kind, record, field)
		p.title, p.subtitle = words.T("safety.history.ofField", "Field", p.label), p.title
	}
	p.more = len(shown) > first+entriesOnPage
	for _, e := range shown[min(first, len(shown)):min(first+entriesOnPage, len(shown))] {
		p.entries = append(p.entries, n.pastEntry(e, now[e.Field]))
	}
	return p
}

func (n *namer) pastEntry(e *data.Entry, now string) pastEntry {
	p := pastEntry{when: n.Words.Moment(e.Time), by: e.Actor, label: e.Label, field: e.Field, kind: e.Kind, old: e.Old}
	groups := n.groups([]data.Entry{*e})
	p.event = groups[0].event
	if len(groups[0].lines) > 0 {
		l := groups[0].lines[0]
		p.fieldLabel, p.before, p.after = l.label, l.before, l.after
		if whole := n.value(e, e.Old); whole != l.before {
			p.oldWords = whole
		}
	}
	p.canRestore = e.Old != "" && e.Old != now && settable(e.Kind, e.Field)
	return p
}

// settable tells whether an old text may be put back into a field by itself.
// Links to other records may not, for those may be gone; nor may what tells
// that an application was submitted.
func settable(kind, field string) bool {
	switch kind {
	case "version", "setting", "call_file", "made_document":
		return false
	}
	switch field {
	case exists, "deleted", "status", "submitted", "case_number", "created", "position", "call", "field",
		"application", "activity", "budget_row", "attachment", "organisation", "file_name", "source", "source_time", "agreement", "offering", "need", "conversation", "interaction", "person", "done",
		"request", "enquiry", "chosen", "needs", "pool", "course", "participation":
		return false
	}
	return true
}

// routeTo is the page where a record is seen, if it has one.
func routeTo(kind, application, field string) screen.Route {
	switch {
	case kind == "application":
		return screen.Route{Page: screen.PageApplication, ID: application, Field: field}
	case application != "":
		return screen.Route{Page: screen.PageApplication, ID: application}
	}
	return screen.Route{}
}

func (h *recordHistory) onLoaded(p pastPage, err error) {
	words := h.env.Words
	switch {
	case h.left || errors.Is(err, context.Canceled):
		return
	case err != nil:
		h.list.Objects = []fyne.CanvasObject{kit.Readable(kit.NewMarkedLine(words, kit.Stop, sentence(h.env, err)))}
		h.list.Refresh()
		return
	}
	h.title = p.title
	h.frame.SetTitle(p.title)
	h.frame.SetSubtitle(p.subtitle)
	var open *kit.Button
	if p.route.Page != "" {
		open = kit.NewButton(words.T("safety.history.open"), func() { h.env.Shell.Go(p.route) })
	}
	h.frame.SetPrimary(open)
	h.list.Objects = nil
	for i := range p.entries {
		h.list.Add(h.card(p, &p.entries[i]))
	}
	if len(p.entries) == 0 {
		h.list.Add(kit.NewText(words.T("safety.history.noneHere")))
	}
	h.pager.show(h.first > 0, p.more)
	h.list.Refresh()
	h.scroll.Refresh()
	kit.SettleFocus(h.env.Shell.Window().Canvas())
}

func (h *recordHistory) card(p pastPage, e *pastEntry) fyne.CanvasObject {
	words := h.env.Words
	column := kit.Column(theme.Size(theme.SizeNameGap), kit.NewQuietText(joined(" · ", e.when, e.by, e.label)))
	if p.label == "" && e.fieldLabel != "" {
		column.Add(kit.NewStrong(e.fieldLabel))
	}
	if e.event != "" {
		column.Add(kit.NewStrong(words.T("safety.history.happened", "Event", e.event)))
	} else {
		for _, o := range beforeAfter(h.env, e.before, e.after, false) {
			column.Add(kit.Readable(o))
		}
	}
	var buttons []fyne.CanvasObject
	if e.canRestore {
		buttons = append(buttons, kit.NewButton(words.T("safety.history.restore"), func() { h.restore(*e) }))
	}
	if e.oldWords != "" {
		buttons = append(buttons, kit.NewQuietButton(words.T("safety.history.whole"), func() {
			kit.ShowText(h.env.Shell.Window(), words, words.T("safety.history.wholeTitle", "Field", e.fieldLabel, "When", e.when), e.oldWords)
		}))
	}
	if len(buttons) > 0 {
		column.Add(kit.Row(buttons...))
	}
	return kit.NewCard(column)
}

// restore puts an old text back into its field.
func (h *recordHistory) restore(e pastEntry) {
	env, record := h.env, h.record
	label := env.Words.T("safety.history.restored", "Field", e.fieldLabel)
	env.Do(label, func() error {
		return env.Program.Workspace.Update(label, func(tx *data.Tx) error { return tx.SetField(e.kind, record, e.field, e.old) })
	})
}
