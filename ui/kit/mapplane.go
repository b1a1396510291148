package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/app/reference/mapping"
	"kompetansepilot/ui/theme"
)

const (
	zoomStep = 1.5
	// mostZoom is how much larger than the whole the map may become.
	mostZoom = 16
	// mapMargin is the distance of the outermost points from the edge, in marks.
	mapMargin = 1.6
)

// mapPlane is the drawing of a Map: the land, the marks and their names.
type mapPlane struct {
	widget.BaseWidget

	owner   *Map
	words   *lang.Printer
	label   string
	points  []MapPoint
	places  []mapping.Place
	project mapping.Projection
	home    mapping.Box // what the whole is
	country mapping.Box
	view    mapping.View
	moved   bool // zoomed or dragged: a new size keeps the scale
	at      int  // under the keys, -1 for none
	over    int  // under the mouse, -1 for none

	land   *mapLand
	raster *canvas.Raster
	frame  *canvas.Rectangle
	marks  []*mapMark
	names  []*canvas.Text
	halo   *focusRing // round the point under the keys
	shade  *canvas.Rectangle
	ring   *focusRing
	tip    *tooltip
}

var (
	_ drawn              = (*mapPlane)(nil)
	_ fyne.Focusable     = (*mapPlane)(nil)
	_ fyne.Draggable     = (*mapPlane)(nil)
	_ desktop.Hoverable  = (*mapPlane)(nil)
	_ desktop.Cursorable = (*mapPlane)(nil)
	_ fyne.Accessible    = (*mapPlane)(nil)
)

func newMapPlane(owner *Map, words *lang.Printer, o MapOptions) *mapPlane {
	p := &mapPlane{
		owner: owner, words: words, label: o.Label, at: -1, over: -1,
		land: &mapLand{outline: o.Outline, neighbours: o.Neighbours}, frame: &canvas.Rectangle{}, shade: &canvas.Rectangle{},
		halo: newFocusRing(false), ring: newFocusRing(true),
	}
	p.raster = canvas.NewRaster(p.land.generate)
	p.tip = &tooltip{owner: p}
	p.ExtendBaseWidget(p)
	p.setPoints(nil)
	return p
}

func (p *mapPlane) setPoints(points []MapPoint) {
	id := ""
	if now := p.current(); now != nil {
		id = now.ID
	}
	p.points, p.at, p.over = points, -1, -1
	var inside, all []reference.Point
	for i, point := range points {
		all = append(all, point.At)
		if !point.Outside {
			inside = append(inside, point.At)
		}
		if point.ID == id {
			p.at = i
		}
	}
	if len(inside) == 0 {
		inside = all
	}
	project := mapping.Over(inside)
	if project != p.project || p.land.rings == nil {
		p.project = project
		p.land.project(project)
		var coast []mapping.Place
		for _, ring := range p.land.rings {
			coast = append(coast, ring...)
		}
		p.country = mapping.Around(coast)
	}
	p.places = project.Places(all)
	p.home = p.country
	if len(inside) > 0 {
		p.home = mapping.Around(project.Places(inside))
	}
	p.Refresh()
}

// current is the point under the keys, or nil.
func (p *mapPlane) current() *MapPoint {
	if p.at < 0 || p.at >= len(p.points) {
		return nil
	}
	return &p.points[p.at]
}

// reach is how far from its middle a mark can be hit.
func (p *mapPlane) reach() float64 {
	return float64(max(markSide(false), theme.Size(theme.SizeNameTarget)) / 2)
}

func (p *mapPlane) hit(pos fyne.Position) int {
	if i := p.view.Nearest(p.places, float64(pos.X), float64(pos.Y), p.reach()); i >= 0 {
		return i
	}
	for i, name := range p.names {
		if !name.Hidden && within(pos, name) {
			return i
		}
	}
	return -1
}

// toggle chooses a point, or gives it up.
func (p *mapPlane) toggle(i int) {
	if i < 0 || i >= len(p.points) {
		return
	}
	point := p.points[i]
	switch {
	case p.owner.OnToggled != nil:
		p.owner.OnToggled(point.ID, !point.Selected)
		p.showTip(p.at) // it told what was before
	case p.owner.OnOpened != nil:
		p.owner.OnOpened(point.ID)
	}
}

