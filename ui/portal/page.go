// Package portal is the page for carrying an application over to the portal
// where it is handed in. A person goes back and forth between the browser and
// this page, so one key copies what comes next.
package portal

import (
	"context"
	"log/slog"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/portal"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// Page is the transfer of one application.
type Page struct {
	env         *screen.Env
	words       *lang.Printer
	application string
	documents   portal.Documents
	files       kit.FileChooser

	loads  *task.Latest
	writes *task.Serial
	now    *portal.Transfer
	left   bool
	wanted string // field to go to once there is something to show

	frame    *kit.Page
	progress *kit.Text
	steps    *kit.StepList
	choose   *kit.Select // in place of the list where there is little room
	tick     *kit.Check  // copying ticks
	said     *kit.SeverityLine
	detail   *fyne.Container
	item     *itemView
	closing  *closingView
	about    *aboutView
	beside   *beside
	built    bool
}

var (
	_ screen.Page      = (*Page)(nil)
	_ screen.Focuser   = (*Page)(nil)
	_ screen.Commander = (*Page)(nil)
)

// The steps that are no field.
const (
	stepAbout   = "about"
	stepClosing = "closing"
)

// New opens the transfer of an application; it fills itself in the background.
func New(env *screen.Env, application string) screen.Page { return newPage(env, application) }

func newPage(env *screen.Env, application string) *Page {
	p := &Page{env: env, words: env.Words, application: application, loads: task.NewLatest(env.Tasks), writes: task.NewSerial(env.Tasks),
		files: env.Chooser()}
	p.documents = env.Program
	p.progress = kit.NewStrong("")
	p.frame = kit.NewPage(p.words, p.words.T("portal.title"), nil, nil, kit.NewQuietText(p.words.T("portal.loading")))
	p.load()
	return p
}

// Title is what the page is for.
func (p *Page) Title() string { return p.words.T("portal.title") }

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// Changed reads the application again.
func (p *Page) Changed(c data.Changed) {
	if !p.left && c.Touches("application", "goal", "activity", "milestone", "budget_row", "partner", "attachment", "call_file", "portal_file", "transfer") {
		p.load()
	}
}

// Leave stops listening: nothing here waits to be saved.
func (p *Page) Leave() {
	p.left = true
	p.loads.Cancel()
}

// Flush tells when the workspace has every tick, or has refused it.
func (p *Page) Flush(stored func()) {
	p.writes.Add(func(context.Context) error { return nil }, func(error) { stored() })
}

// FocusField goes to a field of the call.
func (p *Page) FocusField(field string) {
	if p.now == nil {
		p.wanted = field
		return
	}
	for _, i := range p.now.Items() {
		if i.Field == field || i.Key == field {
			p.goTo(i.Key)
			return
		}
	}
}

// Commands are for the menu "Søknad".
func (p *Page) Commands() []screen.Command {
	off := p.now == nil
	return []screen.Command{
		{Name: p.words.T("portal.command.copy"), Do: func() { p.copyStep(p.steps.Selected()) }, Disabled: off},
		{Name: p.words.T("portal.command.next"), Do: p.goToNext, Disabled: off},
		{Name: p.words.T("portal.command.check"), Do: func() { p.goTo(stepClosing) }, Disabled: off},
		{Name: p.words.T("portal.command.saveFiles"), Do: p.onSaveFiles, Disabled: off || !p.hasFiles()},
		{Name: p.words.T("portal.command.open"), Do: p.onOpenPortal, Disabled: off || p.now.Portal.URL == ""},
		{Name: p.words.T("portal.command.application"), Do: func() { p.env.Shell.Go(screen.Route{Page: screen.PageApplication, ID: p.application}) }},
		{Name: p.words.T("portal.command.add"), Do: p.onAddPortal},
	}
}

func (p *Page) menu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, c := range p.Commands()[1:] {
		item := fyne.NewMenuItem(c.Name, c.Do)
		item.Disabled = c.Disabled
		items = append(items, item)
	}
	return items
}

func (p *Page) load() {
	program, id, words := p.env.Program, p.application, p.words
	task.RunLatest(p.loads, context.Background(), func(context.Context) (portal.Transfer, error) {
		return program.Portals.Transfer(id, "", words)
	}, p.onLoaded)
}

func (p *Page) onLoaded(t portal.Transfer, err error) {
	switch {
	case err != nil && p.now == nil:
		p.frame.SetContent(kit.Readable(kit.NewMarkedLine(p.words, kit.Stop, p.sentence(err))))
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("portal.title"), err)
		return
	case p.left:
		return
	}
	p.now = &t
	first := !p.built
	if first {
		p.build()
	}
	p.show()
	if first {
		p.env.Shell.CommandsChanged()
	}
	if field := p.wanted; field != "" {
		p.wanted = ""
		p.FocusField(field)
	}
}

