package register

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/needs"
	"kompetansepilot/ui/parts"
)

// newSections are the folded parts under the fields: what belongs to the
// organisation and has records of its own.
func newSections(p *Page) []parts.Part {
	if p.kind == data.OrganisationProvider {
		return []parts.Part{parts.NewOfferings(p.env), parts.NewEnquiries(p.env, p.register), parts.NewCampuses(p.env, p.register), parts.NewAgreements(p.env, nil), parts.NewMail(p.env)}
	}
	interview := func(business string) { needs.StartInterview(p.env, business) }
	return []parts.Part{parts.NewNeeds(p.env, interview), parts.NewAgreements(p.env, nil), parts.NewAid(p.env, nil), parts.NewMail(p.env)}
}

// sectionObjects are the parts as they stand under the fields.
func (r *record) sectionObjects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, s := range r.sections {
		all = append(all, s.Object())
	}
	return all
}

// showSections tells the parts whose they are.
func (r *record) showSections() {
	for _, s := range r.sections {
		s.Show(parts.Owner{Organisation: r.form.Now})
	}
}

// focusSection unfolds a part by the name that routes use.
func (r *record) focusSection(id string) bool {
	for _, s := range r.sections {
		if s.ID() == id {
			s.Open()
			return true
		}
	}
	return false
}

// sectionsChanged lets the parts read again what a commit touched.
func (r *record) sectionsChanged(c data.Changed) {
	if r.ID() == "" {
		return
	}
	for _, s := range r.sections {
		s.Changed(c)
	}
}

// leaveSections ends what the parts watch.
func (r *record) leaveSections() {
	for _, s := range r.sections {
		if l, ok := s.(interface{ Leave() }); ok {
			l.Leave()
		}
	}
}
