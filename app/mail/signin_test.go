package mail_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// signedInBy is a person who says yes to everything in the browser. It keeps the page
// that the browser ended on.
func signedInBy(s *mailtest.Server, page *string) mail.SignIn {
	return mail.SignIn{CA: s.CA, Words: lang.New("nb"), Open: func(address string) {
		go func() {
			text, err := s.OIDC.Browser(address)
			if err != nil {
				text = err.Error()
			}
			if page != nil {
				*page = text
			}
		}()
	}}
}

func microsoft(s *mailtest.Server, address string) data.MailAccount {
	return data.MailAccount{Address: address, Host: s.Host, Port: int64(s.Port), SignIn: signin.WithMicrosoft, ClientID: mailtest.ClientID, Endpoints: s.OIDC.Endpoints()}
}

// noTokens looks for tokens in all that lies in a folder, and in a log.
func noTokens(t *testing.T, s *mailtest.Server, folder, log string) {
	t.Helper()
	files := 0
	err := filepath.Walk(folder, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		files++
		raw, err := os.ReadFile(path)
		for _, token := range s.OIDC.Issued() {
			if bytes.Contains(raw, []byte(token)) || bytes.Contains(raw, []byte(base64.StdEncoding.EncodeToString([]byte(token)))) {
				t.Errorf("a token lies in %s", path)
			}
		}
		return err
	})
	if err != nil || files == 0 || len(s.OIDC.Issued()) == 0 {
		t.Fatal(files, "files", err)
	}
	for _, token := range s.OIDC.Issued() {
		if strings.Contains(log, token) {
			t.Error("a token stands in the log")
		}
	}
}

// hearLog gives what is logged during the test.
func hearLog(t *testing.T) *bytes.Buffer {
	var heard bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&heard, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	return &heard
}

// TestSignInWithTokens signs in in the browser against a real server, fetches, renews
// a token that runs out, and says in plain words when the sign-in no longer counts.
func TestSignInWithTokens(t *testing.T) {
	keyring.MockInit()
	log := hearLog(t)
	s := mailtest.DovecotOAuth(t)
	s.OIDC.Pad(6000) // longer than an entry of Windows' keychain
	s.Deliver(t, mailtest.Person, "", message("a@berg.example", "Kari Berg <kari@berg.example>", "Kurs", "Hei"), time.Now())
	w := workspace(t)
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	ctx := context.Background()
	var page string
	s.OIDC.Life(4 * time.Minute) // shorter than what counts as fresh: each sign-in renews
	a, err := d.AddAccount(ctx, "La til", microsoft(s, "Kari.Nordmann@fylke.example "), signedInBy(s, &page))
	if err != nil {
		t.Fatal(err)
	}
	if a.Address != mailtest.Person || a.User != mailtest.Person {
		t.Errorf("%+v", a)
	}
	if result, err := d.Sync(ctx, a, s.CA, nil); err != nil || result.Folders[0].New != 1 {
		t.Fatal(result, err)
	}
	renewals := func() (n int) {
		for _, q := range s.OIDC.Asked() {
			if q.Get("grant_type") == "refresh_token" {
				n++
			}
		}
		return n
	}
	if renewals() == 0 {
		t.Error("a token that runs out was not renewed")
	}

	// A new start has only what is in the keychain.
	s.OIDC.Life(time.Hour)
	again := mail.NewDesk(w, reference.Load())
	defer again.Close()
	if _, err := again.Sync(ctx, a, s.CA, nil); err != nil {
		t.Fatal(err)
	}
	before := renewals()
	if _, err := again.Sync(ctx, a, s.CA, nil); err != nil || renewals() != before {
		t.Error("a token that is good was renewed", err)
	}
	// The first desk's refresh token was used by the other: it takes the new one.
	if _, err := d.Sync(ctx, a, s.CA, nil); err != nil {
		t.Error(err)
	}

	// The refresh is refused.
	s.OIDC.Revoke()
	third := mail.NewDesk(w, reference.Load())
	defer third.Close()
	_, err = third.Sync(ctx, a, s.CA, nil)
	if data.Code(err) != signin.CodeAgain || !strings.Contains(data.Message(err), mailtest.Person) || !strings.HasSuffix(data.Message(err), "Logg på igjen.") {
		t.Errorf("%v", err)
	}
	if status := third.Status([]data.MailAccount{a})[0]; !mail.NeedsSignIn(status.Err) {
		t.Errorf("status: %v", status.Err)
	}
	asked := len(s.OIDC.Asked())
	follow, stop := context.WithTimeout(ctx, 200*time.Millisecond)
	defer stop()
	third.Follow(follow)
	if len(s.OIDC.Asked()) != asked {
		t.Error("asked again by itself after a refusal")
	}
	if a, err = third.AddAccount(ctx, "Logget på", a, signedInBy(s, nil)); err != nil {
		t.Fatal(err)
	}
	if status := third.Status([]data.MailAccount{a})[0]; status.Err != nil {
		t.Error("status after signing in again:", status.Err)
	}
	if _, err := third.Sync(ctx, a, s.CA, nil); err != nil {
		t.Error(err)
	}
	if !strings.Contains(page, "Du er logget på") {
		t.Errorf("the browser shows %q", page)
	}
	noTokens(t, s, filepath.Dir(w.Path()), log.String())
	if log.Len() == 0 {
		slog.Info("the log was heard")
	}

	if err := third.RemoveAccount("Fjernet", a.Address); err != nil {
		t.Fatal(err)
	}
	if _, err := third.Sync(ctx, a, s.CA, nil); data.Code(err) != "mailSecret" {
		t.Error("after it was removed:", err)
	}
}

