package saving

import (
	"math"

	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
)

// FieldEdit is one field of one record on its way to the workspace.
type FieldEdit[T any] struct {
	Label, ID, Field string
	Apply            func(*T)
}

// target is a record that edits are made on, with its id.
type target[T any] struct {
	id     string
	record *T
}

// Fields brings what is changed in the fields of records to the workspace. Its
// methods belong to Fyne's goroutine.
type Fields[T any] struct {
	queue *Queue[target[T]]
	write func(label, id, field string, apply func(*T), opts ...data.Option) error
}

// NewFields makes an empty queue. write stores one edit, runs in the background
// and hands the options on to the update; refused is called after an edit was
// given up.
func NewFields[T any](env *screen.Env, write func(label, id, field string, apply func(*T), opts ...data.Option) error, refused func()) *Fields[T] {
	return &Fields[T]{queue: New[target[T]](env, refused), write: write}
}

// Type saves a text once the keyboard rests.
func (f *Fields[T]) Type(e FieldEdit[T]) {
	f.queue.Type(&Edit[target[T]]{
		Label: e.Label, Key: e.ID + "/" + e.Field,
		On: func(t *target[T]) error {
			if t.id == e.ID {
				e.Apply(t.record)
			}
			return nil
		},
		Save: func(committed data.Option) error { return f.write(e.Label, e.ID, e.Field, e.Apply, committed) },
	})
}

// Choose saves at once what was not typed, after what was typed before it.
func (f *Fields[T]) Choose(e FieldEdit[T]) {
	f.Type(e)
	f.Flush()
}

// Flush hands over what is typed without waiting for a pause.
func (f *Fields[T]) Flush() { f.queue.Flush() }

// Flushed hands over what is typed and tells when it is stored, or could not be.
func (f *Fields[T]) Flushed(done func()) { f.queue.Flushed(done) }

// Do does other work after everything typed before it is saved.
func (f *Fields[T]) Do(work func() error, done func(error)) { f.queue.Then(work, done) }

// Waiting tells whether something typed in a field is not stored yet.
func (f *Fields[T]) Waiting(id, field string) bool { return f.queue.Waiting(id + "/" + field) }

// On makes the edits that are not stored yet on a record that was read from the
// workspace. Setting a field twice is setting it once, so what is stored need not
// be told from what the reading holds.
func (f *Fields[T]) On(id string, record *T) { f.queue.On(&target[T]{id, record}, math.MaxInt64) }
