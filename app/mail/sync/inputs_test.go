package sync_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	gosync "sync"
	"sync/atomic"
	"testing"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/mail/sync"
	"kompetansepilot/data/post"
)

// odd is a mailbox whose server says other numbers than it has.
type odd struct {
	*fake
	validity []uint32 // what each question gets, the last for all that follow
	next     uint32   // what UIDNEXT is said to be
	asked    int
	shrink   uint32 // deleted when the first bodies are asked for
}

func (o *odd) said() imap.State {
	s := o.fake.state()
	s.UIDValidity = o.validity[min(o.asked, len(o.validity)-1)]
	o.asked++
	s.UIDNext = o.next
	return s
}

func (o *odd) Status(context.Context, []string) ([]imap.State, error) {
	return []imap.State{o.said()}, nil
}
func (o *odd) Examine(context.Context, string) (imap.State, error) { return o.said(), nil }

func (o *odd) Bodies(ctx context.Context, uids []uint32, each func(imap.Meta, io.Reader) error) ([]uint32, error) {
	if o.shrink > 0 {
		delete(o.messages, o.shrink)
		var missing []uint32
		if i := slices.Index(uids, o.shrink); i >= 0 {
			missing, uids = []uint32{o.shrink}, slices.Delete(slices.Clone(uids), i, i+1)
		}
		o.shrink = 0
		more, err := o.fake.Bodies(ctx, uids, each)
		return append(missing, more...), err
	}
	return o.fake.Bodies(ctx, uids, each)
}

func numbered(all ...uint32) map[uint32][]byte {
	messages := map[uint32][]byte{}
	for i := 0; i+1 < len(all); i += 2 {
		messages[all[i]] = letter(int(all[i+1]))
	}
	return messages
}

// TestValidityThatCannotBeTrusted: bad input 8. UIDVALIDITY that changes, also
// between two questions of one run, or is 0: nothing is doubled, lost or taken for
// another.
func TestValidityThatCannotBeTrusted(t *testing.T) {
	for name, validity := range map[string][]uint32{"between runs": {1, 1, 2}, "between STATUS and EXAMINE": {1, 1, 1, 2}, "never said": {0}, "no longer said": {1, 1, 0}, "said later": {0, 0, 5}} {
		s := open(t, t.TempDir())
		o := &odd{fake: &fake{messages: numbered(1, 1, 2, 2, 3, 3), left: -1}, validity: validity, next: 4}
		if _, err := job(s, o).Run(context.Background()); err != nil {
			t.Fatal(name, err)
		}
		o.messages, o.next = numbered(1, 3, 2, 4, 3, 2), 4 // other messages under the old numbers
		for range 2 {
			if _, err := job(s, o).Run(context.Background()); err != nil {
				t.Fatal(name, err)
			}
		}
		whole(t, s, o.fake, 4)
		rows, err := s.List(post.Query{}, 0, 10)
		if err != nil || len(rows) != 4 {
			t.Fatalf("%s: %d messages %v", name, len(rows), err)
		}
		for _, r := range rows {
			if gone := r.Subject == "nr 1"; r.Gone != gone || r.State != post.Fetched {
				t.Errorf("%s: %s gone %v, state %d", name, r.Subject, r.Gone, r.State)
			}
		}
	}
}

// TestNextThatLies: bad input 9. UIDNEXT that falls, is left out or lies, and
// messages that go while they are fetched.
func TestNextThatLies(t *testing.T) {
	for name, next := range map[string][2]uint32{"falls": {10, 4}, "left out": {0, 0}, "too low": {1, 1}, "stands still": {4, 4}} {
		s := open(t, t.TempDir())
		o := &odd{fake: &fake{messages: numbered(1, 1, 2, 2, 3, 3), left: -1}, validity: []uint32{1}, next: next[0]}
		if _, err := job(s, o).Run(context.Background()); err != nil {
			t.Fatal(name, err)
		}
		o.next = next[1]
		if o.messages[4] = letter(4); name == "falls" { // it has begun to count anew
			o.messages = numbered(1, 4, 2, 1, 3, 2, 4, 3)
		}
		o.shrink = 4
		if _, err := job(s, o).Run(context.Background()); err != nil {
			t.Fatal(name, err)
		}
		if _, err := job(s, o).Run(context.Background()); err != nil {
			t.Fatal(name, err)
		}
		rows, err := s.List(post.Query{}, 0, 10)
		if err != nil || len(rows) != 4 {
			t.Fatalf("%s: %d messages %v", name, len(rows), err)
		}
		whole(t, s, o.fake, 4)
	}
}

