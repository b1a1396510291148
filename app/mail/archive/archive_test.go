package archive_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/document/pdf/pdfcheck"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/mail/archive"
	"kompetansepilot/data"
	"kompetansepilot/internal/mailgen"
)

// TestHandOver writes mail of every kind and looks at all that came.
func TestHandOver(t *testing.T) {
	var items []archive.Item
	kinds := map[string]bool{}
	if err := mailgen.Generate(mailgen.Options{Seed: 3, N: 400, FileKB: 2}, func(m mailgen.Message) error {
		if kinds[m.Kind+m.Folder] {
			return nil
		}
		kinds[m.Kind+m.Folder] = true
		items = append(items, archive.Item{Raw: m.Raw, Date: m.Date, Sent: m.Folder == mailgen.Sent,
			Mark: data.MailMark{Journaled: m.Kind == mailgen.Award, CaseNumber: "2026/77", Basis: "Offl. § 14"}})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "Til arkivet")
	r, err := archive.Write(folder, lang.New("nn"), items)
	if err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadDir(folder)
	if err != nil || len(names) != r.Files || r.Messages != len(items) {
		t.Errorf("%d files, %+v, %v", len(names), r, err)
	}
	pdfs, emls := 0, 0
	for _, n := range names {
		raw, err := os.ReadFile(filepath.Join(folder, n.Name()))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasSuffix(n.Name(), ".eml"):
			if string(raw) != string(items[emls].Raw) {
				t.Error("not as it came:", n.Name())
			}
			emls++
		case strings.HasSuffix(n.Name(), ".pdf") && n.Name()[4] == ' ':
			pdfs++
			if pdfs < 4 {
				for _, problem := range pdfcheck.Check(raw) {
					t.Error(n.Name(), problem)
				}
			}
		}
	}
	if pdfs != len(items) || emls != len(items) {
		t.Errorf("%d PDFs and %d letters of %d", pdfs, emls, len(items))
	}
	raw, err := os.ReadFile(filepath.Join(folder, "Journalliste.csv"))
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff")))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil || len(rows) != len(items)+1 || rows[1][6] != "2026/77" {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestFolderThatIsThere leaves alone what somebody has.
func TestFolderThatIsThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := archive.Write(dir, lang.New("nb"), []archive.Item{{Raw: []byte("Subject: x\r\n\r\nx"), Date: time.Now()}})
	if data.Code(err) != archive.Code {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "x")); err != nil {
		t.Error(err)
	}
}

func TestBases(t *testing.T) {
	laws, err := archive.ReadLaws()
	all := laws.Bases
	if err != nil || len(all) < 3 {
		t.Fatal(all, err)
	}
	for i := range all {
		for _, l := range lang.Codes {
			if all[i].Words(l) == "" || all[i].Basis == "" {
				t.Error(all[i].Code, l)
			}
		}
	}
}

// TestCheck takes what the list has, in any of its words, and another basis only when
// it names a paragraph and the list allows that.
func TestCheck(t *testing.T) {
	laws, err := archive.ReadLaws()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"": "", "internal": "Offl. § 14", " offl.  § 14": "Offl. § 14", "Organinternt dokument": "Offl. § 14", "Offl. § 24 første ledd": "Offl. § 24 første ledd"} {
		if got, err := laws.Check(text); err != nil || got != want {
			t.Errorf("%q: %q %v", text, got, err)
		}
	}
	for _, text := range []string{"hemmelig", "§", "Offl. 14"} {
		if _, err := laws.Check(text); data.Code(err) != archive.Code {
			t.Errorf("%q: %v", text, err)
		}
	}
	laws.Other = false
	if _, err := laws.Check("Offl. § 24"); err == nil {
		t.Error("another basis where the list allows none")
	}
}
