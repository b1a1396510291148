package task

import (
	"context"
	"sync"
)

// Serial does work one piece after another, in the order it was added: writes
// that must not overtake each other. Its methods may be called from any
// goroutine.
//
// Closing the Runner does not cut the queue short: what was added is still
// done, for it may be somebody's text. Work therefore gets a context that does
// not end.
type Serial struct {
	runner *Runner

	mu      sync.Mutex
	queue   []item
	busy    bool
	current int           // pieces taken out of the queue and not finished
	empty   chan struct{} // closed when all is done; nil while nobody waits
}

type item struct {
	work func(context.Context) error
	done func(error)
}

// NewSerial makes an empty queue that runs on r.
func NewSerial(r *Runner) *Serial { return &Serial{runner: r} }

// Add puts work last in the queue. done, which may be nil, gets its error on
// Fyne's goroutine. After the Runner is closed work is refused with ErrClosed.
func (s *Serial) Add(work func(context.Context) error, done func(error)) {
	s.mu.Lock()
	s.queue = append(s.queue, item{work, done})
	start := !s.busy
	s.busy = true
	s.mu.Unlock()
	if !start {
		return
	}
	if !s.runner.begin() {
		s.work(refuse)
		return
	}
	task := func() {
		defer s.runner.running.Done()
		s.work(perform)
	}
	if s.runner.sync {
		task()
		return
	}
	go task()
}

// Drain waits until everything that was added is done, or until ctx ends. It
// does not wait for the done functions, so Fyne's goroutine may call it.
func (s *Serial) Drain(ctx context.Context) error {
	s.mu.Lock()
	if !s.busy {
		s.mu.Unlock()
		return nil
	}
	if s.empty == nil {
		s.empty = make(chan struct{})
	}
	empty := s.empty
	s.mu.Unlock()
	select {
	case <-empty:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Pending is how many pieces are not done yet.
func (s *Serial) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue) + s.current
}

// work empties the queue; do gives the error of each piece.
func (s *Serial) work(do func(item) error) {
	for {
		next, ok := s.take()
		if !ok {
			return
		}
		err := do(next)
		s.mu.Lock()
		s.current = 0
		s.mu.Unlock()
		if next.done != nil {
			s.runner.post(func() { next.done(err) })
		}
	}
}

func perform(next item) error {
	_, err := guard(context.Background(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, next.work(ctx)
	})
	return err
}

func refuse(item) error { return ErrClosed }

// take gives the next piece; without one the queue comes to rest.
func (s *Serial) take() (item, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.queue) == 0 {
		s.busy = false
		if s.empty != nil {
			close(s.empty)
			s.empty = nil
		}
		return item{}, false
	}
	next := s.queue[0]
	s.queue = s.queue[1:]
	s.current = 1
	return next, true
}
