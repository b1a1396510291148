package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

// pair is two roles that meet on the screen. over, when set, is a translucent
// role that Fyne lays between them.
type pair struct {
	front, back, over fyne.ThemeColorName
	least             float64
}

const (
	forText  = 4.5
	forShape = 3.0
)

// pairs lists what can meet: each text on each ground it stands on, and each
// border, ring and icon on what it must stand out from.
func pairs() []pair {
	var all []pair
	grounds := []fyne.ThemeColorName{
		fynetheme.ColorNameBackground, ColorNameSurface, ColorNameSelectedRow, ColorNameHoverRow,
		fynetheme.ColorNameInputBackground, fynetheme.ColorNameOverlayBackground, fynetheme.ColorNameMenuBackground,
		fynetheme.ColorNameHeaderBackground, fynetheme.ColorNameButton, fynetheme.ColorNameDisabledButton,
		fynetheme.ColorNameSelection, fynetheme.ColorNameInnerWindowBorder, fynetheme.ColorNameInnerWindowBorderInactive,
	}
	texts := []fyne.ThemeColorName{
		fynetheme.ColorNameForeground, ColorNameQuiet, fynetheme.ColorNamePlaceHolder, fynetheme.ColorNameDisabled,
		fynetheme.ColorNamePrimary, fynetheme.ColorNameHyperlink, ColorNamePrimaryOver,
		ColorNameFine, ColorNameMend, ColorNameStop,
		fynetheme.ColorNameError, fynetheme.ColorNameWarning, fynetheme.ColorNameSuccess,
	}
	shapes := []fyne.ThemeColorName{
		ColorNameFieldBorder, fynetheme.ColorNameInputBorder, ColorNameFocusRing, fynetheme.ColorNamePrimary,
	}
	for _, g := range grounds {
		for _, f := range texts {
			all = append(all, pair{f, g, "", forText})
		}
		for _, f := range shapes {
			all = append(all, pair{f, g, "", forShape})
		}
		all = append(all,
			pair{fynetheme.ColorNameForeground, g, fynetheme.ColorNameHover, forText},
			pair{fynetheme.ColorNameForeground, g, fynetheme.ColorNamePressed, forText})
	}
	for _, signal := range []struct{ front, back fyne.ThemeColorName }{
		{ColorNameOnPrimary, fynetheme.ColorNamePrimary},
		{ColorNameOnPrimary, ColorNamePrimaryOver},
		{fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary},
		{ColorNameOnStop, ColorNameStop},
		{ColorNameOnStop, ColorNameMend},
		{ColorNameOnStop, ColorNameFine},
		{fynetheme.ColorNameForegroundOnError, fynetheme.ColorNameError},
		{fynetheme.ColorNameForegroundOnWarning, fynetheme.ColorNameWarning},
		{fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameSuccess},
		{fynetheme.ColorNameForeground, fynetheme.ColorNameFocus},
	} {
		all = append(all, pair{signal.front, signal.back, "", forText})
	}
	return append(all,
		pair{fynetheme.ColorNameFocus, fynetheme.ColorNameBackground, "", forShape},
		pair{fynetheme.ColorNameFocus, fynetheme.ColorNameMenuBackground, "", forShape},
		pair{fynetheme.ColorNameScrollBar, fynetheme.ColorNameScrollBarBackground, "", forShape},
		pair{fynetheme.ColorNameScrollBar, ColorNameSurface, "", forShape},
	)
}

func TestContrast(t *testing.T) {
	for name, variant := range map[string]Variant{"light": Light, "dark": Dark, "high contrast": HighContrast} {
		th := New(Options{Variant: variant})
		for _, p := range pairs() {
			front, back := th.Color(p.front, 0), th.Color(p.back, 0)
			if p.over != "" {
				back = lay(th.Color(p.over, 0), back)
			}
			if got := ratio(front, back); got < p.least {
				t.Errorf("%s: %s on %s %s is %.2f, want at least %.1f", name, p.front, p.back, p.over, got, p.least)
			}
		}
	}
}

