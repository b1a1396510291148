package application

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
)

// again is the same application opened anew.
func (w *tried) again() *tried {
	w.Helper()
	w.Leave()
	page := New(&screen.Env{Program: w.program, Words: words, Tasks: w.tasks, Shell: w.shell}, w.id).(*Page)
	w.shell.window.Content().(*kit.Stage).SetContent(page.Content())
	w.Cleanup(w.program.Workspace.Subscribe(page.Changed))
	return &tried{T: w.T, Page: page, program: w.program, shell: w.shell, tasks: w.tasks, id: w.id}
}

func (w *tried) undo() {
	w.Helper()
	if _, err := w.program.Workspace.Undo(); err != nil {
		w.Fatal(err)
	}
}

func names[T any](rows []T, name func(T) string) string {
	var all []string
	for _, r := range rows {
		all = append(all, name(r))
	}
	return strings.Join(all, " ")
}

func activityNames(d data.Draft) string {
	return names(d.Activities, func(a data.Activity) string { return a.Name })
}

// tab goes on to the next control.
func (w *tried) tab(times int) {
	for range times {
		w.shell.window.Canvas().FocusNext()
	}
}

func TestActivityIsTypedMovedRemovedAndUndone(t *testing.T) {
	w := try(t)
	v := w.fieldView("activities").(*activitiesView)
	w.key(fyne.KeyReturn) // on "Ny aktivitet"
	w.write("Kartlegge")
	w.tab(1)
	w.write("1.2.2021")
	w.tab(2) // over the calendar
	w.write("31.3.21")
	w.tab(2)
	w.write("Kari")
	w.tab(1)
	w.write("60 bedrifter")
	w.tab(1)
	w.write("Rapport")
	w.rest()
	a := w.draftNow().Activities[0]
	if a.Name != "Kartlegge" || a.Start != "2021-02-01" || a.Finish != "2021-03-31" || a.Responsible != "Kari" || a.Goal != "60 bedrifter" || a.Result != "Rapport" {
		t.Fatalf("stored %+v", a)
	}
	title, detail := v.list.block(a.ID).row.summary()
	if title != "Kartlegge" || detail != "01.02.2021 – 31.03.2021 · Kari" {
		t.Fatalf("the line says %q, %q", title, detail)
	}
	v.onAdd()
	w.write("Mobilisere")
	w.rest()
	v.onAdd()
	w.write("Dele")
	w.rest()
	last := v.list.opened
	v.list.block(last).onUp()
	if got := activityNames(w.draftNow()); got != "Kartlegge Dele Mobilisere" {
		t.Fatalf("moved up: %s", got)
	}
	v.list.block(last).onUp()
	v.list.block(last).onUp() // the first stays where it is
	v.list.block(last).onDown()
	if got := activityNames(w.draftNow()); got != "Kartlegge Dele Mobilisere" {
		t.Fatalf("moved up and down: %s", got)
	}
	if got := activityNames(w.draft); got != "Kartlegge Dele Mobilisere" {
		t.Fatalf("on the screen: %s", got)
	}
	v.list.block(last).onRemove()
	if got := activityNames(w.draftNow()); got != "Kartlegge Mobilisere" || !slices.Equal(w.shell.toasts, []string{"Fjernet en aktivitet"}) {
		t.Fatalf("removed: %s, said %v", got, w.shell.toasts)
	}
	if w.shell.window.Canvas().Focused() != v.list.block(w.draft.Activities[1].ID).head.FocusTarget() {
		t.Error("the focus is not on the row after the one that went away")
	}
	w.undo()
	if got := activityNames(w.draft); got != "Kartlegge Dele Mobilisere" || len(v.list.list.order) != 3 {
		t.Fatalf("after undo: %s", got)
	}
	w = w.again()
	if got := activityNames(w.draft); got != "Kartlegge Dele Mobilisere" {
		t.Fatalf("opened again: %s", got)
	}
	if v = w.fieldView("activities").(*activitiesView); len(v.list.list.order) != 3 || v.list.opened != "" {
		t.Fatalf("opened again: %v, %q is open", v.list.list.order, v.list.opened)
	}
}

func TestTypingADateIsOneStep(t *testing.T) {
	w := try(t)
	v := w.fieldView("activities").(*activitiesView)
	v.onAdd()
	w.tab(1)
	w.write("1.11.2021")
	if got := v.chart.plan().Rows[0].Start; got != "2021-11-01" {
		t.Errorf("the chart has %q before anything is saved", got)
	}
	w.rest()
	w.undo()
	if d := w.draftNow(); len(d.Activities) != 1 || d.Activities[0].Start != "" {
		t.Fatalf("after one undo: %+v", d.Activities)
	}
}

