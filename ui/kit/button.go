package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Look is how much a button stands out.
type Look int

// The looks of a button. A page or dialog has at most one Primary.
const (
	Secondary Look = iota
	Primary
	Quiet  // no frame until the mouse or the focus is there
	Danger // what cannot simply be undone
)

// Button is pressed by mouse, Space or Enter.
type Button struct {
	widget.DisableableWidget

	OnTapped func()

	text    string
	icon    fyne.Resource
	look    Look
	tip     *tooltip
	hovered bool
	small   bool // no higher than its icon needs
	menu    []*fyne.MenuItem

	face  *canvas.Rectangle
	label *canvas.Text
	mark  *symbol
	ring  *focusRing
}

var (
	_ drawn             = (*Button)(nil)
	_ fyne.Focusable    = (*Button)(nil)
	_ fyne.Disableable  = (*Button)(nil)
	_ desktop.Hoverable = (*Button)(nil)
	_ fyne.Accessible   = (*Button)(nil)
)

// NewButton makes an ordinary button. text is a verb.
func NewButton(text string, onTapped func()) *Button {
	return newButton(text, nil, Secondary, onTapped)
}

// NewPrimaryButton makes the one button that a page or dialog is there for.
func NewPrimaryButton(text string, onTapped func()) *Button {
	return newButton(text, nil, Primary, onTapped)
}

// NewQuietButton makes a button without a frame.
func NewQuietButton(text string, onTapped func()) *Button {
	return newButton(text, nil, Quiet, onTapped)
}

// NewDangerButton makes a button for what cannot simply be undone.
func NewDangerButton(text string, onTapped func()) *Button {
	return newButton(text, nil, Danger, onTapped)
}

// NewLink makes a small button that reads as a link, for inside text and rows.
func NewLink(text string, onTapped func()) *Button {
	b := newButton(text, nil, Quiet, onTapped)
	b.small = true
	return b
}

// NewChip makes a small framed button, for filters that are turned on and off; see
// SetOn.
func NewChip(text string, onTapped func()) *Button {
	b := newButton(text, nil, Secondary, onTapped)
	b.small = true
	return b
}

// SetOn shows whether a chip is on: by a tick and the colour.
func (b *Button) SetOn(on bool) {
	if on {
		b.SetIcon(fynetheme.ConfirmIcon())
		b.SetLook(Primary)
		return
	}
	b.SetIcon(nil)
	b.SetLook(Secondary)
}

// NewIconButton makes a button that shows an icon only. label says in words
// what it does, as a tooltip and for screen readers.
func NewIconButton(icon fyne.Resource, label string, onTapped func()) *Button {
	b := newButton("", icon, Quiet, onTapped)
	b.tip.text = label
	b.small = true
	return b
}

// NewMenuButton makes a button that opens a menu under itself. text may be
// empty: then it shows three dots, and SetTip should say what the menu is.
func NewMenuButton(text string, items ...*fyne.MenuItem) *Button {
	icon := fynetheme.MenuDropDownIcon()
	if text == "" {
		icon = fynetheme.MoreHorizontalIcon()
	}
	b := newButton(text, icon, Secondary, nil)
	b.menu = items
	return b
}

func newButton(text string, icon fyne.Resource, look Look, onTapped func()) *Button {
	b := &Button{
		OnTapped: onTapped, text: text, icon: icon, look: look,
		face: &canvas.Rectangle{}, label: &canvas.Text{}, mark: newSymbol(),
		ring: newFocusRing(false),
	}
	b.tip = &tooltip{owner: b}
	b.ExtendBaseWidget(b)
	return b
}

// Text is what the button says.
func (b *Button) Text() string { return b.text }

// SetText changes what the button says.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// SetIcon puts an icon before the text; nil takes it away.
func (b *Button) SetIcon(icon fyne.Resource) {
	b.icon = icon
	b.Refresh()
}

// SetTip changes the text that shows when the mouse or the focus rests here.
func (b *Button) SetTip(text string) { b.tip.text = text }

// SetMenu changes what a menu button offers; without items it is disabled.
func (b *Button) SetMenu(items ...*fyne.MenuItem) {
	b.menu = items
	if len(items) == 0 {
		b.Disable()
		return
	}
	b.Enable()
}

// SetLook changes how much the button stands out.
func (b *Button) SetLook(look Look) {
	b.look = look
	b.Refresh()
}

// FocusTarget is what takes the focus.
func (b *Button) FocusTarget() fyne.Focusable { return b }

// AccessibilityLabel is the text, or for an icon its tooltip.
func (b *Button) AccessibilityLabel() string {
	if b.text != "" {
		return b.text
	}
	return b.tip.text
}

// AccessibilityRole is button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped presses the button and gives it the focus.
func (b *Button) Tapped(*fyne.PointEvent) {
	if b.Disabled() {
		return
	}
	focus(b)
	b.press()
}

func (b *Button) press() {
	b.tip.hide()
	switch {
	case b.Disabled():
	case len(b.menu) > 0:
		b.openMenu()
	case b.OnTapped != nil:
		b.OnTapped()
	}
}

// openMenu shows the menu under the button, their right edges in line.
func (b *Button) openMenu() {
	c := canvasOf(b)
	if c == nil {
		return
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", b.menu...), c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	x := at.X + b.Size().Width - menu.MinSize().Width
	menu.ShowAtPosition(fyne.NewPos(max(x, 0), at.Y+b.Size().Height+2))
}

// TypedKey presses on Space and Enter.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	default:
		forwardKey(b, ev)
	}
}