// goTo puts the keys on a point and brings it into sight.
func (p *mapPlane) goTo(i int) {
	p.at = i
	if i >= 0 && p.view.Width > 0 {
		if view := p.view.Revealing(p.places[i], float64(markSide(false))); view != p.view {
			p.view, p.moved = view, true
		}
	}
	p.Refresh()
	if p.ring.focused && i >= 0 {
		reveal(p, p.halo.rect.Position(), p.halo.rect.Size())
		p.showTip(i)
	}
}

func (p *mapPlane) zoom(factor float64) {
	whole := p.whole(p.Size())
	country := mapping.Fit(p.country, p.view.Width, p.view.Height, float64(markSide(false)))
	scale := min(p.view.Scale*factor, whole.Scale*mostZoom)
	if scale <= country.Scale {
		p.look(country)
		return
	}
	x, y := p.view.Width/2, p.view.Height/2
	if p.at >= 0 && p.view.Seen().Holds(p.places[p.at]) {
		x, y = p.view.At(p.places[p.at])
	}
	p.look(p.view.Zoomed(scale/p.view.Scale, x, y))
}

func (p *mapPlane) look(v mapping.View) {
	p.tip.hide()
	p.view, p.moved = v.Within(p.country), true
	p.Refresh()
}

func (p *mapPlane) showWhole() {
	p.tip.hide()
	p.moved = false
	p.Refresh()
}

func (p *mapPlane) whole(size fyne.Size) mapping.View {
	return mapping.Fit(p.home, float64(size.Width), float64(size.Height), float64(markSide(false))*mapMargin)
}

// Tapped chooses the point under the mouse.
func (p *mapPlane) Tapped(ev *fyne.PointEvent) {
	i := p.hit(ev.Position)
	if i >= 0 {
		p.at = i
	}
	focus(p)
	p.toggle(i)
	p.Refresh()
}

// Dragged moves the map.
func (p *mapPlane) Dragged(ev *fyne.DragEvent) {
	p.look(p.view.Moved(float64(ev.Dragged.DX), float64(ev.Dragged.DY)))
}

// DragEnd implements fyne.Draggable.
func (p *mapPlane) DragEnd() {}

// TypedRune zooms on + and −, and shows the whole on 0.
func (p *mapPlane) TypedRune(r rune) {
	switch r {
	case '+', '=':
		p.zoom(zoomStep)
	case '-', '−':
		p.zoom(1 / zoomStep)
	case '0':
		p.showWhole()
	}
}

// TypedKey goes to the nearest point with the arrows, and chooses.
func (p *mapPlane) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		p.step(mapping.North)
	case fyne.KeyDown:
		p.step(mapping.South)
	case fyne.KeyLeft:
		p.step(mapping.West)
	case fyne.KeyRight:
		p.step(mapping.East)
	case fyne.KeySpace:
		p.toggle(p.at)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !forwardKey(p, ev) {
			p.toggle(p.at)
		}
	default:
		forwardKey(p, ev)
	}
}

func (p *mapPlane) step(d mapping.Direction) {
	if len(p.points) == 0 {
		return
	}
	if p.at < 0 {
		p.goTo(p.first())
	} else if to := mapping.Toward(p.places, p.at, d); to >= 0 {
		p.goTo(to)
	}
}

// first is the point nearest to the middle of the drawing.
func (p *mapPlane) first() int {
	return p.view.Nearest(p.places, p.view.Width/2, p.view.Height/2, 1e9)
}

// FocusGained shows the ring and a point to start from.
func (p *mapPlane) FocusGained() {
	p.ring.focused = true
	if p.at < 0 && len(p.points) > 0 {
		p.at = p.first()
	}
	reveal(p, fyne.Position{}, p.Size())
	p.Refresh()
	p.showTip(p.at)
}

