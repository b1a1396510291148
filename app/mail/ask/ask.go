// Package ask finds what a letter asks for and by when, in Norwegian of both
// written norms. It reads text and knows no records.
package ask

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kinds of what is found.
const (
	Deadline = "deadline" // something is to be done by a day
	Task     = "task"     // something is asked for, with no day
	Meeting  = "meeting"  // a day on which people meet
	Promise  = "promise"  // what the writer will do, by a day
	Award    = "award"    // money was granted
	Refusal  = "refusal"  // money was not granted
	Payment  = "payment"  // money was or will be paid out
	Evidence = "evidence" // money or hours that the writer puts in
	Amount   = "amount"   // another sum of money
	Case     = "case"     // number of a case
	Question = "question" // the writer waits for an answer
)

// Proposal is something that a letter asks for or tells.
type Proposal struct {
	Kind string `json:"kind"`
	Key  string `json:"key"` // the same at each reading
	// Quote is the sentence. Start and End are where the words that decided stand,
	// in bytes of subject, line feed and text together.
	Quote  string `json:"quote"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Date   string `json:"date,omitempty"`   // YYYY-MM-DD
	Until  string `json:"until,omitempty"`  // last day, when it goes over several
	Time   string `json:"time,omitempty"`   // 15:00
	Amount int64  `json:"amount,omitempty"` // kroner
	Case   string `json:"case,omitempty"`   // 2026/1234
	// Confidence is from 0 to 1. Why are the words of the letter that it rests on.
	Confidence float64 `json:"confidence"`
	Why        string  `json:"why,omitempty"`
}

// Asks tells whether a proposal waits for the receiver.
func (p *Proposal) Asks() bool {
	return p.Kind == Question || p.Kind == Task || p.Kind == Deadline
}

// Find reads a letter; sent is when it was written, for what is told from that
// day. Earlier letters that it quotes, its signature and what the sender's lawyers
// put below it are left out.
func Find(subject, text string, sent time.Time) []Proposal {
	f := finder{sent: sent, whole: subject + "\n" + text, seen: map[string]bool{}}
	for _, s := range sentences(f.whole, len(subject)+1+ownLength(text)) {
		f.sentence(s)
	}
	return f.tidy()
}

// finder holds what is found so far.
type finder struct {
	sent  time.Time
	whole string
	seen  map[string]bool
	all   []Proposal
}

func (f *finder) add(p Proposal, s sentence, from, to int) {
	p.Quote, p.Start, p.End = strings.TrimSpace(s.text), s.at+from, s.at+to
	p.Key = fmt.Sprint(p.Kind, ":", p.Date, p.Time, p.Amount)
	if p.Case != "" {
		p.Key = p.Kind + ":" + p.Case
	}
	if p.Kind == Task {
		p.Key = p.Kind + ":" + strings.ToLower(strings.Join(strings.Fields(p.Quote), " "))
	}
	if !f.seen[p.Key] {
		f.seen[p.Key] = true
		f.all = append(f.all, p)
	}
}

// sentence reads one sentence.
func (f *finder) sentence(s sentence) {
	low := lower(s.text)
	if hasAny(low, "fortr", "konfid", "confid", "mottak", "feil", "slett", "miljø") && disclaimer.MatchString(low) {
		return
	}
	for _, m := range f.cases(low) {
		if number := low[m[2]:m[3]] + "/" + low[m[4]:m[5]]; isCase(low, m[0], m[2], low[m[2]:m[3]], low[m[4]:m[5]]) {
			f.add(Proposal{Kind: Case, Case: number, Confidence: 0.9}, s, m[2], m[5])
		}
	}
	dated := f.dated(s, low)
	f.money(s, low)
	if m := refused(low); m != nil && !supposed.MatchString(low) {
		f.add(Proposal{Kind: Refusal, Confidence: 0.9, Why: low[m[0]:m[1]]}, s, m[0], m[1])
	}
	if trimmed := strings.TrimSpace(s.text); strings.HasSuffix(trimmed, "?") {
		f.add(Proposal{Kind: Question, Confidence: 0.9, Why: "?"}, s, 0, len(s.text))
		return
	}
	if dated {
		return
	}
	if !hasAny(low, "send", "gi", "gje", "fyll", "lag", "bekreft", "stadfest", "oppg", "husk", "hugs", "last opp", "meld", "svar", "signer", "return", "vennligst", "ver ", "ber", "må ", "bør", "skal", "treng", "ønsk", "mangl", "vent") {
		return
	}
	if m := request.FindStringIndex(low); m != nil {
		f.add(Proposal{Kind: Task, Confidence: 0.7, Why: strings.TrimSpace(low[m[0]:m[1]])}, s, 0, len(s.text))
	}
}

// cases are the numbers that may be of a case.
func (f *finder) cases(low string) [][]int {
	if !hasAny(low, "/") || !hasAny(low, "20") {
		return nil
	}
	return caseNumber.FindAllStringSubmatchIndex(low, 5)
}

func refused(low string) []int {
	if !hasAny(low, "avsl", "innvilg", "nådd opp", "priorit", "tilslag", "til følge", "diverre", "dessverre") {
		return nil
	}
	return refusal.FindStringIndex(low)
}

// hasAny tells whether a text has one of some words. It is quick, and comes before
// the expressions, which are not.
func hasAny(low string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// dated finds what is tied to a day, and tells whether something is to be done
// by one.
func (f *finder) dated(s sentence, low string) bool {
	due := false
	nearest := map[string]Proposal{}
	for _, d := range dates(low, f.sent, s.due) {
		kind, why, sure := classify(low, &d, f.sent, s.due)
		if kind == "" {
			continue
		}
		p := Proposal{Kind: kind, Date: d.day.Format(time.DateOnly), Time: d.clock, Confidence: sure * d.sure, Why: why}
		if !d.until.IsZero() {
			p.Until = d.until.Format(time.DateOnly)
		}
		due = due || kind == Deadline || kind == Promise || kind == Meeting
		if _, known := nearest[kind]; kind == Meeting && known {
			continue // "onsdag 5. mai" told twice
		}
		nearest[kind] = p
		f.add(p, s, d.from, d.to)
	}
	return due
}

// money finds the sums of a sentence and what they are.
func (f *finder) money(s sentence, low string) {
	kind, why := Amount, ""
	digits := strings.ContainsAny(low, "0123456789")
	if !digits && !hasAny(low, "tilsagn", "innvilg", "tildel", "vedt", "vedte", "løyvd", "tilsk") {
		return
	}
	granted := award.FindStringIndex(low)
	switch {
	case paid.MatchString(low):
		kind, why = Payment, paid.FindString(low)
	case granted != nil && !conditional.MatchString(low) && refused(low) == nil:
		kind, why = Award, low[granted[0]:granted[1]]
	case putIn.MatchString(low):
		kind, why = Evidence, putIn.FindString(low)
	}
	var sums []sum
	if digits {
		sums = amounts(low)
	}
	if len(sums) == 0 && kind == Award {
		f.add(Proposal{Kind: Award, Confidence: 0.7, Why: why}, s, granted[0], granted[1])
	}
	for i, a := range sums {
		if i > 0 && kind != Amount { // the first is what the sentence is about
			kind, why = Amount, ""
		}
		p := Proposal{Kind: kind, Amount: a.kroner, Confidence: 0.85, Why: why}
		if kind == Amount {
			p.Confidence = 0.6
		}
		f.add(p, s, a.from, a.to)
	}
}

// tidy leaves out what another find says better, and keeps one question.
func (f *finder) tidy() []Proposal {
	has := func(kind string) bool {
		return slices.ContainsFunc(f.all, func(p Proposal) bool { return p.Kind == kind && (p.Amount > 0 || kind == Refusal) })
	}
	sum, no := has(Award), has(Refusal)
	told := map[int64]bool{}
	for _, p := range f.all {
		if p.Amount > 0 && p.Kind != Amount {
			told[p.Amount] = true
		}
	}
	clocked := map[string]bool{}
	for _, p := range f.all {
		if p.Time != "" {
			clocked[p.Kind+p.Date] = true
		}
	}
	return slices.DeleteFunc(f.all, func(p Proposal) bool {
		switch {
		case p.Kind == Award && p.Amount == 0:
			return sum || no
		case p.Kind == Amount:
			return told[p.Amount]
		case p.Date != "" && p.Time == "":
			return clocked[p.Kind+p.Date]
		}
		return false
	})
}
