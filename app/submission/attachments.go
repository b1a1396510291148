package submission

import (
	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

// shaShown is how much of a checksum is printed; the whole is in the workspace.
const shaShown = 16

// files is a table of the attachments of fields that follow each other.
func (b *builder) files(fields []grant.Field) {
	w := b.words
	t := document.Table{RowHeader: true}
	for i := range fields {
		f := &fields[i]
		found := false
		for _, a := range b.Draft.Attachments {
			if a.Field == f.ID {
				found = true
				t.Rows = append(t.Rows, []string{b.attachmentNumber(a.ID), joined("\n", b.attachmentTitle(&a), a.Description), b.label(f),
					a.FileName + "\n" + b.checksum(&a), b.size(a.Size)})
			}
		}
		if !found {
			b.miss(f)
		}
	}
	if t.Rows == nil {
		return
	}
	t.Caption = b.tableCaption(w.T("document.file.caption"))
	t.Columns = []document.Column{{Header: w.T("document.file.number"), Weight: 0.4}, {Header: w.T("document.file.title"), Weight: 2.2},
		{Header: w.T("document.file.field"), Weight: 1.4}, {Header: w.T("document.file.name"), Weight: 2.1},
		{Header: w.T("document.file.size"), Align: document.Right, Weight: 0.8}}
	b.add(t)
}

func (b *builder) attachmentTitle(a *data.Attachment) string {
	if grant.Blank(a.Title) {
		return a.FileName
	}
	return a.Title
}

func (b *builder) checksum(a *data.Attachment) string {
	if a.SHA256 == "" {
		return ""
	}
	return b.words.T("document.file.sha", "Sum", a.SHA256[:min(shaShown, len(a.SHA256))])
}

// attachmentNumber counts attachments in the order of the form; "" for one that
// is not there.
func (b *builder) attachmentNumber(id string) string {
	n := 0
	for _, f := range b.Call.FieldsOf(grant.TypeFile, grant.TypeFiles) {
		for _, a := range b.Draft.Attachments {
			if a.Field != f.ID {
				continue
			}
			n++
			if a.ID == id {
				return b.words.Number(int64(n))
			}
		}
	}
	return ""
}

// attachmentName is how other parts point to an attachment.
func (b *builder) attachmentName(id string) string {
	if id == "" {
		return ""
	}
	if n := b.attachmentNumber(id); n != "" {
		return b.words.T("document.file.reference", "Number", n)
	}
	return ""
}

// size is a number of bytes as people say it.
func (b *builder) size(bytes int64) string {
	switch {
	case bytes < 1024:
		return b.words.T("document.file.bytes", "Count", b.words.Number(bytes))
	case bytes < 1024*1024:
		return b.words.T("document.file.kilobytes", "Count", b.words.Number((bytes+512)/1024))
	}
	tenths := (bytes*10 + 1<<19) >> 20
	return b.words.T("document.file.megabytes", "Count", b.words.Percent(tenths*10, 100, 1))
}
