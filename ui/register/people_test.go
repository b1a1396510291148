package register

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/people"
	"kompetansepilot/ui/uitest"
)

// talkedWith fills the record of a business.
func talkedWith(t *testing.T, p *app.Program, organisation string) {
	t.Helper()
	person := data.Person{Name: "Kari Øverås", Role: "Daglig leder", Email: "kari.overas@example.no", Phone: "900 12 345"}
	visit := data.Interaction{InteractionOf: data.InteractionVisit, Date: "2026-11-02", Text: "Omvisning i produksjonen. De mangler folk som kan programmere den nye saga, og vil gjerne ha et kurs på kveldstid."}
	err := p.Workspace.Update("Fylte", func(tx *data.Tx) error {
		for _, r := range []data.Record{&person, &visit} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		for _, r := range []data.Record{&data.PersonAt{Person: person.ID, Organisation: organisation},
			&data.InteractionWith{Interaction: visit.ID, Organisation: organisation}, &data.InteractionWith{Interaction: visit.ID, Person: person.ID},
			&data.Task{Text: "Send tilbudet fra fagskolen", Due: "2020-01-02", Organisation: organisation, Person: person.ID, Responsible: "Ingrid Bakkehaug"},
			&data.Task{Text: "Ring om studieplass", Done: "2020-01-02", Organisation: organisation}} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRecordHasPeople: the tabs follow the record, the keyboard reaches them, and
// the counts stand on them.
func TestRecordHasPeople(t *testing.T) {
	p := uitest.Program(t, true)
	id := trySampleID(t, p, "Sjoavegen Elementbygg AS")
	w := try(t, p, data.OrganisationBusiness, id)
	texts := func() string { return uitest.Texts(w.record.Content()) }
	talkedWith(t, p, id) // while the record is shown
	w.focusOn(w.record.tabs)
	w.Key(fyne.KeyRight)
	if w.record.tabs.Selected() != people.TabPersons || !strings.Contains(texts(), "Kari Øverås") || !strings.Contains(texts(), "Har ikke noe rettslig grunnlag") {
		t.Error("the person is not shown")
	}
	w.Key(fyne.KeyRight)
	if !strings.Contains(texts(), "02.11.2026 · Besøk") {
		t.Error("the visit is not shown")
	}
	w.Key(fyne.KeyRight)
	if !strings.Contains(texts(), "Send tilbudet fra fagskolen") || !strings.Contains(texts(), "Gjort 2. januar 2020") {
		t.Error("the tasks are not shown")
	}
	w.record.Open(trySampleID(t, p, "Alvdalstun Dørfabrikk AS"))
	if strings.Contains(texts(), "Send tilbudet") {
		t.Error("the tasks of the business before are shown")
	}
	w.FocusField("email")
	if w.record.tabs.Selected() != tabFields {
		t.Error("a field is not brought into sight")
	}
	w.FocusField(people.TabLog)
	if w.record.tabs.Selected() != people.TabLog {
		t.Error("a route does not lead to the log")
	}
}

// TestPeoplePictures: the tabs in all looks.
func TestPeoplePictures(t *testing.T) {
	p := uitest.Program(t, true)
	id := trySampleID(t, p, "Sjoavegen Elementbygg AS")
	talkedWith(t, p, id)
	for look, options := range uitest.Looks() {
		for _, width := range []float32{1280, 1024} {
			w := uitest.WindowIn(t, p, "nb", options, width-navigation(options), 720)
			page := New(w.Env, data.OrganisationBusiness, id).(*Page)
			w.Show(page)
			for _, tab := range []string{people.TabPersons, people.TabLog, people.TabTasks} {
				page.FocusField(tab)
				w.Picture(fmt.Sprintf("record-%s-%s-%d", tab, look, int(width)))
			}
		}
	}
}
