package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// ListRow is a row of a RowList.
type ListRow struct {
	ID      string
	Label   string // what it is, for screen readers
	Content fyne.CanvasObject
	Menu    []*fyne.MenuItem // what can be done with it; may be empty
}

// RowList is a list whose rows are as high as their content. The list is one
// stop for Tab: the arrow keys, PgUp, PgDn, Home and End move, Enter and a click
// open, Delete throws away, and the menu key opens the row's menu. It stands in
// a NewScroll.
type RowList struct {
	widget.BaseWidget

	OnOpen   func(id string)
	OnDelete func(id string) // nil when nothing can be deleted
	// OnLetter gets the letters that are typed on a row; nil passes them over.
	OnLetter func(id string, letter rune)

	rows    []ListRow
	menus   []*Button // one a row, nil without a menu
	menuTip string
	at      int
	over    int // under the mouse, -1 for none
	tops    []float32
	highs   []float32
	laid    float32

	face, bar, shade *canvas.Rectangle
	lines            []fyne.CanvasObject // between rows
	ring             *focusRing
}

var (
	_ drawn             = (*RowList)(nil)
	_ fyne.Focusable    = (*RowList)(nil)
	_ fyne.Tappable     = (*RowList)(nil)
	_ fyne.Accessible   = (*RowList)(nil)
	_ desktop.Hoverable = (*RowList)(nil)
)

// NewRowList makes an empty list. menuTip says what the button at the end of a
// row is.
func NewRowList(menuTip string, onOpen func(id string)) *RowList {
	l := &RowList{OnOpen: onOpen, menuTip: menuTip, over: -1, face: &canvas.Rectangle{}, bar: &canvas.Rectangle{},
		shade: &canvas.Rectangle{}, ring: newFocusRing(true)}
	l.ExtendBaseWidget(l)
	return l
}

// SetRows changes the rows and stays on the one that the arrow keys were on.
func (l *RowList) SetRows(rows []ListRow) {
	was := l.Current()
	l.rows, l.menus, l.over, l.laid = rows, make([]*Button, len(rows)), -1, 0
	l.at = min(l.at, max(len(rows)-1, 0))
	for i := range rows {
		if rows[i].ID == was {
			l.at = i
		}
		if len(rows[i].Menu) > 0 {
			l.menus[i] = NewMenuButton("", rows[i].Menu...)
			l.menus[i].SetLook(Quiet)
			l.menus[i].SetTip(l.menuTip)
		}
	}
	l.Refresh()
}

// Current is the ID of the row that the arrow keys are on, "" for none.
func (l *RowList) Current() string {
	if l.at < len(l.rows) {
		return l.rows[l.at].ID
	}
	return ""
}

// FocusTarget is what takes the focus.
func (l *RowList) FocusTarget() fyne.Focusable { return l }

// AccessibilityLabel is the row that the arrow keys are on.
func (l *RowList) AccessibilityLabel() string {
	if l.at < len(l.rows) {
		return l.rows[l.at].Label
	}
	return ""
}

// AccessibilityRole is link.
func (l *RowList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

func (l *RowList) move(to int) {
	l.at = min(max(to, 0), max(len(l.rows)-1, 0))
	l.Refresh()
	l.reveal()
}

func (l *RowList) reveal() {
	if l.at < len(l.tops) {
		reveal(l, fyne.NewPos(0, l.tops[l.at]), fyne.NewSize(l.Size().Width, l.highs[l.at]))
	}
}

func (l *RowList) hit(pos fyne.Position) int {
	for i := range l.tops {
		if pos.Y >= l.tops[i] && pos.Y < l.tops[i]+l.highs[i] {
			return i
		}
	}
	return -1
}

// Tapped opens the row under the mouse.
func (l *RowList) Tapped(ev *fyne.PointEvent) {
	i := l.hit(ev.Position)
	if i < 0 {
		return
	}
	l.at = i
	focus(l)
	l.Refresh()
	l.open()
}

func (l *RowList) open() {
	if id := l.Current(); id != "" && l.OnOpen != nil {
		l.OnOpen(id)
	}
}

// pageRows is how many rows PgUp and PgDn move.
const pageRows = 5

// TypedKey moves, opens and throws away.
func (l *RowList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		l.move(l.at - 1)
	case fyne.KeyDown:
		l.move(l.at + 1)
	case fyne.KeyPageUp:
		l.move(l.at - pageRows)
	case fyne.KeyPageDown:
		l.move(l.at + pageRows)
	case fyne.KeyHome:
		l.move(0)
	case fyne.KeyEnd:
		l.move(len(l.rows) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open()
	case fyne.KeyDelete:
		if id := l.Current(); id != "" && l.OnDelete != nil {
			l.OnDelete(id)
		}
	case desktop.KeyMenu:
		if l.at < len(l.menus) && l.menus[l.at] != nil {
			l.menus[l.at].press()
		}
	default:
		forwardKey(l, ev)
	}
}

// TypedRune hands the letter on.
func (l *RowList) TypedRune(letter rune) {
	if id := l.Current(); id != "" && l.OnLetter != nil {
		l.OnLetter(id, letter)
	}
}

// FocusGained shows the ring.
func (l *RowList) FocusGained() {
	l.ring.focused = true
	l.Refresh()
	l.reveal()
}

// FocusLost hides the ring.
func (l *RowList) FocusLost() {
	l.ring.focused = false
	l.Refresh()
}

// MouseIn lights a row up.
func (l *RowList) MouseIn(ev *desktop.MouseEvent) { l.MouseMoved(ev) }

// MouseMoved moves the light.
func (l *RowList) MouseMoved(ev *desktop.MouseEvent) {
	if over := l.hit(ev.Position); over != l.over {
		l.over = over
		l.Refresh()
	}
}

// MouseOut puts the light out.
func (l *RowList) MouseOut() {
	l.over = -1
	l.Refresh()
}

// Cursor is a hand, for a click opens.
func (l *RowList) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (l *RowList) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return newDrawnRenderer(l)
}

