package ui

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/data"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// look types a text into the search field and waits for the answers.
func (w *tried) look(text string) {
	w.Helper()
	s := w.session
	w.focusSearch()
	s.frame.search.Clear()
	for _, r := range text {
		w.window.Canvas().Focused().TypedRune(r)
	}
	w.tasks.Advance(searchPause)
}

func (w *tried) press(keys ...fyne.KeyName) {
	w.Helper()
	for _, key := range keys {
		if f := w.window.Canvas().Focused(); f != nil {
			f.TypedKey(&fyne.KeyEvent{Name: key})
		} else {
			w.onKey(&fyne.KeyEvent{Name: key})
		}
	}
}

// lines are the answers, as a person hears them.
func (w *tried) lines() (all []string) {
	hits := w.session.frame.hits
	if !hits.Visible() {
		return nil
	}
	for i := range hits.Len() {
		if i > 0 {
			hits.Step(1)
		}
		all = append(all, strings.ReplaceAll(hits.AccessibilityLabel(), "\u202f", " "))
	}
	hits.Step(-hits.Len())
	return all
}

func hasLine(lines []string, parts ...string) bool {
	for _, line := range lines {
		all := true
		for _, part := range parts {
			all = all && strings.Contains(line, part)
		}
		if all {
			return true
		}
	}
	return false
}

func TestSearchSaysWhatEachHitIs(t *testing.T) {
	w := trySample(t)
	for text, want := range map[string][]string{
		"papirk":        {"Papirkurv, side"},
		"mørkt":         {"Mørkt utseende, kommando"},
		"tekststør":     {"Tekststørrelse, innstilling"},
		"skogskolen gr": {"Skogskolen Granheim, tilbyder", "Elverum", "320 414 393"},
		"320 414 393":   {"Skogskolen Granheim"},
		"skogskoeln":    {"Skogskolen Granheim"},
		"bakgr":         {"Bakgrunn i «Fra skog til ferdig hus", "tekst"},
		"skogfylke":     {"Bakgrunn i «Fra skog til ferdig hus", "landets største skogfylke"},
		"1 400 000 kr":  {"Tilskudd fra Kompetansepiloter, budsjettrad", "1 400 000 kroner"},
		"hurtigt":       {"Hurtigtaster", "hjelp"},
	} {
		w.look(text)
		if lines := w.lines(); !hasLine(lines, want...) {
			t.Errorf("%q: no line with %q in\n%s", text, want, strings.Join(lines, "\n"))
		}
	}
	if w.look("qwxzqwxz"); !strings.Contains(w.session.frame.hits.AccessibilityLabel(), "qwxzqwxz") {
		t.Error("it does not say that there is nothing")
	}
	if w.log.Len() > 0 {
		t.Error(w.log)
	}
}

func TestSearchByKeysAlone(t *testing.T) {
	w := trySample(t)
	id := w.application()
	w.Go(screen.Route{Page: screen.PageApplication, ID: id})
	w.look("landets største skogfylke")
	w.press(fyne.KeyReturn)
	field, _ := w.window.Canvas().Focused().(fyne.Accessible)
	if now := w.session.trail.now(); now.ID != id || field == nil || !strings.HasPrefix(field.AccessibilityLabel(), "Bakgrunn") {
		t.Fatalf("Enter leads to %+v, %T", now, w.window.Canvas().Focused())
	}
	before := w.window.Canvas().Focused()
	w.look("papirk")
	w.press(fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyEscape)
	if w.session.frame.search.Text() != "" || !w.session.frame.search.Focused() {
		t.Error("the first Esc does not clear the field and stay")
	}
	w.press(fyne.KeyEscape)
	if w.session.frame.hits.Visible() || w.window.Canvas().Focused() != before {
		t.Errorf("the second Esc leads to %T", w.window.Canvas().Focused())
	}
	w.look("bygg")
	lines := w.lines()
	w.press(fyne.KeyDown, fyne.KeyDown)
	if got := w.session.frame.hits.AccessibilityLabel(); strings.ReplaceAll(got, "\u202f", " ") != lines[2] {
		t.Errorf("two down is %q, want %q", got, lines[2])
	}
	w.press(fyne.KeyReturn)
	if page := w.session.trail.now().Page; page != screen.PageBusinesses && page != screen.PageProviders {
		t.Errorf("Enter leads to %s", page)
	}
}

