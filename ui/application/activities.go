package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// activitiesView is the schedule: a chart, and under it what is done when, by
// whom, what for and with what result.
type activitiesView struct {
	*rowsView[data.Activity]
	chart       *planChart
	onMilestone func(id string)
}

// newActivitiesView makes the view; onMilestone goes to the row of a milestone
// that was chosen in the chart.
func newActivitiesView(d *desk, f *grant.Field, onMilestone func(id string)) *activitiesView {
	v := &activitiesView{onMilestone: onMilestone}
	v.rowsView = newRowsView(d, f, activityRows(), rowsOptions[data.Activity]{
		build: v.newRow, fresh: func(row data.Row) data.Activity { return data.Activity{Row: row} }, onRemoved: freeMilestones,
		none: d.words.T("plan.activity.none"), add: d.words.T("plan.activity.add"),
		added: d.words.T("plan.activity.added"), removed: d.words.T("plan.activity.removed"),
	})
	v.chart = newPlanChart(d, v.onChart)
	v.whole = kit.Column(theme.Size(theme.SizeNameGroup), v.chart.whole, v.whole)
	return v
}

// freeMilestones lets the milestones of an activity that is taken away stay, on a line
// of their own.
func freeMilestones(draft *data.Draft, activity string) {
	for i := range draft.Milestones {
		if draft.Milestones[i].Activity == activity {
			draft.Milestones[i].Activity = ""
		}
	}
}

func (v *activitiesView) show(found []grant.Finding) {
	v.rowsView.show(found)
	v.chart.show()
}

// onChart goes to the row of what was chosen in the chart.
func (v *activitiesView) onChart(id string) {
	if v.rows.in(&v.desk.draft, id) != nil {
		v.list.open(id)
		return
	}
	v.onMilestone(id)
}

// activityRow is one activity.
type activityRow struct {
	view          *activitiesView
	id            string
	texts         []*cell
	start, finish *dateCell
	until         *kit.Field // what is found about the dates stands here
	found         []grant.Finding
}

func (v *activitiesView) newRow(id string) foldRow { return &activityRow{view: v, id: id} }

func (r *activityRow) summary() (title, detail string) {
	words := r.view.desk.words
	a := r.view.rows.in(&r.view.desk.draft, r.id)
	if a == nil {
		return "", ""
	}
	period := lang.Joined(" – ", words.DateShort(a.Start), words.DateShort(a.Finish))
	switch {
	case period == "":
		period = words.T("plan.noDates")
	case a.Finish == "":
		period = words.T("plan.from", "Date", words.DateShort(a.Start))
	case a.Start == "":
		period = words.T("plan.until", "Date", words.DateShort(a.Finish))
	}
	return named(r.view.desk, a.Name), lang.Joined(" · ", period, a.Responsible)
}

// named is a name, or that there is none.
func named(d *desk, name string) string {
	if grant.Blank(name) {
		return d.words.T("plan.untitled")
	}
	return name
}

func (r *activityRow) build() (fields []fyne.CanvasObject, first *kit.Field) {
	d, words := r.view.desk, r.view.desk.words
	label := words.T("plan.activity.changed")
	line := func(key, name string, part func(*data.Activity) *string) *kit.Field {
		get, set := r.view.rows.text(d, r.id, part)
		c := d.lineCell(label, r.id+key, get, set)
		r.texts = append(r.texts, c)
		return kit.NewField(words, kit.FieldOptions{Label: name}, c.control)
	}
	area := func(key string, o kit.FieldOptions, part func(*data.Activity) *string) *kit.Field {
		get, set := r.view.rows.text(d, r.id, part)
		c := d.areaCell(label, r.id+key, 2, get, set)
		r.texts = append(r.texts, c)
		return kit.NewField(words, o, c.control)
	}
	date := func(key string, part func(*data.Activity) *string) *dateCell {
		get, set := r.view.rows.text(d, r.id, part)
		return d.typedDateCell(label, r.id+key, get, set)
	}
	r.start = date("/start", func(a *data.Activity) *string { return &a.Start })
	r.finish = date("/finish", func(a *data.Activity) *string { return &a.Finish })
	first = line("/name", words.T("plan.activity.name"), func(a *data.Activity) *string { return &a.Name })
	r.until = kit.NewField(words, kit.FieldOptions{Label: words.T("plan.activity.finish")}, r.finish.control)
	return []fyne.CanvasObject{
		first,
		kit.SideBySide(dateWidth,
			kit.NewField(words, kit.FieldOptions{Label: words.T("plan.activity.start")}, r.start.control), r.until),
		line("/responsible", words.T("plan.activity.responsible"), func(a *data.Activity) *string { return &a.Responsible }),
		area("/goal", kit.FieldOptions{Label: words.T("plan.activity.goal")}, func(a *data.Activity) *string { return &a.Goal }),
		area("/result", kit.FieldOptions{Label: words.T("plan.activity.result"), Hint: words.T("plan.activity.resultHint")},
			func(a *data.Activity) *string { return &a.Result }),
	}, first
}

// dateWidth is the least width of a date beside another field.
const dateWidth = 180

func (r *activityRow) show(found []grant.Finding) {
	for _, c := range r.texts {
		c.show()
	}
	r.start.show()
	r.finish.show()
	showNotes(r.until, &r.found, found)
}

func (r *activityRow) wrong() bool { return r.start.wrong() || r.finish.wrong() }
