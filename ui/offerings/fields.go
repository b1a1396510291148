package offerings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/task"
)

// Fields of an offering, as routes name them.
const (
	fieldTitle        = "title"
	fieldProvider     = "organisation"
	fieldKind         = "provider_kind"
	fieldDescription  = "description"
	fieldLevel        = "level"
	fieldCredits      = "credits"
	fieldForm         = "form"
	fieldMunicipality = "municipality"
	fieldPlace        = "place"
	fieldLanguage     = "language"
	fieldStart        = "start"
	fieldFinish       = "finish"
	fieldDue          = "due"
	fieldMonths       = "months"
	fieldLeast        = "least"
	fieldCapacity     = "capacity"
	fieldPrice        = "price"
	fieldWebsite      = "website"
	fieldNote         = "note"
)

const (
	// fieldWidth is the least that each of two fields beside each other gets, at
	// text size 1.
	fieldWidth = 150
	// mostHits is how many providers a search shows.
	mostHits = 50
)

// field is one field of the offering and how it shows one.
type field struct {
	id    string
	label string
	frame *kit.Field
	show  func(*data.Offering)
}

// allFields are the fields in reading order.
func (r *record) allFields() []*field {
	w := r.words
	return []*field{
		r.textField(fieldTitle, w.T("offering.column.title"), "", func(o *data.Offering) *string { return &o.Title }),
		r.providerField(),
		r.choiceField(fieldKind, w.T("offering.column.kind"), w.T("offering.hint.kind"), parts.ProviderKindOptions(w), func(o *data.Offering) *string { return &o.ProviderKind }),
		r.areaField(fieldDescription, w.T("offering.field.description"), func(o *data.Offering) *string { return &o.Description }),
		r.choiceField(fieldLevel, w.T("offering.column.level"), "", parts.LevelOptions(w), func(o *data.Offering) *string { return &o.Level }),
		r.numberField(fieldCredits, w.T("offering.column.credits"), func(n int64) string { return partner.CreditsText(n, decimalOf(w)) }, partner.ParseCredits,
			func(o *data.Offering) *int64 { return &o.Credits }),
		r.choiceField(fieldForm, w.T("offering.column.form"), "", parts.FormOptions(w), func(o *data.Offering) *string { return &o.Form }),
		r.choiceField(fieldLanguage, w.T("offering.column.language"), "", languages(w), func(o *data.Offering) *string { return &o.Language }),
		r.placeField(),
		r.textField(fieldPlace, w.T("offering.field.place"), w.T("offering.hint.place"), func(o *data.Offering) *string { return &o.Place }),
		r.dateField(fieldStart, w.T("offering.column.start"), func(o *data.Offering) *string { return &o.Start }),
		r.dateField(fieldFinish, w.T("offering.column.finish"), func(o *data.Offering) *string { return &o.Finish }),
		r.dateField(fieldDue, w.T("offering.column.due"), func(o *data.Offering) *string { return &o.Due }),
		r.monthsField(),
		r.numberField(fieldLeast, w.T("offering.field.least"), number, partner.ParseCount, func(o *data.Offering) *int64 { return &o.Least }),
		r.numberField(fieldCapacity, w.T("offering.column.capacity"), number, partner.ParseCount, func(o *data.Offering) *int64 { return &o.Capacity }),
		r.moneyField(),
		r.textField(fieldWebsite, w.T("register.column.website"), "", func(o *data.Offering) *string { return &o.Website }),
		r.areaField(fieldNote, w.T("register.column.note"), func(o *data.Offering) *string { return &o.Note }),
	}
}

