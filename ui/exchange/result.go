package exchange

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/exchange/table"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// onImport does what the plan says. From here it cannot be stopped by leaving:
// all of it is one step, which can be undone.
func (p *page) onImport() {
	plan := p.plan
	counts := plan.Count()
	label := p.words.N("exchange.step.import", counts[exchange.Create]+counts[exchange.Update], "File", plan.File.Name())
	p.step = stepDone
	p.frame.SetPrimary(nil)
	p.frame.SetContent(kit.FormColumn(kit.NewText(p.words.T("exchange.writing"))))
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (exchange.Result, error) {
		return p.service.Apply(ctx, label, plan)
	}, func(r exchange.Result, err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			if !p.left {
				p.showRows()
			}
			return
		}
		p.env.Shell.Saved()
		p.env.Shell.Toast(label, r.Transaction != 0)
		if !p.left {
			p.result = r
			p.showResult("")
		}
	})
}

// showResult is the last step: what the import did, and the rows to mend.
func (p *page) showResult(note string) {
	r := p.result
	parts := []fyne.CanvasObject{}
	say := func(s kit.Severity, n int, text string) {
		if n > 0 {
			parts = append(parts, kit.NewMarkedLine(p.words, s, text))
		}
	}
	say(kit.Fine, r.Created, p.words.N("exchange.done.created", r.Created))
	say(kit.Fine, r.Updated, p.words.N("exchange.done.updated", r.Updated))
	say(kit.Info, r.Unchanged, p.words.N("exchange.done.unchanged", r.Unchanged))
	say(kit.Info, r.Skipped, p.words.N("exchange.done.skipped", r.Skipped))
	say(kit.Warn, len(r.Rejected), p.words.N("exchange.done.rejected", len(r.Rejected)))
	if n := len(r.Rejected); n > 0 {
		list := kit.Column(gap() / 2)
		for _, x := range r.Rejected[:min(n, 5)] {
			list.Add(kit.NewItem("•", kit.NewText(p.words.T("exchange.rejectedRow", "Row", p.words.Number(int64(x.Row)), "Reason", x.Reason.Sentence(p.words)))))
		}
		if n > 5 {
			list.Add(kit.NewQuietText(p.words.N("exchange.andMore", n-5)))
		}
		parts = append(parts, kit.NewCard(list), kit.NewText(p.words.T("exchange.mend")),
			kit.Row(kit.NewButton(p.words.T("exchange.saveRejected"), p.onSaveRejected)))
	}
	if note != "" {
		parts = append(parts, kit.NewQuietText(note))
	}
	parts = append(parts, kit.Row(kit.NewButton(p.words.T("exchange.another"), p.go1)))
	p.show(stepDone, kit.NewScroll(kit.FormColumn(kit.Column(group(), parts...))), kit.NewPrimaryButton(p.words.T("exchange.showRegister"), p.onRegister))
}

// onSaveRejected gives the refused rows back as a file like the one that they
// came in.
func (p *page) onSaveRejected() {
	ending := ".csv"
	if p.file.Format == table.XLSX {
		ending = ".xlsx"
	}
	name := strings.TrimSuffix(p.file.Name(), filepath.Ext(p.file.Name()))
	suggestion := p.words.T("exchange.rejectedName", "Name", name) + ending
	filter := kit.FileFilter{Name: p.words.T("exchange.files"), Extensions: []string{".xlsx", ".csv"}}
	p.files.Save(p.words.T("exchange.saveRejected"), suggestion, filter, func(path string) {
		f, rejected := p.file, p.result.Rejected
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (struct{}, error) {
			return struct{}{}, exchange.WriteRejected(path, f, rejected, p.words)
		}, func(_ struct{}, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("exchange.saveRejected"), err)
				return
			}
			if !p.left {
				p.showResult(p.words.T("exchange.saved", "File", path))
			}
		})
	})
}

func (p *page) onRegister() {
	target := screen.PageBusinesses
	if p.kind == exchange.Providers {
		target = screen.PageProviders
	}
	p.env.Shell.Go(screen.Route{Page: target})
}
