package pools

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/invite"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// mostAsked is how many businesses are proposed, and askedFirst how many of them
// are chosen from the start.
const (
	mostAsked  = 15
	askedFirst = 5
)

// loadAsk finds the businesses that are most likely to fill the group.
func (p *Page) loadAsk(pool *need.Pool) {
	f, needs := p.found, p.env.Program.Needs
	task.RunLatest(p.asks, context.Background(), func(context.Context) ([]need.Candidate, error) {
		return needs.Likely(f.Grouped, pool, mostAsked)
	}, func(found []need.Candidate, err error) {
		switch {
		case p.left:
		case err != nil:
			p.env.Shell.Fail(p.words.T("pool.tab.ask"), err)
		default:
			p.fillAsk(pool, found)
		}
	})
}

// fillAsk shows the businesses, each with its reasons and a box to choose it by.
func (p *Page) fillAsk(pool *need.Pool, found []need.Candidate) {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.candidates = found
	p.tabs.SetBadge(tabAsk, len(found))
	copies := kit.Row(kit.NewQuietButton(w.T("pool.ask.nb"), func() { p.onCopy(pool, "nb") }), kit.NewQuietButton(w.T("pool.ask.nn"), func() { p.onCopy(pool, "nn") }))
	if len(found) == 0 {
		p.ask.Objects = []fyne.CanvasObject{kit.NewText(w.T("pool.ask.none")),
			kit.Row(kit.NewButton(w.T("pool.ask.fetch"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageCompanies}) })), copies}
		p.ask.Refresh()
		kit.Relayout(p.ask)
		return
	}
	p.asked = map[string]bool{}
	write := kit.NewPrimaryButton(w.T("pool.ask.write"), p.onWrite)
	p.ask.Objects = []fyne.CanvasObject{kit.NewText(w.T("pool.ask.about")), kit.Row(write), copies}
	for i := range found {
		c := &found[i]
		id := c.Business.ID
		p.asked[id] = i < askedFirst
		check := kit.NewCheck(c.Business.Name, func(on bool) { p.asked[id] = on })
		check.SetChecked(p.asked[id])
		var under []fyne.CanvasObject
		for _, reason := range p.found.Pooler.LikelyText(w, pool, c) {
			under = append(under, kit.NewText(reason))
		}
		if c.Business.Email == "" {
			under = append(under, kit.NewMarkedLine(w, kit.Warn, w.T("pool.ask.noAddress")))
		}
		under = append(under, kit.NewTextLink(w.T("pool.ask.open"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageBusinesses, ID: id}) }))
		p.ask.Add(kit.Column(gap/2, kit.Hairline(), check, p.indented(under)))
	}
	p.ask.Refresh()
	kit.Relayout(p.ask)
}

// onCopy puts a letter to any business on the clipboard.
func (p *Page) onCopy(pool *need.Pool, norm string) {
	subject, text := p.found.Pooler.Invitation(lang.New(norm), pool, "", p.env.Program.Setting(app.SettingName))
	p.copied(subject + "\n\n" + text)
}

func (p *Page) copied(text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	p.env.Shell.Toast(p.words.T("pool.letters.copied"), false)
}

// letters are what is to be written, with the mailboxes that the drafts can go into.
type letters struct {
	all       []invite.Letter
	mailboxes []data.MailAccount
	usual     data.MailAccount // its ID is "" for none
}

