package people

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// IDs of the tabs of a Section.
const (
	TabPersons = "persons"
	TabLog     = "log"
	TabTasks   = "tasks"
)

// Section is what there is about one organisation besides its own fields: its
// persons, the log of contact with it, and the tasks. It is made once and shows
// one organisation after the other.
type Section struct {
	*desk
	// OnCounts gets the numbers of the tabs when they are known; tasks are the open
	// ones.
	OnCounts func(persons, log, tasks int)

	loads *task.Latest
	shown string // the organisation that is wanted, "" for none
	name  string

	persons, log                  *kit.RowList
	tasks                         *fyne.Container
	noPersons, noLog, noTasks     *kit.Text
	sole                          *kit.Check
	soleRow                       *fyne.Container
	personPane, logPane, taskPane fyne.CanvasObject
}

// NewSection makes the parts of a record; Show fills them.
func NewSection(env *screen.Env) *Section {
	s := &Section{desk: newDesk(env), loads: task.NewLatest(env.Tasks)}
	w := s.words
	s.persons = kit.NewRowList(w.T("people.person.menu"), s.askPerson)
	s.persons.OnDelete = s.onDeletePerson
	s.log = kit.NewRowList(w.T("people.log.menu"), s.onOpenLog)
	s.log.OnDelete = s.deleteContact
	s.tasks = kit.Column(theme.Size(theme.SizeNameGroup))
	s.noPersons, s.noLog, s.noTasks = kit.NewText(w.T("people.none")), kit.NewText(w.T("people.log.none")), kit.NewText(w.T("people.task.none"))
	s.sole = kit.NewCheck(w.T("people.sole"), s.onSole)
	s.soleRow = kit.Row(kit.NewButton(w.T("people.export"), s.onExportSole), kit.NewButton(w.T("people.erase"), s.onEraseSole))
	gap := theme.Size(theme.SizeNameGroup)
	s.personPane = kit.NewScroll(kit.Column(gap, kit.Row(kit.NewButton(w.T("people.person.new"), s.onNewPerson), kit.NewQuietButton(w.T("people.link"), s.onLink)), s.noPersons, s.persons,
		kit.Hairline(), s.sole, kit.NewQuietText(w.T("people.soleWhy")), s.soleRow))
	s.logPane = kit.NewScroll(kit.Column(gap, kit.Row(kit.NewButton(w.T("people.log.title"), s.onLog)), s.noLog, s.log))
	s.taskPane = kit.NewScroll(kit.Column(gap, kit.Row(kit.NewButton(w.T("people.task.new"), s.onNewTask)), s.noTasks, s.tasks))
	return s
}

// Tabs are the parts, to stand after a record's own fields.
func (s *Section) Tabs() []kit.Tab {
	return []kit.Tab{
		{ID: TabPersons, Label: s.words.T("people.tab.persons"), Content: s.personPane},
		{ID: TabLog, Label: s.words.T("people.tab.log"), Content: s.logPane},
		{ID: TabTasks, Label: s.words.T("people.tab.tasks"), Content: s.taskPane},
	}
}

// Show reads what there is about an organisation, "" for none.
func (s *Section) Show(organisation string) {
	if organisation == "" {
		s.shown = ""
		s.loads.Cancel()
		return
	}
	s.shown = organisation
	s.load()
}

// Changed reads again when it may be about what is shown.
func (s *Section) Changed(c data.Changed) {
	if s.shown != "" && c.Touches(people.Kinds()...) {
		s.load()
	}
}

// Leave stops the reading.
func (s *Section) Leave() { s.Show("") }

func (s *Section) load() {
	id := s.shown
	task.RunLatest(s.loads, context.Background(), func(context.Context) (people.Folder, error) { return s.desk.people.Folder(id) }, s.onLoaded)
}

func (s *Section) onLoaded(f people.Folder, err error) {
	switch {
	case data.Code(err) == data.CodeNotFound: // its making was undone
		return
	case err != nil:
		s.env.Shell.Fail(s.words.T("people.loading"), err)
		return
	}
	s.name = f.Organisation.Name
	var persons, log []kit.ListRow
	for _, c := range f.People {
		persons = append(persons, s.personRow(c, s.shown))
	}
	for i := range f.Contacts {
		log = append(log, s.contactRow(&f.Contacts[i], s.shown))
	}
	s.persons.SetRows(persons)
	s.log.SetRows(log)
	s.tasks.Objects = nil
	for i := range f.Tasks {
		s.tasks.Objects = append(s.tasks.Objects, s.taskLine(&f.Tasks[i], data.Today(), false))
	}
	s.noPersons.Hidden, s.noLog.Hidden, s.noTasks.Hidden = len(persons) > 0, len(log) > 0, len(f.Tasks) > 0
	sole := f.Organisation.LegalForm == data.LegalFormSole
	s.sole.SetChecked(sole)
	s.soleRow.Hidden = !sole
	for _, pane := range []fyne.CanvasObject{s.personPane, s.logPane, s.taskPane} {
		pane.Refresh()
	}
	kit.SettleFocus(s.env.Shell.Window().Canvas())
	if s.OnCounts != nil {
		s.OnCounts(len(persons), len(log), f.Open())
	}
}

func (s *Section) onNewPerson()        { AskPerson(s.env, s.shown) }
func (s *Section) onLink()             { s.askLink(s.shown) }
func (s *Section) onLog()              { AskActivity(s.env, s.shown) }
func (s *Section) onNewTask()          { AskTask(s.env, s.shown) }
func (s *Section) onOpenLog(id string) { s.askActivity(s.shown, "", id) }

func (s *Section) onDeletePerson(id string) {
	read(s.desk, s.words.T("people.loading"), func() (people.Card, error) { return s.desk.people.Card(id) }, s.deletePerson)
}

func (s *Section) subject() data.Subject { return data.Subject{Kind: "organisation", ID: s.shown} }
func (s *Section) onExportSole()         { s.export(s.subject()) }
func (s *Section) onEraseSole()          { s.askErase(s.subject(), s.name) }

func (s *Section) onSole(sole bool) {
	label, id := s.words.T("people.step.sole", "Name", s.named(s.name)), s.shown
	if !sole {
		label = s.words.T("people.step.notSole", "Name", s.named(s.name))
	}
	s.env.Do(label, func() error { return s.desk.people.SetSole(label, id, sole) })
}
