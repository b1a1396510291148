// Package duplicate finds organisations that are in the register twice. It
// compares only those that share a key, so that the time grows about as the
// register does, and gives its reasons.
package duplicate

import (
	"cmp"
	"context"
	"slices"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// What is one thing that two organisations have in common.
type What int

// The reasons.
const (
	SameNumber  What = iota // the same organisation number
	LikeNumber              // numbers that differ by one slip, and one of them is wrong
	SameName                // the same name, whatever its spelling and legal form
	LikeName                // names that differ by slips
	PartName                // one name has all the words of the other
	SamePlace               // the same municipality
	SameEmail               // the same e-mail address
	SamePhone               // the same telephone number
	SameWebsite             // the same website, or mail at its domain
)

// Reason is why two organisations may be one. Value is what they share, "" when
// it needs no telling.
type Reason struct {
	What  What
	Value string
}

// Pair is two organisations that may be one.
type Pair struct {
	First, Second string // ids, the smaller first
	// Confidence is 1 to 100: Sure or more is as good as certain.
	Confidence int
	Reasons    []Reason
}

// Levels of confidence.
const (
	Sure   = 90
	Likely = 70
	Least  = 50 // below this a pair is not told of
)

// Find finds the pairs among organisations of one kind, the surest first. apart
// are those that somebody found to be two, by both ids, the smaller first. It
// ends early, with the error of ctx, when ctx does.
func Find(ctx context.Context, all []data.Organisation, places *reference.Tables, apart map[[2]string]bool) ([]Pair, error) {
	f := &finder{records: prepare(all, places), pairs: map[[2]int32]Pair{}}
	if err := f.run(ctx); err != nil {
		return nil, err
	}
	found := make([]Pair, 0, len(f.pairs))
	for _, p := range f.pairs {
		if !apart[[2]string{p.First, p.Second}] {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b Pair) int {
		return cmp.Or(b.Confidence-a.Confidence, cmp.Compare(a.First, b.First), cmp.Compare(a.Second, b.Second))
	})
	return found, nil
}

const (
	// largest is how many may share a key before they are compared with their
	// neighbours only.
	largest = 24
	// window is how many neighbours that is.
	window = 6
	// common is how many may share an address, a number or a domain before it says
	// nothing: an accountant's, a shopping centre's.
	common = 6
)

type finder struct {
	records  []record
	pairs    map[[2]int32]Pair
	compared int // how many comparisons were made, for tests
}

func (f *finder) run(ctx context.Context) error {
	f.count()
	entries := f.keys()
	sortKeys(entries)
	for from := 0; from < len(entries); {
		to := from + 1
		for to < len(entries) && entries[to].key == entries[from].key {
			to++
		}
		f.block(entries[from:to])
		from = to
		if from&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// block compares the records that share a key.
func (f *finder) block(entries []entry) {
	if len(entries) < 2 {
		return
	}
	reach := len(entries)
	if reach > largest {
		slices.SortFunc(entries, func(a, b entry) int {
			return cmp.Or(cmp.Compare(f.records[a.at].joined, f.records[b.at].joined), cmp.Compare(a.at, b.at))
		})
		reach = window
	}
	for i := range entries {
		for j := i + 1; j < min(i+1+reach, len(entries)); j++ {
			f.compare(entries[i].at, entries[j].at)
		}
	}
}

func (f *finder) compare(a, b int32) {
	if a == b {
		return
	}
	if f.records[b].id < f.records[a].id {
		a, b = b, a
	}
	f.compared++
	x, y := &f.records[a], &f.records[b]
	if x.valid && y.valid && x.number != y.number {
		return // two numbers are two organisations, whatever else they share
	}
	if _, known := f.pairs[[2]int32{a, b}]; known {
		return
	}
	if confidence, reasons := judge(x, y); confidence >= Least {
		f.pairs[[2]int32{a, b}] = Pair{First: x.id, Second: y.id, Confidence: confidence, Reasons: reasons}
	}
}
