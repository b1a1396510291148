// Package documents is the page «Dokumenter»: what can be made of each
// application, its attachments, what was made, and the check of a bundle that
// anybody has sent.
package documents

import (
	"context"
	"errors"
	"log/slog"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app"
	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// New opens the page; it fills itself in the background.
func New(env *screen.Env, files kit.FileChooser) screen.Page { return newPage(env, files) }

func newPage(env *screen.Env, files kit.FileChooser) *page {
	meta := fyne.CurrentApp().Metadata()
	p := &page{env: env, words: env.Words, files: files, loads: task.NewLatest(env.Tasks), checks: task.NewLatest(env.Tasks),
		pdf: env.Program.PDF, program: bundle.Program{Name: app.Name, Version: meta.Version, Build: strconv.Itoa(meta.Build)}, sections: map[string]*section{}}
	p.check = kit.NewButton(p.words.T("bundle.check.button"), p.onCheck)
	p.result = kit.Column(theme.Size(theme.SizeNameGap))
	p.list = kit.Column(theme.Size(theme.SizeNameGap), kit.NewQuietText(p.words.T("bundle.loading")))
	p.result.Hide()
	p.scroll = kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup), p.result, p.list))
	p.frame = kit.NewPage(p.words, p.Title(), nil, nil, p.scroll)
	p.frame.AddHead(p.check)
	p.load()
	return p
}

// page lists the applications, each with its documents.
type page struct {
	env     *screen.Env
	words   *lang.Printer
	files   kit.FileChooser
	loads   *task.Latest
	checks  *task.Latest
	pdf     bundle.PDF
	program bundle.Program

	frame    *kit.Page
	check    *kit.Button
	result   *fyne.Container // of the last check
	list     *fyne.Container
	scroll   *container.Scroll
	sections map[string]*section // by application
	order    []string
	empty    fyne.CanvasObject // in place of scroll, when there is nothing
	loaded   bool
	left     bool
}

var _ screen.Page = (*page)(nil)

// Title of the page.
func (p *page) Title() string { return p.words.T("bundle.page") }

// Content is the page.
func (p *page) Content() fyne.CanvasObject { return p.frame }

// First is the line of the first application, else the check.
func (p *page) First() fyne.Focusable {
	if len(p.order) > 0 {
		return p.sections[p.order[0]].line.FocusTarget()
	}
	return p.check
}

// Leave ends what runs. A file that is being made is finished all the same.
func (p *page) Leave() {
	p.left = true
	p.loads.Cancel()
	p.checks.Cancel()
}

// Changed reads again what is shown.
func (p *page) Changed(c data.Changed) {
	if !p.left && c.Touches("application", "version", "attachment", "made_document") {
		p.load()
	}
}

func (p *page) load() {
	task.RunLatest(p.loads, context.Background(), func(context.Context) ([]data.Application, error) {
		return data.Live[data.Application](p.env.Program.Workspace, "", "created DESC, id DESC")
	}, p.onLoaded)
}

func (p *page) onLoaded(all []data.Application, err error) {
	switch {
	case p.left || errors.Is(err, context.Canceled):
		return
	case err != nil:
		p.list.Objects = []fyne.CanvasObject{kit.NewMarkedLine(p.words, kit.Stop, sentence(p.words, err))}
		p.relay()
		return
	}
	first := len(p.order) == 0
	var order []string
	sections := map[string]*section{}
	p.list.Objects = nil
	for i := range all {
		s := p.sections[all[i].ID]
		if name := title(p.words, &all[i]) + note(p.env, &all[i]); s == nil || s.named != name {
			open := s != nil && s.line.Open()
			s = newSection(p, &all[i])
			s.named = name
			s.line.SetOpen(open)
		}
		order, sections[all[i].ID] = append(order, all[i].ID), s
		if i > 0 {
			p.list.Add(kit.Hairline())
		}
		p.list.Add(s.line)
	}
	p.order, p.sections, p.loaded = order, sections, true
	if len(order) > 0 && first {
		p.sections[order[0]].line.SetOpen(true)
	}
	for _, s := range sections {
		if s.line.Open() {
			s.load()
		}
	}
	p.relay()
}

// relay lays the page out anew. Without applications, and without a result, it
// says what belongs here.
func (p *page) relay() {
	content := fyne.CanvasObject(p.scroll)
	if p.loaded && len(p.order) == 0 && !p.result.Visible() {
		if p.empty == nil {
			p.empty = kit.NewEmpty(p.words.T("bundle.empty"), p.words.T("bundle.toApplications"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageApplications}) })
		}
		content = p.empty
	}
	if p.frame.Content() != content {
		p.frame.SetContent(content)
	}
	p.result.Refresh()
	p.list.Refresh()
	p.scroll.Refresh()
	kit.SettleFocus(p.env.Shell.Window().Canvas())
}

// sentence is what a person may read about an error.
func sentence(words *lang.Printer, err error) string {
	if s := screen.Sentence(words, err); s != "" {
		return s
	}
	slog.Error("documents page", "err", err)
	return words.T("bundle.fault")
}
