package kit

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/ui/theme"
)

func TestMoneyField(t *testing.T) {
	m := NewMoneyField(printers["nb"])
	field := NewField(printers["nb"], FieldOptions{Label: "Beløp"}, m)
	after := NewTextField()
	w, _, _ := window(t, Column(8, field, after))
	var got int64
	var valid bool
	m.OnChanged = func(kroner int64, ok bool) { got, valid = kroner, ok }
	for text, want := range map[string]int64{
		"1400000": 1400000, "1.400.000": 1400000, "kr 1 400 000,-": 1400000, "-5": -5,
	} {
		m.SetText("")
		field.FocusControl()
		write(t, w, text)
		if got != want || !valid {
			t.Errorf("%q gave %d, %v, want %d", text, got, valid, want)
		}
		w.Canvas().Focus(after.entry)
		if m.Text() != printers["nb"].Money(want) || field.Error() != "" {
			t.Errorf("%q is shown as %q with error %q", text, m.Text(), field.Error())
		}
	}
	m.SetText("")
	field.FocusControl()
	write(t, w, "fire mill")
	if field.Error() != "" {
		t.Error("it complains while one is still writing")
	}
	w.Canvas().Focus(after.entry)
	if m.Text() != "fire mill" || !strings.Contains(field.Error(), "fire mill") || valid {
		t.Errorf("text %q, error %q, ok %v", m.Text(), field.Error(), valid)
	}
	field.FocusControl()
	write(t, w, "4") // replaces the marked text
	if got != 4 || field.Error() != "" {
		t.Errorf("mended to %d with error %q", got, field.Error())
	}
}

func TestSettersDoNotReport(t *testing.T) {
	window(t, NewText(""))
	called := 0
	text, area := NewTextField(), NewTextArea(printers["nb"])
	text.OnChanged = func(string) { called++ }
	area.OnChanged = func(string) { called++ }
	money, date, org := NewMoneyField(printers["nb"]), NewDateField(printers["nb"]), NewOrgNumberField(printers["nb"])
	money.OnChanged = func(int64, bool) { called++ }
	date.OnChanged = func(string, bool) { called++ }
	org.OnChanged = func(string, bool) { called++ }
	choice := NewSelect(printers["nb"], []Option{{ID: "a", Label: "A"}})
	choice.OnChanged = func(string) { called++ }
	text.SetText("x")
	area.SetText("x")
	money.SetValue(5)
	date.SetValue("2026-05-17")
	org.SetValue("920717152")
	choice.SetSelected("a")
	if called != 0 {
		t.Errorf("setters reported %d changes", called)
	}
	if date.Text() != "17.05.2026" || choice.Selected() != "a" {
		t.Errorf("setters did not set: %q %q", date.Text(), choice.Selected())
	}
}

func TestDateField(t *testing.T) {
	d := newDateField(printers["nb"], func() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.Local) })
	field := NewField(printers["nb"], FieldOptions{Label: "Start"}, d)
	after := NewTextField()
	w, _, _ := window(t, Column(8, field, after))
	var iso string
	var valid bool
	d.OnChanged = func(s string, ok bool) { iso, valid = s, ok }
	field.FocusControl()
	write(t, w, "17.5.26")
	w.Canvas().Focus(after.entry)
	if d.Text() != "17.05.2026" || iso != "2026-05-17" || !valid {
		t.Errorf("text %q, date %q, %v", d.Text(), iso, valid)
	}
	field.FocusControl()
	write(t, w, "31.2.26")
	w.Canvas().Focus(after.entry)
	if d.Text() != "31.2.26" || !strings.Contains(field.Error(), "finnes ikke") || valid {
		t.Errorf("text %q, error %q", d.Text(), field.Error())
	}

	d.SetText("")
	field.FocusControl()
	key(t, w, fyne.KeyDown) // the calendar, at today: 31 January
	if d.calendar == nil {
		t.Fatal("no calendar")
	}
	key(t, w, fyne.KeyPageDown, fyne.KeyLeft, fyne.KeyReturn) // 28 February, 27 February
	if iso != "2026-02-27" || d.Text() != "27.02.2026" {
		t.Errorf("the calendar gave %q %q", iso, d.Text())
	}
	if w.Canvas().Focused() != d.FocusTarget() {
		t.Error("the focus did not come back from the calendar")
	}
	key(t, w, fyne.KeyDown, fyne.KeyEscape)
	if d.calendar != nil || w.Canvas().Overlays().Top() != nil {
		t.Error("Esc did not close the calendar")
	}
}

func TestCalendarBeginsOnMonday(t *testing.T) {
	for _, c := range []struct{ day, first string }{
		{"2026-05-17", "2026-04-27"}, {"2026-06-01", "2026-06-01"}, {"2026-02-28", "2026-01-26"}, {"2026-11-30", "2026-10-26"},
	} {
		day, _ := time.Parse(time.DateOnly, c.day)
		days := newCalendarDays(day, day, nil, func() {})
		if got := days.first().Format(time.DateOnly); got != c.first {
			t.Errorf("%s begins at %s, want %s", c.day, got, c.first)
		}
	}
}

