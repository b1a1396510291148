package mail

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// reader shows one message: who wrote, where it belongs and why, what it asks for,
// its files and its text.
type reader struct {
	page    *Page
	content *fyne.Container
	back    *kit.Button
	letter  *kit.Letter
	scroll  *kit.Reader
	top     *fyne.Container
	key     string // of the message that is shown or being read
	loads   *task.Latest
	now     opened
}

// opened is a message as it was read.
type opened struct {
	norm    string // that an answer should have: "nb" or "nn"
	row     post.Row
	mail    *parse.Mail // nil while only the header is here
	x       mail.Explanation
	thread  []post.Row
	folders []string
	titles  map[string]string // of the records of the links, by id
}

func newReader(p *Page) *reader {
	r := &reader{page: p, letter: kit.NewLetter(p.words), top: kit.Column(theme.Size(theme.SizeNameGap)), loads: task.NewLatest(p.env.Tasks)}
	r.back = kit.NewButton(p.words.T("register.back"), func() { p.sides.ShowRecord(false) })
	r.back.SetIcon(fynetheme.NavigateBackIcon())
	r.scroll = kit.NewReader(p.words.T("mailui.letter"), kit.Readable(kit.Column(theme.Size(theme.SizeNameGroup), r.top, kit.Hairline(), r.letter.Content())))
	none := kit.NewEmpty(p.words.T("mailui.choose"), "", nil)
	gap := theme.Size(theme.SizeNameGap)
	answer := kit.NewButton(p.words.T("mailui.answer"), r.onAnswer)
	answer.SetIcon(fynetheme.MailReplyIcon())
	save := kit.NewIconButton(fynetheme.DocumentSaveIcon(), p.words.T("mailui.saveMail"), r.onSaveMail)
	never := kit.NewMenuButton(p.words.T("mailui.more"),
		fyne.NewMenuItemWithIcon(p.words.T("mailui.delete"), fynetheme.DeleteIcon(), r.onDelete),
		fyne.NewMenuItemWithIcon(p.words.T("mailui.never"), fynetheme.CancelIcon(), r.onNever))
	body := kit.Pane(kit.Padded(gap/2, kit.Row(r.back, answer, save, never)), r.scroll, nil)
	r.content = container.NewStack(none, body)
	r.show(false)
	return r
}

func (r *reader) show(letter bool) {
	for i, o := range r.content.Objects {
		if (i == 1) == letter {
			o.Show()
		} else {
			o.Hide()
		}
	}
	r.content.Refresh()
}

// open shows a message.
func (r *reader) open(key string) {
	if key == r.key {
		return
	}
	r.key = key
	r.reload()
}

func (r *reader) reload() {
	key, p := r.key, r.page
	if key == "" {
		return
	}
	task.RunLatest(r.loads, context.Background(), func(context.Context) (opened, error) {
		store, err := p.desk.Store()
		if err != nil {
			return opened{}, err
		}
		var o opened
		if o.row, err = store.Message(key); err != nil {
			return o, err
		}
		if o.thread, err = store.Thread(o.row.Thread); err != nil {
			return o, err
		}
		if o.folders, err = store.PlacesOf(o.row.ID); err != nil {
			return o, err
		}
		if o.mail, err = p.desk.Message(o.row); err != nil && !strings.HasPrefix(data.Code(err), data.CodeNotFound) {
			return o, err
		}
		if o.x, err = p.desk.ExplainMail(o.row, o.mail); err != nil {
			return o, err
		}
		o.titles = map[string]string{}
		for _, l := range o.x.Links {
			titles, err := p.env.Program.Workspace.Titles(l.About, []string{l.Record})
			if err != nil {
				return o, err
			}
			o.titles[l.Record] = titles[l.Record]
		}
		return o, nil
	}, r.onRead)
}

