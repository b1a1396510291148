package course

import (
	"slices"
	"strings"
	"time"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// How a request was sent.
const (
	ChannelMail   = "mail"
	ChannelPhone  = "phone"
	ChannelPortal = "portal" // a procurement portal
	ChannelLetter = "letter"
	ChannelMeet   = "meeting"
)

// Channels are the ways to send a request.
func Channels() []string {
	return []string{ChannelMail, ChannelPortal, ChannelPhone, ChannelMeet, ChannelLetter}
}

// ChannelWord is a way to send a request in words.
func ChannelWord(words *lang.Printer, channel string) string {
	if channel == "" || !slices.Contains(Channels(), channel) {
		return channel
	}
	return words.T("course.channel." + channel)
}

// Asked is one provider's part of a request.
type Asked struct {
	data.Enquiry
	Provider string
	Email    string     // of the provider, "" when none is known
	Norm     string     // that the provider is written to in, "" when not known
	Reply    data.Reply // without an id while there is none
}

// Answered tells whether the provider has said anything that can be compared.
func (a *Asked) Answered() bool {
	r := a.Reply
	r.ID, r.Enquiry, r.Deleted, r.Source, r.Unread, r.Note = "", "", "", "", "", ""
	return r != data.Reply{}
}

// Open tells whether an answer can still come.
func (a *Asked) Open() bool {
	return a.Status == "" || a.Status == partner.EnquiryDraft || a.Status == partner.EnquirySent
}

// Unsent tells that nobody has said that it was sent to the provider.
func (a *Asked) Unsent() bool { return a.Status == "" || a.Status == partner.EnquiryDraft }

// Requested is a request with all whom it went to, in the order that they were
// asked.
type Requested struct {
	data.Request
	Asked []Asked
}

// Replies is how many have answered.
func (r *Requested) Replies() (n int) {
	for i := range r.Asked {
		if r.Asked[i].Answered() {
			n++
		}
	}
	return n
}

// Unsent is how many it has not been sent to yet.
func (r *Requested) Unsent() (n int) {
	for i := range r.Asked {
		if r.Asked[i].Unsent() {
			n++
		}
	}
	return n
}

// State is how far a request has come, on a day (YYYY-MM-DD). Those that it was
// not sent to yet are waited for only when there is nobody else.
func (r *Requested) State(today string) string {
	waits := slices.ContainsFunc(r.Asked, func(a Asked) bool { return a.Status == partner.EnquirySent })
	switch {
	case r.Chosen != "":
		return StateChosen
	case waits && r.Due != "" && r.Due < today:
		return StateLate
	case waits:
		return StateWaiting
	case r.Unsent() == len(r.Asked):
		return StateDraft
	}
	return StateReplied
}

// States of a request.
const (
	StateDraft   = "draft"   // sent to nobody yet
	StateWaiting = "waiting" // somebody has not answered
	StateLate    = "late"    // nor in time
	StateReplied = "replied" // all that it was sent to have answered, and nothing is chosen
	StateChosen  = "chosen"
)

// StateWord is a state of a request in words.
func StateWord(words *lang.Printer, state string) string { return words.T("course.request." + state) }

// Requests are all requests, newest first.
func (s *Service) Requests() ([]Requested, error) {
	all, err := data.Live[data.Request](s.store, "", "created DESC, id DESC")
	if err != nil {
		return nil, err
	}
	return s.withAsked(s.store, all, "request <> ''")
}

// Request is one request.
func (s *Service) Request(id string) (Requested, error) { return s.request(s.store, id) }

func (s *Service) request(r data.Reader, id string) (Requested, error) {
	one, err := data.Get[data.Request](r, id)
	if err != nil {
		return Requested{}, err
	}
	all, err := s.withAsked(r, []data.Request{one}, "request = ?", id)
	if err != nil {
		return Requested{}, err
	}
	return all[0], nil
}

// withAsked adds to requests whom they went to: the enquiries of a condition.
func (s *Service) withAsked(r data.Reader, requests []data.Request, where string, args ...any) ([]Requested, error) {
	enquiries, err := data.Live[data.Enquiry](r, where, "id", args...)
	if err != nil {
		return nil, err
	}
	replies, err := data.Live[data.Reply](r, "enquiry IN (SELECT id FROM enquiry WHERE "+where+")", "", args...)
	if err != nil {
		return nil, err
	}
	providers, err := organisations(r, "id IN (SELECT organisation FROM enquiry WHERE "+where+")", args...)
	if err != nil {
		return nil, err
	}
	reply := map[string]data.Reply{}
	for _, one := range replies {
		reply[one.Enquiry] = one
	}
	asked := map[string][]Asked{}
	for _, e := range enquiries {
		p := providers[e.Organisation]
		asked[e.Request] = append(asked[e.Request], Asked{Enquiry: e, Provider: p.Name, Email: p.Email, Norm: p.Norm, Reply: reply[e.ID]})
	}
	all := make([]Requested, len(requests))
	for i, one := range requests {
		all[i] = Requested{one, asked[one.ID]}
	}
	return all, nil
}

// organisations are those of a condition, by id, also those in the trash.
func organisations(r data.Reader, where string, args ...any) (map[string]data.Organisation, error) {
	found, err := data.Find[data.Organisation](r, "WHERE "+where, args...)
	all := make(map[string]data.Organisation, len(found))
	for _, o := range found {
		all[o.ID] = o
	}
	return all, err
}

// OfPool makes a request for a group: what it is about, with the needs as they
// are now. label is what the group is called.
func OfPool(pool *need.Pool, label string) data.Request {
	return data.Request{Pool: pool.ID, Name: label, Needs: strings.Join(pool.Needs, ";"), People: pool.People, Municipality: pool.Place,
		Months: partner.MonthsText(pool.Months), Level: pool.Level, Form: pool.Form}
}

// needIDs are the ids of the needs that a request was made for.
func needIDs(r *data.Request) []string {
	if r.Needs == "" {
		return nil
	}
	return strings.Split(r.Needs, ";")
}

// Brief is what the providers get to read, in the language of words.
func (s *Service) Brief(r *data.Request, words *lang.Printer) (brief.Brief, error) {
	needs, err := s.needs(s.store, r)
	if err != nil {
		return brief.Brief{}, err
	}
	months, _ := partner.ParseMonths(r.Months)
	pool := need.Pool{Needs: needIDs(r), People: r.People, Place: r.Municipality, Months: months, Level: r.Level, Form: r.Form}
	b := brief.Of(&pool, r.Name, needs, words, s.places)
	b.AskBefore(r.Due, words)
	return b, nil
}

// needs are the needs of a request that are still there, also those in the trash.
func (s *Service) needs(r data.Reader, of *data.Request) ([]data.Need, error) {
	var all []data.Need
	for _, id := range needIDs(of) {
		n, err := data.Get[data.Need](r, id)
		if data.Code(err) == data.CodeNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

// Ask stores a request to some providers, as one step named label: an enquiry for
// each, which is not sent until somebody says so with MarkSent. channel is the way
// that it is going to be sent, and r.Due the last day to answer, or "". The request
// gets an id unless it has one: those that were asked before are then not asked
// again.
func (s *Service) Ask(label string, r data.Request, providers []string, channel string) (Requested, error) {
	if len(providers) == 0 {
		return Requested{}, data.NewError("requestNobody", "Ingen tilbyder er valgt. Ingenting er lagret. Velg minst én som skal få forespørselen.", nil)
	}
	var asked Requested
	err := s.store.Update(label, func(tx *data.Tx) error {
		if r.Created == "" {
			r.Created = tx.Now()
		}
		if err := tx.Put(&r); err != nil {
			return err
		}
		before, err := s.request(tx, r.ID)
		if err != nil {
			return err
		}
		for _, id := range providers {
			if slices.ContainsFunc(before.Asked, func(a Asked) bool { return a.Organisation == id }) {
				continue
			}
			o, err := data.Get[data.Organisation](tx, id)
			if err != nil {
				return err
			}
			e := data.Enquiry{Organisation: id, Request: r.ID, Name: r.Name, Contact: o.Contact, Status: partner.EnquiryDraft, Channel: channel, Due: r.Due}
			if err := tx.Put(&e); err != nil {
				return err
			}
		}
		asked, err = s.request(tx, r.ID)
		return err
	})
	return asked, err
}

// typingStep is how long typing in a field goes on as one step.
const typingStep = 5 * time.Minute

// Type changes one field of a request, as one step with what was typed in it just
// before. The task to remind them moves with the deadline.
func (s *Service) Type(label, id, field string, apply func(*data.Request), opts ...data.Option) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		r, err := data.Get[data.Request](tx, id)
		if err != nil {
			return err
		}
		before := r.Due
		apply(&r)
		if err := tx.Put(&r); err != nil || r.Due == before {
			return err
		}
		return moveFollowUp(tx, id, r.Due)
	}, append(opts, data.Merge(id+"/"+field, typingStep))...)
}

