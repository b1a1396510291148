package safety

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/uitest"
)

// backedUp has a folder for backups of its own.
func backedUp(t *testing.T) (p *app.Program, application, dir string) {
	t.Helper()
	p, application = worked(t)
	dir = p.BackupFolder()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return p, application, dir
}

func openBackups(w *uitest.Tried) (*backups, *host, *kit.FakeChooser) {
	h, files := &host{}, &kit.FakeChooser{}
	page := NewBackups(w.Env, h).(*backups)
	page.files = files
	w.Show(page)
	return page, h, files
}

// dialog is what lies over the page.
func dialog(t *testing.T, w *uitest.Tried) fyne.CanvasObject {
	t.Helper()
	top := w.Shell.Window().Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("no dialog")
	}
	return top
}

func TestBackupIsTakenShownAndRestored(t *testing.T) {
	p, application, dir := backedUp(t)
	w := uitest.Window(t, p)
	page, h, _ := openBackups(w)
	uitest.Has(t, page.Content(), dir, "Ingen sikkerhetskopi ennå.", "i 31 dager")
	press(t, w, "Ta sikkerhetskopi nå")
	all, err := p.Backups()
	if err != nil || len(all) != 1 || len(w.Shell.Toasts) != 1 {
		t.Fatalf("%+v, %v, %q", all, err, w.Shell.Toasts)
	}
	uitest.Has(t, page.Content(), w.Env.Words.Moment(all[0].Time), "Hent tilbake …")
	uitest.Find(t, page.Content(), "", func(l *kit.SeverityLine) bool {
		return strings.HasSuffix(l.AccessibilityLabel(), "Kontrollert da den ble laget")
	})

	if err := p.Grants.SetField("Nytt navn", application, "title", "Skogen"); err != nil {
		t.Fatal(err)
	}
	if err := p.Workspace.Update("Ny bedrift", func(tx *data.Tx) error { return tx.Put(&data.Organisation{Name: "Sagbruket AS"}) }); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Hent tilbake …")
	uitest.Has(t, dialog(t, w), "Ny bedrift", "Nytt navn", "Forsvinner (1)", "Virksomhet «Sagbruket AS»", "Får innholdet de hadde (1)", "Søknad «Skogen»: Prosjektnavn")
	w.Key(fyne.KeyEscape)
	if len(h.restored) != 0 {
		t.Fatal("restored without a yes")
	}
	press(t, w, "Hent tilbake …")
	press(t, w, "Hent tilbake kopien")
	if len(h.restored) != 1 || h.restored[0] != all[0].Path {
		t.Errorf("restored %q", h.restored)
	}
}

func TestDamagedBackupIsToldAndRefused(t *testing.T) {
	p, _, dir := backedUp(t)
	if err := os.WriteFile(filepath.Join(dir, "a-2026-11-24T143205.kpilot"), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	page, h, files := openBackups(w)
	uitest.Find(t, page.Content(), "", func(l *kit.SeverityLine) bool { return strings.Contains(l.AccessibilityLabel(), "Skadet: filen") })
	if b := uitest.Find(t, page.Content(), "", func(b *kit.Button) bool { return b.Text() == "Hent tilbake …" }); !b.Disabled() {
		t.Error("a damaged backup can be restored")
	}
	files.Path = filepath.Join(dir, "a-2026-11-24T143205.kpilot")
	press(t, w, "Hent tilbake fra en fil …")
	uitest.Has(t, dialog(t, w), "Kopien kan ikke hentes tilbake.")
	if b := uitest.Find(t, dialog(t, w), "", func(b *kit.Button) bool { return b.Text() == "Hent tilbake kopien" }); !b.Disabled() {
		t.Error("a damaged file can be restored")
	}
	w.Key(fyne.KeyReturn)
	if len(h.restored) != 0 {
		t.Error("restored a damaged file")
	}
}

func TestBackupFolderIsChangedOnlyToOneThatWorks(t *testing.T) {
	p, _, dir := backedUp(t)
	w := uitest.Window(t, p)
	page, _, files := openBackups(w)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	files.Path = file
	press(t, w, "Velg en annen mappe …")
	if len(w.Shell.Failed) != 1 || p.BackupFolder() != dir {
		t.Fatalf("failed %v, folder %s", w.Shell.Failed, p.BackupFolder())
	}
	files.Path = t.TempDir()
	press(t, w, "Velg en annen mappe …")
	if all, err := p.Backups(); err != nil || len(all) != 1 || p.BackupFolder() != files.Path {
		t.Fatalf("%+v, %v, folder %s", all, err, p.BackupFolder())
	}
	uitest.Has(t, page.Content(), files.Path)
	press(t, w, "Bruk den vanlige mappen")
	if p.BackupFolder() != dir {
		t.Errorf("folder %s", p.BackupFolder())
	}
	uitest.HasNot(t, page.Content(), "[Bruk den vanlige mappen]")
}

func TestBackupIsCopiedOut(t *testing.T) {
	p, _, _ := backedUp(t)
	w := uitest.Window(t, p)
	_, _, files := openBackups(w)
	press(t, w, "Ta sikkerhetskopi nå")
	files.Path = filepath.Join(t.TempDir(), "ut.kpilot")
	press(t, w, "Lagre en kopi …")
	if d, err := p.Compare(files.Path); err != nil || !d.Empty() || !d.Related {
		t.Errorf("%+v, %v", d, err)
	}
	files.Path = p.Workspace.Path()
	press(t, w, "Lagre en kopi …")
	if len(w.Shell.Failed) != 1 || data.Code(w.Shell.Failed[0]) != data.CodeExists {
		t.Errorf("the open workspace was written over: %v", w.Shell.Failed)
	}
}

func TestPicturesOfBackups(t *testing.T) {
	p, application, dir := backedUp(t)
	page := func(env *screen.Env) screen.Page { return NewBackups(env, &host{}) }
	t.Run("none", func(t *testing.T) { pictures(t, p, "backups-empty", page, nil) })
	for range 2 {
		if _, err := p.Backup(); err != nil {
			t.Fatal(err)
		}
	}
	all, err := p.Backups()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a-2026-11-20T093012", "a-før-gjenoppretting-2026-11-18T101500"} {
		if err := data.CopyBackup(p.Workspace, all[0].Path, filepath.Join(dir, name+data.Extension)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "a-2026-11-19T143205.kpilot"), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	pictures(t, p, "backups", page, nil)
	if err := p.Grants.SetField("Nytt navn", application, "title", "Skogen"); err != nil {
		t.Fatal(err)
	}
	d, err := data.LoadDraft(p.Workspace, application)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Workspace.Update("Fjernet en aktivitet", func(tx *data.Tx) error { return tx.Delete(&d.Activities[0]) }); err != nil {
		t.Fatal(err)
	}
	if err := p.Workspace.Update("Ny bedrift", func(tx *data.Tx) error { return tx.Put(&data.Organisation{Name: "Sagbruket AS"}) }); err != nil {
		t.Fatal(err)
	}
	pictures(t, p, "compare", page, func(w *uitest.Tried) { press(t, w, "Hent tilbake …") })
}
