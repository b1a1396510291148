package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// printers are loaded once; the tests only read them.
var printers = map[string]*lang.Printer{"nb": lang.New("nb"), "nn": lang.New("nn"), "en": lang.New("en")}

// window shows content on a Stage, in a window of 1024 × 700.
func window(t *testing.T, content fyne.CanvasObject) (fyne.Window, *Stage, *task.Runner) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light}))
	tasks := task.NewSync()
	stage := NewStage(tasks, printers["nb"], content)
	w := test.NewTempWindow(t, stage)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1024, 700))
	return w, stage, tasks
}

// key presses a key on what has the focus.
func key(t *testing.T, w fyne.Window, names ...fyne.KeyName) {
	t.Helper()
	for _, name := range names {
		f := w.Canvas().Focused()
		if f == nil {
			t.Fatalf("nothing has the focus for %s", name)
		}
		f.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// write types on what has the focus.
func write(t *testing.T, w fyne.Window, text string) {
	t.Helper()
	f := w.Canvas().Focused()
	if f == nil {
		t.Fatalf("nothing has the focus for %q", text)
	}
	for _, r := range text {
		f.TypedRune(r)
	}
}

// plain is a text with ordinary spaces.
func plain(s string) string { return strings.ReplaceAll(s, lang.NarrowSpace, " ") }

// click taps at the middle of an object.
func click(o fyne.Tappable) { test.Tap(o) }
