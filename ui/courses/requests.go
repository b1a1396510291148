// Package courses are the pages of what providers were asked for and answered, and
// of the courses that came of it.
package courses

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/system"
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
	p.chooser = kit.NewFileChooser(env.Shell.Window(), env.Words, nil, nil)
	p.saves = saving.NewFields(env, func(e saving.FieldEdit[data.Request], committed data.Option) error {
		return p.store.Type(e.Label, e.ID, e.Field, e.Apply, committed)
	}, p.load)
	p.replies = saving.NewFields(env, func(e saving.FieldEdit[data.Reply], committed data.Option) error {
		return p.store.TypeReply(e.Label, e.ID, e.Field, e.Apply, committed)
	}, p.load)
	p.enquiries = saving.NewFields(env, func(e saving.FieldEdit[data.Enquiry], committed data.Option) error {
		return p.store.TypeEnquiry(e.Label, e.ID, e.Field, parts.Reminder(p.words), e.Apply, committed)
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

// onSent notes that the request was sent to all that it had not been sent to.
func (p *Requests) onSent() {
	r := p.now()
	if r == nil {
		return
	}
	w, id := p.words, r.ID
	label := w.T("course.sent.step", "Name", r.Name)
	p.saves.Flushed(func() {
		p.env.Do(label, func() error {
			_, err := p.store.MarkSent(label, id, parts.Reminder(w))
			return err
		})
	})
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

// Widths of the comparison's columns, at text size 1.
const (
	questionWidth = 170
	answerWidth   = 150
)

func (p *Requests) showCompare(r *course.Requested) {
	w := p.words
	c := course.Compare(r, w, data.Today())
	columns := []kit.SheetColumn{{Title: w.T("course.compare.what"), Width: questionWidth}}
	whole := kit.SheetRow{ID: "provider", Cells: []kit.SheetCell{{Text: w.T("offering.column.provider"), ReadOnly: true}}}
	for _, name := range c.Providers {
		whole.Cells = append(whole.Cells, kit.SheetCell{Text: name, ReadOnly: true, Opens: true, Tip: name})
		columns = append(columns, kit.SheetColumn{Title: name, Width: answerWidth})
	}
	sheet := kit.NewSheet(w, w.T("course.tab.compare"), columns)
	p.sheet = sheet
	rows := []kit.SheetRow{whole}
	doubts := kit.Column(theme.Size(theme.SizeNameGapSmall))
	for _, l := range c.Lines {
		row := kit.SheetRow{ID: l.ID, Cells: []kit.SheetCell{{Text: l.Label, ReadOnly: true}}}
		for i, one := range l.Cells {
			cell := kit.SheetCell{Text: one.Text, ReadOnly: true, Opens: true, Tip: one.Doubt}
			switch {
			case l.ID == course.CompareStatus:
				cell.Marked, cell.Tone = true, severityOf(c.Asked[i].Status)
			case one.Text == "":
				cell.Text, cell.Quiet = w.T("course.compare.none"), true
			case one.Best:
				cell.Marked, cell.Tone, cell.Tip = true, kit.Fine, lang.Joined(". ", w.T("course.compare.best"), one.Doubt)
			case one.Doubt != "":
				cell.Marked, cell.Tone = true, kit.Warn
			}
			row.Cells = append(row.Cells, cell)
			if one.Doubt != "" {
				doubts.Add(kit.NewMarkedLine(w, kit.Warn, w.T("course.compare.doubt", "Provider", c.Providers[i], "Question", lang.Inside(l.Label), "Doubt", one.Doubt)))
			}
		}
		rows = append(rows, row)
	}
	sheet.SetRows(rows)
	sheet.OnOpened = func(_, column int) {
		if column > 0 && column <= len(c.Asked) {
			p.onAsked(c.Asked[column-1].ID)
		}
	}
	choose := kit.Row()
	for i := range r.Asked {
		a := &r.Asked[i]
		if r.Chosen == "" && a.Answered() && a.Status != partner.EnquiryNo {
			choose.Add(kit.NewButton(w.T("course.choose", "Provider", a.Provider), func() { p.onChoose(r, a) }))
		}
	}
	content := []fyne.CanvasObject{sheet, doubts, kit.NewQuietText(w.T("course.compare.legend"))}
	if len(choose.Objects) > 0 {
		content = append(content, choose)
	}
	if r.Chosen != "" {
		content = append(content, kit.NewTextLink(w.T("course.goToCourse"), func() { p.goCourse(r.ID) }))
	}
	content = append(content, kit.Row(kit.NewQuietButton(w.T("course.compare.save"), func() { p.onSaveComparison(&c) })))
	p.compare.Objects = content
	p.compare.Refresh()
}

// goCourse goes to the course that came of a request.
func (p *Requests) goCourse(request string) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]data.Course, error) {
		return data.Live[data.Course](p.env.Program.Workspace, "request = ?", "created DESC", request)
	}, func(all []data.Course, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("course.title"), err)
			return
		}
		r := screen.Route{Page: screen.PageCourses}
		if len(all) > 0 {
			r.ID = all[0].ID
		}
		p.env.Shell.Go(r)
	})
}

