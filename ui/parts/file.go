package parts

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// keptFile is the file of a record in a dialog: which it is, and buttons to
// choose another and to open it.
type keptFile struct {
	env     *screen.Env
	chooser kit.FileChooser
	now     data.KeptFile
	chosen  *partner.File // to be kept, nil for none
	name    *kit.Text
	open    *kit.Button
	row     fyne.CanvasObject
	reads   *task.Latest
}

func newKeptFile(env *screen.Env, chooser kit.FileChooser, now data.KeptFile) *keptFile {
	f := &keptFile{env: env, chooser: chooser, now: now, name: kit.NewText(""), reads: task.NewLatest(env.Tasks)}
	f.open = kit.NewButton(env.Words.T("agreement.file.open"), func() { openFile(env, f.now) })
	f.row = kit.Row(f.name, kit.NewButton(env.Words.T("agreement.file.choose"), f.onChoose), f.open)
	f.show()
	return f
}

func (f *keptFile) show() {
	switch {
	case f.chosen != nil:
		f.name.SetText(f.env.Words.T("agreement.file.chosen", "Name", f.chosen.Name))
	case f.now.SHA256 != "":
		f.name.SetText(f.now.FileName)
	default:
		f.name.SetText(f.env.Words.T("agreement.file.none"))
	}
	f.open.Hidden = f.now.SHA256 == "" || f.chosen != nil
	f.row.Refresh()
}

func (f *keptFile) onChoose() {
	f.chooser.Open(f.env.Words.T("agreement.file.title"), kit.FileFilter{}, f.onChosen)
}

func (f *keptFile) onChosen(path string) {
	task.RunLatest(f.reads, context.Background(), func(context.Context) (*partner.File, error) { return partner.ReadFile(path) },
		func(read *partner.File, err error) {
			if err != nil {
				f.env.Shell.Fail(f.env.Words.T("agreement.file.title"), err)
				return
			}
			f.chosen = read
			f.show()
			kit.Relayout(f.row)
		})
}

// fileHash is the fingerprint of a kept file, short enough to read.
func fileHash(k data.KeptFile) string { return k.SHA256[:min(12, len(k.SHA256))] }

// openFile writes a copy in a folder of its own and opens it in the system's
// program: what is changed there does not come back.
func openFile(env *screen.Env, k data.KeptFile) {
	task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		content, err := data.Blob(env.Program.Workspace, k.SHA256)
		if err != nil {
			return struct{}{}, err
		}
		path, err := writeTemp(k.FileName, content)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, system.Open(path)
	}, func(_ struct{}, err error) {
		if err != nil {
			env.Shell.Fail(env.Words.T("agreement.file.open"), err)
		}
	})
}

// writeTemp writes a copy in a new folder, under its own name.
func writeTemp(name string, content []byte) (string, error) {
	dir, err := os.MkdirTemp("", "kompetansepilot-*")
	if err != nil {
		return "", fmt.Errorf("write copy: %w", err)
	}
	path := filepath.Join(dir, system.SafeName(name))
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return "", fmt.Errorf("write copy: %w", err)
	}
	return path, nil
}

// newChooser lets the person choose files.
func newChooser(env *screen.Env) kit.FileChooser {
	return env.Chooser()
}
