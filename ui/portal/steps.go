package portal

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/portal"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// order are the keys of the steps from top to bottom.
func (p *Page) order() []string {
	keys := []string{stepAbout}
	for _, i := range p.now.Items() {
		keys = append(keys, i.Key)
	}
	return append(keys, stepClosing)
}

// goTo chooses a step.
func (p *Page) goTo(key string) {
	p.steps.Select(key)
	p.showStep()
}

// firstOpen is the first step that waits, or the closing check.
func (p *Page) firstOpen() string { return p.openAfter("") }

// openAfter is the next step that waits after one, the closing check when there
// is none.
func (p *Page) openAfter(key string) string {
	past := key == ""
	for _, k := range p.order() {
		if i := p.itemOf(k); past && i != nil && i.Counts() && !i.Done() {
			return k
		}
		past = past || k == key
	}
	return stepClosing
}

func (p *Page) goToNext() { p.goTo(p.openAfter(p.steps.Selected())) }

// copyStep copies what a step is about, ticks it when that is wanted, and goes on
// to the next one that waits.
func (p *Page) copyStep(key string) {
	i := p.itemOf(key)
	if i == nil {
		if key == stepAbout {
			p.goToNext()
		}
		return
	}
	next := p.openAfter(key)
	if !i.Filled() {
		p.goTo(next)
		return
	}
	p.put(i.Text, p.words.T("portal.copied", "Name", i.Label))
	if p.tick.Checked() && !i.Done() {
		p.note(*i, true)
	}
	p.goTo(next)
}

// put lays a text on the clipboard and says so.
func (p *Page) put(text, sentence string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	p.said.Set(kit.Fine, sentence)
	kit.Relayout(p.said)
}

// toggleStep turns a tick over.
func (p *Page) toggleStep(key string) {
	if i := p.itemOf(key); i != nil && i.Counts() {
		p.note(*i, !i.Done())
	}
}

// note keeps that an item was carried over as it is shown here.
func (p *Page) note(i portal.Item, copied bool) {
	label := p.words.T("portal.step.done", "Name", i.Label)
	if !copied {
		label = p.words.T("portal.step.undone", "Name", i.Label)
	}
	program, application, to := p.env.Program, p.application, p.now.Portal.ID
	p.writes.Add(func(context.Context) error {
		return program.Portals.Note(label, application, to, i, copied)
	}, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			p.load()
			return
		}
		p.env.Shell.Saved()
	})
}

func (p *Page) hasFiles() bool {
	for _, i := range p.now.Items() {
		if i.File != nil {
			return true
		}
	}
	return false
}

// onSaveFiles writes the attachments out under the names that the portal gets.
func (p *Page) onSaveFiles() {
	p.files.Folder(p.words.T("portal.saveFiles.choose"), func(folder string) {
		now, program := *p.now, p.env.Program
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) {
			return program.Portals.SaveFiles(&now, folder)
		}, func(n int, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("portal.command.saveFiles"), err)
				return
			}
			p.env.Shell.Toast(p.words.N("portal.saveFiles.done", n, "Folder", folder), false)
		})
	})
}

// onOpenPortal opens the portal in the browser.
func (p *Page) onOpenPortal() { p.browse(p.now.Portal.URL) }

func (p *Page) browse(address string) {
	u, err := url.Parse(address)
	if err == nil {
		err = fyne.CurrentApp().OpenURL(u)
	}
	if err != nil {
		p.env.Shell.Fail(p.words.T("portal.open"), &data.Error{Code: "noBrowser", Err: err, Message: p.words.T("portal.noBrowser", "Address", address)})
	}
}

// source is where a demand of the portal is stated: a link by the name of the
// site, or what is known in words.
func (p *Page) source(tag string) fyne.CanvasObject {
	reference := p.now.Portal.Reference(tag)
	u, err := url.Parse(reference)
	if err != nil || u.Host == "" {
		return kit.NewQuietText(reference)
	}
	return kit.NewTextLink(p.words.T("portal.about.source", "Site", strings.TrimPrefix(u.Host, "www.")), func() { p.browse(reference) })
}

// addedPortal is what came of adding a portal's file.
type addedPortal struct {
	portal *portal.Portal
	faults []grant.CallError
}

// onAddPortal takes a portal's file into the workspace.
func (p *Page) onAddPortal() {
	p.files.Open(p.words.T("portal.add.choose"), kit.FileFilter{Name: p.words.T("portal.add.files"), Extensions: []string{".json"}}, func(path string) {
		program, label := p.env.Program, p.words.T("portal.add.step", "Name", filepath.Base(path))
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (addedPortal, error) {
			var a addedPortal
			raw, err := disk.Read(path, grant.MaxCallSize)
			if err == nil {
				a.portal, a.faults, err = program.Portals.Add(label, raw)
			}
			return a, err
		}, p.onAdded)
	})
}

func (p *Page) onAdded(a addedPortal, err error) {
	switch {
	case err != nil:
		p.env.Shell.Fail(p.words.T("portal.command.add"), err)
	case len(a.faults) > 0:
		kit.ShowText(p.env.Shell.Window(), p.words, p.words.T("portal.add.faults"), faultLines(a.faults))
	default:
		p.env.Shell.Saved()
		p.env.Shell.Toast(p.words.T("portal.add.done", "Name", a.portal.Name), true)
		p.load()
	}
}

// faultLines name the line and the reason of each fault.
func faultLines(faults []grant.CallError) string {
	text := ""
	for _, f := range faults {
		text += f.Error() + "\n"
	}
	return text
}
