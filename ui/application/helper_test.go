package application

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// words are loaded once; the tests only read them.
var words = lang.New("nb")

const county = "34"

// shell is the window that the page is tried in.
type shell struct {
	window  fyne.Window
	saved   int
	unsaved []error
	failed  []error
	toasts  []string
	went    []screen.Route
}

func (s *shell) Window() fyne.Window          { return s.window }
func (s *shell) Go(r screen.Route)            { s.went = append(s.went, r) }
func (s *shell) Toast(text string, _ bool)    { s.toasts = append(s.toasts, text) }
func (s *shell) Fail(doing string, err error) { s.failed = append(s.failed, err) }
func (s *shell) Saved()                       { s.saved++ }
func (s *shell) Unsaved(err error)            { s.unsaved = append(s.unsaved, err) }

// tried is a page in a window, on a workspace of its own.
type tried struct {
	*testing.T
	*Page
	program *app.Program
	shell   *shell
	tasks   *task.Runner
	id      string
}

// newProgram opens an empty workspace.
func newProgram(t *testing.T) *app.Program {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	p, err := app.Open(filepath.Join(dir, "a"+data.Extension), app.LoadState(), app.Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	return p
}

// try opens an empty application of Innlandet.
func try(t *testing.T) *tried {
	t.Helper()
	p := newProgram(t)
	id, err := p.Grants.Create("Ny søknad", "kompetansepiloter-2020", county, "nb", "Fra skog til hus")
	if err != nil {
		t.Fatal(err)
	}
	return tryOn(t, p, id)
}

// trySample opens the sample county's application.
func trySample(t *testing.T) *tried {
	t.Helper()
	p := newProgram(t)
	if err := app.MakeSample(p); err != nil {
		t.Fatal(err)
	}
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal("no sample application", err)
	}
	for _, a := range all {
		if strings.Contains(a.Title, "skog") {
			return tryOn(t, p, a.ID)
		}
	}
	return tryOn(t, p, all[0].ID)
}

func tryOn(t *testing.T, p *app.Program, id string) *tried {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light}))
	s := &shell{}
	tasks := task.NewSync()
	stage := kit.NewStage(tasks, words, kit.NewText(""))
	s.window = test.NewTempWindow(t, stage)
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(1280, 800))
	env := &screen.Env{Program: p, Words: words, Tasks: tasks, Shell: s}
	page := New(env, id).(*Page)
	stage.SetContent(page.Content())
	cancel := p.Workspace.Subscribe(page.Changed)
	t.Cleanup(cancel)
	return &tried{T: t, Page: page, program: p, shell: s, tasks: tasks, id: id}
}

// write types on what has the focus.
func (w *tried) write(text string) {
	w.Helper()
	f := w.shell.window.Canvas().Focused()
	if f == nil {
		w.Fatalf("nothing has the focus for %q", text)
	}
	for _, r := range text {
		f.TypedRune(r)
	}
}

func (w *tried) key(names ...fyne.KeyName) {
	w.Helper()
	for _, name := range names {
		f := w.shell.window.Canvas().Focused()
		if f == nil {
			w.Fatalf("nothing has the focus for %s", name)
		}
		f.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// rest lets the keyboard rest.
func (w *tried) rest() { w.tasks.Advance(saving.TypingPause) }

// stored is a field as the workspace has it.
func (w *tried) stored(field string) string {
	w.Helper()
	d, err := data.LoadDraft(w.program.Workspace, w.id)
	if err != nil {
		w.Fatal(err)
	}
	return d.Application.Answers[field]
}

func (w *tried) draftNow() data.Draft {
	w.Helper()
	d, err := data.LoadDraft(w.program.Workspace, w.id)
	if err != nil {
		w.Fatal(err)
	}
	return d
}

// plain is a text with ordinary spaces.
func plain(s string) string { return strings.ReplaceAll(s, lang.NarrowSpace, " ") }

// texts are all the texts that can be read on an object.
func texts(o fyne.CanvasObject) string {
	return plain(strings.Join(strings.Fields(test.RenderObjectToMarkup(o)), " "))
}