// TypedRune implements fyne.Focusable.
func (b *Button) TypedRune(rune) {}

// FocusGained shows the ring.
func (b *Button) FocusGained() {
	b.ring.focused = true
	reveal(b, fyne.Position{}, b.Size())
	if b.text == "" {
		b.tip.showSoon(fyne.NewPos(0, b.Size().Height))
	}
	b.Refresh()
}

// FocusLost hides the ring.
func (b *Button) FocusLost() {
	b.ring.focused = false
	b.tip.hide()
	b.Refresh()
}

// MouseIn lights the button up.
func (b *Button) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.tip.showSoon(fyne.NewPos(0, b.Size().Height))
	b.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (b *Button) MouseOut() {
	b.hovered = false
	b.tip.hide()
	b.Refresh()
}

// Cursor is a hand over a link.
func (b *Button) Cursor() desktop.Cursor {
	if b.small && !b.Disabled() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return newDrawnRenderer(b)
}

func (b *Button) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{b.ring.rect, b.face, b.mark.image, b.label}
}

func (b *Button) paint() {
	text, face, border := b.colors()
	b.face.FillColor, b.face.StrokeColor = face, color.Transparent
	b.face.StrokeWidth, b.face.CornerRadius = 0, theme.Size(theme.SizeNameRadius)
	if border != "" {
		b.face.StrokeColor, b.face.StrokeWidth = theme.Color(border), 1
	}
	b.label.Text, b.label.Color = b.text, theme.Color(text)
	b.label.TextSize = theme.Size(fynetheme.SizeNameText)
	if b.small {
		b.label.TextSize = theme.Size(theme.SizeNameLabel)
	}
	b.label.TextStyle = fyne.TextStyle{Bold: b.look == Primary || b.look == Danger}
	b.mark.image.Hidden = b.icon == nil
	if b.icon != nil {
		b.mark.show(b.icon, text)
	}
	b.ring.paint()
	b.face.Refresh()
	b.label.Refresh()
}

// colors are the roles of the text, the colour of the face and the role of the
// border ("" for none).
func (b *Button) colors() (text fyne.ThemeColorName, face color.Color, border fyne.ThemeColorName) {
	over := b.hovered && !b.Disabled()
	if b.Disabled() {
		if b.look == Quiet {
			return fynetheme.ColorNameDisabled, color.Transparent, ""
		}
		return fynetheme.ColorNameDisabled, theme.Color(fynetheme.ColorNameDisabledButton), theme.ColorNameHairline
	}
	switch b.look {
	case Primary:
		if over {
			return theme.ColorNameOnPrimary, theme.Color(theme.ColorNamePrimaryOver), ""
		}
		return theme.ColorNameOnPrimary, theme.Color(fynetheme.ColorNamePrimary), ""
	case Danger:
		return theme.ColorNameOnStop, theme.Color(theme.ColorNameStop), ""
	case Quiet:
		text = fynetheme.ColorNamePrimary
		if b.text == "" {
			text = fynetheme.ColorNameForeground
		}
		if over {
			return text, theme.Color(theme.ColorNameHoverRow), ""
		}
		return text, color.Transparent, ""
	}
	if over {
		return fynetheme.ColorNameForeground, theme.Color(theme.ColorNameHoverRow), theme.ColorNameFieldBorder
	}
	return fynetheme.ColorNameForeground, theme.Color(theme.ColorNameSurface), theme.ColorNameFieldBorder
}

func (b *Button) padding() float32 {
	switch {
	case b.small && b.text != "" && b.look == Quiet:
		return theme.Size(theme.SizeNameGapSmall)
	case b.small && b.text != "":
		return theme.Size(theme.SizeNameGap)
	case b.text == "":
		return (theme.Size(theme.SizeNameTarget) - theme.Size(theme.SizeNameIcon)) / 2
	}
	return theme.Size(theme.SizeNameGap) * 1.5
}

func (b *Button) least() fyne.Size {
	height := theme.Size(theme.SizeNameControl)
	if b.small {
		height = max(theme.Size(theme.SizeNameTarget), b.label.MinSize().Height+4)
	}
	width := 2*b.padding() + b.contentWidth()
	return fyne.NewSize(max(width, theme.Size(theme.SizeNameTarget)), height)
}

func (b *Button) contentWidth() float32 {
	var width float32
	if b.icon != nil {
		width = theme.Size(theme.SizeNameIcon)
	}
	if b.text != "" {
		if width > 0 {
			width += theme.Size(theme.SizeNameGap)
		}
		width += b.label.MinSize().Width
	}
	return width
}

func (b *Button) arrange(size fyne.Size) {
	b.face.Resize(size)
	b.ring.around(fyne.Position{}, size)
	x := (size.Width - b.contentWidth()) / 2
	if b.icon != nil {
		side := theme.Size(theme.SizeNameIcon)
		b.mark.place(fyne.NewPos(x, (size.Height-side)/2), fyne.NewSquareSize(side))
		x += side + theme.Size(theme.SizeNameGap)
	}
	min := b.label.MinSize()
	b.label.Move(fyne.NewPos(x, (size.Height-min.Height)/2))
	b.label.Resize(min)
}
