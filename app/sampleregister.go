package app

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"time"

	"kompetansepilot/assets"
	"kompetansepilot/data"
)

// sampleRegister is assets/sample/register.json: what the county has done with
// the sample's organisations, which At names by their keys. Its README tells
// the form.
type sampleRegister struct {
	People []struct {
		data.Person
		At       string    `json:"at"`
		Obtained sampleDay `json:"obtained"`
		Told     sampleDay `json:"told"`
	} `json:"people"`
	Interactions []struct {
		At   string    `json:"at"`
		Kind string    `json:"kind"`
		Text string    `json:"text"`
		Days sampleDay `json:"days"`
	} `json:"interactions"`
	Tasks []struct {
		At   string    `json:"at"`
		Text string    `json:"text"`
		Due  sampleDay `json:"due"`
		Done sampleDay `json:"done"`
	} `json:"tasks"`
	Agreements []struct {
		data.Agreement
		Parties []struct {
			data.Signature
			At string `json:"at"`
		} `json:"parties"`
	} `json:"agreements"`
	StateAid []struct {
		data.Aid
		At   string    `json:"at"`
		Days sampleDay `json:"days"`
	} `json:"stateAid"`
	Campuses []struct {
		data.Campus
		At string `json:"at"`
	} `json:"campuses"`
	Offerings []struct {
		data.Offering
		At     string    `json:"at"`
		Start  sampleDay `json:"start"`
		Finish sampleDay `json:"finish"`
		Due    sampleDay `json:"due"`
	} `json:"offerings"`
	Enquiries []struct {
		data.Enquiry
		At   string    `json:"at"`
		Days sampleDay `json:"days"`
		Done sampleDay `json:"done"`
	} `json:"enquiries"`
	Needs []struct {
		data.Need
		At   string    `json:"at"`
		Days sampleDay `json:"days"`
	} `json:"needs"`
}

// sampleDay is a day by its distance from today; nil for none.
type sampleDay *int

// readSampleRegister reads the file, with days that are counted from today.
func readSampleRegister() (sampleRegister, error) {
	var s sampleRegister
	raw, err := fs.ReadFile(assets.FS, "sample/register.json")
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		return s, fmt.Errorf("read sample register: %w", err)
	}
	return s, nil
}

// samplePut puts records with what they refer to. After the first error it puts no
// more; err tells it.
type samplePut struct {
	tx            *data.Tx
	now           time.Time
	organisations map[string]*data.Organisation // by key
	applications  map[string]string             // id by key
	persons       map[string]string             // id of the first person, by the organisation's key
	err           error
}

func (p *samplePut) day(d sampleDay) string {
	if d == nil {
		return ""
	}
	return p.now.AddDate(0, 0, *d).Format(time.DateOnly)
}

// at is an organisation of the sample; one that is not there is an error.
func (p *samplePut) at(key string) *data.Organisation {
	if o := p.organisations[key]; o != nil {
		return o
	}
	p.err = cmp.Or(p.err, fmt.Errorf("sample register: no organisation %q", key))
	return &data.Organisation{}
}

func (p *samplePut) put(all ...data.Record) {
	for _, r := range all {
		if p.err == nil {
			p.err = p.tx.Put(r)
		}
	}
}

func (p *samplePut) all(s *sampleRegister) error {
	for _, put := range []func(*sampleRegister){p.people, p.interactions, p.tasks, p.agreements, p.aid, p.teaching, p.needs} {
		put(s)
	}
	return p.err
}

func (p *samplePut) people(s *sampleRegister) {
	for i := range s.People {
		at := s.People[i].At
		o := p.at(at)
		person := s.People[i].Person
		if person.Name == "" {
			person.Name, person.Email, person.Phone = o.Contact, o.Email, o.Phone
		}
		person.ID, person.Norm, person.Basis, person.Source = data.NewID(), o.Norm, data.BasisTask, "eksempel"
		person.Obtained, person.Told = p.day(s.People[i].Obtained), p.day(s.People[i].Told)
		if person.Told != "" {
			person.ToldHow = "e-post"
		}
		if p.persons[at] == "" {
			p.persons[at] = person.ID
		}
		p.put(&person, &data.PersonAt{Person: person.ID, Organisation: o.ID})
	}
}

func (p *samplePut) interactions(s *sampleRegister) {
	for _, x := range s.Interactions {
		i := data.Interaction{InteractionOf: x.Kind, Date: p.day(x.Days), Text: x.Text}
		i.ID = data.NewID()
		p.put(&i, &data.InteractionWith{Interaction: i.ID, Organisation: p.at(x.At).ID})
		if person := p.persons[x.At]; person != "" {
			p.put(&data.InteractionWith{Interaction: i.ID, Person: person})
		}
	}
}

func (p *samplePut) tasks(s *sampleRegister) {
	for _, x := range s.Tasks {
		p.put(&data.Task{Text: x.Text, Due: p.day(x.Due), Done: p.day(x.Done), Organisation: p.at(x.At).ID, Person: p.persons[x.At]})
	}
}

func (p *samplePut) agreements(s *sampleRegister) {
	for i := range s.Agreements {
		a := s.Agreements[i].Agreement
		a.ID, a.Application = data.NewID(), p.applications[a.Application]
		p.put(&a)
		for j, party := range s.Agreements[i].Parties {
			party.Agreement, party.Position = a.ID, int64(j)
			if party.At != "" {
				o := p.at(party.At)
				party.Organisation, party.Party = o.ID, o.Name
			}
			p.put(&party.Signature)
		}
	}
}

func (p *samplePut) aid(s *sampleRegister) {
	for i := range s.StateAid {
		x := &s.StateAid[i]
		x.Organisation, x.Aid.Date = p.at(x.At).ID, p.day(x.Days)
		p.put(&x.Aid)
	}
}

// teaching puts what the providers have: places, offerings and enquiries.
func (p *samplePut) teaching(s *sampleRegister) {
	for i := range s.Campuses {
		x := &s.Campuses[i]
		x.Organisation, x.Position = p.at(x.At).ID, int64(i)
		p.put(&x.Campus)
	}
	for i := range s.Offerings {
		x := &s.Offerings[i]
		o := p.at(x.At)
		x.Organisation, x.ProviderKind, x.Source, x.SourceTime = o.ID, o.ProviderKind, "eksempel", p.now.UTC().Format(time.RFC3339)
		x.Offering.Start, x.Offering.Finish, x.Offering.Due = p.day(x.Start), p.day(x.Finish), p.day(x.Due)
		p.put(&x.Offering)
	}
	for i := range s.Enquiries {
		x := &s.Enquiries[i]
		x.Organisation, x.Date, x.Enquiry.Done = p.at(x.At).ID, p.day(x.Days), p.day(x.Done)
		p.put(&x.Enquiry)
	}
}

func (p *samplePut) needs(s *sampleRegister) {
	for i := range s.Needs {
		x := &s.Needs[i]
		x.Organisation = p.at(x.At).ID
		x.Interview, x.Created = p.day(x.Days), p.now.AddDate(0, 0, *x.Days).UTC().Format(time.RFC3339)
		p.put(&x.Need)
	}
}
