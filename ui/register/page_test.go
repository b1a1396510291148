package register

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kompetansepilot/app"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// tried is a register in a window.
type tried struct {
	*uitest.Tried
	*Page
	program *app.Program
}

func try(t *testing.T, p *app.Program, kind, id string) *tried {
	t.Helper()
	w := uitest.Window(t, p)
	page := New(w.Env, kind, id).(*Page)
	w.Show(page)
	return &tried{Tried: w, Page: page, program: p}
}

func trySample(t *testing.T) *tried {
	t.Helper()
	return try(t, uitest.Program(t, true), data.OrganisationBusiness, "")
}

// rest lets the keyboard rest.
func (w *tried) rest() { w.Tasks.Advance(saving.TypingPause) }

func (w *tried) stored(id string) data.Organisation {
	w.Helper()
	o, err := w.register.Get(id)
	if err != nil {
		w.Fatal(err)
	}
	return o
}

// named is the id of a business.
func (w *tried) named(name string) string {
	w.Helper()
	all, err := data.Find[data.Organisation](w.program.Workspace, "WHERE name = ?", name)
	if err != nil || len(all) != 1 {
		w.Fatalf("%d businesses named %q, %v", len(all), name, err)
	}
	return all[0].ID
}

// listed are the names in the grid, from the top.
func (w *tried) listed() []string {
	w.Helper()
	all, err := w.register.Rows(w.query(), 0, 2000)
	if err != nil {
		w.Fatal(err)
	}
	var names []string
	for _, o := range all {
		names = append(names, o.Name)
	}
	if len(names) != w.grid.Total() {
		w.Errorf("the grid counts %d of %d", w.grid.Total(), len(names))
	}
	return names
}

func (w *tried) undo() {
	w.Helper()
	if _, err := w.program.Workspace.Undo(); err != nil {
		w.Fatal(err)
	}
}

func (w *tried) focusOn(o kit.Control) { w.Shell.Window().Canvas().Focus(o.FocusTarget()) }

func TestShowsTheFirstOfTheSample(t *testing.T) {
	w := trySample(t)
	if w.grid.Total() != 60 || w.record.ID() == "" || w.record.ID() != w.grid.Current() {
		t.Fatalf("%d rows, record %q, current %q", w.grid.Total(), w.record.ID(), w.grid.Current())
	}
	if texts := uitest.Texts(w.Content()); !strings.Contains(texts, "60 bedrifter") || !strings.Contains(texts, "Kartlagt 2") {
		t.Error("no counts")
	}
	first := w.record.ID()
	w.focusOn(w.grid)
	w.Key(fyne.KeyDown)
	if w.record.ID() == first || w.record.form.Now.ID != w.grid.Current() {
		t.Error("the record does not follow the arrow keys")
	}
	w.Key(fyne.KeyReturn)
	if !w.record.form.Fields()[0].Frame.Control().(*kit.TextField).Focused() {
		t.Error("Enter does not go to the record")
	}
}

func TestOpensAGivenRecord(t *testing.T) {
	p := uitest.Program(t, true)
	id := trySampleID(t, p, "Sjoavegen Elementbygg AS")
	w := try(t, p, data.OrganisationBusiness, id)
	if w.record.form.Now.ID != id || w.grid.Current() != id {
		t.Errorf("shows %q, current %q", w.record.form.Now.Name, w.grid.Current())
	}
	w.FocusField("email")
	w.Write("x")
	w.Leave()
	if got := w.stored(id).Email; !strings.Contains(got, "x") {
		t.Errorf("what was typed before leaving is %q", got)
	}
}

func trySampleID(t *testing.T, p *app.Program, name string) string {
	t.Helper()
	all, err := data.Find[data.Organisation](p.Workspace, "WHERE name = ?", name)
	if err != nil || len(all) != 1 {
		t.Fatal(name, err)
	}
	return all[0].ID
}

func TestTypingIsSavedAndUndone(t *testing.T) {
	w := trySample(t)
	id := w.named("Kvitgranmo Trelast AS")
	before := w.stored(id)
	w.wanted = id
	w.load(true)
	w.record.Focus("contact")
	w.Key(fyne.KeyEnd)
	w.Write(" Ås")
	w.rest()
	if got := w.stored(id).Contact; got != before.Contact+" Ås" {
		t.Fatalf("stored %q", got)
	}
	again := try(t, w.program, data.OrganisationBusiness, id)
	if got := again.record.form.Now.Contact; got != before.Contact+" Ås" {
		t.Errorf("after opening again %q", got)
	}
	again.undo()
	if got := again.stored(id).Contact; got != before.Contact {
		t.Errorf("after undo %q", got)
	}
	if got := again.record.form.Now.Contact; got != before.Contact {
		t.Errorf("the page shows %q after undo", got)
	}
}

