package data_test

import (
	"reflect"
	"testing"

	"kompetansepilot/data"
)

func TestLiveDraftsAreTheDrafts(t *testing.T) {
	w := newWorkspace(t)
	var ids []string
	for _, title := range []string{"Skog", "Hav", "Fjell"} {
		d := data.Draft{
			Application: data.Application{Call: "c", County: "34", Language: "nb", Status: data.StatusDraft, Answers: data.Values{"title": title}},
			Goals:       []data.Goal{{Field: "mainGoals", Text: "B", Position: 1}, {Field: "mainGoals", Text: "A"}},
			Milestones:  []data.Milestone{{Name: "M", Date: "2021-01-01"}},
			Activities:  []data.Activity{{Name: "A"}},
			Cost:        []data.BudgetRow{{Type: "salary", Cells: data.Values{"2020": "100"}}},
			Financing:   []data.BudgetRow{{Type: "grant", Cells: data.Values{"2020": "70"}}},
			Evidence:    []data.Evidence{{Reference: "brev"}},
			Partners:    []data.Partner{{Name: "P"}},
			Attachments: []data.Attachment{{FileName: "a.pdf"}},
		}
		if err := w.Update("Laget", func(tx *data.Tx) error { return tx.SaveDraft(&d) }); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, d.Application.ID)
	}
	update := func(f func(tx *data.Tx) error) {
		t.Helper()
		if err := w.Update("Endret", f); err != nil {
			t.Fatal(err)
		}
	}
	update(func(tx *data.Tx) error { return tx.Delete(&data.Application{Row: data.Row{ID: ids[1]}}) })
	update(func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, ids[0])
		if err != nil {
			return err
		}
		return tx.SaveVersion(&d, &data.Version{Name: "En"})
	})
	// Taking a part of the third away makes it the one changed last.
	update(func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, ids[2])
		if err != nil {
			return err
		}
		d.Partners = nil
		return tx.SaveDraft(&d)
	})

	all, err := data.LiveDrafts(w)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Application.ID != ids[2] || all[1].Application.ID != ids[0] {
		t.Fatalf("got %d drafts, want the third and the first", len(all))
	}
	for i := range all {
		want, err := data.LoadDraft(w, all[i].Application.ID)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(all[i].Draft, want) {
			t.Errorf("draft %d:\ngot  %+v\nwant %+v", i, all[i].Draft, want)
		}
		if all[i].Changed.IsZero() {
			t.Error("no time of the last change")
		}
	}
	if !all[0].Changed.After(all[1].Changed) && all[0].Changed != all[1].Changed {
		t.Error("the one changed last has the older time")
	}
	if all[0].Versions != 0 || all[1].Versions != 1 {
		t.Errorf("versions %d and %d, want 0 and 1", all[0].Versions, all[1].Versions)
	}
}