func TestWrongDateIsMarkedAndKept(t *testing.T) {
	w := try(t)
	v := w.fieldView("activities").(*activitiesView)
	v.onAdd()
	w.tab(1)
	w.write("31.2.2021")
	w.tab(2)
	b := v.list.block(v.list.opened)
	b.onFold(false)
	if row := b.row.(*activityRow); !row.wrong() || row.start.control.Text() != "31.2.2021" {
		t.Errorf("the text is %q", row.start.control.Text())
	}
	if !strings.Contains(b.head.AccessibilityLabel(), "Stopper") {
		t.Errorf("the folded row says %q", b.head.AccessibilityLabel())
	}
}

func TestOneRowIsOpen(t *testing.T) {
	w := trySample(t)
	v := w.fieldView("activities").(*activitiesView)
	open := func() (ids []string) {
		for _, id := range v.list.list.order {
			if v.list.block(id).body.Visible() {
				ids = append(ids, id)
			}
		}
		return ids
	}
	if got := open(); len(got) != 0 {
		t.Fatalf("open from the beginning: %v", got)
	}
	order := v.list.list.order
	w.key(fyne.KeyReturn)
	test.Tap(v.list.block(order[4]).head)
	if got := open(); !slices.Equal(got, order[4:5]) {
		t.Fatalf("open: %v, want %v", got, order[4])
	}
	built := 0
	for _, id := range order {
		if v.list.block(id).first != nil {
			built++
		}
	}
	if built != 2 {
		t.Errorf("the fields of %d rows are built, want 2", built)
	}
	w.key(fyne.KeyLeft)
	if got := open(); len(got) != 0 {
		t.Fatalf("open after folding: %v", got)
	}
}

func TestChartLeadsToTheRow(t *testing.T) {
	w := trySample(t)
	v := w.fieldView("activities").(*activitiesView)
	canvas := w.shell.window.Canvas()
	canvas.Focus(v.chart.gantt)
	w.key(fyne.KeyDown, fyne.KeyReturn)
	second := v.list.block(w.draft.Activities[1].ID)
	if !second.body.Visible() || canvas.Focused() != second.first.FocusTarget() {
		t.Fatal("Enter does not go to the row of the activity")
	}
	canvas.Focus(v.chart.gantt)
	w.key(fyne.KeyRight, fyne.KeyReturn)
	m := w.fieldView("milestones").(*milestonesView)
	opened := milestoneRows().in(&w.draft, m.list.opened)
	if opened == nil || opened.Activity != w.draft.Activities[1].ID {
		t.Fatalf("Enter on a diamond opens %+v", opened)
	}
}

func TestMilestoneFollowsItsActivity(t *testing.T) {
	w := try(t)
	v := w.fieldView("activities").(*activitiesView)
	v.onAdd()
	w.write("Kartlegge")
	w.rest()
	activity := w.draft.Activities[0].ID
	m := w.fieldView("milestones").(*milestonesView)
	m.onAdd()
	w.write("Rapport")
	w.tab(1)
	w.write("1.6.2021")
	w.tab(2)
	w.write("3.6.2021")
	w.rest()
	m.list.block(m.list.opened).row.(*milestoneRow).onActivity(activity)
	got := w.draftNow().Milestones[0]
	if got.Name != "Rapport" || got.Date != "2021-06-01" || got.Done != "2021-06-03" || got.Activity != activity {
		t.Fatalf("stored %+v", got)
	}
	if _, detail := m.list.block(got.ID).row.summary(); detail != "01.06.2021 · Nådd 03.06.2021 · Kartlegge" {
		t.Errorf("the line says %q", detail)
	}
	v.list.block(activity).onRemove()
	if d := w.draftNow(); len(d.Activities) != 0 || len(d.Milestones) != 1 || d.Milestones[0].Activity != "" {
		t.Fatalf("after the activity went: %+v", d.Milestones)
	}
	w.undo()
	if d := w.draftNow(); len(d.Activities) != 1 || d.Milestones[0].Activity != activity {
		t.Fatalf("after undo: %+v", d.Milestones)
	}
}

