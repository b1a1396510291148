package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// sheetEdit is the typing in a cell.
type sheetEdit struct {
	on     bool
	id     string // of the row
	before string // what stood there
	placed bool   // the cursor moves inside the text: after F2 or a double click
	typed  bool   // something was changed
}

// startEdit puts the cursor into the chosen cell. replace begins with an empty
// text.
func (s *Sheet) startEdit(replace bool) bool {
	if !s.editable(s.at) {
		if !s.Cell(s.at.row, s.at.column).Opens {
			s.Notice(s.words.T("kit.sheet.locked"), false)
		}
		return false
	}
	s.from = s.at
	s.reveal()
	cell := s.Cell(s.at.row, s.at.column)
	text := cell.raw()
	s.edit = sheetEdit{on: true, id: s.idOf(s.at.row), before: text, placed: !replace}
	s.notice = ""
	if replace {
		text = ""
	}
	s.entry.put(text)
	s.entry.CursorColumn = len([]rune(text))
	s.holder.Show()
	s.face.Show()
	s.faceRing.hide(false)
	s.Refresh()
	focus(s.entry)
	return true
}

// endEdit leaves the cell; its text has been told already.
func (s *Sheet) endEdit(refocus bool) {
	if !s.edit.on {
		return
	}
	s.edit.on = false
	s.holder.Hide()
	s.face.Hide()
	s.faceRing.hide(true)
	if refocus {
		focus(s)
	}
	s.Refresh()
	if s.OnDone != nil {
		s.OnDone()
	}
}

// cancelEdit puts back what stood in the cell.
func (s *Sheet) cancelEdit() {
	if s.edit.typed {
		s.tell(s.edit.before)
	}
	s.endEdit(true)
}

func (s *Sheet) tell(text string) {
	s.edit.typed = true
	if s.OnTyped != nil {
		s.OnTyped(SheetChange{s.at.row, s.at.column, text})
	}
}

func (s *Sheet) inputChanged(text string) {
	s.arrangeEntry()
	if s.edit.on {
		s.tell(text)
	}
}

func (s *Sheet) inputFocus(gained bool) {
	switch {
	case !gained:
		s.endEdit(false)
	case !s.edit.on:
		// The window was left while typing, and is back: Fyne gives the focus to
		// what had it, which is no longer seen.
		focus(s)
	}
}

func (s *Sheet) inputKey(ev *fyne.KeyEvent) bool {
	typed := s.edit.typed
	leave := func(rows, columns int) bool {
		s.endEdit(true)
		s.move(place{s.at.row + rows, s.at.column + columns}, false)
		return true
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.endEdit(true)
		s.enter()
		return true
	case fyne.KeyTab:
		s.endEdit(true)
		s.tab(typed)
		return true
	case fyne.KeyEscape:
		s.cancelEdit()
		return true
	case fyne.KeyF2:
		s.edit.placed = !s.edit.placed
		return true
	case fyne.KeyUp:
		return leave(-1, 0)
	case fyne.KeyDown:
		return leave(1, 0)
	case fyne.KeyLeft:
		return !s.edit.placed && leave(0, -1)
	case fyne.KeyRight:
		return !s.edit.placed && leave(0, 1)
	}
	return false
}

// inputPaste takes a block that is pasted while a cell is typed in.
func (s *Sheet) inputPaste(text string) (string, bool) {
	text = strings.TrimRight(text, "\r\n")
	if !strings.ContainsAny(text, "\t\n") {
		return text, false
	}
	s.cancelEdit()
	s.paste(text)
	return "", true
}

func (s *Sheet) inputShortcut(fyne.Shortcut) bool { return false }

func (s *Sheet) inputLabel() string { return s.AccessibilityLabel() }
