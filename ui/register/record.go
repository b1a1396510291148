package register

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/people"
)

// Fields of a record, as routes name them.
const (
	fieldName         = "name"
	fieldNumber       = "org_number"
	fieldStatus       = "status"
	fieldMunicipality = "municipality"
	fieldSize         = "size_band"
	fieldIndustry     = "industry"
	fieldStandard     = "industry_std"
	fieldNorm         = "norm"
	fieldContact      = "contact"
	fieldEmail        = "email"
	fieldPhone        = "phone"
	fieldWebsite      = "website"
	fieldTags         = "tags"
	fieldNote         = "note"
)

// record is the organisation to the right.
type record struct {
	*listing.Record[snapshot]
	page  *Page
	words *lang.Printer

	form *form.Form[data.Organisation]
	twin *data.Organisation // another with the same number

	official *official
	source   *kit.Text
	scroll   *container.Scroll
	tabs     *kit.Tabs
	people   *people.Section
	sections []parts.Part // under the fields
}

// snapshot is an organisation as it was read.
type snapshot struct {
	data.Organisation
	twin    *data.Organisation
	origins companies.Origins
}

func newRecord(p *Page) *record {
	r := &record{page: p, words: p.words, source: kit.NewQuietText("")}
	r.official = newOfficial(r)
	r.form = form.New(p.words, p.save, func(label string, o *data.Organisation) string {
		return p.words.T("register.step.field", "Field", label, "Name", parts.NameOr(p.words, o.Name))
	})
	r.addFields()
	r.sections = newSections(p)
	r.scroll = kit.NewScroll(kit.FormColumn(append(append(r.arranged(), p.own.object, r.official.object), r.sectionObjects()...)...))
	r.Record = listing.NewRecord(p.env, listing.RecordOptions[snapshot]{
		Choose: p.say("register.choose.business", "register.choose.provider"), Loading: p.words.T("register.loading"),
		Head: []fyne.CanvasObject{r.source}, Under: []fyne.CanvasObject{r.official.row}, Body: r.leaves(),
		Flush: p.save.Flush, Back: p.goList, Delete: func(id string) { p.remove([]string{id}) },
		Read: r.read, Show: r.show, Clear: r.clear, Focus: r.focus,
	})
	return r
}

// Open shows an organisation; what was typed in the one before is saved.
func (r *record) Open(id string) {
	if id != r.ID() {
		r.Record.Open(id)
		r.people.Show(id)
	}
}

func (r *record) clear() {
	r.people.Show("")
	r.form.Clear()
}

// read reads an organisation, another with its number, and where its data came from.
func (r *record) read(id string) (s snapshot, err error) {
	register := r.page.register
	if s.Organisation, err = register.Get(id); err != nil {
		return s, err
	}
	other, ok, err := register.SameNumber(&s.Organisation)
	if ok {
		s.twin = &other
	}
	if err == nil {
		s.origins, err = companies.Origin(r.page.env.Program.Workspace, id)
	}
	return s, err
}

func (r *record) show(s snapshot, another bool) (inTrash bool) {
	r.twin = s.twin
	r.form.Show(s.ID, s.Organisation)
	r.source.SetText(r.sourceLine())
	r.showSections()
	r.official.show(s.origins)
	if another {
		r.scroll.ScrollToTop()
	}
	return s.InTrash()
}

// sourceLine tells where the record comes from.
func (r *record) sourceLine() string {
	o := &r.form.Now
	if o.Source == "" {
		return ""
	}
	at, err := time.Parse(time.RFC3339, o.SourceTime)
	if err != nil {
		return r.words.T("register.source", "Source", o.Source)
	}
	return r.words.T("register.sourceAt", "Source", o.Source, "Time", r.words.Moment(at))
}

// focus goes to a tab, a part under the fields, or a field.
func (r *record) focus(id string) {
	if r.focusTab(id) || r.focusSection(id) {
		return
	}
	if id == "" || r.form.Field(id) != nil {
		r.tabs.Select(tabFields)
		r.form.Focus(id)
	}
}
