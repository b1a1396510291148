package need

import (
	"cmp"
	"math"
	"slices"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// The order of the offers learns from what is decided in the workspace. It is
// added to the score of the matching, and kept simple enough to tell:
//
//   - An offer that was accepted for the need itself stands first; one that was
//     rejected leaves the list and stands among the rejected.
//   - For every other need that is at least lessonAlike like this one, a decision
//     about the offer counts as much as the needs are alike. lift is what speaks
//     for it, at most 1, less what speaks against it, at most 1.
//     A rejection for the level, the form, the time or the price is about that need
//     only and teaches nothing.
//   - A lift up takes the score liftUp of the way to 1; a lift down takes away at
//     most liftDown of it.
//   - An offer that was accepted for a need at least lessonNew alike is answered
//     also where the matching does not find it.
//
// Nothing is stored but the decisions, so undoing one undoes what it taught.
const (
	lessonAlike = 0.35
	lessonNew   = 0.55
	liftUp      = 0.35
	liftDown    = 0.6
)

// Ranked is an offer for a need after what was decided here.
type Ranked struct {
	Match
	// Base is the score of the matching alone; Score has what was learnt.
	Base float64
	// Decision is what was decided for this very need, "" for nothing.
	Decision data.MatchDecision
	// For and Against are how many needs that are alike it was accepted and
	// rejected for.
	For, Against int
}

// Answer is what fits a need.
type Answer struct {
	// Fits are the offers that fit as they are, best first, those that were accepted
	// before the others.
	Fits []Ranked
	// Nearly are those where something has to change: each has blocks.
	Nearly []Ranked
	// Rejected are those that were rejected for this need.
	Rejected []Ranked
	// None is set when a person has said that no offer fits.
	None *data.MatchDecision
}

// Accepted are the offers that were accepted.
func (a *Answer) Accepted() []Ranked {
	var all []Ranked
	for _, list := range [][]Ranked{a.Fits, a.Nearly} {
		for i := range list {
			if list[i].Decision.Decision == data.MatchAccepted {
				all = append(all, list[i])
			}
		}
	}
	return all
}

// Ranked are what fits and what nearly does in one list, best first, at most
// MostOffers.
func (a *Answer) Ranked() []Ranked {
	all := slices.Concat(a.Fits, a.Nearly)
	sortRanked(all)
	return all[:min(len(all), MostOffers)]
}

// Answer finds what fits a need, with what was learnt. The need may be one that
// is not kept as it is.
func (f *Finder) Answer(n *data.Need) Answer {
	var likeness []float64
	if len(f.decisions) > 0 {
		likeness = f.likeness(f.Matcher.read(n))
	}
	var all []Ranked
	seen := map[string]bool{}
	for _, m := range f.Matcher.Match(n) {
		all = append(all, Ranked{Match: m, Base: m.Score})
		seen[m.Offer] = true
	}
	for i := range f.Matcher.offers {
		o := &f.Matcher.offers[i]
		if seen[o.ID] || !f.taught(n, o.ID, likeness) {
			continue
		}
		blocks, km := f.Matcher.ground.limits(n, o)
		all = append(all, Ranked{Match: Match{Offer: o.ID, Blocks: blocks, Km: km}})
	}
	for i := range all {
		f.learn(n, &all[i], likeness)
	}
	sortRanked(all)
	var answer Answer
	for _, r := range all {
		switch {
		case r.Decision.Decision == data.MatchRejected:
			answer.Rejected = append(answer.Rejected, r)
		case len(r.Blocks) > 0 && r.Decision.Decision != data.MatchAccepted:
			answer.Nearly = append(answer.Nearly, r)
		default:
			answer.Fits = append(answer.Fits, r)
		}
	}
	for _, d := range f.own[n.ID] {
		if d.Decision == data.MatchNone {
			answer.None = &d.MatchDecision
		}
	}
	return answer
}

func sortRanked(all []Ranked) {
	slices.SortFunc(all, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(rank(&b), rank(&a)), cmp.Compare(b.Score, a.Score), cmp.Compare(a.Offer, b.Offer))
	})
}

// rank puts what was accepted first.
func rank(r *Ranked) int {
	if r.Decision.Decision == data.MatchAccepted {
		return 1
	}
	return 0
}

