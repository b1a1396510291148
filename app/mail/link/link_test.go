package link

import "testing"

// book is a directory of a few records.
type book struct{}

func (book) ByAddress(a string) []string {
	return map[string][]string{"kari@bergsag.no": {"berg"}, "felles@huset.no": {"a", "b"}}[a]
}
func (book) ByDomain(d string) []string { return map[string][]string{"bergsag.no": {"berg"}}[d] }
func (book) Learned(p string) string    { return map[string]string{"ola@gmail.com": "dal"}[p] }
func (book) ByNumber(n string) string   { return map[string]string{"974760673": "brreg"}[n] }
func (book) ByCase(n string) string     { return map[string]string{"2026/1234": "app"}[n] }

func TestDecide(t *testing.T) {
	for name, c := range map[string]struct {
		facts  Facts
		record string
		reason string
		filed  bool
	}{
		"known address":       {Facts{Others: []string{"Kari@Bergsag.no"}}, "berg", ReasonAddress, true},
		"address of two":      {Facts{Others: []string{"felles@huset.no"}}, "a", ReasonAddress, false},
		"domain":              {Facts{Others: []string{"nils@post.bergsag.no"}}, "berg", ReasonDomain, false},
		"learnt":              {Facts{Others: []string{"ola@gmail.com"}}, "dal", ReasonLearned, true},
		"public domain":       {Facts{Others: []string{"per@gmail.com"}}, "", "", false},
		"case number":         {Facts{Subject: "Vår ref. 2026/1234-2"}, "app", ReasonCase, false},
		"case number exactly": {Facts{Subject: "Sak 2026/1234"}, "app", ReasonCase, false},
		"organisation number": {Facts{Text: "Org.nr. 974 760 673 MVA"}, "brreg", ReasonNumber, false},
		"wrong check digit":   {Facts{Text: "Org.nr. 974 760 674"}, "", "", false},
		"reply":               {Facts{Earlier: []Link{{About: Organisation, Record: "dal"}}}, "dal", ReasonReply, true},
		"sender is not real":  {Facts{Others: []string{"kari@bergsag.no"}, Refused: true}, "berg", ReasonAddress, false},
	} {
		got := Decide(c.facts, book{})
		if c.record == "" {
			if len(got) > 0 {
				t.Errorf("%s: %+v", name, got)
			}
			continue
		}
		if len(got) == 0 || got[0].Record != c.record || got[0].Reason != c.reason || got[0].Filed != c.filed {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestTwoReasonsAgree files what neither would file alone.
func TestTwoReasonsAgree(t *testing.T) {
	got := Decide(Facts{Others: []string{"nils@bergsag.no"}, Earlier: nil, Text: "974760673"}, book{})
	if len(got) != 2 || got[0].Filed || got[1].Filed {
		t.Errorf("%+v", got)
	}
}

func TestDomain(t *testing.T) {
	for address, want := range map[string]string{"a@post.bergsag.no": "bergsag.no", "a@b.co.uk": "b.co.uk", "bergsag.no": "bergsag.no", "a@": ""} {
		if got := Domain(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}
