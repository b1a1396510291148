package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// GridRow is one row: ready texts, one for each column in the order that
// NewGrid got them.
type GridRow struct {
	ID    string
	Cells []string
}

// cell is the text of a column, "" of one that came after the row was made.
func (r *GridRow) cell(index int) string {
	if index >= len(r.Cells) {
		return ""
	}
	return r.Cells[index]
}

// Grid shows any number of rows and draws those in sight. Its owner loads them
// in the background and hands them over as ready texts. Rows are selected by ID,
// so a selection outlives sorting. It is one stop for Tab.
//
// Arrows, PgUp, PgDn, Home and End move, with Shift they select; Left and Right
// choose the column that the menu (Shift+F10 or the menu key) is for. Space
// selects more, Enter opens, letters jump.
type Grid struct {
	widget.BaseWidget

	// Rows loads the rows from–to (to not included) and hands them to found, on
	// Fyne's goroutine. Only the newest call needs an answer.
	Rows func(from, to int, found func([]GridRow))
	// IDs does the same for IDs alone: any number of them.
	IDs func(from, to int, found func([]string))

	OnSort     func([]GridSort)
	OnLayout   func(layout string)         // columns or sorting were changed: to be remembered
	OnCurrent  func(id string)             // the row under the arrow keys; "" for none
	OnSelected func(count int)             // the selection
	OnOpen     func(id string)             // Enter, double click
	OnEdit     func(id string)             // F2
	OnDelete   func()                      // Delete, for the selection
	OnCopy     func(ids []string)          // Ctrl+C; the owner makes the text with CopyText
	OnFind     func(text string, from int) // letters: go to the row that begins so
	OnSlash    func()                      // "/": to the filter
	OnLetter   func(letter rune)           // the letters, in place of OnFind
	Menu       func() []*fyne.MenuItem     // what can be done with the selection
	OnColumns  func()                      // choose columns, from the menu

	words   *lang.Printer
	columns []GridColumn
	layout  gridLayout
	total   int
	served  func() []GridRow // the list in memory, nil when there is none

	cache      map[int]GridRow
	asked      gridRange // what Rows was last asked for
	generation int       // of the cache: late answers are dropped

	at        int // row under the arrow keys, -1 for none
	currentID string
	column    int // under Left and Right, among those shown
	marks     gridMarks
	shift     bool
	typed     string // letters to jump to
	typedAt   time.Time

	header *gridHeader
	clip   *container.Clip // shows the part of the header that is over the rows
	body   *gridBody
	scroll *container.Scroll
	none   *Text
	ring   *focusRing // when there is no row to put it round
	laid   fyne.Size
}

var (
	_ drawn             = (*Grid)(nil)
	_ fyne.Focusable    = (*Grid)(nil)
	_ fyne.Shortcutable = (*Grid)(nil)
	_ desktop.Keyable   = (*Grid)(nil)
	_ fyne.Accessible   = (*Grid)(nil)
	_ Control           = (*Grid)(nil)
)

// NewGrid makes an empty grid. layout is what OnLayout gave once, or "".
func NewGrid(words *lang.Printer, columns []GridColumn, layout string) *Grid {
	g := &Grid{words: words, columns: columns, cache: map[int]GridRow{}, at: -1, ring: newFocusRing(true), none: NewQuietText("")}
	g.layout = parseGridLayout(columns, layout)
	g.marks.clear()
	g.header, g.body = newGridHeader(g), newGridBody(g)
	g.clip = container.NewClip(g.header)
	g.scroll = container.NewScroll(g.body)
	g.scroll.OnScrolled = g.onScrolled
	g.none.SetAlign(fyne.TextAlignCenter)
	g.ExtendBaseWidget(g)
	return g
}

