package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Roles that Fyne has no names for.
const (
	ColorNameSurface     fyne.ThemeColorName = "kpilotSurface"     // paper, cards, grids
	ColorNameQuiet       fyne.ThemeColorName = "kpilotQuiet"       // text that is not the point
	ColorNameFieldBorder fyne.ThemeColorName = "kpilotFieldBorder" // round what can be filled in or pressed
	ColorNameHairline    fyne.ThemeColorName = "kpilotHairline"    // between rows; decoration, never the only sign
	ColorNameOnPrimary   fyne.ThemeColorName = "kpilotOnPrimary"   // text on primary
	ColorNamePrimaryOver fyne.ThemeColorName = "kpilotPrimaryOver" // primary under the mouse
	ColorNameSelectedRow fyne.ThemeColorName = "kpilotSelectedRow"
	ColorNameHoverRow    fyne.ThemeColorName = "kpilotHoverRow"  // row or button under the mouse
	ColorNameFocusRing   fyne.ThemeColorName = "kpilotFocusRing" // 2–3 px round what has the focus
	ColorNameFine        fyne.ThemeColorName = "kpilotFine"      // as it should be
	ColorNameMend        fyne.ThemeColorName = "kpilotMend"      // worth mending
	ColorNameStop        fyne.ThemeColorName = "kpilotStop"      // stops
	ColorNameOnStop      fyne.ThemeColorName = "kpilotOnStop"    // text on stop
)

// palette is one look. Each pair that can meet on the screen is in the contrast
// test.
type palette struct {
	ground, surface         color.NRGBA
	text, quiet, disabled   color.NRGBA
	border, hairline        color.NRGBA
	primary, primaryOver    color.NRGBA
	onPrimary               color.NRGBA
	selected, hover, button color.NRGBA
	ring                    color.NRGBA
	focusFill               color.NRGBA // Fyne's own widgets fill with the focus colour, under their text
	menu                    color.NRGBA
	fine, mend, stop, onSig color.NRGBA
	veil                    color.NRGBA // Fyne lays it over what the mouse is on
	shadow                  color.NRGBA
}

// The looks. They are never changed.
var (
	light = palette{
		ground: rgb(0xF6F7F5), surface: rgb(0xFFFFFF),
		text: rgb(0x16212B), quiet: rgb(0x4B5963), disabled: rgb(0x5A666F),
		border: rgb(0x6F7D87), hairline: rgb(0xD5DBDF),
		primary: rgb(0x0B5A78), primaryOver: rgb(0x08475F), onPrimary: rgb(0xFFFFFF),
		selected: rgb(0xDCEBF1), hover: rgb(0xEDF2F4), button: rgb(0xE9EDEF),
		ring: rgb(0xB45309), focusFill: rgb(0xC97B1C), menu: rgb(0xFFFFFF),
		fine: rgb(0x1B6E3C), mend: rgb(0x8A5300), stop: rgb(0xB3261E), onSig: rgb(0xFFFFFF),
		veil: color.NRGBA{A: 0x0F}, shadow: color.NRGBA{A: 0x44},
	}
	dark = palette{
		ground: rgb(0x12191F), surface: rgb(0x1B242B),
		text: rgb(0xE8EDF0), quiet: rgb(0xA9B6BF), disabled: rgb(0x9FACB5),
		border: rgb(0x7F8D97), hairline: rgb(0x33404A),
		primary: rgb(0x7CC4DF), primaryOver: rgb(0x9AD3E8), onPrimary: rgb(0x06202B),
		selected: rgb(0x22404D), hover: rgb(0x24303A), button: rgb(0x26323A),
		ring: rgb(0xF2A65A), focusFill: rgb(0x945C1A), menu: rgb(0x12191F),
		fine: rgb(0x7CCB98), mend: rgb(0xF0B860), stop: rgb(0xFF8A80), onSig: rgb(0x06202B),
		veil: color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0x0F}, shadow: color.NRGBA{A: 0x88},
	}
	contrast = palette{
		ground: rgb(0x000000), surface: rgb(0x000000),
		text: rgb(0xFFFFFF), quiet: rgb(0xFFFFFF), disabled: rgb(0xC0C0C0),
		border: rgb(0xFFFFFF), hairline: rgb(0xFFFFFF),
		primary: rgb(0xFFE100), primaryOver: rgb(0xFFF3A0), onPrimary: rgb(0x000000),
		selected: rgb(0x003B8E), hover: rgb(0x2A2A2A), button: rgb(0x000000),
		ring: rgb(0x00E5FF), focusFill: rgb(0x0070A8), menu: rgb(0x000000),
		fine: rgb(0x7CFF9B), mend: rgb(0xFFD27A), stop: rgb(0xFF9B93), onSig: rgb(0x000000),
		veil: color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0x22}, shadow: color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0x40},
	}
)

func (p *palette) named(name fyne.ThemeColorName) (color.Color, bool) {
	switch name {
	case fynetheme.ColorNameBackground, fynetheme.ColorNameHeaderBackground, fynetheme.ColorNameScrollBarBackground,
		fynetheme.ColorNameInnerWindowBorder, fynetheme.ColorNameInnerWindowBorderInactive:
		return p.ground, true
	case ColorNameSurface, fynetheme.ColorNameInputBackground, fynetheme.ColorNameOverlayBackground:
		return p.surface, true
	case fynetheme.ColorNameMenuBackground:
		return p.menu, true
	case fynetheme.ColorNameForeground:
		return p.text, true
	case ColorNameQuiet, fynetheme.ColorNamePlaceHolder:
		return p.quiet, true
	case fynetheme.ColorNameDisabled:
		return p.disabled, true
	case ColorNameFieldBorder, fynetheme.ColorNameInputBorder, fynetheme.ColorNameScrollBar:
		return p.border, true
	case ColorNameHairline, fynetheme.ColorNameSeparator:
		return p.hairline, true
	case fynetheme.ColorNamePrimary, fynetheme.ColorNameHyperlink:
		return p.primary, true
	case ColorNamePrimaryOver:
		return p.primaryOver, true
	case ColorNameOnPrimary, fynetheme.ColorNameForegroundOnPrimary:
		return p.onPrimary, true
	case ColorNameSelectedRow, fynetheme.ColorNameSelection:
		return p.selected, true
	case ColorNameHoverRow:
		return p.hover, true
	case fynetheme.ColorNameButton, fynetheme.ColorNameDisabledButton:
		return p.button, true
	case ColorNameFocusRing:
		return p.ring, true
	case fynetheme.ColorNameFocus:
		return p.focusFill, true
	case ColorNameFine, fynetheme.ColorNameSuccess:
		return p.fine, true
	case ColorNameMend, fynetheme.ColorNameWarning:
		return p.mend, true
	case ColorNameStop, fynetheme.ColorNameError:
		return p.stop, true
	case ColorNameOnStop, fynetheme.ColorNameForegroundOnError, fynetheme.ColorNameForegroundOnSuccess,
		fynetheme.ColorNameForegroundOnWarning:
		return p.onSig, true
	case fynetheme.ColorNameHover, fynetheme.ColorNamePressed:
		return p.veil, true
	case fynetheme.ColorNameShadow:
		return p.shadow, true
	}
	return nil, false
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}
