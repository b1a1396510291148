package sync_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/mail/sync"
	"kompetansepilot/data/post"
)

// fake is a mailbox with one folder, which can break off, refuse and renumber.
type fake struct {
	imap.Box // what is not said here is not called
	validity uint32
	messages map[uint32][]byte
	refuse   map[uint32]bool
	left     int // bytes until the connection is lost; −1 for never
}

var errLost = errors.New("lost")

func (f *fake) Folders(context.Context) ([]imap.Folder, error) {
	return []imap.Folder{{Name: "INBOX", Role: imap.RoleInbox}}, nil
}

func (f *fake) state() imap.State {
	next := uint32(1)
	for uid := range f.messages {
		next = max(next, uid+1)
	}
	return imap.State{Name: "INBOX", UIDValidity: f.validity, UIDNext: next, Messages: uint32(len(f.messages))}
}

func (f *fake) Status(context.Context, []string) ([]imap.State, error) {
	return []imap.State{f.state()}, nil
}
func (f *fake) Examine(context.Context, string) (imap.State, error) { return f.state(), nil }
func (f *fake) Notices() []string                                   { return nil }
func (f *fake) Close() error                                        { return nil }

func (f *fake) UIDs(context.Context) ([]uint32, error) {
	var all []uint32
	for uid := range f.messages {
		all = append(all, uid)
	}
	slices.Sort(all)
	return all, nil
}

func (f *fake) Flags(_ context.Context, _ uint64, each func(uint32, imap.Flags)) error {
	for uid := range f.messages {
		each(uid, imap.Flags{Seen: uid%2 == 0})
	}
	return nil
}

func (f *fake) spend(n int) error {
	if f.left < 0 {
		return nil
	}
	if f.left -= n; f.left <= 0 {
		f.left = 0
		return errLost
	}
	return nil
}

func (f *fake) Headers(_ context.Context, uids []uint32, each func(imap.Meta, []byte) error) error {
	for _, uid := range uids {
		raw := f.messages[uid]
		header := raw[:bytes.Index(raw, []byte("\r\n\r\n"))+4]
		if err := f.spend(len(header)); err != nil {
			return err
		}
		if err := each(imap.Meta{UID: uid, Size: int64(len(raw)), Internal: time.Unix(int64(uid), 0)}, header); err != nil {
			return err
		}
	}
	return nil
}

func (f *fake) Bodies(_ context.Context, uids []uint32, each func(imap.Meta, io.Reader) error) (missing []uint32, err error) {
	for _, uid := range uids {
		if f.refuse[uid] {
			missing = append(missing, uid)
			continue
		}
		raw := f.messages[uid]
		if err := f.spend(len(raw)); err != nil { // half of it came
			_ = each(imap.Meta{UID: uid}, io.MultiReader(bytes.NewReader(raw[:len(raw)/2]), broken{}))
			return nil, err
		}
		if err := each(imap.Meta{UID: uid, Size: int64(len(raw)), Internal: time.Unix(int64(uid), 0)}, bytes.NewReader(raw)); err != nil {
			return nil, err
		}
	}
	return missing, nil
}

// broken is the end of a connection that was cut.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func letter(n int) []byte {
	return fmt.Appendf(nil, "Message-ID: <%d@x>\r\nSubject: nr %d\r\n\r\n%s", n, n, bytes.Repeat([]byte("tekst "), n%50))
}

func open(t testing.TB, dir string) *post.Store {
	s, err := post.Open(filepath.Join(dir, "a"+post.Extension))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func job(s *post.Store, box imap.Box) *sync.Job {
	return &sync.Job{Account: "a", Store: s, Index: parse.Index, Wanted: func(imap.Folder) (bool, int) { return true, 0 },
		Dial: func(context.Context) (imap.Box, error) { return box, nil }}
}

// whole tells whether the store has just the messages of the mailbox, each once and
// byte for byte.
func whole(t interface{ Fatalf(string, ...any) }, s *post.Store, f *fake, atLeast int) {
	rows, err := s.List(post.Query{}, 0, 10_000)
	if err != nil {
		t.Fatalf("%v", err)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.Subject] {
			t.Fatalf("%s is there twice", r.Subject)
		}
		seen[r.Subject] = true
		if r.State != post.Fetched {
			continue
		}
		raw, err := s.Raw(r.ID)
		if err != nil {
			t.Fatalf("%v", err)
		}
		var n int
		if _, err := fmt.Sscanf(r.Subject, "nr %d", &n); err != nil || !bytes.Equal(raw, letter(n)) {
			t.Fatalf("%s is not what the server has", r.Subject)
		}
	}
	if len(rows) < atLeast {
		t.Fatalf("%d messages, want %d", len(rows), atLeast)
	}
}

