package application

import (
	"context"
	"strings"
	"sync"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// mostPlaces is how many municipalities a search shows.
const mostPlaces = 40

// targetAdd adds a municipality by name or number, of today or of earlier, and
// tells what became of those that are no more.
type targetAdd struct {
	view     *targetView
	choose   *kit.Select
	field    *kit.Field
	searches *task.Latest
	index    func() []foundPlace

	said  *fyne.Container // about the last one added
	older *fyne.Container // about the older and the unknown numbers in the answer
	shown string          // the answer that older is about
	whole fyne.CanvasObject
}

// foundPlace is a municipality to find, with its words folded.
type foundPlace struct {
	option kit.Option
	folded string
}

func newTargetAdd(v *targetView) *targetAdd {
	words := v.desk.words
	a := &targetAdd{view: v, choose: kit.NewSelect(words, nil), searches: task.NewLatest(v.desk.env.Tasks), said: kit.Column(theme.Size(theme.SizeNameGap)),
		older: kit.Column(theme.Size(theme.SizeNameGap))}
	a.index = sync.OnceValue(func() []foundPlace { return a.all(v.places) })
	a.choose.Search = a.search
	a.choose.OnChanged = a.onChosen
	a.said.Hide()
	a.older.Hide()
	a.field = kit.NewField(words, kit.FieldOptions{Label: words.T("target.add"), Hint: words.T("target.add.hint")}, a.choose)
	a.whole = kit.FormColumn(a.field, a.said)
	return a
}

func (a *targetAdd) object() fyne.CanvasObject { return a.whole }

// all are today's municipalities, and the numbers that went out of use.
func (a *targetAdd) all(places *reference.Tables) []foundPlace {
	words := a.view.desk.words
	var all []foundPlace
	for _, m := range places.Municipalities() {
		all = append(all, found(kit.Option{ID: m.Number, Label: m.Number + " " + m.Name,
			Note: words.T("target.add.note", "County", m.CountyName, "Class", m.Centrality)}, m.SamiName))
	}
	for _, r := range places.Former() {
		all = append(all, found(kit.Option{ID: r.OldNumber, Label: r.OldNumber + " " + r.OldName,
			Note: words.T("target.add.former", "Years", r.Vintage, "Name", r.Name)}, ""))
	}
	return all
}

func found(o kit.Option, also string) foundPlace {
	return foundPlace{option: o, folded: kit.Fold(o.Label + " " + also)}
}

func (a *targetAdd) search(query string, found func([]kit.Option)) {
	task.RunLatest(a.searches, context.Background(), func(context.Context) ([]kit.Option, error) {
		return matching(a.index(), query), nil
	}, func(options []kit.Option, _ error) { found(options) })
}

// matching are the places with each word of the query in them; those where a
// word begins with it come first.
func matching(all []foundPlace, query string) []kit.Option {
	words := strings.Fields(kit.Fold(query))
	var first, rest []kit.Option
	for _, p := range all {
		hit, begins := true, true
		for _, w := range words {
			hit = hit && strings.Contains(p.folded, w)
			begins = begins && strings.Contains(" "+p.folded, " "+w)
		}
		switch {
		case hit && begins:
			first = append(first, p.option)
		case hit:
			rest = append(rest, p.option)
		}
	}
	first = append(first, rest...)
	return first[:min(len(first), mostPlaces)]
}

// onChosen adds the municipality of today, and says what was done.
func (a *targetAdd) onChosen(number string) {
	a.choose.SetChoice(kit.Option{})
	r, ok := a.view.places.Resolve(number)
	if !ok {
		return
	}
	words := a.view.desk.words
	name, before := r.Number+" "+r.Name, a.view.has(r.Number)
	done := words.T("target.add.done", "Name", name)
	if before {
		done = words.T("target.add.before", "Name", name)
	}
	if r.Change != "" {
		done = a.became(r) + " " + done
	}
	if !before {
		a.view.onToggled([]string{r.Number}, true)
	}
	a.said.Objects = append([]fyne.CanvasObject{kit.NewText(done)}, a.otherParts(r)...)
	a.said.Show()
	a.said.Refresh()
	a.view.relayout()
}

// otherParts are buttons for the parts of a split municipality that are not
// chosen.
func (a *targetAdd) otherParts(r reference.Resolution) []fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	for _, s := range r.Shares {
		if number := s.Number; !s.Main && !a.view.has(number) {
			buttons = append(buttons, kit.Row(kit.NewButton(a.view.desk.words.T("target.older.addPart", "Name", s.Name),
				func() { a.onPart(number) })))
		}
	}
	return buttons
}

func (a *targetAdd) onPart(number string) {
	a.said.Objects = nil
	a.said.Hide()
	a.view.onToggled([]string{number}, true)
}

// became is the sentence of what became of a number.
func (a *targetAdd) became(r reference.Resolution) string {
	words := a.view.desk.words
	old, now := r.OldNumber+" "+r.OldName, r.Number+" "+r.Name
	switch r.Change {
	case "merged":
		return words.T("target.became.merged", "Old", old, "Years", r.Vintage, "Now", now)
	case "split":
		var parts []string
		for _, s := range r.Shares {
			parts = append(parts, words.T("target.became.part", "Name", s.Number+" "+s.Name, "Percent", percentOf(words.Percent, s.Share)))
		}
		return words.T("target.became.split", "Old", old, "Years", r.Vintage, "Parts", strings.Join(parts, ", "))
	}
	return words.T("target.became.renumbered", "Old", old, "Years", r.Vintage, "Now", now)
}

func percentOf(percent func(part, whole int64, decimals int) string, share float64) string {
	const fine = 10_000
	return percent(int64(share*fine+0.5), fine, 0)
}

// show tells about the older and the unknown numbers in the answer.
func (a *targetAdd) show() {
	v, words := a.view, a.view.desk.words
	answer := v.desk.Answer(v.field.ID)
	if answer == a.shown {
		return
	}
	a.shown = answer
	a.said.Hide()
	a.older.Objects = nil
	for _, r := range v.target.Renumbered {
		a.older.Add(kit.NewMarkedLine(words, kit.Info, a.became(r)))
		a.older.Objects = append(a.older.Objects, a.otherParts(r)...)
	}
	if len(v.target.Renumbered) > 0 {
		a.older.Add(kit.Row(kit.NewButton(words.N("target.older.replace", len(v.target.Renumbered)), a.onReplace)))
	}
	for _, number := range v.target.Unknown {
		a.older.Add(kit.Row(kit.NewText(words.T("target.unknown", "Number", number)),
			kit.NewButton(words.T("target.unknown.remove"), func() { a.onRemoveUnknown(number) })))
	}
	a.older.Hidden = len(a.older.Objects) == 0
	a.older.Refresh()
}

// onReplace writes today's numbers in place of the older ones.
func (a *targetAdd) onReplace() {
	field, places := a.view.field.ID, a.view.places
	a.view.rewrite(a.view.desk.words.T("target.step.replaced"), func(draft *data.Draft) string {
		return grant.CurrentMunicipalities(places, draft.Application.Answers[field])
	})
}

func (a *targetAdd) onRemoveUnknown(number string) {
	a.view.change(a.view.desk.words.T("target.step.removed", "Name", number), nil, []string{number})
}
