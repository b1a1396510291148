package overview

import (
	"context"
	"log/slog"
	"reflect"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/kit"
	peoplepages "kompetansepilot/ui/people"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// page is the overview. What it shows is built anew when something changed; the
// links have names, so that the focus stays on the same one.
type page struct {
	env   *screen.Env
	words *lang.Printer
	board *applications.Board
	loads *task.Latest

	frame  *kit.Page
	column *fyne.Container // what scrolls
	scroll *container.Scroll
	links  map[string]*kit.TextLink
	first  *kit.TextLink
	plan   *kit.Map // kept, so that its zoom stays; nil until it is needed

	shown       *Facts
	left        bool
	unsubscribe func() // from the mail
	soon        func() // ends the wait before mail that came is shown; nil without one
}

// Facts are what the page is built from.
type Facts struct {
	*applications.Snapshot
	backup   *data.BackupFile // the newest that is whole, nil for none
	asked    bool             // the backups have been looked for
	problems error            // why the backups could not be listed
	day      people.Day       // what is promised
	unsigned []unsigned       // agreements that somebody must still sign
	waiting  waiting          // conversations by mail
	courses  course.Due       // requests and courses to see to
}

var _ screen.Page = (*page)(nil)

// New makes the page. Without facts it fills itself in the background.
func New(env *screen.Env, board *applications.Board, facts *Facts) screen.Page {
	board.Speak(env.Words)
	p := &page{env: env, words: env.Words, board: board, loads: task.NewLatest(env.Tasks)}
	p.frame = kit.NewPage(p.words, p.Title(), nil, nil, kit.NewQuietText(p.words.T("overview.loading")))
	p.column = kit.Column(theme.Size(theme.SizeNamePage))
	p.scroll = kit.NewScroll(p.column)
	p.unsubscribe = env.Program.Mail.Subscribe(func() { env.Tasks.Post(p.onMail) })
	if facts != nil {
		p.show(facts)
		return p
	}
	if last := board.Latest(); last != nil {
		p.show(&Facts{Snapshot: last})
	}
	p.load()
	return p
}

// Title is the page's name.
func (p *page) Title() string { return p.words.T("overview.title") }

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// First is the first thing to open.
func (p *page) First() fyne.Focusable {
	switch {
	case p.first != nil:
		return p.first
	case p.shown != nil:
		return kit.FirstFocusable(p.frame.Content()) // the button of an empty page
	}
	return nil
}

// Leave stops the reading.
func (p *page) Leave() {
	p.left = true
	p.unsubscribe()
	if p.soon != nil {
		p.soon()
	}
	p.loads.Cancel()
}

// Changed reads everything again.
func (p *page) Changed(c data.Changed) {
	if !p.left && c.Touches(slices.Concat(applications.Shown(), people.Kinds(), course.DueKinds())...) {
		p.load()
	}
}

// afterMail is how long mail that comes is gathered before it is shown.
const afterMail = 2 * time.Second

func (p *page) onMail() {
	if p.left || p.soon != nil {
		return
	}
	p.soon = p.env.Tasks.After(afterMail, func() {
		p.soon = nil
		p.load()
	})
}

func (p *page) load() {
	task.RunLatest(p.loads, context.Background(), func(ctx context.Context) (*Facts, error) { return Read(ctx, p.env, p.board) }, p.onLoaded)
}

// Read reads what the page shows, in the background.
func Read(ctx context.Context, env *screen.Env, board *applications.Board) (*Facts, error) {
	s, err := board.Read(ctx)
	if err != nil {
		return nil, err
	}
	f := &Facts{Snapshot: s, asked: true}
	if f.day, err = peoplepages.ReadDay(env); err != nil {
		return nil, err
	}
	if f.unsigned, err = readUnsigned(env.Program.Workspace, s.Today); err != nil {
		return nil, err
	}
	if f.courses, err = env.Program.Courses.Due(s.Today); err != nil {
		return nil, err
	}
	if f.waiting, err = readWaiting(env.Program.Mail); err != nil {
		slog.Warn("read who waits for an answer", "err", err)
	}
	all, err := env.Program.Backups()
	if err != nil {
		slog.Warn("list backups", "err", err)
		f.problems = err
	}
	for i := range all {
		if all[i].OK {
			f.backup = &all[i]
			break
		}
	}
	return f, nil
}

func (p *page) onLoaded(f *Facts, err error) {
	switch {
	case p.left:
	case err != nil && p.shown == nil:
		p.frame.SetContent(kit.Readable(kit.NewMarkedLine(p.words, kit.Stop, p.words.T("overview.unreadable"))))
		p.env.Shell.Fail(p.words.T("overview.loading"), err)
	case err != nil:
		p.env.Shell.Fail(p.words.T("overview.loading"), err)
	case p.shown == nil:
		p.show(f)
		kit.FocusIfNone(p.frame, p.First())
	case !p.shown.same(f):
		p.show(f)
	}
}

// same tells whether there is nothing new to show.
func (f *Facts) same(o *Facts) bool {
	if f.Snapshot != o.Snapshot || f.asked != o.asked || (f.problems == nil) != (o.problems == nil) || (f.backup == nil) != (o.backup == nil) {
		return false
	}
	if !reflect.DeepEqual(f.day, o.day) || !reflect.DeepEqual(f.waiting, o.waiting) || !reflect.DeepEqual(f.courses, o.courses) {
		return false
	}
	return f.backup == nil || f.backup.Path == o.backup.Path
}

func (p *page) show(f *Facts) {
	p.shown = f
	p.frame.SetSubtitle(p.subtitle())
	if len(f.Standings) == 0 && !p.waits() {
		p.first, p.links = nil, nil
		p.frame.SetPrimary(nil)
		p.frame.SetContent(kit.NewEmpty(p.emptySentence(), p.words.T("overview.new"), p.onNew))
		return
	}
	focused := p.focusedLink()
	p.links, p.first = map[string]*kit.TextLink{}, nil
	p.column.Objects = p.build()
	p.column.Refresh()
	if p.frame.Content() != p.scroll {
		p.frame.SetPrimary(kit.NewPrimaryButton(p.words.T("overview.new"), p.onNew))
		p.frame.SetContent(p.scroll)
	}
	p.scroll.Refresh()
	if link := p.links[focused]; focused != "" && link != nil {
		p.env.Shell.Window().Canvas().Focus(link)
	} else if focused != "" {
		kit.SettleFocus(p.env.Shell.Window().Canvas())
	}
}

// waits tells whether something that is no application waits for somebody.
func (p *page) waits() bool {
	f := p.shown
	return f.waiting.us+f.waiting.them+len(f.unsigned)+len(peoplepages.Today(p.env, &f.day)) > 0
}

// subtitle is the county and the day.
func (p *page) subtitle() string {
	day := p.words.DateLong(p.shown.Today)
	if name := p.shown.CountyName(p.env); name != "" {
		return name + " · " + day
	}
	return day
}

func (p *page) emptySentence() string {
	if name := p.shown.CountyName(p.env); name != "" {
		return p.words.T("overview.empty", "County", name)
	}
	return p.words.T("overview.emptyNoCounty")
}

func (p *page) onNew() { applications.AskNew(p.env) }

// link makes a link to a place in the program, with a name that is the same the
// next time the page is built.
func (p *page) link(text string, to screen.Route) *kit.TextLink {
	return p.keep(kit.NewTextLink(text, p.goTo(to)), text, to)
}

func (p *page) strongLink(text string, to screen.Route) *kit.TextLink {
	return p.keep(kit.NewStrongLink(text, p.goTo(to)), text, to)
}

func (p *page) markedLink(s kit.Severity, text string, to screen.Route) *kit.TextLink {
	return p.keep(kit.NewMarkedLink(s, text, p.goTo(to)), text, to)
}

func (p *page) goTo(to screen.Route) func() { return func() { p.env.Shell.Go(to) } }

func (p *page) keep(l *kit.TextLink, text string, to screen.Route) *kit.TextLink {
	name := to.Page + "/" + to.ID + "/" + to.Field
	if p.links[name] != nil {
		name += "/" + text
	}
	p.links[name] = l
	if p.first == nil {
		p.first = l
	}
	return l
}

// focusedLink is the name of the link that has the focus, "" for none.
func (p *page) focusedLink() string {
	focused := p.env.Shell.Window().Canvas().Focused()
	for name, l := range p.links {
		if focused == fyne.Focusable(l) {
			return name
		}
	}
	return ""
}
