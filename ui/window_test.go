package ui

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// tried is the window without a screen, with background work done at once.
type tried struct {
	*testing.T
	*Window
	log *bytes.Buffer
}

// home gives the test a machine of its own.
func home(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(dir, "home"))
	t.Setenv("KOMPETANSEPILOT_BACKUPS", filepath.Join(dir, "backups"))
	return dir
}

// try starts the program on path; "" is the first start.
func try(t *testing.T, path string) *tried {
	t.Helper()
	log := &bytes.Buffer{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelError})))
	t.Cleanup(func() { slog.SetDefault(before) })
	w := newWindow(Options{Version: "1", Build: "1", Workspace: path}, app.LoadState(), task.NewSync())
	w.make(test.NewTempApp(t))
	w.fill()
	t.Cleanup(w.window.Close)
	t.Cleanup(w.finish)
	w.start(path, nil)
	return &tried{T: t, Window: w, log: log}
}

// trySample starts the program on the sample county.
func trySample(t *testing.T) *tried {
	t.Helper()
	home(t)
	path := filepath.Join(t.TempDir(), "Innlandet"+data.Extension)
	p, err := app.Open(path, app.LoadState(), app.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(app.MakeSample(p), p.Close()); err != nil {
		t.Fatal(err)
	}
	return try(t, path)
}

func (w *tried) texts() string {
	return strings.ReplaceAll(strings.Join(strings.Fields(test.RenderObjectToMarkup(w.window.Canvas().Content())), " "), lang.NarrowSpace, " ")
}

func (w *tried) find(text string) *kit.Button {
	w.Helper()
	var found *kit.Button
	walk(w.window.Canvas().Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == text {
			found = b
		}
	})
	if found == nil {
		w.Fatalf("no button %q in %s", text, w.texts())
	}
	return found
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch x := o.(type) {
	case *fyne.Container:
		for _, part := range x.Objects {
			walk(part, visit)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(x).Objects() {
			walk(part, visit)
		}
	}
}

// application is the sample's own application.
func (w *tried) application() string {
	w.Helper()
	all, err := w.session.program.Grants.Applications()
	if err != nil || len(all) == 0 {
		w.Fatal("no application", err)
	}
	return all[0].ID
}

func TestFirstStartAsksForCountyAndName(t *testing.T) {
	home(t)
	w := try(t, "")
	if w.session != nil {
		t.Fatal("a workspace is open before anything was chosen")
	}
	v := newWelcome(w.Window, app.DefaultWorkspace(), nil)
	w.stage.SetContent(v.content)
	v.name.SetText("")
	v.onBegin()
	if v.countyField.Error() == "" || v.nameField.Error() == "" || w.session != nil {
		t.Fatal("an empty form is taken")
	}
	v.county.SetSelected("56")
	v.name.SetText("Máret Ánne Åsbø")
	v.onBegin()
	if w.session == nil {
		t.Fatalf("no workspace: %s", w.texts())
	}
	p := w.session.program
	if p.Setting(app.SettingCounty) != "56" || p.Setting(app.SettingName) != "Máret Ánne Åsbø" {
		t.Error("what was chosen is not kept")
	}
	if w.session.trail.now().Page != screen.PageOverview {
		t.Error("it does not begin with the overview")
	}
}

func TestSampleHasAWorkspaceOfItsOwn(t *testing.T) {
	home(t)
	w := try(t, "")
	w.OpenSample("Kari Nordmann")
	if w.session == nil || w.session.program.Workspace.Path() != app.SampleWorkspace() {
		t.Fatalf("no sample: %s", w.texts())
	}
	if w.session.program.Setting(app.SettingName) != "Kari Nordmann" {
		t.Error("the name is lost")
	}
	w.application()
}

// TestPagesShareTheChooser: a dialog for files begins where the last choice was
// made, on whatever page.
func TestPagesShareTheChooser(t *testing.T) {
	w := trySample(t)
	if w.session.env.Chooser() != w.Files() {
		t.Error("the pages have a chooser of their own")
	}
}

func TestItOpensWhereItWasLeft(t *testing.T) {
	w := trySample(t)
	id := w.application()
	w.Go(screen.Route{Page: screen.PageApplication, ID: id, Field: "background"})
	w.rememberPlace()
	r := firstRoute(app.LoadState().Get(), w.session.program.Workspace.Path())
	if r.Page != screen.PageApplication || r.ID != id {
		t.Errorf("it would open %+v", r)
	}
	if r := firstRoute(app.LoadState().Get(), "other.kpilot"); r.Page != screen.PageOverview {
		t.Errorf("another workspace would open at %+v", r)
	}
}

// TestEachWorkspaceHasItsPlace: another workspace does not open on an application
// of the first, and the way back leads to it; and a program that is killed has
// kept the page.
func TestEachWorkspaceHasItsPlace(t *testing.T) {
	w := trySample(t)
	first, id := w.session.program.Workspace.Path(), w.application()
	w.Go(screen.Route{Page: screen.PageApplication, ID: id})
	if r := firstRoute(app.LoadState().Get(), first); r.ID != id {
		t.Errorf("without closing, it would open %+v", r)
	}
	other := filepath.Join(t.TempDir(), "Annen"+data.Extension)
	p, err := app.Open(other, app.LoadState(), app.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(app.MakeSample(p), p.Close()); err != nil {
		t.Fatal(err)
	}
	w.OpenWorkspace(other)
	if now := w.session.trail.now(); now.Page != screen.PageOverview {
		t.Errorf("the other opened at %+v", now)
	}
	w.OpenWorkspace(first)
	if now := w.session.trail.now(); now.ID != id {
		t.Errorf("the first came back at %+v", now)
	}
}

func TestMissingWorkspace(t *testing.T) {
	home(t)
	w := try(t, filepath.Join(t.TempDir(), "borte.kpilot"))
	if w.session != nil || !strings.Contains(w.texts(), "Fant ikke arbeidsfilen") {
		t.Errorf("it says %s", w.texts())
	}
	w.find("Hent tilbake en sikkerhetskopi …")
}

func TestBackAndForward(t *testing.T) {
	w := trySample(t)
	pages := []string{screen.PageApplications, screen.PageTrash, screen.PageHelp}
	for _, p := range pages {
		w.Go(screen.Route{Page: p})
	}
	w.Go(screen.Route{Page: screen.PageHelp}) // where one is already
	w.Back()
	w.Back()
	if got := w.session.trail.now().Page; got != screen.PageApplications {
		t.Errorf("two back is %s", got)
	}
	w.Forward()
	if got := w.session.trail.now().Page; got != screen.PageTrash {
		t.Errorf("forward is %s", got)
	}
	w.Go(screen.Route{Page: screen.PageOverview})
	if w.session.trail.canForward() {
		t.Error("what lay ahead is still there")
	}
}

func TestUndoNamesTheStep(t *testing.T) {
	w := trySample(t)
	p := w.session.program
	before := p.Setting(app.SettingCounty)
	if err := p.SetSettings("Byttet fylke", map[string]string{app.SettingCounty: "18"}); err != nil {
		t.Fatal(err)
	}
	if label := w.undoLabel(); !strings.Contains(label, "Byttet fylke") {
		t.Errorf("the menu says %q", label)
	}
	w.Undo()
	if p.Setting(app.SettingCounty) != before {
		t.Error("it is not undone")
	}
	w.Redo()
	if p.Setting(app.SettingCounty) != "18" {
		t.Error("it is not done again")
	}
}

func (w *tried) undoLabel() string { return w.window.MainMenu().Items[1].Items[0].Label }

func TestSearchFindsPagesCommandsAndRecords(t *testing.T) {
	w := trySample(t)
	s := w.session
	for text, want := range map[string]string{"papirk": "Papirkurv", "mørk": "Mørkt utseende", "logo": "Logo i dokumenter", "skogskolen": "Skogskolen"} {
		s.frame.search.SetText(text)
		s.frame.hits.onChanged(text)
		w.tasks.Advance(searchPause)
		if !s.frame.hits.Visible() || !strings.Contains(w.texts(), want) {
			t.Errorf("%q does not find %q", text, want)
		}
	}
	s.frame.search.SetText("papirk")
	s.frame.hits.onChanged("papirk")
	s.frame.hits.onSubmitted("papirk") // before the pause is over
	if s.trail.now().Page != screen.PageTrash || s.frame.hits.Visible() || s.frame.search.Text() != "" {
		t.Errorf("Enter leads to %+v", s.trail.now())
	}
}

func TestLanguageKeepsThePlace(t *testing.T) {
	w := trySample(t)
	w.Go(screen.Route{Page: screen.PageTrash})
	w.SetLanguage("nn")
	if got := w.session.trail.now().Page; got != screen.PageTrash || !strings.Contains(w.texts(), "Papirkorg") {
		t.Errorf("after the change it shows %s", got)
	}
	if w.state.Get().Language != "nn" {
		t.Error("the language is not remembered")
	}
}

func TestUnsavedIsSaidUntilItIsSaved(t *testing.T) {
	w := trySample(t)
	w.Unsaved(&data.Error{Code: data.CodeDiskFull, Message: "Disken er full."})
	if !strings.Contains(w.texts(), "Disken er full.") {
		t.Error("nothing is said")
	}
	w.Quit()
	if w.closing {
		t.Error("it closes without asking")
	}
	w.Saved()
	if strings.Contains(w.texts(), "Disken er full.") {
		t.Error("it is still said")
	}
}

// TestEveryPageInEveryLanguage also finds texts that are missing: they are
// logged as errors.
func TestEveryPageInEveryLanguage(t *testing.T) {
	w := trySample(t)
	id := w.application()
	talk, err := w.session.program.Needs.Start("Begynte", data.Interview{})
	if err != nil {
		t.Fatal(err)
	}
	for _, code := range lang.Codes {
		w.SetLanguage(code)
		for _, d := range destinations() {
			r := screen.Route{Page: d.page}
			switch d.page {
			case screen.PageApplication:
				r.ID = id
			case screen.PageInterview:
				r.ID = talk
			}
			w.Go(r)
			if got := w.session.trail.now().Page; got != d.page {
				t.Errorf("%s does not open", d.page)
			}
			if w.session.page.Title() == "" {
				t.Errorf("%s: %s has no title", code, d.page)
			}
			w.texts()
		}
	}
	if w.log.Len() > 0 {
		t.Errorf("the log says:\n%s", w.log)
	}
	for _, m := range w.messages {
		if m.Error {
			t.Errorf("it says: %s", m.Text)
		}
	}
}

// TestShortcuts: each is there once, and none is Ctrl+Alt, which is AltGr.
func TestShortcuts(t *testing.T) {
	w := trySample(t)
	seen := map[string]string{}
	for _, top := range w.menu().Items {
		for _, item := range top.Items {
			if item.Shortcut == nil {
				continue
			}
			name := item.Shortcut.ShortcutName()
			if other, twice := seen[name]; twice {
				t.Errorf("%s is both %q and %q", name, other, item.Label)
			}
			seen[name] = item.Label
			if c, ok := item.Shortcut.(*desktop.CustomShortcut); ok && c.Modifier&fyne.KeyModifierAlt != 0 && c.Modifier&fyne.KeyModifierControl != 0 {
				t.Errorf("%q is Ctrl+Alt", item.Label)
			}
		}
	}
}

func TestTextSizeStaysWithin(t *testing.T) {
	w := trySample(t)
	for range 20 {
		w.changeTextScale(1)
	}
	if got := w.state.Get().TextScale; got != 2 {
		t.Errorf("the largest is %v", got)
	}
	for range 20 {
		w.changeTextScale(-1)
	}
	if got := w.state.Get().TextScale; got != 1 {
		t.Errorf("the smallest is %v", got)
	}
}

// TestLightWhereNobodyTells: without D-Bus nothing tells what the desktop looks
// like; with it, the desktop is asked.
func TestLightWhereNobodyTells(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the system tells")
	}
	for bus, want := range map[string]string{"": "light", "unix:path=/x": ""} {
		t.Setenv("FYNE_THEME", "")
		t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", bus)
		beLightUntold()
		if got := os.Getenv("FYNE_THEME"); got != want {
			t.Errorf("with the bus %q it is %q", bus, got)
		}
	}
}

// TestFirstPictureIsWhole: what was read while the window was made is all that
// the first page, the counts and the buttons need.
func TestFirstPictureIsWhole(t *testing.T) {
	w := trySample(t)
	program := w.session.program
	if _, err := program.Grants.Create("Ny", "kompetansepiloter-2020", "34", "nb", "Lenger ned i lia"); err != nil {
		t.Fatal(err)
	}
	w.end()
	f := &first{program: program}
	f.read(w.Window)
	w.tasks.Close() // nothing more is read
	w.onOpened(f)
	if texts := w.texts(); !strings.Contains(texts, "Lenger ned") || strings.Contains(texts, w.words.T("overview.loading")) {
		t.Errorf("the first page is not whole: %s", texts)
	}
	if w.session.frame.undo.Disabled() {
		t.Error("the step cannot be undone")
	}
	counted := 0
	walk(w.session.frame.nav, func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Badge); ok {
			counted += b.Count()
		}
	})
	if counted == 0 {
		t.Error("the navigation counts nothing that waits")
	}
}
