package kit

import (
	"math"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/theme"
)

// unitsPerInch is the size of paper on the screen at 100 %.
const unitsPerInch = 96

// pageDPI is the highest resolution that pages are drawn at; beyond it they are
// stretched. An A4 page takes 33 MB there.
const pageDPI = 288

// pageSizes are the measures of the pages as they lie under each other. Sizes
// are whole pixels, so that a picture is shown dot for dot.
type pageSizes struct {
	pages         int
	width, height float32 // of a page
	gap           float32
	zoom          float64
	dots          float64 // an inch, for a picture of the page's size
	scale         float64 // pixels a unit
	view          fyne.Size
}

// sizes measures the pages for the zoom and the room there is.
func (v *PageView) sizes() pageSizes {
	s := pageSizes{pages: v.source.Pages, gap: theme.Size(theme.SizeNameGroup), scale: 1, view: v.scroll.Size(), zoom: float64(v.zoom) / 100}
	if c := canvasOf(v); c != nil && c.Scale() > 0 {
		s.scale = float64(c.Scale())
	}
	if v.source.Width <= 0 || v.source.Height <= 0 {
		s.pages, s.zoom = 0, 1
		return s
	}
	wide, high := v.source.Width/25.4*unitsPerInch, v.source.Height/25.4*unitsPerInch
	fitWidth := float64(s.view.Width-2*s.gap) / wide
	switch v.zoom {
	case ZoomWidth:
		s.zoom = fitWidth
	case ZoomPage:
		s.zoom = min(fitWidth, float64(s.view.Height-2*s.gap)/high)
	}
	s.zoom = max(0.05, min(s.zoom, zoomMost/100))
	across := max(1, math.Floor(wide*s.zoom*s.scale+1e-3)) // dots
	s.dots = across * 25.4 / v.source.Width
	s.width = float32(across / s.scale)
	s.height = float32(math.Round(v.source.Height/25.4*s.dots) / s.scale)
	return s
}

func (s pageSizes) percent() int { return int(math.Round(s.zoom * 100)) }

// dpi is the resolution that gives a picture as many dots as its place has.
func (s pageSizes) dpi() float64 { return min(s.dots, pageDPI) }

func (s pageSizes) whole() fyne.Size {
	return fyne.NewSize(s.width+2*s.gap, s.gap+float32(s.pages)*(s.height+s.gap))
}

// top is where a page begins, from the top of all.
func (s pageSizes) top(page int) float32 { return s.gap + float32(page)*(s.height+s.gap) }

// left is where the pages begin in a sheet of a width.
func (s pageSizes) left(width float32) float32 {
	return float32(math.Floor(float64(max(s.gap, (width-s.width)/2))*s.scale) / s.scale)
}

// inSight are the first and the last page of which something can be seen.
func (s pageSizes) inSight(offset, height float32) (first, last int) {
	if s.pages == 0 || height <= 0 {
		return 0, -1
	}
	at := func(y float32) int { return max(0, min(int((y-s.gap)/(s.height+s.gap)), s.pages-1)) }
	return at(offset), at(offset + height)
}

// anchor is a place in the document: a page, and how far down and across it.
type anchor struct {
	page        int
	down, along float32
}

// anchor is what stands in the middle of a view; at the very top it is the top,
// so that a new document begins there.
func (s pageSizes) anchor(offset fyne.Position, view fyne.Size) anchor {
	if s.pages == 0 || s.height <= 0 {
		return anchor{along: 0.5, down: -1}
	}
	middle := offset.Y + view.Height/2
	page := max(0, min(int((middle-s.gap/2)/(s.height+s.gap)), s.pages-1))
	a := anchor{page: page, down: (middle - s.top(page)) / s.height, along: 0.5}
	if s.whole().Width > view.Width {
		a.along = (offset.X + view.Width/2) / s.whole().Width
	}
	if offset.Y <= 0 {
		a.page, a.down = 0, -1
	}
	return a
}

// page is the page that is being read: the one at a third of the view, or the
// last when its end is in sight.
func (s pageSizes) page(offset, height float32) int {
	if s.pages == 0 || s.height <= 0 {
		return 0
	}
	if offset > 0 && offset+height >= s.whole().Height-1 {
		return s.pages - 1
	}
	return max(0, min(int((offset+height/3-s.gap/2)/(s.height+s.gap)), s.pages-1))
}

// offset scrolls a place to the middle of a view.
func (s pageSizes) offset(a anchor, view fyne.Size) fyne.Position {
	whole := s.whole()
	x := whole.Width*a.along - view.Width/2
	y := s.top(min(a.page, max(s.pages-1, 0))) + a.down*s.height - view.Height/2
	if a.down < 0 && a.page == 0 {
		y = 0
	}
	return fyne.NewPos(max(0, min(x, whole.Width-view.Width)), max(0, min(y, whole.Height-view.Height)))
}
