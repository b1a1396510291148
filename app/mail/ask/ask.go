// Package ask finds what a letter asks for and by when, in Norwegian of both
// written norms.
package ask

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kinds of what is found.
const (
	Deadline = "deadline" // something is to be done by a day
	Meeting  = "meeting"  // a day on which people meet
	Award    = "award"    // money was granted
	Refusal  = "refusal"  // money was not granted
	Amount   = "amount"   // a sum of money, on a line about a grant
	Question = "question" // the writer waits for an answer
)

// Proposal is something that a letter asks for.
type Proposal struct {
	Kind   string `json:"kind"`
	Key    string `json:"key"` // the same at each reading
	Quote  string `json:"quote"`
	Date   string `json:"date,omitempty"`   // YYYY-MM-DD
	Time   string `json:"time,omitempty"`   // 15:00
	Amount int64  `json:"amount,omitempty"` // kroner
}

// Find reads a letter; sent is when it was written, for what is told from that
// day. Only the writer's own words are to be given.
func Find(subject, text string, sent time.Time) []Proposal {
	var all []Proposal
	seen := map[string]bool{}
	add := func(p Proposal) {
		p.Key = fmt.Sprint(p.Kind, ":", p.Date, p.Time, p.Amount)
		if !seen[p.Key] {
			seen[p.Key] = true
			all = append(all, p)
		}
	}
	whole := subject + "\n" + text
	granted, refused := award.MatchString(whole), refusal.MatchString(whole)
	question := false
	for _, sentence := range sentences(whole) {
		low := strings.ToLower(sentence)
		for _, d := range dates(low, sent) {
			p := Proposal{Quote: sentence, Date: d.day.Format(time.DateOnly), Time: d.clock}
			switch {
			case d.by || limit.MatchString(low):
				p.Kind = Deadline
			case gathering.MatchString(low) && !d.day.Before(sent.Truncate(24*time.Hour)):
				p.Kind = Meeting
			default:
				continue
			}
			add(p)
		}
		if granted || refused || strings.Contains(low, "tilskudd") || strings.Contains(low, "tilskot") || strings.Contains(low, "tilsagn") {
			for _, n := range amounts(low) {
				kind := Amount
				if granted && !refused && award.MatchString(sentence) {
					kind = Award
				}
				add(Proposal{Kind: kind, Quote: sentence, Amount: n})
			}
		}
		question = question || strings.HasSuffix(sentence, "?")
	}
	switch {
	case refused:
		add(Proposal{Kind: Refusal, Quote: first(refusal, whole)})
	case granted && !slices.ContainsFunc(all, func(p Proposal) bool { return p.Kind == Award }):
		add(Proposal{Kind: Award, Quote: first(award, whole)})
	}
	if question {
		add(Proposal{Kind: Question})
	}
	return all
}

func first(r *regexp.Regexp, text string) string {
	for _, s := range sentences(text) {
		if r.MatchString(s) {
			return s
		}
	}
	return ""
}

var (
	award     = regexp.MustCompile(`(?i)\b(tilsagn om|tilsagnsbrev|tilsagnsbrevet|(har )?(fått|blitt|er|vert|blei) (innvilga|innvilget|tildelt|tildelte?)|innvilger|innvilgar|innvilget tilskudd|innvilga tilskot|gir (dere|dykk|et|eit) tilskudd|vedtatt å gi|vedteke å gi)\b`)
	refusal   = regexp.MustCompile(`(?i)\b(avslag|avslått|avslår|ikke innvilget|ikkje innvilga|ikke nådd opp|ikkje nådd opp)\b`)
	limit     = regexp.MustCompile(`\b(frist|fristen|svarfrist|søknadsfrist|senest|seinast|innen|innan|før|til og med)\b`)
	gathering = regexp.MustCompile(`\b(møte|møtet|møtes|møtast|samling|samlinga|samlingen|befaring|teams|workshop|seminar|kurset|kurs|innkalling)\b`)
)

// sentences cuts at line ends and at full stops that end one; the dots of dates,
// times and abbreviations do not.
func sentences(text string) []string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		from := 0
		for i, r := range line {
			if r != '.' && r != '!' && r != '?' {
				continue
			}
			rest := line[i+1:]
			if rest != "" && (!strings.HasPrefix(rest, " ") || r == '.' && !endsSentence(line[from:i], strings.TrimLeft(rest, " "))) {
				continue
			}
			all, from = append(all, strings.TrimSpace(line[from:i+1])), i+1
		}
		all = append(all, strings.TrimSpace(line[from:]))
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// endsSentence tells whether a full stop ends a sentence: not after a number or an
// abbreviation, unless a new sentence surely begins.
func endsSentence(before, after string) bool {
	word := before[strings.LastIndexAny(before, " ")+1:]
	switch strings.ToLower(word) {
	case "kl", "nr", "ca", "f.eks", "bl.a", "jf", "org", "ev", "evt", "mill", "pst", "dvs", "m.m", "osv", "tlf", "ref", "t.o.m", "s", "d":
		return false
	}
	if word != "" && word[len(word)-1] >= '0' && word[len(word)-1] <= '9' {
		for _, m := range monthNames() {
			if strings.HasPrefix(strings.ToLower(after), m[:3]) {
				return false
			}
		}
		return len(word) > 2
	}
	return true
}

