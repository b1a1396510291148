package application

import (
	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
)

// saver brings what is changed in the application to the workspace.
type saver struct {
	*saving.Queue[data.Draft]

	grants *grant.Service
	id     string
}

func newSaver(env *screen.Env, id string, refused func()) *saver {
	return &saver{Queue: saving.New[data.Draft](env, refused), grants: env.Program.Grants, id: id}
}

// Type saves a text of a field of the call once the keyboard rests.
func (s *saver) Type(label, field, text string) {
	s.Queue.Type(&saving.Edit[data.Draft]{
		Label: label, Key: field, Kept: true,
		On: func(d *data.Draft) error {
			if d.Application.Answers == nil {
				d.Application.Answers = data.Values{}
			}
			d.Application.Answers[field] = text
			return nil
		},
		Save: func(committed data.Option) error { return s.grants.SaveAnswer(label, s.id, field, text, committed) },
	})
}

// TypeRow saves a text in a row once the keyboard rests. key names the row and
// its part. apply runs on the page's copy and on the stored application, so it
// must depend on nothing else.
func (s *saver) TypeRow(label, key string, apply func(*data.Draft) error) {
	s.Queue.Type(&saving.Edit[data.Draft]{
		Label: label, Key: key, On: apply,
		Save: func(committed data.Option) error { return s.grants.SaveRow(label, s.id, key, apply, committed) },
	})
}

// Do saves a change at once, after what was typed before it.
func (s *saver) Do(label string, apply func(*data.Draft) error) {
	s.Queue.Do(&saving.Edit[data.Draft]{
		Label: label, On: apply,
		Save: func(committed data.Option) error { return s.grants.Save(label, s.id, apply, committed) },
	})
}