// sentence is what a person may read about an error.
func (p *Page) sentence(err error) string {
	if s := screen.Sentence(p.words, err); s != "" {
		return s
	}
	slog.Error("portal page", "err", err)
	return p.words.T("portal.fault")
}

func (p *Page) build() {
	p.built = true
	p.steps = kit.NewStepList()
	p.steps.OnSelected = func(string) { p.showStep() }
	p.steps.OnDone = p.copyStep
	p.steps.OnTicked = p.toggleStep
	p.tick = kit.NewCheck(p.words.T("portal.tickOnCopy"), nil)
	p.tick.SetChecked(true)
	p.said = kit.NewMarkedLine(p.words, kit.Info, p.words.T("portal.howTo"))
	p.choose = kit.NewSelect(p.words, nil)
	p.choose.OnChanged = p.goTo
	p.detail = kit.Column(0)
	p.item, p.closing, p.about = newItemView(p), newClosingView(p), newAboutView(p)
	p.frame.AddHead(kit.NewButton(p.words.T("portal.open"), p.onOpenPortal))
	p.steps.SetGroups(p.groups())
	p.steps.Select(p.firstOpen())
	p.beside = newBeside(p)
	p.frame.SetContent(p.beside.whole)
	p.env.Shell.Window().Canvas().Focus(p.First())
}

// First is what the keys go to when one comes to the page: the list, or the
// button that copies where there is no room for the list.
func (p *Page) First() fyne.Focusable {
	switch {
	case !p.built:
		return nil
	case p.beside.now == narrow:
		return p.item.copy
	}
	return p.steps
}

func (p *Page) show() {
	p.frame.SetSubtitle(lang.Joined(" · ", p.now.Title, p.now.Portal.Name))
	p.progress.SetText(p.words.N("portal.progress", p.now.Done, "Total", p.words.Number(int64(p.now.Total))))
	p.frame.SetMore(p.menu())
	groups := p.groups()
	p.steps.SetGroups(groups)
	var options []kit.Option
	for _, g := range groups {
		for _, s := range g.Steps {
			options = append(options, kit.Option{ID: s.ID, Label: s.Label, Note: s.State})
		}
	}
	p.choose.SetOptions(options)
	p.showStep()
}

// groups are the tabs of the portal with their fields, between what to know and
// the closing check.
func (p *Page) groups() []kit.StepGroup {
	groups := []kit.StepGroup{{Steps: []kit.Step{{ID: stepAbout, Label: p.words.T("portal.about.title"), Mark: kit.StepNone}}}}
	for n := range p.now.Tabs {
		tab := &p.now.Tabs[n]
		g := kit.StepGroup{Label: p.words.T("portal.tab", "Number", n+1, "Name", tab.Label)}
		for i := range tab.Items {
			g.Steps = append(g.Steps, p.step(&tab.Items[i]))
		}
		groups = append(groups, g)
	}
	return append(groups, kit.StepGroup{Label: p.words.T("portal.closing.group"),
		Steps: []kit.Step{{ID: stepClosing, Label: p.words.T("portal.command.check"), Mark: kit.StepNone}}})
}

// step is how an item stands in the list.
func (p *Page) step(i *portal.Item) kit.Step {
	s := kit.Step{ID: i.Key, Label: i.Label}
	switch {
	case i.Changed:
		s.Mark, s.Note, s.State = kit.StepAgain, p.words.T("portal.state.changedShort"), p.words.T("portal.state.changed")
	case !i.Counts():
		s.Mark, s.Note = kit.StepNone, p.words.T("portal.state.empty")
	case i.Done():
		s.Mark, s.State = kit.StepDone, p.words.T("portal.state.done")
	default:
		s.Mark, s.State = kit.StepOpen, p.words.T("portal.state.open")
	}
	if over := i.Over(); over > 0 && !i.Changed {
		s.Note = p.words.T("portal.state.over", "Over", p.words.Number(int64(over)))
	}
	return s
}

// selected is the chosen item, nil for the steps that are none.
func (p *Page) selected() *portal.Item { return p.itemOf(p.steps.Selected()) }

func (p *Page) itemOf(key string) *portal.Item {
	for _, i := range p.now.Items() {
		if i.Key == key {
			return i
		}
	}
	return nil
}

// showStep shows the chosen step to the right.
func (p *Page) showStep() {
	p.choose.SetSelected(p.steps.Selected())
	var content fyne.CanvasObject
	switch item := p.selected(); {
	case item != nil:
		p.item.show(item)
		content = p.item.whole
	case p.steps.Selected() == stepClosing:
		p.closing.show()
		content = p.closing.whole
	default:
		p.about.show()
		content = p.about.whole
	}
	if len(p.detail.Objects) == 0 || p.detail.Objects[0] != content {
		p.detail.Objects = []fyne.CanvasObject{content}
		kit.SettleFocus(p.env.Shell.Window().Canvas())
	}
	p.detail.Refresh()
	kit.Relayout(p.detail)
}
