package mailtest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansepilot/app/mail/signin"
)

// What the provider of the tests knows.
const (
	ClientID = "11111111-2222-4333-8444-555555555555"
	Person   = "kari.nordmann@fylke.example"
	Shared   = "postmottak@fylke.example" // a mailbox that Person has the right to
)

// OIDC is a provider of tokens on this machine, over TLS: it signs people in without
// asking, checks PKCE, uses every code once and changes its refresh tokens.
type OIDC struct {
	Address string // "https://127.0.0.1:port"
	CA      *x509.CertPool
	Root    *x509.Certificate // what CA holds

	key *rsa.PrivateKey

	mu        sync.Mutex
	person    string
	shared    string        // mailbox that the tokens open besides
	life      time.Duration // of an access token
	refusal   map[string][2]string
	codes     map[string]grantOf
	refresh   map[string]string // who a refresh token belongs to
	issued    []string
	asked     []url.Values
	device    string // code that waits
	answered  bool
	pad       int
	forgetful bool
	issuer    string
	scope     string
}

type grantOf struct{ challenge, redirect, person string }

// NewOIDC starts a provider with a certificate of its own.
func NewOIDC(tb testing.TB) *OIDC {
	tb.Helper()
	dir := tb.TempDir()
	ca, _ := certificates(tb, dir)
	return serveOIDC(tb, dir, ca)
}

// serveOIDC starts a provider with the certificate in a folder.
func serveOIDC(tb testing.TB, dir string, ca *x509.CertPool) *OIDC {
	tb.Helper()
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"))
	if err != nil {
		tb.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
	if err != nil {
		tb.Fatal(err)
	}
	block, _ := pem.Decode(raw)
	root, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		tb.Fatal(err)
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		tb.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		tb.Fatal(err)
	}
	o := &OIDC{Address: "https://" + l.Addr().String(), CA: ca, Root: root, key: key, person: Person, life: time.Hour,
		refusal: map[string][2]string{}, codes: map[string]grantOf{}, refresh: map[string]string{}}
	o.issuer = o.Address
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", o.authorize)
	mux.HandleFunc("POST /token", o.token)
	mux.HandleFunc("POST /device", o.deviceCode)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(l) }() // ends with Close
	tb.Cleanup(func() { _ = server.Close() })
	return o
}

// Provider is the provider as the program is told of it.
func (o *OIDC) Provider() signin.Provider {
	return signin.Provider{ID: "test", Name: "Fylkespålogging", Authorize: o.Address + "/authorize", Token: o.Address + "/token", Device: o.Address + "/device",
		Issuer: o.Address, IssuerSent: true, Scopes: []string{"https://outlook.office.com/IMAP.AccessAsUser.All", "offline_access"}, Parameters: map[string]string{"prompt": "select_account"}}
}

// Endpoints is Provider as an account keeps it.
func (o *OIDC) Endpoints() string {
	raw, _ := json.Marshal(o.Provider()) // texts only
	return string(raw)
}

// Browser is a browser whose person says yes to everything. It gives the text of the
// page that it ends on.
func (o *OIDC) Browser(address string) (string, error) {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: o.CA}, DisableKeepAlives: true}, Timeout: 20 * time.Second}
	r, err := client.Get(address)
	if err != nil {
		return "", err
	}
	defer r.Body.Close()
	raw, err := io.ReadAll(r.Body)
	return string(raw), err
}

// set changes the provider, safely while it serves.
func (o *OIDC) set(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f()
}

// Life sets how long the access tokens from now on live.
func (o *OIDC) Life(d time.Duration) { o.set(func() { o.life = d }) }

// SignsIn sets who signs in from now on.
func (o *OIDC) SignsIn(person string) { o.set(func() { o.person = person }) }

// Opens gives the tokens from now on the right to a shared mailbox.
func (o *OIDC) Opens(mailbox string) { o.set(func() { o.shared = mailbox }) }

// Refuse answers at "authorize", "token", "refresh" or "device" with an error; an
// empty code ends that.
func (o *OIDC) Refuse(at, code, description string) {
	o.set(func() { o.refusal[at] = [2]string{code, description} })
}

// Pad makes the refresh tokens from now on so many bytes longer.
func (o *OIDC) Pad(bytes int) { o.set(func() { o.pad = bytes }) }

// Issuer changes what the answers call the provider.
func (o *OIDC) Issuer(name string) { o.set(func() { o.issuer = name }) }

// Scope is what the tokens say that they may do; "" is all that was asked for.
func (o *OIDC) Scope(scope string) { o.set(func() { o.scope = scope }) }

// Forgetful gives no refresh tokens from now on.
func (o *OIDC) Forgetful() { o.set(func() { o.forgetful = true }) }

// Approve lets whoever has a code sign in.
func (o *OIDC) Approve() { o.set(func() { o.answered = true }) }

// Revoke makes all refresh tokens worthless.
func (o *OIDC) Revoke() { o.set(func() { clear(o.refresh) }) }

// Issued are all tokens that were ever given, for looking for them where they must
// not be.
func (o *OIDC) Issued() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.issued...)
}

// Asked are the questions for tokens, in order.
func (o *OIDC) Asked() []url.Values {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]url.Values(nil), o.asked...)
}

