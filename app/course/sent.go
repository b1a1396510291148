package course

import (
	"slices"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Reminder makes the text of the task to remind those who have not answered a
// request, of its name.
type Reminder func(name string) string

// MarkSent notes that a request was sent today to all that it had not been sent
// to, as one step named label. When the request has a deadline, a task on that day
// is made in the same step; it is done by itself when all have answered.
func (s *Service) MarkSent(label, request string, reminder Reminder) (Requested, error) {
	var sent Requested
	err := s.store.Update(label, func(tx *data.Tx) error {
		r, err := s.request(tx, request)
		if err != nil {
			return err
		}
		if r.Unsent() == 0 {
			return data.NewError("requestSent", "Forespørselen er alt merket som sendt. Ingenting er endret.", nil)
		}
		for i := range r.Asked {
			if a := &r.Asked[i]; a.Unsent() {
				a.Status, a.Date = partner.EnquirySent, data.Today()
				if err := tx.Put(&a.Enquiry); err != nil {
					return err
				}
			}
		}
		if err := s.sent(tx, request, reminder); err != nil {
			return err
		}
		sent, err = s.request(tx, request)
		return err
	})
	return sent, err
}

// sent dates a request that was just sent to somebody, and makes the task.
func (s *Service) sent(tx *data.Tx, request string, reminder Reminder) error {
	r, err := s.request(tx, request)
	if err != nil {
		return err
	}
	if r.Date == "" {
		r.Date = data.Today()
		if err := tx.Put(&r.Request); err != nil {
			return err
		}
	}
	return remind(tx, &r, reminder(r.Name))
}

// SaveEnquiry stores what a provider was asked; one without an id gets one. When it
// is part of a request and becomes sent, it is dated and reminded of as MarkSent
// tells.
func (s *Service) SaveEnquiry(label string, e data.Enquiry, reminder Reminder) (string, error) {
	err := s.store.Update(label, func(tx *data.Tx) error {
		before, err := data.Get[data.Enquiry](tx, e.ID)
		if err != nil && data.Code(err) != data.CodeNotFound {
			return err
		}
		return s.putEnquiry(tx, &before, &e, reminder)
	})
	return e.ID, err
}

// putEnquiry stores a changed enquiry.
func (s *Service) putEnquiry(tx *data.Tx, before, e *data.Enquiry, reminder Reminder) error {
	sent := (&Asked{Enquiry: *before}).Unsent() && e.Status == partner.EnquirySent && e.Request != ""
	if sent && e.Date == "" {
		e.Date = data.Today()
	}
	if err := tx.Put(e); err != nil {
		return err
	}
	if sent {
		return s.sent(tx, e.Request, reminder)
	}
	return s.settle(tx, e.Request)
}

// DeleteEnquiry moves what a provider was asked to the trash; it is not waited for
// any more.
func (s *Service) DeleteEnquiry(label, id string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		e, err := data.Get[data.Enquiry](tx, id)
		if err != nil {
			return err
		}
		if err := tx.Delete(&e); err != nil {
			return err
		}
		return s.settle(tx, e.Request)
	})
}

// followUpID is the id of the task to remind those who have not answered a
// request; there is one for each.
func followUpID(request string) string { return request + "+reminder" }

// followUp is that task; ok is false when there is none outside the trash.
func followUp(tx *data.Tx, request string) (t data.Task, ok bool, err error) {
	t, err = data.Get[data.Task](tx, followUpID(request))
	if data.Code(err) == data.CodeNotFound {
		return t, false, nil
	}
	return t, err == nil && !t.InTrash(), err
}

// remind makes the task, or opens it again when more are waited for. One that a
// person moved to the trash comes back, for the request was sent anew.
func remind(tx *data.Tx, r *Requested, text string) error {
	if r.Due == "" {
		return nil
	}
	t, _, err := followUp(tx, r.ID)
	if err != nil {
		return err
	}
	t.ID, t.Deleted, t.Text, t.Due, t.Done = followUpID(r.ID), "", text, r.Due, ""
	if len(r.Asked) == 1 {
		t.Organisation = r.Asked[0].Organisation
	} else {
		t.Organisation = ""
	}
	return tx.Put(&t)
}

// moveFollowUp lets the task follow the deadline while it is open.
func moveFollowUp(tx *data.Tx, request, due string) error {
	t, ok, err := followUp(tx, request)
	if err != nil || !ok || t.Done != "" {
		return err
	}
	t.Due = due
	return tx.Put(&t)
}

// settle ticks the task off when nobody is waited for any more.
func (s *Service) settle(tx *data.Tx, request string) error {
	if request == "" {
		return nil
	}
	t, ok, err := followUp(tx, request)
	if err != nil || !ok || t.Done != "" {
		return err
	}
	r, err := s.request(tx, request)
	if err != nil {
		return err
	}
	if r.Chosen == "" && slices.ContainsFunc(r.Asked, func(a Asked) bool { return a.Status == partner.EnquirySent }) {
		return nil
	}
	t.Done = data.Today()
	return tx.Put(&t)
}
