package mail

import (
	"context"
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// links tell where the message belongs and why, and let one say otherwise.
func (r *reader) links() []fyne.CanvasObject {
	w, o := r.page.words, &r.now
	var rows []fyne.CanvasObject
	for _, l := range o.x.Links {
		name := o.titles[l.Record]
		key := "mailui.maybe"
		if l.Filed {
			key = "mailui.belongs"
		}
		line := kit.NewTextLink(w.T(key, "Name", name), func() { r.page.env.Shell.Go(r.page.routeOf(l.About, l.Record)) })
		buttons := []fyne.CanvasObject{}
		if !l.Filed {
			buttons = append(buttons, kit.NewButton(w.T("mailui.yes"), func() { r.link(l.About, l.Record, name, true) }))
		}
		buttons = append(buttons, kit.NewQuietButton(w.T("mailui.no"), func() { r.link(l.About, l.Record, name, false) }))
		rows = append(rows, beside(kit.Column(0, line, kit.NewQuietText(mail.ReasonWords(w, l))), buttons...))
	}
	if r.proposed() != nil {
		rows = append(rows, kit.NewQuietText(w.T("mailui.keys")))
	}
	change := kit.NewQuietButton(w.T("mailui.linkTo"), r.onLinkTo)
	if len(rows) == 0 {
		return []fyne.CanvasObject{kit.NewCard(beside(kit.NewQuietText(w.T("mailui.belongsNowhere")), change))}
	}
	return []fyne.CanvasObject{kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall), append(rows, kit.Row(change))...))}
}

// beside puts buttons to the right of what they are about, below it where it is narrow.
func beside(what fyne.CanvasObject, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewShares(kit.Shares{Parts: []float32{1, 1}, Least: 440, Gap: theme.Size(theme.SizeNameGap), Middle: true}, what, kit.Row(buttons...))
}

// owed tells who is to answer in the thread, with what to do about it.
func (r *reader) owed() []fyne.CanvasObject {
	w, o := r.page.words, r.now.row.Owed
	if o.Who == ask.Nobody {
		return nil
	}
	tone, buttons := kit.Warn, []fyne.CanvasObject{}
	if o.Who == ask.Them {
		tone = kit.Info
		buttons = append(buttons, kit.NewButton(w.T("mailui.remind"), r.onRemind))
	}
	buttons = append(buttons, kit.NewQuietButton(w.T("mailui.settle"), func() { r.page.settle([]post.Row{r.now.row}) }))
	return []fyne.CanvasObject{beside(kit.NewMarkedLine(w, tone, mail.OwedWords(w, o, time.Now())), buttons...)}
}

// settle says that threads need no answer.
func (p *Page) settle(rows []post.Row) {
	label := p.words.N("mailui.step.settle", len(rows), "Subject", rows[0].Subject)
	p.do(label, func(context.Context) error { return p.desk.Settle(label, rows) })
}

// onRemind begins a reminder to who has not answered.
func (r *reader) onRemind() {
	p, thread := r.page, r.now.row.Thread
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (mail.Letter, error) { return p.desk.Reminder(thread, p.words.Code()) }, func(l mail.Letter, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("mailui.remind"), err)
			return
		}
		p.write(l)
	})
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

// proposed is the first link that nobody has decided on, nil for none.
func (r *reader) proposed() *link.Link {
	for i := range r.now.x.Links {
		if l := &r.now.x.Links[i]; !l.Filed {
			return l
		}
	}
	return nil
}

// onLetter takes or refuses the link that is proposed first.
func (r *reader) onLetter(letter rune) {
	letter = unicode.ToUpper(letter)
	if letter != parts.KeyAccept && letter != parts.KeyReject || r.key == "" || r.now.row.Key != r.key || r.deciding {
		return
	}
	l := r.proposed()
	if l == nil {
		r.page.env.Shell.Toast(r.page.words.T("mailui.noProposal"), false)
		return
	}
	r.deciding = true // until what came of it is shown: a key that is held decides once
	r.link(l.About, l.Record, r.now.titles[l.Record], letter == parts.KeyAccept)
}

// do runs a change in the background and shows what came of it.
func (p *Page) do(label string, change func(ctx context.Context) error) {
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) { return struct{}{}, change(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			p.reader.deciding = false
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
	var rows []fyne.CanvasObject
	for _, x := range r.now.x.Proposals {
		parts := []fyne.CanvasObject{kit.NewStrong(proposalWords(w, &x))}
		if x.Quote != "" {
			parts = append(parts, kit.NewQuietText("«"+x.Quote+"»"))
		}
		var buttons []fyne.CanvasObject
		if x.Date != "" || x.Kind == ask.Question || x.Kind == ask.Task {
			buttons = append(buttons, kit.NewButton(w.T("mailui.makeTask"), func() { r.onTask(x) }))
		}
		buttons = append(buttons, kit.NewQuietButton(w.T("mailui.dismiss"), func() {
			label, now := w.T("mailui.step.dismiss", "What", mail.KindWords(w, x.Kind)), r.now.row
			r.page.do(label, func(context.Context) error { return r.page.desk.Refuse(label, now, x) })
		}))
		if len(rows) > 0 {
			rows = append(rows, kit.Hairline())
		}
		rows = append(rows, beside(kit.Column(0, parts...), buttons...))
	}
	if len(rows) == 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall), rows...))}
}

// proposalWords is what a letter asks for or tells, in a line.
func proposalWords(w *lang.Printer, x *ask.Proposal) string {
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
	return text
}

// onTask makes a task of a proposal, for the business that the message belongs to.
func (r *reader) onTask(x ask.Proposal) {
	w, now, organisation := r.page.words, r.now.row, ""
	if about, record := r.now.x.Filed(); about == link.Organisation {
		organisation = record
	}
	text := w.T("mailui.taskText", "Subject", now.Subject)
	label := w.T("mailui.step.task", "Subject", now.Subject)
	r.page.do(label, func(context.Context) error {
		_, err := r.page.desk.TakeTask(label, text, now, x, organisation)
		return err
	})
}
