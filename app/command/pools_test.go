package command

import (
	"slices"
	"strings"
	"testing"
)

// TestPoolsByHand decides about groups from the command line, each step undoable.
func TestPoolsByHand(t *testing.T) {
	s := try(t)
	s.run(exitOK, "needs", "import", labelledNeeds)
	list := func(args ...string) []poolJSON {
		t.Helper()
		out, _ := s.run(exitOK, append([]string{"pools", "--json"}, args...)...)
		var pools []poolJSON
		read(t, out, &pools)
		return pools
	}
	one := func(args ...string) poolJSON {
		t.Helper()
		out, _ := s.run(exitOK, append(append([]string{"pools"}, args...), "--json")...)
		var pool poolJSON
		read(t, out, &pool)
		return pool
	}
	before := list()
	a, b := before[0], before[1]
	if got := one("lock", a.ID); got.ID != a.ID || !got.Locked || !got.Stored || !slices.Equal(got.Needs, a.Needs) {
		t.Errorf("locked: %+v", got)
	}
	if got := one("unlock", strings.ToLower(a.ID)); got.Locked || !got.Stored {
		t.Errorf("unlocked: %+v", got)
	}
	if got := one("rename", a.ID, "Høstkurs"); got.Label != "Høstkurs" {
		t.Errorf("named: %+v", got)
	}
	if got := one("split", "høstkurs", a.Needs[0], a.Needs[1]); got.ID == a.ID || !slices.Equal(got.Needs, a.Needs[:2]) {
		t.Errorf("split: %+v", got)
	}
	s.run(exitOK, "undo")
	if got := one("move", a.ID, b.Needs[0]); !slices.Contains(got.Needs, b.Needs[0]) {
		t.Errorf("moved: %+v", got)
	}
	s.run(exitOK, "undo")
	if got := one("exclude", a.ID, a.Needs[0]); slices.Contains(got.Needs, a.Needs[0]) || !slices.Equal(got.Excluded, a.Needs[:1]) {
		t.Errorf("out: %+v", got)
	}
	var show poolShowJSON
	out, _ := s.run(exitOK, "pools", "show", a.ID, "--json")
	read(t, out, &show)
	if !slices.ContainsFunc(show.Nearly, func(n poolNearJSON) bool { return n.Need == a.Needs[0] && len(n.Why) > 0 }) {
		t.Errorf("nearly: %+v", show.Nearly)
	}
	s.run(exitOK, "undo")
	if got := one("join", a.ID, b.ID); len(got.Needs) != len(a.Needs)+len(b.Needs) {
		t.Errorf("joined: %+v", got)
	}
	if got := one("set", a.ID, "--least", "99", "--place", "3446"); got.Missing != 99-got.People || got.Place != "3446" {
		t.Errorf("set: %+v", got)
	}
	common := one("unlock", a.ID).Months
	if got := one("set", a.ID, "--months", "12, 1"); !slices.Equal(got.Months, []int{12, 1}) || !strings.Contains(got.Why, "desember–januar") {
		t.Errorf("months: %+v", got)
	}
	if got := one("lock", a.ID); !slices.Equal(got.Months, []int{12, 1}) || got.Place != "3446" {
		t.Errorf("months after locking: %+v", got)
	}
	if got := one("set", a.ID, "--months", ""); !slices.Equal(got.Months, common) {
		t.Errorf("months as before: %+v, want %v", got, common)
	}
	s.run(exitOK, "pools", "release", a.ID)
	if got := list("--min", "5"); slices.ContainsFunc(got, func(p poolJSON) bool { return p.ID == a.ID || p.Stored }) {
		t.Errorf("released, and yet %+v", got)
	}
	if out, _ = s.run(exitOK, "pools", "invite", b.ID); !strings.Contains(out, "Registeret har ingen bedrifter") {
		t.Error(out)
	}
	for want, args := range map[string][]string{
		"Fant ingen gruppe":      {"lock", "nope"},
		"ikke i gruppen":         {"exclude", b.ID, a.Needs[0]},
		"med seg selv":           {"join", b.ID, b.ID},
		"Fant ikke behovet":      {"move", b.ID, "nope"},
		"ikke nummeret på en ko": {"set", b.ID, "--place", "9999"},
		"er ikke måneder":        {"set", b.ID, "--months", "13"},
		"Det er ingenting å løs": {"release", b.ID},
	} {
		if _, errOut := s.run(exitNo, append([]string{"pools"}, args...)...); !strings.Contains(errOut, want) {
			t.Errorf("%v: %s", args, errOut)
		}
	}
}
