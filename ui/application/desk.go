package application

import (
	"context"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// snapshot is what one reading of the workspace gives.
type snapshot struct {
	call       *grant.Call
	draft      data.Draft
	newest     int64 // the newest transaction that draft holds
	others     []grant.Commitment
	businesses map[string]int // of the register, by municipality
	report     grant.Report
}

// desk is what the parts of the page share: the application as it stands on
// the screen, and the ways to change it. It belongs to Fyne's goroutine.
type desk struct {
	env   *screen.Env
	words *lang.Printer
	id    string
	snapshot
	saver *saver

	loads    *task.Latest
	onLoaded func(error)
	onEdited func()
}

// newDesk makes a desk without an application. onLoaded is called after each
// reading, onEdited after each change that was not typed text.
func newDesk(env *screen.Env, id string, onLoaded func(error), onEdited func()) *desk {
	d := &desk{env: env, words: env.Words, id: id, loads: task.NewLatest(env.Tasks), onLoaded: onLoaded, onEdited: onEdited}
	d.saver = newSaver(env, id, d.Load)
	return d
}

// Load reads the application again, in the background.
func (d *desk) Load() {
	task.RunLatest(d.loads, context.Background(), d.read, d.onRead)
}

func (d *desk) read(context.Context) (snapshot, error) {
	var s snapshot
	var err error
	grants := d.env.Program.Grants
	if s.draft, s.call, s.newest, err = grants.LoadAt(d.id); err != nil {
		return s, err
	}
	if s.draft.Application.InTrash() {
		return s, grant.InTrash()
	}
	if s.others, err = grants.Others(&s.draft, s.call); err != nil {
		return s, err
	}
	if s.businesses, err = grants.Businesses(); err != nil {
		return s, err
	}
	s.report, err = grants.CheckDraft(&s.draft, s.call, d.words, "")
	return s, err
}

func (d *desk) onRead(s snapshot, err error) {
	if err == nil {
		d.saver.On(&s.draft, s.newest)
		d.snapshot = s
	}
	d.onLoaded(err)
}

// Ready tells whether there is an application to show.
func (d *desk) Ready() bool { return d.call != nil }

// Answer is the text of a field.
func (d *desk) Answer(field string) string { return d.draft.Application.Answers[field] }

// Type notes a text that is being typed.
func (d *desk) Type(f *grant.Field, text string) {
	if d.draft.Application.Answers == nil {
		d.draft.Application.Answers = data.Values{}
	}
	d.draft.Application.Answers[f.ID] = text
	d.saver.Type(d.words.T("application.step.field", "Field", d.label(f)), f.ID, text)
}

// Answered changes the text of a field that is not typed: a choice, a period.
func (d *desk) Answered(f *grant.Field, text string) {
	if d.Answer(f.ID) == text {
		return
	}
	field := f.ID
	d.Change(d.words.T("application.step.field", "Field", d.label(f)), func(draft *data.Draft) error {
		if draft.Application.Answers == nil {
			draft.Application.Answers = data.Values{}
		}
		draft.Application.Answers[field] = text
		return nil
	})
}

// Change makes a change on the screen at once and in the workspace soon. apply
// runs twice, so it must depend on nothing but its draft; rows that it adds
// carry their ids already.
func (d *desk) Change(label string, apply func(*data.Draft) error) {
	if err := apply(&d.draft); err != nil {
		d.env.Shell.Fail(label, err)
		return
	}
	d.saver.Do(label, apply)
	d.onEdited()
}

// TypeRow notes a text that is being typed in a row. key names the row and its
// part.
func (d *desk) TypeRow(label, key string, apply func(*data.Draft) error) {
	if err := apply(&d.draft); err != nil {
		d.env.Shell.Fail(label, err)
		return
	}
	d.saver.TypeRow(label, key, apply)
}

// Budget adds the plans up as they stand on the screen.
func (d *desk) Budget() grant.Budget {
	return grant.ComputeBudget(d.call, &d.draft, d.others, d.words.Code())
}

func (d *desk) label(f *grant.Field) string { return f.Label.In(d.words.Code()) }

// find is an element of rows by id, or nil.
func find[T any](rows []T, has func(*T) bool) *T {
	for i := range rows {
		if has(&rows[i]) {
			return &rows[i]
		}
	}
	return nil
}

// errGone is for a row that was removed by somebody else meanwhile.
func (d *desk) errGone() error {
	return &data.Error{Code: data.CodeNotFound, Message: d.words.T("application.rowGone")}
}
