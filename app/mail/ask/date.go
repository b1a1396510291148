package ask

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/internal/lazyregexp"
)

// found is a day in a sentence.
type found struct {
	from, to   int
	day, until time.Time // until is the last of several, or zero
	clock      string
	lead       string  // the sentence before it, without the time of day
	by         string  // a word of the expression itself that says something is due
	span       bool    // the end of a time in which something happens
	week       bool    // a whole week
	sure       float64 // that the day is the one that is meant
}

func (d *found) text(low string) string { return low[d.from:d.to] }

const (
	months   = `(januar|jan\.?|februar|feb\.?|mars|april|apr\.?|mai|juni|jun\.?|juli|jul\.?|august|aug\.?|september|sept?\.?|oktober|okt\.?|november|nov\.?|desember|des\.?)(?:[^\p{L}]|$)`
	weekdays = `(mandag|måndag|tirsdag|tysdag|onsdag|torsdag|fredag|lørdag|laurdag|søndag|sundag)`
	count    = `(\d{1,3}|en|ein|ei|én|éin|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|tolv|fjorten|tretti)`
	unit     = `(dagar|dager|dag|uker|uke|veker|veke|måneder|måned|månader|månad|virkedager|virkedagar|arbeidsdager|arbeidsdagar|yrkedagar|kvardagar|hverdager)`
)

var (
	clock   = lazyregexp.New(`\b(?:kl\.?|klokka|klokken)\s*(\d{1,2})(?:[.:]?(\d{2}))?(?:\s*[–-]\s*\d{1,2}(?:[.:]?\d{2})?)?\b`)
	masked  = lazyregexp.New(`\b20\d{2}/\d{1,6}(?:-\d+)?\b|§+\s*\d+(?:-\d+)?|\b(?:punkt|pkt\.?|kapittel|kap\.?|versjon|vedlegg|side|avsnitt|artikkel)\s+\d+(?:\.\d+)*`)
	endOf   = lazyregexp.New(`(?:\b(innen|innan|før|senest|seinast|ved|i)\s+)?\b(utgangen av|slutten av|i løpet av|ultimo|medio|primo)\s+` + months)
	endYear = lazyregexp.New(`\b(?:utgangen av|slutten av|i løpet av)\s+(året|årets|(20\d{2}))(?:[^\d]|$)`)
	endWeek = lazyregexp.New(`\b(?:utgangen av|slutten av|i løpet av|innen|innan|senest|seinast)\s+(?:i løpet av\s+)?(uka|uken|veka|denne uka|denne uken|denne veka|neste uke|neste veke|månaden|måneden)\b`)
	pair    = lazyregexp.New(`\b(\d{1,2})\.?\s*(og|–|-|til)\s*(?:den\s+)?(\d{1,2})\.\s*` + months + `\s*(\d{4})?`)
	named   = lazyregexp.New(`(?:` + weekdays + `,?\s+(?:den\s+)?)?\b(\d{1,2})\.?\s*` + months + `\s*(\d{4})?`)
	iso     = lazyregexp.New(`\b(\d{4})-(\d{2})-(\d{2})\b`)
	numeric = lazyregexp.New(`(?:` + weekdays + `,?\s+(?:den\s+)?)?\b(\d{1,2})([./])(\d{1,2})(?:[./-](\d{4}|\d{2}))?\b\.?`)
	within  = lazyregexp.New(`\b(innen|innan|om|i løpet av|senest|seinast)\s+` + count + `\s+` + unit + `\b`)
	lasting = lazyregexp.New(`frist\p{L}*\s+(?:er|på|:)\s*` + count + `\s+` + unit + `\b`)
	nextDay = lazyregexp.New(`\b` + weekdays + `\s+(?:i\s+)?(neste|denne)\s+(?:uke|uka|veke|veka)\b`)
	dayOnly = lazyregexp.New(`\b(?:(neste|førstkommende|førstkomande|kommende|komande|nå på|no på|på|sist|forrige|førre|kvar|hver)\s+)?` + weekdays + `\b`)
	near    = lazyregexp.New(`\bi\s+(dag|morgen|morgon|overmorgen|overmorgon)\b`)
	week    = lazyregexp.New(`\b(?:uke|veke)\s+(\d{1,2})\b`)
	feast   = lazyregexp.New(`\bfør\s+(jul|påske)\b`)
)