// Serve lets the grid take its rows from a list that lies in memory. all gives the
// list as it is now; Refill tells when it has changed.
func (g *Grid) Serve(all func() []GridRow) {
	g.served = all
	g.Rows = func(from, to int, found func([]GridRow)) {
		_, rows := g.within(from, to)
		found(rows)
	}
	g.IDs = func(from, to int, found func([]string)) {
		_, rows := g.within(from, to)
		ids := make([]string, len(rows))
		for i := range rows {
			ids[i] = rows[i].ID
		}
		found(ids)
	}
}

// within are the rows from–to that are in the list in memory, and the number of the
// first.
func (g *Grid) within(from, to int) (int, []GridRow) {
	rows := g.served()
	from = min(max(from, 0), len(rows))
	return from, rows[from:min(max(to, from), len(rows))]
}

// Refill shows the list that Serve was given as it is now. current is where the
// current row stands, as for SetRows.
func (g *Grid) Refill(current int) {
	from, rows := g.within(g.InSight())
	g.SetRows(len(g.served()), from, rows, current)
}

// SetRows changes all that the grid shows: total rows, of which rows are the
// ones from number from on. current is where the current row stands now, or -1;
// then no row is current.
func (g *Grid) SetRows(total, from int, rows []GridRow, current int) {
	g.generation++
	g.total, g.cache, g.asked = total, make(map[int]GridRow, len(rows)), gridRange{}
	g.keep(from, rows)
	if current >= 0 && current < total {
		g.at = current
	} else {
		g.at, g.currentID = min(g.at, total-1), ""
	}
	g.marks.anchor = g.at
	g.body.forget()
	g.Refresh()
}

// keep puts rows into the cache, and drops those far away from them.
func (g *Grid) keep(from int, rows []GridRow) {
	const most = 3000
	if len(g.cache)+len(rows) > most {
		for i := range g.cache {
			if i < from-most/4 || i > from+len(rows)+most/4 {
				delete(g.cache, i)
			}
		}
	}
	for i, r := range rows {
		g.cache[from+i] = r
	}
}

// SetEmpty is the sentence that stands where the rows would, when there are none.
func (g *Grid) SetEmpty(sentence string) { g.none.SetText(sentence) }

// Total is how many rows there are.
func (g *Grid) Total() int { return g.total }

// Current is the ID of the row under the arrow keys, "" for none.
func (g *Grid) Current() string { return g.currentID }

// Row is the number of the current row, or of where it was; -1 for none.
func (g *Grid) Row() int { return g.at }

// InSight are the numbers of the rows that are or should be in sight, with a
// page more on each side: what to load first.
func (g *Grid) InSight() (from, to int) {
	first, last := g.body.visible()
	page := max(last-first, 30)
	return max(first-page, 0), last + page
}

// GoTo makes a row current, alone selected, and brings it into sight. id may be
// "" when the owner does not know it.
func (g *Grid) GoTo(row int, id string) {
	if row < 0 || row >= g.total {
		return
	}
	if id == "" {
		g.moveTo(row, false)
		return
	}
	g.place(row, id)
	g.marks.only(id)
	g.marks.anchor = row
	g.revealRow()
	g.selectionChanged()
	g.tellCurrent()
}

// ScrollToTop shows the first rows.
func (g *Grid) ScrollToTop() { g.scrollTo(fyne.NewPos(g.scroll.Offset.X, 0)) }

func (g *Grid) place(row int, id string) { g.at, g.currentID = row, id }

func (g *Grid) tellCurrent() {
	if g.OnCurrent != nil {
		g.OnCurrent(g.currentID)
	}
}

// need asks for the rows in sight that are not there.
func (g *Grid) need() {
	if g.Rows == nil || g.body.Size().Height == 0 {
		return
	}
	first, last := g.body.visible()
	first, last = max(first, 0), min(last, g.total)
	missing := false
	for i := first; i < last && !missing; i++ {
		_, there := g.cache[i]
		missing = !there
	}
	if !missing || g.asked.holds(first, last) {
		return
	}
	from, to := g.InSight()
	to = min(to, g.total)
	g.asked = gridRange{from, to}
	mine := g.generation
	g.Rows(from, to, func(rows []GridRow) {
		if mine != g.generation {
			return
		}
		g.asked = gridRange{}
		g.keep(from, rows)
		if g.at >= from && g.at < from+len(rows) && g.currentID == "" && g.marks.pending {
			g.settle()
		}
		g.body.forget()
		g.body.Refresh()
	})
}

