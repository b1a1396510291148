package courses

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/brief"
	"kompetansepilot/app/course"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// filled is a program with a group of three businesses and four providers.
type filled struct {
	*app.Program
	pool      need.Pool
	providers []data.Organisation
}

func fill(t *testing.T, p *app.Program) *filled {
	t.Helper()
	f := &filled{Program: p, pool: need.Pool{ID: "gruppe", Stored: true, People: 14, Place: "3446", Months: []int{1, 2, 3}, Level: need.Any, Form: need.FormBlended}}
	err := p.Workspace.Update("La til", func(tx *data.Tx) error {
		for i, name := range []string{"Fagskolen Innlandet, avdeling for bygg, anlegg og treteknikk", "NTNU Videre", "Studieforbundet Folkeuniversitetet Øst", "Åsnes kurssenter AS"} {
			o := data.Organisation{OrganisationOf: data.OrganisationProvider, Name: name, Contact: "Kari Ås", Norm: []string{"nb", "nn"}[i%2], ProviderKind: partner.ProviderPrivate}
			if err := tx.Put(&o); err != nil {
				return err
			}
			f.providers = append(f.providers, o)
		}
		for i, name := range []string{"Bjørkåsen Trelast og Byggevarer AS", "Dal Sagbruk AS", "Høvleriet på Ås"} {
			o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: name, Municipality: "3446"}
			if err := tx.Put(&o); err != nil {
				return err
			}
			n := data.Need{Organisation: o.ID, Municipality: "3446", Reach: 100, Text: "Vi trenger kurs i sveising av rustfritt stål", People: int64(6 - i), Level: need.Any, Form: need.Any}
			if err := tx.Put(&n); err != nil {
				return err
			}
			f.pool.Needs = append(f.pool.Needs, n.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// request sends a request to all providers and gives it answers.
func (f *filled) request(t *testing.T) course.Requested {
	t.Helper()
	r := course.OfPool(&f.pool, "Sveising av rustfritt stål, for trelast og sagbruk")
	r.Due = time.Now().AddDate(0, 0, 10).Format(time.DateOnly)
	var ids []string
	for _, o := range f.providers {
		ids = append(ids, o.ID)
	}
	asked, err := f.Courses.Ask("Spurte", r, ids, course.ChannelMail)
	if err != nil {
		t.Fatal(err)
	}
	sent, err := f.Courses.MarkSent("Sendte", asked.ID, strings.ToUpper)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now().AddDate(0, 2, 0).Format(time.DateOnly)
	for i, values := range []map[string]string{
		{brief.FieldTotal: "154000", brief.FieldForm: partner.FormNetGatherings, brief.FieldPlace: "Gran videregående skole", brief.FieldStart: start, brief.FieldDates: "Tre samlinger på to dager",
			brief.FieldCredits: "750", brief.FieldLevel: partner.LevelVocational, brief.FieldLeast: "10", brief.FieldCapacity: "18", brief.FieldLanguage: "nb"},
		{brief.FieldPrice: "9800", brief.FieldForm: partner.FormNet, brief.FieldStart: start, brief.FieldCredits: "500", brief.FieldLeast: "16", brief.FieldCapacity: "30", brief.FieldLanguage: "nn", brief.FieldValid: "2026-01-01"},
		{brief.FieldTotal: "119000", brief.FieldPrice: "12000", brief.FieldForm: partner.FormOnSite, brief.FieldCapacity: "12", brief.FieldNote: "Vi kommer til dere."},
	} {
		if _, err := f.Courses.AddReply("Svar", sent.Asked[i].ID, values); err != nil {
			t.Fatal(err)
		}
	}
	sent, err = f.Courses.Request(sent.ID)
	if err != nil {
		t.Fatal(err)
	}
	return sent
}

// TestFromRequestToCourse sends a request from a group, types one reply, reads
// another from a file, compares, chooses, and undoes.
func TestFromRequestToCourse(t *testing.T) {
	f := fill(t, uitest.Program(t, false))
	w := uitest.Window(t, f.Program)
	group := course.OfPool(&f.pool, "Sveising")
	group.Due = "2099-01-10"
	sent, err := f.Courses.Ask("Spurte", group, []string{f.providers[0].ID, f.providers[1].ID}, course.ChannelMail)
	if err != nil {
		t.Fatal(err)
	}
	p := NewRequests(w.Env, "").(*Requests)
	w.Show(p)
	uitest.Has(t, p.Content(), "Sveising", "Ikke sendt", "Forespørselen er ikke sendt ennå.")
	w.Picture("requests-unsent")
	uitest.Find(t, p.head, "mark as sent", func(b *kit.Button) bool { return b.Text() == "Merk som sendt" }).Tapped(nil)
	uitest.Has(t, p.Content(), "Venter på svar", "sendt ")
	if strings.Contains(uitest.Texts(p.Content()), "Merk som sendt") {
		t.Error("can be marked as sent twice")
	}
	if tasks, err := data.Live[data.Task](f.Workspace, "", ""); err != nil || len(tasks) != 1 || tasks[0].Text != "Purre på svar: Sveising" || tasks[0].Due != "2099-01-10" {
		t.Errorf("%+v %v", tasks, err)
	}
	if got := p.roll.Rows[0].Cells[2]; got != "0 av 2" {
		t.Errorf("replies: %q", got)
	}

	folder := t.TempDir()
	p.chooser = &kit.FakeChooser{Path: folder}
	p.onFiles()
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 4 {
		t.Fatalf("%v %v %v", files, err, w.Shell.Failed)
	}

	// The first is typed.
	p.tabs.Select(tabReply)
	p.reply.choose(sent.Asked[0].ID)
	p.reply.form.Focus(brief.FieldTotal)
	w.Write("140 000")
	p.reply.form.Focus(brief.FieldPrice)
	w.Write("ti tusen")
	uitest.Has(t, p.Content(), "Skriv et helt tall")
	p.flush()
	r, err := f.Courses.Request(sent.ID)
	if err != nil || r.Asked[0].Reply.Total != "140000" || r.Asked[0].Reply.Price != "" || r.Asked[0].Status != partner.EnquiryYes {
		t.Fatalf("%+v %v", r.Asked[0], err)
	}

	// The second comes back as a file, whose sheet knows what it answers.
	back := ""
	for _, name := range files {
		if strings.Contains(name, "NTNU") && strings.HasSuffix(name, ".xlsx") {
			back = name
		}
	}
	answer(t, back, map[string]string{brief.FieldTotal: "98 000", brief.FieldStart: "i vår", brief.FieldPlace: "Gjøvik"})
	p.chooser = &kit.FakeChooser{Path: back}
	p.onImport()
	if r, err = f.Courses.Request(sent.ID); err != nil || r.Asked[1].Reply.Total != "98000" || !strings.Contains(r.Asked[1].Reply.Unread, "i vår") {
		t.Fatalf("%+v %v %v", r.Asked[1].Reply, err, w.Shell.Failed)
	}
	uitest.Has(t, w.Shell.Window().Canvas().Overlays().Top(), "skal være en dato, for eksempel 01.02.2027, men der står «i vår»")
	p.tabs.Select(tabCompare)
	uitest.Has(t, p.Content(), "Velg NTNU")
	for i, want := range []string{"10 000 kr", "7 000 kr"} {
		if cell := p.sheet.Cell(2, i+1); strings.ReplaceAll(cell.Text, lang.NarrowSpace, " ") != want || (cell.Marked && cell.Tone == kit.Fine) != (i == 1) {
			t.Errorf("%+v, want %s", cell, want)
		}
	}

	p.choose(&r.Asked[1], "Takk")
	if went := w.Shell.Went[len(w.Shell.Went)-1]; went.Page != screen.PageCourses || went.ID == "" {
		t.Errorf("%+v %v", w.Shell.Went, w.Shell.Failed)
	}
	uitest.Has(t, p.Content(), "Valgt", "Gå til kurset")
	if _, err := f.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	uitest.HasNot(t, p.Content(), "Gå til kurset")
}

// answer fills a reply sheet.
func answer(t *testing.T, path string, values map[string]string) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range book.GetDefinedName() {
		sheet, cell, _ := strings.Cut(n.RefersTo, "!")
		if text := values[strings.TrimPrefix(n.Name, "kp_")]; text != "" {
			if err := book.SetCellStr(strings.Trim(sheet, "'"), strings.ReplaceAll(cell, "$", ""), text); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
}

// TestAsksFromAGroup chooses providers in the dialog; a group that was only
// proposed becomes a record.
func TestAsksFromAGroup(t *testing.T) {
	f := fill(t, uitest.Program(t, false))
	w := uitest.Window(t, f.Program)
	g, err := f.Needs.Group(need.PoolLimits{}, nil)
	if err != nil || len(g.Pools) == 0 {
		t.Fatal(err)
	}
	AskPool(w.Env, g, &g.Pools[0], "Sveising")
	to := uitest.Find(t, w.Shell.Window().Canvas().Overlays().Top(), "providers", func(*kit.MultiCheck) bool { return true })
	to.SetSelected([]string{f.providers[2].ID})
	verb := uitest.Find(t, w.Shell.Window().Canvas().Overlays().Top(), "verb", func(b *kit.Button) bool { return b.Text() == "Lag forespørselen" })
	verb.Tapped(nil)
	all, err := f.Courses.Requests()
	if err != nil || len(all) != 1 || all[0].Pool == "" || len(all[0].Asked) != 1 || all[0].Due == "" || all[0].People != 15 {
		t.Fatalf("%+v %v %v", all, err, w.Shell.Failed)
	}
	if _, err := data.Get[data.Pool](f.Workspace, all[0].Pool); err != nil {
		t.Error(err)
	}
	ShowRequests(w.Env, all[0].Pool)
	if went := w.Shell.Went[len(w.Shell.Went)-1]; went.ID != all[0].ID {
		t.Error(went)
	}
}

// TestCountsAreTypedAndChecked types counts in the sheet, is told what cannot be
// right, and finds them in the totals.
func TestCountsAreTypedAndChecked(t *testing.T) {
	f := fill(t, uitest.Program(t, false))
	sent := f.request(t)
	made, err := f.Courses.Choose("Valgte", sent.Asked[0].ID, "")
	if err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, f.Program)
	p := NewCourses(w.Env, made.Course.ID).(*Courses)
	w.Show(p)
	uitest.Has(t, p.Content(), "Planlagt")
	if rows := p.people.sheet.Rows(); len(rows) != 4 || !strings.HasPrefix(rows[0].Cells[0].Text, "Bjørkåsen") || rows[3].Cells[colExpected].Text != "15" {
		t.Fatalf("%+v", rows)
	}
	p.people.onAsExpected()
	p.people.sheet.Select(0, colStarted)
	p.people.onTyped(kit.SheetChange{Row: 0, Column: colStarted, Text: "8"})
	p.people.sheet.OnDone()
	uitest.Has(t, p.Content(), "8 har begynt, men bare 6 er påmeldt")
	p.people.onTyped(kit.SheetChange{Row: 0, Column: colStarted, Text: "seks"})
	p.people.sheet.OnDone()
	run, err := f.Courses.Run(made.Course.ID)
	if err != nil || run.Businesses[0].Started != 8 || run.Sum().Registered != 15 {
		t.Fatalf("%+v %v", run, err)
	}
	p.people.onFilled([]kit.SheetChange{{Row: 0, Column: colStarted, Text: "6"}, {Row: 0, Column: colCompleted, Text: "5"}, {Row: 0, Column: colDropped, Text: "1"}, {Row: 1, Column: colCredits, Text: "7,5"}})
	if run, err = f.Courses.Run(made.Course.ID); err != nil || run.Businesses[0].Completed != 5 || run.Businesses[0].Started != 6 || run.Businesses[1].Credits != 750 {
		t.Fatalf("%+v %v", run.Businesses, err)
	}
	uitest.Has(t, p.Content(), "Si hvorfor noen falt fra", "ingen har fullført")
	p.tabs.Select(tabTotals)
	if got := p.totals.sheet.Cell(0, 3).Text; got != "15" {
		t.Errorf("registered: %q", got)
	}
	p.totals.public.Tapped(nil)
	if got, want := p.totals.sheet.Cell(0, 6).Text, w.Env.Words.T("insight.hidden"); got != want {
		t.Errorf("dropped out, as it may leave the county: %q, want %q", got, want)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	p.totals.chooser = &kit.FakeChooser{Path: path}
	p.totals.onSave()
	if _, err := os.Stat(path); err != nil {
		t.Error(err, w.Shell.Failed)
	}
}

// TestNamesNeedALegalBasis: a name without one is not kept.
func TestNamesNeedALegalBasis(t *testing.T) {
	f := fill(t, uitest.Program(t, false))
	sent := f.request(t)
	made, err := f.Courses.Choose("Valgte", sent.Asked[0].ID, "")
	if err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, f.Program)
	p := NewCourses(w.Env, made.Course.ID).(*Courses)
	w.Show(p)
	p.people.sheet.Select(0, colBusiness)
	p.people.askBusiness()
	d := p.people.open
	d.name.SetText("Ola Nordmann")
	d.onAdd()
	run, err := f.Courses.Run(made.Course.ID)
	if err != nil || len(run.Businesses[0].People) != 0 {
		t.Fatalf("%+v %v", run.Businesses[0].People, err)
	}
	d.basis.SetSelected(course.BasisConsent)
	d.onAdd()
	if run, err = f.Courses.Run(made.Course.ID); err != nil || len(run.Businesses[0].People) != 1 || run.Businesses[0].People[0].Name != "Ola Nordmann" {
		t.Fatalf("%+v %v", run.Businesses[0].People, err)
	}
	d.onRemove(run.Businesses[0].People[0].ID)
	if run, err = f.Courses.Run(made.Course.ID); err != nil || len(run.Businesses[0].People) != 0 {
		t.Error(run.Businesses[0].People, err)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("PICTURES names no folder")
	}
	full, empty := fill(t, uitest.Program(t, true)), uitest.Program(t, false)
	sent := full.request(t)
	made, err := full.Courses.Choose("Valgte", sent.Asked[0].ID, "")
	if err != nil {
		t.Fatal(err)
	}
	full.request(t)
	run, err := full.Courses.Run(made.Course.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range [][4]int64{{6, 7, 5, 1}, {5, 5, 5, 0}, {4, 4, 3, 1}} {
		if err := full.Courses.EditBusiness("Telte", run.Businesses[i].ID, "x", func(p *data.Participation) {
			p.Registered, p.Started, p.Completed, p.Dropped, p.Credits = c[0], c[1], c[2], c[3], c[2]*750
		}); err != nil {
			t.Fatal(err)
		}
	}
	for look, options := range uitest.Looks() {
		for _, size := range []struct{ width, height float32 }{{1280, 800}, {1024, 700}} {
			picture := func(w *uitest.Tried, part string) {
				w.Picture(fmt.Sprintf("courses-%s-%s-%d", part, look, int(size.width)))
			}
			w := uitest.WindowIn(t, empty, "nb", options, size.width-180, size.height-80)
			w.Show(NewRequests(w.Env, ""))
			picture(w, "empty-requests")
			w.Show(NewCourses(w.Env, ""))
			picture(w, "empty-courses")
			w = uitest.WindowIn(t, full.Program, "nb", options, size.width-180, size.height-80)
			p := NewRequests(w.Env, "").(*Requests)
			w.Show(p)
			p.FocusField(tabCompare)
			picture(w, "compare")
			p.tabs.Select(tabReply)
			picture(w, "reply")
			p.tabs.Select(tabRequest)
			picture(w, "request")
			askMore(w.Env, &course.Requested{Request: course.OfPool(&full.pool, "Sveising")}, nil)
			picture(w, "ask")
			w = uitest.WindowIn(t, full.Program, "nb", options, size.width-180, size.height-80)
			c := NewCourses(w.Env, made.Course.ID).(*Courses)
			w.Show(c)
			picture(w, "people")
			c.sections.Select(tabCourse)
			picture(w, "course")
			c.tabs.Select(tabTotals)
			picture(w, "totals")
			c.tabs.Select(tabCourses)
			c.people.askBusiness()
			picture(w, "names")
		}
	}
}
