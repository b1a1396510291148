package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Badge is a small number: what waits. Zero is not shown.
type Badge struct {
	widget.BaseWidget
	count int
	tone  Severity
	pill  *canvas.Rectangle
	text  *canvas.Text
}

var _ drawn = (*Badge)(nil)

// NewBadge makes an empty badge in the tone of information.
func NewBadge() *Badge {
	b := &Badge{tone: Info, pill: &canvas.Rectangle{}, text: &canvas.Text{Alignment: fyne.TextAlignCenter}}
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// SetCount changes the number; 0 hides it.
func (b *Badge) SetCount(n int) {
	b.count = n
	b.Hidden = n <= 0
	b.Refresh()
}

// Count is the number.
func (b *Badge) Count() int { return b.count }

// SetTone changes the colour: Stop for what stops, Warn for what is worth
// mending.
func (b *Badge) SetTone(s Severity) {
	b.tone = s
	b.Refresh()
}

func (b *Badge) label() string {
	if b.count > 999 {
		return "999+"
	}
	return strconv.Itoa(b.count)
}

// AccessibilityLabel is the number.
func (b *Badge) AccessibilityLabel() string { return b.label() }

// AccessibilityRole is text.
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return newDrawnRenderer(b)
}

func (b *Badge) parts() []fyne.CanvasObject { return []fyne.CanvasObject{b.pill, b.text} }

func (b *Badge) paint() {
	fill, text := fynetheme.ColorNamePrimary, theme.ColorNameOnPrimary
	if b.tone == Stop || b.tone == Warn {
		fill, text = SeverityColor(b.tone), theme.ColorNameOnStop
	}
	b.pill.FillColor = theme.Color(fill)
	b.text.Text, b.text.Color = b.label(), theme.Color(text)
	b.text.TextSize, b.text.TextStyle = theme.Size(theme.SizeNameLabel), fyne.TextStyle{Bold: true}
	b.pill.Refresh()
	b.text.Refresh()
}

func (b *Badge) least() fyne.Size {
	min := b.text.MinSize()
	return fyne.NewSize(max(min.Width+12, min.Height+2), min.Height+2)
}

func (b *Badge) arrange(size fyne.Size) {
	b.pill.CornerRadius = size.Height / 2
	b.pill.Resize(size)
	min := b.text.MinSize()
	b.text.Move(fyne.NewPos(0, (size.Height-min.Height)/2))
	b.text.Resize(fyne.NewSize(size.Width, min.Height))
}
