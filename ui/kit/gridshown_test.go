package kit

import (
	"slices"
	"testing"
)

func TestGridShown(t *testing.T) {
	g := NewGrid(printers["nb"], []GridColumn{{ID: "a", Label: "A"}, {ID: "b", Label: "B", Hidden: true}, {ID: "c", Label: "C"}}, "")
	if got := g.Shown(); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("shown %v", got)
	}
	g.ShowColumn("b", true)
	g.MoveColumn("c", -2)
	if got := g.Shown(); !slices.Equal(got, []int{2, 0, 1}) || g.ColumnLabel(got[0]) != "C" {
		t.Errorf("shown %v", got)
	}
}
