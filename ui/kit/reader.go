package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Reader scrolls what is only read. It takes the focus, so that the keyboard can
// scroll: arrows, PgUp, PgDn, Space, Home and End.
type Reader struct {
	widget.BaseWidget

	OnLetter func(letter rune) // the letters that are typed; nil passes them over

	label  string
	scroll *container.Scroll
	ring   *focusRing
}

var (
	_ drawn           = (*Reader)(nil)
	_ fyne.Focusable  = (*Reader)(nil)
	_ fyne.Accessible = (*Reader)(nil)
	_ Control         = (*Reader)(nil)
)

// NewReader makes a reader. label tells screen readers what is read.
func NewReader(label string, content fyne.CanvasObject) *Reader {
	r := &Reader{label: label, ring: newFocusRing(true)}
	r.scroll = container.NewVScroll(inReader(content))
	r.ExtendBaseWidget(r)
	return r
}

// readerRoom is what stands between the ring and the content.
const readerRoom = 8

func inReader(content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&paddedLayout{left: readerRoom, top: readerRoom, right: readerRoom + barRoom, bottom: readerRoom}, content)
}

// SetContent shows something else, from its top.
func (r *Reader) SetContent(label string, content fyne.CanvasObject) {
	r.label = label
	r.scroll.Content = inReader(content)
	r.scroll.ScrollToTop()
	r.Refresh()
	settleFocusAround(r)
}

// FocusTarget is what takes the focus.
func (r *Reader) FocusTarget() fyne.Focusable { return r }

// Tapped takes the focus.
func (r *Reader) Tapped(*fyne.PointEvent) { focus(r) }

// TypedRune hands the letter on.
func (r *Reader) TypedRune(letter rune) {
	if r.OnLetter != nil {
		r.OnLetter(letter)
	}
}

// TypedKey scrolls.
func (r *Reader) TypedKey(ev *fyne.KeyEvent) {
	line, page := float32(40), r.scroll.Size().Height*0.9
	end := r.scroll.Content.MinSize().Height
	switch ev.Name {
	case fyne.KeyUp:
		r.by(-line)
	case fyne.KeyDown:
		r.by(line)
	case fyne.KeyPageUp:
		r.by(-page)
	case fyne.KeyPageDown, fyne.KeySpace:
		r.by(page)
	case fyne.KeyHome:
		r.by(-end)
	case fyne.KeyEnd:
		r.by(end)
	default:
		forwardKey(r, ev)
	}
}

func (r *Reader) by(dy float32) {
	most := max(r.scroll.Content.MinSize().Height-r.scroll.Size().Height, 0)
	r.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(r.scroll.Offset.Y+dy, most))))
}

// FocusGained shows the ring.
func (r *Reader) FocusGained() {
	r.ring.focused = true
	r.Refresh()
}

// FocusLost hides the ring.
func (r *Reader) FocusLost() {
	r.ring.focused = false
	r.Refresh()
}

// AccessibilityLabel is the name of what is read.
func (r *Reader) AccessibilityLabel() string { return r.label }

// AccessibilityRole is a container.
func (r *Reader) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements fyne.Widget.
func (r *Reader) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	return newDrawnRenderer(r)
}

func (r *Reader) parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.scroll, r.ring.rect} }

func (r *Reader) paint() {
	r.scroll.Refresh()
	r.ring.paint()
}

func (r *Reader) arrange(size fyne.Size) {
	r.scroll.Resize(size)
	r.ring.around(fyne.Position{}, size)
}

func (r *Reader) least() fyne.Size { return r.scroll.MinSize() }

// NewDefinition puts a name and what it means beside each other, or under each other
// where that would be too narrow to read.
func NewDefinition(name, meaning fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&definitionLayout{}, name, meaning)
}

// definitionLayout gives the name a good third.
type definitionLayout struct{ laid float32 }

// columns are the widths of the two; ok is false when they go under each other.
func (definitionLayout) columns(width float32) (name, meaning float32, ok bool) {
	name = width * 0.38
	return name, width - name - theme.Size(theme.SizeNameGroup), width >= 32*theme.Size(fynetheme.SizeNameText)
}

func (l *definitionLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	name, meaning, beside := l.columns(size.Width)
	if !beside {
		high := heightOf(objects[0], size.Width)
		objects[0].Resize(fyne.NewSize(size.Width, high))
		objects[0].Move(fyne.Position{})
		objects[1].Move(fyne.NewPos(0, high))
		objects[1].Resize(fyne.NewSize(size.Width, heightOf(objects[1], size.Width)))
		return
	}
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(name, heightOf(objects[0], name)))
	objects[1].Move(fyne.NewPos(size.Width-meaning, 0))
	objects[1].Resize(fyne.NewSize(meaning, heightOf(objects[1], meaning)))
}

func (l *definitionLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := max(objects[0].MinSize().Width, objects[1].MinSize().Width)
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *definitionLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	name, meaning, beside := l.columns(width)
	if !beside {
		return heightOf(objects[0], width) + heightOf(objects[1], width)
	}
	return max(heightOf(objects[0], name), heightOf(objects[1], meaning))
}

// NewItem is a line of a list: a mark, and beside it text that breaks.
func NewItem(mark string, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&itemLayout{}, NewText(mark), content)
}

// itemLayout keeps the content clear of the mark.
type itemLayout struct{ laid float32 }

func (itemLayout) indent() float32 { return 1.6 * theme.Size(fynetheme.SizeNameText) }

func (l *itemLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.laid = size.Width
	objects[0].Resize(fyne.NewSize(l.indent(), size.Height))
	objects[1].Move(fyne.NewPos(l.indent(), 0))
	objects[1].Resize(fyne.NewSize(size.Width-l.indent(), size.Height))
}

func (l *itemLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[1].MinSize().Width + l.indent()
	return fyne.NewSize(width, l.heightFor(objects, max(l.laid, width)))
}

func (l *itemLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightOf(objects[1], width-l.indent())
}
