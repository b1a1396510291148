package companies

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/companies"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// Choices of what is kept of a bulk file.
const (
	keepCounty = "county"
	keepSome   = "some"
	keepAll    = "all"
)

// selecting asks what is kept of a bulk file.
type selecting struct {
	page   *page
	path   string
	county string

	what   *kit.Radio
	search *kit.SearchField
	tree   *kit.CheckTree
	some   *fyne.Container
	wrong  *kit.SeverityLine
	chosen []string
}

func showSelection(p *page, path string) {
	words := p.words
	s := &selecting{page: p, path: path, county: p.county}
	var options []kit.Option
	if s.county != "" {
		options = append(options, kit.Option{ID: keepCounty, Label: words.T("companiesui.keep.county", "County", p.env.Program.Grants.CountyName(s.county, words.Code()))})
	}
	options = append(options, kit.Option{ID: keepSome, Label: words.T("companiesui.keep.some")}, kit.Option{ID: keepAll, Label: words.T("companiesui.keep.all")})
	s.what = kit.NewRadio(options, s.onWhat)
	s.what.SetSelected(options[0].ID)
	s.tree = kit.NewCheckTree(words, []string{words.T("companiesui.keep.municipality"), words.T("register.column.centrality")})
	s.tree.OnToggled = s.onToggled
	s.tree.OnResized = func() { kit.Relayout(s.tree) }
	s.tree.SetGroups(municipalityGroups(p.env, s.county))
	s.tree.SetOpen(s.county, true)
	s.search = kit.NewSearchField(words, words.T("companiesui.keep.search"))
	s.search.OnChanged = s.tree.SetFilter
	s.search.OnDown = func() { focus(p.env, s.tree) }
	s.some = kit.Column(gap(), s.search, s.tree)
	s.some.Hidden = options[0].ID != keepSome
	s.wrong = kit.NewMarkedLine(words, kit.Stop, "")
	s.wrong.Hide()
	kit.ShowCustom(p.env.Shell.Window(), words, kit.Custom{
		Title: words.T("companiesui.keep.title", "File", filepath.Base(path)), Verb: words.T("companiesui.keep.verb"), OnVerb: s.onVerb, Width: 560,
		Content: kit.Column(theme.Size(theme.SizeNameGroup), kit.NewText(words.T("companiesui.keep.explain")), s.what, s.some, s.wrong),
	})
}

// municipalityGroups are all municipalities by county, the own county first.
func municipalityGroups(env *screen.Env, own string) []kit.CheckGroup {
	places := env.Program.Places
	var groups []kit.CheckGroup
	for _, c := range places.Counties("2024") {
		g := kit.CheckGroup{ID: c.Number, Label: env.Program.Grants.CountyName(c.Number, env.Words.Code())}
		for _, m := range places.CountyMunicipalities(c.Number) {
			g.Items = append(g.Items, kit.CheckItem{ID: m.Number, Label: m.Name, Keywords: m.Number + " " + m.SamiName, Columns: []string{env.Words.Number(int64(m.Centrality))}})
		}
		if c.Number == own {
			groups = slices.Insert(groups, 0, g)
		} else {
			groups = append(groups, g)
		}
	}
	return groups
}

func (s *selecting) onWhat(what string) {
	s.some.Hidden = what != keepSome
	s.wrong.Hide()
	s.some.Refresh()
	kit.Relayout(s.what)
}

func (s *selecting) onToggled(ids []string, on bool) {
	if on {
		s.chosen = append(s.chosen, ids...)
	} else {
		s.chosen = slices.DeleteFunc(s.chosen, func(id string) bool { return slices.Contains(ids, id) })
	}
	s.tree.SetChecked(s.chosen)
}

func (s *selecting) onVerb() bool {
	selection, err := companies.Selection{Everything: true}, error(nil)
	switch s.what.Selected() {
	case keepCounty:
		selection, err = companies.Select(s.page.env.Program.Places, s.county, nil)
	case keepSome:
		selection, err = companies.Select(s.page.env.Program.Places, "", s.chosen)
	}
	if err != nil {
		s.wrong.Set(kit.Stop, strings.TrimSpace(Sentence(s.page.words, err)))
		s.wrong.Show()
		kit.Relayout(s.what)
		return false
	}
	s.page.start(s.path, selection)
	return true
}
