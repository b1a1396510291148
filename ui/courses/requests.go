// Package courses are the pages of what providers were asked for and answered, and
// of the courses that came of it.
package courses

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Names that columns and dividers are remembered under.
const (
	requestList = "requests"
	courseList  = "courses"
)

// pairWidth is the least that each of two fields beside each other gets, at text
// size 1.
const pairWidth = 150

// Tabs of a request.
const (
	tabCompare = "compare"
	tabReply   = "reply"
	tabRequest = "request"
)

// Requests is the page of requests and replies: a list to the left, and the one
// that is chosen to the right.
type Requests struct {
	roll    *listing.Roll
	env     *screen.Env
	words   *lang.Printer
	store   *course.Service
	chooser kit.FileChooser
	loads   *task.Latest

	frame   *kit.Page
	empty   fyne.CanvasObject
	head    *fyne.Container
	tabs    *kit.Tabs
	compare *fyne.Container
	sheet   *kit.Sheet // of the comparison
	decline *kit.Button
	mailbox bool // there is one to put drafts into
	asked   *kit.RowList

	saves     *saving.Fields[data.Request]
	replies   *saving.Fields[data.Reply]
	enquiries *saving.Fields[data.Enquiry]
	request   *form.Form[data.Request]
	reply     *replyForm

	all  []course.Requested
	left bool
}

var (
	_ screen.Page    = (*Requests)(nil)
	_ screen.Focuser = (*Requests)(nil)
)

// NewRequests opens the page. id is the request to show, "" for the newest.
func NewRequests(env *screen.Env, id string) screen.Page {
	p := &Requests{env: env, words: env.Words, store: env.Program.Courses, loads: task.NewLatest(env.Tasks)}
	p.chooser = env.Chooser()
	p.saves = saving.NewFields(env, p.store.Type, p.load)
	p.replies = saving.NewFields(env, p.store.TypeReply, p.load)
	p.enquiries = saving.NewFields(env, func(label, id, field string, apply func(*data.Enquiry), opts ...data.Option) error {
		return p.store.TypeEnquiry(label, id, field, parts.Reminder(p.words), apply, opts...)
	}, p.load)
	p.build()
	p.roll.Wanted = id
	p.load()
	return p
}

func (p *Requests) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.roll = listing.NewRoll(p.env, requestList, []kit.GridColumn{
		{ID: "name", Label: w.T("course.request.name"), Width: 190, Fixed: true},
		{ID: "state", Label: w.T("course.request.state"), Width: 140},
		{ID: "replies", Label: w.T("course.request.replies"), Width: 70, Align: fyne.TextAlignTrailing},
		{ID: "due", Label: w.T("brief.due"), Width: 100},
	}, p.show)
	p.roll.Grid.OnDelete = p.onDelete
	p.head = kit.Column(gap)
	p.compare = kit.Column(gap * 2)
	p.asked = kit.NewRowList(w.T("course.request.asked"), p.onAsked)
	p.request = form.New(w, p.saves, func(label string, r *data.Request) string {
		return w.T("course.request.step", "Field", label, "Name", r.Name)
	})
	p.reply = newReplyForm(p)
	p.tabs = kit.NewTabs(
		kit.Tab{ID: tabCompare, Label: w.T("course.tab.compare"), Content: kit.NewScroll(p.compare)},
		kit.Tab{ID: tabReply, Label: w.T("course.tab.reply"), Content: kit.NewScroll(p.reply.content)},
		kit.Tab{ID: tabRequest, Label: w.T("course.tab.request"), Content: kit.NewScroll(kit.Column(gap*2, p.requestForm(), kit.NewStrong(w.T("course.request.asked")), p.asked))})
	record := kit.Pane(kit.Padded(gap/2, kit.Column(gap, kit.Row(p.roll.Back), p.head)), p.tabs, nil)
	p.roll.Beside(p.env, requestList, 0.34, record)
	p.empty = kit.NewEmpty(w.T("course.requests.empty"), w.T("course.requests.empty.do"), func() { p.env.Shell.Go(screen.Route{Page: screen.PagePools}) })
	p.frame = kit.NewPage(w, p.Title(), nil, []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("course.reply.import"), fynetheme.FolderOpenIcon(), p.onImport),
	}, kit.NewQuietText(w.T("course.requests.loading")))
}

