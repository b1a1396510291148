package offerings

import (
	"context"

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

// addFields makes the fields in reading order.
func (r *record) addFields() {
	f, w := r.form, r.words
	bad := w.T("aid.badNumber")
	f.Text(fieldTitle, w.T("offering.column.title"), "", func(o *data.Offering) *string { return &o.Title })
	r.addProvider()
	f.Choice(fieldKind, w.T("offering.column.kind"), w.T("offering.hint.kind"), parts.ProviderKindOptions(w), func(o *data.Offering) *string { return &o.ProviderKind })
	f.Area(fieldDescription, w.T("offering.field.description"), "", func(o *data.Offering) *string { return &o.Description })
	f.Choice(fieldLevel, w.T("offering.column.level"), "", parts.LevelOptions(w), func(o *data.Offering) *string { return &o.Level })
	f.Number(fieldCredits, w.T("offering.column.credits"), "", func(o *data.Offering) *int64 { return &o.Credits },
		func(n int64) string { return partner.CreditsText(n, w.Decimal()) }, partner.ParseCredits, bad)
	f.Choice(fieldForm, w.T("offering.column.form"), "", parts.FormOptions(w), func(o *data.Offering) *string { return &o.Form })
	f.Choice(fieldLanguage, w.T("offering.column.language"), "", parts.LanguageOptions(w), func(o *data.Offering) *string { return &o.Language })
	parts.AddPlace(r.page.env, f, fieldMunicipality, w.T("offering.column.place"), func(o *data.Offering) *string { return &o.Municipality })
	f.Text(fieldPlace, w.T("offering.field.place"), w.T("offering.hint.place"), func(o *data.Offering) *string { return &o.Place })
	f.Date(fieldStart, w.T("offering.column.start"), "", func(o *data.Offering) *string { return &o.Start })
	f.Date(fieldFinish, w.T("offering.column.finish"), "", func(o *data.Offering) *string { return &o.Finish })
	f.Date(fieldDue, w.T("offering.column.due"), "", func(o *data.Offering) *string { return &o.Due })
	r.addMonths()
	f.Count(fieldLeast, w.T("offering.field.least"), func(o *data.Offering) *int64 { return &o.Least }, bad)
	f.Count(fieldCapacity, w.T("offering.column.capacity"), func(o *data.Offering) *int64 { return &o.Capacity }, bad)
	f.Money(fieldPrice, w.T("offering.field.price"), w.T("offering.hint.price"), func(o *data.Offering) *int64 { return &o.Price })
	f.Text(fieldWebsite, w.T("register.column.website"), "", func(o *data.Offering) *string { return &o.Website })
	f.Area(fieldNote, w.T("register.column.note"), "", func(o *data.Offering) *string { return &o.Note })
}

// addMonths makes the field of the months in which it can run, as numbers. The hint
// names them.
func (r *record) addMonths() {
	hint := r.words.T("offering.hint.months")
	x := r.form.Parsed(fieldMonths, r.words.T("offering.column.months"), hint, func(o *data.Offering) string { return o.Months }, func(text string) (func(*data.Offering), string) {
		months, err := partner.ParseMonths(text)
		if err != nil {
			return nil, r.words.T("offering.badMonths")
		}
		return func(o *data.Offering) { o.Months = partner.MonthsText(months) }, ""
	})
	control, show := x.Frame.Control().(*kit.TextField), x.Show
	x.Show = func(o *data.Offering) {
		if now, err := partner.ParseMonths(control.Text()); err != nil || partner.MonthsText(now) != o.Months { // as it was typed stays
			show(o)
		}
	}
	x.Note = func(o *data.Offering) {
		if names := r.page.months(o.Months); names != "" {
			x.Frame.SetHint(names)
		} else {
			x.Frame.SetHint(hint)
		}
	}
}

// addProvider makes the choice of a provider of the register.
func (r *record) addProvider() {
	env, w := r.page.env, r.words
	control := kit.NewSelect(w, nil)
	control.AllowEmpty = true
	x := r.form.Add(fieldProvider, w.T("offering.column.provider"), "", control, func(o *data.Offering) {
		switch {
		case o.Organisation == "":
			control.SetSelected("")
		case r.provider.ID == o.Organisation:
			control.SetChoice(kit.Option{ID: o.Organisation, Label: r.provider.Name})
		}
	})
	control.OnChanged = func(id string) { r.form.Chosen(x, func(o *data.Offering) { o.Organisation = id }) }
	searches := task.NewLatest(env.Tasks)
	control.Search = func(query string, found func([]kit.Option)) {
		task.RunLatest(searches, context.Background(), func(context.Context) ([]data.Organisation, error) {
			return partner.FindProviders(env.Program.Workspace, query, mostHits)
		}, func(all []data.Organisation, err error) {
			if err != nil {
				env.Shell.Fail(x.Label, err)
			}
			var options []kit.Option
			for _, o := range all {
				options = append(options, kit.Option{ID: o.ID, Label: o.Name, Note: parts.ProviderKindWord(w, o.ProviderKind)})
			}
			found(options)
		})
	}
}
