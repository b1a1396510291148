package kit

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// calendar is a month to choose a day from, with week numbers, Monday first.
type calendar struct {
	widget.BaseWidget

	words  *lang.Printer
	title  *Text
	back   *Button
	on     *Button
	days   *calendarDays
	weekly []*Text // head of the columns
}

var _ drawn = (*calendar)(nil)

func newCalendar(words *lang.Printer, day, today time.Time, onPick func(time.Time)) *calendar {
	c := &calendar{words: words, title: NewStrong("")}
	c.title.align = fyne.TextAlignCenter
	c.back = NewIconButton(fynetheme.NavigateBackIcon(), words.T("kit.date.monthBack"), func() { c.days.step(0, -1) })
	c.on = NewIconButton(fynetheme.NavigateNextIcon(), words.T("kit.date.monthOn"), func() { c.days.step(0, 1) })
	c.days = newCalendarDays(dateOf(day), dateOf(today), onPick, c.write)
	for _, key := range []string{"kit.date.week", "kit.date.mo", "kit.date.tu", "kit.date.we", "kit.date.th", "kit.date.fr", "kit.date.sa", "kit.date.su"} {
		head := NewQuietText(words.T(key))
		head.align = fyne.TextAlignCenter
		c.weekly = append(c.weekly, head)
	}
	c.ExtendBaseWidget(c)
	c.write()
	return c
}

// dateOf is the day without the time, so that arithmetic is not bent by summer
// time.
func dateOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// write puts the month into the title.
func (c *calendar) write() {
	c.title.SetText(c.words.Month(c.days.day.Month()) + " " + strconv.Itoa(c.days.day.Year()))
}

func (c *calendar) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return newDrawnRenderer(c)
}

func (c *calendar) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{c.back, c.title, c.on}
	for _, h := range c.weekly {
		parts = append(parts, h)
	}
	return append(parts, c.days)
}

func (c *calendar) paint() {}

func (c *calendar) heads() (title, week float32) {
	return theme.Size(theme.SizeNameControl), theme.Size(theme.SizeNameTarget)
}

func (c *calendar) least() fyne.Size {
	title, week := c.heads()
	return c.days.least().AddWidthHeight(0, title+week)
}

func (c *calendar) arrange(size fyne.Size) {
	title, week := c.heads()
	button := c.back.MinSize()
	c.back.Resize(button)
	c.back.Move(fyne.NewPos(0, (title-button.Height)/2))
	c.on.Resize(button)
	c.on.Move(fyne.NewPos(size.Width-button.Width, (title-button.Height)/2))
	c.title.Resize(fyne.NewSize(size.Width-2*button.Width, title))
	c.title.Move(fyne.NewPos(button.Width, (title-c.title.lineHigh)/2))
	column := size.Width / 8
	for i, h := range c.weekly {
		h.Move(fyne.NewPos(float32(i)*column, title+2))
		h.Resize(fyne.NewSize(column, week))
	}
	c.days.Move(fyne.NewPos(0, title+week))
	c.days.Resize(fyne.NewSize(size.Width, size.Height-title-week))
}

// calendarDays is the grid of days: six weeks, so that nothing jumps between
// months.
type calendarDays struct {
	widget.BaseWidget

	day, today time.Time // day is the one under the arrow keys
	onPick     func(time.Time)
	onMove     func()

	numbers []*canvas.Text // of 42 days
	weeks   []*canvas.Text
	mark    *canvas.Rectangle // the day
	now     *canvas.Rectangle // today
	ring    *focusRing
}

var (
	_ drawn              = (*calendarDays)(nil)
	_ fyne.Focusable     = (*calendarDays)(nil)
	_ desktop.Cursorable = (*calendarDays)(nil)
)

func newCalendarDays(day, today time.Time, onPick func(time.Time), onMove func()) *calendarDays {
	d := &calendarDays{
		day: day, today: today, onPick: onPick, onMove: onMove,
		mark: &canvas.Rectangle{}, now: &canvas.Rectangle{}, ring: newFocusRing(true),
	}
	for range 42 {
		d.numbers = append(d.numbers, &canvas.Text{Alignment: fyne.TextAlignCenter})
	}
	for range 6 {
		d.weeks = append(d.weeks, &canvas.Text{Alignment: fyne.TextAlignCenter})
	}
	d.ExtendBaseWidget(d)
	return d
}

// first is the Monday that the grid begins with.
func (d *calendarDays) first() time.Time {
	first := d.day.AddDate(0, 0, 1-d.day.Day())
	return first.AddDate(0, 0, -(int(first.Weekday())+6)%7)
}

// step moves by days or months; the 31st becomes the last day of a shorter month.
func (d *calendarDays) step(days, months int) {
	if months != 0 {
		first := d.day.AddDate(0, 0, 1-d.day.Day()).AddDate(0, months, 0)
		last := first.AddDate(0, 1, -1).Day()
		d.day = first.AddDate(0, 0, min(d.day.Day(), last)-1)
	}
	d.day = d.day.AddDate(0, 0, days)
	d.onMove()
	d.Refresh()
}

