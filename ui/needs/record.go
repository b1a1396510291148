package needs

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Tabs of the record.
const (
	tabNeed     = "need"
	fieldOffers = "offers" // as routes name it
)

// record is the need to the right: its fields with the proposals, and the offers
// that fit.
type record struct {
	page    *Page
	words   *lang.Printer
	content *fyne.Container

	wanted string // what open was last asked for

	back      *kit.Button // to the list, where both have no room
	trash     *kit.SeverityLine
	said      *kit.Button // to the interview
	form      *form
	proposals *proposals
	offers    *offers
	tabs      *kit.Tabs
	scroll    *container.Scroll
	loads     *task.Latest
	aim       *string // field to go to when the need comes; nil for none
}

// snapshot is a need as it was read.
type snapshot struct {
	data.Need
	business data.Organisation
}

func newRecord(p *Page) *record {
	r := &record{page: p, words: p.words, loads: task.NewLatest(p.env.Tasks)}
	gap := theme.Size(theme.SizeNameGap)
	r.back = kit.NewButton(p.words.T("register.back"), p.goList)
	r.back.SetIcon(fynetheme.NavigateBackIcon())
	r.said = kit.NewLink(p.words.T("needs.toInterview"), r.onInterview)
	r.trash = kit.NewMarkedLine(p.words, kit.Warn, p.words.T("register.inTrash"))
	r.trash.Hide()
	r.form = newForm(p.env, p.save, r.onTyped)
	r.proposals = newProposals(p.env, p.finder, r.onUse)
	r.proposals.onFound = r.tellRead
	r.offers = newOffers(p.env, p.finder)
	r.offers.onCount = func(n int) { r.tabs.SetBadge(fieldOffers, n) }
	r.scroll = kit.NewScroll(kit.FormColumn(append(r.arranged(), kit.Hairline(), r.proposals.content)...))
	r.tabs = kit.NewTabs(kit.Tab{ID: tabNeed, Label: p.words.T("needs.tab.need"), Content: r.scroll}, kit.Tab{ID: fieldOffers, Label: p.words.T("needs.tab.offers"), Content: r.offers.content})
	head := kit.Row(r.back, r.said, kit.Spacer(),
		kit.NewIconButton(fynetheme.HistoryIcon(), p.words.T("register.history"), r.onHistory),
		kit.NewIconButton(fynetheme.DeleteIcon(), p.words.T("register.delete"), func() { p.remove([]string{r.form.now.ID}) }))
	none := kit.NewEmpty(p.words.T("needs.choose"), "", nil)
	body := kit.Pane(kit.Padded(gap/2, kit.Column(gap/2, head, r.trash)), r.tabs, nil)
	r.content = container.NewStack(none, body)
	r.showPart(false)
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

func (r *record) showPart(record bool) {
	r.content.Objects[0].Hide()
	r.content.Objects[1].Hide()
	if record {
		r.content.Objects[1].Show()
	} else {
		r.content.Objects[0].Show()
	}
	r.content.Refresh()
}

// goList goes back to the list.
func (p *Page) goList() {
	p.save.Flush()
	p.sides.ShowRecord(false)
	p.focus(p.grid)
}

// id of the need that is shown or is being read, "" for none.
func (r *record) id() string { return r.wanted }

// open shows a need; what was typed in the one before is saved.
func (r *record) open(id string) {
	if id == r.wanted {
		return
	}
	r.page.save.Flush()
	r.wanted = id
	r.reload()
}

// close shows none.
func (r *record) close() {
	r.page.save.Flush()
	r.loads.Cancel()
	r.wanted, r.form.now = "", data.Need{}
	r.showPart(false)
}

func (r *record) leave() {
	r.loads.Cancel()
	r.proposals.leave()
	r.offers.leave()
}

// reload reads the need again.
func (r *record) reload() {
	if r.wanted == "" {
		return
	}
	id, workspace := r.wanted, r.page.env.Program.Workspace
	task.RunLatest(r.loads, context.Background(), func(context.Context) (s snapshot, err error) {
		if s.Need, err = data.Get[data.Need](workspace, id); err != nil || s.Organisation == "" {
			return s, err
		}
		all, err := data.Find[data.Organisation](workspace, "WHERE id = ?", s.Organisation)
		if len(all) > 0 {
			s.business = all[0]
		}
		return s, err
	}, r.onRead)
}

func (r *record) onRead(s snapshot, err error) {
	switch {
	case r.page.left:
		return
	case data.Code(err) == data.CodeNotFound: // its making was undone
		r.close()
		return
	case err != nil:
		r.page.env.Shell.Fail(r.words.T("needs.loading"), err)
		return
	}
	another := r.form.now.ID != s.ID
	r.form.show(s.Need, s.business)
	r.trash.Hidden = !s.InTrash()
	r.said.Hidden = s.Conversation == ""
	if another {
		r.scroll.ScrollToTop()
		r.proposals.show(r.form.now)
		r.offers.show(r.form.now)
	} else {
		r.proposals.typed(r.form.now)
		r.offers.typed(r.form.now)
	}
	r.showPart(true)
	if aim := r.aim; aim != nil {
		r.aim = nil
		r.focus(*aim)
	}
	if field := r.page.field; field != "" {
		r.page.field = ""
		r.focus(field)
	}
}

// fresh reads anew what comes from a finder.
func (r *record) fresh() {
	if r.wanted == "" || r.form.now.ID != r.wanted {
		return
	}
	r.proposals.show(r.form.now)
	r.offers.show(r.form.now)
}

func (r *record) onTyped() {
	r.proposals.typed(r.form.now)
	r.offers.typed(r.form.now)
}

// tellRead says under the text what the program reads in it.
func (r *record) tellRead(summary string) {
	if summary == "" {
		summary = r.words.T("needs.hint.text")
	}
	if x := r.form.byID[need.FieldText]; x != nil {
		x.frame.SetHint(summary)
	}
}

// onUse adds what is usual in the industry to the text.
func (r *record) onUse(text string) {
	x := r.form.byID[need.FieldText]
	now := strings.TrimSpace(r.form.now.Text)
	if now != "" {
		text = now + ". " + text
	}
	r.form.chosen(x, func(n *data.Need) { n.Text = text })
	x.show(&r.form.now)
	x.frame.FocusControl()
}

// focus goes to a field, or to the offers; "" is the first field.
func (r *record) focus(id string) {
	if r.form.now.ID != r.wanted || r.wanted == "" {
		r.aim = &id // not read yet
		return
	}
	if id == fieldOffers {
		r.tabs.Select(fieldOffers)
		r.offers.focus()
		return
	}
	r.tabs.Select(tabNeed)
	r.form.focus(id)
}

func (r *record) onHistory() {
	r.page.save.Flush()
	r.page.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: r.form.now.ID})
}

func (r *record) onInterview() {
	r.page.save.Flush()
	r.page.env.Shell.Go(screen.Route{Page: screen.PageInterview, ID: r.form.now.Conversation})
}
