package need

import (
	"fmt"
	"hash/fnv"
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
	for _, keep := range []uint32{30, 45, 60} {
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
		if keep == 45 && (s.hit1*100 < s.needs*80 || s.hardFirst*5 > s.hard || s.noneRight*100 < s.none*65 || s.someNone*10 > s.some) {
			t.Error("needs that the table was not written for are answered worse than they were")
		}
	}
}
