package safety

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/uitest"
)

func openVerify(w *uitest.Tried) (*verify, *kit.FakeChooser) {
	files := &kit.FakeChooser{}
	page := NewVerify(w.Env, &host{}).(*verify)
	page.files = files
	w.Show(page)
	return page, files
}

// lines are what the severity lines of a page say.
func lines(o fyne.CanvasObject) string {
	var all []string
	uitest.Walk(o, func(o fyne.CanvasObject) bool {
		if l, ok := o.(*kit.SeverityLine); ok {
			all = append(all, l.AccessibilityLabel())
		}
		return true
	})
	return strings.Join(all, "\n")
}

// tamper writes past the program.
func tamper(t *testing.T, p *app.Program, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite3", p.Workspace.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestVerifySaysThatAllIsWell(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	page, _ := openVerify(w)
	press(t, w, "Sjekk nå")
	if got := lines(page.Content()); !strings.Contains(got, "Alt er i orden.") {
		t.Errorf("says %q", got)
	}
	uitest.Has(t, page.Content(), "2 søknader", "hendelser")
	uitest.HasNot(t, page.Content(), "[Stopp]")
}

func TestVerifySaysWhatIsWrongAndWhatToDo(t *testing.T) {
	p, _ := worked(t)
	tamper(t, p, "UPDATE partner SET role = 'Noe annet' WHERE id = (SELECT min(id) FROM partner)")
	w := uitest.Window(t, p)
	page, _ := openVerify(w)
	press(t, w, "Sjekk nå")
	got := lines(page.Content())
	if !strings.Contains(got, "fant én feil") || !strings.Contains(got, "Samarbeidspartner «") || !strings.Contains(got, "«Rolle» er ikke slik historikken sier.") {
		t.Errorf("says %q", got)
	}
	uitest.Has(t, page.Content(), "Dette gjør du")
	press(t, w, "Se sikkerhetskopiene")
	if len(w.Shell.Went) != 1 || w.Shell.Went[0].Page != screen.PageBackups {
		t.Errorf("went %+v", w.Shell.Went)
	}
}

func TestVerifyTellsItsProgressAndIsStopped(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	page, _ := openVerify(w)
	page.busy(true)
	page.progress.SetText(page.stage("log"))
	uitest.Has(t, page.Content(), "3 av 5: Går gjennom historikken …")
	// Work that is never done stands for a long check.
	task.RunLatest(page.checks, context.Background(), func(ctx context.Context) (verdict, error) { return verdict{}, context.Canceled }, page.onDone)
	press(t, w, "Stopp")
	if got := lines(page.Content()); !strings.Contains(got, "Sjekken ble stoppet.") || page.start.Disabled() {
		t.Errorf("says %q", got)
	}
}

func TestDiagnosticsAreShownBeforeTheyGoAnywhere(t *testing.T) {
	p, _ := worked(t)
	w := uitest.Window(t, p)
	page, files := openVerify(w)
	uitest.HasNot(t, page.Content(), "[Kopier teksten]", "[Lagre som fil …]")
	press(t, w, "Vis opplysningene")
	shown := uitest.Find(t, page.Content(), "", func(l *widget.Label) bool { return strings.Contains(l.Text, "journal_mode") })
	if !strings.Contains(shown.Text, "1.2.3 (abc)") || strings.Contains(shown.Text, "Sagbruket") || strings.Contains(shown.Text, "tømmer") || strings.Contains(shown.Text, "Nordmann") {
		t.Errorf("shows %s", shown.Text)
	}
	files.Path = filepath.Join(t.TempDir(), "ut.txt")
	press(t, w, "Lagre som fil …")
	if raw, err := os.ReadFile(files.Path); err != nil || string(raw) != shown.Text {
		t.Errorf("saved %q, %v", raw, err)
	}
	press(t, w, "Kopier teksten")
	if got := fyne.CurrentApp().Clipboard().Content(); got != shown.Text {
		t.Errorf("copied %q", got)
	}
	files.Path = filepath.Join(t.TempDir(), "file", "none")
	if err := os.WriteFile(filepath.Dir(files.Path), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Lagre som fil …")
	if len(w.Shell.Failed) != 1 {
		t.Errorf("failed %v", w.Shell.Failed)
	}
}

func TestPicturesOfVerify(t *testing.T) {
	p, _ := worked(t)
	page := func(env *screen.Env) screen.Page { return NewVerify(env, &host{}) }
	pictures(t, p, "verify", page, nil)
	pictures(t, p, "verify-fine", page, func(w *uitest.Tried) {
		press(t, w, "Sjekk nå")
		press(t, w, "Vis opplysningene")
	})
	tamper(t, p, "UPDATE partner SET role = 'Noe annet' WHERE id = (SELECT min(id) FROM partner)")
	pictures(t, p, "verify-bad", page, func(w *uitest.Tried) { press(t, w, "Sjekk nå") })
}
