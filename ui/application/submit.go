package application

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// showSubmit asks for what the portal gave when the application was handed in.
// Findings that stop are shown first, and must be mended before.
func (p *Page) showSubmit() {
	if !p.Ready() {
		return
	}
	window, words := p.env.Shell.Window(), p.words
	if n := p.report.Count(grant.Stop); n > 0 {
		kit.ShowConfirm(window, words, kit.Confirm{
			Title: words.T("application.submit.title"), Text: words.N("application.submit.stops", n), Verb: words.T("application.submit.showStops"),
			OnDone: p.onStopsShown,
		})
		return
	}
	date, number := kit.NewDateField(words), kit.NewTextField()
	date.SetValue(data.Today())
	kit.ShowForm(window, words, kit.Form{
		Title: words.T("application.submit.title"), Text: words.T("application.submit.text"), Verb: words.T("application.submit.verb"),
		Fields: []fyne.CanvasObject{
			kit.NewField(words, kit.FieldOptions{Label: words.T("application.submit.date"), Required: true}, date),
			kit.NewField(words, kit.FieldOptions{Label: words.T("application.submit.case"), Hint: words.T("application.submit.caseHint"), Required: true}, number),
		},
		Check: func() error {
			iso, _ := date.Value()
			return errors.Join(p.needed(iso, words.T("application.submit.noDate")), p.needed(number.Text(), words.T("application.submit.noCase")))
		},
		OnDone: func() {
			iso, _ := date.Value()
			p.submit(iso, number.Text())
		},
	})
}

func (p *Page) onStopsShown(yes bool) {
	if yes {
		p.showFindings()
	}
}

// submitted is what came of a submission.
type submitted struct {
	version data.Version
	report  grant.Report
}

func (p *Page) submit(date, number string) {
	p.saver.Flush()
	words := p.words
	task.Run(p.env.Tasks, context.Background(), func(ctx context.Context) (submitted, error) {
		if err := p.saver.Drain(ctx); err != nil {
			return submitted{}, err
		}
		v, r, err := p.env.Program.Grants.Submit(words.T("application.submit.step"), p.id, date, number, words)
		return submitted{v, r}, err
	}, p.onSubmitted)
}

func (p *Page) onSubmitted(s submitted, err error) {
	if err != nil {
		p.env.Shell.Fail(p.words.T("application.submit.title"), err)
		if errors.Is(err, grant.ErrStops) {
			p.report = s.report
			p.show()
			p.showFindings()
		}
		return
	}
	p.env.Shell.Saved()
	p.env.Shell.Toast(p.words.T("application.submit.done", "Name", s.version.Name), false)
	p.Load()
}
