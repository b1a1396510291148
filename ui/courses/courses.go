package courses

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/form"
	"kompetansepilot/ui/insight"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Tabs of the page and of a course.
const (
	tabCourses = "courses"
	tabTotals  = "totals"
	tabPeople  = "people"
	tabCourse  = "course"
)

// mostHits is how many records a search shows.
const mostHits = 50

// Courses is the page of courses: a list to the left, the one that is chosen to the
// right, and the totals of all on a tab of their own.
type Courses struct {
	roll  *listing.Roll
	env   *screen.Env
	words *lang.Printer
	store *course.Service
	loads *task.Latest

	frame    *kit.Page
	make     *kit.Button
	tabs     *kit.Tabs
	empty    fyne.CanvasObject
	head     *fyne.Container
	sections *kit.Tabs
	people   *peoplePart
	totals   *totalsPart

	saves *saving.Fields[data.Course]
	form  *form.Form[data.Course]

	all  []course.Run
	left bool
}

var (
	_ screen.Page    = (*Courses)(nil)
	_ screen.Focuser = (*Courses)(nil)
)

// NewCourses opens the page. id is the course to show, "" for the first.
func NewCourses(env *screen.Env, id string) screen.Page {
	p := &Courses{env: env, words: env.Words, store: env.Program.Courses, loads: task.NewLatest(env.Tasks)}
	p.saves = saving.NewFields(env, p.store.Edit, p.load)
	p.build()
	p.roll.Wanted = id
	p.load()
	return p
}

func (p *Courses) build() {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	p.roll = listing.NewRoll(p.env, courseList, []kit.GridColumn{
		{ID: "name", Label: w.T("course.by.course"), Width: 190, Fixed: true},
		{ID: "status", Label: w.T("offering.enquiry.statusLabel"), Width: 90},
		{ID: "registered", Label: w.T("course.column.registered"), Width: 80, Align: fyne.TextAlignTrailing},
		{ID: "completed", Label: w.T("course.column.completed"), Width: 80, Align: fyne.TextAlignTrailing},
		{ID: "start", Label: w.T("brief.reply.start"), Width: 100},
		{ID: "provider", Label: w.T("offering.column.provider"), Width: 150},
	}, p.show)
	p.roll.Grid.OnDelete = p.onDelete
	p.head = kit.Column(gap)
	p.form = form.New(w, p.saves, func(label string, c *data.Course) string { return w.T("course.step", "Field", label, "Name", c.Name) })
	p.people = newPeoplePart(p)
	p.sections = kit.NewTabs(
		kit.Tab{ID: tabPeople, Label: w.T("course.tab.people"), Content: kit.NewScroll(p.people.content)},
		kit.Tab{ID: tabCourse, Label: w.T("course.tab.course"), Content: kit.NewScroll(p.courseForm())})
	record := kit.Pane(kit.Padded(gap/2, kit.Column(gap, kit.Row(p.roll.Back), p.head)), p.sections, nil)
	p.roll.Beside(p.env, courseList, 0.34, record)
	p.totals = newTotalsPart(p)
	p.tabs = kit.NewTabs(kit.Tab{ID: tabCourses, Label: w.T("course.title"), Content: p.roll.Sides.Content()},
		kit.Tab{ID: tabTotals, Label: w.T("course.tab.totals"), Content: kit.NewScroll(p.totals.content)})
	p.empty = kit.NewEmpty(w.T("course.empty"), w.T("course.add"), p.onAdd)
	p.make = kit.NewPrimaryButton(w.T("course.add"), p.onAdd)
	p.frame = kit.NewPage(w, p.Title(), nil, []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("course.insert.title"), fynetheme.DocumentIcon(), p.onInsert),
	}, kit.NewQuietText(w.T("course.loading")))
}

