package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Custom is what a dialog holds.
type Custom struct {
	Title   string
	Content fyne.CanvasObject
	// Verb is the text of the main button, a verb; "" for none.
	Verb string
	// OnVerb is called by the main button and by Enter. It tells whether the dialog
	// is to close; nil closes.
	OnVerb func() bool
	Danger bool // the verb cannot simply be undone; the focus begins on Cancel
	// Buttons stand to the left of the others.
	Buttons []*Button
	// CloseText is the text of the button that closes; "" is "Avbryt" beside a verb
	// and "Lukk" alone.
	CloseText string
	// Width and Height are wished for, at text size 1; 0 is 520 wide and as high as
	// the content. A dialog is never larger than the window; what is in it scrolls.
	Width, Height float32
	Focus         fyne.Focusable // gets the focus; nil is the first that can
	OnClosed      func(byVerb bool)
}

// Dialog covers the window until it is answered. Enter is its verb, Esc closes
// it, and the focus goes back to where it was.
type Dialog struct {
	widget.BaseWidget
	overlay

	custom  Custom
	veil    *canvas.Rectangle
	face    *canvas.Rectangle
	title   *Text
	scroll  *container.Scroll
	problem *SeverityLine
	cancel  *Button
	verb    *Button // nil without a verb
}

var (
	_ drawn    = (*Dialog)(nil)
	_ keyTaker = (*Dialog)(nil)
	_ tipHost  = (*Dialog)(nil)
)

// ShowCustom opens a dialog with any content; it scrolls when it is too large.
func ShowCustom(w fyne.Window, words *lang.Printer, custom Custom) *Dialog {
	d := &Dialog{custom: custom, veil: &canvas.Rectangle{}, face: &canvas.Rectangle{}}
	d.title = newText(custom.Title, fynetheme.ColorNameForeground, theme.SizeNameSection, true)
	d.scroll = NewScroll(custom.Content)
	d.problem = NewMarkedLine(words, Stop, "")
	d.problem.Hide()
	closeText := custom.CloseText
	if closeText == "" {
		closeText = words.T("kit.close")
		if custom.Verb != "" {
			closeText = words.T("kit.cancel")
		}
	}
	d.cancel = NewButton(closeText, d.Close)
	if custom.Verb != "" {
		d.verb = NewPrimaryButton(custom.Verb, d.onVerb)
		if custom.Danger {
			d.verb.look = Danger
		}
	}
	d.ExtendBaseWidget(d)
	d.prepare(w.Canvas(), d)
	d.show(d.firstFocus())
	return d
}

func (d *Dialog) firstFocus() fyne.Focusable {
	switch {
	case d.custom.Focus != nil:
		return d.custom.Focus
	case d.custom.Danger:
		return d.cancel
	}
	if f := firstFocusable(d.custom.Content); f != nil {
		return f
	}
	if d.verb != nil {
		return d.verb
	}
	return d.cancel
}

// firstFocusable is the first part of o, in reading order, that can take the
// focus.
func firstFocusable(o fyne.CanvasObject) fyne.Focusable {
	if o == nil || !o.Visible() {
		return nil
	}
	if f, ok := o.(fyne.Focusable); ok {
		if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
			return f
		}
	}
	for _, child := range childrenOf(o) {
		if f := firstFocusable(child); f != nil {
			return f
		}
	}
	return nil
}

// Close takes the dialog away without its verb.
func (d *Dialog) Close() { d.finish(false) }

func (d *Dialog) finish(byVerb bool) {
	if !d.open {
		return
	}
	d.hide()
	if d.custom.OnClosed != nil {
		d.custom.OnClosed(byVerb)
	}
}

// SetVerbEnabled locks or frees the main button.
func (d *Dialog) SetVerbEnabled(enabled bool) {
	if d.verb != nil {
		enable(d.verb, enabled)
	}
}

// SetVerb changes the text of the main button; "" takes it away until the next.
func (d *Dialog) SetVerb(text string) {
	if d.verb == nil {
		return
	}
	if d.verb.Hidden = text == ""; text != "" {
		d.verb.SetText(text)
	}
	d.Refresh()
}

// SetContent changes what the dialog holds.
func (d *Dialog) SetContent(content fyne.CanvasObject) {
	d.custom.Content = content
	d.scroll.Content = NewScroll(content).Content
	d.scroll.Refresh()
	d.Refresh()
	d.scroll.Refresh() // once more: only now the content knows its width, and so its height
	SettleFocus(d.canvas)
}

// Fit makes room for content whose height has changed, as when a field got
// something to say.
func (d *Dialog) Fit() {
	refreshAll(d.scroll.Content)
	d.scroll.Refresh()
	d.Refresh()
}

