package sync_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	gosync "sync"
	"sync/atomic"
	"testing"
	"time"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/app/mail/sync"
	"kompetansepilot/data/post"
)

// crashFolders hold the messages of the tests with a real server.
func crashFolders() []string { return []string{"", "Sak", "Arkiv"} }

const perFolder = 9

// served starts a server with messages in several folders, one of them larger than
// what a network sends at once.
func served(t *testing.T) (*mailtest.Server, map[string][]byte) {
	t.Helper()
	server := mailtest.Dovecot(t)
	all := map[string][]byte{}
	for i, folder := range crashFolders() {
		for n := range perFolder {
			raw := fmt.Appendf(nil, "From: a@x.example\r\nMessage-ID: <%d.%d@x>\r\nSubject: nr %d i %d\r\n\r\n%s\r\n", n, i, n, i, bytes.Repeat([]byte("tekst "), (n*n*n)*10))
			if n == perFolder-1 {
				raw = append(raw, bytes.Repeat([]byte("0123456789abcdef0123456789abcdef\r\n"), 6000)...)
			}
			if err := server.Put(mailtest.User, folder, raw, time.Unix(int64(1_700_000_000+n), 0), []string{"", "S", "RS"}[n%3]); err != nil {
				t.Fatal(err)
			}
			all[fmt.Sprintf("nr %d i %d", n, i)] = raw
		}
	}
	return server, all
}

func dialer(host string, port int, ca *x509.CertPool) func(context.Context) (imap.Box, error) {
	return func(ctx context.Context) (imap.Box, error) {
		return imap.Dial(ctx, imap.Server{Host: host, Port: port, CA: ca}, signin.Password{User: mailtest.User, Secret: mailtest.Password})
	}
}

// same tells whether the store holds nothing but messages of the server, each once
// and byte for byte; with all, every one of them.
func same(t *testing.T, s *post.Store, want map[string][]byte, all bool) {
	t.Helper()
	if err := s.Verify(); err != nil {
		t.Fatal(err)
	}
	rows, err := s.List(post.Query{}, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.Subject] || want[r.Subject] == nil {
			t.Fatalf("%q is there twice, or is not on the server", r.Subject)
		}
		seen[r.Subject] = true
		raw, err := s.Raw(r.ID)
		switch {
		case r.State != post.Fetched && !all:
		case err != nil:
			t.Fatalf("%q: %v", r.Subject, err)
		case !bytes.Equal(raw, want[r.Subject]):
			t.Fatalf("%q: %d bytes that are not the server's %d", r.Subject, len(raw), len(want[r.Subject]))
		}
	}
	if all && len(rows) != len(want) {
		t.Fatalf("%d messages, want %d", len(rows), len(want))
	}
}

// TestChild is the process that TestKilled kills: it ends itself without warning at
// the point that KILL_AT numbers.
func TestChild(t *testing.T) {
	at, err := strconv.Atoi(os.Getenv("KILL_AT"))
	if err != nil {
		t.Skip("run by TestKilled")
	}
	var point atomic.Int64
	step := func() {
		if point.Add(1) == int64(at) {
			p, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = p.Kill()
			}
			if err != nil {
				t.Error(err)
			}
			select {}
		}
	}
	raw, err := os.ReadFile(os.Getenv("KILL_CA"))
	if err != nil {
		t.Fatal(err)
	}
	ca := x509.NewCertPool()
	ca.AppendCertsFromPEM(raw)
	port, err := strconv.Atoi(os.Getenv("KILL_PORT"))
	if err != nil {
		t.Fatal(err)
	}
	s, err := post.Open(os.Getenv("KILL_STORE"))
	if err != nil {
		t.Fatal(err)
	}
	s.Subscribe(func(post.Changed) { step() }) // after each commit
	j := job(s, nil)
	j.Dial = dialer("127.0.0.1", port, ca)
	j.Index = func(raw []byte) post.Index { step(); return parse.Index(raw) } // before it
	if _, err := j.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// TestKilled kills the program at every point of a sync, before and after each
// commit: what is in the store then is whole, and the next run gets the rest. The
// server's mailbox is as it was.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	if runtime.GOOS == "windows" {
		t.Skip("needs Dovecot")
	}
	server, want := served(t)
	before := ""
	step := 1
	if os.Getenv("MAIL_CUTS") == "" {
		step = 5 // points lie close; all of them with MAIL_CUTS
	}
	killed := 0
	for at := 1; ; at += step {
		dir := t.TempDir()
		path := filepath.Join(dir, "a"+post.Extension)
		child := exec.Command(os.Args[0], "-test.run=^TestChild$")
		child.Env = append(os.Environ(), fmt.Sprint("KILL_AT=", at), "KILL_CA="+server.CAFile, fmt.Sprint("KILL_PORT=", server.Port), "KILL_STORE="+path)
		out, err := child.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != -1) {
			t.Fatalf("at %d: %v\n%s", at, err, out)
		}
		s, openErr := post.Open(path)
		if openErr != nil {
			t.Fatal(openErr)
		}
		same(t, s, want, err == nil)
		if before == "" {
			before = server.Listing(t, mailtest.User) // new has become cur
		}
		j := job(s, nil)
		j.Dial = dialer(server.Host, server.Port, server.CA)
		if _, err := j.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		same(t, s, want, true)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err == nil { // it came to the end
			break
		}
		killed++
	}
	if killed < 10 {
		t.Errorf("killed only %d times", killed)
	}
	if after := server.Listing(t, mailtest.User); after != before {
		t.Errorf("the mailbox has changed:\n%s\nwas\n%s", after, before)
	}
	t.Logf("killed %d times", killed)
}

