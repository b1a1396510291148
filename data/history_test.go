package data_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kompetansepilot/data"
)

func TestFrozenVersionRefusesChange(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Answers: data.Values{"title": "Tømmer"}}
	put(t, w, &app)
	version := data.Version{Name: "Sendt", Frozen: true}
	update(t, w, "Sendte inn", func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, app.ID)
		if err != nil {
			return err
		}
		return tx.SaveVersion(&d, &version)
	}, data.Fixed())
	changed := version
	changed.Name = "Endret"
	wantCode(t, w.Update("Endret", func(tx *data.Tx) error { return tx.Put(&changed) }), data.CodeFrozen)
	deleted := version
	wantCode(t, w.Update("Slettet", func(tx *data.Tx) error { return tx.Delete(&deleted) }), data.CodeFrozen)
	// What was submitted leans on the application, so making that can't be undone.
	_, err := w.Undo()
	wantCode(t, err, data.CodeUndoConflict)
	got, err := data.Get[data.Version](w, version.ID)
	if err != nil || got.Name != "Sendt" || got.InTrash() {
		t.Fatalf("%+v, %v", got, err)
	}
	if d, err := got.Draft(); err != nil || d.Application.Title() != "Tømmer" {
		t.Fatalf("%+v, %v", d, err)
	}
	got.Content += " "
	if _, err := got.Draft(); data.Code(err) != data.CodeDamaged {
		t.Fatalf("a version that was tampered with: %v", err)
	}
	wantVerified(t, w)
}

func TestUndoOfWhatWasChangedSinceIsRefused(t *testing.T) {
	w := newWorkspace(t)
	org := data.Organisation{Name: "Sag AS"}
	put(t, w, &org)
	org.Name = "Sag og Høvleri AS"
	update(t, w, "Fast", func(tx *data.Tx) error { return tx.Put(&org) }, data.Fixed())
	_, err := w.Undo()
	wantCode(t, err, data.CodeUndoConflict)
	if got, err := data.Get[data.Organisation](w, org.ID); err != nil || got.Name != "Sag og Høvleri AS" {
		t.Fatalf("%+v, %v", got, err)
	}
	wantVerified(t, w)
}

func TestHistoryTellsWhoAndWhatAndSurvivesAPanic(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Note: "spalte", Answers: data.Values{"note": "svar", "title": "En"}}
	put(t, w, &app)
	w.SetActor("Ola")
	update(t, w, "Endret tittel", func(tx *data.Tx) error { return tx.SetValue(&app, "title", "To") })
	h, err := w.History(app.ID, "title", 0)
	if err != nil || len(h) != 2 || h[0].Actor != "Ola" || h[0].Old != "En" || h[0].New != "To" || h[0].Label != "Endret tittel" || h[1].Actor != "Kari" || h[1].Old != "" {
		t.Fatalf("%+v, %v", h, err)
	}
	if h, err = w.History(app.ID, "title", 1); err != nil || len(h) != 1 || h[0].New != "To" {
		t.Fatalf("limit: %+v, %v", h, err)
	}
	// A call may name a field as one of our columns; both have a history.
	h, err = w.History(app.ID, "note", 0)
	if err != nil || len(h) != 2 || h[0].New != "svar" || h[1].New != "spalte" {
		t.Fatalf("%+v, %v", h, err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = w.Update("Feil", func(*data.Tx) error { panic("fault of the program") })
	}()
	put(t, w, &data.Organisation{Name: "Etterpå"}) // would wait for ever if the lock was kept
	_, err = w.History("none", "", 0)
	wantCode(t, err, data.CodeNotFound)
	wantCode(t, w.Update("Borte", func(tx *data.Tx) error {
		return tx.SetValue(&data.Application{Row: data.Row{ID: "none"}}, "title", "x")
	}), data.CodeNotFound)
	wantVerified(t, w)
}

func TestTrash(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Answers: data.Values{"title": "Tømmer"}}
	put(t, w, &app)
	records := []data.Record{&data.Goal{Application: app.ID, Text: "Mål"}, &data.BudgetRow{Application: app.ID, Label: "Lønn"}, &data.Organisation{Name: "Sag AS"},
		&data.Attachment{Application: app.ID, FileName: "plan.pdf"}, &data.CallFile{Row: data.Row{ID: "call"}, Name: "Utlysning"}}
	put(t, w, records...)
	update(t, w, "Slettet", func(tx *data.Tx) error {
		var errs []error
		for _, r := range append(records, &app) {
			errs = append(errs, tx.Delete(r))
		}
		return errors.Join(errs...)
	})
	trash, err := w.Trash()
	if err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, r := range trash {
		titles = append(titles, r.Title)
		if wantParent := r.Kind != "organisation" && r.Kind != "call_file" && r.Kind != "application"; (r.Parent == app.ID) != wantParent {
			t.Errorf("%+v has the wrong parent", r)
		}
	}
	slices.Sort(titles)
	if want := []string{"Lønn", "Mål", "Sag AS", "Tømmer", "Utlysning", "plan.pdf"}; !slices.Equal(titles, want) {
		t.Fatalf("trash %q, want %q", titles, want)
	}
	update(t, w, "Hentet tilbake", func(tx *data.Tx) error { return tx.RestoreTrashed("application", app.ID) })
	if trash, err = w.Trash(); err != nil || len(trash) != 5 {
		t.Fatalf("%+v, %v", trash, err)
	}
	wantCode(t, w.Update("x", func(tx *data.Tx) error { return tx.RestoreTrashed("goal", "none") }), data.CodeNotFound)
	wantCode(t, w.Update("x", func(tx *data.Tx) error { return tx.RestoreTrashed("nonsense", app.ID) }), data.CodeNotFound)
	wantVerified(t, w)
}

func TestClockSetBackADay(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	w := newWorkspace(t, at(&now))
	path := w.Path()
	org := data.Organisation{Name: "En"}
	put(t, w, &org)
	now = now.Add(-24 * time.Hour)
	for i, name := range []string{"To", "Tre"} {
		if i == 1 {
			w.Close()
			w = openWorkspace(t, path, at(&now))
		}
		org.Name = name
		put(t, w, &org)
	}
	h, err := w.History(org.ID, "name", 0)
	if err != nil || len(h) != 3 || h[0].New != "Tre" || h[1].New != "To" || h[0].Time.Before(h[1].Time) || h[1].Time.Before(h[2].Time) {
		t.Fatalf("%+v, %v", h, err)
	}
	if label, err := w.Undo(); err != nil || label != "Endret" {
		t.Fatal(label, err)
	}
	if got, _ := data.Get[data.Organisation](w, org.ID); got.Name != "To" {
		t.Fatalf("undo took back the wrong change: %+v", got)
	}
	wantVerified(t, w)
}

func TestOutsideWritesAreSeenBesideOurOwn(t *testing.T) {
	w := newWorkspace(t)
	put(t, w, &data.Organisation{Name: "vår"})
	last, outside, err := w.OutsideWrites(0)
	if err != nil || outside || last != 1 {
		t.Fatal(last, outside, err)
	}
	other := openWorkspace(t, w.Path())
	put(t, other, &data.Organisation{Name: "deres"})
	put(t, w, &data.Organisation{Name: "vår igjen"}) // the newest is ours, one before it is not
	last, outside, err = w.OutsideWrites(last)
	if err != nil || !outside || last != 3 {
		t.Fatal(last, outside, err)
	}
	if _, outside, err = w.OutsideWrites(last); err != nil || outside {
		t.Fatal(outside, err)
	}
}
