package mail

import (
	"context"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// onAccounts shows the mailboxes: how it stands with each, and what can be done.
func (p *Page) onAccounts() {
	accounts := p.accounts
	if len(accounts) == 0 {
		p.onAdd()
		return
	}
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	status := p.desk.Status(accounts)
	var dialog *kit.Dialog
	column := kit.Column(2 * gap)
	for i, a := range accounts {
		then := func(do func(data.MailAccount)) func() {
			return func() {
				dialog.Close()
				do(a)
			}
		}
		again := kit.NewButton(w.T("signin.account.signIn"), then(p.onSignIn))
		if mail.NeedsSignIn(status[i].Err) {
			again.SetLook(kit.Primary)
		}
		column.Add(kit.NewCard(kit.Column(gap, kit.NewStrong(a.Address), kit.NewQuietText(p.accountText(a)), p.statusLine(&status[i]),
			kit.Row(again, kit.NewButton(w.T("signin.account.folders"), then(p.onFolders)), kit.NewQuietButton(w.T("signin.account.remove"), then(p.onRemove))))))
	}
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("signin.accountsTitle"), Width: 620, Content: column,
		Buttons: []*kit.Button{kit.NewButton(w.T("mailui.add"), func() {
			dialog.Close()
			p.onAdd()
		})}})
}

// accountText says in a line where a mailbox is and how one signs in to it.
func (p *Page) accountText(a data.MailAccount) string {
	w := p.words
	way := a.SignIn
	if way == "" {
		way = signin.WithPassword
	}
	if a.User != "" && a.User != a.Address {
		return w.T("signin.account.as", "Way", w.T("signin.way."+way), "Host", a.Host, "User", a.User)
	}
	return w.T("signin.account.at", "Way", w.T("signin.way."+way), "Host", a.Host)
}

// onRemove forgets a mailbox.
func (p *Page) onRemove(a data.MailAccount) {
	w := p.words
	label := w.T("signin.step.remove", "Address", a.Address)
	kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("signin.removeTitle", "Address", a.Address), Text: w.T("signin.removeText"), Verb: w.T("signin.removeVerb"), Danger: true, OnDone: func(yes bool) {
		if !yes {
			return
		}
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, p.desk.RemoveAccount(label, a.ID) }, func(_ struct{}, err error) {
			if err != nil {
				p.env.Shell.Fail(label, err)
				return
			}
			p.env.Shell.Toast(label, true)
		})
	}})
}

// onFolders shows the folders of a mailbox.
func (p *Page) onFolders(a data.MailAccount) { p.showPrivacy(tabFolders, a.ID, nil) }

// needsSignIn lets the person sign in again when that is what a fetch waits for. It
// tells whether it was.
func (p *Page) needsSignIn(err error) bool {
	if !mail.NeedsSignIn(err) {
		return false
	}
	status := p.desk.Status(p.accounts)
	for i, s := range status {
		if mail.NeedsSignIn(s.Err) {
			f := p.newAccountForm(p.accounts[i], nil, inBrowser)
			f.show()
			f.dialog.SetProblem(p.sentence(s.Err))
			return true
		}
	}
	return false
}
