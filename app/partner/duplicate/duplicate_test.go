package duplicate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

func find(t testing.TB, all []data.Organisation, apart map[[2]string]bool) []Pair {
	t.Helper()
	found, err := Find(context.Background(), all, reference.Load(), apart)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestFindsWhatIsPlanted: all of it, and at most two in a hundred that were not.
func TestFindsWhatIsPlanted(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3} {
		p := plant(seed, 12_000)
		found := find(t, p.all, nil)
		wrong := 0
		for _, pair := range found {
			key := [2]string{pair.First, pair.Second}
			if _, ok := p.pairs[key]; ok {
				delete(p.pairs, key)
				continue
			}
			wrong++
			if wrong < 8 {
				t.Logf("false: %d %v %s", pair.Confidence, pair.Reasons, describe(p, key))
			}
		}
		for key, how := range p.pairs {
			t.Errorf("not found, %s: %s", how, describe(p, key))
		}
		if wrong*100 > 2*len(found) {
			t.Errorf("seed %d: %d of %d are false", seed, wrong, len(found))
		}
		t.Logf("seed %d: %d found, %d false", seed, len(found), wrong)
	}
}

func describe(p *planted, key [2]string) string {
	var b strings.Builder
	for _, o := range p.all {
		if o.ID == key[0] || o.ID == key[1] {
			fmt.Fprintf(&b, "\n\t%q %s %s %s %s", o.Name, o.OrgNumber, o.Municipality, o.Phone, o.Email)
		}
	}
	return b.String()
}

// TestWorkGrowsAsTheRegister: each organisation is compared with few others,
// however many there are and however alike.
func TestWorkGrowsAsTheRegister(t *testing.T) {
	f := &finder{records: prepare(plant(5, 40_000).all, reference.Load()), pairs: map[[2]int32]Pair{}}
	if err := f.run(context.Background()); err != nil || f.compared > 20*len(f.records) {
		t.Errorf("%d comparisons of %d, %v", f.compared, len(f.records), err)
	}
	same := slices.Repeat([]data.Organisation{{Name: "Fåvang Sag AS", Email: "post@example.no", Phone: "61203040", Municipality: "3439"}}, 20_000)
	f = &finder{records: prepare(same, reference.Load()), pairs: map[[2]int32]Pair{}}
	if err := f.run(context.Background()); err != nil || f.compared > 100*len(same) {
		t.Errorf("%d comparisons of twenty thousand alike, %v", f.compared, err)
	}
}

func TestWords(t *testing.T) {
	for name, want := range map[string]string{
		"Fåvang Sag AS": "favang sag", "FÅVANG SAG A/S": "favang sag", "Faavang Sag A.S": "favang sag", "AS Fåvang Sag": "favang sag",
		"Berg & Dal DA": "berg dal", "Berg og Dal": "berg dal", "AS": "as", "": "", "Lom Bakeri ENK": "lom bakeri", "1-2-Tre BA": "1 2 tre", "Og": "og",
	} {
		if got := strings.Join(Words(name), " "); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestLikeness(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want resemblance
	}{
		{"Fåvang Sag AS", "Sag Fåvang", same}, {"Fåvang Sag", "Fåvnag Sag", like}, {"Fåvang Sag", "Fåvangsag", same}, {"Avdeling 2", "Avdeling 3", unlike},
		{"Nes Bygg", "Nos Bygg", unlike}, {"Søndre Sag", "Nordre Sag", unlike}, {"Lom Bakeri", "Lom Bakeri og Kafé", part}, {"Lom Bakeri", "Lom Bakeriet Kafé", part},
		{"Berg", "Berg Bygg", unlike}, {"", "", unlike}, {"Trelastforretningen", "Trelasforretninge", like},
	} {
		all := prepare([]data.Organisation{{Name: c.a}, {Name: c.b}}, reference.Load())
		if got := likeness(&all[0], &all[1]); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b       string
		most, want int
	}{{"abc", "abc", 2, 0}, {"abc", "acb", 2, 1}, {"abcd", "abxd", 2, 1}, {"abcd", "abd", 2, 1}, {"abcd", "badc", 2, 2}, {"abcdef", "ghijkl", 2, 3}, {"", "ab", 2, 2}, {"a", "b", 0, 1}} {
		if got := distance(c.a, c.b, c.most); got != c.want {
			t.Errorf("%q %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestReasons(t *testing.T) {
	all := []data.Organisation{
		{Row: data.Row{ID: "1"}, Name: "Fåvang Sag AS", OrgNumber: "314950283", Municipality: "3439", Email: "post@favangsag.no", Phone: "61 20 30 40"},
		{Row: data.Row{ID: "2"}, Name: "Fåvang sag", Municipality: "0520", Website: "http://favangsag.no/", Phone: "+47 61203040"}, // of 2017
		{Row: data.Row{ID: "3"}, Name: "Fåvang Sag AS", OrgNumber: "974760673", Municipality: "3439", Email: "post@favangsag.no"},
	}
	found := find(t, all, nil)
	if len(found) != 2 || found[0].Confidence != 96 && found[1].Confidence != 96 {
		t.Fatalf("found %+v", found)
	}
	var first Pair
	for _, p := range found {
		if p.First == "1" {
			first = p
		}
	}
	var what []What
	for _, r := range first.Reasons {
		what = append(what, r.What)
	}
	if first.Second != "2" || !slices.Equal(what, []What{SameName, SamePlace, SamePhone, SameWebsite}) {
		t.Errorf("reasons %+v", first)
	}
	if left := find(t, all, map[[2]string]bool{{"1", "2"}: true}); len(left) != 1 {
		t.Errorf("told apart, and still %+v", left)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Find(ctx, all, reference.Load(), nil); err == nil {
		t.Error("went on after it was stopped")
	}
}

// BenchmarkFind is the time at a hundred thousand against that at ten thousand.
func BenchmarkFind(b *testing.B) {
	few, many, places := plant(1, 10_000).all, plant(1, 100_000).all, reference.Load()
	once := func(all []data.Organisation) time.Duration {
		start := time.Now()
		if _, err := Find(context.Background(), all, places, nil); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	once(few)
	for b.Loop() {
		// Ten small ones take as long as a large one, so that others who want the
		// machine disturb both alike.
		var small, large []time.Duration
		for range 4 {
			start := time.Now()
			for range 10 {
				once(few)
			}
			small, large = append(small, time.Since(start)/10), append(large, once(many))
		}
		b.ReportMetric(float64(slices.Min(large))/float64(slices.Min(small)), "ratio")
		b.ReportMetric(slices.Min(large).Seconds(), "s/100000")
	}
}
