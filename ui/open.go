package ui

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"kompetansepilot/app"
	"kompetansepilot/app/instance"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// start begins to open a workspace while Fyne makes the window. claimed is what
// came of claiming it.
func (w *Window) start(path string, claimed error) {
	task.Run(w.tasks, context.Background(), func(context.Context) (struct{}, error) {
		f := &first{}
		if f.program, f.err = w.openFirst(path, claimed); f.program != nil {
			f.read(w)
		}
		w.opened <- f
		<-w.made // Fyne takes no news before
		return struct{}{}, nil
	}, func(struct{}, error) { w.enterFirst(0) })
}

// enterFirst shows what start opened, if that is ready within a time and has not
// been shown yet.
func (w *Window) enterFirst(within time.Duration) {
	select {
	case f := <-w.opened:
		w.onOpened(f)
		return
	default:
	}
	if within <= 0 {
		return
	}
	select {
	case f := <-w.opened:
		w.onOpened(f)
	case <-time.After(within):
	}
}

// openFirst gives no program and no error when there is no workspace yet.
func (w *Window) openFirst(path string, claimed error) (*app.Program, error) {
	if claimed != nil {
		return nil, claimed
	}
	if path == "" {
		path = app.DefaultWorkspace()
		if _, err := os.Stat(path); err != nil {
			return nil, nil
		}
	}
	return app.Open(path, w.state, app.Options{Watch: true})
}

func (w *Window) onStarted(program *app.Program, err error) {
	w.onOpened(&first{program: program, err: err})
}

func (w *Window) onOpened(f *first) {
	switch {
	case f.err != nil:
		w.showCannotOpen(f.err)
	case f.program == nil:
		w.showWelcome(app.DefaultWorkspace())
	default:
		w.enterWith(f)
	}
}

// enter puts an open workspace into the window.
func (w *Window) enter(program *app.Program) { w.enterWith(&first{program: program}) }

// enterWith is enter for a workspace of which something has been read. One that
// is new asks first for what it needs to know.
func (w *Window) enterWith(f *first) {
	program := f.program
	if unanswered(program) {
		w.showWelcomeOn(program)
		return
	}
	if f.env == nil {
		f.begin(w, w.words)
	}
	s := &session{
		program: program, env: f.env, board: f.board,
		stepsOf: task.NewLatest(w.tasks), countsOf: task.NewLatest(w.tasks), needsOf: task.NewLatest(w.tasks),
	}
	s.recount = task.NewDebouncer(w.tasks, recountPause, w.refreshCounts)
	s.unsubscribe = program.Workspace.Subscribe(func(c data.Changed) { w.tasks.Post(func() { w.onChanged(c) }) })
	w.session = s
	w.furnish(firstRoute(w.state.Get(), program.Workspace.Path()), f.look)
}

// unanswered tells whether a workspace lacks what the program must know of it.
func unanswered(p *app.Program) bool {
	return p.Setting(app.SettingCounty) == "" && p.Workspace.ReadOnly() == nil
}

// furnish builds the frame of the session, in the language of now, and shows a
// page in it. known is what was read for it beforehand, or nil.
func (w *Window) furnish(r screen.Route, known *look) {
	s := w.session
	s.env.Words = w.words
	s.frame = newFrame(w.words, w)
	s.page = nil
	s.frame.nav.SetHead(s.program.Grants.CountyName(s.program.Setting(app.SettingCounty), w.words.Code()))
	if known != nil {
		s.facts, s.undo, s.redo = known.overview, known.steps.undo, known.steps.redo
		s.frame.nav.SetCount(screen.PageApplications, known.applications)
		s.frame.nav.SetCount(screen.PageNeeds, known.needs)
	}
	w.stage.SetContent(s.frame.object)
	w.showBanner()
	w.Go(r)
	if known == nil {
		w.refreshSteps()
		w.refreshCounts()
	}
}

// leave gives the session up and closes its workspace in the background, then
// calls then on Fyne's goroutine.
func (w *Window) leave(then func(error)) {
	s := w.session
	if s == nil {
		then(nil)
		return
	}
	w.whenStored(func() {
		w.rememberPlace()
		w.end()
		task.Run(w.tasks, context.Background(), func(context.Context) (struct{}, error) {
			return struct{}{}, s.program.Close()
		}, func(_ struct{}, err error) { then(err) })
	})
}

// end takes the session out of the window.
func (w *Window) end() {
	s := w.session
	if s.page != nil {
		s.page.Leave()
	}
	s.unsubscribe()
	s.recount.Stop()
	s.stepsOf.Cancel()
	s.countsOf.Cancel()
	s.needsOf.Cancel()
	w.session = nil
	w.stage.SetContent(kit.NewQuietText(""))
	w.refreshMenu()
}

// askOpen lets the person choose a workspace.
func (w *Window) askOpen() {
	w.files.Open(w.words.T("shell.open.choose"), w.workspaceFiles(), w.OpenWorkspace)
}

// askNew lets the person choose where a new workspace is to lie.
func (w *Window) askNew() {
	w.files.Save(w.words.T("shell.new.title"), app.Name+data.Extension, w.workspaceFiles(), func(path string) {
		if filepath.Ext(path) == "" {
			path += data.Extension
		}
		if _, err := os.Stat(path); err == nil {
			w.OpenWorkspace(path) // it is there already, and never written over
			return
		}
		w.change(path, w.showWelcome)
	})
}

