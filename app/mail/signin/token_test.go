package signin_test

import (
	"context"
	"errors"
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/mailtest"
	"kompetansepilot/app/mail/signin"
	"kompetansepilot/data"
)

// shelf gives one refresh token after the other, as when another window changes it.
type shelf struct {
	tokens []string
	saved  string
}

func (s *shelf) Load() (string, error) {
	now := s.tokens[0]
	if len(s.tokens) > 1 {
		s.tokens = s.tokens[1:]
	}
	return now, nil
}

func (s *shelf) Save(refresh string) error {
	s.saved = refresh
	return nil
}

// TestAnotherWindowChangedTheToken takes the new one, once, and does not go on.
func TestAnotherWindowChangedTheToken(t *testing.T) {
	o := mailtest.NewOIDC(t)
	pages := make(chan string, 1)
	grant, err := clientOf(o).Browser(context.Background(), lang.New("nb"), visit(t, o, pages))
	if err != nil {
		t.Fatal(err)
	}
	<-pages
	s := &shelf{tokens: []string{"gammel", grant.Token.RefreshToken}}
	tokens := signin.NewTokens(clientOf(o), mailtest.Person, s)
	if _, err := tokens.Client(context.Background()); err != nil || s.saved == "" || s.saved == grant.Token.RefreshToken || tokens.Person() != mailtest.Person {
		t.Error(err, s.saved)
	}
	if err := tokens.Renew(context.Background()); !errors.Is(err, signin.ErrNoRenewal) {
		t.Error("a token that has only just come was renewed:", err)
	}
	before := len(o.Asked())
	late := signin.NewTokens(clientOf(o), mailtest.Person, &shelf{tokens: []string{"gammel", "eldre", "eldst"}})
	if _, err := late.Client(context.Background()); data.Code(err) != signin.CodeAgain || len(o.Asked()) != before+2 {
		t.Error(err, len(o.Asked())-before)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := late.Client(ctx); !errors.Is(err, context.Canceled) {
		t.Error("cancelled:", err)
	}
}
