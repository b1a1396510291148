package people

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// AskTask asks for a new task, for an organisation ("" for none).
func AskTask(env *screen.Env, organisation string) {
	d := newDesk(env)
	if organisation == "" {
		newTaskForm(d, people.TaskRow{})
		return
	}
	read(d, d.words.T("people.task.new"), func() (data.Organisation, error) {
		return data.Get[data.Organisation](env.Program.Workspace, organisation)
	}, func(o data.Organisation) {
		newTaskForm(d, people.TaskRow{Task: data.Task{Organisation: o.ID}, OrganisationName: o.Name})
	})
}

// taskForm is the dialog for a task.
type taskForm struct {
	*desk
	was               people.TaskRow
	text, responsible *kit.TextField
	due               *kit.DateField
	organisation      *kit.Select
}

func newTaskForm(d *desk, t people.TaskRow) *taskForm {
	w := d.words
	f := &taskForm{desk: d, was: t, text: kit.NewTextField(), responsible: kit.NewTextField(), due: kit.NewDateField(w), organisation: d.organisationChoice()}
	f.text.SetText(t.Text)
	f.due.SetValue(t.Due)
	f.responsible.SetText(t.Responsible)
	if t.ID == "" {
		f.responsible.SetText(d.env.Program.Setting("name"))
	}
	if t.Organisation != "" {
		f.organisation.SetChoice(kit.Option{ID: t.Organisation, Label: t.OrganisationName})
	}
	title, verb := w.T("people.task.new"), w.T("people.add")
	if t.ID != "" {
		title, verb = w.T("people.task.change"), w.T("people.store")
	}
	kit.ShowForm(d.env.Shell.Window(), w, kit.Form{Title: title, Verb: verb, Check: f.check, OnDone: f.store, Fields: []fyne.CanvasObject{
		kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.task")}, f.text),
		kit.SideBySide(pairWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.due"), Hint: w.T("people.hint.due")}, f.due),
			kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.responsible")}, f.responsible)),
		kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.organisation")}, f.organisation),
	}})
	return f
}

func (f *taskForm) check() error {
	if _, ok := f.due.Value(); !ok {
		return errors.New(f.words.T("people.wrong.date"))
	}
	if strings.TrimSpace(f.text.Text()) == "" {
		return errors.New(f.words.T("people.wrong.task"))
	}
	return nil
}

func (f *taskForm) store() {
	t := f.was.Task
	t.Text, t.Responsible, t.Organisation = oneSpace(f.text.Text()), oneSpace(f.responsible.Text()), f.organisation.Selected()
	t.Due, _ = f.due.Value()
	label := f.words.T("people.step.task.changed")
	if t.ID == "" {
		label = f.words.T("people.step.task.added")
	}
	service := f.people
	f.env.Do(label, func() error { return service.SaveTask(label, t) })
}

// taskLine shows a task: a box to tick it off, when it is due and whom it is
// about. withOrganisation leads to the organisation.
func (d *desk) taskLine(t *people.TaskRow, today string, withOrganisation bool) fyne.CanvasObject {
	row := *t
	check := kit.NewCheck(t.Text, func(done bool) { d.setDone(row.ID, done) })
	check.SetChecked(t.Done != "")
	menu := kit.NewMenuButton("",
		fyne.NewMenuItem(d.words.T("people.change"), func() { newTaskForm(d, row) }),
		fyne.NewMenuItem(d.words.T("people.delete"), func() { d.deleteTask(row.ID) }))
	menu.SetLook(kit.Quiet)
	menu.SetTip(d.words.T("people.task.menu"))
	parts := []fyne.CanvasObject{check, kit.Indented(dueLine(d.words, t, today))}
	if withOrganisation && t.OrganisationName != "" {
		parts = append(parts, kit.Indented(kit.NewTextLink(t.OrganisationName, func() { d.open(row.Organisation) })))
	}
	return kit.Beside(kit.Column(0, parts...), menu)
}

// dueLine tells when a task is due and whom it is about; what has passed is
// marked.
func dueLine(words *lang.Printer, t *people.TaskRow, today string) fyne.CanvasObject {
	text, late := dueText(words, &t.Task, today)
	text = lang.Joined(" · ", text, t.PersonName, t.Responsible)
	if late {
		return kit.NewMarkedLine(words, kit.Warn, text)
	}
	return kit.NewQuietText(text)
}

// dueText is when a task is due, in words, and whether that has passed.
func dueText(words *lang.Printer, t *data.Task, today string) (text string, late bool) {
	days, ok := grant.DaysBetween(today, t.Due)
	switch {
	case t.Done != "":
		return words.T("people.due.done", "Date", words.DateLong(t.Done)), false
	case !ok:
		return words.T("people.due.none"), false
	case days < 0:
		return words.N("people.due.late", -days, "Date", words.DateLong(t.Due)), true
	case days == 0:
		return words.T("people.due.today"), false
	case days == 1:
		return words.T("people.due.tomorrow"), false
	}
	if due, err := time.Parse(time.DateOnly, t.Due); err == nil && days < 7 {
		return words.T("people.due.day", "Day", words.T("people.weekday."+weekdays[due.Weekday()]), "Date", words.DateLong(t.Due)), false
	}
	return words.T("people.due.date", "Date", words.DateLong(t.Due)), false
}

// weekdays end the keys of the days' names.
var weekdays = [7]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (d *desk) setDone(id string, done bool) {
	label := d.words.T("people.step.task.opened")
	if done {
		label = d.words.T("people.step.task.done")
	}
	d.env.Do(label, func() error { return d.people.SetDone(label, id, done) })
}

func (d *desk) deleteTask(id string) {
	label := d.words.T("people.step.task.deleted")
	d.env.Do(label, func() error { return d.people.DeleteTask(label, id) })
}
