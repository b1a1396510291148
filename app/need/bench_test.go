package need

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// many makes needs of the labelled ones: two texts in one, spread over the
// country, so that no two are alike.
func (l *labelled) many(n int) []data.Need {
	places := reference.Load().Municipalities()
	all := make([]data.Need, n)
	for i := range all {
		one := l.needs[i%len(l.needs)]
		other := l.needs[(i/len(l.needs)+i*7)%len(l.needs)]
		one.ID = fmt.Sprintf("M%06d", i)
		one.Text += " " + other.Text
		one.Municipality = places[(i*31)%len(places)].Number
		all[i] = one
	}
	return all
}

func (l *labelled) manyOffers(n int) []Offer {
	all := make([]Offer, n)
	for i := range all {
		all[i] = l.offers[i%len(l.offers)]
		all[i].ID = fmt.Sprintf("X%05d", i)
		all[i].Description += " " + l.offers[(i*13+i/len(l.offers))%len(l.offers)].Description
	}
	return all
}

// BenchmarkMatchThousand matches a thousand needs with two thousand offers, from
// cold. The ratio is to the second that it may take.
func BenchmarkMatchThousand(b *testing.B) {
	l := load(b, "testdata/matching")
	needs, offers := l.many(10_000), l.manyOffers(2_000)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		terms, err := LoadTerms()
		if err != nil {
			b.Fatal(err)
		}
		m := NewMatcher(terms, reference.Load(), offers, Settings{})
		for i := range needs {
			m.Match(&needs[i])
		}
		var mem runtime.MemStats
		runtime.ReadMemStats(&mem)
		b.ReportMetric(float64(mem.HeapInuse)/(1<<20), "MB-heap")
	}
	per := b.Elapsed() / time.Duration(b.N) / 10
	b.ReportMetric(per.Seconds(), "s/1000needs")
	b.ReportMetric(per.Seconds()/1, "ratio")
}

// BenchmarkOneNeed answers one need anew. The ratio is to 20 ms.
func BenchmarkOneNeed(b *testing.B) {
	l := load(b, "testdata/matching")
	m := NewMatcher(l.matcher.terms, reference.Load(), l.manyOffers(2_000), Settings{})
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		m.Match(&l.needs[i%len(l.needs)])
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/20_000, "ratio")
}

// BenchmarkPools groups needs; the time for twice as many should be little more
// than twice.
func BenchmarkPools(b *testing.B) {
	l := load(b, "testdata/matching")
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{Max: 20}, nil)
	for _, n := range []int{5_000, 10_000, 20_000} {
		needs := l.many(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				p.Pools(needs)
			}
		})
	}
}

// BenchmarkPoolsAgain groups 20 000 needs after one of 200 locked pools was
// changed, when the texts have been read before.
func BenchmarkPoolsAgain(b *testing.B) {
	l := load(b, "testdata/matching")
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{Max: 20}, nil)
	needs := l.many(20_000)
	p.memo = &memo{now: map[string]seen{}}
	first := p.Group(needs, &Decided{})
	var d Decided
	for i := range first.Pools[:200] {
		pool := &first.Pools[i]
		d.Pools = append(d.Pools, Kept{Pool: data.Pool{Row: data.Row{ID: pool.ID}, Concept: p.terms.concepts[pool.Concept].ID, Municipality: pool.Place, Level: pool.Level, Locked: i%2 == 0}, In: pool.Needs})
	}
	for b.Loop() {
		p.memo = &memo{before: p.memo.now, now: map[string]seen{}}
		p.Group(needs, &d)
	}
}

// BenchmarkSame is a list of one need five thousand times.
func BenchmarkSame(b *testing.B) {
	l := load(b, "testdata/matching")
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{Max: 20}, nil)
	needs := l.many(5_000)
	for i := range needs {
		id := needs[i].ID
		needs[i] = l.needs[3]
		needs[i].ID = id
	}
	for b.Loop() {
		p.Pools(needs)
	}
}

// BenchmarkLoadTerms reads the term table, as the first need does.
func BenchmarkLoadTerms(b *testing.B) {
	for b.Loop() {
		if _, err := LoadTerms(); err != nil {
			b.Fatal(err)
		}
	}
}
