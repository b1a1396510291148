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

// StepMark is how far a step has come. The shapes differ, not only the colours.
type StepMark int

// The marks.
const (
	StepOpen  StepMark = iota // a ring
	StepDone                  // a check mark
	StepAgain                 // a warning: done before, and changed since
	StepNone                  // nothing: there is nothing to do
)

// Step is a line of a StepList.
type Step struct {
	ID, Label string
	Mark      StepMark
	Note      string // in quiet text to the right
	State     string // the mark in words, for screen readers
}

// StepGroup is steps under a title; "" has none.
type StepGroup struct {
	Label string
	Steps []Step
}

// StepList is a list of steps to work through. It is one stop for Tab: the arrow
// keys, Home, End, PgUp and PgDn choose, Enter and Ctrl+C do the step, Space
// ticks it. SetGroups and Select call none of its functions.
type StepList struct {
	widget.BaseWidget

	OnSelected func(id string)
	OnDone     func(id string) // Enter or Ctrl+C
	OnTicked   func(id string) // Space

	rows  []stepRow
	at    int // -1 when there is no step
	over  int
	ring  *focusRing
	bar   *canvas.Rectangle
	shade *canvas.Rectangle
	lines []*stepLine
}

// stepRow is a step, or the title of a group.
type stepRow struct {
	step  Step
	title string
}

func (r *stepRow) isTitle() bool { return r.step.ID == "" }

type stepLine struct {
	icon        *canvas.Image
	label, note *canvas.Text
}

var (
	_ drawn             = (*StepList)(nil)
	_ Control           = (*StepList)(nil)
	_ fyne.Focusable    = (*StepList)(nil)
	_ fyne.Shortcutable = (*StepList)(nil)
	_ fyne.Tappable     = (*StepList)(nil)
	_ desktop.Hoverable = (*StepList)(nil)
)

// NewStepList makes an empty list.
func NewStepList() *StepList {
	l := &StepList{at: -1, over: -1, ring: newFocusRing(true), bar: &canvas.Rectangle{}, shade: &canvas.Rectangle{}}
	l.ExtendBaseWidget(l)
	return l
}

// SetGroups changes the steps. The chosen one stays if it is still there.
func (l *StepList) SetGroups(groups []StepGroup) {
	chosen := l.Selected()
	l.rows, l.at, l.over = nil, -1, -1
	for _, g := range groups {
		if g.Label != "" {
			l.rows = append(l.rows, stepRow{title: g.Label})
		}
		for _, s := range g.Steps {
			if s.ID == chosen {
				l.at = len(l.rows)
			}
			l.rows = append(l.rows, stepRow{step: s})
		}
	}
	if l.at < 0 {
		l.at = l.next(-1, 1)
	}
	l.Refresh()
}

// Selected is the ID of the chosen step, "" for none.
func (l *StepList) Selected() string {
	if l.at < 0 || l.at >= len(l.rows) {
		return ""
	}
	return l.rows[l.at].step.ID
}

// Select chooses a step and brings it into sight; an unknown ID changes nothing.
func (l *StepList) Select(id string) {
	for i := range l.rows {
		if id != "" && l.rows[i].step.ID == id {
			l.at = i
			l.Refresh()
			l.show()
		}
	}
}

// next is the nearest step from a line on, or the line itself at the end.
func (l *StepList) next(from, by int) int {
	for i := from + by; i >= 0 && i < len(l.rows); i += by {
		if !l.rows[i].isTitle() {
			return i
		}
	}
	if from < 0 || from >= len(l.rows) || l.rows[from].isTitle() {
		return -1
	}
	return from
}

func (l *StepList) show() {
	top, high := l.rowTop(l.at), l.rowHeight()
	if l.at > 0 && l.rows[l.at-1].isTitle() { // the title is seen with its first step
		top, high = l.rowTop(l.at-1), high+l.rowTop(l.at)-l.rowTop(l.at-1)
	}
	reveal(l, fyne.NewPos(0, top), fyne.NewSize(10, high))
}

