package courses

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// businessDialog is one business's part in a course beside its counts: why people
// dropped out, a note, and the names, where they are wanted.
type businessDialog struct {
	of     *peoplePart
	id     string // of the participation
	dialog *kit.Dialog
	form   *form.Form[data.Participation]
	names  *kit.RowList
	none   *kit.Text

	person, stage, basis *kit.Select
	name                 *kit.TextField
}

// askBusiness opens what is known of the chosen business beside its counts.
func (c *peoplePart) askBusiness() {
	b := c.chosen()
	if b == nil || c.open != nil {
		return
	}
	w, gap := c.words, theme.Size(theme.SizeNameGap)
	d := &businessDialog{of: c, id: b.ID}
	d.form = form.New(w, c.saves, func(label string, _ *data.Participation) string {
		return w.T("course.count.step", "Field", label, "Business", d.business().Business, "Name", c.run.Name)
	})
	reason := d.form.Choice("reason", w.T("course.column.reason"), "", parts.Options(course.Reasons(), func(r string) string { return course.ReasonWord(w, r) }),
		func(p *data.Participation) *string { return &p.Reason })
	note := d.form.Area("note", w.T("register.column.note"), w.T("course.hint.note"), func(p *data.Participation) *string { return &p.Note })
	d.none = kit.NewQuietText(w.T("course.names.none"))
	d.names = kit.NewRowList(w.T("course.names.title"), func(string) {})
	d.names.OnDelete = d.onRemove
	d.person, d.name = kit.NewSelect(w, nil), kit.NewTextField()
	d.person.AllowEmpty = true
	d.stage = kit.NewSelect(w, parts.Options(course.Stages(), func(s string) string { return course.StageWord(w, s) }))
	d.stage.SetSelected(course.StageRegistered)
	d.basis = kit.NewSelect(w, parts.Options(course.Bases(), func(s string) string { return course.BasisWord(w, s) }))
	field := func(label, hint string, control kit.Control) *kit.Field {
		return kit.NewField(w, kit.FieldOptions{Label: label, Hint: hint}, control)
	}
	content := kit.Column(gap, reason.Frame, note.Frame, kit.NewStrong(w.T("course.names.title")), kit.NewQuietText(w.T("course.names.why")), d.none, d.names,
		kit.SideBySide(pairWidth, field(w.T("course.names.person"), "", d.person), field(w.T("course.names.name"), w.T("course.names.nameHint"), d.name)),
		kit.SideBySide(pairWidth, field(w.T("course.names.stage"), "", d.stage), field(w.T("course.names.basis"), "", d.basis)),
		kit.Row(kit.NewButton(w.T("course.names.add"), d.onAdd)))
	d.form.Show(b.ID, b.Participation)
	c.open = d
	d.dialog = kit.ShowCustom(c.page.env.Shell.Window(), w, kit.Custom{Title: b.Business, Width: 620, Height: 640, Content: content, OnClosed: func(bool) {
		c.saves.Flush()
		c.open = nil
	}})
	d.reload()
	d.loadPeople(b.Organisation)
}

// loadPeople offers the contacts of the business.
func (d *businessDialog) loadPeople(organisation string) {
	store := d.of.page.env.Program.Workspace
	task.Run(d.of.page.env.Tasks, context.Background(), func(context.Context) ([]data.Person, error) {
		return data.Live[data.Person](store, "id IN (SELECT person FROM person_at WHERE organisation = ? AND deleted = '')", "name, id", organisation)
	}, func(all []data.Person, err error) {
		if err != nil {
			d.of.page.env.Shell.Fail(d.of.words.T("course.names.person"), err)
			return
		}
		var people []kit.Option
		for _, p := range all {
			people = append(people, kit.Option{ID: p.ID, Label: p.Name, Note: p.Role})
		}
		d.person.SetOptions(people)
	})
}

// business is the business as it was read last.
func (d *businessDialog) business() *course.Business {
	i := slices.IndexFunc(d.of.run.Businesses, func(b course.Business) bool { return b.ID == d.id })
	if i < 0 {
		return &course.Business{}
	}
	return &d.of.run.Businesses[i]
}

// reload shows what is stored now.
func (d *businessDialog) reload() {
	w, b := d.of.words, d.business()
	if b.ID == "" { // removed meanwhile
		d.dialog.Close()
		return
	}
	d.form.Show(b.ID, b.Participation)
	var ids []string
	for i := range b.People {
		if b.People[i].Person != "" {
			ids = append(ids, b.People[i].Person)
		}
	}
	store := d.of.page.env.Program.Workspace
	task.Run(d.of.page.env.Tasks, context.Background(), func(context.Context) (map[string]string, error) { return store.Titles("person", ids) }, func(names map[string]string, err error) {
		if err != nil {
			d.of.page.env.Shell.Fail(w.T("course.names.title"), err)
			return
		}
		var rows []kit.ListRow
		for i := range b.People {
			p := &b.People[i]
			name := p.Name
			if linked := names[p.Person]; linked != "" {
				name = linked
			}
			basis := kit.NewMarkedLine(w, kit.Warn, w.T("course.names.noBasis"))
			if p.Basis != "" {
				basis = kit.NewMarkedLine(w, kit.Fine, course.BasisWord(w, p.Basis))
			}
			id := p.ID
			rows = append(rows, kit.ListRow{ID: id, Label: name, Content: kit.Column(2, kit.NewText(lang.Joined(" · ", name, course.StageWord(w, p.Status))), basis),
				Menu: []*fyne.MenuItem{fyne.NewMenuItem(w.T("course.names.remove"), func() { d.onRemove(id) })}})
		}
		d.none.Hidden = len(rows) > 0
		d.names.SetRows(rows)
		kit.Relayout(d.names)
	})
}

// onAdd stores a name.
func (d *businessDialog) onAdd() {
	w := d.of.words
	p := data.Participant{Participation: d.id, Person: d.person.Selected(), Name: strings.TrimSpace(d.name.Text()), Status: d.stage.Selected(), Basis: d.basis.Selected()}
	switch {
	case p.Person == "" && p.Name == "":
		d.dialog.SetProblem(w.T("course.names.who"))
		return
	case p.Basis == "":
		d.dialog.SetProblem(w.T("course.names.needsBasis"))
		return
	}
	if p.Person != "" {
		p.Name = "" // the contact's own is shown
	}
	d.dialog.SetProblem("")
	d.name.SetText("")
	d.person.SetSelected("")
	label := w.T("course.names.added", "Business", d.business().Business, "Name", d.of.run.Name)
	d.of.page.do(label, func() error {
		_, err := d.of.page.store.PutName(label, p)
		return err
	})
}

func (d *businessDialog) onRemove(id string) {
	label := d.of.words.T("course.names.removed", "Business", d.business().Business, "Name", d.of.run.Name)
	d.of.page.do(label, func() error { return d.of.page.store.DeleteName(label, id) })
}
