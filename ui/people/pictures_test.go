package people

import (
	"fmt"
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	full, empty := uitest.Program(t, true), uitest.Program(t, false)
	organisation, persons := fill(t, full)
	for look, options := range uitest.Looks() {
		for _, size := range []struct{ width, height float32 }{{1280, 800}, {1024, 700}} {
			for name, p := range map[string]*app.Program{"full": full, "empty": empty} {
				w := uitest.WindowIn(t, p, "nb", options, size.width-180, size.height-80)
				page := New(w.Env).(*page)
				w.Show(page)
				w.Picture(fmt.Sprintf("tasks-%s-%s-%d", name, look, int(size.width)))
				page.FocusField(FieldPrivacy)
				w.Picture(fmt.Sprintf("privacy-%s-%s-%d", name, look, int(size.width)))
			}
			w := uitest.WindowIn(t, full, "nb", options, size.width, size.height)
			w.Stage.SetContent(kit.NewText(""))
			d := newDesk(w.Env)
			for name, open := range map[string]func(){
				"activity": func() { AskActivity(w.Env, organisation) }, "person": func() { d.askPerson(persons[2]) },
				"task": func() { AskTask(w.Env, organisation) }, "rules": d.askRules,
				"erase": func() { d.askErase(data.Subject{Kind: "person", ID: persons[0]}, "Kari Øverås") },
			} {
				open()
				if w.Shell.Window().Canvas().Overlays().Top() == nil {
					t.Fatalf("%s opens no dialog: %v", name, w.Shell.Failed)
				}
				w.Picture(fmt.Sprintf("dialog-%s-%s-%d", name, look, int(size.width)))
				w.Key("Escape")
			}
		}
	}
	for _, language := range []string{"nn", "en"} {
		w := uitest.WindowIn(t, full, language, theme.Options{Variant: theme.Light}, 1100, 720)
		w.Show(New(w.Env))
		w.Picture("tasks-" + language)
		AskActivity(w.Env, organisation)
		w.Picture("activity-" + language)
	}
}
