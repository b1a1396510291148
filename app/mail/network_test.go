package mail_test

import (
	"path/filepath"
	"strings"
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// TestShowingAsksForNothing: bad input 26. Letters that lure in every way are stored,
// read for what they ask, shown and handed over; nobody goes where they point.
func TestShowingAsksForNothing(t *testing.T) {
	trap := mailtest.SetTrap(t)
	w := opened(t, filepath.Join(t.TempDir(), "a"+data.Extension))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	var raw []string
	for _, letter := range mailtest.Luring(trap.Address) {
		raw = append(raw, string(letter))
	}
	put(t, d, raw...)
	if err := d.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	store, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := store.List(post.Query{}, 0, 100)
	if err != nil || len(rows) != len(raw) || len(raw) < 10 {
		t.Fatalf("%d of %d letters, %v", len(rows), len(raw), err)
	}
	words := lang.New("nb")
	for _, row := range rows {
		m, err := d.Message(row)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(m.Text, "lokketekst") {
			t.Errorf("%s: the text is not shown: %q", row.Subject, m.Text)
		}
		if _, err := d.ExplainMail(row, m); err != nil {
			t.Error(err)
		}
		for _, i := range m.Invitations {
			mail.InvitationWords(words, i)
		}
		for i := range m.Attachments {
			m.Attachments[i].Content()
			m.Attachments[i].Message()
		}
	}
	if _, err := d.HandOver(filepath.Join(t.TempDir(), "arkiv"), words, rows); err != nil {
		t.Error(err)
	}
	if n := trap.Calls(); n != 0 {
		t.Errorf("somebody went there %d times", n)
	}
}
