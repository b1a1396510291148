package kit

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/ui/theme"
)

func rowsOf(ids ...string) []ListRow {
	var rows []ListRow
	for _, id := range ids {
		rows = append(rows, ListRow{ID: id, Label: "rad " + id, Content: NewText("Rad " + id)})
	}
	return rows
}

func TestRowListKeys(t *testing.T) {
	var opened, deleted []string
	l := NewRowList("Mer", func(id string) { opened = append(opened, id) })
	l.OnDelete = func(id string) { deleted = append(deleted, id) }
	l.SetRows(rowsOf("a", "b", "c"))
	w, _, _ := window(t, NewScroll(l))
	w.Canvas().Focus(l)
	key(t, w, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyDown, fyne.KeySpace, fyne.KeyHome, fyne.KeyUp, fyne.KeyDelete)
	if !slices.Equal(opened, []string{"b", "c"}) || !slices.Equal(deleted, []string{"a"}) {
		t.Errorf("opened %v, deleted %v", opened, deleted)
	}
	key(t, w, fyne.KeyDown)
	l.SetRows(rowsOf("c", "b"))
	if l.Current() != "b" || l.AccessibilityLabel() != "rad b" {
		t.Errorf("after a change the list is on %q, want b", l.Current())
	}
	l.SetRows(nil)
	key(t, w, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDelete)
	if len(opened) != 2 || len(deleted) != 1 || l.Current() != "" {
		t.Error("an empty list opens or deletes something")
	}
}

func TestRowListClickAndMenu(t *testing.T) {
	var opened []string
	chosen := 0
	l := NewRowList("Mer", func(id string) { opened = append(opened, id) })
	rows := rowsOf("a", "b")
	rows[1].Content = NewText("En lang tekst. En lang tekst. En lang tekst.\nOver flere linjer.")
	rows[1].Menu = []*fyne.MenuItem{fyne.NewMenuItem("Velg", func() { chosen++ })}
	l.SetRows(rows)
	w, _, _ := window(t, NewScroll(l))
	w.Canvas().Focus(l)
	test.TapAt(l, fyne.NewPos(20, l.tops[1]+l.highs[1]/2))
	if !slices.Equal(opened, []string{"b"}) {
		t.Fatalf("opened %v, want b", opened)
	}
	if l.highs[1] <= l.highs[0] {
		t.Error("a row of two lines is no higher than one of one")
	}
	key(t, w, desktop.KeyMenu)
	if w.Canvas().Overlays().Top() == nil {
		t.Error("the menu key opens no menu")
	}
}

func TestTextLink(t *testing.T) {
	pressed := 0
	l := NewMarkedLink(Stop, "Tilskudd 4 400 000 av 6 282 000 = 70,04 %. Det er 2 600 kroner over taket på 70 %.", func() { pressed++ })
	w, _, _ := window(t, Column(0, l))
	w.Canvas().Focus(l)
	key(t, w, fyne.KeyReturn, fyne.KeySpace)
	test.Tap(l)
	if pressed != 3 {
		t.Errorf("pressed %d times, want 3", pressed)
	}
	w.Resize(fyne.NewSize(260, 400))
	if len(l.text.lines) < 3 {
		t.Fatalf("%d lines in a narrow window", len(l.text.lines))
	}
	for i, o := range l.text.lines {
		if i > 0 && o.Position().Y <= l.text.lines[i-1].Position().Y {
			t.Errorf("line %d stands on the one before", i)
		}
	}
	if l.MinSize().Height < theme.Size(theme.SizeNameTarget) {
		t.Error("too low to be hit")
	}
}

func TestSharesBesideAndUnder(t *testing.T) {
	a, b := NewText("A"), NewText("B")
	c := NewShares(Shares{Parts: []float32{2, 1}, Least: 300, Gap: 10, Under: 4, End: []*Text{b}}, a, b)
	c.Resize(fyne.NewSize(610, 100))
	if a.Size().Width != 400 || b.Position() != fyne.NewPos(410, 0) || b.align != fyne.TextAlignTrailing {
		t.Errorf("beside: a is %v, b at %v", a.Size(), b.Position())
	}
	c.Resize(fyne.NewSize(290, 100))
	if a.Size().Width != 290 || b.Position().X != 0 || b.Position().Y <= 0 || b.align != fyne.TextAlignLeading {
		t.Errorf("under: a is %v, b at %v", a.Size(), b.Position())
	}
}

func TestMeterIsNeverOverfull(t *testing.T) {
	for _, c := range []struct {
		done, whole int64
		want        float32
	}{{0, 4, 0}, {1, 4, 0.25}, {9, 4, 1}, {-1, 4, 0}, {3, 0, 0}} {
		if got := NewMeter(c.done, c.whole, "").share(); got != c.want {
			t.Errorf("%d of %d is %v, want %v", c.done, c.whole, got, c.want)
		}
	}
}
