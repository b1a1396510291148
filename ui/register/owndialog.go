package register

import (
	"context"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/companies"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// ownDialog is where the county defines its fields.
type ownDialog struct {
	page *Page
	list *fyne.Container
	uses map[string]int // how many organisations hold something, by field
}

// onOwnFields opens the dialog of own fields.
func (p *Page) onOwnFields() {
	d := &ownDialog{page: p, list: kit.Column(0), uses: map[string]int{}}
	p.ownChanged = d.show
	d.show()
	kit.ShowCustom(p.env.Shell.Window(), p.words, kit.Custom{
		Title: p.words.T("ownfield.title"), Width: 620, OnClosed: func(bool) { p.ownChanged = nil },
		Buttons: []*kit.Button{kit.NewButton(p.words.T("ownfield.new"), func() { d.onEdit(data.OwnField{OrganisationOf: p.kind, FieldOf: data.OwnText}) })},
		Content: kit.Column(spacing(), kit.NewText(p.words.T("ownfield.explain")), d.list),
	})
	d.count()
}

// count finds out how many hold something in each field.
func (d *ownDialog) count() {
	register, all := d.page.register, d.page.own.all()
	task.Run(d.page.env.Tasks, context.Background(), func(context.Context) (map[string]int, error) {
		uses := map[string]int{}
		for i := range all {
			n, err := register.OwnUse(all[i].ID)
			if err != nil {
				return nil, err
			}
			uses[all[i].ID] = n
		}
		return uses, nil
	}, func(uses map[string]int, err error) {
		if err != nil {
			d.page.env.Shell.Fail(d.page.words.T("ownfield.title"), err)
			return
		}
		d.uses = uses
		d.show()
	})
}

// show lists the fields of now.
func (d *ownDialog) show() {
	words, all := d.page.words, d.page.own.all()
	d.list.Objects = nil
	if len(all) == 0 {
		d.list.Add(kit.NewQuietText(words.T("ownfield.none")))
	}
	for i := range all {
		f := all[i]
		up := kit.NewIconButton(fynetheme.MoveUpIcon(), words.T("register.grid.up", "Column", f.Name), func() { d.onMove(&f, -1) })
		down := kit.NewIconButton(fynetheme.MoveDownIcon(), words.T("register.grid.down", "Column", f.Name), func() { d.onMove(&f, 1) })
		if i == 0 {
			up.Disable()
		}
		if i == len(all)-1 {
			down.Disable()
		}
		note := lang.Joined(" · ", ownTypeWord(words, f.FieldOf), words.N("ownfield.use", d.uses[f.ID]))
		d.list.Add(kit.Padded(spacing()/2, kit.NewShares(kit.Shares{Parts: []float32{7, 4}, Least: 320, Gap: spacing(), Middle: true},
			kit.Column(0, kit.NewStrong(f.Name), kit.NewQuietText(note)),
			kit.Row(kit.Spacer(), kit.NewIconButton(fynetheme.DocumentCreateIcon(), words.T("ownfield.edit", "Name", f.Name), func() { d.onEdit(f) }), up, down,
				kit.NewIconButton(fynetheme.DeleteIcon(), words.T("ownfield.delete", "Name", f.Name), func() { d.onDelete(&f) })))))
		d.list.Add(kit.Hairline())
	}
	d.list.Refresh()
	kit.Relayout(d.list)
}

func ownTypeWord(words *lang.Printer, of string) string {
	switch of {
	case data.OwnNumber:
		return words.T("ownfield.type.number")
	case data.OwnDate:
		return words.T("ownfield.type.date")
	case data.OwnChoice:
		return words.T("ownfield.type.choice")
	}
	return words.T("ownfield.type.text")
}

// ownEdit is the dialog of one field.
type ownEdit struct {
	of      *ownDialog
	field   data.OwnField
	name    *kit.TextField
	what    *kit.Radio
	choices *kit.TextArea
	rows    *kit.Field // of the choices
	wrong   *kit.SeverityLine
	body    *fyne.Container
	dialog  *kit.Dialog
}

// onEdit asks for a new field, or for changes of one.
func (d *ownDialog) onEdit(f data.OwnField) {
	words := d.page.words
	e := &ownEdit{of: d, field: f, name: kit.NewTextField(), choices: kit.NewTextArea(words), wrong: kit.NewMarkedLine(words, kit.Stop, "")}
	e.name.SetText(f.Name)
	e.choices.SetText(f.Choices)
	e.rows = kit.NewField(words, kit.FieldOptions{Label: words.T("ownfield.choices"), Hint: words.T("ownfield.choicesHint")}, e.choices)
	e.rows.Hidden = f.FieldOf != data.OwnChoice
	e.wrong.Hide()
	var options []kit.Option
	for _, of := range partner.OwnTypes() {
		options = append(options, kit.Option{ID: of, Label: ownTypeWord(words, of)})
	}
	e.what = kit.NewRadio(options, e.onWhat)
	e.what.SetSelected(f.FieldOf)
	title, verb := words.T("ownfield.new"), words.T("ownfield.make")
	if f.ID != "" {
		title, verb = words.T("ownfield.edit", "Name", f.Name), words.T("ownfield.save")
	}
	e.body = kit.Column(spacing(), kit.NewField(words, kit.FieldOptions{Label: words.T("ownfield.name")}, e.name),
		kit.NewField(words, kit.FieldOptions{Label: words.T("ownfield.type")}, e.what), e.rows, e.wrong)
	e.dialog = kit.ShowCustom(d.page.env.Shell.Window(), words, kit.Custom{
		Title: title, Verb: verb, Width: 480, Focus: e.name.FocusTarget(), Content: e.body, OnVerb: e.onVerb,
	})
}

func (e *ownEdit) onWhat(of string) {
	e.rows.Hidden = of != data.OwnChoice
	e.body.Refresh()
	kit.Relayout(e.body)
}

// onVerb stores the field; the dialog stays while something is wrong.
func (e *ownEdit) onVerb() bool {
	p := e.of.page
	f := e.field
	f.Name, f.FieldOf, f.Choices = e.name.Text(), e.what.Selected(), e.choices.Text()
	label := p.words.T("ownfield.step.put", "Name", f.Name)
	p.save.Do(func() error {
		_, err := p.register.PutOwnField(label, f)
		return err
	}, func(err error) {
		if text := companies.Sentence(p.words, err); err != nil && text != "" {
			e.wrong.Set(kit.Stop, text)
			e.wrong.Show()
			kit.Relayout(e.body)
			return
		}
		e.dialog.Close()
		p.env.Done(label, err)
	})
	return false
}

func (d *ownDialog) onMove(f *data.OwnField, by int) {
	label := d.page.words.T("ownfield.step.move", "Name", f.Name)
	d.do(label, func() error { return d.page.register.MoveOwnField(label, f.ID, by) })
}

func (d *ownDialog) onDelete(f *data.OwnField) {
	label := d.page.words.T("ownfield.step.delete", "Name", f.Name)
	d.do(label, func() error { return d.page.register.DeleteOwnField(label, f.ID) })
}

func (d *ownDialog) do(label string, work func() error) {
	d.page.save.Do(work, func(err error) { d.page.env.Done(label, err) })
}

// spacing is the distance between related things.
func spacing() float32 { return theme.Size(theme.SizeNameGap) }
