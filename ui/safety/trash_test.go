package safety

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

func trashed(t *testing.T, w *uitest.Tried) []data.Trashed {
	t.Helper()
	all, err := w.Env.Program.Workspace.Trash()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTrashTakesBackWithWhatBelonged(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	page := NewTrash(w.Env)
	w.Show(page)
	all := trashed(t, w)
	if len(all) < 3 {
		t.Fatalf("the trash holds %d", len(all))
	}
	uitest.Has(t, page.Content(), "av Ola Hansen", "Hørte til søknaden «", "[Hent tilbake]")
	const row = "Budsjettrad «"
	uitest.Find(t, page.Content(), row, func(c *kit.Check) bool { return strings.HasPrefix(c.Label(), row) })
	uitest.HasNot(t, page.Content(), "budget_row", "evidence")
	check := uitest.Find(t, page.Content(), row, func(c *kit.Check) bool { return strings.HasPrefix(c.Label(), row) })
	test.Tap(check)
	press(t, w, "Hent tilbake valgte (1)")
	left := trashed(t, w)
	if len(left) != 1 || left[0].Kind != "goal" {
		t.Errorf("left %+v: the confirmation belonged to the row", left)
	}
	if len(w.Shell.Toasts) != 1 || !strings.HasPrefix(w.Shell.Toasts[0], "Hentet tilbake: Budsjettrad «") {
		t.Errorf("toasts %q", w.Shell.Toasts)
	}
	press(t, w, "Hent tilbake")
	uitest.Has(t, page.Content(), "Papirkurven er tom.")
	if _, err := p.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	uitest.HasNot(t, page.Content(), "Papirkurven er tom.")
	if undo, _, _ := p.Workspace.Steps(); !strings.HasPrefix(undo, "Hentet tilbake: Budsjettrad") {
		t.Errorf("undo is called %q", undo)
	}
}

func TestTrashTakesSeveralBackByKeyboardInOneStep(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	page := NewTrash(w.Env)
	w.Show(page)
	n := 0
	uitest.Walk(page.Content(), func(o fyne.CanvasObject) bool {
		if c, ok := o.(*kit.Check); ok {
			w.Shell.Window().Canvas().Focus(c)
			w.Key(fyne.KeySpace)
			n++
		}
		return true
	})
	if n < 3 {
		t.Fatalf("%d lines", n)
	}
	press(t, w, "Hent tilbake valgte (3)")
	if left := trashed(t, w); len(left) != 0 {
		t.Errorf("left %+v", left)
	}
	if _, err := p.Workspace.Undo(); err != nil || len(trashed(t, w)) != n {
		t.Errorf("one undo gives %d, %v", len(trashed(t, w)), err)
	}
}

func TestTrashTellsWhenWritingIsRefused(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	page := NewTrash(w.Env)
	w.Show(page)
	if err := p.Workspace.Close(); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Hent tilbake")
	if len(w.Shell.Failed) != 1 || len(w.Shell.Toasts) != 0 {
		t.Errorf("failed %v, toasts %q", w.Shell.Failed, w.Shell.Toasts)
	}
}

func TestPicturesOfTrash(t *testing.T) {
	p, _ := worked(t)
	pictures(t, p, "trash", NewTrash, func(w *uitest.Tried) {
		test.Tap(uitest.Find(t, w.Shell.Window().Canvas().Content(), "", func(*kit.Check) bool { return true }))
	})
	pictures(t, uitest.Program(t, false), "trash-empty", func(env *screen.Env) screen.Page { return NewTrash(env) }, nil)
}
