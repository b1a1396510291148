// Package people is the persons that the county talks with, what was said, and
// what was promised: contacts, their legal basis, interactions and tasks.
package people

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Service answers questions about the persons of a workspace and changes them.
// Its methods may be called from any goroutine but Fyne's.
type Service struct {
	store  *data.Workspace
	places *reference.Tables
}

// New makes the service of a workspace.
func New(store *data.Workspace, places *reference.Tables) *Service { return &Service{store, places} }

// Kinds are the kinds of record that the service tells of.
func Kinds() []string {
	return []string{"person", "person_at", "interaction", "interaction_with", "task", "organisation", "setting"}
}

// Named is a record with what it is known by.
type Named struct{ ID, Name string }

// Card is a person as a list shows it.
type Card struct {
	data.Person
	At       []Named // organisations
	Clock    Clock
	Warnings []Warning
}

// Contact is an interaction with whom it was with.
type Contact struct {
	data.Interaction
	People, Organisations []Named
}

// TaskRow is a task with what it is linked to.
type TaskRow struct {
	data.Task
	OrganisationName, PersonName string
}

// Folder is what there is about an organisation.
type Folder struct {
	Organisation data.Organisation
	People       []Card
	Contacts     []Contact // the newest first
	Tasks        []TaskRow // open ones by date, then those that are done, the latest first
}

// Open is how many tasks are not done.
func (f *Folder) Open() int {
	n := 0
	for i := range f.Tasks {
		if f.Tasks[i].Done == "" {
			n++
		}
	}
	return n
}

// Folder reads what there is about an organisation.
func (s *Service) Folder(organisation string) (Folder, error) {
	var f Folder
	err := s.store.Read(func(r data.Reader) (err error) {
		if f.Organisation, err = data.Get[data.Organisation](r, organisation); err != nil {
			return err
		}
		persons, err := data.PeopleAt(r, organisation)
		if err != nil {
			return err
		}
		if f.People, err = s.cards(r, persons); err != nil {
			return err
		}
		all, err := data.InteractionsAt(r, organisation, 0)
		if err != nil {
			return err
		}
		if f.Contacts, err = s.contacts(r, all); err != nil {
			return err
		}
		tasks, err := data.Live[data.Task](r, "organisation = ?", "done <> '', CASE done WHEN '' THEN due = '' END, CASE done WHEN '' THEN due END, done DESC, id", organisation)
		if err != nil {
			return err
		}
		f.Tasks, err = s.rows(r, tasks)
		return err
	})
	return f, err
}

// Get reads a person, also one in the trash.
func (s *Service) Get(id string) (data.Person, error) { return data.Get[data.Person](s.store, id) }

// Card reads one person as lists show it.
func (s *Service) Card(id string) (Card, error) {
	p, err := s.Get(id)
	if err != nil {
		return Card{}, err
	}
	all, err := s.cards(s.store, []data.Person{p})
	if err != nil {
		return Card{}, err
	}
	return all[0], nil
}

// People are all the persons outside the trash, by name.
func (s *Service) People() (all []Card, err error) {
	err = s.store.Read(func(r data.Reader) error {
		persons, err := data.Live[data.Person](r, "", "name, id")
		if err != nil {
			return err
		}
		all, err = s.cards(r, persons)
		return err
	})
	rank := map[string]int{}
	if len(all) > 1 {
		names := make([]string, len(all))
		for i := range all {
			names[i] = all[i].Name
		}
		rank = data.SortRanks(names)
	}
	slices.SortStableFunc(all, func(a, b Card) int { return cmp.Compare(rank[a.Name], rank[b.Name]) })
	return all, err
}

func (s *Service) cards(r data.Reader, persons []data.Person) ([]Card, error) {
	ids := make([]string, len(persons))
	for i := range persons {
		ids[i] = persons[i].ID
	}
	links, err := data.Live[data.PersonAt](r, "person IN (SELECT value FROM json_each(?))", "id", list(ids))
	if err != nil {
		return nil, err
	}
	names, err := organisationNames(r, links, func(l *data.PersonAt) string { return l.Organisation })
	if err != nil {
		return nil, err
	}
	last, err := data.LastContacts(r, ids)
	if err != nil {
		return nil, err
	}
	months := s.Months()
	cards := make([]Card, len(persons))
	at := map[string]*Card{}
	for i := range persons {
		cards[i].Person = persons[i]
		cards[i].Clock = clockOf(&persons[i], last[persons[i].ID], months)
		cards[i].Warnings = warningsOf(&persons[i], cards[i].Clock, data.Today())
		at[persons[i].ID] = &cards[i]
	}
	for _, l := range links {
		if name, ok := names[l.Organisation]; ok {
			at[l.Person].At = append(at[l.Person].At, Named{l.Organisation, name})
		}
	}
	return cards, nil
}