func TestEnterBeforeTheAnswersTakesTheRightOne(t *testing.T) {
	w := trySample(t)
	w.look("bygg")
	w.session.frame.search.Clear()
	for _, r := range "papirk" {
		w.window.Canvas().Focused().TypedRune(r)
	}
	w.press(fyne.KeyReturn) // the answers are still those for "bygg"
	if got := w.session.trail.now().Page; got != screen.PageTrash {
		t.Errorf("it leads to %s", got)
	}
}

// TestSearchRemembersWhatIsUsed: the same question gives what was chosen before
// first, and an empty field offers it.
func TestSearchRemembersWhatIsUsed(t *testing.T) {
	w := trySample(t)
	w.look("fjell")
	lines := w.lines()
	last := ""
	for i := len(lines) - 1; i >= 0 && last == ""; i-- {
		if name, _, business := strings.Cut(lines[i], ", bedrift"); business && strings.Contains(name, "jell") {
			last = lines[i]
		}
	}
	if last == "" || last == lines[0] {
		t.Fatalf("the lines are %q", lines)
	}
	for range 5 {
		w.look("fjell")
		for range lines {
			if strings.ReplaceAll(w.session.frame.hits.AccessibilityLabel(), "\u202f", " ") == last {
				break
			}
			w.press(fyne.KeyDown)
		}
		w.press(fyne.KeyReturn)
	}
	w.look("fjell")
	if got := w.lines()[0]; got != last {
		t.Errorf("the first is %q, want %q", got, last)
	}
	w.look("papirk")
	w.press(fyne.KeyReturn)
	w.look("")
	got := w.lines()
	if len(got) < 4 || got[0] != "Papirkurv, side" || got[1] != last || !hasLine(got, "papirk, søk") || !hasLine(got, "fjell, søk") {
		t.Errorf("an empty field offers %q", got)
	}
	o, err := data.Live[data.Organisation](w.session.program.Workspace, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.session.program.Workspace.Update("Slettet", func(tx *data.Tx) error {
		for i := range o {
			if err := tx.Delete(&o[i]); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	w.press(fyne.KeyEscape)
	w.look("")
	if got := w.lines(); hasLine(got, last) {
		t.Errorf("what is in the trash is offered: %q", got)
	}
}

func TestSearchPictures(t *testing.T) {
	folder := os.Getenv("PICTURES")
	if folder == "" {
		t.Skip("PICTURES is not set")
	}
	w := trySample(t)
	picture := func(name string) {
		f, err := os.Create(filepath.Join(folder, name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, w.window.Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
	}
	w.look("papirk")
	w.press(fyne.KeyReturn)
	w.look("skogskolen gran")
	w.press(fyne.KeyReturn)
	for _, size := range []fyne.Size{fyne.NewSize(1280, 800), fyne.NewSize(1024, 700)} {
		for name, look := range uitest.Looks() {
			test.ApplyTheme(t, theme.New(look))
			w.window.Resize(size)
			for _, text := range []string{"kompetanse", "skogfylke", "", "qwxz"} {
				w.look(text)
				picture(strings.Join([]string{"search", name, size2(size), text}, "-"))
			}
		}
	}
	test.ApplyTheme(t, theme.New(theme.Options{Variant: theme.Light}))
	w.window.Resize(fyne.NewSize(1280, 800))
	for _, code := range []string{"nn", "en"} {
		w.SetLanguage(code)
		for _, text := range []string{"skog", ""} {
			w.look(text)
			picture("search-" + code + "-" + text)
		}
	}
}

func size2(s fyne.Size) string {
	if s.Width > 1100 {
		return "1280"
	}
	return "1024"
}

// TestPressBesideTheAnswersClosesThem, and a press on an answer opens it.
func TestPressBesideTheAnswersClosesThem(t *testing.T) {
	w := trySample(t)
	canvas := w.window.Canvas()
	press := func(at fyne.Position) {
		canvas.Unfocus() // as the window does before a press on what takes no focus
		test.TapCanvas(canvas, at)
	}
	hits := w.session.frame.hits
	w.look("papirk")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(hits.HitList)
	press(at.AddXY(-20, 300))
	if hits.Visible() || hits.behind.Visible() {
		t.Error("the answers are still there")
	}
	w.look("papirk")
	press(at.AddXY(60, 20))
	if got := w.session.trail.now().Page; got != screen.PageTrash || hits.Visible() {
		t.Errorf("a press on the answer leads to %s", got)
	}
}
