package data_test

import (
	"slices"
	"testing"

	"kompetansepilot/data"
)

func TestMoveLinks(t *testing.T) {
	w := newWorkspace(t)
	all := businesses(t, w, "Berg", "Bergh", "Dal")
	a := data.Application{Call: "x"}
	put(t, w, &a)
	live := data.Partner{Application: a.ID, Name: "Bergh", Organisation: all[1].ID}
	gone := data.Partner{Application: a.ID, Name: "Bergh", Organisation: all[1].ID}
	other := data.Partner{Application: a.ID, Name: "Dal", Organisation: all[2].ID}
	put(t, w, &live, &gone, &other)
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&gone) })
	counts, err := data.CountLinks(w, []string{all[0].ID, all[1].ID})
	if err != nil || counts[all[0].ID] != 0 || counts[all[1].ID] != 1 {
		t.Errorf("counts %v, %v", counts, err)
	}
	update(t, w, "Slo sammen", func(tx *data.Tx) error {
		n, err := tx.MoveLinks(all[1].ID, all[0].ID)
		if n != 2 {
			t.Errorf("moved %d", n)
		}
		return err
	})
	named := func() []string {
		t.Helper()
		found, err := data.Find[data.Partner](w, "ORDER BY id")
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, p := range found {
			ids = append(ids, p.Organisation)
		}
		return ids
	}
	if got, want := named(), []string{all[0].ID, all[0].ID, all[2].ID}; !slices.Equal(got, want) {
		t.Errorf("links %q, want %q", got, want)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if got, want := named(), []string{all[1].ID, all[1].ID, all[2].ID}; !slices.Equal(got, want) {
		t.Errorf("after undo %q, want %q", got, want)
	}
	wantVerified(t, w)
}

func TestNotSameIsOneForAPair(t *testing.T) {
	w := newWorkspace(t)
	all := businesses(t, w, "Berg", "Bergh")
	put(t, w, data.NewNotSame(all[1].ID, all[0].ID))
	put(t, w, data.NewNotSame(all[0].ID, all[1].ID))
	found, err := data.Live[data.NotSame](w, "", "")
	if err != nil || len(found) != 1 || found[0].First != all[0].ID || found[0].Second != all[1].ID {
		t.Errorf("found %+v, %v", found, err)
	}
	wantVerified(t, w)
}
