package courses

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"

	"kompetansepilot/app/brief"
	"kompetansepilot/app/course"
	"kompetansepilot/app/mail"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// onSent notes that the request was sent to all that it had not been sent to.
func (p *Requests) onSent() {
	r := p.now()
	if r == nil {
		return
	}
	w, id := p.words, r.ID
	label := w.T("course.sent.step", "Name", r.Name)
	p.saves.Flushed(func() {
		p.env.Do(label, func() error {
			_, err := p.store.MarkSent(label, id, parts.Reminder(w))
			return err
		})
	})
}

// onFiles writes the request to each provider that has not answered: a PDF to read
// and a workbook to answer in, in the provider's written norm.
func (p *Requests) onFiles() {
	p.flush()
	r := p.now()
	if r == nil {
		return
	}
	p.chooser.Folder(p.words.T("course.files"), func(folder string) {
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) { return p.env.Program.RequestFiles(folder, r, p.words.Code()) }, func(n int, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("course.files"), err)
				return
			}
			p.env.Shell.Toast(p.words.N("course.filesMade", n, "Folder", folder), false)
		})
	})
}

// onDrafts puts the request into the mailbox, a draft for each provider.
func (p *Requests) onDrafts() {
	p.draft(p.words.T("course.draft"), func(ctx context.Context, r *course.Requested) (mail.Drafted, error) {
		return p.env.Program.RequestDrafts(ctx, "", r, p.words, nil)
	})
}

// onDecline puts the letter to the others into the mailbox.
func (p *Requests) onDecline() {
	p.draft(p.words.T("course.draft.decline"), func(ctx context.Context, r *course.Requested) (mail.Drafted, error) {
		return p.env.Program.DeclineDrafts(ctx, "", r, p.words, nil)
	})
}

// drafted are the drafts that were written, and the mailbox that they are for when
// there are several.
type drafted struct {
	mail.Drafted
	in string
}

// draft writes drafts of the request as it is stored now.
func (p *Requests) draft(doing string, write func(context.Context, *course.Requested) (mail.Drafted, error)) {
	id := p.roll.Shown
	p.saves.Flushed(func() {
		task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (d drafted, err error) {
			r, err := p.store.Request(id)
			if err != nil {
				return d, err
			}
			if d.Drafted, err = write(ctx, &r); err != nil {
				return d, err
			}
			all, used, err := p.env.Program.Mail.Outgoing(nil) // the one that was written to now
			if len(all) > 1 {
				d.in = used.Address
			}
			return d, err
		}, func(d drafted, err error) {
			switch {
			case err != nil:
				p.env.Shell.Fail(doing, err)
			case len(d.Kept) == 0:
				p.env.Shell.Toast(p.words.T("course.draft.none"), false)
			default:
				text := mail.DraftedWords(p.words, d.Drafted, func(err error) string {
					return cmp.Or(screen.Sentence(p.words, err), p.words.T("shell.fault", "Doing", doing))
				})
				if d.in != "" {
					text += " " + p.words.T("mailui.inMailbox", "Address", d.in)
				}
				p.env.Shell.Saved()
				p.env.Shell.Toast(text, false)
			}
		})
	})
}

// onImport reads a reply sheet that came back.
func (p *Requests) onImport() {
	p.flush()
	p.chooser.Open(p.words.T("course.reply.import"), kit.FileFilter{Name: p.words.T("course.reply.files"), Extensions: []string{".xlsx", ".xlsm"}}, p.importFile)
}

// imported is what came of a reply sheet.
type imported struct {
	filled brief.Filled
	reply  data.Reply
	label  string
}

func (p *Requests) importFile(path string) {
	w, chosen := p.words, p.reply.form.ID
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (imported, error) {
		in := imported{label: w.T("course.reply.importStep", "Name", filepath.Base(path))}
		var err error
		if in.filled, err = brief.ReadForm(path); err != nil {
			return in, err
		}
		enquiry := ""
		if in.filled.Enquiry == "" { // the sheet was made for nobody in particular
			enquiry = chosen
		}
		in.reply, err = p.store.ImportReply(in.label, enquiry, &in.filled, w)
		return in, err
	}, func(in imported, err error) {
		if err != nil {
			p.env.Shell.Fail(w.T("course.reply.import"), err)
			return
		}
		p.env.Shell.Saved()
		p.env.Shell.Toast(in.label, true)
		p.goReply(in.reply.Enquiry)
		if len(in.filled.Problems) == 0 {
			return
		}
		lines := []string{w.N("course.reply.problems", len(in.filled.Problems)), ""}
		for i := range in.filled.Problems {
			lines = append(lines, in.filled.Problems[i].Sentence(w))
		}
		kit.ShowText(p.env.Shell.Window(), w, w.T("course.reply.import"), strings.Join(lines, "\n"))
	})
}

// goReply shows the reply to an enquiry, whichever request it belongs to.
func (p *Requests) goReply(enquiry string) {
	for i := range p.all {
		if slices.ContainsFunc(p.all[i].Asked, func(a course.Asked) bool { return a.ID == enquiry }) {
			p.roll.Grid.GoTo(i, p.all[i].ID)
			p.show(p.all[i].ID)
			p.onAsked(enquiry)
		}
	}
}
