package application

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/system"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// receiptLine is a receipt of a version: its name, to open and to remove.
func (v *versionsView) receiptLine(r data.Receipt) fyne.CanvasObject {
	words := v.desk.words
	return kit.Row(
		kit.NewText(words.T("portal.receipt.line", "Name", r.FileName)),
		kit.NewLink(words.T("portal.receipt.open"), func() { v.openReceipt(r) }),
		kit.NewLink(words.T("portal.receipt.remove"), func() { v.removeReceipt(r) }),
	)
}

// receiptsOf are the lines under a version that was handed in.
func (v *versionsView) receiptsOf(version *data.Version) fyne.CanvasObject {
	if !version.Frozen {
		return kit.Column(0)
	}
	var lines []fyne.CanvasObject
	for _, r := range v.receipts[version.ID] {
		lines = append(lines, v.receiptLine(r))
	}
	id := version.ID
	lines = append(lines, kit.Row(kit.NewButton(v.desk.words.T("portal.receipt.add"), func() { v.onAddReceipt(id) })))
	return kit.Column(theme.Size(theme.SizeNameGapSmall), lines...)
}

func (v *versionsView) onAddReceipt(version string) {
	v.files.Open(v.desk.words.T("portal.receipt.choose"), kit.FileFilter{}, func(path string) { v.addReceipt(version, path) })
}

// addReceipt reads a file and ties it to the version.
func (v *versionsView) addReceipt(version, path string) {
	d := v.desk
	label := d.words.T("portal.receipt.added", "Name", filepath.Base(path))
	d.background(d.words.T("portal.receipt.adding"), label, true, func() error {
		content, err := disk.Read(path, grant.MaxAttachmentSize)
		if err == nil {
			_, err = d.env.Program.Grants.AddReceipt(label, version, filepath.Base(path), content)
		}
		return err
	})
}

func (v *versionsView) removeReceipt(r data.Receipt) {
	d := v.desk
	label := d.words.T("portal.receipt.removed", "Name", r.FileName)
	d.background(label, label, true, func() error { return d.env.Program.Grants.RemoveReceipt(label, r.ID) })
}

// openReceipt shows a copy in the system's program.
func (v *versionsView) openReceipt(r data.Receipt) {
	d := v.desk
	task.Run(d.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
		content, err := data.Blob(d.env.Program.Workspace, r.SHA256)
		if err != nil {
			return struct{}{}, err
		}
		path, err := writeTemp(r.FileName, content)
		if err != nil {
			return struct{}{}, err
		}
		return struct{}{}, system.Open(path)
	}, func(_ struct{}, err error) {
		if err != nil {
			d.env.Shell.Fail(d.words.T("portal.receipt.open"), err)
		}
	})
}

// sameReceipts tells whether nothing came or went.
func sameReceipts(a, b map[string][]data.Receipt) bool {
	if len(a) != len(b) {
		return false
	}
	for id, all := range a {
		if len(all) != len(b[id]) {
			return false
		}
		for i := range all {
			if all[i].ID != b[id][i].ID {
				return false
			}
		}
	}
	return true
}