func (p *Requests) requestForm() fyne.CanvasObject {
	f, w := p.request, p.words
	name := f.Text("name", w.T("brief.subject"), "", func(r *data.Request) *string { return &r.Name })
	due := f.Date("due", w.T("brief.due"), "", func(r *data.Request) *string { return &r.Due })
	note := f.Area("note", w.T("register.column.note"), "", func(r *data.Request) *string { return &r.Note })
	letter := f.Area("letter", w.T("course.request.letter"), w.T("course.request.letterHint"), func(r *data.Request) *string { return &r.Letter })
	copyLetter := kit.NewButton(w.T("course.request.copyLetter"), func() {
		fyne.CurrentApp().Clipboard().SetContent(f.Now.Letter)
		p.env.Shell.Toast(w.T("course.request.letterCopied"), false)
	})
	p.decline = kit.NewButton(w.T("course.draft.decline"), p.onDecline)
	p.decline.Hide()
	return kit.FormColumn(kit.SideBySide(pairWidth, name.Frame, due.Frame), note.Frame, letter.Frame, kit.Row(copyLetter, p.decline))
}

// Title is the page's name.
func (p *Requests) Title() string { return p.words.T("course.requests.title") }

// Content is the page.
func (p *Requests) Content() fyne.CanvasObject { return p.frame }

// Changed reads again.
func (p *Requests) Changed(c data.Changed) {
	if !p.left && c.Touches("request", "enquiry", "reply", "organisation", "course") {
		p.load()
	}
}

// Leave hands over what was typed.
func (p *Requests) Leave() {
	p.left = true
	p.flush()
	p.loads.Cancel()
}

func (p *Requests) flush() {
	p.saves.Flush()
	p.replies.Flush()
	p.enquiries.Flush()
}

// FocusField shows a tab of the request.
func (p *Requests) FocusField(field string) {
	p.tabs.Select(field)
	p.roll.Sides.ShowRecord(true)
}

func (p *Requests) load() {
	task.RunLatest(p.loads, context.Background(), func(context.Context) (loaded, error) {
		accounts, err := p.env.Program.Mail.Accounts()
		if err != nil {
			return loaded{}, err
		}
		all, err := p.store.Requests()
		return loaded{all, len(accounts) > 0}, err
	}, p.onLoaded)
}

// loaded is what one reading gives.
type loaded struct {
	all     []course.Requested
	mailbox bool
}

func (p *Requests) onLoaded(l loaded, err error) {
	switch {
	case p.left:
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("course.requests.loading"), err)
		return
	}
	all := l.all
	p.all, p.mailbox = all, l.mailbox
	if len(all) == 0 {
		p.roll.Rows, p.roll.Shown = nil, ""
		p.frame.SetContent(p.empty)
		return
	}
	if p.frame.Content() != p.roll.Sides.Content() {
		p.frame.SetContent(p.roll.Sides.Content())
	}
	rows, today := make([]kit.GridRow, len(all)), data.Today()
	for i := range all {
		r := &all[i]
		due := ""
		if r.Due != "" {
			due = p.words.DateShort(r.Due)
		}
		rows[i] = kit.GridRow{ID: r.ID, Cells: []string{r.Name, course.StateWord(p.words, r.State(today)),
			p.words.T("course.request.ofAsked", "Replies", p.words.Number(int64(r.Replies())), "Asked", p.words.Number(int64(len(r.Asked)))), due}}
	}
	p.roll.Count.SetText(p.words.N("course.request.count", len(all)))
	p.show(p.roll.Fill(rows))
}

// now is the request that is shown, or nil.
func (p *Requests) now() *course.Requested {
	i := slices.IndexFunc(p.all, func(r course.Requested) bool { return r.ID == p.roll.Shown })
	if i < 0 {
		return nil
	}
	return &p.all[i]
}

