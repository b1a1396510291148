package ask

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// example is a line of testdata/set.txt.
type example struct {
	held bool // set aside: not looked at while the rules were written
	sent time.Time
	text string
	want []string
}

func examples(t testing.TB) []example {
	t.Helper()
	f, err := os.Open("testdata/set.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []example
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		part := strings.Split(line, "|")
		if len(part) != 4 {
			t.Fatalf("not four parts: %s", line)
		}
		sent, err := time.Parse(time.DateOnly, part[1])
		if err != nil {
			t.Fatal(err)
		}
		e := example{held: part[0] == "h", sent: sent.Add(9 * time.Hour), text: strings.ReplaceAll(part[2], `\n`, "\n")}
		for w := range strings.SplitSeq(part[3], ";") {
			if w = strings.TrimSpace(w); w != "" {
				e.want = append(e.want, w)
			}
		}
		all = append(all, e)
	}
	return all
}

func label(p Proposal) string {
	s := p.Kind
	if p.Date != "" {
		s += " " + p.Date
	}
	if p.Time != "" {
		s += " " + p.Time
	}
	if p.Amount != 0 {
		s += fmt.Sprint(" ", p.Amount)
	}
	if p.Case != "" {
		s += " " + p.Case
	}
	return s
}

// score counts what was found of what should be.
type score struct{ right, found, wanted int }

func (s score) String() string {
	return fmt.Sprintf("precision %.3f (%d of %d), recall %.3f (%d of %d)", float64(s.right)/float64(max(s.found, 1)), s.right, s.found,
		float64(s.right)/float64(max(s.wanted, 1)), s.right, s.wanted)
}

// TestLabelledSet compares what is found with what people would find, kind by
// kind. A find counts when kind, day, time, amount and number are all right. The
// figures of the part that was set aside are what the rules are worth.
func TestLabelledSet(t *testing.T) {
	all := examples(t)
	if len(all) < 250 {
		t.Fatalf("only %d examples", len(all))
	}
	for _, held := range []bool{false, true} {
		scores, total := map[string]*score{}, score{}
		of := func(label string) *score {
			kind, _, _ := strings.Cut(label, " ")
			if scores[kind] == nil {
				scores[kind] = &score{}
			}
			return scores[kind]
		}
		for _, e := range all {
			if e.held != held {
				continue
			}
			var got []string
			for _, p := range Find("", e.text, e.sent) {
				if p.Quote != "" && (p.End > len(e.text)+1 || p.Start < 0 || p.Start >= p.End) {
					t.Errorf("%q: quote %d to %d", e.text, p.Start, p.End)
				}
				got = append(got, label(p))
			}
			for _, g := range got {
				of(g).found++
				total.found++
				if slices.Contains(e.want, g) {
					of(g).right++
					total.right++
				} else if !held || os.Getenv("SHOW_HELD") != "" {
					t.Logf("found %q in %q", g, e.text)
				}
			}
			for _, w := range e.want {
				of(w).wanted++
				total.wanted++
				if !slices.Contains(got, w) && (!held || os.Getenv("SHOW_HELD") != "") {
					t.Logf("missed %q in %q", w, e.text)
				}
			}
		}
		name, least := "looked at", 0.97
		if held {
			name, least = "set aside", 0.85
		}
		t.Logf("%s: %s", name, total)
		for kind, s := range scores {
			t.Logf("  %-9s %s", kind, s)
		}
		if float64(total.right) < least*float64(total.found) || float64(total.right) < least*float64(total.wanted) {
			t.Errorf("%s: %s, want at least %.2f of both", name, total, least)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	var text strings.Builder
	for _, e := range examples(b)[:60] {
		text.WriteString(e.text + " ")
	}
	sent := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		Find("Tilsagn", text.String(), sent)
	}
}