func TestFindingsMarkTheirRow(t *testing.T) {
	w := trySample(t)
	v := w.fieldView("activities").(*activitiesView)
	id := w.draft.Activities[3].ID
	err := w.program.Grants.Save("Endret", w.id, func(d *data.Draft) error {
		activityRows().in(d, id).Finish = "2019-01-01"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range v.list.list.order {
		_, marked := worstOf(v.list.of(other))
		if marked != (other == id) {
			t.Errorf("row %s: marked %v", other, marked)
		}
	}
	if len(v.found) == 0 || v.chart.plan().Rows[3].Tone == kit.GanttPlain {
		t.Error("nothing is said at the field or in the chart")
	}
	w.FocusField("activities")
	if w.shell.window.Canvas().Focused() != v.list.block(id).head.FocusTarget() {
		t.Error("the finding does not lead to its row")
	}
}

// inRegister stores organisations and gives their ids.
func (w *tried) inRegister(all ...data.Organisation) []string {
	w.Helper()
	var ids []string
	err := w.program.Workspace.Update("Register", func(tx *data.Tx) error {
		for i := range all {
			if err := tx.Put(&all[i]); err != nil {
				return err
			}
			ids = append(ids, all[i].ID)
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return ids
}

func TestPartnerFromTheRegister(t *testing.T) {
	w := try(t)
	ids := w.inRegister(
		data.Organisation{Name: "Østerdal Tømmer AS", OrgNumber: "314950283", OrganisationOf: data.OrganisationBusiness, Municipality: "3437"},
		data.Organisation{Name: "Fagskolen Østfjell", OrgNumber: "214079194", OrganisationOf: data.OrganisationProvider})
	v := w.fieldView("partners").(*partnersView)
	v.onAdd()
	row := v.list.block(v.list.opened).row.(*partnerRow)
	canvas := w.shell.window.Canvas()
	canvas.Focus(row.register)
	w.write("o") // opens the list, which has the focus then
	w.write("sterd")
	w.key(fyne.KeyReturn)
	p := w.draftNow().Partners[0]
	if p.Name != "Østerdal Tømmer AS" || p.OrgNumber != "314950283" || p.PartnerKind != "business" || p.Organisation != ids[0] {
		t.Fatalf("stored %+v", p)
	}
	if number, _ := row.number.Value(); number != "314950283" || row.register.Selected() != ids[0] || row.kind.Selected() != "business" {
		t.Fatalf("on the screen: %s, %s, %s", number, row.register.Selected(), row.kind.Selected())
	}
	w.undo()
	if p := w.draftNow().Partners[0]; p.Name != "" || p.Organisation != "" || row.register.Selected() != "" {
		t.Fatalf("after undo: %+v, chosen %q", p, row.register.Selected())
	}
	canvas.Focus(row.register)
	w.write("2")
	w.write("14 079")
	w.key(fyne.KeyReturn)
	if p := w.draftNow().Partners[0]; p.Organisation != ids[1] || p.PartnerKind != "education-provider" {
		t.Fatalf("by number: %+v", p)
	}
	w.key(fyne.KeyDelete) // lets go of the register, and keeps what was filled in
	if p := w.draftNow().Partners[0]; p.Organisation != "" || p.Name != "Fagskolen Østfjell" {
		t.Fatalf("let go: %+v", p)
	}
	row.onRegister(ids[0])
	w = w.again()
	v = w.fieldView("partners").(*partnersView)
	v.list.open(w.draft.Partners[0].ID)
	if row = v.list.block(v.list.opened).row.(*partnerRow); row.register.Selected() != ids[0] {
		t.Fatalf("opened again, %q is chosen", row.register.Selected())
	}
}

func TestPartnerInFreeText(t *testing.T) {
	w := try(t)
	v := w.fieldView("partners").(*partnersView)
	v.onAdd()
	w.write("Regionrådet")
	w.tab(1)
	w.write("123")
	w.tab(2)
	w.write("Forankring")
	w.tab(1)
	w.write("40 timer")
	w.rest()
	row := v.list.block(v.list.opened).row.(*partnerRow)
	row.onKind("municipality")
	p := w.draftNow().Partners[0]
	if p.Name != "Regionrådet" || p.OrgNumber != "123" || p.Role != "Forankring" || p.Contribution != "40 timer" || p.PartnerKind != "municipality" {
		t.Fatalf("stored %+v", p)
	}
	if _, detail := row.summary(); detail != "Kommune · Forankring" {
		t.Errorf("the line says %q", detail)
	}
	if len(v.list.of(p.ID)) != 1 || row.frame.Error() == "" && len(row.found) == 0 {
		t.Error("nothing is said about the wrong number")
	}
	v.onAdd()
	w.write("NAV")
	w.rest()
	v.list.block(v.list.opened).onUp()
	if got := names(w.draftNow().Partners, func(p data.Partner) string { return p.Name }); got != "NAV Regionrådet" {
		t.Fatalf("moved: %s", got)
	}
	v.list.block(p.ID).onRemove()
	w.undo()
	if got := names(w.draft.Partners, func(p data.Partner) string { return p.Name }); got != "NAV Regionrådet" {
		t.Fatalf("after undo: %s", got)
	}
}

func TestPartnerKindsHaveWords(t *testing.T) {
	w := trySample(t)
	for _, o := range partnerKinds(w.desk) {
		if o.Label == o.ID {
			t.Errorf("%s has no words", o.ID)
		}
	}
	for _, p := range w.draft.Partners {
		if partnerKind(w.desk, p.PartnerKind) == p.PartnerKind {
			t.Errorf("%s: kind %q has no words", p.Name, p.PartnerKind)
		}
	}
	if got := partnerKind(w.desk, "angel-investor"); got != "angel-investor" {
		t.Errorf("a kind of another call is shown as %q", got)
	}
}