func monthNames() []string {
	return []string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"}
}

// found is a date in a sentence.
type found struct {
	day   time.Time
	clock string
	by    bool // a word before it says that something is due then
}

const (
	months   = `(januar|jan\.?|februar|feb\.?|mars|april|apr\.?|mai|juni|jun\.?|juli|jul\.?|august|aug\.?|september|sept?\.?|oktober|okt\.?|november|nov\.?|desember|des\.?)`
	weekdays = `(mandag|måndag|tirsdag|tysdag|onsdag|torsdag|fredag|lørdag|laurdag|søndag|sundag)`
	by       = `(?:(senest|seinast|innen|innan|før|til og med|frist(?:en)?:?|svarfrist:?|søknadsfrist(?:en)?:?|frist(?:en)? er)\s+(?:den\s+|utgangen av\s+|på\s+|er\s+)?(?:dagen\s+)?)?`
)

var (
	named    = regexp.MustCompile(by + `(?:` + weekdays + `\s+(?:den\s+)?)?\b(\d{1,2})\.\s*` + months + `(?:\s+(\d{4}))?`)
	numeric  = regexp.MustCompile(by + `(?:` + weekdays + `\s+)?\b(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?\b\.?`)
	iso      = regexp.MustCompile(by + `\b(\d{4})-(\d{2})-(\d{2})\b`)
	within   = regexp.MustCompile(`\b(innen|innan|om)\s+(\d{1,3}|en|ein|ei|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|fjorten)\s+(dager|dagar|dag|uker|uke|veker|veke|måneder|måned|månader|månad|virkedager|virkedagar|arbeidsdager|yrkedagar)`)
	endOf    = regexp.MustCompile(`\b(?:innen|innan)\s+utgangen av\s+` + months + `(?:\s+(\d{4}))?`)
	dayOnly  = regexp.MustCompile(by + `\b(neste|førstkommende|førstkomande|kommende|komande|nå på|no på|på)?\s*` + weekdays + `\b`)
	week     = regexp.MustCompile(`\b(?:innen|innan|i|senest|seinast)?\s*(?:uke|veke)\s+(\d{1,2})\b`)
	clock    = regexp.MustCompile(`\b(?:kl\.?|klokka|klokken)\s*(\d{1,2})(?:[.:](\d{2}))?`)
	kroner   = regexp.MustCompile(`(?:kr\.?|nok|kroner)\s*(\d{1,3}(?:[ .\x{a0}\x{202f}]\d{3})+|\d{4,9})(?:,-|,\d{2})?|(\d{1,3}(?:[ .\x{a0}\x{202f}]\d{3})+|\d{4,9})(?:,-|,\d{2})?\s*(?:kr\b|kroner|nok)|(\d{1,3}(?:[,.]\d{1,2})?)\s*(?:mill\.?|millioner|millionar)\s*(?:kr|kroner)?`)
	notDates = regexp.MustCompile(`\b20\d{2}/\d{1,6}`)
)

// dates finds the dates of a sentence in lower case.
func dates(s string, sent time.Time) []found {
	s = notDates.ReplaceAllString(s, " ")
	at := ""
	if m := clock.FindStringSubmatch(s); m != nil {
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		if hour < 24 && minute < 60 {
			at = fmt.Sprintf("%02d:%02d", hour, minute)
		}
		s = clock.ReplaceAllString(s, " ")
	}
	var all []found
	add := func(year, month, day int, due bool) {
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if month < 1 || month > 12 || day < 1 || t.Day() != day || year < 2000 || year > 2100 {
			return
		}
		for _, f := range all {
			if f.day.Equal(t) {
				return
			}
		}
		all = append(all, found{t, at, due})
	}
	for _, m := range endOf.FindAllStringSubmatch(s, 5) {
		year := yearOf(m[2], monthOf(m[1]), 28, sent, true)
		last := time.Date(year, time.Month(monthOf(m[1])+1), 0, 0, 0, 0, 0, time.UTC)
		add(last.Year(), int(last.Month()), last.Day(), true)
	}
	for _, m := range named.FindAllStringSubmatch(s, 20) {
		day, _ := strconv.Atoi(m[3])
		month := monthOf(m[4])
		add(yearOf(m[5], month, day, sent, m[1] != ""), month, day, m[1] != "")
	}
	for _, m := range iso.FindAllStringSubmatch(s, 20) {
		y, _ := strconv.Atoi(m[2])
		mo, _ := strconv.Atoi(m[3])
		d, _ := strconv.Atoi(m[4])
		add(y, mo, d, m[1] != "")
	}
	for _, m := range numeric.FindAllStringSubmatch(iso.ReplaceAllString(s, " "), 20) {
		d, _ := strconv.Atoi(m[3])
		mo, _ := strconv.Atoi(m[4])
		add(yearOf(m[5], mo, d, sent, m[1] != ""), mo, d, m[1] != "")
	}
	for _, m := range within.FindAllStringSubmatch(s, 5) {
		t := after(sent, number(m[2]), m[3])
		add(t.Year(), int(t.Month()), t.Day(), m[1] != "om" || limit.MatchString(s))
	}
	if len(all) == 0 {
		all = append(all, loose(s, sent, at)...)
	}
	return all
}

