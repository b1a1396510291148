package applications

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// many adds applications with long names, copies of the sample's.
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
			submit(t, p, id, fmt.Sprintf("20/%d", i))
		}
	}
}

func submit(t testing.TB, p *app.Program, id, number string) {
	t.Helper()
	if err := p.Workspace.Update("x", func(tx *data.Tx) error {
		a, err := data.Get[data.Application](tx, id)
		if err != nil {
			return err
		}
		a.Status, a.Submitted, a.CaseNumber = data.StatusSubmitted, "2020-09-28", number
		return tx.Put(&a)
	}); err != nil {
		t.Fatal(err)
	}
}

func TestPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("nobody looks")
	}
	for name, look := range uitest.Looks() {
		for _, size := range [][2]float32{{1060, 740}, {920, 640}} {
			for _, fill := range []string{"empty", "sample", "many"} {
				p := uitest.Program(t, fill != "empty")
				if fill == "many" {
					many(t, p, 23)
				}
				w := uitest.WindowIn(t, p, "nb", look, size[0], size[1])
				page := New(w.Env, NewBoard(w.Env)).(*page)
				w.Show(page)
				if f := page.First(); f != nil {
					w.Shell.Window().Canvas().Focus(f)
				}
				w.Picture(fmt.Sprintf("applications-%s-%s-%.0f", fill, name, size[0]))
				if fill == "sample" {
					askNew(w.Env, "")
					w.Picture(fmt.Sprintf("new-%s-%.0f", name, size[0]))
				}
			}
		}
	}
}

// try opens the list on a program.
func try(t *testing.T, p *app.Program) (*uitest.Tried, *page) {
	t.Helper()
	w := uitest.Window(t, p)
	page := New(w.Env, NewBoard(w.Env)).(*page)
	w.Show(page)
	if f := page.First(); f != nil {
		w.Shell.Window().Canvas().Focus(f)
	}
	return w, page
}

func TestListTellsWhatMatters(t *testing.T) {
	_, page := try(t, uitest.Program(t, true))
	got := uitest.Texts(page.Content())
	for _, want := range []string{"Fra skog til ferdig hus", "Innlandet · Tilskudd til kompetansepiloter", "Utkast", "Fristen var 1. oktober 2020.",
		"Tilskudd 4 400 000", "1 stopper innsending", "2 utkast", "Teller ikke med i fylkets ramme"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not shown", want)
		}
	}
}

func TestKeyboardOpens(t *testing.T) {
	w, page := try(t, uitest.Program(t, true))
	w.Key(fyne.KeyDown, fyne.KeyReturn)
	want := screen.Route{Page: screen.PageApplication, ID: page.sorted()[1].ID}
	if len(w.Shell.Went) != 1 || w.Shell.Went[0] != want {
		t.Errorf("went %v, want %v", w.Shell.Went, want)
	}
}

func TestDeleteGoesToTheTrashAndBack(t *testing.T) {
	p := uitest.Program(t, true)
	w, page := try(t, p)
	id := page.list.Current()
	w.Key(fyne.KeyDelete)
	if page.standing(id) != nil || len(page.shown.Standings) != 1 {
		t.Fatal("the application is still there")
	}
	if len(w.Shell.Toasts) != 1 || !strings.Contains(w.Shell.Toasts[0], "papirkurven") || w.Shell.Saves != 1 {
		t.Errorf("toasts %v", w.Shell.Toasts)
	}
	if trash, err := p.Workspace.Trash(); err != nil || len(trash) != 1 || trash[0].ID != id {
		t.Errorf("trash %+v, %v", trash, err)
	}
	if _, err := p.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if page.standing(id) == nil {
		t.Error("undo did not bring it back on the screen")
	}
	w.Key(fyne.KeyDelete)
	w.Key(fyne.KeyDelete)
	if got := uitest.Texts(page.Content()); !strings.Contains(got, "Ny søknad") || !strings.Contains(got, "Her står fylkets søknader") {
		t.Errorf("the empty page says %s", got)
	}
	if b, ok := w.Shell.Window().Canvas().Focused().(*kit.Button); !ok || b.AccessibilityLabel() != "Ny søknad" {
		t.Error("the focus is lost with the last application")
	}
}

