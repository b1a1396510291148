package application

import (
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// foldRow is what a kind of row puts into a foldList.
type foldRow interface {
	// summary is what the row says when it is folded.
	summary() (title, detail string)
	// build makes the fields, when the row is opened for the first time; first is
	// the one that gets the focus.
	build() (fields []fyne.CanvasObject, first *kit.Field)
	// show puts what is stored into the fields, which are built.
	show(found []grant.Finding)
	// wrong tells whether a field holds something that cannot be stored.
	wrong() bool
}

// rowActions change the list that a row stands in.
type rowActions interface {
	onMove(id string, by int)
	onRemove(id string)
}

// foldList is a list of many rows: each is a line, and one at a time is open.
type foldList struct {
	desk    *desk
	actions rowActions
	build   func(id string) foldRow
	list    *blockList
	card    fyne.CanvasObject // nothing is drawn of an empty list
	found   []grant.Finding
	opened  string // id of the open row, or ""
	resized func() // after a row was folded or unfolded
}

// newFoldList makes an empty list. actions are asked when a row's buttons are
// pressed.
func newFoldList(d *desk, actions rowActions, build func(id string) foldRow) *foldList {
	l := &foldList{desk: d, actions: actions, build: build, resized: func() {}}
	l.list = &blockList{box: kit.Column(0), build: l.newBlock, blocks: map[string]block{}}
	l.card = kit.NewCard(l.list.box)
	l.card.Hide()
	return l
}

// inField lets the list tell the frame that it stands in of its height.
func (l *foldList) inField(frame *kit.Field) { l.resized = frame.Refresh }

func (l *foldList) show(ids []string, found []grant.Finding) {
	changed := !slices.Equal(ids, l.list.order)
	l.found = found
	l.list.show(ids)
	if !changed {
		return
	}
	visible(l.card, len(ids) > 0)
	for i, id := range ids {
		visible(l.block(id).line, i > 0) // between rows, not over the first
	}
	l.resized()
}

func visible(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}

func (l *foldList) block(id string) *foldBlock {
	b, _ := l.list.blocks[id].(*foldBlock)
	return b
}

// of are the findings about a row.
func (l *foldList) of(id string) []grant.Finding {
	var own []grant.Finding
	for _, f := range l.found {
		if f.Row == id {
			own = append(own, f)
		}
	}
	return own
}

// open unfolds a row, folds the one that was open, and puts the focus into it.
func (l *foldList) open(id string) {
	b := l.block(id)
	if b == nil {
		return
	}
	l.unfold(id)
	kit.FocusOn(b.first, b.whole)
}

func (l *foldList) unfold(id string) {
	before := l.block(l.opened)
	l.opened = id
	if before != nil {
		before.show()
	}
	if b := l.block(id); b != nil {
		b.show()
	}
	l.list.box.Refresh()
	l.resized()
	kit.SettleFocus(l.desk.env.Shell.Window().Canvas())
}

// focus goes to the first row that something is wrong with, or else to the
// first of all.
func (l *foldList) focus() bool {
	for _, id := range l.list.order {
		if len(l.of(id)) > 0 {
			return l.list.focus(id)
		}
	}
	return l.list.focus("")
}

// beside is the row after one that goes away, or the one before.
func (l *foldList) beside(id string) string {
	i := slices.Index(l.list.order, id)
	switch {
	case i < 0 || len(l.list.order) < 2:
		return ""
	case i+1 < len(l.list.order):
		return l.list.order[i+1]
	}
	return l.list.order[i-1]
}

// foldBlock is one row of the list.
type foldBlock struct {
	list  *foldList
	id    string
	row   foldRow
	line  fyne.CanvasObject
	head  *kit.Disclosure
	body  *fyne.Container // empty until it is opened
	first *kit.Field
	whole fyne.CanvasObject
}

func (l *foldList) newBlock(id string) block {
	b := &foldBlock{list: l, id: id, row: l.build(id), line: kit.Hairline(), head: kit.NewDisclosure(l.desk.words), body: kit.Column(0)}
	b.head.OnChanged = b.onFold
	b.body.Hide()
	b.whole = kit.Column(theme.Size(theme.SizeNameGapSmall)/2, b.line, b.head, b.body)
	return b
}

func (b *foldBlock) object() fyne.CanvasObject { return b.whole }
func (b *foldBlock) focus()                    { kit.FocusOn(b.head, b.head) }

func (b *foldBlock) onFold(open bool) {
	if !open {
		b.list.unfold("")
		return
	}
	b.list.unfold(b.id)
	kit.FocusOn(b.head, b.whole)
}

func (b *foldBlock) show() {
	open := b.list.opened == b.id
	if open && b.first == nil {
		b.fill()
	}
	found := b.list.of(b.id)
	if b.first != nil {
		b.row.show(found)
	}
	b.head.SetText(b.row.summary())
	worst, marked := worstOf(found)
	if b.first != nil && b.row.wrong() {
		worst, marked = kit.Stop, true
	}
	b.head.SetMark(worst, marked)
	b.head.SetOpen(open)
	if b.body.Visible() != open {
		b.body.Hidden = !open
		b.body.Refresh()
	}
}

// fill builds the fields of the row.
func (b *foldBlock) fill() {
	fields, first := b.row.build()
	b.first = first
	fields = append(fields, kit.Row(kit.Spacer(), rowButtons(b.list.desk, b.onUp, b.onDown, b.onRemove)))
	b.body.Add(kit.Padded(theme.Size(theme.SizeNameGap), kit.Column(theme.Size(theme.SizeNameGapSmall), fields...)))
}

func (b *foldBlock) onUp()   { b.list.actions.onMove(b.id, -1) }
func (b *foldBlock) onDown() { b.list.actions.onMove(b.id, 1) }

// onRemove takes the row away; the focus goes to its neighbour.
func (b *foldBlock) onRemove() {
	l, next := b.list, b.list.beside(b.id)
	l.opened = ""
	l.actions.onRemove(b.id)
	kit.SettleFocus(l.desk.env.Shell.Window().Canvas())
	if next != "" {
		l.list.focus(next)
	}
}

// worstOf is the most severe of findings; any tells whether there is one.
func worstOf(found []grant.Finding) (worst kit.Severity, any bool) {
	worst = kit.Fine
	for _, f := range found {
		worst, any = min(worst, severity(f)), true
	}
	return worst, any
}

// addRow appends a row that has its id.
func addRow[T any](d *desk, k rowKind[T], label string, row T) {
	d.Change(label, func(draft *data.Draft) error {
		k.add(draft, row)
		return nil
	})
}

// moveRow changes places with the row so many places on, 1 or -1.
func moveRow[T any](d *desk, k rowKind[T], id string, by int) {
	ids := k.ids(&d.draft)
	to := slices.Index(ids, id) + by
	if to < 0 || to >= len(ids) {
		return
	}
	other := ids[to]
	d.Change(d.words.T("application.row.movedStep"), func(draft *data.Draft) error {
		k.move(draft, id, other, by > 0)
		return nil
	})
}
