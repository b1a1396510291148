package documents

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange/bundle"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// checked is a bundle that was checked.
type checked struct {
	path   string
	report bundle.Report
	noted  *data.MadeDocument // when this workspace made it
}

// onCheck asks for a bundle, whoever made it, and checks it.
func (p *page) onCheck() {
	filter := kit.FileFilter{Name: p.words.T("bundle.zipFiles"), Extensions: []string{".zip"}}
	p.files.Open(p.words.T("bundle.check.title"), filter, p.verify)
}

func (p *page) verify(path string) {
	p.result.Objects = []fyne.CanvasObject{kit.NewQuietText(p.words.T("bundle.check.running", "Name", filepath.Base(path)))}
	p.result.Show()
	p.check.Disable()
	p.relay()
	task.RunLatest(p.checks, context.Background(), func(context.Context) (checked, error) {
		report, err := bundle.VerifyFile(path)
		if err != nil {
			return checked{}, err
		}
		c := checked{path: path, report: report}
		noted, err := data.MadeAs(p.env.Program.Workspace, report.SHA256)
		if len(noted) > 0 {
			c.noted = &noted[len(noted)-1] // the first time
		}
		return c, err
	}, p.onVerified)
}

func (p *page) onVerified(c checked, err error) {
	if p.left || errors.Is(err, context.Canceled) {
		return
	}
	p.check.Enable()
	words := p.words
	done := kit.NewQuietButton(words.T("bundle.check.close"), p.onCloseResult)
	if err != nil {
		p.showResult(kit.NewMarkedLine(words, kit.Stop, sentence(words, err)), kit.Row(done))
		return
	}
	name := filepath.Base(c.path)
	var parts []fyne.CanvasObject
	if c.report.OK {
		parts = append(parts, kit.NewMarkedLine(words, kit.Fine, words.T("bundle.check.fine", "Name", name)))
		if !c.report.Exact {
			parts = append(parts, kit.NewMarkedLine(words, kit.Info, words.T("bundle.check.repacked")))
		}
	} else {
		parts = append(parts, kit.NewMarkedLine(words, kit.Stop, words.N("bundle.check.bad", len(c.report.Faults), "Name", name)))
		for _, f := range c.report.Faults[:min(len(c.report.Faults), mostFaults)] {
			parts = append(parts, kit.NewMarkedLine(words, kit.Warn, sentence(words, f)))
		}
		if more := len(c.report.Faults) - mostFaults; more > 0 {
			parts = append(parts, kit.NewText(words.N("bundle.check.moreFaults", more)))
		}
		parts = append(parts, kit.Readable(kit.NewText(words.T("bundle.check.todo"))))
	}
	parts = append(parts, p.facts(&c)...)
	sum := kit.NewButton(words.T("bundle.copySum"), func() { p.copySum(c.report.SHA256) })
	sum.SetTip(words.T("bundle.copySumTip", "Name", name))
	p.showResult(append(parts, kit.Row(sum, done))...)
}

// mostFaults is how many faults are told; a file that was packed by another
// program may have thousands.
const mostFaults = 20

// facts are what the bundle says of itself, and whether this workspace knows it.
func (p *page) facts(c *checked) []fyne.CanvasObject {
	words, m := p.words, &c.report.Manifest
	var parts []fyne.CanvasObject
	if c.noted != nil {
		parts = append(parts, kit.NewMarkedLine(words, kit.Fine, words.T("bundle.check.noted", "Time", moment(words, c.noted.Made), "Actor", c.noted.Actor)))
	} else if c.report.OK {
		parts = append(parts, kit.NewMarkedLine(words, kit.Info, words.T("bundle.check.notNoted")))
	}
	if m.Format == "" {
		return parts
	}
	parts = append(parts, kit.NewQuietText(lang.Joined(" · ", words.T("bundle.check.of", "Title", bundle.Shown(m.Title)), words.T("bundle.check.by", "Program", bundle.Shown(m.Program.Name), "Version", bundle.Shown(m.Program.Version)))))
	files := kit.Column(theme.Size(theme.SizeNameGapSmall))
	for _, f := range c.report.Files {
		severity, state := p.state(f.State)
		files.Add(kit.NewMarkedLine(words, severity, lang.Joined(" · ", f.Name, fileSize(words, f.Size), state)))
	}
	list := kit.NewExpander(words.N("bundle.check.files", len(c.report.Files)), "", func(bool) { p.relay() })
	list.SetContent(files)
	return append(parts, list)
}

func (p *page) state(state string) (kit.Severity, string) {
	switch state {
	case bundle.StateWhole:
		return kit.Fine, p.words.T("bundle.state.whole")
	case bundle.StateMissing:
		return kit.Stop, p.words.T("bundle.state.missing")
	case bundle.StateExtra:
		return kit.Stop, p.words.T("bundle.state.extra")
	case bundle.StateDamaged:
		return kit.Stop, p.words.T("bundle.state.damaged")
	}
	return kit.Stop, p.words.T("bundle.state.changed")
}

func (p *page) showResult(parts ...fyne.CanvasObject) {
	p.result.Objects = []fyne.CanvasObject{kit.NewCard(kit.Column(theme.Size(theme.SizeNameGap), parts...))}
	p.scroll.ScrollToTop()
	p.relay()
}

func (p *page) onCloseResult() {
	p.result.Objects = nil
	p.result.Hide()
	p.relay()
	p.env.Shell.Window().Canvas().Focus(p.check)
}
