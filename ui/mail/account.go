package mail

import (
	"context"
	"strconv"
	"strings"

	"kompetansepilot/app/mail"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// onAdd asks for a mailbox. The address comes first; the server is found from it.
func (p *Page) onAdd() {
	w := p.words
	address, secret, host, port := kit.NewTextField(), kit.NewSecretField(), kit.NewTextField(), kit.NewTextField()
	days := kit.NewSelect(w, []kit.Option{{ID: "0", Label: w.T("mailui.days.all")}, {ID: "365", Label: w.T("mailui.days.year")}, {ID: "90", Label: w.T("mailui.days.quarter")}})
	days.SetSelected("365")
	port.SetText("993")
	var dialog *kit.Dialog
	content := kit.FormColumn(
		kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.address"), Required: true}, address),
		kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.password"), Hint: w.T("mailui.passwordHint"), Required: true}, secret),
		kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.server"), Hint: w.T("mailui.serverHint")}, host),
		kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.port")}, port),
		kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.days")}, days),
		kit.NewQuietText(w.T("mailui.readOnly")))
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("mailui.add"), Verb: w.T("mailui.addVerb"), Width: 560, Content: content, Focus: address.FocusTarget(),
		OnVerb: func() bool {
			n, _ := strconv.ParseInt(strings.TrimSpace(port.Text()), 10, 64)
			back, _ := strconv.ParseInt(days.Selected(), 10, 64)
			a := data.MailAccount{Address: address.Text(), Host: strings.TrimSpace(host.Text()), Port: n, Days: back}
			label, password := w.T("mailui.step.add", "Address", a.Address), secret.Text()
			dialog.SetVerbEnabled(false)
			task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (data.MailAccount, error) {
				return p.desk.AddAccount(ctx, label, a, mail.SignIn{Password: password})
			}, func(_ data.MailAccount, err error) {
				dialog.SetVerbEnabled(true)
				if err != nil {
					dialog.SetProblem(p.sentence(err))
					return
				}
				dialog.Close()
				p.env.Shell.Toast(label, true)
				if !p.left {
					p.added()
				}
			})
			return false
		}})
}

// added fetches the new mailbox at once.
func (p *Page) added() {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]data.MailAccount, error) { return p.desk.Accounts() }, func(all []data.MailAccount, err error) {
		if err != nil || p.left {
			return
		}
		p.accounts = all
		p.load()
		p.onFetch()
	})
}
