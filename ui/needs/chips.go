package needs

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/theme"
)

// chips narrow the list: one for each state, those that are urgent, that may be
// shared and that have a finding, and one that opens the rest.
type chips struct {
	page   *Page
	row    *fyne.Container
	states map[string]*kit.Button
	urgent *kit.Button
	shared *kit.Button
	faulty *kit.Button
	more   *kit.Button
	now    need.Query
}

func newChips(p *Page) *chips {
	c := &chips{page: p, row: kit.Row(), states: map[string]*kit.Button{}}
	w := p.words
	for _, state := range []string{need.StateOpen, need.StateAccepted, need.StateNone} {
		b := kit.NewChip(need.StateWord(w, state), func() { c.now.States = toggled(c.now.States, state); c.changed() })
		c.states[state] = b
		c.row.Add(b)
	}
	c.urgent = kit.NewChip(w.T("needs.urgency.high"), func() { c.now.Urgencies = toggled(c.now.Urgencies, data.UrgencyHigh); c.changed() })
	c.shared = kit.NewChip(w.T("needs.chip.shareable"), func() { c.now.Shareable = !c.now.Shareable; c.changed() })
	c.faulty = kit.NewChip(w.T("needs.chip.faulty"), func() { c.now.Faulty = !c.now.Faulty; c.changed() })
	c.more = kit.NewChip("", c.onMore)
	for _, b := range []*kit.Button{c.urgent, c.shared, c.faulty, c.more} {
		c.row.Add(b)
	}
	c.show()
	return c
}

func toggled(all []string, value string) []string {
	if i := slices.Index(all, value); i >= 0 {
		return slices.Delete(slices.Clone(all), i, i+1)
	}
	return append(slices.Clone(all), value)
}

// clear takes all the filters away without reading the list.
func (c *chips) clear() {
	c.now = need.Query{}
	c.show()
}

func (c *chips) changed() {
	c.show()
	c.page.Refilter()
}

// show lights the chips that filter.
func (c *chips) show() {
	for state, b := range c.states {
		b.SetOn(slices.Contains(c.now.States, state))
	}
	c.urgent.SetOn(slices.Contains(c.now.Urgencies, data.UrgencyHigh))
	c.shared.SetOn(c.now.Shareable)
	c.faulty.SetOn(c.now.Faulty)
	listing.Narrowed(c.page.words, c.more, min(len(c.now.Levels), 1)+min(len(c.now.Forms), 1)+min(len(c.now.Municipalities), 1))
	c.row.Refresh()
}

// onMore asks for the filters that are used more seldom.
func (c *chips) onMore() {
	w := c.page.words
	levels, forms, places := kit.NewMultiCheck(w, levelOptions(w)), kit.NewMultiCheck(w, formOptions(w)), kit.NewMultiCheck(w, c.places())
	levels.SetSelected(c.now.Levels)
	forms.SetSelected(c.now.Forms)
	places.SetSelected(c.now.Municipalities)
	use := func(levels, forms, places []string) {
		c.now.Levels, c.now.Forms, c.now.Municipalities = levels, forms, places
		c.changed()
	}
	content := kit.Column(theme.Size(theme.SizeNameGap),
		kit.SideBySide(fieldWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("needs.field.level")}, levels), kit.NewField(w, kit.FieldOptions{Label: w.T("needs.field.form")}, forms)),
		kit.NewField(w, kit.FieldOptions{Label: w.T("needs.field.municipality")}, places))
	listing.AskNarrow(c.page.env, 640, content, levels.FocusTarget(), func() { use(levels.Selected(), forms.Selected(), places.Selected()) }, func() { use(nil, nil, nil) })
}

// places are the municipalities that the list has.
func (c *chips) places() []kit.Option {
	var all []kit.Option
	seen := map[string]bool{}
	for i := range c.page.Records {
		l := &c.page.Records[i]
		if l.Municipality != "" && !seen[l.Municipality] {
			seen[l.Municipality] = true
			all = append(all, kit.Option{ID: l.Municipality, Label: l.Place})
		}
	}
	for _, number := range c.now.Municipalities {
		if !seen[number] {
			all = append(all, kit.Option{ID: number, Label: parts.PlaceName(c.page.env, number)})
		}
	}
	sortOptions(all)
	return all
}
