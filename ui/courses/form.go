package courses

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
)

// pairWidth is the least that each of two fields beside each other gets, at text
// size 1.
const pairWidth = 150

// form is a column of fields that show one record after the other and save while
// they are typed in.
type form[T any] struct {
	words *lang.Printer
	save  *saving.Fields[T]
	// step names a change: label is the field's.
	step func(label string, now *T) string

	id     string // what edits are saved under
	now    T
	fields []*field[T]
}

// field is one field of a form and how it shows a record.
type field[T any] struct {
	id, label string
	frame     *kit.Field
	show      func(*T)
}

// on shows a record; a field that is being typed in is left alone.
func (f *form[T]) on(id string, record T) {
	f.save.On(id, &record)
	f.id, f.now = id, record
	for _, one := range f.fields {
		if !f.save.Waiting(id, one.id) {
			one.show(&f.now)
		}
	}
}

// focus goes to a field; "" is the first.
func (f *form[T]) focus(id string) bool {
	for _, one := range f.fields {
		if one.id == id || id == "" {
			one.frame.FocusControl()
			return true
		}
	}
	return false
}

func (f *form[T]) add(id, label, hint string, control fyne.CanvasObject, show func(*T)) *field[T] {
	one := &field[T]{id: id, label: label, frame: kit.NewField(f.words, kit.FieldOptions{Label: label, Hint: hint}, control), show: show}
	f.fields = append(f.fields, one)
	return one
}

func (f *form[T]) edit(one *field[T], apply func(*T)) saving.FieldEdit[T] {
	apply(&f.now)
	return saving.FieldEdit[T]{Label: f.step(lang.Inside(one.label), &f.now), ID: f.id, Field: one.id, Apply: apply}
}

// text is one line that is stored as it is typed.
func (f *form[T]) text(id, label, hint string, at func(*T) *string) *kit.Field {
	return f.parsed(id, label, hint, func(v *T) string { return *at(v) }, func(text string) (func(*T), string) {
		return func(v *T) { *at(v) = text }, ""
	})
}

// parsed is one line that is read before it is stored. read gives what to store,
// or a sentence about what cannot be read; that stays on the screen only.
func (f *form[T]) parsed(id, label, hint string, shown func(*T) string, read func(text string) (func(*T), string)) *kit.Field {
	control := kit.NewTextField()
	var one *field[T]
	one = f.add(id, label, hint, control, func(v *T) {
		one.frame.SetError("")
		control.SetText(shown(v))
	})
	control.OnChanged = func(text string) {
		apply, problem := read(text)
		one.frame.SetError(problem)
		if problem == "" {
			f.save.Type(f.edit(one, apply))
		}
	}
	control.OnFocusLost = f.save.Flush
	return one.frame
}

// area is text over several lines.
func (f *form[T]) area(id, label, hint string, at func(*T) *string) *kit.Field {
	control := kit.NewTextArea(f.words)
	one := f.add(id, label, hint, control, func(v *T) { control.SetText(*at(v)) })
	control.OnChanged = func(text string) { f.save.Type(f.edit(one, func(v *T) { *at(v) = text })) }
	control.OnFocusLost = f.save.Flush
	return one.frame
}

// date is a day, YYYY-MM-DD.
func (f *form[T]) date(id, label, hint string, at func(*T) *string) *kit.Field {
	control := kit.NewDateField(f.words)
	one := f.add(id, label, hint, control, func(v *T) {
		if now, ok := control.Value(); !ok || now != *at(v) {
			control.SetValue(*at(v))
		}
	})
	control.OnChanged = func(iso string, ok bool) {
		if ok && iso != *at(&f.now) {
			f.save.Type(f.edit(one, func(v *T) { *at(v) = iso }))
		}
	}
	return one.frame
}

// choice is one of a few, saved at once.
func (f *form[T]) choice(id, label, hint string, options []kit.Option, at func(*T) *string) *kit.Field {
	control := kit.NewSelect(f.words, options)
	control.AllowEmpty = true
	one := f.add(id, label, hint, control, func(v *T) {
		value := *at(v)
		control.SetSelected(value)
		if value != "" && control.Selected() == "" {
			control.SetChoice(kit.Option{ID: value, Label: value}) // of a newer program, or no longer offered
		}
	})
	control.OnChanged = func(value string) { f.save.Choose(f.edit(one, func(v *T) { *at(v) = value })) }
	return one.frame
}
