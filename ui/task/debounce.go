package task

import "time"

// Debouncer calls a function once things have been quiet for a while, as when a
// field is saved after the typing stops. It belongs to Fyne's goroutine.
type Debouncer struct {
	runner *Runner
	quiet  time.Duration
	f      func()
	cancel func() // nil when nothing waits
}

// NewDebouncer calls f when no Trigger has come for the time quiet.
func NewDebouncer(r *Runner, quiet time.Duration, f func()) *Debouncer {
	return &Debouncer{runner: r, quiet: quiet, f: f}
}

// Trigger starts the wait, or starts it anew.
func (d *Debouncer) Trigger() {
	d.Stop()
	d.cancel = d.runner.After(d.quiet, d.Flush)
}

// Flush calls the function now if a call waits.
func (d *Debouncer) Flush() {
	if d.cancel == nil {
		return
	}
	d.Stop()
	d.f()
}

// Stop forgets the call that waits.
func (d *Debouncer) Stop() {
	if d.cancel != nil {
		d.cancel()
		d.cancel = nil
	}
}

// Pending tells whether a call waits.
func (d *Debouncer) Pending() bool { return d.cancel != nil }
