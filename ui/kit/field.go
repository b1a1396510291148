package kit

import (
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Control is what can stand in a Field.
type Control interface {
	fyne.CanvasObject
	// FocusTarget is the part that takes the focus.
	FocusTarget() fyne.Focusable
}

// attacher is a control that tells its field about its text and its errors.
type attacher interface{ attach(*Field) }

// FieldNote is a finding that is shown under a field.
type FieldNote struct {
	Severity        Severity
	Message, Remedy string
}

// FieldOptions say what stands round a control.
type FieldOptions struct {
	Label    string
	Hint     string
	Source   string // where the demand comes from; shown after the hint
	Required bool

	// Counter counts the text for the number beside the label; nil counts
	// characters. Without Max and Suggested there is no number unless
	// AlwaysCount is set.
	Counter     func(string) int
	Max         int // more is an error
	Suggested   int // more is worth mending; used when Max is 0
	AlwaysCount bool

	// OnHistory shows a button for the history of the field.
	OnHistory func()
}

// Field is a label, a control under it, and under that a line for the hint or
// the error. The line's room is kept, so that nothing jumps when an error comes.
type Field struct {
	widget.BaseWidget

	words   *lang.Printer
	options FieldOptions
	control fyne.CanvasObject
	problem string

	label   *Text
	counter *canvas.Text
	tone    fyne.ThemeColorName // of the counter
	hint    *Text
	err     *SeverityLine
	notes   []*SeverityLine
	history *Button // nil without OnHistory
}

var _ drawn = (*Field)(nil)

// NewField puts a label, a hint and room for errors round a control.
func NewField(words *lang.Printer, options FieldOptions, control fyne.CanvasObject) *Field {
	f := &Field{
		words: words, options: options, control: control,
		label:   newText("", fynetheme.ColorNameForeground, theme.SizeNameLabel, true),
		counter: &canvas.Text{}, tone: theme.ColorNameQuiet,
		hint: NewQuietText(""),
		err:  NewMarkedLine(words, Stop, ""),
	}
	f.err.Hide()
	if options.OnHistory != nil {
		f.history = NewIconButton(fynetheme.HistoryIcon(), words.T("kit.field.history"), options.OnHistory)
	}
	f.ExtendBaseWidget(f)
	f.write()
	if a, ok := control.(attacher); ok {
		a.attach(f)
	}
	return f
}

// Control is what stands in the field.
func (f *Field) Control() fyne.CanvasObject { return f.control }

// SetLabel changes the label.
func (f *Field) SetLabel(text string) {
	f.options.Label = text
	f.write()
	f.Refresh()
}

// SetRequired shows or hides the required mark.
func (f *Field) SetRequired(required bool) {
	f.options.Required = required
	f.write()
	f.Refresh()
}

// SetHint changes the line under the control.
func (f *Field) SetHint(text string) {
	f.options.Hint = text
	f.write()
	f.Refresh()
}

// SetSource changes where the demand comes from.
func (f *Field) SetSource(text string) {
	f.options.Source = text
	f.write()
	f.Refresh()
}

// SetError shows a sentence in place of the hint; "" takes it away.
func (f *Field) SetError(sentence string) {
	if f.problem == sentence {
		return
	}
	f.problem = sentence
	f.err.Hidden = sentence == ""
	f.hint.Hidden = sentence != ""
	if sentence != "" {
		f.err.Set(Stop, sentence)
	}
	f.Refresh()
}

// Error is the sentence that is shown, or "".
func (f *Field) Error() string { return f.problem }

// SetCount shows a number for controls that do not report their text: n of max,
// or of suggested when max is 0.
func (f *Field) SetCount(n, max, suggested int) {
	f.counter.Text, f.tone = f.count(n, max, suggested)
	f.paint()
	if f.Size().Width > 0 {
		f.arrangeHead(f.Size())
	}
}

func (f *Field) count(n, limit, suggested int) (string, fyne.ThemeColorName) {
	number := func(i int) string { return f.words.Number(int64(i)) }
	color := theme.ColorNameQuiet
	top := limit
	if top == 0 {
		top = suggested
	}
	if top == 0 {
		return f.words.N("kit.field.characters", n), color
	}
	text := number(n) + " / " + number(top)
	switch {
	case n > top && limit > 0:
		return f.words.N("kit.field.over", n-top, "Text", text), theme.ColorNameStop
	case n > top:
		return f.words.N("kit.field.overSuggested", n-top, "Text", text), theme.ColorNameMend
	case n*10 >= top*9:
		return f.words.N("kit.field.left", top-n, "Text", text), theme.ColorNameMend
	}
	return text, color
}

// SetFindings shows what a check found about this field, under it.
func (f *Field) SetFindings(notes []FieldNote) {
	f.notes = f.notes[:0:0]
	for _, n := range notes {
		text := n.Message
		if n.Remedy != "" {
			text += " " + n.Remedy
		}
		f.notes = append(f.notes, NewSeverityLine(f.words, n.Severity, text))
	}
	f.Refresh()
}

// FocusControl gives the control the focus and brings it into sight.
func (f *Field) FocusControl() {
	if c, ok := f.control.(Control); ok {
		focusAndShow(c.FocusTarget(), f)
	}
}

// FocusOn gives a control the focus and brings what it stands in into sight, or
// as much of it as there is room for.
func FocusOn(c Control, around fyne.CanvasObject) { focusAndShow(c.FocusTarget(), around) }

func focusAndShow(target fyne.Focusable, whole fyne.CanvasObject) {
	focus(target)
	if on := canvasOf(whole); on != nil {
		// A page that was built just now finds its places at the next frame.
		runnerOf(on).After(afterLayout, func() { reveal(whole, fyne.Position{}, whole.Size()) })
	}
}

// afterLayout is long enough for a new page to be laid out.
const afterLayout = 60 * time.Millisecond

// FocusTarget is the control's part that takes the focus, or nil.
func (f *Field) FocusTarget() fyne.Focusable {
	if c, ok := f.control.(Control); ok {
		return c.FocusTarget()
	}
	return nil
}

// Tapped on the label focuses the control.
func (f *Field) Tapped(ev *fyne.PointEvent) {
	if ev.Position.Y < f.control.Position().Y {
		f.FocusControl()
	}
}

// textChanged is called by the control.
func (f *Field) textChanged(text string) {
	if f.options.Max == 0 && f.options.Suggested == 0 && !f.options.AlwaysCount {
		return
	}
	count := utf8.RuneCountInString
	if f.options.Counter != nil {
		count = f.options.Counter
	}
	f.SetCount(count(text), f.options.Max, f.options.Suggested)
}

func (f *Field) write() {
	label := f.options.Label
	if f.options.Required {
		label += " *"
	}
	f.label.SetText(label)
	hint := f.options.Hint
	if f.options.Source != "" {
		if hint != "" {
			hint += " "
		}
		hint += f.words.T("kit.field.source", "Source", f.options.Source)
	}
	f.hint.SetText(hint)
}

// AccessibilityLabel is the label, and the error when there is one.
func (f *Field) AccessibilityLabel() string {
	if f.problem != "" {
		return f.label.text + ". " + f.problem
	}
	return f.label.text
}

// AccessibilityRole is a container.
func (f *Field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	return newDrawnRenderer(f)
}

func (f *Field) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{f.label, f.counter, f.control}
	if f.history != nil {
		parts = append(parts, f.history)
	}
	parts = append(parts, f.hint, f.err)
	for _, n := range f.notes {
		parts = append(parts, n)
	}
	return parts
}

