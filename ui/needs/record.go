package needs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/screen"
)

// Tabs of the record.
const (
	tabNeed     = "need"
	fieldOffers = "offers" // as routes name it
)

// record is the need to the right: its fields with the proposals, and the offers
// that fit.
type record struct {
	*listing.Record[snapshot]
	page  *Page
	words *lang.Printer

	said      *kit.Button // to the interview
	form      *needForm
	proposals *proposals
	offers    *offers
	tabs      *kit.Tabs
	scroll    *container.Scroll
}

// snapshot is a need as it was read.
type snapshot struct {
	data.Need
	business data.Organisation
}

func newRecord(p *Page) *record {
	r := &record{page: p, words: p.words}
	r.said = kit.NewLink(p.words.T("needs.toInterview"), r.onInterview)
	r.form = newForm(p.env, p.save, r.onTyped)
	r.proposals = newProposals(p.env, p.finder, r.form.use)
	r.proposals.onFound = r.form.tellRead
	r.offers = newOffers(p.env, p.finder)
	r.offers.onCount = func(n int) { r.tabs.SetBadge(fieldOffers, n) }
	r.scroll = kit.NewScroll(kit.FormColumn(append(r.arranged(), kit.Hairline(), r.proposals.content)...))
	r.tabs = kit.NewTabs(kit.Tab{ID: tabNeed, Label: p.words.T("needs.tab.need"), Content: r.scroll}, kit.Tab{ID: fieldOffers, Label: p.words.T("needs.tab.offers"), Content: r.offers.content})
	r.Record = listing.NewRecord(p.env, listing.RecordOptions[snapshot]{
		Choose: p.words.T("needs.choose"), Loading: p.words.T("needs.loading"), Head: []fyne.CanvasObject{r.said}, Body: r.tabs,
		Flush: p.save.Flush, Back: p.GoList, Delete: func(id string) { p.Remove([]string{id}) },
		Read: r.read, Show: r.show, Clear: r.form.Clear, Focus: r.focus,
	})
	return r
}

// arranged are the fields as they stand: what the need is first, then whose.
func (r *record) arranged() []fyne.CanvasObject {
	f := r.form
	return []fyne.CanvasObject{
		f.add(need.FieldText), f.add(need.FieldOwnWords),
		kit.SideBySide(fieldWidth, f.add(need.FieldPeople), f.add(need.FieldLevel), f.add(need.FieldForm)),
		kit.SideBySide(fieldWidth, f.add(need.FieldReach), f.add(need.FieldFrom), f.add(need.FieldTo)),
		kit.SideBySide(fieldWidth, f.add(need.FieldUrgency), f.add(need.FieldCredits), f.add(need.FieldNorm)),
		kit.SideBySide(fieldWidth, f.add(need.FieldOrganisation), f.add(need.FieldMunicipality)),
		kit.SideBySide(fieldWidth, f.add(need.FieldIndustry), f.add(need.FieldEmployees)),
		kit.SideBySide(fieldWidth, f.add(need.FieldSaid), f.add(need.FieldShareable)),
	}
}

func (r *record) leave() {
	r.Leave()
	r.proposals.leave()
	r.offers.leave()
}

// read reads a need and the business that has it.
func (r *record) read(id string) (s snapshot, err error) {
	workspace := r.page.env.Program.Workspace
	if s.Need, err = data.Get[data.Need](workspace, id); err != nil || s.Organisation == "" {
		return s, err
	}
	all, err := data.Find[data.Organisation](workspace, "WHERE id = ?", s.Organisation)
	if len(all) > 0 {
		s.business = all[0]
	}
	return s, err
}

func (r *record) show(s snapshot, another bool) (inTrash bool) {
	r.form.show(s.Need, s.business)
	r.said.Hidden = s.Conversation == ""
	if another {
		r.scroll.ScrollToTop()
		r.proposals.show(r.form.Now)
		r.offers.show(r.form.Now)
	} else {
		r.onTyped()
	}
	return s.InTrash()
}

// fresh reads anew what comes from a finder.
func (r *record) fresh() {
	if r.form.ID != "" && r.form.ID == r.ID() {
		r.proposals.show(r.form.Now)
		r.offers.show(r.form.Now)
	}
}

func (r *record) onTyped() {
	r.proposals.typed(r.form.Now)
	r.offers.typed(r.form.Now)
}

// focus goes to a field, or to the offers.
func (r *record) focus(field string) {
	if field == fieldOffers {
		r.tabs.Select(fieldOffers)
		r.offers.focus()
		return
	}
	r.tabs.Select(tabNeed)
	r.form.Focus(field)
}

func (r *record) onInterview() {
	r.page.save.Flush()
	r.page.env.Shell.Go(screen.Route{Page: screen.PageInterview, ID: r.form.Now.Conversation})
}
