package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Expander is a line that opens: pressed, it shows or hides what stands under
// it. What it stands in must be laid out again after that, in OnToggled.
type Expander struct {
	widget.BaseWidget

	// OnToggled is called when the person opens or closes it, not by SetOpen.
	OnToggled func(open bool)

	head    *expanderHead
	content fyne.CanvasObject
	open    bool
}

var (
	_ drawn   = (*Expander)(nil)
	_ Control = (*Expander)(nil)
)

// NewExpander makes a closed line: a title in bold, and under it a quiet note,
// which may be empty.
func NewExpander(title, note string, onToggled func(open bool)) *Expander {
	d := &Expander{OnToggled: onToggled}
	d.head = newExpanderHead(title, note, d.toggle)
	d.ExtendBaseWidget(d)
	return d
}

// SetTag shows an icon and a word to the right of the title; an empty text takes
// them away.
func (d *Expander) SetTag(s Severity, text string) {
	d.head.mark.set(SeverityIcon(s), SeverityColor(s))
	d.head.tag.SetColor(SeverityColor(s))
	d.head.tag.SetText(text)
	d.head.mark.Hidden, d.head.tag.Hidden = text == "", text == ""
	d.Refresh()
}

// SetQuiet makes the title stand back, as for what no longer counts.
func (d *Expander) SetQuiet(quiet bool) { d.head.title.SetQuiet(quiet) }

// SetContent changes what stands under the line.
func (d *Expander) SetContent(o fyne.CanvasObject) {
	d.content = o
	d.Refresh()
}

// SetOpen shows or hides the content.
func (d *Expander) SetOpen(open bool) {
	d.open, d.head.open = open, open
	d.head.Refresh()
	d.Refresh()
}

// Open tells whether the content is shown.
func (d *Expander) Open() bool { return d.open }

// FocusTarget is the line.
func (d *Expander) FocusTarget() fyne.Focusable { return d.head }

func (d *Expander) toggle() {
	d.SetOpen(!d.open)
	if d.OnToggled != nil {
		d.OnToggled(d.open)
	}
}

// CreateRenderer implements fyne.Widget.
func (d *Expander) CreateRenderer() fyne.WidgetRenderer {
	d.ExtendBaseWidget(d)
	return newDrawnRenderer(d)
}

func (d *Expander) parts() []fyne.CanvasObject {
	if d.open && d.content != nil {
		return []fyne.CanvasObject{d.head, d.content}
	}
	return []fyne.CanvasObject{d.head}
}

func (d *Expander) paint() {}

func (d *Expander) arrange(size fyne.Size) {
	height := d.head.heightFor(size.Width)
	d.head.Resize(fyne.NewSize(size.Width, height))
	if d.open && d.content != nil {
		indent, gap := d.head.indent(), theme.Size(theme.SizeNameGap)
		d.content.Move(fyne.NewPos(indent, height+gap))
		d.content.Resize(fyne.NewSize(size.Width-indent, max(size.Height-height-2*gap, 0)))
	}
}

func (d *Expander) heightFor(width float32) float32 {
	height := d.head.heightFor(width)
	if d.open && d.content != nil {
		height += heightOf(d.content, width-d.head.indent()) + 2*theme.Size(theme.SizeNameGap)
	}
	return height
}

func (d *Expander) least() fyne.Size {
	size := d.head.least()
	if d.open && d.content != nil {
		size.Width = max(size.Width, d.content.MinSize().Width+d.head.indent())
	}
	size.Height = d.heightFor(max(d.Size().Width, size.Width))
	return size
}

// expanderHead is the line itself: it takes the focus.
type expanderHead struct {
	widget.BaseWidget

	onPressed   func()
	title, note *Text
	mark        *iconBox
	tag         *Text
	arrow       *iconBox
	bar         *canvas.Rectangle
	ring        *focusRing
	open        bool
	hovered     bool
}

var (
	_ drawn             = (*expanderHead)(nil)
	_ fyne.Focusable    = (*expanderHead)(nil)
	_ desktop.Hoverable = (*expanderHead)(nil)
	_ fyne.Accessible   = (*expanderHead)(nil)
)

func newExpanderHead(title, note string, onPressed func()) *expanderHead {
	h := &expanderHead{
		onPressed: onPressed, title: NewStrong(title), note: NewQuietText(note), tag: NewQuietText(""),
		mark: newIconBox(SeverityIcon(Info), SeverityColor(Info)), arrow: newIconBox(fynetheme.MenuExpandIcon(), theme.ColorNameQuiet),
		bar: &canvas.Rectangle{}, ring: newFocusRing(true),
	}
	h.note.Hidden, h.mark.Hidden, h.tag.Hidden = note == "", true, true
	h.ExtendBaseWidget(h)
	return h
}

// AccessibilityLabel is all that the line says.
func (h *expanderHead) AccessibilityLabel() string {
	label := h.title.Text()
	for _, t := range []*Text{h.tag, h.note} {
		if t.Visible() {
			label += ". " + t.Text()
		}
	}
	return label
}

