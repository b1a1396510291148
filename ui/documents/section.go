package documents

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// section is an application that opens to its documents.
type section struct {
	page  *page
	id    string
	name  string // the application's title
	named string // the line's texts
	loads *task.Latest
	line  *kit.Expander

	sources     *fyne.Container // what can be made
	attachments *fyne.Container
	made        *fyne.Container
	shown       *papers
	all         bool // all versions and documents are shown, not only the newest
}

// papers are what a section shows.
type papers struct {
	versions    []data.Version // without their content
	attachments []data.Attachment
	made        []data.MadeDocument
}

func newSection(p *page, a *data.Application) *section {
	s := &section{page: p, id: a.ID, name: title(p.words, a), loads: task.NewLatest(p.env.Tasks)}
	gap := theme.Size(theme.SizeNameGap)
	s.sources, s.attachments, s.made = kit.Column(gap, kit.NewQuietText(p.words.T("bundle.loading"))), kit.Column(gap), kit.Column(gap)
	s.line = kit.NewExpander(s.name, note(p.env, a), s.onToggled)
	s.line.SetContent(kit.Column(theme.Size(theme.SizeNameGroup), s.sources, s.made, s.attachments))
	return s
}

func title(words *lang.Printer, a *data.Application) string {
	if grant.Blank(a.Title()) {
		return words.T("applications.untitled")
	}
	return a.Title()
}

// note is the county and where the application stands.
func note(env *screen.Env, a *data.Application) string {
	words := env.Words
	status := words.T("applications.status.draft")
	switch {
	case a.Status == data.StatusSubmitted && a.CaseNumber != "":
		status = words.T("applications.status.case", "Date", words.DateShort(a.Submitted), "Case", a.CaseNumber)
	case a.Status == data.StatusSubmitted:
		status = words.T("applications.status.submitted", "Date", words.DateShort(a.Submitted))
	}
	return lang.Joined(" · ", env.Program.Grants.CountyName(a.County, words.Code()), status)
}

func (s *section) onToggled(open bool) {
	if open {
		s.load()
	}
	s.page.relay()
}

func (s *section) load() {
	p := s.page.env.Program
	task.RunLatest(s.loads, context.Background(), func(context.Context) (*papers, error) {
		d, err := data.LoadDraft(p.Workspace, s.id)
		if err != nil {
			return nil, err
		}
		versions, err := p.Grants.Versions(s.id)
		if err != nil {
			return nil, err
		}
		for i := range versions {
			versions[i].Content = ""
		}
		made, err := p.Made(s.id)
		return &papers{versions, d.Attachments, made}, err
	}, s.onLoaded)
}

func (s *section) onLoaded(all *papers, err error) {
	if s.page.left {
		return
	}
	if err != nil {
		s.sources.Objects = []fyne.CanvasObject{kit.NewMarkedLine(s.page.words, kit.Stop, sentence(s.page.words, err))}
		s.page.relay()
		return
	}
	before := s.shown
	s.shown = all
	// Only what differs is built again, so that the focus stays where it is.
	if before == nil || !slices.Equal(before.versions, all.versions) {
		s.showSources()
	}
	if before == nil || !slices.Equal(before.attachments, all.attachments) {
		s.showAttachments()
	}
	if before == nil || !slices.Equal(before.made, all.made) || !slices.Equal(before.versions, all.versions) {
		s.showMade()
	}
	s.line.Refresh()
	s.page.relay()
}

// fewest is how many versions and documents are shown at first.
const fewest = 5

// newest are the first of so many, and how many there are beside them.
func newest[T any](all []T, whole bool) (shown []T, more int) {
	if whole || len(all) <= fewest+1 {
		return all, 0
	}
	return all[:fewest], len(all) - fewest
}

// moreButton shows all of what only the newest are shown of.
func (s *section) moreButton(more int) fyne.CanvasObject {
	return kit.Row(kit.NewQuietButton(s.page.words.N("bundle.more", more), func() {
		s.all = true
		s.showSources()
		s.showMade()
		s.line.Refresh()
		s.page.relay()
	}))
}

func (s *section) showSources() {
	words := s.page.words
	s.sources.Objects = []fyne.CanvasObject{kit.NewHeading(words.T("bundle.sources")), s.source("", words.T("bundle.draft"), words.T("bundle.draftNote"))}
	versions, more := newest(s.shown.versions, s.all)
	for i := range versions {
		v := &versions[i]
		text := lang.Joined(" · ", moment(words, v.Created), v.Actor)
		if v.Frozen {
			text = words.T("bundle.submitted", "Date", words.DateLong(v.Submitted), "Case", v.CaseNumber)
		}
		s.sources.Add(kit.Hairline())
		s.sources.Add(s.source(v.ID, v.Name, text))
	}
	if more > 0 {
		s.sources.Add(s.moreButton(more))
	}
}

// source is something that documents can be made of: the draft or a version.
func (s *section) source(version, name, text string) fyne.CanvasObject {
	words := s.page.words
	m := &making{section: s, version: version, progress: kit.NewQuietText(words.T("bundle.making"))}
	m.progress.Hide()
	m.pdf = kit.NewButton(words.T("bundle.makePDF"), m.onPDF)
	m.pdf.SetTip(words.T("bundle.makePDFTip", "Name", name))
	m.bundle = kit.NewButton(words.T("bundle.makeBundle"), m.onBundle)
	m.bundle.SetTip(words.T("bundle.makeBundleTip", "Name", name))
	return s.row(kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewStrong(name), kit.NewQuietText(text), m.progress), m.pdf, m.bundle)
}

// row is what something is, and the buttons for it.
func (s *section) row(what fyne.CanvasObject, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewShares(kit.Shares{Parts: []float32{5, 4}, Least: 620, Gap: theme.Size(theme.SizeNameGroup), Under: theme.Size(theme.SizeNameGap)},
		what, kit.Row(buttons...))
}

// moment is a stored time (RFC 3339) on this machine's clock.
func moment(words *lang.Printer, stored string) string {
	if t, err := time.Parse(time.RFC3339, stored); err == nil {
		return words.Moment(t)
	}
	return stored
}

// fileSize is a number of bytes as people say it.
func fileSize(words *lang.Printer, bytes int64) string {
	switch {
	case bytes < 1024:
		return words.T("application.file.bytes", "Count", words.Number(bytes))
	case bytes < 1024*1024:
		return words.T("application.file.kilobytes", "Count", words.Number((bytes+512)/1024))
	}
	tenths := (bytes*10 + 1<<19) >> 20
	return words.T("application.file.megabytes", "Count", words.Percent(tenths*10, 100, 1))
}
