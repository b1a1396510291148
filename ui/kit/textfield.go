package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// TextField is one line of text. Its setters do not call OnChanged.
type TextField struct {
	widget.BaseWidget

	OnChanged   func(string)
	OnSubmitted func(string) // Enter; without it Enter goes to the dialog
	OnFocusLost func()

	owner    inputOwner // the widget itself, or the one that is built on it
	entry    *inputEntry
	holder   *container.ThemeOverride // of the entry, without scroll bars
	wheel    *wheel                   // over the entry, so that the page scrolls there too
	field    *Field                   // nil when it stands alone
	trailing bool                     // text to the right, as amounts are
	before   fyne.CanvasObject
	after    fyne.CanvasObject
	bad      bool

	face *canvas.Rectangle
	ring *focusRing
}

var (
	_ inputOwner = (*TextField)(nil)
	_ Control    = (*TextField)(nil)
)

// NewTextField makes an empty field.
func NewTextField() *TextField {
	t := &TextField{}
	t.build(t)
	return t
}

// build prepares the field for owner, which is t or a widget built on t.
func (t *TextField) build(owner inputOwner) {
	t.owner = owner
	t.entry = newInputEntry(owner, false)
	t.holder = container.NewThemeOverride(t.entry, barless{})
	t.wheel = newWheel(func() *container.Scroll { return nil })
	t.face = &canvas.Rectangle{}
	t.ring = newFocusRing(false)
	t.ExtendBaseWidget(owner)
}

// Text is what stands in the field.
func (t *TextField) Text() string { return t.entry.Text }

// SetText changes the text, unless it is the same.
func (t *TextField) SetText(text string) {
	t.entry.put(text)
	t.report()
	t.owner.Refresh()
}

// SetPlaceHolder shows an example while the field is empty.
func (t *TextField) SetPlaceHolder(text string) { t.entry.SetPlaceHolder(text) }

// Enable lets the field be changed.
func (t *TextField) Enable() {
	t.entry.Enable()
	t.owner.Refresh()
}

// Disable locks the field; its text can still be selected and copied.
func (t *TextField) Disable() {
	t.entry.Disable()
	t.owner.Refresh()
}

// Disabled tells whether the field is locked.
func (t *TextField) Disabled() bool { return t.entry.Disabled() }

// FocusTarget is the part that takes the focus.
func (t *TextField) FocusTarget() fyne.Focusable { return t.entry }

// Focused tells whether the field has the focus.
func (t *TextField) Focused() bool { return t.ring.focused }

// Tapped focuses the field when the mouse hits beside its text.
func (t *TextField) Tapped(*fyne.PointEvent) { focus(t.entry) }

// Cursor is the text cursor in all of the field.
func (t *TextField) Cursor() desktop.Cursor { return desktop.TextCursor }

func (t *TextField) attach(f *Field) {
	t.field = f
	t.report()
}

// report tells the field round this one about the text.
func (t *TextField) report() {
	if t.field != nil {
		t.field.textChanged(t.entry.Text)
	}
}

// complain shows a sentence under the field and a red frame; "" takes both away.
func (t *TextField) complain(sentence string) {
	t.bad = sentence != ""
	if t.field != nil {
		t.field.SetError(sentence)
	}
	t.owner.Refresh()
}

func (t *TextField) inputChanged(text string) {
	t.report()
	if t.trailing {
		t.owner.Refresh()
	}
	if t.OnChanged != nil {
		t.OnChanged(text)
	}
}

func (t *TextField) inputFocus(gained bool) {
	t.showFocus(gained)
	if !gained && t.OnFocusLost != nil {
		t.OnFocusLost()
	}
}

func (t *TextField) showFocus(gained bool) {
	t.ring.focused = gained
	if gained {
		reveal(t.owner, fyne.Position{}, t.Size())
	}
	t.owner.Refresh()
}

func (t *TextField) inputKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.OnSubmitted != nil {
			t.OnSubmitted(t.entry.Text)
			return true
		}
		forwardKey(t.owner, ev)
		return true
	case fyne.KeyEscape:
		return forwardKey(t.owner, ev)
	}
	return false
}

// inputPaste joins pasted lines with spaces.
func (t *TextField) inputPaste(text string) (string, bool) {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), " "), false
}

func (t *TextField) inputShortcut(fyne.Shortcut) bool { return false }

