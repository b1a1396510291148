// Package mail is the page of the mailbox: the threads to the left, and to the
// right the letter, where it belongs and why, and what it asks for.
package mail

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/sync"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Names that columns and divider are remembered under.
const (
	gridName  = "mail"
	splitName = "mail"
)

// Page is the page of the mail.
type Page struct {
	env     *screen.Env
	words   *lang.Printer
	desk    *mail.Desk
	chooser kit.FileChooser

	frame  *kit.Page
	fetch  *kit.Button
	filter *kit.SearchField
	chips  map[string]*kit.Button
	on     map[string]bool
	list   fyne.CanvasObject // filters, grid and count
	grid   *kit.Grid
	count  *kit.Text
	chosen *kit.Button // what can be done with several that are chosen
	waits  *kit.Button // the letters that wait for their mailbox
	reader *reader
	sides  *kit.Sides
	empty  fyne.CanvasObject

	loads, pages, asks, renews *task.Latest
	accounts                   []data.MailAccount
	waiting                    []data.MailDraft  // letters that wait for their mailbox
	found                      map[string]string // names of the records that were offered last, by kind:id
	names                      map[string]string // of linked records, by kind:id
	rows                       map[string]post.Row
	query                      post.Query
	total                      int
	wanted                     string // key of a message to go to
	busy                       bool
	left                       bool
	unsubscribe                func()
	soon                       func() // ends the wait before the list is shown again; nil without one
}

var _ screen.Page = (*Page)(nil)

// New opens the page. key is the message to show, "" for the newest.
func New(env *screen.Env, key string) screen.Page {
	p := &Page{env: env, words: env.Words, desk: env.Program.Mail, wanted: key, on: map[string]bool{}, chips: map[string]*kit.Button{}, names: map[string]string{}, rows: map[string]post.Row{},
		loads: task.NewLatest(env.Tasks), pages: task.NewLatest(env.Tasks), asks: task.NewLatest(env.Tasks), renews: task.NewLatest(env.Tasks)}
	p.chooser = env.Chooser()
	p.unsubscribe = p.desk.Subscribe(func() { env.Tasks.Post(p.onNews) })
	p.build()
	p.load()
	return p
}

// Filters of the list.
const (
	onlyUs         = ask.Us // the threads in which we are to answer
	onlyThem       = ask.Them
	onlyUnread     = "unread"
	onlyUnlinked   = "unlinked"
	onlyDue        = "due"
	onlyAttachment = "attachment"
	onlyJournal    = "journal" // what is left to journal
)

func (p *Page) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.filter = kit.NewSearchField(w, w.T("mailui.search"))
	p.filter.OnChanged = func(string) { p.refilter() }
	p.filter.OnDown = p.onDown
	p.filter.OnSubmitted = func(string) { p.onDown() }
	chips := kit.Row()
	for _, id := range []string{onlyUs, onlyThem, onlyUnread, onlyUnlinked, onlyDue, onlyAttachment, onlyJournal} {
		p.chips[id] = kit.NewChip(w.T("mailui.only."+id), func() { p.toggle(id) })
		chips.Add(p.chips[id])
	}
	p.waits = kit.NewChip("", p.onWaiting)
	p.waits.Hide()
	chips.Add(p.waits)
	p.grid = p.newGrid()
	p.count = kit.NewQuietText("")
	p.chosen = kit.NewMenuButton("")
	p.chosen.Hide()
	p.list = kit.Pane(kit.Padded(gap/2, kit.Column(gap, p.filter, chips)), p.grid, kit.Padded(gap/2, kit.Row(p.count, p.chosen)))
	p.reader = newReader(p)
	p.sides = listing.NewSides(p.env, splitName, 0.48, p.list, p.reader.content, p.reader.back)
	p.fetch = kit.NewPrimaryButton(w.T("mailui.fetch"), p.onFetch)
	p.empty = kit.NewEmpty(w.T("mailui.empty"), w.T("mailui.add"), p.onAdd)
	p.frame = kit.NewPage(w, p.Title(), nil, []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("mailui.write"), fynetheme.MailComposeIcon(), func() { p.write(mail.Letter{Template: "contact", Language: w.Code()}) }),
		fyne.NewMenuItemWithIcon(w.T("signin.accounts"), fynetheme.AccountIcon(), p.onAccounts),
		fyne.NewMenuItemWithIcon(w.T("mailui.privacy"), fynetheme.SettingsIcon(), func() { p.onPrivacy(tabFolders) }),
		fyne.NewMenuItemWithIcon(w.T("mailui.tab.learned"), fynetheme.ListIcon(), func() { p.onPrivacy(tabLearned) }),
	}, kit.NewQuietText(w.T("mailui.loading")))
}

