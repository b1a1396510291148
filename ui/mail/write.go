package mail

import (
	"context"
	"strings"

	"kompetansepilot/app/mail"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// onAnswer begins an answer, in the written norm of who is answered.
func (r *reader) onAnswer() {
	o := &r.now
	if o.mail == nil {
		r.page.env.Shell.Toast(r.page.words.T("mailui.onlyTop"), false)
		return
	}
	l := mail.Reply(o.row, o.mail, o.norm)
	l.About, l.Record = o.x.Filed()
	r.page.write(l)
}

// outgoing are the mailboxes that a letter can be put into, and the one it usually
// goes into.
type outgoing struct {
	all   []data.MailAccount
	usual data.MailAccount
}

// write asks for a letter and puts it into the mailbox as a draft.
func (p *Page) write(l mail.Letter) {
	if len(p.accounts) == 0 {
		p.onAdd()
		return
	}
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (o outgoing, err error) {
		o.all, o.usual, err = p.desk.Outgoing(l.Answers)
		return o, err
	}, func(o outgoing, err error) {
		switch {
		case p.left:
		case err != nil:
			p.env.Shell.Fail(p.words.T("mailui.writeTitle"), err)
		default:
			p.showWrite(l, o)
		}
	})
}

func (p *Page) showWrite(l mail.Letter, o outgoing) {
	w := p.words
	to, subject, text := kit.NewTextField(), kit.NewTextField(), kit.NewTextArea(w)
	to.SetText(strings.Join(l.To, ", "))
	options := []kit.Option{{ID: "", Label: w.T("mailui.noTemplate")}}
	for _, id := range mail.Templates() {
		options = append(options, kit.Option{ID: id, Label: w.T("mail.template." + id + ".subject")})
	}
	template, language := kit.NewSelect(w, options), kit.NewRadio([]kit.Option{{ID: "nb", Label: w.T("register.norm.nb")}, {ID: "nn", Label: w.T("register.norm.nn")}}, nil)
	if l.Language == "en" {
		l.Language = "nb"
	}
	language.SetSelected(l.Language)
	var filled string // what the template put there, so that nobody's own words are lost
	fill := func() {
		if template.Selected() == "" || text.Text() != filled {
			return
		}
		one := mail.Letter{Template: template.Selected(), Language: language.Selected()}
		if one.Fill(p.env.Program.Setting("name")) != nil {
			return
		}
		filled = one.Text
		text.SetText(one.Text)
		if l.Answers == nil {
			subject.SetText(one.Subject)
		}
	}
	subject.SetText(l.Subject)
	if l.Text != "" {
		text.SetText(l.Text)
	}
	template.OnChanged = func(string) { fill() }
	language.OnChanged = func(string) { fill() }
	if l.Answers == nil && l.Template != "" {
		template.SetSelected(l.Template)
		fill()
	}
	files, mailbox := p.newFileList(l.Files), parts.NewMailbox(w, o.all, o.usual)
	var dialog *kit.Dialog
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("mailui.writeTitle"), Verb: w.T("mailui.saveDraft"), Width: 720, Height: 640, Focus: text.FocusTarget(),
		Content: kit.FormColumn(mailbox.Object(), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.toField"), Hint: w.T("mailui.toHint"), Required: true}, to),
			kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.column.subject")}, subject),
			kit.SideBySide(280, kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.template")}, template), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.norm")}, language)),
			files.content, kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.text")}, text)),
		OnVerb: func() bool {
			l.Template, l.Language, l.Subject, l.Text, l.Files = "", language.Selected(), subject.Text(), text.Text(), files.all
			receivers := strings.FieldsFunc(to.Text(), func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
			dialog.SetVerbEnabled(false)
			p.save(dialog, mailbox.Account(), l, receivers)
			return false
		}})
}

// save puts a draft for each receiver into the mailbox.
func (p *Page) save(dialog *kit.Dialog, account string, l mail.Letter, receivers []string) {
	w := p.words
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (mail.Drafted, error) {
		if len(receivers) == 0 {
			return mail.Drafted{}, data.NewError("mailNobody", "Kladden har ingen mottaker. Den er ikke lagret. Skriv en adresse.", nil)
		}
		var letters []mail.Letter
		for _, to := range receivers {
			one := l
			one.To = []string{strings.TrimSpace(to)}
			letters = append(letters, one)
		}
		return p.desk.Drafts(ctx, mail.StepWords(w, letters), account, letters, nil)
	}, func(made mail.Drafted, err error) {
		dialog.SetVerbEnabled(true)
		if err != nil {
			dialog.SetProblem(p.sentence(err))
			return
		}
		dialog.Close()
		p.env.Shell.Saved()
		p.env.Shell.Toast(mail.DraftedWords(w, made, p.sentence), false)
	})
}

// sentence is what an error says to a person.
func (p *Page) sentence(err error) string {
	if text := screen.Sentence(p.words, err); text != "" {
		return text
	}
	return p.words.T("shell.fault", "Doing", p.words.T("mailui.title"))
}
