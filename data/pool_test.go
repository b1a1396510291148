package data_test

import (
	"slices"
	"testing"

	"kompetansepilot/data"
)

// TestPools: a pool keeps its needs through undo and the trash, searching finds
// it, and what is said of a need goes when its business is erased.
func TestPools(t *testing.T) {
	w := newWorkspace(t)
	business := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: "Dal Sag"}
	update(t, w, "Ny", func(tx *data.Tx) error { return tx.Put(&business) })
	a, b := data.Need{Organisation: business.ID, Text: "Sliping av sagblad"}, data.Need{Text: "Tørking av tre"}
	update(t, w, "Behov", func(tx *data.Tx) error {
		if err := tx.Put(&a); err != nil {
			return err
		}
		return tx.Put(&b)
	})
	pool := data.Pool{Row: data.Row{ID: "P12345678"}, Name: "Sagblader, Gran", Municipality: "3446", Months: "9;10", Locked: true}
	update(t, w, "Låste gruppen", func(tx *data.Tx) error {
		if err := tx.Put(&pool); err != nil {
			return err
		}
		if err := tx.Put(data.NewPoolNeed(pool.ID, a.ID, data.PoolKept)); err != nil {
			return err
		}
		return tx.Put(data.NewPoolNeed(pool.ID, b.ID, data.PoolExcluded))
	})
	in := func() (ids []string) {
		t.Helper()
		needs, err := data.Live[data.Need](w, "id IN (SELECT need FROM pool_need WHERE pool = ? AND state = ? AND deleted = '')", "id", pool.ID, data.PoolKept)
		if err != nil {
			t.Fatal(err)
		}
		for i := range needs {
			ids = append(ids, needs[i].ID)
		}
		return ids
	}
	if got := in(); !slices.Equal(got, []string{a.ID}) {
		t.Errorf("in the pool: %v", got)
	}
	if hits, err := w.Search("Sagblader", 10); err != nil || len(hits) == 0 || hits[0].Kind != "pool" {
		t.Errorf("%+v, %v", hits, err)
	}
	update(t, w, "Flyttet", func(tx *data.Tx) error { return tx.Put(data.NewPoolNeed(pool.ID, a.ID, "")) })
	if got := in(); len(got) != 0 {
		t.Errorf("still in the pool: %v", got)
	}
	if label, err := w.Undo(); err != nil || label != "Flyttet" || len(in()) != 1 {
		t.Errorf("%s %v %v", label, err, in())
	}
	update(t, w, "Slettet", func(tx *data.Tx) error { return tx.Delete(&pool) })
	if all, err := data.Live[data.Pool](w, "", "id"); err != nil || len(all) != 0 {
		t.Errorf("%v %v", all, err)
	}
	trash, err := w.Trash()
	if err != nil || len(trash) != 1 || trash[0].Kind != "pool" || trash[0].Title != "Sagblader, Gran" {
		t.Errorf("%+v %v", trash, err)
	}
	update(t, w, "Hentet", func(tx *data.Tx) error { return tx.RestoreWhole("pool", pool.ID) })
	if all, err := data.Live[data.Pool](w, "", "id"); err != nil || len(all) != 1 || all[0].Name != pool.Name || len(in()) != 1 {
		t.Errorf("%v %v", all, err)
	}
	titles, err := w.Titles("pool_need", []string{pool.ID + "+" + a.ID})
	if err != nil || titles[pool.ID+"+"+a.ID] != a.Text {
		t.Errorf("%v %v", titles, err)
	}
	traces, err := data.TracesOf(w, data.Subject{Kind: "organisation", ID: business.ID})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(traces.Removed, func(r data.Trace) bool { return r.Kind == "pool_need" }) {
		t.Errorf("with the business goes %+v", traces.Removed)
	}
}
