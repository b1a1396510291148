package need

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Conversation is an interview with what belongs to it.
type Conversation struct {
	data.Interview
	Business data.Organisation // ID is "" while none is chosen
	Needs    []data.Need
}

// Start begins an interview as a step named label, and gives its id. It has one
// empty need from the beginning, to be typed in. One of today that nothing was
// written in is used again.
func (s *Service) Start(label string, i data.Interview) (id string, err error) {
	form, _, err := s.Form()
	if err != nil {
		return "", err
	}
	i.Form = form.ID
	i.Date = cmp.Or(i.Date, data.Today())
	i.Channel = cmp.Or(i.Channel, data.InteractionCall)
	if i.Organisation == "" {
		if id, err = s.untouched(); id != "" || err != nil {
			return id, err
		}
	}
	err = s.store.Update(label, func(tx *data.Tx) error {
		if err := tx.Put(&i); err != nil {
			return err
		}
		id = i.ID
		_, err := addNeed(tx, &i)
		return err
	})
	return id, err
}

// untouched is an interview of today that was begun and never written in; ""
// for none.
func (s *Service) untouched() (string, error) {
	all, err := data.Live[data.Interview](s.store, "done = '' AND organisation = '' AND note = '' AND date = ?", "id DESC", data.Today())
	if err != nil {
		return "", err
	}
	for i := range all {
		needs, err := data.NeedsIn(s.store, all[i].ID)
		if err != nil {
			return "", err
		}
		if len(all[i].Answers) == 0 && len(needs) == 1 && !said(&needs[0]) {
			return all[i].ID, nil
		}
	}
	return "", nil
}

// Conversation reads an interview, also one in the trash.
func (s *Service) Conversation(id string) (c Conversation, err error) {
	err = s.store.Read(func(r data.Reader) (err error) {
		if c.Interview, err = data.Get[data.Interview](r, id); err != nil {
			return err
		}
		if c.Needs, err = data.NeedsIn(r, id); err != nil || c.Organisation == "" {
			return err
		}
		all, err := data.Find[data.Organisation](r, "WHERE id = ?", c.Organisation)
		if len(all) > 0 {
			c.Business = all[0]
		}
		return err
	})
	return c, err
}

// Interviews are the interviews, those that go on first, then the newest. The
// ones of one business with an id, all with "".
func (s *Service) Interviews(organisation string) ([]data.Interview, error) {
	if !s.store.Has("interview") {
		return nil, nil
	}
	return data.Live[data.Interview](s.store, "? = '' OR organisation = ?", "done <> '', date DESC, id DESC", organisation, organisation)
}

// TypeInterview changes one field of an interview, as one step with what was
// typed in it just before.
func (s *Service) TypeInterview(label, id, field string, apply func(*data.Interview), opts ...data.Option) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		i, err := data.Get[data.Interview](tx, id)
		if err != nil {
			return err
		}
		was := i.Organisation
		apply(&i)
		if err := tx.Put(&i); err != nil || i.Organisation == was {
			return err
		}
		return moveNeeds(tx, &i)
	}, append(opts, data.Merge(id+"/"+field, typingStep))...)
}

// moveNeeds lets the needs of an interview follow its business. What they took
// from another one goes.
func moveNeeds(tx *data.Tx, i *data.Interview) error {
	needs, err := data.NeedsIn(tx, i.ID)
	if err != nil {
		return err
	}
	for k := range needs {
		n := &needs[k]
		if n.Organisation != "" {
			n.Municipality, n.Industry, n.Employees, n.Norm = "", "", 0, ""
		}
		n.Organisation = i.Organisation
		if i.Organisation != "" {
			o, err := data.Get[data.Organisation](tx, i.Organisation)
			if err != nil {
				return err
			}
			about(n, &o)
		}
		if err := tx.Put(n); err != nil {
			return err
		}
	}
	return nil
}

// AddNeed makes one more empty need of an interview, as a step named label.
func (s *Service) AddNeed(label, interview string) (id string, err error) {
	err = s.store.Update(label, func(tx *data.Tx) error {
		i, err := data.Get[data.Interview](tx, interview)
		if err != nil {
			return err
		}
		id, err = addNeed(tx, &i)
		return err
	})
	return id, err
}

func addNeed(tx *data.Tx, i *data.Interview) (id string, err error) {
	n := data.Need{Organisation: i.Organisation, Conversation: i.ID, Interview: i.Date, Level: Any, Form: Any, Urgency: data.UrgencyNormal, People: 1,
		Shareable: i.Share == data.ConsentYes, Created: tx.Now()}
	if i.Organisation != "" {
		o, err := data.Get[data.Organisation](tx, i.Organisation)
		if err != nil {
			return "", err
		}
		about(&n, &o)
	}
	err = tx.Put(&n)
	return n.ID, err
}

