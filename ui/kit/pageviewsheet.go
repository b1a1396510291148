package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// pageSheet is what scrolls in a PageView: the papers in sight with their
// pictures.
type pageSheet struct {
	widget.BaseWidget
	view   *PageView
	papers []*paper
}

// paper is a place for a page.
type paper struct {
	face    *canvas.Rectangle
	picture *canvas.Image
}

var (
	_ drawn           = (*pageSheet)(nil)
	_ fyne.Scrollable = (*pageSheet)(nil)
	_ fyne.Tappable   = (*pageSheet)(nil)
	_ fyne.Draggable  = (*pageSheet)(nil)
)

func newPageSheet(v *PageView) *pageSheet {
	s := &pageSheet{view: v}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped takes the focus.
func (s *pageSheet) Tapped(*fyne.PointEvent) { focus(s.view) }

// Scrolled scrolls, or zooms while Ctrl is down.
func (s *pageSheet) Scrolled(ev *fyne.ScrollEvent) {
	driver, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	s.wheel(ev, ok && driver.CurrentKeyModifiers()&fyne.KeyModifierShortcutDefault != 0)
}

func (s *pageSheet) wheel(ev *fyne.ScrollEvent, zoom bool) {
	switch {
	case !zoom:
		s.view.scroll.Scrolled(ev)
	case ev.Scrolled.DY > 0:
		s.view.ZoomBy(1)
	case ev.Scrolled.DY < 0:
		s.view.ZoomBy(-1)
	}
}

// Dragged moves the paper.
func (s *pageSheet) Dragged(ev *fyne.DragEvent) { s.view.scrollBy(-ev.Dragged.DX, -ev.Dragged.DY) }

// DragEnd implements fyne.Draggable.
func (s *pageSheet) DragEnd() {}

// CreateRenderer implements fyne.Widget.
func (s *pageSheet) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return newDrawnRenderer(s)
}

func (s *pageSheet) parts() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, p := range s.papers {
		all = append(all, p.face, p.picture)
	}
	return all
}

// paint gives every page in sight a paper with its picture.
func (s *pageSheet) paint() {
	store := s.view.store
	n := max(0, store.last-store.first+1)
	for len(s.papers) < n {
		s.papers = append(s.papers, &paper{&canvas.Rectangle{}, &canvas.Image{ScaleMode: canvas.ImageScaleSmooth}})
	}
	for _, p := range s.papers[n:] {
		p.picture.Image = nil // lets go of the memory
	}
	s.papers = s.papers[:n]
	for i, p := range s.papers {
		p.face.FillColor, p.face.StrokeWidth = color.White, 1 // paper is white in every look
		p.face.StrokeColor = theme.Color(theme.ColorNameFieldBorder)
		p.face.Refresh()
		picture := store.picture(store.first + i)
		p.picture.Hidden = picture == nil
		if picture != p.picture.Image {
			p.picture.Image = picture
			p.picture.Refresh()
		}
	}
}

func (s *pageSheet) arrange(size fyne.Size) {
	m := s.view.sizes()
	for i, p := range s.papers {
		at := fyne.NewPos(m.left(size.Width), m.top(s.view.store.first+i))
		p.picture.Move(at)
		p.picture.Resize(fyne.NewSize(m.width, m.height))
		p.face.Move(at.SubtractXY(1, 1))
		p.face.Resize(fyne.NewSize(m.width+2, m.height+2))
	}
}

func (s *pageSheet) least() fyne.Size { return s.view.sizes().whole() }
