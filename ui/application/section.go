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
	if f := v.fields[field]; f != nil {
		f.focus()
	} else if len(v.order) > 0 {
		v.fields[v.order[0]].focus()
	}
}

// fieldBuilder makes the views of a section's fields.
type fieldBuilder struct {
	desk *desk
	jump func(string)
	// together are fields that are shown inside the view of another.
	together map[string]fieldView
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
	case grant.TypeFile, grant.TypeFiles:
		return newFilesView(d, f)
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
