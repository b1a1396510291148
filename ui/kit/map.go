package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/ui/theme"
)

// MapPoint is a place on a Map.
type MapPoint struct {
	ID, Label string
	// Note is what is known of the place, without a full stop at the end. It stands
	// after the label in the tooltip.
	Note string
	At   reference.Point
	// Class is the figure in the mark, 1 to 6; 0 is a mark without a figure.
	Class int
	// Square marks are told apart from the round ones by shape: the classes that
	// count.
	Square bool
	// Selected marks are filled, the others hollow.
	Selected bool
	// Outside is beside the area that the map is about: smaller, and not counted
	// when the map is fitted.
	Outside bool
	// Size is how large the mark is against an ordinary one, for marks that tell
	// how many there are; 0 is 1.
	Size float32
	// Shade is how full of colour the mark is, 0 to 1; the figure on it stands out
	// from it.
	Shade float32
}

// MapKey is a line of the legend: a mark and what it means.
type MapKey struct {
	Class            int
	Square, Selected bool
	Outside          bool
	Size, Shade      float32
	Text             string
}

// layer is what a mark lies over: those of a size without a shade stand for none
// and lie lowest, those that are chosen lie on top.
func (p *MapPoint) layer() int {
	switch {
	case p.Selected:
		return 2
	case p.Size > 0 && p.Shade == 0:
		return 0
	}
	return 1
}

// MapOptions are what a Map keeps.
type MapOptions struct {
	// Label says what the map shows, for screen readers.
	Label string
	// Outline are closed rings of coast and border.
	Outline [][]reference.Point
	// Neighbours are the countries round it, likewise; they lie below the outline.
	Neighbours [][]reference.Point
	Legend     []MapKey
	// Whole is the text of the button that shows all points again.
	Whole string
}

// Map is a map of Norway with marks that can be chosen. The marks are one stop
// for Tab: the arrow keys go to the nearest mark that way, Enter and Space
// choose, + and − zoom, 0 shows the whole. The map can be dragged. SetPoints
// does not call OnToggled.
type Map struct {
	widget.BaseWidget

	// OnToggled is called when a mark is chosen or given up; nil makes the map
	// read-only.
	OnToggled func(id string, selected bool)
	// OnOpened is called in a read-only map by a click, Enter or Space on a mark.
	OnOpened func(id string)

	plane  *mapPlane
	legend *mapLegend
	bar    *fyne.Container
}

var (
	_ drawn   = (*Map)(nil)
	_ Control = (*Map)(nil)
)

// NewMap makes a map without points.
func NewMap(words *lang.Printer, options MapOptions) *Map {
	m := &Map{legend: newMapLegend(options.Legend)}
	m.plane = newMapPlane(m, words, options)
	m.bar = Row(
		NewIconButton(fynetheme.ZoomInIcon(), words.T("target.map.zoomIn"), m.ZoomIn),
		NewIconButton(fynetheme.ZoomOutIcon(), words.T("target.map.zoomOut"), m.ZoomOut),
		NewButton(options.Whole, m.ShowWhole),
	)
	m.ExtendBaseWidget(m)
	return m
}

// SetPoints changes the points. Where there is little room, the names of the
// first ones are shown. The part of the map that is in sight stays, unless it
// shows the whole.
func (m *Map) SetPoints(points []MapPoint) {
	if slices.Equal(points, m.plane.points) {
		return
	}
	m.plane.setPoints(points)
}

// Points are the points as they are shown.
func (m *Map) Points() []MapPoint { return slices.Clone(m.plane.points) }

// Current is the ID of the point under the keys, "" for none.
func (m *Map) Current() string {
	if p := m.plane.current(); p != nil {
		return p.ID
	}
	return ""
}

// SetCurrent puts the keys on a point; an unknown ID changes nothing.
func (m *Map) SetCurrent(id string) {
	if i := slices.IndexFunc(m.plane.points, func(p MapPoint) bool { return p.ID == id }); i >= 0 {
		m.plane.goTo(i)
	}
}

// ZoomIn enlarges the map round the current point, or round its middle.
func (m *Map) ZoomIn() { m.plane.zoom(zoomStep) }

// ZoomOut makes the map smaller.
func (m *Map) ZoomOut() { m.plane.zoom(1 / zoomStep) }

// ShowWhole fits the map to its points again.
func (m *Map) ShowWhole() { m.plane.showWhole() }

// FocusTarget is the plane with the marks.
func (m *Map) FocusTarget() fyne.Focusable { return m.plane }

// CreateRenderer implements fyne.Widget.
func (m *Map) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	return newDrawnRenderer(m)
}

func (m *Map) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.plane, m.bar, m.legend}
}

func (m *Map) paint() {}

// below is the height of the buttons and the legend, which stand under each
// other where they do not fit beside each other.
func (m *Map) below(width float32) (height float32, stacked bool) {
	gap := theme.Size(theme.SizeNameGap)
	bar := m.barSize()
	if width < bar.Width+3*gap+m.legend.least().Width*1.5 {
		return heightOf(m.bar, width) + gap + m.legend.heightFor(width), true
	}
	return max(bar.Height, m.legend.heightFor(width-bar.Width-2*gap)), false
}

func (m *Map) barSize() fyne.Size {
	var size fyne.Size
	for i, o := range m.bar.Objects {
		min := o.MinSize()
		if i > 0 {
			size.Width += theme.Size(theme.SizeNameGap)
		}
		size.Width += min.Width
		size.Height = max(size.Height, min.Height)
	}
	return size
}

func (m *Map) heightFor(width float32) float32 {
	below, _ := m.below(width)
	return m.plane.heightFor(width) + theme.Size(theme.SizeNameGap) + below
}

func (m *Map) least() fyne.Size {
	width := max(m.Size().Width, 240)
	below, _ := m.below(width)
	return fyne.NewSize(240, 220+theme.Size(theme.SizeNameGap)+below)
}

func (m *Map) arrange(size fyne.Size) {
	gap := theme.Size(theme.SizeNameGap)
	below, stacked := m.below(size.Width)
	high := max(size.Height-below-gap, 80)
	m.plane.Resize(fyne.NewSize(size.Width, high))
	bar := m.barSize()
	if stacked {
		height := heightOf(m.bar, size.Width)
		m.bar.Move(fyne.NewPos(0, high+gap))
		m.bar.Resize(fyne.NewSize(size.Width, height))
		m.legend.Move(fyne.NewPos(0, high+height+2*gap))
		m.legend.Resize(fyne.NewSize(size.Width, m.legend.heightFor(size.Width)))
		return
	}
	m.bar.Move(fyne.NewPos(size.Width-bar.Width-1, high+gap))
	m.bar.Resize(fyne.NewSize(bar.Width+1, bar.Height))
	width := size.Width - bar.Width - 2*gap
	legend := m.legend.heightFor(width)
	m.legend.Move(fyne.NewPos(0, high+gap+max(bar.Height-legend, 0)/2))
	m.legend.Resize(fyne.NewSize(width, legend))
}
