// Package theme is how the program looks: colours with a tested contrast, type
// sizes and distances, in light, dark and high contrast. Widgets ask it by name
// each time they refresh, so that a new theme takes effect at once.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Variant is one of the looks that a person can choose.
type Variant int

// The looks. System follows the light or dark setting of the machine.
const (
	System Variant = iota
	Light
	Dark
	HighContrast
)

// ParseVariant reads the stored name of a look: "light", "dark" or "contrast".
// Any other text means System.
func ParseVariant(name string) Variant {
	switch name {
	case "light":
		return Light
	case "dark":
		return Dark
	case "contrast":
		return HighContrast
	}
	return System
}

// Options are what a person can choose about the look.
type Options struct {
	Variant Variant
	// TextScale enlarges text and what holds it: 1.0 to 2.0. Values outside are
	// brought inside; 0 means 1.
	TextScale float32
	// Compact makes the rows of grids and lists lower.
	Compact bool
}

// New makes a theme for fyne.Settings.SetTheme.
func New(o Options) fyne.Theme {
	if o.TextScale == 0 {
		o.TextScale = 1
	}
	o.TextScale = min(max(o.TextScale, 1), 2)
	return &paletteTheme{Options: o, base: fynetheme.DefaultTheme()}
}

type paletteTheme struct {
	Options
	base fyne.Theme // fonts and icons
}

var _ fyne.Theme = (*paletteTheme)(nil)

func (t *paletteTheme) palette(v fyne.ThemeVariant) *palette {
	switch t.Variant {
	case Light:
		return &light
	case Dark:
		return &dark
	case HighContrast:
		return &contrast
	}
	if v == fynetheme.VariantDark {
		return &dark
	}
	return &light
}

func (t *paletteTheme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if c, ok := t.palette(v).named(name); ok {
		return c
	}
	return t.base.Color(name, v)
}

func (t *paletteTheme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

func (t *paletteTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

// Color is a colour of the running theme. When another theme runs, as in a
// test, it is the light one's.
func Color(name fyne.ThemeColorName) color.Color {
	t, v := running()
	return t.Color(name, v)
}

// Size is a size of the running theme, in Fyne's units.
func Size(name fyne.ThemeSizeName) float32 {
	t, _ := running()
	return t.Size(name)
}

func running() (*paletteTheme, fyne.ThemeVariant) {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*paletteTheme); ok {
			return t, app.Settings().ThemeVariant()
		}
	}
	return &paletteTheme{Options: Options{Variant: Light, TextScale: 1}, base: fynetheme.DefaultTheme()}, fynetheme.VariantLight
}
