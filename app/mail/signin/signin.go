// Package signin is how the program gets into a mailbox: where its server is,
// with a password or by OAuth 2.0, and the keychain where the secret lies.
package signin

import (
	"context"
	"errors"

	"github.com/emersion/go-sasl"
)

// Credential signs in. Its methods may be called from any goroutine but Fyne's.
type Credential interface {
	// Client is a new exchange with the server.
	Client(ctx context.Context) (sasl.Client, error)
	// Renew is called once after the server refused a token that has run out. It
	// gives ErrNoRenewal when there is nothing to renew.
	Renew(ctx context.Context) error
}

// ErrNoRenewal tells that signing in again would be the same.
var ErrNoRenewal = errors.New("nothing to renew")

// Password is a user with a password.
type Password struct{ User, Secret string }

// Client implements Credential.
func (p Password) Client(context.Context) (sasl.Client, error) {
	return sasl.NewPlainClient("", p.User, p.Secret), nil
}

// Renew implements Credential.
func (Password) Renew(context.Context) error { return ErrNoRenewal }

// xoauth2 is XOAUTH2 as Google and Microsoft describe it.
type xoauth2 struct {
	user, token string
	// Challenge is what the server said when it refused: JSON with a status.
	challenge *string
}

// NewXOAUTH2 makes an exchange that hands over a token. user is the mailbox: for a
// shared one its address, while the token is the person's. challenge, which may be
// nil, gets what the server says when it refuses.
func NewXOAUTH2(user, token string, challenge *string) sasl.Client {
	return &xoauth2{user, token, challenge}
}

// Start implements sasl.Client.
func (x *xoauth2) Start() (mech string, ir []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the server's refusal with one byte: an empty answer is sent as "="
// by go-imap, which Dovecot takes for a fault instead of saying no.
func (x *xoauth2) Next(challenge []byte) ([]byte, error) {
	if x.challenge != nil {
		*x.challenge = string(challenge)
	}
	return []byte{1}, nil
}
