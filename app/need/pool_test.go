package need

import (
	"math/rand"
	"reflect"
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
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{})
	pools := p.Pools(l.needs)
	both, ours, theirs := l.pairs(pools)
	precision, recall := float64(both)/float64(ours), float64(both)/float64(theirs)
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("pools: %d, pairs ours %d, labelled %d, both %d; precision %.2f recall %.2f F1 %.2f", len(pools), ours, theirs, both, precision, recall, f1)
	words := lang.New("nb")
	for i := range pools {
		var clusters []string
		for _, id := range pools[i].Needs {
			clusters = append(clusters, id+"="+l.clusters[id])
		}
		t.Log(p.Label(words, &pools[i]), pools[i].People, clusters, p.Why(words, &pools[i]))
	}
	if f1 < 0.75 {
		t.Errorf("F1 %.2f, want at least 0.75", f1)
	}
}

func TestPoolsDoNotDependOnOrder(t *testing.T) {
	l := load(t, "testdata/matching")
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{Max: 12})
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
