package application

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
)

// framed is the part of a field view that is alike for all: the kit's frame,
// and findings that are only drawn again when they changed.
type framed struct {
	frame *kit.Field
	found []grant.Finding
	whole fyne.CanvasObject
}

func newFramed(frame *kit.Field) framed { return framed{frame: frame, whole: narrowed(frame)} }

func (v *framed) object() fyne.CanvasObject { return v.whole }
func (v *framed) focus()                    { v.frame.FocusControl() }

func (v *framed) note(found []grant.Finding) {
	if !slices.Equal(found, v.found) {
		v.found = found
		v.frame.SetFindings(notes(found))
	}
}

// typedControl is a control of the kit that holds one text.
type typedControl interface {
	kit.Control
	Text() string
	SetText(string)
}

// typedView is a field with one text: a line or an area.
type typedView struct {
	framed
	desk    *desk
	field   *grant.Field
	control typedControl
}

func newAreaView(d *desk, f *grant.Field) fieldView {
	area := kit.NewTextArea(d.words)
	v := &typedView{desk: d, field: f, control: area}
	area.OnChanged = v.onChanged
	area.OnFocusLost = d.saver.Flush
	v.framed = newFramed(kit.NewField(d.words, d.counted(f), area))
	return v
}

func newLineView(d *desk, f *grant.Field) fieldView {
	line := kit.NewTextField()
	v := &typedView{desk: d, field: f, control: line}
	line.OnChanged = v.onChanged
	line.OnFocusLost = d.saver.Flush
	v.framed = newFramed(kit.NewField(d.words, d.counted(f), line))
	return v
}

// counted are the options of a field whose characters are counted as the portal
// counts them.
func (d *desk) counted(f *grant.Field) kit.FieldOptions {
	o := d.options(f)
	o.Counter, o.Max, o.Suggested, o.AlwaysCount = d.call.Portal.Counting.Count, f.MaxLength, f.SuggestedMaxLength, true
	if f.MaxLength == 0 && f.SuggestedMaxLength > 0 {
		o.Hint = d.words.T("application.suggested", "Help", o.Hint, "Max", d.words.Number(int64(f.SuggestedMaxLength)))
	}
	o.OnHistory = func() { showHistory(d, f) }
	return o
}

func (v *typedView) onChanged(text string) { v.desk.Type(v.field, text) }

func (v *typedView) show(found []grant.Finding) {
	if !v.desk.saver.Waiting(v.field.ID) {
		v.control.SetText(v.desk.Answer(v.field.ID))
	}
	v.note(found)
}

// moneyView is a field for whole kroner.
type moneyView struct {
	framed
	desk    *desk
	field   *grant.Field
	control *kit.MoneyField
}

func newMoneyView(d *desk, f *grant.Field) fieldView {
	v := &moneyView{desk: d, field: f, control: kit.NewMoneyField(d.words)}
	v.control.OnChanged = v.onChanged
	v.control.OnFocusLost = d.saver.Flush
	o := d.options(f)
	o.OnHistory = func() { showHistory(d, f) }
	v.framed = newFramed(kit.NewField(d.words, o, v.control))
	return v
}

// onChanged keeps what is not an amount too: nothing typed is lost.
func (v *moneyView) onChanged(kroner int64, ok bool) {
	text := v.control.Text()
	if ok && text != "" {
		text = strconv.FormatInt(kroner, 10)
	}
	v.desk.Type(v.field, text)
}

func (v *moneyView) show(found []grant.Finding) {
	if !v.desk.saver.Waiting(v.field.ID) {
		answer := v.desk.Answer(v.field.ID)
		switch kroner, err := lang.ParseMoney(answer); {
		case answer == "" || err != nil:
			v.control.SetText(answer)
		default:
			if now, ok := v.control.Value(); !ok || now != kroner || v.control.Text() == "" {
				v.control.SetValue(kroner)
			}
		}
	}
	v.note(found)
}
