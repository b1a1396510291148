package imap_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"

	"kompetansepilot/app/mail/imap"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
)

type answers = map[string]func(p *mailtest.Peer)

// open connects to a scripted server and opens the inbox.
func open(t *testing.T, s *mailtest.Scripted) (imap.Box, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	t.Cleanup(cancel)
	b, err := imap.Dial(ctx, imap.Server{Host: s.Host, Port: s.Port, CA: s.CA}, signin.Password{User: "u", Secret: "p"})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = b.Close() })
	_, err = b.Examine(ctx, "INBOX")
	return b, err
}

// bodies fetches messages 1 to n from a server that answers a fetch so.
func bodies(t *testing.T, fetch func(p *mailtest.Peer), n uint32) (got map[uint32]string, missing []uint32, b imap.Box, err error) {
	t.Helper()
	b, err = open(t, mailtest.Script(t, answers{"UID FETCH": fetch, "UID SEARCH": func(p *mailtest.Peer) {
		p.Say("* SEARCH 1 2 3")
		p.OK()
	}, "FETCH": func(p *mailtest.Peer) {
		if strings.HasPrefix(p.Rest, "1 ") {
			p.Say("* 1 FETCH (FLAGS () BODY[] {3}\r\nabc UID 1)")
		}
		p.OK()
	}}))
	if err != nil {
		t.Fatal(err)
	}
	var uids []uint32
	for i := range n {
		uids = append(uids, i+1)
	}
	got = map[uint32]string{}
	missing, err = b.Bodies(context.Background(), uids, func(m imap.Meta, r io.Reader) error {
		raw, err := io.ReadAll(r)
		if err == nil {
			got[m.UID] += string(raw)
		}
		return err
	})
	return got, missing, b, err
}

// TestCutMessageIsAnError: input 1 of the list of bad inputs.
func TestCutMessageIsAnError(t *testing.T) {
	for name, end := range map[string]func(p *mailtest.Peer){"farewell": (*mailtest.Peer).End, "none": (*mailtest.Peer).Cut} {
		for _, sent := range []string{"", "abc", strings.Repeat("x", 1000), strings.Repeat("x", 1000) + ")", strings.Repeat("x", 1000) + ")\r\n"} {
			got, missing, _, err := bodies(t, func(p *mailtest.Peer) {
				p.Send("* 1 FETCH (UID 1 BODY[] {1000}\r\n" + sent)
				end(p)
			}, 1)
			if data.Code(err) != imap.CodeClosed || missing != nil {
				t.Errorf("%s after %d bytes: %v, missing %v", name, len(sent), err, missing)
			}
			if len(sent) < 1000 && len(got) > 0 {
				t.Errorf("%s after %d bytes: a short message came: %v", name, len(sent), got)
			}
		}
	}
}

// TestSilenceIsNoPrison: input 2. Who waits can stop waiting, from the context and
// with Close.
func TestSilenceIsNoPrison(t *testing.T) {
	silent := answers{"UID SEARCH": func(p *mailtest.Peer) { p.Send("* SEA") }}
	b, err := open(t, mailtest.Script(t, silent))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := b.UIDs(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Error("context:", err)
	}
	b, err = open(t, mailtest.Script(t, silent))
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(100*time.Millisecond, func() { _ = b.Close() })
	if _, err := b.UIDs(context.Background()); err == nil {
		t.Error("Close did not end the command")
	}
}

// TestNonsenseIsRefused: inputs 3 and 4.
func TestNonsenseIsRefused(t *testing.T) {
	for name, said := range map[string]string{
		"10 GB":     "* 1 FETCH (UID 1 BODY[] {10000000000}\r\n",
		"-1":        "* 1 FETCH (UID 1 BODY[] {-1}\r\n",
		"overflow":  "* 1 FETCH (UID 1 BODY[] {99999999999999999999}\r\n",
		"endless":   "* 1 FETCH (UID 1 X" + strings.Repeat("a", 1<<20),
		"nesting":   "* 1 FETCH (BODYSTRUCTURE " + strings.Repeat("(", 3<<20),
		"no number": "* 1 FETCH (UID hei)\r\n",
	} {
		got, _, _, err := bodies(t, func(p *mailtest.Peer) { p.Send(said) }, 1)
		if data.Code(err) != imap.CodeNonsense || len(got) > 0 {
			t.Errorf("%s: %v %v", name, err, got)
		}
	}
}

