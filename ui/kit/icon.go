package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// iconBox is an icon in the colour of a role.
type iconBox struct {
	widget.BaseWidget
	icon  fyne.Resource
	color fyne.ThemeColorName
	mark  *symbol
}

var _ drawn = (*iconBox)(nil)

func newIconBox(icon fyne.Resource, color fyne.ThemeColorName) *iconBox {
	b := &iconBox{icon: icon, color: color, mark: newSymbol()}
	b.ExtendBaseWidget(b)
	return b
}

func (b *iconBox) set(icon fyne.Resource, color fyne.ThemeColorName) {
	b.icon, b.color = icon, color
	b.Refresh()
}

func (b *iconBox) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return newDrawnRenderer(b)
}

func (b *iconBox) parts() []fyne.CanvasObject { return []fyne.CanvasObject{b.mark.image} }

func (b *iconBox) paint() { b.mark.show(b.icon, b.color) }

func (b *iconBox) arrange(size fyne.Size) { b.mark.place(fyne.Position{}, size) }

func (b *iconBox) least() fyne.Size { return fyne.NewSquareSize(theme.Size(theme.SizeNameIcon)) }

// symbol is the picture of an icon. Fyne parses, colours and draws an icon anew
// at each refresh, and once more when it meets it on a window, to that window's
// scale. So a symbol is refreshed only when it is to look otherwise, and not at
// all before it is on a window.
type symbol struct {
	image *canvas.Image
	shown symbolLook
}

type symbolLook struct {
	icon  fyne.Resource
	role  fyne.ThemeColorName
	color color.Color
	scale float32 // of the window; 0 before it is on one
}

func newSymbol() *symbol { return &symbol{image: &canvas.Image{FillMode: canvas.ImageFillContain}} }

func (s *symbol) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(s.image) }

// show draws an icon in the colour of a role.
func (s *symbol) show(icon fyne.Resource, role fyne.ThemeColorName) {
	look := symbolLook{icon: icon, role: role, color: theme.Color(role)}
	c := s.canvas()
	if c != nil {
		look.scale = c.Scale()
	}
	if s.shown.scale == 0 {
		s.shown.scale = look.scale // Fyne has drawn it since
	}
	if look == s.shown {
		return
	}
	s.shown = look
	s.image.Resource = fynetheme.NewColoredResource(icon, role)
	if c != nil {
		s.image.Refresh()
	}
}

// place puts the picture somewhere.
func (s *symbol) place(pos fyne.Position, size fyne.Size) {
	s.image.Move(pos)
	if s.canvas() != nil {
		s.image.Resize(size)
		return
	}
	// Resizing a picture that is not drawn yet draws it.
	resource := s.image.Resource
	s.image.Resource = nil
	s.image.Resize(size)
	s.image.Resource = resource
}
