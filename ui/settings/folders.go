package settings

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/system"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// block is a label, a path, what it is, and what can be done with it.
func block(label string, path *kit.Text, hint string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(gap(), kit.Column(smallGap(), kit.NewStrong(label), path, kit.NewQuietText(hint)), kit.Row(buttons...))
}

func (p *page) backupBlock() fyne.CanvasObject {
	p.backup = kit.NewText("")
	p.choose = kit.NewButton(p.Words.T("settings.backup.choose"), p.onChooseBackup)
	p.ordinary = kit.NewButton(p.Words.T("settings.backup.ordinary"), func() { p.setBackup("") })
	return block(p.Words.T("settings.backup"), p.backup, p.Words.T("settings.backupHint"), p.choose, p.ordinary)
}

func (p *page) workspaceBlock() fyne.CanvasObject {
	path := p.Program.Workspace.Path()
	return block(p.Words.T("settings.data"), kit.NewText(path), p.Words.T("settings.dataHint"), p.showButton(filepath.Dir(path)))
}

func (p *page) logBlock() fyne.CanvasObject {
	path := app.ConfigFolder()
	return block(p.Words.T("settings.log"), kit.NewText(path), p.Words.T("settings.logHint"), p.showButton(path))
}

func (p *page) showButton(folder string) *kit.Button {
	b := kit.NewButton(p.Words.T("settings.show"), func() { p.onShow(folder) })
	b.SetTip(folder)
	return b
}

func (p *page) onShow(folder string) {
	task.Run(p.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, system.Open(folder)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.Shell.Fail(p.Words.T("settings.show"), err)
		}
	})
}

func (p *page) showBackup(c choices) {
	p.backup.SetText(c.backup)
	if c.prefs.BackupFolder == "" {
		p.ordinary.Disable()
	} else {
		p.ordinary.Enable()
	}
}

func (p *page) onChooseBackup() { p.files.Folder(p.Words.T("settings.backup.title"), p.setBackup) }

func (p *page) setBackup(folder string) {
	doing := p.Words.T("settings.backup.doing")
	p.saves.Add(func(context.Context) error { return p.Program.SetBackupFolder(folder) }, func(err error) {
		if err != nil {
			p.Shell.Fail(doing, err)
			return
		}
		p.Shell.Toast(p.Words.T("settings.backup.done"), false)
		p.load()
	})
}
