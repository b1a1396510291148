package data_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansepilot/data"
)

func labels(steps []data.DoneStep) []string {
	var all []string
	for _, s := range steps {
		all = append(all, s.Label+" "+s.Kind+" "+s.State)
	}
	return all
}

func findSteps(t *testing.T, w *data.Workspace, q data.StepQuery) []data.DoneStep {
	t.Helper()
	steps, err := w.FindSteps(q)
	if err != nil {
		t.Fatal(err)
	}
	return steps
}

func TestStepsComeInPagesAndTypingIsOne(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Answers: data.Values{"title": "Tømmer"}}
	update(t, w, "Ny søknad", func(tx *data.Tx) error { return tx.Put(&app) })
	w.SetActor("Åse")
	for i := range 5 {
		update(t, w, "Endret tittelen", func(tx *data.Tx) error { return tx.SetValue(&app, "title", fmt.Sprint("T", i)) }, data.Merge("title", time.Minute))
	}
	update(t, w, "Nye bedrifter", func(tx *data.Tx) error {
		return errors.Join(tx.Put(&data.Organisation{Name: "A"}), tx.Put(&data.Organisation{Name: "B"}))
	})
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	all := findSteps(t, w, data.StepQuery{})
	want := []string{"Nye bedrifter undo live", "Nye bedrifter do undone", "Endret tittelen do live", "Ny søknad do live"}
	if got := labels(all); !slices.Equal(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	if got := all[1].Touched; len(got) != 1 || got[0].Kind != "organisation" || got[0].Count != 2 {
		t.Errorf("touched %+v", got)
	}
	if all[2].Actor != "Åse" || all[2].Last.Before(all[2].First) || all[2].Touched[0].Record != app.ID {
		t.Errorf("%+v", all[2])
	}
	first := findSteps(t, w, data.StepQuery{Limit: 2})
	rest := findSteps(t, w, data.StepQuery{Limit: 2, Before: first[1].Step})
	if got := labels(append(first, rest...)); !slices.Equal(got, want) {
		t.Errorf("by pages %q, want %q", got, want)
	}
	if got := labels(findSteps(t, w, data.StepQuery{Text: " åSE "})); !slices.Equal(got, want[:3]) {
		t.Errorf("of Åse %q", got)
	}
	if got := labels(findSteps(t, w, data.StepQuery{Text: "ny SØKNAD"})); !slices.Equal(got, want[3:]) {
		t.Errorf("by label %q", got)
	}
}

func TestStepChangesGiveWholeTexts(t *testing.T) {
	w := newWorkspace(t)
	long := strings.Repeat("Skogen er stor. ", 40)
	app := data.Application{Answers: data.Values{"title": "Tømmer", "background": long}}
	put(t, w, &app)
	type1 := func(text string) {
		update(t, w, "Skrev", func(tx *data.Tx) error {
			return errors.Join(tx.SetValue(&app, "background", text), tx.SetValue(&app, "results", "x"))
		}, data.Merge("b", time.Minute))
	}
	type1(long + "En")
	update(t, w, "Skrev", func(tx *data.Tx) error { return tx.SetValue(&app, "results", "") }, data.Merge("b", time.Minute))
	update(t, w, "Skrev", func(tx *data.Tx) error { return tx.SetValue(&app, "background", "Ny. "+long+"Ende") }, data.Merge("b", time.Minute))
	step := findSteps(t, w, data.StepQuery{Limit: 1})[0].Step
	// What came later must not show.
	update(t, w, "Senere", func(tx *data.Tx) error { return tx.SetValue(&app, "background", "Ny. "+long+"Ende. Senere") })
	all, total, err := w.StepChanges(step, 0)
	if err != nil || total != 1 || len(all) != 1 {
		t.Fatalf("%d of %d, %v: what was typed and taken away must not show", len(all), total, err)
	}
	if e := all[0]; e.Field != "background" || e.Old != long || e.New != "Ny. "+long+"Ende" {
		t.Errorf("%q → %q", e.Old, e.New)
	}
	now := "Ny. " + long + "Ende. Senere"
	for _, text := range []string{now + "!", now} {
		update(t, w, "Fram og tilbake", func(tx *data.Tx) error {
			return errors.Join(tx.SetValue(&app, "background", text), tx.SetValue(&app, "effects", "x"))
		}, data.Merge("c", time.Minute))
	}
	if all, total, err = w.StepChanges(findSteps(t, w, data.StepQuery{Limit: 1})[0].Step, 0); err != nil || total != 1 || all[0].Field != "effects" {
		t.Errorf("typed and taken away in a long text: %+v of %d, %v", all, total, err)
	}
	all, total, err = w.StepChanges(findSteps(t, w, data.StepQuery{})[3].Step, 2)
	if err != nil || len(all) != 2 || total < 3 || all[0].Field != "+" || all[0].New != "1" {
		t.Errorf("the coming of a record: %+v of %d, %v", all, total, err)
	}
}

