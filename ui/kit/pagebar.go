package kit

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// NewPageBar makes the controls of a PageView: which page of how many, and the
// zoom. It takes the view's OnChanged.
func NewPageBar(words *lang.Printer, view *PageView) fyne.CanvasObject {
	b := &pageBar{words: words, view: view, page: NewText("")}
	b.back = NewIconButton(fynetheme.MoveUpIcon(), words.T("preview.previous"), func() { view.GoTo(view.Page() - 1) })
	b.on = NewIconButton(fynetheme.MoveDownIcon(), words.T("preview.next"), func() { view.GoTo(view.Page() + 1) })
	b.out = NewIconButton(fynetheme.ZoomOutIcon(), words.T("preview.zoomOut"), func() { view.ZoomBy(-1) })
	b.in = NewIconButton(fynetheme.ZoomInIcon(), words.T("preview.zoomIn"), func() { view.ZoomBy(1) })
	b.zoom = NewSelect(words, b.options())
	b.zoom.OnChanged = b.onZoom
	view.OnChanged = b.show
	b.row = Row(b.back, b.on, b.page, b.out, b.in, AtLeast(11, b.zoom))
	b.show()
	return b.row
}

type pageBar struct {
	words             *lang.Printer
	view              *PageView
	back, on, in, out *Button
	page              *Text
	zoom              *Select
	row               *fyne.Container
}

func (b *pageBar) options() []Option {
	options := []Option{{ID: zoomID(ZoomWidth), Label: b.words.T("preview.fitWidth")}, {ID: zoomID(ZoomPage), Label: b.words.T("preview.fitPage")}}
	for _, z := range [...]Zoom{50, 75, 100, 125, 150, 200, 300} {
		options = append(options, b.option(z))
	}
	return options
}

func (b *pageBar) option(z Zoom) Option {
	return Option{ID: zoomID(z), Label: b.words.T("preview.percent", "Number", int(z))}
}

func zoomID(z Zoom) string { return strconv.Itoa(int(z)) }

func (b *pageBar) onZoom(id string) {
	if z, err := strconv.Atoi(id); err == nil {
		b.view.SetZoom(Zoom(z))
	}
}

// show tells where the view is.
func (b *pageBar) show() {
	b.page.SetText(pageOf(b.words, b.view))
	b.zoom.SetSelected(zoomID(b.view.Zoom()))
	if b.zoom.Selected() == "" {
		b.zoom.SetChoice(b.option(b.view.Zoom()))
	}
	page, pages := b.view.Page(), b.view.Pages()
	enable(b.back, page > 0)
	enable(b.on, page < pages-1)
	enable(b.out, b.view.Percent() > zoomLeast)
	enable(b.in, b.view.Percent() < zoomMost)
	b.row.Refresh()
}

// AtLeast gives an object room for so many letters, at any text size.
func AtLeast(letters float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(atLeast{letters}, o)
}

type atLeast struct{ letters float32 }

func (l atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

func (l atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(l.letters*theme.Size(fynetheme.SizeNameText), 0)
	for _, o := range objects {
		least = least.Max(o.MinSize())
	}
	return least
}
