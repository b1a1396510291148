package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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

var _ drawn = (*pageSheet)(nil)

func newPageSheet(v *PageView) *pageSheet {
	s := &pageSheet{view: v}
	s.ExtendBaseWidget(s)
	return s
}

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
