package need

import (
	"fmt"
	"hash/fnv"
	"os"
	"slices"
	"strings"
	"testing"

	"kompetansepilot/app/reference"
)

// leaveOut is the table with about keep of a hundred of its entries, others for
// each fold.
func leaveOut(t *testing.T, fold, keep uint32) *Terms {
	t.Helper()
	b, err := readTerms()
	if err != nil {
		t.Fatal(err)
	}
	b.t.entries = slices.DeleteFunc(b.t.entries, func(e entry) bool {
		h := fnv.New32a()
		fmt.Fprintf(h, "%d %d %s", fold, e.concept, e.text)
		return (h.Sum32()>>8)%100 >= keep
	})
	clear(b.uses)
	for _, e := range b.t.entries {
		if e.kind != rowNot {
			b.uses[strings.Join(e.words, " ")]++
		}
	}
	terms, err := b.finish()
	if err != nil {
		t.Fatal(err)
	}
	return terms
}

// shareKept is the part of the table, in hundredths, that the numbers are held
// to; HELD=1 prints more and less too.
const shareKept = 45

func shares() []uint32 {
	if os.Getenv("HELD") != "" {
		return []uint32{30, shareKept, 60}
	}
	return []uint32{shareKept}
}

// TestTableLeftOut answers all needs with less than a half of the table. That
// is how needs are answered that nobody wrote the table for, as far as the needs
// at hand can tell; weights and Threshold are chosen by it, not by how the needs
// are answered that the whole table fits.
func TestTableLeftOut(t *testing.T) {
	var sets []*labelled
	for _, name := range []string{"matching", "fresh", "blind", "unseen", "spoken"} {
		l := load(t, "testdata/"+name)
		if name != "matching" && name != "spoken" { // written without limits
			l.limit(t)
		}
		sets = append(sets, l)
	}
	for _, keep := range shares() {
		var s score
		for fold := range uint32(4) {
			m := NewMatcher(leaveOut(t, fold, keep), reference.Load(), sets[0].offers, Settings{})
			for _, l := range sets {
				l.matcher = m
				for i := range l.needs {
					s.add(l, &l.needs[i])
				}
			}
		}
		t.Log(s.row(fmt.Sprintf("%d %% of the table", keep)))
		if keep == shareKept && (s.hit1*100 < s.needs*80 || s.hardFirst*5 > s.hard || s.noneRight*100 < s.none*70 || s.someNone*10 > s.some) {
			t.Error("needs that the table was not written for are answered worse than they were")
		}
	}
}

// TestTablePoolsLeftOut groups needs with a part of the table, as
// TestTableLeftOut answers them.
func TestTablePoolsLeftOut(t *testing.T) {
	l := load(t, "testdata/matching")
	for _, keep := range shares() {
		for _, name := range []string{"by the texts", "by the offers"} {
			var both, ours, theirs int
			for fold := range uint32(4) {
				terms := leaveOut(t, fold, keep)
				var m *Matcher
				if name == "by the offers" {
					m = NewMatcher(terms, reference.Load(), l.offers, Settings{})
				}
				b, o, th := l.pairs(NewPooler(terms, reference.Load(), PoolLimits{}, m).Pools(l.needs))
				both, ours, theirs = both+b, ours+o, theirs+th
			}
			f1 := 2 * float64(both) / float64(ours+theirs)
			t.Logf("%d %% of the table, pools %s: precision %.2f recall %.2f F1 %.2f", keep, name, float64(both)/float64(ours), float64(both)/float64(theirs), f1)
			if keep == shareKept && f1 < 0.75 {
				t.Errorf("F1 %.2f, want at least 0.75", f1)
			}
		}
	}
}
