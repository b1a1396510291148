package ui

import (
	"context"
	"time"

	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// flusher is a page where one types: it hands over what is typed now, and tells
// when that has been stored, or could not be.
type flusher interface{ Flush(stored func()) }

// whenStored calls then once what is typed has reached the workspace.
func (w *Window) whenStored(then func()) {
	s := w.session
	if s != nil && s.page != nil {
		if f, ok := s.page.(flusher); ok {
			f.Flush(then)
			return
		}
	}
	then()
}

// Undo takes the newest step back, whatever has the focus.
func (w *Window) Undo() { w.whenStored(func() { w.turn(true) }) }

// Redo does it again.
func (w *Window) Redo() { w.whenStored(func() { w.turn(false) }) }

func (w *Window) turn(back bool) {
	s := w.session
	if s == nil {
		return
	}
	do := s.program.Workspace.Redo
	if back {
		do = s.program.Workspace.Undo
	}
	task.Run(w.tasks, context.Background(), func(context.Context) (string, error) { return do() }, func(label string, err error) {
		w.onTurned(back, label, err)
	})
}

func (w *Window) onTurned(back bool, label string, err error) {
	switch {
	case data.Code(err) == data.CodeNothingToDo:
		w.stage.Toast(screen.Sentence(w.words, err), "", nil)
	case err != nil:
		w.Fail(w.words.T("shell.undo"), err)
	case back:
		w.Saved()
		w.Toast(w.words.T("shell.undone", "Step", label), false)
	default:
		w.Saved()
		w.Toast(w.words.T("shell.redone", "Step", label), false)
	}
}

type steps struct{ undo, redo string }

// refreshSteps asks what undo and redo would do now.
func (w *Window) refreshSteps() {
	s := w.session
	task.RunLatest(s.stepsOf, context.Background(), func(context.Context) (steps, error) {
		undo, redo, err := s.program.Workspace.Steps()
		return steps{undo, redo}, err
	}, func(names steps, err error) {
		if err != nil || w.session != s {
			return
		}
		s.undo, s.redo = names.undo, names.redo
		w.showSteps()
	})
}

// showSteps puts the names on buttons and menu.
func (w *Window) showSteps() {
	s := w.session
	show := func(name, none, named string) string {
		if name == "" {
			return w.words.T(none)
		}
		return w.words.T(named, "Step", name)
	}
	s.frame.undo.SetTip(show(s.undo, "shell.undo.none", "shell.undo.tip"))
	s.frame.redo.SetTip(show(s.redo, "shell.redo.none", "shell.redo.tip"))
	setEnabled(s.frame.undo, s.undo != "")
	setEnabled(s.frame.redo, s.redo != "")
	setEnabled(s.frame.back, s.trail.canBack())
	setEnabled(s.frame.forward, s.trail.canForward())
	w.refreshMenu()
}

func setEnabled(b interface {
	Enable()
	Disable()
	Disabled() bool
}, enabled bool) {
	if enabled == !b.Disabled() {
		return
	}
	if enabled {
		b.Enable()
	} else {
		b.Disable()
	}
}

// recountPause is how long the workspace rests before what waits is counted.
const recountPause = time.Second

// refreshCounts counts what waits beside each line of the navigation.
func (w *Window) refreshCounts() {
	s := w.session
	task.RunLatest(s.countsOf, context.Background(), s.board.Waiting, func(waiting int, err error) {
		if err == nil && w.session == s {
			s.frame.setCount(screen.PageApplications, waiting)
		}
	})
	task.RunLatest(s.needsOf, context.Background(), func(context.Context) (int, error) { return s.program.Needs.Waiting() }, func(waiting int, err error) {
		if err == nil && w.session == s {
			s.frame.setCount(screen.PageNeeds, waiting)
		}
	})
}
