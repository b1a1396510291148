package documents

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

func (s *section) showAttachments() {
	words := s.page.words
	s.attachments.Objects = []fyne.CanvasObject{kit.NewHeading(words.T("bundle.attachments"))}
	for i, a := range s.shown.attachments {
		if i > 0 {
			s.attachments.Add(kit.Hairline())
		}
		s.attachments.Add(s.attachment(a))
	}
	if len(s.shown.attachments) == 0 {
		s.attachments.Add(kit.NewText(words.T("bundle.noAttachments")))
		s.attachments.Add(kit.Row(kit.NewButton(words.T("bundle.toApplication"), func() {
			s.page.env.Shell.Go(screen.Route{Page: screen.PageApplication, ID: s.id})
		})))
	}
}

func (s *section) attachment(a data.Attachment) fyne.CanvasObject {
	words := s.page.words
	name := a.Title
	if name == "" {
		name = a.FileName
	}
	what := kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewStrong(name), kit.NewQuietText(lang.Joined(" · ", a.FileName, fileType(words, a.FileName), fileSize(words, a.Size))))
	if a.Description != "" {
		what.Add(kit.NewText(a.Description))
	}
	open := kit.NewButton(words.T("bundle.open"), func() { s.onOpenAttachment(a) })
	open.SetTip(words.T("bundle.openTip", "Name", name))
	save := kit.NewButton(words.T("bundle.saveAs"), func() { s.onSaveAttachment(a) })
	save.SetTip(words.T("bundle.saveAsTip", "Name", name))
	return s.row(what, open, save)
}

// fileType is the kind of a file by its ending: "PDF".
func fileType(words *lang.Printer, name string) string {
	if ending := strings.TrimPrefix(filepath.Ext(name), "."); ending != "" && len(ending) <= 5 {
		return strings.ToUpper(ending)
	}
	return words.T("bundle.file")
}

// onOpenAttachment opens a copy: what is changed in it does not come back.
func (s *section) onOpenAttachment(a data.Attachment) {
	env := s.page.env
	task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		content, err := data.Blob(env.Program.Workspace, a.SHA256)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, system.OpenCopy(a.FileName, content)
	}, func(_ struct{}, err error) {
		if err != nil {
			env.Shell.Fail(s.page.words.T("bundle.opening"), err)
		}
	})
}

func (s *section) onSaveAttachment(a data.Attachment) {
	env, words := s.page.env, s.page.words
	s.page.files.Save(words.T("bundle.saveAttachment"), system.SafeName(a.FileName), kit.FileFilter{}, func(path string) {
		task.Run(env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
			content, err := data.Blob(env.Program.Workspace, a.SHA256)
			if err != nil {
				return struct{}{}, err
			}
			return struct{}{}, disk.Write(path, content)
		}, func(_ struct{}, err error) {
			if err != nil {
				env.Shell.Fail(words.T("bundle.savingAttachment"), err)
				return
			}
			env.Shell.Toast(words.T("bundle.savedAttachment", "Name", filepath.Base(path)), false)
		})
	})
}
