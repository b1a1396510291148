package application

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/uitest"
)

func TestVersionsAreNamedComparedAndBroughtBack(t *testing.T) {
	w := try(t)
	w.FocusField("background")
	w.write("Først")
	w.rest()
	w.showVersions()
	v := w.current.view.(*versionsView)
	v.save("Utkast 1")
	if len(v.versions) != 1 || v.versions[0].Name != "Utkast 1" {
		t.Fatalf("versions %+v", v.versions)
	}
	if err := w.program.Grants.SetField("x", w.id, "background", "Så"); err != nil {
		t.Fatal(err)
	}
	then, err := v.versions[0].Draft()
	if err != nil {
		t.Fatal(err)
	}
	diff := differences(w.desk, &then, &w.draft)
	if len(diff) != 1 || diff[0].before != "Først" || diff[0].after != "Så" {
		t.Fatalf("differences %+v", diff)
	}
	v.compare.show(v.versions[0].ID, present)
	if len(v.compare.result.Objects) != 1 {
		t.Fatalf("%d fields are shown as different", len(v.compare.result.Objects))
	}
	v.restore(v.versions[0].ID, "Utkast 1")
	if got := w.stored("background"); got != "Først" {
		t.Fatalf("stored %q", got)
	}
	if len(v.versions) != 2 {
		t.Fatalf("the present was not kept: %d versions", len(v.versions))
	}
}

func TestSubmittingFreezes(t *testing.T) {
	w := trySample(t)
	if w.report.CanSubmit {
		t.Fatal("the sample is 2 600 kroner over and may not be submitted")
	}
	w.showSubmit()
	w.key(fyne.KeyReturn) // shows the findings
	if w.current.id != partFindings {
		t.Fatalf("went to %s", w.current.id)
	}
	w.submit("2020-09-28", "2020/1234")
	if len(w.shell.failed) != 1 || w.draftNow().Application.Status != data.StatusDraft {
		t.Fatalf("was submitted in spite of findings: %v", w.shell.failed)
	}
}

func TestCopyNeverOverwrites(t *testing.T) {
	p := newProgram(t)
	make := func(background, results string) string {
		id, err := p.Grants.Create("Ny", "kompetansepiloter-2020", county, "nb", "Prosjekt")
		if err != nil {
			t.Fatal(err)
		}
		for field, text := range map[string]string{"background": background, "results": results} {
			if err := p.Grants.SetField("x", id, field, text); err != nil {
				t.Fatal(err)
			}
		}
		return id
	}
	from := make("Gammel bakgrunn", "Gamle resultater")
	w := tryOn(t, p, make("Min egen", ""))
	f := newCopyForm(w.desk, nil)
	f.onFrom(from)
	if f.checks["background"] != nil || f.checks["results"] == nil {
		t.Fatalf("ticks %v", f.chosen())
	}
	f.onVerb()
	if w.stored("background") != "Min egen" || w.stored("results") != "Gamle resultater" {
		t.Fatalf("stored %q and %q", w.stored("background"), w.stored("results"))
	}
}

func TestReceiptStandsWithItsVersion(t *testing.T) {
	w := try(t)
	v := data.Version{Name: "Innsendt", Frozen: true, Submitted: "2020-09-28", CaseNumber: "20/1"}
	if err := w.program.Workspace.Update("Innsendt", func(tx *data.Tx) error {
		d, err := data.LoadDraft(tx, w.id)
		if err != nil {
			return err
		}
		return tx.SaveVersion(&d, &v)
	}, data.Fixed()); err != nil {
		t.Fatal(err)
	}
	w.showVersions()
	view := w.current.view.(*versionsView)
	path := filepath.Join(t.TempDir(), "kvittering.pdf")
	view.files = &kit.FakeChooser{Path: path}
	view.onAddReceipt(v.ID)
	if len(w.shell.failed) != 1 || data.Code(w.shell.failed[0]) != "readFile" {
		t.Fatalf("a file that is not there: %v", w.shell.failed)
	}
	if err := os.WriteFile(path, []byte("takk"), 0o600); err != nil {
		t.Fatal(err)
	}
	view.onAddReceipt(v.ID)
	if got := view.receipts[v.ID]; len(got) != 1 || got[0].FileName != "kvittering.pdf" {
		t.Fatalf("receipts %+v, failed %v", got, w.shell.failed)
	}
	if os.Getenv("PICTURES") != "" {
		w.picture("receipt")
	}
	view.removeReceipt(view.receipts[v.ID][0])
	if len(view.receipts[v.ID]) != 0 {
		t.Fatal("is not removed")
	}
}

// TestInTheTrash: a deleted application is not edited, whichever way leads to it,
// and comes back where it was.
func TestInTheTrash(t *testing.T) {
	w := try(t)
	w.FocusField("background")
	if err := w.program.Grants.Delete("Slettet", w.id); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(uitest.Texts(w.Content()), "ligger i papirkurven") {
		t.Error("a deleted application can be edited")
	}
	if w.shell.window.Canvas().Focused() != nil {
		t.Error("a field that is gone has the keyboard")
	}
	if _, ok, err := w.program.Grants.PlaceOf("application", w.id); ok || err != nil {
		t.Errorf("the search leads to it: %v", err)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := uitest.Texts(w.Content()); strings.Contains(got, "papirkurven") || !strings.Contains(got, "Bakgrunn") {
		t.Errorf("after undo it says %s", got)
	}
}
