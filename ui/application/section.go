package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// fieldView is one field of the call on the screen.
type fieldView interface {
	object() fyne.CanvasObject
	// show puts what is stored into the field, unless it is being typed in, and the
	// findings under it.
	show(found []grant.Finding)
	focus()
}

// sectionView is a section of the call: its fields under each other.
type sectionView struct {
	desk   *desk
	order  []string
	fields map[string]fieldView
	whole  fyne.CanvasObject
}

func newSectionView(d *desk, s *grant.Section, jump func(string)) *sectionView {
	v := &sectionView{desk: d, fields: map[string]fieldView{}}
	b := fieldBuilder{desk: d, jump: jump}
	var rows []fyne.CanvasObject
	for i := range s.Fields {
		f := &s.Fields[i]
		view := b.build(f)
		if view == nil {
			continue // shown together with another field
		}
		v.order = append(v.order, f.ID)
		v.fields[f.ID] = view
		rows = append(rows, view.object())
	}
	for id, together := range b.together {
		v.fields[id] = together
	}
	v.whole = kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup), rows...))
	return v
}

func (v *sectionView) content() fyne.CanvasObject { return v.whole }

func (v *sectionView) show() {
	for id, f := range v.fields {
		f.show(v.desk.report.Of(id))
	}
}

func (v *sectionView) focus(field string) {
	f := v.fields[field]
	if f == nil && len(v.order) > 0 {
		f = v.fields[v.order[0]]
	}
	if f != nil {
		kit.Reveal(f.object()) // its label too, not only what takes the focus
		f.focus()
	}
}

// focused is the field that the focus stands in, or "".
func (v *sectionView) focused(canvas fyne.Canvas) string {
	on, ok := canvas.Focused().(fyne.CanvasObject)
	if !ok {
		return ""
	}
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(on)
	for _, id := range v.order {
		o := v.fields[id].object()
		from := driver.AbsolutePositionForObject(o)
		to := from.Add(o.Size())
		if at.X >= from.X && at.Y >= from.Y && at.X < to.X && at.Y < to.Y {
			return id
		}
	}
	return ""
}

// fieldBuilder makes the views of a section's fields.
type fieldBuilder struct {
	desk *desk
	jump func(string)
	// together are fields that are shown inside the view of another.
	together map[string]fieldView
	// milestones is the section's view of them, for the chart to lead to.
	milestones *milestonesView
}

// openMilestone goes to the row of a milestone, wherever the call has them.
func (b *fieldBuilder) openMilestone(id string) {
	if b.milestones != nil {
		b.milestones.list.open(id)
	} else if fields := b.desk.call.FieldsOf(grant.TypeMilestones); len(fields) > 0 {
		b.jump(fields[0].ID)
	}
}

func (b *fieldBuilder) build(f *grant.Field) fieldView {
	d := b.desk
	switch f.Type {
	case grant.TypeMultiline:
		return newAreaView(d, f)
	case grant.TypeMoney:
		return newMoneyView(d, f)
	case grant.TypeOrganisation:
		return newOrganisationView(d, f)
	case grant.TypeContact:
		return newContactView(d, f)
	case grant.TypeBankAccount:
		return newAccountView(d, f)
	case grant.TypeMultiChoice:
		return newChoicesView(d, f)
	case grant.TypeList:
		return newGoalsView(d, f)
	case grant.TypeSchedule:
		return newScheduleView(d, f)
	case grant.TypeMunicipalities:
		return newTargetView(d, f, b.jump)
	case grant.TypeFile, grant.TypeFiles:
		return newFilesView(d, f)
	case grant.TypeActivities:
		return newActivitiesView(d, f, b.openMilestone)
	case grant.TypeMilestones:
		b.milestones = newMilestonesView(d, f)
		return b.milestones
	case grant.TypePartners:
		return newPartnersView(d, f)
	case grant.TypeYearTable:
		return b.buildBudget(f)
	case grant.TypeTable:
		return newTableView(d, f)
	}
	return newLineView(d, f)
}

// options are what the kit's frame shows round a field.
func (d *desk) options(f *grant.Field) kit.FieldOptions {
	return kit.FieldOptions{
		Label: d.label(f), Hint: f.Help.In(d.words.Code()), Required: f.Required,
	}
}

// notes are findings as the kit's frame shows them.
func notes(found []grant.Finding) []kit.FieldNote {
	var all []kit.FieldNote
	for _, f := range found {
		all = append(all, kit.FieldNote{Severity: severity(f), Message: f.Message, Remedy: f.Remedy})
	}
	return all
}

// narrowed keeps a field as wide as a form may be.
func narrowed(o fyne.CanvasObject) fyne.CanvasObject { return kit.FormColumn(o) }