func random() string {
	raw := make([]byte, 18)
	_, _ = rand.Read(raw) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

func (o *OIDC) authorize(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || back.Scheme != "http" || net.ParseIP(back.Hostname()) == nil && back.Hostname() != "localhost" {
		http.Error(w, "AADSTS50011", http.StatusBadRequest)
		return
	}
	answer := url.Values{"state": {q.Get("state")}}
	if o.issuer != "" {
		answer.Set("iss", o.issuer)
	}
	no := o.refusal["authorize"]
	switch {
	case no[0] != "":
		answer.Set("error", no[0])
		answer.Set("error_description", no[1])
	case q.Get("client_id") != ClientID || q.Get("response_type") != "code" || q.Get("code_challenge_method") != "S256" || q.Get("scope") == "":
		answer.Set("error", "invalid_request")
		answer.Set("error_description", r.URL.RawQuery)
	default:
		code := random()
		o.codes[code] = grantOf{q.Get("code_challenge"), q.Get("redirect_uri"), o.person}
		answer.Set("code", code)
	}
	if back.Path == "" {
		back.Path = "/"
	}
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (o *OIDC) deviceCode(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if no := o.refusal["device"]; no[0] != "" {
		refuse(w, no[0], no[1])
		return
	}
	o.device = random()
	write(w, http.StatusOK, map[string]any{"device_code": o.device, "user_code": "ABCD-EFGH", "verification_uri": o.Address + "/kode", "expires_in": 300, "interval": 1})
}

func (o *OIDC) token(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := r.ParseForm(); err != nil {
		refuse(w, "invalid_request", err.Error())
		return
	}
	form := r.PostForm
	o.asked = append(o.asked, form)
	if form.Get("client_id") != ClientID {
		refuse(w, "unauthorized_client", "AADSTS700016: Application not found in the directory.")
		return
	}
	kind := map[string]string{"refresh_token": "refresh"}[form.Get("grant_type")]
	if kind == "" {
		kind = "token"
	}
	if no := o.refusal[kind]; no[0] != "" {
		refuse(w, no[0], no[1])
		return
	}
	switch form.Get("grant_type") {
	case "authorization_code":
		g, ok := o.codes[form.Get("code")]
		delete(o.codes, form.Get("code"))
		sum := sha256.Sum256([]byte(form.Get("code_verifier")))
		if !ok || g.redirect != form.Get("redirect_uri") || g.challenge != base64.RawURLEncoding.EncodeToString(sum[:]) {
			refuse(w, "invalid_grant", "AADSTS501481: The Code_Verifier does not match.")
			return
		}
		o.give(w, g.person)
	case "refresh_token":
		person, ok := o.refresh[form.Get("refresh_token")]
		if !ok {
			refuse(w, "invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity.")
			return
		}
		delete(o.refresh, form.Get("refresh_token")) // each is used once
		o.give(w, person)
	case "urn:ietf:params:oauth:grant-type:device_code":
		switch {
		case o.device == "" || form.Get("device_code") != o.device:
			refuse(w, "bad_verification_code", "")
		case !o.answered:
			refuse(w, "authorization_pending", "")
		default:
			o.device = ""
			o.give(w, o.person)
		}
	default:
		refuse(w, "unsupported_grant_type", "")
	}
}

// give answers with new tokens.
func (o *OIDC) give(w http.ResponseWriter, person string) {
	access, refresh := o.mint(person), random()+strings.Repeat("r", o.pad)
	o.refresh[refresh] = person
	o.issued = append(o.issued, access, refresh)
	body := map[string]any{"token_type": "Bearer", "access_token": access, "refresh_token": refresh, "expires_in": int(o.life.Seconds())}
	if o.forgetful {
		delete(body, "refresh_token")
	}
	if o.scope != "" {
		body["scope"] = o.scope
	}
	write(w, http.StatusOK, body)
}

// mint makes an access token as Dovecot reads it: a signed JWT.
func (o *OIDC) mint(person string) string {
	part := func(v any) string {
		raw, _ := json.Marshal(v) // texts and numbers
		return base64.RawURLEncoding.EncodeToString(raw)
	}
	now := time.Now()
	text := part(map[string]string{"alg": "RS256", "typ": "JWT", "kid": "1"}) + "." + part(map[string]any{
		"iss": o.Address, "azp": "program", "aud": "imap", "sub": person, "upn": person, "shared": o.shared, "jti": random(),
		"iat": now.Add(-2 * time.Minute).Unix(), "nbf": now.Add(-2 * time.Minute).Unix(), "exp": now.Add(o.life).Unix(), "scope": "imap"})
	sum := sha256.Sum256([]byte(text))
	mark, err := rsa.SignPKCS1v15(rand.Reader, o.key, crypto.SHA256, sum[:])
	if err != nil {
		return "x.x.x"
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(mark)
}

// lay writes the key that the tokens are checked with to where Dovecot looks for it.
func (o *OIDC) lay(tb testing.TB, dir string) {
	tb.Helper()
	raw, err := x509.MarshalPKIXPublicKey(&o.key.PublicKey)
	if err != nil {
		tb.Fatal(err)
	}
	folder := filepath.Join(dir, "keys", "program", "RS256")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "1"), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: raw}), 0o644); err != nil {
		tb.Fatal(err)
	}
}

// passdb is how Dovecot checks the tokens: of the person's own mailbox, and of a
// shared one.
func (o *OIDC) passdb(tb testing.TB, dir string) string {
	tb.Helper()
	var all strings.Builder
	for _, claim := range []string{"sub", "shared"} {
		path := filepath.Join(dir, "oauth2-"+claim)
		config := fmt.Sprintf("introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix=%s/keys/\nissuers = %s\nusername_attribute = %s\nclient_id = imap\nscope = imap\n", dir, o.Address, claim)
		if err := os.WriteFile(path, []byte(config), 0o644); err != nil {
			tb.Fatal(err)
		}
		fmt.Fprintf(&all, "passdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = %s\n}\n", path)
	}
	return all.String()
}

func refuse(w http.ResponseWriter, code, description string) {
	write(w, http.StatusBadRequest, map[string]any{"error": code, "error_description": description})
}

func write(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the program may be gone
}
