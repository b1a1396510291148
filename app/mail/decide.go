package mail

import (
	"context"

	"kompetansepilot/app/mail/ask"
	"kompetansepilot/app/mail/link"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// Link ties a message to a record, or refuses that, as one step named label. With
// learn the sender's address is tied to the organisation too.
func (d *Desk) Link(label string, row post.Row, about, record string, taken, learn bool) error {
	state := data.MailLinkTaken
	if !taken {
		state = data.MailLinkRefused
	}
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		before, err := data.Live[data.MailLink](tx, "message = ? AND record = ?", "id", row.Key, record)
		if err != nil {
			return err
		}
		l := data.MailLink{Message: row.Key, About: about, Record: record}
		if len(before) > 0 {
			l = before[0]
		}
		l.State = state
		if err := tx.Put(&l); err != nil {
			return err
		}
		if !learn || about != link.Organisation || row.From.Address == "" {
			return nil
		}
		return tx.Put(&data.MailLearned{Pattern: row.From.Address, Organisation: record})
	})
	if err != nil {
		return err
	}
	return d.Read(context.Background())
}

// TakeTask makes a task of a proposal, as one step named label; organisation may
// be "". It gives the task's id.
func (d *Desk) TakeTask(label, text string, row post.Row, p ask.Proposal, organisation string) (string, error) {
	t := data.Task{Text: text, Due: p.Date, Organisation: organisation}
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		if err := tx.Put(&t); err != nil {
			return err
		}
		return tx.Put(&data.MailDecision{Message: row.Key, Asked: p.Key, State: data.MailLinkTaken, Became: t.ID})
	})
	if err != nil {
		return "", err
	}
	return t.ID, d.Read(context.Background())
}

// Refuse leaves a proposal out from now on.
func (d *Desk) Refuse(label string, row post.Row, p ask.Proposal) error {
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		return tx.Put(&data.MailDecision{Message: row.Key, Asked: p.Key, State: data.MailLinkRefused})
	})
	if err != nil {
		return err
	}
	return d.Read(context.Background())
}

// askedAnswer is what is decided on when the user says that a thread needs no answer.
const askedAnswer = "answer"

// Settle says that nobody needs to answer in the threads of some messages any more, as
// one step named label. A question that comes later counts anew.
func (d *Desk) Settle(label string, rows []post.Row) error {
	store, err := d.Store()
	if err != nil {
		return err
	}
	var last []string
	for i := range rows {
		thread, err := store.Thread(rows[i].Thread)
		if err != nil {
			return err
		}
		if len(thread) > 0 {
			last = append(last, thread[len(thread)-1].Key)
		}
	}
	err = d.workspace.Update(label, func(tx *data.Tx) error {
		for _, key := range last {
			if err := tx.Put(&data.MailDecision{Message: key, Asked: askedAnswer, State: data.MailLinkRefused}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.Read(context.Background())
}
