package application

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// evidenceOf are the letters, e-mails and decisions behind a row.
func evidenceOf(d *data.Draft, row string) []data.Evidence {
	var all []data.Evidence
	for _, e := range d.Evidence {
		if e.BudgetRow == row {
			all = append(all, e)
		}
	}
	return all
}

// confirmedCell tells whether a row's money is confirmed. It opens the evidence.
func (g *budgetGrid) confirmedCell(line *grant.Line) kit.SheetCell {
	words := g.desk.words
	all := evidenceOf(&g.desk.draft, line.Row.ID)
	c := kit.SheetCell{ReadOnly: true, Opens: true, Marked: true, Tone: kit.Warn, Tip: g.describe(all)}
	switch covered := coveredBy(all); {
	case line.Row.Type == grant.GrantSource:
		return kit.SheetCell{ReadOnly: true, Quiet: true, Text: words.T("budget.confirmed.grant")}
	case line.Confirmed && (covered < 0 || covered >= line.Sum):
		c.Text, c.Tone = words.T("budget.confirmed.yes"), kit.Fine
	case line.Confirmed:
		c.Text = words.T("budget.confirmed.partly")
		c.Tip = lang.Joined("\n", words.T("budget.confirmed.partlyTip", "Amount", words.Money(covered), "Sum", words.Money(line.Sum)), c.Tip)
	case line.Sum == 0:
		c.Text, c.Marked, c.Quiet, c.Tip = "–", false, true, words.T("budget.confirmed.add")
	default:
		c.Text = words.T("budget.confirmed.no")
		c.Tip = lang.Joined("\n", words.T("budget.confirmed.noTip"), c.Tip)
	}
	return c
}

// coveredBy is how many kroner evidence confirms, -1 for all.
func coveredBy(all []data.Evidence) int64 {
	var sum int64
	for _, e := range all {
		if e.Reference == "" && e.Attachment == "" {
			continue
		}
		if e.Amount == 0 {
			return -1
		}
		sum += e.Amount
	}
	return sum
}

func (g *budgetGrid) describe(all []data.Evidence) string {
	var lines []string
	for i := range all {
		lines = append(lines, g.desk.evidenceLine(&all[i]))
	}
	return strings.Join(lines, "\n")
}

// evidenceKinds are what can confirm money.
func (d *desk) evidenceKinds() []kit.Option {
	return []kit.Option{
		{ID: data.EvidenceDecision, Label: d.words.T("budget.evidence.decision")},
		{ID: data.EvidenceLetter, Label: d.words.T("budget.evidence.letter")},
		{ID: data.EvidenceEmail, Label: d.words.T("budget.evidence.email")},
	}
}

// evidenceLine is a piece of evidence in one line.
func (d *desk) evidenceLine(e *data.Evidence) string {
	kind, amount, file := "", "", ""
	for _, o := range d.evidenceKinds() {
		if o.ID == e.EvidenceOf {
			kind = o.Label
		}
	}
	if e.Amount != 0 {
		amount = d.words.T("budget.kroner", "Amount", d.words.Money(e.Amount))
	}
	if a := attachmentIn(&d.draft, e.Attachment); a != nil {
		file = a.FileName
	}
	return lang.Joined(" · ", kind, e.Reference, d.words.DateShort(e.Date), amount, file)
}

// showEvidence lists what confirms a row. Without any it asks for the first.
func showEvidence(g *budgetGrid, row string) {
	d, words := g.desk, g.desk.words
	all := evidenceOf(&d.draft, row)
	if len(all) == 0 {
		newEvidenceForm(g, data.Evidence{BudgetRow: row, EvidenceOf: data.EvidenceDecision})
		return
	}
	var dialog *kit.Dialog
	list := kit.Column(theme.Size(theme.SizeNameGap))
	for _, e := range all {
		list.Add(kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewText(d.evidenceLine(&e)), kit.Row(
			kit.NewButton(words.T("budget.evidence.edit"), func() {
				dialog.Close()
				newEvidenceForm(g, e)
			}),
			kit.NewQuietButton(words.T("application.row.remove"), func() {
				dialog.Close()
				removeEvidence(g, e.ID)
			})))))
	}
	dialog = kit.ShowCustom(d.env.Shell.Window(), words, kit.Custom{
		Title: words.T("budget.evidence.title", "Label", g.labelOf(row)), Content: list, Width: 560,
		Buttons: []*kit.Button{kit.NewButton(words.T("budget.evidence.more"), func() {
			dialog.Close()
			newEvidenceForm(g, data.Evidence{BudgetRow: row, EvidenceOf: data.EvidenceLetter})
		})},
	})
}

func (g *budgetGrid) labelOf(row string) string {
	for _, r := range g.sheet.Rows() {
		if r.ID == row {
			return r.Cells[0].Text
		}
	}
	return ""
}

func removeEvidence(g *budgetGrid, id string) {
	d := g.desk
	label := d.words.T("budget.evidence.removed")
	d.Change(label, func(draft *data.Draft) error {
		draft.Evidence = slices.DeleteFunc(slices.Clone(draft.Evidence), func(e data.Evidence) bool { return e.ID == id })
		return nil
	})
	d.env.Shell.Toast(label, true)
}

