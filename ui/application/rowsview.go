package application

import (
	"fyne.io/fyne/v2"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// rowsView is a field whose answer is rows that fold: activities, milestones or
// partners.
type rowsView[T any] struct {
	framed
	desk    *desk
	rows    rowKind[T]
	options rowsOptions[T]
	list    *foldList
	empty   *kit.Text
	add     *kit.Button
}

// rowsOptions are what one kind of row has of its own.
type rowsOptions[T any] struct {
	build          func(id string) foldRow
	fresh          func(data.Row) T                   // a row with nothing in it
	onRemoved      func(draft *data.Draft, id string) // what else goes with a row; nil for nothing
	none, add      string                             // said while there is no row, and on the button
	added, removed string                             // name the steps
}

// newRowsView makes the list of the rows of a field, with other things under it.
func newRowsView[T any](d *desk, f *grant.Field, rows rowKind[T], o rowsOptions[T], under ...fyne.CanvasObject) *rowsView[T] {
	v := &rowsView[T]{desk: d, rows: rows, options: o, empty: kit.NewQuietText(o.none)}
	v.list = newFoldList(d, v, o.build)
	v.add = kit.NewButton(o.add, v.onAdd)
	content := append([]fyne.CanvasObject{v.empty, v.list.card, kit.Row(v.add)}, under...)
	v.framed = newFramed(kit.NewField(d.words, d.options(f), kit.Column(theme.Size(theme.SizeNameGap), content...)))
	v.list.inField(v.frame)
	return v
}

func (v *rowsView[T]) show(found []grant.Finding) {
	ids := v.rows.ids(&v.desk.draft)
	v.empty.Hidden = len(ids) > 0
	v.list.show(ids, found)
	v.note(found)
}

func (v *rowsView[T]) focus() {
	if !v.list.focus() {
		kit.FocusOn(v.add, v.add)
	}
}

func (v *rowsView[T]) onAdd() {
	row := data.Row{ID: data.NewID()}
	addRow(v.desk, v.rows, v.options.added, v.options.fresh(row))
	v.list.open(row.ID)
}

func (v *rowsView[T]) onMove(id string, by int) { moveRow(v.desk, v.rows, id, by) }

func (v *rowsView[T]) onRemove(id string) {
	d, rows, and := v.desk, v.rows, v.options.onRemoved
	d.Change(v.options.removed, func(draft *data.Draft) error {
		rows.remove(draft, id)
		if and != nil {
			and(draft, id)
		}
		return nil
	})
	d.env.Shell.Toast(v.options.removed, true)
	if len(*rows.of(&d.draft)) == 0 {
		kit.FocusOn(v.add, v.add)
	}
}
