package application

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// goalsView is a list of goals: what is to be reached, how it is measured, by
// when; and afterwards whether it was.
type goalsView struct {
	framed
	desk  *desk
	field *grant.Field
	list  *blockList
	add   *kit.Button
}

func newGoalsView(d *desk, f *grant.Field) fieldView {
	v := &goalsView{desk: d, field: f}
	v.list = newBlockList(v.newBlock)
	v.add = kit.NewButton(d.words.T("application.goal.add"), v.onAdd)
	v.framed = newFramed(kit.NewField(d.words, d.options(f), kit.Column(theme.Size(theme.SizeNameGap), v.list.box, kit.Row(v.add))))
	return v
}

func (v *goalsView) show(found []grant.Finding) {
	v.list.show(v.ids())
	v.note(found)
}

func (v *goalsView) ids() []string {
	var ids []string
	for _, g := range v.desk.draft.Goals {
		if g.Field == v.field.ID {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

func (v *goalsView) focus() {
	if !v.list.focus("") {
		v.desk.focus(v.add)
	}
}

func (v *goalsView) onAdd() {
	g := data.Goal{Row: data.Row{ID: data.NewID()}, Field: v.field.ID}
	v.desk.Change(v.desk.words.T("application.goal.added"), func(d *data.Draft) error {
		row := g
		row.Position = int64(len(d.Goals))
		d.Goals = append(d.Goals, row)
		return nil
	})
	v.list.focus(g.ID)
}

func goalIn(d *data.Draft, id string) *data.Goal {
	return find(d.Goals, func(g *data.Goal) bool { return g.ID == id })
}

// goalBlock is one goal.
type goalBlock struct {
	view    *goalsView
	id      string
	text    *cell
	measure *cell
	due     *dateCell
	reached *kit.Check
	done    *dateCell
	outcome *cell
	after   *fyne.Container // what is filled in afterwards
	whole   fyne.CanvasObject
}

func (v *goalsView) newBlock(id string) block {
	d, words := v.desk, v.desk.words
	b := &goalBlock{view: v, id: id}
	label := words.T("application.goal.changed")
	get := func(part func(*data.Goal) *string) func(*data.Draft) string {
		return func(draft *data.Draft) string {
			if g := goalIn(draft, id); g != nil {
				return *part(g)
			}
			return ""
		}
	}
	set := func(part func(*data.Goal) *string) func(*data.Draft, string) error {
		return func(draft *data.Draft, text string) error {
			g := goalIn(draft, id)
			if g == nil {
				return d.errGone()
			}
			*part(g) = text
			return nil
		}
	}
	text := func(g *data.Goal) *string { return &g.Text }
	measure := func(g *data.Goal) *string { return &g.Measure }
	due := func(g *data.Goal) *string { return &g.Due }
	done := func(g *data.Goal) *string { return &g.Done }
	outcome := func(g *data.Goal) *string { return &g.Outcome }
	b.text = d.areaCell(label, id+"/text", 2, get(text), set(text))
	b.measure = d.lineCell(label, id+"/measure", get(measure), set(measure))
	b.due = d.dateCell(label, get(due), set(due))
	b.done = d.dateCell(label, get(done), set(done))
	b.outcome = d.areaCell(label, id+"/outcome", 2, get(outcome), set(outcome))
	b.reached = kit.NewCheck(words.T("application.goal.reached"), b.onReached)
	gap := theme.Size(theme.SizeNameGapSmall)
	b.after = kit.Column(gap,
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.goal.done")}, b.done.control),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.goal.outcome"), Hint: words.T("application.goal.outcomeHint")}, b.outcome.control))
	b.after.Hide()
	b.whole = kit.NewCard(kit.Column(gap,
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.goal.text")}, b.text.control),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.goal.measure"), Hint: words.T("application.goal.measureHint")}, b.measure.control),
		kit.NewField(words, kit.FieldOptions{Label: words.T("application.goal.due")}, b.due.control),
		kit.Row(b.reached, kit.Spacer(), rowButtons(d, b.onUp, b.onDown, b.onRemove)),
		b.after,
	))
	return b
}

func (b *goalBlock) object() fyne.CanvasObject { return b.whole }
func (b *goalBlock) focus()                    { b.view.desk.focus(b.text.control) }

func (b *goalBlock) show() {
	g := goalIn(&b.view.desk.draft, b.id)
	if g == nil {
		return
	}
	b.text.show()
	b.measure.show()
	b.due.show()
	b.done.show()
	b.outcome.show()
	b.reached.SetChecked(g.Done != "")
	if hidden := g.Done == "" && g.Outcome == ""; hidden == b.after.Visible() {
		b.after.Hidden = hidden
		b.after.Refresh()
		b.view.frame.Refresh()
	}
}

func (b *goalBlock) onReached(yes bool) {
	day := ""
	if yes {
		day = data.Today()
	}
	id, d := b.id, b.view.desk
	d.Change(d.words.T("application.goal.changed"), func(draft *data.Draft) error {
		g := goalIn(draft, id)
		if g == nil {
			return d.errGone()
		}
		g.Done = day
		return nil
	})
}

func (b *goalBlock) onUp()   { b.move(-1) }
func (b *goalBlock) onDown() { b.move(1) }

// move changes places with the nearest goal of the same field.
func (b *goalBlock) move(by int) {
	id, field, d := b.id, b.view.field.ID, b.view.desk
	d.Change(d.words.T("application.row.movedStep"), func(draft *data.Draft) error {
		from := slices.IndexFunc(draft.Goals, func(g data.Goal) bool { return g.ID == id })
		for to := from + by; from >= 0 && to >= 0 && to < len(draft.Goals); to += by {
			if draft.Goals[to].Field == field {
				draft.Goals[from], draft.Goals[to] = draft.Goals[to], draft.Goals[from]
				break
			}
		}
		for i := range draft.Goals {
			draft.Goals[i].Position = int64(i)
		}
		return nil
	})
}

func (b *goalBlock) onRemove() {
	id, d := b.id, b.view.desk
	d.Change(d.words.T("application.goal.removed"), func(draft *data.Draft) error {
		draft.Goals = slices.DeleteFunc(slices.Clone(draft.Goals), func(g data.Goal) bool { return g.ID == id })
		return nil
	})
	d.env.Shell.Toast(d.words.T("application.goal.removed"), true)
}
