package data_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"

	"kompetansepilot/data"
)

// stored makes a workspace with one organisation and gives its path and id.
func stored(t *testing.T) (path, id string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "a.kpilot")
	w := openWorkspace(t, path)
	org := data.Organisation{Name: "Sag AS"}
	put(t, w, &org)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return path, org.ID
}

func alter(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAnEmptiedFileIsNotANewOne: it lost what it had, and a backup may have it.
func TestAnEmptiedFileIsNotANewOne(t *testing.T) {
	path, _ := stored(t)
	if err := os.Truncate(path, 0); err != nil {
		t.Fatal(err)
	}
	_, err := data.Open(path, data.Options{AnyPlace: true})
	wantCode(t, err, data.CodeDamaged)
	if info, err := os.Stat(path); err != nil || info.Size() != 0 {
		t.Errorf("something was written into it: %v", err)
	}
}

func TestFileFromNewerProgramOpensReadOnly(t *testing.T) {
	path, id := stored(t)
	alter(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)", "ALTER TABLE organisation ADD COLUMN later TEXT")
	w := openWorkspace(t, path)
	why := w.ReadOnly()
	if why == nil {
		t.Fatal("a newer file opened for writing")
	}
	wantCode(t, why, data.CodeNewer)
	wantCode(t, w.Update("x", func(tx *data.Tx) error { return tx.Put(&data.Organisation{}) }), data.CodeNewer)
	_, err := w.Undo()
	wantCode(t, err, data.CodeNewer)
	if org, err := data.Get[data.Organisation](w, id); err != nil || org.Name != "Sag AS" {
		t.Fatalf("%+v, %v", org, err)
	}
	if _, err := w.Search("sag", 5); err != nil {
		t.Fatal(err)
	}
	if _, err := data.Backup(w, t.TempDir()); err != nil {
		t.Fatal(err)
	}
}

func TestOtherFilesAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "foreign.kpilot")
	alter(t, foreign, "CREATE TABLE theirs (x)")
	note := filepath.Join(dir, "text.kpilot")
	if err := os.WriteFile(note, bytes.Repeat([]byte("Dette er et brev. "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{foreign, note} {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = data.Open(path, data.Options{Create: true, AnyPlace: true})
		wantCode(t, err, data.CodeNotWorkspace)
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
			t.Fatalf("%s was changed, %v", path, err)
		}
	}
	_, err := data.Open(dir, data.Options{AnyPlace: true})
	wantCode(t, err, data.CodeNotWorkspace)
	_, err = data.Open(filepath.Join(dir, "none.kpilot"), data.Options{AnyPlace: true})
	wantCode(t, err, data.CodeNotFound)
	if names := listed(t, dir); len(names) != 2 {
		t.Fatalf("left %q", names)
	}
}

func TestNetworkAndCloudPathsAreRefused(t *testing.T) {
	home := t.TempDir()
	t.Setenv("OneDriveCommercial", filepath.Join(home, "Innlandet"))
	for path, code := range map[string]string{
		`\\server\felles\a.kpilot`: data.CodeNetworkPath,
		"//server/felles/a.kpilot": data.CodeNetworkPath,
		filepath.Join(home, "OneDrive - Innlandet fylkeskommune", "Dokumenter", "a.kpilot"): data.CodeCloudPath,
		filepath.Join(home, "onedrive", "a.kpilot"):                                         data.CodeCloudPath,
		filepath.Join(home, "Innlandet", "Dokumenter", "a.kpilot"):                          data.CodeCloudPath,
		filepath.Join(home, "Regional - SharePoint", "a.kpilot"):                            data.CodeCloudPath,
		filepath.Join(home, "Dropbox (Fylket)", "a.kpilot"):                                 data.CodeCloudPath,
		filepath.Join(home, "Library", "CloudStorage", "x", "a.kpilot"):                     data.CodeCloudPath,
	} {
		_, err := data.Open(path, data.Options{Create: true})
		wantCode(t, err, code)
	}
	if names := listed(t, home); len(names) != 0 {
		t.Fatalf("made %q", names)
	}
	for _, path := range []string{filepath.Join(home, "OneDriveKurs.kpilot"), filepath.Join(home, "Innlandet2", "a.kpilot"), filepath.Join(home, "arbeid", "onedrive.kpilot")} {
		if err := data.CheckPlace(path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// lockAway makes a file or folder unwritable until the test ends, also for root.
func lockAway(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if os.Geteuid() != 0 {
		if runtime.GOOS == "windows" {
			t.Skip("permissions of a folder mean something else on Windows")
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(path, 0o700) })
		return
	}
	if out, err := exec.Command("chattr", "+i", path).CombinedOutput(); err != nil {
		t.Skipf("root may write everywhere, and this disk knows no immutable files: %s", out)
	}
	t.Cleanup(func() { exec.Command("chattr", "-i", path).Run() })
}

func TestReadOnlyFileAndFolder(t *testing.T) {
	for name, target := range map[string]func(path string) (string, os.FileMode){
		"file":   func(path string) (string, os.FileMode) { return path, 0o400 },
		"folder": func(path string) (string, os.FileMode) { return filepath.Dir(path), 0o500 },
	} {
		t.Run(name, func(t *testing.T) {
			path, id := stored(t)
			locked, mode := target(path)
			lockAway(t, locked, mode)
			w := openWorkspace(t, path)
			wantCode(t, w.ReadOnly(), data.CodeReadOnly)
			wantCode(t, w.Update("x", func(tx *data.Tx) error { return tx.Put(&data.Organisation{}) }), data.CodeReadOnly)
			if org, err := data.Get[data.Organisation](w, id); err != nil || org.Name != "Sag AS" {
				t.Fatalf("%+v, %v", org, err)
			}
			wantVerified(t, w)
			b, err := data.Backup(w, t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if d, err := data.Compare(w, b.Path); err != nil || !d.Empty() {
				t.Fatalf("%+v, %v", d, err)
			}
			if name != "folder" {
				return
			}
			_, err = data.Open(filepath.Join(locked, "new.kpilot"), data.Options{Create: true, AnyPlace: true})
			wantCode(t, err, data.CodeNoAccess)
			_, err = data.Open(filepath.Join(locked, "under", "new.kpilot"), data.Options{Create: true, AnyPlace: true})
			wantCode(t, err, data.CodeNoAccess)
			_, err = data.Backup(w, locked)
			wantCode(t, err, data.CodeBackup)
			if names := listed(t, locked); len(names) != 1 {
				t.Fatalf("left %q", names)
			}
		})
	}
}

func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk to fill: %v %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", dir).Run() })
	w := openWorkspace(t, filepath.Join(dir, "a.kpilot"))
	var saved []string
	var full error
	for i := 0; full == nil && i < 1000; i++ {
		org := data.Organisation{Name: fmt.Sprint("Bedrift ", i), Note: strings.Repeat("x", 20_000)}
		if full = w.Update("Laget", func(tx *data.Tx) error { return tx.Put(&org) }); full == nil {
			saved = append(saved, org.ID)
		}
	}
	wantCode(t, full, data.CodeDiskFull)
	for _, id := range saved {
		if _, err := data.Get[data.Organisation](w, id); err != nil {
			t.Fatalf("what was saved is lost: %v", err)
		}
	}
	if n, err := w.Count("SELECT count(*) FROM organisation"); err != nil || n != len(saved) {
		t.Fatalf("%d organisations, %d were saved, %v", n, len(saved), err)
	}
	wantVerified(t, w)
	if _, err := w.Search("bedrift", 5); err != nil {
		t.Fatalf("search on a full disk: %v", err)
	}
	_, err := data.Backup(w, filepath.Join(dir, "kopier"))
	wantCode(t, err, data.CodeBackup)
	if _, err := os.Stat(filepath.Join(dir, "kopier")); err == nil {
		if names := listed(t, filepath.Join(dir, "kopier")); len(names) != 0 {
			t.Fatalf("a failed backup left %q", names)
		}
	}
	elsewhere := filepath.Join(t.TempDir(), "b.kpilot")
	if err := w.CopyTo(elsewhere); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wantVerified(t, openWorkspace(t, elsewhere))
	w = openWorkspace(t, filepath.Join(dir, "a.kpilot"))
	if n, err := w.Count("SELECT count(*) FROM organisation"); err != nil || n != len(saved) {
		t.Fatalf("after opening again %d organisations, %d were saved, %v", n, len(saved), err)
	}
	wantVerified(t, w)
}

func TestWorkspaceDeletedWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not delete an open file")
	}
	for name, vanish := range map[string]func(t *testing.T, path string){
		"deleted": func(t *testing.T, path string) {
			for _, end := range []string{"", "-wal", "-shm"} {
				if err := os.Remove(path + end); err != nil {
					t.Fatal(err)
				}
			}
		},
		"folder moved": func(t *testing.T, path string) {
			dir := filepath.Dir(path)
			if err := os.Rename(dir, dir+" gammel"); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Rename(dir+" gammel", dir) })
		},
		"replaced": func(t *testing.T, path string) {
			other, _ := stored(t)
			if err := os.Rename(other, path); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.kpilot")
			w := openWorkspace(t, path)
			org := data.Organisation{Name: "Sag AS", Note: "det siste som ble skrevet"}
			put(t, w, &org)
			vanish(t, path)
			wantCode(t, w.Update("x", func(tx *data.Tx) error { return tx.Put(&data.Organisation{}) }), data.CodeGone)
			_, err := w.Undo()
			wantCode(t, err, data.CodeGone)
			rescued := filepath.Join(t.TempDir(), "b.kpilot")
			if err := w.CopyTo(rescued); err != nil {
				t.Fatal(err)
			}
			wantCode(t, w.CopyTo(rescued), data.CodeExists)
			copied := openWorkspace(t, rescued)
			wantVerified(t, copied)
			if got, err := data.Get[data.Organisation](copied, org.ID); err != nil || got.Note != org.Note {
				t.Fatalf("%+v, %v", got, err)
			}
			if !strings.Contains(w.Diagnostics(), "in place                 false") {
				t.Error("the diagnostics do not say that the file is gone")
			}
		})
	}
}

