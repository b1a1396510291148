package kit

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
)

// DateField is a date without time. It takes what ParseDate takes and shows
// 17.05.2026. A text that is no date is kept and explained. Arrow down opens a
// calendar. SetValue does not call OnChanged.
type DateField struct {
	TextField

	// OnChanged gets YYYY-MM-DD; ok is false while the text is no date. An empty
	// field is "" and ok.
	OnChanged func(iso string, ok bool)

	words    *lang.Printer
	today    func() time.Time
	calendar *popover // while it is open
	opener   *Button
}

// NewDateField makes an empty field.
func NewDateField(words *lang.Printer) *DateField { return newDateField(words, time.Now) }

func newDateField(words *lang.Printer, today func() time.Time) *DateField {
	d := &DateField{words: words, today: today}
	d.build(d)
	d.opener = NewIconButton(fynetheme.CalendarIcon(), words.T("kit.date.open"), d.openCalendar)
	d.after = d.opener
	d.SetPlaceHolder(words.T("kit.date.example"))
	return d
}

// Value is the date as YYYY-MM-DD; ok is false when the text is no date. An
// empty field is "" and ok.
func (d *DateField) Value() (iso string, ok bool) {
	iso, err := ParseDate(d.Text(), d.today())
	return iso, err == nil
}

// SetValue shows a date given as YYYY-MM-DD, or any other text as it is.
func (d *DateField) SetValue(iso string) {
	if now, ok := d.Value(); ok && now == iso {
		return
	}
	d.SetText(d.words.DateShort(iso))
	d.explain()
}

// Enable lets the date be changed.
func (d *DateField) Enable() {
	d.opener.Enable()
	d.TextField.Enable()
}

// Disable locks the date.
func (d *DateField) Disable() {
	d.opener.Disable()
	d.TextField.Disable()
}

func (d *DateField) inputChanged(text string) {
	d.TextField.inputChanged(text)
	if d.bad {
		d.explain()
	}
	d.tell()
}

func (d *DateField) tell() {
	if d.OnChanged != nil {
		d.OnChanged(d.Value())
	}
}

func (d *DateField) inputFocus(gained bool) {
	if gained {
		d.selectAll()
	} else {
		d.tidy()
	}
	d.TextField.inputFocus(gained)
}

func (d *DateField) inputKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyF4:
		d.openCalendar()
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		d.tidy()
	}
	return d.TextField.inputKey(ev)
}

// tidy writes the date in full, or says what is wrong with it.
func (d *DateField) tidy() {
	if iso, ok := d.Value(); ok && iso != "" {
		d.SetText(d.words.DateShort(iso))
	}
	d.explain()
}

func (d *DateField) explain() {
	_, err := ParseDate(d.Text(), d.today())
	switch {
	case err == nil:
		d.complain("")
	case errors.Is(err, errNoSuchDay):
		d.complain(d.words.T("kit.date.noSuchDay", "Text", short(d.Text())))
	default:
		d.complain(d.words.T("kit.date.bad", "Text", short(d.Text())))
	}
}

func (d *DateField) openCalendar() {
	if d.Disabled() || d.calendar != nil {
		return
	}
	day := d.today()
	if iso, ok := d.Value(); ok && iso != "" {
		day, _ = time.Parse(time.DateOnly, iso)
	}
	cal := newCalendar(d.words, day, d.today(), d.onPick)
	d.calendar = showPopover(d, cal, cal.least(), cal.days, d.onCalendarClosed)
}

func (d *DateField) onPick(day time.Time) {
	d.calendar.close()
	d.SetText(d.words.DateShort(day.Format(time.DateOnly)))
	d.explain()
	d.tell()
}

func (d *DateField) onCalendarClosed() { d.calendar = nil }
