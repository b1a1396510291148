package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// TestBesideKeepsItsHeight: what breaks gets just the height that it needs beside
// the button.
func TestBesideKeepsItsHeight(t *testing.T) {
	window(t, NewText(""))
	text := NewText(strings.Repeat("Ring om studieplass ", 6))
	button := NewMenuButton("", fyne.NewMenuItem("Endre", nil))
	c := Beside(Column(0, NewCheck("Kort", nil), Indented(text)), button)
	for _, width := range []float32{600, 300} {
		high := heightOf(c, width)
		c.Resize(fyne.NewSize(width, high))
		if got := text.Position().X; got <= 0 {
			t.Errorf("the text begins at %v", got)
		}
		if button.Position().X+button.Size().Width != width {
			t.Errorf("the button ends at %v of %v", button.Position().X+button.Size().Width, width)
		}
		lines := text.Size().Height / text.heightFor(10000)
		if high > (lines+2)*text.heightFor(10000)+20 {
			t.Errorf("%v high at %v for %v lines", high, width, lines)
		}
	}
	if heightOf(c, 300) <= heightOf(c, 600) {
		t.Error("a narrow place makes it no higher")
	}
}