func (r *reader) onRead(o opened, err error) {
	switch {
	case r.page.left:
		return
	case strings.HasPrefix(data.Code(err), data.CodeNotFound): // deleted meanwhile
		r.key = ""
		r.show(false)
		return
	case err != nil:
		r.page.env.Shell.Fail(r.page.words.T("mailui.loading"), err)
		return
	}
	r.now = o
	r.fill()
	r.show(true)
}

// fill puts the message on the page.
func (r *reader) fill() {
	o, w := &r.now, r.page.words
	subject := o.row.Subject
	if subject == "" {
		subject = w.T("mailui.noSubject")
	}
	from := o.row.From.Address
	if o.row.From.Name != "" {
		from = o.row.From.Name + " <" + from + ">"
	}
	parts := []fyne.CanvasObject{kit.NewHeading(subject), kit.NewStrong(from),
		kit.NewQuietText(w.Moment(o.row.Date) + " · " + w.T("mailui.receivers", "Receivers", o.row.Receivers) + " · " + strings.Join(o.folders, ", "))}
	if o.row.Gone {
		parts = append(parts, kit.NewMarkedLine(w, kit.Info, w.T("mailui.gone")))
	}
	if m := o.mail; m != nil {
		parts = append(parts, r.warnings(m)...)
	} else {
		parts = append(parts, kit.NewMarkedLine(w, kit.Info, w.T("mailui.onlyTop")))
	}
	parts = append(parts, r.links()...)
	parts = append(parts, r.proposals()...)
	parts = append(parts, r.thread()...)
	if o.mail != nil {
		parts = append(parts, r.files()...)
	}
	r.top.Objects = parts
	r.top.Refresh()
	r.letter.SetBlocks(r.blocks())
	r.scroll.Refresh()
}

// warnings say what is not as it looks.
func (r *reader) warnings(m *parse.Mail) []fyne.CanvasObject {
	w := r.page.words
	var all []fyne.CanvasObject
	warn := func(text string) { all = append(all, kit.NewMarkedLine(w, kit.Warn, text)) }
	if len(m.From) > 0 && m.From[0].Claims != "" {
		warn(w.T("mailui.claims", "Claims", m.From[0].Claims, "Address", m.From[0].Address))
	}
	if m.Refused {
		warn(w.T("mailui.refused"))
	}
	if m.Encrypted {
		warn(w.T("mailui.encrypted"))
	}
	if m.Signed {
		all = append(all, kit.NewMarkedLine(w, kit.Info, w.T("mailui.signed")))
	}
	if m.TooDeep {
		warn(w.T("mailui.deep"))
	}
	for _, i := range m.Invitations {
		all = append(all, kit.NewMarkedLine(w, kit.Info, strings.Join(mail.InvitationWords(w, i), "\n")))
	}
	if m.Remote > 0 {
		all = append(all, kit.NewMarkedLine(w, kit.Info, w.N("mailui.remote", m.Remote)))
	}
	return all
}

// links tell where the message belongs and why, and let one say otherwise.
func (r *reader) links() []fyne.CanvasObject {
	w, o := r.page.words, &r.now
	var all []fyne.CanvasObject
	for _, l := range o.x.Links {
		name := o.titles[l.Record]
		key := "mailui.maybe"
		if l.Filed {
			key = "mailui.belongs"
		}
		line := kit.NewTextLink(w.T(key, "Name", name), func() { r.page.env.Shell.Go(r.page.routeOf(l.About, l.Record)) })
		row := kit.Row()
		if !l.Filed {
			row.Add(kit.NewButton(w.T("mailui.yes"), func() { r.link(l.About, l.Record, name, true) }))
		}
		row.Add(kit.NewQuietButton(w.T("mailui.no"), func() { r.link(l.About, l.Record, name, false) }))
		all = append(all, kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall), line, kit.NewQuietText(mail.ReasonWords(w, l)), row)))
	}
	change := kit.NewQuietButton(w.T("mailui.linkTo"), r.onLinkTo)
	if len(o.x.Links) == 0 {
		return append(all, kit.Row(kit.NewQuietText(w.T("mailui.belongsNowhere")), change))
	}
	return append(all, kit.Row(change))
}

