package kit

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
)

// MoneyField is an amount in whole kroner. While it has the focus it keeps what
// is typed; after that it shows the amount grouped. A text that is no amount is
// kept and explained. SetValue does not call OnChanged.
type MoneyField struct {
	TextField

	// OnChanged gets the amount in kroner; ok is false while the text is none. An
	// empty field is 0 and ok.
	OnChanged func(kroner int64, ok bool)

	words *lang.Printer
}

// NewMoneyField makes an empty field.
func NewMoneyField(words *lang.Printer) *MoneyField {
	m := &MoneyField{words: words}
	m.trailing = true
	m.build(m)
	return m
}

// Value is the amount in kroner; ok is false when the text is none. An empty
// field is 0 and ok; Text tells it from a zero.
func (m *MoneyField) Value() (kroner int64, ok bool) {
	kroner, err := lang.ParseMoney(m.Text())
	return kroner, err == nil
}

// SetValue shows an amount.
func (m *MoneyField) SetValue(kroner int64) {
	if now, ok := m.Value(); ok && now == kroner && m.Text() != "" {
		return
	}
	m.SetText(m.words.Money(kroner))
	m.explain()
}

func (m *MoneyField) inputChanged(text string) {
	m.TextField.inputChanged(text)
	if m.bad {
		m.explain()
	}
	if m.OnChanged != nil {
		m.OnChanged(m.Value())
	}
}

func (m *MoneyField) inputFocus(gained bool) {
	if gained {
		m.selectAll()
	} else {
		m.tidy()
	}
	m.TextField.inputFocus(gained)
}

func (m *MoneyField) inputKey(ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter {
		m.tidy()
	}
	return m.TextField.inputKey(ev)
}

// tidy groups the amount, or says what is wrong with it.
func (m *MoneyField) tidy() {
	if kroner, ok := m.Value(); ok && m.Text() != "" {
		m.SetText(m.words.Money(kroner))
	}
	m.explain()
}

func (m *MoneyField) explain() {
	sentence := ""
	if _, ok := m.Value(); !ok {
		sentence = m.words.T("kit.money.bad", "Text", short(m.Text()))
	}
	m.complain(sentence)
}

// short keeps what is quoted in a sentence from filling the screen.
func short(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
