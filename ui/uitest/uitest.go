// Package uitest lets tests try a page: in a window without a screen, on a
// workspace of its own, with background work done at once.
package uitest

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Words speaks a language.
func Words(code string) *lang.Printer { return lang.New(code) }

// Shell is a window that notes what a page asks of it.
type Shell struct {
	window  fyne.Window
	Saves   int
	Unsaves []error
	Failed  []error
	Toasts  []string
	Went    []screen.Route
}

// Window is where dialogs open.
func (s *Shell) Window() fyne.Window { return s.window }

// Go notes a route.
func (s *Shell) Go(r screen.Route) { s.Went = append(s.Went, r) }

// Toast notes a sentence.
func (s *Shell) Toast(text string, _ bool) { s.Toasts = append(s.Toasts, text) }

// Fail notes an error.
func (s *Shell) Fail(_ string, err error) { s.Failed = append(s.Failed, err) }

// Saved counts.
func (s *Shell) Saved() { s.Saves++ }

// Unsaved notes an error.
func (s *Shell) Unsaved(err error) { s.Unsaves = append(s.Unsaves, err) }

// CommandsChanged implements screen.Shell.
func (s *Shell) CommandsChanged() {}

// Tried is a page in a window.
type Tried struct {
	testing.TB
	Env   *screen.Env
	Shell *Shell
	Stage *kit.Stage
	Tasks *task.Runner
}

// Program opens a workspace in a folder of its own; sample fills it with the
// sample county.
func Program(t testing.TB, sample bool) *app.Program {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	t.Setenv("KOMPETANSEPILOT_BACKUPS", filepath.Join(dir, "backups"))
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	if sample {
		if err := app.MakeSample(p); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// Window makes an empty window of 1280 × 800 on a program, in bokmål and light.
func Window(t testing.TB, p *app.Program) *Tried {
	return WindowIn(t, p, "nb", theme.Options{Variant: theme.Light}, 1280, 800)
}

// WindowIn makes an empty window in a language, a look and a size.
func WindowIn(t testing.TB, p *app.Program, language string, look theme.Options, width, height float32) *Tried {
	t.Helper()
	a := test.NewApp()
	t.Cleanup(func() { test.NewApp() })
	a.Settings().SetTheme(theme.New(look))
	s := &Shell{}
	tasks := task.NewSync()
	stage := kit.NewStage(tasks, lang.New(language), kit.NewText(""))
	s.window = test.NewWindow(stage)
	t.Cleanup(s.window.Close)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(width, height))
	env := &screen.Env{Program: p, Words: lang.New(language), Tasks: tasks, Shell: s}
	return &Tried{TB: t, Env: env, Shell: s, Stage: stage, Tasks: tasks}
}

// Show puts a page into the window and tells it of every change.
func (w *Tried) Show(p screen.Page) {
	w.Helper()
	w.Stage.SetContent(p.Content())
	w.Cleanup(w.Env.Program.Workspace.Subscribe(p.Changed))
}

// Write types on what has the focus.
func (w *Tried) Write(text string) {
	w.Helper()
	for _, r := range text {
		w.focused().TypedRune(r)
	}
}

// Key presses keys on what has the focus.
func (w *Tried) Key(names ...fyne.KeyName) {
	w.Helper()
	for _, name := range names {
		w.focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func (w *Tried) focused() fyne.Focusable {
	w.Helper()
	f := w.Shell.window.Canvas().Focused()
	if f == nil {
		w.Fatal("nothing has the focus")
	}
	return f
}

// Texts are all the texts that can be read on an object, with ordinary spaces.
func Texts(o fyne.CanvasObject) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(test.RenderObjectToMarkup(o)), " "), lang.NarrowSpace, " ")
}

// Picture saves what the window shows as NAME.png in the folder that PICTURES
// names, to be looked at. Without PICTURES it does nothing.
func (w *Tried) Picture(name string) {
	w.Helper()
	folder := os.Getenv("PICTURES")
	if folder == "" {
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		w.Fatal(err)
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		w.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Shell.window.Canvas().Capture()); err != nil {
		w.Fatal(err)
	}
}

// Looks are the looks that every page must be good in.
func Looks() map[string]theme.Options {
	return map[string]theme.Options{
		"light": {Variant: theme.Light}, "dark": {Variant: theme.Dark},
		"contrast": {Variant: theme.HighContrast}, "light-200": {Variant: theme.Light, TextScale: 2},
	}
}