// Tapped chooses the day under the mouse.
func (d *calendarDays) Tapped(ev *fyne.PointEvent) {
	column, row := int(ev.Position.X/(d.Size().Width/8))-1, int(ev.Position.Y/(d.Size().Height/6))
	if column >= 0 && column < 7 && row >= 0 && row < 6 {
		d.onPick(d.first().AddDate(0, 0, row*7+column))
	}
}

// Cursor is a hand.
func (d *calendarDays) Cursor() desktop.Cursor { return desktop.PointerCursor }

// TypedRune implements fyne.Focusable.
func (d *calendarDays) TypedRune(rune) {}

// TypedKey moves with the arrows, by month with PgUp and PgDn, to today with
// Home, and chooses with Enter or Space.
func (d *calendarDays) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		d.step(-1, 0)
	case fyne.KeyRight:
		d.step(1, 0)
	case fyne.KeyUp:
		d.step(-7, 0)
	case fyne.KeyDown:
		d.step(7, 0)
	case fyne.KeyPageUp:
		d.step(0, -1)
	case fyne.KeyPageDown:
		d.step(0, 1)
	case fyne.KeyHome:
		d.day = d.today
		d.step(0, 0)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		d.onPick(d.day)
	default:
		forwardKey(d, ev)
	}
}

// FocusGained shows the ring.
func (d *calendarDays) FocusGained() {
	d.ring.focused = true
	d.Refresh()
}

// FocusLost hides the ring.
func (d *calendarDays) FocusLost() {
	d.ring.focused = false
	d.Refresh()
}

func (d *calendarDays) CreateRenderer() fyne.WidgetRenderer {
	d.ExtendBaseWidget(d)
	return newDrawnRenderer(d)
}

func (d *calendarDays) parts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{d.mark, d.now}
	for _, w := range d.weeks {
		parts = append(parts, w)
	}
	for _, n := range d.numbers {
		parts = append(parts, n)
	}
	return append(parts, d.ring.rect)
}

func (d *calendarDays) paint() {
	first := d.first()
	for i, n := range d.numbers {
		day := first.AddDate(0, 0, i)
		n.Text, n.TextSize = strconv.Itoa(day.Day()), theme.Size(fynetheme.SizeNameText)
		color := fynetheme.ColorNameForeground
		if day.Month() != d.day.Month() {
			color = theme.ColorNameQuiet
		}
		if day.Equal(d.day) {
			color = theme.ColorNameOnPrimary
		}
		n.Color = theme.Color(color)
		n.TextStyle = fyne.TextStyle{Bold: day.Equal(d.day)}
		n.Refresh()
	}
	for i, w := range d.weeks {
		_, week := first.AddDate(0, 0, 7*i).ISOWeek()
		w.Text, w.TextSize, w.Color = strconv.Itoa(week), theme.Size(theme.SizeNameLabel), theme.Color(theme.ColorNameQuiet)
		w.Refresh()
	}
	d.mark.FillColor, d.mark.CornerRadius = theme.Color(fynetheme.ColorNamePrimary), theme.Size(theme.SizeNameRadius)
	d.now.StrokeColor, d.now.StrokeWidth = theme.Color(theme.ColorNameFieldBorder), 1
	d.now.CornerRadius = theme.Size(theme.SizeNameRadius)
	d.mark.Refresh()
	d.now.Refresh()
	d.ring.paint()
}

func (d *calendarDays) least() fyne.Size {
	side := theme.Size(theme.SizeNameTarget) + 8
	return fyne.NewSize(8*(side+4), 6*side)
}

func (d *calendarDays) arrange(size fyne.Size) {
	wide, high := size.Width/8, size.Height/6
	cell := func(i int) (fyne.Position, fyne.Size) {
		return fyne.NewPos(float32(i%7+1)*wide+2, float32(i/7)*high+1), fyne.NewSize(wide-4, high-2)
	}
	centre := func(t *canvas.Text, pos fyne.Position, size fyne.Size) {
		height := t.MinSize().Height
		t.Move(pos.AddXY(0, (size.Height-height)/2))
		t.Resize(fyne.NewSize(size.Width, height))
	}
	first := d.first()
	d.now.Hide()
	for i, n := range d.numbers {
		pos, box := cell(i)
		centre(n, pos, box)
		day := first.AddDate(0, 0, i)
		if day.Equal(d.day) {
			d.mark.Move(pos)
			d.mark.Resize(box)
			d.ring.around(pos, box)
		}
		if day.Equal(d.today) && !day.Equal(d.day) {
			d.now.Show()
			d.now.Move(pos)
			d.now.Resize(box)
		}
	}
	for i, w := range d.weeks {
		pos, box := cell(i * 7)
		centre(w, fyne.NewPos(0, pos.Y), box)
	}
}
