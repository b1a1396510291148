package need

import (
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// together tells who is with whom: pools with their needs, by id.
func together(pools []Pool) map[string]string {
	all := map[string]string{}
	for i := range pools {
		all[pools[i].ID] = strings.Join(slices.Sorted(slices.Values(pools[i].Needs)), " ")
	}
	return all
}

// TestLockingMovesNobody: whichever pools are locked, all pools stay as they are.
func TestLockingMovesNobody(t *testing.T) {
	l := load(t, "testdata/matching")
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{}, nil)
	want := p.Group(l.needs, &Decided{})
	rapid.Check(t, func(t *rapid.T) {
		var d Decided
		for i := range want.Pools {
			if pool := &want.Pools[i]; rapid.Bool().Draw(t, pool.ID) {
				d.Pools = append(d.Pools, Kept{Pool: data.Pool{Row: data.Row{ID: pool.ID}, Name: "x", Concept: p.terms.concepts[pool.Concept].ID, Municipality: pool.Place, Level: pool.Level, Locked: true}, In: pool.Needs})
			}
		}
		got := p.Group(l.needs, &d)
		if !reflect.DeepEqual(together(got.Pools), together(want.Pools)) {
			t.Fatalf("locking %d pools gave\n%v\nnot\n%v", len(d.Pools), together(got.Pools), together(want.Pools))
		}
	})
}

// pooling is a workspace with needs of the labelled set.
type pooling struct {
	t     testing.TB
	store *data.Workspace
	s     *Service
	words *lang.Printer
}