// gridRange are rows from–to, to not included.
type gridRange struct{ from, to int }

func (r gridRange) holds(from, to int) bool { return from >= r.from && to <= r.to && r.to > r.from }

func (g *Grid) onScrolled(pos fyne.Position) {
	g.header.Move(fyne.NewPos(-pos.X, 0))
	g.body.show()
	g.need()
}

// revealRow scrolls as little as brings the current row into sight.
func (g *Grid) revealRow() {
	if g.at < 0 || g.scroll.Size().Height <= 0 {
		return
	}
	high := gridRowHeight()
	top := float32(g.at) * high
	offset := g.scroll.Offset
	offset.Y += shift(top-offset.Y, top+high-offset.Y, g.scroll.Size().Height)
	g.scrollTo(offset)
}

func (g *Grid) scrollTo(offset fyne.Position) {
	if offset != g.scroll.Offset {
		g.scroll.ScrollToOffset(offset)
	}
	g.onScrolled(g.scroll.Offset)
}

// FocusTarget is what takes the focus.
func (g *Grid) FocusTarget() fyne.Focusable { return g }

// AccessibilityLabel says the current row: where it stands and what is in it.
func (g *Grid) AccessibilityLabel() string {
	row, ok := g.cache[g.at]
	if !ok || g.currentID == "" {
		return g.words.N("register.grid.rows", g.total)
	}
	text := ""
	for _, c := range g.layout.shown() {
		if cell := row.cell(c.index); cell != "" {
			text += "; " + g.columns[c.index].Label + ": " + cell
		}
	}
	if g.marks.has(row.ID) {
		text += "; " + g.words.T("register.grid.selected")
	}
	return g.words.T("register.grid.row", "Row", g.words.Number(int64(g.at+1)), "Of", g.words.Number(int64(g.total))) + text
}

// AccessibilityRole is a container, the nearest that Fyne has.
func (g *Grid) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	return newDrawnRenderer(g)
}

func (g *Grid) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{g.clip, g.scroll, g.none, g.ring.rect}
}

func (g *Grid) paint() {
	g.none.Hidden = g.total > 0
	g.header.Refresh()
	g.body.forget()
	g.ring.focused = g.body.focused && g.total == 0
	g.ring.paint()
}

func (g *Grid) least() fyne.Size {
	return fyne.NewSize(160, gridHeaderHeight()+3*gridRowHeight())
}

func (g *Grid) arrange(size fyne.Size) {
	high := gridHeaderHeight()
	g.clip.Resize(fyne.NewSize(size.Width, high))
	g.header.Resize(fyne.NewSize(max(g.layout.width(), size.Width), high))
	g.scroll.Move(fyne.NewPos(0, high))
	g.scroll.Resize(fyne.NewSize(size.Width, max(size.Height-high, 0)))
	g.body.fit(size.Width)
	g.scroll.Refresh()
	g.none.Move(fyne.NewPos(0, high+theme.Size(theme.SizeNamePage)))
	g.none.Resize(fyne.NewSize(size.Width, g.none.heightFor(size.Width)))
	g.ring.around(fyne.NewPos(0, high), fyne.NewSize(size.Width, max(size.Height-high, 0)))
	if size != g.laid {
		g.laid = size
		g.revealRow()
	}
	g.onScrolled(g.scroll.Offset)
}

func gridRowHeight() float32 { return theme.Size(theme.SizeNameRow) }

func gridHeaderHeight() float32 {
	return max(theme.Size(theme.SizeNameRow), theme.Size(theme.SizeNameTarget)+8)
}
