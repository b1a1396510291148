package kit

import (
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
	image *canvas.Image
}

var _ drawn = (*iconBox)(nil)

func newIconBox(icon fyne.Resource, color fyne.ThemeColorName) *iconBox {
	b := &iconBox{icon: icon, color: color, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
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

func (b *iconBox) parts() []fyne.CanvasObject { return []fyne.CanvasObject{b.image} }

func (b *iconBox) paint() {
	b.image.Resource = fynetheme.NewColoredResource(b.icon, b.color)
	b.image.Refresh()
}

func (b *iconBox) arrange(size fyne.Size) { b.image.Resize(size) }

func (b *iconBox) least() fyne.Size { return fyne.NewSquareSize(theme.Size(theme.SizeNameIcon)) }
