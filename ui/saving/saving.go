// Package saving hands what is typed in a record's fields to the workspace: in
// order, off Fyne's goroutine, and again when it could not be written.
package saving

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

const (
	// TypingPause is how long the keyboard rests before a text is saved.
	TypingPause = 400 * time.Millisecond
	// firstRetry and lastRetry are the shortest and longest wait before a save
	// that failed is tried again.
	firstRetry = time.Second
	lastRetry  = 30 * time.Second
)

// Edit is one field of one record on its way to the workspace.
type Edit[T any] struct {
	Label, ID, Field string
	Apply            func(*T)
}

// Saver hands edits to the workspace. What cannot be written stays in the queue
// and is tried again, ever more seldom. Its methods belong to Fyne's goroutine.
type Saver[T any] struct {
	write   func(Edit[T]) error
	shell   screen.Shell
	tasks   *task.Runner
	refused func()

	serial   *task.Serial
	typing   *task.Debouncer
	typed    []Edit[T] // texts that wait for the keyboard to rest
	failures int
	retry    func() // cancels the next attempt; nil when none waits

	mu    sync.Mutex
	queue []Edit[T] // oldest first
}

// New makes a Saver. write stores one edit and runs in the background; refused
// is called after an edit was given up.
func New[T any](env *screen.Env, write func(Edit[T]) error, refused func()) *Saver[T] {
	s := &Saver[T]{write: write, shell: env.Shell, tasks: env.Tasks, refused: refused, serial: task.NewSerial(env.Tasks)}
	s.typing = task.NewDebouncer(env.Tasks, TypingPause, s.flush)
	return s
}

// Type saves a text once the keyboard rests.
func (s *Saver[T]) Type(e Edit[T]) {
	s.typed = append(slices.DeleteFunc(s.typed, func(old Edit[T]) bool { return old.ID == e.ID && old.Field == e.Field }), e)
	s.typing.Trigger()
}

// Choose saves at once what was not typed, after what was typed before it.
func (s *Saver[T]) Choose(e Edit[T]) {
	s.Type(e)
	s.Flush()
}

// Flush hands over what is typed without waiting for a pause.
func (s *Saver[T]) Flush() {
	s.typing.Stop()
	s.flush()
}

// Do does other work after everything typed before it is saved.
func (s *Saver[T]) Do(work func() error, done func(error)) {
	s.Flush()
	s.serial.Add(func(context.Context) error { return work() }, done)
}

// Waiting tells whether something typed in a field is not stored yet.
func (s *Saver[T]) Waiting(id, field string) bool {
	return slices.ContainsFunc(s.waiting(), func(e Edit[T]) bool { return e.ID == id && e.Field == field })
}

// On makes the edits that are not stored yet on a record that was read from the
// workspace.
func (s *Saver[T]) On(id string, record *T) {
	for _, e := range s.waiting() {
		if e.ID == id {
			e.Apply(record)
		}
	}
}

func (s *Saver[T]) waiting() []Edit[T] {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(slices.Clone(s.queue), s.typed...)
}

func (s *Saver[T]) flush() {
	s.mu.Lock()
	s.queue = append(s.queue, s.typed...)
	s.mu.Unlock()
	s.typed = nil
	s.start()
}

func (s *Saver[T]) start() {
	if _, any := s.first(); !any {
		return
	}
	if s.retry != nil {
		s.retry()
		s.retry = nil
	}
	s.serial.Add(s.empty, s.onWritten)
}

// refusal is an edit that the workspace will never take.
type refusal struct {
	label string
	err   error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// empty writes the queue. All of it is one piece of work, so that it is still
// done when the window is closing.
func (s *Saver[T]) empty(context.Context) error {
	for {
		e, any := s.first()
		if !any {
			return nil
		}
		err := s.write(e)
		if err != nil && passing(err) {
			return err
		}
		s.drop()
		if err != nil {
			return &refusal{e.Label, err}
		}
	}
}

func (s *Saver[T]) first() (e Edit[T], any bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return e, false
	}
	return s.queue[0], true
}

func (s *Saver[T]) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = s.queue[1:]
}

// passing tells whether trying again may help.
func passing(err error) bool {
	switch data.Code(err) {
	case data.CodeBusy, data.CodeDisk, data.CodeDiskFull, data.CodeGone, data.CodeNoAccess, data.CodeReadOnly:
		return true
	}
	return false
}

func (s *Saver[T]) onWritten(err error) {
	var no *refusal
	switch {
	case err == nil:
		s.failures = 0
		s.shell.Saved()
	case errors.As(err, &no):
		s.shell.Fail(no.label, no.err)
		s.refused()
		s.start()
	default:
		s.shell.Unsaved(err)
		wait := min(firstRetry<<min(s.failures, 10), lastRetry)
		s.failures++
		if s.retry != nil {
			s.retry()
		}
		s.retry = s.tasks.After(wait, s.onRetry)
	}
}

func (s *Saver[T]) onRetry() {
	s.retry = nil
	s.start()
}
