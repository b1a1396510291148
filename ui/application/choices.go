package application

import (
	"time"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// choicesView is a field of several choices, each with its full text.
type choicesView struct {
	framed
	desk    *desk
	field   *grant.Field
	control *kit.MultiCheck
}

func newChoicesView(d *desk, f *grant.Field) fieldView {
	v := &choicesView{desk: d, field: f}
	v.control = kit.NewMultiCheck(d.words, choiceOptions(d, f))
	v.control.OnChanged = v.onChanged
	v.framed = newFramed(kit.NewField(d.words, d.options(f), v.control))
	return v
}

// choiceOptions are the field's choices, each with its full text.
func choiceOptions(d *desk, f *grant.Field) []kit.Option {
	var options []kit.Option
	for _, id := range d.call.Choices(f) {
		options = append(options, kit.Option{ID: id, Label: d.call.ChoiceLabel(id, d.words.Code())})
	}
	return options
}

func (v *choicesView) onChanged(ids []string) { v.desk.Answered(v.field, grant.FormatChoices(ids)) }

func (v *choicesView) show(found []grant.Finding) {
	v.control.SetSelected(grant.ParseChoices(v.desk.Answer(v.field.ID)))
	v.note(found)
}

// scheduleView is the period of the project.
type scheduleView struct {
	framed
	desk     *desk
	field    *grant.Field
	from, to *kit.DateField
	whole3   *kit.Button
}

func newScheduleView(d *desk, f *grant.Field) fieldView {
	v := &scheduleView{desk: d, field: f, from: kit.NewDateField(d.words), to: kit.NewDateField(d.words)}
	v.from.OnChanged = v.onChanged
	v.to.OnChanged = v.onChanged
	words := d.words
	v.whole3 = kit.NewButton(words.N("application.schedule.whole", d.call.Period.Years), v.onWholePeriod)
	v.framed = newFramed(kit.NewField(words, d.options(f), kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.schedule.from")}, v.from),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.schedule.to")}, v.to),
		kit.Row(v.whole3),
	))))
	return v
}

func (v *scheduleView) focus() { v.desk.focus(v.from) }

func (v *scheduleView) onChanged(string, bool) {
	from, okFrom := v.from.Value()
	to, okTo := v.to.Value()
	if okFrom && okTo {
		v.desk.Answered(v.field, grant.FormatPeriod(from, to))
	}
}

// onWholePeriod sets the end to the call's whole period from the start.
func (v *scheduleView) onWholePeriod() {
	from, ok := v.from.Value()
	start, err := time.Parse(time.DateOnly, from)
	if !ok || err != nil {
		v.desk.focus(v.from)
		return
	}
	end := start.AddDate(v.desk.call.Period.Years, 0, -1).Format(time.DateOnly)
	v.desk.Answered(v.field, grant.FormatPeriod(from, end))
}

func (v *scheduleView) show(found []grant.Finding) {
	from, to := grant.ParsePeriod(v.desk.Answer(v.field.ID))
	follow(v.from, from)
	follow(v.to, to)
	v.whole3.Hidden = v.desk.call.Period.Years == 0
	v.note(found)
}

// follow shows a stored date, unless another text that is no date stands there.
func follow(control *kit.DateField, stored string) {
	if iso, ok := control.Value(); ok && iso != stored {
		control.SetValue(stored)
	}
}