func (p *Courses) courseForm() fyne.CanvasObject {
	f, w := p.form, p.words
	bad := w.T("course.badNumber")
	f.Text("name", w.T("offering.column.title"), "", func(c *data.Course) *string { return &c.Name })
	f.Choice("status", w.T("offering.enquiry.statusLabel"), w.T("course.hint.status"), parts.Options(course.Statuses(), func(s string) string { return course.StatusWord(w, s) }),
		func(c *data.Course) *string { return &c.Status })
	f.Choice("municipality", w.T("offering.column.place"), "", parts.PlaceOptions(p.env, p.env.Program.Setting(app.SettingCounty)), func(c *data.Course) *string { return &c.Municipality })
	f.Date("start", w.T("brief.reply.start"), "", func(c *data.Course) *string { return &c.Start })
	f.Date("finish", w.T("brief.reply.finish"), "", func(c *data.Course) *string { return &c.Finish })
	f.Number("credits", w.T("course.field.credits"), w.T("course.hint.credits"), func(c *data.Course) *int64 { return &c.Credits }, p.creditsText, partner.ParseCredits, w.T("course.reply.bad.credits"))
	f.Count("price", w.T("brief.reply.price"), func(c *data.Course) *int64 { return &c.Price }, bad)
	f.Count("least", w.T("brief.reply.least"), func(c *data.Course) *int64 { return &c.Least }, bad)
	f.Count("capacity", w.T("brief.reply.capacity"), func(c *data.Course) *int64 { return &c.Capacity }, bad)
	f.Number("score", w.T("course.field.score"), w.T("course.hint.score"), func(c *data.Course) *int64 { return &c.Score }, p.creditsText, course.ParseScore, w.T("course.badScore"))
	f.Count("answers", w.T("course.field.answers"), func(c *data.Course) *int64 { return &c.Answers }, bad)
	f.Area("evaluation", w.T("course.field.evaluation"), w.T("course.hint.evaluation"), func(c *data.Course) *string { return &c.Evaluation })
	f.Area("note", w.T("register.column.note"), "", func(c *data.Course) *string { return &c.Note })
	pair := func(a, b string) fyne.CanvasObject { return kit.SideBySide(pairWidth, f.Frame(a), f.Frame(b)) }
	return kit.FormColumn(f.Frame("name"), pair("status", "municipality"), pair("start", "finish"), pair("credits", "price"), pair("least", "capacity"),
		pair("score", "answers"), f.Frame("evaluation"), f.Frame("note"))
}

func (p *Courses) creditsText(n int64) string { return course.CreditsWord(p.words, n) }

// Title is the page's name.
func (p *Courses) Title() string { return p.words.T("course.title") }

// Content is the page.
func (p *Courses) Content() fyne.CanvasObject { return p.frame }

// Changed reads again.
func (p *Courses) Changed(c data.Changed) {
	if !p.left && c.Touches("course", "participation", "participant", "organisation", "person") {
		p.load()
	}
}

// Leave hands over what was typed.
func (p *Courses) Leave() {
	p.left = true
	p.saves.Flush()
	p.people.saves.Flush()
	p.loads.Cancel()
}

// FocusField goes to the totals, or to a field of the course.
func (p *Courses) FocusField(field string) {
	if field == tabTotals {
		p.tabs.Select(tabTotals)
		return
	}
	p.tabs.Select(tabCourses)
	p.roll.Sides.ShowRecord(true)
	p.goField(field)
}

func (p *Courses) goField(field string) {
	if slices.Contains([]string{"registered", "started", "completed", "dropped", "reason", "basis"}, field) {
		p.sections.Select(tabPeople)
		p.people.sheet.Focus()
		return
	}
	p.sections.Select(tabCourse)
	p.form.Focus(field)
}

func (p *Courses) load() {
	task.RunLatest(p.loads, context.Background(), func(context.Context) ([]course.Run, error) { return p.store.Runs() }, p.onLoaded)
}

func (p *Courses) onLoaded(all []course.Run, err error) {
	switch {
	case p.left:
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("course.loading"), err)
		return
	}
	p.all = all
	p.totals.show(all)
	if len(all) == 0 {
		p.roll.Rows, p.roll.Shown = nil, ""
		p.frame.SetPrimary(nil) // the empty page has the same button in its middle
		p.frame.SetContent(p.empty)
		return
	}
	if p.frame.Content() != fyne.CanvasObject(p.tabs) {
		p.frame.SetPrimary(p.make)
		p.frame.SetContent(p.tabs)
	}
	rows := make([]kit.GridRow, len(all))
	for i := range all {
		r := &all[i]
		start, sum := "", r.Sum()
		if r.Start != "" {
			start = p.words.DateShort(r.Start)
		}
		rows[i] = kit.GridRow{ID: r.ID, Cells: []string{r.Name, course.StatusWord(p.words, r.Status), p.words.Number(sum.Registered),
			p.words.Number(sum.Completed), start, r.Provider}}
	}
	p.roll.Count.SetText(p.words.N("course.courses", len(all)))
	p.show(p.roll.Fill(rows))
}

func (p *Courses) now() *course.Run {
	i := slices.IndexFunc(p.all, func(r course.Run) bool { return r.ID == p.roll.Shown })
	if i < 0 {
		return nil
	}
	return &p.all[i]
}

func (p *Courses) show(id string) {
	if id == "" {
		return
	}
	if p.roll.Shown != id {
		p.saves.Flush()
		p.people.saves.Flush()
	}
	p.roll.Shown = id
	r := p.now()
	if r == nil {
		return
	}
	p.showHead(r)
	p.form.Show(r.ID, r.Course)
	p.people.show(r)
}

