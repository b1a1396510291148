package signin

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"kompetansepilot/data"
)

// Client is the program as the county has registered it with a provider.
type Client struct {
	Provider Provider
	ID       string // the client id
	Tenant   string // "" is the provider's usual one
	Secret   string // "" where there is none
	User     string // who signs in, by address; a hint to the provider
	// CA are the roots that are trusted instead of the system's. Only tests have
	// them, and only for a provider on this machine.
	CA *x509.CertPool
}

// Grant is what a person has let the program have.
type Grant struct {
	Token  *oauth2.Token // with a refresh token
	Person string        // who signed in, or "" when the token does not tell
}

// askTime is the longest that one question to a provider may take.
const askTime = 30 * time.Second

// Check tells what is missing before anybody is asked to sign in.
func (c Client) Check() error {
	switch {
	case c.ID == "":
		return data.NewError("mailNoClient", "Klient-ID mangler. Ingenting er lagret. Be IT registrere programmet hos {{.Provider}} og gi deg ID-en.", nil, "Provider", c.Provider.Name)
	case !isClient(c.ID):
		return data.NewError("mailClientForm", "«{{.Client}}» er ikke en klient-ID. Ingenting er lagret. Lim inn ID-en slik IT ga deg den.", nil, "Client", c.ID)
	case c.Tenant != "" && !isTenant(c.Tenant):
		return data.NewError("mailTenantForm", "«{{.Tenant}}» er ikke en leietaker. Ingenting er lagret. Skriv domenet, for eksempel fylke.no, eller ID-en du fikk av IT.", nil, "Tenant", c.Tenant)
	case c.Provider.Secret && c.Secret == "":
		return data.NewError("mailClientSecret", "{{.Provider}} krever også en klienthemmelighet. Ingenting er lagret. Be IT om den; den hører til klient-ID-en.", nil, "Provider", c.Provider.Name)
	}
	if c.CA != nil && !(loopback(c.Provider.Authorize) && loopback(c.Provider.Token) && (c.Provider.Device == "" || loopback(c.Provider.Device))) {
		return data.NewError("mailTestCASignIn", "Et eget rotsertifikat kan bare brukes mot en påloggingstjeneste på denne maskinen. Ingenting er sendt.", nil)
	}
	return nil
}

func (c Client) config(redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.ID, ClientSecret: c.Secret, RedirectURL: redirect, Scopes: c.Provider.Scopes,
		// A style that is found out by trying would use up the code.
		Endpoint: oauth2.Endpoint{AuthURL: c.fill(c.Provider.Authorize), TokenURL: c.fill(c.Provider.Token), DeviceAuthURL: c.fill(c.Provider.Device), AuthStyle: oauth2.AuthStyleInParams},
	}
}

// asking is ctx with the client that questions to the provider go through. It
// follows no redirect: what it sends is secret.
func (c Client) asking(ctx context.Context) context.Context {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: c.CA, MinVersion: tls.VersionTLS12}
	transport.DisableKeepAlives = true
	return context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Transport: transport, Timeout: askTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }})
}

// grant looks at a new token.
func (c Client) grant(t *oauth2.Token) (Grant, error) {
	if given, _ := t.Extra("scope").(string); given != "" && !c.mayRead(given) {
		return Grant{}, data.NewError("mailScopeDenied", "{{.Provider}} ga ikke programmet lov til å lese e-posten. Ingenting er lagret. Logg på igjen, og kryss av for e-post når du blir spurt.", nil, "Provider", c.Provider.Name)
	}
	if t.RefreshToken == "" {
		return Grant{}, data.NewError("mailNoRefresh", "{{.Provider}} ga ingen varig pålogging. Ingenting er lagret. IT må la appen {{.Client}} få «offline_access».", nil, "Provider", c.Provider.Name, "Client", c.ID)
	}
	return Grant{t, personOf(t.AccessToken)}, nil
}

// mayRead tells whether the scopes that were given hold those that were asked for.
func (c Client) mayRead(given string) bool {
	all := strings.Fields(strings.ToLower(given))
	for _, s := range c.Provider.Scopes {
		if s == "offline_access" { // is never named in the answer
			continue
		}
		s = strings.ToLower(s)
		short := s[strings.LastIndexByte(s, '/')+1:]
		if !slices.Contains(all, s) && (short == "" || !slices.Contains(all, short)) {
			return false
		}
	}
	return true
}