func (p *Page) routeOf(about, record string) screen.Route {
	if about == link.Application {
		return screen.Route{Page: screen.PageApplication, ID: record}
	}
	return screen.Route{Page: screen.PageBusinesses, ID: record}
}

// link takes or refuses a link.
func (r *reader) link(about, record, name string, taken bool) {
	p, row := r.page, r.now.row
	label := p.words.T("mailui.step.link", "Name", name)
	if !taken {
		label = p.words.T("mailui.step.unlink", "Name", name)
	}
	p.do(label, func(context.Context) error {
		return p.desk.Link(label, row, about, record, taken, taken && !link.Public(link.Domain(row.From.Address)))
	})
}

// do runs a change in the background and shows what came of it.
func (p *Page) do(label string, change func(ctx context.Context) error) {
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, change(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Saved()
		p.env.Shell.Toast(label, true)
		if !p.left {
			p.reader.reload()
			p.load()
		}
	})
}

// onLinkTo asks where the message belongs.
func (r *reader) onLinkTo() {
	p, w := r.page, r.page.words
	choose := kit.NewSelect(w, nil)
	choose.Search = func(query string, found func([]kit.Option)) {
		task.RunLatest(p.asks, context.Background(), func(context.Context) ([]kit.Option, error) { return p.find(query) }, func(all []kit.Option, err error) {
			if err != nil {
				p.env.Shell.Fail(w.T("mailui.linkTo"), err)
				return
			}
			p.found = map[string]string{}
			for _, o := range all {
				p.found[o.ID] = o.Label
			}
			found(all)
		})
	}
	name := ""
	choose.OnChanged = func(id string) { name = p.found[id] }
	kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("mailui.linkTo"), Verb: w.T("mailui.linkVerb"), Width: 520,
		Content: kit.FormColumn(kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.record"), Hint: w.T("mailui.recordHint")}, choose)),
		OnVerb: func() bool {
			about, record, ok := strings.Cut(choose.Selected(), ":")
			if !ok {
				return false
			}
			r.link(about, record, name, true)
			return true
		}})
}

// mostFound is how many records are offered.
const mostFound = 30

// find are the records with a name.
func (p *Page) find(query string) ([]kit.Option, error) {
	var all []kit.Option
	organisations, err := data.Organisations(p.env.Program.Workspace, data.OrganisationQuery{Kind: data.OrganisationBusiness, Text: query}, 0, mostFound)
	if err != nil {
		return nil, err
	}
	providers, err := data.Organisations(p.env.Program.Workspace, data.OrganisationQuery{Kind: data.OrganisationProvider, Text: query}, 0, mostFound)
	if err != nil {
		return nil, err
	}
	for _, o := range append(organisations, providers...) {
		all = append(all, kit.Option{ID: link.Organisation + ":" + o.ID, Label: o.Name})
	}
	applications, err := p.env.Program.Grants.Applications()
	for _, a := range applications {
		if strings.Contains(data.Fold(a.Title), data.Fold(query)) {
			all = append(all, kit.Option{ID: link.Application + ":" + a.ID, Label: a.Title})
		}
	}
	return all, err
}

