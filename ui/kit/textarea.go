package kit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// TextArea is text of any length over several lines. It grows with its text, up
// to a limit, and then scrolls. Tab goes on to the next field. Its setters do
// not call OnChanged.
//
// Fyne lays a text out anew at each key, which takes about a millisecond for
// each 1000 characters. So a text over pageLimit is shown one part at a time;
// the parts together are always exactly the whole text.
type TextArea struct {
	widget.BaseWidget

	OnChanged   func(string)
	OnFocusLost func()

	words            *lang.Printer
	entry            *inputEntry
	wheel            *wheel
	field            *Field
	minRows, maxRows int

	whole string
	pages *pagedText // nil while the text is short

	face  *canvas.Rectangle
	ring  *focusRing
	pager *fyne.Container
	where *Text
	back  *Button
	on    *Button
}

var (
	_ drawn      = (*TextArea)(nil)
	_ inputOwner = (*TextArea)(nil)
	_ Control    = (*TextArea)(nil)
)

// NewTextArea makes an empty area of 3 to 20 rows.
func NewTextArea(words *lang.Printer) *TextArea {
	t := &TextArea{words: words, minRows: 3, maxRows: 20, face: &canvas.Rectangle{}, ring: newFocusRing(false)}
	t.entry = newInputEntry(t, true)
	t.entry.OnCursorChanged = t.revealCursor
	t.wheel = newWheel(t.entry.innerScroll)
	t.where = NewQuietText("")
	t.back = NewIconButton(fynetheme.NavigateBackIcon(), words.T("kit.textarea.back"), func() { t.turn(-1) })
	t.on = NewIconButton(fynetheme.NavigateNextIcon(), words.T("kit.textarea.on"), func() { t.turn(1) })
	t.pager = container.New(&pagerLayout{}, t.back, t.on, t.where)
	t.pager.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// Text is the whole text.
func (t *TextArea) Text() string { return t.whole }

// SetText changes the text. An equal text changes nothing, so that the undo of
// the typing is kept.
func (t *TextArea) SetText(text string) {
	if t.whole == text {
		return
	}
	t.whole = text
	t.pages = splitPages(text, "")
	t.show()
	t.report()
	t.Refresh()
}

// SetRows says how many rows the area has at least and at most.
func (t *TextArea) SetRows(least, most int) {
	t.minRows, t.maxRows = least, max(least, most)
	t.Refresh()
}

// SetPlaceHolder shows an example while the area is empty.
func (t *TextArea) SetPlaceHolder(text string) { t.entry.SetPlaceHolder(text) }

// Enable lets the text be changed.
func (t *TextArea) Enable() {
	t.entry.Enable()
	t.Refresh()
}

// Disable locks the text; it can still be selected and copied.
func (t *TextArea) Disable() {
	t.entry.Disable()
	t.Refresh()
}

// Disabled tells whether the text is locked.
func (t *TextArea) Disabled() bool { return t.entry.Disabled() }

// FocusTarget is the part that takes the focus.
func (t *TextArea) FocusTarget() fyne.Focusable { return t.entry }

// Focused tells whether the area has the focus.
func (t *TextArea) Focused() bool { return t.ring.focused }

// Tapped focuses the text when the mouse hits beside it.
func (t *TextArea) Tapped(*fyne.PointEvent) { focus(t.entry) }

// Cursor is the text cursor in all of the area.
func (t *TextArea) Cursor() desktop.Cursor { return desktop.TextCursor }

func (t *TextArea) attach(f *Field) {
	t.field = f
	t.report()
}

func (t *TextArea) report() {
	if t.field != nil {
		t.field.textChanged(t.whole)
	}
}

func (t *TextArea) inputChanged(text string) {
	switch {
	case t.pages != nil:
		t.pages.list[t.pages.at] = text
		t.whole = strings.Join(t.pages.list, "")
		if utf8.RuneCountInString(text) > pageLimit || len(t.whole) <= pageLength {
			t.repage(t.pages.offset() + byteOffset(text, t.entry.CursorTextOffset()))
		}
	default:
		t.whole = text
		if tooLong(text) {
			t.repage(byteOffset(text, t.entry.CursorTextOffset()))
		}
	}
	t.changed()
}

func (t *TextArea) changed() {
	t.report()
	if t.OnChanged != nil {
		t.OnChanged(t.whole)
	}
}

// repage divides the text anew; the cursor stays at a byte offset of the whole.
func (t *TextArea) repage(cursor int) {
	t.pages = splitPages(t.whole[:cursor], t.whole[cursor:])
	t.show()
	if t.pages != nil {
		t.toEnd()
	} else {
		// What fits on one page again: the cursor goes to its start, as Fyne's entry
		// cannot be told a place in the text.
		t.toStart()
	}
	t.Refresh()
}

// show puts the current part into the entry.
func (t *TextArea) show() {
	if t.pages == nil {
		t.entry.put(t.whole)
		t.pager.Hide()
		return
	}
	t.entry.put(t.pages.list[t.pages.at])
	t.where.SetText(t.words.T("kit.textarea.page",
		"Page", t.words.Number(int64(t.pages.at+1)), "Pages", t.words.Number(int64(len(t.pages.list)))))
	enable(t.back, t.pages.at > 0)
	enable(t.on, t.pages.at < len(t.pages.list)-1)
	t.pager.Show()
}

func enable(o fyne.Disableable, on bool) {
	if on {
		o.Enable()
		return
	}
	o.Disable()
}

// turn goes to another part: its start when going on, its end when going back.
func (t *TextArea) turn(by int) bool {
	if t.pages == nil || t.pages.at+by < 0 || t.pages.at+by >= len(t.pages.list) {
		return false
	}
	t.pages.at += by
	t.show()
	if by > 0 {
		t.toStart()
	} else {
		t.toEnd()
	}
	t.Refresh()
	return true
}

func (t *TextArea) toStart() {
	t.entry.CursorRow, t.entry.CursorColumn = 0, 0
	t.entry.Refresh()
}

func (t *TextArea) toEnd() {
	t.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
}

func (t *TextArea) inputFocus(gained bool) {
	t.ring.focused = gained
	t.Refresh()
	if gained {
		t.revealCursor()
	} else if t.OnFocusLost != nil {
		t.OnFocusLost()
	}
}

// revealCursor scrolls the page to the line that is being written.
func (t *TextArea) revealCursor() {
	if !t.ring.focused {
		return
	}
	at := t.entry.CursorPosition()
	if s := t.entry.innerScroll(); s != nil {
		at = at.Subtract(s.Offset)
	}
	reveal(t.entry, at, fyne.NewSize(2, t.rowHeight()))
}

func (t *TextArea) inputKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyEscape {
		return forwardKey(t, ev)
	}
	if t.pages == nil || t.Disabled() {
		return false
	}
	at, length := t.entry.CursorTextOffset(), utf8.RuneCountInString(t.entry.Text)
	switch ev.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		return at == 0 && t.turn(-1)
	case fyne.KeyRight, fyne.KeyDown:
		return at == length && t.turn(1)
	case fyne.KeyBackspace:
		// Over the edge of a part: the key then works at the end of the one before.
		if at == 0 && t.entry.SelectedText() == "" {
			t.turn(-1)
		}
	case fyne.KeyDelete:
		if at == length && t.entry.SelectedText() == "" {
			t.turn(1)
		}
	}
	return false
}

