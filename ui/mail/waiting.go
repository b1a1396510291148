package mail

import (
	"cmp"
	"context"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// setWaiting shows how many letters wait for their mailbox.
func (p *Page) setWaiting(all []data.MailDraft) {
	p.waiting = all
	p.waits.SetText(p.words.N("mailui.waits", len(all)))
	if len(all) > 0 {
		p.waits.Show()
	} else {
		p.waits.Hide()
	}
	p.list.Refresh()
}

// onWaiting shows the letters that wait, and what can be done with them.
func (p *Page) onWaiting() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	var dialog *kit.Dialog
	column := kit.Column(2*gap, kit.NewText(w.T("mailui.waitsText")))
	for _, d := range p.waiting {
		created, _ := time.Parse(time.RFC3339, d.Created) // the workspace's own form
		column.Add(kit.NewCard(kit.Column(gap, kit.NewStrong(d.Receivers), kit.NewText(cmp.Or(d.Subject, w.T("mailui.noSubject"))),
			kit.NewQuietText(w.T("mailui.waitsSince", "Time", w.Moment(created))),
			kit.Row(kit.NewButton(w.T("kit.copy"), func() {
				fyne.CurrentApp().Clipboard().SetContent(d.Text)
				p.env.Shell.Toast(w.T("kit.copied"), false)
			}), kit.NewQuietButton(w.T("mailui.waitsDrop"), func() {
				dialog.Close()
				p.dropWaiting(d)
			})))))
	}
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("mailui.waitsTitle"), Width: 620, Content: column, Verb: w.T("mailui.waitsNow"), CloseText: w.T("kit.close"), OnVerb: func() bool {
		dialog.SetVerbEnabled(false)
		p.deliver(dialog)
		return false
	}})
}

// deliver puts the letters that wait into their mailboxes. The dialog stays until
// that is done.
func (p *Page) deliver(dialog *kit.Dialog) {
	accounts := p.accounts
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (n int, failed error) {
		for _, a := range accounts {
			done, err := p.desk.Deliver(ctx, a, nil)
			n += done
			failed = cmp.Or(failed, err) // one that fails does not keep the others back
		}
		return n, failed
	}, func(n int, err error) {
		dialog.SetVerbEnabled(true)
		if !p.left {
			p.load()
		}
		if err != nil {
			dialog.SetProblem(p.sentence(err))
			return
		}
		dialog.Close()
		p.env.Shell.Toast(p.words.N("mailui.draftSaved", n), false)
	})
}

// dropWaiting moves a letter to the trash, so that it is not put into the mailbox.
func (p *Page) dropWaiting(d data.MailDraft) {
	label := p.words.T("mailui.step.dropDraft", "To", d.Receivers)
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, p.env.Program.Workspace.Update(label, func(tx *data.Tx) error { return tx.Delete(&d) })
	}, func(_ struct{}, err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Toast(label, true)
	})
}
