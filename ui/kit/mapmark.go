package kit

import (
	"image/color"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// mapMark is the sign of a point: round or square, hollow or filled, with the
// class as a figure.
type mapMark struct {
	face   *canvas.Rectangle
	figure *canvas.Text
	side   float32
}

func newMapMark() *mapMark {
	return &mapMark{face: &canvas.Rectangle{}, figure: &canvas.Text{Alignment: fyne.TextAlignCenter}}
}

// markSide is the height and width of a mark.
func markSide(outside bool) float32 {
	side := theme.Size(theme.SizeNameLabel) * 1.5
	if outside {
		side *= 0.85
	}
	return side
}

func (m *mapMark) paint(key MapKey) {
	m.side = markSide(key.Outside)
	if key.Size > 0 {
		m.side *= key.Size
	}
	fill, edge, figure := theme.ColorNameSurface, theme.ColorNameFieldBorder, fynetheme.ColorNameForeground
	if key.Square {
		edge = fynetheme.ColorNamePrimary
	}
	if key.Selected {
		fill, edge, figure = fynetheme.ColorNamePrimary, theme.ColorNameSurface, theme.ColorNameOnPrimary
	}
	m.face.FillColor, m.face.StrokeColor, m.face.StrokeWidth = theme.Color(fill), theme.Color(edge), 2
	figureColor := theme.Color(figure)
	if key.Shade > 0 && !key.Selected {
		m.face.FillColor, figureColor = shaded(key.Shade)
		m.face.StrokeColor, m.face.StrokeWidth = theme.Color(fynetheme.ColorNamePrimary), 1
		if key.Shade > 0.5 { // stands out from the land, so the edge parts it from other marks
			m.face.StrokeColor = theme.Color(theme.ColorNameSurface)
		}
	}
	if key.Shade > 0 && key.Selected {
		m.face.StrokeColor, m.face.StrokeWidth = theme.Color(theme.ColorNameFocusRing), 3
	}
	m.face.CornerRadius = m.side / 2
	if key.Square {
		m.face.CornerRadius = 2
	}
	m.figure.Text = ""
	if key.Class > 0 {
		m.figure.Text = strconv.Itoa(key.Class)
	}
	m.figure.Color, m.figure.TextSize = figureColor, theme.Size(theme.SizeNameLabel)
	if key.Size > 0 {
		m.figure.TextSize = min(m.figure.TextSize, m.side*0.62)
	}
	m.figure.TextStyle = fyne.TextStyle{Bold: true}
	m.face.Refresh()
	m.figure.Refresh()
}

// shaded is a shade of the primary colour, and the colour of figures on it. A shade
// that no figure can be read on becomes a little fuller.
func shaded(part float32) (fill, figure color.Color) {
	for ; ; part += 0.05 {
		fill = blend(theme.Color(theme.ColorNameSurface), theme.Color(fynetheme.ColorNamePrimary), min(part, 1))
		figure = readable(fill, theme.Color(fynetheme.ColorNameForeground), theme.Color(theme.ColorNameOnPrimary))
		if part >= 1 || contrast(fill, figure) >= 4.5 {
			return fill, figure
		}
	}
}

// blend is a colour between two.
func blend(from, to color.Color, part float32) color.Color {
	r1, g1, b1, _ := from.RGBA()
	r2, g2, b2, _ := to.RGBA()
	mix := func(a, b uint32) uint8 { return uint8((float32(a)*(1-part) + float32(b)*part) / 257) }
	return color.NRGBA{R: mix(r1, r2), G: mix(g1, g2), B: mix(b1, b2), A: 255}
}

// readable is the one of two colours that stands out more from a ground.
func readable(ground, one, other color.Color) color.Color {
	if contrast(ground, one) >= contrast(ground, other) {
		return one
	}
	return other
}

// contrast is that of WCAG, 1 to 21.
func contrast(a, b color.Color) float64 {
	light := func(c color.Color) float64 {
		channel := func(v uint32) float64 {
			f := float64(v) / 0xffff
			if f <= 0.04045 {
				return f / 12.92
			}
			return math.Pow((f+0.055)/1.055, 2.4)
		}
		r, g, b, _ := c.RGBA()
		return 0.2126*channel(r) + 0.7152*channel(g) + 0.0722*channel(b)
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// put moves the mark's middle.
func (m *mapMark) put(x, y float32) {
	m.face.Move(fyne.NewPos(x-m.side/2, y-m.side/2))
	m.face.Resize(fyne.NewSquareSize(m.side))
	high := m.figure.MinSize().Height
	m.figure.Move(fyne.NewPos(x-m.side/2, y-high/2))
	m.figure.Resize(fyne.NewSize(m.side, high))
}

func (m *mapMark) setHidden(hidden bool) { m.face.Hidden, m.figure.Hidden = hidden, hidden }

// mapLegend tells what the marks mean.
type mapLegend struct {
	widget.BaseWidget
	keys  []MapKey
	marks []*mapMark
	texts []*canvas.Text
}

var _ drawn = (*mapLegend)(nil)

func newMapLegend(keys []MapKey) *mapLegend {
	l := &mapLegend{keys: keys}
	for range keys {
		l.marks = append(l.marks, newMapMark())
		l.texts = append(l.texts, &canvas.Text{})
	}
	l.ExtendBaseWidget(l)
	return l
}

// AccessibilityLabel is empty: each point tells in words what its mark shows.
func (l *mapLegend) AccessibilityLabel() string { return "" }

// AccessibilityRole is a container.
func (l *mapLegend) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

func (l *mapLegend) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return newDrawnRenderer(l)
}

func (l *mapLegend) parts() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, m := range l.marks {
		parts = append(parts, m.face, m.figure, l.texts[i])
	}
	return parts
}

func (l *mapLegend) paint() {
	for i, key := range l.keys {
		l.marks[i].paint(key)
		l.texts[i].Text, l.texts[i].Color = key.Text, theme.Color(theme.ColorNameQuiet)
		l.texts[i].TextSize = theme.Size(theme.SizeNameLabel)
		l.texts[i].Refresh()
	}
}

// flow calls put with the place of each line's beginning and gives the height.
func (l *mapLegend) flow(width float32, put func(i int, at fyne.Position)) float32 {
	gap, side := theme.Size(theme.SizeNameGap), markSide(false)
	var x, y float32
	for i := range l.keys {
		need := side + gap + l.textWidth(i)
		if x > 0 && x+need > width {
			x, y = 0, y+side+gap/2
		}
		if put != nil {
			put(i, fyne.NewPos(x, y))
		}
		x += need + 2*gap
	}
	if len(l.keys) == 0 {
		return 0
	}
	return y + side
}

func (l *mapLegend) textWidth(i int) float32 {
	return fyne.MeasureText(l.keys[i].Text, theme.Size(theme.SizeNameLabel), fyne.TextStyle{}).Width
}

func (l *mapLegend) heightFor(width float32) float32 { return l.flow(width, nil) }

func (l *mapLegend) least() fyne.Size {
	var width float32
	for i := range l.keys {
		width = max(width, markSide(false)+theme.Size(theme.SizeNameGap)+l.textWidth(i))
	}
	return fyne.NewSize(width, l.flow(max(l.Size().Width, width), nil))
}

func (l *mapLegend) arrange(size fyne.Size) {
	gap, side := theme.Size(theme.SizeNameGap), markSide(false)
	l.flow(size.Width, func(i int, at fyne.Position) {
		l.marks[i].put(at.X+side/2, at.Y+side/2)
		text := l.texts[i].MinSize()
		l.texts[i].Move(at.AddXY(side+gap, (side-text.Height)/2))
		l.texts[i].Resize(text)
	})
}
