// Package invite writes to businesses that may join a group: a letter to each in
// its own written norm, as text and as a draft in the mailbox. Nothing is sent.
package invite

import (
	"context"
	"crypto/x509"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/app/need"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// Letter is a letter to one business.
type Letter struct {
	Organisation string `json:"organisation"` // id
	Business     string `json:"business"`
	To           string `json:"to"`   // e-mail address, "" when none is known
	Norm         string `json:"norm"` // "nb" or "nn"
	Subject      string `json:"subject"`
	Text         string `json:"text"`
}

// Letters write to some businesses about a pool. sender stands under them. A
// business of which no norm is known is written to in that of the county, a number
// (domain.md 4.4).
func Letters(desk *mail.Desk, places *reference.Tables, g *need.Grouped, pool *need.Pool, businesses []data.Organisation, sender, county string) ([]Letter, error) {
	home, _ := places.County(county)
	all := make([]Letter, 0, len(businesses))
	for i := range businesses {
		o := &businesses[i]
		norm := normOf(o, places, home.Norm)
		if o.Email != "" {
			var err error
			if norm, err = desk.NormOf(o.Email, "", norm); err != nil {
				return nil, err
			}
		}
		one := Letter{Organisation: o.ID, Business: o.Name, To: o.Email, Norm: norm}
		one.Subject, one.Text = g.Pooler.Invitation(lang.New(norm), pool, o.Name, sender)
		all = append(all, one)
	}
	return all, nil
}

// normOf is the norm that a business is written to in: its own, else that of its
// municipality, else home.
func normOf(o *data.Organisation, places *reference.Tables, home string) string {
	place, _ := places.Municipality(o.Municipality)
	for _, norm := range []string{o.Norm, place.Norm, home} {
		if norm == reference.NormBokmal || norm == reference.NormNynorsk {
			return norm
		}
	}
	return reference.NormBokmal
}

// Copy is letters as one text to paste: each with its receiver and subject above
// it, in the words of the person who copies.
func Copy(words *lang.Printer, letters []Letter) string {
	text := ""
	for i := range letters {
		l := &letters[i]
		if i > 0 {
			text += "\n\n--------\n\n"
		}
		to := l.Business
		if l.To != "" {
			to += " <" + l.To + ">"
		}
		text += words.T("need.invite.copy", "To", to, "Subject", l.Subject) + "\n\n" + l.Text
	}
	return text
}

// Drafts puts a draft for each letter that has an address into the mailbox of an
// account, "" for the usual one; see [mail.Desk.Drafts]. words name the step. ca is
// trusted instead of the system's roots, nil for those.
func Drafts(ctx context.Context, words *lang.Printer, desk *mail.Desk, account string, letters []Letter, ca *x509.CertPool) (mail.Drafted, error) {
	var all []mail.Letter
	for i := range letters {
		if l := &letters[i]; l.To != "" {
			all = append(all, mail.Letter{To: []string{l.To}, Subject: l.Subject, Text: l.Text, Language: l.Norm, About: link.Organisation, Record: l.Organisation})
		}
	}
	return desk.Drafts(ctx, mail.StepWords(words, all), account, all, ca)
}
