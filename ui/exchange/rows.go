package exchange

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// look reads the whole file and decides what each row will do.
func (p *page) look() {
	p.narrow = false
	line := p.busy(p.words.T("exchange.opening"), func() { p.showColumns("") })
	f, policy := p.file, p.policy
	told := p.progress(line)
	task.RunLatest(p.work, context.Background(), func(ctx context.Context) (*exchange.Plan, error) {
		return p.service.Look(ctx, f, policy, told)
	}, func(plan *exchange.Plan, err error) {
		if err != nil {
			p.fail(err, p.showColumns)
			return
		}
		if p.left {
			return
		}
		p.plan = plan
		for i := range plan.Decisions {
			if a, ok := p.own[plan.Decisions[i].Row]; ok {
				plan.SetAction(i, a)
			}
		}
		p.showRows()
	})
}

// rowsView is the third step: what each row will do.
type rowsView struct {
	page  *page
	grid  *kit.Grid
	chips *fyne.Container
	shown []int // of the decisions, after narrowing
	done  *kit.Button

	change *kit.Button // what the selected rows do
}

func (p *page) showRows() {
	v := &rowsView{page: p, chips: kit.Row()}
	v.done = kit.NewPrimaryButton("", p.onImport)
	v.grid = kit.NewGrid(p.words, []kit.GridColumn{
		{ID: "row", Label: p.words.T("exchange.column.row"), Width: 70, Align: fyne.TextAlignTrailing, Fixed: true},
		{ID: "name", Label: p.words.T("exchange.field.name"), Width: 260},
		{ID: "action", Label: p.words.T("exchange.column.action"), Width: 130},
		{ID: "why", Label: p.words.T("exchange.column.why"), Width: 560},
	}, "")
	v.grid.Rows = func(from, to int, found func([]kit.GridRow)) { found(v.rows(from, to)) }
	v.grid.IDs = v.ids
	v.grid.Menu = v.items
	v.grid.OnCopy = v.onCopy
	v.grid.SetEmpty(p.words.T("exchange.noRows"))
	top := kit.Column(gap())
	if p.known() {
		top.Add(p.policyField())
	}
	top.Add(v.chips)
	back := kit.NewButton(p.words.T("exchange.back"), func() { p.showColumns("") })
	v.change = kit.NewMenuButton(p.words.T("exchange.change"), v.items()...)
	v.grid.OnSelected = func(int) { v.freeChange() }
	v.show()
	v.freeChange()
	p.show(stepRows, kit.Pane(kit.Padded(gap()/2, top), v.grid, kit.Padded(gap()/2, kit.Row(back, v.change))), v.done)
}

// freeChange lets the selected rows be changed when there are any.
func (v *rowsView) freeChange() {
	if len(v.grid.Selected()) == 0 {
		v.change.Disable()
	} else {
		v.change.Enable()
	}
}

// policyField chooses what is done with rows about those who are there.
func (p *page) policyField() fyne.CanvasObject {
	policy := kit.NewSelect(p.words, []kit.Option{
		{ID: string(exchange.PolicyUpdate), Label: p.words.T("exchange.policy.update")},
		{ID: string(exchange.PolicySkip), Label: p.words.T("exchange.policy.skip")},
		{ID: string(exchange.PolicyNew), Label: p.words.T("exchange.policy.new")},
	})
	policy.SetSelected(string(p.policy))
	policy.OnChanged = func(id string) {
		p.policy = exchange.Policy(id)
		clear(p.own)
		p.look()
	}
	return kit.FormColumn(kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("exchange.policy")}, policy))
}

// known tells whether any row is about somebody who is in the register.
func (p *page) known() bool {
	for i := range p.plan.Decisions {
		if d := &p.plan.Decisions[i]; d.Match != "" && d.Action != exchange.Unchanged {
			return true
		}
	}
	return false
}