// TestTypingOutlivesReading: somebody else's change does not take away what is
// being typed, nor the other way round.
func TestTypingOutlivesReading(t *testing.T) {
	w := trySample(t)
	id := w.record.ID()
	w.record.Focus("phone")
	w.Key(fyne.KeyEnd)
	w.Write("77")
	if err := w.register.Change("Endret", []string{id}, func(o *data.Organisation) { o.Website = "nytt.example.no" }); err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(w.record.form.Now.Phone, "77") || w.record.form.Now.Website != "nytt.example.no" {
		t.Errorf("the page has %q and %q", w.record.form.Now.Phone, w.record.form.Now.Website)
	}
	w.Write("8")
	w.rest()
	if o := w.stored(id); !strings.HasSuffix(o.Phone, "778") || o.Website != "nytt.example.no" {
		t.Errorf("stored %q and %q", o.Phone, o.Website)
	}
}

func TestWrongNumberAndAddressAreKeptAndExplained(t *testing.T) {
	w := trySample(t)
	id := w.record.ID()
	w.record.Focus("org_number")
	w.Write("1")
	w.record.Focus("email")
	w.Write(" @")
	w.record.Focus("phone")
	w.rest()
	o := w.stored(id)
	if !strings.Contains(o.OrgNumber, "1") || !strings.Contains(o.Email, "@ ") && !strings.Contains(o.Email, " @") {
		t.Errorf("stored %q and %q", o.OrgNumber, o.Email)
	}
	for _, f := range w.record.form.Fields() {
		if (f.ID == fieldNumber || f.ID == fieldEmail) && f.Frame.Error() == "" {
			t.Errorf("nothing is said about %s", f.ID)
		}
	}
}

func TestTellsOfTheSameNumber(t *testing.T) {
	w := trySample(t)
	other := w.named("Kvitgranmo Trelast AS")
	id := w.named("Furebotn Sag og Høvleri AS")
	number := w.stored(other).OrgNumber
	if err := w.register.Change("Endret", []string{id}, func(o *data.Organisation) { o.OrgNumber = number }); err != nil {
		t.Fatal(err)
	}
	w.record.Open(id)
	if texts := uitest.Texts(w.Content()); !strings.Contains(texts, "det samme") {
		t.Error("two businesses with one number, and nothing is said")
	}
}

func TestFilter(t *testing.T) {
	w := trySample(t)
	w.focusOn(w.grid)
	w.Write("/")
	w.Write("massivtre sel")
	names := w.listed()
	if len(names) == 0 || len(names) > 10 || !slices.Contains(names, "Otterlia Byggmesterlag AS") {
		t.Errorf("found %q", names)
	}
	w.Key(fyne.KeyDown)
	if w.Shell.Window().Canvas().Focused() != fyne.Focusable(w.grid) {
		t.Error("arrow down does not go to the rows")
	}
	w.filter.Clear()
	w.chips.toggle("mapped")
	if n := len(w.listed()); n == 0 || n == 60 || n != w.view.Counts["mapped"] {
		t.Errorf("%d are mapped of %v", n, w.view.Counts)
	}
	w.chips.toggle("visited")
	if n := len(w.listed()); n != w.view.Counts["mapped"]+w.view.Counts["visited"] {
		t.Errorf("%d are mapped or visited of %v", n, w.view.Counts)
	}
}

// TestNarrow: small businesses far from the centres, by keyboard and dialog.
func TestNarrow(t *testing.T) {
	w := trySample(t)
	w.narrow.onOpen()
	w.Write("16.1")
	f := w.Shell.Window().Canvas().Overlays().Top()
	w.Picture("narrow")
	w.Key(fyne.KeyReturn)
	if f == w.Shell.Window().Canvas().Overlays().Top() {
		t.Fatal("Enter does not close the dialog")
	}
	names := w.listed()
	if len(names) == 0 || len(names) == 60 || !slices.Contains(names, "Kvitgranmo Trelast AS") || w.narrow.now.Industry != "16.1" {
		t.Errorf("with industry %q: %q", w.narrow.now.Industry, names)
	}
	w.narrow.set(partner.Narrow{Industry: "16.1", Centrality: []int{6}, Sizes: []string{"5-9", partner.SizeWithheld}})
	for _, o := range w.view.Rows {
		m, _ := w.register.Place(o.Municipality)
		if m.Centrality != 6 || o.SizeBand != "5-9" && o.SizeBand != "" || !strings.HasPrefix(o.Industry, "16.1") {
			t.Errorf("%s: %d, %q, %s", o.Name, m.Centrality, o.SizeBand, o.Industry)
		}
	}
	if texts := uitest.Texts(w.Content()); !strings.Contains(texts, "Flere filtre: 3") {
		t.Error("the button does not tell that it narrows")
	}
	w.narrow.set(partner.Narrow{Industry: "99"})
	if texts := uitest.Texts(w.Content()); w.grid.Total() != 0 || !strings.Contains(texts, "Ingen passer med filteret") {
		t.Error("nothing tells why the list is empty")
	}
	w.narrow.onOpen()
	w.Picture("narrow-set")
	w.onNew()
	if w.narrow.now.Count() != 0 {
		t.Error("a new record is hidden by the filter")
	}
}

