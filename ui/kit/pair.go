package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Pair shows two contents beside each other where there is room, and otherwise
// as tabs.
type Pair struct {
	widget.BaseWidget

	OnChanged func(id string) // of the tab, by the person
	// Fill gives contents that stand beside each other all the height there is:
	// those that scroll by themselves.
	Fill bool

	first, second Tab
	least1        float32
	tabs          *Tabs
	beside        bool
}

var _ drawn = (*Pair)(nil)

// NewPair makes a pair. least is the width, at text size 1, from which the two
// stand beside each other.
func NewPair(first, second Tab, least float32) *Pair {
	p := &Pair{first: first, second: second, least1: least, tabs: NewTabs(first, second)}
	p.tabs.OnChanged = p.onChanged
	p.ExtendBaseWidget(p)
	return p
}

// Selected is the ID of the tab that is shown when there is room for one only.
func (p *Pair) Selected() string { return p.tabs.Selected() }

// Select shows a tab.
func (p *Pair) Select(id string) {
	p.tabs.Select(id)
	p.Refresh()
}

func (p *Pair) onChanged(id string) {
	p.Refresh()
	if p.OnChanged != nil {
		p.OnChanged(id)
	}
}

// CreateRenderer implements fyne.Widget.
func (p *Pair) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return newDrawnRenderer(p)
}

func (p *Pair) parts() []fyne.CanvasObject {
	if p.beside {
		return []fyne.CanvasObject{p.first.Content, p.second.Content}
	}
	return []fyne.CanvasObject{p.tabs}
}

func (p *Pair) paint() {}

func (p *Pair) fits(width float32) bool {
	return width >= p.least1*theme.Size(theme.SizeNameFormWidth)/720 // it grows with the text
}

func (p *Pair) half(width float32) float32 {
	return (width - theme.Size(theme.SizeNamePage)) / 2
}

func (p *Pair) heightFor(width float32) float32 {
	if p.fits(width) {
		return max(heightOf(p.first.Content, p.half(width)), heightOf(p.second.Content, p.half(width)))
	}
	return p.tabs.strip.heightFor(width) + theme.Size(theme.SizeNameGroup) + heightOf(p.tabs.tabs[p.tabs.at].Content, width)
}

func (p *Pair) least() fyne.Size {
	width := max(p.first.Content.MinSize().Width, p.second.Content.MinSize().Width)
	return fyne.NewSize(width, p.heightFor(max(p.Size().Width, width)))
}

func (p *Pair) arrange(size fyne.Size) {
	if beside := p.fits(size.Width); beside != p.beside {
		p.beside = beside
		refreshAll(p.first.Content)
		refreshAll(p.second.Content)
	}
	if !p.beside {
		p.tabs.Resize(size)
		p.tabs.arrange(size)
		return
	}
	half := p.half(size.Width)
	height := func(o fyne.CanvasObject) float32 {
		if p.Fill {
			return size.Height
		}
		return heightOf(o, half)
	}
	p.first.Content.Move(fyne.Position{})
	p.first.Content.Resize(fyne.NewSize(half, height(p.first.Content)))
	p.second.Content.Move(fyne.NewPos(size.Width-half, 0))
	p.second.Content.Resize(fyne.NewSize(half, height(p.second.Content)))
}
