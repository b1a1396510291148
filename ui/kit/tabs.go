package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Tab is one leaf of Tabs.
type Tab struct {
	ID, Label string
	Content   fyne.CanvasObject
}

// Tabs shows one of several contents. The row of labels is one stop for Tab;
// the arrow keys, Home and End choose.
type Tabs struct {
	widget.BaseWidget

	OnChanged func(id string) // by the person, not by Select

	tabs  []Tab
	at    int
	strip *tabStrip
	line  fyne.CanvasObject
}

var _ drawn = (*Tabs)(nil)

// NewTabs shows the first of the tabs.
func NewTabs(tabs ...Tab) *Tabs {
	t := &Tabs{tabs: tabs, line: Hairline()}
	t.strip = newTabStrip(t)
	t.ExtendBaseWidget(t)
	return t
}

// Selected is the ID of the tab that is shown.
func (t *Tabs) Selected() string {
	if len(t.tabs) == 0 {
		return ""
	}
	return t.tabs[t.at].ID
}

// Select shows a tab; an unknown ID changes nothing.
func (t *Tabs) Select(id string) {
	for i, tab := range t.tabs {
		if tab.ID == id && i != t.at {
			t.at = i
			refreshAll(tab.Content)
			t.strip.Refresh()
			t.Refresh()
			settleFocusAround(t)
		}
	}
}

// SetBadge shows a number beside a label; 0 takes it away.
func (t *Tabs) SetBadge(id string, n int) {
	for i, tab := range t.tabs {
		if tab.ID == id {
			t.strip.badges[i].SetCount(n)
		}
	}
	t.strip.Refresh()
}

// FocusTarget is the row of labels.
func (t *Tabs) FocusTarget() fyne.Focusable { return t.strip }

func (t *Tabs) choose(i int) {
	if i < 0 || i >= len(t.tabs) || i == t.at {
		return
	}
	t.Select(t.tabs[i].ID)
	if t.OnChanged != nil {
		t.OnChanged(t.tabs[i].ID)
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newDrawnRenderer(t)
}

func (t *Tabs) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{t.strip, t.line}
	if len(t.tabs) > 0 && t.tabs[t.at].Content != nil {
		parts = append(parts, t.tabs[t.at].Content)
	}
	return parts
}

func (t *Tabs) paint() {}

func (t *Tabs) least() fyne.Size {
	size := t.strip.MinSize()
	for _, tab := range t.tabs {
		if tab.Content != nil {
			min := tab.Content.MinSize()
			size.Width = max(size.Width, min.Width)
		}
	}
	if len(t.tabs) > 0 && t.tabs[t.at].Content != nil {
		size.Height += t.tabs[t.at].Content.MinSize().Height + theme.Size(theme.SizeNameGroup)
	}
	return size
}

func (t *Tabs) arrange(size fyne.Size) {
	high := t.strip.heightFor(size.Width)
	t.strip.Resize(fyne.NewSize(size.Width, high))
	t.line.Move(fyne.NewPos(0, high))
	t.line.Resize(fyne.NewSize(size.Width, 1))
	if len(t.tabs) > 0 && t.tabs[t.at].Content != nil {
		y := high + theme.Size(theme.SizeNameGroup)
		content := t.tabs[t.at].Content
		room := scrollRoom(content)
		content.Move(fyne.NewPos(-room, y-room))
		content.Resize(fyne.NewSize(size.Width+2*room, max(size.Height-y+room, 0)))
	}
}

// tabStrip is the row of labels; where the window is narrow it takes several.
type tabStrip struct {
	widget.BaseWidget

	tabs   *Tabs
	labels []*canvas.Text
	badges []*Badge
	spots  []fyne.Position // and sizes, from the last arrange
	sizes  []fyne.Size
	over   int // under the mouse, -1 for none
	shade  *canvas.Rectangle
	under  *canvas.Rectangle
	ring   *focusRing
}

var (
	_ drawn             = (*tabStrip)(nil)
	_ fyne.Focusable    = (*tabStrip)(nil)
	_ desktop.Hoverable = (*tabStrip)(nil)
)

func newTabStrip(t *Tabs) *tabStrip {
	s := &tabStrip{tabs: t, over: -1, shade: &canvas.Rectangle{}, under: &canvas.Rectangle{}, ring: newFocusRing(true)}
	for range t.tabs {
		s.labels = append(s.labels, &canvas.Text{})
		s.badges = append(s.badges, NewBadge())
	}
	s.spots, s.sizes = make([]fyne.Position, len(t.tabs)), make([]fyne.Size, len(t.tabs))
	s.ExtendBaseWidget(s)
	return s
}

func (s *tabStrip) hit(pos fyne.Position) int {
	for i, at := range s.spots {
		if pos.X >= at.X && pos.Y >= at.Y && pos.X < at.X+s.sizes[i].Width && pos.Y < at.Y+s.sizes[i].Height {
			return i
		}
	}
	return -1
}

// Tapped chooses the label under the mouse.
func (s *tabStrip) Tapped(ev *fyne.PointEvent) {
	focus(s)
	s.tabs.choose(s.hit(ev.Position))
}

