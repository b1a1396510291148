package register

import (
	"math"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
)

// edit is one field of one organisation on its way to the workspace.
type edit struct {
	label, id, field string
	apply            func(*data.Organisation)
}

// saver brings what is changed in the register to the workspace.
type saver struct {
	*saving.Queue[data.Organisation]

	register *partner.Register
}

func newSaver(env *screen.Env, register *partner.Register, refused func()) *saver {
	return &saver{Queue: saving.New[data.Organisation](env, refused), register: register}
}

// Type saves a text once the keyboard rests.
func (s *saver) Type(e *edit) {
	s.Queue.Type(&saving.Edit[data.Organisation]{
		Label: e.label, Key: e.id + "/" + e.field,
		On: func(o *data.Organisation) error {
			if o.ID == e.id {
				e.apply(o)
			}
			return nil
		},
		Save: func(committed data.Option) error {
			return s.register.Type(e.label, e.id, e.field, e.apply, committed)
		},
	})
}

// Choose saves at once what was not typed, after what was typed before it.
func (s *saver) Choose(e *edit) {
	s.Type(e)
	s.Flush()
}

// Do does other work on the register after everything typed before it is saved.
func (s *saver) Do(work func() error, done func(error)) { s.Then(work, done) }

// Waiting tells whether something typed in a field is not stored yet.
func (s *saver) Waiting(id, field string) bool { return s.Queue.Waiting(id + "/" + field) }

// On makes the edits that are not stored yet on an organisation that was read
// from the workspace. Setting a field twice is setting it once, so what is stored
// need not be told from what the reading holds.
func (s *saver) On(o *data.Organisation) { s.Queue.On(o, math.MaxInt64) }
