package mail_test

import (
	"context"
	"testing"
	"time"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// TestFolderChoicesAreFollowed fetches a short way back, then all: the old mail comes
// though the folder has not changed; and the status of the folder is kept.
func TestFolderChoicesAreFollowed(t *testing.T) {
	s := mailtest.Dovecot(t)
	t.Setenv(mail.SecretVariable, mailtest.Password)
	now := time.Now()
	s.Deliver(t, mailtest.User, "", message("gammel@x", "a@b.example", "Gammel", "hei"), now.AddDate(-2, 0, 0))
	s.Deliver(t, mailtest.User, "", message("ny@x", "a@b.example", "Ny", "hei"), now)
	d := mail.NewDesk(workspace(t), reference.Load())
	defer d.Close()
	ctx := context.Background()
	a, err := d.AddAccount(ctx, "La til", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port), Days: 90}, mail.SignIn{Password: mailtest.Password, CA: s.CA})
	if err != nil {
		t.Fatal(err)
	}
	fetch := func(want int) {
		t.Helper()
		if r, err := d.Sync(ctx, a, s.CA, nil); err != nil || r.Folders[0].New != want {
			t.Fatalf("%+v %v", r.Folders, err)
		}
	}
	fetch(1)
	if err := d.Choose("Valgte", a, mail.FolderChoice{Name: "INBOX", Fetch: true, Days: data.MailAll}); err != nil {
		t.Fatal(err)
	}
	fetch(1)
	all, err := d.KnownFolders(a)
	if err != nil || len(all) == 0 {
		t.Fatal(all, err)
	}
	for _, f := range all {
		if f.Name == "INBOX" && (f.Tried.IsZero() || f.New != 1 || f.Failed != 0 || f.Err != nil || f.Days != data.MailAll) {
			t.Errorf("%+v", f)
		}
	}
	if err := d.Pause("Pause", a.ID, true); err != nil {
		t.Fatal(err)
	}
	if accounts, err := d.Accounts(); err != nil || !d.Status(accounts)[0].Paused {
		t.Error("not paused", err)
	}
	if _, err := d.Never("Aldri", "b.example"); err != nil {
		t.Fatal(err)
	}
	nevers, err := d.Nevers()
	if err != nil || len(nevers) != 1 {
		t.Fatal(nevers, err)
	}
	if err := d.Allow("Tillatt", nevers[0].ID); err != nil {
		t.Fatal(err)
	}
	s.Deliver(t, mailtest.User, "", message("etter@x", "a@b.example", "Etter", "hei"), now)
	fetch(1)
}

// TestMoreDaysBringOlderMail asks for all of a mailbox whose folders have not changed
// since a short way back was fetched.
func TestMoreDaysBringOlderMail(t *testing.T) {
	s := mailtest.Dovecot(t)
	t.Setenv(mail.SecretVariable, mailtest.Password)
	now := time.Now()
	s.Deliver(t, mailtest.User, "", message("gammel@x", "a@b.example", "Gammel", "hei"), now.AddDate(-2, 0, 0))
	s.Deliver(t, mailtest.User, "", message("ny@x", "a@b.example", "Ny", "hei"), now)
	d := mail.NewDesk(workspace(t), reference.Load())
	defer d.Close()
	ctx, how := context.Background(), mail.SignIn{Password: mailtest.Password, CA: s.CA}
	a, err := d.AddAccount(ctx, "La til", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port), Days: 90}, how)
	if err != nil {
		t.Fatal(err)
	}
	fetch := func(what string, want int) {
		t.Helper()
		if a, err = d.Account(a.ID); err != nil {
			t.Fatal(err)
		}
		if r, err := d.Sync(ctx, a, s.CA, nil); err != nil || r.Folders[0].New != want {
			t.Fatalf("%s: %+v %v", what, r.Folders, err)
		}
	}
	fetch("90 days", 1)
	fetch("again", 0)
	if err := d.SetDays("Alt", a.ID, 0); err != nil {
		t.Fatal(err)
	}
	fetch("all", 1)
	s.Deliver(t, mailtest.User, "", message("eldst@x", "a@b.example", "Eldst", "hei"), now.AddDate(-5, 0, 0))
	a.Days = 1000
	if _, err := d.AddAccount(ctx, "Endret", a, how); err != nil {
		t.Fatal(err)
	}
	fetch("1000 days", 0)
	a.Days = 0
	if _, err := d.AddAccount(ctx, "Endret", a, how); err != nil {
		t.Fatal(err)
	}
	fetch("all, signed in again", 1)
}
