package register

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

// narrowMore are the parts of the dialog of narrowing for municipalities and own
// fields.
type narrowMore struct {
	page   *Page
	places *kit.CheckTree
	chosen map[string]bool // municipalities
	own    []ownCondition
}

// ownCondition are the controls for one own field.
type ownCondition struct {
	field    data.OwnField
	oneOf    *kit.MultiCheck
	text     *kit.TextField
	from, to *kit.TextField
	after    *kit.DateField
	before   *kit.DateField
}

func newNarrowMore(p *Page, now *partner.Narrow) *narrowMore {
	m := &narrowMore{page: p, chosen: map[string]bool{}}
	m.places = kit.NewCheckTree(p.words, []string{p.words.T("register.column.municipality"), p.words.T("register.column.centrality")})
	m.places.OnToggled = m.onPlaces
	m.places.OnResized = func() { kit.Relayout(m.places) }
	m.places.SetGroups(countyGroups(p, p.own.county, nil))
	m.places.SetChecked(now.Municipalities)
	for _, number := range now.Municipalities {
		m.chosen[number] = true
	}
	held := map[string]partner.OwnNarrow{}
	for _, c := range now.Own {
		held[c.Field] = c
	}
	for _, f := range p.own.all() {
		m.own = append(m.own, newOwnCondition(p, f, held[f.ID]))
	}
	return m
}

// countyGroups are all municipalities by county, the own county first. note, if it
// is not nil, gives what stands in a column between name and centrality.
func countyGroups(p *Page, own string, note func(number string) string) []kit.CheckGroup {
	places := p.env.Program.Places
	var first, rest []kit.CheckGroup
	for _, c := range places.Counties("2024") {
		g := kit.CheckGroup{ID: c.Number, Label: p.env.Program.Grants.CountyName(c.Number, p.words.Code())}
		for _, m := range places.CountyMunicipalities(c.Number) {
			item := kit.CheckItem{ID: m.Number, Label: m.Name, Keywords: m.Number + " " + m.SamiName}
			if note != nil {
				item.Columns = append(item.Columns, note(m.Number))
			}
			item.Columns = append(item.Columns, p.words.Number(int64(m.Centrality)))
			g.Items = append(g.Items, item)
		}
		if c.Number == own {
			first = append(first, g)
		} else {
			rest = append(rest, g)
		}
	}
	return append(first, rest...)
}

func (m *narrowMore) onPlaces(ids []string, on bool) {
	for _, id := range ids {
		m.chosen[id] = on
	}
	m.places.SetChecked(m.municipalities())
}

// municipalities are those chosen, in the order of their numbers.
func (m *narrowMore) municipalities() []string {
	var all []string
	for _, place := range m.page.env.Program.Places.Municipalities() {
		if m.chosen[place.Number] {
			all = append(all, place.Number)
		}
	}
	return all
}

func newOwnCondition(p *Page, f data.OwnField, now partner.OwnNarrow) ownCondition {
	c := ownCondition{field: f}
	switch f.FieldOf {
	case data.OwnChoice:
		var options []kit.Option
		for _, choice := range partner.OwnChoices(&f) {
			options = append(options, kit.Option{ID: choice, Label: choice})
		}
		c.oneOf = kit.NewMultiCheck(p.words, options)
		c.oneOf.SetSelected(now.OneOf)
	case data.OwnDate:
		c.after, c.before = kit.NewDateField(p.words), kit.NewDateField(p.words)
		c.after.SetValue(now.From)
		c.before.SetValue(now.To)
	case data.OwnNumber:
		c.from, c.to = kit.NewTextField(), kit.NewTextField()
		c.from.SetText(ownWord(p.words, &f, now.From))
		c.to.SetText(ownWord(p.words, &f, now.To))
	default:
		c.text = kit.NewTextField()
		c.text.SetText(now.Contains)
	}
	return c
}

// objects are the fields in the dialog.
func (m *narrowMore) objects() []fyne.CanvasObject {
	words := m.page.words
	frame := func(label string, control fyne.CanvasObject) fyne.CanvasObject {
		return kit.NewField(words, kit.FieldOptions{Label: label}, control)
	}
	var all []fyne.CanvasObject
	for i := range m.own {
		c := &m.own[i]
		name := c.field.Name
		switch {
		case c.oneOf != nil:
			all = append(all, frame(name, c.oneOf))
		case c.after != nil:
			all = append(all, kit.SideBySide(fieldWidth, frame(words.T("ownfield.from", "Name", name), c.after), frame(words.T("ownfield.to", "Name", name), c.before)))
		case c.from != nil:
			all = append(all, kit.SideBySide(fieldWidth, frame(words.T("ownfield.from", "Name", name), c.from), frame(words.T("ownfield.to", "Name", name), c.to)))
		default:
			all = append(all, frame(words.T("ownfield.contains", "Name", name), c.text))
		}
	}
	search := kit.NewSearchField(words, words.T("companiesui.keep.search"))
	search.OnChanged = m.places.SetFilter
	search.OnDown = func() { m.page.focus(m.places) }
	return append(all, kit.Column(spacing(), frame(words.T("register.column.municipality"), search), m.places))
}

// put adds what the dialog says to a narrowing.
func (m *narrowMore) put(n *partner.Narrow) {
	n.Municipalities = m.municipalities()
	for i := range m.own {
		c := &m.own[i]
		out := partner.OwnNarrow{Field: c.field.ID, Type: c.field.FieldOf}
		switch {
		case c.oneOf != nil:
			out.OneOf = c.oneOf.Selected()
		case c.after != nil:
			out.From, _ = c.after.Value()
			out.To, _ = c.before.Value()
		case c.from != nil:
			out.From, _ = partner.ParseOwnNumber(c.from.Text())
			out.To, _ = partner.ParseOwnNumber(c.to.Text())
		default:
			out.Contains = c.text.Text()
		}
		if !out.Nothing() {
			n.Own = append(n.Own, out)
		}
	}
}
