package mail_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
)

func opened(t *testing.T, path string) *data.Workspace {
	t.Helper()
	w, err := data.Open(path, data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func put(t *testing.T, d *mail.Desk, raw ...string) {
	t.Helper()
	s, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.FolderOf("a", "INBOX", "inbox")
	if err != nil {
		t.Fatal(err)
	}
	var all []post.Arrived
	for i, r := range raw {
		all = append(all, post.Arrived{UID: uint32(i + 1), Raw: []byte(r), Key: post.Key([]byte(r)), Index: parse.Index([]byte(r))})
	}
	if err := s.Add(f, all); err != nil {
		t.Fatal(err)
	}
}

func subjects(t *testing.T, d *mail.Desk) []string {
	t.Helper()
	s, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := s.List(post.Query{Oldest: true}, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, r := range rows {
		all = append(all, r.Subject)
	}
	return all
}

const (
	fromKari = "From: Kari <kari@x.example>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nSubject: fra Kari\r\nMessage-ID: <1@x>\r\n\r\nHei\r\n"
	toKari   = "From: Ola <ola@x.example>\r\nTo: kari@x.example\r\nDate: Tue, 3 Mar 2026 10:00:00 +0100\r\nSubject: til Kari\r\nMessage-ID: <2@x>\r\n\r\nHei\r\n"
	another  = "From: Per <per@x.example>\r\nDate: Wed, 4 Mar 2026 10:00:00 +0100\r\nSubject: fra Per\r\nMessage-ID: <3@x>\r\n\r\nHei\r\n"
)

// TestReadingEndsWithoutAMessage takes the text of a message that counts as fetched away
// behind the program's back: the others are read, and reading ends.
func TestReadingEndsWithoutAMessage(t *testing.T) {
	w := opened(t, filepath.Join(t.TempDir(), "a.kpilot"))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	put(t, d, fromKari, another)
	db, err := sql.Open("sqlite3", post.PathFor(w.Path()))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("DELETE FROM raw WHERE message = (SELECT id FROM message WHERE subject = 'fra Kari')"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second) // it would go on for ever
	defer cancel()
	if err := d.Read(ctx); err != nil {
		t.Fatal(err)
	}
	s, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	if rows, _, err := s.Unread(post.Place{}, 10); err != nil || len(rows) != 1 || rows[0].Subject != "fra Kari" {
		t.Error(rows, err)
	}
}

// TestMovedWorkspaceFindsItsMail moves the workspace without the file of mail: the
// mail comes back from the backups, and another workspace gets none of it.
func TestMovedWorkspaceFindsItsMail(t *testing.T) {
	ctx, dir, backups := context.Background(), t.TempDir(), t.TempDir()
	path := filepath.Join(dir, "fylket"+data.Extension)
	w := opened(t, path)
	if err := w.Update("person", func(tx *data.Tx) error { return tx.Put(&data.Person{Name: "Kari"}) }); err != nil {
		t.Fatal(err)
	}
	d := mail.NewDesk(w, reference.Load())
	put(t, d, fromKari, another)
	if err := d.Keep(ctx, backups); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	moved := filepath.Join(t.TempDir(), "annet navn"+data.Extension)
	if err := os.Rename(path, moved); err != nil {
		t.Fatal(err)
	}
	w = opened(t, moved)
	defer w.Close()
	d = mail.NewDesk(w, reference.Load())
	defer d.Close()
	if err := d.Bring(ctx, backups); err != nil {
		t.Fatal(err)
	}
	if got := subjects(t, d); len(got) != 2 {
		t.Errorf("mail after the move: %v", got)
	}
	other := opened(t, filepath.Join(t.TempDir(), "fylket"+data.Extension))
	defer other.Close()
	if err := other.Update("person", func(tx *data.Tx) error { return tx.Put(&data.Person{Name: "Ola"}) }); err != nil {
		t.Fatal(err)
	}
	o := mail.NewDesk(other, reference.Load())
	defer o.Close()
	if err := o.Bring(ctx, backups); err != nil {
		t.Fatal(err)
	}
	if got := subjects(t, o); len(got) != 0 {
		t.Errorf("another workspace got %v", got)
	}
}

// TestMailOfSomebodyErased goes, but not what is journaled or somebody else's.
func TestMailOfSomebodyErased(t *testing.T) {
	w := opened(t, filepath.Join(t.TempDir(), "a"+data.Extension))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	put(t, d, fromKari, toKari, another)
	p := data.Person{Name: "Kari", Email: "Kari@x.example"}
	if err := w.Update("person", func(tx *data.Tx) error {
		if err := tx.Put(&p); err != nil {
			return err
		}
		return tx.Put(&data.MailMark{Message: post.Key([]byte(toKari)), Journaled: true})
	}); err != nil {
		t.Fatal(err)
	}
	keys, err := d.About(data.Subject{Kind: "person", ID: p.ID})
	if err != nil || len(keys) != 1 || keys[0] != post.Key([]byte(fromKari)) {
		t.Fatalf("%v %v", keys, err)
	}
	if err := d.Forget(keys); err != nil {
		t.Fatal(err)
	}
	if got := subjects(t, d); len(got) != 2 || got[0] != "til Kari" {
		t.Errorf("left: %v", got)
	}
}

// TestNeverDeletesWhatCame but not what is filed, nor mail of a domain whose name
// only ends alike.
func TestNeverDeletesWhatCame(t *testing.T) {
	w := opened(t, filepath.Join(t.TempDir(), "a"+data.Extension))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	alike := "From: Liv <liv@max.example>\r\nSubject: fra Liv\r\nMessage-ID: <4@x>\r\n\r\nHei\r\n"
	put(t, d, fromKari, another, alike)
	if err := w.Update("link", func(tx *data.Tx) error {
		return tx.Put(&data.MailLink{Message: post.Key([]byte(another)), About: "organisation", Record: "x", State: data.MailLinkTaken})
	}); err != nil {
		t.Fatal(err)
	}
	if n, err := d.Never("aldri", "X.example"); err != nil || n != 1 {
		t.Errorf("deleted %d: %v", n, err)
	}
	if got := subjects(t, d); len(got) != 2 || slices.Contains(got, "fra Kari") {
		t.Errorf("left: %v", got)
	}
	for _, bad := range []string{"", "x", "a b.no"} {
		if _, err := d.Never("aldri", bad); data.Code(err) != "mailNever" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestKeptForSoLong deletes here what a folder keeps no longer, but not what lies in
// another folder too.
func TestKeptForSoLong(t *testing.T) {
	w := opened(t, filepath.Join(t.TempDir(), "a"+data.Extension))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	put(t, d, fromKari, toKari, another)
	s, err := d.Store()
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.FolderOf("a", "INBOX", "inbox")
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.FolderOf("a", "Sak", "")
	if err != nil {
		t.Fatal(err)
	}
	raw := []byte(fromKari)
	if err := s.Add(other, []post.Arrived{{UID: 1, Raw: raw, Key: post.Key(raw), Index: parse.Index(raw)}}); err != nil {
		t.Fatal(err)
	}
	keys, err := s.Older(f.ID, parse.Index([]byte(another)).Date.Unix())
	if err != nil || len(keys) != 1 || keys[0] != post.Key([]byte(toKari)) {
		t.Errorf("%v %v", keys, err)
	}
}
