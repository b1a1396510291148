package mailgen

import (
	"crypto/sha256"
	"testing"

	"kompetansepilot/app/mail/parse"
)

func all(t *testing.T, o Options) []Message {
	t.Helper()
	var got []Message
	if err := Generate(o, func(m Message) error { got = append(got, m); return nil }); err != nil {
		t.Fatal(err)
	}
	return got
}

// TestSameSeedSameBytes makes a mailbox twice.
func TestSameSeedSameBytes(t *testing.T) {
	sum := func(seed uint64) [32]byte {
		h := sha256.New()
		for _, m := range all(t, Options{Seed: seed, N: 300, FileKB: 2}) {
			h.Write(m.Raw)
		}
		return [32]byte(h.Sum(nil))
	}
	if first, again := sum(1), sum(1); first != again || first == sum(2) {
		t.Error("the seed does not decide")
	}
}

// TestEveryKindCanBeRead looks for all kinds in both norms, oldest first, with
// the letters whole.
func TestEveryKindCanBeRead(t *testing.T) {
	kinds, subjects := map[string]int{}, map[string]bool{}
	var before Message
	for _, m := range all(t, Options{Seed: 1, N: 1500, FileKB: 2}) {
		if m.Date.Before(before.Date) {
			t.Fatal("not in order")
		}
		before = m
		kinds[m.Kind]++
		p := parse.Message(m.Raw)
		subjects[p.Subject] = true
		if p.Subject == "" || len(p.From) == 0 || p.Own == "" {
			t.Errorf("%s: %+v", m.Kind, p)
		}
		if m.Kind == Support && m.Folder == Inbox && len(p.Attachments) != 1 {
			t.Errorf("support letter: %+v", p.Attachments)
		}
		if m.Kind == Spoofed && !p.Refused || (m.Kind == Away || m.Kind == Newsletter) && !p.Automatic {
			t.Errorf("%s: %+v", m.Kind, p)
		}
	}
	for _, k := range []string{Contact, Enquiry, Support, Award, Refusal, Report, Invitation, Newsletter, Away, Spoofed, Bad} {
		if kinds[k] == 0 {
			t.Error("no", k)
		}
	}
	for _, s := range []string{"Hva trenger dere å kunne?", "Spørsmål om blåbær og støtte"} {
		if !subjects[s] {
			t.Error("no", s)
		}
	}
	t.Log(kinds)
}