// TestEveryFyneColour fails when Fyne gets a colour that the palette lacks.
func TestEveryFyneColour(t *testing.T) {
	for _, name := range []fyne.ThemeColorName{
		fynetheme.ColorNameBackground, fynetheme.ColorNameButton, fynetheme.ColorNameDisabledButton,
		fynetheme.ColorNameDisabled, fynetheme.ColorNameError, fynetheme.ColorNameFocus, fynetheme.ColorNameForeground,
		fynetheme.ColorNameForegroundOnError, fynetheme.ColorNameForegroundOnPrimary,
		fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameForegroundOnWarning,
		fynetheme.ColorNameHeaderBackground, fynetheme.ColorNameHover, fynetheme.ColorNameHyperlink,
		fynetheme.ColorNameInnerWindowBorder, fynetheme.ColorNameInnerWindowBorderInactive,
		fynetheme.ColorNameInputBackground, fynetheme.ColorNameInputBorder, fynetheme.ColorNameMenuBackground,
		fynetheme.ColorNameOverlayBackground, fynetheme.ColorNamePlaceHolder, fynetheme.ColorNamePressed,
		fynetheme.ColorNamePrimary, fynetheme.ColorNameScrollBar, fynetheme.ColorNameScrollBarBackground,
		fynetheme.ColorNameSelection, fynetheme.ColorNameSeparator, fynetheme.ColorNameShadow,
		fynetheme.ColorNameSuccess, fynetheme.ColorNameWarning,
	} {
		if _, ok := light.named(name); !ok {
			t.Errorf("no colour for %s", name)
		}
	}
}

func TestRatioKnowsTheExtremes(t *testing.T) {
	if got := ratio(color.Black, color.White); math.Abs(got-21) > 0.01 {
		t.Errorf("black on white is %.2f, want 21", got)
	}
	if got := ratio(color.White, color.White); math.Abs(got-1) > 0.01 {
		t.Errorf("white on white is %.2f, want 1", got)
	}
}

func TestTextScale(t *testing.T) {
	for scale, want := range map[float32]float32{0: 14, 1: 14, 1.5: 21, 2: 28, 5: 28, 0.2: 14} {
		if got := New(Options{TextScale: scale}).Size(fynetheme.SizeNameText); got != want {
			t.Errorf("text at scale %v is %v, want %v", scale, got, want)
		}
	}
	small := New(Options{})
	for _, name := range []fyne.ThemeSizeName{
		fynetheme.SizeNameText, fynetheme.SizeNameCaptionText, SizeNameLabel, SizeNameSection, SizeNameTitle,
	} {
		if got := small.Size(name); got < 13 {
			t.Errorf("%s is %v, nothing may be under 13", name, got)
		}
	}
	if got := New(Options{Compact: true}).Size(SizeNameRow); got != 32 {
		t.Errorf("compact row is %v, want 32", got)
	}
}

func TestSystemFollowsTheMachine(t *testing.T) {
	th := New(Options{Variant: System})
	if th.Color(fynetheme.ColorNameBackground, fynetheme.VariantDark) != color.Color(dark.ground) {
		t.Error("a dark machine does not get the dark look")
	}
	if th.Color(fynetheme.ColorNameBackground, fynetheme.VariantLight) != color.Color(light.ground) {
		t.Error("a light machine does not get the light look")
	}
}

func TestColorReadsTheRunningTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Options{Variant: HighContrast}))
	if Color(ColorNameFocusRing) != color.Color(contrast.ring) {
		t.Error("the helper does not read the running theme")
	}
	if Size(SizeNameFocusRing) != 3 {
		t.Error("the ring of high contrast is not 3")
	}
}

// ratio is the contrast of WCAG 2.1 between two opaque colours.
func ratio(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(n.R) + 0.7152*part(n.G) + 0.0722*part(n.B)
}

// lay composes a translucent colour over an opaque one.
func lay(over, under color.Color) color.Color {
	o, u := color.NRGBAModel.Convert(over).(color.NRGBA), color.NRGBAModel.Convert(under).(color.NRGBA)
	a := float64(o.A) / 255
	mix := func(x, y uint8) uint8 { return uint8(math.Round(float64(x)*a + float64(y)*(1-a))) }
	return color.NRGBA{R: mix(o.R, u.R), G: mix(o.G, u.G), B: mix(o.B, u.B), A: 0xFF}
}