// Title is the page's name.
func (p *Page) Title() string { return p.words.T("mailui.title") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// First is what gets the focus when the page comes.
func (p *Page) First() fyne.Focusable { return p.filter.FocusTarget() }

// Changed shows again what a commit touched.
func (p *Page) Changed(c data.Changed) {
	if p.left {
		return
	}
	if c.Touches("mail_account", "mail_draft") {
		p.load()
	}
	if c.Touches("mail_link", "mail_decision", "mail_mark", "mail_learned", "organisation", "application", "person", "person_at") {
		p.renew()
	}
}

// renew shows again what is read out of the mail, once that rests on the records of
// now.
func (p *Page) renew() {
	task.RunLatest(p.renews, context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, p.desk.Read(ctx) }, func(_ struct{}, err error) {
		switch {
		case p.left:
		case err != nil:
			p.env.Shell.Fail(p.words.T("mailui.loading"), err)
		default:
			p.load()
			p.reader.reload()
		}
	})
}

// Leave stops the reading; a fetch that has begun goes on.
func (p *Page) Leave() {
	p.left = true
	p.unsubscribe()
	if p.soon != nil {
		p.soon()
	}
	p.loads.Cancel()
	p.pages.Cancel()
	p.asks.Cancel()
	p.renews.Cancel()
}

func (p *Page) toggle(id string) {
	p.on[id] = !p.on[id]
	not := map[string]string{onlyUs: onlyThem, onlyThem: onlyUs, onlyJournal: onlyUnlinked, onlyUnlinked: onlyJournal}
	if other := not[id]; p.on[id] && other != "" { // never both: nothing is
		p.on[other] = false
		p.chips[other].SetOn(false)
	}
	p.chips[id].SetOn(p.on[id])
	p.list.Refresh() // the chip became wider or narrower
	p.refilter()
}

// FocusField shows the threads in which somebody is to answer: "us" or "them".
func (p *Page) FocusField(field string) {
	if p.chips[field] != nil && !p.on[field] {
		p.toggle(field)
	}
}

func (p *Page) refilter() {
	p.grid.ScrollToTop()
	p.load()
}

// firstPage is how many rows are read with the total.
const firstPage = 100

// loaded is what one reading of the list gives.
type loaded struct {
	accounts []data.MailAccount
	status   []mail.Status
	waiting  []data.MailDraft
	total    int
	any      bool
	page     shownPage
	query    post.Query
}

// shownPage are rows with the names of what they are linked to, and which of them are
// journaled.
type shownPage struct {
	rows      []post.Row
	names     map[string]string
	journaled map[string]bool // by key
}

func (p *Page) load() {
	q := post.Query{Text: p.filter.Text(), Threads: true, Unread: p.on[onlyUnread], Unlinked: p.on[onlyUnlinked], Due: p.on[onlyDue], Attachment: p.on[onlyAttachment]}
	for _, who := range []string{onlyUs, onlyThem} {
		if p.on[who] {
			q.Owed = who
		}
	}
	left := p.on[onlyJournal]
	task.RunLatest(p.loads, context.Background(), func(context.Context) (l loaded, err error) {
		if left {
			if err := p.desk.Unjournaled(&q); err != nil {
				return l, err
			}
		}
		l.query = q
		if l.accounts, err = p.desk.Accounts(); err != nil {
			return l, err
		}
		l.status = p.desk.Status(l.accounts)
		if l.waiting, err = p.desk.Waiting(); err != nil {
			return l, err
		}
		store, err := p.desk.StoreIfHere()
		if err != nil || store == nil {
			return l, err
		}
		if l.any, err = store.Any(); err != nil {
			return l, err
		}
		if l.total, err = store.Count(q); err != nil {
			return l, err
		}
		l.page, err = p.read(q, 0, firstPage)
		return l, err
	}, p.onLoaded)
}

