package kit

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// SearchField is a line to search with: Esc clears it, arrow down goes to the
// results.
type SearchField struct {
	TextField

	OnDown  func() // arrow down; nil does nothing
	OnFocus func() // the field got the focus; nil does nothing
	// OnKey sees each key that does not write first, and tells whether it has used
	// it; nil uses none.
	OnKey func(fyne.KeyName) bool

	glass *iconBox
	clear *Button
}

// NewSearchField makes an empty search field.
func NewSearchField(words *lang.Printer, placeholder string) *SearchField {
	s := &SearchField{glass: newIconBox(fynetheme.SearchIcon(), theme.ColorNameQuiet)}
	s.build(s)
	s.clear = NewIconButton(fynetheme.CancelIcon(), words.T("kit.search.clear"), s.onClear)
	s.clear.Hide()
	s.before, s.after = s.glass, s.clear
	s.SetPlaceHolder(placeholder)
	return s
}

// Clear empties the field and tells OnChanged.
func (s *SearchField) Clear() {
	if s.Text() == "" {
		return
	}
	s.SetText("")
	s.inputChanged("")
}

func (s *SearchField) onClear() {
	s.Clear()
	focus(s.entry)
}

func (s *SearchField) inputChanged(text string) {
	s.clear.Hidden = text == ""
	s.TextField.inputChanged(text)
	s.Refresh()
}

func (s *SearchField) inputKey(ev *fyne.KeyEvent) bool {
	switch {
	case s.OnKey != nil && s.OnKey(ev.Name):
		return true
	case ev.Name == fyne.KeyEscape && s.Text() != "":
		s.Clear()
		return true
	case ev.Name == fyne.KeyDown && s.OnDown != nil:
		s.OnDown()
		return true
	}
	return s.TextField.inputKey(ev)
}

func (s *SearchField) inputFocus(gained bool) {
	s.TextField.inputFocus(gained)
	if gained && s.OnFocus != nil {
		s.OnFocus()
	}
}