// FocusLost hides the ring.
func (p *mapPlane) FocusLost() {
	p.ring.focused = false
	p.tip.hide()
	p.Refresh()
}

// showTip tells about a point, in a moment.
func (p *mapPlane) showTip(i int) {
	p.tip.hide()
	if i < 0 || i >= len(p.points) || p.marks[i].face.Hidden {
		return
	}
	p.tip.owner, p.tip.text = p.marks[i].face, p.describe(&p.points[i])
	p.tip.showSoon(fyne.NewPos(0, p.marks[i].side))
}

// describe is a point in words. Where nothing can be chosen, only what is chosen
// is said to be so.
func (p *mapPlane) describe(point *MapPoint) string {
	if p.owner.OnToggled == nil && !point.Selected {
		return p.words.T("target.map.read", "Name", point.Label, "Note", point.Note)
	}
	state := p.words.T("target.map.notSelected")
	if point.Selected {
		state = p.words.T("target.map.selected")
	}
	return p.words.T("target.map.point", "Name", point.Label, "Note", point.Note, "State", state)
}

// MouseIn implements desktop.Hoverable.
func (p *mapPlane) MouseIn(ev *desktop.MouseEvent) { p.MouseMoved(ev) }

// MouseMoved lights a point up.
func (p *mapPlane) MouseMoved(ev *desktop.MouseEvent) {
	if over := p.hit(ev.Position); over != p.over {
		p.over = over
		p.arrangeShade()
		p.showTip(over)
	}
}

// MouseOut puts the light out.
func (p *mapPlane) MouseOut() {
	p.over = -1
	p.tip.hide()
	p.arrangeShade()
}

// Cursor is a hand over a point.
func (p *mapPlane) Cursor() desktop.Cursor {
	if p.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// AccessibilityLabel is what the map shows, and the point under the keys in
// words.
func (p *mapPlane) AccessibilityLabel() string {
	if now := p.current(); now != nil {
		return p.label + ". " + p.describe(now)
	}
	return p.label
}

// AccessibilityRole is button, the nearest that Fyne has.
func (p *mapPlane) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (p *mapPlane) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return newDrawnRenderer(p)
}

// parts are drawn in this order: filled marks over hollow ones.
func (p *mapPlane) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{p.raster, p.frame}
	for _, name := range p.names {
		parts = append(parts, name)
	}
	parts = append(parts, p.shade)
	for _, layer := range []int{0, 1, 2} {
		for i, m := range p.marks {
			if p.points[i].layer() == layer && i != p.at {
				parts = append(parts, m.face, m.figure)
			}
		}
	}
	if p.at >= 0 && p.at < len(p.marks) {
		parts = append(parts, p.halo.rect, p.marks[p.at].face, p.marks[p.at].figure)
	}
	return append(parts, p.ring.rect)
}

func (p *mapPlane) paint() {
	for len(p.marks) < len(p.points) {
		p.marks = append(p.marks, newMapMark())
		p.names = append(p.names, &canvas.Text{})
	}
	p.marks, p.names = p.marks[:len(p.points)], p.names[:len(p.points)]
	for i, point := range p.points {
		p.marks[i].paint(MapKey{Class: point.Class, Square: point.Square, Selected: point.Selected, Outside: point.Outside, Size: point.Size, Shade: point.Shade})
		name := p.names[i]
		name.Text, name.TextSize = point.Label, theme.Size(theme.SizeNameLabel)
		name.Color, name.TextStyle = theme.Color(fynetheme.ColorNameForeground), fyne.TextStyle{Bold: i == p.at && p.ring.focused}
		if point.Outside {
			name.Color = theme.Color(theme.ColorNameQuiet)
		}
		name.Refresh()
	}
	p.frame.StrokeColor, p.frame.StrokeWidth = theme.Color(theme.ColorNameHairline), 1
	p.shade.FillColor = theme.Color(theme.ColorNameSelectedRow)
	p.frame.Refresh()
	p.shade.Refresh()
	p.halo.focused = p.ring.focused && p.at >= 0
	p.halo.paint()
	p.ring.paint()
}
