package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/theme"
)

func TestDisclosureKeys(t *testing.T) {
	d := NewDisclosure(printers["nb"])
	d.SetText("Kartlegge", "01.02.2021")
	var told []bool
	d.OnChanged = func(open bool) { told = append(told, open) }
	w, _, _ := window(t, Column(0, d))
	w.Canvas().Focus(d)
	key(t, w, fyne.KeyLeft, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeyReturn, fyne.KeySpace)
	click(d)
	if got := fmt.Sprint(told); got != "[true false true false true]" {
		t.Errorf("told %s", got)
	}
	d.SetOpen(false)
	if len(told) != 5 || d.Open() {
		t.Error("SetOpen calls OnChanged, or does nothing")
	}
}

func TestDisclosureSpeaks(t *testing.T) {
	d := NewDisclosure(printers["nb"])
	window(t, Column(0, d))
	d.SetText("Kartlegge", "01.02.2021")
	if got := d.AccessibilityLabel(); got != "Kartlegge, 01.02.2021. Foldet sammen" {
		t.Errorf("folded: %q", got)
	}
	d.SetMark(Warn, true)
	d.SetOpen(true)
	if got := d.AccessibilityLabel(); got != "Kartlegge, 01.02.2021, Bør rettes. Åpen" {
		t.Errorf("open: %q", got)
	}
}

func TestDisclosureFits(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		d := NewDisclosure(printers["nb"])
		d.SetText(strings.Repeat("Kartlegge bedriftene ", 20), strings.Repeat("Kompetansemeglerne ", 20))
		d.SetMark(Stop, true)
		w, _, _ := window(t, Column(0, d))
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light, TextScale: scale}))
		w.Resize(fyne.NewSize(400, 300))
		if d.Size().Height < 24 {
			t.Errorf("scale %v: %v high", scale, d.Size().Height)
		}
		for _, text := range []fyne.CanvasObject{d.name, d.note} {
			if right := text.Position().X + text.MinSize().Width; right > 400 {
				t.Errorf("scale %v: a text ends at %v of 400", scale, right)
			}
			if under := text.Position().Y + text.MinSize().Height; under > d.Size().Height+1 {
				t.Errorf("scale %v: a text ends at %v of %v", scale, under, d.Size().Height)
			}
		}
	}
}

func TestSideBySideStacksWhereItIsNarrow(t *testing.T) {
	a, b := NewTextField(), NewTextField()
	row := SideBySide(180, a, b)
	w, _, _ := window(t, Column(0, row))
	for width, beside := range map[float32]bool{600: true, 300: false} {
		w.Resize(fyne.NewSize(width, 300))
		if got := a.Position().Y == b.Position().Y; got != beside {
			t.Errorf("%v wide: beside each other %v, want %v", width, got, beside)
		}
		if right := b.Position().X + b.Size().Width; right > width+0.5 {
			t.Errorf("%v wide: ends at %v", width, right)
		}
		if !beside && row.MinSize().Height < 2*a.MinSize().Height {
			t.Errorf("stacked, the row is %v high", row.MinSize().Height)
		}
	}
}
