package kit

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/ui/theme"
)

// OrgNumberField is a Norwegian organisation number: nine digits, of which the
// last one checks the others. A mark tells at once whether it does. SetValue
// does not call OnChanged.
type OrgNumberField struct {
	TextField

	// OnChanged gets the digits; ok is false while they are no valid number. An
	// empty field is ok.
	OnChanged func(digits string, ok bool)

	words *lang.Printer
	mark  *iconBox
}

// NewOrgNumberField makes an empty field.
func NewOrgNumberField(words *lang.Printer) *OrgNumberField {
	o := &OrgNumberField{words: words, mark: newIconBox(fynetheme.ConfirmIcon(), theme.ColorNameFine)}
	o.mark.Hide()
	o.build(o)
	o.after = o.mark
	return o
}

// Value is the digits without spaces; ok is false when they are no valid number.
// An empty field is ok.
func (o *OrgNumberField) Value() (digits string, ok bool) {
	digits = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '.' {
			return -1
		}
		return r
	}, o.Text())
	return digits, digits == "" || reference.ValidOrgNumber(digits)
}

// SetValue shows a number, grouped by three.
func (o *OrgNumberField) SetValue(digits string) {
	if now, _ := o.Value(); now == digits && digits != "" {
		return
	}
	o.SetText(groupOrgNumber(digits))
	o.judge(true)
}

func (o *OrgNumberField) inputChanged(text string) {
	o.TextField.inputChanged(text)
	digits, _ := o.Value()
	o.judge(o.bad || len(digits) >= 9)
	if o.OnChanged != nil {
		o.OnChanged(o.Value())
	}
}

func (o *OrgNumberField) inputFocus(gained bool) {
	if !gained {
		o.tidy()
	}
	o.TextField.inputFocus(gained)
}

func (o *OrgNumberField) inputKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
		o.tidy()
	}
	return o.TextField.inputKey(ev)
}

func (o *OrgNumberField) tidy() {
	if digits, ok := o.Value(); ok {
		o.SetText(groupOrgNumber(digits))
	}
	o.judge(true)
}

// judge shows the mark, and when asked for, what is wrong.
func (o *OrgNumberField) judge(complain bool) {
	digits, ok := o.Value()
	o.mark.Hidden = digits == "" || !ok
	o.mark.Refresh()
	sentence := ""
	switch {
	case ok || !complain:
	case len(digits) != 9 || strings.Trim(digits, "0123456789") != "":
		sentence = o.words.T("kit.orgnumber.length", "Text", short(o.Text()))
	default:
		sentence = o.words.T("kit.orgnumber.check", "Text", o.Text())
	}
	o.complain(sentence)
}

// groupOrgNumber is "912 345 678".
func groupOrgNumber(digits string) string {
	if len(digits) != 9 {
		return digits
	}
	return digits[:3] + lang.NarrowSpace + digits[3:6] + lang.NarrowSpace + digits[6:]
}