// contacts puts those who took part to their interactions.
func (s *Service) contacts(r data.Reader, all []data.Interaction) ([]Contact, error) {
	ids := make([]string, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	links, err := data.Live[data.InteractionWith](r, "interaction IN (SELECT value FROM json_each(?))", "id", list(ids))
	if err != nil {
		return nil, err
	}
	organisations, err := organisationNames(r, links, func(l *data.InteractionWith) string { return l.Organisation })
	if err != nil {
		return nil, err
	}
	persons, err := personNames(r, links, func(l *data.InteractionWith) string { return l.Person })
	if err != nil {
		return nil, err
	}
	out := make([]Contact, len(all))
	at := map[string]*Contact{}
	for i := range all {
		out[i].Interaction = all[i]
		at[all[i].ID] = &out[i]
	}
	for _, l := range links {
		c := at[l.Interaction]
		if name, ok := persons[l.Person]; ok {
			c.People = append(c.People, Named{l.Person, name})
		}
		if name, ok := organisations[l.Organisation]; ok {
			c.Organisations = append(c.Organisations, Named{l.Organisation, name})
		}
	}
	return out, nil
}

func (s *Service) rows(r data.Reader, tasks []data.Task) ([]TaskRow, error) {
	organisations, err := organisationNames(r, tasks, func(t *data.Task) string { return t.Organisation })
	if err != nil {
		return nil, err
	}
	persons, err := personNames(r, tasks, func(t *data.Task) string { return t.Person })
	if err != nil {
		return nil, err
	}
	rows := make([]TaskRow, len(tasks))
	for i, t := range tasks {
		rows[i] = TaskRow{t, organisations[t.Organisation], persons[t.Person]}
	}
	return rows, nil
}

// organisationNames are the names of those that rows lead to, outside the trash.
func organisationNames[T any](r data.Reader, rows []T, id func(*T) string) (map[string]string, error) {
	all, err := data.Live[data.Organisation](r, "id IN (SELECT value FROM json_each(?))", "", list(idsOf(rows, id)))
	names := make(map[string]string, len(all))
	for i := range all {
		names[all[i].ID] = all[i].Name
	}
	return names, err
}

// personNames does the same for persons.
func personNames[T any](r data.Reader, rows []T, id func(*T) string) (map[string]string, error) {
	all, err := data.Live[data.Person](r, "id IN (SELECT value FROM json_each(?))", "", list(idsOf(rows, id)))
	names := make(map[string]string, len(all))
	for i := range all {
		names[all[i].ID] = all[i].Name
	}
	return names, err
}

func idsOf[T any](rows []T, id func(*T) string) []string {
	var ids []string
	for i := range rows {
		if one := id(&rows[i]); one != "" && !slices.Contains(ids, one) {
			ids = append(ids, one)
		}
	}
	return ids
}

// list is a list of texts for json_each.
func list(ids []string) string {
	raw, _ := json.Marshal(ids)
	if ids == nil {
		return "[]"
	}
	return string(raw)
}

// CodeNoSuchPerson is the code for a name that is nobody's, or several's.
const CodeNoSuchPerson = "noSuchPerson"

// Resolve finds whom an id, a name, an e-mail address or an organisation number
// means: a person, or an organisation that is one.
func (s *Service) Resolve(text string) (data.Subject, error) {
	text = strings.TrimSpace(text)
	persons, err := data.Live[data.Person](s.store, "id = ?1 OR name = ?1 OR email <> '' AND lower(email) = lower(?1)", "id", text)
	if err != nil {
		return data.Subject{}, err
	}
	if len(persons) == 1 {
		return data.Subject{Kind: "person", ID: persons[0].ID}, nil
	}
	number := strings.Join(strings.Fields(text), "")
	organisations, err := data.Live[data.Organisation](s.store, "id = ?1 OR name = ?1 OR org_number <> '' AND org_number = ?2", "id", text, number)
	if err != nil {
		return data.Subject{}, err
	}
	switch {
	case len(persons) > 1 || len(persons) == 0 && len(organisations) > 1:
		return data.Subject{}, data.NewError(CodeNoSuchPerson+".several", "«{{.Text}}» kan være flere. Ingenting er endret. Skriv hele id-en.", nil, "Text", text)
	case len(organisations) == 0:
		return data.Subject{}, data.NewError(CodeNoSuchPerson, "Fant ingen person «{{.Text}}». Ingenting er endret. Skriv id, fullt navn eller e-postadresse.", nil, "Text", text)
	case organisations[0].LegalForm != data.LegalFormSole:
		return data.Subject{}, data.NewError(CodeNoSuchPerson+".business", "«{{.Text}}» er en virksomhet og ikke merket som enkeltpersonforetak. Ingenting er endret. Merk den som enkeltpersonforetak hvis det er det den er.", nil, "Text", text)
	}
	return data.Subject{Kind: "organisation", ID: organisations[0].ID}, nil
}

// day is a date of the calendar at noon, or the zero time.
func day(iso string) time.Time {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return time.Time{}
	}
	return t
}

// PlaceOf is the organisation whose record shows a person, an interaction or a
// task; ok is false when it belongs to none.
func (s *Service) PlaceOf(kind, id string) (o data.Organisation, ok bool, err error) {
	queries := map[string]string{
		"person":      "id IN (SELECT organisation FROM person_at WHERE person = ? AND deleted = '')",
		"interaction": "id IN (SELECT organisation FROM interaction_with WHERE interaction = ? AND deleted = '')",
		"task":        "id IN (SELECT organisation FROM task WHERE id = ?)",
	}
	if queries[kind] == "" {
		return o, false, nil
	}
	all, err := data.Live[data.Organisation](s.store, queries[kind], "name, id", id)
	if err != nil || len(all) == 0 {
		return o, false, err
	}
	return all[0], true, nil
}