func (p *Courses) showHead(r *course.Run) {
	w := p.words
	sum := r.Sum()
	place := r.Municipality
	if m, ok := p.env.Program.Places.Resolve(place); ok {
		place = m.UniqueName
	}
	start := ""
	if r.Start != "" {
		start = w.DateShort(r.Start)
	}
	mark := kit.Info
	if r.Status == course.StatusDone {
		mark = kit.Fine
	}
	links := kit.Row()
	if r.Offering != "" {
		links.Add(kit.NewButton(w.T("course.goOffering"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageOfferings, ID: r.Offering}) }))
	}
	if r.Request != "" {
		links.Add(kit.NewButton(w.T("course.goRequest"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageRequests, ID: r.Request}) }))
	}
	links.Add(kit.NewIconButton(fynetheme.HistoryIcon(), w.T("register.history"), func() {
		p.saves.Flush()
		p.env.Shell.Go(screen.Route{Page: screen.PageHistory, ID: r.ID})
	}))
	links.Add(kit.NewIconButton(fynetheme.DeleteIcon(), w.T("register.delete"), p.onDelete))
	p.head.Objects = []fyne.CanvasObject{kit.NewHeading(r.Name),
		kit.NewMarkedLine(w, mark, lang.Joined(" · ", course.StatusWord(w, r.Status), r.Provider, place, start, w.N("course.people", int(sum.Registered)))), links}
	p.head.Refresh()
	kit.Relayout(p.head)
}

// adding is what a new course is made of.
type adding struct{ offers []kit.Option }

// onAdd asks for the offering that runs.
func (p *Courses) onAdd() {
	program, w := p.env.Program, p.words
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (adding, error) {
		all, err := partner.NewOfferings(program.Workspace, program.Places).List(partner.OfferingQuery{Sort: []partner.Sort{{Column: partner.OfferingTitle}}})
		var a adding
		for i := range all {
			a.offers = append(a.offers, kit.Option{ID: all[i].ID, Label: parts.OfferingTitle(w, &all[i].Offering), Note: all[i].Provider})
		}
		return a, err
	}, func(a adding, err error) {
		switch {
		case p.left:
		case err != nil:
			p.env.Shell.Fail(w.T("course.add"), err)
		case len(a.offers) == 0:
			kit.ShowConfirm(p.env.Shell.Window(), w, kit.Confirm{Title: w.T("course.add"), Text: w.T("course.add.none"), Verb: w.T("course.add.offerings"), OnDone: func(yes bool) {
				if yes {
					p.env.Shell.Go(screen.Route{Page: screen.PageOfferings})
				}
			}})
		default:
			p.askAdd(a.offers)
		}
	})
}

func (p *Courses) askAdd(offers []kit.Option) {
	w := p.words
	offering := kit.NewSelect(w, offers)
	var dialog *kit.Dialog
	dialog = kit.ShowCustom(p.env.Shell.Window(), w, kit.Custom{Title: w.T("course.add"), Verb: w.T("course.add.verb"), Focus: offering,
		Content: kit.Column(theme.Size(theme.SizeNameGap), kit.NewText(w.T("course.add.text")), kit.NewField(w, kit.FieldOptions{Label: w.T("course.add.offering")}, offering)),
		OnVerb: func() bool {
			id := offering.Selected()
			if id == "" {
				dialog.SetProblem(w.T("course.add.choose"))
				return false
			}
			name := ""
			for _, o := range offers {
				if o.ID == id {
					name = o.Label
				}
			}
			p.start(id, name)
			return true
		}})
}

// start makes a course of an offering.
func (p *Courses) start(offering, name string) {
	label := p.words.T("course.add.step", "Name", name)
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (data.Course, error) { return p.store.Start(label, offering) }, func(c data.Course, err error) {
		if !p.env.Done(label, err) {
			return
		}
		p.roll.Wanted = c.ID
		p.load()
	})
}

func (p *Courses) onInsert() { insight.Ask(p.env, course.SourceName) }

func (p *Courses) onDelete() {
	r := p.now()
	if r == nil {
		return
	}
	label, id := p.words.T("course.deleted", "Name", r.Name), r.ID
	p.do(label, func() error { return p.store.DeleteCourse(label, id) })
}

// do changes something as a step with a name, after what was typed before it.
func (p *Courses) do(label string, work func() error) {
	p.saves.Flush()
	p.people.saves.Do(work, func(err error) {
		p.env.Done(label, err)
	})
}
