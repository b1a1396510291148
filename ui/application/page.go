package application

import (
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// Page is the editor of one application.
type Page struct {
	*desk

	frame   *kit.Page
	ask     *kit.Button // "Kan jeg sende inn?"
	panes   *panes
	list    *partList
	middle  *fyne.Container
	beside  *besidePane
	parts   []*part
	current *part
	wanted  string // field to go to once there is something to show
	left    bool
	gone    bool // a sentence stands in place of the parts
}

var (
	_ screen.Page      = (*Page)(nil)
	_ screen.Focuser   = (*Page)(nil)
	_ screen.Commander = (*Page)(nil)
)

// New opens the editor of an application; it fills itself in the background.
func New(env *screen.Env, id string) screen.Page {
	p := &Page{}
	p.desk = newDesk(env, id, p.onLoaded, p.show)
	p.ask = kit.NewButton(p.words.T("application.ask"), p.showFindings)
	p.frame = kit.NewPage(p.words, p.words.T("application.title"), nil, nil, kit.NewQuietText(p.words.T("application.loading")))
	p.Load()
	return p
}

// Title is the project's name.
func (p *Page) Title() string {
	if t := p.draft.Application.Title(); p.Ready() && t != "" {
		return t
	}
	return p.words.T("application.untitled")
}

// Content is the page.
func (p *Page) Content() fyne.CanvasObject { return p.frame }

// kindsShown are the records that the page is made from.
func kindsShown() []string {
	return []string{"application", "goal", "activity", "milestone", "budget_row", "evidence", "partner", "attachment", "organisation", "version", "receipt", "call_file", "agreement", "signature"}
}

// Changed reads the application again.
func (p *Page) Changed(c data.Changed) {
	if p.left {
		return
	}
	if c.Touches(kindsShown()...) {
		p.Load()
	}
	for _, part := range p.parts {
		if v, ok := part.view.(changer); ok {
			v.changed(c)
		}
	}
}

// Leave hands over what was typed.
func (p *Page) Leave() {
	p.left = true
	p.saver.Flush()
	for _, part := range p.parts {
		if l, ok := part.view.(leaver); ok {
			l.leave()
		}
	}
}

// Flush hands over what is typed and tells when the workspace has it, or has
// refused it.
func (p *Page) Flush(stored func()) {
	p.saver.Flushed(stored)
}

// FocusField goes to the part that holds a field and puts the focus there. The
// name of a part itself is taken too.
func (p *Page) FocusField(field string) {
	if !p.Ready() {
		p.wanted = field
		return
	}
	for _, part := range p.parts {
		if part.id == field || part.holds(field) {
			p.open(part)
			part.view.focus(field)
			return
		}
	}
}

// FocusedField is where the person is, for the way back and the next start: the
// field with the focus, or else the open part.
func (p *Page) FocusedField() string {
	if p.current == nil {
		return p.wanted
	}
	if v, ok := p.current.view.(*sectionView); ok {
		if field := v.focused(p.env.Shell.Window().Canvas()); field != "" {
			return field
		}
	}
	return p.current.id
}

func (p *Page) onLoaded(err error) {
	switch {
	case p.left:
		return
	case err != nil && (!p.Ready() || data.Code(err) == grant.CodeInTrash):
		p.showGone(err)
		return
	case err != nil:
		p.env.Shell.Fail(p.words.T("application.loading"), err)
		return
	case p.parts == nil:
		p.build()
		p.show()
		p.env.Shell.CommandsChanged()
		if p.wanted == "" && p.env.Shell.Window().Canvas().Focused() == nil {
			p.focusPart()
		}
	}
	if p.gone {
		p.gone = false
		p.frame.SetContent(p.panes.object)
	}
	p.show()
	if p.wanted != "" {
		field := p.wanted
		p.wanted = ""
		p.FocusField(field)
	}
}

// showGone tells why there is nothing to edit, in place of the parts.
func (p *Page) showGone(err error) {
	p.gone = true
	line := kit.NewMarkedLine(p.words, kit.Stop, p.sentence(err))
	trash := kit.NewLink(p.words.T("application.openTrash"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageTrash}) })
	trash.Hidden = data.Code(err) != grant.CodeInTrash
	p.frame.SetContent(kit.Readable(kit.Column(theme.Size(theme.SizeNameGap), line, kit.Row(trash))))
	kit.SettleFocus(p.env.Shell.Window().Canvas())
}

