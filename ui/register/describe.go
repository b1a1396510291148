package register

import (
	"strconv"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
)

// mostNamed is how many things of one kind a filter's description names.
const mostNamed = 5

// describe is a filter in words, "" for one that lets all through.
func (p *Page) describe(f *partner.Filter) string {
	words := p.words
	var parts []string
	if f.Text != "" {
		parts = append(parts, words.T("savedfilter.text", "Text", f.Text))
	}
	var statuses, sizes, classes, places []string
	for _, s := range f.Statuses {
		statuses = append(statuses, exchange.StatusWord(words, s))
	}
	for _, band := range f.Narrow.Sizes {
		sizes = append(sizes, exchange.SizeWord(words, band))
	}
	for _, class := range f.Narrow.Centrality {
		classes = append(classes, strconv.Itoa(class))
	}
	for _, number := range f.Narrow.Municipalities {
		if m, ok := p.register.Place(number); ok {
			number = m.UniqueName
		}
		places = append(places, number)
	}
	add := func(label string, values []string) {
		if len(values) > mostNamed {
			values = append(values[:mostNamed:mostNamed], words.T("savedfilter.others", "Count", len(values)-mostNamed))
		}
		if len(values) > 0 {
			parts = append(parts, words.T("savedfilter.part", "Label", label, "Values", lang.Joined(", ", values...)))
		}
	}
	add(words.T("register.column.status"), statuses)
	add(words.T("register.column.size"), sizes)
	if f.Narrow.Industry != "" {
		add(words.T("register.column.industry"), []string{f.Narrow.Industry})
	}
	add(words.T("register.column.centrality"), classes)
	add(words.T("register.column.municipality"), places)
	all := p.own.all()
	for i := range f.Narrow.Own {
		c := &f.Narrow.Own[i]
		for n := range all {
			if all[n].ID == c.Field {
				add(all[n].Name, p.ownConditions(&all[n], c))
			}
		}
	}
	return lang.Joined(" · ", parts...)
}

// ownConditions are what an own field must hold, in words.
func (p *Page) ownConditions(f *data.OwnField, c *partner.OwnNarrow) []string {
	values := c.OneOf
	if c.Contains != "" {
		values = append(values, p.words.T("savedfilter.text", "Text", c.Contains))
	}
	if c.From != "" {
		values = append(values, p.words.T("savedfilter.from", "Value", ownWord(p.words, f, c.From)))
	}
	if c.To != "" {
		values = append(values, p.words.T("savedfilter.to", "Value", ownWord(p.words, f, c.To)))
	}
	return values
}
