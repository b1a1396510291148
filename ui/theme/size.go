package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Sizes that Fyne has no names for.
const (
	SizeNameTitle        fyne.ThemeSizeName = "kpilotTitle"        // of a page
	SizeNameSection      fyne.ThemeSizeName = "kpilotSection"      // title of a section
	SizeNameLabel        fyne.ThemeSizeName = "kpilotLabel"        // labels, hints, errors: the smallest text
	SizeNameRow          fyne.ThemeSizeName = "kpilotRow"          // height of a row in a grid or list
	SizeNameTarget       fyne.ThemeSizeName = "kpilotTarget"       // smallest side of what can be pressed
	SizeNameControl      fyne.ThemeSizeName = "kpilotControl"      // height of a button or a one-line field
	SizeNameIcon         fyne.ThemeSizeName = "kpilotIcon"         // icon beside text
	SizeNameFocusRing    fyne.ThemeSizeName = "kpilotFocusRing"    // thickness
	SizeNameGapSmall     fyne.ThemeSizeName = "kpilotGapSmall"     // inside a row
	SizeNameGap          fyne.ThemeSizeName = "kpilotGap"          // between related things
	SizeNameGroup        fyne.ThemeSizeName = "kpilotGroup"        // between groups
	SizeNamePage         fyne.ThemeSizeName = "kpilotPage"         // round a page
	SizeNameRadius       fyne.ThemeSizeName = "kpilotRadius"       // corners
	SizeNameFormWidth    fyne.ThemeSizeName = "kpilotFormWidth"    // widest form column
	SizeNameReadingWidth fyne.ThemeSizeName = "kpilotReadingWidth" // widest line of reading text, about 90 characters
)

// Size of a role. Text, and what must grow with it, follows TextScale;
// distances do not, so that a page at 200 % still fits the window.
func (t *paletteTheme) Size(name fyne.ThemeSizeName) float32 {
	s := t.TextScale
	switch name {
	case SizeNameTitle, fynetheme.SizeNameHeadingText:
		return 22 * s
	case SizeNameSection, fynetheme.SizeNameSubHeadingText:
		return 17 * s
	case fynetheme.SizeNameText:
		return 14 * s
	case SizeNameLabel, fynetheme.SizeNameCaptionText:
		return 13 * s
	case SizeNameRow:
		if t.Compact {
			return 32 * s
		}
		return 40 * s
	case SizeNameTarget:
		return 24 * s
	case SizeNameControl:
		return 36 * s
	case SizeNameIcon, fynetheme.SizeNameInlineIcon:
		return 18 * s
	case SizeNameFocusRing:
		if t.Variant == HighContrast {
			return 3
		}
		return 2
	case SizeNameGapSmall, fynetheme.SizeNamePadding, fynetheme.SizeNameLineSpacing:
		return 4
	case SizeNameGap, fynetheme.SizeNameInnerPadding:
		return 8
	case SizeNameGroup:
		return 16
	case SizeNamePage:
		return 24
	case SizeNameFormWidth:
		return 720 * s
	case SizeNameReadingWidth:
		return 660 * s
	case fynetheme.SizeNameScrollBar:
		return 12
	case fynetheme.SizeNameScrollBarSmall:
		return 4
	case fynetheme.SizeNameInputBorder:
		if t.Variant == HighContrast || s >= 1.5 {
			return 2
		}
		return 1
	case SizeNameRadius, fynetheme.SizeNameInputRadius, fynetheme.SizeNameButtonRadius,
		fynetheme.SizeNameCardRadius, fynetheme.SizeNameMenuRadius, fynetheme.SizeNamePopupRadius:
		return 4
	case fynetheme.SizeNameDialogRadius:
		return 6
	case fynetheme.SizeNameModalBlurRadius:
		return 0 // blurring costs frames where there is no graphics card
	}
	return t.base.Size(name)
}