// proposals are what the letter asks for.
func (r *reader) proposals() []fyne.CanvasObject {
	w := r.page.words
	var all []fyne.CanvasObject
	for _, x := range r.now.x.Proposals {
		text := mail.KindWords(w, x.Kind)
		if x.Date != "" {
			text += " " + w.DateLong(x.Date)
		}
		if x.Time != "" {
			text += " " + w.T("mailui.clock", "Time", x.Time)
		}
		if x.Amount > 0 {
			text += " " + w.T("mailui.kroner", "Amount", w.Money(x.Amount))
		}
		if x.Case != "" {
			text += " " + x.Case
		}
		parts := []fyne.CanvasObject{kit.NewMarkedLine(w, kit.Info, text)}
		if x.Quote != "" {
			parts = append(parts, kit.NewQuietText("«"+x.Quote+"»"))
		}
		row := kit.Row()
		if x.Date != "" || x.Kind == ask.Question || x.Kind == ask.Task {
			row.Add(kit.NewButton(w.T("mailui.makeTask"), func() { r.onTask(x) }))
		}
		row.Add(kit.NewQuietButton(w.T("mailui.dismiss"), func() {
			label, now := w.T("mailui.step.dismiss", "What", mail.KindWords(w, x.Kind)), r.now.row
			r.page.do(label, func(context.Context) error { return r.page.desk.Refuse(label, now, x) })
		}))
		all = append(all, kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall), append(parts, row)...)))
	}
	return all
}

// onTask makes a task of a proposal, for the business that the message belongs to.
func (r *reader) onTask(x ask.Proposal) {
	w, now, organisation := r.page.words, r.now.row, ""
	for _, l := range r.now.x.Links {
		if l.Filed && l.About == link.Organisation {
			organisation = l.Record
			break
		}
	}
	text := w.T("mailui.taskText", "Subject", now.Subject)
	label := w.T("mailui.step.task", "Subject", now.Subject)
	r.page.do(label, func(context.Context) error {
		_, err := r.page.desk.TakeTask(label, text, now, x, organisation)
		return err
	})
}

// thread are the other messages of the conversation.
func (r *reader) thread() []fyne.CanvasObject {
	if len(r.now.thread) < 2 {
		return nil
	}
	w := r.page.words
	list := kit.NewRowList(w.T("mailui.thread"), func(key string) { r.open(key) })
	var rows []kit.ListRow
	for _, t := range r.now.thread {
		line := w.DateShort(t.Date.Format("2006-01-02")) + "  " + t.From.Who() + " – " + t.Snippet
		text := kit.NewQuietText(line)
		if t.Key == r.key {
			text = kit.NewStrong(line)
		}
		rows = append(rows, kit.ListRow{ID: t.Key, Label: line, Content: text})
	}
	list.SetRows(rows)
	return []fyne.CanvasObject{kit.NewQuietText(w.N("mailui.inThread", len(rows))), list}
}

// files are the attachments; a dangerous one says why it is not to be opened.
func (r *reader) files() []fyne.CanvasObject {
	w := r.page.words
	var all []fyne.CanvasObject
	for i := range r.now.mail.Attachments {
		a := &r.now.mail.Attachments[i]
		save := kit.NewButton(w.T("mailui.saveFile", "Name", a.Name), func() { r.onSaveFile(a) })
		save.SetIcon(fynetheme.DocumentSaveIcon())
		all = append(all, kit.Row(save, kit.NewQuietText(w.T("mailui.size", "Size", w.Number(int64(max(1, a.Size/1024)))))))
		if a.Danger != "" {
			all = append(all, kit.NewMarkedLine(w, kit.Warn, w.T("mailui.danger."+a.Danger)))
		}
	}
	return all
}

func (r *reader) onSaveFile(a *parse.Attachment) {
	p := r.page
	p.chooser.Save(p.words.T("mailui.saveFileTitle"), a.Name, kit.FileFilter{Name: p.words.T("mailui.allFiles")}, func(path string) {
		if filepath.Ext(path) == "" {
			path += filepath.Ext(a.Name)
		}
		p.keep(path, func() ([]byte, error) { return a.Content(), nil })
	})
}

func (r *reader) onSaveMail() {
	p, row := r.page, r.now.row
	p.chooser.Save(p.words.T("mailui.saveMail"), parse.CleanName(row.Subject)+".eml", kit.FileFilter{Name: p.words.T("mailui.mailFiles"), Extensions: []string{".eml"}}, func(path string) {
		p.keep(path, func() ([]byte, error) { return p.desk.Raw(row) })
	})
}

