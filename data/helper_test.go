package data_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
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

// olderForm takes a closed workspace back to the form that an older program
// made: all that later migrations brought is taken away.
func olderForm(t testing.TB, path string, form int) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	first := firstForms(t, form)
	then := columnsOf(t, first)
	do := func(statement string) {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	for table, columns := range columnsOf(t, db) {
		switch {
		case strings.HasPrefix(table, "goose") || strings.HasPrefix(table, "sqlite") || strings.HasPrefix(table, "search"):
		case then[table] == nil:
			do("DROP TABLE " + table)
		default:
			for column := range columns {
				if !then[table][column] {
					do("ALTER TABLE " + table + " DROP COLUMN " + column)
				}
			}
		}
	}
	// The search index is a cache of another shape in each form.
	for _, table := range []string{"search_word", "search_text", "search_doc"} {
		do("DROP TABLE IF EXISTS " + table)
		var made string
		err := first.QueryRow("SELECT sql FROM sqlite_master WHERE name = ?", table).Scan(&made)
		if err == nil && table != "search_word" {
			defer do(made)
		}
	}
	for _, index := range schemaNames(t, db, "index") {
		if !slices.Contains(schemaNames(t, first, "index"), index) {
			do("DROP INDEX " + index)
		}
	}
	do("DELETE FROM cache_state")
	do(fmt.Sprintf("DELETE FROM goose_db_version WHERE version_id > %d", form))
}

// schemaNames are what a database has of one kind, without what SQLite made itself.
func schemaNames(t testing.TB, db *sql.DB, kind string) (names []string) {
	t.Helper()
	rows, err := db.Query("SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", kind)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// firstForms is an empty workspace with the first migrations only.
func firstForms(t testing.TB, form int) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1) // a second connection would be another memory
	names, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(names) == 0 {
		t.Fatal("no migrations", err)
	}
	for _, name := range names {
		var number int
		if _, err := fmt.Sscanf(filepath.Base(name), "%05d_", &number); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		up, _, _ := strings.Cut(string(raw), "-- +goose Down")
		if number > form {
			continue
		}
		if _, err := db.Exec(up); err != nil {
			t.Fatal(name, err)
		}
	}
	return db
}

// columnsOf are the columns of each table.
func columnsOf(t testing.TB, db *sql.DB) map[string]map[string]bool {
	t.Helper()
	rows, err := db.Query("SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]map[string]bool{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		if all[table] == nil {
			all[table] = map[string]bool{}
		}
		all[table][column] = true
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