// cutter passes bytes between a client and the server, and cuts the connection
// after so many bytes from the server: with a FIN, or with a reset.
type cutter struct {
	listener net.Listener
	to       string
	left     atomic.Int64 // negative: no cut
	reset    atomic.Bool
	work     gosync.WaitGroup
}

func newCutter(t *testing.T, to string) *cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{listener: l, to: to}
	c.work.Go(c.serve)
	t.Cleanup(func() { _ = l.Close(); c.work.Wait() })
	return c
}

func (c *cutter) port() int { return c.listener.Addr().(*net.TCPAddr).Port }

func (c *cutter) serve() {
	for {
		client, err := c.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", c.to)
		if err != nil {
			_ = client.Close()
			continue
		}
		c.work.Go(func() { _, _ = io.Copy(server, client); _ = server.Close() })
		c.work.Go(func() {
			limit := c.left.Load()
			if limit < 0 {
				_, _ = io.Copy(client, server)
			} else {
				_, _ = io.CopyN(client, server, limit)
			}
			if c.reset.Load() {
				_ = client.(*net.TCPConn).SetLinger(0)
			}
			_ = client.Close()
			_ = server.Close()
		})
	}
}

// TestCutConnections cuts the connection to a real server at random bytes (25 times;
// MAIL_CUTS says how often): nothing is lost, doubled or half, and the server's
// mailbox is as it was.
func TestCutConnections(t *testing.T) {
	cuts, err := strconv.Atoi(os.Getenv("MAIL_CUTS"))
	if err != nil {
		cuts = 25
	}
	server, want := served(t)
	c := newCutter(t, net.JoinHostPort(server.Host, strconv.Itoa(server.Port)))
	total := 0
	for _, raw := range want {
		total += len(raw)
	}
	r := rand.New(rand.NewPCG(6, 11))
	ctx := context.Background()
	run := func(s *post.Store) (sync.Result, error) {
		j := job(s, nil)
		j.Dial = dialer("127.0.0.1", c.port(), server.CA)
		return j.Run(ctx)
	}
	c.left.Store(-1)
	s := open(t, t.TempDir())
	if _, err := run(s); err != nil {
		t.Fatal(err)
	}
	same(t, s, want, true)
	before := server.Listing(t, mailtest.User)
	failed := 0
	for range 20 * cuts { // only a cut that broke a sync counts
		if failed >= cuts {
			break
		}
		s, err := post.Open(filepath.Join(t.TempDir(), "a"+post.Extension))
		if err != nil {
			t.Fatal(err)
		}
		for range 1 + r.IntN(4) {
			c.left.Store(int64(r.IntN(total + total/4)))
			c.reset.Store(r.IntN(2) == 0)
			_, err := run(s)
			same(t, s, want, false)
			if err == nil {
				break
			}
			failed++
		}
		c.left.Store(-1)
		if _, err := run(s); err != nil {
			t.Fatal(err)
		}
		same(t, s, want, true)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if failed < cuts {
		t.Errorf("only %d cuts of %d broke a sync", failed, cuts)
	}
	if after := server.Listing(t, mailtest.User); after != before {
		t.Errorf("the mailbox has changed:\n%s\nwas\n%s", after, before)
	}
	t.Logf("%d cuts broke a sync", failed)
}

// counted counts the messages that were fetched whole.
type counted struct {
	*fake
	bodies int
}

func (c *counted) Bodies(ctx context.Context, uids []uint32, each func(imap.Meta, io.Reader) error) ([]uint32, error) {
	c.bodies += len(uids)
	return c.fake.Bodies(ctx, uids, each)
}

// TestNewNumbersFetchOnlyNew fetches after a change of all numbers only what is not
// here.
func TestNewNumbersFetchOnlyNew(t *testing.T) {
	s := open(t, t.TempDir())
	c := &counted{fake: &fake{validity: 1, messages: map[uint32][]byte{1: letter(1), 2: letter(2), 3: letter(3)}, left: -1}}
	if _, err := job(s, c).Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	c.bodies, c.validity, c.messages = 0, 2, map[uint32][]byte{10: letter(2), 11: letter(3), 12: letter(4)}
	if _, err := job(s, c).Run(context.Background()); err != nil || c.bodies != 1 {
		t.Errorf("fetched %d messages, want 1: %v", c.bodies, err)
	}
	if rows, err := s.List(post.Query{}, 0, 10); err != nil || len(rows) != 4 {
		t.Errorf("%d messages %v", len(rows), err)
	}
}
