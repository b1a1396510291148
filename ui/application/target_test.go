package application

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
)

func (w *tried) target() *targetView {
	w.Helper()
	return w.fieldView("municipalities").(*targetView)
}

// answer puts an answer in the field as an older program could have left it.
func (w *tried) answer(text string) {
	w.Helper()
	err := w.program.Grants.Save("prøve", w.id, func(d *data.Draft) error {
		d.Application.Answers["municipalities"] = text
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
}

// onMap are the chosen points of the map.
func (v *targetView) onMap() []string {
	var ids []string
	for _, p := range v.chart.control.Points() {
		if p.Selected {
			ids = append(ids, p.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// inList are the ticked lines of the list.
func (v *targetView) inList() []string {
	var ids []string
	for _, m := range v.places.Municipalities() {
		if v.list.tree.Checked(m.Number) {
			ids = append(ids, m.Number)
		}
	}
	return ids
}

func TestTargetByKeysInTheList(t *testing.T) {
	w := try(t)
	v := w.target()
	// The first sub-region of Innlandet is Fjellregionen: Rendalen comes first in it.
	w.key(fyne.KeyRight, fyne.KeyDown, fyne.KeySpace)
	if got := w.stored("municipalities"); got != "3424" {
		t.Fatalf("stored %q", got)
	}
	w.key(fyne.KeyUp, fyne.KeySpace)
	if got := w.stored("municipalities"); got != "3424,3426,3427,3428,3429,3430" {
		t.Fatalf("the sub-region gives %q", got)
	}
	if !slices.Equal(v.inList(), v.onMap()) || len(v.onMap()) != 6 {
		t.Errorf("list %v, map %v", v.inList(), v.onMap())
	}
	w.key(fyne.KeySpace)
	if got := w.stored("municipalities"); got != "" {
		t.Errorf("the sub-region was not cleared: %q", got)
	}
}

func TestTargetByKeysOnTheMap(t *testing.T) {
	w := try(t)
	v := w.target()
	v.ways.Select(targetByMap)
	w.FocusField("municipalities")
	v.chart.control.SetCurrent("3437") // Sel
	w.key(fyne.KeyReturn)
	if got := w.stored("municipalities"); got != "3437" || !v.list.tree.Checked("3437") {
		t.Fatalf("stored %q, in the list %v", got, v.inList())
	}
	if said := v.chart.control.FocusTarget().(fyne.Accessible).AccessibilityLabel(); !strings.HasSuffix(plain(said), "Sel: sentralitet 5, 5 469 innbyggere, valgt") {
		t.Errorf("the map says %q", said)
	}
	w.key(fyne.KeyUp)
	w.key(fyne.KeySpace)
	if got := w.stored("municipalities"); got != "3435,3437" {
		t.Errorf("the nearest north of Sel is Vågå, but stored is %q", got)
	}
}

func TestTargetFilterTicksOnlyWhatIsSeen(t *testing.T) {
	w := try(t)
	v := w.target()
	v.list.search.SetText("aamot") // Åmot as it is typed without an å
	v.list.search.OnChanged("aamot")
	w.desk.focus(v.list.tree)
	w.key(fyne.KeyHome, fyne.KeySpace)
	if got := w.stored("municipalities"); got != "3422" {
		t.Errorf("stored %q", got)
	}
}

// The numbers were added up by hand from the tables and the sample: 21
// municipalities, of which Kongsvinger, Nord-Odal, Sør-Odal and Eidskog are
// more central than 5.
func TestTargetOfTheSample(t *testing.T) {
	w := trySample(t)
	v := w.target()
	var said []string
	for _, l := range v.fit.lines {
		said = append(said, plain(l.link.Text()))
	}
	want := []string{"21 kommuner med 95 244 innbyggere", "a, b", "17 av 21 = 81 %", "57 807 av 95 244 = 61 %", "49 av 60 = 82 %"}
	if !slices.Equal(said, want) {
		t.Errorf("said %q,\nwant %q", said, want)
	}
	if basis := v.fit.basis.Text(); !strings.Contains(basis, "2024") || !strings.Contains(basis, "1. januar 2026") {
		t.Errorf("basis %q", basis)
	}
	if !slices.Equal(v.inList(), v.onMap()) || len(v.onMap()) != 21 {
		t.Errorf("list %v, map %v", v.inList(), v.onMap())
	}
}

func TestTargetNumbersOpen(t *testing.T) {
	w := trySample(t)
	v := w.target()
	v.fit.onBusinesses()
	top := w.shell.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("no dialog")
	}
	shown := texts(top)
	for _, want := range []string{"49 av 60 = 82 %", "På sentralitet 5–6: 17", "57 807", "Mer sentrale: 4", "3401 Kongsvinger", "3437 Sel"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the dialog does not say %q", want)
		}
	}
}

func TestTargetJustificationIsOneStepAway(t *testing.T) {
	w := trySample(t)
	if w.call.Field(justificationField(w.call)) == nil {
		t.Fatal("no field for the justification")
	}
	w.target().fit.jump(justificationField(w.call))
	if !w.current.holds("targetJustification") {
		t.Errorf("went to %s", w.current.id)
	}
}

func TestTargetUndo(t *testing.T) {
	w := trySample(t)
	v := w.target()
	before := w.stored("municipalities")
	v.onClear()
	if got := w.stored("municipalities"); got != "" || len(w.shell.toasts) != 1 || len(v.onMap()) != 0 {
		t.Fatalf("stored %q, toasts %v, map %v", got, w.shell.toasts, v.onMap())
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := w.stored("municipalities"); got != before || len(v.onMap()) != 21 || len(v.inList()) != 21 {
		t.Errorf("after undo %q, map %v", got, v.onMap())
	}
}

func TestTargetWholeCountyKeepsTheRest(t *testing.T) {
	w := try(t)
	w.answer("5021")
	v := w.target()
	v.onWholeCounty()
	if n := len(v.onMap()); n != 47 {
		t.Errorf("%d chosen, want the 46 of Innlandet and Oppdal", n)
	}
	if found := w.report.Of("municipalities"); !slices.ContainsFunc(findingTexts(w), func(s string) bool { return strings.Contains(s, "Oppdal") }) {
		t.Errorf("nothing is said about Oppdal: %+v", found)
	}
}

func findingTexts(w *tried) []string {
	var all []string
	for _, f := range w.report.Of("municipalities") {
		all = append(all, f.Message)
	}
	return all
}

func TestTargetSearchFindsOldAndNew(t *testing.T) {
	w := try(t)
	a := w.target().add
	for query, want := range map[string]string{"0517": "0517 Sel", "sel": "3437 Sel", "aamot": "3422 Åmot", "kautokeino": "5612", "3437": "3437 Sel"} {
		var got []kit.Option
		a.search(query, func(o []kit.Option) { got = o })
		if len(got) == 0 || !strings.HasPrefix(got[0].Label, want) {
			t.Errorf("%q finds %+v", query, got[:min(len(got), 3)])
		}
	}
}

func TestTargetAddsByOldNumber(t *testing.T) {
	w := try(t)
	v := w.target()
	v.add.onChosen("0517")
	if got := w.stored("municipalities"); got != "3437" {
		t.Fatalf("stored %q", got)
	}
	if got := texts(v.add.said); !strings.Contains(got, "0517 Sel (2017–2019) er i dag 3437 Sel.") {
		t.Errorf("said %s", got)
	}
	v.add.onChosen("3437")
	if got := texts(v.add.said); !strings.Contains(got, "var valgt fra før") {
		t.Errorf("said %s", got)
	}
}

func TestTargetSplitMunicipality(t *testing.T) {
	w := try(t)
	w.answer("1507,9999")
	v := w.target()
	said := texts(v.add.older)
	for _, want := range []string{"86 % til 1508 Ålesund", "14 % til 1580 Haram", "9999 finnes ikke", "Legg til Haram"} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, o := range v.add.older.Objects {
		if row, ok := o.(*fyne.Container); ok {
			if b, ok := row.Objects[0].(*kit.Button); ok && b.Text() == "Legg til Haram" {
				test.Tap(b)
			}
		}
	}
	if got := w.stored("municipalities"); got != "1507,1580,9999" {
		t.Fatalf("stored %q", got)
	}
	v.add.onReplace()
	v.add.onRemoveUnknown("9999")
	if got := w.stored("municipalities"); got != "1508,1580" || v.add.older.Visible() {
		t.Errorf("stored %q, notes visible: %v", got, v.add.older.Visible())
	}
	// With a municipality its older number goes too.
	w.answer("1507")
	v.list.tree.SetOpen(outsideGroup, true)
	v.onToggled([]string{"1508"}, false)
	if got := w.stored("municipalities"); got != "" {
		t.Errorf("stored %q", got)
	}
}

func TestTargetInACountyOf2020(t *testing.T) {
	p := newProgram(t)
	id, err := p.Grants.Create("Ny", "kompetansepiloter-2020", "30", "nb", "Viken")
	if err != nil {
		t.Fatal(err)
	}
	w := tryOn(t, p, id)
	v := w.target()
	if n := len(v.chart.control.Points()); n != 51 {
		t.Errorf("%d points in Viken, want 51", n)
	}
	v.add.onChosen("3054") // Lunner of Viken lies in Akershus today
	if got := w.stored("municipalities"); got != "3234" || len(v.target.Outside(v.places, v.county())) != 0 {
		t.Errorf("stored %q, outside %v", got, v.target.Outside(v.places, v.county()))
	}
}