// scripted runs one sync against a scripted server.
func scripted(t *testing.T, s *post.Store, answers map[string]func(p *mailtest.Peer)) (sync.Result, error) {
	t.Helper()
	server := mailtest.Script(t, answers)
	j := job(s, nil)
	j.Dial = func(ctx context.Context) (imap.Box, error) {
		return imap.Dial(ctx, imap.Server{Host: server.Host, Port: server.Port, CA: server.CA}, signin.Password{User: "u", Secret: "p"})
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return j.Run(ctx)
}

// TestGoneWhileFetched: bad input 10, on the wire: a message that is deleted after
// its header came is no error, and is not asked for for ever.
func TestGoneWhileFetched(t *testing.T) {
	s := open(t, t.TempDir())
	gone := false
	answers := map[string]func(p *mailtest.Peer){
		"LIST": func(p *mailtest.Peer) { p.Say(`* LIST () "/" INBOX`); p.OK() },
		"UID SEARCH": func(p *mailtest.Peer) {
			if !gone {
				p.Say("* SEARCH 1")
			} else {
				p.Say("* SEARCH")
			}
			p.OK()
		},
		"UID FETCH": func(p *mailtest.Peer) {
			if strings.Contains(p.Rest, "HEADER") {
				p.Say("* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 30 BODY[HEADER] {16}\r\nSubject: borte\r\n)")
			} else {
				gone = true
				p.Say("* 1 EXPUNGE")
			}
			p.OK()
		},
	}
	r, err := scripted(t, s, answers)
	if err != nil || len(r.Folders) != 1 || r.Folders[0].Err != nil {
		t.Fatalf("%+v %v", r, err)
	}
	if r, err = scripted(t, s, answers); err != nil || r.Folders[0].Gone != 1 || r.Folders[0].Failed != 0 {
		t.Errorf("%+v %v", r, err)
	}
}

// TestOneRefusedInABatch: bad input 11, on the wire: the batch is halved until the
// message that the server cannot give stands alone.
func TestOneRefusedInABatch(t *testing.T) {
	s := open(t, t.TempDir())
	r, err := scripted(t, s, map[string]func(p *mailtest.Peer){
		"LIST":       func(p *mailtest.Peer) { p.Say(`* LIST () "/" INBOX`); p.OK() },
		"UID SEARCH": func(p *mailtest.Peer) { p.Say("* SEARCH 1 2 3 4 5"); p.OK() },
		"UID FETCH": func(p *mailtest.Peer) {
			header := strings.Contains(p.Rest, "HEADER")
			set := strings.Fields(p.Rest)[0]
			for n := 1; n <= 5; n++ {
				if !within(set, n) {
					continue
				}
				raw := letter(n)
				if header {
					raw = raw[:bytes.Index(raw, []byte("\r\n\r\n"))+4]
				} else if n == 3 {
					p.Say("%s NO Internal error", p.Tag)
					return
				}
				name := map[bool]string{true: "BODY[HEADER]", false: "BODY[]"}[header]
				p.Say("* %d FETCH (UID %d FLAGS () RFC822.SIZE %d %s {%d}\r\n%s)", n, n, len(letter(n)), name, len(raw), raw)
			}
			p.OK()
		},
	})
	if err != nil || r.Folders[0].New != 4 || r.Folders[0].Failed != 1 {
		t.Fatalf("%+v %v", r, err)
	}
}

// within tells whether a set of numbers such as "1:3,5" holds n.
func within(set string, n int) bool {
	for part := range strings.SplitSeq(set, ",") {
		var from, to int
		if k, _ := fmt.Sscanf(part, "%d:%d", &from, &to); k == 1 {
			to = from
		}
		if from <= n && n <= to {
			return true
		}
	}
	return false
}

// TestHugeMessage: bad input 19. A message of 150 MB comes whole, and the program
// holds it once.
func TestHugeMessage(t *testing.T) {
	if testing.Short() {
		t.Skip("150 MB")
	}
	const size = 150 << 20
	head := "Message-ID: <stor@x>\r\nSubject: stor\r\nContent-Type: application/zip; name=stor.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
	line := strings.Repeat("A", 76) + "\r\n"
	block := strings.Repeat(line, 1000)
	lines := (size - len(head)) / len(block)
	total := len(head) + lines*len(block)
	s := open(t, t.TempDir())
	most, stop := watchMemory()
	r, err := scripted(t, s, map[string]func(p *mailtest.Peer){
		"LIST": func(p *mailtest.Peer) { p.Say(`* LIST () "/" INBOX`); p.OK() },
		"UID FETCH": func(p *mailtest.Peer) {
			if strings.Contains(p.Rest, "HEADER") {
				p.Say("* 1 FETCH (UID 1 FLAGS () RFC822.SIZE %d BODY[HEADER] {%d}\r\n%s)", total, len(head), head)
			} else {
				p.Send(fmt.Sprintf("* 1 FETCH (UID 1 FLAGS () RFC822.SIZE %d BODY[] {%d}\r\n%s", total, total, head))
				for range lines {
					p.Send(block)
				}
				p.Send(")\r\n")
			}
			p.OK()
		},
	})
	stop()
	if err != nil || r.Folders[0].New != 1 || r.Folders[0].Bytes != int64(total) {
		t.Fatalf("%+v %v", r, err)
	}
	if *most > size*3/2 {
		t.Errorf("needed %d MB", *most>>20)
	}
}

// watchMemory gives the most memory that Go's heap held at once.
func watchMemory() (most *uint64, stop func()) {
	most = new(uint64)
	percent := debug.SetGCPercent(10) // what nobody holds any more is not to count
	runtime.GC()
	done := make(chan struct{})
	var watching gosync.WaitGroup
	watching.Go(func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			*most = max(*most, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	return most, func() { close(done); watching.Wait(); debug.SetGCPercent(percent) }
}

// TestSecondConnection fetches much over two connections, and over one where the
// server allows no other; all is here once either way, also after a cut.
func TestSecondConnection(t *testing.T) {
	server := mailtest.Dovecot(t)
	want := map[string][]byte{}
	for n := range 1100 {
		raw := fmt.Appendf(nil, "From: a@x.example\r\nMessage-ID: <%d@x>\r\nSubject: nr %d i 0\r\n\r\n%s\r\n", n, n, strings.Repeat("tekst ", n%90))
		if err := server.Put(mailtest.User, "", raw, time.Unix(int64(1_700_000_000+n), 0), "S"); err != nil {
			t.Fatal(err)
		}
		want[fmt.Sprintf("nr %d i 0", n)] = raw
	}
	good := dialer(server.Host, server.Port, server.CA)
	for name, most := range map[string]int32{"two": 2, "one": 1} {
		s := open(t, t.TempDir())
		var dialed atomic.Int32
		j := job(s, nil)
		j.Dial = func(ctx context.Context) (imap.Box, error) {
			if dialed.Add(1) > most {
				return nil, errLost
			}
			return good(ctx)
		}
		ctx, cancel := context.WithCancel(t.Context())
		j.Progress = func(p sync.Progress) {
			if p.Done >= 400 {
				cancel() // as when the program is closed
			}
		}
		if _, err := j.Run(ctx); err == nil {
			t.Errorf("%s: it was not stopped", name)
		}
		same(t, s, want, false)
		dialed.Store(0)
		j.Progress = nil
		if _, err := j.Run(t.Context()); err != nil {
			t.Fatal(name, err)
		}
		same(t, s, want, true)
		if dialed.Load() != 2 {
			t.Errorf("%s: dialed %d times", name, dialed.Load())
		}
		cancel()
	}
}
