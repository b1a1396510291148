package kit

import (
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/theme"
)

// focusList is a pickList that takes the focus itself: arrows, PgUp, PgDn, Home
// and End move, letters jump, Enter picks.
type focusList struct {
	pickList
	ring   *focusRing
	onUp   func()          // Backspace
	onRune func(rune) bool // takes a letter first, and tells whether it did
}

var (
	_ drawn          = (*focusList)(nil)
	_ fyne.Focusable = (*focusList)(nil)
)

func newFocusList(onPick func(Option), onUp func()) *focusList {
	l := &focusList{ring: newFocusRing(true), onUp: onUp}
	l.build(l, onPick)
	return l
}

// TypedRune jumps to the next line that begins with the letter.
func (l *focusList) TypedRune(r rune) {
	if l.onRune != nil && l.onRune(r) {
		return
	}
	letter := Fold(string(r))
	for i := 1; i <= len(l.options); i++ {
		at := (l.at + i) % len(l.options)
		if strings.HasPrefix(Fold(l.options[at].Label), letter) {
			l.move(at - l.at)
			return
		}
	}
}

// TypedKey moves and picks.
func (l *focusList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		l.move(-1)
	case fyne.KeyDown:
		l.move(1)
	case fyne.KeyPageUp:
		l.move(-8)
	case fyne.KeyPageDown:
		l.move(8)
	case fyne.KeyHome:
		l.move(-len(l.options))
	case fyne.KeyEnd:
		l.move(len(l.options))
	case fyne.KeyReturn, fyne.KeyEnter:
		l.pick()
	case fyne.KeyBackspace:
		l.onUp()
	default:
		forwardKey(l, ev)
	}
}

// FocusGained shows the ring.
func (l *focusList) FocusGained() {
	l.ring.focused = true
	l.Refresh()
}

// FocusLost hides the ring.
func (l *focusList) FocusLost() {
	l.ring.focused = false
	l.Refresh()
}

// Tapped takes the focus and picks.
func (l *focusList) Tapped(ev *fyne.PointEvent) {
	focus(l)
	l.pickList.Tapped(ev)
}

// CreateRenderer implements fyne.Widget.
func (l *focusList) CreateRenderer() fyne.WidgetRenderer { return newDrawnRenderer(l) }

func (l *focusList) parts() []fyne.CanvasObject { return append(l.pickList.parts(), l.ring.rect) }

func (l *focusList) paint() {
	l.pickList.paint()
	l.ring.paint()
}

func (l *focusList) arrange(size fyne.Size) {
	l.pickList.arrange(size)
	l.ring.around(fyne.NewPos(0, float32(l.at)*l.rowHeight()), fyne.NewSize(size.Width, l.rowHeight()))
}

func (l *focusList) least() fyne.Size {
	size := l.pickList.least()
	return fyne.NewSize(120, max(size.Height, theme.Size(theme.SizeNameTarget)))
}
