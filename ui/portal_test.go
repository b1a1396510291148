package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/ui/screen"
)

// TestTransferByKeysAlone goes from the application's menu to the portal, copies
// two fields and takes the second tick back.
func TestTransferByKeysAlone(t *testing.T) {
	w := trySample(t)
	id := w.application()
	w.Go(screen.Route{Page: screen.PageApplication, ID: id})
	for _, c := range w.session.page.(screen.Commander).Commands() {
		if c.Name == w.words.T("portal.command.start") {
			c.Do()
		}
	}
	if now := w.session.trail.now(); now.Page != screen.PagePortal || now.ID != id {
		t.Fatalf("went to %+v", now)
	}
	clipboard := fyne.CurrentApp().Clipboard()
	for range 2 {
		w.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if clipboard.Content() != "4400000" || !strings.Contains(w.texts(), "2 av ") {
		t.Fatalf("copied %q", clipboard.Content())
	}
	w.Undo()
	if !strings.Contains(w.texts(), "1 av ") {
		t.Fatal("the tick was not taken back")
	}
	if w.log.Len() > 0 {
		t.Fatal(w.log.String())
	}
}
