package course

import (
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// ReplyAt is where a field of brief.Fields stands in a reply, nil for none.
func ReplyAt(r *data.Reply, field string) *string {
	switch field {
	case brief.FieldTotal:
		return &r.Total
	case brief.FieldPrice:
		return &r.Price
	case brief.FieldForm:
		return &r.Form
	case brief.FieldPlace:
		return &r.Place
	case brief.FieldStart:
		return &r.Start
	case brief.FieldFinish:
		return &r.Finish
	case brief.FieldDates:
		return &r.Dates
	case brief.FieldCredits:
		return &r.Credits
	case brief.FieldLevel:
		return &r.Level
	case brief.FieldLeast:
		return &r.Least
	case brief.FieldCapacity:
		return &r.Capacity
	case brief.FieldValid:
		return &r.Valid
	case brief.FieldLanguage:
		return &r.Language
	case brief.FieldNote:
		return &r.Note
	}
	return nil
}

// ReplyWord is an answer in words, "" while there is none.
func ReplyWord(words *lang.Printer, field, value string) string {
	if value == "" {
		return ""
	}
	n, err := strconv.ParseInt(value, 10, 64)
	switch field {
	case brief.FieldTotal, brief.FieldPrice:
		if err == nil {
			return words.T("course.kroner", "Amount", words.Money(n))
		}
	case brief.FieldCredits:
		if err == nil {
			return CreditsWord(words, n)
		}
	case brief.FieldLeast, brief.FieldCapacity:
		if err == nil {
			return words.Number(n)
		}
	case brief.FieldStart, brief.FieldFinish, brief.FieldValid:
		return words.DateShort(value)
	case brief.FieldForm:
		return known(words, "offering.form.", value)
	case brief.FieldLevel:
		return known(words, "offering.level.", value)
	case brief.FieldLanguage:
		return known(words, "offering.language.", value)
	}
	return value
}

// known is a code in words, or the code itself.
func known(words *lang.Printer, key, value string) string {
	if !words.Has(key + value) {
		return value // of a newer program
	}
	return words.T(key + value)
}

// CreditsWord is credits in hundredths as they are written: "7,5".
func CreditsWord(words *lang.Printer, hundredths int64) string {
	return partner.CreditsText(hundredths, words.Decimal())
}

// TypeReply changes one field of a provider's reply, which is made when there is
// none. One who had not answered has then.
func (s *Service) TypeReply(label, enquiry, field string, apply func(*data.Reply), opts ...data.Option) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		_, err := s.putReply(tx, enquiry, apply)
		return err
	}, append(opts, data.Merge(enquiry+"/"+field, typingStep))...)
}

// putReply changes a provider's reply.
func (s *Service) putReply(tx *data.Tx, enquiry string, apply func(*data.Reply)) (data.Reply, error) {
	e, err := data.Get[data.Enquiry](tx, enquiry)
	if err != nil {
		return data.Reply{}, err
	}
	id := enquiry + "+reply" // one for each
	reply, err := data.Get[data.Reply](tx, id)
	if err != nil && data.Code(err) != data.CodeNotFound {
		return reply, err
	}
	reply.ID, reply.Enquiry, reply.Deleted = id, enquiry, ""
	apply(&reply)
	if err := tx.Put(&reply); err != nil {
		return reply, err
	}
	if e.Status != "" && e.Status != partner.EnquiryDraft && e.Status != partner.EnquirySent && e.Status != partner.EnquiryNoAnswer {
		return reply, nil
	}
	e.Status = partner.EnquiryYes
	if e.Done == "" {
		e.Done = data.Today()
	}
	if err := tx.Put(&e); err != nil {
		return reply, err
	}
	return reply, s.settle(tx, e.Request)
}

// AddReply stores what a provider answered, by field of brief.Fields, as one step
// named label; fields that are not among values keep what they have.
func (s *Service) AddReply(label, enquiry string, values map[string]string) (data.Reply, error) {
	return s.addReply(label, enquiry, values, nil)
}

func (s *Service) addReply(label, enquiry string, values map[string]string, also func(*data.Reply)) (reply data.Reply, err error) {
	err = s.store.Update(label, func(tx *data.Tx) error {
		reply, err = s.putReply(tx, enquiry, func(r *data.Reply) {
			for field, value := range values {
				if at := ReplyAt(r, field); at != nil {
					*at = value
				}
			}
			if also != nil {
				also(r)
			}
		})
		return err
	})
	return reply, err
}

// ImportReply stores a reply sheet that came back, as one step. enquiry is what it
// answers, "" for what the sheet itself says. What could not be read is kept with
// the reply, so that nothing that the provider wrote is lost.
func (s *Service) ImportReply(label, enquiry string, filled *brief.Filled, words *lang.Printer) (data.Reply, error) {
	if enquiry == "" {
		enquiry = filled.Enquiry
	}
	if enquiry == "" {
		return data.Reply{}, data.NewError("replyUnknown", "Svararket sier ikke hvilken forespørsel det svarer på. Ingenting er endret. Velg tilbyderen først, og les inn filen på nytt.", nil)
	}
	if _, err := data.Get[data.Enquiry](s.store, enquiry); data.Code(err) == data.CodeNotFound {
		return data.Reply{}, data.NewError("replyForeign", "Svararket svarer på en forespørsel som ikke finnes her. Ingenting er endret. Velg tilbyderen først, og les inn filen på nytt.", err)
	}
	if len(filled.Values) == 0 && !slices.ContainsFunc(filled.Problems, func(p brief.Problem) bool { return p.Text != "" }) {
		return data.Reply{}, data.NewError("replyEmpty", "Svararket er ikke fylt ut. Ingenting er endret. Be tilbyderen fylle ut de gule feltene, eller skriv svaret inn.", nil)
	}
	var unread []string
	for i := range filled.Problems {
		if line := filled.Problems[i].Line(words); line != "" {
			unread = append(unread, line)
		}
	}
	return s.addReply(label, enquiry, filled.Values, func(r *data.Reply) {
		r.Source, r.Unread = filled.Name, strings.Join(unread, "\n")
	})
}