// arranged are the fields as they stand: short ones in pairs.
func (r *record) arranged() []fyne.CanvasObject {
	frame := map[string]fyne.CanvasObject{}
	for _, f := range r.fields {
		frame[f.id] = f.frame
	}
	pair := func(a, b string) fyne.CanvasObject { return kit.SideBySide(fieldWidth, frame[a], frame[b]) }
	return []fyne.CanvasObject{
		frame[fieldTitle], pair(fieldProvider, fieldKind), frame[fieldDescription], pair(fieldLevel, fieldCredits), pair(fieldForm, fieldLanguage),
		pair(fieldMunicipality, fieldPlace), pair(fieldStart, fieldFinish), pair(fieldDue, fieldMonths), pair(fieldLeast, fieldCapacity),
		pair(fieldPrice, fieldWebsite), frame[fieldNote],
	}
}

func (r *record) newField(id, label, hint string, control fyne.CanvasObject) *field {
	return &field{id: id, label: label, frame: kit.NewField(r.words, kit.FieldOptions{Label: label, Hint: hint}, control)}
}

// textField is one line of text, saved while it is typed.
func (r *record) textField(id, label, hint string, at func(*data.Offering) *string) *field {
	control := kit.NewTextField()
	f := r.newField(id, label, hint, control)
	f.show = func(o *data.Offering) { control.SetText(*at(o)) }
	control.OnChanged = func(text string) { r.typed(f, func(o *data.Offering) { *at(o) = text }) }
	control.OnFocusLost = r.page.save.Flush
	return f
}

// areaField is free text over several lines.
func (r *record) areaField(id, label string, at func(*data.Offering) *string) *field {
	control := kit.NewTextArea(r.words)
	f := r.newField(id, label, "", control)
	f.show = func(o *data.Offering) { control.SetText(*at(o)) }
	control.OnChanged = func(text string) { r.typed(f, func(o *data.Offering) { *at(o) = text }) }
	control.OnFocusLost = r.page.save.Flush
	return f
}

// choiceField is a choice of a few, saved at once.
func (r *record) choiceField(id, label, hint string, options []kit.Option, at func(*data.Offering) *string) *field {
	control := kit.NewSelect(r.words, options)
	control.AllowEmpty = true
	f := r.newField(id, label, hint, control)
	f.show = func(o *data.Offering) {
		value := *at(o)
		control.SetSelected(value)
		if value != "" && control.Selected() == "" {
			control.SetChoice(kit.Option{ID: value, Label: value}) // of a newer program
		}
	}
	control.OnChanged = func(value string) { r.chosen(f, func(o *data.Offering) { *at(o) = value }) }
	return f
}

// numberField takes a number as text; what cannot be read stays on the screen
// with a sentence and is not stored.
func (r *record) numberField(id, label string, text func(int64) string, parse func(string) (int64, error), at func(*data.Offering) *int64) *field {
	control := kit.NewTextField()
	f := r.newField(id, label, "", control)
	f.show = func(o *data.Offering) {
		shown := ""
		if n := *at(o); n != 0 {
			shown = text(n)
		}
		f.frame.SetError("")
		control.SetText(shown)
	}
	control.OnChanged = func(typed string) {
		n, err := parse(typed)
		if err != nil {
			f.frame.SetError(r.words.T("aid.badNumber"))
			return
		}
		f.frame.SetError("")
		r.typed(f, func(o *data.Offering) { *at(o) = n })
	}
	control.OnFocusLost = r.page.save.Flush
	return f
}

func (r *record) dateField(id, label string, at func(*data.Offering) *string) *field {
	control := kit.NewDateField(r.words)
	f := r.newField(id, label, "", control)
	f.show = func(o *data.Offering) {
		if now, ok := control.Value(); !ok || now != *at(o) {
			control.SetValue(*at(o))
		}
	}
	control.OnChanged = func(iso string, ok bool) {
		if ok && iso != *at(&r.now) {
			r.typed(f, func(o *data.Offering) { *at(o) = iso })
		}
	}
	return f
}

func (r *record) moneyField() *field {
	control := kit.NewMoneyField(r.words)
	f := r.newField(fieldPrice, r.words.T("offering.field.price"), r.words.T("offering.hint.price"), control)
	f.show = func(o *data.Offering) {
		if now, ok := control.Value(); !ok || now != o.Price {
			control.SetValue(o.Price)
		}
	}
	control.OnChanged = func(kroner int64, ok bool) {
		if ok && kroner != r.now.Price {
			r.typed(f, func(o *data.Offering) { o.Price = kroner })
		}
	}
	return f
}

