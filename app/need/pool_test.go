package need

import (
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// pairs counts the pairs of needs that pools and labels put together.
func (l *labelled) pairs(pools []Pool) (both, ours, theirs int) {
	at := map[string]string{}
	for _, p := range pools {
		for _, id := range p.Needs {
			at[id] = p.ID
		}
	}
	for i := range l.needs {
		for j := range i {
			a, b := l.needs[i].ID, l.needs[j].ID
			together := at[a] != "" && at[a] == at[b]
			labelled := l.clusters[a] != "" && l.clusters[a] == l.clusters[b]
			if together {
				ours++
			}
			if labelled {
				theirs++
			}
			if together && labelled {
				both++
			}
		}
	}
	return both, ours, theirs
}

func TestTablePools(t *testing.T) {
	l := load(t, "testdata/matching")
	for name, offers := range map[string]*Matcher{"by the texts": nil, "by the offers": l.matcher} {
		p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{}, offers)
		pools := p.Pools(l.needs)
		both, ours, theirs := l.pairs(pools)
		f1 := 2 * float64(both) / float64(ours+theirs)
		t.Logf("pools %s: %d, pairs ours %d, labelled %d, both %d; F1 %.2f", name, len(pools), ours, theirs, both, f1)
		if f1 < 0.75 {
			t.Errorf("F1 %.2f, want at least 0.75", f1)
		}
		if why := p.Why(lang.New("nb"), &pools[0]); !strings.Contains(why, "behov gjelder") || !strings.Contains(why, "kurs") {
			t.Errorf("why: %s", why)
		}
	}
}

// TestTablePoolsUnseen puts needs that were never seen among those that were;
// the same offer is the same pool, wherever and whenever. Only pairs with an
// unseen need count.
func TestTablePoolsUnseen(t *testing.T) {
	l, u := load(t, "testdata/matching"), load(t, "testdata/unseen")
	u.limit(t)
	all := &labelled{clusters: map[string]string{}}
	unseen := map[string]bool{}
	for _, set := range []*labelled{l, u} {
		for _, n := range set.needs {
			n.FromMonth, n.ToMonth, n.Reach = 1, 12, 3000
			best := ""
			for id, grade := range set.grades[n.ID] {
				if grade == 3 && (best == "" || id < best) {
					best = id
				}
			}
			unseen[n.ID] = set == u
			all.clusters[n.ID] = best
			all.needs = append(all.needs, n)
		}
	}
	for name, offers := range map[string]*Matcher{"by the texts": nil, "by the offers": l.matcher} {
		pools := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{}, offers).Pools(all.needs)
		both, ours, theirs := all.unseenPairs(pools, unseen)
		t.Logf("pools with unseen needs, %s: precision %.2f (%d/%d) recall %.2f (of %d) F1 %.2f", name, float64(both)/float64(ours), both, ours,
			float64(both)/float64(theirs), theirs, 2*float64(both)/float64(ours+theirs))
	}
}

// unseenPairs counts as pairs does, among the pairs with an unseen need.
func (l *labelled) unseenPairs(pools []Pool, unseen map[string]bool) (both, ours, theirs int) {
	seen := &labelled{clusters: l.clusters}
	for i := range l.needs {
		if !unseen[l.needs[i].ID] {
			seen.needs = append(seen.needs, l.needs[i])
		}
	}
	both, ours, theirs = l.pairs(pools)
	b, o, s := seen.pairs(pools)
	return both - b, ours - o, theirs - s
}

func TestPoolsDoNotDependOnOrder(t *testing.T) {
	l := load(t, "testdata/matching")
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{Max: 12}, nil)
	want := p.Pools(l.needs)
	shuffled := append([]data.Need(nil), l.needs...)
	rand.New(rand.NewSource(1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	if got := p.Pools(shuffled); !reflect.DeepEqual(got, want) {
		t.Errorf("another order of the needs gave other pools:\n%v\n%v", got, want)
	}
	for _, pool := range want {
		if pool.People > 12 && len(pool.Needs) > 1 {
			t.Errorf("%s has %d people, at most 12 may be in it", pool.ID, pool.People)
		}
	}
}
