package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// inputOwner is the field that an inputEntry types into.
type inputOwner interface {
	drawn
	inputChanged(text string)
	inputFocus(gained bool)
	// inputKey sees each key first and tells whether it has used it.
	inputKey(*fyne.KeyEvent) bool
	// inputPaste sees pasted text first: it gives back what is to be pasted, or
	// tells that it has used the text itself.
	inputPaste(text string) (paste string, used bool)
	inputShortcut(fyne.Shortcut) bool
	inputLabel() string
}

// inputEntry is Fyne's entry without its frame: the owner draws that. Tab goes
// on to the next field.
type inputEntry struct {
	widget.Entry
	owner  inputOwner
	silent bool // while the program itself changes the text
	tabs   bool // the owner takes Tab

	renderer fyne.WidgetRenderer
}

var (
	_ fyne.Tabbable   = (*inputEntry)(nil)
	_ fyne.Accessible = (*inputEntry)(nil)
)

func newInputEntry(owner inputOwner, multiLine bool) *inputEntry {
	e := &inputEntry{owner: owner}
	e.MultiLine = multiLine
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	if multiLine {
		e.Wrapping = fyne.TextWrapWord
	}
	e.ExtendBaseWidget(e)
	e.OnChanged = e.changed
	return e
}

func (e *inputEntry) changed(text string) {
	if !e.silent {
		e.owner.inputChanged(text)
	}
}

// put changes the text without telling the owner. An equal text changes
// nothing, so that the undo of the typing is kept.
func (e *inputEntry) put(text string) {
	if e.Text == text {
		return
	}
	e.silent = true
	e.SetText(text)
	e.silent = false
}

// AcceptsTab lets Tab move on, in long text too, unless the owner takes it.
func (e *inputEntry) AcceptsTab() bool { return e.tabs }

// TypedKey lets the owner have each key first.
func (e *inputEntry) TypedKey(ev *fyne.KeyEvent) {
	if !e.owner.inputKey(ev) {
		e.Entry.TypedKey(ev)
	}
}

// TypedShortcut lets the owner have pasted text and shortcuts of its own first.
func (e *inputEntry) TypedShortcut(s fyne.Shortcut) {
	if e.owner.inputShortcut(s) {
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && c.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierShortcutDefault {
		// Fyne's entry goes to the beginning and the end of the text with these.
		switch c.KeyName {
		case fyne.KeyHome:
			e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
			return
		case fyne.KeyEnd:
			e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
			return
		}
	}
	if paste, ok := s.(*fyne.ShortcutPaste); ok {
		if e.Disabled() {
			return
		}
		text, used := e.owner.inputPaste(paste.Clipboard.Content())
		if used {
			return
		}
		s = &fyne.ShortcutPaste{Clipboard: pasted(text)}
	}
	e.Entry.TypedShortcut(s)
}

// pasted is a clipboard that holds text on its way into an entry.
type pasted string

func (p pasted) Content() string { return string(p) }

func (p pasted) SetContent(string) {}

// FocusGained tells the owner.
func (e *inputEntry) FocusGained() {
	e.Entry.FocusGained()
	e.owner.inputFocus(true)
}

// FocusLost tells the owner.
func (e *inputEntry) FocusLost() {
	e.Entry.FocusLost()
	e.owner.inputFocus(false)
}

// AccessibilityLabel is the label of the field.
func (e *inputEntry) AccessibilityLabel() string { return e.owner.inputLabel() }

// AccessibilityRole is text, the nearest that Fyne has.
func (e *inputEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer hides the frame that Fyne draws.
func (e *inputEntry) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	r := e.Entry.CreateRenderer()
	for _, o := range r.Objects()[:2] { // face and border
		o.Hide()
	}
	e.renderer = r
	return r
}

// innerScroll is the scroll area inside Fyne's entry; nil before it is drawn.
func (e *inputEntry) innerScroll() *container.Scroll {
	if e.renderer == nil {
		return nil
	}
	for _, o := range e.renderer.Objects() {
		if s, ok := o.(*container.Scroll); ok {
			return s
		}
	}
	return nil
}

// wheel lies over a long text and hands the mouse wheel to the text when it can
// move that way, else to the page. Fyne's entry alone would swallow it.
type wheel struct {
	widget.BaseWidget
	inner func() *container.Scroll
}

var (
	_ fyne.Scrollable    = (*wheel)(nil)
	_ desktop.Cursorable = (*inputEntry)(nil)
)

func newWheel(inner func() *container.Scroll) *wheel {
	w := &wheel{inner: inner}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer implements fyne.Widget; there is nothing to see.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// Scrolled moves the text, or the page.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	if s := w.inner(); s != nil && canScroll(s, ev.Scrolled.DY) {
		s.Scrolled(ev)
		return
	}
	scrolls := scrollsAbove(w)
	for i := len(scrolls) - 1; i >= 0; i-- {
		if canScroll(scrolls[i], ev.Scrolled.DY) {
			scrolls[i].Scrolled(ev)
			return
		}
	}
}

// canScroll tells whether s has more to show upwards (dy > 0) or downwards.
func canScroll(s *container.Scroll, dy float32) bool {
	if s.Content == nil {
		return false
	}
	if dy > 0 {
		return s.Offset.Y > 0
	}
	return s.Offset.Y+s.Size().Height < s.Content.MinSize().Height-0.5
}