// TestCuts cuts the connection at random bytes, again and again, until all is
// here: nothing lost, nothing twice, nothing half.
func TestCuts(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		s, err := post.Open(filepath.Join(dir, fmt.Sprint(rapid.Uint64().Draw(rt, "file"))))
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		f := &fake{validity: 7, messages: map[uint32][]byte{}, left: -1}
		n := rapid.IntRange(1, 40).Draw(rt, "messages")
		for i := range n {
			f.messages[uint32(i+1)] = letter(i)
		}
		for range rapid.IntRange(0, 6).Draw(rt, "cuts") {
			f.left = rapid.IntRange(1, 6000).Draw(rt, "bytes")
			_, _ = job(s, f).Run(context.Background())
			whole(rt, s, f, 0)
		}
		f.left = -1
		if _, err := job(s, f).Run(context.Background()); err != nil {
			rt.Fatal(err)
		}
		whole(rt, s, f, n)
		_, listed, failed, _, err := s.Totals()
		if err != nil || listed+failed != 0 {
			rt.Fatalf("%d only listed, %d failed, %v", listed, failed, err)
		}
	})
}

// TestNewNumbers gives all messages other numbers: none is lost, doubled or fetched
// under a wrong number, and what the server has deleted stays here.
func TestNewNumbers(t *testing.T) {
	s := open(t, t.TempDir())
	f := &fake{validity: 1, messages: map[uint32][]byte{1: letter(1), 2: letter(2), 3: letter(3)}, left: -1}
	ctx := context.Background()
	if _, err := job(s, f).Run(ctx); err != nil {
		t.Fatal(err)
	}
	f.validity, f.messages = 2, map[uint32][]byte{10: letter(2), 11: letter(3), 12: letter(4)}
	r, err := job(s, f).Run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	whole(t, s, f, 4)
	rows, err := s.List(post.Query{Text: "emne:1"}, 0, 10)
	if err != nil || len(rows) != 1 || !rows[0].Gone {
		t.Errorf("the deleted one: %+v %v", rows, err)
	}
	if r.Folders[0].Gone != 0 {
		t.Log("gone counts places only")
	}
}

// TestOneThatCannotBeHad does not keep the others away, and is asked for again.
func TestOneThatCannotBeHad(t *testing.T) {
	s := open(t, t.TempDir())
	f := &fake{validity: 1, messages: map[uint32][]byte{1: letter(1), 2: letter(2), 3: letter(3)}, left: -1, refuse: map[uint32]bool{2: true}}
	ctx := context.Background()
	r, err := job(s, f).Run(ctx)
	if err != nil || r.Folders[0].New != 2 || r.Folders[0].Failed != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	f.refuse = nil
	if r, err = job(s, f).Run(ctx); err != nil || r.Folders[0].New != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	whole(t, s, f, 3)
	delete(f.messages, 1)
	if r, err = job(s, f).Run(ctx); err != nil || r.Folders[0].Gone != 1 {
		t.Fatalf("%+v %v", r, err)
	}
	whole(t, s, f, 3)
}

// BenchmarkFirstSync fetches 2 000 messages from Dovecot over TLS.
func BenchmarkFirstSync(b *testing.B) {
	server := mailtest.Dovecot(b)
	bytesOf := 0
	for i := range 2000 {
		raw := letter(i)
		raw = append(raw, bytes.Repeat([]byte("mer tekst om kurs og opplæring i bedriften\r\n"), i%400)...)
		bytesOf += len(raw)
		server.Deliver(b, mailtest.User, "", raw, time.Unix(int64(1_700_000_000+i), 0))
	}
	b.SetBytes(int64(bytesOf))
	for b.Loop() {
		s := open(b, b.TempDir())
		j := job(s, nil)
		j.Dial = func(ctx context.Context) (imap.Box, error) {
			return imap.Dial(ctx, imap.Server{Host: server.Host, Port: server.Port, CA: server.CA}, signin.Password{User: mailtest.User, Secret: mailtest.Password})
		}
		r, err := j.Run(context.Background())
		if err != nil || r.Folders[0].New != 2000 {
			b.Fatal(r, err)
		}
	}
}
