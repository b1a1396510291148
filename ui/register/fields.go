package register

import (
	"cmp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
)

// fieldWidth is the least that each of two fields beside each other gets, at
// text size 1.
const fieldWidth = 150

// field is one field of an organisation.
type field = form.Field[data.Organisation]

// addFields makes the fields in reading order.
func (r *record) addFields() {
	f, w := r.form, r.words
	f.Text(fieldName, w.T("register.column.name"), "", func(o *data.Organisation) *string { return &o.Name })
	r.addStatus()
	r.addMunicipality()
	f.Text(fieldContact, w.T("register.column.contact"), "", func(o *data.Organisation) *string { return &o.Contact })
	f.Text(fieldPhone, w.T("register.column.phone"), "", func(o *data.Organisation) *string { return &o.Phone })
	r.addEmail()
	r.addNumber()
	r.addSize()
	r.addIndustry()
	f.Choice(fieldStandard, w.T("register.field.standard"), "", parts.Options(partner.Standards(), func(s string) string { return s }), func(o *data.Organisation) *string { return &o.IndustryStd })
	norms := parts.Options([]string{reference.NormBokmal, reference.NormNynorsk}, func(norm string) string { return normWord(w, norm) })
	f.Choice(fieldNorm, w.T("register.column.norm"), w.T("register.hint.norm"), norms, func(o *data.Organisation) *string { return &o.Norm })
	f.Text(fieldWebsite, w.T("register.column.website"), "", func(o *data.Organisation) *string { return &o.Website })
	f.Text(fieldTags, w.T("register.column.tags"), w.T("register.hint.tags"), func(o *data.Organisation) *string { return &o.Tags })
	f.Area(fieldNote, w.T("register.column.note"), "", func(o *data.Organisation) *string { return &o.Note })
	r.addProviderFields()
}

// arranged are the fields as they stand: short ones in pairs.
func (r *record) arranged() []fyne.CanvasObject {
	frame := r.form.Frame
	pair := func(a, b string) fyne.CanvasObject { return kit.SideBySide(fieldWidth, frame(a), frame(b)) }
	return append(append([]fyne.CanvasObject{frame(fieldName)}, r.providerRows()...),
		pair(fieldStatus, fieldMunicipality), pair(fieldContact, fieldPhone), frame(fieldEmail), pair(fieldNumber, fieldSize),
		pair(fieldIndustry, fieldStandard), pair(fieldNorm, fieldWebsite), frame(fieldTags), frame(fieldNote))
}

// addEmail says what is wrong once the typing is over.
func (r *record) addEmail() {
	x := r.form.Text(fieldEmail, r.words.T("register.column.email"), "", func(o *data.Organisation) *string { return &o.Email })
	control := x.Frame.Control().(*kit.TextField)
	explain := func() {
		sentence := ""
		if text := strings.TrimSpace(control.Text()); text != "" && !partner.ValidEmail(text) {
			sentence = r.words.T("register.wrong.email")
		}
		x.Frame.SetError(sentence)
	}
	control.OnFocusLost = func() {
		explain()
		r.page.save.Flush()
	}
	x.Note = func(*data.Organisation) {
		if !control.Focused() || x.Frame.Error() != "" {
			explain()
		}
	}
}

// addNumber keeps a number that is wrong too: nothing typed is lost. Another record
// with the same number is told of.
func (r *record) addNumber() {
	control := kit.NewOrgNumberField(r.words)
	x := r.form.Add(fieldNumber, r.words.T("register.column.number"), "", control, func(o *data.Organisation) {
		if now, _ := control.Value(); now != o.OrgNumber {
			control.SetValue(o.OrgNumber)
		}
	})
	x.Note = func(o *data.Organisation) {
		var notes []kit.FieldNote
		if r.twin != nil && r.twin.OrgNumber == o.OrgNumber {
			notes = []kit.FieldNote{{Severity: kit.Warn, Message: r.words.T("register.twin", "Name", parts.NameOr(r.words, r.twin.Name))}}
		}
		x.Frame.SetFindings(notes)
	}
	control.OnChanged = func(digits string, _ bool) {
		r.form.Typed(x, func(o *data.Organisation) { o.OrgNumber = digits })
	}
	control.OnFocusLost = r.page.save.Flush
}

func (r *record) addStatus() {
	x := r.form.Choice(fieldStatus, r.words.T("register.column.status"), "", r.page.statusOptions(), func(o *data.Organisation) *string { return &o.Status })
	control := x.Frame.Control().(*kit.Select)
	control.AllowEmpty = false
	x.Show = func(o *data.Organisation) { form.Choose(control, cmp.Or(o.Status, string(partner.StatusUnknown))) }
}

// statusOptions are the statuses of the page's kind.
func (p *Page) statusOptions() []kit.Option {
	var all []kit.Option
	for _, s := range partner.Pipeline(p.kind) {
		all = append(all, kit.Option{ID: string(s), Label: exchange.StatusWord(p.words, s)})
	}
	return all
}

func (r *record) addSize() {
	x := r.form.Choice(fieldSize, r.words.T("register.field.size"), r.words.T("register.hint.size"), sizeOptions(r.words), func(o *data.Organisation) *string { return &o.SizeBand })
	control := x.Frame.Control().(*kit.Select)
	control.AllowEmpty = false
	show := x.Show
	x.Show = func(o *data.Organisation) {
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
		r.form.Chosen(x, func(o *data.Organisation) { o.SizeBand = value })
	}
}

// addIndustry warns of a code that has not the form of one.
func (r *record) addIndustry() {
	x := r.form.Text(fieldIndustry, r.words.T("register.field.industry"), r.words.T("register.hint.industry"), func(o *data.Organisation) *string { return &o.Industry })
	control := x.Frame.Control().(*kit.TextField)
	x.Note = func(o *data.Organisation) {
		sentence := ""
		if o.Industry != "" && !partner.ValidIndustry(o.Industry) && (!control.Focused() || x.Frame.Error() != "") {
			sentence = r.words.T("register.wrong.industry")
		}
		x.Frame.SetError(sentence)
	}
	control.OnFocusLost = func() {
		x.Note(&r.form.Now)
		r.page.save.Flush()
	}
}

// addMunicipality makes the choice of a municipality; those of the own county come
// first. The hint tells its centrality.
func (r *record) addMunicipality() {
	x := parts.AddPlace(r.page.env, r.form, fieldMunicipality, r.words.T("register.column.municipality"), func(o *data.Organisation) *string { return &o.Municipality })
	x.Note = func(o *data.Organisation) {
		hint := ""
		if m, ok := r.page.register.Place(o.Municipality); ok {
			hint = r.words.T("register.hint.place", "Centrality", strconv.Itoa(m.Centrality), "Year", strconv.Itoa(m.CentralityYear), "County", m.CountyName)
		}
		x.Frame.SetHint(hint)
	}
}