// dates finds the days of a sentence in small letters, in the order they stand.
func dates(low string, sent time.Time, listed bool) []found {
	s := &scan{text: []byte(low), sent: sent, low: low}
	s.digits = strings.ContainsAny(low, "0123456789")
	if !s.digits && !hasAny(low, "dag", "uke", "uka", "veke", "veka", "mån", "jul", "påske", "morg", "år", " av ", "medio", "primo", "ultimo") {
		return nil
	}
	times := s.clocks()
	if s.digits {
		s.mask(masked)
	}
	s.spans()
	s.fixed(listed)
	s.told()
	slices.SortFunc(s.all, func(a, b found) int { return a.from - b.from })
	for i := range s.all {
		d := &s.all[i]
		d.lead = s.lead[:d.from]
		d.clock = nearest(times, d, len(s.all))
	}
	return s.all
}

// scan takes what it has read out of the text, so that nothing is read twice.
type scan struct {
	text   []byte
	low    string
	digits bool
	lead   string // the text without times of day
	sent   time.Time
	all    []found
}

func (s *scan) mask(r *lazyregexp.Regexp) {
	for _, m := range r.FindAllIndex(s.text, -1) {
		s.blank(m[0], m[1])
	}
}

func (s *scan) blank(from, to int) {
	for i := from; i < to; i++ {
		s.text[i] = ' '
	}
}

// each runs fn on the matches; get gives the groups. What fn takes is blanked.
func (s *scan) each(r *lazyregexp.Regexp, fn func(from, to int, get func(int) string) bool) {
	for _, m := range r.FindAllSubmatchIndex(s.text, 20) {
		groups := make([]string, len(m)/2)
		for i := range groups {
			if m[2*i] >= 0 {
				groups[i] = string(s.text[m[2*i]:m[2*i+1]])
			}
		}
		to := m[0] + len(strings.TrimRight(string(s.text[m[0]:m[1]]), " ,;:)!?"))
		if fn(m[0], to, func(i int) string { return groups[i] }) {
			s.blank(m[0], to)
		}
	}
}

func (s *scan) add(from, to int, day time.Time, with found) {
	with.from, with.to, with.day = from, to, day
	if with.sure == 0 {
		with.sure = 1
	}
	s.all = append(s.all, with)
}

// at is a time of day and where it stands.
type at struct {
	from, to int
	clock    string
}

func (s *scan) clocks() []at {
	var all []at
	if !s.digits || !hasAny(s.low, "kl") {
		s.lead = s.low
		return nil
	}
	s.each(clock, func(from, to int, get func(int) string) bool {
		h, _ := strconv.Atoi(get(1)) // digits of the match
		m, _ := strconv.Atoi(get(2))
		if h < 24 && m < 60 {
			all = append(all, at{from, to, fmt.Sprintf("%02d:%02d", h, m)})
		}
		return true
	})
	s.lead = string(s.text)
	return all
}

// nearest is the time of day that belongs to a day: the one close after it, or
// close before.
func nearest(times []at, d *found, days int) string {
	best, far := "", 30
	for _, t := range times {
		gap := t.from - d.to
		if gap < 0 {
			gap = d.from - t.to + 5
		}
		if gap < -2 {
			continue
		}
		if gap < far || days == 1 && best == "" {
			best, far = t.clock, gap
		}
	}
	return best
}

