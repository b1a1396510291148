package people

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// mostToday is how many tasks the overview shows.
const mostToday = 5

// ReadDay reads what there is to do, for [Today]. It runs in the background.
func ReadDay(env *screen.Env) (people.Day, error) { return newDesk(env).people.Day(data.Today()) }

// Today are the lines of the overview about what is due: the first tasks, to be
// ticked off there, and a link to the others. nil when nothing is due within a
// week.
func Today(env *screen.Env, day *people.Day) []fyne.CanvasObject {
	d := newDesk(env)
	var due []people.TaskRow
	for _, part := range [][]people.TaskRow{day.Overdue, day.Today, day.Soon} {
		due = append(due, part...)
	}
	if len(due) == 0 {
		return nil
	}
	lines := kit.Column(theme.Size(theme.SizeNameGap))
	for i := range due[:min(len(due), mostToday)] {
		lines.Add(d.taskLine(&due[i], day.Date, true))
	}
	lines.Add(kit.NewTextLink(d.words.N("people.day.all", day.Open()), func() { env.Shell.Go(screen.Route{Page: screen.PageTasks}) }))
	return []fyne.CanvasObject{lines}
}
