package application

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// partList is the list of parts to the left, each with a mark and a number. It
// is one stop for Tab: the arrows move, Enter and Space open.
type partList struct {
	widget.BaseWidget

	words    *lang.Printer
	parts    []*part
	onOpen   func(*part)
	selected int
	at       int // under the arrow keys
	over     int // under the mouse, -1 for none
	focused  bool
}

var (
	_ fyne.Focusable    = (*partList)(nil)
	_ fyne.Tappable     = (*partList)(nil)
	_ desktop.Hoverable = (*partList)(nil)
	_ fyne.Accessible   = (*partList)(nil)
)

func newPartList(words *lang.Printer, parts []*part, onOpen func(*part)) *partList {
	l := &partList{words: words, parts: parts, onOpen: onOpen, over: -1}
	l.ExtendBaseWidget(l)
	return l
}

// Select marks the part that is open.
func (l *partList) Select(p *part) {
	for i := range l.parts {
		if l.parts[i] == p {
			l.selected, l.at = i, i
		}
	}
	l.Refresh()
}

func (l *partList) open(i int) {
	if i >= 0 && i < len(l.parts) {
		l.at = i
		l.onOpen(l.parts[i])
	}
}

func (l *partList) hit(pos fyne.Position) int {
	for i := range l.parts {
		if top := l.top(i); pos.Y >= top && pos.Y < top+l.rowHeight() {
			return i
		}
	}
	return -1
}

// Tapped opens the line under the mouse.
func (l *partList) Tapped(ev *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	l.open(l.hit(ev.Position))
}

// TypedRune implements fyne.Focusable.
func (l *partList) TypedRune(rune) {}

// TypedKey moves with the arrows and opens with Enter or Space.
func (l *partList) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		l.at = max(l.at-1, 0)
	case fyne.KeyDown:
		l.at = min(l.at+1, len(l.parts)-1)
	case fyne.KeyHome:
		l.at = 0
	case fyne.KeyEnd:
		l.at = len(l.parts) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.open(l.at)
	}
	l.Refresh()
}

// FocusGained shows the ring.
func (l *partList) FocusGained() { l.setFocused(true) }

// FocusLost hides the ring.
func (l *partList) FocusLost() { l.setFocused(false) }

func (l *partList) setFocused(on bool) {
	l.focused = on
	l.Refresh()
}

// MouseIn lights a line up.
func (l *partList) MouseIn(ev *desktop.MouseEvent) { l.MouseMoved(ev) }

// MouseMoved moves the light.
func (l *partList) MouseMoved(ev *desktop.MouseEvent) {
	if over := l.hit(ev.Position); over != l.over {
		l.over = over
		l.Refresh()
	}
}

// MouseOut puts the light out.
func (l *partList) MouseOut() {
	l.over = -1
	l.Refresh()
}

// AccessibilityLabel is the line under the arrow keys, with its mark in words.
func (l *partList) AccessibilityLabel() string {
	p := l.parts[l.at]
	if word := p.mark.word(l.words); word != "" {
		return p.label + ", " + word
	}
	return p.label
}

// AccessibilityRole is link.
func (l *partList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

func (l *partList) rowHeight() float32 { return theme.Size(theme.SizeNameControl) }

// top is where a line begins; the extra parts stand a little apart.
func (l *partList) top(i int) float32 {
	y := float32(i) * l.rowHeight()
	if l.parts[i].section == nil {
		y += 2*theme.Size(theme.SizeNameGap) + 1
	}
	return y
}

// CreateRenderer implements fyne.Widget.
func (l *partList) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	r := &partListRenderer{list: l, bar: &canvas.Rectangle{}, accent: &canvas.Rectangle{}, shade: &canvas.Rectangle{},
		line: &canvas.Rectangle{}, ring: &canvas.Rectangle{}}
	r.all = []fyne.CanvasObject{r.bar, r.accent, r.shade, r.line}
	for range l.parts {
		row := &partRow{icon: &canvas.Image{FillMode: canvas.ImageFillContain}, label: &canvas.Text{},
			count: &canvas.Text{Alignment: fyne.TextAlignTrailing}}
		r.rows = append(r.rows, row)
		r.all = append(r.all, row.icon, row.label, row.count)
	}
	r.all = append(r.all, r.ring)
	r.paint()
	return r
}

type partRow struct {
	icon         *canvas.Image
	label, count *canvas.Text
}

type partListRenderer struct {
	list                           *partList
	bar, accent, shade, line, ring *canvas.Rectangle
	rows                           []*partRow
	all                            []fyne.CanvasObject
}

func (r *partListRenderer) Destroy()                     {}
func (r *partListRenderer) Objects() []fyne.CanvasObject { return r.all }

func (r *partListRenderer) MinSize() fyne.Size {
	l := r.list
	gap, icon := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon)
	width := float32(150)
	for i := range l.parts {
		label := fyne.MeasureText(l.parts[i].label, theme.Size(fynetheme.SizeNameText), fyne.TextStyle{Bold: true})
		width = max(width, label.Width+icon+6*gap)
	}
	return fyne.NewSize(width, l.top(len(l.parts)-1)+l.rowHeight())
}

