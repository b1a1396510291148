package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// TextLink is a text that leads somewhere. Unlike a button it breaks between
// words, for names and sentences. A thin line under its words tells it from
// other text.
type TextLink struct {
	widget.BaseWidget

	OnTapped func()

	mark    *iconBox // nil without one
	text    *Text
	lines   []fyne.CanvasObject // of *canvas.Rectangle, under the words
	ring    *focusRing
	hovered bool
}

var (
	_ drawn             = (*TextLink)(nil)
	_ fyne.Focusable    = (*TextLink)(nil)
	_ fyne.Accessible   = (*TextLink)(nil)
	_ desktop.Hoverable = (*TextLink)(nil)
)

// NewTextLink makes a link of ordinary size.
func NewTextLink(text string, onTapped func()) *TextLink {
	return newTextLink(newText(text, fynetheme.ColorNamePrimary, fynetheme.SizeNameText, false), onTapped)
}

// NewStrongLink makes a link in bold: the name of what it opens.
func NewStrongLink(text string, onTapped func()) *TextLink {
	return newTextLink(newText(text, fynetheme.ColorNamePrimary, fynetheme.SizeNameText, true), onTapped)
}

// NewMarkedLink makes a link with the icon of a severity before it; the text must
// carry the meaning by itself.
func NewMarkedLink(s Severity, text string, onTapped func()) *TextLink {
	l := NewTextLink(text, onTapped)
	l.mark = newSeverityMark(s)
	return l
}

func newTextLink(text *Text, onTapped func()) *TextLink {
	l := &TextLink{OnTapped: onTapped, text: text, ring: newFocusRing(false)}
	l.ExtendBaseWidget(l)
	return l
}

// Text is what the link says.
func (l *TextLink) Text() string { return l.text.Text() }

// FocusTarget is what takes the focus.
func (l *TextLink) FocusTarget() fyne.Focusable { return l }

// AccessibilityLabel is the text.
func (l *TextLink) AccessibilityLabel() string { return l.text.Text() }

// AccessibilityRole is link.
func (l *TextLink) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// Tapped goes where the link leads.
func (l *TextLink) Tapped(*fyne.PointEvent) {
	focus(l)
	l.press()
}

func (l *TextLink) press() {
	if l.OnTapped != nil {
		l.OnTapped()
	}
}

// TypedKey goes there on Space and Enter.
func (l *TextLink) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		l.press()
	default:
		forwardKey(l, ev)
	}
}

// TypedRune implements fyne.Focusable.
func (l *TextLink) TypedRune(rune) {}

// FocusGained shows the ring.
func (l *TextLink) FocusGained() {
	l.ring.focused = true
	reveal(l, fyne.Position{}, l.Size())
	l.Refresh()
}

// FocusLost hides the ring.
func (l *TextLink) FocusLost() {
	l.ring.focused = false
	l.Refresh()
}

// MouseIn brings out the line under the words.
func (l *TextLink) MouseIn(*desktop.MouseEvent) {
	l.hovered = true
	l.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (l *TextLink) MouseMoved(*desktop.MouseEvent) {}

// MouseOut lets it stand back.
func (l *TextLink) MouseOut() {
	l.hovered = false
	l.Refresh()
}

// Cursor is a hand.
func (l *TextLink) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (l *TextLink) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return newDrawnRenderer(l)
}

func (l *TextLink) parts() []fyne.CanvasObject {
	parts := append([]fyne.CanvasObject{l.ring.rect, l.text}, l.lines...)
	if l.mark != nil {
		parts = append(parts, l.mark)
	}
	return parts
}

func (l *TextLink) paint() {
	l.ring.paint()
	l.text.Refresh()
}

// above is the distance over and under the text, so that one line is high
// enough to be hit.
func (l *TextLink) above(textHeight float32) float32 {
	return max(theme.Size(theme.SizeNameTarget)-textHeight, 0) / 2
}

// indent is the room that the mark takes.
func (l *TextLink) indent() float32 {
	if l.mark == nil {
		return 0
	}
	return theme.Size(theme.SizeNameIcon) + theme.Size(theme.SizeNameGap)*0.75
}

func (l *TextLink) least() fyne.Size {
	min := l.text.least()
	return fyne.NewSize(min.Width+l.indent(), min.Height+2*l.above(min.Height))
}

func (l *TextLink) heightFor(width float32) float32 {
	height := l.text.heightFor(width - l.indent())
	return height + 2*l.above(height)
}

func (l *TextLink) natural() float32 { return l.text.natural() + l.indent() }

func (l *TextLink) arrange(size fyne.Size) {
	x := l.indent()
	height := l.text.heightFor(size.Width - x)
	top := l.above(height)
	l.text.Move(fyne.NewPos(x, top))
	l.text.Resize(fyne.NewSize(size.Width-x, height))
	l.text.arrange(l.text.Size()) // measuring may have broken the lines anew
	if l.mark != nil {
		side := theme.Size(theme.SizeNameIcon)
		l.mark.Resize(fyne.NewSquareSize(side))
		l.mark.Move(fyne.NewPos(0, top+(l.text.lineHigh-side)/2))
	}
	color := theme.ColorNameHairline
	if l.hovered || l.ring.focused {
		color = fynetheme.ColorNamePrimary
	}
	l.lines = l.lines[:min(len(l.lines), len(l.text.lines))]
	var widest float32
	for i, o := range l.text.lines {
		if i == len(l.lines) {
			l.lines = append(l.lines, &canvas.Rectangle{})
		}
		under := l.lines[i].(*canvas.Rectangle)
		width := min(o.MinSize().Width, size.Width-x)
		widest = max(widest, width)
		under.FillColor = theme.Color(color)
		under.Move(fyne.NewPos(x, top+float32(i+1)*l.text.lineHigh-2))
		under.Resize(fyne.NewSize(width, 1))
	}
	l.ring.around(fyne.NewPos(0, 0), fyne.NewSize(x+widest, size.Height))
}