func TestOrgNumberField(t *testing.T) {
	o := NewOrgNumberField(printers["nb"])
	field := NewField(printers["nb"], FieldOptions{Label: "Nummer"}, o)
	w, _, _ := window(t, field)
	field.FocusControl()
	write(t, w, "92071715")
	if o.mark.Visible() || field.Error() != "" {
		t.Error("judged before all digits are there")
	}
	write(t, w, "2")
	if !o.mark.Visible() {
		t.Error("no mark on a valid number")
	}
	key(t, w, fyne.KeyBackspace)
	write(t, w, "3")
	if o.mark.Visible() || !strings.Contains(field.Error(), "kontrollsifferet") {
		t.Errorf("a wrong check digit gave %q", field.Error())
	}
	if digits, ok := o.Value(); digits != "920717153" || ok {
		t.Errorf("value %q, %v", digits, ok)
	}
}

func TestFieldCounter(t *testing.T) {
	text := NewTextField()
	field := NewField(printers["nb"], FieldOptions{Label: "Kort", Max: 10}, text)
	w, _, _ := window(t, field)
	for content, want := range map[string]struct {
		text  string
		color fyne.ThemeColorName
	}{
		"abc":          {"3 / 10", theme.ColorNameQuiet},
		"abcdefghi":    {"9 / 10, 1 tegn igjen", theme.ColorNameMend},
		"abcdefghijkl": {"12 / 10, 2 tegn for mye", theme.ColorNameStop},
	} {
		text.SetText("")
		field.FocusControl()
		write(t, w, content)
		if field.counter.Text != want.text || field.tone != want.color {
			t.Errorf("%q is counted %q in %s", content, field.counter.Text, field.tone)
		}
	}
}

func TestErrorDoesNotMoveWhatIsUnder(t *testing.T) {
	first := NewField(printers["nb"], FieldOptions{Label: "A", Hint: "Et hint."}, NewTextField())
	second := NewField(printers["nb"], FieldOptions{Label: "B"}, NewTextField())
	window(t, FormColumn(first, second))
	before := second.Position()
	first.SetError("Noe er feil.")
	test.WidgetRenderer(first).Layout(first.Size())
	if heightOf(first, first.Size().Width) != first.Size().Height || second.Position() != before {
		t.Error("an error of one line moved the next field")
	}
}

func TestDockKeepsReadingOrder(t *testing.T) {
	left, top, middle, bottom := NewTextField(), NewTextField(), NewTextField(), NewTextField()
	w, _, _ := window(t, Dock(left, top, bottom, middle))
	for i, want := range []*TextField{left, top, middle, bottom} {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != want.FocusTarget() {
			t.Errorf("stop %d is not in reading order", i)
		}
	}
	if bottom.Position().Y <= middle.Position().Y || middle.Position().X <= left.Position().X {
		t.Error("the parts are not where they belong")
	}
}

func TestClickOnTheLabel(t *testing.T) {
	text := NewTextField()
	field := NewField(printers["nb"], FieldOptions{Label: "Navn"}, text)
	w, _, _ := window(t, FormColumn(field))
	test.TapCanvas(w.Canvas(), fyne.NewPos(10, 8))
	if w.Canvas().Focused() != text.FocusTarget() {
		t.Error("a click on the label does not focus the field")
	}
}

func TestTabFollowsReadingOrder(t *testing.T) {
	a, b := NewTextField(), NewTextArea(printers["nb"])
	c := NewSelect(printers["nb"], nil)
	d := NewCheck("Ja", nil)
	e := NewButton("Lag PDF", func() {})
	wrap := func(o fyne.CanvasObject) fyne.CanvasObject {
		return NewField(printers["nb"], FieldOptions{Label: "x"}, o)
	}
	w, _, _ := window(t, NewScroll(FormColumn(wrap(a), wrap(b), wrap(c), wrap(d), e)))
	for i, want := range []fyne.Focusable{a.entry, b.entry, c, d, e, a.entry} {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != want {
			t.Fatalf("stop %d is %T, want %T", i, w.Canvas().Focused(), want)
		}
	}
	if b.entry.AcceptsTab() {
		t.Error("Tab is kept by the text area")
	}
}

func TestFocusScrollsIntoSight(t *testing.T) {
	var fields []fyne.CanvasObject
	var last *TextField
	for range 30 {
		last = NewTextField()
		fields = append(fields, NewField(printers["nb"], FieldOptions{Label: "x"}, last))
	}
	scroll := NewScroll(FormColumn(fields...))
	w, _, _ := window(t, scroll)
	w.Canvas().Focus(last.entry)
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(last).Y
	if top < 0 || top+last.Size().Height > 700 {
		t.Errorf("the focused field is at %v, outside the window", top)
	}
	if scroll.Offset.Y == 0 {
		t.Error("nothing scrolled")
	}
}

// TestWheelOverALineScrollsThePage: the mouse often rests on a field.
func TestWheelOverALineScrollsThePage(t *testing.T) {
	var fields []fyne.CanvasObject
	var under *TextField
	for i := range 30 {
		field := NewTextField()
		if i == 3 {
			under = field
		}
		fields = append(fields, NewField(printers["nb"], FieldOptions{Label: "x"}, field))
	}
	scroll := NewScroll(FormColumn(fields...))
	w, _, _ := window(t, scroll)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(under).AddXY(20, under.Size().Height/2)
	test.Scroll(w.Canvas(), at, 0, -40)
	if scroll.Offset.Y != 40 {
		t.Errorf("the page scrolled by %v", scroll.Offset.Y)
	}
	if w.Canvas().Focused() != nil {
		t.Error("the wheel took the focus")
	}
}
