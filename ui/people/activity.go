package people

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// pairWidth is the least that each of two fields beside each other gets, at text
// size 1.
const pairWidth = 180

// AskActivity asks what was said or done with an organisation ("" when it is to
// be chosen) and logs it. It is quick by keyboard: the text is the first field
// when the organisation is known, and Enter in any field of one line logs.
func AskActivity(env *screen.Env, organisation string) {
	newDesk(env).askActivity(organisation, "", "")
}

// askActivity does so with a person, or with an interaction to change.
func (d *desk) askActivity(organisation, person, interaction string) {
	read(d, d.words.T("people.log.title"), func() (activityFacts, error) {
		return d.gather(organisation, person, interaction)
	}, func(f activityFacts) { newActivityForm(d, f) })
}

// activityFacts are what the dialog begins with.
type activityFacts struct {
	was           people.Contact // what is changed; without an id it is new
	organisations []people.Named
	persons       []people.Card // of the organisations
	chosen        []string      // of them
}

func (d *desk) gather(organisation, person, interaction string) (f activityFacts, err error) {
	var organisations []string
	if organisation != "" {
		organisations = append(organisations, organisation)
	}
	if interaction != "" {
		if f.was, err = d.people.Interaction(interaction); err != nil {
			return f, err
		}
		organisations = nil
		for _, o := range f.was.Organisations {
			organisations = append(organisations, o.ID)
		}
		for _, p := range f.was.People {
			f.chosen = append(f.chosen, p.ID)
		}
	}
	if person != "" {
		f.chosen = append(f.chosen, person)
	}
	if f.organisations, f.persons, err = d.those(organisations); err != nil {
		return f, err
	}
	for _, id := range f.chosen {
		if !hasPerson(f.persons, id) {
			card, err := d.people.Card(id)
			if err != nil {
				return f, err
			}
			f.persons = append(f.persons, card)
		}
	}
	return f, nil
}

// those are the names and the persons of organisations, each person once.
func (d *desk) those(organisations []string) (named []people.Named, persons []people.Card, err error) {
	for _, id := range organisations {
		folder, err := d.people.Folder(id)
		if err != nil {
			return nil, nil, err
		}
		named = append(named, people.Named{ID: id, Name: folder.Organisation.Name})
		for _, c := range folder.People {
			if !hasPerson(persons, c.ID) {
				persons = append(persons, c)
			}
		}
	}
	return named, persons, nil
}

func hasPerson(all []people.Card, id string) bool {
	for i := range all {
		if all[i].ID == id {
			return true
		}
	}
	return false
}

// activityForm is the dialog.
type activityForm struct {
	*desk
	activityFacts
	kind      *kit.Select
	date, due *kit.DateField
	who       *kit.MultiCheck
	whoField  *kit.Field
	with      []*kit.Select   // organisations; the last of those after the first is empty
	also      *fyne.Container // those after the first
	text      *kit.TextArea
	follow    *kit.TextField
	dialog    *kit.Dialog
}

func newActivityForm(d *desk, facts activityFacts) *activityForm {
	w := d.words
	f := &activityForm{desk: d, activityFacts: facts, kind: kit.NewSelect(w, interactionOptions(d)), date: kit.NewDateField(w), due: kit.NewDateField(w),
		who: kit.NewMultiCheck(w, nil), also: kit.Column(theme.Size(theme.SizeNameGap)), text: kit.NewTextArea(w), follow: kit.NewTextField()}
	f.text.SetRows(3, 8)
	f.addChoice()
	f.addChoice()
	f.whoField = kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.who")}, f.who)
	f.fill()
	title, verb := w.T("people.log.title"), w.T("people.log.verb")
	if f.was.ID != "" {
		title, verb = w.T("people.log.change"), w.T("people.store")
	}
	f.dialog = kit.ShowForm(d.env.Shell.Window(), w, kit.Form{Title: title, Verb: verb, Fields: f.fields(), Check: f.check, OnDone: f.store})
	if len(facts.organisations) > 0 {
		d.env.Shell.Window().Canvas().Focus(f.text.FocusTarget())
	} else if f.was.ID == "" {
		d.env.Shell.Window().Canvas().Focus(f.with[0].FocusTarget())
	}
	return f
}

// addChoice makes room for one more organisation.
func (f *activityForm) addChoice() *kit.Select {
	c := f.organisationChoice()
	c.OnChanged = func(string) { f.onOrganisation() }
	f.with = append(f.with, c)
	if len(f.with) > 1 {
		f.also.Add(c)
	}
	return c
}