func TestHalfAMillionNumbers(t *testing.T) {
	b, err := open(t, mailtest.Script(t, answers{"UID SEARCH": func(p *mailtest.Peer) {
		var s strings.Builder
		for i := range 500_000 {
			fmt.Fprintf(&s, " %d", 1_000_000+i)
		}
		p.Say("* SEARCH%s", s.String())
		p.OK()
	}}))
	if err != nil {
		t.Fatal(err)
	}
	if uids, err := b.UIDs(context.Background()); err != nil || len(uids) != 500_000 || uids[0] != 1_000_000 {
		t.Error(len(uids), err)
	}
}

// TestUnaskedIsDropped: input 5.
func TestUnaskedIsDropped(t *testing.T) {
	got, _, b, err := bodies(t, func(p *mailtest.Peer) {
		p.Send("* VANISHED 1:5\r\n* LSUB () \"/\" x\r\n* XTULL {3}\r\nabc\r\n" + strings.Repeat("* OK [ALERT] Vask\x1b[31m\r\n", 10_000))
		p.Say("* 1 FETCH (UID 1 BODY[] {3}\r\nabc)")
		p.OK()
	}, 1)
	if err != nil || got[1] != "abc" {
		t.Fatal(got, err)
	}
	if n := b.Notices(); len(n) != 20 || strings.Contains(n[0], "\x1b") {
		t.Errorf("%d notices, %q", len(n), n[0])
	}
}

// TestOddNumbers: inputs 6, 7 and 10.
func TestOddNumbers(t *testing.T) {
	for name, c := range map[string]struct {
		said    string
		want    map[uint32]string
		missing []uint32
	}{
		"number after the message": {"* 1 FETCH (BODY[] {3}\r\nabc UID 1)", map[uint32]string{1: "abc"}, []uint32{2}},
		"foreign number":           {"* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n* 9 FETCH (UID 9 BODY[] {3}\r\nxyz)", map[uint32]string{1: "abc"}, []uint32{2}},
		"twice":                    {"* 1 FETCH (UID 1 BODY[] {3}\r\nabc)\r\n* 1 FETCH (UID 1 BODY[] {3}\r\nxyz)", map[uint32]string{1: "abc"}, []uint32{2}},
		"nothing there":            {"* 2 FETCH (UID 2 RFC822.SIZE 10 BODY[] NIL)", map[uint32]string{1: "abc"}, []uint32{2}},
		"other size":               {"* 1 FETCH (UID 1 RFC822.SIZE 99 BODY[] {3}\r\nabc)", map[uint32]string{1: "abc"}, []uint32{2}},
	} {
		got, missing, _, err := bodies(t, func(p *mailtest.Peer) {
			p.Say("%s", c.said)
			p.OK()
		}, 2)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(c.want) || !slices.Equal(missing, c.missing) {
			t.Errorf("%s: %v missing %v, %v", name, got, missing, err)
		}
	}
}

// TestRefusals: input 11.
func TestRefusals(t *testing.T) {
	for said, code := range map[string]string{
		"%s NO huff": imap.CodeRefused, "%s BAD hva": imap.CodeRefused, "%s NO [UNAVAILABLE] vent": imap.CodeThrottled, "%s NO Request is throttled": imap.CodeThrottled,
		"* BYE Too many connections": imap.CodeThrottled,
	} {
		_, _, _, err := bodies(t, func(p *mailtest.Peer) {
			p.Say("* 1 FETCH (UID 1 BODY[] {3}\r\nabc)")
			if strings.HasPrefix(said, "*") {
				p.Say("%s", said)
				p.End()
				return
			}
			p.Say(said, p.Tag)
		}, 2)
		if data.Code(err) != code {
			t.Errorf("%s: %v", said, err)
		}
	}
	_, err := open(t, mailtest.Script(t, answers{"GREETING": func(p *mailtest.Peer) {
		p.Say("* BYE Too many connections from your address")
		p.End()
	}}))
	if data.Code(err) != imap.CodeThrottled {
		t.Error("greeting:", err)
	}
}

