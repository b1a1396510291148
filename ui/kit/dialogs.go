package kit

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// Confirm asks before something that cannot simply be undone. Where undo is
// possible, do it and offer that instead.
type Confirm struct {
	Title, Text string
	Verb        string // "Slett", never "OK"
	Danger      bool
	OnDone      func(yes bool)
}

// ShowConfirm asks. OnDone gets false when the dialog is closed.
func ShowConfirm(w fyne.Window, words *lang.Printer, c Confirm) *Dialog {
	return ShowCustom(w, words, Custom{
		Title: c.Title, Content: NewText(c.Text), Verb: c.Verb, Danger: c.Danger, Width: 460,
		OnClosed: func(byVerb bool) {
			if c.OnDone != nil {
				c.OnDone(byVerb)
			}
		},
	})
}

// Form is a dialog with fields.
type Form struct {
	Title, Text string
	Verb        string
	Fields      []fyne.CanvasObject // usually *Field
	// Check gives a sentence to show; the dialog then stays open. nil means all is
	// well. Texts that a field itself refuses are stopped before.
	Check  func() error
	OnDone func() // not called when the dialog is closed
}

// ShowForm opens the fields and gives the first one the focus.
func ShowForm(w fyne.Window, words *lang.Printer, f Form) *Dialog {
	var parts []fyne.CanvasObject
	if f.Text != "" {
		parts = append(parts, NewText(f.Text))
	}
	form := &formDialog{form: f, words: words}
	form.dialog = ShowCustom(w, words, Custom{
		Title: f.Title, Verb: f.Verb, OnVerb: form.onVerb, Width: 560,
		Content: Column(theme.Size(theme.SizeNameGap), append(parts, f.Fields...)...),
	})
	return form.dialog
}

type formDialog struct {
	form   Form
	words  *lang.Printer
	dialog *Dialog
}

func (f *formDialog) onVerb() bool {
	f.dialog.canvas.Unfocus() // so that each field looks at its text
	for _, o := range f.form.Fields {
		if field, ok := o.(*Field); ok && field.Error() != "" {
			f.dialog.SetProblem(f.words.T("kit.form.mend"))
			field.FocusControl()
			return false
		}
	}
	if f.form.Check != nil {
		if err := f.form.Check(); err != nil {
			f.dialog.SetProblem(err.Error())
			focus(firstFocusable(f.dialog.custom.Content))
			return false
		}
	}
	f.dialog.finish(true)
	if f.form.OnDone != nil {
		f.form.OnDone()
	}
	return false // it is closed already
}

// ErrorText is an error in three parts: what happened, what was kept, what to
// do. Detail is for those who help, and is copied with the rest.
type ErrorText struct {
	Happened, Kept, Do string
	Detail             string
}

// ShowError tells about an error.
func ShowError(w fyne.Window, words *lang.Printer, e ErrorText) *Dialog {
	parts := []fyne.CanvasObject{NewMarkedLine(words, Stop, e.Happened)}
	for _, s := range []string{e.Kept, e.Do} {
		if s != "" {
			parts = append(parts, NewText(s))
		}
	}
	all := e.Happened + "\n" + e.Kept + "\n" + e.Do
	if e.Detail != "" {
		parts = append(parts, NewQuietText(e.Detail))
		all += "\n" + e.Detail
	}
	d := ShowCustom(w, words, Custom{
		Title: words.T("kit.error.title"), Content: Column(theme.Size(theme.SizeNameGap), parts...),
		Buttons: []*Button{NewCopyButton(words, words.T("kit.copy"), all)},
	})
	d.canvas.Focus(d.cancel)
	return d
}

// ShowText shows a text to read and copy.
func ShowText(w fyne.Window, words *lang.Printer, title, text string) *Dialog {
	d := ShowCustom(w, words, Custom{
		Title: title, Content: NewText(text), Width: 760, Height: 560,
		Buttons: []*Button{NewCopyButton(words, words.T("kit.copy"), text)},
	})
	d.canvas.Focus(d.cancel)
	return d
}

// NewCopyButton is a button that copies a text, and says when it has.
func NewCopyButton(words *lang.Printer, label, text string) *Button {
	b := NewButton(label, nil)
	b.OnTapped = func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		b.SetText(words.T("kit.copied"))
	}
	return b
}
