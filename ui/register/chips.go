package register

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/ui/kit"
)

// chips filter by status. Each says how many it would give; a tick and the
// colour tell which are on.
type chips struct {
	words    *lang.Printer
	row      *fyne.Container
	statuses []partner.Status
	buttons  []*kit.Button
	on       map[partner.Status]bool
	onChange func()
}

func newChips(words *lang.Printer, kind string, onChange func()) *chips {
	c := &chips{words: words, row: kit.Row(), statuses: partner.Pipeline(kind), on: map[partner.Status]bool{}, onChange: onChange}
	for _, s := range c.statuses {
		b := kit.NewChip(exchange.StatusWord(words, s), func() { c.toggle(s) })
		c.buttons = append(c.buttons, b)
		c.row.Add(b)
	}
	c.show(nil)
	return c
}

func (c *chips) toggle(s partner.Status) {
	c.on[s] = !c.on[s]
	c.onChange()
}

// clear turns all of them off without telling.
func (c *chips) clear() { c.on = map[partner.Status]bool{} }

// chosen are the statuses that are on, nil for none.
func (c *chips) chosen() []partner.Status {
	var all []partner.Status
	for _, s := range c.statuses {
		if c.on[s] {
			all = append(all, s)
		}
	}
	return all
}

// show writes the numbers. A status that nobody has takes no room.
func (c *chips) show(counts map[partner.Status]int) {
	for s := range counts {
		if !slices.Contains(c.statuses, s) {
			c.add(s)
		}
	}
	for i, s := range c.statuses {
		b := c.buttons[i]
		b.SetText(c.words.T("register.chip", "Status", exchange.StatusWord(c.words, s), "Count", c.words.Number(int64(counts[s]))))
		b.Hidden = counts[s] == 0 && !c.on[s]
		b.SetOn(c.on[s])
	}
	c.row.Refresh()
}

// add makes a chip for a status of a newer program.
func (c *chips) add(s partner.Status) {
	b := kit.NewChip(exchange.StatusWord(c.words, s), func() { c.toggle(s) })
	c.statuses, c.buttons = append(c.statuses, s), append(c.buttons, b)
	last := len(c.buttons) - 1 // others stand after the chips
	c.row.Objects = slices.Insert(c.row.Objects, last, fyne.CanvasObject(b))
}
