package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Radio chooses one of a few that are all in sight. It is one stop for Tab; the
// arrow keys choose. SetSelected does not call OnChanged.
type Radio struct {
	widget.DisableableWidget

	OnChanged func(id string)

	options []Option
	at      int // -1 for none
	marks   []*canvas.Image
	labels  []*Text
	ring    *focusRing
	field   *Field
}

var (
	_ drawn           = (*Radio)(nil)
	_ fyne.Focusable  = (*Radio)(nil)
	_ fyne.Accessible = (*Radio)(nil)
	_ Control         = (*Radio)(nil)
)

// NewRadio makes a choice with nothing chosen.
func NewRadio(options []Option, onChanged func(id string)) *Radio {
	r := &Radio{OnChanged: onChanged, options: options, at: -1, ring: newFocusRing(false)}
	for _, o := range options {
		r.marks = append(r.marks, &canvas.Image{FillMode: canvas.ImageFillContain})
		r.labels = append(r.labels, NewText(o.Label))
	}
	r.ExtendBaseWidget(r)
	return r
}

// Selected is the ID of the choice, "" for none.
func (r *Radio) Selected() string {
	if r.at < 0 {
		return ""
	}
	return r.options[r.at].ID
}

// SetSelected chooses by ID; an unknown one chooses nothing.
func (r *Radio) SetSelected(id string) {
	r.at = -1
	for i, o := range r.options {
		if o.ID == id {
			r.at = i
		}
	}
	r.Refresh()
}

// FocusTarget is what takes the focus.
func (r *Radio) FocusTarget() fyne.Focusable { return r }

func (r *Radio) attach(f *Field) { r.field = f }

// AccessibilityLabel is the label of the field and the choice.
func (r *Radio) AccessibilityLabel() string {
	label := ""
	if r.field != nil {
		label = r.field.AccessibilityLabel()
	}
	if r.at >= 0 {
		label += ": " + r.options[r.at].Label
	}
	return label
}

// AccessibilityRole is button, the nearest that Fyne has.
func (r *Radio) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (r *Radio) choose(i int) {
	if r.Disabled() || i < 0 || i >= len(r.options) || i == r.at {
		return
	}
	r.at = i
	r.Refresh()
	if r.OnChanged != nil {
		r.OnChanged(r.options[i].ID)
	}
}

// Tapped chooses the line under the mouse.
func (r *Radio) Tapped(ev *fyne.PointEvent) {
	if r.Disabled() {
		return
	}
	focus(r)
	y := float32(0)
	for i := range r.labels {
		y += r.lineHeight(i, r.Size().Width)
		if ev.Position.Y < y {
			r.choose(i)
			return
		}
	}
}

// TypedRune implements fyne.Focusable.
func (r *Radio) TypedRune(rune) {}

// TypedKey chooses with the arrows, and the first with Space.
func (r *Radio) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyRight:
		r.choose(min(r.at+1, len(r.options)-1))
	case fyne.KeyUp, fyne.KeyLeft:
		r.choose(max(r.at-1, 0))
	case fyne.KeySpace:
		r.choose(max(r.at, 0))
	default:
		forwardKey(r, ev)
	}
}

// FocusGained shows the ring.
func (r *Radio) FocusGained() {
	r.ring.focused = true
	reveal(r, fyne.Position{}, r.Size())
	r.Refresh()
}

// FocusLost hides the ring.
func (r *Radio) FocusLost() {
	r.ring.focused = false
	r.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	return newDrawnRenderer(r)
}

func (r *Radio) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{r.ring.rect}
	for i := range r.labels {
		parts = append(parts, r.marks[i], r.labels[i])
	}
	return parts
}

func (r *Radio) paint() {
	for i, mark := range r.marks {
		icon, color, text := fynetheme.RadioButtonIcon(), theme.ColorNameFieldBorder, fynetheme.ColorNameForeground
		if i == r.at {
			icon, color = fynetheme.RadioButtonCheckedIcon(), fynetheme.ColorNamePrimary
		}
		if r.Disabled() {
			color, text = fynetheme.ColorNameDisabled, fynetheme.ColorNameDisabled
		}
		mark.Resource = fynetheme.NewColoredResource(icon, color)
		mark.Refresh()
		r.labels[i].SetColor(text)
	}
	r.ring.paint()
}

func (r *Radio) indent() float32 {
	return theme.Size(theme.SizeNameIcon) + theme.Size(theme.SizeNameGap)
}

func (r *Radio) lineHeight(i int, width float32) float32 {
	return max(r.labels[i].heightFor(width-r.indent()), theme.Size(theme.SizeNameTarget)) + 4
}

func (r *Radio) heightFor(width float32) float32 {
	var height float32
	for i := range r.labels {
		height += r.lineHeight(i, width)
	}
	return height
}

func (r *Radio) least() fyne.Size {
	width := float32(120)
	for _, l := range r.labels {
		width = max(width, min(l.measure(l.text)+1, 220)+r.indent())
	}
	return fyne.NewSize(width, r.heightFor(max(r.Size().Width, width)))
}

func (r *Radio) arrange(size fyne.Size) {
	r.ring.around(fyne.Position{}, size)
	icon := theme.Size(theme.SizeNameIcon)
	var y float32
	for i, label := range r.labels {
		line := r.lineHeight(i, size.Width)
		height := label.heightFor(size.Width - r.indent())
		top := y + (line-height)/2
		label.Move(fyne.NewPos(r.indent(), top))
		label.Resize(fyne.NewSize(size.Width-r.indent(), height))
		r.marks[i].Move(fyne.NewPos(0, top+(label.lineHigh-icon)/2))
		r.marks[i].Resize(fyne.NewSquareSize(icon))
		y += line
	}
}
