package application

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// filesView are the attachments of a field.
type filesView struct {
	framed
	desk  *desk
	field *grant.Field
	list  *blockList
	add   *kit.Button
	added string // was attached a moment ago: its block gets the focus once it is there
}

func newFilesView(d *desk, f *grant.Field) fieldView {
	v := &filesView{desk: d, field: f}
	v.list = newBlockList(v.newBlock)
	v.add = kit.NewButton(d.words.T("application.file.add"), v.onAdd)
	v.framed = newFramed(kit.NewField(d.words, d.options(f), kit.Column(theme.Size(theme.SizeNameGap), v.list.box, kit.Row(v.add))))
	return v
}

func (v *filesView) focus() { v.desk.focus(v.add) }

func (v *filesView) show(found []grant.Finding) {
	var ids []string
	for _, a := range v.desk.draft.Attachments {
		if a.Field == v.field.ID {
			ids = append(ids, a.ID)
		}
	}
	v.list.show(ids)
	if slices.Contains(ids, v.added) {
		v.list.blocks[v.added].focus()
		v.added = ""
	}
	// A field for one file takes the next when the first is removed.
	v.add.Hidden = v.field.Type == grant.TypeFile && len(ids) > 0
	v.note(found)
}

func (v *filesView) onAdd() {
	v.desk.chooser().Open(v.desk.words.T("application.file.choose"), kit.FileFilter{}, v.attach)
}

// attach reads a file and keeps it in the workspace.
func (v *filesView) attach(path string) {
	d, field := v.desk, v.field.ID
	label := d.words.T("application.file.added", "Name", filepath.Base(path))
	task.Run(d.env.Tasks, context.Background(), func(context.Context) (string, error) {
		return attachFile(d, label, field, path)
	}, func(id string, err error) {
		if err != nil {
			d.env.Shell.Fail(d.words.T("application.file.adding"), err)
			return
		}
		v.added = id
		d.env.Shell.Saved()
		d.Load()
	})
}

// attachFile runs in the background.
func attachFile(d *desk, label, field, path string) (string, error) {
	content, err := disk.Read(path, grant.MaxAttachmentSize)
	if err != nil {
		return "", err
	}
	name := grant.FileName(filepath.Base(path))
	a := data.Attachment{Field: field, FileName: name, MediaType: grant.MediaType(name), Title: name[:len(name)-len(filepath.Ext(name))]}
	return d.env.Program.Grants.Attach(label, d.id, a, content)
}

func attachmentIn(d *data.Draft, id string) *data.Attachment {
	return find(d.Attachments, func(a *data.Attachment) bool { return a.ID == id })
}

// fileBlock is one attachment.
type fileBlock struct {
	view        *filesView
	id          string
	name        *kit.Text
	title       *cell
	description *cell
	whole       fyne.CanvasObject
}

func (v *filesView) newBlock(id string) block {
	d, words := v.desk, v.desk.words
	b := &fileBlock{view: v, id: id, name: kit.NewStrong("")}
	part := func(get func(*data.Attachment) *string) (func(*data.Draft) string, func(*data.Draft, string) error) {
		return func(draft *data.Draft) string {
				if a := attachmentIn(draft, id); a != nil {
					return *get(a)
				}
				return ""
			}, func(draft *data.Draft, text string) error {
				a := attachmentIn(draft, id)
				if a == nil {
					return d.errGone()
				}
				*get(a) = text
				return nil
			}
	}
	label := words.T("application.file.changed")
	getTitle, setTitle := part(func(a *data.Attachment) *string { return &a.Title })
	b.title = d.lineCell(label, id+"/title", getTitle, setTitle)
	getText, setText := part(func(a *data.Attachment) *string { return &a.Description })
	b.description = d.areaCell(label, id+"/description", 2, getText, setText)
	b.whole = kit.NewCard(kit.Column(theme.Size(theme.SizeNameGapSmall),
		b.name,
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.file.title")}, b.title.control),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.file.description")}, b.description.control),
		kit.Row(kit.NewButton(words.T("application.file.open"), b.onOpen), kit.NewButton(words.T("application.file.replace"), b.onReplace),
			kit.Spacer(), b.buttons()),
	))
	return b
}

