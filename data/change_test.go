package data_test

import (
	"slices"
	"testing"

	"kompetansepilot/data"
)

// TestListenersAreCalledInOrder: a page asks what listened before it.
func TestListenersAreCalledInOrder(t *testing.T) {
	w := openWorkspace(t, t.TempDir()+"/a.kpilot")
	defer w.Close()
	var called, want []int
	for i := range 20 {
		w.Subscribe(func(data.Changed) { called = append(called, i) })
		want = append(want, i)
	}
	if err := w.Update("Laget", func(tx *data.Tx) error { return tx.Put(&data.Organisation{Name: "Sag AS"}) }); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(called, want) {
		t.Error("called", called)
	}
}
