package application

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/reference"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// outsideGroup is the group of chosen municipalities that lie outside the
// county.
const outsideGroup = "outside"

// targetList chooses municipalities in a list by sub-region.
type targetList struct {
	view   *targetView
	search *kit.SearchField
	tree   *kit.CheckTree
	whole  fyne.CanvasObject

	first   bool // nothing was shown yet
	outside bool // something outside the county was shown
}

func newTargetList(v *targetView) *targetList {
	words := v.desk.words
	l := &targetList{view: v, first: true, search: kit.NewSearchField(words, words.T("target.list.search"))}
	l.tree = kit.NewCheckTree(words, []string{
		words.T("target.column.name"), words.T("target.column.chosen"), words.T("target.column.class"), words.T("target.column.inhabitants"),
	})
	l.tree.OnToggled = v.onToggled
	l.tree.OnResized = v.relayout
	l.search.OnChanged = l.tree.SetFilter
	l.search.OnDown = l.onDown
	l.whole = kit.Column(theme.Size(theme.SizeNameGap), l.search, l.tree, kit.Readable(kit.NewQuietText(words.T("target.unverified"))))
	return l
}

func (l *targetList) object() fyne.CanvasObject { return l.whole }

func (l *targetList) onDown() { l.view.desk.focus(l.tree) }

func (l *targetList) show() {
	v := l.view
	outside := v.target.Outside(v.places, v.county())
	groups := l.groups(outside)
	l.tree.SetGroups(groups)
	l.tree.SetChecked(v.numbers())
	if l.first {
		l.first = false
		for _, g := range groups {
			l.tree.SetOpen(g.ID, slices.ContainsFunc(g.Items, func(i kit.CheckItem) bool { return l.tree.Checked(i.ID) }))
		}
	}
	if len(outside) > 0 && !l.outside {
		l.outside = true
		l.tree.SetOpen(outsideGroup, true)
	}
}

func (l *targetList) groups(outside []reference.Municipality) []kit.CheckGroup {
	v := l.view
	var groups []kit.CheckGroup
	for _, r := range v.places.SubRegions(v.county()) {
		name := r.Name
		if name == reference.OtherSubRegion {
			name = v.desk.words.T("target.otherSubRegion")
		}
		groups = append(groups, l.group("region:"+r.Name, name, r.Municipalities))
	}
	if len(outside) > 0 {
		groups = append(groups, l.group(outsideGroup, v.desk.words.T("target.outside"), outside))
	}
	return groups
}

func (l *targetList) group(id, label string, all []reference.Municipality) kit.CheckGroup {
	v, words, levels := l.view, l.view.desk.words, l.view.desk.call.RuralLevels()
	g := kit.CheckGroup{ID: id, Label: label}
	chosen, rural, population := 0, 0, 0
	for _, m := range all {
		if v.has(m.Number) {
			chosen++
		}
		if slices.Contains(levels, m.Centrality) {
			rural++
		}
		population += m.Population
		g.Items = append(g.Items, kit.CheckItem{ID: m.Number, Label: m.Name, Keywords: m.Number + " " + m.SamiName + " " + m.UniqueName,
			Columns: []string{"", words.Number(int64(m.Centrality)), words.Number(int64(m.Population))}})
	}
	g.Columns = []string{
		words.T("target.of", "Part", chosen, "Whole", len(all)),
		words.T("target.group.rural", "Part", rural, "Whole", len(all), "Levels", v.levels()),
		words.Number(int64(population)),
	}
	return g
}