// TypeEnquiry changes one field of what a provider was asked. One that becomes sent
// is dated, and reminded of as MarkSent tells.
func (s *Service) TypeEnquiry(label, id, field string, reminder Reminder, apply func(*data.Enquiry), opts ...data.Option) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		e, err := data.Get[data.Enquiry](tx, id)
		if err != nil {
			return err
		}
		before := e
		apply(&e)
		return s.putEnquiry(tx, &before, &e, reminder)
	}, append(opts, data.Merge(id+"/"+field, typingStep))...)
}

// type1 changes one field of one record.
func type1[T any, P interface {
	*T
	data.Record
}](s *Service, label, id, field string, apply func(*T), opts []data.Option) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		one, err := data.Get[T, P](tx, id)
		if err != nil {
			return err
		}
		apply(&one)
		return tx.Put(P(&one))
	}, append(opts, data.Merge(id+"/"+field, typingStep))...)
}

// Delete moves a request to the trash with what the providers were asked and
// answered. A course that came of it stays.
func (s *Service) Delete(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		r, err := s.request(tx, id)
		if err != nil {
			return err
		}
		for i := range r.Asked {
			a := &r.Asked[i]
			if a.Reply.ID != "" {
				if err := tx.Delete(&a.Reply); err != nil {
					return err
				}
			}
			if err := tx.Delete(&a.Enquiry); err != nil {
				return err
			}
		}
		if t, ok, err := followUp(tx, id); err != nil {
			return err
		} else if ok {
			if err := tx.Delete(&t); err != nil {
				return err
			}
		}
		return tx.Delete(&r.Request)
	})
}
