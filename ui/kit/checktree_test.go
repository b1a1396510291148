package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func newTestTree(t *testing.T) (*CheckTree, fyne.Window) {
	t.Helper()
	window(t, NewText("")) // for the look
	tree := NewCheckTree(printers["nb"], []string{"Kommune", "Folk"})
	tree.OnToggled = func(ids []string, on bool) {
		var now []string
		for id, is := range tree.checked {
			if is && (on || !slices.Contains(ids, id)) {
				now = append(now, id)
			}
		}
		if on {
			now = append(now, ids...)
		}
		tree.SetChecked(now)
	}
	tree.SetGroups([]CheckGroup{
		{ID: "g1", Label: "Dalen", Columns: []string{"30"}, Items: []CheckItem{{ID: "1", Label: "Sel", Columns: []string{"10"}}, {ID: "2", Label: "Åmot", Columns: []string{"20"}}}},
		{ID: "g2", Label: "Fjellet", Items: []CheckItem{{ID: "3", Label: "Os"}}},
	})
	w, _, _ := window(t, NewScroll(tree))
	w.Canvas().Focus(tree)
	return tree, w
}

func (t *CheckTree) ticked() string {
	var ids []string
	for _, id := range []string{"1", "2", "3"} {
		if t.checked[id] {
			ids = append(ids, id)
		}
	}
	return strings.Join(ids, "")
}

func TestCheckTreeByKeys(t *testing.T) {
	tree, w := newTestTree(t)
	if len(tree.rows) != 2 {
		t.Fatalf("%d lines while all is folded", len(tree.rows))
	}
	key(t, w, fyne.KeyRight, fyne.KeyDown, fyne.KeySpace)
	if tree.ticked() != "1" {
		t.Fatalf("ticked %q", tree.ticked())
	}
	if tree.lines[0].dash.Hidden {
		t.Error("a group that is ticked in part does not show it")
	}
	if said := tree.AccessibilityLabel(); said != "Sel, Folk 10, valgt" {
		t.Errorf("it says %q", said)
	}
	key(t, w, fyne.KeyHome)
	if said := tree.AccessibilityLabel(); said != "Dalen, Folk 30, 1 av 2 valgt" {
		t.Errorf("it says %q", said)
	}
	key(t, w, fyne.KeyReturn) // the rest of the group
	if tree.ticked() != "12" || !tree.lines[0].dash.Hidden {
		t.Errorf("ticked %q", tree.ticked())
	}
	key(t, w, fyne.KeySpace)
	if tree.ticked() != "" {
		t.Errorf("ticked %q", tree.ticked())
	}
	key(t, w, fyne.KeyDown, fyne.KeyDown, fyne.KeyLeft)
	if len(tree.rows) != 2 || tree.at != 0 {
		t.Errorf("folding gives %d lines and line %d", len(tree.rows), tree.at)
	}
	write(t, w, "f")
	if tree.at != 1 {
		t.Errorf("the letter goes to line %d", tree.at)
	}
	key(t, w, fyne.KeyPageUp, fyne.KeyEnd, fyne.KeyUp)
	if tree.at != 0 {
		t.Errorf("at line %d", tree.at)
	}
}

func TestCheckTreeByMouse(t *testing.T) {
	tree, _ := newTestTree(t)
	test.TapAt(tree, fyne.NewPos(5, tree.rowTop(0)+5))
	if len(tree.rows) != 4 || tree.ticked() != "" {
		t.Fatalf("the arrow gives %d lines, ticked %q", len(tree.rows), tree.ticked())
	}
	test.TapAt(tree, fyne.NewPos(200, tree.rowTop(2)+5))
	if tree.ticked() != "2" {
		t.Errorf("ticked %q", tree.ticked())
	}
	test.TapAt(tree, fyne.NewPos(200, tree.rowTop(0)+5))
	if tree.ticked() != "12" {
		t.Errorf("ticked %q", tree.ticked())
	}
	test.TapAt(tree, fyne.NewPos(200, 3)) // the titles
	if tree.ticked() != "12" {
		t.Errorf("ticked %q", tree.ticked())
	}
}

func TestCheckTreeFilter(t *testing.T) {
	tree, w := newTestTree(t)
	resized := 0
	tree.OnResized = func() { resized++ }
	tree.SetFilter("vinje")
	if len(tree.rows) != 0 || !tree.none.Visible() {
		t.Errorf("%d lines for what is not there", len(tree.rows))
	}
	tree.SetFilter(" AAmot ")
	if len(tree.rows) != 2 || resized != 2 {
		t.Fatalf("%d lines, resized %d times", len(tree.rows), resized)
	}
	key(t, w, fyne.KeyHome, fyne.KeySpace)
	if tree.ticked() != "2" {
		t.Errorf("the group ticked what is out of sight: %q", tree.ticked())
	}
	tree.SetFilter("fjell")
	if len(tree.rows) != 2 || tree.label(tree.rows[1]) != "Os" {
		t.Errorf("the name of the group shows %d lines", len(tree.rows))
	}
	tree.SetFilter("")
	if len(tree.rows) != 2 {
		t.Errorf("%d lines after the filter", len(tree.rows))
	}
}

func TestCheckTreeReadOnly(t *testing.T) {
	tree, w := newTestTree(t)
	tree.OnToggled = nil
	tree.Refresh()
	key(t, w, fyne.KeySpace)
	if tree.ticked() != "" || !tree.lines[0].box.Hidden {
		t.Error("a list to read can be ticked")
	}
	test.TapAt(tree, fyne.NewPos(200, tree.rowTop(0)+5))
	if len(tree.rows) != 4 {
		t.Errorf("a click gives %d lines", len(tree.rows))
	}
}

func TestPair(t *testing.T) {
	window(t, NewText(""))
	one, two := NewTextField(), NewTextField()
	p := NewPair(Tab{"a", "Liste", Column(0, one)}, Tab{"b", "Kart", Column(0, two)}, 800)
	var told []string
	p.OnChanged = func(id string) { told = append(told, id) }
	w, _, _ := window(t, p)
	if w.Resize(fyne.NewSize(1024, 700)); !p.beside || two.Size().Width < 300 {
		t.Fatalf("no room for two at 1024: %v", two.Size())
	}
	w.Resize(fyne.NewSize(700, 700))
	if p.beside || one.Size().Width < 690 {
		t.Fatalf("beside each other at 700: %v", one.Size())
	}
	w.Canvas().Focus(p.tabs.strip)
	key(t, w, fyne.KeyRight)
	if p.Selected() != "b" || !slices.Equal(told, []string{"b"}) || two.Size().Width < 690 {
		t.Errorf("selected %q, told %v", p.Selected(), told)
	}
}
