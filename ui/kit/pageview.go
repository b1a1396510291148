package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// PageSource draws the pages of a document. Render is called in the background,
// never twice at the same time, with pages counted from 0 and the resolution in
// dots per inch.
type PageSource struct {
	Pages         int
	Width, Height float64 // of every page, in mm
	Render        func(page int, dpi float64) image.Image
}

// Zoom is how large pages are shown: a percentage of their size on paper, or
// one of the fits.
type Zoom int

// The zooms that follow the window.
const (
	ZoomWidth Zoom = 0  // as wide as the view
	ZoomPage  Zoom = -1 // a whole page
)

// The least and the largest zoom in per cent.
const (
	zoomLeast = 50
	zoomMost  = 300
)

// PageView shows the pages of a document under each other. Only what is in
// sight, and a page before and after, is drawn and kept. Arrows, PgUp, PgDn,
// Home and End scroll; + and − and Ctrl with the wheel zoom, 0 fits the width.
type PageView struct {
	widget.BaseWidget

	// OnChanged is called after another page, zoom or document came into sight.
	OnChanged func()

	words  *lang.Printer
	source PageSource
	zoom   Zoom
	told   viewState // what OnChanged was called for

	scroll *container.Scroll
	sheet  *pageSheet
	touch  *pageTouch
	store  *pageStore
	ground *canvas.Rectangle
	ring   *focusRing
	laid   fyne.Size
}

// viewState is what a bar over the pages tells.
type viewState struct {
	page, pages, percent int
	zoom                 Zoom
}

var (
	_ drawn           = (*PageView)(nil)
	_ fyne.Focusable  = (*PageView)(nil)
	_ fyne.Accessible = (*PageView)(nil)
)

// NewPageView makes a view without a document, as wide as its place.
func NewPageView(tasks *task.Runner, words *lang.Printer) *PageView {
	v := &PageView{words: words, ground: &canvas.Rectangle{}, ring: newFocusRing(true)}
	v.store = newPageStore(tasks, v.onDrawn)
	v.sheet = newPageSheet(v)
	v.touch = newPageTouch(v)
	v.scroll = container.NewScroll(v.sheet)
	v.scroll.OnScrolled = func(fyne.Position) { v.follow() }
	v.ExtendBaseWidget(v)
	return v
}

// SetSource shows another document, or the same one after a change. The place
// and the zoom stay; old pages are shown until new ones are drawn.
func (v *PageView) SetSource(s PageSource) {
	at := v.anchor()
	v.source = s
	v.store.setSource(s)
	v.layPages(at)
}

// Page is the page that is being read, from 0.
func (v *PageView) Page() int { return v.sizes().page(v.scroll.Offset.Y, v.scroll.Size().Height) }

// Pages is how many pages there are.
func (v *PageView) Pages() int { return v.source.Pages }

// GoTo shows the top of a page, counted from 0.
func (v *PageView) GoTo(page int) {
	page = max(0, min(page, v.source.Pages-1))
	v.scrollTo(fyne.NewPos(v.scroll.Offset.X, v.sizes().top(page)-theme.Size(theme.SizeNameGap)))
}

// Zoom is the zoom that was chosen, Percent the size that it gives.
func (v *PageView) Zoom() Zoom { return v.zoom }

// Percent is how large the pages are now.
func (v *PageView) Percent() int { return v.sizes().percent() }

// SetZoom changes the size of the pages and keeps what is in the middle there.
func (v *PageView) SetZoom(z Zoom) {
	if z > 0 {
		z = max(zoomLeast, min(z, zoomMost))
	}
	at := v.anchor()
	v.zoom = z
	v.layPages(at)
}

// ZoomBy goes to the next larger or smaller step, 1 or −1.
func (v *PageView) ZoomBy(step int) {
	steps := [...]int{50, 67, 75, 90, 100, 110, 125, 150, 175, 200, 250, 300}
	now := v.Percent()
	if step > 0 {
		for _, s := range steps {
			if s > now {
				v.SetZoom(Zoom(s))
				return
			}
		}
		return
	}
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i] < now {
			v.SetZoom(Zoom(steps[i]))
			return
		}
	}
}

// layPages lays the pages out again, with the same place in the middle.
func (v *PageView) layPages(at anchor) {
	s := v.sizes()
	v.sheet.Resize(v.scroll.Size().Max(s.whole()))
	v.scroll.Offset = s.offset(at, v.scroll.Size())
	v.scroll.Refresh()
	v.follow()
}

func (v *PageView) anchor() anchor { return v.sizes().anchor(v.scroll.Offset, v.scroll.Size()) }

