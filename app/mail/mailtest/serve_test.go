package mailtest

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// TestServe serves a mailbox for trying the program by hand, for as long as SERVE
// says ("10m"). It tells where, on the first line of the file that SERVE_AT names; in
// the same with .json are the endpoints of its provider of tokens.
func TestServe(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("SERVE"))
	if err != nil {
		t.Skip("SERVE names no time")
	}
	s := DovecotOAuth(t)
	at := time.Now().Add(-2000 * time.Hour)
	for i := range 2000 {
		who, text := fmt.Sprintf("Bedrift %d AS <post@bedrift%d.example>", i%80, i%80), "Hei, når begynner kurset? Vi vil melde på to ansatte.\r\n\r\nVennlig hilsen\r\nBedriften\r\n"
		if i%3 == 0 {
			text = "Hei, vi treng opplæring i sveising før sommaren. Kan de svare innan to veker?\r\n\r\nVenleg helsing\r\nVerkstaden\r\n"
		}
		subject := fmt.Sprintf("Spørsmål om kurs %d", i)
		if i == 1990 {
			who, subject, text = "HK-dir <post@hkdir.example>", "Tilsagnsbrev for Kompetansepiloter", "Innlandet fylkeskommune har fått innvilget kr 1 400 000 i tilskudd.\r\n\r\nSend aksept av vilkårene senest 15. desember 2026.\r\n"
		}
		day := at.Add(time.Duration(i) * time.Hour)
		s.Deliver(t, User, "", fmt.Appendf(nil, "From: %s\r\nTo: %s\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%d@hand.example>\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s", who, User, subject, day.Format(time.RFC1123Z), i, text), day)
	}
	if err := os.WriteFile(os.Getenv("SERVE_AT"), fmt.Appendf(nil, "%s %d %s\n", s.Host, s.Port, s.CAFile), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("SERVE_AT")+".json", []byte(s.OIDC.Endpoints()), 0o600); err != nil {
		t.Fatal(err)
	}
	s.OIDC.Opens(User)
	time.Sleep(long)
}
