package data_test

import (
	"path/filepath"
	"testing"

	"kompetansepilot/data"
)

func TestTransferIsNotedOnceAndCanBeUndone(t *testing.T) {
	w := newWorkspace(t)
	a := data.Application{Call: "c"}
	put(t, w, &a)
	note := func(text string, copied bool) {
		t.Helper()
		update(t, w, "Overført", func(tx *data.Tx) error { return tx.NoteTransfer(a.ID, "rf1350", "background", text, copied) })
	}
	only := func() data.Transfer {
		t.Helper()
		all, err := data.Transfers(w, a.ID, "rf1350")
		if err != nil || len(all) != 1 {
			t.Fatalf("%d notes, %v", len(all), err)
		}
		return all[0]
	}
	note("Først", true)
	first := only()
	if first.Actor != "Kari" || first.Time == "" {
		t.Fatalf("note %+v", first)
	}
	if text, err := data.Blob(w, first.SHA256); err != nil || string(text) != "Først" {
		t.Fatalf("kept %q, %v", text, err)
	}
	note("Så", true)
	if second := only(); second.ID != first.ID || second.SHA256 == first.SHA256 {
		t.Fatalf("note %+v", second)
	}
	note("", false)
	if none := only(); none.SHA256 != "" || none.Time != "" {
		t.Fatalf("note %+v", none)
	}
	for range 2 {
		if _, err := w.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	if back := only(); back.SHA256 != first.SHA256 {
		t.Fatalf("after undo %+v", back)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if all, _ := data.Transfers(w, a.ID, "rf1350"); len(all) != 0 {
		t.Fatalf("%d notes after undoing the first", len(all))
	}
	if trash, err := w.Trash(); err != nil || len(trash) != 0 {
		t.Fatalf("trash %+v, %v", trash, err)
	}
	wantVerified(t, w)
}

func TestReceiptNeedsItsVersion(t *testing.T) {
	w := newWorkspace(t)
	a := data.Application{Call: "c"}
	put(t, w, &a)
	err := w.Update("Kvittering", func(tx *data.Tx) error {
		return tx.Put(&data.Receipt{Application: a.ID, Version: "nowhere", FileName: "a.pdf"})
	})
	if err == nil {
		t.Fatal("a receipt of no version was kept")
	}
}

func TestVerifyFindsALostTransferAndReceipt(t *testing.T) {
	w := newWorkspace(t)
	a := data.Application{Call: "c"}
	put(t, w, &a)
	v := data.Version{Frozen: true}
	update(t, w, "Innsendt", func(tx *data.Tx) error { return tx.SaveVersion(&data.Draft{Application: a}, &v) })
	put(t, w, &data.Transfer{Application: a.ID, Portal: "p", Field: "f", SHA256: "00"}, &data.Receipt{Application: a.ID, Version: v.ID, FileName: "a.pdf", SHA256: "11"})
	r, err := w.Verify()
	if err != nil || len(r.Problems) != 2 {
		t.Fatalf("problems %q, %v", r.Problems, err)
	}
}

// TestOlderWorkspaceGetsTransfers opens a file of the form before 00003.
func TestOlderWorkspaceGetsTransfers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.kpilot")
	w := openWorkspace(t, path)
	a := data.Application{Call: "c", Answers: data.Values{"title": "Skog"}}
	put(t, w, &a)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	olderForm(t, path, 2)
	w = openWorkspace(t, path)
	update(t, w, "Overført", func(tx *data.Tx) error { return tx.NoteTransfer(a.ID, "rf1350", "title", "Skog", true) })
	if d, err := data.LoadDraft(w, a.ID); err != nil || d.Application.Title() != "Skog" {
		t.Fatalf("%+v, %v", d.Application, err)
	}
	wantVerified(t, w)
}
