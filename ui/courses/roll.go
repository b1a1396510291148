package courses

import (
	"cmp"
	"slices"

	"kompetansepilot/ui/kit"
)

// roll is a list of records beside the one that is shown.
type roll struct {
	grid   *kit.Grid
	sides  *kit.Sides
	rows   []kit.GridRow
	wanted string // id of the record to go to when the list comes
	shown  string // id of the record that is shown
}

// fill lists some rows, at least one, and tells which is to be shown: the one that is
// wanted, else the one that is shown already, else the first.
func (l *roll) fill(rows []kit.GridRow) (id string) {
	l.rows = rows
	want := cmp.Or(l.wanted, l.shown)
	at := slices.IndexFunc(rows, func(r kit.GridRow) bool { return r.ID == want })
	l.grid.Refill(at)
	if l.wanted != "" || at < 0 {
		at = max(at, 0)
		if l.wanted != "" {
			l.sides.ShowRecord(true)
		}
		l.wanted = ""
		l.grid.GoTo(at, rows[at].ID)
	}
	return rows[at].ID
}