func TestTitles(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Answers: data.Values{"title": "Tømmer"}}
	file := data.Attachment{FileName: "plan.pdf"}
	put(t, w, &app)
	file.Application = app.ID
	put(t, w, &file)
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&file) })
	got, err := w.Titles("application", []string{app.ID, "none"})
	if err != nil || len(got) != 1 || got[app.ID] != "Tømmer" {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = w.Titles("attachment", []string{file.ID}); err != nil || got[file.ID] != "plan.pdf" {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = w.Titles("nothing", []string{"a"}); err != nil || len(got) != 0 {
		t.Errorf("an unknown kind: %v, %v", got, err)
	}
}

func TestRestoreTakesBackWhatBelonged(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Answers: data.Values{"title": "Tømmer"}}
	put(t, w, &app)
	row := data.BudgetRow{Application: app.ID, Label: "Lønn"}
	other := data.BudgetRow{Application: app.ID, Label: "Reise"}
	put(t, w, &row, &other)
	letter := data.Evidence{Application: app.ID, BudgetRow: row.ID, Reference: "Brev"}
	old := data.Evidence{Application: app.ID, BudgetRow: row.ID, Reference: "Gammelt brev"}
	put(t, w, &letter, &old)
	update(t, w, "Fjernet brev", func(tx *data.Tx) error { return tx.Delete(&old) })
	w.SetActor("Ola")
	update(t, w, "Fjernet rader", func(tx *data.Tx) error {
		return errors.Join(tx.Delete(&row), tx.Delete(&other), tx.Delete(&letter))
	})
	update(t, w, "Slettet søknad", func(tx *data.Tx) error { return tx.Delete(&app) })
	trashed := func() map[string]string {
		all, err := w.Trash()
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]string{}
		for _, r := range all {
			by[r.Title] = r.Actor
		}
		return by
	}
	if by := trashed(); len(by) != 5 || by["Lønn"] != "Ola" || by["Gammelt brev"] != "Kari" {
		t.Fatalf("%v", by)
	}
	update(t, w, "Hentet tilbake", func(tx *data.Tx) error { return tx.RestoreWhole("budget_row", row.ID) })
	if by := trashed(); len(by) != 2 || by["Gammelt brev"] == "" || by["Reise"] == "" {
		t.Errorf("left in the trash: %v; want what went by itself and what belongs to nothing restored", by)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if by := trashed(); len(by) != 5 {
		t.Errorf("undo left %v", by)
	}
	wantCode(t, w.Update("x", func(tx *data.Tx) error { return tx.RestoreWhole("goal", "none") }), data.CodeNotFound)
	wantVerified(t, w)
}

