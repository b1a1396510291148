package register

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/companies"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/people"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
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

// record is the organisation to the right. Its fields are made once and show
// one organisation after the other.
type record struct {
	page    *Page
	words   *lang.Printer
	content *fyne.Container

	wanted string // what open was last asked for
	now    data.Organisation
	twin   *data.Organisation // another with the same number

	official *official
	back     *kit.Button // to the list, where both have no room
	trash    *kit.SeverityLine
	source   *kit.Text
	fields   []*field
	scroll   *container.Scroll
	tabs     *kit.Tabs
	people   *people.Section
	none     fyne.CanvasObject
	loads    *task.Latest
	aim      *string // field to go to when the record comes; nil for none

	sections []parts.Part // under the fields
}

// snapshot is an organisation as it was read.
type snapshot struct {
	data.Organisation
	twin    *data.Organisation
	origins companies.Origins
}

func newRecord(p *Page) *record {
	r := &record{page: p, words: p.words, loads: task.NewLatest(p.env.Tasks)}
	gap := theme.Size(theme.SizeNameGap)
	r.back = kit.NewButton(p.words.T("register.back"), p.goList)
	r.back.SetIcon(fynetheme.NavigateBackIcon())
	r.source = kit.NewQuietText("")
	r.trash = kit.NewMarkedLine(p.words, kit.Warn, p.words.T("register.inTrash"))
	r.trash.Hide()
	r.official = newOfficial(r)
	r.fields = r.allFields()
	head := kit.Row(r.back, r.source, kit.Spacer(),
		kit.NewIconButton(fynetheme.HistoryIcon(), p.words.T("register.history"), r.onHistory),
		kit.NewIconButton(fynetheme.DeleteIcon(), p.words.T("register.delete"), r.onDelete))
	r.sections = newSections(p)
	r.scroll = kit.NewScroll(kit.FormColumn(append(append(r.arranged(), p.own.object, r.official.object), r.sectionObjects()...)...))
	r.none = kit.NewEmpty(p.say("register.choose.business", "register.choose.provider"), "", nil)
	body := kit.Pane(kit.Padded(gap/2, kit.Column(gap/2, head, r.official.row, r.trash)), r.leaves(), nil)
	r.content = container.NewStack(r.none, body)
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

// id of the organisation that is shown or is being read, "" for none.
func (r *record) id() string { return r.wanted }

// open shows an organisation; what was typed in the one before is saved.
func (r *record) open(id string) {
	if id == r.wanted {
		return
	}
	r.page.save.Flush()
	r.wanted = id
	r.people.Show(id)
	r.reload()
}

// close shows none.
func (r *record) close() {
	r.page.save.Flush()
	r.loads.Cancel()
	r.people.Show("")
	r.wanted, r.now = "", data.Organisation{}
	r.showPart(false)
}

// reload reads the organisation again.
func (r *record) reload() {
	if r.wanted == "" {
		return
	}
	id, register, workspace := r.wanted, r.page.register, r.page.env.Program.Workspace
	task.RunLatest(r.loads, context.Background(), func(context.Context) (snapshot, error) {
		o, err := register.Get(id)
		if err != nil {
			return snapshot{}, err
		}
		s := snapshot{Organisation: o}
		other, ok, err := register.SameNumber(&o)
		if ok {
			s.twin = &other
		}
		if err == nil {
			s.origins, err = companies.Origin(workspace, id)
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
		r.page.env.Shell.Fail(r.words.T("register.loading"), err)
		return
	}
	another := r.now.ID != s.ID
	r.page.save.On(s.ID, &s.Organisation)
	r.now, r.twin = s.Organisation, s.twin
	r.show()
	r.showSections()
	r.official.show(s.origins)
	r.page.own.show()
	if another {
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

// show puts the organisation on the fields; one that is being typed in is left
// alone.
func (r *record) show() {
	r.trash.Hidden = !r.now.InTrash()
	for _, f := range r.fields {
		if !r.page.save.Waiting(r.now.ID, f.id) {
			f.show(&r.now)
		}
		f.note(&r.now)
	}
	r.source.SetText(r.sourceLine())
}

// sourceLine tells where the record comes from.
func (r *record) sourceLine() string {
	if r.now.Source == "" {
		return ""
	}
	at, err := time.Parse(time.RFC3339, r.now.SourceTime)
	if err != nil {
		return r.words.T("register.source", "Source", r.now.Source)
	}
	return r.words.T("register.sourceAt", "Source", r.now.Source, "Time", r.words.Moment(at))
}

// focus goes to a field, by the name that routes use; "" is the first.
func (r *record) focus(id string) {
	if r.now.ID != r.wanted || r.wanted == "" {
		r.aim = &id // not read yet
		return
	}
	if r.focusTab(id) || r.focusSection(id) {
		return
	}
	for _, f := range r.fields {
		if f.id == id || id == "" {
			r.tabs.Select(tabFields)
			f.frame.FocusControl()
			return
		}
	}
}

func (r *record) onHistory() {
	r.page.save.Flush()
	r.page.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: r.now.ID})
}

func (r *record) onDelete() { r.page.remove([]string{r.now.ID}) }

// typed saves a text once the keyboard rests.
func (r *record) typed(f *field, apply func(*data.Organisation)) { r.page.save.Type(r.edit(f, apply)) }

// chosen saves at once.
func (r *record) chosen(f *field, apply func(*data.Organisation)) {
	r.page.save.Choose(r.edit(f, apply))
}

func (r *record) edit(f *field, apply func(*data.Organisation)) saving.FieldEdit[data.Organisation] {
	apply(&r.now)
	f.note(&r.now)
	label := r.words.T("register.step.field", "Field", lang.Inside(f.label), "Name", nameOr(r.words, r.now.Name))
	return saving.FieldEdit[data.Organisation]{Label: label, ID: r.now.ID, Field: f.id, Apply: apply}
}

// nameOr is a name, or that there is none.
func nameOr(words *lang.Printer, name string) string {
	if name == "" {
		return words.T("register.unnamed")
	}
	return name
}
