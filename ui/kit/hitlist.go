package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// HitList is the answers of a search, on paper of their own under the search
// field. Arrow up from the first one, Backspace and Esc lead back to the field.
type HitList struct {
	widget.BaseWidget

	list   *hits
	scroll *container.Scroll
	none   *Text
	face   *canvas.Rectangle
}

var _ drawn = (*HitList)(nil)

// NewHitList makes a hidden list. none is the sentence for no answers.
func NewHitList(_ *lang.Printer, none string, onPick func(Option), onLeave func()) *HitList {
	l := &HitList{none: NewQuietText(none), face: &canvas.Rectangle{}}
	l.list = &hits{onLeave: onLeave}
	l.list.focusList = focusList{ring: newFocusRing(true), onUp: onLeave}
	l.list.build(l.list, onPick)
	l.scroll = container.NewVScroll(l.list)
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

// SetHits shows answers.
func (l *HitList) SetHits(options []Option) {
	l.list.set(options, "")
	l.scroll.ScrollToTop()
	l.Refresh()
}

// Pick takes the answer under the arrow keys, the first when nobody has moved.
func (l *HitList) Pick() { l.list.pick() }

// FocusTarget is the list.
func (l *HitList) FocusTarget() fyne.Focusable { return l.list }

// Height is what all the answers need.
func (l *HitList) Height() float32 {
	if len(l.list.options) == 0 {
		return l.none.MinSize().Height + 2*theme.Size(theme.SizeNameGap)
	}
	return l.list.least().Height + 2*hitPadding
}

// CreateRenderer implements fyne.Widget.
func (l *HitList) CreateRenderer() fyne.WidgetRenderer { return newDrawnRenderer(l) }

func (l *HitList) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{l.face, l.scroll, l.none}
}

func (l *HitList) paint() {
	paintPaper(l.face)
	l.none.Hidden = len(l.list.options) > 0
}

func (l *HitList) least() fyne.Size { return fyne.NewSize(200, theme.Size(theme.SizeNameControl)) }

const hitPadding = 6

func (l *HitList) arrange(size fyne.Size) {
	l.face.Resize(size)
	l.scroll.Move(fyne.NewSquareOffsetPos(hitPadding))
	l.scroll.Resize(size.SubtractWidthHeight(2*hitPadding, 2*hitPadding))
	gap := theme.Size(theme.SizeNameGap)
	l.none.Move(fyne.NewSquareOffsetPos(gap))
	l.none.Resize(size.SubtractWidthHeight(2*gap, 2*gap))
}

// hits is the list itself.
type hits struct {
	focusList
	onLeave func()
}

// TypedKey leads back to the search field from the first line.
func (h *hits) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyEscape || ev.Name == fyne.KeyUp && h.at == 0 {
		h.onLeave()
		return
	}
	h.focusList.TypedKey(ev)
}

// Tapped takes the focus and picks.
func (h *hits) Tapped(ev *fyne.PointEvent) {
	focus(h)
	h.pickList.Tapped(ev)
}

// CreateRenderer implements fyne.Widget.
func (h *hits) CreateRenderer() fyne.WidgetRenderer { return newDrawnRenderer(h) }

// AccessibilityLabel is the line under the arrow keys.
func (h *hits) AccessibilityLabel() string {
	if h.at < len(h.options) {
		return h.options[h.at].Label + ", " + h.options[h.at].Note
	}
	return ""
}

// AccessibilityRole is link.
func (h *hits) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// WithIcon is the option with a picture before its label.
func (o Option) WithIcon(icon fyne.Resource) Option {
	o.icon = icon
	return o
}
