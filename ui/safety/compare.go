package safety

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

const (
	mostDiffering = 12 // records of a list that are named
	mostLost      = 5  // steps that are named
)

// outlook is what a restore would change, in words.
type outlook struct {
	difference          data.Difference
	back, gone, changed []string // records
	lost                []string // the newest steps that the backup lacks
}

// compare shows what a restore would change, and restores when the person says
// so.
func (b *backups) compare(backup string) {
	env, words := b.env, b.env.Words
	dialog := kit.ShowCustom(env.Shell.Window(), words, kit.Custom{
		Title: words.T("safety.compare.title"), Content: kit.NewText(words.T("safety.compare.loading")),
		Verb: words.T("safety.compare.verb"), Danger: true, Width: 760, Height: 560,
		OnClosed: func(byVerb bool) {
			if byVerb {
				b.restorer.Restore(backup)
			}
		},
	})
	dialog.SetVerbEnabled(false)
	task.Run(env.Tasks, context.Background(), func(context.Context) (outlook, error) {
		d, err := env.Program.Compare(backup)
		if err != nil {
			return outlook{}, err
		}
		return newNamer(env).outlook(d)
	}, func(o outlook, err error) {
		if err != nil {
			dialog.SetContent(kit.NewText(words.T("safety.compare.failed")))
			dialog.SetProblem(sentence(env, err))
			return
		}
		dialog.SetContent(b.showOutlook(&o))
		dialog.SetVerbEnabled(true)
	})
}

// outlook puts a difference into words.
func (n *namer) outlook(d data.Difference) (outlook, error) {
	o := outlook{difference: d, back: n.differing(d.Back, false), gone: n.differing(d.Gone, true), changed: n.differing(d.Changed, true)}
	if d.StepsLost == 0 || !d.Related {
		return o, nil
	}
	steps, err := n.Program.Workspace.FindSteps(data.StepQuery{Limit: min(d.StepsLost, mostLost)})
	for _, s := range steps {
		if s.Last.After(d.BackupTime) {
			o.lost = append(o.lost, joined(" · ", n.Words.Moment(s.Last), s.Actor, s.Label))
		}
	}
	return o, err
}

// differing names records; what is here now may be looked up.
func (n *namer) differing(all []data.Differing, here bool) []string {
	var names []string
	for _, d := range all[:min(len(all), mostDiffering)] {
		title := d.Title
		if here && (d.Kind == "budget_row" || d.Kind == "setting") {
			title = n.title(d.Kind, d.ID)
		} else if d.Kind == "setting" {
			title = n.setting(d.ID)
		}
		name := n.named(d.Kind, title)
		var fields []string
		for _, f := range d.Fields {
			if !technical(d.Kind, f) {
				fields = append(fields, n.field(d.Kind, d.ID, f))
			}
		}
		if len(fields) > 4 {
			fields = append(fields[:4], "…")
		}
		if len(fields) > 0 {
			name = n.Words.T("safety.compare.fields", "Record", name, "Fields", strings.Join(fields, ", "))
		}
		names = append(names, name)
	}
	return names
}

// showOutlook is the content of the dialog.
func (b *backups) showOutlook(o *outlook) fyne.CanvasObject {
	words, d := b.env.Words, &o.difference
	column := kit.Column(theme.Size(theme.SizeNameGroup))
	when := words.T("safety.compare.never")
	if !d.BackupTime.IsZero() {
		when = words.Moment(d.BackupTime)
	}
	column.Add(kit.NewText(words.T("safety.compare.when", "When", when)))
	if !d.Related {
		column.Add(kit.NewMarkedLine(words, kit.Warn, words.T("safety.compare.unrelated")))
	}
	if d.StepsLost > 0 {
		lost := kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewMarkedLine(words, kit.Warn, words.N("safety.compare.lost", d.StepsLost)))
		for _, s := range o.lost {
			lost.Add(kit.NewQuietText(s))
		}
		column.Add(lost)
	}
	if d.Empty() {
		column.Add(kit.NewMarkedLine(words, kit.Fine, words.T("safety.compare.same")))
	}
	for _, part := range []struct {
		title string
		names []string
		count int
	}{
		{words.T("safety.compare.back"), o.back, len(d.Back)},
		{words.T("safety.compare.gone"), o.gone, len(d.Gone)},
		{words.T("safety.compare.changed"), o.changed, len(d.Changed)},
	} {
		if part.count == 0 {
			continue
		}
		list := kit.Column(theme.Size(theme.SizeNameGapSmall), kit.NewStrong(words.T("safety.compare.counted", "Title", part.title, "Count", words.Number(int64(part.count)))))
		for _, name := range part.names {
			list.Add(kit.NewText(name))
		}
		if more := part.count - len(part.names); more > 0 {
			list.Add(kit.NewQuietText(words.N("safety.compare.more", more)))
		}
		column.Add(list)
	}
	column.Add(kit.NewMarkedLine(words, kit.Info, words.T("safety.compare.kept")))
	return column
}
