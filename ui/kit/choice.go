package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Select chooses one of many. Typing searches; Space, arrow down or a click
// opens the list. Its setters do not call OnChanged.
type Select struct {
	widget.DisableableWidget

	OnChanged func(id string)
	// AllowEmpty lets the choice be taken away again.
	AllowEmpty bool
	// Search, when set, finds the options for a query in place of the ones in
	// memory. It calls found on Fyne's goroutine; a late answer is dropped.
	Search func(query string, found func([]Option))

	words    *lang.Printer
	options  []Option
	selected Option
	field    *Field

	list  *picker // while it is open
	face  *canvas.Rectangle
	label *canvas.Text
	arrow *symbol
	ring  *focusRing
}

var (
	_ drawn           = (*Select)(nil)
	_ fyne.Focusable  = (*Select)(nil)
	_ fyne.Accessible = (*Select)(nil)
	_ Control         = (*Select)(nil)
)

// NewSelect makes a choice between options, with nothing chosen.
func NewSelect(words *lang.Printer, options []Option) *Select {
	s := &Select{
		words: words, options: options, face: &canvas.Rectangle{}, label: &canvas.Text{},
		arrow: newSymbol(), ring: newFocusRing(false),
	}
	s.ExtendBaseWidget(s)
	return s
}

// Selected is the ID of the choice, "" for none.
func (s *Select) Selected() string { return s.selected.ID }

// SetSelected chooses by ID; one that is not among the options chooses nothing.
func (s *Select) SetSelected(id string) {
	s.selected = Option{}
	for _, o := range s.options {
		if o.ID == id {
			s.selected = o
		}
	}
	s.Refresh()
}

// SetChoice chooses an option that need not be among those in memory.
func (s *Select) SetChoice(o Option) {
	s.selected = o
	s.Refresh()
}

// SetOptions changes what there is to choose from and keeps the choice if it is
// still there.
func (s *Select) SetOptions(options []Option) {
	s.options = options
	s.SetSelected(s.selected.ID)
}

// FocusTarget is what takes the focus.
func (s *Select) FocusTarget() fyne.Focusable { return s }

func (s *Select) attach(f *Field) { s.field = f }

// AccessibilityLabel is the label of the field and the choice.
func (s *Select) AccessibilityLabel() string {
	if s.field != nil {
		return s.field.AccessibilityLabel() + ": " + s.selected.Label
	}
	return s.selected.Label
}

// AccessibilityRole is button, the nearest that Fyne has.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped opens the list.
func (s *Select) Tapped(*fyne.PointEvent) {
	if !s.Disabled() {
		focus(s)
		s.openList("")
	}
}

// TypedRune opens the list with the first letter of a search.
func (s *Select) TypedRune(r rune) {
	if r != ' ' {
		s.openList(string(r))
	}
}

// TypedKey opens the list on Space, arrows and Enter; in a dialog Enter is the
// dialog's.
func (s *Select) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyDown, fyne.KeyUp, fyne.KeyF4:
		s.openList("")
	case fyne.KeyReturn, fyne.KeyEnter:
		if !forwardKey(s, ev) {
			s.openList("")
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		if s.AllowEmpty {
			s.choose(Option{})
		}
	default:
		forwardKey(s, ev)
	}
}

// FocusGained shows the ring.
func (s *Select) FocusGained() {
	s.ring.focused = true
	reveal(s, fyne.Position{}, s.Size())
	s.Refresh()
}

// FocusLost hides the ring.
func (s *Select) FocusLost() {
	s.ring.focused = false
	s.Refresh()
}

// Cursor is the ordinary pointer.
func (s *Select) Cursor() desktop.Cursor { return desktop.DefaultCursor }

func (s *Select) openList(query string) {
	if s.Disabled() || s.list != nil {
		return
	}
	s.list = newPicker(s, query)
}

func (s *Select) choose(o Option) {
	changed := s.selected.ID != o.ID
	s.selected = o
	s.Refresh()
	if changed && s.OnChanged != nil {
		s.OnChanged(o.ID)
	}
}

// shown is the label of the choice, or that there is none.
func (s *Select) shown() string {
	if s.selected.ID == "" {
		return s.words.T("kit.choice.none")
	}
	return s.selected.Label
}

// find gives the options for a query to found, now or later.
func (s *Select) find(query string, found func([]Option)) {
	if s.Search != nil {
		s.Search(query, found)
		return
	}
	found(filterOptions(s.options, query))
}

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return newDrawnRenderer(s)
}

