package document

import (
	"fmt"
	"testing"
)

func TestParagraphs(t *testing.T) {
	for text, want := range map[string]string{
		"En\nto\n\ntre":                      `[{En` + "\n" + `to [] false} {tre [] false}]`,
		"Slik:\n- a\n- b\n  mer\n\n- c":      `[{Slik: [] false} { [a b mer] false} { [c] false}]`,
		"1. januar 2021 starter vi.":         `[{1. januar 2021 starter vi. [] false}]`,
		"1. en\n2. to\n4. fire":              `[{ [en to] true} {4. fire [] false}]`,
		"\r\n\r\nA\r\nB\r\n":                 `[{A` + "\n" + `B [] false}]`,
		"-5 grader og - bindestrek\n01. nei": `[{-5 grader og - bindestrek` + "\n" + `01. nei [] false}]`,
		"":                                   `[]`,
	} {
		if got := fmt.Sprint(paragraphs(text)); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestProseKeepsAListWithItsLine(t *testing.T) {
	all := Prose("Før.\n\nSlik:\n- a\n- b\n\nEtter.")
	if len(all) != 4 {
		t.Fatalf("%d blocks", len(all))
	}
	for i, want := range []bool{false, true, false, false} {
		if p, ok := all[i].(Paragraph); ok && p.KeepWithNext != want {
			t.Errorf("block %d is kept: %v", i, p.KeepWithNext)
		}
	}
	if l, ok := all[2].(List); !ok || len(l.Items) != 2 {
		t.Errorf("no list: %#v", all[2])
	}
}
