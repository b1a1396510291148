package safety

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// host is what the pages ask of the window.
type host struct{ restored []string }

func (h *host) Restore(backup string) { h.restored = append(h.restored, backup) }
func (h *host) Version() string       { return "1.2.3 (abc)" }

// worked is the sample county after a day's work: typing, undo, deleting.
func worked(t *testing.T) (p *app.Program, application string) {
	t.Helper()
	p = uitest.Program(t, true)
	all, err := p.Grants.Applications()
	if err != nil || len(all) == 0 {
		t.Fatal("no sample application", err)
	}
	for _, a := range all {
		if strings.Contains(a.Title, "skog") {
			application = a.ID
		}
	}
	w := p.Workspace
	w.SetActor("Kari Nordmann")
	do := func(label string, fn func(*data.Tx) error, opts ...data.Option) {
		t.Helper()
		if err := w.Update(label, fn, opts...); err != nil {
			t.Fatal(err)
		}
	}
	a := &data.Application{Row: data.Row{ID: application}}
	for i := range 3 {
		text := "Vi vil bygge hus av lokalt tømmer" + strings.Repeat(".", i)
		do("Endret «Kort beskrivelse»", func(tx *data.Tx) error { return tx.SetValue(a, "shortDescription", text) }, data.Merge("s", time.Minute))
	}
	do("Endret «Søknadsbeløp»", func(tx *data.Tx) error { return tx.SetValue(a, "amountRequested", "4397400") })
	d, err := data.LoadDraft(w, application)
	if err != nil {
		t.Fatal(err)
	}
	w.SetActor("Ola Hansen")
	do("Fjernet et mål", func(tx *data.Tx) error { return tx.Delete(&d.Goals[0]) })
	do("Fjernet en rad i finansieringsplanen", func(tx *data.Tx) error {
		row := d.Financing[len(d.Financing)-1]
		for i := range d.Evidence {
			if d.Evidence[i].BudgetRow == row.ID {
				if err := tx.Delete(&d.Evidence[i]); err != nil {
					return err
				}
			}
		}
		return tx.Delete(&row)
	})
	do("Ny bedrift", func(tx *data.Tx) error {
		return tx.Put(&data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Sagbruket AS", Municipality: "3407"})
	})
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	return p, application
}

// press taps the button that says text, in the page or in the dialog over it.
func press(t testing.TB, w *uitest.Tried, text string) {
	t.Helper()
	root := w.Shell.Window().Canvas().Content()
	if top := w.Shell.Window().Canvas().Overlays().Top(); top != nil {
		root = top
	}
	b := uitest.Find(t, root, text, func(b *kit.Button) bool { return b.Text() == text })
	if b.Disabled() {
		t.Fatalf("button %q is off", text)
	}
	test.Tap(b)
}

// open opens the line of a list that begins with a title.
func open(t testing.TB, w *uitest.Tried, title string) *kit.Expander {
	t.Helper()
	d := uitest.Find(t, w.Shell.Window().Canvas().Content(), title, func(d *kit.Expander) bool {
		return strings.HasPrefix(d.FocusTarget().(fyne.Accessible).AccessibilityLabel(), title)
	})
	w.Shell.Window().Canvas().Focus(d.FocusTarget())
	w.Key(fyne.KeySpace)
	return d
}

// pictures shows a page in every look and size when pictures are asked for, and
// in the hardest one always.
func pictures(t *testing.T, p *app.Program, name string, page func(*screen.Env) screen.Page, act func(*uitest.Tried)) {
	t.Helper()
	sizes := []fyne.Size{fyne.NewSize(1050, 720), fyne.NewSize(840, 620)} // what the navigation leaves of 1280 × 800 and 1024 × 700
	for look, options := range uitest.Looks() {
		for _, size := range sizes {
			if os.Getenv("PICTURES") == "" && (look != "light-200" || size != sizes[1]) {
				continue
			}
			t.Run(fmt.Sprintf("%s-%s-%.0f", name, look, size.Width), func(t *testing.T) {
				w := uitest.WindowIn(t, p, "nb", options, size.Width, size.Height)
				w.Show(page(w.Env))
				if act != nil {
					act(w)
				}
				w.Picture(fmt.Sprintf("%s-%s-%.0f", name, look, size.Width))
			})
		}
	}
	w := uitest.WindowIn(t, p, "nn", theme.Options{Variant: theme.Light}, 1050, 720)
	w.Show(page(w.Env))
	w.Picture(name + "-nn")
}

// columnsOf are the columns of a kind of record, without its id.
func columnsOf(r data.Record) []string {
	var all []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(r).Elem()) {
		if name, ok := f.Tag.Lookup("db"); ok && name != "id" {
			all = append(all, name)
		}
	}
	return all
}
