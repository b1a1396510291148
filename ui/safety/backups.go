package safety

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Restorer closes the workspace, makes it as it was in a backup (app.Restore),
// and opens it again. It tells the person how that went.
type Restorer interface{ Restore(backup string) }

const backupsOnPage = 30

// NewBackups opens the list of backups.
func NewBackups(env *screen.Env, w Restorer) screen.Page {
	words := env.Words
	b := &backups{env: env, restorer: w, loads: task.NewLatest(env.Tasks), files: env.Chooser()}
	b.take = kit.NewPrimaryButton(words.T("safety.backups.take"), b.onTake)
	b.folder = kit.NewStrong("")
	b.usual = kit.NewQuietButton(words.T("safety.backups.usualFolder"), func() { b.useFolder("") })
	b.usual.Hide()
	b.list = kit.Column(theme.Size(theme.SizeNameGap), kit.NewQuietText(words.T("safety.backups.loading")))
	b.pager = newPager(words, b.onNewer, b.onOlder)
	b.scroll = kit.NewScroll(kit.Column(theme.Size(theme.SizeNameGroup),
		kit.NewSection(words.T("safety.backups.folder"), kit.Column(theme.Size(theme.SizeNameGap),
			b.folder, kit.Readable(kit.NewQuietText(words.T("safety.backups.thinning"))),
			kit.Row(kit.NewButton(words.T("safety.backups.chooseFolder"), b.onChooseFolder),
				kit.NewButton(words.T("safety.backups.openFolder"), b.onOpenFolder), b.usual))),
		kit.NewSection(words.T("safety.backups.list"), b.list, b.pager.box),
		kit.NewSection(words.T("safety.backups.elsewhere"), kit.Column(theme.Size(theme.SizeNameGap),
			kit.Readable(kit.NewText(words.T("safety.backups.elsewhereText"))),
			kit.Row(kit.NewButton(words.T("safety.backups.fromFile"), b.onFromFile)))),
	))
	b.frame = kit.NewPage(words, b.Title(), b.take, nil, b.scroll)
	b.load()
	return b
}

// backups is the list of backups, and what can be done with each.
type backups struct {
	env      *screen.Env
	restorer Restorer
	files    kit.FileChooser
	loads    *task.Latest
	frame    *kit.Page
	take     *kit.Button
	folder   *kit.Text
	usual    *kit.Button
	list     *fyne.Container
	scroll   fyne.CanvasObject
	pager    *pager

	all   []data.BackupFile
	first int
	left  bool
}

var _ screen.Page = (*backups)(nil)

// Title of the page.
func (b *backups) Title() string { return b.env.Words.T("safety.backups.title") }

// Content is the page.
func (b *backups) Content() fyne.CanvasObject { return b.frame }

// Changed does nothing: a change makes no backup by itself.
func (b *backups) Changed(data.Changed) {}

// Leave ends what runs.
func (b *backups) Leave() {
	b.left = true
	b.loads.Cancel()
}

func (b *backups) onNewer() { b.turn(max(b.first-backupsOnPage, 0)) }
func (b *backups) onOlder() { b.turn(b.first + backupsOnPage) }

func (b *backups) turn(first int) {
	b.first = first
	scrollToTop(b.scroll)
	b.show()
}

func (b *backups) load() {
	task.RunLatest(b.loads, context.Background(), func(context.Context) ([]data.BackupFile, error) {
		return b.env.Program.Backups()
	}, b.onLoaded)
}

func (b *backups) onLoaded(all []data.BackupFile, err error) {
	if b.left || errors.Is(err, context.Canceled) {
		return
	}
	b.folder.SetText(b.env.Program.BackupFolder())
	b.usual.Hidden = b.env.Program.State.Get().BackupFolder == ""
	if err != nil {
		b.list.Objects = []fyne.CanvasObject{kit.NewMarkedLine(b.env.Words, kit.Stop, sentence(b.env, err))}
		b.relay()
		return
	}
	b.all = all
	if b.first >= len(all) {
		b.first = 0
	}
	b.show()
}

func (b *backups) show() {
	b.list.Objects = nil
	rows := kit.Column(theme.Size(theme.SizeNameGap))
	for i, file := range b.all[b.first:min(b.first+backupsOnPage, len(b.all))] {
		if i > 0 {
			rows.Add(kit.Hairline())
		}
		rows.Add(b.row(file))
	}
	if len(b.all) == 0 {
		b.list.Add(kit.NewText(b.env.Words.T("safety.backups.none")))
	} else {
		b.list.Add(kit.NewCard(rows))
	}
	b.pager.show(b.first > 0, b.first+backupsOnPage < len(b.all))
	b.relay()
}