// keep writes a file in the background.
func (p *Page) keep(path string, content func() ([]byte, error)) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		raw, err := content()
		if err != nil {
			return struct{}{}, err
		}
		if err := app.WriteFile(path, raw); err != nil {
			return struct{}{}, err
		}
		mail.MarkForeign(path)
		return struct{}{}, nil
	}, func(_ struct{}, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("mailui.saveMail"), err)
			return
		}
		p.env.Shell.Toast(p.words.T("mailui.saved", "Path", path), false)
	})
}

// blocks are the letter as the kit shows it.
func (r *reader) blocks() []kit.LetterBlock {
	if r.now.mail == nil {
		return []kit.LetterBlock{{Text: r.now.row.Snippet}}
	}
	w := r.page.words
	kinds := map[parse.BlockKind]kit.LetterKind{parse.Paragraph: kit.LetterText, parse.Heading: kit.LetterHeading, parse.Item: kit.LetterItem, parse.Link: kit.LetterLink}
	var all []kit.LetterBlock
	for _, b := range r.now.mail.Blocks {
		k := kit.LetterBlock{Kind: kinds[b.Kind], Text: b.Text, Quote: b.Quote}
		if b.Kind == parse.Link {
			k.Text = b.Host
			if b.Text != b.Host && !strings.Contains(b.Text, b.Host) {
				k.Text = b.Text + " → " + b.Host
			}
			if b.Differs {
				k.Warning = w.T("mailui.differs", "Host", b.Host)
			}
			k.Do = func() { r.follow(b) }
		}
		all = append(all, k)
	}
	return all
}

// follow opens a link after having shown where it leads.
func (r *reader) follow(b parse.Block) {
	p, w := r.page, r.page.words
	u, err := url.Parse(b.Address)
	if err != nil {
		return
	}
	kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("mailui.openLink"), Text: w.T("mailui.leadsTo", "Host", b.Host, "Address", b.Address), Verb: w.T("mailui.openVerb"),
		OnDone: func(yes bool) {
			if !yes {
				return
			}
			if err := fyne.CurrentApp().OpenURL(u); err != nil {
				p.env.Shell.Fail(w.T("mailui.openLink"), err)
			}
		}})
}

// onDelete takes the message out of the program; the mailbox keeps it.
func (r *reader) onDelete() {
	p, row, w := r.page, r.now.row, r.page.words
	kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("mailui.delete"), Text: w.T("mailui.deleteText"), Verb: w.T("mailui.deleteVerb"), Danger: true, OnDone: func(yes bool) {
		if !yes {
			return
		}
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) {
			store, err := p.desk.Store()
			if err != nil {
				return 0, err
			}
			return store.Delete([]string{row.Key})
		}, func(_ int, err error) {
			if err != nil {
				p.env.Shell.Fail(w.T("mailui.delete"), err)
				return
			}
			p.env.Shell.Toast(w.T("mailui.deleted"), false)
			r.key = ""
			r.show(false)
			p.load()
		})
	}})
}

// onNever keeps no mail from the sender from now on, and deletes here what was
// fetched. That cannot be undone, so it asks first.
func (r *reader) onNever() {
	p, w, from := r.page, r.page.words, r.now.row.From.Address
	kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("mailui.never"), Text: w.T("mailui.neverText", "Address", from), Verb: w.T("mailui.neverVerb"), Danger: true, OnDone: func(yes bool) {
		if !yes {
			return
		}
		label := w.T("mailui.step.never", "Address", from)
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) { return p.desk.Never(label, from) }, func(_ int, err error) {
			if err != nil {
				p.env.Shell.Fail(label, err)
				return
			}
			p.env.Shell.Toast(label, false)
			if !p.left {
				r.reload()
				p.load()
			}
		})
	}})
}
