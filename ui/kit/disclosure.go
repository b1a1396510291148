package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Disclosure is the line over something that can be folded away: a title, and
// in quiet text what is in it. Enter and Space fold and unfold, right unfolds
// and left folds; so does a click anywhere on the line. SetOpen does not call
// OnChanged.
type Disclosure struct {
	widget.BaseWidget

	OnChanged func(open bool)

	words         *lang.Printer
	title, detail string
	mark          Severity
	marked        bool
	open, hovered bool

	face         *canvas.Rectangle
	arrow, image *canvas.Image
	name, note   *canvas.Text
	ring         *focusRing
}

var (
	_ drawn             = (*Disclosure)(nil)
	_ fyne.Focusable    = (*Disclosure)(nil)
	_ desktop.Hoverable = (*Disclosure)(nil)
	_ fyne.Accessible   = (*Disclosure)(nil)
	_ Control           = (*Disclosure)(nil)
)

// NewDisclosure makes a folded line.
func NewDisclosure(words *lang.Printer) *Disclosure {
	d := &Disclosure{
		words: words, face: &canvas.Rectangle{}, name: &canvas.Text{}, note: &canvas.Text{}, ring: newFocusRing(true),
		arrow: &canvas.Image{FillMode: canvas.ImageFillContain}, image: &canvas.Image{FillMode: canvas.ImageFillContain},
	}
	d.ExtendBaseWidget(d)
	return d
}

// SetText changes what the line says.
func (d *Disclosure) SetText(title, detail string) {
	if d.title != title || d.detail != detail {
		d.title, d.detail = title, detail
		d.Refresh()
	}
}

// SetMark shows the icon of a severity before the title; on tells whether there
// is one.
func (d *Disclosure) SetMark(s Severity, on bool) {
	if d.mark != s || d.marked != on {
		d.mark, d.marked = s, on
		d.Refresh()
	}
}

// Open tells whether it is unfolded.
func (d *Disclosure) Open() bool { return d.open }

// SetOpen folds or unfolds.
func (d *Disclosure) SetOpen(open bool) {
	if d.open != open {
		d.open = open
		d.Refresh()
	}
}

// FocusTarget is what takes the focus.
func (d *Disclosure) FocusTarget() fyne.Focusable { return d }

// AccessibilityLabel is the text, what the icon means, and whether it is open.
func (d *Disclosure) AccessibilityLabel() string {
	text := d.title
	if d.detail != "" {
		text += ", " + d.detail
	}
	if d.marked {
		text += ", " + SeverityWord(d.words, d.mark)
	}
	if d.open {
		return d.words.T("plan.fold.open", "Text", text)
	}
	return d.words.T("plan.fold.folded", "Text", text)
}

// AccessibilityRole is button.
func (d *Disclosure) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (d *Disclosure) change(open bool) {
	if d.open == open {
		return
	}
	d.SetOpen(open)
	if d.OnChanged != nil {
		d.OnChanged(open)
	}
}

// Tapped folds or unfolds.
func (d *Disclosure) Tapped(*fyne.PointEvent) {
	focus(d)
	d.change(!d.open)
}

// TypedKey folds and unfolds.
func (d *Disclosure) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		d.change(!d.open)
	case fyne.KeyRight:
		d.change(true)
	case fyne.KeyLeft:
		d.change(false)
	default:
		forwardKey(d, ev)
	}
}

// TypedRune implements fyne.Focusable.
func (d *Disclosure) TypedRune(rune) {}

// FocusGained shows the ring.
func (d *Disclosure) FocusGained() {
	d.ring.focused = true
	reveal(d, fyne.Position{}, d.Size())
	d.Refresh()
}

// FocusLost hides the ring.
func (d *Disclosure) FocusLost() {
	d.ring.focused = false
	d.Refresh()
}

// MouseIn lights the line up.
func (d *Disclosure) MouseIn(*desktop.MouseEvent) {
	d.hovered = true
	d.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (d *Disclosure) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (d *Disclosure) MouseOut() {
	d.hovered = false
	d.Refresh()
}

// Cursor is a hand.
func (d *Disclosure) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer implements fyne.Widget.
func (d *Disclosure) CreateRenderer() fyne.WidgetRenderer {
	d.ExtendBaseWidget(d)
	return newDrawnRenderer(d)
}

func (d *Disclosure) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{d.face, d.arrow, d.image, d.name, d.note, d.ring.rect}
}

func (d *Disclosure) paint() {
	d.face.FillColor = theme.Color(theme.ColorNameHoverRow)
	d.face.CornerRadius = theme.Size(theme.SizeNameRadius)
	d.face.Hidden = !d.hovered
	d.face.Refresh()
	arrow := fynetheme.MenuExpandIcon()
	if d.open {
		arrow = fynetheme.MenuDropDownIcon()
	}
	d.arrow.Resource = fynetheme.NewColoredResource(arrow, fynetheme.ColorNameForeground)
	d.arrow.Refresh()
	d.image.Hidden = !d.marked
	if d.marked {
		d.image.Resource = fynetheme.NewColoredResource(SeverityIcon(d.mark), SeverityColor(d.mark))
		d.image.Refresh()
	}
	d.name.Color, d.name.TextSize = theme.Color(fynetheme.ColorNameForeground), theme.Size(fynetheme.SizeNameText)
	d.name.TextStyle = fyne.TextStyle{Bold: d.open}
	d.note.Color, d.note.TextSize = theme.Color(theme.ColorNameQuiet), theme.Size(theme.SizeNameLabel)
	d.ring.paint()
}

func (d *Disclosure) lineHigh() (name, note float32) {
	return fyne.MeasureText("Åg", theme.Size(fynetheme.SizeNameText), fyne.TextStyle{}).Height,
		fyne.MeasureText("Åg", theme.Size(theme.SizeNameLabel), fyne.TextStyle{}).Height
}

// heightFor is two lines: the title, and the detail under it, if there is one.
func (d *Disclosure) heightFor(float32) float32 {
	name, note := d.lineHigh()
	height := name + 2*theme.Size(theme.SizeNameGapSmall)
	if d.detail != "" {
		height += note
	}
	return max(height, theme.Size(theme.SizeNameControl))
}

func (d *Disclosure) least() fyne.Size { return fyne.NewSize(120, d.heightFor(0)) }

func (d *Disclosure) arrange(size fyne.Size) {
	gap, small, icon := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameGapSmall), theme.Size(theme.SizeNameIcon)
	name, note := d.lineHigh()
	d.face.Resize(size)
	d.ring.around(fyne.Position{}, size)
	y := small
	if d.detail == "" {
		y = (size.Height - name) / 2
	}
	x := small
	put := func(o fyne.CanvasObject) {
		o.Move(fyne.NewPos(x, y+(name-icon)/2))
		o.Resize(fyne.NewSquareSize(icon))
		x += icon + small
	}
	put(d.arrow)
	if d.marked {
		put(d.image)
	}
	d.name.Text = fitTextIn(d.title, d.name.TextSize, size.Width-x-gap, d.name.TextStyle)
	d.name.Move(fyne.NewPos(x, y))
	d.name.Resize(d.name.MinSize())
	d.name.Refresh()
	d.note.Text = fitText(d.detail, d.note.TextSize, size.Width-x-gap)
	d.note.Move(fyne.NewPos(x, y+name))
	d.note.Resize(fyne.NewSize(size.Width-x-gap, note))
	d.note.Refresh()
}