func (l *RowList) parts() []fyne.CanvasObject {
	parts := append([]fyne.CanvasObject{l.face, l.bar, l.shade}, l.lines...)
	for i := range l.rows {
		parts = append(parts, l.rows[i].Content)
		if l.menus[i] != nil {
			parts = append(parts, l.menus[i])
		}
	}
	return append(parts, l.ring.rect)
}

func (l *RowList) paint() {
	radius := theme.Size(theme.SizeNameRadius)
	l.face.FillColor, l.face.CornerRadius = theme.Color(theme.ColorNameSurface), radius
	l.face.StrokeColor, l.face.StrokeWidth = theme.Color(theme.ColorNameHairline), 1
	l.face.Hidden = len(l.rows) == 0
	l.bar.FillColor = theme.Color(theme.ColorNameSelectedRow)
	l.bar.Hidden = len(l.rows) == 0 || !l.ring.focused
	l.shade.FillColor = theme.Color(theme.ColorNameHoverRow)
	l.shade.Hidden = l.over < 0 || l.over == l.at && l.ring.focused
	between := max(len(l.rows)-1, 0)
	for len(l.lines) < between {
		l.lines = append(l.lines, &canvas.Rectangle{})
	}
	l.lines = l.lines[:between]
	for _, o := range l.lines {
		o.(*canvas.Rectangle).FillColor = theme.Color(theme.ColorNameHairline)
		o.Refresh()
	}
	l.ring.paint()
	l.ring.rect.Hidden = !l.ring.focused || len(l.rows) == 0
	l.face.Refresh()
	l.bar.Refresh()
	l.shade.Refresh()
}

func (l *RowList) menuWidth() float32 {
	return theme.Size(theme.SizeNameTarget) + theme.Size(theme.SizeNameGap)
}

func (l *RowList) inner(width float32) float32 {
	return max(width-2*theme.Size(theme.SizeNameGroup)-l.menuWidth(), 0)
}

// measure finds where each row lies in a width, and gives the height of all.
func (l *RowList) measure(width float32) float32 {
	pad := theme.Size(theme.SizeNameGap) * 1.25
	l.tops, l.highs = l.tops[:0], l.highs[:0]
	var y float32
	for i := range l.rows {
		high := heightOf(l.rows[i].Content, l.inner(width))
		if l.menus[i] != nil {
			high = max(high, l.menus[i].MinSize().Height)
		}
		high += 2 * pad
		l.tops, l.highs = append(l.tops, y), append(l.highs, high)
		y += high
	}
	return y
}

func (l *RowList) least() fyne.Size {
	var width float32
	for i := range l.rows {
		width = max(width, l.rows[i].Content.MinSize().Width)
	}
	width += 2*theme.Size(theme.SizeNameGroup) + l.menuWidth()
	return fyne.NewSize(width, l.measure(max(l.laid, width)))
}

func (l *RowList) heightFor(width float32) float32 {
	l.laid = width
	return l.measure(width)
}

func (l *RowList) arrange(size fyne.Size) {
	l.laid = size.Width
	height := l.measure(size.Width)
	l.face.Resize(fyne.NewSize(size.Width, height))
	whole := func(o *canvas.Rectangle, i int) {
		if i >= 0 && i < len(l.tops) {
			o.Move(fyne.NewPos(1, l.tops[i]+1))
			o.Resize(fyne.NewSize(size.Width-2, l.highs[i]-1))
		}
	}
	whole(l.bar, l.at)
	whole(l.shade, l.over)
	edge, pad := theme.Size(theme.SizeNameGroup), theme.Size(theme.SizeNameGap)*1.25
	for i := range l.rows {
		if i > 0 {
			l.lines[i-1].Move(fyne.NewPos(1, l.tops[i]))
			l.lines[i-1].Resize(fyne.NewSize(size.Width-2, 1))
		}
		l.rows[i].Content.Move(fyne.NewPos(edge, l.tops[i]+pad))
		l.rows[i].Content.Resize(fyne.NewSize(l.inner(size.Width), l.highs[i]-2*pad))
		if b := l.menus[i]; b != nil {
			min := b.MinSize()
			b.Move(fyne.NewPos(size.Width-min.Width-pad, l.tops[i]+pad/2))
			b.Resize(min)
		}
	}
	if l.at < len(l.tops) {
		l.ring.around(fyne.NewPos(1, l.tops[l.at]+1), fyne.NewSize(size.Width-2, l.highs[l.at]-1))
	}
}
