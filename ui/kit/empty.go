package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/ui/theme"
)

// NewEmpty is what a screen shows when it has nothing: one sentence that says
// what belongs here, and one button for the first step. Without a button text
// there is no button.
func NewEmpty(sentence, button string, onTapped func()) fyne.CanvasObject {
	text := NewText(sentence)
	text.SetAlign(fyne.TextAlignCenter)
	parts := []fyne.CanvasObject{text}
	if button != "" {
		parts = append(parts, container.NewCenter(NewPrimaryButton(button, onTapped)))
	}
	return container.New(&emptyLayout{}, Column(theme.Size(theme.SizeNameGroup), parts...))
}

// emptyLayout puts its one object a little over the middle.
type emptyLayout struct{}

func (emptyLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		width := min(size.Width, theme.Size(theme.SizeNameFormWidth)*0.7)
		height := heightOf(o, width)
		o.Move(fyne.NewPos((size.Width-width)/2, max(0, (size.Height-height)*0.4)))
		o.Resize(fyne.NewSize(width, height))
	}
}

func (emptyLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}