func newPooling(t testing.TB, needs []data.Need) *pooling {
	t.Helper()
	w, err := data.Open(filepath.Join(t.TempDir(), "a.kpilot"), data.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	s := NewService(w, reference.Load())
	if _, err := s.Import("Leste inn", &Read{Needs: needs}); err != nil {
		t.Fatal(err)
	}
	return &pooling{t, w, s, lang.New("nb")}
}

func (p *pooling) group() *Grouped {
	p.t.Helper()
	g, err := p.s.Group(PoolLimits{}, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return g
}

func (p *pooling) pool(id string) *Pool {
	p.t.Helper()
	pool, err := p.group().Pool(p.words, id)
	if err != nil {
		p.t.Fatal(err)
	}
	return pool
}

func TestPoolsByHand(t *testing.T) {
	p := newPooling(t, load(t, "testdata/matching").needs)
	g := p.group()
	a, b := &g.Pools[0], &g.Pools[1]
	before := together(g.Pools)
	must := func(kept data.Pool, err error) data.Pool {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return kept
	}
	undo := func(label string) {
		t.Helper()
		got, err := p.store.Undo()
		if err != nil || !strings.HasPrefix(got, label) {
			t.Fatalf("took back %q, %v; want %q", got, err, label)
		}
		if now := together(p.group().Pools); !reflect.DeepEqual(now, before) {
			t.Fatalf("after taking back %q the pools are\n%v\nnot\n%v", label, now, before)
		}
	}

	kept := must(p.s.LockPool(p.words, g, a, true))
	if kept.ID != a.ID || kept.Name == "" || !p.pool(a.ID).Locked || !reflect.DeepEqual(together(p.group().Pools), before) {
		t.Errorf("locking gave %+v", kept)
	}
	undo("Låste gruppen")

	chosen := a.Needs[:2]
	kept = must(p.s.SplitPool(p.words, g, a, chosen))
	if got, rest := p.pool(kept.ID), p.pool(a.ID); !slices.Equal(got.Needs, chosen) || !slices.Equal(rest.Needs, a.Needs[2:]) {
		t.Errorf("split into %v and %v", got.Needs, rest.Needs)
	}
	if old := g.Pooler.Label(p.words, a); kept.Name == old || !strings.HasPrefix(kept.Name, old[:8]) {
		t.Errorf("both are called %q", kept.Name)
	}
	undo("Delte gruppen")

	kept = must(p.s.JoinPools(p.words, g, a, b))
	if got := p.pool(kept.ID); kept.ID != a.ID || len(got.Needs) != len(a.Needs)+len(b.Needs) || slices.ContainsFunc(p.group().Pools, func(x Pool) bool { return x.ID == b.ID }) {
		t.Errorf("joined: %v", got.Needs)
	}
	undo("Slo sammen")

	kept = must(p.s.MoveToPool(p.words, g, a, b.Needs[:1]))
	if got := p.pool(kept.ID); !slices.Contains(got.Needs, b.Needs[0]) || len(got.Needs) != len(a.Needs)+1 {
		t.Errorf("moved in: %v", got.Needs)
	}
	undo("Flyttet")

	kept = must(p.s.KeepOut(p.words, g, a, a.Needs[1:2]))
	got := p.pool(kept.ID)
	if slices.Contains(got.Needs, a.Needs[1]) || !slices.Equal(got.Out, a.Needs[1:2]) {
		t.Errorf("kept out: %+v", got)
	}
	g2 := p.group()
	near := g2.Pooler.Nearly(g2.Grouping, got, 20)
	if i := slices.IndexFunc(near, func(n Near) bool { return n.Need.ID == a.Needs[1] }); i < 0 || !near[i].Out {
		t.Errorf("who nearly fits: %+v", near)
	}
	undo("Tok ut")

	kept = must(p.s.RenamePool(p.words, g, a, "  Høstkurs   på Otta "))
	if got := p.pool("høstkurs"); got.ID != a.ID || g.Pooler.Label(p.words, got) != "Høstkurs på Otta" || kept.Name != "Høstkurs på Otta" {
		t.Errorf("named %q", kept.Name)
	}
	if public := g.Pooler.Public(p.words, p.pool(a.ID)); strings.Contains(public, "Otta") || public != g.Pooler.Label(p.words, a) {
		t.Errorf("others are told %q", public)
	}
	if kept = must(p.s.RenamePool(p.words, p.group(), p.pool(a.ID), "")); kept.Named || kept.Name != g.Pooler.Label(p.words, a) {
		t.Errorf("without a name it is called %q", kept.Name)
	}
	if err := p.s.ReleasePool(p.words, p.group(), p.pool(a.ID)); err != nil {
		t.Fatal(err)
	}
	for i, now := range p.group().Pools {
		if now.Stored || now.ID == a.ID {
			t.Errorf("pool %d has the id of one that was stored: %+v", i, now)
		}
	}

	for name, err := range map[string]error{
		"nobody chosen":    second(p.s.SplitPool(p.words, g, b, nil)),
		"all chosen":       second(p.s.SplitPool(p.words, g, b, b.Needs)),
		"not in the group": second(p.s.KeepOut(p.words, g, b, a.Needs[:1])),
		"with itself":      second(p.s.JoinPools(p.words, g, b, b)),
		"a long name":      second(p.s.RenamePool(p.words, g, b, strings.Repeat("å", 200))),
		"no such need":     second(p.s.MoveToPool(p.words, g, b, []string{"nope"})),
		"nothing decided":  p.s.ReleasePool(p.words, g, b),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func second(_ data.Pool, err error) error { return err }

// pooled are some needs that belong together, and a few that do not.
func pooled(l *labelled) []data.Need {
	pools := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{}, nil).Pools(l.needs)
	in := map[string]bool{}
	for i := range pools[:5] {
		for _, id := range pools[i].Needs {
			in[id] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(l.needs), func(n data.Need) bool { return !in[n.ID] && n.ID > "N006" })
}

// TestPoolsModel does what a person may do in any order. Whatever that is, no need
// is in two pools, what was locked and kept out stays so, and each step can be taken
// back alone.
func TestPoolsModel(t *testing.T) {
	p := newPooling(t, pooled(load(t, "testdata/matching")))
	rapid.Check(t, func(rt *rapid.T) {
		for last, _, err := p.store.Steps(); last != "Leste inn"; last, _, err = p.store.Steps() { // begin anew
			if err != nil {
				rt.Fatal(err)
			}
			if _, err := p.store.Undo(); err != nil {
				rt.Fatal(err)
			}
		}
		for step := range rapid.IntRange(1, 6).Draw(rt, "steps") {
			g := p.group()
			before := g.Pools
			pool := &g.Pools[rapid.IntRange(0, len(g.Pools)-1).Draw(rt, fmt.Sprint("pool", step))]
			other := &g.Pools[rapid.IntRange(0, len(g.Pools)-1).Draw(rt, fmt.Sprint("other", step))]
			some := rapid.SliceOfDistinct(rapid.SampledFrom(append([]string{""}, pool.Needs...)), rapid.ID).Draw(rt, fmt.Sprint("needs", step))
			some = slices.DeleteFunc(some, func(id string) bool { return id == "" })
			var err error
			switch rapid.IntRange(0, 6).Draw(rt, fmt.Sprint("what", step)) {
			case 0:
				_, err = p.s.LockPool(p.words, g, pool, !pool.Locked)
			case 1:
				_, err = p.s.SplitPool(p.words, g, pool, some)
			case 2:
				_, err = p.s.JoinPools(p.words, g, pool, other)
			case 3:
				_, err = p.s.MoveToPool(p.words, g, other, some)
			case 4:
				_, err = p.s.KeepOut(p.words, g, pool, some)
			case 5:
				_, err = p.s.RenamePool(p.words, g, pool, fmt.Sprint("Gruppe ", step))
			case 6:
				err = p.s.ReleasePool(p.words, g, pool)
			}
			if err != nil && data.Code(err) == "" {
				rt.Fatal(err)
			}
			after := p.group().Pools
			if !reflect.DeepEqual(after, p.group().Pools) {
				rt.Fatal("calculated twice, the pools differ")
			}
			in := map[string]string{}
			for i := range after {
				for _, id := range after[i].Needs {
					if in[id] != "" {
						rt.Fatalf("%s is in %s and %s", id, in[id], after[i].ID)
					}
					in[id] = after[i].ID
					if slices.Contains(after[i].Out, id) {
						rt.Fatalf("%s was taken out of %s and is in it", id, after[i].ID)
					}
				}
			}
			if err != nil {
				if !reflect.DeepEqual(after, before) {
					rt.Fatalf("%v, and yet the pools changed", err)
				}
				continue
			}
			if changed := !reflect.DeepEqual(after, before); changed && rapid.Bool().Draw(rt, fmt.Sprint("undo", step)) {
				if _, err := p.store.Undo(); err != nil {
					rt.Fatal(err)
				}
				if now := p.group().Pools; !reflect.DeepEqual(now, before) {
					rt.Fatalf("taken back, the pools are\n%+v\nnot\n%+v", now, before)
				}
			}
		}
	})
}

// TestPoolsKnowDecisions: an offering that was accepted tells what a need is about,
// one that was rejected does not.
func TestPoolsKnowDecisions(t *testing.T) {
	l := load(t, "testdata/matching")
	p := NewPooler(l.matcher.terms, reference.Load(), PoolLimits{}, l.matcher)
	at := slices.IndexFunc(l.needs, func(n data.Need) bool { return len(l.matcher.Match(&n)) > 1 && len(p.subjects(&n, nil)) > 0 })
	n := &l.needs[at]
	found := l.matcher.Match(n)
	first := p.subjects(n, nil)[0].Concept
	var other string
	for _, o := range l.offers {
		if about := l.matcher.profiles[l.matcher.byID[o.ID]]; len(about) > 0 && about[0].Concept != first {
			other = o.ID
			break
		}
	}
	want := l.matcher.profiles[l.matcher.byID[other]][0].Concept
	if got := p.subjects(n, map[string]string{other: data.MatchAccepted}); got[0].Concept != want || got[0].Strength != 1 {
		t.Errorf("accepted %s: %+v", other, got)
	}
	for _, mark := range p.subjects(n, map[string]string{found[0].Offer: data.MatchRejected}) { // the text may still tell so
		if mark.Strength == found[0].Score && mark.Concept == first {
			t.Errorf("what was rejected still counts: %+v", mark)
		}
	}
}
