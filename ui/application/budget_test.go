package application

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// TestBudgetPictures makes pictures of the economy to look at, when PICTURES
// names a folder.
func TestBudgetPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("no PICTURES")
	}
	for look, options := range uitest.Looks() {
		for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 700}} {
			for _, full := range []bool{true, false} {
				w := try
				name := "budget-empty-"
				if full {
					w, name = trySample, "budget-"
				}
				page := w(t)
				fyne.CurrentApp().Settings().SetTheme(theme.New(options))
				page.shell.window.Resize(size)
				page.FocusField("costPlan")
				page.tasks.Advance(typingPause)
				page.picture(name + look + "-" + map[bool]string{true: "wide", false: "narrow"}[size.Width > 1100])
				if full {
					page.FocusField("coFinancingConfirmed")
					page.tasks.Advance(typingPause)
					page.picture(name + look + "-" + map[bool]string{true: "wide", false: "narrow"}[size.Width > 1100] + "-below")
				}
			}
		}
	}
}

func (w *tried) picture(name string) {
	w.Helper()
	folder := os.Getenv("PICTURES")
	if folder == "" {
		return
	}
	// A window finds new smallest sizes at its next frame; the test's has none.
	size := w.shell.window.Canvas().Size()
	w.shell.window.Resize(size.SubtractWidthHeight(1, 1))
	w.shell.window.Resize(size)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		w.Fatal(err)
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		w.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.shell.window.Canvas().Capture()); err != nil {
		w.Fatal(err)
	}
}

var (
	_ kit.Control
	_ *task.Runner
)
