package mail

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
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
	whole   int64 // the thread that is listed whole
	now     opened

	deciding bool // a key has taken or refused a link, which is not shown yet
}

// opened is a message as it was read.
type opened struct {
	mark    data.MailMark
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
	r.back = listing.NewBack(p.words, func() { p.sides.ShowRecord(false) })
	r.scroll = kit.NewReader(p.words.T("mailui.letter"), kit.Readable(kit.Column(theme.Size(theme.SizeNameGroup), r.top, kit.Hairline(), r.letter.Content())))
	r.scroll.OnLetter = r.onLetter
	none := kit.NewEmpty(p.words.T("mailui.choose"), "", nil)
	gap := theme.Size(theme.SizeNameGap)
	answer := kit.NewButton(p.words.T("mailui.answer"), r.onAnswer)
	answer.SetIcon(fynetheme.MailReplyIcon())
	save := kit.NewIconButton(fynetheme.DocumentSaveIcon(), p.words.T("mailui.saveMail"), r.onSaveMail)
	never := kit.NewMenuButton(p.words.T("mailui.more"),
		fyne.NewMenuItemWithIcon(p.words.T("mailui.takeInMail"), fynetheme.MailAttachmentIcon(), r.onTakeInMail),
		fyne.NewMenuItemWithIcon(p.words.T("mailui.mark"), fynetheme.DocumentIcon(), func() { p.with([]string{r.key}, true, p.onMark) }),
		fyne.NewMenuItemWithIcon(p.words.T("mailui.handOver"), fynetheme.FolderIcon(), func() { p.with([]string{r.key}, true, p.onHandOver) }),
		fyne.NewMenuItemSeparator(),
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
		if o.mark, err = p.desk.MarkOf(key); err != nil {
			return o, err
		}
		if o.mail, err = p.desk.Message(o.row); err != nil && !strings.HasPrefix(data.Code(err), data.CodeNotFound) {
			return o, err
		}
		if o.x, err = p.desk.ExplainMail(o.row, o.mail); err != nil {
			return o, err
		}
		if o.mail != nil {
			if o.norm, err = p.desk.AnswerNorm(o.row, o.mail, p.words.Code()); err != nil {
				return o, err
			}
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
	r.deciding = false
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
	parts = append(parts, r.marked()...)
	parts = append(parts, r.owed()...)
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

// shortThread is how many messages of a thread are listed before it is asked for.
const shortThread = 4

// thread are the messages of the conversation, the newest first; of a long one those
// about the one that is shown.
func (r *reader) thread() []fyne.CanvasObject {
	if len(r.now.thread) < 2 {
		return nil
	}
	w, all := r.page.words, slices.Clone(r.now.thread)
	slices.Reverse(all)
	at := max(0, slices.IndexFunc(all, func(t post.Row) bool { return t.Key == r.key }))
	title := kit.NewQuietText(w.N("mailui.inThread", len(all)))
	head := fyne.CanvasObject(title)
	if len(all) > shortThread && r.whole != r.now.row.Thread {
		from := min(max(0, at-1), len(all)-shortThread)
		all = all[from : from+shortThread]
		head = kit.Row(title, kit.NewQuietButton(w.T("mailui.wholeThread"), func() {
			r.whole = r.now.row.Thread
			r.fill()
		}))
	}
	list := kit.NewRowList(w.T("mailui.thread"), func(key string) { r.open(key) })
	rows := make([]kit.ListRow, len(all))
	for i := range all {
		t := &all[i]
		line := w.DateShort(t.Date.Format(time.DateOnly)) + "  " + t.From.Who() + " – " + t.Snippet
		text := kit.NewQuietText(line)
		if t.Key == r.key {
			text = kit.NewStrong(line)
		}
		rows[i] = kit.ListRow{ID: t.Key, Label: line, Content: text}
	}
	list.SetRows(rows)
	return []fyne.CanvasObject{kit.Column(0, head, list)}
}

// onDelete takes the message out of the program; the mailbox keeps it.
func (r *reader) onDelete() {
	p, row, w := r.page, r.now.row, r.page.words
	kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("mailui.delete"), Text: w.T("mailui.deleteText"), Verb: w.T("mailui.deleteVerb"), Danger: true, OnDone: func(yes bool) {
		if !yes {
			return
		}
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) {
			return p.desk.Delete([]string{row.Key})
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

// onNever keeps no mail from the sender from now on.
func (r *reader) onNever() { r.page.never(r.now.row.From.Address, func() {}) }
