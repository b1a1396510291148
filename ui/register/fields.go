package register

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/exchange"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// fieldWidth is the least that each of two fields beside each other gets, at
// text size 1.
const fieldWidth = 150

// field is one field of the record: how it shows an organisation, and what it
// says about what stands there.
type field struct {
	id    string
	label string
	frame *kit.Field
	show  func(*data.Organisation)
	note  func(*data.Organisation)
}

func nothing(*data.Organisation) {}

// allFields are the fields in reading order.
func (r *record) allFields() []*field {
	return append([]*field{
		r.textField(fieldName, r.words.T("register.column.name"), "", func(o *data.Organisation) *string { return &o.Name }),
		r.statusField(),
		r.placeField(),
		r.contactField(),
		r.textField(fieldPhone, r.words.T("register.column.phone"), "", func(o *data.Organisation) *string { return &o.Phone }),
		r.emailField(),
		r.numberField(),
		r.sizeField(),
		r.industryField(),
		r.standardField(),
		r.normField(),
		r.textField(fieldWebsite, r.words.T("register.column.website"), "", func(o *data.Organisation) *string { return &o.Website }),
		r.textField(fieldTags, r.words.T("register.column.tags"), r.words.T("register.hint.tags"), func(o *data.Organisation) *string { return &o.Tags }),
		r.noteField(),
	}, r.providerFields()...)
}

// arranged are the fields as they stand: short ones in pairs.
func (r *record) arranged() []fyne.CanvasObject {
	frame := map[string]fyne.CanvasObject{}
	for _, f := range r.fields {
		frame[f.id] = f.frame
	}
	return append(append([]fyne.CanvasObject{frame[fieldName]}, providerRows(frame)...),
		kit.SideBySide(fieldWidth, frame[fieldStatus], frame[fieldMunicipality]),
		kit.SideBySide(fieldWidth, frame[fieldContact], frame[fieldPhone]),
		frame[fieldEmail],
		kit.SideBySide(fieldWidth, frame[fieldNumber], frame[fieldSize]),
		kit.SideBySide(fieldWidth, frame[fieldIndustry], frame[fieldStandard]),
		kit.SideBySide(fieldWidth, frame[fieldNorm], frame[fieldWebsite]),
		frame[fieldTags],
		frame[fieldNote],
	)
}

// textField is one line of text, saved while it is typed.
func (r *record) textField(id, label, hint string, at func(*data.Organisation) *string) *field {
	control := kit.NewTextField()
	f := &field{id: id, label: label, note: nothing, frame: kit.NewField(r.words, kit.FieldOptions{Label: label, Hint: hint}, control)}
	f.show = func(o *data.Organisation) { control.SetText(*at(o)) }
	control.OnChanged = func(text string) { r.typed(f, func(o *data.Organisation) { *at(o) = text }) }
	control.OnFocusLost = r.page.save.Flush
	return f
}

func (r *record) contactField() *field {
	return r.textField(fieldContact, r.words.T("register.column.contact"), "", func(o *data.Organisation) *string { return &o.Contact })
}

// emailField says what is wrong once the typing is over.
func (r *record) emailField() *field {
	f := r.textField(fieldEmail, r.words.T("register.column.email"), "", func(o *data.Organisation) *string { return &o.Email })
	control := f.frame.Control().(*kit.TextField)
	explain := func() {
		sentence := ""
		if text := strings.TrimSpace(control.Text()); text != "" && !partner.ValidEmail(text) {
			sentence = r.words.T("register.wrong.email")
		}
		f.frame.SetError(sentence)
	}
	control.OnFocusLost = func() {
		explain()
		r.page.save.Flush()
	}
	f.note = func(*data.Organisation) {
		if !control.Focused() || f.frame.Error() != "" {
			explain()
		}
	}
	return f
}

// numberField keeps a number that is wrong too: nothing typed is lost. Another
// record with the same number is told of.
func (r *record) numberField() *field {
	control := kit.NewOrgNumberField(r.words)
	label := r.words.T("register.column.number")
	f := &field{id: fieldNumber, label: label, frame: kit.NewField(r.words, kit.FieldOptions{Label: label}, control)}
	f.show = func(o *data.Organisation) {
		if now, _ := control.Value(); now != o.OrgNumber {
			control.SetValue(o.OrgNumber)
		}
	}
	f.note = func(*data.Organisation) {
		var notes []kit.FieldNote
		if r.twin != nil && r.twin.OrgNumber == r.now.OrgNumber {
			notes = []kit.FieldNote{{Severity: kit.Warn, Message: r.words.T("register.twin", "Name", nameOr(r.words, r.twin.Name))}}
		}
		f.frame.SetFindings(notes)
	}
	control.OnChanged = func(digits string, _ bool) {
		r.typed(f, func(o *data.Organisation) { o.OrgNumber = digits })
	}
	control.OnFocusLost = r.page.save.Flush
	return f
}

// choiceField is a choice of a few, saved at once.
func (r *record) choiceField(id, label, hint string, options []kit.Option, at func(*data.Organisation) *string) (*field, *kit.Select) {
	control := kit.NewSelect(r.words, options)
	f := &field{id: id, label: label, note: nothing, frame: kit.NewField(r.words, kit.FieldOptions{Label: label, Hint: hint}, control)}
	f.show = func(o *data.Organisation) {
		value := *at(o)
		control.SetSelected(value)
		if value != "" && control.Selected() == "" {
			control.SetChoice(kit.Option{ID: value, Label: value}) // of a newer program
		}
	}
	control.OnChanged = func(value string) { r.chosen(f, func(o *data.Organisation) { *at(o) = value }) }
	return f, control
}

