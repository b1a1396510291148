package application

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/reference"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// alternativeField is the field with the alternatives that are chosen; the rules
// know it by this name too.
const alternativeField = "targetAlternative"

// targetFit shows how the chosen municipalities fit the alternatives of the
// call. It never says yes or no: the call does not define "overvekt".
type targetFit struct {
	view  *targetView
	jump  func(string)
	empty *kit.Text
	lines []*targetLine
	rest  *fyne.Container // all that needs a choice
	basis *kit.Text
	card  *fyne.Container
	whole fyne.CanvasObject
}

// targetLine is a line of the calculation: what is counted, and the number,
// which opens what it is made from.
type targetLine struct {
	link *kit.Button
	row  *fyne.Container
	say  func(*grant.Target) string
}

func newTargetFit(v *targetView, jump func(string)) *targetFit {
	t, words := &targetFit{view: v, jump: jump}, v.desk.words
	gap := theme.Size(theme.SizeNameGapSmall)
	t.empty = kit.NewText(words.T("target.fit.empty"))
	t.basis = kit.NewQuietText("")
	t.rest = kit.Column(gap)
	t.line(words.T("target.fit.total"), t.sayTotal, t.onTotal)
	if f := v.desk.call.Field(alternativeField); f != nil {
		t.line(words.T("target.fit.alternative"), t.sayAlternatives, func() { t.jump(alternativeField) }).link.
			SetTip(words.T("application.goToField", "Field", v.desk.label(f)))
	}
	for _, a := range v.desk.call.TargetGroup.Alternatives {
		if slices.Contains(a.Needs, grant.NeedsMunicipalities) {
			t.line(t.of(a, words.T("target.fit.municipalities", "Levels", v.levels())), t.sayMunicipalities, t.onMunicipalities)
			t.line(t.of(a, words.T("target.fit.inhabitants")), t.sayInhabitants, t.onInhabitants)
		}
		if slices.Contains(a.Needs, grant.NeedsBusinesses) {
			t.line(t.of(a, words.T("target.fit.businesses", "Levels", v.levels())), t.sayBusinesses, t.onBusinesses)
		}
		if slices.Contains(a.Needs, grant.NeedsJustification) {
			t.argue(a)
		}
	}
	t.rest.Add(kit.Hairline())
	t.rest.Add(kit.NewQuietText(words.T("target.fit.undefined")))
	t.rest.Add(t.basis)
	t.card = kit.Column(0, t.empty, t.rest)
	t.whole = kit.NewCard(t.card)
	return t
}

func (t *targetFit) object() fyne.CanvasObject { return t.whole }

// of says which alternative a line is for.
func (t *targetFit) of(a grant.Alternative, what string) string {
	return t.view.desk.words.T("target.fit.line", "ID", a.ID, "What", what)
}

func (t *targetFit) line(what string, say func(*grant.Target) string, open func()) *targetLine {
	l := &targetLine{link: kit.NewLink("", open), say: say}
	l.link.SetTip(t.view.desk.words.T("target.behind.tip"))
	l.row = kit.Row(kit.NewText(what), kit.Spacer(), l.link)
	t.lines = append(t.lines, l)
	t.rest.Add(l.row)
	return l
}

// argue is an alternative that no number can show: what is to be told, and the
// way to where it is written.
func (t *targetFit) argue(a grant.Alternative) {
	d := t.view.desk
	row := kit.Row(kit.NewText(t.of(a, d.words.T("target.fit.argue"))))
	if f := d.call.Field(justificationField(d.call)); f != nil {
		id := f.ID
		row.Add(kit.Spacer())
		row.Add(kit.NewLink(d.words.T("application.goToField", "Field", d.label(f)), func() { t.jump(id) }))
	}
	t.rest.Add(row)
	t.rest.Add(kit.NewQuietText(a.Label.In(d.words.Code())))
}

// justificationField is the field that the call's rule of justification points
// to.
func justificationField(call *grant.Call) string {
	for i := range call.Rules {
		if call.Rules[i].Kind == "justification" {
			return call.Rules[i].Field
		}
	}
	return "targetJustification"
}

func (t *targetFit) show() {
	v, words := t.view, t.view.desk.words
	target := &v.target
	t.empty.Hidden = len(target.Municipalities) > 0
	t.rest.Hidden = !t.empty.Hidden
	if t.rest.Visible() {
		for _, l := range t.lines {
			l.link.SetText(l.say(target))
			l.row.Refresh()
		}
		t.basis.SetText(words.T("target.fit.basis", "Classification", v.desk.call.TargetGroup.Centrality.Classification,
			"Year", target.Vintage, "Date", words.DateLong(target.PopulationDate)))
	}
	t.rest.Refresh()
	t.card.Refresh()
	t.whole.Refresh()
}

