package mail

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/mail/archive"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// selectionMenu is what can be done with the conversations that are chosen in the list.
func (p *Page) selectionMenu() []*fyne.MenuItem {
	w, keys := p.words, p.grid.Selected()
	if len(keys) == 0 {
		return nil
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("mailui.settle"), fynetheme.ConfirmIcon(), func() { p.with(keys, false, p.settle) }),
		fyne.NewMenuItemWithIcon(w.T("mailui.mark"), fynetheme.DocumentIcon(), func() { p.with(keys, true, p.onMark) }),
		fyne.NewMenuItemWithIcon(w.T("mailui.handOver"), fynetheme.FolderIcon(), func() { p.with(keys, true, p.onHandOver) }),
	}
}

// with reads messages, and with threads the others of their threads too, and goes on
// with them.
func (p *Page) with(keys []string, threads bool, then func([]post.Row)) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]post.Row, error) { return p.desk.Rows(keys, threads) }, func(rows []post.Row, err error) {
		switch {
		case err != nil:
			p.env.Shell.Fail(p.words.T("mailui.loading"), err)
		case len(rows) > 0 && !p.left:
			then(rows)
		}
	})
}

// otherBasis is the choice of a legal basis that is not in the list.
const otherBasis = "other"

// markNow is what the dialog about the archive begins with.
type markNow struct {
	mark data.MailMark
	laws archive.Laws
}

// onMark asks what the archive is to know of some messages.
func (p *Page) onMark(rows []post.Row) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (n markNow, err error) {
		if n.laws, err = archive.ReadLaws(); err != nil {
			return n, err
		}
		for i := range rows { // the first that says something speaks for all
			if n.mark, err = p.desk.MarkOf(rows[i].Key); err != nil || n.mark.ID != "" {
				return n, err
			}
		}
		for i := range rows {
			if kind, id, _ := strings.Cut(rows[i].Link, ":"); kind == link.Application {
				a, err := data.Get[data.Application](p.env.Program.Workspace, id)
				if err != nil {
					return n, err
				}
				n.mark.CaseNumber = a.CaseNumber
			}
		}
		return n, nil
	}, func(n markNow, err error) {
		switch {
		case err != nil:
			p.env.Shell.Fail(p.words.T("mailui.mark"), err)
		case !p.left:
			p.askMark(rows, n)
		}
	})
}

func (p *Page) askMark(rows []post.Row, n markNow) {
	w := p.words
	number, journaled, other := kit.NewTextField(), kit.NewCheck(w.T("mailui.journaled"), nil), kit.NewTextField()
	number.SetText(n.mark.CaseNumber)
	journaled.SetChecked(n.mark.Journaled)
	options := []kit.Option{{ID: "", Label: w.T("mailui.basis.none")}}
	chosen := ""
	if n.mark.Basis != "" {
		chosen = otherBasis
	}
	for _, b := range n.laws.Bases {
		options = append(options, kit.Option{ID: b.Code, Label: b.Words(w.Code()), Note: b.Basis})
		if b.Basis == n.mark.Basis {
			chosen = b.Code
		}
	}
	if n.laws.Other || chosen == otherBasis {
		options = append(options, kit.Option{ID: otherBasis, Label: w.T("mailui.basis.other")})
	}
	basis := kit.NewSelect(w, options)
	basis.SetSelected(chosen)
	otherField := kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.basis.text"), Hint: w.T("mailui.basis.hint")}, other)
	show := func(id string) {
		if id == otherBasis {
			otherField.Show()
		} else {
			otherField.Hide()
		}
	}
	if chosen == otherBasis {
		other.SetText(n.mark.Basis)
	}
	show(chosen)
	var dialog *kit.Dialog
	basis.OnChanged = func(id string) {
		show(id)
		dialog.Fit()
	}
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("mailui.markTitle"), Verb: w.T("mailui.markVerb"), Width: 560, Focus: number.FocusTarget(),
		Content: kit.FormColumn(kit.NewQuietText(w.N("mailui.markText", len(rows))), kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.caseNumber"), Hint: w.T("mailui.caseHint")}, number), journaled,
			kit.NewField(w, kit.FieldOptions{Label: w.T("mailui.basis"), Hint: w.T("mailui.basisHint")}, basis), otherField),
		OnVerb: func() bool {
			said := basis.Selected()
			if said == otherBasis {
				said = other.Text()
			}
			label, on, caseNumber := w.N("mailui.step.mark", len(rows)), journaled.Checked(), strings.TrimSpace(number.Text())
			task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
				return struct{}{}, p.desk.Mark(label, rows, func(m *data.MailMark) { m.Journaled, m.CaseNumber, m.Basis = on, caseNumber, said })
			}, func(_ struct{}, err error) {
				if err != nil {
					dialog.SetProblem(p.sentence(err))
					return
				}
				dialog.Close()
				p.env.Shell.Saved()
				p.env.Shell.Toast(label, true)
				if !p.left {
					p.reader.reload()
				}
			})
			return false
		}})
}

// onHandOver writes messages for the archive into a new folder in the one that is
// chosen.
func (p *Page) onHandOver(rows []post.Row) {
	w := p.words
	p.chooser.Folder(w.T("mailui.handOverTitle"), func(parent string) {
		folder := filepath.Join(parent, w.T("mailui.handOverName", "Time", time.Now().Format("2006-01-02 150405")))
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (archive.Result, error) { return p.desk.HandOver(folder, w, rows) }, func(r archive.Result, err error) {
			if err != nil {
				p.env.Shell.Fail(w.T("mailui.handOver"), err)
				return
			}
			p.env.Shell.Toast(w.N("mailui.handedOver", r.Messages, "Path", r.Folder), false)
		})
	})
}

// marked tells what the archive knows of the message.
func (r *reader) marked() []fyne.CanvasObject {
	w, m := r.page.words, &r.now.mark
	var parts []string
	if m.Journaled {
		parts = append(parts, w.T("mailui.isJournaled"))
	}
	if m.CaseNumber != "" {
		parts = append(parts, w.T("mailui.inCase", "Case", m.CaseNumber))
	}
	if m.Basis != "" {
		parts = append(parts, w.T("mailui.exempt", "Basis", m.Basis))
	}
	if len(parts) == 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.NewMarkedLine(w, kit.Fine, strings.Join(parts, " · "))}
}