// read reads rows in the background.
func (p *Page) read(q post.Query, from, to int) (shownPage, error) {
	store, err := p.desk.Store()
	if err != nil {
		return shownPage{}, err
	}
	rows, err := store.List(q, from, to-from)
	if err != nil {
		return shownPage{}, err
	}
	names := map[string]string{}
	byKind := map[string][]string{}
	keys := make([]string, 0, len(rows))
	for _, r := range rows {
		keys = append(keys, r.Key)
		if kind, id, ok := strings.Cut(r.Link, ":"); ok {
			byKind[kind] = append(byKind[kind], id)
		}
	}
	for kind, ids := range byKind {
		titles, err := p.env.Program.Workspace.Titles(kind, ids)
		if err != nil {
			return shownPage{}, err
		}
		for id, title := range titles {
			names[kind+":"+id] = title
		}
	}
	journaled, err := p.desk.Journaled(keys)
	return shownPage{rows, names, journaled}, err
}

func (p *Page) onLoaded(l loaded, err error) {
	switch {
	case p.left:
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("mailui.loading"), err)
		return
	}
	p.accounts, p.query, p.total = l.accounts, l.query, l.total
	p.setWaiting(l.waiting)
	if len(l.accounts) == 0 && !l.any {
		p.frame.SetPrimary(nil)
		p.frame.SetContent(p.empty)
		return
	}
	if p.frame.Content() != p.sides.Content() {
		p.frame.SetPrimary(p.fetch)
		p.frame.SetContent(p.sides.Content())
	}
	rows := p.remember(l.page)
	at := -1
	for i, r := range l.page.rows {
		if r.Key == p.grid.Current() || r.Key == p.wanted {
			at = i
		}
	}
	p.grid.SetRows(l.total, 0, rows, at)
	if now := &p.reader.now.row; now.Key != "" && p.rows[now.Key].Key != "" && (p.rows[now.Key].Owed != now.Owed || p.rows[now.Key].Link != now.Link) {
		p.reader.reload() // what it says was read meanwhile
	}
	p.count.SetText(p.words.N("mailui.threads", l.total))
	p.frame.SetSubtitle(p.standing(l.status))
	switch {
	case p.wanted == "" && p.reader.key != "" && p.reader.now.mail == nil: // the rest of it may have come
		p.reader.reload()
	case p.wanted != "":
		p.reader.open(p.wanted)
		p.sides.ShowRecord(true)
		p.wanted = ""
	case p.reader.key == "" && len(l.page.rows) > 0:
		p.grid.GoTo(0, l.page.rows[0].Key)
	}
}

// onSelected offers what can be done with several conversations.
func (p *Page) onSelected(n int) {
	if n < 2 {
		p.chosen.Hide()
		return
	}
	p.chosen.SetText(p.words.N("mailui.chosen", n))
	p.chosen.SetMenu(p.selectionMenu()...)
	p.chosen.Show()
}

// standing says in a line how it went with the mailboxes last.
func (p *Page) standing(all []mail.Status) string {
	var parts []string
	for _, s := range all {
		switch {
		case s.Running && s.Progress.All > 0:
			parts = append(parts, p.words.T("mailui.status.running", "Address", s.Address)+" "+
				p.words.T("mailui.progress", "Folder", s.Progress.Folder, "Done", p.words.Number(int64(s.Progress.Done)), "All", p.words.Number(int64(s.Progress.All))))
		case s.Running:
			parts = append(parts, p.words.T("mailui.status.running", "Address", s.Address))
		case s.Paused:
			parts = append(parts, p.words.T("mailui.status.paused", "Address", s.Address))
		case s.Err != nil:
			parts = append(parts, p.sentence(s.Err))
		case !s.At.IsZero():
			parts = append(parts, p.words.T("mailui.status.at", "Address", s.Address, "Time", p.words.Moment(s.At)))
		}
	}
	return strings.Join(parts, " · ")
}

// remember keeps rows and makes them ready for the grid.
func (p *Page) remember(page shownPage) []kit.GridRow {
	for key, name := range page.names {
		p.names[key] = name
	}
	all := make([]kit.GridRow, len(page.rows))
	for i := range page.rows {
		r := &page.rows[i]
		p.rows[r.Key] = *r
		all[i] = kit.GridRow{ID: r.Key, Cells: p.cells(r, page.journaled[r.Key])}
	}
	return all
}

