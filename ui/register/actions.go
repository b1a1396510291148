package register

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
)

// foot is the line under the grid: how many there are, and what can be done
// with those that are selected.
type foot struct {
	page   *Page
	row    *fyne.Container
	count  *kit.Text
	status *kit.Button
	tags   *kit.Button
}

func newFoot(p *Page) *foot {
	f := &foot{page: p, count: kit.NewQuietText("")}
	f.status = kit.NewChip(p.words.T("register.setStatus"), nil)
	f.status.SetMenu(p.statusItems()...)
	f.status.SetIcon(fynetheme.MenuDropDownIcon())
	f.tags = kit.NewChip(p.words.T("register.setTags"), p.onTags)
	f.row = kit.Row(f.count, kit.Spacer(), f.status, f.tags)
	return f
}

// show tells the numbers and frees the buttons when something is selected.
func (f *foot) show() {
	selected := len(f.page.grid.Selected())
	f.count.SetText(listing.Tally(f.page.words, f.page.count, f.page.view.Total, f.page.view.All(), "", selected))
	for _, b := range []*kit.Button{f.status, f.tags} {
		if selected == 0 {
			b.Disable()
		} else {
			b.Enable()
		}
	}
	f.row.Refresh()
}

// statusItems set the status of the selection.
func (p *Page) statusItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, s := range partner.Pipeline(p.kind) {
		items = append(items, fyne.NewMenuItem(exchange.StatusWord(p.words, s), func() { p.onStatus(s) }))
	}
	return items
}

// selectionItems are the menu of the grid for its selection.
func (p *Page) selectionItems() []*fyne.MenuItem {
	status := fyne.NewMenuItem(p.words.T("register.setStatus"), nil)
	status.ChildMenu = fyne.NewMenu("", p.statusItems()...)
	return []*fyne.MenuItem{
		status,
		fyne.NewMenuItem(p.words.T("register.setTags"), p.onTags),
		fyne.NewMenuItemWithIcon(p.words.T("companiesui.updateSelected"), fynetheme.ViewRefreshIcon(), p.onUpdateSelected),
		fyne.NewMenuItemWithIcon(p.words.T("register.copy"), fynetheme.ContentCopyIcon(), func() { p.onCopy(p.grid.Selected()) }),
		fyne.NewMenuItemWithIcon(p.words.T("register.delete"), fynetheme.DeleteIcon(), p.onDelete),
	}
}

func (p *Page) onStatus(s partner.Status) {
	ids := p.grid.Selected()
	label := p.words.T("register.step.status", "Status", exchange.StatusWord(p.words, s), "Count", p.count(len(ids)))
	p.change(label, ids, func(o *data.Organisation) { o.Status = string(s) })
}

// onTags asks for tags to add to the selection, or to take away from it.
func (p *Page) onTags() {
	ids := p.grid.Selected()
	if len(ids) == 0 {
		return
	}
	tags := kit.NewTextField()
	what := kit.NewRadio([]kit.Option{{ID: "add", Label: p.words.T("register.tags.add")}, {ID: "remove", Label: p.words.T("register.tags.remove")}}, nil)
	what.SetSelected("add")
	kit.ShowForm(p.env.Shell.Window(), p.words, kit.Form{
		Title: p.words.T("register.tags.title", "Count", p.count(len(ids))), Verb: p.words.T("register.tags.verb"),
		Fields: []fyne.CanvasObject{
			kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("register.column.tags"), Hint: p.words.T("register.hint.tags")}, tags),
			what,
		},
		OnDone: func() { p.setTags(ids, tags.Text(), what.Selected() == "remove") },
	})
}

func (p *Page) setTags(ids []string, tags string, remove bool) {
	if len(partner.Tags(tags)) == 0 {
		return
	}
	label := p.words.T("register.step.tags", "Tags", tags, "Count", p.count(len(ids)))
	p.change(label, ids, func(o *data.Organisation) {
		if remove {
			o.Tags = partner.WithoutTag(o.Tags, tags)
		} else {
			o.Tags = partner.WithTag(o.Tags, tags)
		}
	})
}

// change changes several as one step, and tells it with Angre.
func (p *Page) change(label string, ids []string, apply func(*data.Organisation)) {
	if len(ids) == 0 {
		return
	}
	p.save.Do(func() error { return p.register.Change(label, ids, apply) }, func(err error) { p.env.Done(label, err) })
}

func (p *Page) onDelete() { p.remove(p.grid.Selected()) }

// remove moves organisations to the trash; the row after them becomes current.
func (p *Page) remove(ids []string) {
	if len(ids) == 0 {
		return
	}
	label := p.words.T("register.step.delete", "Count", p.count(len(ids)))
	p.save.Do(func() error { return p.register.Delete(label, ids) }, func(err error) {
		if p.env.Done(label, err) {
			p.goOn(len(ids))
		}
	})
}

// goOn makes the row current that comes in the place of n that went, once the
// list is read again.
func (p *Page) goOn(n int) {
	p.next = max(p.grid.Row()-(n-1), 0)
	p.grid.Select(nil)
	p.record.Close()
	if p.sides.OnlyRecord() {
		p.goList()
	}
	p.load(false)
}

// onNew makes a record and puts the focus on its name. What hid it is turned off.
func (p *Page) onNew() {
	label := p.say("register.step.new.business", "register.step.new.provider")
	id := ""
	p.save.Do(func() (err error) {
		id, err = p.register.Create(label, p.kind)
		return err
	}, func(err error) {
		if err != nil {
			p.env.Shell.Fail(label, err)
			return
		}
		p.env.Shell.Saved()
		p.filter.SetText("")
		p.chips.clear()
		p.narrow.clear()
		p.wanted = id
		p.field = fieldName
		p.load(true)
	})
}