// fields stand in the order in which they are filled in.
func (f *activityForm) fields() []fyne.CanvasObject {
	w := f.words
	all := []fyne.CanvasObject{
		kit.SideBySide(pairWidth,
			kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.kind")}, f.kind),
			kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.date")}, f.date)),
		kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.organisation")}, f.with[0]),
		f.whoField,
		kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.text")}, f.text),
	}
	if f.was.ID == "" {
		all = append(all, kit.SideBySide(pairWidth,
			kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.follow"), Hint: w.T("people.hint.follow")}, f.follow),
			kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.followDue"), Hint: w.T("people.hint.due")}, f.due)))
	}
	// Last, for it is seldom needed: Enter has logged before that.
	return append(all, kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.also")}, f.also))
}

func (f *activityForm) fill() {
	f.kind.SetSelected(data.InteractionCall)
	f.date.SetValue(data.Today())
	if f.was.ID != "" {
		f.kind.SetSelected(f.was.InteractionOf)
		f.date.SetValue(f.was.Date)
		f.text.SetText(f.was.Text)
	}
	for i, o := range f.organisations {
		if i == len(f.with)-1 {
			f.addChoice()
		}
		f.with[i].SetChoice(kit.Option{ID: o.ID, Label: o.Name})
	}
	f.showPersons()
}

func (f *activityForm) showPersons() {
	var options []kit.Option
	for i := range f.persons {
		options = append(options, kit.Option{ID: f.persons[i].ID, Label: f.named(f.persons[i].Name), Note: f.persons[i].Role})
	}
	f.who.SetOptions(options)
	f.who.SetSelected(f.chosen)
	f.whoField.Hidden = len(options) == 0
	if f.dialog != nil {
		f.dialog.Fit()
	}
}

// onOrganisation offers the persons of the organisations that are chosen, and
// room for one more.
func (f *activityForm) onOrganisation() {
	f.chosen = f.who.Selected()
	if f.with[len(f.with)-1].Selected() != "" {
		f.addChoice()
		f.dialog.Fit()
	}
	ids := f.organisationIDs()
	read(f.desk, f.words.T("people.loading"), func() ([]people.Card, error) {
		_, persons, err := f.those(ids)
		return persons, err
	}, func(persons []people.Card) {
		for _, c := range f.persons { // who was chosen stays
			if slices.Contains(f.chosen, c.ID) && !hasPerson(persons, c.ID) {
				persons = append(persons, c)
			}
		}
		f.persons = persons
		f.showPersons()
	})
}

// organisationIDs are those that are chosen, each once.
func (f *activityForm) organisationIDs() []string {
	var ids []string
	for _, c := range f.with {
		if id := c.Selected(); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (f *activityForm) check() error {
	_, dateOK := f.date.Value()
	due, dueOK := f.due.Value()
	switch {
	case !dateOK || !dueOK:
		return errors.New(f.words.T("people.wrong.date"))
	case strings.TrimSpace(f.text.Text()) == "" && f.follow.Text() == "" && due == "":
		return errors.New(f.words.T("people.wrong.empty"))
	}
	return nil
}

// store logs what was filled in.
func (f *activityForm) store() {
	e := people.Entry{Interaction: f.was.Interaction, People: f.who.Selected()}
	e.InteractionOf, e.Text = f.kind.Selected(), strings.TrimSpace(f.text.Text())
	e.Date, _ = f.date.Value()
	e.Organisations = f.organisationIDs()
	e.FollowUp = f.followUp(&e)
	label := f.words.T("people.step.logged", "Kind", lang.Inside(f.words.T("people.interaction."+e.InteractionOf)))
	if f.was.ID != "" {
		label = f.words.T("people.step.changedLog")
	}
	service := f.people
	f.env.Do(label, func() error {
		_, err := service.Log(label, e)
		return err
	})
}

// followUp is the task that was promised. Without a text of its own it is named
// by the interaction's.
func (f *activityForm) followUp(e *people.Entry) data.Task {
	due, _ := f.due.Value()
	t := data.Task{Text: strings.TrimSpace(f.follow.Text()), Due: due, Responsible: f.env.Program.Setting("name")}
	if t.Text == "" && due != "" {
		first, _, _ := strings.Cut(e.Text, "\n")
		t.Text = f.words.T("people.followUp", "Text", first)
	}
	if len(e.Organisations) > 0 {
		t.Organisation = e.Organisations[0]
	}
	if len(e.People) == 1 {
		t.Person = e.People[0]
	}
	return t
}

// interactionOptions are the kinds of interaction.
func interactionOptions(d *desk) []kit.Option {
	var all []kit.Option
	for _, k := range []string{data.InteractionCall, data.InteractionVisit, data.InteractionMeeting, data.InteractionEmail, data.InteractionNote} {
		all = append(all, kit.Option{ID: k, Label: d.words.T("people.interaction." + k)})
	}
	return all
}
