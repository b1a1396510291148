package data_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data"
)

func TestBackupIsWholeAndDueOnlyAfterAChange(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 32, 5, 0, time.Local)
	w, dir := newWorkspace(t, at(&now)), filepath.Join(t.TempDir(), "OneDrive - Innlandet", "kopier")
	wantDue := func(want bool) {
		t.Helper()
		due, err := data.BackupDue(w, dir, now)
		if err != nil || due != want {
			t.Fatalf("due %v, %v; want %v", due, err, want)
		}
	}
	wantDue(false)
	app := data.Application{Answers: data.Values{"title": "Tømmer"}}
	put(t, w, &app)
	wantDue(true)
	b, err := data.Backup(w, dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(dir, "a-2026-11-24T143205.kpilot"); b.Path != want || !b.OK || b.Size == 0 || !b.Time.Equal(now) {
		t.Fatalf("backup %+v, want %s", b, want)
	}
	wantDue(false)
	second, err := data.Backup(w, dir)
	if err != nil || second.Path != filepath.Join(dir, "a-2026-11-24T143205-2.kpilot") {
		t.Fatalf("two in one second: %+v, %v", second, err)
	}
	all, err := data.Backups(dir, "a")
	if err != nil || len(all) != 2 || all[0].Path != second.Path || !all[0].OK {
		t.Fatalf("backups %+v, %v", all, err)
	}
	copied := openWorkspace(t, b.Path)
	wantVerified(t, copied)
	if got, err := data.Get[data.Application](copied, app.ID); err != nil || got.Title() != "Tømmer" {
		t.Fatalf("%+v, %v", got, err)
	}

	now = now.Add(-24 * time.Hour) // the clock is set back
	wantDue(false)
	put(t, w, &data.Organisation{Name: "Sag AS"})
	wantDue(true)
	if _, err := data.Backup(w, dir); err != nil {
		t.Fatal(err)
	}
	wantDue(false)
}

