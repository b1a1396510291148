package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// sheetPage is how many rows PgUp and PgDn move.
const sheetPage = 10

// AcceptsTab keeps Tab inside the row.
func (s *Sheet) AcceptsTab() bool { return true }

// KeyDown notes Shift.
func (s *Sheet) KeyDown(ev *fyne.KeyEvent) { s.noteShift(ev.Name, true) }

// KeyUp notes Shift.
func (s *Sheet) KeyUp(ev *fyne.KeyEvent) { s.noteShift(ev.Name, false) }

func (s *Sheet) noteShift(name fyne.KeyName, down bool) {
	if name == desktop.KeyShiftLeft || name == desktop.KeyShiftRight {
		s.shift = down
	}
}

func (s *Sheet) shiftHeld() bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
	}
	return s.shift
}

// TypedRune begins to replace the chosen cell.
func (s *Sheet) TypedRune(r rune) {
	if s.edit.on || len(s.rows) > 0 && s.startEdit(true) {
		s.entry.TypedRune(r)
	}
}

// TypedKey moves, edits and clears as Excel does.
func (s *Sheet) TypedKey(ev *fyne.KeyEvent) {
	step := func(rows, columns int) {
		s.tabbed = -1
		s.move(place{s.at.row + rows, s.at.column + columns}, s.shiftHeld())
	}
	switch ev.Name {
	case fyne.KeyUp:
		step(-1, 0)
	case fyne.KeyDown:
		step(1, 0)
	case fyne.KeyLeft:
		step(0, -1)
	case fyne.KeyRight:
		step(0, 1)
	case fyne.KeyPageUp:
		step(-sheetPage, 0)
	case fyne.KeyPageDown:
		step(sheetPage, 0)
	case fyne.KeyHome:
		step(0, -s.at.column)
	case fyne.KeyEnd:
		step(0, len(s.columns))
	case fyne.KeyTab:
		s.tab(false)
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.Cell(s.at.row, s.at.column).Opens {
			s.open()
			return
		}
		s.enter()
	case fyne.KeyF2:
		if !s.startEdit(false) {
			s.open()
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		s.clear()
	case fyne.KeyEscape:
		if s.at != s.from {
			s.move(s.at, false)
			return
		}
		forwardKey(s, ev)
	}
}

// enter goes down, to the column where a run of Tab began.
func (s *Sheet) enter() {
	down := 1
	if s.shiftHeld() {
		down = -1
	}
	column := s.at.column
	if s.tabbed >= 0 {
		column, s.tabbed = s.tabbed, -1
	}
	s.move(place{s.at.row + down, column}, false)
}

// tab goes along the row. From its end it leaves the sheet, or goes on to the
// next row when something was typed.
func (s *Sheet) tab(typed bool) {
	by := 1
	if s.shiftHeld() {
		by = -1
	}
	if s.tabbed < 0 {
		s.tabbed = s.at.column
	}
	to := place{s.at.row, s.at.column + by}
	if to.column >= 0 && to.column < len(s.columns) && (!typed || s.editable(to)) {
		s.move(to, false)
		return
	}
	if next, ok := s.nextRow(by); typed && ok {
		s.tabbed = -1
		s.move(next, false)
		return
	}
	s.tabbed = -1
	if c := canvasOf(s); c != nil && by > 0 {
		c.FocusNext()
	} else if c != nil {
		c.FocusPrevious()
	}
}

// nextRow is the first cell to fill in of the next row, or the last of the row
// before.
func (s *Sheet) nextRow(by int) (place, bool) {
	for row := s.at.row + by; row >= 0 && row < len(s.rows); row += by {
		from, to := 0, len(s.columns)
		if by < 0 {
			from, to = to-1, -1
		}
		for column := from; column != to; column += by {
			if p := (place{row, column}); s.editable(p) && (column > 0 || len(s.columns) == 1) {
				return p, true
			}
		}
	}
	return place{}, false
}

// TypedShortcut copies, cuts and pastes, and jumps to the edges.
func (s *Sheet) TypedShortcut(shortcut fyne.Shortcut) {
	switch x := shortcut.(type) {
	case *fyne.ShortcutCopy:
		x.Clipboard.SetContent(s.copied())
		s.Notice(s.words.N("kit.sheet.copied", s.count()), false)
	case *fyne.ShortcutCut:
		x.Clipboard.SetContent(s.copied())
		s.clear()
	case *fyne.ShortcutPaste:
		s.paste(x.Clipboard.Content())
	case *fyne.ShortcutSelectAll:
		s.from = place{}
		s.move(place{len(s.rows) - 1, len(s.columns) - 1}, true)
	case *desktop.CustomShortcut:
		s.jump(x)
	}
}

// jump goes to the edge that Ctrl and a key mean.
func (s *Sheet) jump(c *desktop.CustomShortcut) {
	if c.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return
	}
	last := place{len(s.rows) - 1, len(s.columns) - 1}
	to := s.at
	switch c.KeyName {
	case fyne.KeyHome:
		to = place{}
	case fyne.KeyEnd:
		to = last
	case fyne.KeyUp:
		to.row = 0
	case fyne.KeyDown:
		to.row = last.row
	case fyne.KeyLeft:
		to.column = 0
	case fyne.KeyRight:
		to.column = last.column
	default:
		return
	}
	s.tabbed = -1
	s.move(to, c.Modifier&fyne.KeyModifierShift != 0)
}
