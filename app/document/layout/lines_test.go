package layout

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kompetansepilot/app/document"
)

func plain(lines []line) (out []string) {
	for _, ln := range lines {
		s := ""
		for _, g := range ln.segs {
			s += g.text
		}
		if ln.soft {
			s += "-"
		}
		out = append(out, s)
	}
	return out
}

func TestBreakLines(t *testing.T) {
	const size = 10.0
	// A line as wide as "kompetanse" and a little more.
	width := textWidthOf("kompetanse-", 0, size)
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"empty", "", []string{""}},
		{"one word", "kompetanse", []string{"kompetanse"}},
		{"space", "til alle bedrifter", []string{"til alle ", "bedrifter"}},
		{"no-break space", "kroner 1\u00a0400\u00a0000", []string{"kroner ", "1\u00a0400\u00a0000"}},
		{"soft hyphen", "kompetanse\u00adløft", []string{"kompetanse-", "løft"}},
		{"unused soft hyphen", "kom\u00adpe", []string{"kompe"}},
		{"hyphen", "kompetanse-løft", []string{"kompetanse-", "løft"}},
		{"years stay together", "ja 20026-20029", []string{"ja ", "20026-20029"}},
		{"amount", "samlet kr 1 400 000", []string{"samlet ", "kr 1 400 000"}},
		{"amount in kroner", "hele 14 000 kr", []string{"hele ", "14 000 kr"}},
		{"too wide an amount", "hele 14 000 kroner", []string{"hele ", "14 000 ", "kroner"}},
		{"paragraph sign", "etter loven § 13", []string{"etter loven ", "§ 13"}},
		{"date", "fra den 13. januar", []string{"fra den ", "13. januar"}},
		{"year and number", "i året 2026 300", []string{"i året 2026 ", "300"}},
		{"accent stays", "kompetans\u0328\u0300\u0301\u0302\u0303eee", nil},
		{"long word", "kompetansekompetanse", []string{"kompetanse", "kompetanse"}},
		{"line feed", "a\n\nb\n", []string{"a ", "", "b"}},
		{"spaces at a break", "kompetanse      løft", []string{"kompetanse ", "løft"}},
	} {
		got := plain(breakLines(document.Text(c.in), size, width))
		for _, ln := range got {
			if first, _ := utf8.DecodeRuneInString(ln); unicode.Is(unicode.M, first) {
				t.Errorf("%s: a line begins with an accent: %q", c.name, got)
			}
		}
		if c.want == nil {
			continue
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNoLineIsTooWideAndNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clean := document.NewCleaner()
		var spans []document.Span
		for range rapid.IntRange(1, 4).Draw(t, "spans") {
			text := rapid.StringOf(rapid.SampledFrom([]rune("aæ Wi.-/15§%\u0301\u00a0\u00ad\n[]"))).Draw(t, "text")
			spans = append(spans, document.Span{Text: clean.Clean(text), Bold: rapid.Bool().Draw(t, "bold"), Link: "https://a.no"})
		}
		width := rapid.Float64Range(5, 60).Draw(t, "width")
		lines := breakLines(spans, 10, width)
		visible := ""
		for _, ln := range lines {
			if ln.width > width+0.001 {
				t.Fatalf("line %.3f wide, room %.3f", ln.width, width)
			}
			for _, g := range ln.segs {
				visible += g.text
			}
		}
		keep := func(r rune) rune {
			if strings.ContainsRune(" \n\u00ad", r) {
				return -1
			}
			return r
		}
		want := ""
		for _, s := range spans {
			want += s.Text
		}
		if strings.Map(keep, visible) != strings.Map(keep, want) {
			t.Fatalf("%q became %q", want, visible)
		}
	})
}