// TestTypingOutOfTheFilter: a record that leaves the list while it is edited
// stays where it is.
func TestTypingOutOfTheFilter(t *testing.T) {
	w := trySample(t)
	w.focusOn(w.filter)
	w.Write("furebotn")
	w.focusOn(w.grid)
	w.Key(fyne.KeyHome)
	id := w.record.ID()
	w.record.Focus(fieldName)
	w.Key(fyne.KeyHome)
	w.Key(fyne.KeyDelete)
	w.rest()
	w.Write("G")
	w.rest()
	if w.record.ID() != id || !strings.HasPrefix(w.stored(id).Name, "Gure") {
		t.Errorf("the record is %q now", w.stored(id).Name)
	}
}

func TestSeveralAtOnce(t *testing.T) {
	w := trySample(t)
	w.focusOn(w.filter)
	w.Write("massivtre")
	w.focusOn(w.grid)
	w.grid.SelectAll()
	ids := w.grid.Selected()
	before := map[string]data.Organisation{}
	for _, id := range ids {
		before[id] = w.stored(id)
	}
	if len(ids) < 2 {
		t.Fatalf("%d selected", len(ids))
	}
	w.onStatus("grouped")
	w.setTags(ids, "Høst 2026, massivtre", false)
	for _, id := range ids {
		if o := w.stored(id); o.Status != "grouped" || !strings.Contains(o.Tags, "Høst 2026") || strings.Count(o.Tags, "massivtre") != 1 {
			t.Errorf("%s: %s, %s", o.Name, o.Status, o.Tags)
		}
	}
	if len(w.Shell.Toasts) != 2 {
		t.Errorf("toasts %q", w.Shell.Toasts)
	}
	w.setTags(ids, "høst 2026", true)
	w.undo()
	w.undo()
	w.undo()
	for _, id := range ids {
		if !reflect.DeepEqual(w.stored(id), before[id]) {
			t.Errorf("%s is not as before", before[id].Name)
		}
	}
	if n := len(w.grid.Selected()); n != len(ids) {
		t.Errorf("%d of %d are still selected", n, len(ids))
	}
}

// TestNothingHiddenIsSelected: what leaves the list leaves the selection.
func TestNothingHiddenIsSelected(t *testing.T) {
	w := trySample(t)
	w.grid.SelectAll()
	w.focusOn(w.filter)
	w.Write("massivtre")
	if n := len(w.grid.Selected()); n != w.grid.Total() || n == 60 {
		t.Errorf("%d selected of %d in the list", n, w.grid.Total())
	}
	w.chips.toggle("mapped")
	w.grid.SelectAll()
	w.onStatus("grouped")
	if n := len(w.grid.Selected()); n != 0 {
		t.Errorf("%d are selected that the list does not show", n)
	}
}

func TestDeleteAndUndo(t *testing.T) {
	w := trySample(t)
	w.focusOn(w.grid)
	w.Key(fyne.KeyDown)
	second := w.listed()[2]
	gone := w.record.ID()
	w.Key(fyne.KeyDelete)
	if o := w.stored(gone); !o.InTrash() || w.grid.Total() != 59 {
		t.Fatalf("%d rows", w.grid.Total())
	}
	if w.record.form.Now.Name != second || len(w.Shell.Toasts) != 1 {
		t.Errorf("the record is %q, want %q; toasts %q", w.record.form.Now.Name, second, w.Shell.Toasts)
	}
	w.undo()
	if w.grid.Total() != 60 {
		t.Errorf("%d rows after undo", w.grid.Total())
	}
	fifth := w.listed()[4]
	w.Key(fyne.KeyHome, fyne.KeyDown)
	w.grid.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	w.Key(fyne.KeyDown, fyne.KeyDown, fyne.KeyDelete)
	if w.grid.Total() != 57 || w.record.form.Now.Name != fifth || w.grid.Current() != w.record.ID() {
		t.Errorf("%d rows, the record is %q, want %q", w.grid.Total(), w.record.form.Now.Name, fifth)
	}
	w.grid.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	w.grid.SelectAll()
	w.Key(fyne.KeyDelete)
	if !strings.Contains(uitest.Texts(w.Content()), "Her kommer bedriftene") {
		t.Error("all are deleted, and the page is not empty")
	}
}

