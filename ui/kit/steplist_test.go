package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func newTestSteps(t *testing.T) (*StepList, fyne.Window, *[]string) {
	t.Helper()
	window(t, NewText("")) // for the look
	l, log := NewStepList(), &[]string{}
	note := func(what string) func(string) { return func(id string) { *log = append(*log, what+id) } }
	l.OnSelected, l.OnDone, l.OnTicked = note("to "), note("do "), note("tick ")
	l.SetGroups([]StepGroup{
		{Steps: []Step{{ID: "a", Label: "Først"}}},
		{Label: "Fane", Steps: []Step{{ID: "b", Label: "Tittel", State: "overført", Mark: StepDone}, {ID: "c", Label: "Beløp", Note: "Endret", Mark: StepAgain}}},
	})
	w, _, _ := window(t, NewScroll(l))
	w.Canvas().Focus(l)
	return l, w, log
}

func TestStepListByKeys(t *testing.T) {
	l, w, log := newTestSteps(t)
	if l.Selected() != "a" {
		t.Fatalf("begins at %q", l.Selected())
	}
	key(t, w, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn, fyne.KeySpace, fyne.KeyEnd, fyne.KeyDown, fyne.KeyHome, fyne.KeyPageDown)
	l.TypedShortcut(&fyne.ShortcutCopy{})
	// A title is passed over, and at the ends nothing happens.
	if got := strings.Join(*log, ", "); got != "to b, do b, tick b, to c, to a, to c, do c" {
		t.Fatal(got)
	}
	if got := l.AccessibilityLabel(); got != "Beløp, Endret" {
		t.Fatal(got)
	}
}

func TestStepListByMouse(t *testing.T) {
	l, _, log := newTestSteps(t)
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, l.rowTop(1)+5)}) // a title
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, l.rowTop(2)+5)})
	if got := strings.Join(*log, ", "); got != "to b" {
		t.Fatal(got)
	}
}

func TestStepListKeepsItsPlace(t *testing.T) {
	l, _, log := newTestSteps(t)
	l.Select("c")
	l.SetGroups([]StepGroup{{Label: "Ny", Steps: []Step{{ID: "x"}, {ID: "c"}}}})
	if l.Selected() != "c" {
		t.Fatalf("went to %q", l.Selected())
	}
	l.SetGroups([]StepGroup{{Label: "Ny", Steps: []Step{{ID: "x"}}}})
	if l.Selected() != "x" {
		t.Fatalf("went to %q", l.Selected())
	}
	l.SetGroups(nil)
	l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if l.Selected() != "" || len(*log) != 0 {
		t.Fatalf("%q, %v", l.Selected(), *log)
	}
}

func TestStepListBringsIntoSight(t *testing.T) {
	window(t, NewText(""))
	l := NewStepList()
	var steps []Step
	for i := range 60 {
		steps = append(steps, Step{ID: string(rune('A' + i)), Label: "Felt"})
	}
	l.SetGroups([]StepGroup{{Steps: steps}})
	scroll := NewScroll(l)
	w, _, _ := window(t, scroll)
	w.Canvas().Focus(l)
	key(t, w, fyne.KeyEnd)
	if scroll.Offset.Y == 0 {
		t.Fatal("the last step is out of sight")
	}
}
