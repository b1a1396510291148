// Package link finds which record a message belongs to, and says why. The rules
// are tried in a fixed order, the surest first; only what is certain, or what two
// rules agree on, is filed without being asked.
package link

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"kompetansepilot/app/reference"
)

// Kinds of records that mail belongs to.
const (
	Organisation = "organisation"
	Application  = "application"
)

// Reasons, the surest first. The words for them are in the translations.
const (
	ReasonTaken   = "taken"   // the user said so
	ReasonReply   = "reply"   // it answers a message that is filed there
	ReasonCase    = "case"    // its case number
	ReasonNumber  = "number"  // the organisation's number stands in it
	ReasonAddress = "address" // the address is known there
	ReasonLearned = "learned" // the user has tied the address or domain to it
	ReasonDomain  = "domain"  // the address's domain is the organisation's
)

// Link is a record that a message belongs to, or may belong to.
type Link struct {
	About      string  `json:"about"`
	Record     string  `json:"record"`
	Reason     string  `json:"reason"`
	Detail     string  `json:"detail"` // what the reason rests on: the address, the number
	Confidence float64 `json:"confidence"`
	Filed      bool    `json:"filed"` // without being asked
}

// Facts are what the rules read of a message.
type Facts struct {
	// Others are the addresses of the sender and the receivers, but for the county's
	// own.
	Others  []string
	Subject string
	Text    string // what the sender wrote beside the quoted
	Files   []string
	// Refused tells that the receiver's server says the sender is not real.
	Refused bool
	// Earlier are the links of the messages that it refers to, which are filed.
	Earlier []Link
}

// Directory knows the records. Its answers are ids.
type Directory interface {
	ByAddress(address string) (organisations []string)
	ByDomain(domain string) (organisations []string)
	Learned(pattern string) (organisation string)
	ByNumber(number string) (organisation string)
	ByCase(number string) (application string)
}

var (
	caseNumber = regexp.MustCompile(`\b(20\d{2})/(\d{1,6})(?:-\d+)?\b`)
	orgNumber  = regexp.MustCompile(`\b[89]\d{2}[ \x{a0}]?\d{3}[ \x{a0}]?\d{3}\b`)
)

// Decide finds the links of a message, the surest first, each record once.
func Decide(f Facts, d Directory) []Link {
	var all []Link
	add := func(l Link) {
		if l.Record == "" {
			return
		}
		for i := range all {
			if all[i].Record == l.Record { // two reasons agree
				all[i].Confidence = min(all[i].Confidence+0.2, 1)
				all[i].Filed = all[i].Filed || !f.Refused && all[i].Reason != l.Reason
				return
			}
		}
		all = append(all, l)
	}
	for _, e := range f.Earlier {
		add(Link{e.About, e.Record, ReasonReply, "", 0.98, !f.Refused})
	}
	text := f.Subject + "\n" + f.Text + "\n" + strings.Join(f.Files, "\n")
	for _, m := range caseNumber.FindAllStringSubmatch(text, 20) {
		number := m[1] + "/" + m[2] // without the number of the letter in the case
		add(Link{Application, d.ByCase(number), ReasonCase, number, 0.9, false})
	}
	for _, m := range orgNumber.FindAllString(text, 20) {
		digits := strings.Map(onlyDigits, m)
		if reference.ValidOrgNumber(digits) {
			add(Link{Organisation, d.ByNumber(digits), ReasonNumber, digits, 0.85, false})
		}
	}
	for _, address := range f.Others {
		byAddress(address, f.Refused, d, add)
	}
	slices.SortStableFunc(all, func(a, b Link) int {
		switch {
		case a.Confidence > b.Confidence:
			return -1
		case a.Confidence < b.Confidence:
			return 1
		}
		return 0
	})
	return all
}

// byAddress tries an address, what was learnt of it, and its domain.
func byAddress(address string, refused bool, d Directory, add func(Link)) {
	address = strings.ToLower(address)
	known := d.ByAddress(address)
	for _, o := range known {
		add(Link{Organisation, o, ReasonAddress, address, 0.95 / float64(len(known)), len(known) == 1 && !refused})
	}
	domain := Domain(address)
	if o := d.Learned(address); o != "" {
		add(Link{Organisation, o, ReasonLearned, address, 0.95, !refused})
	} else if o := d.Learned(domain); o != "" {
		add(Link{Organisation, o, ReasonLearned, domain, 0.9, !refused})
	}
	if domain == "" || Public(domain) {
		return
	}
	owners := d.ByDomain(domain)
	for _, o := range owners {
		add(Link{Organisation, o, ReasonDomain, domain, 0.7 / float64(len(owners)), false})
	}
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// Domain is the part of an address that an organisation owns: "berg.no" of
// "kari@post.berg.no".
func Domain(address string) string {
	_, host, ok := strings.Cut(strings.ToLower(address), "@")
	if !ok {
		host = strings.ToLower(address)
	}
	owned, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return owned
}

// Public tells whether anybody can have an address in a domain. Such a domain says
// nothing of where its people belong.
func Public(domain string) bool {
	switch domain {
	case "gmail.com", "googlemail.com", "hotmail.com", "hotmail.no", "outlook.com", "outlook.no", "live.com", "live.no", "msn.com", "yahoo.com", "yahoo.no", "icloud.com", "me.com", "mac.com",
		"online.no", "broadpark.no", "getmail.no", "lyse.net", "altibox.no", "frisurf.no", "start.no", "c2i.net", "epost.no", "tele2.no", "telenor.no", "nextgentel.com", "enivest.net", "haugnett.no",
		"ebnett.no", "hesbynett.no", "sf-nett.no", "tussa.com", "bkkfiber.no", "loqal.no", "proton.me", "protonmail.com", "pm.me", "gmx.net", "gmx.com", "aol.com", "mail.com", "domeneshop.no":
		return true
	}
	return false
}
