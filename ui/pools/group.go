package pools

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/data"
	"kompetansepilot/ui/courses"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// needsStep is how many needs of a group are shown at a time.
const needsStep = 40

// show tells of a group: why it belongs together, what is missing, its needs, who
// nearly fits, and whom to ask.
func (p *Page) show(id string) {
	i := p.index(id)
	if i < 0 {
		return
	}
	if id != p.roll.Shown {
		p.marked, p.shown = map[string]bool{}, needsStep
	}
	p.roll.Shown = id
	pool := p.pool()
	p.had = pool.Needs
	for id := range p.marked {
		if !slices.Contains(pool.Needs, id) {
			delete(p.marked, id)
		}
	}
	p.fillGroup(pool)
	p.fillNear(pool)
	p.loadAsk(pool)
}

// pool is the group that is shown, or nil.
func (p *Page) pool() *need.Pool {
	if i := p.index(p.roll.Shown); i >= 0 {
		return &p.found.Pools[i]
	}
	return nil
}

// label is what a group is called.
func (p *Page) label(pool *need.Pool) string { return p.found.Pooler.Label(p.words, pool) }

// state is whether somebody has decided about a group.
func (p *Page) state(pool *need.Pool) string {
	switch {
	case pool.Locked:
		return p.words.T("pool.state.locked")
	case pool.Stored:
		return p.words.T("pool.state.kept")
	}
	return p.words.T("pool.state.proposed")
}

// filled is how full a group is, as a bar with the same in words.
func (p *Page) filled(pool *need.Pool) fyne.CanvasObject {
	w := p.words
	whole, text := pool.Least, w.T("pool.filled", "People", w.Number(pool.People), "Least", w.Number(pool.Least))
	if pool.Missing == 0 && pool.Most > 0 {
		whole, text = pool.Most, w.T("pool.places", "People", w.Number(pool.People), "Most", w.Number(pool.Most))
	}
	tone := theme.ColorNameFine
	if pool.Missing > 0 {
		tone = ""
	}
	parts := []fyne.CanvasObject{kit.NewMeter(pool.People, whole, tone)}
	mark := kit.Fine
	if pool.Missing > 0 {
		mark = kit.Info
	}
	if pool.Missing > 0 || pool.Most > 0 {
		text += " · " + p.missing(pool)
	} else {
		text = p.missing(pool) + " · " + w.N("pool.people", int(pool.People))
	}
	return kit.Column(4, append(parts, kit.NewMarkedLine(w, mark, text))...)
}

// fillGroup shows the group itself.
func (p *Page) fillGroup(pool *need.Pool) {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	lock := kit.NewButton(w.T("pool.lock"), p.onLock)
	if pool.Locked {
		lock.SetText(w.T("pool.unlock"))
	}
	does := []fyne.CanvasObject{lock, kit.NewButton(w.T("pool.rename"), p.onRename), kit.NewButton(w.T("pool.join"), p.onJoin), kit.NewButton(w.T("pool.set"), p.onSet),
		kit.NewMenuButton(w.T("pool.brief"), fyne.NewMenuItem(w.T("pool.brief.nb"), func() { p.onBrief("nb") }), fyne.NewMenuItem(w.T("pool.brief.nn"), func() { p.onBrief("nn") }))}
	if pool.Stored {
		does = append(does, kit.NewQuietButton(w.T("pool.release"), p.onRelease))
	}
	head := []fyne.CanvasObject{kit.Column(4, kit.NewHeading(p.label(pool)), kit.NewQuietText(p.state(pool))), p.filled(pool)}
	if n := p.found.Served(pool); n > 0 {
		head = append(head, kit.NewMarkedLine(w, kit.Fine, w.N("pool.served", n)))
	}
	why := kit.Column(4)
	for _, sentence := range p.found.Pooler.Together(w, pool) {
		why.Add(kit.NewText(sentence))
	}
	ask := kit.NewPrimaryButton(w.T("pool.ask"), func() { courses.AskPool(p.env, p.found.Grouped, pool, p.label(pool)) })
	replies := kit.NewButton(w.T("pool.replies"), func() { courses.ShowRequests(p.env, pool.ID) })
	head = append(head, kit.Row(append([]fyne.CanvasObject{ask, replies}, does...)...), kit.NewSection(w.T("pool.why"), kit.Readable(why)))
	p.group.Objects = []fyne.CanvasObject{kit.Column(gap*1.5, head...), kit.NewSection(w.T("pool.needs"), p.needsList(pool))}
	p.group.Refresh()
	kit.Relayout(p.group)
}

