package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// settingsForm is what one decides about an application that no field of the
// call asks for.
type settingsForm struct {
	desk     *desk
	language *kit.Radio
	counts   *kit.Check
	note     *kit.TextArea
}

// languageOptions are the norms that an application can be written in.
func languageOptions(d *desk) []kit.Option {
	return []kit.Option{{ID: "nb", Label: d.words.T("application.language.nb")}, {ID: "nn", Label: d.words.T("application.language.nn")}}
}

func (p *Page) showSettings() {
	if !p.Ready() {
		return
	}
	f := &settingsForm{desk: p.desk, language: kit.NewRadio(languageOptions(p.desk), nil),
		counts: kit.NewCheck(p.words.T("application.settings.counts"), nil), note: kit.NewTextArea(p.words)}
	a := p.draft.Application
	f.language.SetSelected(a.Language)
	f.counts.SetChecked(!a.OutsideCeiling)
	f.note.SetText(a.Note)
	words := p.words
	kit.ShowForm(p.env.Shell.Window(), words, kit.Form{
		Title: words.T("application.settings.title"), Verb: words.T("application.settings.verb"), OnDone: f.onDone,
		Fields: []fyne.CanvasObject{
			kit.NewField(words, kit.FieldOptions{Label: words.T("application.settings.language"), Hint: words.T("application.settings.languageHint")}, f.language),
			kit.Column(theme.Size(theme.SizeNameGapSmall), f.counts, kit.NewQuietText(words.T("application.settings.countsHint"))),
			kit.NewField(words, kit.FieldOptions{Label: words.T("application.settings.note"), Hint: words.T("application.settings.noteHint")}, f.note),
		},
	})
}

func (f *settingsForm) onDone() {
	language, outside, note := f.language.Selected(), !f.counts.Checked(), f.note.Text()
	f.desk.Change(f.desk.words.T("application.settings.step"), func(d *data.Draft) error {
		d.Application.Language, d.Application.OutsideCeiling, d.Application.Note = language, outside, note
		return nil
	})
}
