package application

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// milestonesView are the days by which something stands.
type milestonesView struct {
	*rowsView[data.Milestone]
	chart *planChart // nil when the activities have it
}

func newMilestonesView(d *desk, f *grant.Field) *milestonesView {
	v := &milestonesView{}
	v.rowsView = newRowsView(d, f, milestoneRows(), rowsOptions[data.Milestone]{
		build: v.newRow, fresh: func(row data.Row) data.Milestone { return data.Milestone{Row: row} },
		none: d.words.T("plan.milestone.none"), add: d.words.T("plan.milestone.add"),
		added: d.words.T("plan.milestone.added"), removed: d.words.T("plan.milestone.removed"),
	})
	if len(d.call.FieldsOf(grant.TypeActivities)) == 0 {
		v.chart = newPlanChart(d, v.list.open)
		v.whole = kit.Column(theme.Size(theme.SizeNameGroup), v.chart.whole, v.whole)
	}
	return v
}

func (v *milestonesView) show(found []grant.Finding) {
	v.rowsView.show(found)
	if v.chart != nil {
		v.chart.show()
	}
}

// milestoneRow is one milestone.
type milestoneRow struct {
	view       *milestonesView
	id         string
	name       *cell
	date, done *dateCell
	activity   *kit.Select
	options    []kit.Option
	frame      *kit.Field
	found      []grant.Finding
}

func (v *milestonesView) newRow(id string) foldRow { return &milestoneRow{view: v, id: id} }

func (r *milestoneRow) summary() (title, detail string) {
	d := r.view.desk
	m := r.view.rows.in(&d.draft, r.id)
	if m == nil {
		return "", ""
	}
	date, activity, done := d.words.DateShort(m.Date), "", ""
	if date == "" {
		date = d.words.T("plan.noDate")
	}
	if a := activityRows().in(&d.draft, m.Activity); a != nil {
		activity = named(d, a.Name)
	}
	if m.Done != "" {
		done = d.words.T("plan.milestone.reached", "Date", d.words.DateShort(m.Done))
	}
	return named(d, m.Name), lang.Joined(" · ", date, done, activity)
}

func (r *milestoneRow) build() (fields []fyne.CanvasObject, first *kit.Field) {
	d, words, rows := r.view.desk, r.view.desk.words, r.view.rows
	label := words.T("plan.milestone.changed")
	get, set := rows.text(d, r.id, func(m *data.Milestone) *string { return &m.Name })
	r.name = d.lineCell(label, r.id+"/name", get, set)
	get, set = rows.text(d, r.id, func(m *data.Milestone) *string { return &m.Date })
	r.date = d.typedDateCell(label, r.id+"/date", get, set)
	get, set = rows.text(d, r.id, func(m *data.Milestone) *string { return &m.Done })
	r.done = d.typedDateCell(label, r.id+"/done", get, set)
	r.activity = kit.NewSelect(words, nil)
	r.activity.AllowEmpty = true
	r.activity.OnChanged = r.onActivity
	first = kit.NewField(words, kit.FieldOptions{Label: words.T("plan.milestone.name")}, r.name.control)
	r.frame = kit.NewField(words, kit.FieldOptions{Label: words.T("plan.milestone.date")}, r.date.control)
	fields = []fyne.CanvasObject{first,
		kit.SideBySide(dateWidth, r.frame,
			kit.NewField(words, kit.FieldOptions{Label: words.T("plan.milestone.done"), Hint: words.T("plan.milestone.doneHint")}, r.done.control))}
	if len(d.call.FieldsOf(grant.TypeActivities)) > 0 {
		fields = append(fields, kit.NewField(words, kit.FieldOptions{Label: words.T("plan.milestone.activity")}, r.activity))
	}
	return fields, first
}

func (r *milestoneRow) onActivity(activity string) {
	d, rows, id := r.view.desk, r.view.rows, r.id
	d.Change(d.words.T("plan.milestone.changed"), func(draft *data.Draft) error {
		m := rows.in(draft, id)
		if m == nil {
			return d.errGone()
		}
		m.Activity = activity
		return nil
	})
}

func (r *milestoneRow) show(found []grant.Finding) {
	d := r.view.desk
	r.name.show()
	r.date.show()
	r.done.show()
	var options []kit.Option
	for _, a := range d.draft.Activities {
		options = append(options, kit.Option{ID: a.ID, Label: named(d, a.Name)})
	}
	if !slices.Equal(options, r.options) {
		r.options = options
		r.activity.SetOptions(options)
	}
	if m := r.view.rows.in(&d.draft, r.id); m != nil && m.Activity != r.activity.Selected() {
		r.activity.SetSelected(m.Activity)
	}
	showNotes(r.frame, &r.found, found)
}

func (r *milestoneRow) wrong() bool { return r.date.wrong() || r.done.wrong() }

// showNotes puts findings under a field of a row, when they are not there yet.
func showNotes(frame *kit.Field, shown *[]grant.Finding, found []grant.Finding) {
	if !slices.Equal(*shown, found) {
		*shown = found
		frame.SetFindings(notes(found))
	}
}
