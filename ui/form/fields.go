package form

import (
	"strconv"

	"kompetansepilot/app/partner"
	"kompetansepilot/ui/kit"
)

// Text is one line, saved while it is typed.
func (f *Form[T]) Text(id, label, hint string, at func(*T) *string) *Field[T] {
	control := kit.NewTextField()
	x := f.Add(id, label, hint, control, func(v *T) { control.SetText(*at(v)) })
	control.OnChanged = func(text string) { f.Typed(x, func(v *T) { *at(v) = text }) }
	control.OnFocusLost = f.save.Flush
	return x
}

// Area is text over several lines.
func (f *Form[T]) Area(id, label, hint string, at func(*T) *string) *Field[T] {
	control := kit.NewTextArea(f.words)
	x := f.Add(id, label, hint, control, func(v *T) { control.SetText(*at(v)) })
	control.OnChanged = func(text string) { f.Typed(x, func(v *T) { *at(v) = text }) }
	control.OnFocusLost = f.save.Flush
	return x
}

// Parsed is one line that is read before it is stored. read gives what to store, or a
// sentence about what cannot be read; that stays in the field and is not stored.
func (f *Form[T]) Parsed(id, label, hint string, shown func(*T) string, read func(text string) (apply func(*T), problem string)) *Field[T] {
	control := kit.NewTextField()
	x := f.Add(id, label, hint, control, func(v *T) { control.SetText(shown(v)) })
	control.OnChanged = func(text string) {
		apply, problem := read(text)
		x.Fault(problem)
		if problem == "" {
			f.Typed(x, apply)
		}
	}
	control.OnFocusLost = f.save.Flush
	return x
}

// Number is a number as text; nothing typed is 0. text and parse are the ways between
// the two, problem is said of what is no number.
func (f *Form[T]) Number(id, label, hint string, at func(*T) *int64, text func(int64) string, parse func(string) (int64, error), problem string) *Field[T] {
	return f.Parsed(id, label, hint, func(v *T) string {
		if *at(v) == 0 {
			return ""
		}
		return text(*at(v))
	}, func(typed string) (func(*T), string) {
		n, err := parse(typed)
		if err != nil {
			return nil, problem
		}
		return func(v *T) { *at(v) = n }, ""
	})
}

// Count is a whole number of persons, days or the like; problem is said of what is no
// number.
func (f *Form[T]) Count(id, label string, at func(*T) *int64, problem string) *Field[T] {
	return f.Number(id, label, "", at, func(n int64) string { return strconv.FormatInt(n, 10) }, partner.ParseCount, problem)
}

// Money is an amount in whole kroner.
func (f *Form[T]) Money(id, label, hint string, at func(*T) *int64) *Field[T] {
	control := kit.NewMoneyField(f.words)
	x := f.Add(id, label, hint, control, func(v *T) {
		if now, ok := control.Value(); !ok || now != *at(v) {
			control.SetValue(*at(v))
		}
	})
	control.OnChanged = func(kroner int64, ok bool) {
		if ok && kroner != *at(&f.Now) {
			f.Typed(x, func(v *T) { *at(v) = kroner })
		}
	}
	return x
}

// Date is a day, YYYY-MM-DD.
func (f *Form[T]) Date(id, label, hint string, at func(*T) *string) *Field[T] {
	control := kit.NewDateField(f.words)
	x := f.Add(id, label, hint, control, func(v *T) {
		if now, ok := control.Value(); !ok || now != *at(v) {
			control.SetValue(*at(v))
		}
	})
	control.OnChanged = func(iso string, ok bool) {
		if ok && iso != *at(&f.Now) {
			f.Typed(x, func(v *T) { *at(v) = iso })
		}
	}
	return x
}

// Choice is one of a few, or none, saved at once.
func (f *Form[T]) Choice(id, label, hint string, options []kit.Option, at func(*T) *string) *Field[T] {
	control := kit.NewSelect(f.words, options)
	control.AllowEmpty = true
	x := f.Add(id, label, hint, control, func(v *T) { Choose(control, *at(v)) })
	control.OnChanged = func(value string) { f.Chosen(x, func(v *T) { *at(v) = value }) }
	return x
}

// Choose shows a stored value on a choice, also one of a newer program or one that is
// no longer offered.
func Choose(control *kit.Select, value string) {
	control.SetSelected(value)
	if value != "" && control.Selected() == "" {
		control.SetChoice(kit.Option{ID: value, Label: value})
	}
}
