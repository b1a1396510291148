package mail

import (
	"context"
	"crypto/x509"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/imap"
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
		column.Add(kit.NewCard(kit.Padded(2*gap, kit.Column(gap, kit.NewStrong(a.Address), kit.NewQuietText(p.accountText(a)), p.accountStatus(status[i]),
			kit.Row(again, kit.NewButton(w.T("signin.account.folders"), then(p.onFolders)), kit.NewQuietButton(w.T("signin.account.remove"), then(p.onRemove)))))))
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

func (p *Page) accountStatus(s mail.Status) fyne.CanvasObject {
	w := p.words
	switch {
	case s.Running:
		return kit.NewMarkedLine(w, kit.Info, w.T("signin.account.running"))
	case s.Err != nil:
		return kit.NewMarkedLine(w, kit.Stop, p.sentence(s.Err))
	case !s.At.IsZero():
		return kit.NewMarkedLine(w, kit.Fine, w.T("signin.account.updated", "Time", s.At.Format("15:04")))
	}
	return kit.NewMarkedLine(w, kit.Info, w.T("signin.account.notYet"))
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

// onFolders shows the folders of a mailbox: what is fetched of each, and how long it
// is kept here. What is chosen is kept at once.
func (p *Page) onFolders(a data.MailAccount) { p.showFolders(a, nil) }

// showFolders is onFolders; ca are the roots of a test's own server.
func (p *Page) showFolders(a data.MailAccount, ca *x509.CertPool) {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	var dialog *kit.Dialog
	ctx, cancel := context.WithCancel(context.Background())
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("signin.foldersTitle", "Address", a.Address), Width: 760, Content: kit.NewQuietText(w.T("signin.foldersLoading")),
		OnClosed: func(bool) { cancel() }})
	task.Run(p.env.Tasks, ctx, func(ctx context.Context) ([]mail.FolderChoice, error) { return p.desk.Folders(ctx, a, ca) }, func(all []mail.FolderChoice, err error) {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			dialog.SetContent(kit.NewMarkedLine(w, kit.Stop, p.sentence(err)))
			return
		}
		column := kit.Column(gap, kit.NewText(w.T("signin.foldersText")))
		for _, c := range all {
			column.Add(kit.Hairline())
			column.Add(p.folderLine(a, c, dialog))
		}
		dialog.SetContent(column)
	})
}

// folderLine is a folder with what is chosen for it.
func (p *Page) folderLine(a data.MailAccount, c mail.FolderChoice, dialog *kit.Dialog) fyne.CanvasObject {
	w := p.words
	label := c.Name
	if c.Role != "" && c.Role != string(imap.RoleArchive) {
		label = w.T("signin.folderRole", "Name", c.Name, "Role", w.T("signin.role."+c.Role))
	}
	if c.Days == int(a.Days) {
		c.Days = 0 // as for the mailbox
	}
	fetch := kit.NewCheck(label, nil)
	fetch.SetChecked(c.Fetch)
	days, keep := kit.NewSelect(w, folderOptions(w, w.T("signin.folderDays.all"), "signin.folderDays", c.Days)), kit.NewSelect(w, folderOptions(w, w.T("signin.folderKeep.all"), "signin.folderKeep", c.Keep))
	days.SetSelected(strconv.Itoa(c.Days))
	keep.SetSelected(strconv.Itoa(c.Keep))
	more := kit.SideBySide(220, days, keep)
	if !c.Fetch {
		more.Hide()
	}
	save := func() {
		c.Fetch = fetch.Checked()
		c.Days, _ = strconv.Atoi(days.Selected()) // from the list
		c.Keep, _ = strconv.Atoi(keep.Selected())
		one := c
		step := w.T("signin.step.folder", "Name", c.Name)
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, p.desk.Choose(step, a, one) }, func(_ struct{}, err error) {
			if err != nil {
				dialog.SetProblem(p.sentence(err))
				return
			}
			p.env.Shell.Saved()
		})
	}
	fetch.OnChanged = func(on bool) {
		if more.Hidden = !on; on {
			more.Show()
		}
		dialog.Fit()
		save()
	}
	days.OnChanged = func(string) { save() }
	keep.OnChanged = func(string) { save() }
	return kit.Column(theme.Size(theme.SizeNameGap)/2, fetch, more)
}

// folderOptions are spans of days with the words of a key; one that is none of the
// usual is there too.
func folderOptions(w *lang.Printer, always, key string, now int) []kit.Option {
	all := []kit.Option{{ID: "0", Label: always}}
	for _, n := range []int{30, 90, 365, 730} {
		all = append(all, kit.Option{ID: strconv.Itoa(n), Label: w.N(key, n)})
		if n == now {
			now = 0
		}
	}
	if now != 0 {
		all = append(all, kit.Option{ID: strconv.Itoa(now), Label: w.N(key, now)})
	}
	return all
}

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