// taught tells whether an offer that the matching does not find is worth
// answering.
func (f *Finder) taught(n *data.Need, offer string, likeness []float64) bool {
	return slices.ContainsFunc(f.decisions[offer], func(d decision) bool {
		return d.Need == n.ID || d.Decision == data.MatchAccepted && likeness[d.need] >= lessonNew
	})
}

// learn moves an offer by what was decided about it.
func (f *Finder) learn(n *data.Need, r *Ranked, likeness []float64) {
	up, down := 0.0, 0.0
	for _, d := range f.decisions[r.Offer] {
		switch {
		case d.Need == n.ID:
			r.Decision = d.MatchDecision
		case likeness[d.need] < lessonAlike:
		case d.Decision == data.MatchAccepted:
			up += likeness[d.need]
			r.For++
		case d.Decision == data.MatchRejected && teaches(d.Reason):
			down += likeness[d.need]
			r.Against++
		}
	}
	lift := min(up, 1) - min(down, 1)
	if lift > 0 {
		r.Score += lift * liftUp * (1 - r.Score)
	} else {
		r.Score *= 1 + lift*liftDown
	}
	r.Score = math.Round(r.Score*10000) / 10000
}

// teaches tells whether a rejection for a reason says something about needs that
// are alike.
func teaches(reason string) bool {
	switch reason {
	case RejectLevel, RejectForm, RejectTime, RejectPrice:
		return false
	}
	return true
}

// Reasons says why an offer stands where it does, what was learnt first.
func (f *Finder) Reasons(words *lang.Printer, n *data.Need, r *Ranked) []string {
	var all []string
	if r.For > 0 {
		all = append(all, words.N("need.learnt.for", r.For))
	}
	if r.Against > 0 {
		all = append(all, words.N("need.learnt.against", r.Against))
	}
	return append(all, f.Matcher.Reasons(words, n, &r.Match)...)
}

// BlockedBy says what would have to change for an offer to fit.
func (f *Finder) BlockedBy(words *lang.Printer, n *data.Need, r *Ranked) []string {
	return f.Matcher.BlockedBy(words, n, &r.Match)
}

// Reasons for rejecting an offer, as they are stored.
const (
	RejectSubject = "subject" // it teaches something else
	RejectLevel   = "level"
	RejectForm    = "form"
	RejectTime    = "time"
	RejectPrice   = "price"
	RejectOther   = "other"
)

// RejectReasons are the reasons, the most usual first.
func RejectReasons() []string {
	return []string{RejectSubject, RejectLevel, RejectForm, RejectTime, RejectPrice, RejectOther}
}

// Decisions are what was decided for a need, or for all with "", oldest first.
func (s *Service) Decisions(need string) ([]data.MatchDecision, error) {
	if !s.store.Has("match_decision") {
		return nil, nil
	}
	return data.Live[data.MatchDecision](s.store, "? = '' OR need = ?", "created, id", need, need)
}

// Decide keeps decisions as one step named label. Each takes the place of an
// earlier one about the same need and offering; that no offering fits and that
// one is accepted take each other's place.
func (s *Service) Decide(label string, all ...data.MatchDecision) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		for i := range all {
			if err := decideOne(tx, all[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func decideOne(tx *data.Tx, d data.MatchDecision) error {
	before, err := data.Live[data.MatchDecision](tx, "need = ?", "id", d.Need)
	if err != nil {
		return err
	}
	for i := range before {
		old := &before[i]
		gone := old.Offering == d.Offering ||
			d.Decision == data.MatchNone && old.Decision == data.MatchAccepted ||
			d.Decision == data.MatchAccepted && old.Decision == data.MatchNone
		if !gone {
			continue
		}
		if err := tx.Delete(old); err != nil {
			return err
		}
	}
	if d.Created == "" {
		d.Created = tx.Now()
	}
	return tx.Put(&d)
}

// Undecide takes what was decided about an offering for a need away; offering
// "" is that none fits.
func (s *Service) Undecide(label, need, offering string) error {
	return s.store.Update(label, func(tx *data.Tx) error {
		all, err := data.Live[data.MatchDecision](tx, "need = ? AND offering = ?", "id", need, offering)
		if err != nil {
			return err
		}
		for i := range all {
			if err := tx.Delete(&all[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
