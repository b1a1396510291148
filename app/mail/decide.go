package mail

import (
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
	return d.again(row)
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
	return t.ID, d.again(row)
}

// Refuse leaves a proposal out from now on.
func (d *Desk) Refuse(label string, row post.Row, p ask.Proposal) error {
	err := d.workspace.Update(label, func(tx *data.Tx) error {
		return tx.Put(&data.MailDecision{Message: row.Key, Asked: p.Key, State: data.MailLinkRefused})
	})
	if err != nil {
		return err
	}
	return d.again(row)
}

// again reads a message anew, so that lists show what was decided about it. One of
// which only the header is here says nothing yet.
func (d *Desk) again(row post.Row) error {
	store, err := d.Store()
	if err != nil || row.State != post.Fetched {
		return err
	}
	return d.readAll(store, []post.Row{row})
}
