// Package task is the only crossing between Fyne's goroutine and the rest: it
// alone starts goroutines for the window and alone comes back with fyne.Do.
//
// Every done function and timer runs on Fyne's goroutine; every work function
// runs outside it and must touch no widget.
package task

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// ErrClosed is what done gets for work that is asked for after Close.
var ErrClosed = errors.New("the program is closing")

// PanicError is a panic in work, turned into an error. Its stack is in the log.
type PanicError struct {
	Value any
	Stack []byte
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Runner starts background work and brings the results back. Its methods may be
// called from any goroutine.
type Runner struct {
	sync bool
	post func(func())

	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	closed  bool
	running sync.WaitGroup
	now     time.Duration // of a Runner made by NewSync
	timers  []*timer
}

// New makes the Runner of a window.
func New() *Runner {
	ctx, cancel := context.WithCancel(context.Background())
	return &Runner{post: fyne.Do, ctx: ctx, cancel: cancel}
}

// NewSync makes a Runner for tests: work and done run one after the other on
// the calling goroutine before Run returns, and timers fire in Advance.
func NewSync() *Runner {
	ctx, cancel := context.WithCancel(context.Background())
	return &Runner{sync: true, post: func(f func()) { f() }, ctx: ctx, cancel: cancel}
}

// Run does work in the background and hands its result to done. A panic in work
// becomes a *PanicError. The context of work ends with ctx and with the Runner.
// done may be nil.
func Run[T any](r *Runner, ctx context.Context, work func(context.Context) (T, error), done func(T, error)) {
	run(r, ctx, work, done, func() bool { return true })
}

// run drops the result when wanted says no, asked on Fyne's goroutine.
func run[T any](r *Runner, ctx context.Context, work func(context.Context) (T, error), done func(T, error), wanted func() bool) {
	finish := func(v T, err error) {
		if done == nil {
			if err != nil && !errors.Is(err, context.Canceled) {
				slog.Error("background work", "err", err)
			}
			return
		}
		r.post(func() {
			if wanted() {
				done(v, err)
			}
		})
	}
	if !r.begin() {
		var zero T
		finish(zero, ErrClosed)
		return
	}
	task := func() {
		defer r.running.Done()
		ctx, stop := r.join(ctx)
		defer stop()
		finish(guard(ctx, work))
	}
	if r.sync {
		task()
		return
	}
	go task()
}

// Post runs f on Fyne's goroutine, soon.
func (r *Runner) Post(f func()) { r.post(f) }

// After runs f on Fyne's goroutine when d has passed, unless it is cancelled or
// the Runner is closed first. cancel may be called more than once.
func (r *Runner) After(d time.Duration, f func()) (cancel func()) {
	t := &timer{f: f}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return t.stop
	}
	if r.sync {
		t.at = r.now + d
		r.timers = append(r.timers, t)
		return t.stop
	}
	t.timer = time.AfterFunc(d, func() {
		r.post(func() {
			if r.ctx.Err() == nil {
				t.fire()
			}
		})
	})
	return t.stop
}

// Advance lets d pass for the timers of a Runner made by NewSync. Elsewhere it
// does nothing.
func (r *Runner) Advance(d time.Duration) {
	r.mu.Lock()
	r.now += d
	r.mu.Unlock()
	for {
		t := r.nextDue()
		if t == nil {
			return
		}
		t.fire()
	}
}

// nextDue takes the earliest timer whose time has come.
func (r *Runner) nextDue() *timer {
	r.mu.Lock()
	defer r.mu.Unlock()
	best := -1
	for i, t := range r.timers {
		if t.at <= r.now && (best < 0 || t.at < r.timers[best].at) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	t := r.timers[best]
	r.timers = append(r.timers[:best], r.timers[best+1:]...)
	return t
}

// Close refuses new work, ends the contexts of what runs and waits for it.
// Results that come now still go to Fyne's goroutine, but that may have
// stopped: what must not be lost is written in work, not in done.
func (r *Runner) Close() {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	r.cancel()
	r.running.Wait()
}

func (r *Runner) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false
	}
	r.running.Add(1)
	return true
}

// join is a context that ends with ctx or with the Runner.
func (r *Runner) join(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	unhook := context.AfterFunc(r.ctx, cancel)
	return ctx, func() { unhook(); cancel() }
}

func guard[T any](ctx context.Context, work func(context.Context) (T, error)) (v T, err error) {
	defer func() {
		if p := recover(); p != nil {
			stack := debug.Stack()
			slog.Error("panic in background work", "panic", p, "stack", string(stack))
			err = &PanicError{Value: p, Stack: stack}
		}
	}()
	return work(ctx)
}

// timer fires at most once.
type timer struct {
	at    time.Duration
	timer *time.Timer

	mu sync.Mutex
	f  func()
}

func (t *timer) fire() {
	t.mu.Lock()
	f := t.f
	t.f = nil
	t.mu.Unlock()
	if f != nil {
		f()
	}
}

func (t *timer) stop() {
	t.mu.Lock()
	t.f = nil
	t.mu.Unlock()
	if t.timer != nil {
		t.timer.Stop()
	}
}