// onChoose asks for the letter to the others, and chooses.
func (p *Requests) onChoose(r *course.Requested, a *course.Asked) {
	p.flush()
	w := p.words
	others := 0
	for i := range r.Asked {
		if s := r.Asked[i].Status; r.Asked[i].ID != a.ID && !r.Asked[i].Unsent() && s != partner.EnquiryNo && s != partner.EnquiryNoAnswer {
			others++
		}
	}
	letter := kit.NewTextArea(w)
	letter.SetText(r.Letter)
	if r.Letter == "" && others > 0 {
		letter.SetText(w.T("course.choose.letter", "Subject", r.Name, "Name", p.env.Program.Setting(app.SettingName)))
	}
	text := w.T("course.choose.text", "Provider", a.Provider)
	if others > 0 {
		text += " " + w.N("course.choose.others", others)
	}
	content := kit.Column(theme.Size(theme.SizeNameGap), kit.NewText(text))
	if others > 0 {
		content.Add(kit.NewField(w, kit.FieldOptions{Label: w.T("course.request.letter"), Hint: w.T("course.request.letterHint")}, letter))
	}
	kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("course.choose.title", "Provider", a.Provider), Verb: w.T("course.choose.verb"), Width: 620, Content: content,
		OnVerb: func() bool {
			p.choose(a, letter.Text())
			return true
		}})
}

func (p *Requests) choose(a *course.Asked, letter string) {
	label := p.words.T("course.choose.step", "Provider", a.Provider, "Name", a.Name)
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (course.Choice, error) { return p.store.Choose(label, a.ID, letter) },
		func(made course.Choice, err error) {
			if !p.env.Done(label, err) {
				return
			}
			p.env.Shell.Go(screen.Route{Page: screen.PageCourses, ID: made.Course.ID})
		})
}

func (p *Requests) onSaveComparison(c *course.Comparison) {
	w := p.words
	filter := kit.FileFilter{Name: w.T("course.tableFiles"), Extensions: []string{".xlsx", ".csv"}}
	p.chooser.Save(w.T("course.compare.save"), w.T("course.compare.file", "Name", system.SafeName(c.Request.Name))+".xlsx", filter, func(path string) {
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, c.Save(path, w) },
			func(_ struct{}, err error) { p.tellSaved(w.T("course.compare.save"), path, err) })
	})
}

func (p *Requests) tellSaved(doing, path string, err error) {
	if err != nil {
		p.env.Shell.Fail(doing, err)
		return
	}
	p.env.Shell.Toast(p.words.T("pool.saved", "Path", path), false)
}

// onFiles writes the request to each provider that has not answered: a PDF to read
// and a workbook to answer in, in the provider's written norm.
func (p *Requests) onFiles() {
	p.flush()
	r := p.now()
	if r == nil {
		return
	}
	p.chooser.Folder(p.words.T("course.files"), func(folder string) {
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) { return p.env.Program.RequestFiles(folder, r, p.words.Code()) }, func(n int, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("course.files"), err)
				return
			}
			p.env.Shell.Toast(p.words.N("course.filesMade", n, "Folder", folder), false)
		})
	})
}