// spans finds the ends of times: of months, weeks and years.
func (s *scan) spans() {
	if !hasAny(s.low, " av ", "medio", "primo", "ultimo", "innen", "innan", "sen", "sein", "før") {
		return
	}
	s.each(endOf, func(from, to int, get func(int) string) bool {
		month := monthOf(get(3))
		year := yearOf(string(s.text[to:min(to+5, len(s.text))]), month, 28, s.sent, true)
		day := time.Date(year, time.Month(month+1), 0, 0, 0, 0, 0, time.UTC)
		switch get(2) {
		case "medio":
			day = time.Date(year, time.Month(month), 15, 0, 0, 0, 0, time.UTC)
		case "primo":
			day = time.Date(year, time.Month(month), 5, 0, 0, 0, 0, time.UTC)
		}
		s.add(from, to, day, found{by: due(get(1)), span: true, sure: 0.9})
		return true
	})
	s.each(endYear, func(from, to int, get func(int) string) bool {
		year := s.sent.Year()
		if n, err := strconv.Atoi(get(2)); err == nil {
			year = n
		}
		s.add(from, to, time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC), found{span: true, sure: 0.9})
		return true
	})
	s.each(endWeek, func(from, to int, get func(int) string) bool {
		year, now := s.sent.ISOWeek()
		day := friday(year, now)
		switch {
		case strings.HasPrefix(get(1), "m"):
			day = time.Date(s.sent.Year(), s.sent.Month()+1, 0, 0, 0, 0, 0, time.UTC)
		case strings.HasPrefix(get(1), "neste"):
			if strings.TrimSpace(string(s.text[to:])) == "" || !strings.Contains(string(s.text[max(0, from-12):from]), "dag i") {
				day = day.AddDate(0, 0, 7)
			}
		}
		s.add(from, to, day, found{by: due(string(s.text[from:to])), span: true, sure: 0.8})
		return true
	})
	s.each(feast, func(from, to int, get func(int) string) bool {
		day := time.Date(s.sent.Year(), 12, 23, 0, 0, 0, 0, time.UTC)
		if get(1) == "påske" {
			day = easter(s.sent.Year()).AddDate(0, 0, -4)
			if day.Before(s.sent) {
				day = easter(s.sent.Year()+1).AddDate(0, 0, -4)
			}
		}
		s.add(from, to, day, found{by: "", span: true, sure: 0.7})
		return true
	})
}

// due is the word of an expression that says that something is due.
func due(s string) string {
	for _, w := range []string{"innen", "innan", "senest", "seinast"} {
		if strings.HasPrefix(s, w) {
			return w
		}
	}
	return ""
}

// fixed finds days with a number and a month.
func (s *scan) fixed(listed bool) {
	if !s.digits {
		return
	}
	s.each(pair, func(from, to int, get func(int) string) bool {
		a, _ := strconv.Atoi(get(1))
		b, _ := strconv.Atoi(get(3))
		month := monthOf(get(4))
		year := yearOf(get(5), month, a, s.sent, true)
		first, ok := dateOf(year, month, a)
		last, ok2 := dateOf(year, month, b)
		if !ok || !ok2 || last.Before(first) {
			return false
		}
		if get(2) == "og" && last.Sub(first) > 48*time.Hour {
			s.add(from, to, first, found{})
			s.add(from, to, last, found{})
			return true
		}
		s.add(from, to, first, found{until: last})
		return true
	})
	s.each(named, func(from, to int, get func(int) string) bool {
		n, _ := strconv.Atoi(get(2))
		month := monthOf(get(3))
		day, ok := dateOf(yearOf(get(4), month, n, s.sent, s.isDue(from)), month, n)
		if ok {
			s.add(from, to, day, found{})
		}
		return ok
	})
	s.each(iso, func(from, to int, get func(int) string) bool {
		y, _ := strconv.Atoi(get(1))
		m, _ := strconv.Atoi(get(2))
		d, _ := strconv.Atoi(get(3))
		day, ok := dateOf(y, m, d)
		if ok {
			s.add(from, to, day, found{})
		}
		return ok
	})
	s.each(numeric, func(from, to int, get func(int) string) bool {
		d, _ := strconv.Atoi(get(2))
		m, _ := strconv.Atoi(get(4))
		// "3.1" may be a number of a paragraph: it needs a year, a weekday or a word.
		if get(3) == "." && get(5) == "" && get(1) == "" && !s.isDue(from) && !listed {
			return false
		}
		day, ok := dateOf(yearOf(get(5), m, d, s.sent, s.isDue(from)), m, d)
		if ok {
			s.add(from, to, day, found{})
		}
		return ok
	})
}

