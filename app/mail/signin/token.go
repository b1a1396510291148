package signin

import (
	"context"
	"log/slog"
	"time"

	"github.com/emersion/go-sasl"
	"golang.org/x/oauth2"

	"kompetansepilot/data"
)

// Renewal times.
const (
	early = 5 * time.Minute  // a token is renewed so long before it runs out
	young = 30 * time.Second // a token that was refused so soon after it came is not to blame
)

// Kept is where the refresh token of a mailbox lies.
type Kept interface {
	Load() (refresh string, err error)
	Save(refresh string) error
}

// Tokens signs in with tokens. The access token is only in memory, and is renewed
// before it runs out and when the server refuses it.
type Tokens struct {
	client  Client
	mailbox string
	kept    Kept          // nil before the mailbox is known to open
	turn    chan struct{} // holds one: who may look at the rest

	token  *oauth2.Token // nil before the first
	at     time.Time     // when it came
	person string
}

// NewTokens signs in to a mailbox, by its address. The token is that of whoever
// signed in, also for a shared mailbox.
func NewTokens(c Client, mailbox string, kept Kept) *Tokens {
	return &Tokens{client: c, mailbox: mailbox, kept: kept, turn: make(chan struct{}, 1)}
}

// TokensOf signs in with what a person has just let the program have. Nothing is kept
// before Keep.
func TokensOf(c Client, mailbox string, g Grant) *Tokens {
	t := NewTokens(c, mailbox, nil)
	t.token, t.at, t.person = g.Token, time.Now(), g.Person
	return t
}

// Keep hands the refresh token to save, and from then on to kept.
func (t *Tokens) Keep(kept Kept, save func(refresh string) error) error {
	t.turn <- struct{}{}
	defer t.leave()
	if err := save(t.token.RefreshToken); err != nil {
		return err
	}
	t.kept = kept
	return nil
}

// Client implements Credential.
func (t *Tokens) Client(ctx context.Context) (sasl.Client, error) {
	if err := t.enter(ctx); err != nil {
		return nil, err
	}
	defer t.leave()
	if t.token == nil || !t.token.Expiry.IsZero() && time.Until(t.token.Expiry) < early {
		if err := t.renew(ctx); err != nil {
			return nil, err
		}
	}
	return NewXOAUTH2(t.mailbox, t.token.AccessToken, nil), nil
}

// Renew implements Credential. A token that has only just come is not renewed: then
// it is the mailbox that is closed.
func (t *Tokens) Renew(ctx context.Context) error {
	if err := t.enter(ctx); err != nil {
		return err
	}
	defer t.leave()
	if t.token != nil && time.Since(t.at) < young {
		return ErrNoRenewal
	}
	return t.renew(ctx)
}

// Person is who signed in, as far as it is known; "" when it is not.
func (t *Tokens) Person() string {
	t.turn <- struct{}{}
	defer t.leave()
	return t.person
}

func (t *Tokens) enter(ctx context.Context) error {
	select {
	case t.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t *Tokens) leave() { <-t.turn }

// renew gets a new access token for the refresh token that is kept. Another window
// may have had it changed meanwhile: then the new one is tried, once.
func (t *Tokens) renew(ctx context.Context) error {
	var refresh string
	var err error
	if t.kept == nil {
		refresh = t.token.RefreshToken
	} else if refresh, err = t.kept.Load(); err != nil {
		return err
	}
	token, err := t.ask(ctx, refresh)
	if t.kept != nil && data.Code(err) == CodeAgain {
		if other, loading := t.kept.Load(); loading == nil && other != refresh {
			refresh = other
			token, err = t.ask(ctx, refresh)
		}
	}
	if err != nil {
		return err
	}
	if t.kept != nil && token.RefreshToken != "" && token.RefreshToken != refresh {
		if err := t.kept.Save(token.RefreshToken); err != nil {
			slog.Warn("keep the new refresh token", "err", err) // the old one is still there
		}
	}
	t.token, t.at = token, time.Now()
	if p := personOf(token.AccessToken); p != "" {
		t.person = p
	}
	return nil
}

func (t *Tokens) ask(ctx context.Context, refresh string) (*oauth2.Token, error) {
	if err := t.client.Check(); err != nil {
		return nil, err
	}
	token, err := t.client.config("").TokenSource(t.client.asking(ctx), &oauth2.Token{RefreshToken: refresh}).Token()
	if err != nil {
		return nil, t.client.explain(err, false)
	}
	return token, nil
}
