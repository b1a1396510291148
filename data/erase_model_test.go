package data_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kompetansepilot/data"
)

// TestEraseOfAnyHistory: whatever was written, typed, undone and thrown away
// before, an erasure leaves a workspace that verifies, no name in it, and an undo
// list that works or says why not.
func TestEraseOfAnyHistory(t *testing.T) {
	const name = "Åse-Mari Tverrfjellet"
	dir, runs := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		runs++
		path := filepath.Join(dir, fmt.Sprintf("%d.kpilot", runs))
		w, err := data.Open(path, data.Options{Create: true, Actor: "Ingrid", AnyPlace: true})
		if err != nil {
			rt.Fatal(err)
		}
		defer os.Remove(path)
		defer w.Close()
		do := func(label string, fn func(*data.Tx) error, opts ...data.Option) {
			if err := w.Update(label, fn, opts...); err != nil {
				rt.Fatal(err)
			}
		}
		person := data.Person{Name: name, Email: "ase@example.no"}
		app := data.Application{Call: "x", Answers: data.Values{}}
		org := data.Organisation{Name: "Sag AS"}
		do("La til "+name, func(tx *data.Tx) error {
			for _, r := range []data.Record{&person, &app, &org} {
				if err := tx.Put(r); err != nil {
					return err
				}
			}
			return nil
		})
		text := rapid.Custom(func(t *rapid.T) string {
			part := rapid.SampledFrom([]string{"", "Ring ", name, "ASE@EXAMPLE.NO", name[:5], name[:12], "Tverrfjellet, Åse-Mari", strings.Repeat("Bakgrunn æøå. ", 20), "\n", "x"})
			return part.Draw(t, "a") + " " + part.Draw(t, "b") + ", " + part.Draw(t, "c")
		})
		steps := rapid.IntRange(1, 14).Draw(rt, "steps")
		for range steps {
			switch rapid.IntRange(0, 7).Draw(rt, "do") {
			case 0, 1:
				s := text.Draw(rt, "answer")
				do("Skrev "+s, func(tx *data.Tx) error { return tx.SetValue(&app, "background", s) }, data.Merge("x", 1e12))
			case 2:
				org.Note, org.Contact = text.Draw(rt, "note"), text.Draw(rt, "contact")
				do("Endret", func(tx *data.Tx) error {
					now, err := data.Get[data.Organisation](tx, org.ID)
					if err != nil {
						return nil // its making was undone
					}
					now.Note, now.Contact = org.Note, org.Contact
					return tx.Put(&now)
				})
			case 3:
				i := data.Interaction{Text: text.Draw(rt, "said")}
				with := rapid.Bool().Draw(rt, "with")
				do("Loggførte", func(tx *data.Tx) error {
					if err := tx.Put(&i); err != nil {
						return err
					}
					if err := tx.Put(&data.InteractionWith{Interaction: i.ID, Person: person.ID}); err != nil || !with {
						return err
					}
					return tx.Put(&data.InteractionWith{Interaction: i.ID, Organisation: org.ID})
				})
			case 4:
				do("Oppgave", func(tx *data.Tx) error {
					return tx.Put(&data.Task{Text: text.Draw(rt, "task"), Person: person.ID, Organisation: rapid.SampledFrom([]string{"", org.ID}).Draw(rt, "at")})
				})
			case 5:
				do("Versjon", func(tx *data.Tx) error {
					d, err := data.LoadDraft(tx, app.ID)
					if err != nil {
						return nil
					}
					return tx.SaveVersion(&d, &data.Version{Name: "V"})
				})
			case 6:
				if _, err := w.Undo(); err != nil && data.Code(err) != data.CodeNothingToDo && data.Code(err) != data.CodeUndoConflict {
					rt.Fatal(err)
				}
				// What the whole test stands on must be there.
				if _, err := data.Get[data.Person](w, person.ID); err != nil {
					if _, err := w.Redo(); err != nil {
						rt.Fatal(err)
					}
				}
			case 7:
				if _, err := w.Redo(); err != nil && data.Code(err) != data.CodeNothingToDo && data.Code(err) != data.CodeUndoConflict {
					rt.Fatal(err)
				}
			}
		}
		if _, err := w.Erase(data.Subject{Kind: "person", ID: person.ID}, data.EraseOptions{Label: "Slettet", Mark: "[slettet]"}); err != nil {
			rt.Fatal(err)
		}
		check := func(when string) {
			r, err := w.Verify()
			if err != nil || !r.OK {
				rt.Fatalf("%s: %v %q", when, err, r.Problems)
			}
			for _, end := range []string{"", "-wal"} {
				raw, _ := os.ReadFile(path + end)
				for _, n := range []string{name, "ase@example.no", "Tverrfjellet, Åse-Mari", person.ID} {
					if i := bytes.Index(bytes.ToLower(raw), bytes.ToLower([]byte(n))); i >= 0 {
						rt.Fatalf("%s: %q stands in the file: …%q", when, n, raw[max(i-40, 0):min(i+60, len(raw))])
					}
				}
			}
		}
		check("after the erasure")
		for range 2 * steps {
			if _, err := w.Undo(); err != nil {
				if c := data.Code(err); c != data.CodeNothingToDo && c != data.CodeUndoConflict {
					rt.Fatal(err)
				}
				break
			}
		}
		check("after undo")
	})
}
