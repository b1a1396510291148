package safety

import (
	"fmt"
	"strings"
	"testing"

	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

func TestHistoryTellsWhoWhenAndWhat(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	page := NewHistory(w.Env, "", "")
	w.Show(page)
	uitest.Has(t, page.Content(), "I dag", "Angret: Ny bedrift", "Angret", "Ola Hansen · Virksomhet", "Endret «Kort beskrivelse»", "Kari Nordmann · Søknad «")
	if n := strings.Count(uitest.Said(page.Content()), "Endret «Kort beskrivelse»"); n != 1 {
		t.Errorf("what was typed in one go shows %d times", n)
	}
	open(t, w, "Endret «Søknadsbeløp»")
	uitest.Has(t, page.Content(), "[Søknadsbeløp]", "Etter: 4 397 400 kroner", "Før: ")
	uitest.HasNot(t, page.Content(), "amountRequested", "organisation", "budget_row")
	press(t, w, "Søknadsbeløp")
	if len(w.Shell.Went) != 1 || w.Shell.Went[0].Page != screen.PageHistory || w.Shell.Went[0].Field != "amountRequested" {
		t.Errorf("went %+v", w.Shell.Went)
	}
	open(t, w, "Fjernet en rad i finansieringsplanen")
	uitest.Has(t, page.Content(), "flyttet til papirkurven")
	open(t, w, "Ny bedrift")
	uitest.Has(t, page.Content(), "Virksomhet «Sagbruket AS» · lagt til", "3407 Gjøvik", "Bedrift")
}

func TestHistoryShowsNoRawNames(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	n := newNamer(w.Env)
	steps, err := p.Workspace.FindSteps(data.StepQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		entries, _, err := p.Workspace.StepChanges(s.Step, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range n.groups(entries) {
			for _, l := range g.lines {
				if l.label == l.field || strings.Contains(l.label, "_") || strings.HasPrefix(l.label, "safety.") {
					t.Errorf("%s: the field %q is called %q", g.title, l.field, l.label)
				}
				if strings.Contains(l.before+l.after, "{\"") {
					t.Errorf("%s: %s shows %q", g.title, l.label, l.before+l.after)
				}
			}
		}
	}
}

func TestHistoryComesInPagesAndIsSearched(t *testing.T) {
	p := uitest.Program(t, false)
	org := data.Organisation{Name: "Sag AS"}
	for i := range stepsOnPage + 5 {
		org.Note = fmt.Sprint("n", i)
		if err := p.Workspace.Update(fmt.Sprint("Steg ", i, "."), func(tx *data.Tx) error { return tx.Put(&org) }); err != nil {
			t.Fatal(err)
		}
	}
	w := uitest.Window(t, p)
	page := NewHistory(w.Env, "", "").(*stepHistory)
	w.Show(page)
	uitest.Has(t, page.Content(), "Steg 54.", "Steg 5.")
	uitest.HasNot(t, page.Content(), "Steg 4.")
	press(t, w, "Eldre")
	uitest.Has(t, page.Content(), "Steg 4.", "Steg 0.")
	uitest.HasNot(t, page.Content(), "Steg 5.")
	press(t, w, "Nyere")
	uitest.Has(t, page.Content(), "Steg 54.")
	page.FocusField("")
	w.Write("STEG 3.")
	w.Tasks.Advance(searchPause)
	uitest.Has(t, page.Content(), "Steg 3.")
	uitest.HasNot(t, page.Content(), "Steg 54.")
	w.Write("zz")
	w.Tasks.Advance(searchPause)
	uitest.Has(t, page.Content(), "Ingen steg passer med «STEG 3.zz».")
}

func TestHistoryFollowsChangesAndKeepsWhatIsOpen(t *testing.T) {
	p, application := worked(t)
	w := uitest.Window(t, p)
	page := NewHistory(w.Env, "", "")
	w.Show(page)
	line := open(t, w, "Endret «Søknadsbeløp»")
	if err := p.Grants.SetField("Nytt navn", application, "title", "Skogen"); err != nil {
		t.Fatal(err)
	}
	uitest.Has(t, page.Content(), "Nytt navn", "Etter: 4 397 400 kroner")
	if !line.Open() {
		t.Error("the line was closed by a change elsewhere")
	}
	page.Leave()
	if err := p.Grants.SetField("Senere", application, "title", "Hus"); err != nil {
		t.Fatal(err)
	}
	uitest.HasNot(t, page.Content(), "Senere")
}

func TestFieldHistoryTakesATextBack(t *testing.T) {
	p, application := worked(t)
	before, err := data.LoadDraft(p.Workspace, application)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Grants.SetField("Tok alt bort", application, "background", "Kort."); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	page := NewHistory(w.Env, application, "background")
	w.Show(page)
	if page.Title() != "Hva har stått i «Bakgrunn»" {
		t.Errorf("title %q", page.Title())
	}
	uitest.Has(t, page.Content(), "Tok alt bort", "Etter: Kort.", "[Vis hele teksten]", "Ola Hansen")
	press(t, w, "Hent tilbake denne teksten")
	now, err := data.LoadDraft(p.Workspace, application)
	if err != nil || now.Application.Answers["background"] != before.Application.Answers["background"] {
		t.Errorf("background is %q, %v", now.Application.Answers["background"], err)
	}
	if len(w.Shell.Toasts) != 1 || w.Shell.Saves != 1 || len(w.Shell.Failed) != 0 {
		t.Errorf("%+v", w.Shell)
	}
	if undo, _, _ := p.Workspace.Steps(); undo != "Hentet tilbake teksten i «Bakgrunn»" {
		t.Errorf("undo is called %q", undo)
	}
	uitest.Has(t, page.Content(), "Hentet tilbake teksten i «Bakgrunn»", "Før: Kort.")
	press(t, w, "Åpne der det står")
	if got := w.Shell.Went; len(got) != 1 || got[0] != (screen.Route{Page: screen.PageApplication, ID: application, Field: "background"}) {
		t.Errorf("went %+v", got)
	}
}

func TestRecordHistoryOffersNoTextThatMustNotBeSet(t *testing.T) {
	p, application := worked(t)
	if err := p.Workspace.Update("Sendt", func(tx *data.Tx) error {
		a, err := data.Get[data.Application](tx, application)
		a.Status, a.CaseNumber = data.StatusSubmitted, "20/1"
		if err == nil {
			err = tx.Put(&a)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	page := NewHistory(w.Env, application, "status")
	w.Show(page)
	uitest.Has(t, page.Content(), "Før: Påbegynt", "Etter: Innsendt")
	uitest.HasNot(t, page.Content(), "[Hent tilbake denne teksten]")
	gone := NewHistory(w.Env, "none", "")
	uitest.Has(t, gone.Content(), "Fant ikke posten")
}

func TestEveryKindAndColumnHasAWord(t *testing.T) {
	records := []data.Record{&data.Setting{}, &data.CallFile{}, &data.Application{}, &data.Goal{}, &data.Activity{}, &data.Milestone{}, &data.BudgetRow{},
		&data.Evidence{}, &data.Partner{}, &data.Attachment{}, &data.Version{}, &data.Organisation{}, &data.PortalFile{}, &data.Transfer{}, &data.Receipt{}, &data.MadeDocument{},
		&data.Agreement{}, &data.Signature{}, &data.Aid{}, &data.Offering{}, &data.Enquiry{}, &data.Campus{}, &data.Pool{}, &data.PoolNeed{},
		&data.Request{}, &data.Reply{}, &data.Course{}, &data.Participation{}, &data.Participant{}}
	for _, code := range []string{"nb", "nn", "en"} {
		words := uitest.Words(code)
		for _, r := range records {
			if !words.Has("safety.kind."+r.Kind()) || !words.Has("safety.count."+r.Kind()) {
				t.Errorf("%s: no word for %s", code, r.Kind())
			}
			for _, column := range columnsOf(r) {
				if !words.Has("safety.column." + column) {
					t.Errorf("%s: no word for %s.%s", code, r.Kind(), column)
				}
				if r.Kind() == "application" && !applicationColumn(column) {
					t.Errorf("applicationColumn does not know %q", column)
				}
			}
		}
	}
}

func TestExcerptsShowTheChangeOnly(t *testing.T) {
	long := strings.Repeat("Skogen er stor og grønn. ", 40)
	before, after := excerpts(long+"Slutt. "+long, long+"Ny slutt. "+long)
	for _, s := range []string{before, after} {
		if len([]rune(s)) > 200 || !strings.HasPrefix(s, "… ") || !strings.HasSuffix(s, " …") {
			t.Errorf("%q", s)
		}
	}
	if !strings.Contains(after, "Ny slutt.") || strings.Contains(before, "Ny") {
		t.Errorf("%q → %q", before, after)
	}
	if b, a := excerpts("Kort", "Kortere"); b != "Kort" || a != "Kortere" {
		t.Errorf("%q → %q", b, a)
	}
	if _, a := excerpts("", strings.Repeat("æ", 2000)); len([]rune(a)) > mostShown+10 {
		t.Errorf("%d characters", len([]rune(a)))
	}
}

func TestPicturesOfHistory(t *testing.T) {
	p, application := worked(t)
	if err := p.Grants.SetField("Tok alt bort", application, "background", "Kort."); err != nil {
		t.Fatal(err)
	}
	pictures(t, p, "history", func(env *screen.Env) screen.Page { return NewHistory(env, "", "") }, func(w *uitest.Tried) {
		open(t, w, "Endret «Søknadsbeløp»")
		open(t, w, "Fjernet et mål")
	})
	pictures(t, p, "history-field", func(env *screen.Env) screen.Page { return NewHistory(env, application, "background") }, nil)
	pictures(t, p, "history-record", func(env *screen.Env) screen.Page { return NewHistory(env, application, "") }, nil)
	pictures(t, uitest.Program(t, false), "history-empty", func(env *screen.Env) screen.Page { return NewHistory(env, "", "") }, nil)
}

func TestHistoryOfManySteps(t *testing.T) {
	if testing.Short() {
		t.Skip("writes many steps")
	}
	p := uitest.Program(t, true)
	org := data.Organisation{Name: "Sag AS"}
	for i := range 1500 {
		org.Note = fmt.Sprint("n", i)
		if err := p.Workspace.Update("Endret notatet", func(tx *data.Tx) error { return tx.Put(&org) }); err != nil {
			t.Fatal(err)
		}
	}
	w := uitest.Window(t, p)
	page := NewHistory(w.Env, "", "").(*stepHistory)
	w.Show(page)
	for range 5 {
		press(t, w, "Eldre")
	}
	if len(page.rows) != stepsOnPage {
		t.Errorf("%d rows stand on a page", len(page.rows))
	}
	past := NewHistory(w.Env, org.ID, "note")
	w.Show(past)
	uitest.Has(t, past.Content(), "Etter: n1499", "[Eldre]")
	press(t, w, "Eldre")
	uitest.Has(t, past.Content(), "Etter: n1469", "[Nyere]")
}

// TestHistoryTellsOfNeeds: every column of a need has a name of its own.
func TestHistoryTellsOfNeeds(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	need := data.Need{Industry: "Sagbruk", Municipality: "3421", Employees: 4, Text: "Plankene vrir seg", OwnWords: "De vrir seg", People: 3, Level: "fagskole",
		Form: "nett", Reach: 50, FromMonth: 9, ToMonth: 11, Norm: "nb", Credits: 500, Urgency: data.UrgencyHigh, Shareable: true, Interview: "2026-03-01", Created: "2026-03-01T10:00:00Z"}
	if err := p.Workspace.Update("La til et behov", func(tx *data.Tx) error { return tx.Put(&need) }); err != nil {
		t.Fatal(err)
	}
	n := newNamer(w.Env)
	if got := n.record("need", need.ID); got != "Behov «Plankene vrir seg»" {
		t.Errorf("called %q", got)
	}
	for _, field := range []string{"industry", "municipality", "employees", "text", "own_words", "people", "level", "form", "reach", "from_month", "to_month", "norm",
		"credits", "urgency", "shareable", "interview", "created", "organisation"} {
		if name := n.field("need", need.ID, field); name == w.Env.Words.T("safety.field.unknown") {
			t.Errorf("%s has no name", field)
		}
	}
}
