package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/oauth2"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// browserTime is how long a person has for signing in.
const browserTime = 10 * time.Minute

// answer is what the browser brought, and where the page waits for how it went.
type answer struct {
	code, fault, description, issuer string
	went                             chan error
}

// Browser lets the person sign in in the system's browser: OAuth 2.0 for programs on
// a machine (RFC 8252), with PKCE (RFC 7636) and one answer on a port of this machine
// that is open only meanwhile. open shows an address in the browser; words are for
// the page that the browser ends on.
func (c Client) Browser(ctx context.Context, words *lang.Printer, open func(address string)) (Grant, error) {
	if err := c.Check(); err != nil {
		return Grant{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, browserTime)
	defer cancel()
	listeners, port, err := listen()
	if err != nil {
		return Grant{}, data.NewError("mailLoopback", "Programmet fikk ikke åpne en port på denne PC-en for svaret fra nettleseren. Ingenting er lagret. Prøv «Logg på med kode», eller spør IT.", err)
	}
	host := c.Provider.Redirect
	if host == "" {
		host = "localhost"
	}
	redirect := "http://" + net.JoinHostPort(host, port)
	state, verifier := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
	answers := make(chan answer, 1)
	server := &http.Server{Handler: &receiver{port: port, state: state, words: words, answers: answers}, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	for _, l := range listeners {
		go func() { _ = server.Serve(l) }() // ends with Close
	}
	defer func() {
		shut, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second) // the page is on its way
		defer cancel()
		if server.Shutdown(shut) != nil {
			_ = server.Close()
		}
	}()

	conf := c.config(redirect)
	options := []oauth2.AuthCodeOption{oauth2.S256ChallengeOption(verifier)}
	if c.User != "" {
		options = append(options, oauth2.SetAuthURLParam("login_hint", c.User))
	}
	for name, value := range c.Provider.Parameters {
		options = append(options, oauth2.SetAuthURLParam(name, value))
	}
	open(conf.AuthCodeURL(state, options...))

	var a answer
	select {
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return Grant{}, c.fault(CodeSignInTimeout, "", "nobody signed in")
		}
		return Grant{}, ctx.Err()
	case a = <-answers:
	}
	grant, err := c.redeem(ctx, conf, a, verifier)
	a.went <- err
	return grant, err
}

// redeem changes the browser's answer into tokens.
func (c Client) redeem(ctx context.Context, conf *oauth2.Config, a answer, verifier string) (Grant, error) {
	switch {
	case !c.issuedBy(a.issuer):
		return Grant{}, c.fault(CodeWrongAnswer, "issuer", a.issuer)
	case a.fault != "":
		return Grant{}, c.refused(a.fault, a.description, false)
	case a.code == "":
		return Grant{}, c.fault(CodeWrongAnswer, "answer", "no code")
	}
	token, err := conf.Exchange(c.asking(ctx), a.code, oauth2.VerifierOption(verifier))
	if err != nil {
		return Grant{}, c.explain(err, false)
	}
	return c.grant(token)
}

// listen opens one port on this machine, for both kinds of addresses where there are
// both: a browser may try either for "localhost".
func listen() (all []net.Listener, port string, err error) {
	for range 5 {
		var l net.Listener
		if l, err = net.Listen("tcp4", "127.0.0.1:0"); err != nil {
			continue
		}
		port = strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
		other, sixth := net.Listen("tcp6", net.JoinHostPort("::1", port))
		if sixth == nil {
			return []net.Listener{l, other}, port, nil
		}
		if c, busy := net.DialTimeout("tcp6", net.JoinHostPort("::1", port), time.Second); busy == nil {
			// Somebody else has it, and would get the answer.
			_, _ = c.Close(), l.Close()
			err = fmt.Errorf("port %s is taken", port)
			continue
		}
		return []net.Listener{l}, port, nil
	}
	return nil, "", err
}

// receiver takes the browser's answer: the first that knows the state, and no other.
type receiver struct {
	port, state string
	words       *lang.Printer
	answers     chan answer
	taken       atomic.Bool
}

// ServeHTTP implements http.Handler.
func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Connection", "close")
	known := []string{"localhost:" + r.port, "127.0.0.1:" + r.port, "[::1]:" + r.port}
	if q.Method != http.MethodGet || q.URL.Path != "/" || !slices.Contains(known, q.Host) {
		http.NotFound(w, q)
		return
	}
	values := q.URL.Query()
	if subtle.ConstantTimeCompare([]byte(values.Get("state")), []byte(r.state)) != 1 {
		r.page(w, http.StatusBadRequest, r.words.T("signin.page.strange"), r.words.T("signin.page.strangeText"))
		return
	}
	if !r.taken.CompareAndSwap(false, true) {
		r.page(w, http.StatusGone, r.words.T("signin.page.used"), r.words.T("signin.page.usedText"))
		return
	}
	a := answer{values.Get("code"), values.Get("error"), values.Get("error_description"), values.Get("iss"), make(chan error, 1)}
	r.answers <- a
	select {
	case err := <-a.went:
		if err != nil {
			r.page(w, http.StatusOK, r.words.T("signin.page.failed"), r.words.T("signin.page.failedText"))
			return
		}
		r.page(w, http.StatusOK, r.words.T("signin.page.done"), r.words.T("signin.page.doneText"))
	case <-q.Context().Done():
	}
}

var finished = template.Must(template.New("").Parse(`<!doctype html>
<html lang="{{.Language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Title}}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 "Noto Sans","Segoe UI",sans-serif;margin:0;background:#F6F7F5;color:#16212B}
main{max-width:34rem;margin:16vh auto 0;padding:2rem;background:#fff;border:1px solid #D5DBDF;border-radius:8px}h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0}
@media(prefers-color-scheme:dark){body{background:#12191F;color:#E8EDF0}main{background:#1B242B;border-color:#33404A}}</style></head>
<body><main><h1>{{.Title}}</h1><p>{{.Text}}</p></main></body></html>
`))

func (r *receiver) page(w http.ResponseWriter, status int, title, text string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = finished.Execute(w, struct{ Language, Title, Text string }{r.words.Code(), title, text}) // the browser may be gone
}
