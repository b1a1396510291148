package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Check is a box to tick. SetChecked does not call OnChanged.
type Check struct {
	widget.DisableableWidget

	OnChanged func(bool)

	checked bool
	round   bool // as part of a Radio
	label   *Text
	box     *symbol
	bar     *canvas.Rectangle
	hovered bool
	ring    *focusRing
}

var (
	_ drawn             = (*Check)(nil)
	_ fyne.Focusable    = (*Check)(nil)
	_ desktop.Hoverable = (*Check)(nil)
	_ Control           = (*Check)(nil)
)

// NewCheck makes an empty box with a label to its right.
func NewCheck(label string, onChanged func(bool)) *Check {
	c := &Check{
		OnChanged: onChanged, label: NewText(label), box: newSymbol(),
		bar: &canvas.Rectangle{}, ring: newFocusRing(false),
	}
	c.ExtendBaseWidget(c)
	return c
}

// Checked tells whether the box is ticked.
func (c *Check) Checked() bool { return c.checked }

// SetChecked ticks or clears the box.
func (c *Check) SetChecked(checked bool) {
	if c.checked != checked {
		c.checked = checked
		c.Refresh()
	}
}

// Label is the text beside the box.
func (c *Check) Label() string { return c.label.text }

// SetLabel changes the text beside the box.
func (c *Check) SetLabel(text string) { c.label.SetText(text) }

// FocusTarget is what takes the focus.
func (c *Check) FocusTarget() fyne.Focusable { return c }

// AccessibilityLabel is the text beside the box.
func (c *Check) AccessibilityLabel() string { return c.label.text }

// AccessibilityRole is button, the nearest that Fyne has.
func (c *Check) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped turns the tick over.
func (c *Check) Tapped(*fyne.PointEvent) {
	if !c.Disabled() {
		focus(c)
		c.toggle()
	}
}

func (c *Check) toggle() {
	if c.Disabled() {
		return
	}
	c.SetChecked(!c.checked)
	if c.OnChanged != nil {
		c.OnChanged(c.checked)
	}
}

// TypedRune implements fyne.Focusable.
func (c *Check) TypedRune(rune) {}

// TypedKey turns the tick over on Space, and on Enter outside dialogs.
func (c *Check) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeySpace {
		c.toggle()
		return
	}
	if forwardKey(c, ev) {
		return
	}
	if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
		c.toggle()
	}
}

// FocusGained shows the ring.
func (c *Check) FocusGained() {
	c.ring.focused = true
	reveal(c, fyne.Position{}, c.Size())
	c.Refresh()
}

// FocusLost hides the ring.
func (c *Check) FocusLost() {
	c.ring.focused = false
	c.Refresh()
}

// MouseIn lights the line up.
func (c *Check) MouseIn(*desktop.MouseEvent) {
	c.hovered = true
	c.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (c *Check) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (c *Check) MouseOut() {
	c.hovered = false
	c.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return newDrawnRenderer(c)
}

func (c *Check) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{c.bar, c.ring.rect, c.box.image, c.label}
}

func (c *Check) icon() fyne.Resource {
	switch {
	case c.round && c.checked:
		return fynetheme.RadioButtonCheckedIcon()
	case c.round:
		return fynetheme.RadioButtonIcon()
	case c.checked:
		return fynetheme.CheckButtonCheckedIcon()
	}
	return fynetheme.CheckButtonIcon()
}

func (c *Check) paint() {
	color, text := theme.ColorNameFieldBorder, fynetheme.ColorNameForeground
	if c.checked {
		color = fynetheme.ColorNamePrimary
	}
	if c.Disabled() {
		color, text = fynetheme.ColorNameDisabled, fynetheme.ColorNameDisabled
	}
	c.box.show(c.icon(), color)
	c.label.SetColor(text)
	c.bar.FillColor, c.bar.CornerRadius = theme.Color(theme.ColorNameHoverRow), theme.Size(theme.SizeNameRadius)
	c.bar.Hidden = !c.hovered || c.Disabled()
	c.bar.Refresh()
	c.ring.paint()
}

func (c *Check) indent() float32 {
	return theme.Size(theme.SizeNameIcon) + theme.Size(theme.SizeNameGap)
}

// natural is the width that keeps the label on one line.
func (c *Check) natural() float32 { return c.label.natural() + c.indent() + 4 }

func (c *Check) heightFor(width float32) float32 {
	return max(c.label.heightFor(width-c.indent()-4), theme.Size(theme.SizeNameTarget)) + 4
}

func (c *Check) least() fyne.Size {
	min := c.label.least()
	return fyne.NewSize(min.Width+c.indent()+4, max(min.Height, theme.Size(theme.SizeNameTarget))+4)
}

func (c *Check) arrange(size fyne.Size) {
	icon := theme.Size(theme.SizeNameIcon)
	c.bar.Resize(size)
	c.ring.around(fyne.Position{}, size)
	width := size.Width - c.indent() - 4
	height := c.label.heightFor(width)
	top := max((size.Height-height)/2, 0)
	c.label.Move(fyne.NewPos(c.indent(), top))
	c.label.Resize(fyne.NewSize(width, height))
	c.box.place(fyne.NewPos(0, top+(c.label.lineHigh-icon)/2), fyne.NewSquareSize(icon))
}