// TestSharedMailbox opens another's mailbox with the person's token, and only when
// the person has the right to it.
func TestSharedMailbox(t *testing.T) {
	keyring.MockInit()
	s := mailtest.DovecotOAuth(t)
	s.Deliver(t, mailtest.Shared, "", message("a@berg.example", "Kari Berg <kari@berg.example>", "Kurs", "Hei"), time.Now())
	w := workspace(t)
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	a := microsoft(s, mailtest.Shared)
	a.User = mailtest.Person
	_, err := d.AddAccount(context.Background(), "La til", a, signedInBy(s, nil))
	if data.Code(err) != "mailNoAccess" || !strings.Contains(data.Message(err), mailtest.Person) || !strings.Contains(data.Message(err), mailtest.Shared) {
		t.Fatal("without the right:", err)
	}
	if all, err := d.Accounts(); err != nil || len(all) != 0 {
		t.Error("kept after a refusal:", all, err)
	}
	if _, err := mail.Secret(mailtest.Shared); data.Code(err) != "mailSecret" {
		t.Error("a secret is kept after a refusal:", err)
	}
	s.OIDC.Opens(mailtest.Shared)
	if a, err = d.AddAccount(context.Background(), "La til", a, signedInBy(s, nil)); err != nil {
		t.Fatal(err)
	}
	if a.User != mailtest.Person || a.Address != mailtest.Shared {
		t.Errorf("%+v", a)
	}
	if result, err := d.Sync(context.Background(), a, s.CA, nil); err != nil || result.Folders[0].New != 1 {
		t.Error(result, err)
	}
}

// TestSharedMailboxOnTheWire: user= is the mailbox and the token is the person's.
func TestSharedMailboxOnTheWire(t *testing.T) {
	keyring.MockInit()
	o := mailtest.NewOIDC(t)
	var said []string
	box := mailtest.Script(t, map[string]func(p *mailtest.Peer){"AUTHENTICATE": func(p *mailtest.Peer) {
		_, text, _ := strings.Cut(p.Rest, " ")
		raw, _ := base64.StdEncoding.DecodeString(text)
		said = append(said, string(raw))
		p.Say("%s NO AUTHENTICATE failed.", p.Tag) // as Microsoft 365, without a reason
	}})
	box.CA.AddCert(o.Root)
	a := data.MailAccount{Address: mailtest.Shared, User: mailtest.Person, Host: box.Host, Port: int64(box.Port), SignIn: signin.WithMicrosoft, ClientID: mailtest.ClientID, Endpoints: o.Endpoints()}
	d := mail.NewDesk(workspace(t), reference.Load())
	defer d.Close()
	how := signedInBy(&mailtest.Server{CA: box.CA, OIDC: o}, nil)
	if _, err := d.AddAccount(context.Background(), "La til", a, how); data.Code(err) != "mailNoAccess" {
		t.Fatal(err)
	}
	want := "user=" + mailtest.Shared + "\x01auth=Bearer " + o.Issued()[0] + "\x01\x01"
	if len(said) != 1 || said[0] != want {
		t.Errorf("said %d times: %.80q", len(said), said)
	}
}