// CreateBusiness makes a business by its name and municipality for an interview,
// as one step named label.
func (s *Service) CreateBusiness(label, interview, name, municipality string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		i, err := data.Get[data.Interview](tx, interview)
		if err != nil {
			return err
		}
		o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: strings.Join(strings.Fields(name), " "), Municipality: municipality}
		if err := tx.Put(&o); err != nil {
			return err
		}
		i.Organisation = o.ID
		if err := tx.Put(&i); err != nil {
			return err
		}
		return moveNeeds(tx, &i)
	})
}

// Missing is what an interview lacks before it can be finished, or what is worth
// a second look.
type Missing struct {
	Field string // of the interview, or FieldText
	Need  string // id of the need, when it is about one
	Kind  string // one of the Lack constants
	Stops bool
}

// Kinds of Missing.
const (
	LackBusiness = "business" // none is chosen
	LackNeeds    = "needs"    // no need has a text
	LackConsent  = "consent"  // was not asked
	LackRefused  = "refused"  // they do not want it to be kept
	LackDate     = "date"     // after today
)

// Sentence says what is missing.
func (m *Missing) Sentence(words *lang.Printer) string {
	switch m.Kind {
	case LackBusiness:
		return words.T("interview.lack.business")
	case LackNeeds:
		return words.T("interview.lack.needs")
	case LackConsent:
		return words.T("interview.lack.consent")
	case LackDate:
		return words.T("interview.lack.date")
	}
	return words.T("interview.lack.refused")
}

// Check tells what a conversation lacks.
func (c *Conversation) Check() []Missing {
	var all []Missing
	if c.Organisation == "" {
		all = append(all, Missing{Field: "organisation", Kind: LackBusiness, Stops: true})
	}
	if !slices.ContainsFunc(c.Needs, func(n data.Need) bool { return said(&n) }) {
		all = append(all, Missing{Field: AskNeeds, Kind: LackNeeds})
	}
	switch c.Consent {
	case "":
		all = append(all, Missing{Field: AskConsent, Kind: LackConsent})
	case data.ConsentNo:
		all = append(all, Missing{Field: AskConsent, Kind: LackRefused})
	}
	if c.Date > data.Today() {
		all = append(all, Missing{Field: "date", Kind: LackDate})
	}
	return all
}

func said(n *data.Need) bool {
	return strings.TrimSpace(n.Text) != "" || strings.TrimSpace(n.OwnWords) != ""
}

// Finished is what finishing an interview made.
type Finished struct {
	Needs       int
	Interaction string // id
	Task        bool
	Status      bool // the business became StatusMapped
}

// CodeInterview is the code of errors about interviews.
const CodeInterview = "interview"

// Finish ends an interview as one step named label: needs without a text go,
// the answers fill in what the others leave open, the conversation becomes an
// activity of the business, which becomes mapped if it had not come so far, and
// what was promised becomes a task. Finished again, it brings these up to date.
func (s *Service) Finish(label, id string, words *lang.Printer) (Finished, error) {
	form, _, err := s.Form()
	if err != nil {
		return Finished{}, err
	}
	var done Finished
	err = s.store.Update(label, func(tx *data.Tx) error {
		done = Finished{}
		i, err := data.Get[data.Interview](tx, id)
		if err != nil {
			return err
		}
		if i.Organisation == "" {
			return data.NewError(CodeInterview+".business", "Velg hvilken bedrift intervjuet gjelder. Alt du har skrevet, er lagret.", nil)
		}
		o, err := data.Get[data.Organisation](tx, i.Organisation)
		if err != nil {
			return err
		}
		needs, err := data.NeedsIn(tx, id)
		if err != nil {
			return err
		}
		var texts []string
		for k := range needs {
			n := &needs[k]
			if !said(n) {
				if err := tx.Delete(n); err != nil {
					return err
				}
				continue
			}
			n.Shareable, n.Interview = i.Share == data.ConsentYes, i.Date
			form.fill(n, i.Answers)
			about(n, &o)
			if err := tx.Put(n); err != nil {
				return err
			}
			texts = append(texts, cmp.Or(n.Text, n.OwnWords))
		}
		done.Needs = len(texts)
		if err := activity(tx, &i, texts, words); err != nil {
			return err
		}
		done.Interaction = i.Interaction
		if i.Done == "" {
			if done.Task, err = promised(tx, form, &i); err != nil {
				return err
			}
			i.Done = data.Today()
		}
		if err := tx.Put(&i); err != nil {
			return err
		}
		done.Status = before(o.Status, partner.StatusMapped)
		return mapped(tx, &o)
	})
	return done, err
}