// onDrafts puts the request into the mailbox, a draft for each provider.
func (p *Requests) onDrafts() {
	p.draft(p.words.T("course.draft"), func(ctx context.Context, r *course.Requested) (int, error) {
		return p.env.Program.RequestDrafts(ctx, "", r, p.words, nil)
	})
}

// onDecline puts the letter to the others into the mailbox.
func (p *Requests) onDecline() {
	p.draft(p.words.T("course.draft.decline"), func(ctx context.Context, r *course.Requested) (int, error) {
		return p.env.Program.DeclineDrafts(ctx, "", r, p.words, nil)
	})
}

// drafted is how many drafts were written, and the mailbox that they lie in when
// there are several.
type drafted struct {
	n  int
	in string
}

// draft writes drafts of the request as it is stored now.
func (p *Requests) draft(doing string, write func(context.Context, *course.Requested) (int, error)) {
	id := p.roll.Shown
	p.saves.Flushed(func() {
		task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (d drafted, err error) {
			r, err := p.store.Request(id)
			if err != nil {
				return d, err
			}
			if d.n, err = write(ctx, &r); err != nil {
				return d, err
			}
			all, used, err := p.env.Program.Mail.Outgoing(nil) // the one that was written to now
			if len(all) > 1 {
				d.in = used.Address
			}
			return d, err
		}, func(d drafted, err error) {
			switch {
			case err != nil:
				p.env.Shell.Fail(doing, err)
			case d.n == 0:
				p.env.Shell.Toast(p.words.T("course.draft.none"), false)
			default:
				text := p.words.N("course.draft.saved", d.n)
				if d.in != "" {
					text += " " + p.words.T("mailui.inMailbox", "Address", d.in)
				}
				p.env.Shell.Saved()
				p.env.Shell.Toast(text, false)
			}
		})
	})
}

// onImport reads a reply sheet that came back.
func (p *Requests) onImport() {
	p.flush()
	p.chooser.Open(p.words.T("course.reply.import"), kit.FileFilter{Name: p.words.T("course.reply.files"), Extensions: []string{".xlsx", ".xlsm"}}, p.importFile)
}

// imported is what came of a reply sheet.
type imported struct {
	filled brief.Filled
	reply  data.Reply
	label  string
}

func (p *Requests) importFile(path string) {
	w, chosen := p.words, p.reply.form.ID
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (imported, error) {
		in := imported{label: w.T("course.reply.importStep", "Name", filepath.Base(path))}
		var err error
		if in.filled, err = brief.ReadForm(path); err != nil {
			return in, err
		}
		enquiry := ""
		if in.filled.Enquiry == "" { // the sheet was made for nobody in particular
			enquiry = chosen
		}
		in.reply, err = p.store.ImportReply(in.label, enquiry, &in.filled, w)
		return in, err
	}, func(in imported, err error) {
		if err != nil {
			p.env.Shell.Fail(w.T("course.reply.import"), err)
			return
		}
		p.env.Shell.Saved()
		p.env.Shell.Toast(in.label, true)
		p.goReply(in.reply.Enquiry)
		if len(in.filled.Problems) == 0 {
			return
		}
		lines := []string{w.N("course.reply.problems", len(in.filled.Problems)), ""}
		for i := range in.filled.Problems {
			lines = append(lines, in.filled.Problems[i].Sentence(w))
		}
		kit.ShowText(p.env.Shell.Window(), w, w.T("course.reply.import"), strings.Join(lines, "\n"))
	})
}

// goReply shows the reply to an enquiry, whichever request it belongs to.
func (p *Requests) goReply(enquiry string) {
	for i := range p.all {
		if slices.ContainsFunc(p.all[i].Asked, func(a course.Asked) bool { return a.ID == enquiry }) {
			p.roll.Grid.GoTo(i, p.all[i].ID)
			p.show(p.all[i].ID)
			p.onAsked(enquiry)
		}
	}
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
