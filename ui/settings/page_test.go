package settings

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

func tryPage(t *testing.T) (*uitest.Tried, *page, *looks) {
	t.Helper()
	w, l := uitest.Window(t, uitest.Program(t, true)), &looks{}
	p := New(w.Env, l).(*page)
	w.Show(p)
	return w, p, l
}

func TestSettingsShowWhatIsChosen(t *testing.T) {
	_, p, _ := tryPage(t)
	for got, want := range map[string]string{
		p.county.Selected(): "34", p.name.Text(): "Ingrid Bakkehaug", p.language.Selected(): "nb",
		p.look.Selected(): lookSystem, p.text.Selected(): "100", p.rows.Selected(): rowsRoomy,
	} {
		if got != want {
			t.Errorf("shows %q, want %q", got, want)
		}
	}
	if !reads(p.Content(), p.Program.Workspace.Path()) || !reads(p.Content(), p.Program.BackupFolder()) || !reads(p.Content(), "Kartverket") {
		t.Error("the folders and the credits are not shown")
	}
}

func TestACountyIsStoredAndCanBeUndone(t *testing.T) {
	w, p, _ := tryPage(t)
	p.county.OnChanged("46")
	if got := p.Program.Setting(app.SettingCounty); got != "46" || w.Shell.Saves != 1 {
		t.Fatalf("stored %q, %d saves", got, w.Shell.Saves)
	}
	if len(w.Shell.Toasts) != 1 || w.Shell.Toasts[0] != "Valgte fylke: Vestland" {
		t.Errorf("the toast says %q", w.Shell.Toasts)
	}
	if label, err := p.Program.Workspace.Undo(); err != nil || label != "Valgte fylke: Vestland" {
		t.Fatal(label, err)
	}
	if p.county.Selected() != "34" {
		t.Error("undo does not show", p.county.Selected())
	}
}

// TestTheNameFollowsUndo: the change log must not go on with a name that was
// taken back.
func TestTheNameFollowsUndo(t *testing.T) {
	w, p, _ := tryPage(t)
	w.Shell.Window().Canvas().Focus(p.fields[FieldName].FocusTarget())
	w.Key(fyne.KeyEnd)
	w.Write(" Lie")
	w.Key(fyne.KeyReturn)
	if got := p.Program.Setting(app.SettingName); got != "Ingrid Bakkehaug Lie" {
		t.Fatal("stored", got)
	}
	if got := actorNow(t, p); got != "Ingrid Bakkehaug Lie" {
		t.Error("the log names", got)
	}
	if _, err := p.Program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if p.Leave(); p.name.Text() != "Ingrid Bakkehaug" || p.Program.Setting(app.SettingName) != "Ingrid Bakkehaug" {
		t.Error("undo does not last: the field has", p.name.Text())
	}
	if got := actorNow(t, p); got != "Ingrid Bakkehaug" {
		t.Error("after undo the log names", got)
	}
}