func TestCountsTowardsTheCeiling(t *testing.T) {
	p := uitest.Program(t, true)
	_, page := try(t, p)
	for _, before := range page.sorted() {
		id, was := before.ID, before.OutsideCeiling
		item := page.menuOf(before)[2]
		if item.Checked == was {
			t.Errorf("the tick of «%s» is %v", item.Label, item.Checked)
		}
		item.Action()
		if page.standing(id).OutsideCeiling == was {
			t.Error("the choice changed nothing")
		}
	}
}

func TestSearchAndSort(t *testing.T) {
	p := uitest.Program(t, true)
	many(t, p, 8)
	w, page := try(t, p)
	w.Shell.Window().Canvas().Focus(page.search.FocusTarget())
	w.Write("kompetansepilot 7 for")
	if page.list.Current() == "" || !strings.HasPrefix(page.standing(page.list.Current()).Title, "Kompetansepilot 7 ") {
		t.Error("the search does not find number 7")
	}
	page.search.SetText("")
	w.Write("qqq")
	if page.list.Current() != "" || !page.none.Visible() {
		t.Error("a search for nonsense finds something")
	}
	page.search.Clear()
	page.onSort(byGrant)
	for i, s := range page.sorted()[1:] {
		if s.Budget.Grant > page.sorted()[i].Budget.Grant {
			t.Error("not sorted by grant")
		}
	}
	page.onSort(byStops)
	if all := page.sorted(); all[0].Report.Count("stop") < all[len(all)-1].Report.Count("stop") || all[len(all)-1].Draft() {
		t.Error("what has most to mend is not first, or what is sent is not last")
	}
	page.onSort(byTitle)
	if all := page.sorted(); !strings.HasPrefix(all[0].Title, "Fra skog") {
		t.Errorf("by title the first is %q", all[0].Title)
	}
}

