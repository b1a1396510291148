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
	d := p.desk
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (*textio.Plan, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return nil, err
		}
		return d.env.Program.TextIn(d.id, path, d.words.Code())
	}, p.onTextRead)
}

func (p *Page) onTextRead(plan *textio.Plan, err error) {
	switch {
	case err != nil:
		p.env.Shell.Fail(p.words.T("textio.in.doing"), err)
	case !p.left:
		showTextPlan(p.desk, plan, fileWords(p.words, plan.File))
	}
}

// showTidy shows what setting quotes, dashes and spaces right would change.
func (p *Page) showTidy() {
	d := p.desk
	d.saver.Flush()
	task.Run(d.env.Tasks, context.Background(), func(ctx context.Context) (*textio.Plan, error) {
		if err := d.saver.Drain(ctx); err != nil {
			return nil, err
		}
		return d.env.Program.TextTidy(d.id, d.words.Code())
	}, func(plan *textio.Plan, err error) {
		switch {
		case err != nil:
			p.env.Shell.Fail(p.words.T("textio.tidy.doing"), err)
		case !p.left:
			showTextPlan(d, plan, tidyWords(d.words))
		}
	})
}
