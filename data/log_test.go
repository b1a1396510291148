package data

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSharedNeverCutsACharacter(t *testing.T) {
	long := strings.Repeat("lang tekst ", 20)
	for _, c := range []struct{ old, new, oldMid, newMid string }{
		{long + "ø" + long, long + "å" + long, "ø", "å"}, // they share their first byte
		{long + "€" + long, long + "₭" + long, "€", "₭"}, // and these two bytes
		{long + "é" + long, long + "ũ" + long, "é", "ũ"}, // they share their last byte
		{long, long + "x", "", "x"},
		{long + "x", long, "x", ""},
		{long + long, long + long + long, "", long}, // overlapping repeats
		{long + "\xc3", long + "\xc3\xb8", "\xc3", "\xc3\xb8"},
		{long + "\x00", long + "\x00\x00", "", "\x00"},
		{long + "👩\u200d🌾", long + "👩", "\u200d🌾", ""},
	} {
		head, tail := shared(c.old, c.new)
		if got, want := c.old[head:len(c.old)-tail], c.oldMid; got != want {
			t.Errorf("%q: old middle %q, want %q", c.old[len(long)-4:], got, want)
		}
		if got, want := c.new[head:len(c.new)-tail], c.newMid; got != want {
			t.Errorf("%q: new middle %q, want %q", c.new[len(long)-4:], got, want)
		}
	}
}

func TestSharedGivesBothTextsBack(t *testing.T) {
	bytes := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ø", "å", "🙂", "\x00", "\xff", "\xc3", "\xb8", "\xed\xa0\x80"}), 0, 30).Draw(t, "parts"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		old, new := bytes.Draw(t, "old"), bytes.Draw(t, "new")
		head, tail := shared(old, new)
		if head+tail > min(len(old), len(new)) || old[:head] != new[:head] || old[len(old)-tail:] != new[len(new)-tail:] {
			t.Fatalf("shared %d, %d", head, tail)
		}
		c := change{old: old[head : len(old)-tail], new: new[head : len(new)-tail], head: head, tail: tail}
		if got := c.before(new); got != old {
			t.Fatalf("before gives %q, want %q", got, old)
		}
	})
}

func TestPackedKeepsAnyBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(rapid.Custom(func(t *rapid.T) fieldText {
			return fieldText{rapid.String().Draw(t, "field"), string(rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "text"))}
		})).Draw(t, "fields")
		c := packed("1")
		for _, f := range want {
			c.add(f.field, f.text)
		}
		got, err := unpack(string(c))
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q gives %q, %v", c, got, err)
		}
		if len(c) > 1 {
			cut := rapid.IntRange(2, len(c)-1).Draw(t, "cut")
			if fields, err := unpack(string(c[:cut])); err == nil && len(fields) >= len(want) {
				t.Fatalf("%q is taken for whole", c[:cut])
			}
		}
	})
}

func TestTypingCostsFewBytesInTheLog(t *testing.T) {
	w, err := Open(t.TempDir()+"/a.kpilot", Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	text := strings.Repeat("å", 10_000)
	app := Application{Answers: Values{"background": text}}
	if err := w.Update("Laget", func(tx *Tx) error { return tx.Put(&app) }); err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		typed := text[:10_000] + strings.Repeat("ø", i+1) + text[10_000:]
		if err := w.Update("Skrev", func(tx *Tx) error { return tx.SetValue(&app, "background", typed) }); err != nil {
			t.Fatal(err)
		}
	}
	bytes, err := w.Count("SELECT sum(length(CAST(old AS BLOB)) + length(CAST(new AS BLOB))) FROM change WHERE field = 'background'")
	if err != nil || bytes != 50*2 {
		t.Fatalf("50 letters of two bytes cost %d bytes, %v", bytes, err)
	}
}