// loose finds days that are told from the day of the letter.
func loose(s string, sent time.Time, at string) []found {
	var all []found
	for _, m := range dayOnly.FindAllStringSubmatch(s, 5) {
		if m[1] == "" && m[2] == "" && at == "" {
			continue // "på mandager", "fredag var fin"
		}
		wanted := weekdayOf(m[3])
		t := sent.AddDate(0, 0, (int(wanted)-int(sent.Weekday())+6)%7+1)
		all = append(all, found{midnight(t), at, m[1] != ""})
	}
	if m := week.FindStringSubmatch(s); m != nil && limit.MatchString(s) {
		n, _ := strconv.Atoi(m[1])
		year, now := sent.ISOWeek()
		if n < now-4 {
			year++
		}
		if n >= 1 && n <= 53 {
			all = append(all, found{friday(year, n), at, true})
		}
	}
	return all
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// friday is the last working day of a week.
func friday(year, week int) time.Time {
	t := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	return monday.AddDate(0, 0, 7*(week-1)+4)
}

func after(sent time.Time, n int, unit string) time.Time {
	t := midnight(sent)
	switch {
	case strings.HasPrefix(unit, "uke"), strings.HasPrefix(unit, "veke"):
		return t.AddDate(0, 0, 7*n)
	case strings.HasPrefix(unit, "mån"):
		return t.AddDate(0, n, 0)
	case strings.HasPrefix(unit, "dag"):
		return t.AddDate(0, 0, n)
	}
	for n > 0 { // working days
		t = t.AddDate(0, 0, 1)
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			n--
		}
	}
	return t
}

func number(word string) int {
	if n, err := strconv.Atoi(word); err == nil {
		return n
	}
	return map[string]int{"en": 1, "ein": 1, "ei": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "fjorten": 14}[word]
}

func monthOf(name string) int {
	for i, m := range monthNames() {
		if strings.HasPrefix(m, strings.TrimSuffix(name, ".")[:3]) {
			return i + 1
		}
	}
	return 0
}

func weekdayOf(name string) time.Weekday {
	switch {
	case strings.HasPrefix(name, "m"):
		return time.Monday
	case strings.HasPrefix(name, "ti"), strings.HasPrefix(name, "ty"):
		return time.Tuesday
	case strings.HasPrefix(name, "o"):
		return time.Wednesday
	case strings.HasPrefix(name, "to"):
		return time.Thursday
	case strings.HasPrefix(name, "f"):
		return time.Friday
	case strings.HasPrefix(name, "l"):
		return time.Saturday
	}
	return time.Sunday
}

// How long ago a day without a year may be and still be meant as past: something
// is rarely due on a day that has been.
const (
	pastDays = 60
	dueDays  = 14
)

// yearOf is the year that is written, or the one in which the day comes next.
func yearOf(text string, month, day int, sent time.Time, due bool) int {
	if n, err := strconv.Atoi(text); err == nil {
		if n < 100 {
			n += 2000
		}
		return n
	}
	year := sent.Year()
	t := time.Date(year, time.Month(max(month, 1)), day, 0, 0, 0, 0, time.UTC)
	past := pastDays
	if due {
		past = dueDays
	}
	if t.Before(sent.AddDate(0, 0, -past)) {
		year++
	}
	return year
}

// amounts are the sums of money of a sentence in lower case, in kroner.
func amounts(s string) []int64 {
	var all []int64
	for _, m := range kroner.FindAllStringSubmatch(s, 20) {
		if m[3] != "" {
			if f, err := strconv.ParseFloat(strings.Replace(m[3], ",", ".", 1), 64); err == nil {
				all = append(all, int64(f*1_000_000+0.5))
			}
			continue
		}
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, m[1]+m[2])
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil && n > 0 {
			all = append(all, n)
		}
	}
	return all
}