// choose is a choice by the person.
func (l *StepList) choose(at int) {
	if at < 0 || at >= len(l.rows) || l.rows[at].isTitle() {
		return
	}
	changed := at != l.at
	l.at = at
	l.Refresh()
	l.show()
	if changed && l.OnSelected != nil {
		l.OnSelected(l.Selected())
	}
}

func (l *StepList) done() {
	if id := l.Selected(); id != "" && l.OnDone != nil {
		l.OnDone(id)
	}
}

// TypedKey chooses, does and ticks.
func (l *StepList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		l.choose(l.next(l.at, -1))
	case fyne.KeyDown:
		l.choose(l.next(l.at, 1))
	case fyne.KeyHome:
		l.choose(l.next(-1, 1))
	case fyne.KeyEnd:
		l.choose(l.next(len(l.rows), -1))
	case fyne.KeyPageUp:
		l.page(-1)
	case fyne.KeyPageDown:
		l.page(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.done()
	case fyne.KeySpace:
		if id := l.Selected(); id != "" && l.OnTicked != nil {
			l.OnTicked(id)
		}
	default:
		forwardKey(l, ev)
	}
}

func (l *StepList) page(by int) {
	at := l.at
	for range 8 {
		at = l.next(at, by)
	}
	l.choose(at)
}

// TypedRune implements fyne.Focusable.
func (l *StepList) TypedRune(rune) {}

// TypedShortcut makes Ctrl+C do the step.
func (l *StepList) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutCopy); ok {
		l.done()
	}
}

// Tapped chooses the step under the mouse.
func (l *StepList) Tapped(ev *fyne.PointEvent) {
	focus(l)
	l.choose(l.hit(ev.Position))
}

func (l *StepList) hit(pos fyne.Position) int {
	for i := range l.rows {
		if top := l.rowTop(i); pos.Y >= top && pos.Y < top+l.rowHeight() {
			return i
		}
	}
	return -1
}

// FocusGained shows the ring.
func (l *StepList) FocusGained() {
	l.ring.focused = true
	l.Refresh()
}

// FocusLost hides the ring.
func (l *StepList) FocusLost() {
	l.ring.focused = false
	l.Refresh()
}

// FocusTarget is what takes the focus.
func (l *StepList) FocusTarget() fyne.Focusable { return l }

// MouseIn implements desktop.Hoverable.
func (l *StepList) MouseIn(ev *desktop.MouseEvent) { l.MouseMoved(ev) }

// MouseMoved lights a step up.
func (l *StepList) MouseMoved(ev *desktop.MouseEvent) {
	over := l.hit(ev.Position)
	if over >= 0 && l.rows[over].isTitle() {
		over = -1
	}
	if over != l.over {
		l.over = over
		l.Refresh()
	}
}

// MouseOut puts the light out.
func (l *StepList) MouseOut() {
	l.over = -1
	l.Refresh()
}

// AccessibilityLabel is the chosen step and how far it has come.
func (l *StepList) AccessibilityLabel() string {
	if l.Selected() == "" {
		return ""
	}
	s := l.rows[l.at].step
	return lang.Joined(", ", s.Label, s.State, s.Note)
}

// AccessibilityRole is button, the nearest that Fyne has.
func (l *StepList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (l *StepList) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return newDrawnRenderer(l)
}

func (l *StepList) rowHeight() float32 { return theme.Size(theme.SizeNameTarget) + 6 }

// rowTop is where a line begins; a title stands a little under what is above.
func (l *StepList) rowTop(i int) float32 {
	var y float32
	for n := 0; n <= i && n < len(l.rows); n++ {
		if n > 0 {
			y += l.rowHeight()
			if l.rows[n].isTitle() {
				y += theme.Size(theme.SizeNameGap)
			}
		}
	}
	return y
}

func (l *StepList) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{l.bar, l.shade}
	for _, line := range l.lines {
		parts = append(parts, line.icon, line.label, line.note)
	}
	return append(parts, l.ring.rect)
}