func TestVerifyTellsItsStagesAndStops(t *testing.T) {
	w := newWorkspace(t)
	var begun []string
	r, err := w.VerifyStages(context.Background(), func(s string) { begun = append(begun, s) })
	if err != nil || !r.OK || r.Form == 0 || r.Bytes == 0 {
		t.Fatalf("%+v, %v", r, err)
	}
	if want := []string{data.VerifyFile, data.VerifyLinks, data.VerifyLog, data.VerifyVersions, data.VerifyAttachments}; !slices.Equal(begun, want) {
		t.Errorf("stages %q", begun)
	}
	ctx, stop := context.WithCancel(context.Background())
	begun = nil
	_, err = w.VerifyStages(ctx, func(s string) {
		begun = append(begun, s)
		stop()
	})
	if !errors.Is(err, context.Canceled) || len(begun) != 1 {
		t.Errorf("stopped after %q, %v", begun, err)
	}
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	path, id := stored(t)
	alter(t, path, "UPDATE organisation SET name = 'Annet AS'", "INSERT INTO blob (sha256, data) VALUES ('0123456789abcdef', x'00')",
		"INSERT INTO attachment (id, file_name, sha256) VALUES ('a', 'plan.pdf', 'borte')")
	r, err := openWorkspace(t, path).Verify()
	if err != nil || r.OK || len(r.Problems) != len(r.Faults) {
		t.Fatalf("%+v, %v", r, err)
	}
	by := map[string]map[string]any{}
	for i, f := range r.Faults {
		by[f.Code] = f.Args
		if f.Message != r.Problems[i] || strings.Contains(f.Message, "{{") {
			t.Errorf("%q beside %q", f.Message, r.Problems[i])
		}
	}
	if a := by[data.FaultDiffers]; a["Record"] != id || a["Field"] != "name" {
		t.Errorf("differs: %v", a)
	}
	if by[data.FaultAttachment]["Sum"] != "0123456789ab" || by[data.FaultAttachmentMissing]["Name"] != "plan.pdf" || by[data.FaultUnlogged]["Kind"] != "attachment" {
		t.Errorf("%v", by)
	}
}

func TestHistoryByStepsJoinsTyping(t *testing.T) {
	w := newWorkspace(t)
	app := data.Application{Note: "n", Answers: data.Values{"title": "En", "note": "svar"}}
	put(t, w, &app)
	for _, text := range []string{"T", "To", "Tot"} {
		update(t, w, "Skrev", func(tx *data.Tx) error {
			return errors.Join(tx.SetValue(&app, "title", text), tx.SetValue(&app, "results", text))
		}, data.Merge("t", time.Minute))
	}
	update(t, w, "Satte", func(tx *data.Tx) error {
		return errors.Join(tx.SetField("application", app.ID, "title", "Tre"), tx.SetField("application", app.ID, "outside_ceiling", "1"))
	})
	for limit, want := range map[int]int{0: 3, 2: 2} {
		h, err := w.HistoryBySteps(app.ID, "title", limit)
		if err != nil || len(h) != want || h[0].Old != "Tot" || h[0].New != "Tre" || h[1].Old != "En" || h[1].New != "Tot" {
			t.Errorf("limit %d: %+v, %v", limit, h, err)
		}
	}
	if h, err := w.HistoryBySteps(app.ID, "", 4); err != nil || len(h) != 4 || h[2].Old+h[3].Old != "En" {
		t.Errorf("all fields: %+v, %v", h, err)
	}
	if got, err := data.Get[data.Application](w, app.ID); err != nil || !got.OutsideCeiling || got.Title() != "Tre" {
		t.Errorf("%+v, %v", got, err)
	}
	wantCode(t, w.Update("x", func(tx *data.Tx) error { return tx.SetField("goal", "none", "text", "x") }), data.CodeNotFound)
	if err := w.Update("x", func(tx *data.Tx) error { return tx.SetField("goal", "none", "year", "x") }); err == nil {
		t.Error("a goal has no such field")
	}
	wantVerified(t, w)
}
