package application

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"kompetansepilot/app/grant"
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

// edit is one change on its way to the workspace.
type edit struct {
	label string
	// key names what is typed: a field of the call, or a part of a row; "" for
	// changes that are not typed.
	key string
	// text is what was typed in a field of the call.
	text string
	// apply makes any other change; it is run on the page's copy and on the stored
	// application, so it must depend on nothing else.
	apply func(*data.Draft) error
	// transaction stored the edit; 0 while it waits.
	transaction int64
}

// on makes the change on a draft that is not stored by it.
func (e *edit) on(d *data.Draft) error {
	if e.apply != nil {
		return e.apply(d)
	}
	if d.Application.Answers == nil {
		d.Application.Answers = data.Values{}
	}
	d.Application.Answers[e.key] = e.text
	return nil
}

// saver hands edits to the workspace, in order and off Fyne's goroutine. What
// cannot be written stays in the queue and is tried again, ever more seldom.
// Its methods belong to Fyne's goroutine.
type saver struct {
	grants  *grant.Service
	shell   screen.Shell
	tasks   *task.Runner
	id      string
	refused func() // after an edit was given up

	serial   *task.Serial
	typing   *task.Debouncer
	typed    []*edit // texts that wait for the keyboard to rest
	failures int
	retry    func() // cancels the next attempt; nil when none waits

	mu     sync.Mutex
	queue  []*edit // oldest first
	stored []*edit // that no reading has shown yet, oldest first
}

func newSaver(env *screen.Env, id string, refused func()) *saver {
	s := &saver{grants: env.Program.Grants, shell: env.Shell, tasks: env.Tasks, id: id, refused: refused,
		serial: task.NewSerial(env.Tasks)}
	s.typing = task.NewDebouncer(env.Tasks, typingPause, s.flush)
	return s
}

// Type saves a text of a field of the call once the keyboard rests.
func (s *saver) Type(label, field, text string) {
	s.later(&edit{label: label, key: field, text: text})
}

// TypeRow saves a text in a row once the keyboard rests. key names the row and
// its part.
func (s *saver) TypeRow(label, key string, apply func(*data.Draft) error) {
	s.later(&edit{label: label, key: key, apply: apply})
}

func (s *saver) later(e *edit) {
	s.typed = append(slices.DeleteFunc(s.typed, func(old *edit) bool { return old.key == e.key }), e)
	s.typing.Trigger()
}

// Do saves a change at once, after what was typed before it.
func (s *saver) Do(label string, apply func(*data.Draft) error) {
	s.typing.Stop()
	s.enqueue(append(s.typed, &edit{label: label, apply: apply})...)
	s.typed = nil
	s.start()
}

// Flush hands over what is typed without waiting for a pause.
func (s *saver) Flush() {
	s.typing.Stop()
	s.flush()
}

// Waiting tells whether something typed is not stored yet.
func (s *saver) Waiting(key string) bool {
	return slices.ContainsFunc(s.waiting(), func(e *edit) bool { return e.key == key })
}

// On makes the edits that a draft does not hold yet on it. newest is the newest
// transaction that it holds.
func (s *saver) On(d *data.Draft, newest int64) {
	s.mu.Lock()
	s.stored = slices.DeleteFunc(s.stored, func(e *edit) bool { return e.transaction <= newest })
	missing := slices.Clone(s.stored)
	s.mu.Unlock()
	for _, e := range append(missing, s.waiting()...) {
		_ = e.on(d) // one that no longer fits is refused when it is saved
	}
}

func (s *saver) waiting() []*edit {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append(slices.Clone(s.queue), s.typed...)
}

func (s *saver) flush() {
	if len(s.typed) > 0 {
		s.enqueue(s.typed...)
		s.typed = nil
	}
	s.start()
}

func (s *saver) enqueue(edits ...*edit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, edits...)
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
		err := s.save(e)
		if err != nil && (e.apply == nil || passing(err)) {
			return err
		}
		if err != nil {
			s.leave(e, 0)
			return &refusal{e.label, err}
		}
	}
}

func (s *saver) save(e *edit) error {
	// The edit leaves the queue before anybody reads what it changed, so that it is
	// never made twice.
	committed := data.Committed(func(transaction int64) { s.leave(e, transaction) })
	switch {
	case e.apply == nil:
		return s.grants.SaveAnswer(e.label, s.id, e.key, e.text, committed)
	case e.key == "":
		return s.grants.Save(e.label, s.id, e.apply, committed)
	}
	return s.grants.SaveRow(e.label, s.id, e.key, e.apply, committed)
}

func (s *saver) first() *edit {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		return nil
	}
	return s.queue[0]
}

// leave takes an edit out of the queue. transaction stored it; 0 when there was
// nothing to store.
func (s *saver) leave(e *edit, transaction int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = slices.DeleteFunc(s.queue, func(queued *edit) bool { return queued == e })
	if transaction > 0 {
		e.transaction = transaction
		s.stored = append(s.stored, e)
	}
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
