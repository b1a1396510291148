package register

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

const (
	// typingPause is how long the keyboard rests before a text is saved.
	typingPause = 400 * time.Millisecond
	// firstRetry and lastRetry are the shortest and longest wait before a save
	// that failed is tried again.
	firstRetry = time.Second
	lastRetry  = 30 * time.Second
)

// edit is one field of one organisation on its way to the workspace.
type edit struct {
	label, id, field string
	apply            func(*data.Organisation)
}

// saver hands edits to the workspace, in order and off Fyne's goroutine. What
// cannot be written stays in the queue and is tried again, ever more seldom.
// Its methods belong to Fyne's goroutine.
type saver struct {
	register *partner.Register
	shell    screen.Shell
	tasks    *task.Runner
	refused  func() // after an edit was given up

	serial   *task.Serial
	typing   *task.Debouncer
	typed    []*edit // texts that wait for the keyboard to rest
	failures int
	retry    func() // cancels the next attempt; nil when none waits

	mu    sync.Mutex
	queue []*edit // oldest first
}

func newSaver(env *screen.Env, register *partner.Register, refused func()) *saver {
	s := &saver{register: register, shell: env.Shell, tasks: env.Tasks, refused: refused, serial: task.NewSerial(env.Tasks)}
	s.typing = task.NewDebouncer(env.Tasks, typingPause, s.flush)
	return s
}

// Type saves a text once the keyboard rests.
func (s *saver) Type(e *edit) {
	s.typed = append(slices.DeleteFunc(s.typed, func(old *edit) bool { return old.id == e.id && old.field == e.field }), e)
	s.typing.Trigger()
}

// Choose saves at once what was not typed, after what was typed before it.
func (s *saver) Choose(e *edit) {
	s.Type(e)
	s.Flush()
}

// Flush hands over what is typed without waiting for a pause.
func (s *saver) Flush() {
	s.typing.Stop()
	s.flush()
}

// Do does other work on the register after everything typed before it is saved.
func (s *saver) Do(work func() error, done func(error)) {
	s.Flush()
	s.serial.Add(func(context.Context) error { return work() }, done)
}

// Waiting tells whether something typed in a field is not stored yet.
func (s *saver) Waiting(id, field string) bool {
	return slices.ContainsFunc(s.waiting(), func(e *edit) bool { return e.id == id && e.field == field })
}

// On makes the edits that are not stored yet on an organisation that was read
// from the workspace.
func (s *saver) On(o *data.Organisation) {
	for _, e := range s.waiting() {
		if e.id == o.ID {
			e.apply(o)
		}
	}
}

func (s *saver) waiting() []*edit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(slices.Clone(s.queue), s.typed...)
}

func (s *saver) flush() {
	s.mu.Lock()
	s.queue = append(s.queue, s.typed...)
	s.mu.Unlock()
	s.typed = nil
	s.start()
}

func (s *saver) start() {
	if s.first() == nil {
		return
	}
	if s.retry != nil {
		s.retry()
		s.retry = nil
	}
	s.serial.Add(s.write, s.onWritten)
}

// refusal is an edit that the workspace will never take.
type refusal struct {
	label string
	err   error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

// write empties the queue. All of it is one piece of work, so that it is still
// done when the window is closing.
func (s *saver) write(context.Context) error {
	for {
		e := s.first()
		if e == nil {
			return nil
		}
		err := s.register.Type(e.label, e.id, e.field, e.apply)
		if err != nil && passing(err) {
			return err
		}
		s.drop()
		if err != nil {
			return &refusal{e.label, err}
		}
	}
}

func (s *saver) first() *edit {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return nil
	}
	return s.queue[0]
}

func (s *saver) drop() {
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

func (s *saver) onWritten(err error) {
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

func (s *saver) onRetry() {
	s.retry = nil
	s.start()
}
