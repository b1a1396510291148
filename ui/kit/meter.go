package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Meter is a bar that shows how much of something there is. It never stands
// alone: words beside it say the same.
type Meter struct {
	widget.BaseWidget

	done, whole int64
	tone        fyne.ThemeColorName
	face, bar   *canvas.Rectangle
}

var _ drawn = (*Meter)(nil)

// NewMeter makes a bar that is full at whole; more than whole is full too. tone
// is the colour's role, "" for the primary one.
func NewMeter(done, whole int64, tone fyne.ThemeColorName) *Meter {
	if tone == "" {
		tone = fynetheme.ColorNamePrimary
	}
	m := &Meter{done: done, whole: whole, tone: tone, face: &canvas.Rectangle{}, bar: &canvas.Rectangle{}}
	m.ExtendBaseWidget(m)
	return m
}

// share is how much of the bar is filled, 0 to 1.
func (m *Meter) share() float32 {
	if m.whole <= 0 {
		return 0
	}
	return min(max(float32(float64(m.done)/float64(m.whole)), 0), 1)
}

// CreateRenderer implements fyne.Widget.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	return newDrawnRenderer(m)
}

func (m *Meter) parts() []fyne.CanvasObject { return []fyne.CanvasObject{m.face, m.bar} }

func (m *Meter) paint() {
	radius := theme.Size(theme.SizeNameRadius)
	m.face.FillColor, m.face.CornerRadius = theme.Color(theme.ColorNameSurface), radius
	m.face.StrokeColor, m.face.StrokeWidth = theme.Color(theme.ColorNameFieldBorder), 1
	m.bar.FillColor, m.bar.CornerRadius = theme.Color(m.tone), radius
	m.bar.Hidden = m.share() == 0
	m.face.Refresh()
	m.bar.Refresh()
}

// high is the thickness of the bar; it stands in the middle of a line of text.
func (m *Meter) high() float32 { return theme.Size(fynetheme.SizeNameText) * 0.72 }

func (m *Meter) least() fyne.Size { return fyne.NewSize(48, theme.Size(theme.SizeNameTarget)) }

func (m *Meter) arrange(size fyne.Size) {
	// Under each other, a bar as wide as the column would be read as a line.
	width := min(size.Width, 220*theme.Size(fynetheme.SizeNameText)/14)
	y := (size.Height - m.high()) / 2
	m.face.Move(fyne.NewPos(0, y))
	m.face.Resize(fyne.NewSize(width, m.high()))
	m.bar.Move(fyne.NewPos(0, y))
	m.bar.Resize(fyne.NewSize(max(width*m.share(), m.high()/2), m.high()))
}
