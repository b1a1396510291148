package companies

import (
	"context"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/companies"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// countPause is how long the person rests before the hits are counted.
const countPause = 200 * time.Millisecond

// What kind of units are added.
const (
	mainUnits = "main"
	allUnits  = "all"
)

// adding is the dialog that adds many of the loaded units at once.
type adding struct {
	env  *screen.Env
	kind string

	text, industry, from, to *kit.TextField
	units                    *kit.Radio
	places                   *kit.CheckTree
	chosen                   map[string]bool
	told                     *kit.SeverityLine
	counts                   *task.Latest
	soon                     *task.Debouncer
}

// ShowAddMany opens the dialog that adds many units to the organisations of a kind.
func ShowAddMany(env *screen.Env, kind string) *kit.Dialog {
	words := env.Words
	a := &adding{env: env, kind: kind, text: kit.NewTextField(), industry: kit.NewTextField(), from: kit.NewTextField(), to: kit.NewTextField(),
		chosen: map[string]bool{}, counts: task.NewLatest(env.Tasks), told: kit.NewMarkedLine(words, kit.Info, words.T("companiesui.add.counting"))}
	a.soon = task.NewDebouncer(env.Tasks, countPause, a.count)
	for _, f := range []*kit.TextField{a.text, a.industry, a.from, a.to} {
		f.OnChanged = func(string) { a.soon.Trigger() }
	}
	a.units = kit.NewRadio([]kit.Option{{ID: mainUnits, Label: words.T("companiesui.add.main")}, {ID: allUnits, Label: words.T("companiesui.add.all")}}, func(string) { a.soon.Trigger() })
	a.units.SetSelected(mainUnits)
	a.places = kit.NewCheckTree(words, []string{words.T("companiesui.keep.municipality"), words.T("register.column.centrality")})
	a.places.OnToggled = a.onPlaces
	a.places.OnResized = func() { kit.Relayout(a.places) }
	search := kit.NewSearchField(words, words.T("companiesui.keep.search"))
	search.OnChanged = a.places.SetFilter
	search.OnDown = func() { focus(env, a.places) }
	field := func(label, hint string, control fyne.CanvasObject) fyne.CanvasObject {
		return kit.NewField(words, kit.FieldOptions{Label: label, Hint: hint}, control)
	}
	dialog := kit.ShowCustom(env.Shell.Window(), words, kit.Custom{
		Title: words.T("companiesui.add.title"), Verb: words.T("companiesui.add.verb"), OnVerb: a.onVerb, Width: 620, Focus: a.industry.FocusTarget(),
		OnClosed: func(bool) { a.soon.Stop(); a.counts.Cancel() },
		Content: kit.Column(gap(), a.told,
			kit.SideBySide(200, field(words.T("register.narrow.industry"), words.T("register.narrow.industryHint"), a.industry),
				field(words.T("companiesui.add.name"), "", a.text)),
			kit.SideBySide(150, field(words.T("companiesui.add.from"), "", a.from), field(words.T("companiesui.add.to"), words.T("companiesui.add.toHint"), a.to)),
			a.units, field(words.T("register.column.municipality"), words.T("companiesui.add.placesHint"), search), a.places),
	})
	task.Run(env.Tasks, context.Background(), func(context.Context) (string, error) {
		return env.Program.Setting(app.SettingCounty), nil
	}, func(county string, _ error) {
		a.places.SetGroups(municipalityGroups(env, county))
		a.soon.Trigger()
	})
	return dialog
}

func (a *adding) onPlaces(ids []string, on bool) {
	for _, id := range ids {
		a.chosen[id] = on
	}
	a.places.SetChecked(a.municipalities())
	a.soon.Trigger()
}

// municipalities are those chosen, in the order of their numbers.
func (a *adding) municipalities() []string {
	var all []string
	for _, m := range a.env.Program.Places.Municipalities() {
		if a.chosen[m.Number] {
			all = append(all, m.Number)
		}
	}
	return all
}

func (a *adding) query() companies.Query {
	number := func(f *kit.TextField) int {
		n, _ := strconv.Atoi(strings.TrimSpace(f.Text()))
		return max(n, 0)
	}
	return companies.Query{Text: a.text.Text(), Industry: strings.TrimSpace(a.industry.Text()), From: number(a.from), To: number(a.to),
		Main: a.units.Selected() == mainUnits, Municipalities: a.municipalities()}
}

func (a *adding) count() {
	env, q := a.env, a.query()
	task.RunLatest(a.counts, context.Background(), func(ctx context.Context) (companies.Addition, error) {
		return env.Program.Companies.Addable(ctx, env.Program.Workspace, a.kind, q)
	}, func(n companies.Addition, err error) {
		switch {
		case err != nil:
			a.told.Set(kit.Warn, orFault(env.Words, err))
		case n.Had > 0:
			a.told.Set(kit.Info, sentences(env.Words.N("companiesui.add.found", n.Added), env.Words.N("companiesui.add.had", n.Had)))
		default:
			a.told.Set(kit.Info, env.Words.N("companiesui.add.found", n.Added))
		}
		kit.Relayout(a.told)
	})
}

// onVerb adds them in the background; it can be undone as one step.
func (a *adding) onVerb() bool {
	a.soon.Flush()
	env, q, kind := a.env, a.query(), a.kind
	label := func(n int) string { return env.Words.N("companiesui.step.added", n) }
	doing := env.Words.T("companiesui.add.title")
	ctx, stop := context.WithCancel(context.Background())
	progress(env, doing, -1, stop)
	task.Run(env.Tasks, ctx, func(ctx context.Context) (companies.Addition, error) {
		return env.Program.Companies.AddAll(ctx, env.Program.Workspace, kind, q, label)
	}, func(n companies.Addition, err error) {
		stopped := ctx.Err() != nil
		stop()
		progressDone(env)
		switch {
		case stopped:
			env.Shell.Toast(env.Words.T("companiesui.add.stopped"), false)
		case err != nil:
			env.Shell.Fail(doing, err)
		case n.Added == 0:
			env.Shell.Toast(env.Words.N("companiesui.add.found", 0), false)
		default:
			env.Shell.Saved()
			env.Shell.Toast(label(n.Added), true)
		}
	})
	return true
}
