package register

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
)

// Fields of a provider, as routes name them.
const (
	fieldSuggestion    = "suggestion"
	fieldProviderKind  = "provider_kind"
	fieldAccreditation = "accreditation"
)

// addProviderFields makes the fields that only providers have.
func (r *record) addProviderFields() {
	if r.page.kind != data.OrganisationProvider {
		return
	}
	r.addSuggestion()
	r.form.Choice(fieldProviderKind, r.words.T("offering.column.kind"), "", parts.ProviderKindOptions(r.words), func(o *data.Organisation) *string { return &o.ProviderKind })
	r.form.Text(fieldAccreditation, r.words.T("offering.provider.accreditation"), r.words.T("offering.provider.accreditationHint"), func(o *data.Organisation) *string { return &o.Accreditation })
}

// providerRows are these fields as they stand.
func (r *record) providerRows() []fyne.CanvasObject {
	if r.page.kind != data.OrganisationProvider {
		return nil
	}
	frame := r.form.Frame
	return []fyne.CanvasObject{frame(fieldSuggestion), kit.SideBySide(fieldWidth, frame(fieldProviderKind), frame(fieldAccreditation))}
}

// providerColumns are the columns of the grid that only providers have, behind
// the others.
func providerColumns(words *lang.Printer, kind string) []kit.GridColumn {
	if kind != data.OrganisationProvider {
		return nil
	}
	return []kit.GridColumn{
		{ID: fieldProviderKind, Label: words.T("offering.column.kind"), Width: 150},
		{ID: fieldAccreditation, Label: words.T("offering.provider.accreditation"), Width: 160, Hidden: true},
	}
}

// providerCells are their texts.
func (p *Page) providerCells(o *data.Organisation) []string {
	if p.kind != data.OrganisationProvider {
		return nil
	}
	return []string{parts.ProviderKindWord(p.words, o.ProviderKind), o.Accreditation}
}

// addSuggestion makes a choice that fills a new provider in from the list of known ones. It is
// there until the provider has a name and a number.
func (r *record) addSuggestion() {
	all := r.page.env.Program.Places.Providers()
	control := kit.NewSelect(r.words, nil)
	control.Search = func(query string, found func([]kit.Option)) { found(r.suggestions(all, query)) }
	hint := r.words.T("offering.provider.suggestionHint", "Date", reference.ProvidersVintage)
	x := r.form.Add(fieldSuggestion, r.words.T("offering.provider.suggestion"), hint, control, nil)
	x.Show = func(o *data.Organisation) {
		control.SetSelected("")
		if hidden := o.Name != "" && o.OrgNumber != ""; x.Frame.Hidden != hidden {
			x.Frame.Hidden = hidden
			kit.Relayout(x.Frame)
		}
	}
	control.OnChanged = func(id string) {
		if i, err := strconv.Atoi(id); err == nil && i >= 0 && i < len(all) {
			r.onSuggestion(x, all[i])
		}
	}
}

// suggestions are the known providers that a query is about, by their place in
// the list.
func (r *record) suggestions(all []reference.Provider, query string) []kit.Option {
	words := strings.Fields(data.Fold(query))
	var options []kit.Option
	for i, p := range all {
		text := data.Fold(p.Name + " " + p.ShortName + " " + p.OrgNumber)
		fits := true
		for _, w := range words {
			fits = fits && strings.Contains(text, w)
		}
		if fits {
			options = append(options, kit.Option{ID: strconv.Itoa(i), Label: p.Name, Note: parts.ProviderKindWord(r.words, p.Kind)})
		}
	}
	return options
}

// onSuggestion fills in what the list knows, as one step.
func (r *record) onSuggestion(x *field, p reference.Provider) {
	source := r.words.T("offering.provider.source", "Date", reference.ProvidersVintage)
	if !p.Registered {
		source = r.words.T("offering.provider.sourceListed", "Date", reference.ProvidersVintage)
	}
	apply := func(o *data.Organisation) {
		o.Name, o.ProviderKind, o.Source, o.SourceTime = p.Name, p.Kind, source, ""
		for _, known := range []struct {
			to   *string
			text string
		}{{&o.OrgNumber, p.OrgNumber}, {&o.Municipality, p.Municipality}, {&o.Website, p.Website}} {
			if known.text != "" {
				*known.to = known.text
			}
		}
	}
	apply(&r.form.Now)
	r.page.save.Choose(saving.FieldEdit[data.Organisation]{Label: r.words.T("offering.provider.filled", "Name", p.Name), ID: r.form.ID, Field: x.ID, Apply: apply})
	r.form.ShowAgain()
	r.source.SetText(r.sourceLine())
	r.focus(fieldName)
}