func TestNew(t *testing.T) {
	w := try(t, uitest.Program(t, false), data.OrganisationProvider, "")
	if !strings.Contains(uitest.Texts(w.Content()), "Her kommer høgskoler") {
		t.Error("the empty page says nothing")
	}
	w.onNew()
	w.Write("Ås studiesenter")
	w.rest()
	if got := w.listed(); !slices.Equal(got, []string{"Ås studiesenter"}) {
		t.Errorf("the register holds %q", got)
	}
	if o := w.stored(w.record.ID()); o.OrganisationOf != data.OrganisationProvider {
		t.Errorf("made a %s", o.OrganisationOf)
	}
	w.undo()
	w.undo()
	if w.grid.Total() != 0 || w.record.ID() != "" || !strings.Contains(uitest.Texts(w.Content()), "Her kommer høgskoler") {
		t.Error("its making was undone, and it is still shown")
	}
}

func TestCopyAsTable(t *testing.T) {
	w := trySample(t)
	w.focusOn(w.grid)
	w.Key(fyne.KeyHome)
	w.grid.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	w.Key(fyne.KeyDown, fyne.KeyDown)
	w.grid.TypedShortcut(&fyne.ShortcutCopy{})
	lines := strings.Split(strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "Navn\tKommune\tStatus\t") {
		t.Fatalf("copied %q", lines)
	}
	for i, name := range w.listed()[:3] {
		if !strings.HasPrefix(lines[i+1], name+"\t") {
			t.Errorf("line %d is %q, want %q", i+1, lines[i+1], name)
		}
	}
}

func TestLettersAndSorting(t *testing.T) {
	w := trySample(t)
	w.focusOn(w.grid)
	w.Write("otter")
	if w.record.form.Now.Name != "Otterlia Byggmesterlag AS" {
		t.Errorf("letters lead to %q", w.record.form.Now.Name)
	}
	id := w.record.ID()
	w.grid.SortBy("municipality", false)
	if w.grid.Current() != id || w.record.ID() != id {
		t.Error("sorting lost the row")
	}
	again := try(t, w.program, data.OrganisationBusiness, "")
	if s := again.grid.Sort(); len(s) != 1 || s[0].Column != "municipality" {
		t.Errorf("sorting is not remembered: %v", s)
	}
}

func TestHistoryRoute(t *testing.T) {
	w := trySample(t)
	w.record.History()
	if want := (screen.Route{Page: screen.PageHistory, ID: w.record.ID()}); len(w.Shell.Went) != 1 || w.Shell.Went[0] != want {
		t.Errorf("went to %v", w.Shell.Went)
	}
}

// TestOneSideAtATime: at large text the record opens over the list.
func TestOneSideAtATime(t *testing.T) {
	p := uitest.Program(t, true)
	w := uitest.WindowIn(t, p, "nb", theme.Options{Variant: theme.Light, TextScale: 2}, 960, 640)
	page := New(w.Env, data.OrganisationBusiness, "").(*Page)
	w.Show(page)
	canvas := w.Shell.Window().Canvas()
	canvas.Focus(page.grid)
	w.Key(fyne.KeyDown)
	id := page.record.ID()
	if !page.sides.OnlyList() {
		t.Fatal("the list is not what is shown")
	}
	w.Key(fyne.KeyReturn)
	if page.sides.OnlyList() || !page.record.form.Fields()[0].Frame.Control().(*kit.TextField).Focused() {
		t.Fatal("Enter does not open the record")
	}
	w.Picture("record-light-200-1024")
	w.Write("Å")
	page.goList()
	if !page.sides.OnlyList() || canvas.Focused() != fyne.Focusable(page.grid) {
		t.Error("there is no way back")
	}
	if o, err := page.register.Get(id); err != nil || !strings.HasPrefix(o.Name, "Å") {
		t.Errorf("stored %q, %v", o.Name, err)
	}
	w.Shell.Window().Resize(fyne.NewSize(1600, 800))
	if page.sides.Single() {
		t.Error("there is room for both, and one is shown")
	}
}

func TestEmptyHasOneButton(t *testing.T) {
	for _, kind := range []string{data.OrganisationBusiness, data.OrganisationProvider} {
		for _, language := range []string{"nb", "nn", "en"} {
			w := uitest.WindowIn(t, uitest.Program(t, false), language, theme.Options{Variant: theme.Light}, 1280, 800)
			page := New(w.Env, kind, "").(*Page)
			w.Show(page)
			if n := strings.Count(uitest.Texts(page.Content()), page.make.Text()); n != 1 {
				t.Errorf("%s in %s: the button is there %d times", kind, language, n)
			}
		}
	}
}
