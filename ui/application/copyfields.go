package application

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// copyForm copies fields of another application into this one. Fields that
// have content already are shown as they are, and left alone.
type copyForm struct {
	desk   *desk
	latest *task.Latest
	from   *kit.Select
	rows   *fyne.Container
	dialog *kit.Dialog
	source string
	checks map[string]*kit.Check
}

func (p *Page) showCopy() {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]grant.Summary, error) {
		return p.env.Program.Grants.Applications()
	}, p.onApplications)
}

func (p *Page) onApplications(all []grant.Summary, err error) {
	if err != nil {
		p.env.Shell.Fail(p.words.T("application.copy.title"), err)
		return
	}
	var options []kit.Option
	for _, a := range all {
		if a.ID != p.id {
			options = append(options, kit.Option{ID: a.ID, Label: titleOr(p.desk, a.Title), Note: lang.Joined(" · ", a.County, a.Call)})
		}
	}
	if len(options) == 0 {
		kit.ShowText(p.env.Shell.Window(), p.words, p.words.T("application.copy.title"), p.words.T("application.copy.none"))
		return
	}
	newCopyForm(p.desk, options)
}

// newCopyForm opens the dialog.
func newCopyForm(d *desk, options []kit.Option) *copyForm {
	f := &copyForm{desk: d, latest: task.NewLatest(d.env.Tasks), from: kit.NewSelect(d.words, options),
		rows: kit.Column(theme.Size(theme.SizeNameGroup))}
	f.from.OnChanged = f.onFrom
	f.dialog = kit.ShowCustom(d.env.Shell.Window(), d.words, kit.Custom{
		Title: d.words.T("application.copy.title"), Verb: d.words.T("application.copy.verb"), OnVerb: f.onVerb, Width: 900, Height: 620,
		Content: kit.Column(theme.Size(theme.SizeNameGroup),
			kit.NewField(d.words, kit.FieldOptions{Label: d.words.T("application.copy.from")}, f.from), f.rows),
	})
	f.dialog.SetVerbEnabled(false)
	return f
}

func titleOr(d *desk, title string) string {
	if title == "" {
		return d.words.T("application.untitled")
	}
	return title
}

func (f *copyForm) onFrom(id string) {
	f.source = id
	task.RunLatest(f.latest, context.Background(), func(context.Context) (data.Draft, error) {
		d, _, err := f.desk.env.Program.Grants.Load(id)
		return d, err
	}, f.onSource)
}

// onSource shows the fields of the chosen application beside our own.
func (f *copyForm) onSource(source data.Draft, err error) {
	d := f.desk
	if err != nil {
		f.dialog.SetProblem(d.words.T("application.copy.unreadable"))
		return
	}
	f.rows.Objects, f.checks = nil, map[string]*kit.Check{}
	for i := range d.call.Form.Sections {
		for j := range d.call.Form.Sections[i].Fields {
			field := &d.call.Form.Sections[i].Fields[j]
			if grant.Filled(&source, field) {
				f.rows.Add(f.row(&source, field))
			}
		}
	}
	if len(f.rows.Objects) == 0 {
		f.rows.Add(kit.NewText(d.words.T("application.copy.empty")))
	}
	f.onCheck(true)
	f.dialog.SetContent(kit.Column(theme.Size(theme.SizeNameGroup),
		kit.NewField(d.words, kit.FieldOptions{Label: d.words.T("application.copy.from")}, f.from), f.rows))
}

func (f *copyForm) row(source *data.Draft, field *grant.Field) fyne.CanvasObject {
	d := f.desk
	filled := grant.Filled(&d.draft, field)
	check := kit.NewCheck(d.label(field), f.onCheck)
	head := fyne.CanvasObject(check)
	if filled {
		head = kit.Row(kit.NewStrong(d.label(field)), kit.NewMarkedLine(d.words, kit.Info, d.words.T("application.copy.filled")))
	} else {
		check.SetChecked(true)
		f.checks[field.ID] = check
	}
	there := kit.Column(0, kit.NewQuietText(d.words.T("application.copy.there")), kit.NewText(preview(readable(d, source, field))))
	here := kit.Column(0, kit.NewQuietText(d.words.T("application.copy.here")), kit.NewText(preview(readable(d, &d.draft, field))))
	return kit.Column(theme.Size(theme.SizeNameGapSmall), head, container.NewGridWithColumns(2, there, here))
}

// preview is the beginning of a text.
func preview(text string) string {
	const most = 280
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + " …"
	}
	if text == "" {
		return "–"
	}
	return text
}

func (f *copyForm) onCheck(bool) {
	f.dialog.SetVerbEnabled(len(f.chosen()) > 0)
}

// chosen are the ticked fields, in the order of the form.
func (f *copyForm) chosen() []string {
	var ids []string
	for _, s := range f.desk.call.Form.Sections {
		for _, field := range s.Fields {
			if c := f.checks[field.ID]; c != nil && c.Checked() {
				ids = append(ids, field.ID)
			}
		}
	}
	return ids
}

func (f *copyForm) onVerb() bool {
	d, ids := f.desk, f.chosen()
	d.saver.Flush()
	source := f.source
	task.Run(d.env.Tasks, context.Background(), func(context.Context) ([]string, error) {
		return d.env.Program.Grants.CopyFields(d.words.T("application.copy.step"), source, d.id, ids)
	}, func(skipped []string, err error) {
		if err != nil {
			d.env.Shell.Fail(d.words.T("application.copy.title"), err)
			return
		}
		d.env.Shell.Saved()
		d.env.Shell.Toast(d.words.N("application.copy.done", len(ids)-len(skipped)), true)
		d.Load()
	})
	return true
}
