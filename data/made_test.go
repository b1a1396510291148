package data

import (
	"database/sql"
	"path/filepath"
	"testing"
)

// A workspace of the form before opens, and takes notes of what is made.
func TestMadeDocumentsComeToAnOlderWorkspace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a"+Extension)
	w, err := Open(path, Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	a := Application{Answers: Values{"title": "Fra skog til hus"}}
	if err := w.Update("Ny", func(tx *Tx) error { return tx.Put(&a) }); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DROP TABLE made_document", "DROP TABLE need", "DELETE FROM goose_db_version WHERE version_id >= 4"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	backed := false
	w, err = Open(path, Options{AnyPlace: true, BeforeMigration: func(string) error { backed = true; return nil }})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if !backed {
		t.Error("no backup was asked for")
	}
	before, err := LiveDrafts(w)
	if err != nil {
		t.Fatal(err)
	}
	m := MadeDocument{Application: a.ID, MadeOf: MadePDF, FileName: "Søknad.pdf", SHA256: "ab", Size: 12}
	if err := w.Update("Laget Søknad.pdf", func(tx *Tx) error { return tx.Put(&m) }, Fixed()); err != nil {
		t.Fatal(err)
	}
	got, err := Get[MadeDocument](w, m.ID)
	if err != nil || got != m {
		t.Errorf("kept %+v, %v", got, err)
	}
	if titles, err := w.Titles("made_document", []string{m.ID}); err != nil || titles[m.ID] != "Søknad.pdf" {
		t.Errorf("known as %v, %v", titles, err)
	}
	if after, err := LiveDrafts(w); err != nil || !after[0].Changed.Equal(before[0].Changed) {
		t.Errorf("making a document counts as a change of the application: %v, %v", after, err)
	}
	if r, err := w.Verify(); err != nil || !r.OK {
		t.Errorf("verify: %+v, %v", r, err)
	}
}

// A file of an older form that can only be read is read as far as it goes.
func TestMadeDocumentsOfAReadOnlyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a"+Extension)
	w, err := Open(path, Options{Create: true, AnyPlace: true})
	if err != nil {
		t.Fatal(err)
	}
	a := Application{Answers: Values{"title": "Fra skog til hus"}}
	if err := w.Update("Ny", func(tx *Tx) error { return tx.Put(&a) }); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"DROP TABLE made_document", "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if w, err = Open(path, Options{AnyPlace: true}); err != nil || w.ReadOnly() == nil {
		t.Fatalf("read only: %v, %v", w.ReadOnly(), err)
	}
	defer w.Close()
	if all, err := MadeOf(w, a.ID); err != nil || len(all) != 0 {
		t.Errorf("made %v, %v", all, err)
	}
	if _, err := w.Trash(); err != nil {
		t.Errorf("trash: %v", err)
	}
	if r, err := w.Verify(); err != nil || !r.OK {
		t.Errorf("verify: %q, %v", r.Problems, err)
	}
}