// scrollTo goes as far as the pages reach.
func (v *PageView) scrollTo(p fyne.Position) {
	p.X = max(0, min(p.X, v.sheet.Size().Width-v.scroll.Size().Width))
	p.Y = max(0, min(p.Y, v.sheet.Size().Height-v.scroll.Size().Height))
	v.scroll.ScrollToOffset(p)
	v.follow()
}

func (v *PageView) scrollBy(dx, dy float32) { v.scrollTo(v.scroll.Offset.AddXY(dx, dy)) }

// follow asks for the pages in sight and tells what changed.
func (v *PageView) follow() {
	s := v.sizes()
	first, last := s.inSight(v.scroll.Offset.Y, v.scroll.Size().Height)
	v.store.want(first, last, s.dpi())
	v.sheet.Refresh()
	now := viewState{v.Page(), v.source.Pages, s.percent(), v.zoom}
	if now != v.told {
		v.told = now
		if v.OnChanged != nil {
			v.OnChanged()
		}
	}
}

func (v *PageView) onDrawn() { v.sheet.Refresh() }

// TypedRune zooms, and Space goes on.
func (v *PageView) TypedRune(r rune) {
	switch r {
	case '+':
		v.ZoomBy(1)
	case '-', '−':
		v.ZoomBy(-1)
	case '0':
		v.SetZoom(ZoomWidth)
	case ' ':
		v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
}

// TypedKey scrolls.
func (v *PageView) TypedKey(ev *fyne.KeyEvent) {
	const line = 48
	high := v.scroll.Size().Height
	switch ev.Name {
	case fyne.KeyUp:
		v.scrollBy(0, -line)
	case fyne.KeyDown:
		v.scrollBy(0, line)
	case fyne.KeyLeft:
		v.scrollBy(-line, 0)
	case fyne.KeyRight:
		v.scrollBy(line, 0)
	case fyne.KeyPageUp, fyne.KeyPageDown:
		by := float32(1)
		if ev.Name == fyne.KeyPageUp {
			by = -1
		}
		if v.zoom == ZoomPage {
			v.GoTo(v.Page() + int(by))
		} else {
			v.scrollBy(0, by*max(high-line, line))
		}
	case fyne.KeyHome:
		v.scrollTo(fyne.NewPos(v.scroll.Offset.X, 0))
	case fyne.KeyEnd:
		v.scrollTo(fyne.NewPos(v.scroll.Offset.X, v.sheet.Size().Height))
	default:
		forwardKey(v, ev)
	}
}

// FocusGained shows the ring.
func (v *PageView) FocusGained() {
	v.ring.focused = true
	v.Refresh()
}

// FocusLost hides the ring.
func (v *PageView) FocusLost() {
	v.ring.focused = false
	v.Refresh()
}

// FocusTarget is what takes the focus.
func (v *PageView) FocusTarget() fyne.Focusable { return v }

// AccessibilityLabel tells which page is in sight.
func (v *PageView) AccessibilityLabel() string { return pageOf(v.words, v) }

// AccessibilityRole is text.
func (v *PageView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements fyne.Widget.
func (v *PageView) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return newDrawnRenderer(v)
}

func (v *PageView) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.ground, v.scroll, v.touch, v.ring.rect}
}

func (v *PageView) paint() {
	v.ground.FillColor = theme.Color(fynetheme.ColorNameBackground)
	v.ground.StrokeColor, v.ground.StrokeWidth = theme.Color(theme.ColorNameHairline), 1
	v.ground.CornerRadius = theme.Size(theme.SizeNameRadius)
	v.ground.Refresh()
	v.ring.paint()
}

func (v *PageView) arrange(size fyne.Size) {
	v.ground.Resize(size)
	v.ring.around(fyne.Position{}, size)
	if size == v.laid {
		return
	}
	at := v.anchor()
	v.laid = size
	v.scroll.Move(fyne.NewPos(2, 2))
	v.scroll.Resize(size.SubtractWidthHeight(4, 4))
	bar := theme.Size(fynetheme.SizeNameScrollBar)
	v.touch.Resize(size.SubtractWidthHeight(bar+2, bar+2)) // the scroll bars keep the mouse
	v.layPages(at)
}

func (v *PageView) least() fyne.Size { return fyne.NewSize(160, 120) }

// pageOf is "Side 3 av 18", or "" without a document.
func pageOf(words *lang.Printer, v *PageView) string {
	if v.Pages() == 0 {
		return ""
	}
	return words.T("preview.page", "Page", v.Page()+1, "Pages", v.Pages())
}