func (s *Select) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.ring.rect, s.face, s.label, s.arrow.image}
}

func (s *Select) paint() {
	paintFrame(s.face, s.Disabled(), false)
	color := fynetheme.ColorNameForeground
	s.label.Text = s.shown()
	if s.selected.ID == "" {
		color = theme.ColorNameQuiet
	}
	if s.Disabled() {
		color = fynetheme.ColorNameDisabled
	}
	s.label.Color, s.label.TextSize = theme.Color(color), theme.Size(fynetheme.SizeNameText)
	s.arrow.show(fynetheme.MenuDropDownIcon(), color)
	s.label.Refresh()
	s.ring.paint()
}

func (s *Select) least() fyne.Size { return fyne.NewSize(120, theme.Size(theme.SizeNameControl)) }

func (s *Select) arrange(size fyne.Size) {
	s.face.Resize(size)
	s.ring.around(fyne.Position{}, size)
	gap, icon := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon)
	s.arrow.place(fyne.NewPos(size.Width-icon-gap, (size.Height-icon)/2), fyne.NewSquareSize(icon))
	s.label.Text = fitText(s.shown(), s.label.TextSize, size.Width-icon-3*gap)
	min := s.label.MinSize()
	s.label.Move(fyne.NewPos(gap, (size.Height-min.Height)/2))
	s.label.Resize(min)
}

// fitText shortens a line that is too wide and marks that with three dots.
func fitText(s string, size, width float32) string {
	return fitTextIn(s, size, width, fyne.TextStyle{})
}

// fitTextIn is fitText in a style.
func fitTextIn(s string, size, width float32, style fyne.TextStyle) string {
	if width <= 0 || fyne.MeasureText(s, size, style).Width <= width {
		return s
	}
	runes := []rune(s)
	low, high := 0, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if fyne.MeasureText(string(runes[:mid])+"…", size, style).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return string(runes[:low]) + "…"
}

// picker is the open list of a Select: a search field over the options.
type picker struct {
	choice     *Select
	over       *popover
	query      *pickerField
	list       *pickList
	scroll     *container.Scroll
	none       *Text
	generation int
}

func newPicker(s *Select, query string) *picker {
	p := &picker{choice: s}
	p.list = newPickList(p.onPick)
	p.none = NewQuietText(s.words.T("kit.choice.noHits"))
	p.none.Hide()
	p.query = newPickerField(p)
	p.query.SetPlaceHolder(s.words.T("kit.choice.search"))
	p.scroll = container.NewVScroll(p.list)
	content := container.NewBorder(container.New(&paddedLayout{bottom: 8}, p.query), nil, nil, nil,
		container.NewStack(p.scroll, p.none))
	width := max(s.Size().Width-16, 260)
	p.over = showPopover(s, content, fyne.NewSize(width, 360), p.query.FocusTarget(), p.onClosed)
	if p.over == nil {
		return nil
	}
	p.query.SetText(query)
	p.query.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	p.onQuery(query)
	return p
}

func (p *picker) onQuery(query string) {
	p.generation++
	mine := p.generation
	p.choice.find(query, func(options []Option) {
		if mine != p.generation || p.over == nil {
			return
		}
		if p.choice.AllowEmpty && query == "" {
			options = append([]Option{{Label: p.choice.words.T("kit.choice.none")}}, options...)
		}
		p.list.set(options, p.choice.selected.ID)
		p.none.Hidden = len(options) > 0
		p.none.Refresh()
		p.scroll.Refresh()
		p.list.move(0)
	})
}

func (p *picker) onPick(o Option) {
	if o.ID == "" {
		o = Option{}
	}
	p.over.close()
	p.choice.choose(o)
}

func (p *picker) onClosed() {
	p.over = nil
	p.choice.list = nil
}

// pickerField is the search field of a picker; its arrow keys move in the list.
type pickerField struct {
	TextField
	picker *picker
}

func newPickerField(p *picker) *pickerField {
	f := &pickerField{picker: p}
	f.build(f)
	f.OnChanged = p.onQuery
	return f
}

func (f *pickerField) inputKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown:
		f.picker.list.move(1)
	case fyne.KeyUp:
		f.picker.list.move(-1)
	case fyne.KeyPageDown:
		f.picker.list.move(8)
	case fyne.KeyPageUp:
		f.picker.list.move(-8)
	case fyne.KeyReturn, fyne.KeyEnter:
		f.picker.list.pick()
	default:
		return f.TextField.inputKey(ev)
	}
	return true
}
