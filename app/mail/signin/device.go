package signin

import (
	"context"
	"errors"
	"net/url"
	"time"

	"kompetansepilot/data"
)

// Prompt is what a person does to sign in with a code: open Address, on any
// machine, and write Code.
type Prompt struct {
	Code    string
	Address string // https
	Until   time.Time
}

// WithCode lets the person sign in with a code on any machine (RFC 8628). show tells
// what to do; WithCode then waits.
func (c Client) WithCode(ctx context.Context, show func(Prompt)) (Grant, error) {
	if err := c.Check(); err != nil {
		return Grant{}, err
	}
	if c.Provider.Device == "" {
		return Grant{}, data.NewError("mailNoDevice", "{{.Provider}} tillater ikke pålogging med kode for e-post. Ingenting er lagret. Slå av «Logg på med kode», og logg på i nettleseren.", nil, "Provider", c.Provider.Name)
	}
	ctx = c.asking(ctx)
	conf := c.config("")
	asked, err := conf.DeviceAuth(ctx)
	if err != nil {
		return Grant{}, c.explain(err, true)
	}
	if u, err := url.Parse(asked.VerificationURI); err != nil || u.Scheme != "https" {
		return Grant{}, c.fault(CodeWrongAnswer, "verification_uri", asked.VerificationURI)
	}
	until := time.Now().Add(browserTime)
	if !asked.Expiry.IsZero() && asked.Expiry.Before(until) {
		until = asked.Expiry
	}
	show(Prompt{asked.UserCode, asked.VerificationURI, until})
	waiting, cancel := context.WithDeadline(ctx, until)
	defer cancel()
	token, err := conf.DeviceAccessToken(waiting, asked)
	switch {
	case err != nil && errors.Is(waiting.Err(), context.DeadlineExceeded) && ctx.Err() == nil:
		return Grant{}, c.fault(CodeCodeTooOld, "", "nobody signed in")
	case err != nil:
		return Grant{}, c.explain(err, true)
	}
	return c.grant(token)
}
