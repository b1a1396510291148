package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/ui/theme"
)

func tryHits(t *testing.T) (l *HitList, picked *string) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light}))
	picked = new(string)
	l = NewHitList(func(h Hit) { *picked = h.ID })
	w := test.NewTempWindow(t, l)
	l.SetHits("Sist åpnet", []Hit{
		{ID: "page", Label: "Papirkurv", Kind: "side"},
		{ID: "text", Label: "Bakgrunn", Kind: "tekst", Where: "Skog", Excerpt: []HitRun{{Text: "landets "}, {Text: "skogfylke", Marked: true}}},
		{ID: "org", Label: "Furu AS", Kind: "bedrift", Where: "Lom"},
	}, "Ingen treff.")
	l.Show()
	w.Resize(fyne.NewSize(500, 400))
	return l, picked
}

func TestHitListByKeysAndMouse(t *testing.T) {
	l, picked := tryHits(t)
	if l.Pick(); *picked != "page" {
		t.Errorf("the first is %q", *picked)
	}
	l.Step(1)
	if got := l.AccessibilityLabel(); got != "Bakgrunn, tekst, Skog, landets skogfylke" {
		t.Errorf("it says %q", got)
	}
	if l.Pick(); *picked != "text" {
		t.Errorf("the second is %q", *picked)
	}
	if l.Step(9); l.rows.at != 2 {
		t.Errorf("it stops at %d", l.rows.at)
	}
	if l.Step(-9); l.rows.at != 0 {
		t.Errorf("it stops at %d", l.rows.at)
	}
	// The lines are not all as high.
	for i, want := range []string{"page", "text", "org"} {
		y, high := l.rows.line(i)
		for _, at := range []float32{y + 1, y + high - 1} {
			if l.rows.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, at)}); *picked != want {
				t.Errorf("a press at %v picks %q, want %q", at, *picked, want)
			}
		}
		if high < theme.Size(theme.SizeNameTarget) {
			t.Errorf("line %d is %v high", i, high)
		}
	}
	*picked = ""
	if l.rows.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 390)}); *picked != "" {
		t.Errorf("a press below the lines picks %q", *picked)
	}
	l.SetHits("", nil, "Ingen treff.")
	if l.Pick(); *picked != "" || l.AccessibilityLabel() != "Ingen treff." {
		t.Errorf("without answers it says %q and picks %q", l.AccessibilityLabel(), *picked)
	}
}

// TestHitListKeepsTextInside: whatever stands in a line, nothing goes beyond it,
// and the kind is always told.
func TestHitListKeepsTextInside(t *testing.T) {
	l, _ := tryHits(t)
	long := "Samarbeidspartnere i «Fra skog til ferdig hus: kompetansepilot for trenæringen i Innlandet»"
	l.SetHits("", []Hit{{ID: "a", Label: long, Kind: "samarbeidspartner", Where: long, Excerpt: []HitRun{{Text: long}, {Text: long, Marked: true}, {Text: "slutt"}}}, {ID: "b", Label: long, Kind: "mål", Excerpt: []HitRun{{Text: "kort "}, {Text: long, Marked: true}, {Text: long}}}}, "")
	for _, scale := range []float32{1, 2} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light, TextScale: scale}))
		for _, width := range []float32{260, 500, 900} {
			l.Resize(fyne.NewSize(width, 400))
			l.rows.Refresh()
			for _, row := range l.rows.rows {
				if row.kind.Text == "" || row.label.Position().X+row.label.Size().Width > row.kind.Position().X {
					t.Errorf("at %v the label reaches %v, the kind stands at %v", width, row.label.Position().X+row.label.Size().Width, row.kind.Position().X)
				}
				end := float32(0)
				for _, part := range row.detail {
					if part.Text == "" {
						continue
					}
					if part.Position().X < end {
						t.Errorf("at %v %q stands over what is before it", width, part.Text)
					}
					end = part.Position().X + part.MinSize().Width
				}
				if end > l.rows.Size().Width {
					t.Errorf("at %v the second line reaches %v of %v", width, end, l.rows.Size().Width)
				}
			}
		}
	}
}