func TestFailedBackupLeavesNothing(t *testing.T) {
	w := newWorkspace(t)
	put(t, w, &data.Organisation{Name: "Sag AS"})
	dir := t.TempDir()
	blocked := filepath.Join(dir, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := data.Backup(w, blocked)
	wantCode(t, err, data.CodeBackup)
	_, err = data.Backup(w, filepath.Join(blocked, "under"))
	wantCode(t, err, data.CodeBackup)
	if names := listed(t, dir); !slices.Equal(names, []string{"file"}) {
		t.Fatalf("left %q", names)
	}
}

func TestBackupTakesAwayWhatAKilledOneLeft(t *testing.T) {
	w, dir := newWorkspace(t), t.TempDir()
	put(t, w, &data.Organisation{Name: "Sag AS"})
	old, fresh := filepath.Join(dir, ".kpilot-1.part"), filepath.Join(dir, ".kpilot-2.part")
	for _, path := range []string{old, fresh} {
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	b, err := data.Backup(w, dir)
	if err != nil {
		t.Fatal(err)
	}
	if names := listed(t, dir); !slices.Equal(names, []string{".kpilot-2.part", filepath.Base(b.Path)}) {
		t.Fatalf("left %q", names)
	}
}

func TestThinBackups(t *testing.T) {
	dir := t.TempDir()
	w := newWorkspace(t)
	put(t, w, &data.Organisation{Name: "Sag AS"})
	b, err := data.Backup(w, dir)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(b.Path)
	now := time.Date(2026, 11, 24, 15, 0, 0, 0, time.Local)
	keep := []string{
		"a-2026-11-25T090000.kpilot", // the clock was set back
		"a-2026-11-24T090000.kpilot", "a-2026-11-24T100000.kpilot", "a-2026-11-24T100000-2.kpilot",
		"a-2026-11-23T110000.kpilot", "a-2026-10-25T080000.kpilot",
		"a-2026-10-23T080000.kpilot", // the last of October that is over 31 days old
		"a-2026-02-28T235959.kpilot",
		"a-før-gjenoppretting-2026-01-01T080000.kpilot", "a-før-gjenoppretting-2026-01-01T080001.kpilot",
		"ab-2026-01-01T080000.kpilot", "ab-2026-01-01T080001.kpilot", "a-b-2026-01-01T080000.kpilot",
		"a.kpilot", "a-2026-01-01.kpilot", "a-2026-01-01T080000.kpilot.txt", "a-2026-13-01T080000.kpilot",
	}
	drop := []string{
		"a-2026-11-23T100000.kpilot", "a-2026-11-23T105959.kpilot", "a-2026-10-25T070000.kpilot",
		"a-2026-10-22T080000.kpilot", "a-2026-10-23T070000.kpilot", "a-2026-02-28T235958.kpilot", "a-2026-02-01T100000.kpilot",
	}
	for _, name := range slices.Concat(keep, drop) {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	damaged := "a-2026-02-27T100000.kpilot"
	if err := os.WriteFile(filepath.Join(dir, damaged), content[:len(content)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := data.ThinBackups(dir, "a", now); err != nil {
		t.Fatal(err)
	}
	want := append(slices.Clone(keep), damaged)
	slices.Sort(want)
	if got := listed(t, dir); !slices.Equal(got, want) {
		t.Fatalf("kept\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if err := data.ThinBackups(dir, "a", now.AddDate(10, 0, 0)); err != nil {
		t.Fatal(err)
	}
	if got := listed(t, dir); !slices.Contains(got, "a-2026-11-25T090000.kpilot") {
		t.Fatalf("the newest was deleted: %q", got)
	}
}

func TestCompareAndRestore(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "a.kpilot"), t.TempDir()
	w := openWorkspace(t, path)
	same := data.Organisation{Name: "Lik AS"}
	changed := data.Organisation{Name: "Endret AS", Note: "før"}
	trashed := data.Organisation{Name: "Kastet AS"}
	app := data.Application{Answers: data.Values{"title": "Tømmer", "background": "en"}}
	put(t, w, &same, &changed, &trashed, &app)
	b, err := data.Backup(w, dir)
	if err != nil {
		t.Fatal(err)
	}
	if d, err := data.Compare(w, b.Path); err != nil || !d.Empty() || d.StepsLost != 0 || !d.Related {
		t.Fatalf("%+v, %v", d, err)
	}
	changed.Note, changed.Contact = "etter", "Per"
	app.Answers = data.Values{"title": "Tømmer", "goals": "ny"}
	added := data.Organisation{Name: "Ny AS"}
	put(t, w, &changed, &app, &added)
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&trashed) })

	d, err := data.Compare(w, b.Path)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Back) != 1 || d.Back[0].Title != "Kastet AS" || len(d.Gone) != 1 || d.Gone[0].Title != "Ny AS" || d.StepsLost != 2 || !d.Related {
		t.Fatalf("%+v", d)
	}
	if len(d.Changed) != 2 || d.Changed[0].Title != "Tømmer" || !slices.Equal(d.Changed[0].Fields, []string{"background", "goals"}) ||
		!slices.Equal(d.Changed[1].Fields, []string{"contact", "note"}) {
		t.Fatalf("%+v", d.Changed)
	}
	if d.BackupTime.IsZero() || !d.NowTime.After(d.BackupTime) {
		t.Fatalf("%+v", d)
	}

	wantCode(t, data.Restore(path, b.Path, dir), data.CodeInUse)
	w.Close()
	kept, err := data.RestoreKeeping(path, b.Path, dir)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(filepath.Base(kept.Path), "a-før-gjenoppretting-2") || !kept.OK {
		t.Fatalf("kept %+v", kept)
	}
	w = openWorkspace(t, path)
	wantVerified(t, w)
	if o, err := data.Get[data.Organisation](w, changed.ID); err != nil || o.Note != "før" {
		t.Fatalf("%+v, %v", o, err)
	}
	if d, err = data.Compare(w, kept.Path); err != nil || len(d.Back) != 1 || d.Back[0].Title != "Ny AS" || d.StepsLost != 0 {
		t.Fatalf("what was put aside: %+v, %v", d, err)
	}
	if all, err := data.Backups(dir, "a"); err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	if names := listed(t, filepath.Dir(path)); !slices.Equal(names, []string{"a.kpilot", "a.kpilot-shm", "a.kpilot-wal"}) {
		t.Fatalf("left beside the workspace: %q", names)
	}
}

func TestRestoreRefusesWhatItCannotUse(t *testing.T) {
	path, dir := filepath.Join(t.TempDir(), "a.kpilot"), t.TempDir()
	w := openWorkspace(t, path)
	put(t, w, &data.Organisation{Name: "Sag AS", Note: strings.Repeat("tekst ", 5000)})
	b, err := data.Backup(w, dir)
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(b.Path)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	torn := slices.Clone(content)
	for i := 4096 * 3; i < len(torn); i++ {
		torn[i] ^= 0x5a
	}
	for path2, code := range map[string]string{
		filepath.Join(dir, "none.kpilot"):             data.CodeBackupGone,
		write("text.kpilot", []byte("hei")):           data.CodeBackupDamaged,
		write("empty.kpilot", nil):                    data.CodeNotWorkspace,
		write("cut.kpilot", content[:len(content)/2]): data.CodeBackupDamaged,
		write("torn.kpilot", torn):                    data.CodeBackupDamaged,
	} {
		wantCode(t, data.Restore(path, path2, dir), code)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Fatal("a refused restore changed the workspace")
	}
	if all, err := data.Backups(dir, "a"); err != nil || len(all) != 1 {
		t.Fatalf("a refused restore put something aside: %+v, %v", all, err)
	}

	// A damaged workspace is put aside byte for byte.
	if err := os.WriteFile(path, torn, 0o600); err != nil {
		t.Fatal(err)
	}
	kept, err := data.RestoreKeeping(path, b.Path, dir)
	if err != nil {
		t.Fatal(err)
	}
	if aside, err := os.ReadFile(kept.Path); err != nil || len(aside) != len(torn) {
		t.Fatalf("put aside %d bytes, %v", len(aside), err)
	}
	wantVerified(t, openWorkspace(t, path))
}

func listed(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestCopyBackup(t *testing.T) {
	w := newWorkspace(t)
	put(t, w, &data.Organisation{Name: "Sag AS"})
	dir := t.TempDir()
	b, err := data.Backup(w, filepath.Join(dir, "kopier"))
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, "pinne", "ut.kpilot")
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second takes the place of the first
		if err := data.CopyBackup(w, b.Path, to); err != nil {
			t.Fatal(err)
		}
	}
	copied, err := data.Open(to, data.Options{AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if all, err := data.Live[data.Organisation](copied, "", ""); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	wantCode(t, data.CopyBackup(w, b.Path, w.Path()), data.CodeExists)
	wantCode(t, data.CopyBackup(w, b.Path, b.Path), data.CodeExists)
	wantCode(t, data.CopyBackup(w, filepath.Join(dir, "none.kpilot"), to+"2"), data.CodeBackupGone)
	if err := os.WriteFile(b.Path, []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "ny.kpilot")
	wantCode(t, data.CopyBackup(w, b.Path, other), data.CodeBackupDamaged)
	if left, _ := filepath.Glob(filepath.Join(dir, "*.kpilot")); len(left) != 0 {
		t.Errorf("a failed copy left %v", left)
	}
}