// isDue tells whether the words before a place say that something is due.
func (s *scan) isDue(at int) bool {
	lead := string(s.text[:at])
	return strongBy.MatchString(lead) || before.MatchString(lead) || limit.MatchString(lead)
}

// told finds days that are told from the day of the letter.
func (s *scan) told() {
	duration := func(from, to int, word, n, unit string) bool {
		sure := 0.9
		by := due(word)
		if strings.HasPrefix(word, "i løpet") {
			by = "i løpet av"
		}
		s.add(from, to, after(s.sent, number(n), unit), found{by: by, sure: sure})
		return true
	}
	if hasAny(s.low, "dag", "uk", "vek", "mån") {
		s.each(within, func(from, to int, get func(int) string) bool { return duration(from, to, get(1), get(2), get(3)) })
		s.each(lasting, func(from, to int, get func(int) string) bool { return duration(from, to, "", get(1), get(2)) })
		s.weeks()
	}
	if hasAny(s.low, "morg", "i dag") {
		s.each(near, func(from, to int, get func(int) string) bool {
			days := 0
			switch {
			case strings.HasPrefix(get(1), "morg"):
				days = 1
			case strings.HasPrefix(get(1), "over"):
				days = 2
			}
			s.add(from, to, midnight(s.sent).AddDate(0, 0, days), found{})
			return true
		})
	}
	if !hasAny(s.low, "dag") {
		return
	}
	if len(s.all) > 0 {
		return // a weekday beside a date says the same
	}
	s.each(dayOnly, func(from, to int, get func(int) string) bool {
		sure := 0.85
		day := midnight(s.sent).AddDate(0, 0, (int(weekdayOf(get(2)))-int(s.sent.Weekday())+6)%7+1)
		switch get(1) {
		case "sist", "forrige", "førre", "kvar", "hver":
			return false
		case "neste": // of next week; many mean that, not all
			year, now := s.sent.ISOWeek()
			day, sure = friday(year, now).AddDate(0, 0, 7+(int(weekdayOf(get(2)))+6)%7-4), 0.6
		}
		s.add(from, to, day, found{sure: sure})
		return true
	})
}

// weeks finds days of the next week, and weeks by number.
func (s *scan) weeks() {
	s.each(nextDay, func(from, to int, get func(int) string) bool {
		year, now := s.sent.ISOWeek()
		day := friday(year, now).AddDate(0, 0, (int(weekdayOf(get(1)))+6)%7-4)
		if get(2) == "neste" {
			day = day.AddDate(0, 0, 7)
		}
		s.add(from, to, day, found{})
		return true
	})
	s.each(week, func(from, to int, get func(int) string) bool {
		n, _ := strconv.Atoi(get(1))
		year, now := s.sent.ISOWeek()
		if n < now-4 {
			year++
		}
		if n < 1 || n > 53 {
			return false
		}
		s.add(from, to, friday(year, n), found{week: true, sure: 0.75})
		return true
	})
}

func dateOf(year, month, day int) (time.Time, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t, month >= 1 && month <= 12 && day >= 1 && t.Day() == day && year >= 2000 && year <= 2100
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

// easter is Easter Sunday, by the method that Gauss gave for the years 1900–2099.
func easter(year int) time.Time {
	d := (19*(year%19) + 24) % 30
	e := (2*(year%4) + 4*(year%7) + 6*d + 5) % 7
	if d == 29 && e == 6 || d == 28 && e == 6 && year%19 > 10 {
		d -= 7
	}
	return time.Date(year, 3, 22+d+e, 0, 0, 0, 0, time.UTC)
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
	for n > 0 { // working days; holidays are not known here
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
	return map[string]int{"en": 1, "ein": 1, "ei": 1, "én": 1, "éin": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10,
		"tolv": 12, "fjorten": 14, "tretti": 30}[word]
}

func monthOf(name string) int {
	names := [...]string{"januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"}
	for i, m := range names {
		if len(name) >= 3 && strings.HasPrefix(m, name[:3]) {
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
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
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