func TestDamagedPages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.kpilot")
	w := openWorkspace(t, path)
	for i := range 40 {
		put(t, w, &data.Organisation{Name: fmt.Sprint("Bedrift ", i)}, &data.Application{Answers: data.Values{"background": strings.Repeat("æ", 400)}})
	}
	if _, err := w.Search("bedrift", 1); err != nil {
		t.Fatal(err)
	}
	w.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	for at := 0; at < len(whole); at += page {
		torn := bytes.Clone(whole)
		for i := at; i < at+page; i++ {
			torn[i] = 0xa5
		}
		damaged := filepath.Join(t.TempDir(), "torn.kpilot")
		if err := os.WriteFile(damaged, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		wantSentence := func(doing string, err error) {
			t.Helper()
			if err != nil && data.Code(err) == "" {
				t.Errorf("page %d, %s: no sentence for %v", at/page+1, doing, err)
			}
		}
		w, err := data.Open(damaged, data.Options{AnyPlace: true})
		if err != nil {
			wantSentence("open", err)
			continue
		}
		report, err := w.Verify()
		if err == nil && report.OK {
			t.Errorf("page %d: Verify finds nothing wrong", at/page+1)
		}
		_, err = data.Live[data.Organisation](w, "", "")
		wantSentence("organisations", err)
		_, err = data.Live[data.Application](w, "", "")
		wantSentence("applications", err)
		_, err = w.Trash()
		wantSentence("trash", err)
		_, err = w.Search("bedrift", 5)
		wantSentence("search", err)
		err = w.Update("x", func(tx *data.Tx) error { return tx.Put(&data.Organisation{Name: "Ny"}) })
		wantSentence("put", err)
		_, err = w.Undo()
		wantSentence("undo", err)
		if _, err := data.Backup(w, filepath.Join(t.TempDir(), "kopier")); !errors.Is(err, &data.Error{Code: data.CodeBackup}) {
			t.Errorf("page %d: a backup of a damaged file: %v", at/page+1, err)
		}
		_ = w.Diagnostics()
		w.Close()
	}
}

func TestBackupOfAFileThatIsNotOpenHere(t *testing.T) {
	path, _ := stored(t)
	dir := t.TempDir()
	for _, open := range []bool{false, true} {
		if open {
			put(t, openWorkspace(t, path), &data.Organisation{Name: "I loggen"})
		}
		b, err := data.BackupFileAt(path, dir)
		if err != nil || !b.OK {
			t.Fatalf("%+v, %v", b, err)
		}
		w := openWorkspace(t, b.Path)
		wantVerified(t, w)
		if n, err := w.Count("SELECT count(*) FROM organisation"); err != nil || n != 1 && !open || n != 2 && open {
			t.Fatalf("%d organisations, %v", n, err)
		}
	}
	_, err := data.BackupFileAt(filepath.Join(dir, "none.kpilot"), dir)
	wantCode(t, err, data.CodeBackup)
}
