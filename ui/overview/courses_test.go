package overview

import (
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/course"
	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// TestRequestsAndCourses: what is late, begins soon or was not counted is told and
// leads to its record, and goes away when it is seen to.
func TestRequestsAndCourses(t *testing.T) {
	p := program(t, true)
	day := func(days int) string { return time.Now().AddDate(0, 0, days).Format(time.DateOnly) }
	w, pg := try(t, p)
	provider := data.Organisation{OrganisationOf: data.OrganisationProvider, Name: "Fagskolen"}
	soon := data.Course{Name: "Truckfører for sagbruk", Start: day(5), Least: 8}
	past := data.Course{Name: "Kundeservice i reiselivet på Røros", Start: day(-60), Finish: day(-3), Status: course.StatusRunning}
	if err := p.Workspace.Update("x", func(tx *data.Tx) error {
		for _, r := range []data.Record{&provider, &soon, &past} {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	late, err := p.Courses.Ask("x", data.Request{Name: "Sveising av rustfritt stål", Due: day(-2)}, []string{provider.ID}, course.ChannelMail)
	if err != nil {
		t.Fatal(err)
	}
	uitest.Has(t, pg.Content(), "Forespørsler og kurs", "Forespørselen er ikke sendt.", "0 av de 8 som trengs", "Hvor mange fullførte?")
	if _, err := p.Courses.MarkSent("x", late.ID, func(name string) string { return "Purre på svar: " + name }); err != nil {
		t.Fatal(err)
	}
	uitest.Has(t, pg.Content(), "0 av 1 har svart.", "Purre på svar: Sveising")
	w.Picture("overview-courses")
	for text, want := range map[string]screen.Route{
		late.Name: {Page: screen.PageRequests, ID: late.ID},
		soon.Name: {Page: screen.PageCourses, ID: soon.ID},
		past.Name: {Page: screen.PageCourses, ID: past.ID},
	} {
		if got := press(t, w, pg, text); got != want {
			t.Errorf("%s leads to %+v", text, got)
		}
	}
	if err := p.Courses.Delete("x", late.ID); err != nil {
		t.Fatal(err)
	}
	if err := p.Workspace.Update("x", func(tx *data.Tx) error {
		soon.Start, past.Status = day(20), course.StatusCancelled
		if err := tx.Put(&soon); err != nil {
			return err
		}
		return tx.Put(&past)
	}); err != nil {
		t.Fatal(err)
	}
	if text := uitest.Texts(pg.Content()); strings.Contains(text, "Forespørsler og kurs") {
		t.Errorf("still told: %s", text)
	}
}