// buttons move and remove the file; where there is one only, there is nothing to
// move it past.
func (b *fileBlock) buttons() fyne.CanvasObject {
	d := b.view.desk
	if b.view.field.Type == grant.TypeFile {
		return kit.NewIconButton(fynetheme.DeleteIcon(), d.words.T("application.row.remove"), b.onRemove)
	}
	return rowButtons(d, b.onUp, b.onDown, b.onRemove)
}

func (b *fileBlock) onReplace() {
	d := b.view.desk
	d.chooser().Open(d.words.T("application.file.chooseNewer"), kit.FileFilter{}, b.replace)
}

// replace gives the attachment a newer file; what was written about it stays.
func (b *fileBlock) replace(path string) {
	d, id, name := b.view.desk, b.id, grant.FileName(filepath.Base(path))
	label := d.words.T("application.file.replaced", "Name", name)
	task.Run(d.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		content, err := disk.Read(path, grant.MaxAttachmentSize)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, d.env.Program.Grants.ReplaceFile(label, id, name, content)
	}, func(_ struct{}, err error) {
		if err != nil {
			d.env.Shell.Fail(d.words.T("application.file.adding"), err)
			return
		}
		d.env.Shell.Saved()
		d.env.Shell.Toast(label, true)
		d.Load()
	})
}

func (b *fileBlock) object() fyne.CanvasObject { return b.whole }
func (b *fileBlock) focus()                    { b.view.desk.focus(b.title.control) }

func (b *fileBlock) show() {
	if a := attachmentIn(&b.view.desk.draft, b.id); a != nil {
		b.name.SetText(a.FileName + " · " + size(b.view.desk, a.Size))
		b.title.show()
		b.description.show()
	}
}

// size is a number of bytes as people say it.
func size(d *desk, bytes int64) string {
	switch {
	case bytes < 1024:
		return d.words.T("application.file.bytes", "Count", d.words.Number(bytes))
	case bytes < 1024*1024:
		return d.words.T("application.file.kilobytes", "Count", d.words.Number((bytes+512)/1024))
	}
	tenths := (bytes*10 + 1<<19) >> 20
	return d.words.T("application.file.megabytes", "Count", d.words.Percent(tenths*10, 100, 1))
}

// onOpen writes a copy in a folder of its own and opens it in the system's
// program: what is changed there does not come back.
func (b *fileBlock) onOpen() {
	d := b.view.desk
	a := attachmentIn(&d.draft, b.id)
	if a == nil {
		return
	}
	name, sha := a.FileName, a.SHA256
	task.Run(d.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		content, err := data.Blob(d.env.Program.Workspace, sha)
		if err != nil {
			return struct{}{}, err
		}
		path, err := writeTemp(name, content)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, system.Open(path)
	}, func(_ struct{}, err error) {
		if err != nil {
			d.env.Shell.Fail(d.words.T("application.file.opening"), err)
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

func (b *fileBlock) onUp()   { b.move(-1) }
func (b *fileBlock) onDown() { b.move(1) }

func (b *fileBlock) move(by int) {
	id, field, d := b.id, b.view.field.ID, b.view.desk
	d.Change(d.words.T("application.row.movedStep"), func(draft *data.Draft) error {
		all := draft.Attachments
		from := slices.IndexFunc(all, func(a data.Attachment) bool { return a.ID == id })
		for to := from + by; from >= 0 && to >= 0 && to < len(all); to += by {
			if all[to].Field == field {
				all[from], all[to] = all[to], all[from]
				break
			}
		}
		for i := range all {
			all[i].Position = int64(i)
		}
		return nil
	})
}

func (b *fileBlock) onRemove() {
	id, d := b.id, b.view.desk
	d.Change(d.words.T("application.file.removed"), func(draft *data.Draft) error {
		draft.Attachments = slices.DeleteFunc(slices.Clone(draft.Attachments), func(a data.Attachment) bool { return a.ID == id })
		return nil
	})
	d.env.Shell.Toast(d.words.T("application.file.removed"), true)
}

// chooser lets the person choose files.
func (d *desk) chooser() kit.FileChooser {
	return d.env.Chooser()
}
