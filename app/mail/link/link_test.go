package link

import (
	"slices"
	"testing"
)

// few is a directory of a few records.
type few struct{}

func (few) ByAddress(a string) []string {
	return map[string][]string{"kari@bergsag.no": {"berg"}, "felles@huset.no": {"a", "b"}}[a]
}
func (few) ByDomain(d string) []string { return map[string][]string{"bergsag.no": {"berg"}}[d] }
func (few) ByName(n string) []string   { return map[string][]string{"berg sag as": {"berg"}}[n] }
func (few) Learned(p string) string {
	return map[string]string{"ola@gmail.com": "dal", "gmail.com": "dal"}[p]
}
func (few) ByNumber(n string) string {
	return map[string]string{"974760673": "brreg", "991825827": "berg"}[n]
}
func (few) ByCase(n string) string { return map[string]string{"2026/1234": "app", "2026/11": "app"}[n] }

func TestDecide(t *testing.T) {
	berg := []Link{{About: Organisation, Record: "berg"}}
	for name, c := range map[string]struct {
		facts  Facts
		record string
		reason string
		filed  bool
	}{
		"known address":       {Facts{With: []string{"Kari@Bergsag.no"}}, "berg", ReasonAddress, true},
		"address of two":      {Facts{With: []string{"felles@huset.no"}}, "a", ReasonAddress, false},
		"domain":              {Facts{With: []string{"nils@post.bergsag.no"}}, "berg", ReasonDomain, false},
		"domain and number":   {Facts{With: []string{"nils@bergsag.no"}, Text: "Org.nr. 991 825 827"}, "berg", ReasonDomain, true},
		"domain and name":     {Facts{With: []string{"nils@bergsag.no"}, Text: "Hilsen\nNils\nBerg Sag AS"}, "berg", ReasonDomain, false},
		"learnt":              {Facts{With: []string{"ola@gmail.com"}}, "dal", ReasonLearned, true},
		"public domain":       {Facts{With: []string{"per@gmail.com"}}, "", "", false},
		"case number":         {Facts{With: []string{"kari@bergsag.no"}, Text: "Vår ref. 2026/1234-2"}, "app", ReasonCase, true},
		"case number exactly": {Facts{Subject: "Sak 2026/1234"}, "app", ReasonCase, false},
		"organisation number": {Facts{Text: "Org.nr. 974 760 673 MVA"}, "brreg", ReasonNumber, false},
		"reply of one who took part": {Facts{With: []string{"Ny@elders.no"}, Earlier: []Earlier{{Links: []Link{{About: Organisation, Record: "dal"}}, With: []string{"ny@elders.no"}}}},
			"dal", ReasonReply, true},
		"reply to what was written here": {Facts{With: []string{"x@elders.no"}, Earlier: []Earlier{{Links: berg, Written: true}}}, "berg", ReasonToken, true},
		"signature":                      {Facts{With: []string{"x@gmail.com"}, Text: "Hei!\n\nHilsen\nNils\nBerg Sag AS"}, "berg", ReasonSigned, false},
		"sent on":                        {Facts{With: []string{"x@gmail.com"}, Inner: []string{"kari@bergsag.no"}}, "berg", ReasonForwarded, false},
		"copy":                           {Facts{With: []string{"x@gmail.com"}, Others: []string{"kari@bergsag.no"}}, "berg", ReasonReceiver, false},

		// Bad input 28: a sender that is not who it says.
		"dmarc says no":           {Facts{With: []string{"kari@bergsag.no"}, Doubt: DoubtRefused}, "berg", ReasonAddress, false},
		"dmarc and number":        {Facts{With: []string{"kari@bergsag.no"}, Text: "991825827", Doubt: DoubtRefused}, "berg", ReasonAddress, false},
		"dmarc and reply":         {Facts{With: []string{"kari@bergsag.no"}, Earlier: []Earlier{{Links: berg, Written: true}}, Doubt: DoubtRefused}, "berg", ReasonToken, false},
		"name is another address": {Facts{With: []string{"kari@bergsag.no"}, Doubt: DoubtClaims}, "berg", ReasonAddress, false},
		"two senders":             {Facts{With: []string{"kari@bergsag.no", "x@evil.example"}, Doubt: DoubtSenders}, "berg", ReasonAddress, false},
		"from us, not sent":       {Facts{With: []string{"kari@bergsag.no"}, Doubt: DoubtOwn}, "berg", ReasonAddress, false},

		// Bad input 29: what a stranger can write.
		"case number of a stranger":     {Facts{With: []string{"x@evil.example"}, Subject: "Sak 2026/1234"}, "app", ReasonCase, false},
		"guessed reply":                 {Facts{With: []string{"x@evil.example"}, Earlier: []Earlier{{Links: berg, With: []string{"kari@bergsag.no"}}}}, "berg", ReasonReply, false},
		"guessed reply and number":      {Facts{With: []string{"x@evil.example"}, Text: "991825827", Earlier: []Earlier{{Links: berg, With: []string{"kari@bergsag.no"}}}}, "berg", ReasonReply, false},
		"wrong check digit":             {Facts{Text: "Org.nr. 974 760 674"}, "", "", false},
		"a month of a stranger":         {Facts{With: []string{"x@evil.example"}, Text: "Timelista for 2026/11"}, "", "", false},
		"a month of somebody known":     {Facts{With: []string{"nils@bergsag.no"}, Text: "Timelista for 2026/11"}, "berg", ReasonDomain, false},
		"copy and number":               {Facts{With: []string{"x@evil.example"}, Others: []string{"kari@bergsag.no"}, Text: "991 825 827"}, "berg", ReasonNumber, false},
		"number and name of a stranger": {Facts{With: []string{"x@evil.example"}, Text: "Hilsen\nBerg Sag AS\n991 825 827"}, "berg", ReasonNumber, false},
	} {
		got := Decide(c.facts, few{})
		if c.record == "" {
			if len(got) > 0 {
				t.Errorf("%s: %+v", name, got)
			}
			continue
		}
		i := slices.IndexFunc(got, func(l Link) bool { return l.Record == c.record })
		if i < 0 || got[i].Reason != c.reason || got[i].Filed != c.filed {
			t.Errorf("%s: %+v", name, got)
		}
		if c.facts.Doubt != "" && slices.ContainsFunc(got, func(l Link) bool { return l.Filed }) {
			t.Errorf("%s: filed in doubt: %+v", name, got)
		}
	}
}

func TestDomain(t *testing.T) {
	for address, want := range map[string]string{"a@post.bergsag.no": "bergsag.no", "a@b.co.uk": "b.co.uk", "bergsag.no": "bergsag.no", "a@": ""} {
		if got := Domain(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}
