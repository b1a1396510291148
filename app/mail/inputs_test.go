package mail_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	gosync "sync"
	"testing"

	"github.com/zalando/go-keyring"

	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// TestNoKeychain: bad input 16. A keychain that is locked, absent or too small: mail
// that is here can be read, signing in is asked for, and the secret is nowhere on the
// disk.
func TestNoKeychain(t *testing.T) {
	const secret = "helt-hemmelig-ord"
	path := filepath.Join(t.TempDir(), "a"+data.Extension)
	w := opened(t, path)
	d := mail.NewDesk(w, reference.Load())
	put(t, d, fromKari)
	a := data.MailAccount{Address: mailtest.User, User: mailtest.User, Host: "127.0.0.1"}
	s := mailtest.Script(t, nil)
	a.Port = int64(s.Port)
	for name, fault := range map[string]error{"locked": errors.New("prompt dismissed"), "absent": keyring.ErrUnsupportedPlatform, "too big": keyring.ErrSetDataTooBig} {
		keyring.MockInitWithError(fault)
		if _, err := d.AddAccount(context.Background(), "La til", a, mail.SignIn{Password: secret, CA: s.CA}); data.Code(err) != "mailKeychain" {
			t.Errorf("%s: add: %v", name, err)
		}
		if all, err := d.Accounts(); err != nil || len(all) != 0 {
			t.Errorf("%s: an account was kept without its secret: %v %v", name, all, err)
		}
	}
	keyring.MockInit()
	kept, err := d.AddAccount(context.Background(), "La til", a, mail.SignIn{Password: secret, CA: s.CA})
	if err != nil {
		t.Fatal(err)
	}
	keyring.MockInitWithError(keyring.ErrNotFound)
	if _, err := d.Sync(context.Background(), kept, s.CA, nil); data.Code(err) != "mailSecret" {
		t.Errorf("sync: %v", err)
	}
	if got := subjects(t, d); len(got) != 1 {
		t.Errorf("offline: %v", got)
	}
	if err := errors.Join(d.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(filepath.Dir(path), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("the secret lies in %s", filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestTwoPrograms: bad input 18. Of two programs on one workspace one fetches, and the
// other says so; a backup meanwhile is whole.
func TestTwoPrograms(t *testing.T) {
	keyring.MockInit()
	t.Setenv(mail.SecretVariable, "p")
	path := filepath.Join(t.TempDir(), "a"+data.Extension)
	w := opened(t, path)
	defer w.Close()
	other := opened(t, path)
	defer other.Close()
	one, two := mail.NewDesk(w, reference.Load()), mail.NewDesk(other, reference.Load())
	defer one.Close()
	defer two.Close()
	put(t, one, fromKari, toKari)
	asked, goOn := make(chan struct{}), make(chan struct{})
	var once gosync.Once
	s := mailtest.Script(t, map[string]func(p *mailtest.Peer){"LIST": func(p *mailtest.Peer) {
		once.Do(func() { close(asked); <-goOn })
		p.OK()
	}})
	a := data.MailAccount{Address: mailtest.User, User: "u", Host: s.Host, Port: int64(s.Port)}
	a, err := one.AddAccount(context.Background(), "La til", a, mail.SignIn{Password: "p", CA: s.CA})
	if err != nil {
		t.Fatal(err)
	}
	var syncing gosync.WaitGroup
	syncing.Go(func() {
		if _, err := one.Sync(context.Background(), a, s.CA, nil); err != nil {
			t.Error(err)
		}
	})
	<-asked
	if _, err := two.Sync(context.Background(), a, s.CA, nil); data.Code(err) != "mailBusy" {
		t.Errorf("the second program: %v", err)
	}
	backups := filepath.Join(t.TempDir(), "kopier")
	put(t, two, another)
	if err := two.Keep(context.Background(), backups); err != nil {
		t.Errorf("backup: %v", err)
	}
	close(goOn)
	syncing.Wait()
	if _, err := two.Sync(context.Background(), a, s.CA, nil); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	moved := opened(t, filepath.Join(t.TempDir(), "b"+data.Extension))
	defer moved.Close()
	if all, err := filepath.Glob(filepath.Join(backups, "*.kpost")); err != nil || len(all) != 1 {
		t.Errorf("pieces: %v %v", all, err)
	}
}

// TestHeaderInjection: bad input 30. Line ends in what a person types become no
// header of the draft.
func TestHeaderInjection(t *testing.T) {
	keyring.MockInit()
	t.Setenv(mail.SecretVariable, "p")
	w := opened(t, filepath.Join(t.TempDir(), "a"+data.Extension))
	defer w.Close()
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	put(t, d, fromKari)
	var sent strings.Builder
	lost := true
	s := mailtest.Script(t, map[string]func(p *mailtest.Peer){
		"LIST": func(p *mailtest.Peer) { p.Say(`* LIST (\Drafts) "/" Utkast`); p.OK() },
		"UID SEARCH": func(p *mailtest.Peer) {
			if sent.Len() > 0 {
				p.Say("* SEARCH 7")
			} else {
				p.Say("* SEARCH")
			}
			p.OK()
		},
		"APPEND": func(p *mailtest.Peer) {
			p.Say("+ ja")
			for {
				line := p.Line()
				if line == "" && strings.Contains(sent.String(), "END") {
					break
				}
				sent.WriteString(line + "\n")
				if strings.Contains(line, "ENDENDEND") {
					break
				}
			}
			if lost {
				p.Cut()
			}
		},
	})
	a := data.MailAccount{Address: mailtest.User, User: "u", Host: s.Host, Port: int64(s.Port)}
	if _, err := d.AddAccount(context.Background(), "La til", a, mail.SignIn{Password: "p", CA: s.CA}); err != nil {
		t.Fatal(err)
	}
	kept, err := d.Draft(context.Background(), "Kladd", mailtest.User, mail.Letter{To: []string{"kari@x.example"}, Subject: "Hei\r\nBcc: ond@evil.example\r\n\r\nx", Text: "tekst ENDENDEND"}, s.CA)
	if data.Code(err) != imap.CodeClosed || kept.ID == "" {
		t.Fatalf("%+v %v", kept, err)
	}
	head, _, _ := strings.Cut(sent.String(), "\n\n")
	for line := range strings.SplitSeq(head, "\n") {
		if strings.HasPrefix(strings.ToLower(line), "bcc") {
			t.Errorf("an injected line: %q", head)
		}
	}
	if saved, err := data.Get[data.MailDraft](w, kept.ID); err != nil || saved.Saved != "" {
		t.Errorf("kept here: %+v %v", saved, err)
	}
}