// TestMailboxThatIsClosedForIMAP: Microsoft 365 says so only after the sign-in.
func TestMailboxThatIsClosedForIMAP(t *testing.T) {
	s := mailtest.Script(t, map[string]func(p *mailtest.Peer){"LIST": func(p *mailtest.Peer) { p.Say("%s BAD User is authenticated but not connected.", p.Tag) }})
	t.Setenv(mail.SecretVariable, mailtest.Password)
	keyring.MockInit()
	d := mail.NewDesk(workspace(t), reference.Load())
	defer d.Close()
	a, err := d.AddAccount(context.Background(), "La til", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port)}, mail.SignIn{Password: "x", CA: s.CA})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Sync(context.Background(), a, s.CA, nil); data.Code(err) != imap.CodeNotConnected || !mail.NeedsSignIn(err) {
		t.Error(err)
	}
}

// TestKeychainThatIsShut keeps nothing when there is nowhere safe to keep it.
func TestKeychainThatIsShut(t *testing.T) {
	keyring.MockInitWithError(keyring.ErrSetDataTooBig)
	defer keyring.MockInit()
	s := mailtest.DovecotOAuth(t)
	w := workspace(t)
	d := mail.NewDesk(w, reference.Load())
	defer d.Close()
	t.Setenv(mail.SecretVariable, "") // no way round it
	if _, err := d.AddAccount(context.Background(), "La til", microsoft(s, mailtest.Person), signedInBy(s, nil)); data.Code(err) != "mailKeychain" {
		t.Error(err)
	}
	if _, err := mail.Secret(mailtest.Person); data.Code(err) != "mailKeychainLocked" {
		t.Error(err)
	}
	if all, err := d.Accounts(); err != nil || len(all) != 0 {
		t.Error("kept without its secret:", all, err)
	}
	noTokens(t, s, filepath.Dir(w.Path()), "")
}

// TestAccountIsChanged keeps a mailbox's id, and its password when none is given.
func TestAccountIsChanged(t *testing.T) {
	keyring.MockInit()
	s := mailtest.Dovecot(t)
	d := mail.NewDesk(workspace(t), reference.Load())
	defer d.Close()
	ctx := context.Background()
	first := data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port)}
	if _, err := d.AddAccount(ctx, "La til", first, mail.SignIn{CA: s.CA}); data.Code(err) != "mailNoPassword" {
		t.Error(err)
	}
	a, err := d.AddAccount(ctx, "La til", first, mail.SignIn{Password: mailtest.Password, CA: s.CA})
	if err != nil {
		t.Fatal(err)
	}
	second, err := d.AddAccount(ctx, "Endret", data.MailAccount{Address: mailtest.User, Host: s.Host, Port: int64(s.Port), Days: 90}, mail.SignIn{CA: s.CA})
	if err != nil || second.ID != a.ID || second.Days != 90 {
		t.Errorf("%+v %v", second, err)
	}
	if _, err := d.AddAccount(ctx, "Endret", second, mail.SignIn{Password: "feil", CA: s.CA}); data.Code(err) != imap.CodeAuth {
		t.Error(err)
	}
	if kept, err := mail.Secret(mailtest.User); err != nil || kept != mailtest.Password {
		t.Error("the good password was lost", err)
	}
	if _, err := d.AddAccount(ctx, "La til", data.MailAccount{Address: mailtest.Other, Host: s.Host, Port: int64(s.Port)}, mail.SignIn{Password: mailtest.Password, CA: s.CA}); err != nil {
		t.Fatal(err)
	}
	if all, err := d.Accounts(); err != nil || len(all) != 2 {
		t.Error(all, err)
	}
	for _, bad := range []string{"", "fylke.no", "a b@c.no", "a@b", "@fylke.no", "a@b@c.no", "Kari <kari@fylke.no>"} {
		if _, err := d.AddAccount(ctx, "La til", data.MailAccount{Address: bad}, mail.SignIn{Password: "x"}); data.Code(err) != "mailAddress" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for _, bad := range []string{"https://mail.fylke.no", "mail fylke.no", "x@y"} {
		if _, err := d.AddAccount(ctx, "La til", data.MailAccount{Address: "a@b.no", Host: bad}, mail.SignIn{Password: "x"}); data.Code(err) != "mailHost" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
