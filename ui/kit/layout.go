package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// heightFitter is a widget whose height follows its width, as text that breaks.
type heightFitter interface {
	heightFor(width float32) float32
}

// heightFitterLayout is the same for a layout.
type heightFitterLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// heightOf is the height that o needs when it gets a width.
func heightOf(o fyne.CanvasObject, width float32) float32 {
	switch x := o.(type) {
	case heightFitter:
		return x.heightFor(width)
	case *fyne.Container:
		if l, ok := x.Layout.(heightFitterLayout); ok {
			return l.heightFor(x.Objects, width)
		}
	}
	return o.MinSize().Height
}

// Column puts objects under each other, as wide as the column, with the gap
// between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: gap}, objects...)
}

// FormColumn puts fields under each other, at most as wide as a form may be. The
// line that each field keeps for errors is most of the distance between them.
func FormColumn(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: theme.Size(theme.SizeNameGap) * 1.5, widest: theme.SizeNameFormWidth}, objects...)
}

// Readable keeps an object at most as wide as a line of reading text may be.
func Readable(o fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{widest: theme.SizeNameReadingWidth}, o)
}

// Centred keeps an object as wide as a form may be, in the middle of the width.
func Centred(o fyne.CanvasObject) *fyne.Container {
	return container.New(&centredLayout{}, o)
}

type centredLayout struct{ laid float32 }

func (*centredLayout) inner(width float32) float32 {
	return min(width, theme.Size(theme.SizeNameFormWidth))
}

func (l *centredLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	width := l.inner(size.Width)
	for _, o := range objects {
		o.Move(fyne.NewPos((size.Width-width)/2, 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
}

func (l *centredLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *centredLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for _, o := range objects {
		height = max(height, heightOf(o, l.inner(width)))
	}
	return height
}

type columnLayout struct {
	gap    float32
	widest fyne.ThemeSizeName // "" for no limit
	laid   float32            // the last width, for MinSize
}

func (l *columnLayout) inner(width float32) float32 {
	if l.widest != "" {
		return min(width, theme.Size(l.widest))
	}
	return width
}

func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	width := l.inner(size.Width)
	var y float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := heightOf(o, width)
		if y > 0 && height > 0 {
			y += l.gap
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(width, height))
		y += height
	}
}

func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var width float32
	for _, o := range objects {
		if o.Visible() {
			width = max(width, o.MinSize().Width)
		}
	}
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *columnLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	width = l.inner(width)
	var height float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		own := heightOf(o, width)
		if height > 0 && own > 0 { // an empty list takes no gap; Layout agrees
			height += l.gap
		}
		height += own
	}
	return height
}

// Row puts objects beside each other, 8 between, each as wide as it needs and
// in the middle of the row's height. Spacer takes the room that is left. What
// does not fit goes to the next line.
func Row(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: theme.Size(theme.SizeNameGap)}, objects...)
}

// Spacer pushes what follows it in a Row to the right.
func Spacer() fyne.CanvasObject { return layout.NewSpacer() }

// sizeInRow is what o takes in a row: for text, one line when there is room.
func sizeInRow(o fyne.CanvasObject, width float32) fyne.Size {
	t, ok := o.(interface {
		heightFitter
		natural() float32
	})
	if !ok {
		return o.MinSize()
	}
	natural := t.natural()
	if width <= 0 || natural <= width {
		return fyne.NewSize(natural, t.heightFor(natural))
	}
	return fyne.NewSize(width, t.heightFor(width))
}

type rowLayout struct {
	gap  float32
	laid float32
}

type rowLine struct {
	objects []fyne.CanvasObject
	width   float32
	height  float32
	spacers int
}

func (l *rowLayout) lines(objects []fyne.CanvasObject, width float32) []rowLine {
	var out []rowLine
	var line rowLine
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		size := sizeInRow(o, width)
		_, isSpacer := o.(layout.SpacerObject)
		extra := size.Width
		if len(line.objects) > 0 && !isSpacer {
			extra += l.gap
		}
		if len(line.objects) > 0 && line.width+extra > width {
			out = append(out, line)
			line, extra = rowLine{}, size.Width
		}
		if isSpacer {
			line.spacers++
		}
		line.objects = append(line.objects, o)
		line.width += extra
		line.height = max(line.height, size.Height)
	}
	return append(out, line)
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	lines := l.lines(objects, size.Width)
	var y float32
	for _, line := range lines {
		height := line.height
		if len(lines) == 1 {
			height = max(height, size.Height)
		}
		var x float32
		for i, o := range line.objects {
			min := sizeInRow(o, size.Width)
			if _, isSpacer := o.(layout.SpacerObject); isSpacer {
				x += max(0, size.Width-line.width) / float32(line.spacers)
				continue
			}
			if i > 0 {
				x += l.gap
			}
			o.Move(fyne.NewPos(x, y+(height-min.Height)/2))
			o.Resize(min)
			x += min.Width
		}
		y += height + l.gap
	}
}

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, o.MinSize().Width)
		}
	}
	width := l.laid
	if width == 0 {
		width = 1 << 20 // before the first layout: on one line
	}
	return fyne.NewSize(widest, l.heightFor(objects, width))
}