// actorNow is the name that the change log would get.
func actorNow(t *testing.T, p *page) string {
	t.Helper()
	var actor string
	err := p.Program.Workspace.Update("Ingenting", func(tx *data.Tx) error {
		actor = tx.Actor()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// TestWhatIsTypedStays: somebody else's change must not take the name away that
// is being typed.
func TestWhatIsTypedStays(t *testing.T) {
	w, p, _ := tryPage(t)
	w.Shell.Window().Canvas().Focus(p.fields[FieldName].FocusTarget())
	w.Key(fyne.KeyEnd)
	w.Write(" Lie")
	if err := p.Program.SetSettings("Fra kommandolinjen", map[string]string{app.SettingCounty: "46"}); err != nil {
		t.Fatal(err)
	}
	if p.county.Selected() != "46" || p.name.Text() != "Ingrid Bakkehaug Lie" {
		t.Error("shows", p.county.Selected(), p.name.Text())
	}
	w.Shell.Window().Canvas().Unfocus()
	if got := p.Program.Setting(app.SettingName); got != "Ingrid Bakkehaug Lie" {
		t.Error("stored", got)
	}
}

func TestAnEmptyNameIsRefused(t *testing.T) {
	_, p, _ := tryPage(t)
	p.name.SetText("  ")
	p.Leave()
	if p.Program.Setting(app.SettingName) != "Ingrid Bakkehaug" || p.fields[FieldName].Error() == "" {
		t.Error("the name is gone, or nothing is said")
	}
	p.name.SetText(" Ola ")
	p.Leave()
	if got := p.Program.Setting(app.SettingName); got != "Ola" || p.fields[FieldName].Error() != "" {
		t.Error("stored", got)
	}
}

func TestLooksAreStoredAndApplied(t *testing.T) {
	_, p, l := tryPage(t)
	p.language.OnChanged("nn")
	p.look.OnChanged(lookDark)
	p.text.OnChanged("150")
	p.rows.OnChanged(rowsCompact)
	prefs := app.LoadState().Get()
	if prefs.Language != "nn" || prefs.Look != lookDark || prefs.TextScale != 1.5 || !prefs.Compact {
		t.Errorf("stored %+v", prefs)
	}
	if *l != (looks{"nn", lookDark, 1.5, true}) {
		t.Errorf("applied %+v", *l)
	}
}

func TestTheBackupFolder(t *testing.T) {
	w, p, _ := tryPage(t)
	chooser := &kit.FakeChooser{Path: t.TempDir()}
	p.files = chooser
	if !p.ordinary.Disabled() {
		t.Error("the ordinary folder can be chosen while it is in use")
	}
	p.choose.OnTapped()
	if p.Program.BackupFolder() != chooser.Path || p.backup.Text() != chooser.Path || p.ordinary.Disabled() {
		t.Error("not chosen:", p.Program.BackupFolder(), p.backup.Text())
	}
	if _, err := p.Program.Backup(); err != nil {
		t.Error(err)
	}
	for path, code := range map[string]string{
		filepath.Join(chooser.Path, "missing"):   app.CodeBackupFolder,
		filepath.Dir(p.Program.Workspace.Path()): app.CodeBackupFolderBeside,
	} {
		before := p.Program.BackupFolder()
		w.Shell.Failed = nil
		p.setBackup(path)
		if len(w.Shell.Failed) != 1 || data.Code(w.Shell.Failed[0]) != code || p.Program.BackupFolder() != before {
			t.Errorf("%s: %v, folder %s", path, w.Shell.Failed, p.Program.BackupFolder())
		}
	}
	p.ordinary.OnTapped()
	if p.Program.State.Get().BackupFolder != "" {
		t.Error("the ordinary folder is not back")
	}
	if left, _ := filepath.Glob(filepath.Join(chooser.Path, ".kpilot-*")); len(left) > 0 {
		t.Error("the trial left", left)
	}
}

// TestTheLogo: the search leads to it, and it is chosen as a file of this machine.
func TestTheLogo(t *testing.T) {
	w, p, _ := tryPage(t)
	p.FocusField(FieldLogo)
	if w.Shell.Window().Canvas().Focused() != p.setLogo {
		t.Error("the focus is elsewhere")
	}
	path := filepath.Join(t.TempDir(), "fylket.svg")
	if err := os.WriteFile(path, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>`), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Env.Files = func() kit.FileChooser { return &kit.FakeChooser{Path: path} }
	p.setLogo.OnTapped()
	if p.Program.Logo().FileName != "fylket.svg" || p.logo.Text() != "fylket.svg" {
		t.Errorf("the logo is %q, shown %q", p.Program.Logo().FileName, p.logo.Text())
	}
}

func TestSettingsPictures(t *testing.T) {
	pictures(t, "settings", true, func(w *uitest.Tried) screen.Page { return New(w.Env, &looks{}) })
	if os.Getenv("PICTURES") == "" {
		return
	}
	w := uitest.Window(t, uitest.Program(t, false))
	w.Shell.Window().Resize(fyne.NewSize(1280, 1900))
	w.Show(New(w.Env, &looks{}))
	w.Picture("settings-whole")
}
