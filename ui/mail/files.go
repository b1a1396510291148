package mail

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// files are the attachments, each with what can be done with it; a dangerous one says
// why it is not to be opened. Pictures that stand in the text come last.
func (r *reader) files() []fyne.CanvasObject {
	w := r.page.words
	var rows, inline []fyne.CanvasObject
	for i := range r.now.mail.Attachments {
		a := &r.now.mail.Attachments[i]
		what := kit.Column(0, kit.NewStrong(a.Name), kit.NewQuietText(w.T("mailui.size", "Size", w.Number(int64(max(1, a.Size/1024))))))
		save := kit.NewIconButton(fynetheme.DocumentSaveIcon(), w.T("mailui.saveFile", "Name", a.Name), func() { r.onSaveFile(a) })
		buttons := []fyne.CanvasObject{save}
		if a.Danger != "" {
			what.Add(kit.NewMarkedLine(w, kit.Warn, w.T("mailui.danger."+a.Danger)))
		} else {
			take := kit.NewButton(w.T("mailui.takeIn"), func() { r.onTakeIn(a.Name, a.Content) })
			take.SetTip(w.T("mailui.takeInTip", "Name", a.Name))
			buttons = []fyne.CanvasObject{kit.NewButton(w.T("mailui.openFile"), func() { r.onOpenFile(a) }), save, take}
		}
		row := beside(what, buttons...)
		if a.Inline {
			inline = append(inline, row)
		} else {
			rows = append(rows, row)
		}
	}
	if rows = append(rows, inline...); len(rows) == 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall), append([]fyne.CanvasObject{kit.NewQuietText(w.N("mailui.files", len(rows)))}, rows...)...))}
}

// onOpenFile shows a copy in the system's program.
func (r *reader) onOpenFile(a *parse.Attachment) {
	p := r.page
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, system.OpenCopy(a.Name, a.Content()) }, func(_ struct{}, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("mailui.openFile"), err)
		}
	})
}

// takeInto are the applications that a file can be taken into, with the rows that it
// may confirm.
type takeInto struct {
	applications []kit.Option
	rows         map[string][]kit.Option // by application
}

// onTakeIn takes a file into an application: as an attachment, or as evidence of a row
// in its financing.
func (r *reader) onTakeIn(name string, content func() []byte) {
	p := r.page
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (takeInto, error) { return p.takeInto() }, func(t takeInto, err error) {
		switch {
		case err != nil:
			p.env.Shell.Fail(p.words.T("mailui.takeIn"), err)
		case len(t.applications) == 0:
			p.env.Shell.Toast(p.words.T("mailui.noApplication"), false)
		case !p.left:
			r.askTakeIn(name, content, t)
		}
	})
}

func (p *Page) takeInto() (takeInto, error) {
	t := takeInto{rows: map[string][]kit.Option{}}
	all, err := p.env.Program.Grants.Applications()
	if err != nil {
		return t, err
	}
	for _, a := range all {
		if a.Status == data.StatusSubmitted {
			continue
		}
		d, call, err := p.env.Program.Grants.Load(a.ID)
		if data.Code(err) != "" { // its call is missing
			continue
		}
		if err != nil {
			return t, err
		}
		t.applications = append(t.applications, kit.Option{ID: a.ID, Label: a.Title})
		for _, line := range grant.ComputeBudget(call, &d, nil, p.words.Code()).Financing {
			if line.Row.Type != grant.GrantSource {
				t.rows[a.ID] = append(t.rows[a.ID], kit.Option{ID: line.Row.ID, Label: line.Label, Note: p.words.T("mailui.kroner", "Amount", p.words.Money(line.Sum))})
			}
		}
	}
	return t, nil
}

