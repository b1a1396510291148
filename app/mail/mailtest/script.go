package mailtest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Peer is a connection of a [Scripted] server, with the command it got last.
type Peer struct {
	Tag, Verb, Rest string
	Number          int // of the connection, from 1

	conn *tls.Conn
	in   *bufio.Reader
}

// Say sends a line.
func (p *Peer) Say(format string, args ...any) { p.Send(fmt.Sprintf(format, args...) + "\r\n") }

// Send sends bytes as they are.
func (p *Peer) Send(raw string) { _, _ = io.WriteString(p.conn, raw) } // the client may be gone

// OK ends the command well.
func (p *Peer) OK() { p.Say("%s OK ferdig", p.Tag) }

// Line reads what the client says next.
func (p *Peer) Line() string {
	line, _ := p.in.ReadString('\n')
	return strings.TrimRight(line, "\r\n")
}

// Skip reads n bytes.
func (p *Peer) Skip(n int64) { _, _ = io.CopyN(io.Discard, p.in, n) }

// End closes the connection with a farewell of TLS; Cut closes it without.
func (p *Peer) End() { _ = p.conn.Close() }

// Cut is a line that breaks.
func (p *Peer) Cut() { _ = p.conn.NetConn().Close() }

// Scripted is a server that answers as a test wants.
type Scripted struct {
	Host string
	Port int
	CA   *x509.CertPool

	mu       sync.Mutex
	commands []string
}

// Commands are the verbs that came, over all connections: "EXAMINE", "UID FETCH".
func (s *Scripted) Commands() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.commands...)
}

// Script starts a server with TLS. answers says what it does with a verb
// ("UID FETCH"), or with a new connection ("GREETING"); the others it answers like a
// server with one message, number 1.
func Script(tb testing.TB, answers map[string]func(p *Peer)) *Scripted {
	tb.Helper()
	return ScriptTLS(tb, answers, &tls.Config{})
}

// ScriptTLS is Script with other settings of TLS. Those without a certificate get
// one.
func ScriptTLS(tb testing.TB, answers map[string]func(p *Peer), config *tls.Config) *Scripted {
	tb.Helper()
	s := &Scripted{Host: "127.0.0.1"}
	s.Port, s.CA = listen(tb, config, func(c *tls.Conn, number int) {
		s.serve(&Peer{Number: number, conn: c, in: bufio.NewReader(c)}, answers)
	})
	return s
}

// listen takes connections until the test ends, each in a goroutine of its own.
func listen(tb testing.TB, config *tls.Config, serve func(c *tls.Conn, number int)) (port int, ca *x509.CertPool) {
	tb.Helper()
	dir := tb.TempDir()
	ca, _ = certificates(tb, dir)
	if len(config.Certificates) == 0 {
		pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"))
		if err != nil {
			tb.Fatal(err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		tb.Fatal(err)
	}
	var mu sync.Mutex
	var open []net.Conn
	var all sync.WaitGroup
	all.Go(func() {
		for number := 1; ; number++ {
			c, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open = append(open, c)
			mu.Unlock()
			all.Go(func() {
				defer c.Close()
				serve(c.(*tls.Conn), number)
			})
		}
	})
	tb.Cleanup(func() {
		_ = l.Close()
		mu.Lock()
		for _, c := range open {
			_ = c.(*tls.Conn).NetConn().Close()
		}
		mu.Unlock()
		all.Wait()
	})
	return l.Addr().(*net.TCPAddr).Port, ca
}

func (s *Scripted) serve(p *Peer, answers map[string]func(p *Peer)) {
	if greet := answers["GREETING"]; greet != nil {
		greet(p)
	} else {
		p.Say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] hei")
	}
	for {
		line, err := p.in.ReadString('\n')
		if err != nil {
			return
		}
		p.Tag, p.Verb, p.Rest = split(line)
		s.mu.Lock()
		s.commands = append(s.commands, p.Verb)
		s.mu.Unlock()
		if answer := answers[p.Verb]; answer != nil {
			answer(p)
			continue
		}
		switch p.Verb {
		case "CAPABILITY":
			p.Say("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2")
		case "EXAMINE":
			p.Say("* 1 EXISTS\r\n* OK [UIDVALIDITY 1] \r\n* OK [UIDNEXT 2] ")
		case "UID SEARCH":
			p.Say("* SEARCH 1")
		case "LOGOUT":
			p.Say("* BYE ha det")
		}
		p.OK()
	}
}

// split takes a command apart.
func split(line string) (tag, verb, rest string) {
	tag, rest, _ = strings.Cut(strings.TrimRight(line, "\r\n"), " ")
	verb, rest, _ = strings.Cut(rest, " ")
	if verb = strings.ToUpper(verb); verb == "UID" {
		var sub string
		sub, rest, _ = strings.Cut(rest, " ")
		verb += " " + strings.ToUpper(sub)
	}
	return tag, verb, rest
}

// Tee stands between a client and a server and writes down what the client says.
type Tee struct {
	Host string
	Port int
	CA   *x509.CertPool

	mu   sync.Mutex
	said map[int]*bytes.Buffer // by connection
}

// Listen puts a Tee before a server.
func Listen(tb testing.TB, s *Server) *Tee {
	tb.Helper()
	t := &Tee{Host: "127.0.0.1", said: map[int]*bytes.Buffer{}}
	t.Port, t.CA = listen(tb, &tls.Config{}, func(c *tls.Conn, number int) {
		far, err := tls.Dial("tcp", net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), &tls.Config{RootCAs: s.CA, ServerName: s.Host})
		if err != nil {
			return
		}
		defer far.Close()
		var back sync.WaitGroup
		back.Go(func() {
			_, _ = io.Copy(c, far)
			_ = c.Close()
		})
		_, _ = io.Copy(io.MultiWriter(far, &recorder{t, number}), c)
		_ = far.Close()
		back.Wait()
	})
	return t
}

type recorder struct {
	t      *Tee
	number int
}

func (r *recorder) Write(p []byte) (int, error) {
	r.t.mu.Lock()
	defer r.t.mu.Unlock()
	if r.t.said[r.number] == nil {
		r.t.said[r.number] = &bytes.Buffer{}
	}
	return r.t.said[r.number].Write(p)
}

// Commands are the verbs that the client sent; the content of literals is no
// command.
func (t *Tee) Commands() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var verbs []string
	for _, said := range t.said {
		rest, goesOn := said.String(), false
		for rest != "" {
			var line string
			line, rest, _ = strings.Cut(rest, "\r\n")
			if _, verb, _ := split(line); !goesOn && verb != "" {
				verbs = append(verbs, verb)
			}
			goesOn = false
			if i := strings.LastIndexByte(line, '{'); i >= 0 && strings.HasSuffix(line, "}") {
				n, err := strconv.Atoi(strings.TrimSuffix(line[i+1:len(line)-1], "+"))
				if goesOn = err == nil; goesOn {
					rest = rest[min(n, len(rest)):]
				}
			}
		}
	}
	return verbs
}