// monthsField are the months in which it can run, as numbers.
func (r *record) monthsField() *field {
	control := kit.NewTextField()
	f := r.newField(fieldMonths, r.words.T("offering.column.months"), r.words.T("offering.hint.months"), control)
	tell := func(stored string) {
		hint := r.words.T("offering.hint.months")
		if names := r.page.months(stored); names != "" {
			hint = names
		}
		f.frame.SetHint(hint)
	}
	f.show = func(o *data.Offering) {
		f.frame.SetError("")
		tell(o.Months)
		if now, err := partner.ParseMonths(control.Text()); err != nil || partner.MonthsText(now) != o.Months {
			control.SetText(o.Months)
		}
	}
	control.OnChanged = func(text string) {
		months, err := partner.ParseMonths(text)
		if err != nil {
			f.frame.SetError(r.words.T("offering.badMonths"))
			return
		}
		f.frame.SetError("")
		stored := partner.MonthsText(months)
		tell(stored)
		r.typed(f, func(o *data.Offering) { o.Months = stored })
	}
	control.OnFocusLost = r.page.save.Flush
	return f
}

// placeField chooses a municipality; those of the own county come first.
func (r *record) placeField() *field {
	f := r.choiceField(fieldMunicipality, r.words.T("offering.column.place"), "", nil, func(o *data.Offering) *string { return &o.Municipality })
	control := f.frame.Control().(*kit.Select)
	program := r.page.env.Program
	f.show = func(o *data.Offering) {
		label := o.Municipality
		if m, ok := program.Places.Resolve(o.Municipality); ok {
			label = m.UniqueName
		}
		if o.Municipality == "" {
			control.SetSelected("")
			return
		}
		control.SetChoice(kit.Option{ID: o.Municipality, Label: label})
	}
	task.Run(r.page.env.Tasks, context.Background(), func(context.Context) ([]kit.Option, error) {
		return parts.PlaceOptions(r.page.env, program.Setting(app.SettingCounty)), nil
	}, func(options []kit.Option, _ error) {
		control.SetOptions(options)
		f.show(&r.now)
	})
	return f
}

// providerField chooses a provider of the register.
func (r *record) providerField() *field {
	control := kit.NewSelect(r.words, nil)
	control.AllowEmpty = true
	searches := task.NewLatest(r.page.env.Tasks)
	store := r.page.env.Program.Workspace
	f := r.newField(fieldProvider, r.words.T("offering.column.provider"), "", control)
	control.Search = func(query string, found func([]kit.Option)) {
		task.RunLatest(searches, context.Background(), func(context.Context) ([]data.Organisation, error) {
			return partner.FindProviders(store, query, mostHits)
		}, func(all []data.Organisation, err error) {
			if err != nil {
				r.page.env.Shell.Fail(f.label, err)
			}
			var options []kit.Option
			for _, o := range all {
				options = append(options, kit.Option{ID: o.ID, Label: o.Name, Note: parts.ProviderKindWord(r.words, o.ProviderKind)})
			}
			found(options)
		})
	}
	control.OnChanged = func(id string) { r.chosen(f, func(o *data.Offering) { o.Organisation = id }) }
	f.show = func(o *data.Offering) {
		switch {
		case o.Organisation == "":
			control.SetSelected("")
		case r.provider.ID == o.Organisation:
			control.SetChoice(kit.Option{ID: o.Organisation, Label: r.provider.Name})
		}
	}
	return f
}

func languages(w *lang.Printer) []kit.Option {
	var all []kit.Option
	for _, code := range lang.Codes {
		all = append(all, kit.Option{ID: code, Label: parts.LanguageWord(w, code)})
	}
	return all
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func decimalOf(w *lang.Printer) string {
	if w.Code() == "en" {
		return "."
	}
	return ","
}
