package offerings

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/theme"
)

// chips narrow the list: by level one press each; by form and kind of provider
// in a dialog.
type chips struct {
	page   *Page
	row    *fyne.Container
	levels map[string]*kit.Button
	open   *kit.Button
	more   *kit.Button
	now    partner.OfferingQuery // its Levels, Forms, Kinds and OpenOn
}

func newChips(p *Page) *chips {
	c := &chips{page: p, row: kit.Row(), levels: map[string]*kit.Button{}}
	for _, level := range partner.Levels() {
		b := kit.NewChip(parts.LevelWord(p.words, level), func() { c.toggle(level) })
		c.levels[level] = b
		c.row.Add(b)
	}
	c.open = kit.NewChip(p.words.T("offering.open"), c.onOpen)
	c.more = kit.NewChip("", c.onMore)
	c.row.Add(c.open)
	c.row.Add(c.more)
	c.show()
	return c
}

func (c *chips) query() partner.OfferingQuery { return c.now }

// clear turns all of them off without telling.
func (c *chips) clear() {
	c.now = partner.OfferingQuery{}
	c.show()
}

func (c *chips) toggle(level string) {
	if i := slices.Index(c.now.Levels, level); i >= 0 {
		c.now.Levels = slices.Delete(slices.Clone(c.now.Levels), i, i+1)
	} else {
		c.now.Levels = append(slices.Clone(c.now.Levels), level)
	}
	c.changed()
}

// onOpen shows only what one can still apply for.
func (c *chips) onOpen() {
	if c.now.OpenOn == "" {
		c.now.OpenOn = data.Today()
	} else {
		c.now.OpenOn = ""
	}
	c.changed()
}

func (c *chips) changed() {
	c.show()
	c.page.Refilter()
}

// show tells which are on, by a tick and the colour.
func (c *chips) show() {
	for level, b := range c.levels {
		b.SetOn(slices.Contains(c.now.Levels, level))
	}
	c.open.SetOn(c.now.OpenOn != "")
	listing.Narrowed(c.page.words, c.more, min(len(c.now.Forms), 1)+min(len(c.now.Kinds), 1))
	c.row.Refresh()
}

func (c *chips) onMore() {
	w := c.page.words
	forms, kinds := kit.NewMultiCheck(w, parts.FormOptions(w)), kit.NewMultiCheck(w, parts.ProviderKindOptions(w))
	forms.SetSelected(c.now.Forms)
	kinds.SetSelected(c.now.Kinds)
	use := func(forms, kinds []string) {
		c.now.Forms, c.now.Kinds = forms, kinds
		c.changed()
	}
	content := kit.Column(theme.Size(theme.SizeNameGap),
		kit.SideBySide(fieldWidth, kit.NewField(w, kit.FieldOptions{Label: w.T("offering.column.form")}, forms),
			kit.NewField(w, kit.FieldOptions{Label: w.T("offering.column.kind")}, kinds)))
	listing.AskNarrow(c.page.env, 560, content, forms.FocusTarget(), func() { use(forms.Selected(), kinds.Selected()) }, func() { use(nil, nil) })
}