// inputPaste takes long text in without handing it to Fyne's entry, which would
// lay out all of it.
func (t *TextArea) inputPaste(text string) (string, bool) {
	if t.pages == nil && !tooLong(t.whole+text) || t.pages != nil && !tooLong(t.entry.Text+text) {
		return text, false
	}
	if t.entry.SelectedText() != "" {
		t.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	at := byteOffset(t.entry.Text, t.entry.CursorTextOffset())
	if t.pages != nil {
		at += t.pages.offset()
	}
	t.whole = t.whole[:at] + text + t.whole[at:]
	t.repage(at + len(text))
	t.changed()
	return "", true
}

// inputShortcut makes Ctrl+Enter what Enter is elsewhere, and Ctrl+PgUp and
// Ctrl+PgDn turn the parts.
func (t *TextArea) inputShortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierControl {
		return false
	}
	switch c.KeyName {
	case fyne.KeyReturn, fyne.KeyEnter:
		return forwardKey(t, &fyne.KeyEvent{Name: fyne.KeyReturn})
	case fyne.KeyPageUp:
		return t.turn(-1)
	case fyne.KeyPageDown:
		return t.turn(1)
	}
	return false
}

func (t *TextArea) inputLabel() string {
	if t.field != nil {
		return t.field.AccessibilityLabel()
	}
	return t.entry.PlaceHolder
}

