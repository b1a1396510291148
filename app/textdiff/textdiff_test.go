package textdiff

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func joined(parts []Part, without Change) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Change != without {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestWords(t *testing.T) {
	parts := Words("Vi vil kartlegge behov i bedriftene.", "Vi skal kartlegge behov hos bedriftene.")
	var got []string
	for _, p := range parts {
		got = append(got, [...]string{"=", "+", "-"}[p.Change]+strings.TrimSpace(p.Text))
	}
	want := "=Vi -vil +skal =kartlegge behov -i +hos =bedriftene."
	if strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
}

func TestAWordAtTheEndStays(t *testing.T) {
	parts := Words("Skog i Innlandet", "Skog i Innlandet og mer")
	if len(parts) != 2 || parts[0] != (Part{"Skog i Innlandet", Same}) || parts[1] != (Part{" og mer", Added}) {
		t.Errorf("got %v", parts)
	}
}

// TestWordsLoseNothing: both texts can be read from the parts.
func TestWordsLoseNothing(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-zæøå]{1,4}[ \n]{0,2}){0,40}`))
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		parts := Words(before, after)
		if joined(parts, Added) != before || joined(parts, Removed) != after {
			t.Fatalf("%q and %q gave %v", before, after, parts)
		}
	})
}

func TestManyWords(t *testing.T) {
	var b strings.Builder
	for i := range 120_000 {
		b.WriteString(strings.Repeat("x", i%7))
		b.WriteRune(rune('a' + i%26))
		b.WriteString(string(rune(0x4e00+i%20000)) + " ")
	}
	before := b.String()
	if joined(Words(before, before+"slutt"), Removed) != before+"slutt" {
		t.Error("words are lost")
	}
}
