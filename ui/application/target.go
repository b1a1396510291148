package application

import (
	"maps"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// widthForMapBeside is the width of the field, at text size 1, from which the
// list and the map stand beside each other.
const widthForMapBeside = 860

// The ways to choose municipalities.
const (
	targetByList = "list"
	targetByMap  = "map"
)

// targetView is the municipalities that the project is for: chosen in a list or
// on a map, and how they fit the target group of the call.
type targetView struct {
	framed
	desk   *desk
	field  *grant.Field
	places *reference.Tables

	target grant.Target
	fit    *targetFit
	add    *targetAdd
	list   *targetList
	chart  *targetMap
	ways   *kit.Pair
	clear  *kit.Button
	column *fyne.Container

	shown      targetBasis
	businesses map[string]int // that shown was counted with
}

// targetBasis is what the field shows, besides the businesses.
type targetBasis struct{ answer, county, alternatives string }

func newTargetView(d *desk, f *grant.Field, jump func(string)) fieldView {
	v := &targetView{desk: d, field: f, places: d.env.Program.Places}
	words := d.words
	v.fit = newTargetFit(v, jump)
	v.add = newTargetAdd(v)
	v.list = newTargetList(v)
	v.chart = newTargetMap(v)
	v.ways = kit.NewPair(
		kit.Tab{ID: targetByList, Label: words.T("target.list"), Content: v.list.object()},
		kit.Tab{ID: targetByMap, Label: words.T("target.map"), Content: v.chart.control}, widthForMapBeside)
	v.ways.OnChanged = v.onWay
	v.clear = kit.NewButton(words.T("target.clear"), v.onClear)
	whole := kit.NewButton(words.T("target.wholeCounty"), v.onWholeCounty)
	o := d.options(f)
	o.Hint = "" // it stands over so much
	o.OnHistory = func() { showHistory(d, f) }
	v.column = kit.Column(theme.Size(theme.SizeNameGroup), kit.Readable(kit.NewQuietText(f.Help.In(words.Code()))), v.fit.object(), v.add.older, kit.Row(whole, v.clear), v.ways, v.add.object())
	v.frame = kit.NewField(words, o, v.column)
	v.whole = v.frame
	return v
}

// focus goes to the way that is in sight.
func (v *targetView) focus() {
	if v.ways.Selected() == targetByMap {
		v.desk.focus(v.chart.control)
		return
	}
	v.desk.focus(v.list.tree)
}

func (v *targetView) show(found []grant.Finding) {
	v.note(found)
	basis := targetBasis{answer: v.desk.Answer(v.field.ID), county: v.county(), alternatives: v.desk.Answer(alternativeField)}
	if v.businesses != nil && basis == v.shown && maps.Equal(v.desk.businesses, v.businesses) {
		return // each commit of any field comes by here
	}
	v.shown, v.businesses = basis, v.desk.businesses
	if v.businesses == nil {
		v.businesses = map[string]int{}
	}
	v.target = grant.ComputeTarget(v.desk.call, v.places, basis.answer, v.desk.businesses)
	v.fit.show()
	v.add.show()
	v.list.show()
	v.chart.show()
	if basis.answer == "" {
		v.clear.Disable()
	} else {
		v.clear.Enable()
	}
	v.relayout()
}

// relayout is called when a part has become higher or lower.
func (v *targetView) relayout() {
	v.ways.Refresh()
	v.column.Refresh()
	v.frame.Refresh()
	kit.Relayout(v.frame)
}

func (v *targetView) onWay(string) { v.relayout() }

// county is the county of the application, of either structure.
func (v *targetView) county() string { return v.desk.draft.Application.County }

// has tells whether a municipality is chosen.
func (v *targetView) has(number string) bool {
	return slices.ContainsFunc(v.target.Municipalities, func(m reference.Municipality) bool { return m.Number == number })
}

func (v *targetView) numbers() []string { return numbersOf(v.target.Municipalities) }

func numbersOf(all []reference.Municipality) []string {
	numbers := make([]string, len(all))
	for i, m := range all {
		numbers[i] = m.Number
	}
	return numbers
}

// change adds municipalities and takes others away, as one step to undo.
func (v *targetView) change(label string, add, remove []string) {
	field, places := v.field.ID, v.places
	v.rewrite(label, func(draft *data.Draft) string {
		return grant.ChangeMunicipalities(places, draft.Application.Answers[field], add, remove)
	})
}

func (v *targetView) rewrite(label string, answer func(*data.Draft) string) {
	field := v.field.ID
	v.desk.Change(label, func(draft *data.Draft) error {
		if draft.Application.Answers == nil {
			draft.Application.Answers = data.Values{}
		}
		draft.Application.Answers[field] = answer(draft)
		return nil
	})
}

// onToggled is the list's and the map's.
func (v *targetView) onToggled(numbers []string, on bool) {
	words := v.desk.words
	one := ""
	if m, ok := v.places.Municipality(numbers[0]); ok {
		one = m.Name
	}
	switch {
	case on && len(numbers) == 1:
		v.change(words.T("target.step.added", "Name", one), numbers, nil)
	case on:
		v.change(words.N("target.step.addedSome", len(numbers)), numbers, nil)
	case len(numbers) == 1:
		v.change(words.T("target.step.removed", "Name", one), nil, numbers)
	default:
		v.change(words.N("target.step.removedSome", len(numbers)), nil, numbers)
	}
}

// onWholeCounty adds what is missing of the county.
func (v *targetView) onWholeCounty() {
	label := v.desk.words.T("target.step.wholeCounty")
	v.change(label, numbersOf(v.places.CountyMunicipalities(v.county())), nil)
	v.desk.env.Shell.Toast(label, true)
}

// onClear takes everything away; undo brings it back.
func (v *targetView) onClear() {
	label := v.desk.words.T("target.step.cleared")
	v.rewrite(label, func(*data.Draft) string { return "" })
	v.desk.env.Shell.Toast(label, true)
	v.desk.focus(v.list.tree)
}

// noteOn tells about a municipality as the map and the list do.
func (v *targetView) noteOn(m reference.Municipality) string {
	words := v.desk.words
	return words.T("target.place", "Class", m.Centrality, "Population", words.N("target.inhabitants", m.Population))
}

// levels is "5–6", the classes that the call asks for.
func (v *targetView) levels() string {
	levels := v.desk.call.RuralLevels()
	first, last := slices.Min(levels), slices.Max(levels)
	if first == last {
		return strconv.Itoa(first)
	}
	return strconv.Itoa(first) + "–" + strconv.Itoa(last)
}