func (t *TextField) inputLabel() string {
	if t.field != nil {
		return t.field.AccessibilityLabel()
	}
	return t.entry.PlaceHolder
}

// selectAll marks the text, for fields that are replaced rather than edited.
func (t *TextField) selectAll() { t.entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// CreateRenderer implements fyne.Widget.
func (t *TextField) CreateRenderer() fyne.WidgetRenderer { return newDrawnRenderer(t.owner) }

func (t *TextField) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{t.ring.rect, t.face}
	if t.before != nil {
		parts = append(parts, t.before)
	}
	parts = append(parts, t.holder, t.wheel)
	if t.after != nil {
		parts = append(parts, t.after)
	}
	return parts
}

func (t *TextField) paint() {
	paintFrame(t.face, t.entry.Disabled(), t.bad)
	t.ring.paint()
}

// paintFrame colours the frame of anything that can be filled in.
func paintFrame(face *canvas.Rectangle, disabled, bad bool) {
	face.FillColor = theme.Color(fynetheme.ColorNameInputBackground)
	face.StrokeColor = theme.Color(theme.ColorNameFieldBorder)
	face.StrokeWidth = theme.Size(fynetheme.SizeNameInputBorder)
	face.CornerRadius = theme.Size(theme.SizeNameRadius)
	if disabled {
		face.FillColor = theme.Color(fynetheme.ColorNameBackground)
		face.StrokeColor = theme.Color(theme.ColorNameHairline)
	}
	if bad {
		face.StrokeColor, face.StrokeWidth = theme.Color(theme.ColorNameStop), 2
	}
	face.Refresh()
}

func (t *TextField) least() fyne.Size {
	height := max(theme.Size(theme.SizeNameControl), t.entry.MinSize().Height)
	return fyne.NewSize(80+t.side(t.before)+t.side(t.after), height)
}

func (t *TextField) side(o fyne.CanvasObject) float32 {
	if o == nil {
		return 0
	}
	return o.MinSize().Width + theme.Size(theme.SizeNameGapSmall)
}

func (t *TextField) arrange(size fyne.Size) {
	t.face.Resize(size)
	t.ring.around(fyne.Position{}, size)
	left, right := t.side(t.before), t.side(t.after)
	if t.before != nil {
		min := t.before.MinSize()
		t.before.Move(fyne.NewPos(theme.Size(theme.SizeNameGapSmall), (size.Height-min.Height)/2))
		t.before.Resize(min)
	}
	if t.after != nil {
		min := t.after.MinSize()
		t.after.Move(fyne.NewPos(size.Width-right, (size.Height-min.Height)/2))
		t.after.Resize(min)
	}
	width, height := size.Width-left-right, t.entry.MinSize().Height
	if t.trailing {
		// Fyne's entry writes to the left only, so it is made as narrow as its text.
		text := t.entry.Text
		if text == "" {
			text = t.entry.PlaceHolder
		}
		needed := fyne.MeasureText(text, theme.Size(fynetheme.SizeNameText), fyne.TextStyle{}).Width +
			2*theme.Size(fynetheme.SizeNameInnerPadding) + 2
		needed = max(needed, 2.5*theme.Size(fynetheme.SizeNameText)+16)
		left += max(0, width-needed)
		width = min(width, needed)
	}
	t.holder.Move(fyne.NewPos(left, (size.Height-height)/2))
	t.holder.Resize(fyne.NewSize(width, height))
	t.wheel.Move(t.holder.Position())
	t.wheel.Resize(t.holder.Size())
}

// barless is the running theme without scroll bars: in a line of text they would
// lie over the letters.
type barless struct{}

var _ fyne.Theme = barless{}

func (barless) running() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (b barless) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return b.running().Color(name, v)
}

func (b barless) Font(style fyne.TextStyle) fyne.Resource    { return b.running().Font(style) }
func (b barless) Icon(name fyne.ThemeIconName) fyne.Resource { return b.running().Icon(name) }

func (b barless) Size(name fyne.ThemeSizeName) float32 {
	if name == fynetheme.SizeNameScrollBar || name == fynetheme.SizeNameScrollBarSmall {
		return 0
	}
	return b.running().Size(name)
}

// NewSecretField makes an empty field whose letters are not shown.
func NewSecretField() *TextField {
	t := NewTextField()
	t.entry.Password = true
	return t
}
