package kit

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/reference/mapping"
	"kompetansepilot/ui/theme"
)

// The plane is as high as its area is long, within these limits. They grow half
// as much as the text, for the window does not grow.
const (
	leastMapHeight = 340
	mostMapHeight  = 480
)

func (p *mapPlane) heightFor(width float32) float32 {
	shape := float32(1)
	if p.home.Width() > 0 {
		shape = float32(p.home.Height() / p.home.Width())
	}
	grown := (1 + theme.Size(theme.SizeNameLabel)/13) / 2
	return min(max(width*shape, leastMapHeight*grown), mostMapHeight*grown)
}

func (p *mapPlane) least() fyne.Size { return fyne.NewSize(200, 160) }

func (p *mapPlane) arrange(size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	if p.moved && p.view.Width > 0 {
		p.view.Width, p.view.Height = float64(size.Width), float64(size.Height)
	} else {
		p.view = p.whole(size)
	}
	if p.land.view != p.view {
		p.land.view = p.view
		p.raster.Refresh()
	}
	p.raster.Resize(size)
	p.frame.Resize(size)
	p.ring.around(fyne.Position{}, size)
	for i, place := range p.places {
		m := p.marks[i]
		x, y := p.view.At(place)
		m.setHidden(!p.shows(x, y, m.side))
		m.put(float32(x), float32(y))
	}
	if p.at >= 0 && p.at < len(p.marks) {
		face := p.marks[p.at].face
		p.halo.around(face.Position(), face.Size())
		p.halo.rect.Hidden = p.halo.rect.Hidden || face.Hidden
	}
	p.arrangeNames()
	p.arrangeShade()
}

// shows tells whether a whole mark is in sight, for nothing may stand out over
// the edge.
func (p *mapPlane) shows(x, y float64, side float32) bool {
	half := float64(side) / 2
	return x >= half && y >= half && x <= p.view.Width-half && y <= p.view.Height-half
}

// arrangeNames writes as many names as there is room for: of the point under
// the keys first, then of those that are chosen, then of the rest as they come.
func (p *mapPlane) arrangeNames() {
	order := make([]int, 0, len(p.points))
	add := func(want func(i int) bool) {
		for i := range p.points {
			if !p.marks[i].face.Hidden && want(i) {
				order = append(order, i)
			}
		}
	}
	first := func(i int) bool { return i == p.at && p.ring.focused }
	add(first)
	add(func(i int) bool { return !first(i) && p.points[i].Selected })
	add(func(i int) bool { return !first(i) && !p.points[i].Selected })
	labels := make([]mapping.Label, len(order))
	for n, i := range order {
		face, text := p.marks[i].face, p.names[i].MinSize()
		labels[n] = mapping.Label{
			Mark: mapping.Rect{X: float64(face.Position().X), Y: float64(face.Position().Y),
				Width: float64(face.Size().Width), Height: float64(face.Size().Height)},
			Width: float64(text.Width), Height: float64(text.Height),
		}
	}
	for _, name := range p.names {
		name.Hidden = true
	}
	at, ok := mapping.PlaceLabels(labels, p.view.Width, p.view.Height, float64(theme.Size(theme.SizeNameGapSmall)))
	for n, i := range order {
		if ok[n] {
			p.names[i].Hidden = false
			p.names[i].Move(fyne.NewPos(float32(at[n].X), float32(at[n].Y)))
			p.names[i].Resize(p.names[i].MinSize())
		}
	}
}

// arrangeShade lights up the point under the mouse.
func (p *mapPlane) arrangeShade() {
	p.shade.Hidden = p.over < 0 || p.over >= len(p.marks) || p.marks[p.over].face.Hidden
	if !p.shade.Hidden {
		const out = 5
		face := p.marks[p.over].face
		p.shade.CornerRadius = face.CornerRadius + out
		p.shade.Move(face.Position().SubtractXY(out, out))
		p.shade.Resize(face.Size().AddWidthHeight(2*out, 2*out))
	}
	p.shade.Refresh()
}