// evidenceForm asks what confirms a row.
type evidenceForm struct {
	grid      *budgetGrid
	evidence  data.Evidence
	kind      *kit.Radio
	reference *kit.TextField
	date      *kit.DateField
	amount    *kit.MoneyField
	file      *kit.Select
	chooser   kit.FileChooser
	dialog    *kit.Dialog
}

func newEvidenceForm(g *budgetGrid, e data.Evidence) *evidenceForm {
	d, words := g.desk, g.desk.words
	f := &evidenceForm{grid: g, evidence: e, kind: kit.NewRadio(d.evidenceKinds(), nil), reference: kit.NewTextField(),
		date: kit.NewDateField(words), amount: kit.NewMoneyField(words), file: kit.NewSelect(words, fileOptions(d)), chooser: d.chooser()}
	f.kind.SetSelected(e.EvidenceOf)
	f.reference.SetText(e.Reference)
	f.date.SetValue(e.Date)
	if e.Amount != 0 {
		f.amount.SetValue(e.Amount)
	}
	f.file.AllowEmpty = true
	f.file.SetSelected(e.Attachment)
	f.dialog = kit.ShowForm(d.env.Shell.Window(), words, kit.Form{
		Title: words.T("budget.evidence.title", "Label", g.labelOf(e.BudgetRow)), Text: words.T("budget.evidence.text"), Verb: words.T("budget.evidence.verb"),
		Fields: []fyne.CanvasObject{
			kit.NewField(words, kit.FieldOptions{Label: words.T("budget.evidence.kind")}, f.kind),
			kit.NewField(words, kit.FieldOptions{Label: words.T("budget.evidence.reference"), Hint: words.T("budget.evidence.referenceHint")}, f.reference),
			kit.NewField(words, kit.FieldOptions{Label: words.T("budget.evidence.date")}, f.date),
			kit.NewField(words, kit.FieldOptions{Label: words.T("budget.evidence.amount"), Hint: words.T("budget.evidence.amountHint")}, f.amount),
			kit.NewField(words, kit.FieldOptions{Label: words.T("budget.evidence.file")}, f.file),
			kit.Row(kit.NewButton(words.T("budget.evidence.newFile"), f.onNewFile)),
		},
		Check: f.check, OnDone: f.onDone,
	})
	return f
}

// fileOptions are the application's files.
func fileOptions(d *desk) []kit.Option {
	var options []kit.Option
	for _, a := range d.draft.Attachments {
		options = append(options, kit.Option{ID: a.ID, Label: titleOr(d, a.Title), Note: a.FileName})
	}
	return options
}

func (f *evidenceForm) onNewFile() {
	f.chooser.Open(f.grid.desk.words.T("application.file.choose"), kit.FileFilter{}, f.attach)
}

// attach keeps a file with the application's others and chooses it.
func (f *evidenceForm) attach(path string) {
	d := f.grid.desk
	name := filepath.Base(path)
	label, field := d.words.T("application.file.added", "Name", name), fileField(d.call)
	task.Run(d.env.Tasks, context.Background(), func(context.Context) (string, error) {
		return attachFile(d, label, field, path)
	}, func(id string, err error) {
		if err != nil {
			f.dialog.SetProblem(d.sentence(err))
			return
		}
		f.file.SetOptions(append(fileOptions(d), kit.Option{ID: id, Label: name}))
		f.file.SetSelected(id)
		d.env.Shell.Saved()
		d.Load()
	})
}

// fileField is the field of the call that a new file is listed under: the first
// that takes several.
func fileField(call *grant.Call) string {
	for _, kind := range []string{grant.TypeFiles, grant.TypeFile} {
		if all := call.FieldsOf(kind); len(all) > 0 {
			return all[0].ID
		}
	}
	return ""
}

func (f *evidenceForm) check() error {
	if strings.TrimSpace(f.reference.Text()) == "" && f.file.Selected() == "" {
		return errors.New(f.grid.desk.words.T("budget.evidence.needed"))
	}
	return nil
}

func (f *evidenceForm) onDone() {
	d, e := f.grid.desk, f.evidence
	if e.ID == "" {
		e.ID = data.NewID()
	}
	e.EvidenceOf, e.Reference, e.Attachment = f.kind.Selected(), strings.TrimSpace(f.reference.Text()), f.file.Selected()
	e.Date, _ = f.date.Value()
	e.Amount, _ = f.amount.Value()
	d.Change(d.words.T("budget.evidence.added", "Label", f.grid.labelOf(e.BudgetRow)), func(draft *data.Draft) error {
		if f.grid.row(draft, e.BudgetRow) == nil {
			return d.errGone()
		}
		if old := find(draft.Evidence, func(x *data.Evidence) bool { return x.ID == e.ID }); old != nil {
			row := old.Row
			*old = e
			old.Row = row
			return nil
		}
		draft.Evidence = append(draft.Evidence, e)
		return nil
	})
}