// TestServerThatWouldWrite: input 12. No writing verb is sent to a server that
// opens a folder for writing.
func TestServerThatWouldWrite(t *testing.T) {
	s := mailtest.Script(t, answers{"EXAMINE": func(p *mailtest.Peer) { p.Say("* 1 EXISTS\r\n%s OK [READ-WRITE] ja", p.Tag) }})
	b, err := open(t, s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.UIDs(context.Background()); err != nil {
		t.Fatal(err)
	}
	onlyReads(t, s.Commands())
}

func onlyReads(t *testing.T, commands []string) {
	t.Helper()
	allowed := []string{"CAPABILITY", "AUTHENTICATE", "LIST", "STATUS", "EXAMINE", "UID SEARCH", "UID FETCH", "FETCH", "IDLE", "DONE", "APPEND", "NOOP", "LOGOUT", ""}
	for _, c := range commands {
		if !slices.Contains(allowed, c) {
			t.Errorf("%s was sent", c)
		}
	}
	if len(commands) < 3 {
		t.Errorf("only %q was written down", commands)
	}
}

// TestWireToDovecot goes through all that the connection can do, and looks at every
// command that left.
func TestWireToDovecot(t *testing.T) {
	server := mailtest.Dovecot(t)
	server.Deliver(t, mailtest.User, "", letter(1), time.Now())
	tee := mailtest.Listen(t, server)
	ctx := context.Background()
	b, err := imap.Dial(ctx, imap.Server{Host: tee.Host, Port: tee.Port, CA: tee.CA}, signin.Password{User: mailtest.User, Secret: mailtest.Password})
	if err != nil {
		t.Fatal(err)
	}
	_, e1 := b.Folders(ctx)
	_, e2 := b.Status(ctx, []string{"INBOX"})
	_, e3 := b.Append(ctx, "Utkast", []byte("Subject: x\r\n\r\na1 STORE 1 +FLAGS (\\Deleted)\r\na2 EXPUNGE\r\n"), time.Now())
	_, e4 := b.Find(ctx, "Utkast", "<x@y>")
	_, e5 := b.Examine(ctx, "INBOX")
	e6 := b.Flags(ctx, 1, func(uint32, imap.Flags) {})
	e7 := b.Headers(ctx, []uint32{1}, func(imap.Meta, []byte) error { return nil })
	_, e8 := b.Bodies(ctx, []uint32{1, 99}, func(_ imap.Meta, r io.Reader) error { return nil })
	_, e9 := b.Since(ctx, time.Now())
	idle, stop := context.WithTimeout(ctx, 100*time.Millisecond)
	defer stop()
	e10 := b.Idle(idle, func() {})
	if err := errors.Join(e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, b.Close()); err != nil {
		t.Fatal(err)
	}
	commands := tee.Commands()
	onlyReads(t, commands)
	if !slices.Contains(commands, "APPEND") || !slices.Contains(commands, "UID FETCH") {
		t.Errorf("%q", commands)
	}
}

// TestTLSIsTheOnlyWay: inputs 13 and 14.
func TestTLSIsTheOnlyWay(t *testing.T) {
	old := mailtest.ScriptTLS(t, nil, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
	if _, err := open(t, old); data.Code(err) != imap.CodeNoTLS {
		t.Error("TLS 1.1:", err)
	}
	wrong := mailtest.Script(t, nil)
	other := mailtest.Script(t, nil)
	other.CA = wrong.CA
	if _, err := open(t, other); data.Code(err) != imap.CodeUnknownCA {
		t.Error("another root:", err)
	}
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	got := make(chan []byte, 1)
	go func() {
		c, err := plain.Accept()
		if err != nil {
			return
		}
		defer c.Close()
		_, _ = io.WriteString(c, "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hei\r\n")
		raw, _ := io.ReadAll(bufio.NewReader(c))
		got <- raw
	}()
	s := &mailtest.Scripted{Host: "127.0.0.1", Port: plain.Addr().(*net.TCPAddr).Port, CA: wrong.CA}
	if _, err := open(t, s); data.Code(err) != imap.CodeNoTLS {
		t.Error("plain:", err)
	}
	if raw := <-got; bytes.Contains(raw, []byte("AUTHENTICATE")) || bytes.Contains(raw, []byte("LOGIN")) {
		t.Errorf("sign-in in the clear: %q", raw)
	}
	preauth := mailtest.Script(t, answers{"GREETING": func(p *mailtest.Peer) { p.Say("* PREAUTH velkommen") }})
	if _, err := open(t, preauth); data.Code(err) != imap.CodeNonsense || slices.Contains(preauth.Commands(), "AUTHENTICATE") {
		t.Error("PREAUTH:", err, preauth.Commands())
	}
}

// bearer is a token that counts its renewals.
type bearer struct{ renewed int }

func (b *bearer) Client(context.Context) (sasl.Client, error) {
	return signin.NewXOAUTH2("post@fylke.example", fmt.Sprintf("token%d", b.renewed), nil), nil
}

func (b *bearer) Renew(context.Context) error { b.renewed++; return nil }

// TestTokenIsRenewedOnce: input 15.
func TestTokenIsRenewedOnce(t *testing.T) {
	for name, c := range map[string]struct {
		challenge string
		good      string // the token that is taken
		code      string
		renewed   int
	}{
		"run out":     {`{"status":"401","schemes":"bearer"}`, "token1", "", 1},
		"never good":  {`{"status":"401"}`, "-", imap.CodeExpired, 1},
		"no right":    {`{"status":"400","schemes":"Bearer"}`, "-", imap.CodeAuth, 1},
		"broken JSON": {`{"status`, "-", imap.CodeAuth, 1},
		"no reason":   {"", "token1", "", 1},
	} {
		s := mailtest.Script(t, answers{"AUTHENTICATE": func(p *mailtest.Peer) {
			mech, token, _ := strings.Cut(p.Rest, " ")
			raw, _ := base64.StdEncoding.DecodeString(token)
			if mech == "XOAUTH2" && strings.Contains(string(raw), "auth=Bearer "+c.good+"\x01") {
				p.OK()
				return
			}
			if c.challenge == "" {
				p.Say("%s NO AUTHENTICATE failed.", p.Tag)
				return
			}
			p.Say("+ %s", base64.StdEncoding.EncodeToString([]byte(c.challenge)))
			if answer := p.Line(); answer != "AQ==" {
				t.Errorf("%s: the refusal was answered with %q", name, answer)
			}
			p.Say("%s NO AUTHENTICATE failed.", p.Tag)
		}})
		token := &bearer{}
		b, err := imap.Dial(context.Background(), imap.Server{Host: s.Host, Port: s.Port, CA: s.CA}, token)
		if data.Code(err) != c.code || token.renewed != c.renewed {
			t.Errorf("%s: %v, renewed %d times", name, err, token.renewed)
		}
		if err != nil && strings.Contains(fmt.Sprintf("%v %+v", err, errors.Unwrap(err)), "token0") {
			t.Errorf("%s: the token stands in the error", name)
		}
		if b != nil {
			_ = b.Close()
		}
	}
}

// TestDraftThatIsRefused: input 30.
func TestDraftThatIsRefused(t *testing.T) {
	for said, code := range map[string]string{
		"NO nei": imap.CodeRefused, "NO [OVERQUOTA] fullt": imap.CodeFull, "NO [TRYCREATE] finnes ikke": imap.CodeNoFolder,
	} {
		for _, late := range []bool{false, true} {
			s := mailtest.Script(t, answers{"APPEND": func(p *mailtest.Peer) {
				if late {
					p.Say("+ ja")
					p.Skip(int64(len(letter(1))))
					p.Line()
				}
				p.Say("%s %s", p.Tag, said)
			}})
			b, err := open(t, s)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Append(context.Background(), "Utkast", letter(1), time.Now()); data.Code(err) != code {
				t.Errorf("%s, late %v: %v", said, late, err)
			}
			onlyReads(t, s.Commands())
		}
	}
	b, err := open(t, mailtest.Script(t, answers{"APPEND": func(p *mailtest.Peer) {
		p.Say("+ ja")
		p.Skip(int64(len(letter(1))))
		p.Cut()
	}}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Append(context.Background(), "Utkast", letter(1), time.Now()); data.Code(err) != imap.CodeClosed {
		t.Error("lost after the data:", err)
	}
}