func (f *Field) paint() {
	f.counter.Color, f.counter.TextSize = theme.Color(f.tone), theme.Size(theme.SizeNameLabel)
	f.counter.Refresh()
}

// head is the height of the label's row.
func (f *Field) head(width float32) float32 {
	height := f.label.heightFor(width - f.beside())
	if f.history != nil {
		height = max(height, f.history.MinSize().Height)
	}
	return height
}

// beside is the width of what stands to the right of the label.
func (f *Field) beside() float32 {
	var width float32
	if f.counter.Text != "" {
		width = f.counterSize().Width + theme.Size(theme.SizeNameGap)
	}
	if f.history != nil {
		width += f.history.MinSize().Width + theme.Size(theme.SizeNameGapSmall)
	}
	return width
}

// counterSize measures the counter with noughts for its figures, which are
// equally wide: Fyne then knows the size already, and a key press does not wait
// for a new measurement.
func (f *Field) counterSize() fyne.Size {
	figures := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, f.counter.Text)
	return fyne.MeasureText(figures, theme.Size(theme.SizeNameLabel), fyne.TextStyle{})
}

// below is the height of the line for the hint or the error.
func (f *Field) below(width float32) float32 {
	height := max(f.hint.heightFor(width), theme.Size(theme.SizeNameIcon))
	if f.problem != "" {
		height = max(height, f.err.heightFor(width))
	}
	return height
}

func (f *Field) heightFor(width float32) float32 {
	gap := theme.Size(theme.SizeNameGapSmall)
	height := f.head(width) + gap + heightOf(f.control, width) + gap + f.below(width)
	for _, n := range f.notes {
		height += gap + n.heightFor(width)
	}
	return height
}

func (f *Field) least() fyne.Size {
	width := max(f.control.MinSize().Width, 120)
	return fyne.NewSize(width, f.heightFor(max(f.Size().Width, width)))
}

func (f *Field) arrange(size fyne.Size) {
	gap := theme.Size(theme.SizeNameGapSmall)
	y := f.arrangeHead(size) + gap
	put := func(o fyne.CanvasObject, height float32) {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, height))
		y += height + gap
	}
	put(f.control, heightOf(f.control, size.Width))
	below := f.below(size.Width)
	f.err.Move(fyne.NewPos(0, y))
	f.err.Resize(fyne.NewSize(size.Width, below))
	put(f.hint, below)
	for _, n := range f.notes {
		put(n, n.heightFor(size.Width))
	}
}

// arrangeHead puts the label, the counter and the history button in place and
// gives the height of their row. It is all that a key press asks for.
func (f *Field) arrangeHead(size fyne.Size) float32 {
	gap := theme.Size(theme.SizeNameGapSmall)
	head := f.head(size.Width)
	right := size.Width
	if f.history != nil {
		min := f.history.MinSize()
		right -= min.Width
		f.history.Move(fyne.NewPos(right, (head-min.Height)/2))
		f.history.Resize(min)
		right -= gap
	}
	labelWidth := size.Width - f.beside()
	labelHeight := f.label.heightFor(labelWidth)
	f.label.Move(fyne.NewPos(0, head-labelHeight))
	f.label.Resize(fyne.NewSize(labelWidth, labelHeight))
	counter := f.counterSize()
	f.counter.Move(fyne.NewPos(right-counter.Width, head-counter.Height))
	f.counter.Resize(counter)
	return head
}
