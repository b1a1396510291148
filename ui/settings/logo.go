package settings

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
)

func (p *page) logoBlock() fyne.CanvasObject {
	p.logo = kit.NewText("")
	p.setLogo = kit.NewButton(p.Words.T("settings.logo.choose"), p.onChooseLogo)
	p.noLogo = kit.NewButton(p.Words.T("settings.logo.remove"), p.onRemoveLogo)
	return block(p.Words.T("settings.logo"), p.logo, p.Words.T("settings.logoHint"), p.setLogo, p.noLogo)
}

func (p *page) showLogo(name string) {
	p.noLogo.Hidden = name == ""
	if name == "" {
		name = p.Words.T("settings.logo.none")
	}
	p.logo.SetText(name)
}

func (p *page) onChooseLogo() {
	filter := kit.FileFilter{Name: p.Words.T("settings.logo.files"), Extensions: []string{".png", ".jpg", ".jpeg", ".svg"}}
	p.Chooser().Open(p.Words.T("settings.logo.title"), filter, func(path string) {
		label := p.Words.T("settings.logo.set", "Name", filepath.Base(path))
		p.change(label, func() error { return p.Program.SetLogo(label, path) })
	})
}

func (p *page) onRemoveLogo() {
	label := p.Words.T("settings.logo.removed")
	p.change(label, func() error { return p.Program.RemoveLogo(label) })
}

// change changes something of the workspace as one step that can be undone.
func (p *page) change(label string, work func() error) {
	p.saves.Add(func(context.Context) error { return work() }, func(err error) {
		p.Done(label, err)
	})
}
