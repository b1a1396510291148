package mail

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/mail"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// fileList is what goes with a letter: files of the machine, and applications as PDF.
type fileList struct {
	page    *Page
	all     []mail.File
	content *fyne.Container
	pdfs    *kit.Button
	rows    *fyne.Container
}

func (p *Page) newFileList(all []mail.File) *fileList {
	w := p.words
	f := &fileList{page: p, all: all, rows: kit.Column(theme.Size(theme.SizeNameGapSmall)), pdfs: kit.NewMenuButton(w.T("mailui.attachPDF"))}
	f.pdfs.Hide()
	add := kit.NewButton(w.T("mailui.attachFile"), func() { p.chooser.Open(w.T("mailui.attachFile"), kit.FileFilter{}, f.onFile) })
	add.SetIcon(fynetheme.MailAttachmentIcon())
	f.content = kit.Column(theme.Size(theme.SizeNameGapSmall), kit.Row(add, f.pdfs), f.rows)
	f.fill()
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]grant.Summary, error) { return p.env.Program.Grants.Applications() }, func(all []grant.Summary, err error) {
		if err != nil || len(all) == 0 {
			return
		}
		var items []*fyne.MenuItem
		for _, a := range all {
			items = append(items, fyne.NewMenuItem(a.Title, func() { f.onPDF(a.ID) }))
		}
		f.pdfs.SetMenu(items...)
		f.pdfs.Show()
		kit.Relayout(f.content)
	})
	return f
}

// onFile attaches a file of the machine.
func (f *fileList) onFile(path string) {
	f.add(func() (mail.File, error) {
		content, err := disk.Read(path, grant.MaxAttachmentSize)
		return mail.File{Name: filepath.Base(path), Content: content}, err
	})
}

// onPDF attaches an application as it stands, in its own norm.
func (f *fileList) onPDF(id string) {
	f.add(func() (mail.File, error) {
		program := f.page.env.Program
		d, err := data.LoadDraft(program.Workspace, id)
		if err != nil {
			return mail.File{}, err
		}
		content, _, err := program.PDF(id, "", "")
		return mail.File{Name: app.PDFName(&d, ""), Content: content}, err
	})
}

func (f *fileList) add(read func() (mail.File, error)) {
	p := f.page
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (mail.File, error) { return read() }, func(file mail.File, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("mailui.attachFile"), err)
			return
		}
		f.all = append(f.all, file)
		f.fill()
	})
}

func (f *fileList) fill() {
	w := f.page.words
	f.rows.Objects = nil
	for i := range f.all {
		size := w.T("mailui.size", "Size", w.Number(int64(max(1, len(f.all[i].Content)/1024))))
		f.rows.Add(kit.Row(kit.NewText(f.all[i].Name), kit.NewQuietText(size), kit.NewQuietButton(w.T("mailui.detach"), func() {
			f.all = slices.Delete(slices.Clone(f.all), i, i+1)
			f.fill()
		})))
	}
	f.rows.Refresh()
	kit.Relayout(f.rows)
}