// look is the icon and the colour of a mark.
func (m StepMark) look() (fyne.Resource, fyne.ThemeColorName) {
	switch m {
	case StepDone:
		return fynetheme.ConfirmIcon(), theme.ColorNameFine
	case StepAgain:
		return fynetheme.WarningIcon(), theme.ColorNameMend
	}
	return fynetheme.RadioButtonIcon(), theme.ColorNameQuiet
}

func (l *StepList) paint() {
	for len(l.lines) < len(l.rows) {
		l.lines = append(l.lines, &stepLine{icon: &canvas.Image{FillMode: canvas.ImageFillContain}, label: &canvas.Text{}, note: &canvas.Text{}})
	}
	l.lines = l.lines[:len(l.rows)]
	l.bar.FillColor, l.bar.CornerRadius = theme.Color(theme.ColorNameSelectedRow), theme.Size(theme.SizeNameRadius)
	l.bar.Hidden = l.at < 0
	l.shade.FillColor, l.shade.CornerRadius = theme.Color(theme.ColorNameHoverRow), theme.Size(theme.SizeNameRadius)
	l.shade.Hidden = l.over < 0 || l.over == l.at
	for i := range l.rows {
		l.paintLine(i)
	}
	l.bar.Refresh()
	l.shade.Refresh()
	l.ring.paint()
}

func (l *StepList) paintLine(i int) {
	row, line := &l.rows[i], l.lines[i]
	icon, tone := row.step.Mark.look()
	line.icon.Hidden = row.isTitle() || row.step.Mark == StepNone
	line.icon.Resource = fynetheme.NewColoredResource(icon, tone)
	line.icon.Refresh()
	line.label.TextSize, line.label.TextStyle.Bold = theme.Size(fynetheme.SizeNameText), i == l.at
	line.label.Color = theme.Color(fynetheme.ColorNameForeground)
	if row.isTitle() {
		line.label.TextSize, line.label.TextStyle.Bold = theme.Size(theme.SizeNameLabel), true
		line.label.Color = theme.Color(theme.ColorNameQuiet)
	}
	line.note.Text, line.note.TextSize, line.note.Color = row.step.Note, theme.Size(theme.SizeNameLabel), theme.Color(theme.ColorNameQuiet)
	if row.step.Mark == StepAgain {
		line.note.Color = theme.Color(theme.ColorNameMend)
	}
}

func (l *StepList) least() fyne.Size {
	if len(l.rows) == 0 {
		return fyne.NewSize(160, l.rowHeight())
	}
	return fyne.NewSize(160, l.rowTop(len(l.rows)-1)+l.rowHeight())
}

func (l *StepList) arrange(size fyne.Size) {
	gap, icon, high := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon), l.rowHeight()
	place := func(o fyne.CanvasObject, x, top float32) {
		min := o.MinSize()
		o.Move(fyne.NewPos(x, top+(high-min.Height)/2))
		o.Resize(min)
	}
	for i, line := range l.lines {
		row, top := &l.rows[i], l.rowTop(i)
		x, right := gap, size.Width-gap
		if note := line.note.MinSize().Width; note > 0 {
			right -= note
			place(line.note, right, top)
			right -= gap
		}
		text := row.title
		if !row.isTitle() {
			line.icon.Move(fyne.NewPos(x, top+(high-icon)/2))
			line.icon.Resize(fyne.NewSquareSize(icon))
			x += icon + gap
			text = row.step.Label
		}
		room := right - x
		if line.label.TextStyle.Bold { // fitText measures ordinary letters
			room *= 0.94
		}
		line.label.Text = fitText(text, line.label.TextSize, room)
		place(line.label, x, top)
		line.label.Refresh()
		line.note.Refresh()
	}
	row := func(o *canvas.Rectangle, at int) {
		o.Move(fyne.NewPos(0, l.rowTop(max(at, 0))))
		o.Resize(fyne.NewSize(size.Width, high))
	}
	row(l.bar, l.at)
	row(l.shade, l.over)
	l.ring.around(fyne.NewPos(0, l.rowTop(max(l.at, 0))), fyne.NewSize(size.Width, high))
}
