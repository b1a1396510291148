package offerings

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
)

// record is the offering to the right.
type record struct {
	*listing.Record[snapshot]
	page  *Page
	words *lang.Printer

	form      *form.Form[data.Offering]
	provider  data.Organisation // the one that is named, or one without an id
	source    *kit.Text
	enquiries *parts.Enquiries
	scroll    *container.Scroll
}

// snapshot is an offering as it was read.
type snapshot struct {
	data.Offering
	provider data.Organisation
}

func newRecord(p *Page) *record {
	r := &record{page: p, words: p.words, source: kit.NewQuietText("")}
	r.form = form.New(p.words, p.save, func(label string, o *data.Offering) string {
		return p.words.T("offering.step.field", "Field", label, "Name", parts.OfferingTitle(p.words, o))
	})
	r.addFields()
	r.enquiries = parts.NewEnquiries(p.env, partner.NewRegister(p.env.Program.Workspace, p.env.Program.Places))
	r.scroll = kit.NewScroll(kit.FormColumn(append(r.arranged(), r.source, r.enquiries.Object())...))
	r.Record = listing.NewRecord(p.env, listing.RecordOptions[snapshot]{
		Choose: p.words.T("offering.choose"), Loading: p.words.T("offering.loading"), Body: r.scroll,
		Flush: p.save.Flush, Back: p.GoList, Delete: func(id string) { p.Remove([]string{id}) },
		Read: r.read, Show: r.show, Clear: r.form.Clear, Focus: r.focus,
	})
	return r
}

// read reads an offering and its provider.
func (r *record) read(id string) (snapshot, error) {
	o, err := r.page.store.Get(id)
	if err != nil || o.Organisation == "" {
		return snapshot{Offering: o}, err
	}
	provider, err := data.Get[data.Organisation](r.page.env.Program.Workspace, o.Organisation)
	if data.Code(err) == data.CodeNotFound {
		err = nil
	}
	return snapshot{o, provider}, err
}

func (r *record) show(s snapshot, another bool) (inTrash bool) {
	r.provider = s.provider
	r.form.Show(s.ID, s.Offering)
	r.source.SetText(r.sourceLine())
	if another {
		r.enquiries.Show(parts.Owner{Offering: s.ID})
		r.scroll.ScrollToTop()
	}
	return s.InTrash()
}

// sourceLine tells the offering's own id and where it comes from.
func (r *record) sourceLine() string {
	o := &r.form.Now
	if o.Source == "" {
		return ""
	}
	at, err := time.Parse(time.RFC3339, o.SourceTime)
	if err != nil {
		return r.words.T("offering.source", "ID", o.ID, "Source", o.Source)
	}
	return r.words.T("offering.sourceAt", "ID", o.ID, "Source", o.Source, "Time", r.words.Moment(at))
}

func (r *record) focus(field string) {
	if field == r.enquiries.ID() {
		r.enquiries.Open()
		return
	}
	r.form.Focus(field)
}

// arranged are the fields as they stand: short ones in pairs.
func (r *record) arranged() []fyne.CanvasObject {
	frame := r.form.Frame
	pair := func(a, b string) fyne.CanvasObject { return kit.SideBySide(fieldWidth, frame(a), frame(b)) }
	return []fyne.CanvasObject{
		frame(fieldTitle), pair(fieldProvider, fieldKind), frame(fieldDescription), pair(fieldLevel, fieldCredits), pair(fieldForm, fieldLanguage),
		pair(fieldMunicipality, fieldPlace), pair(fieldStart, fieldFinish), pair(fieldDue, fieldMonths), pair(fieldLeast, fieldCapacity),
		pair(fieldPrice, fieldWebsite), frame(fieldNote),
	}
}
