package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// planChart draws the activities and milestones of the application.
type planChart struct {
	desk  *desk
	gantt *kit.Gantt
	whole *fyne.Container
}

func newPlanChart(d *desk, onOpen func(id string)) *planChart {
	c := &planChart{desk: d, gantt: kit.NewGantt(d.words)}
	c.gantt.OnOpen = onOpen
	c.whole = kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewStrong(d.words.T("plan.gantt.title")), c.gantt)
	return c
}

func (c *planChart) show() {
	d := &c.desk.draft
	hidden := len(d.Activities) == 0 && len(d.Milestones) == 0
	if c.whole.Hidden != hidden {
		c.whole.Hidden = hidden
		c.whole.Refresh()
	}
	c.gantt.SetPlan(c.plan())
}

func (c *planChart) plan() kit.GanttPlan {
	var p kit.GanttPlan
	d := c.desk
	if fields := d.call.FieldsOf(grant.TypeSchedule); len(fields) > 0 {
		p.From, p.To = grant.ParsePeriod(d.Answer(fields[0].ID))
	}
	tones := map[string]kit.GanttTone{}
	for _, f := range d.report.Findings {
		switch {
		case f.Row == "":
		case f.Severity == grant.Stop:
			tones[f.Row] = kit.GanttStop
		case f.Severity == grant.Warn && tones[f.Row] == kit.GanttPlain:
			tones[f.Row] = kit.GanttMend
		}
	}
	for _, a := range d.draft.Activities {
		p.Rows = append(p.Rows, kit.GanttRow{ID: a.ID, Label: a.Name, Start: a.Start, Finish: a.Finish, Tone: tones[a.ID]})
	}
	for _, m := range d.draft.Milestones {
		p.Milestones = append(p.Milestones, kit.GanttMilestone{ID: m.ID, Row: m.Activity, Label: m.Name, Date: m.Date, Done: m.Done != ""})
	}
	return p
}