// mapped makes a business one whose needs are written down, if it had not come so
// far.
func mapped(tx *data.Tx, o *data.Organisation) error {
	if !before(o.Status, partner.StatusMapped) {
		return nil
	}
	o.Status = string(partner.StatusMapped)
	return tx.Put(o)
}

// before tells whether a business has not come as far as a status.
func before(stored string, status partner.Status) bool {
	order := partner.Pipeline(data.OrganisationBusiness)
	at := slices.Index(order, partner.ParseStatus(stored))
	return at >= 0 && at < slices.Index(order, status)
}

// fill lets the answers about all needs go into one that says nothing itself.
func (f *Form) fill(n *data.Need, answers data.Values) {
	for _, p := range f.Parts {
		for _, q := range p.Questions {
			answer := answers[q.ID]
			if q.Fills == "" || answer == "" {
				continue
			}
			switch q.Fills {
			case FieldForm:
				if n.Form == Any || n.Form == "" {
					n.Form = answer
				}
			case FieldLevel:
				if n.Level == Any || n.Level == "" {
					n.Level = answer
				}
			case FieldUrgency:
				if n.Urgency == "" {
					n.Urgency = answer
				}
			case FieldReach:
				if km, err := strconv.ParseInt(answer, 10, 64); err == nil && n.Reach == 0 {
					n.Reach = min(max(km, 0), maxReach)
				}
			}
		}
	}
}

// activity makes the conversation an activity of the business, or brings it up
// to date.
func activity(tx *data.Tx, i *data.Interview, texts []string, words *lang.Printer) error {
	lines := []string{words.N("interview.activity", len(texts))}
	for _, t := range texts {
		lines = append(lines, "– "+t)
	}
	if note := strings.TrimSpace(i.Note); note != "" {
		lines = append(lines, note)
	}
	a := data.Interaction{Row: data.Row{ID: i.Interaction}, InteractionOf: i.Channel, Date: i.Date, Text: strings.Join(lines, "\n")}
	if i.Channel == data.InterviewSurvey {
		a.InteractionOf = data.InteractionNote
	}
	if a.ID != "" {
		old, err := data.Find[data.Interaction](tx, "WHERE id = ?", a.ID)
		if err != nil {
			return err
		}
		if len(old) == 0 || old[0].InTrash() {
			a.ID = "" // the person threw it away: this is a new one
		}
	}
	if err := tx.Put(&a); err != nil {
		return err
	}
	i.Interaction = a.ID
	have, err := data.Live[data.InteractionWith](tx, "interaction = ?", "id", a.ID)
	if err != nil {
		return err
	}
	for _, w := range []data.InteractionWith{{Interaction: a.ID, Organisation: i.Organisation}, {Interaction: a.ID, Person: i.Person}} {
		if w.Organisation == "" && w.Person == "" ||
			slices.ContainsFunc(have, func(h data.InteractionWith) bool { return h.Organisation == w.Organisation && h.Person == w.Person }) {
			continue
		}
		if err := tx.Put(&w); err != nil {
			return err
		}
	}
	return nil
}

// promised makes the task of what was promised.
func promised(tx *data.Tx, f *Form, i *data.Interview) (bool, error) {
	made := false
	for _, p := range f.Parts {
		for _, q := range p.Questions {
			text := strings.TrimSpace(i.Answers[q.ID])
			if q.Kind != AskTask || text == "" {
				continue
			}
			made = true
			if err := tx.Put(&data.Task{Text: text, Responsible: tx.Actor(), Organisation: i.Organisation, Person: i.Person, Interaction: i.Interaction}); err != nil {
				return made, err
			}
		}
	}
	return made, nil
}

// DeleteInterview moves an interview, and its needs when it was never finished,
// to the trash as one step named label.
func (s *Service) DeleteInterview(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		i, err := data.Get[data.Interview](tx, id)
		if err != nil {
			return err
		}
		if i.Done == "" {
			needs, err := data.NeedsIn(tx, id)
			if err != nil {
				return err
			}
			for k := range needs {
				if err := tx.Delete(&needs[k]); err != nil {
					return err
				}
			}
		}
		return tx.Delete(&i)
	})
}

// Place gives a business, and some needs of it, a municipality as one step named
// label.
func (s *Service) Place(label, organisation, municipality string, needs []string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		o, err := data.Get[data.Organisation](tx, organisation)
		if err != nil {
			return err
		}
		o.Municipality = municipality
		if err := tx.Put(&o); err != nil {
			return err
		}
		for _, id := range needs {
			n, err := data.Get[data.Need](tx, id)
			if err != nil {
				return err
			}
			n.Municipality = municipality
			if err := tx.Put(&n); err != nil {
				return err
			}
		}
		return nil
	})
}
