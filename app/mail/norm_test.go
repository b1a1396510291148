package mail_test

import (
	"testing"

	"kompetansepilot/app/mail"
)

func TestNynorsk(t *testing.T) {
	for text, want := range map[string]bool{
		"Hei, eg veit ikkje kva vi skal gjere. Venleg helsing Kari": true,
		"Hei, jeg vet ikke hva vi skal gjøre. Vennlig hilsen Kari":  false,
		"Takk!": false, "": false,
	} {
		if got := mail.Nynorsk(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
