package imap_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
)

func connect(t *testing.T, s *mailtest.Server, password string) (imap.Box, error) {
	t.Helper()
	b, err := imap.Dial(context.Background(), imap.Server{Host: s.Host, Port: s.Port, CA: s.CA}, signin.Password{User: mailtest.User, Secret: password})
	if b != nil {
		t.Cleanup(func() { _ = b.Close() })
	}
	return b, err
}

func letter(n int) []byte {
	return fmt.Appendf(nil, "From: Kari <kari@bedrift.example>\r\nTo: post@fylke.example\r\nSubject: Nr %d\r\nMessage-ID: <%d@bedrift.example>\r\n\r\nBrev nummer %d.\r\n", n, n, n)
}

// TestReadsAndChangesNothing goes through all that reads, and compares the mailbox
// on the disk before and after.
func TestReadsAndChangesNothing(t *testing.T) {
	s := mailtest.Dovecot(t)
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for i := range 20 {
		s.Deliver(t, mailtest.User, "", letter(i), at.Add(time.Duration(i)*time.Hour))
	}
	s.Deliver(t, mailtest.User, "Søknader", letter(100), at)
	ctx := context.Background()
	b, err := connect(t, s, mailtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	folders, err := b.Folders(ctx)
	if err != nil {
		t.Fatal(err)
	}
	roles := map[imap.Role]string{}
	for _, f := range folders {
		roles[f.Role] = f.Name
	}
	if roles[imap.RoleInbox] != "INBOX" || roles[imap.RoleDrafts] != "Utkast" || roles[imap.RoleSent] != "Sendt" {
		t.Errorf("folders %+v", folders)
	}
	states, err := b.Status(ctx, []string{"INBOX", "Finnes ikke", "Utkast"})
	if err != nil || len(states) != 2 || states[0].Messages != 20 || states[0].UIDNext != 21 {
		t.Fatalf("status %+v %v", states, err)
	}
	before := s.Listing(t, mailtest.User)
	state, err := b.Examine(ctx, "INBOX")
	if err != nil || state.UIDValidity == 0 || state.HighestModSeq == 0 {
		t.Fatalf("examine %+v %v", state, err)
	}
	uids, err := b.UIDs(ctx)
	if err != nil || len(uids) != 20 {
		t.Fatal(uids, err)
	}
	headers := 0
	if err := b.Headers(ctx, uids, func(m imap.Meta, header []byte) error {
		headers++
		if !bytes.Contains(header, []byte("Subject: Nr ")) || m.Size == 0 || m.Internal.IsZero() {
			t.Errorf("%+v %q", m, header)
		}
		return nil
	}); err != nil || headers != 20 {
		t.Fatal(headers, err)
	}
	got := map[uint32]string{}
	missing, err := b.Bodies(ctx, append(uids, 999), func(m imap.Meta, r io.Reader) error {
		raw, err := io.ReadAll(r)
		got[m.UID] = string(raw)
		return err
	})
	if err != nil || !slices.Equal(missing, []uint32{999}) || got[3] != string(letter(2)) {
		t.Fatalf("missing %v, %v, %q", missing, err, got[3])
	}
	flags := 0
	if err := b.Flags(ctx, 0, func(_ uint32, f imap.Flags) {
		flags++
		if f.Seen {
			t.Error("a message was marked as seen")
		}
	}); err != nil || flags != 20 {
		t.Error(flags, err)
	}
	if after := s.Listing(t, mailtest.User); after != before {
		t.Errorf("the mailbox was changed:\n%s\n%s", before, after)
	}
	if _, err := b.Examine(ctx, "Finnes ikke"); data.Code(err) != imap.CodeNoFolder && data.Code(err) != imap.CodeRefused {
		t.Error("folder that does not exist:", err)
	}
}

func TestDraftIsAppendedAndFound(t *testing.T) {
	s := mailtest.Dovecot(t)
	ctx := context.Background()
	b, err := connect(t, s, mailtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	uid, err := b.Append(ctx, "Utkast", letter(7), time.Now())
	if err != nil || uid == 0 {
		t.Fatal(uid, err)
	}
	found, err := b.Find(ctx, "Utkast", "<7@bedrift.example>")
	if err != nil || !slices.Equal(found, []uint32{uid}) {
		t.Errorf("found %v, %v", found, err)
	}
	if _, err := b.Append(ctx, "Finnes ikke", letter(8), time.Now()); data.Code(err) != imap.CodeNoFolder {
		t.Errorf("a folder was made: %v", err)
	}
}

func TestWrongPasswordAndWrongRoot(t *testing.T) {
	s := mailtest.Dovecot(t)
	if _, err := connect(t, s, "feil"); data.Code(err) != imap.CodeAuth || strings.Contains(err.Error(), "feil\x00") {
		t.Error("wrong password:", err)
	}
	ctx := context.Background()
	if _, err := imap.Dial(ctx, imap.Server{Host: s.Host, Port: s.Port}, signin.Password{User: mailtest.User, Secret: mailtest.Password}); data.Code(err) != imap.CodeUnknownCA {
		t.Error("unknown root:", err)
	}
	if _, err := imap.Dial(ctx, imap.Server{Host: "mail.example.no", Port: s.Port, CA: s.CA}, signin.Password{}); data.Code(err) != "mailTestCA" {
		t.Error("a root of one's own for another machine:", err)
	}
}

func TestIdleTellsNews(t *testing.T) {
	s := mailtest.Dovecot(t)
	b, err := connect(t, s, mailtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if _, err := b.Examine(ctx, "INBOX"); err != nil {
		t.Fatal(err)
	}
	told := make(chan struct{}, 10)
	ended := make(chan error, 1)
	idle, stop := context.WithCancel(ctx)
	go func() { ended <- b.Idle(idle, func() { told <- struct{}{} }) }()
	time.Sleep(200 * time.Millisecond)
	s.Deliver(t, mailtest.User, "", letter(1), time.Now())
	select {
	case <-told:
	case <-ctx.Done():
		t.Error("nothing was told")
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if uids, err := b.UIDs(ctx); err != nil || len(uids) != 1 {
		t.Error("the connection is not usable after IDLE:", uids, err)
	}
}
