// Package mailgen makes up the mailbox of a county: threads with the businesses
// and providers of the sample county, officials, an award, deadlines, support
// letters, invitations, newsletters, answers of machines, and mail that is bad in
// the ways that real mail is. The same seed gives the same bytes. It is for tests
// and for trying by hand, and no part of the program.
package mailgen

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"time"

	"kompetansepilot/assets"
)

// Options say which mailbox to make.
type Options struct {
	Seed uint64
	N    int // how many messages, about; a thread is not cut
	// From and To are the time of the mailbox. To zero is 2026-03-02.
	From, To time.Time
	// Own is the mailbox's address, "" for kompetanse@innlandet.example.no.
	Own string
	// FileKB is how large an attached file is on average; 0 is 40.
	FileKB int
}

// Kinds of messages: what a test may expect of them.
const (
	Contact    = "contact"
	Enquiry    = "enquiry"
	Support    = "support"
	Award      = "award"
	Refusal    = "refusal"
	Report     = "report"
	Invitation = "invitation"
	Newsletter = "newsletter"
	Away       = "away"
	Spoofed    = "spoofed"
	Bad        = "bad"
)

// Folders of the mailbox.
const (
	Inbox = "INBOX"
	Sent  = "Sendte elementer"
)

// Message is one message of the mailbox.
type Message struct {
	Folder   string
	Date     time.Time
	Seen     bool
	Answered bool
	Kind     string
	// OrgNumber is the organisation that it is with, or "".
	OrgNumber string
	// Deadline is the day that it names, or "" (YYYY-MM-DD).
	Deadline string
	Raw      []byte
}

// party is somebody to write with.
type party struct {
	Kind   string `json:"kind"`
	Name   string `json:"name"`
	Number string `json:"orgNumber"`
	Person string `json:"contact"`
	Email  string `json:"email"`
	Norm   string `json:"norm"`
	Phone  string `json:"phone"`
}

func parties() (businesses, providers []party, err error) {
	raw, err := fs.ReadFile(assets.FS, "sample/innlandet.json")
	if err != nil {
		return nil, nil, err
	}
	var sample struct {
		Organisations []party `json:"organisations"`
	}
	if err := json.Unmarshal(raw, &sample); err != nil {
		return nil, nil, fmt.Errorf("read sample: %w", err)
	}
	for _, p := range sample.Organisations {
		switch {
		case p.Email == "":
		case p.Kind == "provider":
			providers = append(providers, p)
		default:
			businesses = append(businesses, p)
		}
	}
	return businesses, providers, nil
}

// Generate makes the mailbox and hands its messages out, oldest first. It stops
// at the first error of each.
func Generate(o Options, each func(Message) error) error {
	if o.To.IsZero() {
		o.To = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	}
	if o.From.IsZero() {
		o.From = o.To.AddDate(-2, 0, 0)
	}
	if o.Own == "" {
		o.Own = "kompetanse@innlandet.example.no"
	}
	if o.FileKB == 0 {
		o.FileKB = 40
	}
	businesses, providers, err := parties()
	if err != nil {
		return err
	}
	g := &generator{o: o, r: rand.New(rand.NewPCG(o.Seed, 0x6b6f6d70)), businesses: businesses, providers: providers}
	for len(g.all) < o.N {
		g.thread()
	}
	slices.SortStableFunc(g.all, func(a, b *letter) int { return a.date.Compare(b.date) })
	for _, l := range g.all {
		m := Message{Folder: Inbox, Date: l.date, Seen: l.date.Before(o.To.AddDate(0, 0, -7)) || l.ours, Answered: l.answered,
			Kind: l.kind, OrgNumber: l.with.Number, Deadline: l.deadline, Raw: g.raw(l)}
		if l.ours {
			m.Folder = Sent
		}
		if err := each(m); err != nil {
			return err
		}
	}
	return nil
}

// generator holds what is made so far.
type generator struct {
	o                     Options
	r                     *rand.Rand
	businesses, providers []party
	all                   []*letter
}

// letter is a message before it is written out.
type letter struct {
	kind, id, subject, text string
	date                    time.Time
	ours, answered          bool
	with                    party
	answers                 *letter
	deadline                string
	files                   []file
	style                   int
	headers                 []string // whole lines
	seed                    uint64
}

type file struct{ name, mime, text string }

func (g *generator) pick(all []party) party      { return all[g.r.IntN(len(all))] }
func (g *generator) choose(all ...string) string { return all[g.r.IntN(len(all))] }

func (g *generator) add(l *letter) *letter {
	l.seed = g.r.Uint64()
	l.style = g.r.IntN(styles)
	l.id = fmt.Sprintf("%016x.%d@%s", l.seed, len(g.all), domainOf(g.sender(l)))
	g.all = append(g.all, l)
	if l.answers != nil {
		l.answers.answered = true
	}
	return l
}

func (g *generator) sender(l *letter) string {
	if l.ours {
		return g.o.Own
	}
	return l.with.Email
}

// moment is a time of day when people write, some days after t.
func (g *generator) moment(t time.Time, days int) time.Time {
	t = t.AddDate(0, 0, days)
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, 1)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 7+g.r.IntN(9), g.r.IntN(60), g.r.IntN(60), 0, time.UTC)
}

func (g *generator) start() time.Time {
	days := int(g.o.To.Sub(g.o.From).Hours() / 24)
	return g.moment(g.o.From, g.r.IntN(max(days, 1)))
}
