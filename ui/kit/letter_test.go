package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// TestLetterFoldsQuotes shows the writer's own words, and the quoted ones on
// request; where all is quoted, all is shown.
func TestLetterFoldsQuotes(t *testing.T) {
	l := NewLetter(printers["nb"])
	w, _, _ := window(t, NewReader("Brev", l.Content()))
	l.SetBlocks([]LetterBlock{{Text: "Hei, takk for sist"}, {Text: "Skrev du ikke noe?", Quote: 1}, {Text: "Jo", Quote: 2}})
	if got := passages(w.Content()); len(got) != 1 || got[0] != "Hei, takk for sist" {
		t.Errorf("shown = %q", got)
	}
	var show *Button
	walkAll(w.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*Button); ok {
			show = b
		}
	})
	if show == nil {
		t.Fatal("nothing unfolds the quoted text")
	}
	click(show)
	if got := passages(w.Content()); len(got) != 3 {
		t.Errorf("unfolded = %q", got)
	}
	l.SetBlocks([]LetterBlock{{Text: "Bare sitat", Quote: 1}})
	if got := passages(w.Content()); len(got) != 1 {
		t.Errorf("only quoted = %q", got)
	}
}

// TestLetterOfAnyLength shows the first part of a long letter and cuts a long
// paragraph without losing a letter of it.
func TestLetterOfAnyLength(t *testing.T) {
	l := NewLetter(printers["nb"])
	w, _, _ := window(t, NewReader("Brev", l.Content()))
	long := strings.Repeat("blåbærskog ", 2000)
	l.SetBlocks([]LetterBlock{{Text: long}})
	if got := strings.Join(passages(w.Content()), ""); got != long {
		t.Errorf("%d bytes shown of %d", len(got), len(long))
	}
	many := make([]LetterBlock, 1000)
	for i := range many {
		many[i].Text = "avsnitt"
	}
	l.SetBlocks(many)
	if n := len(passages(w.Content())); n != letterStep {
		t.Errorf("%d of 1000 blocks shown at once, want %d", n, letterStep)
	}
}

// TestLetterFitsItsWidth breaks the text anew when it gets narrower.
func TestLetterFitsItsWidth(t *testing.T) {
	p := newPassage(strings.Repeat("ord og ", 60), false)
	window(t, Column(8, p))
	if wide, narrow := p.heightFor(800), p.heightFor(200); narrow < 2*wide {
		t.Errorf("height %v at 800, %v at 200", wide, narrow)
	}
}

func passages(o fyne.CanvasObject) []string {
	var all []string
	walkAll(o, func(o fyne.CanvasObject) {
		if p, ok := o.(*passage); ok {
			all = append(all, p.label.Text)
		}
	})
	return all
}

func walkAll(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	for _, child := range childrenOf(o) {
		walkAll(child, visit)
	}
}