// AccessibilityRole is button, the nearest that Fyne has.
func (h *expanderHead) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped opens or closes.
func (h *expanderHead) Tapped(*fyne.PointEvent) {
	focus(h)
	h.onPressed()
}

// TypedRune implements fyne.Focusable.
func (h *expanderHead) TypedRune(rune) {}

// TypedKey opens or closes on Space and Enter; arrow right opens, left closes.
func (h *expanderHead) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		h.onPressed()
	case fyne.KeyRight, fyne.KeyLeft:
		if h.open == (ev.Name == fyne.KeyLeft) {
			h.onPressed()
		}
	default:
		forwardKey(h, ev)
	}
}

// FocusGained shows the ring.
func (h *expanderHead) FocusGained() {
	h.ring.focused = true
	reveal(h, fyne.Position{}, h.Size())
	h.Refresh()
}

// FocusLost hides the ring.
func (h *expanderHead) FocusLost() {
	h.ring.focused = false
	h.Refresh()
}

// MouseIn lights the line up.
func (h *expanderHead) MouseIn(*desktop.MouseEvent) {
	h.hovered = true
	h.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (h *expanderHead) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (h *expanderHead) MouseOut() {
	h.hovered = false
	h.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (h *expanderHead) CreateRenderer() fyne.WidgetRenderer {
	h.ExtendBaseWidget(h)
	return newDrawnRenderer(h)
}

func (h *expanderHead) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{h.bar, h.arrow, h.title, h.mark, h.tag, h.note, h.ring.rect}
}

func (h *expanderHead) paint() {
	icon := fynetheme.MenuExpandIcon()
	if h.open {
		icon = fynetheme.MenuDropDownIcon()
	}
	h.arrow.set(icon, theme.ColorNameQuiet)
	h.bar.FillColor, h.bar.CornerRadius = theme.Color(theme.ColorNameHoverRow), theme.Size(theme.SizeNameRadius)
	h.bar.Hidden = !h.hovered
	h.bar.Refresh()
	h.ring.paint()
}

func (h *expanderHead) indent() float32 {
	return theme.Size(theme.SizeNameIcon) + 2*theme.Size(theme.SizeNameGap)
}

// rows are the width of the title, whether the tag stands beside it, and the
// heights of the title and the note.
func (h *expanderHead) rows(width float32) (title float32, beside bool, high, note float32) {
	inner := width - h.indent() - theme.Size(theme.SizeNameGap)
	title = inner
	if h.tag.Visible() {
		tag := h.tagWidth()
		// At a large text size the tag goes under the title.
		if beside = inner-tag >= 200; beside {
			title = inner - tag
		}
	}
	high = h.title.heightFor(title)
	if h.tag.Visible() && !beside {
		note += h.tag.heightFor(inner)
	}
	if h.note.Visible() {
		note += h.note.heightFor(inner)
	}
	return title, beside, high, note
}

func (h *expanderHead) tagWidth() float32 {
	return h.tag.natural() + theme.Size(theme.SizeNameIcon) + 2*theme.Size(theme.SizeNameGap)
}

func (h *expanderHead) heightFor(width float32) float32 {
	_, _, title, note := h.rows(width)
	return max(title+note+2*theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameTarget))
}

func (h *expanderHead) least() fyne.Size {
	return fyne.NewSize(160+h.indent(), h.heightFor(max(h.Size().Width, 160+h.indent())))
}

func (h *expanderHead) arrange(size fyne.Size) {
	gap, icon, indent := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon), h.indent()
	width, beside, high, _ := h.rows(size.Width)
	inner := size.Width - indent - gap
	h.bar.Resize(size)
	h.ring.around(fyne.Position{}, size)
	h.arrow.Move(fyne.NewPos(gap/2, gap+(h.title.lineHigh-icon)/2))
	h.arrow.Resize(fyne.NewSquareSize(icon))
	h.title.Move(fyne.NewPos(indent, gap))
	h.title.Resize(fyne.NewSize(width, high))
	y := gap + high
	if h.tag.Visible() {
		x, top := indent, y
		if beside {
			x, top = indent+width+gap, gap
		}
		natural := min(h.tag.natural(), inner-icon-gap)
		line := h.tag.heightFor(natural)
		h.mark.Move(fyne.NewPos(x, top+(h.title.lineHigh-icon)/2))
		h.mark.Resize(fyne.NewSquareSize(icon))
		h.tag.Move(fyne.NewPos(x+icon+gap/2, top+(h.title.lineHigh-h.tag.lineHigh)/2))
		h.tag.Resize(fyne.NewSize(natural, line))
		if !beside {
			y += line
		}
	}
	h.note.Move(fyne.NewPos(indent, y))
	h.note.Resize(fyne.NewSize(inner, h.note.heightFor(inner)))
}
