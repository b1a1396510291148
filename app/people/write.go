package people

import (
	"slices"

	"kompetansepilot/data"
)

// Save writes a person, a new one when it has no id, and links it to an
// organisation ("" for none), as one step named label. It gives the id.
func (s *Service) Save(label string, p data.Person, organisation string) (id string, err error) {
	err = s.store.Update(label, func(tx *data.Tx) error {
		if err := tx.Put(&p); err != nil {
			return err
		}
		id = p.ID
		return link(tx, p.ID, organisation)
	})
	return id, err
}

// Link lets a person belong to one more organisation.
func (s *Service) Link(label, person, organisation string) error {
	return s.store.Update(label, func(tx *data.Tx) error { return link(tx, person, organisation) })
}

func link(tx *data.Tx, person, organisation string) error {
	if organisation == "" {
		return nil
	}
	there, err := data.Find[data.PersonAt](tx, "WHERE person = ? AND organisation = ? ORDER BY deleted LIMIT 1", person, organisation)
	switch {
	case err != nil:
		return err
	case len(there) == 0:
		return tx.Put(&data.PersonAt{Person: person, Organisation: organisation})
	}
	return tx.Restore(&there[0])
}

// Unlink takes a person away from an organisation; the person stays.
func (s *Service) Unlink(label, person, organisation string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		links, err := data.Live[data.PersonAt](tx, "person = ? AND organisation = ?", "id", person, organisation)
		if err != nil {
			return err
		}
		for i := range links {
			if err := tx.Delete(&links[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Delete moves a person to the trash. Its links stay, for the day it comes back.
func (s *Service) Delete(label, person string) error {
	return s.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Person{Row: data.Row{ID: person}}) })
}

// Entry is an interaction to be logged, and what was promised there.
type Entry struct {
	data.Interaction
	People, Organisations []string // ids
	// FollowUp is a task that was promised; without a text there is none.
	FollowUp data.Task
}

// Log writes an interaction with those who took part, and the task that was
// promised, as one step named label.
func (s *Service) Log(label string, e Entry) (id string, err error) {
	err = s.store.Update(label, func(tx *data.Tx) error {
		if err := tx.Put(&e.Interaction); err != nil {
			return err
		}
		id = e.ID
		if err := s.setWith(tx, &e); err != nil {
			return err
		}
		if e.FollowUp.Text == "" {
			return nil
		}
		e.FollowUp.Interaction = e.ID
		return tx.Put(&e.FollowUp)
	})
	return id, err
}

// setWith makes those who took part the ones of the entry.
func (s *Service) setWith(tx *data.Tx, e *Entry) error {
	have, err := data.Live[data.InteractionWith](tx, "interaction = ?", "id", e.ID)
	if err != nil {
		return err
	}
	var persons, organisations []string
	for i := range have {
		h := &have[i]
		if h.Person != "" && slices.Contains(e.People, h.Person) {
			persons = append(persons, h.Person)
		} else if h.Organisation != "" && slices.Contains(e.Organisations, h.Organisation) {
			organisations = append(organisations, h.Organisation)
		} else if err := tx.Delete(h); err != nil {
			return err
		}
	}
	for _, id := range e.People {
		if id != "" && !slices.Contains(persons, id) {
			persons = append(persons, id)
			if err := tx.Put(&data.InteractionWith{Interaction: e.ID, Person: id}); err != nil {
				return err
			}
		}
	}
	for _, id := range e.Organisations {
		if id != "" && !slices.Contains(organisations, id) {
			organisations = append(organisations, id)
			if err := tx.Put(&data.InteractionWith{Interaction: e.ID, Organisation: id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Interaction reads one with those who took part.
func (s *Service) Interaction(id string) (Contact, error) {
	i, err := data.Get[data.Interaction](s.store, id)
	if err != nil {
		return Contact{}, err
	}
	all, err := s.contacts(s.store, []data.Interaction{i})
	if err != nil {
		return Contact{}, err
	}
	return all[0], nil
}

// DeleteInteraction moves an interaction to the trash.
func (s *Service) DeleteInteraction(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Interaction{Row: data.Row{ID: id}}) })
}

// SaveTask writes a task, a new one when it has no id.
func (s *Service) SaveTask(label string, t data.Task) error {
	return s.store.Update(label, func(tx *data.Tx) error { return tx.Put(&t) })
}

// Task reads one task.
func (s *Service) Task(id string) (data.Task, error) { return data.Get[data.Task](s.store, id) }

// SetDone ticks a task off, or opens it again.
func (s *Service) SetDone(label, id string, done bool) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		t, err := data.Get[data.Task](tx, id)
		if err != nil {
			return err
		}
		t.Done = ""
		if done {
			t.Done = data.Today()
		}
		return tx.Put(&t)
	})
}

// DeleteTask moves a task to the trash.
func (s *Service) DeleteTask(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error { return tx.Delete(&data.Task{Row: data.Row{ID: id}}) })
}

// SetSole notes that an organisation is a sole proprietorship, or that it is not.
func (s *Service) SetSole(label, organisation string, sole bool) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		o, err := data.Get[data.Organisation](tx, organisation)
		if err != nil {
			return err
		}
		if o.LegalForm = ""; sole {
			o.LegalForm = data.LegalFormSole
		}
		return tx.Put(&o)
	})
}
