package offerings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// record is the offering to the right. Its fields are made once and show one
// offering after the other.
type record struct {
	page    *Page
	words   *lang.Printer
	content *fyne.Container

	wanted   string // what open was last asked for
	now      data.Offering
	provider data.Organisation // the one that is named, or one without an id

	back      *kit.Button // to the list, where both have no room
	trash     *kit.SeverityLine
	source    *kit.Text
	fields    []*field
	enquiries *parts.Enquiries
	scroll    *container.Scroll
	loads     *task.Latest
	aim       *string // field to go to when the offering comes; nil for none
}

// snapshot is an offering as it was read.
type snapshot struct {
	data.Offering
	provider data.Organisation
}

func newRecord(p *Page) *record {
	r := &record{page: p, words: p.words, loads: task.NewLatest(p.env.Tasks)}
	gap := theme.Size(theme.SizeNameGap)
	r.back = kit.NewButton(p.words.T("register.back"), p.goList)
	r.back.SetIcon(fynetheme.NavigateBackIcon())
	r.source = kit.NewQuietText("")
	r.trash = kit.NewMarkedLine(p.words, kit.Warn, p.words.T("register.inTrash"))
	r.trash.Hide()
	r.fields = r.allFields()
	r.enquiries = parts.NewEnquiries(p.env, partner.NewRegister(p.env.Program.Workspace, p.env.Program.Places))
	head := kit.Row(r.back, kit.Spacer(),
		kit.NewIconButton(fynetheme.HistoryIcon(), p.words.T("register.history"), r.onHistory),
		kit.NewIconButton(fynetheme.DeleteIcon(), p.words.T("register.delete"), func() { p.remove([]string{r.now.ID}) }))
	r.scroll = kit.NewScroll(kit.FormColumn(append(r.arranged(), r.source, r.enquiries.Object())...))
	none := kit.NewEmpty(p.words.T("offering.choose"), "", nil)
	body := kit.Pane(kit.Padded(gap/2, kit.Column(gap, head, r.trash)), r.scroll, nil)
	r.content = container.NewStack(none, body)
	r.showPart(false)
	return r
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

// id of the offering that is shown or is being read, "" for none.
func (r *record) id() string { return r.wanted }

// open shows an offering; what was typed in the one before is saved.
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
	r.wanted, r.now = "", data.Offering{}
	r.showPart(false)
}

// reload reads the offering again.
func (r *record) reload() {
	if r.wanted == "" {
		return
	}
	id, store, workspace := r.wanted, r.page.store, r.page.env.Program.Workspace
	task.RunLatest(r.loads, context.Background(), func(context.Context) (snapshot, error) {
		o, err := store.Get(id)
		if err != nil || o.Organisation == "" {
			return snapshot{Offering: o}, err
		}
		provider, err := data.Get[data.Organisation](workspace, o.Organisation)
		if data.Code(err) == data.CodeNotFound {
			err = nil
		}
		return snapshot{o, provider}, err
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
		r.page.env.Shell.Fail(r.words.T("offering.loading"), err)
		return
	}
	another := r.now.ID != s.ID
	r.page.save.On(s.ID, &s.Offering)
	r.now, r.provider = s.Offering, s.provider
	r.show()
	if another {
		r.enquiries.Show(parts.Owner{Offering: s.ID})
		r.scroll.ScrollToTop()
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

// show puts the offering on the fields; one that is being typed in is left
// alone.
func (r *record) show() {
	r.trash.Hidden = !r.now.InTrash()
	for _, f := range r.fields {
		if !r.page.save.Waiting(r.now.ID, f.id) {
			f.show(&r.now)
		}
	}
	r.source.SetText(r.sourceLine())
}

// sourceLine tells the offering's own id and where it comes from.
func (r *record) sourceLine() string {
	if r.now.Source == "" {
		return ""
	}
	at, err := time.Parse(time.RFC3339, r.now.SourceTime)
	if err != nil {
		return r.words.T("offering.source", "ID", r.now.ID, "Source", r.now.Source)
	}
	return r.words.T("offering.sourceAt", "ID", r.now.ID, "Source", r.now.Source, "Time", r.words.Moment(at))
}

// focus goes to a field, by the name that routes use; "" is the first.
func (r *record) focus(id string) {
	if r.now.ID != r.wanted || r.wanted == "" {
		r.aim = &id // not read yet
		return
	}
	if id == r.enquiries.ID() {
		r.enquiries.Open()
		return
	}
	for _, f := range r.fields {
		if f.id == id || id == "" {
			f.frame.FocusControl()
			return
		}
	}
}

func (r *record) onHistory() {
	r.page.save.Flush()
	r.page.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: r.now.ID})
}

// typed saves a text once the keyboard rests, chosen at once.
func (r *record) typed(f *field, apply func(*data.Offering)) { r.page.save.Type(r.edit(f, apply)) }

func (r *record) chosen(f *field, apply func(*data.Offering)) { r.page.save.Choose(r.edit(f, apply)) }

func (r *record) edit(f *field, apply func(*data.Offering)) saving.FieldEdit[data.Offering] {
	apply(&r.now)
	label := r.words.T("offering.step.field", "Field", lang.Inside(f.label), "Name", parts.OfferingTitle(r.words, &r.now))
	return saving.FieldEdit[data.Offering]{Label: label, ID: r.now.ID, Field: f.id, Apply: apply}
}
