package register

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// many fills a register with long names.
func many(t *testing.T, n int) *app.Program {
	t.Helper()
	p := uitest.Program(t, false)
	statuses := []string{"new", "contacted", "visited", "mapped", "grouped", "participating", "finished", "declined"}
	err := p.Workspace.Update("Hentet bedrifter", func(tx *data.Tx) error {
		for i := range n {
			o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Municipality: fmt.Sprint(3401 + i%40),
				Name:   fmt.Sprintf("Nord-Østerdalens og Fjellregionens Allmenne Tømmer- og Trelastforretning avdeling %d AS", i),
				Status: statuses[i%8], SizeBand: "100-249", Contact: "Anne-Margrethe Haugsbakken Ødegårdstuen", OrgNumber: fmt.Sprintf("9%08d", i),
				Tags: "sagbruk, massivtre, eksport, høst 2026"}
			if err := tx.Put(&o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	sample, big, empty := uitest.Program(t, true), many(t, 1000), uitest.Program(t, false)
	sizes := []struct{ width, height float32 }{{1280, 800}, {1024, 700}}
	for look, options := range uitest.Looks() {
		for _, size := range sizes {
			for name, p := range map[string]*app.Program{"sample": sample, "many": big, "empty": empty} {
				w := uitest.WindowIn(t, p, "nb", options, size.width-navigation(options), size.height-80)
				page := New(w.Env, data.OrganisationBusiness, "").(*Page)
				w.Show(page)
				if name != "empty" {
					w.Shell.Window().Canvas().Focus(page.grid)
					page.grid.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
					w.Key(fyne.KeyDown, fyne.KeyDown)
					if page.grid.Total() == 0 {
						t.Error("nothing is shown")
					}
				}
				w.Picture(fmt.Sprintf("%s-%s-%d", name, look, int(size.width)))
			}
		}
	}
}

// TestMorePictures: the dialogs, and the other languages.
func TestMorePictures(t *testing.T) {
	p := uitest.Program(t, true)
	for _, language := range []string{"nn", "en"} {
		w := uitest.WindowIn(t, p, language, theme.Options{Variant: theme.Light, Compact: true}, 1100, 720)
		kind := map[string]string{"nn": data.OrganisationProvider, "en": data.OrganisationBusiness}[language]
		page := New(w.Env, kind, "").(*Page)
		w.Show(page)
		w.Picture("language-" + language)
		page.onColumns()
		w.Picture("columns-" + language)
		w.Key(fyne.KeyEscape)
		page.onTags()
		w.Picture("tags-" + language)
	}
}

// navigation is the room that the window's own parts take.
func navigation(o theme.Options) float32 {
	if o.TextScale > 1 {
		return 60
	}
	return 180
}
