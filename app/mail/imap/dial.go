package imap

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"kompetansepilot/app/mail/imap/guard"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
)

// Server is where a mailbox is. Only TLS from the first byte is spoken.
type Server struct {
	Host string
	Port int // 0 is 993
	// CA are the roots that are trusted instead of the system's. Only tests have
	// them, and only for a server on this machine.
	CA *x509.CertPool
}

// Limits of time.
const (
	dialTime = 30 * time.Second
	stall    = 60 * time.Second
	// batchTime is the longest that one command may take in all.
	batchTime = 20 * time.Minute
	// idleTime ends an IDLE before routers forget the connection.
	idleTime = 9 * time.Minute
)

// client is a Box on go-imap.
type client struct {
	host string
	c    *imapclient.Client
	conn *guard.Conn
	caps imap.CapSet
	news func()
	mu   sync.Mutex // news
}

var _ Box = (*client)(nil)

// Dial connects and signs in.
func Dial(ctx context.Context, server Server, credential signin.Credential) (Box, error) {
	b, err := dial(ctx, server, credential)
	if code := data.Code(err); code != CodeExpired && code != CodeAuth {
		return b, err
	}
	// Microsoft 365 gives no reason, so any refusal may be a token that has run out.
	switch renewal := credential.Renew(ctx); {
	case errors.Is(renewal, signin.ErrNoRenewal):
		return nil, err
	case renewal != nil:
		return nil, renewal // it says why, and what to do
	}
	return dial(ctx, server, credential)
}

func dial(ctx context.Context, server Server, credential signin.Credential) (Box, error) {
	if server.Port == 0 {
		server.Port = 993
	}
	host := join(server.Host, server.Port)
	if server.CA != nil && !loopback(server.Host) {
		return nil, data.NewError("mailTestCA", "Et eget rotsertifikat kan bare brukes mot en tjener på denne maskinen. Ingenting er sendt.", nil)
	}
	dialer := tls.Dialer{NetDialer: &net.Dialer{Timeout: dialTime}, Config: &tls.Config{ServerName: server.Host, RootCAs: server.CA, MinVersion: tls.VersionTLS12}}
	ctxDial, cancel := context.WithTimeout(ctx, dialTime)
	defer cancel()
	raw, err := dialer.DialContext(ctxDial, "tcp", net.JoinHostPort(server.Host, portText(server.Port)))
	if err != nil {
		return nil, dialFault(host, err)
	}
	limits := guard.Usual()
	limits.Stall = stall
	b := &client{host: host, conn: guard.New(raw, limits)}
	b.c = imapclient.New(b.conn, &imapclient.Options{UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Expunge: func(uint32) { b.tell() }, Mailbox: func(*imapclient.UnilateralDataMailbox) { b.tell() }, Fetch: func(m *imapclient.FetchMessageData) {
			_, _, _ = collect(m, nil) // nothing goes on before it is read
			b.tell()
		},
	}})
	if err := b.enter(ctx, credential); err != nil {
		_ = b.Close() // the first error says more
		return nil, err
	}
	return b, nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func (b *client) enter(ctx context.Context, credential signin.Credential) error {
	if err := b.do(ctx, dialTime, b.c.WaitGreeting); err != nil {
		return err
	}
	if b.c.State() != imap.ConnStateNotAuthenticated { // PREAUTH: nobody asked who we are
		return fault(CodeNonsense, b.host, errors.New("greeting without sign-in"))
	}
	exchange, err := credential.Client(ctx)
	if err != nil {
		return err
	}
	heard := &listener{Client: exchange}
	if err := b.do(ctx, dialTime, func() error { return b.c.Authenticate(heard) }); err != nil {
		return b.signInFault(err, heard.runOut)
	}
	return b.do(ctx, dialTime, func() error {
		b.caps = b.c.Caps()
		return nil
	})
}

// listener hears why a server refuses a token: XOAUTH2 says it in a challenge, and
// "401" is one that has run out. The refusal itself gives no reason.
type listener struct {
	sasl.Client
	runOut bool
}

// Next implements sasl.Client.
func (l *listener) Next(challenge []byte) ([]byte, error) {
	var said struct{ Status string }
	if json.Unmarshal(challenge, &said) == nil && said.Status == "401" {
		l.runOut = true
	}
	return l.Client.Next(challenge)
}

