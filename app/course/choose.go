package course

import (
	"cmp"
	"slices"
	"strconv"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Choice is what choosing a reply gave.
type Choice struct {
	Offering data.Offering
	Course   data.Course
}

// Choose makes an offering of a provider's reply and a course of it, with the
// businesses of the group as those who take part, as one step named label. The
// needs get the offering as the one that was accepted. Whoever else it was sent to
// and has not said no is declined; letter is what they are told, "" for what the
// request says already.
func (s *Service) Choose(label, enquiry, letter string) (Choice, error) {
	var made Choice
	err := s.store.Update(label, func(tx *data.Tx) error {
		e, err := data.Get[data.Enquiry](tx, enquiry)
		if err != nil {
			return err
		}
		r, err := s.request(tx, e.Request)
		if err != nil {
			return err
		}
		if r.Chosen != "" {
			return data.NewError("requestChosen", "Et svar på denne forespørselen er valgt før. Ingenting er endret. Angre det valget først, eller send en ny forespørsel.", nil)
		}
		at := slices.IndexFunc(r.Asked, func(a Asked) bool { return a.ID == enquiry })
		if at < 0 || !r.Asked[at].Answered() {
			return data.NewError("replyNone", "Tilbyderen har ikke svart ennå, så det er ikke noe å velge. Ingenting er endret. Skriv inn svaret først.", nil)
		}
		needs, err := s.needs(tx, &r.Request)
		if err != nil {
			return err
		}
		made.Offering = s.offering(&r, &r.Asked[at])
		if err := tx.Put(&made.Offering); err != nil {
			return err
		}
		made.Course = courseOf(&made.Offering, tx.Now())
		made.Course.Request, made.Course.Pool = r.ID, r.Pool
		if err := s.begin(tx, &made.Course, needs); err != nil {
			return err
		}
		for i := range r.Asked {
			other := &r.Asked[i].Enquiry
			switch {
			case i == at:
				other.Status, other.Offering = partner.EnquiryChosen, made.Offering.ID
			case r.Asked[i].Unsent() || other.Status == partner.EnquiryNo || other.Status == partner.EnquiryNoAnswer:
				continue
			default:
				other.Status = partner.EnquiryDeclined
			}
			if err := tx.Put(other); err != nil {
				return err
			}
		}
		r.Request.Chosen, r.Request.Letter = enquiry, cmp.Or(letter, r.Letter)
		if err := tx.Put(&r.Request); err != nil {
			return err
		}
		return s.settle(tx, r.ID)
	})
	return made, err
}

// offering is what a reply offers.
func (s *Service) offering(r *Requested, a *Asked) data.Offering {
	number := func(text string) int64 {
		n, _ := strconv.ParseInt(text, 10, 64)
		return n
	}
	each, _ := eachAt(&a.Reply, r.People)
	o := data.Offering{Organisation: a.Organisation, Title: r.Name, Level: a.Reply.Level, Credits: number(a.Reply.Credits), Form: a.Reply.Form, Place: a.Reply.Place,
		Municipality: r.Municipality, Language: a.Reply.Language, Start: a.Reply.Start, Finish: a.Reply.Finish, Months: r.Months,
		Least: number(a.Reply.Least), Capacity: number(a.Reply.Capacity), Price: each, Note: lang.Joined("\n", a.Reply.Dates, a.Reply.Note)}
	if o.Form == partner.FormNet {
		o.Municipality = ""
	}
	return o
}

// courseOf is a course that an offering becomes.
func courseOf(o *data.Offering, now string) data.Course {
	return data.Course{Offering: o.ID, Organisation: o.Organisation, Name: o.Title, Municipality: o.Municipality, Start: o.Start, Finish: o.Finish,
		Status: StatusPlanned, Credits: o.Credits, Least: o.Least, Capacity: o.Capacity, Price: o.Price, Created: now}
}

// begin stores a new course with the businesses that needs come from, and that the
// needs are served by its offering.
func (s *Service) begin(tx *data.Tx, c *data.Course, needs []data.Need) error {
	if err := tx.Put(c); err != nil {
		return err
	}
	all := map[string]*data.Participation{}
	var order []*data.Participation
	for i := range needs {
		n := &needs[i]
		key := cmp.Or(n.Organisation, n.ID)
		p := all[key]
		if p == nil {
			p = &data.Participation{Course: c.ID, Organisation: n.Organisation, Municipality: n.Municipality, Position: int64(len(order) + 1)}
			if o, err := data.Get[data.Organisation](tx, n.Organisation); err == nil {
				p.Municipality = cmp.Or(o.Municipality, p.Municipality)
			} else {
				p.Name = n.Industry // what is known of who said it
			}
			all[key] = p
			order = append(order, p)
		}
		p.Expected += max(n.People, 0)
	}
	for _, p := range order {
		if err := tx.Put(p); err != nil {
			return err
		}
	}
	for i := range needs {
		decided, err := data.Live[data.MatchDecision](tx, "need = ? AND offering = ?", "", needs[i].ID, c.Offering)
		if err != nil {
			return err
		}
		if needs[i].InTrash() || len(decided) > 0 || c.Offering == "" {
			continue
		}
		if err := tx.Put(&data.MatchDecision{Need: needs[i].ID, Offering: c.Offering, Decision: data.MatchAccepted, Created: tx.Now()}); err != nil {
			return err
		}
	}
	return nil
}

// Start makes a course of an offering, with the businesses whose needs were
// accepted for it, as one step named label.
func (s *Service) Start(label, offering string) (data.Course, error) {
	var c data.Course
	err := s.store.Update(label, func(tx *data.Tx) error {
		o, err := data.Get[data.Offering](tx, offering)
		if err != nil {
			return err
		}
		needs, err := data.Live[data.Need](tx, "id IN (SELECT need FROM match_decision WHERE offering = ? AND decision = ? AND deleted = '')", "id", offering, data.MatchAccepted)
		if err != nil {
			return err
		}
		c = courseOf(&o, tx.Now())
		return s.begin(tx, &c, needs)
	})
	return c, err
}
