package mail_test

import (
	"slices"
	"testing"
	"time"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail"
	"kompetansepilot/app/mail/parse"
)

func TestInvitationWords(t *testing.T) {
	at := time.Date(2026, 3, 3, 15, 0, 0, 0, time.Local)
	for _, c := range []struct {
		i    parse.Invitation
		want []string
	}{
		{parse.Invitation{Summary: "Dialogmøte", Place: "Hamar", Organiser: parse.Address{Name: "Kari Berg", Address: "kari@berg.example"}, Start: at, End: at.Add(time.Hour)},
			[]string{"Innkalling: Dialogmøte", "Når: 3. mars 2026 kl. 15:00–16:00", "Hvor: Hamar", "Innkalt av: Kari Berg <kari@berg.example>"}},
		{parse.Invitation{Summary: "Samling", Method: "CANCEL", Start: at, End: at.AddDate(0, 0, 2), WholeDay: true, Repeats: true},
			[]string{"Avlyst: Samling", "Når: 3. mars 2026 til 5. mars 2026, og flere ganger"}},
		{parse.Invitation{Summary: "Tomt", Method: "REPLY", Start: at}, []string{"Svar på innkalling: Tomt", "Når: 3. mars 2026 kl. 15:00"}},
	} {
		if got := mail.InvitationWords(lang.New("nb"), c.i); !slices.Equal(got, c.want) {
			t.Errorf("%q", got)
		}
	}
}