// sentence is what a person may read about an error.
func (d *desk) sentence(err error) string {
	if s := screen.Sentence(d.words, err); s != "" {
		return s
	}
	slog.Error("application page", "err", err)
	return d.words.T("application.fault")
}

func (p *Page) build() {
	for i := range p.call.Form.Sections {
		s := &p.call.Form.Sections[i]
		p.parts = append(p.parts, newSectionPart(p.desk, s, p.FocusField))
	}
	p.parts = append(p.parts, p.extraParts()...)
	p.list = newPartList(p.words, p.parts, p.open)
	p.middle = container.NewStack()
	p.beside = newBesidePane(p.desk, p.FocusField)
	p.panes = newPanes(p.desk, p.list, p.middle, p.beside.content(), p.onPart)
	p.frame.AddHead(p.ask)
	p.frame.SetPrimary(kit.NewPrimaryButton(p.words.T("application.makePDF"), p.showPreview))
	p.frame.SetContent(p.panes.object)
	p.open(p.parts[0])
}

// show puts the application as it is on everything that was built.
func (p *Page) show() {
	p.frame.SetTitle(p.Title())
	p.frame.SetSubtitle(p.status())
	p.frame.SetMore(p.menu())
	p.ask.SetText(p.words.T("application.ask") + "  " + reportLine(p.words, &p.report))
	for _, part := range p.parts {
		part.mark = markOf(p.desk, part)
		if part.view != nil {
			part.view.show()
		}
	}
	p.list.Refresh()
	p.panes.show(p.parts, p.current)
	p.beside.show(p.current)
}

// open shows a part of the application.
func (p *Page) open(part *part) {
	if part != p.current {
		p.current = part
		if part.view == nil {
			part.view = part.build()
		}
		p.middle.Objects = []fyne.CanvasObject{part.view.content()}
		p.middle.Refresh()
		kit.SettleFocus(p.env.Shell.Window().Canvas())
	}
	if o, ok := part.view.(opener); ok {
		o.opened()
	}
	part.view.show()
	p.list.Select(part)
	p.panes.show(p.parts, p.current)
	p.beside.show(part)
}

func (p *Page) onPart(id string) {
	for _, part := range p.parts {
		if part.id == id {
			p.open(part)
		}
	}
}

func (p *Page) showFindings() { p.onPart(partFindings) }
func (p *Page) showPreview()  { p.onPart(partPreview) }

// NextPart goes to the next part of the application, PreviousPart to the one
// before.
func (p *Page) NextPart() { p.step(1) }

// PreviousPart goes to the part before.
func (p *Page) PreviousPart() { p.step(-1) }

func (p *Page) step(by int) {
	for i, part := range p.parts {
		if part == p.current && i+by >= 0 && i+by < len(p.parts) {
			p.open(p.parts[i+by])
			p.focusPart()
			return
		}
	}
}

// focusPart puts the focus on the first field of the part.
func (p *Page) focusPart() { p.current.view.focus("") }

// status is the line under the title.
func (p *Page) status() string {
	a := p.draft.Application
	call := p.call.Title.In(p.words.Code())
	county := p.env.Program.Grants.CountyName(a.County, p.words.Code())
	if a.Status == data.StatusSubmitted {
		return p.words.T("application.status.submitted", "County", county, "Call", call, "Date", p.words.DateLong(a.Submitted), "Case", a.CaseNumber)
	}
	return p.words.T("application.status.draft", "County", county, "Call", call)
}

// severity is a finding's severity as the kit draws it.
func severity(f grant.Finding) kit.Severity { return kit.ParseSeverity(string(f.Severity)) }
