package application

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
)

// view is the open view of a field.
func (w *tried) fieldView(id string) fieldView {
	w.Helper()
	w.FocusField(id)
	v := w.current.view.(*sectionView).fields[id]
	if v == nil {
		w.Fatalf("no field %s here", id)
	}
	return v
}

func TestContactIsTypedAndCopied(t *testing.T) {
	w := try(t)
	w.FocusField("contactPerson")
	w.write("Kari Moen")
	w.rest()
	if got := grant.ParseContact(w.stored("contactPerson")); got.Name != "Kari Moen" {
		t.Fatalf("stored %+v", got)
	}
	w.fieldView("projectLead").(*contactView).onSame()
	if got := grant.ParseContact(w.stored("projectLead")); got.Name != "Kari Moen" {
		t.Fatalf("stored %+v", got)
	}
}

func TestWrongOrganisationNumberIsKept(t *testing.T) {
	w := try(t)
	v := w.fieldView("projectOwner").(*organisationView)
	if got, _ := v.number.Value(); got != "920717152" {
		t.Fatalf("the county's number is %q", got)
	}
	v.number.SetText("")
	w.shell.window.Canvas().Focus(v.number.FocusTarget())
	w.write("123")
	w.Leave()
	if got := grant.ParseOrganisation(w.stored("projectOwner")); got.OrgNumber != "123" || got.Name == "" {
		t.Fatalf("stored %+v", got)
	}
}

func TestAccountNumber(t *testing.T) {
	for text, want := range map[string]bool{"1234.56.78903": true, "12345678903": true, "12345678904": false, "1234 56 78130": false} {
		digits, ok := accountDigits(text)
		if !ok || validAccount(digits) != want {
			t.Errorf("%s: %v", text, !want)
		}
	}
	w := try(t)
	v := w.fieldView("accountNumber").(*accountView)
	w.write("1234")
	w.FocusField("contactPerson")
	if v.frame.Error() == "" {
		t.Error("nothing is said about four digits")
	}
}

func TestScheduleOfThreeYears(t *testing.T) {
	w := try(t)
	v := w.fieldView("schedule").(*scheduleView)
	w.write("1.11.2020")
	v.onWholePeriod()
	if got := w.stored("schedule"); got != "2020-11-01/2023-10-31" {
		t.Fatalf("stored %q", got)
	}
}

func TestGoals(t *testing.T) {
	w := try(t)
	v := w.fieldView("mainGoals").(*goalsView)
	v.onAdd()
	w.write("Tolv kurs")
	w.rest()
	v.onAdd()
	w.write("240 deltakere")
	w.rest()
	d := w.draftNow()
	if len(d.Goals) != 2 || d.Goals[0].Text != "Tolv kurs" || d.Goals[1].Text != "240 deltakere" || d.Goals[0].Field != "mainGoals" {
		t.Fatalf("stored %+v", d.Goals)
	}
	last := v.list.blocks[d.Goals[1].ID].(*goalBlock)
	last.onUp()
	if d := w.draftNow(); d.Goals[0].Text != "240 deltakere" {
		t.Fatalf("stored %+v", d.Goals)
	}
	last.onReached(true)
	if d := w.draftNow(); d.Goals[0].Done == "" || !last.after.Visible() {
		t.Fatalf("stored %+v", d.Goals[0])
	}
	last.onRemove()
	if d := w.draftNow(); len(d.Goals) != 1 || len(v.list.order) != 1 {
		t.Fatalf("stored %+v", d.Goals)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if len(v.list.order) != 2 {
		t.Fatal("undo did not bring the goal back on the screen")
	}
}

func TestAttachments(t *testing.T) {
	w := try(t)
	path := filepath.Join(t.TempDir(), "avtale.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	v := w.fieldView("lettersOfIntent").(*filesView)
	v.attach(path)
	d := w.draftNow()
	if len(d.Attachments) != 1 || d.Attachments[0].Title != "avtale" || d.Attachments[0].Size != 8 || len(v.list.order) != 1 {
		t.Fatalf("stored %+v", d.Attachments)
	}
	first := d.Attachments[0]
	if title := v.list.blocks[first.ID].(*fileBlock).title.control; w.shell.window.Canvas().Focused() != title.FocusTarget() {
		t.Error("the focus does not go to the title of a file that was attached")
	}
	first.Description = "Om avtalen"
	if err := w.program.Grants.Save("x", w.id, func(d *data.Draft) error { d.Attachments[0].Description = first.Description; return nil }); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(t.TempDir(), "avtale-2.pdf")
	if err := os.WriteFile(newer, []byte("%PDF-1.7 ny"), 0o600); err != nil {
		t.Fatal(err)
	}
	v.list.blocks[first.ID].(*fileBlock).replace(newer)
	a := w.draftNow().Attachments[0]
	if a.ID != first.ID || a.FileName != "avtale-2.pdf" || a.Title != "avtale-2" || a.Description != "Om avtalen" || a.Size != 11 || a.SHA256 == first.SHA256 {
		t.Fatalf("replaced by %+v", a)
	}
	if got := v.list.blocks[first.ID].(*fileBlock).name.Text(); !strings.HasPrefix(got, "avtale-2.pdf") {
		t.Errorf("shows %q", got)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if a := w.draftNow().Attachments[0]; a.SHA256 != first.SHA256 || a.Title != "avtale" {
		t.Fatalf("undo gave %+v", a)
	}
	v.attach(filepath.Join(t.TempDir(), "finnes-ikke.pdf"))
	if len(w.shell.failed) != 1 || !strings.Contains(data.Message(w.shell.failed[0]), "finnes-ikke.pdf") {
		t.Fatalf("the window was told %v", w.shell.failed)
	}
}

func TestFindingsLeadToTheirField(t *testing.T) {
	w := try(t)
	w.showFindings()
	v := w.current.view.(*findingsView)
	if w.report.CanSubmit || len(v.links) == 0 {
		t.Fatal("an empty application has nothing to mend")
	}
	field := w.report.Findings[0].Field
	test.Tap(v.links[0])
	if !w.current.holds(field) {
		t.Fatalf("went to %s, not to the part with %s", w.current.id, field)
	}
	if w.shell.window.Canvas().Focused() == nil {
		t.Fatal("nothing has the focus")
	}
}

func TestMarks(t *testing.T) {
	w := try(t)
	geography := func() mark {
		for _, p := range w.parts {
			if p.id == "geography" {
				return p.mark
			}
		}
		return markNone
	}
	if got := geography(); got != markEmpty {
		t.Fatalf("mark %v", got)
	}
	if err := w.program.Grants.SetField("x", w.id, "municipalities", "3439"); err != nil {
		t.Fatal(err)
	}
	if got := geography(); got != markFilled {
		t.Fatalf("mark %v", got)
	}
}

func TestPanesFold(t *testing.T) {
	w := try(t)
	for width, want := range map[float32]arrangement{1280: wide, 900: medium, 500: narrow} {
		w.shell.window.Resize(fyne.NewSize(width, 700))
		if got := w.panes.now; got != want {
			t.Errorf("%v wide: %v, want %v", width, got, want)
		}
	}
}
