package mail

import (
	"slices"
	"strings"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// Reminder begins a letter to those who have not answered the latest letter of a
// thread that asks them for something: the template's words in the norm that they
// should have, and below them what was written. home is the norm when nobody has
// chosen.
func (d *Desk) Reminder(thread int64, home string) (Letter, error) {
	store, err := d.Store()
	if err != nil {
		return Letter{}, err
	}
	rows, err := store.Thread(thread)
	if err != nil {
		return Letter{}, err
	}
	turns, err := store.Turns(thread)
	if err != nil {
		return Letter{}, err
	}
	own, err := d.own()
	if err != nil {
		return Letter{}, err
	}
	waits, latest := "", ""
	for i, t := range turnsOf(turns, own) {
		switch {
		case t.Ours && t.Asks:
			waits = turns[i].Key
		case !t.Ours:
			latest = turns[i].Key
		}
	}
	at := slices.IndexFunc(rows, func(r post.Row) bool { return r.Key == waits })
	if at < 0 {
		return Letter{}, data.NewError("mailNoneWaits", "Ingen e-post i samtalen venter på svar fra andre. Ingenting er skrevet.", nil)
	}
	m, err := d.Message(rows[at])
	if err != nil {
		return Letter{}, err
	}
	var to []string
	for _, a := range m.To {
		if address := strings.ToLower(a.Address); address != "" && !own[address] {
			to = append(to, address)
		}
	}
	if len(to) == 0 {
		return Letter{}, data.NewError("mailNobody", "Kladden har ingen mottaker. Den er ikke lagret. Skriv en adresse.", nil)
	}
	theirs := ""
	if i := slices.IndexFunc(rows, func(r post.Row) bool { return r.Key == latest }); i >= 0 {
		if said, err := d.Message(rows[i]); err == nil {
			theirs = said.Own
		}
	}
	norm, err := d.NormOf(to[0], theirs, home)
	if err != nil {
		return Letter{}, err
	}
	l := Reply(rows[at], m, norm)
	l.To, l.Text = to, lang.New(norm).T("mail.template.reminder.text", "Sender", d.workspaceActor())+l.Text
	x, err := d.ExplainMail(rows[at], m)
	if err != nil {
		return Letter{}, err
	}
	l.About, l.Record = x.Filed()
	return l, nil
}

// Filed is the first record that a message is filed at, or "".
func (x *Explanation) Filed() (about, record string) {
	for i := range x.Links {
		if x.Links[i].Filed {
			return x.Links[i].About, x.Links[i].Record
		}
	}
	return "", ""
}

// AnswerNorm is the norm that an answer to a message should have; see NormOf.
func (d *Desk) AnswerNorm(row post.Row, m *parse.Mail, home string) (string, error) {
	address := row.From.Address
	if len(m.ReplyTo) > 0 {
		address = m.ReplyTo[0].Address
	}
	return d.NormOf(address, m.Own, home)
}
