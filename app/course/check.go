package course

import (
	"errors"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// Severity of a finding. None stops anything: people write down what they were
// told, in the order that they hear it.
type Severity int

// Severities, the gravest first.
const (
	Warn Severity = iota // the numbers cannot be right
	Info                 // something is missing
)

// Finding is something in a course that cannot be right, or is missing.
type Finding struct {
	Severity Severity
	// Participation is the business that it is about, "" for the course.
	Participation string
	Field         string // column of the record
	Text          string
}

// Check looks for what cannot be right in a course, on a day (YYYY-MM-DD).
func Check(r *Run, words *lang.Printer, today string) []Finding {
	c := &checker{words: words, run: r, today: today}
	for i := range r.Businesses {
		c.business(&r.Businesses[i])
	}
	c.course()
	return c.found
}

type checker struct {
	words *lang.Printer
	run   *Run
	today string
	found []Finding
}

func (c *checker) add(s Severity, participation, field, text string) {
	c.found = append(c.found, Finding{s, participation, field, text})
}

// business checks one business: completed ≤ started ≤ registered, and those who
// dropped out are among those who started and did not complete.
func (c *checker) business(b *Business) {
	w := c.words
	say := func(s Severity, field, key string, pairs ...any) {
		c.add(s, b.ID, field, w.T("course.finding."+key, append([]any{"Business", b.Business}, pairs...)...))
	}
	n := w.Number
	if b.Started > b.Registered {
		say(Warn, "started", "started", "Started", n(b.Started), "Registered", n(b.Registered))
	}
	if b.Completed > b.Started {
		say(Warn, "completed", "completed", "Completed", n(b.Completed), "Started", n(b.Started))
	}
	if b.Dropped > 0 && b.Completed+b.Dropped > b.Started {
		say(Warn, "dropped", "dropped", "Sum", n(b.Completed+b.Dropped), "Started", n(b.Started))
	}
	if c.run.Status == StatusDone && b.Started > b.Completed+b.Dropped {
		say(Info, "completed", "unknown", "Missing", n(b.Started-b.Completed-b.Dropped))
	}
	if b.Dropped > 0 && b.Reason == "" {
		say(Info, "reason", "reason")
	}
	if b.Reason == ReasonOther && b.Note == "" {
		say(Info, "note", "other")
	}
	switch {
	case b.Credits > 0 && b.Completed == 0:
		say(Warn, "credits", "creditsNone", "Credits", CreditsWord(w, b.Credits))
	case c.run.Credits > 0 && b.Credits > c.run.Credits*b.Completed:
		say(Warn, "credits", "creditsMany", "Credits", CreditsWord(w, b.Credits), "Most", CreditsWord(w, c.run.Credits*b.Completed))
	}
	c.people(b, say)
}

// people checks the names: no more of them than are counted, and each with a
// reason to be kept.
func (c *checker) people(b *Business, say func(Severity, string, string, ...any)) {
	at := map[string]int64{}
	without := 0
	for i := range b.People {
		p := &b.People[i]
		at[p.Status]++
		if p.Basis == "" {
			without++
		}
	}
	if without > 0 {
		say(Warn, "basis", "basis", "Names", c.words.N("course.names", without))
	}
	if n := int64(len(b.People)); n > b.Registered {
		say(Info, "registered", "names", "Names", c.words.N("course.names", int(n)), "Registered", c.words.Number(b.Registered))
	}
	if n := at[StageCompleted]; n > b.Completed {
		say(Info, "completed", "namesCompleted", "Names", c.words.N("course.names", int(n)), "Completed", c.words.Number(b.Completed))
	}
}

func (c *checker) course() {
	w, r, sum := c.words, c.run, c.run.Sum()
	say := func(s Severity, field, key string, pairs ...any) {
		c.add(s, "", field, w.T("course.finding."+key, pairs...))
	}
	n := w.Number
	if r.Start != "" && r.Finish != "" && r.Finish < r.Start {
		say(Warn, "finish", "order")
	}
	if r.Capacity > 0 && sum.Registered > r.Capacity {
		say(Warn, "capacity", "capacity", "Registered", n(sum.Registered), "Capacity", n(r.Capacity))
	}
	if r.Status == StatusRunning && r.Least > 0 && sum.Registered < r.Least {
		say(Info, "least", "least", "Registered", n(sum.Registered), "Least", n(r.Least))
	}
	switch r.Status {
	case StatusDone:
		if r.Finish > c.today {
			say(Warn, "finish", "future")
		}
		if sum.Completed == 0 {
			say(Info, "completed", "noneCompleted")
		}
		if r.Start == "" {
			say(Info, "start", "noStart")
		}
	case StatusRunning:
		if r.Finish != "" && r.Finish < c.today {
			say(Info, "status", "past")
		}
	case StatusPlanned, "":
		if r.Start != "" && r.Start < c.today {
			say(Info, "status", "begun")
		}
	}
	switch {
	case r.Score != 0 && (r.Score < LeastScore || r.Score > MostScore):
		say(Warn, "score", "score")
	case r.Score > 0 && r.Answers == 0:
		say(Info, "answers", "answers")
	case r.Answers > 0 && r.Score == 0:
		say(Info, "score", "noScore")
	}
	if r.Answers > sum.Started && r.Answers > 0 {
		say(Warn, "answers", "manyAnswers", "Answers", n(r.Answers), "Started", n(sum.Started))
	}
}

// The least and most that an evaluation can be, in hundredths.
const (
	LeastScore = 100
	MostScore  = 500
)

// errScore is for a text that no evaluation can be.
var errScore = errors.New("not a score")

// ParseScore reads an evaluation with at most two decimals, as hundredths. Empty is 0:
// not known.
func ParseScore(text string) (int64, error) {
	n, err := partner.ParseCredits(text)
	if err == nil && n != 0 && (n < LeastScore || n > MostScore) {
		err = errScore
	}
	return n, err
}

// Counts are sums over those who take part.
type Counts struct {
	Expected   int64 `json:"expected"`
	Registered int64 `json:"registered"`
	Started    int64 `json:"started"`
	Completed  int64 `json:"completed"`
	Dropped    int64 `json:"dropped"`
	Credits    int64 `json:"credits"` // hundredths
}

func (c *Counts) add(p *data.Participation) {
	c.Expected += p.Expected
	c.Registered += p.Registered
	c.Started += p.Started
	c.Completed += p.Completed
	c.Dropped += p.Dropped
	c.Credits += p.Credits
}