// TypedRune implements fyne.Focusable.
func (s *tabStrip) TypedRune(rune) {}

// TypedKey chooses with the arrows, Home and End.
func (s *tabStrip) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		s.tabs.choose(s.tabs.at - 1)
	case fyne.KeyRight, fyne.KeyDown:
		s.tabs.choose(s.tabs.at + 1)
	case fyne.KeyHome:
		s.tabs.choose(0)
	case fyne.KeyEnd:
		s.tabs.choose(len(s.tabs.tabs) - 1)
	default:
		forwardKey(s, ev)
	}
}

// FocusGained shows the ring.
func (s *tabStrip) FocusGained() {
	s.ring.focused = true
	reveal(s, fyne.Position{}, s.Size())
	s.Refresh()
}

// FocusLost hides the ring.
func (s *tabStrip) FocusLost() {
	s.ring.focused = false
	s.Refresh()
}

// MouseIn lights a label up.
func (s *tabStrip) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved moves the light.
func (s *tabStrip) MouseMoved(ev *desktop.MouseEvent) {
	if over := s.hit(ev.Position); over != s.over {
		s.over = over
		s.Refresh()
	}
}

// MouseOut puts the light out.
func (s *tabStrip) MouseOut() {
	s.over = -1
	s.Refresh()
}

// AccessibilityLabel is the label of the tab that is shown.
func (s *tabStrip) AccessibilityLabel() string {
	if len(s.tabs.tabs) == 0 {
		return ""
	}
	return s.tabs.tabs[s.tabs.at].Label
}

// AccessibilityRole is button, the nearest that Fyne has.
func (s *tabStrip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (s *tabStrip) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return newDrawnRenderer(s)
}

func (s *tabStrip) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{s.shade, s.under}
	for i := range s.labels {
		parts = append(parts, s.labels[i], s.badges[i])
	}
	return append(parts, s.ring.rect)
}

func (s *tabStrip) paint() {
	for i, l := range s.labels {
		color := theme.ColorNameQuiet
		if i == s.tabs.at {
			color = fynetheme.ColorNamePrimary
		}
		l.Text, l.Color, l.TextSize = s.tabs.tabs[i].Label, theme.Color(color), theme.Size(fynetheme.SizeNameText)
		l.TextStyle = fyne.TextStyle{Bold: i == s.tabs.at}
		l.Refresh()
	}
	s.shade.FillColor, s.shade.CornerRadius = theme.Color(theme.ColorNameHoverRow), theme.Size(theme.SizeNameRadius)
	s.shade.Hidden = s.over < 0 || s.over == s.tabs.at
	s.under.FillColor = theme.Color(fynetheme.ColorNamePrimary)
	s.under.Hidden = len(s.labels) == 0
	s.shade.Refresh()
	s.under.Refresh()
	s.ring.paint()
}

// size of one label with its distances; bold is measured always, so that nothing
// moves when another one is chosen.
func (s *tabStrip) size(i int) fyne.Size {
	gap := theme.Size(theme.SizeNameGap)
	text := fyne.MeasureText(s.tabs.tabs[i].Label, theme.Size(fynetheme.SizeNameText), fyne.TextStyle{Bold: true})
	width := text.Width + 3*gap
	if s.badges[i].Visible() {
		width += s.badges[i].MinSize().Width + gap
	}
	return fyne.NewSize(width, max(text.Height+2*gap, theme.Size(theme.SizeNameTarget)))
}

func (s *tabStrip) flow(width float32) float32 {
	var x, y, high float32
	for i := range s.labels {
		size := s.size(i)
		if x > 0 && x+size.Width > width {
			x, y = 0, y+size.Height
		}
		s.spots[i], s.sizes[i] = fyne.NewPos(x, y), size
		x += size.Width
		high = max(high, y+size.Height)
	}
	return high
}

func (s *tabStrip) heightFor(width float32) float32 { return s.flow(width) }

func (s *tabStrip) least() fyne.Size {
	var width float32
	for i := range s.labels {
		width = max(width, s.size(i).Width)
	}
	return fyne.NewSize(width, s.flow(max(s.Size().Width, width)))
}

func (s *tabStrip) arrange(size fyne.Size) {
	s.flow(size.Width)
	gap := theme.Size(theme.SizeNameGap)
	for i, l := range s.labels {
		at, box := s.spots[i], s.sizes[i]
		min := l.MinSize()
		l.Move(at.AddXY(1.5*gap, (box.Height-min.Height)/2))
		l.Resize(min)
		badge := s.badges[i].MinSize()
		s.badges[i].Move(at.AddXY(box.Width-1.5*gap-badge.Width, (box.Height-badge.Height)/2))
		s.badges[i].Resize(badge)
		if i == s.tabs.at {
			s.under.Move(at.AddXY(0, box.Height-3))
			s.under.Resize(fyne.NewSize(box.Width, 3))
			s.ring.around(at, box)
		}
		if i == s.over {
			s.shade.Move(at)
			s.shade.Resize(box)
		}
	}
}
