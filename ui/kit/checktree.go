package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// CheckGroup is a foldable group of lines in a CheckTree, with a line of its
// own that ticks all of them.
type CheckGroup struct {
	ID, Label string
	Columns   []string
	Items     []CheckItem
}

// CheckItem is a line that can be ticked.
type CheckItem struct {
	ID, Label string
	Columns   []string
	Keywords  string // found by the filter too
}

// CheckTree is a list to tick in, in groups, with columns. It is one stop for
// Tab: the arrow keys, Home, End, PgUp and PgDn move, Right and Left open and
// fold a group, Space and Enter tick, a letter goes to the next line that begins
// with it. Its setters do not call OnToggled.
type CheckTree struct {
	widget.BaseWidget

	// OnToggled gets the lines that are to be ticked or cleared: one, or those of a
	// group that are not so already. nil makes a list that is only read, without
	// boxes.
	OnToggled func(ids []string, on bool)
	// OnResized is called when the list has become longer or shorter.
	OnResized func()

	words   *lang.Printer
	heads   []string
	groups  []CheckGroup
	open    map[string]bool
	checked map[string]bool
	query   string

	rows []treeRow
	at   int // under the keys
	over int // under the mouse, -1 for none

	lines  []*treeLine
	titles []*canvas.Text
	rule   *canvas.Rectangle
	none   *Text
	shade  *canvas.Rectangle
	ring   *focusRing
}

// treeRow is a visible line: a group, or an item of it.
type treeRow struct{ group, item int }

func (r treeRow) isGroup() bool { return r.item < 0 }

var (
	_ drawn             = (*CheckTree)(nil)
	_ fyne.Focusable    = (*CheckTree)(nil)
	_ desktop.Hoverable = (*CheckTree)(nil)
	_ fyne.Accessible   = (*CheckTree)(nil)
	_ Control           = (*CheckTree)(nil)
)

