package mail_test

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

// waits is how many letters wait.
func waits(t *testing.T, d *mail.Desk) int {
	t.Helper()
	all, err := d.Waiting()
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

// TestLettersWaitForTheMailbox writes letters while the server is away: they are one
// step to undo, and come into the mailbox once when it is there again.
func TestLettersWaitForTheMailbox(t *testing.T) {
	s := mailtest.Dovecot(t)
	t.Setenv(mail.SecretVariable, mailtest.Password)
	w := opened(t, filepath.Join(t.TempDir(), "a"+data.Extension))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	ctx := t.Context()
	a, err := d.AddAccount(ctx, "La til", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port)}, mail.SignIn{Password: mailtest.Password, CA: s.CA})
	if err != nil {
		t.Fatal(err)
	}
	move := func(port int) {
		t.Helper()
		if err := d.Change("Flyttet", a.ID, func(a *data.MailAccount) { a.Port = int64(port) }); err != nil {
			t.Fatal(err)
		}
		if a, err = d.Account(a.ID); err != nil {
			t.Fatal(err)
		}
	}
	move(1)
	letters := []mail.Letter{
		{To: []string{"kari@berg.example"}, Subject: "Kurs", Text: "Hei", Files: []mail.File{{Name: "a.pdf", Content: []byte("%PDF-1.7 vedlegg")}}},
		{To: []string{"ola@berg.example"}, Subject: "Kurs", Text: "Hei"},
		{To: []string{"per@berg.example"}, Subject: "Kurs", Text: "Hei"},
	}

	faulty := append([]mail.Letter{}, letters...)
	faulty[2].To = []string{"per"}
	if made, err := d.Drafts(ctx, "Skrev", "", faulty, s.CA); data.Code(err) != "mailAddress" || len(made.Kept) != 0 || waits(t, d) != 0 {
		t.Fatal("a fault in one of them:", made, err)
	}

	made, err := d.Drafts(ctx, "Skrev", "", letters, s.CA)
	if err != nil || data.Code(made.Waits) != imap.CodeUnreached || len(made.Kept) != 3 || made.Saved != 0 || waits(t, d) != 3 {
		t.Fatalf("%+v, %v, %d wait", made, err, waits(t, d))
	}
	if n, err := d.Deliver(ctx, a, s.CA); n != 0 || data.Code(err) != imap.CodeUnreached || waits(t, d) != 3 {
		t.Fatal("delivered", n, err)
	}
	if label, err := w.Undo(); err != nil || label != "Skrev" || waits(t, d) != 0 {
		t.Fatal("undone:", label, err, waits(t, d))
	}
	if _, err := w.Redo(); err != nil || waits(t, d) != 3 {
		t.Fatal("done again:", err, waits(t, d))
	}

	// The last is taken away, and the first came there before the line went dead.
	if err := w.Update("Tok bort", func(tx *data.Tx) error { return tx.Delete(&made.Kept[2]) }); err != nil {
		t.Fatal(err)
	}
	store, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := store.WaitingRaw(made.Kept[0].MessageID)
	if err != nil || !bytes.Contains(raw, []byte("a.pdf")) {
		t.Fatalf("%s, %v", raw, err)
	}
	move(s.Port)
	s.Deliver(t, mailtest.User, "Utkast", raw, time.Now())
	for range 2 {
		if _, err := d.Sync(ctx, a, s.CA, nil); err != nil {
			t.Fatal(err)
		}
		if lie := s.Files(t, mailtest.User, "Utkast"); len(lie) != 2 || waits(t, d) != 0 {
			t.Fatalf("%d drafts lie in the mailbox, %d wait", len(lie), waits(t, d))
		}
	}

	made, err = d.Drafts(ctx, "Skrev", "", letters[1:], s.CA)
	if err != nil || made.Waits != nil || made.Saved != 2 || made.Kept[1].Saved == "" || waits(t, d) != 0 {
		t.Fatalf("%+v, %v", made, err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if left, err := data.Live[data.MailDraft](w, "subject = 'Kurs'", ""); err != nil || len(left) != 2 {
		t.Errorf("writing and saving are not one step: %+v, %v", left, err)
	}
}

// TestLetterOfTheErasedIsForgotten: a letter whose text was cleaned is not sent on, and
// its bytes go with the next erasure.
func TestLetterOfTheErasedIsForgotten(t *testing.T) {
	w := opened(t, filepath.Join(t.TempDir(), "a"+data.Extension))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	a := data.MailAccount{Address: "a@fylke.example", Host: "127.0.0.1", Port: 1}
	if err := w.Update("La til", func(tx *data.Tx) error { return tx.Put(&a) }); err != nil {
		t.Fatal(err)
	}
	t.Setenv(mail.SecretVariable, "hemmelig")
	kept, err := d.Draft(t.Context(), "Skrev", "", mail.Letter{To: []string{"kari@berg.example"}, Subject: "Kurs", Text: "Hei, Kari"}, nil)
	if err == nil || waits(t, d) != 1 {
		t.Fatal(kept, err)
	}
	kept.Text = "Hei, …"
	if err := w.Update("Slettet", func(tx *data.Tx) error { return tx.Put(&kept) }); err != nil {
		t.Fatal(err)
	}
	if n := waits(t, d); n != 0 {
		t.Errorf("%d wait with the old text", n)
	}
	if n, err := d.Deliver(t.Context(), a, nil); n != 0 || err != nil {
		t.Error(n, err)
	}
	if err := d.Forget(nil); err != nil {
		t.Fatal(err)
	}
	store, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	var left []post.Waiting
	if left, err = store.Waiting(); err != nil || len(left) != 0 {
		t.Errorf("%+v, %v", left, err)
	}
}