func (t *TextArea) rowHeight() float32 {
	return fyne.MeasureText("Åg", theme.Size(fynetheme.SizeNameText), fyne.TextStyle{}).Height
}

// CreateRenderer implements fyne.Widget.
func (t *TextArea) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return newDrawnRenderer(t)
}

func (t *TextArea) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{t.ring.rect, t.face, t.entry, t.wheel, t.pager}
}

func (t *TextArea) paint() {
	paintFrame(t.face, t.entry.Disabled(), false)
	t.ring.paint()
}

func (t *TextArea) pagerHeight() float32 {
	if !t.pager.Visible() {
		return 0
	}
	return heightOf(t.pager, t.Size().Width) + theme.Size(theme.SizeNameGapSmall)
}

// pagerLayout puts two buttons beside each other and gives the text the rest.
type pagerLayout struct{}

func (l *pagerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var x float32
	for i, o := range objects {
		min := o.MinSize()
		if i == len(objects)-1 {
			min.Width = size.Width - x
			min.Height = heightOf(o, min.Width)
		}
		o.Move(fyne.NewPos(x, (size.Height-min.Height)/2))
		o.Resize(min)
		x += min.Width + theme.Size(theme.SizeNameGapSmall)
	}
}

func (l *pagerLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, objects[0].MinSize().Height)
}

func (l *pagerLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	text := width
	for _, o := range objects[:len(objects)-1] {
		text -= o.MinSize().Width + theme.Size(theme.SizeNameGapSmall)
	}
	return max(objects[0].MinSize().Height, heightOf(objects[len(objects)-1], text))
}

func (t *TextArea) heightFor(width float32) float32 {
	if t.entry.Size().Width != width {
		t.entry.Resize(fyne.NewSize(width, max(t.entry.Size().Height, t.rowHeight())))
	}
	row, pad := t.rowHeight(), 2*theme.Size(fynetheme.SizeNameInnerPadding)
	needed := row
	if s := t.entry.innerScroll(); s != nil && s.Content != nil {
		needed = s.Content.MinSize().Height
	}
	return min(max(needed+2*theme.Size(fynetheme.SizeNameInputBorder)+1, row*float32(t.minRows)+pad), row*float32(t.maxRows)+pad) + t.pagerHeight()
}

func (t *TextArea) least() fyne.Size {
	width := t.Size().Width
	if width == 0 {
		width = 120
	}
	return fyne.NewSize(120, t.heightFor(width))
}

func (t *TextArea) arrange(size fyne.Size) {
	text := fyne.NewSize(size.Width, size.Height-t.pagerHeight())
	grown := t.entry.Size() != text
	t.face.Resize(text)
	t.ring.around(fyne.Position{}, text)
	t.entry.Resize(text)
	t.wheel.Resize(text)
	t.pager.Move(fyne.NewPos(0, text.Height+theme.Size(theme.SizeNameGapSmall)))
	t.pager.Resize(fyne.NewSize(size.Width, t.pagerHeight()))
	if grown {
		t.revealCursor()
	}
}
