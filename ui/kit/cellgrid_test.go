package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func newTestGrid(t *testing.T, labels bool) (*CellGrid, fyne.Window, *[]string) {
	t.Helper()
	window(t, NewText(""))
	g, log := NewCellGrid(), &[]string{}
	g.LabelCells, g.Numbers = labels, true
	g.OnDone = func(row, cell int) { *log = append(*log, fmt.Sprintf("%d/%d", row, cell)) }
	g.SetRows([]string{"Rad", "2020", "2021", "Sum"}, []CellRow{{Label: "01. Lønn", Cells: []string{"10", "20"}, Sum: "30"}, {Label: "02. Reise", Cells: []string{"1", "2"}, Sum: "3"}},
		[]string{"11", "22", "33"})
	w, _, _ := window(t, NewScroll(g))
	w.Canvas().Focus(g)
	return g, w, log
}

func TestCellGridCopiesCellByCell(t *testing.T) {
	g, w, log := newTestGrid(t, true)
	key(t, w, fyne.KeyHome)
	for range 7 { // the last one stays
		key(t, w, fyne.KeyReturn)
	}
	if got := strings.Join(*log, " "); got != "0/-1 0/0 0/1 1/-1 1/0 1/1 1/1" {
		t.Fatal(got)
	}
	key(t, w, fyne.KeyUp, fyne.KeyLeft)
	if got := g.AccessibilityLabel(); got != "01. Lønn, 2020, 10" {
		t.Fatal(got)
	}
	g.TypedShortcut(&fyne.ShortcutCopy{})
	if got := (*log)[7]; got != "0/0" || g.Row() != 0 {
		t.Fatal(got)
	}
}

func TestCellGridLeavesLabelsOut(t *testing.T) {
	_, w, log := newTestGrid(t, false)
	key(t, w, fyne.KeyLeft, fyne.KeyHome, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn)
	if got := strings.Join(*log, " "); got != "0/0 0/1 1/0" {
		t.Fatal(got)
	}
}

func TestCellGridByMouse(t *testing.T) {
	g, _, _ := newTestGrid(t, true)
	pos, _ := g.place(1, 1)
	g.Tapped(&fyne.PointEvent{Position: pos.AddXY(4, 4)})
	if got := g.AccessibilityLabel(); got != "02. Reise, 2021, 2" {
		t.Fatal(got)
	}
	// The sums are only to look at.
	g.Tapped(&fyne.PointEvent{Position: pos.AddXY(g.widths[2]+4, 4)})
	if got := g.AccessibilityLabel(); got != "02. Reise, 2021, 2" {
		t.Fatal(got)
	}
}

func TestCellGridCutsLabelsWhereThereIsLittleRoom(t *testing.T) {
	g, _, _ := newTestGrid(t, true)
	g.SetRows(nil, []CellRow{{Label: strings.Repeat("Lang ", 30), Cells: []string{"1"}}}, nil)
	g.Resize(fyne.NewSize(300, 100))
	if got := g.texts[0][0].Text; !strings.HasSuffix(got, "…") || g.place0() > 300 {
		t.Fatalf("label %q ends at %v", got, g.place0())
	}
	g.Resize(fyne.NewSize(3000, 100))
	if got := g.texts[0][0].Text; strings.HasSuffix(got, "…") {
		t.Fatalf("label %q stays cut", got)
	}
	g.SetRows(nil, nil, nil)
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

// place0 is where the first cell ends.
func (g *CellGrid) place0() float32 {
	pos, size := g.place(0, 0)
	return pos.X + size.Width
}