func (b *backups) relay() {
	b.list.Refresh()
	b.scroll.Refresh()
	kit.SettleFocus(b.env.Shell.Window().Canvas())
}

func (b *backups) row(file data.BackupFile) fyne.CanvasObject {
	words := b.env.Words
	when := words.Moment(file.Time)
	state := kit.NewMarkedLine(words, kit.Fine, words.T("safety.backups.ok"))
	switch {
	case !file.OK:
		state.Set(kit.Stop, words.T("safety.backups.damaged"))
	case file.BeforeRestore:
		state.Set(kit.Info, words.T("safety.backups.beforeRestore"))
	}
	back := kit.NewButton(words.T("safety.backups.restore"), func() { b.compare(file.Path) })
	back.SetTip(words.T("safety.backups.restoreTip", "When", when))
	out := kit.NewButton(words.T("safety.backups.copyOut"), func() { b.onCopyOut(file) })
	out.SetTip(words.T("safety.backups.copyTip", "When", when))
	if !file.OK {
		back.Disable()
		out.Disable()
	}
	return kit.Column(theme.Size(theme.SizeNameGapSmall),
		kit.Row(kit.NewStrong(when), kit.NewQuietText(fileSize(words, file.Size)), kit.Spacer(), container.NewHBox(back, out)), state)
}

// fileSize is a number of bytes as a person reads it.
func fileSize(words *lang.Printer, bytes int64) string {
	if bytes < 1_000_000 {
		return words.T("safety.size.kilobytes", "Count", words.Number((bytes+999)/1000))
	}
	return words.T("safety.size.megabytes", "Count", words.Number((bytes+500_000)/1_000_000))
}

// onTake makes a backup now.
func (b *backups) onTake() {
	env, words := b.env, b.env.Words
	b.busy(true)
	task.Run(env.Tasks, context.Background(), func(context.Context) (data.BackupFile, error) { return env.Program.Backup() },
		func(file data.BackupFile, err error) {
			b.busy(false)
			if err != nil {
				env.Shell.Fail(words.T("safety.backups.taking"), err)
				return
			}
			env.Shell.Toast(words.T("safety.backups.taken", "Size", fileSize(words, file.Size)), false)
			b.first = 0
			b.load()
		})
}

// busy shows that a backup is being made.
func (b *backups) busy(on bool) {
	if on {
		b.take.SetText(b.env.Words.T("safety.backups.takingNow"))
		b.take.Disable()
	} else {
		b.take.SetText(b.env.Words.T("safety.backups.take"))
		b.take.Enable()
	}
	b.frame.Refresh() // the button's width changed
}

func (b *backups) onChooseFolder() {
	b.files.Folder(b.env.Words.T("safety.backups.chooseFolderTitle"), b.useFolder)
}

// useFolder makes the backups go to another folder; one is made there at once.
func (b *backups) useFolder(dir string) {
	env, words := b.env, b.env.Words
	b.busy(true)
	task.Run(env.Tasks, context.Background(), func(context.Context) (data.BackupFile, error) { return env.Program.UseBackupFolder(dir) },
		func(file data.BackupFile, err error) {
			b.busy(false)
			if err != nil {
				env.Shell.Fail(words.T("safety.backups.changingFolder"), err)
				return
			}
			env.Shell.Toast(words.T("safety.backups.folderChanged", "Folder", filepath.Dir(file.Path)), false)
			b.first = 0
			b.load()
		})
}

func (b *backups) onOpenFolder() {
	env := b.env
	task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		return struct{}{}, system.Open(env.Program.BackupFolder())
	}, func(_ struct{}, err error) {
		if err != nil {
			env.Shell.Fail(env.Words.T("safety.backups.openingFolder"), err)
		}
	})
}

// workspaceFiles are the files that a backup can be.
func (b *backups) workspaceFiles() kit.FileFilter {
	return kit.FileFilter{Name: b.env.Words.T("safety.backups.files"), Extensions: []string{data.Extension}}
}

func (b *backups) onFromFile() {
	b.files.Open(b.env.Words.T("safety.backups.fromFileTitle"), b.workspaceFiles(), b.compare)
}

func (b *backups) onCopyOut(file data.BackupFile) {
	env, words := b.env, b.env.Words
	b.files.Save(words.T("safety.backups.copyTitle"), filepath.Base(file.Path), b.workspaceFiles(), func(to string) {
		task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
			return struct{}{}, env.Program.CopyBackup(file.Path, to)
		}, func(_ struct{}, err error) {
			if err != nil {
				env.Shell.Fail(words.T("safety.backups.copying"), err)
				return
			}
			env.Shell.Toast(words.T("safety.backups.copied", "Path", to), false)
		})
	})
}