func TestBoardReadsOnceUntilSomethingChanges(t *testing.T) {
	p := uitest.Program(t, true)
	w := uitest.Window(t, p)
	board := NewBoard(w.Env)
	if board.Latest() != nil {
		t.Error("a new board knows something")
	}
	ctx := context.Background()
	first, err := board.Read(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := board.Read(ctx); again != first || board.Latest() != first {
		t.Error("the second reading is another one")
	}
	if n, err := board.Waiting(ctx); n != 2 || err != nil {
		t.Errorf("%d wait (%v), want 2", n, err)
	}
	submit(t, p, first.Standings[0].ID, "20/1")
	if n, err := board.Waiting(ctx); n != 1 || err != nil {
		t.Errorf("%d wait (%v) after one was submitted, want 1", n, err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := board.Waiting(ended); err == nil {
		t.Error("an ended context gives no error")
	}
}

// dialog opens the dialog for a new application without showing it on a page.
func dialog(t *testing.T, w *uitest.Tried, from string) *form {
	t.Helper()
	facts, err := readNewFacts(w.Env)
	if err != nil {
		t.Fatal(err)
	}
	return newForm(w.Env, facts, from)
}

func TestNewApplicationByKeyboard(t *testing.T) {
	p := uitest.Program(t, false)
	if err := p.SetSettings("x", map[string]string{app.SettingCounty: "15"}); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	AskNew(w.Env)
	w.Key(fyne.KeyReturn) // without a name it stays open
	if w.Shell.Window().Canvas().Overlays().Top() == nil || len(w.Shell.Went) > 0 {
		t.Fatal("an application without a name was made")
	}
	w.Write("Fjord og fjell")
	w.Key(fyne.KeyReturn)
	all, err := p.Grants.Earlier()
	if err != nil || len(all) != 1 {
		t.Fatalf("%d applications (%v), want 1", len(all), err)
	}
	if a := all[0]; a.Title != "Fjord og fjell" || a.County != "15" || a.Language != "nn" || a.Call != "kompetansepiloter-2020" {
		t.Errorf("made %+v", a)
	}
	if want := (screen.Route{Page: screen.PageApplication, ID: all[0].ID}); len(w.Shell.Went) != 1 || w.Shell.Went[0] != want {
		t.Errorf("went %v, want %v", w.Shell.Went, want)
	}
}

func TestTodaysCountyBecomesTheOneOfTheCall(t *testing.T) {
	p := uitest.Program(t, false)
	if err := p.SetSettings("x", map[string]string{app.SettingCounty: "40"}); err != nil {
		t.Fatal(err)
	}
	f := dialog(t, uitest.Window(t, p), "")
	if f.county.Selected() != "38" {
		t.Errorf("Telemark applies as %q, want Vestfold og Telemark, 38", f.county.Selected())
	}
	if got := uitest.Texts(f.countyField); !strings.Contains(got, "Telemark står her som Vestfold") {
		t.Errorf("nobody is told why: %s", got)
	}
	f.county.SetSelected("34")
	f.onCounty("34")
	if got := uitest.Texts(f.countyField); strings.Contains(got, "står her som") {
		t.Errorf("Innlandet is explained: %s", got)
	}
}

func TestOsloIsToldButNotStopped(t *testing.T) {
	p := uitest.Program(t, false)
	w := uitest.Window(t, p)
	f := dialog(t, w, "")
	f.county.SetSelected("03")
	f.onCounty("03")
	if top := f.countyField.Position().Y + f.countyField.MinSize().Height; f.normField.Position().Y < top {
		t.Error("the sentence covers the field under it")
	}
	got := uitest.Texts(f.countyField)
	if !strings.Contains(got, "Oslo kan ikke få tilskudd") || !strings.Contains(got, "unntatt Oslo") {
		t.Errorf("the field says %s", got)
	}
	f.title.SetText("Byen")
	if err := f.check(); err != nil {
		t.Errorf("Oslo is stopped: %v", err)
	}
	f.county.SetSelected("34")
	f.onCounty("34")
	if strings.Contains(uitest.Texts(f.countyField), "kan ikke") {
		t.Error("the sentence stays after another county was chosen")
	}
}

func TestCopyToANewApplication(t *testing.T) {
	p := uitest.Program(t, true)
	w, page := try(t, p)
	id := ""
	for _, s := range page.sorted() {
		if strings.Contains(s.Title, "Valdres") {
			id = s.ID
		}
	}
	f := dialog(t, w, id)
	if f.norm.Selected() != "nn" || f.title.Text() != "Kompetanseløft reiseliv og landbruk i Valdres (kopi)" || f.county.Selected() != "34" {
		t.Errorf("norm %q, title %q, county %q", f.norm.Selected(), f.title.Text(), f.county.Selected())
	}
	f.onCall(f.call.Selected())
	if f.norm.Selected() != "nn" {
		t.Error("the copied texts are in nynorsk, but another choice changed the norm")
	}
	w.Key(fyne.KeyReturn)
	if len(page.shown.Standings) != 3 {
		t.Fatalf("%d applications, want 3", len(page.shown.Standings))
	}
	if s := page.shown.Standings[0]; s.Title != f.title.Text() || s.Budget.Grant != 1_200_000 || !s.Draft() {
		t.Errorf("the copy is %q with a grant of %d", s.Title, s.Budget.Grant)
	}
	if undo, _, err := p.Workspace.Steps(); err != nil || !strings.Contains(undo, "(kopi)") {
		t.Errorf("the step to undo is %q (%v)", undo, err)
	}
}

func TestBoardSpeaksTheLanguageOfThePage(t *testing.T) {
	p := uitest.Program(t, true)
	w := uitest.Window(t, p)
	board := NewBoard(w.Env)
	if _, err := board.Read(t.Context()); err != nil {
		t.Fatal(err)
	}
	board.Speak(uitest.Words("en"))
	if board.Latest() != nil {
		t.Error("the board shows findings in the old language")
	}
	s, err := board.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Standings {
		for _, f := range s.Standings[i].Report.Findings {
			if strings.Contains(f.Message, "ikke fylt ut") {
				t.Errorf("in English: %s", f.Message)
			}
		}
	}
}

func TestAllLanguages(t *testing.T) {
	p := uitest.Program(t, true)
	for _, code := range []string{"nn", "en"} {
		w := uitest.WindowIn(t, p, code, uitest.Looks()["light"], 1024, 700)
		page := New(w.Env, NewBoard(w.Env)).(*page)
		w.Show(page)
		askNew(w.Env, "")
		if got := uitest.Texts(w.Stage); strings.Contains(got, "applications.") {
			t.Errorf("%s: a key is shown in %s", code, got)
		}
	}
}