// onWrite writes to the businesses that are chosen, and shows the letters before
// anything is saved.
func (p *Page) onWrite() {
	w, program, f, pool := p.words, p.env.Program, p.found, p.pool()
	var chosen []data.Organisation
	for i := range p.candidates {
		if p.asked[p.candidates[i].Business.ID] {
			chosen = append(chosen, p.candidates[i].Business)
		}
	}
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (letters, error) {
		var l letters
		if len(chosen) == 0 {
			return l, data.NewError("poolNobody", "Ingen bedrift er valgt. Ingenting er skrevet. Velg en eller flere i listen.", nil)
		}
		var err error
		if l.mailboxes, l.usual, err = program.Mail.Outgoing(nil); err != nil {
			return l, err
		}
		l.all, err = invite.Letters(program.Mail, program.Places, f.Grouped, pool, chosen, program.Setting(app.SettingName), program.Setting(app.SettingCounty))
		return l, err
	}, func(l letters, err error) {
		switch {
		case p.left:
		case err != nil:
			p.env.Shell.Fail(w.T("pool.ask.write"), err)
		default:
			p.showLetters(l)
		}
	})
}

// showLetters lets the person read and change the letters, and puts them into the
// mailbox, or on the clipboard.
func (p *Page) showLetters(l letters) {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	about := w.T("pool.letters.sends")
	if l.usual.ID == "" {
		about = w.T("pool.letters.noAccount")
	}
	mailbox := parts.NewMailbox(w, l.mailboxes, l.usual)
	content := kit.Column(gap*2, kit.NewText(about), mailbox.Object())
	subjects, texts := make([]*kit.TextField, len(l.all)), make([]*kit.TextArea, len(l.all))
	for i := range l.all {
		one := &l.all[i]
		subjects[i], texts[i] = kit.NewTextField(), kit.NewTextArea(w)
		subjects[i].SetText(one.Subject)
		texts[i].SetRows(8, 14)
		texts[i].SetText(one.Text)
		head := kit.Column(2, kit.NewStrong(w.T("pool.letters.to", "Business", one.Business, "Norm", lang.Inside(w.T("register.norm."+one.Norm)))))
		if one.To == "" {
			head.Add(kit.NewMarkedLine(w, kit.Warn, w.T("pool.ask.noAddress")))
		}
		content.Add(kit.Column(gap, head, kit.NewField(w, kit.FieldOptions{Label: w.T("pool.letters.subject")}, subjects[i]), kit.NewField(w, kit.FieldOptions{Label: w.T("pool.letters.text")}, texts[i])))
	}
	read := func() []invite.Letter {
		for i := range l.all {
			l.all[i].Subject, l.all[i].Text = subjects[i].Text(), texts[i].Text()
		}
		return l.all
	}
	dialog := kit.Custom{Title: w.N("pool.letters", len(l.all)), Content: content, Width: 720, Height: 640}
	onCopy := func() { p.copied(invite.Copy(w, read())) }
	if l.usual.ID == "" {
		dialog.Verb, dialog.OnVerb = w.T("pool.letters.copy"), func() bool {
			onCopy()
			return true
		}
		kit.ShowCustom(p.env.Shell.Window(), w, dialog)
		return
	}
	dialog.Buttons = []*kit.Button{kit.NewButton(w.T("pool.letters.copy"), onCopy)}
	dialog.Verb = w.T("pool.letters.draft")
	var shown *kit.Dialog
	dialog.OnVerb = func() bool {
		shown.SetVerbEnabled(false)
		p.draft(shown, mailbox.Account(), read())
		return false
	}
	shown = kit.ShowCustom(p.env.Shell.Window(), w, dialog)
}

// draft puts the letters into the mailbox. The dialog stays until that is done.
func (p *Page) draft(shown *kit.Dialog, account string, all []invite.Letter) {
	w, desk := p.words, p.env.Program.Mail
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (mail.Drafted, error) {
		return invite.Drafts(ctx, w, desk, account, all, nil)
	}, func(made mail.Drafted, err error) {
		sentence := func(err error) string {
			return cmp.Or(screen.Sentence(w, err), w.T("shell.fault", "Doing", w.T("pool.letters.draft")))
		}
		shown.SetVerbEnabled(true)
		if err != nil {
			shown.SetProblem(sentence(err))
			return
		}
		shown.Close()
		p.env.Shell.Saved()
		p.env.Shell.Toast(mail.DraftedWords(w, made, sentence), false)
	})
}