func (r *reader) askTakeIn(name string, content func() []byte, t takeInto) {
	p, w, o := r.page, r.page.words, &r.now
	into, row, amount := kit.NewSelect(w, t.applications), kit.NewSelect(w, nil), kit.NewMoneyField(w)
	kind := kit.NewRadio([]kit.Option{{ID: data.EvidenceLetter, Label: w.T("budget.evidence.letter")}, {ID: data.EvidenceDecision, Label: w.T("budget.evidence.decision")}, {ID: data.EvidenceEmail, Label: w.T("budget.evidence.email")}}, nil)
	kind.SetSelected(data.EvidenceLetter)
	if strings.HasSuffix(name, ".eml") {
		kind.SetSelected(data.EvidenceEmail)
	}
	reference := kit.NewTextField()
	reference.SetText(lang.Joined(", ", o.row.From.Who(), o.row.Subject))
	for _, x := range o.x.Proposals {
		if x.Kind == ask.Case {
			reference.SetText(x.Case)
		}
		if x.Kind == ask.Evidence && x.Amount > 0 {
			amount.SetValue(x.Amount)
		}
	}
	row.AllowEmpty = true
	confirms := kit.FormColumn(kit.NewField(w, kit.FieldOptions{Label: w.T("budget.evidence.kind")}, kind),
		kit.NewField(w, kit.FieldOptions{Label: w.T("budget.evidence.reference"), Hint: w.T("budget.evidence.referenceHint")}, reference),
		kit.NewField(w, kit.FieldOptions{Label: w.T("budget.evidence.amount"), Hint: w.T("budget.evidence.amountHint")}, amount))
	var dialog *kit.Dialog
	show := func() {
		if row.Selected() == "" {
			confirms.Hide()
		} else {
			confirms.Show()
		}
		if dialog != nil {
			dialog.Fit()
		}
	}
	row.OnChanged = func(string) { show() }
	into.OnChanged = func(id string) {
		row.SetOptions(t.rows[id])
		row.SetSelected("")
		show()
	}
	first := t.applications[0].ID
	if about, record := o.x.Filed(); about == link.Application {
		first = record
	}
	into.SetSelected(first)
	into.OnChanged(into.Selected())
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("mailui.takeInTitle"), Verb: w.T("mailui.takeInVerb"), Width: 560,
		Content: kit.FormColumn(kit.NewStrong(name), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.intoApplication")}, into),
			kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.confirmsRow"), Hint: w.T("mailui.confirmsHint")}, row), confirms),
		OnVerb: func() bool {
			var e *data.Evidence
			if row.Selected() != "" {
				e = &data.Evidence{BudgetRow: row.Selected(), EvidenceOf: kind.Selected(), Reference: strings.TrimSpace(reference.Text()), Date: o.row.Date.Format(time.DateOnly)}
				e.Amount, _ = amount.Value()
			}
			label, id := w.T("mailui.step.takeIn", "Name", name), into.Selected()
			task.Run(p.env.Tasks, context.Background(), func(context.Context) (data.Attachment, error) {
				return p.env.Program.Grants.TakeIn(label, id, name, content(), e)
			}, func(_ data.Attachment, err error) {
				if err != nil {
					dialog.SetProblem(p.sentence(err))
					return
				}
				dialog.Close()
				p.env.Shell.Saved()
				p.env.Shell.Toast(label, true)
			})
			return false
		}})
}

// onTakeInMail takes the message itself into an application, as it came.
func (r *reader) onTakeInMail() {
	p, row := r.page, r.now.row
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]byte, error) { return p.desk.Raw(row) }, func(raw []byte, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("mailui.takeIn"), err)
			return
		}
		r.onTakeIn(emlName(row), func() []byte { return raw })
	})
}

// emlName is the file name of a message.
func emlName(row post.Row) string {
	return parse.CleanName(strings.NewReplacer("/", "-", `\`, "-", ":", "").Replace(row.Subject) + ".eml")
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
	p.chooser.Save(p.words.T("mailui.saveMail"), emlName(row), kit.FileFilter{Name: p.words.T("mailui.mailFiles"), Extensions: []string{".eml"}}, func(path string) {
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
		if err := disk.Write(path, raw); err != nil {
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
