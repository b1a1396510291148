package people

import (
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// AskPerson asks for a new person of an organisation ("" for none).
func AskPerson(env *screen.Env, organisation string) {
	newPersonForm(newDesk(env), data.Person{Basis: data.BasisTask, Obtained: data.Today()}, organisation)
}

// askPerson asks about one that is there.
func (d *desk) askPerson(id string) {
	read(d, d.words.T("people.person.change"), func() (data.Person, error) { return d.people.Get(id) }, func(p data.Person) { newPersonForm(d, p, "") })
}

// personForm is the dialog for a person.
type personForm struct {
	*desk
	was          data.Person
	organisation string

	name, role, email, phone         *kit.TextField
	note                             *kit.TextArea
	norm, basis                      *kit.Select
	basisNote, source, toldHow       *kit.TextField
	basisDate, obtained, told, until *kit.DateField
	basisRow                         fyne.CanvasObject
	emailField                       *kit.Field
	dialog                           *kit.Dialog
}

func newPersonForm(d *desk, p data.Person, organisation string) *personForm {
	w := d.words
	text, date := kit.NewTextField, func() *kit.DateField { return kit.NewDateField(w) }
	f := &personForm{desk: d, was: p, organisation: organisation, name: text(), role: text(), email: text(), phone: text(), note: kit.NewTextArea(w),
		basisNote: text(), source: text(), toldHow: text(), basisDate: date(), obtained: date(), told: date(), until: date(),
		norm: kit.NewSelect(w, normOptions(d)), basis: kit.NewSelect(w, basisOptions(d))}
	f.note.SetRows(2, 6)
	f.norm.AllowEmpty, f.basis.AllowEmpty = true, true
	f.basis.OnChanged = func(string) { f.showBasis() }
	f.fill()
	title, verb := w.T("people.person.new"), w.T("people.add")
	if p.ID != "" {
		title, verb = w.T("people.person.change"), w.T("people.store")
	}
	fields := f.fields()
	f.showBasis()
	f.dialog = kit.ShowForm(d.env.Shell.Window(), w, kit.Form{Title: title, Verb: verb, Fields: fields, Check: f.check, OnDone: f.store})
	return f
}

func (f *personForm) fill() {
	p := &f.was
	for _, x := range []struct {
		field *kit.TextField
		text  string
	}{{f.name, p.Name}, {f.role, p.Role}, {f.email, p.Email}, {f.phone, p.Phone}, {f.basisNote, p.BasisNote}, {f.source, p.Source}, {f.toldHow, p.ToldHow}} {
		x.field.SetText(x.text)
	}
	f.note.SetText(p.Note)
	f.norm.SetSelected(p.Norm)
	f.basis.SetSelected(p.Basis)
	f.basisDate.SetValue(p.BasisDate)
	f.obtained.SetValue(p.Obtained)
	f.told.SetValue(p.Told)
	f.until.SetValue(p.KeepUntil)
	f.email.OnFocusLost = f.explainEmail
}

func (f *personForm) fields() []fyne.CanvasObject {
	w := f.words
	field := func(label, hint string, o fyne.CanvasObject) *kit.Field {
		return kit.NewField(w, kit.FieldOptions{Label: label, Hint: hint}, o)
	}
	f.emailField = field(w.T("people.field.email"), "", f.email)
	f.basisRow = kit.SideBySide(pairWidth, field(w.T("people.field.basisNote"), "", f.basisNote), field(w.T("people.field.basisDate"), "", f.basisDate))
	return []fyne.CanvasObject{
		kit.SideBySide(pairWidth, field(w.T("people.field.name"), "", f.name), field(w.T("people.field.role"), "", f.role)),
		kit.SideBySide(pairWidth, f.emailField, field(w.T("people.field.phone"), "", f.phone)),
		kit.SideBySide(pairWidth, field(w.T("people.field.norm"), "", f.norm), field(w.T("people.field.basis"), "", f.basis)),
		f.basisRow,
		kit.SideBySide(pairWidth, field(w.T("people.field.source"), w.T("people.hint.source"), f.source), field(w.T("people.field.obtained"), "", f.obtained)),
		kit.SideBySide(pairWidth, field(w.T("people.field.told"), w.T("people.hint.told"), f.told), field(w.T("people.field.toldHow"), "", f.toldHow)),
		field(w.T("people.field.until"), w.N("people.hint.until", f.people.Months()), f.until),
		field(w.T("people.field.note"), w.T("people.hint.note"), f.note),
	}
}

// showBasis asks for what the basis needs.
func (f *personForm) showBasis() {
	basis := f.basis.Selected()
	hidden := basis == "" || basis == data.BasisTask
	if hidden {
		f.basisRow.Hide()
	} else {
		f.basisRow.Show()
	}
	if f.dialog != nil {
		f.dialog.Fit()
	}
}

func (f *personForm) explainEmail() {
	sentence := ""
	if text := strings.TrimSpace(f.email.Text()); text != "" && !partner.ValidEmail(text) {
		sentence = f.words.T("people.wrong.email")
	}
	f.emailField.SetError(sentence)
}

func (f *personForm) check() error {
	for _, d := range []*kit.DateField{f.basisDate, f.obtained, f.told, f.until} {
		if _, ok := d.Value(); !ok {
			return errors.New(f.words.T("people.wrong.date"))
		}
	}
	switch email := strings.TrimSpace(f.email.Text()); {
	case email != "" && !partner.ValidEmail(email):
		return errors.New(f.words.T("people.wrong.email"))
	case strings.TrimSpace(f.name.Text()) == "":
		return errors.New(f.words.T("people.wrong.name"))
	}
	return nil
}

func (f *personForm) store() {
	p := f.was
	p.Name, p.Role = oneSpace(f.name.Text()), oneSpace(f.role.Text())
	p.Email, p.Phone = strings.TrimSpace(f.email.Text()), oneSpace(f.phone.Text())
	p.Norm, p.Note, p.Basis = f.norm.Selected(), strings.TrimSpace(f.note.Text()), f.basis.Selected()
	p.BasisNote, p.Source, p.ToldHow = oneSpace(f.basisNote.Text()), oneSpace(f.source.Text()), oneSpace(f.toldHow.Text())
	p.BasisDate, _ = f.basisDate.Value()
	p.Obtained, _ = f.obtained.Value()
	p.Told, _ = f.told.Value()
	p.KeepUntil, _ = f.until.Value()
	label := f.words.T("people.step.changed", "Name", p.Name)
	if p.ID == "" {
		label = f.words.T("people.step.added", "Name", p.Name)
	}
	service, organisation := f.people, f.organisation
	f.env.Do(label, func() error {
		_, err := service.Save(label, p, organisation)
		return err
	})
}

// askLink asks who of the persons that are there already belongs to an
// organisation too.
func (d *desk) askLink(organisation string) {
	w := d.words
	read(d, w.T("people.link"), d.people.People, func(all []people.Card) {
		var options []kit.Option
		names := map[string]string{}
		for i := range all {
			c := &all[i]
			if !slices.ContainsFunc(c.At, func(n people.Named) bool { return n.ID == organisation }) {
				names[c.ID] = d.named(c.Name)
				options = append(options, kit.Option{ID: c.ID, Label: d.named(c.Name), Note: namesOf(c.At)})
			}
		}
		who := kit.NewSelect(w, options)
		kit.ShowForm(d.env.Shell.Window(), w, kit.Form{Title: w.T("people.link"), Verb: w.T("people.add"),
			Fields: []fyne.CanvasObject{kit.NewField(w, kit.FieldOptions{Label: w.T("people.field.who")}, who)},
			Check: func() error {
				if who.Selected() == "" {
					return errors.New(w.T("people.wrong.who"))
				}
				return nil
			},
			OnDone: func() {
				id := who.Selected()
				label := w.T("people.step.linked", "Name", names[id])
				d.env.Do(label, func() error { return d.people.Link(label, id, organisation) })
			}})
	})
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

func normOptions(d *desk) []kit.Option {
	var all []kit.Option
	for _, n := range []string{"nb", "nn", "en"} {
		all = append(all, kit.Option{ID: n, Label: people.NormWord(d.words, n)})
	}
	return all
}

func basisOptions(d *desk) []kit.Option {
	var all []kit.Option
	for _, b := range []string{data.BasisTask, data.BasisConsent, data.BasisOther, data.BasisWithdrawn} {
		all = append(all, kit.Option{ID: b, Label: people.BasisWord(d.words, b)})
	}
	return all
}
