// Package form is the fields of a record: made once, they show one record after the
// other, and what a person changes in them is saved while it is typed.
package form

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
)

// Form is the fields of a record. Its methods belong to Fyne's goroutine.
type Form[T any] struct {
	// OnEdited is called after each change that a person made; nil for nothing.
	OnEdited func()

	// ID is what changes are saved under, "" before a record is shown.
	ID string
	// Now is the record as it stands in the fields.
	Now T

	words  *lang.Printer
	save   *saving.Fields[T]
	step   func(label string, now *T) string
	fields []*Field[T]
}

// Field is one field of a form.
type Field[T any] struct {
	ID, Label string
	Frame     *kit.Field
	// Show puts a record on the control.
	Show func(*T)
	// Note tells what is odd about the record, after each showing and each change of
	// the field; nil for nothing.
	Note func(*T)

	wrong bool // what was typed cannot be stored
}

// New makes a form without fields. step names a change of the field with a label.
func New[T any](words *lang.Printer, save *saving.Fields[T], step func(label string, now *T) string) *Form[T] {
	return &Form[T]{words: words, save: save, step: step}
}

// Show shows a record. A field that is being typed in is left alone, and one whose
// text cannot be stored until another record comes.
func (f *Form[T]) Show(id string, record T) {
	if id != f.ID {
		for _, x := range f.fields {
			x.Fault("")
		}
	}
	f.save.On(id, &record)
	f.ID, f.Now = id, record
	f.ShowAgain()
}

// ShowAgain shows the record in fields that were added since, or after it was
// changed past them.
func (f *Form[T]) ShowAgain() {
	if f.ID == "" {
		return
	}
	for _, x := range f.fields {
		if !x.wrong && !f.save.Waiting(f.ID, x.ID) {
			x.Show(&f.Now)
		}
		x.note(&f.Now)
	}
}

// Clear forgets the record.
func (f *Form[T]) Clear() {
	var none T
	f.ID, f.Now = "", none
}

// Fields are the fields in the order in which they were made.
func (f *Form[T]) Fields() []*Field[T] { return f.fields }

// Field is the field of an id, nil when the form has none.
func (f *Form[T]) Field(id string) *Field[T] {
	for _, x := range f.fields {
		if x.ID == id {
			return x
		}
	}
	return nil
}

// Frame is the field of an id as it stands on the page, nil when the form has none.
func (f *Form[T]) Frame(id string) fyne.CanvasObject {
	if x := f.Field(id); x != nil {
		return x.Frame
	}
	return nil
}

// Focus goes to a field; "" is the first. It tells whether there is one.
func (f *Form[T]) Focus(id string) bool {
	for _, x := range f.fields {
		if x.ID == id || id == "" {
			x.Frame.FocusControl()
			return true
		}
	}
	return false
}

// Add makes a field of a control.
func (f *Form[T]) Add(id, label, hint string, control fyne.CanvasObject, show func(*T)) *Field[T] {
	x := &Field[T]{ID: id, Label: label, Show: show, Frame: kit.NewField(f.words, kit.FieldOptions{Label: label, Hint: hint}, control)}
	f.fields = append(f.fields, x)
	return x
}

// Drop takes fields out of the form.
func (f *Form[T]) Drop(fields []*Field[T]) {
	gone := make(map[*Field[T]]bool, len(fields))
	for _, x := range fields {
		gone[x] = true
	}
	var kept []*Field[T]
	for _, x := range f.fields {
		if !gone[x] {
			kept = append(kept, x)
		}
	}
	f.fields = kept
}

// Typed saves a change once the keyboard rests.
func (f *Form[T]) Typed(x *Field[T], apply func(*T)) {
	f.save.Type(f.edit(x, apply))
	f.edited()
}

// Chosen saves a change at once, after what was typed before it.
func (f *Form[T]) Chosen(x *Field[T], apply func(*T)) {
	f.save.Choose(f.edit(x, apply))
	f.edited()
}

func (f *Form[T]) edit(x *Field[T], apply func(*T)) saving.FieldEdit[T] {
	apply(&f.Now)
	x.note(&f.Now)
	return saving.FieldEdit[T]{Label: f.step(lang.Inside(x.Label), &f.Now), ID: f.ID, Field: x.ID, Apply: apply}
}

func (f *Form[T]) edited() {
	if f.OnEdited != nil {
		f.OnEdited()
	}
}

func (x *Field[T]) note(now *T) {
	if x.Note != nil {
		x.Note(now)
	}
}

// Fault says why what was typed cannot be stored; until it is taken away with "",
// the text stays as it is.
func (x *Field[T]) Fault(sentence string) {
	if x.wrong || sentence != "" {
		x.Frame.SetError(sentence)
	}
	x.wrong = sentence != ""
}
