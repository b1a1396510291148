// Package link finds which record a message belongs to, and says why. The rules
// are tried in a fixed order, the surest first; only what is certain, or what two
// rules agree on, is filed without being asked.
package link

import (
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"kompetansepilot/app/reference"
	"kompetansepilot/internal/lazyregexp"
)

// Kinds of records that mail belongs to.
const (
	Organisation = "organisation"
	Application  = "application"
)

// Reasons, the surest first. The words for them are in the translations.
const (
	ReasonTaken     = "taken"     // the user said so
	ReasonToken     = "token"     // it answers a letter that was written here, by its secret number
	ReasonReply     = "reply"     // it answers a message that is filed there
	ReasonCase      = "case"      // its case number
	ReasonNumber    = "number"    // the organisation's number stands in it
	ReasonAddress   = "address"   // the address is known there
	ReasonLearned   = "learned"   // the user has tied the address or domain to it
	ReasonDomain    = "domain"    // the address's domain is the organisation's
	ReasonForwarded = "forwarded" // an address in the letter that was sent on
	ReasonReceiver  = "receiver"  // another receiver of it
	ReasonSigned    = "signed"    // its name stands at the end of the letter
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

// Doubts about who wrote a message. A message with one is never filed alone.
const (
	DoubtRefused = "refused" // the receiver's server says that the sender is not real (DMARC)
	DoubtClaims  = "claims"  // the sender's name is another address than the real one
	DoubtSenders = "senders" // none, or more than one, in the From line
	DoubtOwn     = "own"     // it says that it is from us, and we have not sent it
)

// Earlier is a message that one refers to, with where it is filed.
type Earlier struct {
	Links []Link
	// With are the addresses that wrote or got it, in small letters.
	With []string
	// Written tells that it was written here: its number cannot be guessed.
	Written bool
}

// Facts are what the rules read of a message.
type Facts struct {
	// With are the addresses that tell whose message it is: the sender's, or the
	// receivers' when the county sent it. Others are the rest, but for the county's
	// own; Inner are those in a letter that it sends on.
	With, Others, Inner []string
	Subject             string
	Text                string // what the sender wrote beside the quoted
	Files               []string
	Doubt               string // one of Doubts, or ""
	// Earlier are the messages that it refers to.
	Earlier []Earlier
}

// Directory knows the records. Its answers are ids; addresses and names are asked
// for in small letters.
type Directory interface {
	ByAddress(address string) (organisations []string)
	ByDomain(domain string) (organisations []string)
	ByName(name string) (organisations []string)
	Learned(pattern string) (organisation string)
	ByNumber(number string) (organisation string)
	ByCase(number string) (application string)
}

var (
	caseNumber = lazyregexp.New(`\b(20\d{2})/(\d{1,6})(?:-\d+)?\b`)
	caseWord   = lazyregexp.New(`(?i)(\bsak\b|saksnr\.?|saksnummer\w*|sak\.?nr\.?|\bref\b\.?|referanse|arkivsak\w*|journalpost\w*|[(\[])\W{0,6}(?:nr\.?|er|nummer)?\W{0,3}$`)
	orgNumber  = lazyregexp.New(`\b[89]\d{2}[ \x{a0}]?\d{3}[ \x{a0}]?\d{3}\b`)
)

// Decide finds the links of a message, the surest first, each record once. The
// order and what may be filed alone: an answer to what was written here; an answer
// by somebody who took part in what it answers; a known or learnt address of the
// sender; a domain or a number only when another rule about the same record
// agrees, and one of the two is about who sent it. A case number is filed when the
// sender is known. The rest are proposals.
func Decide(f Facts, d Directory) []Link {
	b := book{doubt: f.Doubt != ""}
	for i := range f.Earlier {
		b.earlier(&f, &f.Earlier[i])
	}
	for _, address := range f.With {
		b.sender(strings.ToLower(address), d)
	}
	b.numbers(&f, d)
	for _, address := range f.Others {
		b.mentioned(ReasonReceiver, strings.ToLower(address), 0.45, d)
	}
	for _, address := range f.Inner {
		b.mentioned(ReasonForwarded, strings.ToLower(address), 0.55, d)
	}
	b.signed(f.Text, d)
	return b.sorted()
}

// book holds the links as the rules find them.
type book struct {
	doubt bool
	known bool // the sender is
	all   []noted
}

// noted is a link with what its reasons are about.
type noted struct {
	Link
	reasons []string
	who     bool // one of them is about who sent it
}

// add notes a reason. sure files alone; who tells that the reason is about who sent it.
func (b *book) add(l Link, sure, who bool) {
	if l.Record == "" {
		return
	}
	for i := range b.all {
		n := &b.all[i]
		if n.Record != l.Record {
			continue
		}
		if slices.Contains(n.reasons, l.Reason) {
			return
		}
		n.reasons = append(n.reasons, l.Reason)
		n.who = n.who || who
		n.Confidence = min(max(n.Confidence, l.Confidence)+0.1, 1)
		n.Filed = !b.doubt && (n.Filed || sure || n.who && strong(n.reasons))
		return
	}
	l.Filed = sure && !b.doubt
	if b.doubt {
		l.Confidence /= 2
	}
	b.all = append(b.all, noted{l, []string{l.Reason}, who})
}

// strong tells whether two of the reasons are more than being mentioned.
func strong(reasons []string) bool {
	n := 0
	for _, r := range reasons {
		switch r {
		case ReasonCase, ReasonNumber, ReasonAddress, ReasonLearned, ReasonDomain, ReasonReply:
			n++
		}
	}
	return n >= 2
}

// earlier files an answer where what it answers is filed: when only somebody who
// got that could know its number, or when the writer took part in it.
func (b *book) earlier(f *Facts, e *Earlier) {
	took := e.Written
	for _, address := range f.With {
		took = took || slices.Contains(e.With, strings.ToLower(address))
	}
	reason, sure := ReasonReply, 0.5
	switch {
	case e.Written:
		reason, sure = ReasonToken, 0.99
	case took:
		sure = 0.98
	}
	for _, l := range e.Links {
		b.add(Link{About: l.About, Record: l.Record, Reason: reason, Confidence: sure}, took, took)
	}
}

// sender tries the address of who sent it, what was learnt of it, and its domain.
func (b *book) sender(address string, d Directory) {
	known := d.ByAddress(address)
	for _, o := range known {
		b.known = true
		b.add(Link{Organisation, o, ReasonAddress, address, 0.95 / float64(len(known)), false}, len(known) == 1, true)
	}
	domain := Domain(address)
	if o := d.Learned(address); o != "" {
		b.known = true
		b.add(Link{Organisation, o, ReasonLearned, address, 0.95, false}, true, true)
	} else if o := d.Learned(domain); o != "" && !Public(domain) {
		b.known = true
		b.add(Link{Organisation, o, ReasonLearned, domain, 0.9, false}, true, true)
	}
	if domain == "" || Public(domain) {
		return
	}
	owners := d.ByDomain(domain)
	for _, o := range owners {
		b.known = true
		b.add(Link{Organisation, o, ReasonDomain, domain, 0.7 / float64(len(owners)), false}, false, true)
	}
}

// numbers tries the numbers of cases and organisations in the subject, the text
// and the names of the files.
func (b *book) numbers(f *Facts, d Directory) {
	text := f.Subject + "\n" + f.Text + "\n" + strings.Join(f.Files, "\n")
	for _, m := range caseNumber.FindAllStringSubmatchIndex(text, 20) {
		number := text[m[2]:m[3]] + "/" + text[m[4]:m[5]] // without the number of the letter in the case
		said := caseWord.MatchString(text[max(0, m[0]-30):m[0]]) || m[0] < len(f.Subject)
		if !said && !b.known {
			continue // "2026/11" is as like a month
		}
		confidence := 0.6
		if said && b.known {
			confidence = 0.9
		}
		b.add(Link{Application, d.ByCase(number), ReasonCase, number, confidence, false}, said && b.known, false)
	}
	for _, m := range orgNumber.FindAllString(text, 20) {
		digits := strings.Map(onlyDigits, m)
		if reference.ValidOrgNumber(digits) {
			b.add(Link{Organisation, d.ByNumber(digits), ReasonNumber, digits, 0.6, false}, false, false)
		}
	}
}

// mentioned tries an address that anybody could have put there.
func (b *book) mentioned(reason, address string, confidence float64, d Directory) {
	owners := d.ByAddress(address)
	if domain := Domain(address); len(owners) == 0 && domain != "" && !Public(domain) {
		owners = d.ByDomain(domain)
	}
	for _, o := range owners {
		b.add(Link{Organisation, o, reason, address, confidence / float64(len(owners)), false}, false, false)
	}
}

// signatureLines are how many lines at the end of a letter may be its signature.
const signatureLines = 10

// signed looks for the name of an organisation alone on a line at the end.
func (b *book) signed(text string, d Directory) {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for _, line := range lines[max(0, len(lines)-signatureLines):] {
		name := strings.ToLower(strings.Trim(strings.TrimSpace(line), "*_|,."))
		if len(name) < 4 || len(name) > 120 {
			continue
		}
		owners := d.ByName(name)
		for _, o := range owners {
			b.add(Link{Organisation, o, ReasonSigned, strings.TrimSpace(line), 0.4 / float64(len(owners)), false}, false, false)
		}
	}
}

// sorted are the links, the filed and the surest first.
func (b *book) sorted() []Link {
	slices.SortStableFunc(b.all, func(x, y noted) int {
		switch {
		case x.Filed != y.Filed && x.Filed, x.Filed == y.Filed && x.Confidence > y.Confidence:
			return -1
		case x.Filed != y.Filed || x.Confidence < y.Confidence:
			return 1
		}
		return 0
	})
	all := make([]Link, len(b.all))
	for i := range b.all {
		all[i] = b.all[i].Link
	}
	return all
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
