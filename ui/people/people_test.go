package people

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/people"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// tried is a program with some persons, in a window.
type tried struct {
	*uitest.Tried
	program *app.Program
	desk    *desk
}

func try(t *testing.T, sample bool) *tried {
	t.Helper()
	w := uitest.Window(t, uitest.Program(t, sample))
	return &tried{w, w.Env.Program, newDesk(w.Env)}
}

// business is the id of a business of the sample.
func business(t *testing.T, p *app.Program) string {
	t.Helper()
	all, err := data.Live[data.Organisation](p.Workspace, "kind = 'business'", "name")
	if err != nil || len(all) == 0 {
		t.Fatalf("no business: %v", err)
	}
	return all[0].ID
}

// fill makes persons, interactions and tasks of every kind.
func fill(t *testing.T, p *app.Program) (organisation string, persons []string) {
	t.Helper()
	organisation = business(t, p)
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	all := []data.Person{
		{Name: "Kari Øverås", Role: "Daglig leder", Email: "kari.overas@example.no", Phone: "900 12 345", Norm: "nn", Basis: data.BasisTask, Source: "Nettsiden til bedriften", Obtained: day(-3), Told: day(-2)},
		{Name: "Ola Berg", Role: "Verksmester", Basis: data.BasisConsent, Obtained: day(-60), Source: "Enhetsregisteret"},
		{Name: "Anne-Margrethe Haugsbakken Ødegårdstuen", Role: "Personalsjef", Email: "anne-margrethe.haugsbakken.odegardstuen@example.no", Obtained: day(-900), Source: "Møte"},
	}
	put := func(tx *data.Tx, records ...data.Record) {
		for _, r := range records {
			if err := tx.Put(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	err := p.Workspace.Update("Fylte", func(tx *data.Tx) error {
		for i := range all {
			put(tx, &all[i])
			put(tx, &data.PersonAt{Person: all[i].ID, Organisation: organisation})
			persons = append(persons, all[i].ID)
		}
		for i, x := range []data.Interaction{
			{InteractionOf: data.InteractionVisit, Date: day(-20), Text: "Omvisning i produksjonen. De mangler folk som kan programmere den nye saga, og vil gjerne ha et kurs på kveldstid. Kari snakker med eierne."},
			{InteractionOf: data.InteractionCall, Date: day(-3), Text: "Ringte om søknadsfristen."},
			{InteractionOf: data.InteractionMeeting, Date: day(6), Text: "Møte om gruppe for tømmernæringen."},
		} {
			put(tx, &x)
			put(tx, &data.InteractionWith{Interaction: x.ID, Organisation: organisation}, &data.InteractionWith{Interaction: x.ID, Person: all[i%2].ID})
		}
		for _, x := range []data.Task{
			{Text: "Send tilbudet fra fagskolen", Due: day(-4), Organisation: organisation, Person: all[0].ID, Responsible: "Ingrid Bakkehaug"},
			{Text: "Ring om studieplass", Due: day(0), Organisation: organisation},
			{Text: "Følg opp: omvisningen, og hvem av de ansatte som vil være med i gruppen for tømmernæringen når den starter etter jul", Due: day(3), Organisation: organisation},
			{Text: "Skriv referat", Due: day(40)},
			{Text: "Finn lokale"},
			{Text: "Svar på e-post", Due: day(0), Done: day(0)},
		} {
			put(tx, &x)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return organisation, persons
}

func (w *tried) focusNext(n int) {
	for range n {
		w.Shell.Window().Canvas().FocusNext()
	}
}

// TestLogsByKeyboard: from anywhere to a logged visit with a follow-up, in few
// keys and without the mouse.
func TestLogsByKeyboard(t *testing.T) {
	w := try(t, true)
	id := business(t, w.program)
	o, _ := data.Get[data.Organisation](w.program.Workspace, id)
	AskActivity(w.Env, "")
	w.Write(strings.ToLower(strings.Fields(o.Name)[0])) // the organisation is searched for
	w.Tasks.Advance(time.Second)
	w.Key(fyne.KeyReturn)
	w.focusNext(1)
	w.Write("De vil ha kurs")
	w.focusNext(2)
	w.Write("+14")
	w.Key(fyne.KeyReturn)
	if len(w.Shell.Failed) > 0 {
		t.Fatal(w.Shell.Failed)
	}
	folder, err := w.desk.people.Folder(id)
	if err != nil || len(folder.Contacts) != 1 || len(folder.Tasks) != 1 {
		t.Fatalf("%d logged, %d tasks, %v", len(folder.Contacts), len(folder.Tasks), err)
	}
	c, task := folder.Contacts[0], folder.Tasks[0]
	if c.Text != "De vil ha kurs" || c.InteractionOf != data.InteractionCall || c.Date != data.Today() {
		t.Errorf("logged %+v", c)
	}
	if want := time.Now().AddDate(0, 0, 14).Format(time.DateOnly); task.Due != want || task.Text != "Følg opp: De vil ha kurs" || task.Interaction != c.ID {
		t.Errorf("task %+v, due %s", task.Task, want)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if folder, _ = w.desk.people.Folder(id); len(folder.Contacts)+len(folder.Tasks) != 0 {
		t.Error("one step did not undo all of it")
	}
}

// TestLogsWithSeveral: a meeting may be with several organisations and persons.
func TestLogsWithSeveral(t *testing.T) {
	w := try(t, true)
	organisation, persons := fill(t, w.program)
	all, err := data.Live[data.Organisation](w.program.Workspace, "kind = 'provider'", "name")
	if err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	facts, err := w.desk.gather(organisation, persons[1], "")
	if err != nil {
		t.Fatal(err)
	}
	f := newActivityForm(w.desk, facts)
	f.with[1].SetChoice(kit.Option{ID: all[0].ID, Label: all[0].Name})
	f.with[1].OnChanged(all[0].ID)
	if len(f.with) != 3 {
		t.Errorf("room for %d organisations", len(f.with))
	}
	if got := f.who.Selected(); !slices.Equal(got, []string{persons[1]}) {
		t.Errorf("chosen %v", got)
	}
	w.Write("Felles møte")
	w.focusNext(1)
	w.Key(fyne.KeyReturn)
	for _, id := range []string{organisation, all[0].ID} {
		folder, _ := w.desk.people.Folder(id)
		if !slices.ContainsFunc(folder.Contacts, func(c people.Contact) bool {
			return c.Text == "Felles møte" && len(c.Organisations) == 2 && len(c.People) == 1
		}) {
			t.Errorf("%s has %+v (%v)", id, folder.Contacts, w.Shell.Failed)
		}
	}
}

// TestLinksAPerson: one person may belong to several businesses.
func TestLinksAPerson(t *testing.T) {
	w := try(t, true)
	_, persons := fill(t, w.program)
	all, _ := data.Live[data.Organisation](w.program.Workspace, "kind = 'provider'", "name")
	w.desk.askLink(all[0].ID)
	w.Write("kari")
	w.Tasks.Advance(time.Second)
	w.Key(fyne.KeyReturn, fyne.KeyReturn)
	if c, err := w.desk.people.Card(persons[0]); err != nil || len(c.At) != 2 {
		t.Errorf("at %v, %v %v", c.At, err, w.Shell.Failed)
	}
}

func TestLogNeedsSomething(t *testing.T) {
	w := try(t, true)
	AskActivity(w.Env, business(t, w.program))
	w.focusNext(2)
	w.Key(fyne.KeyReturn)
	if texts := uitest.Texts(w.Shell.Window().Canvas().Overlays().Top()); !strings.Contains(texts, "Skriv hva som ble sagt") {
		t.Error("an empty entry is taken")
	}
}

func TestAddsAPersonByKeyboard(t *testing.T) {
	w := try(t, true)
	id := business(t, w.program)
	AskPerson(w.Env, id)
	w.Write("Kari  Øverås")
	w.focusNext(1)
	w.Write("Daglig leder")
	w.focusNext(1)
	w.Write("kari@example")
	w.Key(fyne.KeyReturn)
	if folder, _ := w.desk.people.Folder(id); len(folder.People) != 0 {
		t.Fatal("a wrong address is taken")
	}
	w.focusNext(2)
	w.Write(".no")
	w.Key(fyne.KeyReturn)
	folder, _ := w.desk.people.Folder(id)
	if len(folder.People) != 1 {
		t.Fatalf("%d persons, %v", len(folder.People), w.Shell.Failed)
	}
	if p := folder.People[0]; p.Name != "Kari Øverås" || p.Role != "Daglig leder" || p.Basis != data.BasisTask || p.Obtained != data.Today() {
		t.Errorf("added %+v", p.Person)
	}
}

// TestTicksOff: the page shows what is due, and a tick is a step to undo.
func TestTicksOff(t *testing.T) {
	w := try(t, true)
	fill(t, w.program)
	p := New(w.Env).(*page)
	w.Show(p)
	texts := uitest.Texts(p.Content())
	for _, want := range []string{"Over fristen", "4 dager over fristen", "I dag", "De neste sju dagene", "Senere", "Uten frist", "Gjort i dag", "Avtalte besøk og møter"} {
		if !strings.Contains(texts, want) {
			t.Errorf("no %q", want)
		}
	}
	w.Shell.Window().Canvas().Focus(kit.FirstFocusable(p.todo))
	w.Key(fyne.KeySpace)
	if texts = uitest.Texts(p.Content()); strings.Contains(texts, "dager over fristen") || !strings.Contains(texts, "Send tilbudet") {
		t.Error("the task was not ticked off")
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(uitest.Texts(p.Content()), "4 dager over fristen") {
		t.Error("the tick was not undone on the page")
	}
	p.FocusField(FieldPrivacy)
	texts = uitest.Texts(p.Content())
	for _, want := range []string{"Har ikke noe rettslig grunnlag", "Skulle vært slettet", "Det står ikke når samtykket ble gitt", "24 måneder"} {
		if !strings.Contains(texts, want) {
			t.Errorf("the watch does not say %q", want)
		}
	}
	if strings.Contains(texts, "Kari Øverås") {
		t.Error("somebody with nothing to mend is on the watch list")
	}
}

// TestSavesFiles: the letter, the export and the calendar.
func TestSavesFiles(t *testing.T) {
	w := try(t, true)
	_, persons := fill(t, w.program)
	p := New(w.Env).(*page)
	w.Show(p)
	file := filepath.Join(t.TempDir(), "x")
	p.files = &kit.FakeChooser{Path: file}
	card, err := w.desk.people.Card(persons[0])
	if err != nil {
		t.Fatal(err)
	}
	begins := func(want string) []byte {
		t.Helper()
		raw, err := os.ReadFile(file)
		if err != nil || !bytes.HasPrefix(raw, []byte(want)) {
			t.Fatalf("the file begins with %q: %v %v", raw[:min(len(raw), 20)], err, w.Shell.Failed)
		}
		return raw
	}
	p.makeNotice(card)
	begins("%PDF-")
	w.Key(fyne.KeyReturn) // it is sent
	if again, _ := w.desk.people.Get(persons[0]); again.Told != data.Today() || again.ToldHow != "Brev" {
		t.Errorf("told %q by %q", again.Told, again.ToldHow)
	}
	p.export(data.Subject{Kind: "person", ID: persons[0]})
	raw := begins("PK")
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil || len(z.File) != 2 {
		t.Errorf("the export holds %v, %v", z, err)
	}
	p.onCalendar("events")
	begins("BEGIN:VCALENDAR\r\n")
}

// TestErases: the dialog tells what goes; its verb does it and shows a receipt.
func TestErases(t *testing.T) {
	w := try(t, true)
	organisation, persons := fill(t, w.program)
	if _, err := w.program.Backup(); err != nil {
		t.Fatal(err)
	}
	s := NewSection(w.Env)
	s.Show(organisation)
	w.desk.askErase(data.Subject{Kind: "person", ID: persons[0]}, "Kari Øverås")
	top := func() string {
		if o := w.Shell.Window().Canvas().Overlays().Top(); o != nil {
			return uitest.Texts(o)
		}
		return ""
	}
	for _, want := range []string{"Slette Kari Øverås for godt?", "1 person", "Her tas navn, adresser", "1 sikkerhetskopi i"} {
		if !strings.Contains(top(), want) {
			t.Errorf("the preview does not say %q", want)
		}
	}
	w.Key(fyne.KeyReturn) // the focus is on Avbryt
	if _, err := w.desk.people.Get(persons[0]); err != nil {
		t.Fatal("Avbryt erased the person")
	}
	w.desk.askErase(data.Subject{Kind: "person", ID: persons[0]}, "Kari Øverås")
	w.focusNext(1)
	w.Key(fyne.KeyReturn)
	if !strings.Contains(top(), "Kvittering") {
		t.Errorf("no receipt: %s %v", top(), w.Shell.Failed)
	}
	if _, err := w.desk.people.Get(persons[0]); data.Code(err) != data.CodeNotFound {
		t.Errorf("the person is there: %v", err)
	}
}

func TestRoutes(t *testing.T) {
	w := try(t, true)
	organisation, persons := fill(t, w.program)
	r, ok, err := RouteTo(w.Env, data.Hit{Kind: "person", Record: persons[0]})
	if want := (screen.Route{Page: screen.PageBusinesses, ID: organisation, Field: TabPersons}); !ok || err != nil || r != want {
		t.Errorf("route %+v, %v", r, err)
	}
	if _, ok, _ := RouteTo(w.Env, data.Hit{Kind: "goal", Record: "x"}); ok {
		t.Error("a goal has a route here")
	}
	hits, err := w.program.Workspace.Search("omvisning", 5)
	if err != nil || !slices.ContainsFunc(hits, func(h data.Hit) bool { return h.Kind == "interaction" }) {
		t.Errorf("the log is not searched: %v %v", hits, err)
	}
	day, err := ReadDay(w.Env)
	if err != nil || len(Today(w.Env, &day)) != 1 {
		t.Errorf("the overview has nothing to show: %v", err)
	}
}
