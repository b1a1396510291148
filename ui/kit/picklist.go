package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/ui/theme"
)

// Option is one thing to choose.
type Option struct {
	ID, Label string
	Note      string // in quiet text to the right: a number, a place

	icon fyne.Resource // before the label in place of the check mark
}

// maxHits is how many options a list shows; more would not be read.
const maxHits = 50

// filterOptions are the options that match a query, those that begin with it
// first.
func filterOptions(options []Option, query string) []Option {
	query = Fold(query)
	var begins, rest []Option
	for _, o := range options {
		switch hit, first := matches(query, Fold(o.Label+" "+o.Note)); {
		case hit && first:
			begins = append(begins, o)
		case hit:
			rest = append(rest, o)
		}
	}
	begins = append(begins, rest...)
	return begins[:min(len(begins), maxHits)]
}

// pickList shows options; one is under the arrow keys or the mouse.
type pickList struct {
	widget.BaseWidget

	self     fyne.CanvasObject
	options  []Option
	selected string // the ID that carries the check mark
	at       int
	onPick   func(Option)

	rows []*pickRow
	bar  *canvas.Rectangle
}

type pickRow struct {
	label, note *canvas.Text
	check       *canvas.Image
}

var (
	_ drawn             = (*pickList)(nil)
	_ desktop.Hoverable = (*pickList)(nil)
)

func newPickList(onPick func(Option)) *pickList {
	l := &pickList{}
	l.build(l, onPick)
	return l
}

// build prepares the list for self, which is l or a widget built on l.
func (l *pickList) build(self fyne.Widget, onPick func(Option)) {
	l.self, l.onPick, l.bar = self, onPick, &canvas.Rectangle{}
	l.ExtendBaseWidget(self)
}

func (l *pickList) set(options []Option, selected string) {
	l.options, l.selected, l.at = options, selected, 0
	for i, o := range options {
		if o.ID == selected {
			l.at = i
		}
	}
	l.Refresh()
}

// move goes up or down and shows where it is.
func (l *pickList) move(by int) {
	l.at = max(0, min(l.at+by, len(l.options)-1))
	l.Refresh()
	reveal(l.self, fyne.NewPos(0, float32(l.at)*l.rowHeight()), fyne.NewSize(10, l.rowHeight()))
}

func (l *pickList) pick() {
	if l.at >= 0 && l.at < len(l.options) {
		l.onPick(l.options[l.at])
	}
}

func (l *pickList) hit(pos fyne.Position) bool {
	i := int(pos.Y / l.rowHeight())
	if i < 0 || i >= len(l.options) {
		return false
	}
	l.at = i
	return true
}

// Tapped chooses.
func (l *pickList) Tapped(ev *fyne.PointEvent) {
	if l.hit(ev.Position) {
		l.pick()
	}
}

// MouseIn implements desktop.Hoverable.
func (l *pickList) MouseIn(*desktop.MouseEvent) {}

// MouseMoved moves the bar.
func (l *pickList) MouseMoved(ev *desktop.MouseEvent) {
	if before := l.at; l.hit(ev.Position) && l.at != before {
		l.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (l *pickList) MouseOut() {}

func (l *pickList) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return newDrawnRenderer(l)
}

func (l *pickList) rowHeight() float32 { return theme.Size(theme.SizeNameTarget) + 6 }

func (l *pickList) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{l.bar}
	for _, r := range l.rows {
		parts = append(parts, r.check, r.label, r.note)
	}
	return parts
}

func (l *pickList) paint() {
	for len(l.rows) < len(l.options) {
		l.rows = append(l.rows, &pickRow{
			label: &canvas.Text{}, note: &canvas.Text{}, check: &canvas.Image{FillMode: canvas.ImageFillContain},
		})
	}
	l.rows = l.rows[:len(l.options)]
	l.bar.FillColor = theme.Color(theme.ColorNameSelectedRow)
	l.bar.CornerRadius = theme.Size(theme.SizeNameRadius)
	l.bar.Hidden = len(l.options) == 0
	for i, o := range l.options {
		r := l.rows[i]
		r.label.Text, r.note.Text = o.Label, o.Note
		r.label.Color, r.note.Color = theme.Color(fynetheme.ColorNameForeground), theme.Color(theme.ColorNameQuiet)
		r.label.TextSize, r.note.TextSize = theme.Size(fynetheme.SizeNameText), theme.Size(theme.SizeNameLabel)
		icon := o.icon
		if icon == nil {
			icon = fynetheme.ConfirmIcon()
		}
		r.check.Hidden = o.icon == nil && o.ID != l.selected
		if !r.check.Hidden {
			r.check.Resource = fynetheme.NewColoredResource(icon, fynetheme.ColorNamePrimary)
			r.check.Refresh()
		}
		r.label.Refresh()
		r.note.Refresh()
	}
	l.bar.Refresh()
}

func (l *pickList) least() fyne.Size {
	var width float32
	for _, r := range l.rows {
		width = max(width, r.label.MinSize().Width+r.note.MinSize().Width)
	}
	gap := theme.Size(theme.SizeNameGap)
	return fyne.NewSize(width+theme.Size(theme.SizeNameIcon)+4*gap, float32(len(l.options))*l.rowHeight())
}

func (l *pickList) arrange(size fyne.Size) {
	gap, icon, high := theme.Size(theme.SizeNameGap), theme.Size(theme.SizeNameIcon), l.rowHeight()
	l.bar.Move(fyne.NewPos(0, float32(l.at)*high))
	l.bar.Resize(fyne.NewSize(size.Width, high))
	for i, r := range l.rows {
		y := float32(i) * high
		r.check.Move(fyne.NewPos(gap/2, y+(high-icon)/2))
		r.check.Resize(fyne.NewSquareSize(icon))
		note := r.note.MinSize()
		r.label.Text = fitText(l.options[i].Label, r.label.TextSize, size.Width-note.Width-icon-3*gap)
		label := r.label.MinSize()
		r.label.Move(fyne.NewPos(gap+icon, y+(high-label.Height)/2))
		r.label.Resize(label)
		r.note.Move(fyne.NewPos(size.Width-note.Width-gap, y+(high-note.Height)/2))
		r.note.Resize(note)
	}
}
