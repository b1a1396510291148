package insight

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// inserting is what the dialog needs to know.
type inserting struct {
	applications []kit.Option
	fields       map[string][]kit.Option // by application
	texts        map[string]string
}

// onInsert puts the text about the needs into a field of an application.
func (p *Page) onInsert() { Ask(p.env, "") }

// Ask asks for the field of an application that the text of a source goes into, and
// puts it there.
func Ask(env *screen.Env, source string) {
	program, words := env.Program, env.Words
	task.Run(env.Tasks, context.Background(), func(ctx context.Context) (inserting, error) {
		in := inserting{fields: map[string][]kit.Option{}, texts: map[string]string{}}
		all, err := program.Grants.Applications()
		for _, a := range all {
			call, err := program.Grants.Calls().Get(a.Call)
			if err != nil {
				continue // its call is no longer there; nothing can be written in it
			}
			in.applications = append(in.applications, kit.Option{ID: a.ID, Label: a.Title})
			for _, f := range call.FieldsOf(grant.TypeMultiline) {
				in.fields[a.ID] = append(in.fields[a.ID], kit.Option{ID: f.ID, Label: f.Label.In(words.Code())})
			}
			if in.texts[a.ID], err = program.Insight.TextFor(ctx, source, a.ID); err != nil {
				return in, err
			}
		}
		return in, err
	}, func(in inserting, err error) {
		switch {
		case err != nil:
			env.Shell.Fail(words.T("insight.insert"), err)
		case len(in.applications) == 0:
			env.Shell.Toast(words.T("insight.insert.none"), false)
		default:
			askInsert(env, source, &in)
		}
	})
}

func askInsert(env *screen.Env, source string, in *inserting) {
	w := env.Words
	title, few := w.T("insight.insert.title"), w.T("insight.report.few")
	if source != "" {
		title, few = w.T("course.insert.title"), w.T("course.insert.few")
	}
	text := kit.NewText("")
	field := kit.NewSelect(w, nil)
	application := kit.NewSelect(w, in.applications)
	show := func(id string) {
		field.SetOptions(in.fields[id])
		if len(in.fields[id]) > 0 {
			field.SetSelected(likely(in.fields[id]))
		}
		if text.SetText(in.texts[id]); in.texts[id] == "" {
			text.SetText(few)
		}
	}
	application.OnChanged = show
	application.SetSelected(in.applications[0].ID)
	show(in.applications[0].ID)
	content := kit.FormColumn(kit.NewField(w, kit.FieldOptions{Label: w.T("insight.insert.application")}, application),
		kit.NewField(w, kit.FieldOptions{Label: w.T("insight.insert.field")}, field),
		kit.NewHeading(w.T("insight.insert.text")), text, kit.NewQuietText(w.T("insight.insert.why")))
	kit.ShowCustom(env.Shell.Window(), w, kit.Custom{Title: title, Verb: w.T("insight.insert.verb"), Width: 640, Content: content,
		OnVerb: func() bool {
			label := ""
			for _, o := range in.fields[application.Selected()] {
				if o.ID == field.Selected() {
					label = o.Label
				}
			}
			Insert(env, source, application.Selected(), field.Selected(), label, func() {
				env.Shell.Go(screen.Route{Page: screen.PageApplication, ID: application.Selected(), Field: field.Selected()})
			})
			return true
		}})
}

// likely is the field that tells of the background, else the first.
func likely(fields []kit.Option) string {
	for _, f := range fields {
		if f.ID == "background" {
			return f.ID
		}
	}
	return fields[0].ID
}

// Insert puts the text of a source into a field, in place of an older one
// that stands there; done, which may be nil, is called when it is stored.
func Insert(env *screen.Env, source, application, field, fieldName string, done func()) {
	label := env.Words.T("insight.insert.step", "Field", fieldName)
	if source != "" {
		label = env.Words.T("course.insert.step", "Field", fieldName)
	}
	task.Run(env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, env.Program.Insight.Insert(ctx, label, source, application, field)
	}, func(_ struct{}, err error) {
		if !env.Done(label, err) {
			return
		}
		if done != nil {
			done()
		}
	})
}

// ShowNew shows the text that is true now, beside what can be done with it: put
// it in, or stop watching the figures of the field.
func ShowNew(env *screen.Env, source, application, field, fieldName string) {
	w := env.Words
	task.Run(env.Tasks, context.Background(), func(ctx context.Context) (string, error) {
		return env.Program.Insight.TextFor(ctx, source, application)
	},
		func(text string, err error) {
			if err != nil {
				env.Shell.Fail(w.T("insight.insert.show"), err)
				return
			}
			var dialog *kit.Dialog
			forget := kit.NewButton(w.T("insight.insert.forget"), func() {
				dialog.Close()
				forgetFigures(env, source, application, field, fieldName)
			})
			copyText := kit.NewButton(w.T("kit.copy"), func() { fyne.CurrentApp().Clipboard().SetContent(text) })
			dialog = kit.ShowCustom(env.Shell.Window(), w, kit.Custom{Title: w.T("insight.insert.newTitle"), Verb: w.T("insight.insert.new"), Width: 640,
				Content: kit.Column(theme.Size(theme.SizeNameGap), kit.NewText(text)), Buttons: []*kit.Button{forget, copyText},
				OnVerb: func() bool { Insert(env, source, application, field, fieldName, nil); return true }})
		})
}

func forgetFigures(env *screen.Env, source, application, field, fieldName string) {
	label := env.Words.T("insight.insert.forgot", "Field", fieldName)
	task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, env.Program.Insight.Forget(label, source, application, field)
	}, func(_ struct{}, err error) {
		if err != nil {
			env.Shell.Fail(label, err)
			return
		}
		env.Shell.Toast(label, true)
	})
}