// SetProblem shows a sentence over the buttons; "" takes it away.
func (d *Dialog) SetProblem(sentence string) {
	d.problem.Hidden = sentence == ""
	d.problem.Set(Stop, sentence)
	d.Refresh()
}

func (d *Dialog) onVerb() {
	if d.verb == nil || d.verb.Disabled() || d.verb.Hidden {
		return
	}
	if d.custom.OnVerb == nil || d.custom.OnVerb() {
		d.finish(true)
	}
}

func (d *Dialog) takeKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		d.Close()
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if d.verb != nil {
			d.onVerb()
		} else {
			d.Close()
		}
		return true
	}
	return d.scrollKey(ev.Name)
}

// scrollKey moves what does not fit: text has no focus that could do it.
func (d *Dialog) scrollKey(name fyne.KeyName) bool {
	page := d.scroll.Size().Height * 0.9
	var by float32
	switch name {
	case fyne.KeyUp:
		by = -40
	case fyne.KeyDown:
		by = 40
	case fyne.KeyPageUp:
		by = -page
	case fyne.KeyPageDown:
		by = page
	case fyne.KeyHome:
		by = -1 << 20
	case fyne.KeyEnd:
		by = 1 << 20
	default:
		return false
	}
	most := max(d.scroll.Content.MinSize().Height-d.scroll.Size().Height, 0)
	d.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(d.scroll.Offset.Y+by, most))))
	return true
}

// Tapped keeps clicks beside the dialog from doing anything.
func (d *Dialog) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	d.ExtendBaseWidget(d)
	return newDrawnRenderer(d)
}

func (d *Dialog) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{d.veil, d.face, d.title, d.scroll, d.problem}
	for _, b := range d.custom.Buttons {
		parts = append(parts, b)
	}
	parts = append(parts, d.cancel)
	if d.verb != nil {
		parts = append(parts, d.verb)
	}
	return append(parts, d.tips.box)
}

func (d *Dialog) paint() {
	d.veil.FillColor = theme.Color(fynetheme.ColorNameShadow)
	d.veil.Refresh()
	paintPaper(d.face)
}

func (d *Dialog) least() fyne.Size { return fyne.Size{} }

func (d *Dialog) arrange(size fyne.Size) {
	const edge = 16
	pad, gap := theme.Size(theme.SizeNamePage), theme.Size(theme.SizeNameGroup)
	scale := theme.Size(fynetheme.SizeNameText) / 14
	wish := d.custom.Width
	if wish == 0 {
		wish = 520
	}
	width := min(wish*scale, size.Width-2*edge)
	inner := width - 2*pad

	title := d.title.heightFor(inner)
	problem := float32(0)
	if d.problem.Visible() {
		problem = d.problem.heightFor(inner) + gap
	}
	buttons := d.cancel.MinSize().Height
	around := 2*pad + title + gap + problem + gap + buttons
	body := heightOf(d.scroll.Content, inner+2*ringRoom+barRoom)
	if d.custom.Height > 0 {
		body = d.custom.Height*scale - around
	}
	body = max(min(body, size.Height-2*edge-around), 40)
	height := around + body

	x, y := (size.Width-width)/2, max((size.Height-height)/2, 0)
	d.veil.Resize(size)
	d.face.Move(fyne.NewPos(x, y))
	d.face.Resize(fyne.NewSize(width, height))
	put := func(o fyne.CanvasObject, high float32) {
		o.Move(fyne.NewPos(x+pad, y))
		o.Resize(fyne.NewSize(inner, high))
	}
	y += pad
	put(d.title, title)
	y += title + gap
	d.scroll.Move(fyne.NewPos(x+pad-ringRoom, y-ringRoom))
	d.scroll.Resize(fyne.NewSize(inner+2*ringRoom+barRoom, body+2*ringRoom))
	y += body + gap
	if problem > 0 {
		put(d.problem, problem-gap)
		y += problem
	}
	d.arrangeButtons(x+pad, x+width-pad, y)
}

func (d *Dialog) arrangeButtons(left, right, y float32) {
	gap := theme.Size(theme.SizeNameGap)
	place := func(b *Button) {
		min := b.MinSize()
		right -= min.Width
		b.Move(fyne.NewPos(right, y))
		b.Resize(min)
		right -= gap
	}
	if d.verb != nil && d.verb.Visible() {
		place(d.verb)
	}
	place(d.cancel)
	for _, b := range d.custom.Buttons {
		min := b.MinSize()
		b.Move(fyne.NewPos(left, y))
		b.Resize(min)
		left += min.Width + gap
	}
}
