package ui

import (
	"context"
	"errors"
	"os"
	"os/user"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// welcome is what a new workspace begins with: which county, and who works in it.
type welcome struct {
	window  *Window
	path    string
	program *app.Program // open already, or nil

	county      *kit.Select
	countyField *kit.Field
	name        *kit.TextField
	nameField   *kit.Field
	begin       *kit.Button
	sample      *kit.Button
	content     fyne.CanvasObject
}

// showWelcome asks what a workspace that is to be made at path needs to know.
func (w *Window) showWelcome(path string) { w.welcome(path, nil) }

// showWelcomeOn asks the same of a workspace that was made without an answer.
func (w *Window) showWelcomeOn(p *app.Program) { w.welcome(p.Workspace.Path(), p) }

func (w *Window) welcome(path string, program *app.Program) {
	v := newWelcome(w, path, program)
	w.stage.SetContent(v.content)
	w.window.SetTitle(app.Name)
	w.refreshMenu()
	w.focus(v.county.FocusTarget())
}

func newWelcome(w *Window, path string, program *app.Program) *welcome {
	words := w.words
	v := &welcome{window: w, path: path, program: program, county: kit.NewSelect(words, countyOptions(words)), name: kit.NewTextField()}
	v.county.OnChanged = v.onCounty
	v.name.SetText(ownName())
	v.name.OnChanged = v.onName
	v.name.OnSubmitted = v.onSubmitted
	v.countyField = kit.NewField(words, kit.FieldOptions{Label: words.T("welcome.county"), Hint: words.T("welcome.countyHint"), Required: true}, v.county)
	v.nameField = kit.NewField(words, kit.FieldOptions{Label: words.T("welcome.name"), Hint: words.T("welcome.nameHint"), Required: true}, v.name)
	v.begin = kit.NewPrimaryButton(words.T("welcome.begin"), v.onBegin)
	v.sample = kit.NewButton(words.T("welcome.sample"), v.onSample)
	group := theme.Size(theme.SizeNameGroup)
	v.content = kit.NewScroll(kit.Padded(theme.Size(theme.SizeNamePage), kit.Centred(kit.Column(group,
		languageRow(w),
		kit.NewTitle(words.T("welcome.title")),
		kit.NewText(words.T("welcome.text")),
		v.countyField,
		v.nameField,
		kit.Row(v.begin),
		kit.NewSection(words.T("welcome.sampleTitle"), kit.NewText(words.T("welcome.sampleText")), kit.Row(v.sample)),
		kit.NewSection(words.T("welcome.haveTitle"), kit.NewText(words.T("welcome.haveText")),
			kit.Row(kit.NewButton(words.T("shell.menu.open"), w.askOpen))),
		kit.NewQuietText(words.T("welcome.path", "Path", path)),
	))))
	return v
}

// languageRow lets the person choose the language before anything else.
func languageRow(w *Window) fyne.CanvasObject {
	var row []fyne.CanvasObject
	for _, code := range lang.Codes {
		name := lang.Name(code)
		if code == w.words.Code() {
			row = append(row, kit.NewStrong(name))
			continue
		}
		row = append(row, kit.NewLink(name, func() { w.SetLanguage(code) }))
	}
	return kit.Row(row...)
}

// countyOptions are the counties of today, then those that were dissolved: the
// call of 2020 is for them.
func countyOptions(words *lang.Printer) []kit.Option {
	places := reference.Load()
	var options []kit.Option
	seen := map[string]bool{}
	name := func(c reference.County) string {
		if words.Code() == "nn" && c.NameNN != "" {
			return c.NameNN
		}
		return c.Name
	}
	for _, c := range places.Counties(reference.Current) {
		seen[c.Number] = true
		options = append(options, kit.Option{ID: c.Number, Label: name(c)})
	}
	for _, c := range places.Counties("2020") {
		if !seen[c.Number] {
			options = append(options, kit.Option{ID: c.Number, Label: name(c), Note: words.T("welcome.dissolved")})
		}
	}
	return options
}

// ownName is the person's name as the system knows it.
func ownName() string {
	u, err := user.Current()
	if err != nil || strings.EqualFold(u.Name, "root") || !strings.Contains(u.Name, " ") {
		return ""
	}
	return u.Name
}

func (v *welcome) onCounty(string)    { v.countyField.SetError("") }
func (v *welcome) onName(string)      { v.nameField.SetError("") }
func (v *welcome) onSubmitted(string) { v.onBegin() }

func (v *welcome) onBegin() {
	words := v.window.words
	county, name := v.county.Selected(), strings.TrimSpace(v.name.Text())
	var wrong []*kit.Field
	if county == "" {
		v.countyField.SetError(words.T("welcome.noCounty"))
		wrong = append(wrong, v.countyField)
	}
	if name == "" {
		v.nameField.SetError(words.T("welcome.noName"))
		wrong = append(wrong, v.nameField)
	}
	if len(wrong) > 0 {
		wrong[0].FocusControl()
		return
	}
	label := words.T("welcome.step")
	v.make(func(p *app.Program) error {
		return p.SetSettings(label, map[string]string{app.SettingCounty: county, app.SettingName: name})
	})
}

func (v *welcome) onSample() { v.window.OpenSample(strings.TrimSpace(v.name.Text())) }

// make makes the workspace and fills it. When that fails, the page stays.
func (v *welcome) make(fill func(*app.Program) error) {
	w := v.window
	v.begin.Disable()
	v.sample.Disable()
	task.Run(w.tasks, context.Background(), func(context.Context) (*app.Program, error) {
		p := v.program
		if p == nil {
			var err error
			if p, err = app.Open(v.path, w.state, app.Options{Create: true, Watch: true}); err != nil {
				return nil, err
			}
		}
		return p, fill(p)
	}, v.onMade)
}

func (v *welcome) onMade(p *app.Program, err error) {
	v.program = p
	v.begin.Enable()
	v.sample.Enable()
	if err != nil {
		v.window.Fail(v.window.words.T("welcome.doing"), err)
		return
	}
	v.window.enter(p)
}

// OpenSample opens the sample county in a workspace of its own, and makes it the
// first time. name is who works in it; "" is the sample's own coordinator.
func (w *Window) OpenSample(name string) {
	path := app.SampleWorkspace()
	if _, err := os.Stat(path); err == nil {
		w.OpenWorkspace(path)
		return
	}
	w.change(path, func(path string) {
		label := w.words.T("welcome.step")
		w.stage.SetContent(kit.Readable(kit.NewQuietText(w.words.T("welcome.making"))))
		task.Run(w.tasks, context.Background(), func(context.Context) (*app.Program, error) {
			p, err := app.Open(path, w.state, app.Options{Create: true, Watch: true})
			if err != nil {
				return nil, err
			}
			if name != "" {
				err = p.SetSettings(label, map[string]string{app.SettingName: name})
			}
			if err = errors.Join(err, app.MakeWholeSample(p)); err != nil {
				return nil, errors.Join(err, p.Close())
			}
			return p, nil
		}, w.onStarted)
	})
}

// showCannotOpen tells why a workspace cannot be opened, and what one can do.
func (w *Window) showCannotOpen(err error) {
	words := w.words
	text := screen.Sentence(words, err)
	if text == "" {
		text = words.T("shell.open.fault")
	}
	w.note(text, true)
	open := kit.NewPrimaryButton(words.T("shell.menu.open"), w.askOpen)
	buttons := []fyne.CanvasObject{open, kit.NewButton(words.T("shell.menu.newWorkspace"), w.askNew)}
	path := w.state.Get().LastWorkspace
	if w.options.Workspace != "" {
		path = w.options.Workspace
	}
	if path != "" && slices.Contains([]string{data.CodeNotFound, data.CodeGone, data.CodeDamaged}, data.Code(err)) {
		buttons = append(buttons, kit.NewButton(words.T("shell.open.backup"), func() { w.askRestore(path) }))
	}
	again := kit.NewButton(words.T("shell.open.again"), func() { w.open(path) })
	again.Hidden = path == ""
	buttons = append(buttons, again)
	w.stage.SetContent(kit.NewScroll(kit.Padded(theme.Size(theme.SizeNamePage), kit.Centred(kit.Column(theme.Size(theme.SizeNameGroup),
		kit.NewTitle(words.T("shell.open.title")),
		kit.NewMarkedLine(words, kit.Stop, text),
		kit.Row(buttons...),
	)))))
	w.window.SetTitle(app.Name)
	w.refreshMenu()
	w.focus(open.FocusTarget())
}

// askRestore brings a workspace that is gone or damaged back from a backup.
func (w *Window) askRestore(path string) {
	folder := w.state.BackupFolder(path)
	choose := kit.NewFileChooser(w.window, w.words, func() string { return folder }, nil)
	choose.Open(w.words.T("shell.open.backup"), w.workspaceFiles(), func(backup string) {
		w.stage.SetContent(kit.Readable(kit.NewQuietText(w.words.T("shell.restoring"))))
		task.Run(w.tasks, context.Background(), func(context.Context) (*app.Program, error) {
			if err := app.Restore(path, backup, w.state); err != nil {
				return nil, err
			}
			return app.Open(path, w.state, app.Options{Watch: true})
		}, w.onRestored)
	})
}
