package stateaid

import (
	"cmp"
	"slices"
	"strings"

	"kompetansepilot/data"
)

// rateUnit is how a rate is stored: ten thousandths of a krone.
const rateUnit = 10_000

// EUR is an award in cents, as the donor wrote it or by its rate; 0 when there
// is neither.
func EUR(a *data.Aid) int64 {
	if a.EUR != 0 || a.Rate <= 0 {
		return a.EUR
	}
	return Cents(a.Amount, a.Rate)
}

// Cents turns kroner into euro cents by a rate in ten thousandths of a krone,
// rounded to the nearest.
func Cents(kroner, rate int64) int64 {
	kroner = min(max(kroner, 0), data.MaxAmount)
	if rate <= 0 {
		return 0
	}
	return (kroner*100*rateUnit + rate/2) / rate
}

// Level is how near a sum is to its cap.
type Level int

// The levels.
const (
	Low  Level = iota // far from it
	Near              // at Rules.WarnAt[0] per cent or more
	Full              // at Rules.WarnAt[1] per cent or more
)

// Sum is what a business got over a window, against the cap of its last day.
// Every sum names its entries.
type Sum struct {
	Date    string // the last day, YYYY-MM-DD
	From    string // the first day
	Basis   string
	Sector  string
	Regime  *Regime // nil when no rules hold on that day
	Cap     *Cap    // nil when there is none
	Cents   int64
	Counted []data.Aid // what the sum is made of, the oldest first
	// Unpriced are awards of the window without an amount in euros: the sum is too
	// low by them.
	Unpriced []data.Aid
	Level    Level
}

// Left is how many cents are left under the cap, less than 0 when it is passed.
func (s *Sum) Left() int64 {
	if s.Cap == nil {
		return 0
	}
	return s.Cap.EUR.Value*100 - s.Cents
}

// Doubt is a fact behind a sum that nobody has confirmed.
type Doubt string

// The doubts.
const (
	DoubtDates  Doubt = "dates"  // when the regulation came into force, or ended
	DoubtWindow Doubt = "window" // how the years are counted
	DoubtCap    Doubt = "cap"
)

// Doubts are the facts behind the sum that nobody has confirmed.
func (s *Sum) Doubts() []Doubt {
	var all []Doubt
	if s.Regime == nil {
		return nil
	}
	if !s.Regime.From.Verified || s.Regime.To.Value != "" && !s.Regime.To.Verified {
		all = append(all, DoubtDates)
	}
	if !s.Regime.Window.Verified {
		all = append(all, DoubtWindow)
	}
	if s.Cap != nil && !s.Cap.EUR.Verified {
		all = append(all, DoubtCap)
	}
	return all
}

// Add adds up what a business got over the window that ends on a day, of one
// basis. Awards of that very day count.
func (r *Rules) Add(awards []data.Aid, date, basis, sector string) Sum {
	s := Sum{Date: date, From: date, Basis: basis, Sector: sector, Regime: r.On(date)}
	if s.Regime == nil {
		return s
	}
	s.From = s.Regime.first(date)
	s.Cap = s.Regime.Cap(basis, sector)
	for _, a := range oldestFirst(awards) {
		if a.Basis != basis || a.Date < s.From || a.Date > date {
			continue
		}
		cents := EUR(&a)
		if cents == 0 && a.Amount != 0 {
			s.Unpriced = append(s.Unpriced, a)
			continue
		}
		s.Cents += cents
		s.Counted = append(s.Counted, a)
	}
	s.Level = r.level(&s)
	return s
}

func (r *Rules) level(s *Sum) Level {
	if s.Cap == nil {
		return Low
	}
	limit := s.Cap.EUR.Value // × 100 for cents, / 100 for per cent
	switch {
	case s.Cents >= limit*r.WarnAt[1] && s.Cents > 0:
		return Full
	case s.Cents >= limit*r.WarnAt[0] && s.Cents > 0:
		return Near
	}
	return Low
}

// Ledger is the support to one business.
type Ledger struct {
	Rules  Rules
	Awards []Award // the newest first
	// Now are the sums of today: one for each basis with a cap that there are
	// awards of, and always the one for ordinary de minimis aid.
	Now []Sum
	// Undated are awards without a date, Unclassed those without a legal basis:
	// neither can be counted.
	Undated, Unclassed []data.Aid
}

// Award is one line of the ledger.
type Award struct {
	data.Aid
	Cents int64 // 0 when it has no amount in euros
	// Then is the sum on the day of the award, this one counted; Counts tells
	// whether there is one.
	Then   Sum
	Counts bool
}

// NewLedger makes the ledger of a business on a day.
func NewLedger(rules Rules, awards []data.Aid, today string) Ledger {
	l := Ledger{Rules: rules}
	sectors := map[string]string{} // by basis
	for i := range awards {
		a := awards[i]
		if a.Sector != "" {
			sectors[a.Basis] = a.Sector
		}
		line := Award{Aid: a, Cents: EUR(&a)}
		switch {
		case a.Date == "":
			l.Undated = append(l.Undated, a)
		case a.Basis == "":
			l.Unclassed = append(l.Unclassed, a)
		case a.Basis == BasisDeMinimis || a.Basis == BasisDeMinimisServices:
			line.Then, line.Counts = rules.Add(awards, a.Date, a.Basis, a.Sector), true
		}
		l.Awards = append(l.Awards, line)
	}
	slices.SortStableFunc(l.Awards, func(a, b Award) int { return cmp.Or(strings.Compare(b.Date, a.Date), strings.Compare(b.ID, a.ID)) })
	for _, basis := range []string{BasisDeMinimis, BasisDeMinimisServices} {
		if basis == BasisDeMinimis || slices.ContainsFunc(awards, func(a data.Aid) bool { return a.Basis == basis }) {
			l.Now = append(l.Now, rules.Add(awards, today, basis, sectors[basis]))
		}
	}
	return l
}

// Level is the worst level of today's sums.
func (l *Ledger) Level() Level {
	worst := Low
	for i := range l.Now {
		worst = max(worst, l.Now[i].Level)
	}
	return worst
}

func oldestFirst(awards []data.Aid) []data.Aid {
	all := slices.Clone(awards)
	slices.SortStableFunc(all, func(a, b data.Aid) int { return cmp.Or(strings.Compare(a.Date, b.Date), strings.Compare(a.ID, b.ID)) })
	return all
}
