package mail_test

import (
	"context"
	"strings"
	"testing"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// TestOutgoing: an answer goes into the mailbox that got the message, and of several
// into the one that it names; a new letter goes into the one that was used last.
func TestOutgoing(t *testing.T) {
	t.Setenv(mail.SecretVariable, "x")
	w := workspace(t)
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	if all, usual, err := d.Outgoing(nil); len(all) != 0 || usual.ID != "" || err != nil {
		t.Fatal(all, usual, err)
	}
	first := data.MailAccount{Address: "anne@fylke.example", Host: "127.0.0.1", Port: 1}
	second := data.MailAccount{Address: "post@fylke.example", Host: "127.0.0.1", Port: 1}
	put := func(label string, records ...data.Record) {
		t.Helper()
		if err := w.Update(label, func(tx *data.Tx) error {
			for _, r := range records {
				if err := tx.Put(r); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	usual := func(answers *post.Row, want *data.MailAccount, what string) {
		t.Helper()
		if _, got, err := d.Outgoing(answers); err != nil || got.Address != want.Address {
			t.Errorf("%s: %s, %v", what, got.Address, err)
		}
	}
	put("La til", &second)
	usual(nil, &second, "the only one")
	put("La til", &first)
	usual(nil, &first, "none was used")

	store, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	came := func(id, to string, into ...*data.MailAccount) *post.Row {
		t.Helper()
		raw := message(id, "Kari <kari@berg.example>", "Kurs "+id, "Hei "+id)
		raw = []byte(strings.Replace(string(raw), "To: ", "To: "+to+", ", 1))
		for _, a := range into {
			folder, err := store.FolderOf(a.ID, "INBOX", "inbox")
			if err != nil {
				t.Fatal(err)
			}
			if err := store.Add(folder, []post.Arrived{{UID: uint32(len(id)), Raw: raw, Key: post.Key(raw), Index: parse.Index(raw)}}); err != nil {
				t.Fatal(err)
			}
		}
		row, err := store.Message(post.Key(raw))
		if err != nil {
			t.Fatal(err)
		}
		return &row
	}
	one := came("a@x", "noen@fylke.example", &second)
	both := came("bb@x", "POST@fylke.example, anne@fylke.example", &first, &second)
	usual(one, &second, "came to one")
	usual(both, &second, "came to both, to the second first")
	usual(came("ccc@x", "noen@fylke.example", &first, &second), &second, "came to both, names neither: the one that was fetched first")

	// The mailbox cannot be reached, so the letter lies here.
	written, err := d.Draft(context.Background(), "Skrev", "", mail.Letter{To: []string{"kari@berg.example"}, Subject: "Sv: Kurs", Text: "Ja", Answers: one}, nil)
	if err == nil || written.Account != second.ID {
		t.Fatal(written.Account, err)
	}
	usual(nil, &second, "used last")
	if written, _ = d.Draft(context.Background(), "Skrev", "", mail.Letter{To: []string{"ola@berg.example"}, Subject: "Kurs", Text: "Ja"}, nil); written.Account != second.ID {
		t.Error("a new letter went into", written.Account)
	}
	for range 2 { // both letters
		if _, err := w.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	usual(nil, &first, "undone")
	written, _ = d.Draft(context.Background(), "Skrev", second.Address, mail.Letter{To: []string{"ola@berg.example"}, Subject: "Kurs", Text: "Ja"}, nil)
	if written.Account != second.ID {
		t.Error("said", written.Account)
	}
	second.Deleted = data.Today()
	put("Fjernet", &second)
	usual(one, &first, "removed meanwhile")
}