// show counts again and fills the list.
func (v *rowsView) show() {
	p := v.page
	v.shown = v.shown[:0]
	for i := range p.plan.Decisions {
		if !p.narrow || p.plan.Decisions[i].Action == p.only {
			v.shown = append(v.shown, i)
		}
	}
	counts := p.plan.Count()
	v.chips.Objects = nil
	for _, a := range []exchange.Action{exchange.Create, exchange.Update, exchange.Unchanged, exchange.Skip, exchange.Refuse} {
		if counts[a] == 0 {
			continue
		}
		chip := kit.NewChip(p.words.T("exchange.chip", "Action", p.actionWord(a), "Count", p.words.Number(int64(counts[a]))), func() { v.onChip(a) })
		chip.SetOn(p.narrow && p.only == a)
		v.chips.Add(chip)
	}
	v.chips.Refresh()
	writes := counts[exchange.Create] + counts[exchange.Update]
	v.done.SetText(p.words.N("exchange.import", writes))
	if writes == 0 {
		v.done.Disable()
	} else {
		v.done.Enable()
	}
	from, to := v.grid.InSight()
	v.grid.SetRows(len(v.shown), min(from, len(v.shown)), v.rows(from, to), -1)
}

func (v *rowsView) onChip(a exchange.Action) {
	p := v.page
	p.narrow, p.only = !(p.narrow && p.only == a), a
	v.grid.Select(nil)
	v.show()
}

func (p *page) actionWord(a exchange.Action) string {
	switch a {
	case exchange.Create:
		return p.words.T("exchange.action.create")
	case exchange.Update:
		return p.words.T("exchange.action.update")
	case exchange.Unchanged:
		return p.words.T("exchange.action.unchanged")
	case exchange.Skip:
		return p.words.T("exchange.action.skip")
	}
	return p.words.T("exchange.action.refuse")
}

func (v *rowsView) rows(from, to int) []kit.GridRow {
	var rows []kit.GridRow
	for i := from; i < min(to, len(v.shown)); i++ {
		d := &v.page.plan.Decisions[v.shown[i]]
		rows = append(rows, kit.GridRow{ID: strconv.Itoa(v.shown[i]), Cells: []string{strconv.Itoa(d.Row), d.Name, v.page.actionWord(d.Action), v.page.why(d)}})
	}
	return rows
}

// why tells what a row was refused for, or what it is about.
func (p *page) why(d *exchange.Decision) string {
	switch {
	case d.Action == exchange.Refuse:
		return d.Reason.Sentence(p.words)
	case d.Match == "":
		return ""
	case d.ByNumber:
		return p.words.T("exchange.match.number", "Name", d.MatchName)
	}
	return p.words.T("exchange.match.name", "Name", d.MatchName)
}

func (v *rowsView) ids(from, to int, found func([]string)) {
	var ids []string
	for i := from; i < min(to, len(v.shown)); i++ {
		ids = append(ids, strconv.Itoa(v.shown[i]))
	}
	found(ids)
}

// items change what the selected rows do.
func (v *rowsView) items() []*fyne.MenuItem {
	set := func(label string, a exchange.Action) *fyne.MenuItem {
		return fyne.NewMenuItem(label, func() { v.onAction(a) })
	}
	return []*fyne.MenuItem{
		set(v.page.words.T("exchange.set.update"), exchange.Update),
		set(v.page.words.T("exchange.set.skip"), exchange.Skip),
		set(v.page.words.T("exchange.set.create"), exchange.Create),
	}
}

func (v *rowsView) onAction(a exchange.Action) {
	for _, id := range v.grid.Selected() {
		if i, err := strconv.Atoi(id); err == nil && i < len(v.page.plan.Decisions) {
			v.page.plan.SetAction(i, a)
			v.page.own[v.page.plan.Decisions[i].Row] = a
		}
	}
	v.show()
}

func (v *rowsView) onCopy(ids []string) {
	var rows []kit.GridRow
	for _, r := range v.rows(0, len(v.shown)) {
		for _, id := range ids {
			if id == r.ID {
				rows = append(rows, r)
			}
		}
	}
	fyne.CurrentApp().Clipboard().SetContent(v.grid.CopyText(rows))
}
