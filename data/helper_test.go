package data_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"kompetansepilot/data"
)

// newWorkspace makes an empty workspace that the test's end closes.
func newWorkspace(t testing.TB, change ...func(*data.Options)) *data.Workspace {
	t.Helper()
	return openWorkspace(t, filepath.Join(t.TempDir(), "a.kpilot"), change...)
}

func openWorkspace(t testing.TB, path string, change ...func(*data.Options)) *data.Workspace {
	t.Helper()
	opts := data.Options{Create: true, Actor: "Kari", AnyPlace: true}
	for _, f := range change {
		f(&opts)
	}
	w, err := data.Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func at(now *time.Time) func(*data.Options) {
	return func(o *data.Options) { o.Now = func() time.Time { return *now } }
}

func update(t testing.TB, w *data.Workspace, label string, fn func(*data.Tx) error, opts ...data.Option) {
	t.Helper()
	if err := w.Update(label, fn, opts...); err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, w *data.Workspace, records ...data.Record) {
	t.Helper()
	update(t, w, "Endret", func(tx *data.Tx) error {
		for _, r := range records {
			if err := tx.Put(r); err != nil {
				return err
			}
		}
		return nil
	})
}

func wantVerified(t testing.TB, w *data.Workspace) {
	t.Helper()
	r, err := w.Verify()
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK {
		t.Fatalf("verify: %q", r.Problems)
	}
}

func wantCode(t testing.TB, err error, code string) {
	t.Helper()
	if data.Code(err) != code || err == nil {
		t.Fatalf("error %v has code %q, want %q", err, data.Code(err), code)
	}
	if m := data.Message(err); len(m) < 20 || m[len(m)-1] != '.' {
		t.Fatalf("no sentence: %q", m)
	}
}

// olderForm takes a closed workspace back to the form that an older program made.
// Each step of the migrations has its line here.
func olderForm(t testing.TB, path string, form int) {
	t.Helper()
	steps := map[int][]string{
		2:  {"DROP TABLE organisation_row", "DELETE FROM cache_state"},
		3:  {"DROP TABLE transfer", "DROP TABLE receipt", "DROP TABLE portal_file"},
		4:  {"DROP TABLE made_document"},
		10: {"DROP TABLE need"},
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	do := []string{fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id > %d", form)}
	for step, undo := range steps {
		if step > form {
			do = append(do, undo...)
		}
	}
	for _, s := range do {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
}
