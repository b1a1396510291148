package people

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// FieldPrivacy is the field of a route to the watch over personal data.
const FieldPrivacy = "privacy"

// page is what is to be done, and the persons that somebody must look at.
type page struct {
	*desk
	loads *task.Latest
	frame *kit.Page
	tabs  *kit.Tabs

	todo  *fyne.Container
	watch *watch
	make  *kit.Button

	left bool
}

var (
	_ screen.Page    = (*page)(nil)
	_ screen.Focuser = (*page)(nil)
)

// facts are what the page shows.
type facts struct {
	day   people.Day
	watch []people.Card
	rules people.Rules
}

// New makes the page; it fills itself in the background.
func New(env *screen.Env) screen.Page {
	p := &page{desk: newDesk(env), loads: task.NewLatest(env.Tasks)}
	w := p.words
	p.make = kit.NewPrimaryButton(w.T("people.log.title"), func() { AskActivity(env, "") })
	p.todo = kit.Column(theme.Size(theme.SizeNamePage))
	p.watch = newWatch(p.desk)
	p.tabs = kit.NewTabs(
		kit.Tab{ID: TabTasks, Label: w.T("people.tab.tasks"), Content: kit.NewScroll(kit.Readable(p.todo))},
		kit.Tab{ID: FieldPrivacy, Label: w.T("people.tab.privacy"), Content: p.watch.content})
	p.frame = kit.NewPage(w, p.Title(), p.make, p.more(), kit.NewQuietText(w.T("people.loading")))
	p.load()
	return p
}

// Title is the page's name.
func (p *page) Title() string { return p.words.T("people.title") }

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// First is the row of tabs.
func (p *page) First() fyne.Focusable { return p.tabs.FocusTarget() }

// FocusField shows a tab.
func (p *page) FocusField(field string) { p.tabs.Select(field) }

// Changed reads everything again.
func (p *page) Changed(c data.Changed) {
	if !p.left && c.Touches(people.Kinds()...) {
		p.load()
	}
}

// Leave stops the reading.
func (p *page) Leave() {
	p.left = true
	p.loads.Cancel()
}

// Commands are for the menu and the search field.
func (p *page) Commands() []screen.Command {
	return []screen.Command{
		{Name: p.words.T("people.log.title"), Do: p.make.OnTapped},
		{Name: p.words.T("people.task.new"), Do: p.onNewTask},
	}
}

func (p *page) more() []*fyne.MenuItem {
	w := p.words
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("people.task.new"), fynetheme.ContentAddIcon(), p.onNewTask),
		fyne.NewMenuItemWithIcon(w.T("people.calendar.events"), fynetheme.DownloadIcon(), func() { p.onCalendar(people.CalendarEvents) }),
		fyne.NewMenuItemWithIcon(w.T("people.calendar.todos"), fynetheme.DownloadIcon(), func() { p.onCalendar(people.CalendarTodos) }),
		fyne.NewMenuItemWithIcon(w.T("people.rules"), fynetheme.SettingsIcon(), p.askRules),
	}
}

func (p *page) onNewTask() { AskTask(p.env, "") }

// onCalendar saves what has a date for a calendar.
func (p *page) onCalendar(form people.CalendarForm) {
	w := p.words
	filter := kit.FileFilter{Name: w.T("people.files.ics"), Extensions: []string{".ics"}}
	p.save(w.T("people.calendar.save"), w.T("people.calendar.file")+".ics", filter, func() ([]byte, error) {
		d, err := p.people.Day(data.Today())
		return people.Calendar(w, d, form, time.Now()), err
	}, nil)
}

func (p *page) load() {
	task.RunLatest(p.loads, context.Background(), func(context.Context) (facts, error) {
		var f facts
		var err error
		if f.day, err = p.people.Day(data.Today()); err != nil {
			return f, err
		}
		f.rules = p.people.Rules()
		f.watch, err = p.people.Watch()
		return f, err
	}, p.onLoaded)
}

func (p *page) onLoaded(f facts, err error) {
	switch {
	case p.left:
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("people.loading"), err)
		return
	}
	p.todo.Objects = p.parts(&f.day)
	p.todo.Refresh()
	p.watch.show(&f)
	p.tabs.SetBadge(TabTasks, f.day.Waiting())
	p.tabs.SetBadge(FieldPrivacy, len(f.watch))
	p.frame.SetSubtitle(p.words.DateLong(f.day.Date))
	if p.frame.Content() != p.tabs {
		p.frame.SetContent(p.tabs)
	}
	p.frame.Refresh()
	kit.SettleFocus(p.env.Shell.Window().Canvas())
}

// parts are the tasks by when they are due; parts with none are left out.
func (p *page) parts(d *people.Day) []fyne.CanvasObject {
	if d.Empty() {
		return []fyne.CanvasObject{kit.Column(theme.Size(theme.SizeNameGroup), kit.NewText(p.words.T("people.day.empty")),
			kit.Row(kit.NewButton(p.words.T("people.task.new"), p.onNewTask)))}
	}
	w := p.words
	var all []fyne.CanvasObject
	for _, part := range []struct {
		title string
		tasks []people.TaskRow
	}{{w.T("people.day.overdue"), d.Overdue}, {w.T("people.day.today"), d.Today}, {w.T("people.day.soon"), d.Soon},
		{w.T("people.day.later"), d.Later}, {w.T("people.day.undated"), d.Undated}, {w.T("people.day.done"), d.Done}} {
		if len(part.tasks) > 0 {
			all = append(all, kit.NewSection(part.title, p.taskLines(part.tasks, d.Date)))
		}
	}
	if len(d.Planned) > 0 {
		list := kit.NewRowList(w.T("people.log.menu"), func(id string) { p.askActivity("", "", id) })
		var rows []kit.ListRow
		for i := range d.Planned {
			rows = append(rows, p.contactRow(&d.Planned[i], ""))
		}
		list.SetRows(rows)
		all = append(all, kit.NewSection(w.T("people.day.planned"), list))
	}
	if d.Open() == 0 {
		all = append([]fyne.CanvasObject{kit.NewMarkedLine(w, kit.Fine, w.T("people.day.allDone"))}, all...)
	}
	return all
}

// mostTasks is how many tasks of a part are shown.
const mostTasks = 100

func (p *page) taskLines(tasks []people.TaskRow, today string) fyne.CanvasObject {
	lines := kit.Column(theme.Size(theme.SizeNameGap))
	for i := range tasks[:min(len(tasks), mostTasks)] {
		lines.Add(p.taskLine(&tasks[i], today, true))
	}
	if more := len(tasks) - mostTasks; more > 0 {
		lines.Add(kit.NewQuietText(p.words.N("people.day.more", more)))
	}
	return lines
}
