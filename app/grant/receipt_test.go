package grant

import (
	"os"
	"path/filepath"
	"testing"

	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

func TestReceiptIsTiedToAFrozenVersion(t *testing.T) {
	s, w := testService(t)
	id, err := s.Create("Ny", "kompetansepiloter-2020", "34", "nb", "Skog")
	if err != nil {
		t.Fatal(err)
	}
	draft, err := s.SaveVersion("Lagret", id, "Utkast")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddReceipt("Kvittering", draft, "kvittering.eml", []byte("hei")); data.Code(err) != "notSubmitted" {
		t.Fatalf("error %v", err)
	}
	if _, ok, err := s.Submitted(id); ok || err != nil {
		t.Fatalf("is submitted, %v", err)
	}
	v := data.Version{Name: "Innsendt", Frozen: true, Submitted: "2020-09-28", CaseNumber: "20/1"}
	if err := w.Update("Innsendt", func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, id)
		if err != nil {
			return err
		}
		return tx.SaveVersion(&d, &v)
	}, data.Fixed()); err != nil {
		t.Fatal(err)
	}
	if last, ok, err := s.Submitted(id); !ok || last.ID != v.ID || err != nil {
		t.Fatalf("submitted %+v, %v", last, err)
	}
	if _, err := s.AddReceipt("Kvittering", v.ID, "tom.pdf", nil); data.Code(err) != "emptyFile" {
		t.Fatalf("error %v", err)
	}
	r, err := s.AddReceipt("Kvittering", v.ID, "kvittering.eml", []byte("hei"))
	if err != nil {
		t.Fatal(err)
	}
	if r.MediaType != "message/rfc822" || r.Actor != "Test" || r.Size != 3 {
		t.Fatalf("receipt %+v", r)
	}
	if content, err := data.Blob(w, r.SHA256); err != nil || string(content) != "hei" {
		t.Fatalf("kept %q, %v", content, err)
	}
	if place, ok, err := s.PlaceOf("receipt", r.ID); !ok || err != nil || place.Application != id {
		t.Fatalf("place %+v, %v", place, err)
	}
	if err := s.RemoveReceipt("Fjernet", r.ID); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Receipts(id); err != nil || len(all) != 0 {
		t.Fatalf("receipts %v, %v", all, err)
	}
	if _, err := w.Undo(); err != nil {
		t.Fatal(err)
	}
	if all, err := s.Receipts(id); err != nil || len(all[v.ID]) != 1 {
		t.Fatalf("receipts %v, %v", all, err)
	}
	if report, err := w.Verify(); err != nil || !report.OK {
		t.Fatalf("%q, %v", report.Problems, err)
	}
}

func TestAttachFileFindsItsField(t *testing.T) {
	s, _ := testService(t)
	id, err := s.Create("Ny", "kompetansepiloter-2020", "34", "nb", "Skog")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "Plan for skogen.pdf")
	if err := os.WriteFile(path, []byte("plan"), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := s.AttachFile("La ved", id, "", "", path)
	if err != nil || a.Field != "lettersOfIntent" || a.Title != "Plan for skogen" || a.MediaType != "application/pdf" || a.Size != 4 {
		t.Fatalf("attachment %+v, %v", a, err)
	}
	if a, err = s.AttachFile("La ved", id, "projectPlan", "Planen", path); err != nil || a.Title != "Planen" {
		t.Fatalf("attachment %+v, %v", a, err)
	}
	for field, code := range map[string]string{"projectPlan": "fieldFull", "background": "noFileField", "nosuch": "unknownField"} {
		if _, err := s.AttachFile("La ved", id, field, "", path); data.Code(err) != code {
			t.Errorf("%s: error %v", field, err)
		}
	}
	for _, bad := range []string{filepath.Dir(path), path + ".nosuch", "\x00"} {
		if _, err := s.AttachFile("La ved", id, "", "", bad); data.Code(err) != "readFile" {
			t.Errorf("%q: error %v", bad, err)
		}
	}
	if _, err := disk.Read(path, 3); data.Code(err) != data.CodeTooLarge {
		t.Errorf("error %v", err)
	}
}

// TestNamesAreKeptAsTheyCanStandInALine: a name that turns the letters round
// would show another ending than it has.
func TestNamesAreKeptAsTheyCanStandInALine(t *testing.T) {
	for name, want := range map[string]string{"fra\u202egpj.exe": "fragpj.exe", "linje\nskift\x1b[31m.pdf": "linje skift [31m.pdf", "f\xff.pdf": "f_.pdf",
		"Bla\u030aba\u0308r.pdf": "Blåbär.pdf", " 😀 .pdf ": "😀 .pdf"} {
		if got := FileName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
