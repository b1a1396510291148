package task

import "context"

// Latest runs questions of which only the newest matters, as when a list
// follows the typing in a search field. It belongs to Fyne's goroutine.
type Latest struct {
	runner     *Runner
	generation int
	cancel     context.CancelFunc
}

// NewLatest makes a Latest that runs on r.
func NewLatest(r *Runner) *Latest { return &Latest{runner: r} }

// RunLatest is Run, but it ends the context of the call before it, whose done
// is then never called.
func RunLatest[T any](l *Latest, ctx context.Context, work func(context.Context) (T, error), done func(T, error)) {
	l.Cancel()
	ctx, l.cancel = context.WithCancel(ctx)
	mine := l.generation
	run(l.runner, ctx, work, done, func() bool { return l.generation == mine })
}

// Cancel drops what runs.
func (l *Latest) Cancel() {
	l.generation++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}
