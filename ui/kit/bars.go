package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Bar is a line of Bars.
type Bar struct {
	Name  string
	Count int
	Text  string // the count as it is written
}

// Bars is a chart of counts: a name, a bar and the number on each line. The
// numbers stand in words too, so it needs no table beside it.
type Bars struct {
	widget.BaseWidget

	title string
	bars  []Bar
	names []*canvas.Text
	texts []*canvas.Text
	faces []*canvas.Rectangle
}

var (
	_ drawn           = (*Bars)(nil)
	_ fyne.Accessible = (*Bars)(nil)
)

// NewBars makes an empty chart.
func NewBars() *Bars {
	b := &Bars{}
	b.ExtendBaseWidget(b)
	return b
}

// SetBars changes what is shown; title tells screen readers what it is.
func (b *Bars) SetBars(title string, bars []Bar) {
	b.title, b.bars = title, bars
	b.names, b.texts, b.faces = nil, nil, nil
	for range bars {
		b.names = append(b.names, &canvas.Text{})
		b.texts = append(b.texts, &canvas.Text{TextStyle: fyne.TextStyle{Bold: true}})
		b.faces = append(b.faces, &canvas.Rectangle{CornerRadius: 2})
	}
	b.Refresh()
	Relayout(b)
}

// AccessibilityLabel says all of it in words.
func (b *Bars) AccessibilityLabel() string {
	parts := []string{b.title}
	for _, bar := range b.bars {
		parts = append(parts, bar.Name+" "+bar.Text)
	}
	return strings.Join(parts, ", ")
}

// AccessibilityRole is text.
func (b *Bars) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return newDrawnRenderer(b)
}

func (b *Bars) parts() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for i := range b.bars {
		all = append(all, b.faces[i], b.names[i], b.texts[i])
	}
	return all
}

func (b *Bars) paint() {
	for i := range b.bars {
		b.faces[i].FillColor = theme.Color(fynetheme.ColorNamePrimary)
		b.names[i].Color, b.texts[i].Color = theme.Color(fynetheme.ColorNameForeground), theme.Color(fynetheme.ColorNameForeground)
		size := theme.Size(fynetheme.SizeNameText)
		b.names[i].TextSize, b.texts[i].TextSize = size, size
		b.texts[i].Text = b.bars[i].Text
		for _, o := range []fyne.CanvasObject{b.faces[i], b.names[i], b.texts[i]} {
			o.Refresh()
		}
	}
	b.arrange(b.Size())
}

// line is the height of a bar with its distance to the next.
func (b *Bars) line() float32 {
	return theme.Size(fynetheme.SizeNameText)*1.4 + theme.Size(theme.SizeNameGap)
}

func (b *Bars) least() fyne.Size { return fyne.NewSize(200, b.line()*float32(len(b.bars))) }

// arrange gives the names up to two fifths of the width.
func (b *Bars) arrange(size fyne.Size) {
	text, gap := theme.Size(fynetheme.SizeNameText), theme.Size(theme.SizeNameGap)
	most, widest, number := 1, float32(0), float32(0)
	for _, bar := range b.bars {
		most = max(most, bar.Count)
		widest = max(widest, fyne.MeasureText(bar.Name, text, fyne.TextStyle{}).Width)
		number = max(number, fyne.MeasureText(bar.Text, text, fyne.TextStyle{Bold: true}).Width)
	}
	names := min(widest, size.Width*0.4)
	room := max(size.Width-names-number-2*gap, 8)
	for i, bar := range b.bars {
		y, high := float32(i)*b.line(), text*1.4
		b.names[i].Text = fitText(bar.Name, text, names)
		b.names[i].Move(fyne.NewPos(0, y))
		b.names[i].Resize(fyne.NewSize(names, high))
		long := max(room*float32(bar.Count)/float32(most), 1)
		b.faces[i].Move(fyne.NewPos(names+gap, y+2))
		b.faces[i].Resize(fyne.NewSize(long, high-4))
		b.texts[i].Move(fyne.NewPos(names+gap+long+gap, y))
		b.texts[i].Resize(fyne.NewSize(number, high))
	}
}
