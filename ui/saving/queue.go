// Package saving brings what a person changes on a page to the workspace: in
// order, off Fyne's goroutine, and again and again until it is stored.
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

// Edit is one change of a record on its way to the workspace.
type Edit[T any] struct {
	Label string
	// Key names what is typed, so that only the newest text is saved; "" for changes
	// that are not typed.
	Key string
	// On makes the change on a record that does not hold it.
	On func(*T) error
	// Save stores it. It runs in the background and hands committed on to the update.
	Save func(committed data.Option) error
	// Kept edits are tried again whatever the error is: a text is never given up.
	Kept bool

	transaction int64 // that stored the edit; 0 while it waits
}

// Queue hands edits to the workspace. What cannot be written stays in it and is
// tried again, ever more seldom. Its methods belong to Fyne's goroutine.
type Queue[T any] struct {
	shell   screen.Shell
	tasks   *task.Runner
	refused func() // after an edit was given up

	serial   *task.Serial
	typing   *task.Debouncer
	typed    []*Edit[T] // texts that wait for the keyboard to rest
	failures int
	retry    func() // cancels the next attempt; nil when none waits

	mu     sync.Mutex
	queue  []*Edit[T] // oldest first
	stored []*Edit[T] // that no reading has shown yet, oldest first
}

// New makes an empty queue. refused is called when an edit was given up, so that
// the page shows again what is stored.
func New[T any](env *screen.Env, refused func()) *Queue[T] {
	q := &Queue[T]{shell: env.Shell, tasks: env.Tasks, refused: refused, serial: task.NewSerial(env.Tasks)}
	q.typing = task.NewDebouncer(env.Tasks, TypingPause, q.flush)
	return q
}

// Type saves an edit once the keyboard rests.
func (q *Queue[T]) Type(e *Edit[T]) {
	q.typed = append(slices.DeleteFunc(q.typed, func(old *Edit[T]) bool { return old.Key == e.Key }), e)
	q.typing.Trigger()
}

// Do saves an edit at once, after what was typed before it.
func (q *Queue[T]) Do(e *Edit[T]) {
	q.typed = append(q.typed, e)
	q.Flush()
}

// Flush hands over what is typed without waiting for a pause.
func (q *Queue[T]) Flush() {
	q.typing.Stop()
	q.flush()
}

// Then does other work after everything that was changed before it is stored, or
// could not be.
func (q *Queue[T]) Then(work func() error, done func(error)) {
	q.Flush()
	q.serial.Add(func(context.Context) error { return work() }, done)
}

// Flushed hands over what is typed and tells when it is stored, or could not be.
func (q *Queue[T]) Flushed(done func()) {
	q.Then(func() error { return nil }, func(error) { done() })
}

// Drain waits in the background until everything that was handed over is done.
func (q *Queue[T]) Drain(ctx context.Context) error { return q.serial.Drain(ctx) }

// Waiting tells whether something typed is not stored yet.
func (q *Queue[T]) Waiting(key string) bool {
	return slices.ContainsFunc(q.waiting(), func(e *Edit[T]) bool { return e.Key == key })
}

// On makes the edits that a record does not hold yet on it. newest is the newest
// transaction that it holds.
func (q *Queue[T]) On(v *T, newest int64) {
	q.mu.Lock()
	q.stored = slices.DeleteFunc(q.stored, func(e *Edit[T]) bool { return e.transaction <= newest })
	missing := slices.Clone(q.stored)
	q.mu.Unlock()
	for _, e := range append(missing, q.waiting()...) {
		_ = e.On(v) // one that no longer fits is refused when it is saved
	}
}

func (q *Queue[T]) waiting() []*Edit[T] {
	q.mu.Lock()
	defer q.mu.Unlock()
	return append(slices.Clone(q.queue), q.typed...)
}

func (q *Queue[T]) flush() {
	q.mu.Lock()
	q.queue = append(q.queue, q.typed...)
	q.mu.Unlock()
	q.typed = nil
	q.start()
}

func (q *Queue[T]) start() {
	if q.first() == nil {
		return
	}
	if q.retry != nil {
		q.retry()
		q.retry = nil
	}
	q.serial.Add(q.write, q.onWritten)
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
func (q *Queue[T]) write(context.Context) error {
	for {
		e := q.first()
		if e == nil {
			return nil
		}
		// The edit leaves the queue before anybody reads what it changed, so that it is
		// never made twice.
		err := e.Save(data.Committed(func(transaction int64) { q.leave(e, transaction) }))
		switch {
		case err == nil:
			q.leave(e, 0)
		case e.Kept || passing(err):
			return err
		default:
			q.leave(e, 0)
			return &refusal{e.Label, err}
		}
	}
}

func (q *Queue[T]) first() *Edit[T] {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.queue) == 0 {
		return nil
	}
	return q.queue[0]
}

// leave takes an edit out of the queue. transaction stored it; 0 when there was
// nothing to store.
func (q *Queue[T]) leave(e *Edit[T], transaction int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.queue = slices.DeleteFunc(q.queue, func(queued *Edit[T]) bool { return queued == e })
	if transaction > 0 {
		e.transaction = transaction
		q.stored = append(q.stored, e)
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

func (q *Queue[T]) onWritten(err error) {
	var no *refusal
	switch {
	case err == nil:
		q.failures = 0
		q.shell.Saved()
	case errors.As(err, &no):
		q.shell.Fail(no.label, no.err)
		q.refused()
		q.start()
	default:
		q.shell.Unsaved(err)
		wait := min(firstRetry<<min(q.failures, 10), lastRetry)
		q.failures++
		if q.retry != nil {
			q.retry()
		}
		q.retry = q.tasks.After(wait, q.onRetry)
	}
}

func (q *Queue[T]) onRetry() {
	q.retry = nil
	q.start()
}
