package mail

import (
	"slices"
	"strings"

	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// Outgoing are the mailboxes that a letter can be put into, and the one that it goes
// into when nobody says otherwise. An answer goes into the mailbox that got the
// message, and a reminder into the one that holds what was written; any other letter,
// with answers nil, into the one that a letter was put into last. With no mailbox the
// ID of usual is "".
func (d *Desk) Outgoing(answers *post.Row) (all []data.MailAccount, usual data.MailAccount, err error) {
	if all, err = d.Accounts(); err != nil || len(all) == 0 {
		return nil, usual, err
	}
	if len(all) == 1 {
		return all, all[0], nil
	}
	if answers != nil {
		if at, err := d.holder(all, answers); err != nil || at >= 0 {
			return all, all[max(0, at)], err
		}
	}
	// A draft that was undone is not live, and neither is a mailbox that was removed.
	last, err := data.Live[data.MailDraft](d.workspace, "account IN (SELECT id FROM mail_account WHERE deleted = '')", "created DESC, id DESC LIMIT 1")
	if err != nil {
		return nil, usual, err
	}
	usual = all[0]
	for i := range all {
		if len(last) > 0 && all[i].ID == last[0].Account {
			usual = all[i]
		}
	}
	return all, usual, nil
}

// holder is which of some mailboxes a message came to, -1 for none of them. Of
// several it is the one that the message names first.
func (d *Desk) holder(all []data.MailAccount, row *post.Row) (int, error) {
	store, err := d.Store()
	if err != nil {
		return -1, err
	}
	ids, err := store.AccountsOf(row.ID)
	if err != nil {
		return -1, err
	}
	var holders []int // of all
	for _, id := range ids {
		if i := slices.IndexFunc(all, func(a data.MailAccount) bool { return a.ID == id }); i >= 0 {
			holders = append(holders, i)
		}
	}
	switch len(holders) {
	case 0:
		return -1, nil
	case 1:
		return holders[0], nil
	}
	m, err := d.Message(*row)
	if strings.HasPrefix(data.Code(err), data.CodeNotFound) { // only its top is here
		return holders[0], nil
	}
	if err != nil {
		return -1, err
	}
	for _, a := range slices.Concat(m.From, m.To, m.Cc) {
		for _, i := range holders {
			if strings.EqualFold(a.Address, all[i].Address) {
				return i, nil
			}
		}
	}
	return holders[0], nil
}