func (p *Page) newGrid() *kit.Grid {
	w := p.words
	g := listing.NewGrid(p.env, gridName, []kit.GridColumn{
		{ID: "from", Label: w.T("mailui.column.from"), Width: 128, Fixed: true},
		{ID: "subject", Label: w.T("mailui.column.subject"), Width: 176, Fixed: true},
		{ID: "date", Label: w.T("mailui.column.date"), Width: 92},
		{ID: "owed", Label: w.T("mailui.column.owed"), Width: 124},
		{ID: "link", Label: w.T("mailui.column.link"), Width: 160},
		{ID: "due", Label: w.T("mailui.column.due"), Width: 92},
		{ID: "files", Label: w.T("mailui.column.files"), Width: 80, Align: fyne.TextAlignTrailing},
		{ID: "archive", Label: w.T("mailui.column.archive"), Width: 104},
	}, "")
	g.Rows = func(from, to int, found func([]kit.GridRow)) {
		q := p.query
		task.RunLatest(p.pages, context.Background(), func(context.Context) (shownPage, error) { return p.read(q, from, to) }, func(page shownPage, err error) {
			if p.left || err != nil {
				return
			}
			found(p.remember(page))
		})
	}
	g.OnCurrent = func(key string) {
		if key != "" {
			p.reader.open(key)
		}
	}
	g.OnOpen = func(key string) {
		p.reader.open(key)
		p.sides.ShowRecord(true)
	}
	g.Menu = p.selectionMenu
	g.OnSelected = p.onSelected
	g.OnSlash = func() { p.focus(p.filter) }
	g.OnLetter = func(letter rune) { p.reader.onLetter(letter) }
	g.SetEmpty(w.T("mailui.noHits"))
	return g
}

func (p *Page) cells(r *post.Row, journaled bool) []string {
	w := p.words
	from := r.From.Who()
	if from == "" {
		from = w.T("mailui.unknown")
	}
	if r.Sent {
		from = w.T("mailui.to", "Receivers", r.Receivers)
	}
	subject := r.Subject
	if subject == "" {
		subject = w.T("mailui.noSubject")
	}
	if r.Count > 1 {
		subject += " (" + w.Number(int64(r.Count)) + ")"
	}
	if r.Unread {
		subject = "● " + subject
	}
	due, files, archive := "", "", ""
	if r.Due != "" {
		due = w.DateShort(r.Due)
	}
	if r.Attachments > 0 {
		files = w.Number(int64(r.Attachments))
	}
	if journaled {
		archive = w.T("mailui.isJournaled")
	}
	return []string{from, subject, w.DateShort(r.Date.Format(time.DateOnly)), mail.OwedShort(w, r.Owed, time.Now()), p.names[r.Link], due, files, archive}
}

func (p *Page) onDown() {
	if p.total > 0 {
		p.focus(p.grid)
	}
}

func (p *Page) focus(c kit.Control) {
	if canvas, target := p.env.Shell.Window().Canvas(), c.FocusTarget(); canvas != nil && target != nil {
		canvas.Focus(target)
	}
}

// onFetch gets what is new of all mailboxes.
func (p *Page) onFetch() {
	if p.busy {
		for _, a := range p.accounts {
			p.desk.Stop(a.ID)
		}
		return
	}
	accounts := p.accounts
	if len(accounts) == 0 {
		p.onAdd()
		return
	}
	p.busy = true
	p.fetch.SetText(p.words.T("mailui.stopFetch"))
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (total sync.FolderResult, failed error) {
		for _, a := range accounts {
			result, err := p.desk.Sync(ctx, a, nil, nil)
			for _, f := range result.Folders {
				total.New, total.Failed = total.New+f.New, total.Failed+f.Failed
			}
			failed = cmp.Or(failed, err) // one that fails does not keep the others away
			if errors.Is(err, context.Canceled) {
				break
			}
		}
		return total, failed
	}, func(total sync.FolderResult, err error) {
		p.busy = false
		p.fetch.SetText(p.words.T("mailui.fetch"))
		switch {
		case err == nil || errors.Is(err, context.Canceled):
			p.env.Shell.Toast(p.words.N("mailui.fetched", total.New), false)
		case p.left || !p.needsSignIn(err):
			p.env.Shell.Fail(p.words.T("mailui.fetching"), err)
		}
		if !p.left {
			p.load()
		}
	})
}

// Mail comes in batches; the list is shown again at most this often.
const showEvery = 500 * time.Millisecond

// onNews shows the list again, soon.
func (p *Page) onNews() {
	if p.left || p.soon != nil {
		return
	}
	p.soon = p.env.Tasks.After(showEvery, func() {
		p.soon = nil
		p.load()
	})
}
