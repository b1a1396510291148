package submission

import (
	"slices"
	"strconv"

	"kompetansepilot/app/document"
	"kompetansepilot/app/grant"
	"kompetansepilot/app/reference"
)

// area tells which municipalities the project covers, how they lie on the
// centrality scale, and where they are.
func (b *builder) area(f *grant.Field) {
	t := &b.target
	if len(t.Municipalities) > 0 {
		b.targetText()
		b.areaMap()
		table := b.placeTable(b.label(f))
		table.Source = b.words.T("document.area.source", "Vintage", t.Vintage, "Date", b.words.DateLong(t.PopulationDate))
		b.add(table)
	}
	if len(t.Renumbered) > 0 {
		var all []string
		for _, r := range t.Renumbered {
			all = append(all, b.words.T("document.area.now", "Old", r.OldNumber+" "+r.OldName, "New", r.Number+" "+r.Name))
		}
		b.paragraph(b.words.T("document.area.renumbered", "List", list(all)))
	}
	for _, number := range t.Unknown {
		b.paragraph(b.words.T("document.area.unknown", "Number", number))
	}
}

// levels are the call's levels as words: "5 og 6".
func (b *builder) levels() string {
	levels := b.levelList()
	text := strconv.Itoa(levels[0])
	for _, l := range levels[1:] {
		text = b.words.T("document.area.and", "First", text, "Last", l)
	}
	return text
}

func (b *builder) levelList() []int {
	if l := b.Call.TargetGroup.Centrality.Levels; len(l) > 0 {
		return l
	}
	return []int{5, 6}
}

// targetText is the calculation behind the target group.
func (b *builder) targetText() {
	t, w := &b.target, b.words
	all := int64(len(t.Municipalities))
	items := [][]document.Span{
		document.Text(w.N("document.area.rural", t.Rural, "All", all, "Percent", w.Percent(int64(t.Rural), all, 0), "Levels", b.levels())),
	}
	if t.Population > 0 {
		items = append(items, document.Text(w.T("document.area.people", "Rural", w.Number(int64(t.RuralPopulation)), "All", w.Number(int64(t.Population)),
			"Percent", w.Percent(int64(t.RuralPopulation), int64(t.Population), 0), "Levels", b.levels())))
	}
	if t.Businesses > 0 {
		items = append(items, document.Text(w.N("document.area.businesses", t.RuralBusinesses, "All", w.Number(int64(t.Businesses)),
			"Percent", w.Percent(int64(t.RuralBusinesses), int64(t.Businesses), 0), "Levels", b.levels())))
	}
	b.add(document.List{Items: items})
}

// placeTable is a row for each municipality, by number.
func (b *builder) placeTable(label string) document.Table {
	w := b.words
	counted := b.target.Businesses > 0
	t := document.Table{Caption: b.tableCaption(label), RowHeader: true, Columns: []document.Column{
		{Header: w.T("document.area.name"), Weight: 2.4}, {Header: w.T("document.area.number"), Weight: 1},
		{Header: w.T("document.area.centrality"), Align: document.Right, Weight: 1}, {Header: w.T("document.area.population"), Align: document.Right, Weight: 1.2}}}
	if counted {
		t.Columns = append(t.Columns, document.Column{Header: w.T("document.area.inRegister"), Align: document.Right, Weight: 1.4})
	}
	for _, m := range b.chosen() {
		row := []string{m.Name, m.Number, strconv.Itoa(m.Centrality), w.Number(int64(m.Population))}
		if counted {
			row = append(row, w.Number(int64(b.Businesses[m.Number])))
		}
		t.Rows = append(t.Rows, row)
	}
	foot := []string{w.N("document.area.sum", len(b.target.Municipalities)), "", "", w.Number(int64(b.target.Population))}
	if counted {
		foot = append(foot, w.Number(int64(b.target.Businesses)))
	}
	t.Foot = [][]string{foot}
	return t
}

// chosen are the municipalities by number.
func (b *builder) chosen() []reference.Municipality {
	all := slices.Clone(b.target.Municipalities)
	slices.SortFunc(all, func(x, y reference.Municipality) int {
		if x.Number < y.Number {
			return -1
		}
		return 1
	})
	return all
}
