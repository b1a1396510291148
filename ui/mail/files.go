package mail

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// files are the attachments; a dangerous one says why it is not to be opened.
func (r *reader) files() []fyne.CanvasObject {
	w := r.page.words
	var all []fyne.CanvasObject
	for i := range r.now.mail.Attachments {
		a := &r.now.mail.Attachments[i]
		save := kit.NewButton(w.T("mailui.saveFile", "Name", a.Name), func() { r.onSaveFile(a) })
		save.SetIcon(fynetheme.DocumentSaveIcon())
		all = append(all, kit.Row(save, kit.NewQuietText(w.T("mailui.size", "Size", w.Number(int64(max(1, a.Size/1024)))))))
		if a.Danger != "" {
			all = append(all, kit.NewMarkedLine(w, kit.Warn, w.T("mailui.danger."+a.Danger)))
		}
	}
	return all
}

func (r *reader) onSaveFile(a *parse.Attachment) {
	p := r.page
	p.chooser.Save(p.words.T("mailui.saveFileTitle"), a.Name, kit.FileFilter{Name: p.words.T("mailui.allFiles")}, func(path string) {
		if filepath.Ext(path) == "" {
			path += filepath.Ext(a.Name)
		}
		p.keep(path, func() ([]byte, error) { return a.Content(), nil })
	})
}

func (r *reader) onSaveMail() {
	p, row := r.page, r.now.row
	p.chooser.Save(p.words.T("mailui.saveMail"), parse.CleanName(row.Subject)+".eml", kit.FileFilter{Name: p.words.T("mailui.mailFiles"), Extensions: []string{".eml"}}, func(path string) {
		p.keep(path, func() ([]byte, error) { return p.desk.Raw(row) })
	})
}

// keep writes a file in the background.
func (p *Page) keep(path string, content func() ([]byte, error)) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		raw, err := content()
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, app.WriteFile(path, raw)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("mailui.saveMail"), err)
			return
		}
		p.env.Shell.Toast(p.words.T("mailui.saved", "Path", path), false)
	})
}