func (t *targetFit) sayTotal(g *grant.Target) string {
	words := t.view.desk.words
	return words.N("target.fit.chosen", len(g.Municipalities), "Population", words.N("target.inhabitants", g.Population))
}

// share is "17 av 21 = 81 %".
func (t *targetFit) share(part, whole int) string {
	words := t.view.desk.words
	return words.T("target.share", "Part", words.Number(int64(part)), "Whole", words.Number(int64(whole)),
		"Percent", words.Percent(int64(part), int64(whole), 0))
}

// sayAlternatives are the alternatives that the application has chosen.
func (t *targetFit) sayAlternatives(*grant.Target) string {
	chosen := grant.ParseChoices(t.view.desk.Answer(alternativeField))
	if len(chosen) == 0 {
		return t.view.desk.words.T("target.fit.noAlternative")
	}
	return strings.Join(chosen, ", ")
}

func (t *targetFit) sayMunicipalities(g *grant.Target) string {
	return t.share(g.Rural, len(g.Municipalities))
}

func (t *targetFit) sayInhabitants(g *grant.Target) string {
	return t.share(g.RuralPopulation, g.Population)
}

func (t *targetFit) sayBusinesses(g *grant.Target) string {
	if g.Businesses == 0 {
		return t.view.desk.words.T("target.fit.noBusinesses")
	}
	return t.share(g.RuralBusinesses, g.Businesses)
}

func (t *targetFit) onTotal() { t.open(t.view.desk.words.T("target.fit.total"), "") }

func (t *targetFit) onMunicipalities() {
	t.open(t.view.desk.words.T("target.fit.municipalities", "Levels", t.view.levels()), t.sayMunicipalities(&t.view.target))
}

func (t *targetFit) onInhabitants() {
	t.open(t.view.desk.words.T("target.fit.inhabitants"), t.sayInhabitants(&t.view.target))
}

func (t *targetFit) onBusinesses() {
	t.open(t.view.desk.words.T("target.fit.businesses", "Levels", t.view.levels()), t.sayBusinesses(&t.view.target))
}

// open lists the municipalities behind a number: those that count, and the
// others.
func (t *targetFit) open(title, sum string) {
	v, words := t.view, t.view.desk.words
	tree := kit.NewCheckTree(words, []string{
		words.T("target.column.name"), words.T("target.column.class"), words.T("target.column.inhabitants"), words.T("target.column.businesses"),
	})
	rural := v.target.RuralMunicipalities()
	others := slices.DeleteFunc(slices.Clone(v.target.Municipalities), func(m reference.Municipality) bool {
		return slices.Contains(v.target.Levels, m.Centrality)
	})
	groups := []kit.CheckGroup{
		t.behind("rural", words.T("target.behind.rural", "Levels", v.levels(), "Count", len(rural)), rural),
		t.behind("others", words.T("target.behind.others", "Count", len(others)), others),
	}
	tree.SetGroups(groups)
	for _, g := range groups {
		tree.SetOpen(g.ID, true)
	}
	var parts []fyne.CanvasObject
	if sum != "" {
		parts = append(parts, kit.NewStrong(sum))
	}
	parts = append(parts, tree, kit.NewQuietText(t.basis.Text()))
	kit.ShowCustom(v.desk.env.Shell.Window(), words, kit.Custom{
		Title: title, Content: kit.Column(theme.Size(theme.SizeNameGap), parts...), Width: 600, Height: 560, Focus: tree,
	})
}

func (t *targetFit) behind(id, label string, all []reference.Municipality) kit.CheckGroup {
	words, businesses := t.view.desk.words, t.view.desk.businesses
	g := kit.CheckGroup{ID: id, Label: label}
	population, registered := 0, 0
	for _, m := range all {
		population += m.Population
		registered += businesses[m.Number]
		g.Items = append(g.Items, kit.CheckItem{ID: m.Number, Label: m.Number + " " + m.UniqueName, Columns: []string{
			words.Number(int64(m.Centrality)), words.Number(int64(m.Population)), words.Number(int64(businesses[m.Number])),
		}})
	}
	g.Columns = []string{"", words.Number(int64(population)), words.Number(int64(registered))}
	return g
}