// NewCheckTree makes an empty list. heads are the titles of the first column and
// of the others, which stand to the right.
func NewCheckTree(words *lang.Printer, heads []string) *CheckTree {
	t := &CheckTree{
		words: words, heads: heads, open: map[string]bool{}, checked: map[string]bool{}, over: -1,
		rule: &canvas.Rectangle{}, none: NewQuietText(words.T("kit.choice.noHits")), shade: &canvas.Rectangle{}, ring: newFocusRing(true),
	}
	for range heads {
		t.titles = append(t.titles, &canvas.Text{})
	}
	t.none.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// SetGroups changes the lines. What is open stays open.
func (t *CheckTree) SetGroups(groups []CheckGroup) {
	t.groups = groups
	t.list()
}

// SetOpen opens or folds a group.
func (t *CheckTree) SetOpen(group string, open bool) {
	if t.open[group] != open {
		t.open[group] = open
		t.list()
	}
}

// SetChecked ticks exactly these lines.
func (t *CheckTree) SetChecked(ids []string) {
	t.checked = make(map[string]bool, len(ids))
	for _, id := range ids {
		t.checked[id] = true
	}
	t.Refresh()
}

// Checked tells whether a line is ticked.
func (t *CheckTree) Checked(id string) bool { return t.checked[id] }

// SetFilter shows only the lines that match a text, in open groups; "" shows all
// again.
func (t *CheckTree) SetFilter(query string) {
	if query = strings.TrimSpace(Fold(query)); query != t.query {
		t.query = query
		t.list()
	}
}

// list finds the lines that are shown.
func (t *CheckTree) list() {
	var now treeRow
	if t.at < len(t.rows) {
		now = t.rows[t.at]
	}
	before := len(t.rows)
	t.rows, t.at = nil, 0
	for g, group := range t.groups {
		var items []treeRow
		whole, _ := matches(t.query, Fold(group.Label))
		for i, item := range group.Items {
			if hit, _ := matches(t.query, Fold(item.Label+" "+item.Keywords)); hit || whole {
				items = append(items, treeRow{g, i})
			}
		}
		if t.query != "" && len(items) == 0 {
			continue
		}
		t.rows = append(t.rows, treeRow{g, -1})
		if t.open[group.ID] || t.query != "" {
			t.rows = append(t.rows, items...)
		}
	}
	for i, row := range t.rows {
		if row == now || row.isGroup() && row.group == now.group {
			t.at = i
		}
	}
	t.none.Hidden = len(t.rows) > 0
	t.over = -1
	t.Refresh()
	if before != len(t.rows) && t.OnResized != nil {
		t.OnResized()
	}
}

// FocusTarget is what takes the focus.
func (t *CheckTree) FocusTarget() fyne.Focusable { return t }

// state counts the ticked lines of a group.
func (t *CheckTree) state(group int) (ticked, all int) {
	for _, item := range t.groups[group].Items {
		if t.checked[item.ID] {
			ticked++
		}
	}
	return ticked, len(t.groups[group].Items)
}

// toggle ticks or clears a line. A group that is not ticked all through becomes
// so; with a filter only the lines in sight are touched.
func (t *CheckTree) toggle(i int) {
	if t.OnToggled == nil || i < 0 || i >= len(t.rows) {
		return
	}
	row := t.rows[i]
	if !row.isGroup() {
		id := t.groups[row.group].Items[row.item].ID
		t.OnToggled([]string{id}, !t.checked[id])
		return
	}
	var ids, clear []string
	for n, item := range t.groups[row.group].Items {
		if t.query != "" && !t.inSight(treeRow{row.group, n}) {
			continue
		}
		if t.checked[item.ID] {
			clear = append(clear, item.ID)
		} else {
			ids = append(ids, item.ID)
		}
	}
	if len(ids) > 0 {
		t.OnToggled(ids, true)
	} else if len(clear) > 0 {
		t.OnToggled(clear, false)
	}
}

func (t *CheckTree) inSight(row treeRow) bool {
	for _, r := range t.rows {
		if r == row {
			return true
		}
	}
	return false
}

// fold opens or folds the group that a row belongs to.
func (t *CheckTree) fold(i int, open bool) {
	if i < 0 || i >= len(t.rows) || t.query != "" {
		return
	}
	row := t.rows[i]
	if !open && !row.isGroup() {
		row.item = -1 // the keys go up to the group
		for n, r := range t.rows {
			if r == row {
				t.at = n
			}
		}
	}
	t.SetOpen(t.groups[row.group].ID, open)
}

// Tapped ticks the line under the mouse, or folds its group.
func (t *CheckTree) Tapped(ev *fyne.PointEvent) {
	i := t.hit(ev.Position)
	if i < 0 {
		return
	}
	t.at = i
	focus(t)
	row := t.rows[i]
	if row.isGroup() && (t.OnToggled == nil || ev.Position.X < t.foldWidth()) {
		t.fold(i, !t.open[t.groups[row.group].ID])
		return
	}
	t.toggle(i)
}

// TypedRune goes to the next line that begins with the letter.
func (t *CheckTree) TypedRune(r rune) {
	letter := Fold(string(r))
	if strings.TrimSpace(letter) == "" {
		return
	}
	for n := 1; n <= len(t.rows); n++ {
		i := (t.at + n) % len(t.rows)
		if strings.HasPrefix(Fold(t.label(t.rows[i])), letter) {
			t.move(i)
			return
		}
	}
}

// TypedKey moves, folds and ticks.
func (t *CheckTree) TypedKey(ev *fyne.KeyEvent) {
	const page = 10
	switch ev.Name {
	case fyne.KeyUp:
		t.move(t.at - 1)
	case fyne.KeyDown:
		t.move(t.at + 1)
	case fyne.KeyHome:
		t.move(0)
	case fyne.KeyEnd:
		t.move(len(t.rows) - 1)
	case fyne.KeyPageUp:
		t.move(t.at - page)
	case fyne.KeyPageDown:
		t.move(t.at + page)
	case fyne.KeyRight:
		t.fold(t.at, true)
	case fyne.KeyLeft:
		t.fold(t.at, false)
	case fyne.KeySpace:
		t.toggle(t.at)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !forwardKey(t, ev) {
			t.toggle(t.at)
		}
	default:
		forwardKey(t, ev)
	}
}

func (t *CheckTree) move(to int) {
	t.at = max(0, min(to, len(t.rows)-1))
	t.Refresh()
	t.revealRow()
}

func (t *CheckTree) revealRow() {
	reveal(t, fyne.NewPos(0, t.rowTop(t.at)), fyne.NewSize(10, t.rowHeight()))
}

// FocusGained shows the ring.
func (t *CheckTree) FocusGained() {
	t.ring.focused = true
	t.revealRow()
	t.Refresh()
}

// FocusLost hides the ring.
func (t *CheckTree) FocusLost() {
	t.ring.focused = false
	t.Refresh()
}

// MouseIn implements desktop.Hoverable.
func (t *CheckTree) MouseIn(ev *desktop.MouseEvent) { t.MouseMoved(ev) }

// MouseMoved lights a line up.
func (t *CheckTree) MouseMoved(ev *desktop.MouseEvent) {
	if over := t.hit(ev.Position); over != t.over {
		t.over = over
		t.arrangeShade()
	}
}

// MouseOut puts the light out.
func (t *CheckTree) MouseOut() {
	t.over = -1
	t.arrangeShade()
}

func (t *CheckTree) label(row treeRow) string {
	if row.isGroup() {
		return t.groups[row.group].Label
	}
	return t.groups[row.group].Items[row.item].Label
}

func (t *CheckTree) columns(row treeRow) []string {
	if row.isGroup() {
		return t.groups[row.group].Columns
	}
	return t.groups[row.group].Items[row.item].Columns
}

// AccessibilityLabel is the line under the keys in words.
func (t *CheckTree) AccessibilityLabel() string {
	if t.at >= len(t.rows) {
		return ""
	}
	row := t.rows[t.at]
	said := []string{t.label(row)}
	for i, c := range t.columns(row) {
		if c != "" && i+1 < len(t.heads) {
			said = append(said, t.heads[i+1]+" "+c)
		}
	}
	switch {
	case row.isGroup():
		ticked, all := t.state(row.group)
		said = append(said, t.words.T("target.tree.some", "Count", ticked, "All", all))
	case t.OnToggled == nil:
	case t.checked[t.groups[row.group].Items[row.item].ID]:
		said = append(said, t.words.T("target.map.selected"))
	default:
		said = append(said, t.words.T("target.map.notSelected"))
	}
	return strings.Join(said, ", ")
}

// AccessibilityRole is button, the nearest that Fyne has.
func (t *CheckTree) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (t *CheckTree) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newDrawnRenderer(t)
}

func (t *CheckTree) rowHeight() float32 { return theme.Size(theme.SizeNameTarget) + 8 }

func (t *CheckTree) rowTop(i int) float32 { return float32(i+1) * t.rowHeight() }

func (t *CheckTree) hit(pos fyne.Position) int {
	i := int(pos.Y/t.rowHeight()) - 1
	if pos.Y < t.rowHeight() || i >= len(t.rows) {
		return -1
	}
	return i
}
