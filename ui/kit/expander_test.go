package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/ui/theme"
)

func TestExpanderOpensByKeyAndMouse(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Options{}))
	var told []bool
	d := NewExpander("Endret tittelen", "14:32 · Kari", func(open bool) { told = append(told, open) })
	content := NewText("Før: Tømmer")
	d.SetContent(content)
	w := test.NewTempWindow(t, d)
	w.Resize(fyne.NewSize(400, 300))
	closed := d.MinSize().Height
	w.Canvas().Focus(d.FocusTarget())
	key := func(name fyne.KeyName) { w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	key(fyne.KeyRight)
	key(fyne.KeyRight) // is open already
	if !d.Open() || d.MinSize().Height <= closed+content.MinSize().Height {
		t.Fatalf("open %v, %v high after %v", d.Open(), d.MinSize().Height, closed)
	}
	key(fyne.KeyLeft)
	if d.Open() || d.MinSize().Height != closed {
		t.Fatal("arrow left does not close")
	}
	key(fyne.KeySpace)
	test.Tap(d.head)
	if d.Open() || len(told) != 4 {
		t.Fatalf("open %v, told %v", d.Open(), told)
	}
	d.SetOpen(true)
	if len(told) != 4 {
		t.Error("SetOpen called OnToggled")
	}
	d.SetTag(Warn, "Angret")
	if got := d.head.AccessibilityLabel(); got != "Endret tittelen. Angret. 14:32 · Kari" {
		t.Errorf("label %q", got)
	}
}
