package application

import (
	"context"
	"path/filepath"

	"kompetansepilot/app/system"
	"kompetansepilot/app/textio"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// showTextOut asks where the text is to be written; the ending that is chosen
// says whether it is Word or Markdown.
func (p *Page) showTextOut() {
	p.chooser().Save(p.words.T("textio.out.title"), system.SafeName(p.Title()+".docx"),
		kit.FileFilter{Name: p.words.T("textio.kind"), Extensions: []string{".docx", ".md"}}, p.writeText)
}

// writeText writes what the workspace has, after it got what is typed.
func (p *Page) writeText(path string) {
	d := p.desk
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (struct{}, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, d.env.Program.TextOut(d.id, path, "")
	}, func(_ struct{}, err error) {
		if err != nil {
			d.env.Shell.Fail(d.words.T("textio.out.doing"), err)
			return
		}
		d.env.Shell.Toast(d.words.T("textio.out.done", "Name", filepath.Base(path)), false)
	})
}

func (p *Page) showTextIn() {
	p.chooser().Open(p.words.T("textio.in.choose"), kit.FileFilter{Name: p.words.T("textio.kind"), Extensions: textio.Extensions()}, p.readText)
}

// readText reads a file and shows what is changed in it. Nothing is written yet.
func (p *Page) readText(path string) {
	p.planText(fileWords(p.words, filepath.Base(path)), func() (*textio.Plan, error) {
		return p.env.Program.TextIn(p.id, path, p.words.Code())
	})
}

// showTidy shows what setting quotes, dashes and spaces right would change.
func (p *Page) showTidy() {
	p.planText(tidyWords(p.words), func() (*textio.Plan, error) { return p.env.Program.TextTidy(p.id, p.words.Code()) })
}

// planText makes a plan, after the workspace got what is typed, and shows it.
func (p *Page) planText(words planWords, read func() (*textio.Plan, error)) {
	d := p.desk
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (*textio.Plan, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return nil, err
		}
		return read()
	}, func(plan *textio.Plan, err error) {
		switch {
		case err != nil:
			p.env.Shell.Fail(words.doing, err)
		case !p.left:
			showTextPlan(d, plan, words)
		}
	})
}
