package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kompetansepilot/app/document/fonts"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"Sámi letters stay", "áčđŋšŧž ÁČĐŊŠŦŽ æøå", "áčđŋšŧž ÁČĐŊŠŦŽ æøå"},
		{"composed", "a\u030angstrom e\u0301", "ångstrom é"},
		{"narrow space", "1\u202f400\u202f000", "1\u00a0400\u00a0000"},
		{"emoji", "ja 😀!", "ja [U+1F600]!"},
		{"emoji with selector", "\u2764\ufe0f", "[U+2764]"},
		{"right to left", "\u0633\u0644", "[U+0633][U+0644]"},
		{"direction override", "abc\u202edef", "abcdef"},
		{"control characters", "a\x00b\x1bc\x7fd", "abcd"},
		{"line ends", "a\r\nb\rc\u2028d", "a\nb\nc\nd"},
		{"tab", "a\tb", "a b"},
		{"invalid bytes", "a\xed\xa0\x80b\xff", "a[U+FFFD]b[U+FFFD]"},
		{"minus and signs", "−5 ≤ 3 → ☐ ✓", "–5 <= 3 -> [ ] [x]"},
		{"soft hyphen", "kompe\u00adtanse", "kompe\u00adtanse"},
		{"accent behind what goes", "A\x00\u0300", "À"},
		{"Skolt, Inari and Lule Sámi", "ǩǥǯʒʹ âđŋš ńá", "ǩǥǯʒʹ âđŋš ńá"},
		{"Kven", "kväänin kieli, đ, š, ž", "kväänin kieli, đ, š, ž"},
		{"mathematics", "3 × 4 ÷ 2 ± ½ ∑ √", "3 × 4 ÷ 2 ± ½ [U+2211] [U+221A]"},
		{"family of emoji", "👩\u200d👧", "[U+1F469][U+1F467]"},
		{"not a character", "\uffff", "[U+FFFF]"},
	} {
		if got := NewCleaner().Clean(c.in); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestUnsupportedCounts(t *testing.T) {
	got := Unsupported("😀 a 😀 ש")
	want := []Replacement{{"[U+05E9]", 1}, {"[U+1F600]", 2}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("Unsupported = %v, want %v", got, want)
	}
	if got := Unsupported("Plain tekst – «ja»"); len(got) != 0 {
		t.Errorf("Unsupported on plain text = %v", got)
	}
}

func TestCleanGivesOnlyDrawableText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "string")
		clean := NewCleaner().Clean(text)
		if !utf8.ValidString(clean) {
			t.Fatalf("not UTF-8: %q", clean)
		}
		for _, r := range clean {
			if r == '\n' {
				continue
			}
			for s := range fonts.Styles {
				if !fonts.Get(s).Has(r) {
					t.Fatalf("%s has no glyph for %U in %q", s.PostScriptName(), r, clean)
				}
			}
		}
		if again := NewCleaner().Clean(clean); again != clean {
			t.Fatalf("not stable: %q then %q", clean, again)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	text := strings.Repeat("Kompetanseløft for små bedrifter på 1\u202f400\u202f000 kr. ", 2000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		NewCleaner().Clean(text)
	}
}