// OpenWorkspace leaves the workspace that is open for another.
func (w *Window) OpenWorkspace(path string) {
	if s := w.session; s != nil && s.program.Workspace.Path() == path {
		return
	}
	w.change(path, w.open)
}

// change claims another workspace, leaves the one that is open, and goes on with
// then. A workspace that cannot be claimed changes nothing.
func (w *Window) change(path string, then func(path string)) {
	task.Run(w.tasks, context.Background(), func(context.Context) (*instance.Instance, error) {
		return instance.Claim(locks(), path, w.onAsked)
	}, func(held *instance.Instance, err error) {
		switch {
		case errors.Is(err, instance.ErrForward):
			w.stage.Toast(w.words.T("shell.open.elsewhere", "Name", filepath.Base(path)), "", nil)
			return
		case err != nil:
			w.Fail(w.words.T("shell.open.doing"), err)
			return
		}
		w.leave(func(err error) {
			if err != nil {
				slog.Error("close workspace", "err", err)
			}
			w.release()
			w.held = held
			then(path)
		})
	})
}

func (w *Window) open(path string) {
	w.stage.SetContent(kit.Readable(kit.NewQuietText(w.words.T("shell.opening", "Name", filepath.Base(path)))))
	task.Run(w.tasks, context.Background(), func(context.Context) (*app.Program, error) {
		return app.Open(path, w.state, app.Options{Watch: true})
	}, w.onStarted)
}

// Restore closes the workspace, makes it as it was in a backup, and opens it
// again. What stood in it is kept among the backups.
func (w *Window) Restore(backup string) {
	s := w.session
	if s == nil {
		return
	}
	path := s.program.Workspace.Path()
	w.leave(func(err error) {
		if err != nil {
			slog.Error("close workspace", "err", err)
		}
		w.stage.SetContent(kit.Readable(kit.NewQuietText(w.words.T("shell.restoring"))))
		task.Run(w.tasks, context.Background(), func(context.Context) (*app.Program, error) {
			restored := app.Restore(path, backup, w.state)
			program, err := app.Open(path, w.state, app.Options{Watch: true})
			return program, errors.Join(err, restored)
		}, w.onRestored)
	})
}

func (w *Window) onRestored(program *app.Program, err error) {
	if program == nil {
		w.showCannotOpen(err)
		return
	}
	w.enter(program)
	if err != nil {
		w.Fail(w.words.T("shell.restoring"), err)
		return
	}
	w.Toast(w.words.T("shell.restored"), false)
}

// reloadCalls reads the call files again after one came or went.
func (w *Window) reloadCalls(c data.Changed) {
	s := w.session
	task.Run(w.tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, s.program.Grants.Calls().Reload()
	}, func(_ struct{}, err error) {
		if err != nil {
			w.Fail(w.words.T("shell.calls.doing"), err)
			return
		}
		if w.session == s && s.page != nil {
			s.page.Changed(c)
		}
	})
}

// rememberPlace keeps where one is and how large the window is, on this machine.
func (w *Window) rememberPlace() {
	s := w.session
	size := w.window.Canvas().Size()
	err := w.state.Change(func(p *app.Preferences) {
		p.Width, p.Height = size.Width, size.Height
		if s == nil {
			return
		}
		r := s.trail.now()
		p.Places[s.program.Workspace.Path()] = app.Place{Page: r.Page, ID: r.ID, Field: w.focusedField()}
	})
	if err != nil {
		slog.Warn("remember place", "err", err)
	}
}

// keepPlace keeps the page in the background, for a program that is ended
// without being closed.
func (w *Window) keepPlace(r screen.Route) {
	path := w.session.program.Workspace.Path()
	place := app.Place{Page: r.Page, ID: r.ID, Field: r.Field}
	if w.state.Get().Places[path] == place {
		return
	}
	w.places.Add(func(context.Context) error {
		return w.state.Change(func(p *app.Preferences) { p.Places[path] = place })
	}, func(err error) {
		if err != nil {
			slog.Warn("remember place", "err", err)
		}
	})
}

// Quit closes the window when what is typed is on the disk. What could not be
// stored is not thrown away without asking.
func (w *Window) Quit() {
	if w.closing {
		return
	}
	w.whenStored(func() {
		if s := w.session; s != nil && s.saving.unsaved != nil {
			w.askQuit()
			return
		}
		w.close()
	})
}

func (w *Window) askQuit() {
	kit.ShowConfirm(w.window, w.words, kit.Confirm{
		Title: w.words.T("shell.quit.title"), Text: w.unsavedSentence(w.session.saving.unsaved) + " " + w.words.T("shell.quit.text"),
		Verb: w.words.T("shell.quit.verb"), Danger: true,
		OnDone: func(yes bool) {
			if yes {
				w.close()
			}
		},
	})
}

func (w *Window) close() {
	w.closing = true
	w.rememberPlace()
	w.window.Close()
}

// release gives up the claim on the workspace.
func (w *Window) release() {
	if w.held == nil {
		return
	}
	if err := w.held.Release(); err != nil {
		slog.Warn("release workspace", "err", err)
	}
	w.held = nil
}

// finish ends what outlives the window: texts on their way, the workspace with
// its last backup, and the claim on it.
func (w *Window) finish() {
	s := w.session
	if s != nil {
		if s.page != nil {
			s.page.Leave()
		}
		s.unsubscribe()
	}
	w.tasks.Close()
	if s != nil {
		if err := s.program.Close(); err != nil {
			slog.Error("close workspace", "err", err)
			w.exit = exitFailed
		}
	}
	w.release()
}
