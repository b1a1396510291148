package overview

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/mail/parse"
	"kompetansepilot/data"
	"kompetansepilot/data/post"
	"kompetansepilot/ui/applications"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// many adds applications with long names, most of them full copies of the
// sample's.
func many(t testing.TB, p *app.Program, n int) {
	t.Helper()
	all, err := p.Grants.Earlier()
	if err != nil || len(all) == 0 {
		t.Fatal("no application to copy", err)
	}
	for i := range n {
		title := fmt.Sprintf("Kompetansepilot %d for reiseliv, landbruk, havbruk og annen stedbunden næring i Nord-Gudbrandsdalen og tilgrensende kommuner", i+1)
		id, err := p.Grants.CreateFrom("Ny", all[0].Call, "34", "nb", title, all[i%len(all)].ID)
		if err != nil {
			t.Fatal(err)
		}
		if i%5 == 4 {
			if err := p.Workspace.Update("x", func(tx *data.Tx) error {
				a, err := data.Get[data.Application](tx, id)
				if err != nil {
					return err
				}
				a.Status, a.Submitted, a.CaseNumber = data.StatusSubmitted, "2020-09-28", fmt.Sprintf("20/%d", i)
				return tx.Put(&a)
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// program opens a workspace whose backups lie in a folder of the test.
func program(t *testing.T, sample bool) *app.Program {
	t.Helper()
	p := uitest.Program(t, sample)
	if err := p.State.Change(func(prefs *app.Preferences) { prefs.BackupFolder = t.TempDir() }); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("nobody looks")
	}
	for name, look := range uitest.Looks() {
		for _, fill := range []string{"empty", "sample", "many"} {
			for _, size := range [][2]float32{{1060, 740}, {920, 640}, {1061, 1800}} {
				p := program(t, fill != "empty")
				if fill == "empty" {
					if err := p.SetSettings("x", map[string]string{app.SettingCounty: "34"}); err != nil {
						t.Fatal(err)
					}
				}
				if fill == "many" {
					many(t, p, 23)
				}
				w := uitest.WindowIn(t, p, "nb", look, size[0], size[1])
				w.Show(New(w.Env, applications.NewBoard(w.Env), nil))
				w.Picture(fmt.Sprintf("overview-%s-%s-%.0f", fill, name, size[0]))
				if len(w.Shell.Failed) > 0 {
					t.Error(w.Shell.Failed)
				}
			}
		}
	}
}

// try opens the overview on a program.
func try(t *testing.T, p *app.Program) (*uitest.Tried, *page) {
	t.Helper()
	w := uitest.Window(t, p)
	page := New(w.Env, applications.NewBoard(w.Env), nil).(*page)
	w.Show(page)
	return w, page
}

// press presses the link that says text and gives where it led.
func press(t *testing.T, w *uitest.Tried, p *page, text string) screen.Route {
	t.Helper()
	for _, l := range p.links {
		if strings.Contains(plain(l.Text()), text) {
			w.Shell.Went = nil
			l.Tapped(&fyne.PointEvent{})
			if len(w.Shell.Went) != 1 {
				t.Fatalf("%q went %v", text, w.Shell.Went)
			}
			return w.Shell.Went[0]
		}
	}
	t.Fatalf("no link says %q", text)
	return screen.Route{}
}

func plain(s string) string { return strings.ReplaceAll(s, "\u202f", " ") }

// idOf finds an application by a word of its title.
func idOf(t *testing.T, p *page, word string) string {
	t.Helper()
	for _, s := range p.shown.Standings {
		if strings.Contains(s.Title, word) {
			return s.ID
		}
	}
	t.Fatalf("no application is called %q", word)
	return ""
}

func TestNumbersOpenWhatIsBehindThem(t *testing.T) {
	w, page := try(t, program(t, true))
	forest, valdres := idOf(t, page, "skog"), idOf(t, page, "Valdres")
	application := func(id, field string) screen.Route {
		return screen.Route{Page: screen.PageApplication, ID: id, Field: field}
	}
	for text, want := range map[string]screen.Route{
		"Fra skog til ferdig hus":                    application(forest, ""),
		"Tilskudd 4 400 000 av 6 282 000 = 70,04 %":  application(forest, "financingPlan"),
		"Tilskudd 1 200 000 av 1 620 000":            application(valdres, "financingPlan"),
		"«Prosjektleder» er ikke fylt ut":            application(valdres, "projectLead"),
		"Kostnader og finansiering er like hvert år": application(forest, "costPlan"),
		"Det mangler 60 000 kroner i finansiering":   application(valdres, "costPlan"),
		"7 råd":                          application(valdres, "part:findings"),
		"360 000 kroner i 1 rad":         application(valdres, "financingPlan"),
		"17 datoer har passert":          application(forest, "mainGoals"),
		"1 søknad teller med":            application(forest, ""),
		"4 400 000 av 4 400 000 kroner":  application(forest, "financingPlan"),
		"2 utkast":                       {Page: screen.PageApplications},
		"Tilskudd til kompetansepiloter": {Page: screen.PageCalls, ID: "kompetansepiloter-2020"},
		"Ingen sikkerhetskopi er tatt":   {Page: screen.PageBackups},
	} {
		if got := press(t, w, page, text); got != want {
			t.Errorf("%q leads to %v, want %v", text, got, want)
		}
	}
}

func TestProgressIsTold(t *testing.T) {
	w, page := try(t, program(t, true))
	got := uitest.Texts(page.Content())
	for _, want := range []string{"11 av 11", "7 av 11", "2 av 3", "4 frivillige", "0 frivillige", "Innlandet: bruk av rammen", "Fristen var 1. oktober 2020."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	press(t, w, page, "Kontaktopplysninger")
}

func TestChangesAreShownAndTheFocusStays(t *testing.T) {
	p := program(t, true)
	w, page := try(t, p)
	valdres := idOf(t, page, "Valdres")
	name := screen.PageApplication + "/" + valdres + "/costPlan"
	old := page.links[name]
	w.Shell.Window().Canvas().Focus(old)
	if err := p.Grants.SaveAnswer("x", valdres, "projectLead", "Kari Li"); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(uitest.Texts(page.Content()), "«Prosjektleder»") {
		t.Error("a finding that was mended is still shown")
	}
	if f := w.Shell.Window().Canvas().Focused(); f != fyne.Focusable(page.links[name]) || page.links[name] == old {
		t.Error("the focus did not stay on the same link")
	}
	for _, s := range page.shown.Standings {
		if err := p.Grants.Delete("x", s.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := uitest.Texts(page.Content()); !strings.Contains(got, "Begynn den første søknaden for Innlandet") {
		t.Errorf("without applications the page says %s", got)
	}
	page.Leave()
	if _, err := p.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if len(page.shown.Standings) > 0 {
		t.Error("the page goes on reading after it was left")
	}
}

func TestDatesAhead(t *testing.T) {
	p := program(t, true)
	_, page := try(t, p)
	today := time.Now()
	if err := p.Grants.Save("x", idOf(t, page, "skog"), func(d *data.Draft) error {
		d.Milestones = []data.Milestone{{Name: "Oppstart", Date: today.Format(time.DateOnly)},
			{Name: "Møte", Date: today.AddDate(0, 0, 12).Format(time.DateOnly)}, {Name: "Langt fram", Date: today.AddDate(0, 0, 90).Format(time.DateOnly)}}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	got := uitest.Texts(page.Content())
	if !strings.Contains(got, "Oppstart") || !strings.Contains(got, "I dag") || !strings.Contains(got, "Om 12 dager") || strings.Contains(got, "Langt fram") {
		t.Errorf("the dates are not told: %s", got)
	}
}

func TestBackupIsTold(t *testing.T) {
	p := program(t, true)
	if _, err := p.Backup(); err != nil {
		t.Fatal(err)
	}
	_, page := try(t, p)
	if got := uitest.Texts(page.Content()); !strings.Contains(got, "Den siste er fra "+time.Now().Format("02.01.2006")) {
		t.Error("the last backup is not told")
	}
}

// TestWhatIsKnownIsShownAtOnce: a page that opens again does not wait.
func TestWhatIsKnownIsShownAtOnce(t *testing.T) {
	w := uitest.Window(t, program(t, true))
	board := applications.NewBoard(w.Env)
	if _, err := board.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Tasks.Close() // nothing more is read
	page := New(w.Env, board, nil).(*page)
	if page.shown == nil || !strings.Contains(uitest.Texts(page.Content()), "Fra skog") {
		t.Error("the page shows nothing before it has read")
	}
}

func TestAllLanguages(t *testing.T) {
	p := program(t, true)
	for _, code := range []string{"nn", "en"} {
		w := uitest.WindowIn(t, p, code, uitest.Looks()["light"], 1024, 700)
		page := New(w.Env, applications.NewBoard(w.Env), nil).(*page)
		w.Show(page)
		if got := uitest.Texts(page.Content()); strings.Contains(got, "overview.") || strings.Contains(got, "applications.") {
			t.Errorf("%s: a key is shown in %s", code, got)
		}
	}
}

// TestMailThatWaits tells who waits for an answer, and leads to the letter, also
// before there is any application.
func TestMailThatWaits(t *testing.T) {
	for _, sample := range []bool{true, false} {
		program := uitest.Program(t, sample)
		w := uitest.Window(t, program)
		p := New(w.Env, applications.NewBoard(w.Env), nil).(*page)
		w.Show(p)
		if !sample {
			uitest.Has(t, p.Content(), "Begynn den første søknaden")
			uitest.HasNot(t, p.Content(), "Post som venter på svar")
		}
		store, err := program.Mail.Store()
		if err != nil {
			t.Fatal(err)
		}
		f, err := store.FolderOf("x", "INBOX", "inbox")
		if err != nil {
			t.Fatal(err)
		}
		raw := []byte("From: Kari Berg <kari@berg.example>\r\nSubject: Kurs\r\nMessage-ID: <a@x>\r\n\r\nKan dere komme?")
		if err := store.Add(f, []post.Arrived{{UID: 1, Raw: raw, Key: post.Key(raw), Internal: time.Now().AddDate(0, 0, -5), Index: parse.Index(raw)}}); err != nil {
			t.Fatal(err)
		}
		if err := program.Mail.Read(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.Env.Tasks.Advance(afterMail)
		uitest.Has(t, p.Content(), "Kari Berg · Du skylder svar – 5 dager", "1 samtale venter på svar fra deg")
		if got := press(t, w, p, "Kurs"); got != (screen.Route{Page: screen.PageMail, ID: post.Key(raw)}) {
			t.Error("leads to", got)
		}
		if !sample {
			uitest.Has(t, p.Content(), "Begynn den første søknaden")
			uitest.Find(t, p.Content(), "a new application", func(b *kit.Button) bool { return b.Text() == p.words.T("overview.new") })
			w.Picture("overview-onlymail")
		}
		if _, err := store.Delete([]string{post.Key(raw)}); err != nil {
			t.Fatal(err)
		}
		w.Env.Tasks.Advance(afterMail)
		uitest.HasNot(t, p.Content(), "Kari Berg")
		if len(w.Shell.Failed) > 0 {
			t.Error(w.Shell.Failed)
		}
	}
}