func (r *partListRenderer) Refresh() {
	r.paint()
	r.Layout(r.list.Size())
	canvas.Refresh(r.list)
}

// look is the icon and the colour of a mark.
func (m mark) look() (fyne.Resource, fyne.ThemeColorName) {
	switch m {
	case markEmpty:
		return fynetheme.RadioButtonIcon(), theme.ColorNameQuiet
	case markFilled:
		return fynetheme.ConfirmIcon(), theme.ColorNameFine
	case markAdvice:
		return fynetheme.WarningIcon(), theme.ColorNameMend
	case markStop:
		return fynetheme.ErrorIcon(), theme.ColorNameStop
	}
	return nil, ""
}

// icon is what stands before an extra part.
func (p *part) icon() fyne.Resource {
	switch p.id {
	case partFindings:
		return fynetheme.ListIcon()
	case partPreview:
		return fynetheme.DocumentPrintIcon()
	case partMail:
		return fynetheme.MailComposeIcon()
	}
	return fynetheme.HistoryIcon()
}

func (r *partListRenderer) paint() {
	l := r.list
	r.bar.FillColor, r.bar.CornerRadius = theme.Color(theme.ColorNameSelectedRow), theme.Size(theme.SizeNameRadius)
	r.shade.FillColor, r.shade.CornerRadius = theme.Color(theme.ColorNameHoverRow), theme.Size(theme.SizeNameRadius)
	r.shade.Hidden = l.over < 0 || l.over == l.selected
	r.accent.FillColor = theme.Color(fynetheme.ColorNamePrimary)
	r.line.FillColor = theme.Color(theme.ColorNameHairline)
	r.ring.FillColor, r.ring.StrokeColor = color.Transparent, theme.Color(theme.ColorNameFocusRing)
	r.ring.StrokeWidth, r.ring.CornerRadius = theme.Size(theme.SizeNameFocusRing), theme.Size(theme.SizeNameRadius)
	r.ring.Hidden = !l.focused
	for i, row := range r.rows {
		p := l.parts[i]
		icon, tone := p.mark.look()
		if icon == nil {
			icon, tone = p.icon(), fynetheme.ColorNameForeground
		}
		row.icon.Resource = fynetheme.NewColoredResource(icon, tone)
		row.label.Text, row.label.TextSize = p.label, theme.Size(fynetheme.SizeNameText)
		row.label.TextStyle.Bold = i == l.selected
		row.label.Color = theme.Color(fynetheme.ColorNameForeground)
		if i == l.selected {
			row.label.Color = theme.Color(fynetheme.ColorNamePrimary)
		}
		row.count.Text = ""
		if p.waits > 0 {
			row.count.Text = strconv.Itoa(p.waits)
		}
		row.count.TextSize, row.count.TextStyle.Bold = theme.Size(theme.SizeNameLabel), true
		row.count.Color = theme.Color(theme.ColorNameQuiet)
		if tone == theme.ColorNameStop || tone == theme.ColorNameMend {
			row.count.Color = theme.Color(tone)
		}
		row.icon.Refresh()
		row.label.Refresh()
		row.count.Refresh()
	}
	for _, o := range []fyne.CanvasObject{r.bar, r.accent, r.shade, r.line, r.ring} {
		o.Refresh()
	}
}

func (r *partListRenderer) Layout(size fyne.Size) {
	l := r.list
	gap, icon, high := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon), l.rowHeight()
	whole := fyne.NewSize(size.Width, high)
	place := func(o *canvas.Rectangle, i int, size fyne.Size) {
		o.Move(fyne.NewPos(0, l.top(max(i, 0))))
		o.Resize(size)
	}
	place(r.bar, l.selected, whole)
	place(r.accent, l.selected, fyne.NewSize(3, high))
	place(r.shade, l.over, whole)
	r.ring.Move(fyne.NewPos(1, l.top(l.at)+1))
	r.ring.Resize(fyne.NewSize(size.Width-2, high-2))
	for i, row := range r.rows {
		y := l.top(i)
		if i > 0 && l.parts[i].section == nil && l.parts[i-1].section != nil {
			r.line.Move(fyne.NewPos(0, y-gap))
			r.line.Resize(fyne.NewSize(size.Width, 1))
		}
		row.icon.Move(fyne.NewPos(1.5*gap, y+(high-icon)/2))
		row.icon.Resize(fyne.NewSquareSize(icon))
		count := row.count.MinSize()
		label := row.label.MinSize()
		row.label.Move(fyne.NewPos(2.5*gap+icon, y+(high-label.Height)/2))
		row.label.Resize(label)
		row.count.Move(fyne.NewPos(size.Width-count.Width-gap, y+(high-count.Height)/2))
		row.count.Resize(count)
	}
}