func (r *record) statusField() *field {
	f, control := r.choiceField(fieldStatus, r.words.T("register.column.status"), "", r.page.statusOptions(), func(o *data.Organisation) *string { return &o.Status })
	show := f.show
	f.show = func(o *data.Organisation) {
		if o.Status == "" {
			control.SetSelected(string(partner.StatusUnknown))
			return
		}
		show(o)
	}
	return f
}

// statusOptions are the statuses of the page's kind.
func (p *Page) statusOptions() []kit.Option {
	var all []kit.Option
	for _, s := range partner.Pipeline(p.kind) {
		all = append(all, kit.Option{ID: string(s), Label: exchange.StatusWord(p.words, s)})
	}
	return all
}

func (r *record) sizeField() *field {
	f, control := r.choiceField(fieldSize, r.words.T("register.field.size"), r.words.T("register.hint.size"), sizeOptions(r.words), func(o *data.Organisation) *string { return &o.SizeBand })
	show := f.show
	f.show = func(o *data.Organisation) {
		if o.SizeBand == partner.SizeWithheld {
			control.SetSelected(withheld)
			return
		}
		show(o)
	}
	control.OnChanged = func(value string) {
		if value == withheld {
			value = partner.SizeWithheld
		}
		r.chosen(f, func(o *data.Organisation) { o.SizeBand = value })
	}
	return f
}

func (r *record) standardField() *field {
	var options []kit.Option
	for _, s := range partner.Standards() {
		options = append(options, kit.Option{ID: s, Label: s})
	}
	f, control := r.choiceField(fieldStandard, r.words.T("register.field.standard"), "", options, func(o *data.Organisation) *string { return &o.IndustryStd })
	control.AllowEmpty = true
	return f
}

func (r *record) normField() *field {
	options := []kit.Option{{ID: reference.NormBokmal, Label: normWord(r.words, reference.NormBokmal)}, {ID: reference.NormNynorsk, Label: normWord(r.words, reference.NormNynorsk)}}
	f, control := r.choiceField(fieldNorm, r.words.T("register.column.norm"), r.words.T("register.hint.norm"), options, func(o *data.Organisation) *string { return &o.Norm })
	control.AllowEmpty = true
	return f
}

// industryField warns of a code that has not the form of one.
func (r *record) industryField() *field {
	f := r.textField(fieldIndustry, r.words.T("register.field.industry"), r.words.T("register.hint.industry"), func(o *data.Organisation) *string { return &o.Industry })
	control := f.frame.Control().(*kit.TextField)
	f.note = func(o *data.Organisation) {
		sentence := ""
		if o.Industry != "" && !partner.ValidIndustry(o.Industry) && (!control.Focused() || f.frame.Error() != "") {
			sentence = r.words.T("register.wrong.industry")
		}
		f.frame.SetError(sentence)
	}
	control.OnFocusLost = func() {
		f.note(&r.now)
		r.page.save.Flush()
	}
	return f
}

// placeField chooses a municipality; those of the own county come first. The
// hint tells its centrality.
func (r *record) placeField() *field {
	f, control := r.choiceField(fieldMunicipality, r.words.T("register.column.municipality"), "", nil, func(o *data.Organisation) *string { return &o.Municipality })
	control.AllowEmpty = true
	f.show = func(o *data.Organisation) {
		m, ok := r.page.register.Place(o.Municipality)
		switch {
		case o.Municipality == "":
			control.SetSelected("")
		case !ok:
			control.SetChoice(kit.Option{ID: o.Municipality, Label: o.Municipality})
		default:
			control.SetChoice(kit.Option{ID: o.Municipality, Label: m.UniqueName})
		}
	}
	f.note = func(o *data.Organisation) {
		hint := ""
		if m, ok := r.page.register.Place(o.Municipality); ok {
			hint = r.words.T("register.hint.place", "Centrality", strconv.Itoa(m.Centrality), "Year", strconv.Itoa(m.CentralityYear), "County", m.CountyName)
		}
		f.frame.SetHint(hint)
	}
	program := r.page.env.Program
	task.Run(r.page.env.Tasks, context.Background(), func(context.Context) ([]kit.Option, error) {
		return placeOptions(program), nil
	}, func(options []kit.Option, _ error) {
		control.SetOptions(options)
		f.show(&r.now)
	})
	return f
}

// placeOptions are all municipalities, the own county's first.
func placeOptions(p *app.Program) []kit.Option {
	own := p.Setting(app.SettingCounty)
	var first, rest []kit.Option
	for _, m := range p.Places.Municipalities() {
		o := kit.Option{ID: m.Number, Label: m.UniqueName, Note: m.CountyName}
		if m.CountyNumber == own {
			first = append(first, o)
		} else {
			rest = append(rest, o)
		}
	}
	return slices.Concat(first, rest)
}

// noteField is free text over several lines.
func (r *record) noteField() *field {
	control := kit.NewTextArea(r.words)
	label := r.words.T("register.column.note")
	f := &field{id: fieldNote, label: label, note: nothing, frame: kit.NewField(r.words, kit.FieldOptions{Label: label}, control)}
	f.show = func(o *data.Organisation) { control.SetText(o.Note) }
	control.OnChanged = func(text string) { r.typed(f, func(o *data.Organisation) { o.Note = text }) }
	control.OnFocusLost = r.page.save.Flush
	return f
}
