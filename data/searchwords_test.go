package data

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

// TestFoldMakesSpellingsEqual: whatever way somebody writes a word, it folds to
// the same, and the beginning of a word folds to the beginning of its fold, so
// that searching while typing never loses it.
func TestFoldMakesSpellingsEqual(t *testing.T) {
	spellings := [][]string{{"æ", "ae", "Æ", "ä", "AE"}, {"ø", "oe", "o", "Ø", "ö", "OE"}, {"å", "aa", "Å", "a\u030a", "AA"}, {"é", "e", "E"}, {"b", "B"}, {"t"}, {"s", "š", "S"}}
	rapid.Check(t, func(t *rapid.T) {
		var one, other strings.Builder
		for range rapid.IntRange(1, 12).Draw(t, "letters") {
			s := rapid.SampledFrom(spellings).Draw(t, "letter")
			one.WriteString(rapid.SampledFrom(s).Draw(t, "one"))
			other.WriteString(rapid.SampledFrom(s).Draw(t, "other"))
		}
		folded := Fold(one.String())
		if got := Fold(other.String()); got != folded {
			t.Fatalf("%q folds to %q, %q to %q", one.String(), folded, other.String(), got)
		}
		if Fold(folded) != folded {
			t.Fatalf("%q folds to %q", folded, Fold(folded))
		}
		word := []rune(norm.NFC.String(one.String()))
		part := string(word[:rapid.IntRange(0, len(word)).Draw(t, "typed")])
		if !strings.HasPrefix(folded, Fold(part)) {
			t.Fatalf("%q folds to %q, its beginning %q to %q", string(word), folded, part, Fold(part))
		}
	})
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"blåbær": "blaabaer", "BLAABAER": "blaabaer", "Sør-Trøndelag": "sor-trondelag", "soer": "sor", "Čáhppes Đuodji": "cahppes duodji", "Ås": "aas", "AS": "as",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}

func TestWordsOfATextJoinNumbers(t *testing.T) {
	for text, want := range map[string][]string{
		"Org.nr. 314 950 283":        {"org", "nr", "314950283"},
		"1\u202f400\u00a0000 kroner": {"1400000", "kroner"},
		"1.400.000,-":                {"1400000"},
		"i 2020 400 000":             {"i", "2020", "400000"},
		"12.11.2026":                 {"12", "11", "2026"},
		"17 200a":                    {"17", "200a"},
		"2020/17":                    {"2020", "17"},
		"post@sør.no":                {"post", "sor", "no"},
		"1 234 56":                   {"1234", "56"},
	} {
		if got := searchWords(text); !slices.Equal(got, want) {
			t.Errorf("%q has the words %q, want %q", text, got, want)
		}
	}
}

func TestTypos(t *testing.T) {
	for _, c := range []struct {
		wanted, word string
		n            int
		whole        bool
	}{
		{"skogskoeln", "skogskolen", 1, true}, // two changed places
		{"skogskolen", "skogskolen", 0, true},
		{"byg", "bygg", -1, false}, // short words are taken as they stand
		{"bygh", "bygg", 1, true},
		{"byhh", "bygg", -1, false},
		{"komptanse", "kompetanse", 1, true},
		{"kompettanse", "kompetanse", 1, true},
		{"kmoptanse", "kompetanse", 2, true},
		{"kmptnse", "kompetanse", -1, false},
		{"komptanse", "kompetansemekling", 1, false},
		{"reiselvi", "reiseliv", 1, true},
		{"314950284", "314950283", -1, false}, // a number has no typing errors
	} {
		if n, whole := typos(c.wanted, c.word, mostEdits(c.wanted)); n != c.n || whole != c.whole && n >= 0 {
			t.Errorf("%q for %q has %d errors (whole %v), want %d (%v)", c.wanted, c.word, n, whole, c.n, c.whole)
		}
	}
}

// TestTyposFindsEachSingleError: one error anywhere in a word of four letters or
// more is forgiven.
func TestTyposFindsEachSingleError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{5,14}`).Draw(t, "word")
		at := rapid.IntRange(0, len(word)-2).Draw(t, "at")
		letter := string(rapid.ByteRange('a', 'z').Draw(t, "letter"))
		wrong := rapid.SampledFrom([]string{
			word[:at] + word[at+1:], word[:at] + letter + word[at:], word[:at] + letter + word[at+1:], word[:at] + word[at+1:at+2] + word[at:at+1] + word[at+2:],
		}).Draw(t, "wrong")
		if n, _ := typos(wrong, word, mostEdits(wrong)); n < 0 || n > 1 {
			t.Fatalf("%q for %q has %d errors", wrong, word, n)
		}
	})
}

// TestExcerptMarksWhatIsThere: marks are parts of the excerpt, in order, whatever
// the text and the question.
func TestExcerptMarksWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-zæøåÅ]{1,9}[ \n.,]){0,60}`), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "text")
		words := strings.Fields(text)
		query := rapid.String().Draw(t, "query")
		if len(words) > 0 && rapid.Bool().Draw(t, "from the text") {
			query = rapid.SampledFrom(words).Draw(t, "word")
		}
		q := ParseSearch(query)
		e := q.Excerpt(text, rapid.Bool().Draw(t, "forgiving"))
		last := 0
		for _, m := range e.Marks {
			if m.From < last || m.To <= m.From || m.To > len(e.Text) || !utf8.ValidString(e.Text[m.From:m.To]) {
				t.Fatalf("mark %v in %q", m, e.Text)
			}
			last = m.To
		}
		if e.Text != "" && len(e.Marks) == 0 {
			t.Fatalf("nothing is marked in %q", e.Text)
		}
		if strings.ContainsAny(e.Text, "\n\t") || utf8.RuneCountInString(e.Text) > excerptLength+4 {
			t.Fatalf("not a line: %q", e.Text)
		}
		if (q.Worth("", text, false) > 0) && e.Text == "" {
			t.Fatalf("%q answers %q without an excerpt", text, query)
		}
	})
}
