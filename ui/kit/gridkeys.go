package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// typingRest is how long letters belong to one text to jump to.
const typingRest = time.Second

// FocusGained shows where the arrow keys are.
func (g *Grid) FocusGained() {
	g.body.focused = true
	if g.currentID == "" && g.total > 0 && g.at < 0 {
		g.moveTo(0, false)
	}
	g.Refresh()
}

// FocusLost hides that.
func (g *Grid) FocusLost() {
	g.body.focused, g.shift = false, false
	g.Refresh()
}

// KeyDown notes Shift.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		g.shift = true
	}
}

// KeyUp notes that Shift is let go.
func (g *Grid) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		g.shift = false
	}
}

// TypedKey moves, selects and opens.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	page := max(int(g.scroll.Size().Height/gridRowHeight())-1, 1)
	switch ev.Name {
	case fyne.KeyUp:
		g.step(-1)
	case fyne.KeyDown:
		g.step(1)
	case fyne.KeyPageUp:
		g.step(-page)
	case fyne.KeyPageDown:
		g.step(page)
	case fyne.KeyHome:
		g.moveTo(0, g.shift)
	case fyne.KeyEnd:
		g.moveTo(g.total-1, g.shift)
	case fyne.KeyLeft:
		g.toColumn(g.column - 1)
	case fyne.KeyRight:
		g.toColumn(g.column + 1)
	case fyne.KeySpace:
		if time.Since(g.typedAt) > typingRest {
			g.toggleAt(g.at)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		g.tellRow(g.OnOpen)
	case fyne.KeyF2:
		g.tellRow(g.OnEdit)
	case fyne.KeyDelete:
		if len(g.marks.ids) > 0 && g.OnDelete != nil {
			g.OnDelete()
		}
	case desktop.KeyMenu:
		g.openMenu()
	case fyne.KeyF10:
		if g.shift {
			g.openMenu()
		}
	case fyne.KeyEscape:
		if len(g.marks.ids) > 1 {
			g.moveTo(g.at, false)
			return
		}
		forwardKey(g, ev)
	default:
		forwardKey(g, ev)
	}
}

func (g *Grid) step(by int) {
	if g.at < 0 {
		by = 0
	}
	g.moveTo(g.at+by, g.shift)
}

func (g *Grid) tellRow(f func(string)) {
	if f != nil && g.currentID != "" {
		f(g.currentID)
	}
}

// toColumn chooses the column that the menu is for, and brings it into sight.
func (g *Grid) toColumn(i int) {
	g.column = min(max(i, 0), len(g.layout.shown())-1)
	edges := g.layout.edges(g.Size().Width)
	offset := g.scroll.Offset
	offset.X += shift(edges[g.column]-offset.X, edges[g.column+1]-offset.X, g.scroll.Size().Width)
	offset.X = max(offset.X, 0)
	g.scrollTo(offset)
	g.header.Refresh()
}

// TypedRune jumps to the row that begins with what is typed.
func (g *Grid) TypedRune(r rune) {
	again := time.Since(g.typedAt) <= typingRest
	switch {
	case r == '/' && !again && g.OnSlash != nil:
		g.OnSlash()
		return
	case g.OnLetter != nil:
		g.OnLetter(r)
		return
	case r == ' ' && !again:
		return
	case !again:
		g.typed = ""
	}
	// The first letter goes on from the next row; more letters look from this one.
	from := g.at
	if g.typed == "" {
		from++
	}
	g.typed += string(r)
	g.typedAt = time.Now()
	if g.OnFind != nil {
		g.OnFind(g.typed, max(from, 0))
	}
}

// TypedShortcut selects all and copies.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
	case *fyne.ShortcutCopy:
		g.copySelected()
	case *desktop.CustomShortcut:
		if s.KeyName == fyne.KeySpace {
			g.toggleAt(g.at)
		}
	}
}

// openMenu shows the menu at the current row, for the keyboard.
func (g *Grid) openMenu() {
	edges := g.layout.edges(g.Size().Width)
	x := edges[g.column] - g.scroll.Offset.X
	y := gridHeaderHeight()
	if g.at >= 0 {
		y += float32(g.at+1)*gridRowHeight() - g.scroll.Offset.Y
	}
	g.showMenu(fyne.NewPos(max(x, 0), min(max(y, 0), g.Size().Height)), g.rowItems())
}

// rowItems are what can be done with the selection and with the column.
func (g *Grid) rowItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	if g.Menu != nil && len(g.marks.ids) > 0 {
		items = append(items, g.Menu()...)
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	return append(items, g.columnItems()...)
}

// columnItems are what can be done with the column under Left and Right.
func (g *Grid) columnItems() []*fyne.MenuItem {
	shown := g.layout.shown()
	c := shown[g.column]
	described := g.columns[c.index]
	item := func(text string, enabled bool, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(text, do)
		i.Disabled = !enabled
		return i
	}
	sorted := func(descending bool) func() {
		return func() { g.setSort([]GridSort{{Column: c.id, Descending: descending}}) }
	}
	items := []*fyne.MenuItem{
		item(g.words.T("register.grid.ascending", "Column", described.Label), described.Sortable, sorted(false)),
		item(g.words.T("register.grid.descending", "Column", described.Label), described.Sortable, sorted(true)),
		item(g.words.T("register.grid.addSort", "Column", described.Label), described.Sortable && len(g.layout.sort) > 0, func() { g.SortBy(c.id, true) }),
		fyne.NewMenuItemSeparator(),
		item(g.words.T("register.grid.wider"), true, func() { g.WidenColumn(c.id, columnStep) }),
		item(g.words.T("register.grid.narrower"), true, func() { g.WidenColumn(c.id, -columnStep) }),
		item(g.words.T("register.grid.moveLeft"), g.column > 0, func() { g.moveShown(c.id, -1); g.toColumn(g.column - 1) }),
		item(g.words.T("register.grid.moveRight"), g.column+1 < len(shown), func() { g.moveShown(c.id, 1); g.toColumn(g.column + 1) }),
		item(g.words.T("register.grid.hide", "Column", described.Label), !described.Fixed && len(shown) > 1, func() { g.ShowColumn(c.id, false) }),
	}
	if g.OnColumns != nil {
		items = append(items, item(g.words.T("register.grid.columns"), true, g.OnColumns))
	}
	return items
}

// showMenu opens a menu at a place of the grid.
func (g *Grid) showMenu(at fyne.Position, items []*fyne.MenuItem) {
	if c := canvasOf(g); c != nil {
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, at, g)
	}
}
