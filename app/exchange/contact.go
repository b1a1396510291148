package exchange

import (
	"strings"

	"kompetansepilot/data"
)

// people are the persons of the register, and where they belong.
type people struct {
	byEmail map[string]*data.Person
	at      map[string][]*data.Person // by organisation
	seen    map[string]int            // organisation and person -> the row that has them
}

func readPeople(r data.Reader) (*people, error) {
	all, err := data.Live[data.Person](r, "", "id")
	if err != nil {
		return nil, err
	}
	links, err := data.Live[data.PersonAt](r, "", "id")
	if err != nil {
		return nil, err
	}
	p := &people{byEmail: map[string]*data.Person{}, at: map[string][]*data.Person{}, seen: map[string]int{}}
	byID := map[string]*data.Person{}
	for i := range all {
		byID[all[i].ID] = &all[i]
		if email := strings.ToLower(all[i].Email); email != "" && p.byEmail[email] == nil {
			p.byEmail[email] = &all[i]
		}
	}
	for _, l := range links {
		if person := byID[l.Person]; person != nil {
			p.at[l.Organisation] = append(p.at[l.Organisation], person)
		}
	}
	return p, nil
}

// find is the person that a row is about: the one with the e-mail, or with the
// name in that organisation. there tells that the person belongs to it already.
func (p *people) find(v values, organisation string) (found *data.Person, there bool) {
	email, name := strings.ToLower(v[FieldEmail]), squeezed(v[FieldContact])
	for _, person := range p.at[organisation] {
		if email != "" && strings.EqualFold(person.Email, email) || name != "" && squeezed(person.Name) == name {
			return person, true
		}
	}
	if email != "" {
		return p.byEmail[email], false
	}
	return nil, false
}

// contact decides what a row of contacts does.
func (d *decider) contact(out Decision) Decision {
	v := out.values
	organisation, _, several := d.index.find(v)
	switch {
	case several:
		out.Reason = Reason{why: whyAmbiguous, value: v[FieldName]}
		return out
	case organisation == nil:
		out.Reason = Reason{why: whyNobody, value: first(v[FieldName], v[FieldNumber])}
		return out
	}
	out.organisation = organisation.ID
	key := organisation.ID + "\n" + first(squeezed(v[FieldContact]), strings.ToLower(v[FieldEmail]), v[FieldPhone])
	if earlier, ok := d.people.seen[key]; ok {
		out.Reason = Reason{why: whyTwice, value: out.Name, row: earlier}
		return out
	}
	d.people.seen[key] = out.Row
	found, there := d.people.find(v, organisation.ID)
	if found == nil {
		out.Action = Create
		return out
	}
	out.Match, out.MatchName = found.ID, found.Name
	changed := *found
	v.intoPerson(&changed)
	switch {
	case changed == *found && there:
		out.Action = Unchanged
	case d.policy == PolicySkip:
		out.Action = Skip
	case d.policy == PolicyNew:
		out.Action = Create
	default:
		out.Action = Update
	}
	return out
}

// intoPerson writes what a row says into a person. What it leaves open stays.
func (v values) intoPerson(p *data.Person) {
	p.Name = first(v[FieldContact], p.Name, v[FieldEmail], v[FieldPhone])
	p.Email = first(v[FieldEmail], p.Email)
	p.Phone = first(v[FieldPhone], p.Phone)
}

// putContact writes a row of contacts: the person, and where they belong. The
// legal basis is left open, for a person to decide.
func putContact(tx *data.Tx, f *File, d *Decision) error {
	var p data.Person
	switch d.Action {
	case Create:
		p.Source, p.Obtained = f.Name(), tx.Now()[:len("2026-01-31")]
	case Update:
		var err error
		if p, err = data.Get[data.Person](tx, d.Match); data.Code(err) == data.CodeNotFound || err == nil && p.InTrash() {
			d.Action, d.Reason = Refuse, Reason{why: whyGone}
			return nil
		} else if err != nil {
			return err
		}
	default:
		return nil
	}
	d.values.intoPerson(&p)
	if err := tx.Put(&p); err != nil {
		return err
	}
	links, err := data.Find[data.PersonAt](tx, "WHERE person = ? AND organisation = ? ORDER BY deleted LIMIT 1", p.ID, d.organisation)
	switch {
	case err != nil:
		return err
	case len(links) == 0:
		return tx.Put(&data.PersonAt{Person: p.ID, Organisation: d.organisation})
	}
	return tx.Restore(&links[0])
}