// signInFault tells a wrong password from a token that has run out.
func (b *client) signInFault(err error, runOut bool) error {
	var no *imap.Error
	if !errors.As(err, &no) {
		return err
	}
	text := strings.ToLower(no.Text)
	switch {
	case runOut, no.Code == imap.ResponseCodeExpired, strings.Contains(text, "expired"):
		return fault(CodeExpired, b.host, err)
	case no.Code == imap.ResponseCodeUnavailable, no.Code == imap.ResponseCodeLimit, throttles(text):
		return fault(CodeThrottled, b.host, err)
	case notConnected(text):
		return fault(CodeNotConnected, b.host, err)
	}
	return fault(CodeAuth, b.host, err)
}

// do runs a command under a watchdog: when ctx ends, or the time, the connection
// is closed, which frees the command. Its error has a sentence.
func (b *client) do(ctx context.Context, most time.Duration, command func() error) error {
	done := make(chan struct{})
	var watching sync.WaitGroup
	var ended error
	watching.Go(func() {
		timer := time.NewTimer(most)
		defer timer.Stop()
		select {
		case <-done:
			return
		case <-ctx.Done():
			ended = ctx.Err()
		case <-timer.C:
			ended = os.ErrDeadlineExceeded
		}
		_ = b.c.Close() // the command gets the error
	})
	err := command()
	close(done)
	watching.Wait()
	if ended != nil {
		err = ended
	}
	return b.explain(err)
}

// explain gives an error its sentence; one that has a sentence keeps it.
func (b *client) explain(err error) error {
	var no *imap.Error
	var timeout net.Error
	switch {
	case err == nil, data.Code(err) != "", errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &no):
		return b.refusal(no)
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fault(CodeTimeout, b.host, err)
	case errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), io.ErrUnexpectedEOF.Error()):
		// cut off in the middle; the farewell may say why
		if slices.ContainsFunc(b.conn.Notices(), throttles) {
			return fault(CodeThrottled, b.host, err)
		}
		return fault(CodeClosed, b.host, err)
	case errors.Is(err, guard.ErrLimit), strings.Contains(err.Error(), "imapwire"), strings.Contains(err.Error(), "in response"):
		return fault(CodeNonsense, b.host, err)
	case slices.ContainsFunc(b.conn.Notices(), throttles): // it said so with its farewell
		return fault(CodeThrottled, b.host, err)
	}
	return fault(CodeClosed, b.host, err)
}

// throttles tells whether a server's words ask to come back later.
func throttles(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "too many") || strings.Contains(text, "throttl")
}

// notConnected knows what Microsoft 365 says when it has a mailbox closed for IMAP or
// for the person.
func notConnected(text string) bool { return strings.Contains(text, "authenticated but not connected") }

func (b *client) refusal(no *imap.Error) error {
	text := strings.ToLower(no.Text)
	switch {
	case no.Code == imap.ResponseCodeOverQuota || strings.Contains(text, "quota"):
		return fault(CodeFull, b.host, no)
	case no.Code == imap.ResponseCodeTryCreate, no.Code == imap.ResponseCodeNonExistent:
		return fault(CodeNoFolder, b.host, no)
	case no.Code == imap.ResponseCodeUnavailable, no.Code == imap.ResponseCodeLimit, throttles(text):
		return fault(CodeThrottled, b.host, no)
	case notConnected(text):
		return fault(CodeNotConnected, b.host, no)
	}
	return fault(CodeRefused, b.host, no)
}

func dialFault(host string, err error) error {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var verification *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	var alert tls.AlertError
	switch {
	case errors.As(err, &plain), errors.As(err, &alert), strings.Contains(err.Error(), "protocol version"):
		return fault(CodeNoTLS, host, err)
	case errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &invalid), errors.As(err, &verification):
		return fault(CodeUnknownCA, host, err)
	case errors.Is(err, io.EOF):
		return fault(CodeClosed, host, err)
	case errors.Is(err, context.Canceled):
		return err
	}
	return fault(CodeUnreached, host, err)
}

// tell passes news on, if somebody waits for them.
func (b *client) tell() {
	b.mu.Lock()
	news := b.news
	b.mu.Unlock()
	if news != nil {
		news()
	}
}

// Notices implements Box.
func (b *client) Notices() []string { return b.conn.Notices() }

// Close implements Box.
func (b *client) Close() error { return b.c.Close() }