func (l *rowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for i, line := range l.lines(objects, width) {
		if i > 0 {
			height += l.gap
		}
		height += line.height
	}
	return height
}

// Dock puts left, top and bottom round the content. Unlike Fyne's border
// container it keeps the reading order for Tab: left, top, content, bottom. All
// but the content may be nil.
func Dock(left, top, bottom, content fyne.CanvasObject) *fyne.Container {
	var objects []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{left, top, content, bottom} {
		if o != nil {
			objects = append(objects, o)
		}
	}
	return container.New(layout.NewBorderLayout(top, bottom, left, nil), objects...)
}

// Padded keeps a distance round an object. While the object is hidden it takes no
// room.
func Padded(gap float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&paddedLayout{left: gap, top: gap, right: gap, bottom: gap}, o)
}

type paddedLayout struct{ left, top, right, bottom float32 }

func (l *paddedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(l.left, l.top))
		o.Resize(fyne.NewSize(size.Width-l.left-l.right, size.Height-l.top-l.bottom))
	}
}

func (l *paddedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize().AddWidthHeight(l.left+l.right, l.top+l.bottom))
		}
	}
	return size
}

func (l *paddedLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	var height float32
	for _, o := range objects {
		if o.Visible() {
			height = max(height, heightOf(o, width-l.left-l.right)+l.top+l.bottom)
		}
	}
	return height
}

// hairline is a thin line between things.
type hairline struct {
	widget.BaseWidget
	line *canvas.Rectangle
}

var _ drawn = (*hairline)(nil)

// Hairline makes a thin line as wide as its column.
func Hairline() fyne.CanvasObject {
	h := &hairline{line: &canvas.Rectangle{}}
	h.ExtendBaseWidget(h)
	return h
}

func (h *hairline) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	return newDrawnRenderer(h)
}

func (h *hairline) parts() []fyne.CanvasObject { return []fyne.CanvasObject{h.line} }

func (h *hairline) paint() {
	h.line.FillColor = theme.Color(theme.ColorNameHairline)
	h.line.Refresh()
}

func (h *hairline) arrange(size fyne.Size) { h.line.Resize(size) }
func (h *hairline) least() fyne.Size       { return fyne.NewSize(1, 1) }

// NewScroll scrolls a page or a column up and down. Its content keeps so much
// distance from the edges that a focus ring is never cut.
func NewScroll(content fyne.CanvasObject) *container.Scroll {
	s := container.NewVScroll(container.New(&paddedLayout{left: ringRoom, top: ringRoom, right: ringRoom + barRoom, bottom: ringRoom}, content))
	s.OnScrolled = func(fyne.Position) { hideTip(s) }
	return s
}

// ringRoom is what a focus ring outside a control takes at most.
const ringRoom = 4

// barRoom is what the scroll bar takes.
const barRoom = 8

// scrollRoom is how far content must stand out for what is in it to be in line
// with what is over it.
func scrollRoom(content fyne.CanvasObject) float32 {
	if _, ok := content.(*Reader); ok {
		return readerRoom
	}
	if s, ok := content.(*container.Scroll); ok {
		if inner, ok := s.Content.(*fyne.Container); ok {
			if l, ok := inner.Layout.(*paddedLayout); ok && l.left == ringRoom {
				return ringRoom
			}
		}
	}
	return 0
}

// NewSection is a title, 17, with a hairline under it, over its content.
func NewSection(title string, content ...fyne.CanvasObject) *fyne.Container {
	head := Column(theme.Size(theme.SizeNameGapSmall), NewHeading(title), Hairline())
	return Column(theme.Size(theme.SizeNameGroup), append([]fyne.CanvasObject{head}, content...)...)
}

// card is paper with a hairline round it.
type card struct {
	widget.BaseWidget
	face    *canvas.Rectangle
	content fyne.CanvasObject
}

var _ drawn = (*card)(nil)

// NewCard puts content on paper, 16 from its edge.
func NewCard(content fyne.CanvasObject) fyne.CanvasObject {
	c := &card{face: &canvas.Rectangle{}, content: Padded(theme.Size(theme.SizeNameGroup), content)}
	c.ExtendBaseWidget(c)
	return c
}

func (c *card) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return newDrawnRenderer(c)
}

func (c *card) parts() []fyne.CanvasObject { return []fyne.CanvasObject{c.face, c.content} }

func (c *card) paint() {
	c.face.FillColor = theme.Color(theme.ColorNameSurface)
	c.face.StrokeColor, c.face.StrokeWidth = theme.Color(theme.ColorNameHairline), 1
	c.face.CornerRadius = theme.Size(theme.SizeNameRadius)
	c.face.Refresh()
}

func (c *card) arrange(size fyne.Size) {
	c.face.Resize(size)
	c.content.Resize(size)
}

func (c *card) least() fyne.Size                { return c.content.MinSize() }
func (c *card) heightFor(width float32) float32 { return heightOf(c.content, width) }
