package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

func TestMarkedTextShowsEveryWordInItsWidth(t *testing.T) {
	window(t, NewText(""))
	text := NewMarkedText(printers["nb"], []MarkedRun{
		{Text: "Bedriftene i Nord-Gudbrandsdalen mangler "}, {Text: "folk ", Mark: Deleted}, {Text: "kompetanse ", Mark: Inserted},
		{Text: "i trebygg.\nSlutt."}, {Text: "\n", Mark: Inserted},
	})
	text.Resize(fyne.NewSize(200, text.heightFor(200)))
	var shown strings.Builder
	for i, o := range text.parts() {
		line := o.(*canvas.Text)
		if right := text.at[i].X + fyne.MeasureText(strings.TrimRight(line.Text, " "), line.TextSize, line.TextStyle).Width; right > 200 {
			t.Errorf("%q ends at %v", line.Text, right)
		}
		if struck := strings.HasPrefix(line.Text, "folk"); struck != line.TextStyle.Strikethrough {
			t.Errorf("%q is struck through: %v", line.Text, line.TextStyle.Strikethrough)
		}
		shown.WriteString(line.Text)
	}
	if want := "Bedriftene i Nord-Gudbrandsdalen mangler folk kompetanse i trebygg.Slutt.¶"; shown.String() != want {
		t.Errorf("it shows %q", shown.String())
	}
	if text.lines < 4 || text.least().Height < 4*text.high {
		t.Errorf("it has %d lines", text.lines)
	}
	if !strings.Contains(text.AccessibilityLabel(), "[tatt ut: folk]") {
		t.Errorf("it is read as %q", text.AccessibilityLabel())
	}
}