// needsList are the needs of a group, each with a box to choose it by, under what
// can be done with those that are chosen.
func (p *Page) needsList(pool *need.Pool) fyne.CanvasObject {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	if len(pool.Needs) == 0 {
		return kit.NewText(w.T("pool.noNeeds"))
	}
	p.count = kit.NewQuietText("")
	p.split, p.move, p.out = kit.NewButton(w.T("pool.split"), p.onSplit), kit.NewButton(w.T("pool.move"), p.onMove), kit.NewButton(w.T("pool.out"), p.onOut)
	list := kit.Column(gap)
	for i, id := range pool.Needs {
		if i == p.shown {
			left := len(pool.Needs) - i
			list.Add(kit.NewButton(w.N("pool.moreNeeds", left), func() {
				p.shown += needsStep
				p.fillGroup(pool)
			}))
			break
		}
		if n := p.found.needs[id]; n != nil {
			list.Add(p.needRow(pool, n))
		}
	}
	p.onMarked()
	return kit.Column(gap, p.count, kit.Row(p.split, p.move, p.out), list)
}

// needRow is a need of the group.
func (p *Page) needRow(pool *need.Pool, n *data.Need) fyne.CanvasObject {
	w := p.words
	check := kit.NewCheck(said(n), func(on bool) {
		if p.marked[n.ID] = on; !on {
			delete(p.marked, n.ID)
		}
		p.onMarked()
	})
	check.SetChecked(p.marked[n.ID])
	under := p.needNotes(n)
	for _, stop := range p.found.Pooler.Stops(p.found.Grouping, pool, n.ID) {
		if pool.Stored {
			under = append(under, kit.NewMarkedLine(w, kit.Warn, p.found.Pooler.StopText(w, pool, n, stop)))
		}
	}
	if slices.Contains(pool.Fresh, n.ID) {
		under = append(under, kit.NewMarkedLine(w, kit.Info, w.T("pool.fresh")))
	}
	return kit.Column(2, check, p.indented(under))
}

// needNotes say from whom a need is, and what was accepted for it.
func (p *Page) needNotes(n *data.Need) []fyne.CanvasObject {
	w := p.words
	place := n.Municipality
	if m, ok := p.env.Program.Places.Municipality(place); ok {
		place = m.UniqueName
	}
	notes := []fyne.CanvasObject{
		kit.NewQuietText(lang.Joined(" · ", p.found.businesses[n.Organisation], n.Industry, place, w.N("pool.people", int(max(n.People, 1))))),
	}
	for _, offer := range p.found.Accepted(n.ID) {
		title := p.found.titles[offer]
		if title == "" {
			title = offer
		}
		notes = append(notes, kit.NewMarkedLine(w, kit.Fine, w.T("pool.accepted", "Title", title)))
	}
	return append(notes, kit.NewTextLink(w.T("pool.openNeed"), func() { p.env.Shell.Go(screen.Route{Page: screen.PageNeeds, ID: n.ID}) }))
}

// indented stands under the text of a box to tick.
func (p *Page) indented(notes []fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewItem(" ", kit.Column(2, notes...))
}

// said is a need in its own words.
func said(n *data.Need) string {
	if n.Text != "" {
		return n.Text
	}
	return n.OwnWords
}

// onMarked tells how many needs are chosen, and lets something be done with them.
func (p *Page) onMarked() {
	if len(p.marked) == 0 {
		p.count.SetText(p.words.T("pool.chosen.none"))
	} else {
		p.count.SetText(p.words.N("pool.chosen", len(p.marked)))
	}
	for _, b := range []*kit.Button{p.split, p.move, p.out} {
		if len(p.marked) == 0 {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// fillNear shows who nearly fits the group, and what stops them.
func (p *Page) fillNear(pool *need.Pool) {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	near := p.found.Pooler.Nearly(p.found.Grouping, pool, 12)
	p.tabs.SetBadge(tabNear, len(near))
	p.near.Objects = []fyne.CanvasObject{kit.NewText(w.T("pool.near.none"))}
	if len(near) > 0 {
		p.near.Objects = []fyne.CanvasObject{kit.NewText(w.T("pool.near.about"))}
	}
	for i := range near {
		n := &near[i]
		row := kit.Column(2, kit.NewStrong(said(n.Need)))
		for _, note := range p.needNotes(n.Need) {
			row.Add(note)
		}
		mark := kit.Warn
		if len(n.Stops) == 0 {
			mark = kit.Info
		}
		for _, sentence := range p.found.Pooler.NearText(w, pool, n, p.found.LabelOf(w, n.Pool)) {
			row.Add(kit.NewMarkedLine(w, mark, sentence))
		}
		p.near.Add(kit.Column(gap/2, kit.Hairline(), row, kit.Row(kit.NewButton(w.T("pool.near.take"), func() { p.onTake(n.Need.ID) }))))
	}
	p.near.Refresh()
	kit.Relayout(p.near)
}