// show tells of a request.
func (p *Requests) show(id string) {
	if id == "" {
		return
	}
	another := p.roll.Shown != id
	if another {
		p.flush()
	}
	p.roll.Shown = id
	r := p.now()
	if r == nil {
		return
	}
	p.showHead(r)
	p.decline.Hidden = !p.mailbox || r.Chosen == ""
	p.request.Show(r.ID, r.Request)
	p.showCompare(r)
	p.showAsked(r)
	p.reply.on(r, another)
	if another && r.Replies() == 0 {
		p.tabs.Select(tabReply)
	} else if another {
		p.tabs.Select(tabCompare)
	}
}

func (p *Requests) showHead(r *course.Requested) {
	w := p.words
	state := r.State(data.Today())
	mark := kit.Info
	switch state {
	case course.StateChosen, course.StateReplied:
		mark = kit.Fine
	case course.StateLate:
		mark = kit.Warn
	}
	place := w.T("brief.online")
	if m, ok := p.env.Program.Places.Municipality(r.Municipality); ok {
		place = m.UniqueName
	}
	facts := lang.Joined(" · ", w.N("pool.people", int(r.People)), place, p.sentOn(r.Date))
	lines := []fyne.CanvasObject{kit.NewHeading(r.Name), kit.NewMarkedLine(w, mark, course.StateWord(w, state)+" · "+facts)}
	buttons := kit.Row(kit.NewButton(w.T("course.files"), p.onFiles))
	if p.mailbox {
		buttons.Add(kit.NewButton(w.T("course.draft"), p.onDrafts))
	}
	if n := r.Unsent(); n > 0 && r.Chosen == "" {
		rule := w.N("course.sent.some", n)
		if n == len(r.Asked) && r.Due != "" {
			rule = w.T("course.sent.rule")
		}
		lines = append(lines, kit.Readable(kit.NewText(rule)))
		buttons.Add(kit.NewButton(w.T("course.sent"), p.onSent))
	}
	buttons.Add(kit.NewButton(w.T("course.reply.import"), p.onImport))
	if r.Chosen == "" {
		buttons.Add(kit.NewButton(w.T("course.ask.more"), func() { askMore(p.env, r, nil) }))
	}
	buttons.Add(kit.NewIconButton(fynetheme.HistoryIcon(), w.T("register.history"), func() {
		p.flush()
		p.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: r.ID})
	}))
	buttons.Add(kit.NewIconButton(fynetheme.DeleteIcon(), w.T("register.delete"), p.onDelete))
	p.head.Objects = append(lines, buttons)
	p.head.Refresh()
	kit.Relayout(p.head)
}

// sentOn tells when something was sent, "" while it is not.
func (p *Requests) sentOn(date string) string {
	if date == "" {
		return ""
	}
	return p.words.T("course.request.sentOn", "Date", p.words.DateShort(date))
}

func (p *Requests) showAsked(r *course.Requested) {
	w := p.words
	var rows []kit.ListRow
	for i := range r.Asked {
		a := &r.Asked[i]
		rows = append(rows, kit.ListRow{ID: a.ID, Label: a.Provider, Content: kit.Column(2, kit.NewText(a.Provider),
			kit.NewMarkedLine(w, severityOf(a.Status), enquiryWord(p.env, a.Status)),
			kit.NewQuietText(lang.Joined(" · ", a.Contact, course.ChannelWord(w, a.Channel), p.sentOn(a.Date))))})
	}
	p.asked.SetRows(rows)
}

// onAsked goes to what a provider answered.
func (p *Requests) onAsked(enquiry string) {
	p.reply.choose(enquiry)
	p.tabs.Select(tabReply)
	p.reply.focus()
}

func (p *Requests) onDelete() {
	r := p.now()
	if r == nil {
		return
	}
	p.flush()
	label, id := p.words.T("course.request.deleted", "Name", r.Name), r.ID
	p.env.Do(label, func() error { return p.store.Delete(label, id) })
}
