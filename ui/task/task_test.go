package task

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
)

// loop is a stand-in for Fyne's goroutine: posted functions wait until the test
// lets them run.
type loop struct {
	posted chan func()
}

func newLoop() (*loop, *Runner) {
	l := &loop{posted: make(chan func(), 1000)}
	r := New()
	r.post = func(f func()) { l.posted <- f }
	return l, r
}

// step waits for one posted function and runs it.
func (l *loop) step() { (<-l.posted)() }

func (l *loop) empty() bool { return len(l.posted) == 0 }

func TestRunBringsTheResultBack(t *testing.T) {
	l, r := newLoop()
	defer r.Close()
	got := 0
	Run(r, context.Background(), func(context.Context) (int, error) { return 42, nil }, func(v int, err error) {
		if err != nil {
			t.Error(err)
		}
		got = v
	})
	l.step()
	if got != 42 {
		t.Errorf("got %d, want 42", got)
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	r := NewSync()
	var got error
	Run(r, context.Background(), func(context.Context) (int, error) { panic("broken") }, func(_ int, err error) { got = err })
	var p *PanicError
	if !errors.As(got, &p) || p.Value != "broken" || len(p.Stack) == 0 {
		t.Errorf("got %v, want a PanicError with value and stack", got)
	}
}

func TestCloseEndsTheContextAndWaits(t *testing.T) {
	l, r := newLoop()
	begun := make(chan struct{})
	finished := false
	Run(r, context.Background(), func(ctx context.Context) (int, error) {
		close(begun)
		<-ctx.Done()
		finished = true
		return 0, ctx.Err()
	}, func(int, error) {})
	<-begun
	r.Close()
	if !finished {
		t.Error("Close did not wait")
	}
	l.step()
	var late error
	Run(r, context.Background(), func(context.Context) (int, error) {
		t.Error("work ran after Close")
		return 0, nil
	}, func(_ int, err error) { late = err })
	l.step()
	if !errors.Is(late, ErrClosed) {
		t.Errorf("after Close got %v, want ErrClosed", late)
	}
}

func TestLatestDropsTheOvertaken(t *testing.T) {
	l, r := newLoop()
	defer r.Close()
	latest := NewLatest(r)
	var got []string
	ask := func(name string, work func(context.Context)) {
		RunLatest(latest, context.Background(), func(ctx context.Context) (string, error) {
			work(ctx)
			return name, nil
		}, func(s string, _ error) { got = append(got, s) })
	}
	release := make(chan struct{})
	ask("ended", func(ctx context.Context) { <-ctx.Done() })    // its context ends
	ask("deaf", func(context.Context) { <-release })            // does not listen to its context
	ask("newest", func(ctx context.Context) { close(release) }) // lets the deaf one finish too
	for range 3 {
		l.step()
	}
	if !slices.Equal(got, []string{"newest"}) {
		t.Errorf("got %v, want only the newest", got)
	}
	ask("cancelled", func(context.Context) {})
	latest.Cancel()
	l.step()
	if len(got) != 1 {
		t.Errorf("a cancelled call came through: %v", got)
	}
}

func TestDebouncer(t *testing.T) {
	r := NewSync()
	calls := 0
	d := NewDebouncer(r, time.Second, func() { calls++ })
	d.Trigger()
	r.Advance(900 * time.Millisecond)
	d.Trigger()
	r.Advance(900 * time.Millisecond)
	if calls != 0 || !d.Pending() {
		t.Fatalf("called %d times before the quiet was over", calls)
	}
	r.Advance(100 * time.Millisecond)
	if calls != 1 || d.Pending() {
		t.Fatalf("called %d times, want 1", calls)
	}
	d.Flush()
	if calls != 1 {
		t.Error("Flush called again with nothing waiting")
	}
	d.Trigger()
	d.Flush()
	r.Advance(time.Hour)
	if calls != 2 {
		t.Errorf("called %d times, want 2", calls)
	}
	d.Trigger()
	d.Stop()
	r.Advance(time.Hour)
	if calls != 2 || d.Pending() {
		t.Error("Stop did not stop")
	}
}

func TestAfterOnTheRealClock(t *testing.T) {
	l, r := newLoop()
	fired := false
	r.After(time.Nanosecond, func() { fired = true })
	l.step()
	if !fired {
		t.Error("the timer did not fire")
	}
	cancelled := false
	cancel := r.After(time.Nanosecond, func() { cancelled = true })
	f := <-l.posted // the time is out, and the call is on its way
	cancel()
	f()
	if cancelled {
		t.Error("a cancelled timer fired")
	}
	r.Close()
	r.After(time.Nanosecond, func() { t.Error("fired after Close") })
	if !l.empty() {
		t.Error("something was posted after Close")
	}
}

func TestSerialKeepsTheOrder(t *testing.T) {
	l, r := newLoop()
	s := NewSerial(r)
	var mu sync.Mutex
	var worked, finished []int
	for i := range 100 {
		s.Add(func(context.Context) error {
			mu.Lock()
			defer mu.Unlock()
			worked = append(worked, i)
			if i == 50 {
				panic("one piece breaks")
			}
			return nil
		}, func(err error) {
			if (i == 50) != (err != nil) {
				t.Errorf("piece %d: %v", i, err)
			}
			finished = append(finished, i)
		})
	}
	if err := s.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
	if s.Pending() != 0 {
		t.Errorf("%d pending after Drain", s.Pending())
	}
	for range 100 {
		l.step()
	}
	if len(worked) != 100 || !slices.IsSorted(worked) || !slices.IsSorted(finished) {
		t.Errorf("wrong order: %v %v", worked, finished)
	}
	r.Close()
}

func TestCloseWaitsForTheQueue(t *testing.T) {
	_, r := newLoop()
	s := NewSerial(r)
	gate := make(chan struct{})
	written := 0
	for range 3 {
		s.Add(func(ctx context.Context) error {
			<-gate
			written++
			return ctx.Err()
		}, nil)
	}
	if got := s.Pending(); got != 3 {
		t.Errorf("%d pending, want 3", got)
	}
	timeout, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Drain(timeout); !errors.Is(err, context.Canceled) {
		t.Errorf("Drain with an ended context gave %v", err)
	}
	close(gate)
	r.Close()
	if written != 3 {
		t.Errorf("%d pieces written after Close, want all 3", written)
	}
	var late error
	r.post = func(f func()) { f() }
	s.Add(func(context.Context) error { t.Error("ran after Close"); return nil }, func(err error) { late = err })
	if !errors.Is(late, ErrClosed) {
		t.Errorf("got %v, want ErrClosed", late)
	}
}

func TestSerialInSync(t *testing.T) {
	s := NewSerial(NewSync())
	var got []string
	s.Add(func(context.Context) error { got = append(got, "a"); return nil }, func(error) {
		s.Add(func(context.Context) error { got = append(got, "b"); return nil }, nil)
	})
	if !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("got %v", got)
	}
}
