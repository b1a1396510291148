package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestMarkup compares what the widgets draw with trees that have been looked at.
func TestMarkup(t *testing.T) {
	window(t, NewText("")) // the theme, before the widgets
	number := NewOrgNumberField(printers["nb"])
	number.SetValue("920717153")
	wrong := NewField(printers["nb"], FieldOptions{Label: "Organisasjonsnummer", Required: true, Hint: "Ni sifre."}, number)
	wrong.SetError("Kontrollsifferet stemmer ikke.")
	area := NewTextArea(printers["nb"])
	area.SetText("Skog.")
	counted := NewField(printers["nb"], FieldOptions{Label: "Kort beskrivelse", Max: 5}, area)
	counted.SetFindings([]FieldNote{{Severity: Warn, Message: "Teksten er kort.", Remedy: "Skriv mer."}})
	for name, o := range map[string]fyne.CanvasObject{
		"field_wrong":   wrong,
		"field_counted": counted,
		"buttons":       Row(NewPrimaryButton("Lag PDF", nil), NewButton("Kopier", nil), Spacer(), NewLink("Gå til", nil)),
	} {
		w, _, _ := window(t, Column(8, o))
		w.Resize(fyne.NewSize(400, 200))
		test.AssertObjectRendersToMarkup(t, "markup/"+name+".xml", o)
	}
}
