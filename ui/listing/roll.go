package listing

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
)

// Roll is a short list of records that is read whole, beside the one that is shown.
type Roll struct {
	Grid  *kit.Grid
	Sides *kit.Sides // after Beside
	Back  *kit.Button
	Count *kit.Text // under the grid
	Rows  []kit.GridRow

	Wanted string // id of the record to go to when the list comes
	Shown  string // id of the record that is shown
}

// NewRoll makes an empty list. Its columns, and the divider beside it, are remembered
// under a name; show shows the record of an id.
func NewRoll(env *screen.Env, name string, columns []kit.GridColumn, show func(id string)) *Roll {
	r := &Roll{Grid: NewGrid(env, name, columns, ""), Count: kit.NewQuietText("")}
	r.Back = NewBack(env.Words, func() { r.Sides.ShowRecord(false) })
	r.Grid.Serve(func() []kit.GridRow { return r.Rows })
	r.Grid.OnCurrent = show
	r.Grid.OnOpen = func(id string) {
		show(id)
		r.Sides.ShowRecord(true)
	}
	return r
}

// Beside puts the record beside the list. usual is where the divider stands until it
// is moved.
func (r *Roll) Beside(env *screen.Env, name string, usual float64, record fyne.CanvasObject) {
	list := kit.Pane(nil, r.Grid, kit.Padded(theme.Size(theme.SizeNameGap)/2, kit.Row(r.Count)))
	r.Sides = NewSides(env, name, usual, list, record, r.Back)
}

// Fill lists some rows, at least one, and tells which is to be shown: the one that is
// wanted, else the one that is shown already, else the first.
func (r *Roll) Fill(rows []kit.GridRow) (id string) {
	r.Rows = rows
	want := cmp.Or(r.Wanted, r.Shown)
	at := slices.IndexFunc(rows, func(row kit.GridRow) bool { return row.ID == want })
	r.Grid.Refill(at)
	if r.Wanted != "" || at < 0 {
		at = max(at, 0)
		if r.Wanted != "" {
			r.Sides.ShowRecord(true)
		}
		r.Wanted = ""
		r.Grid.GoTo(at, rows[at].ID)
	}
	return rows[at].ID
}
