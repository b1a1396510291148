package application

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
)

func TestTypingSavesAfterAPause(t *testing.T) {
	w := try(t)
	w.FocusField("shortDescription")
	w.write("Kurs nær bedriftene.")
	if got := w.stored("shortDescription"); got != "" {
		t.Fatalf("stored %q before the keyboard rested", got)
	}
	w.rest()
	if got := w.stored("shortDescription"); got != "Kurs nær bedriftene." {
		t.Fatalf("stored %q", got)
	}
	if w.shell.saved == 0 {
		t.Fatal("the window was not told that it is saved")
	}
}

func TestLeavingSavesWhatIsTyped(t *testing.T) {
	w := try(t)
	w.FocusField("background")
	w.write("Derfor.")
	w.Leave()
	if got := w.stored("background"); got != "Derfor." {
		t.Fatalf("stored %q", got)
	}
}

func TestUndoBringsTheTextBack(t *testing.T) {
	w := try(t)
	w.FocusField("background")
	w.write("Først.")
	w.rest()
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := w.textOf("background"); got != "" {
		t.Fatalf("the field shows %q after undo", got)
	}
	if _, err := w.program.Workspace.Redo(); err != nil {
		t.Fatal(err)
	}
	if got := w.textOf("background"); got != "Først." {
		t.Fatalf("the field shows %q after redo", got)
	}
}

// textOf is what a typed field of the open section shows.
func (w *tried) textOf(field string) string {
	w.Helper()
	v, ok := w.current.view.(*sectionView).fields[field].(*typedView)
	if !ok {
		w.Fatalf("%s is not a typed field here", field)
	}
	return v.control.Text()
}

func TestOtherProgramsNeverOverwriteTyping(t *testing.T) {
	w := try(t)
	w.FocusField("background")
	w.write("Mitt eget")
	err := w.program.Grants.SetField("Endret utenfra", w.id, "background", "Noe annet")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.textOf("background"); got != "Mitt eget" {
		t.Fatalf("the field shows %q while it is typed in", got)
	}
	w.rest()
	if got := w.stored("background"); got != "Mitt eget" {
		t.Fatalf("stored %q", got)
	}
	// At rest it follows what others write.
	if err := w.program.Grants.SetField("Endret utenfra", w.id, "background", "Noe annet"); err != nil {
		t.Fatal(err)
	}
	if got := w.textOf("background"); got != "Noe annet" {
		t.Fatalf("the field shows %q", got)
	}
}

func TestAFailedSaveIsTriedAgain(t *testing.T) {
	w := try(t)
	fail := true
	busy := &data.Error{Code: data.CodeBusy, Message: "opptatt"}
	w.Change("prøve", func(d *data.Draft) error {
		if fail && d != &w.draft {
			return busy
		}
		d.Application.Note = "notert"
		return nil
	})
	if len(w.shell.unsaved) != 1 || !errors.Is(w.shell.unsaved[0], busy) {
		t.Fatalf("the window was told %v", w.shell.unsaved)
	}
	w.FocusField("background")
	w.write("Senere")
	w.rest()
	if got := w.textOf("background"); got != "Senere" {
		t.Fatalf("the field shows %q", got)
	}
	fail = false
	w.tasks.Advance(time.Minute)
	if d := w.draftNow(); d.Application.Note != "notert" || d.Application.Answers["background"] != "Senere" {
		t.Fatalf("stored %q and %q", d.Application.Note, d.Application.Answers["background"])
	}
}

func TestLongTextIsKept(t *testing.T) {
	w := try(t)
	w.FocusField("projectDescription")
	long := strings.Repeat("Tømmer og kompetanse. ", 100_000/22+1)[:100_000]
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent(long)
	w.shell.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutPaste{Clipboard: clipboard})
	w.rest()
	if got := w.stored("projectDescription"); got != long {
		t.Fatalf("stored %d bytes of %d", len(got), len(long))
	}
}

func TestCounterCountsAsThePortal(t *testing.T) {
	w := try(t)
	w.FocusField("shortDescription")
	w.write("Hei 🌲")
	if got := texts(w.Content()); !strings.Contains(got, "6 / 500") {
		t.Fatalf("no count 6 / 500 in %s", got)
	}
}
