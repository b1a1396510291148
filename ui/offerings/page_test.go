package offerings

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"kompetansepilot/app"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

const file = "id,title,description,provider_kind,level,credits,form,place,language_norm,months_available,min_participants,max_participants,price_nok\n" +
	"O1,Prising i overnatting,Dynamisk prissetting og kanalmiks.,university,short,7.5,nett,,nb,1;2;9,10,40,0\n" +
	"O2,Butikkdrift: svinn og bemanning,For butikksjefer.,fagskole,fagskole,10,nett+samling,,nb,,10,30,4900\n" +
	"O3,Fiskevelferd ved slakting,Lovpålagt for slakteri.,private,kurs,0,på stedet,Tynset,nn,1;2,1,40,3400\n"

// tried is the page in a window.
type tried struct {
	*uitest.Tried
	*Page
	program *app.Program
}

func try(t *testing.T, p *app.Program, id string) *tried {
	t.Helper()
	w := uitest.Window(t, p)
	page := New(w.Env, id).(*Page)
	w.Show(page)
	return &tried{w, page, p}
}

// filled is a workspace with the offerings of file.
func filled(t *testing.T) *app.Program {
	t.Helper()
	p := uitest.Program(t, true)
	if _, err := partner.NewOfferings(p.Workspace, p.Places).Import("Leste inn", "offers.csv", strings.NewReader(file), false); err != nil {
		t.Fatal(err)
	}
	return p
}

func (w *tried) stored(id string) data.Offering {
	w.Helper()
	o, err := w.store.Get(id)
	if err != nil {
		w.Fatal(err)
	}
	return o
}

func (w *tried) listed() []string {
	var ids []string
	for _, r := range w.Rows {
		ids = append(ids, r.ID)
	}
	if w.Grid.Total() != len(ids) {
		w.Errorf("the grid counts %d of %d", w.Grid.Total(), len(ids))
	}
	return ids
}

func (w *tried) focusOn(o kit.Control) { w.Shell.Window().Canvas().Focus(o.FocusTarget()) }

func (w *tried) frameOf(id string) *kit.Field {
	w.Helper()
	if x := w.record.form.Field(id); x != nil {
		return x.Frame
	}
	w.Fatalf("no field %s", id)
	return nil
}

func TestListsAndFollows(t *testing.T) {
	w := try(t, filled(t), "")
	if got := w.listed(); !slices.Equal(got, []string{"O2", "O3", "O1"}) || w.record.ID() != "O2" {
		t.Fatalf("lists %v, shows %s", got, w.record.ID())
	}
	w.focusOn(w.Grid)
	w.Key(fyne.KeyDown)
	if w.record.form.Now.ID != "O3" || w.Grid.Current() != "O3" {
		t.Errorf("the offering does not follow the arrow keys: %s", w.record.form.Now.ID)
	}
	w.Key(fyne.KeyReturn)
	if !w.frameOf(fieldTitle).Control().(*kit.TextField).Focused() {
		t.Error("Enter does not go to the offering")
	}
	w.focusOn(w.Filter)
	w.Write("TYNSET")
	if got := w.listed(); !slices.Equal(got, []string{"O3"}) {
		t.Errorf("in Tynset: %v", got)
	}
	for range 6 {
		w.Key(fyne.KeyBackspace)
	}
	w.chips.toggle(partner.LevelShort)
	if got := w.listed(); !slices.Equal(got, []string{"O1"}) {
		t.Errorf("short ones: %v", got)
	}
	w.chips.toggle(partner.LevelShort)
	w.Grid.SortBy(partner.OfferingPrice, false)
	if got := w.listed(); !slices.Equal(got, []string{"O1", "O3", "O2"}) {
		t.Errorf("by price: %v", got)
	}
	if len(w.Shell.Failed) > 0 {
		t.Errorf("failed: %v", w.Shell.Failed)
	}
}

func TestTypingIsSaved(t *testing.T) {
	w := try(t, filled(t), "O2")
	w.FocusField(fieldTitle)
	w.Key(fyne.KeyEnd)
	w.Write(" i praksis")
	if w.stored("O2").Title == w.record.form.Now.Title {
		t.Error("saved at each key")
	}
	w.Tasks.Advance(saving.TypingPause)
	if got := w.stored("O2").Title; got != "Butikkdrift: svinn og bemanning i praksis" {
		t.Errorf("stored %q", got)
	}
	w.FocusField(fieldCredits)
	w.frameOf(fieldCredits).Control().(*kit.TextField).SetText("")
	w.Write("syv")
	if w.frameOf(fieldCredits).Error() == "" {
		t.Error("a number that is none is not told of")
	}
	for range 3 {
		w.Key(fyne.KeyBackspace)
	}
	w.Write("7,5")
	w.Leave()
	if o := w.stored("O2"); o.Credits != 750 || w.frameOf(fieldCredits).Error() != "" {
		t.Errorf("credits %d, said %q", o.Credits, w.frameOf(fieldCredits).Error())
	}
}

func TestNewAndDelete(t *testing.T) {
	w := try(t, uitest.Program(t, true), "")
	if !w.Empty() {
		t.Fatal("no empty page")
	}
	w.onNew()
	w.Write("Massivtre")
	w.Tasks.Advance(saving.TypingPause)
	id := w.record.ID()
	if w.stored(id).Title != "Massivtre" || !slices.Equal(w.listed(), []string{id}) {
		t.Fatalf("made %+v", w.stored(id))
	}
	w.focusOn(w.Grid)
	w.Remove(w.Grid.Selected())
	if !w.record.form.Now.InTrash() && !w.Empty() {
		t.Error("the last one is deleted, and the page is not empty")
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := w.listed(); len(got) != 1 {
		t.Errorf("undo gives %v", got)
	}
}

func TestImportTells(t *testing.T) {
	w := try(t, uitest.Program(t, true), "")
	path := filepath.Join(t.TempDir(), "tilbud.csv")
	if err := os.WriteFile(path, []byte(file+"O4,,,,,,,,,,,,\nO5,God,,,,,,,,13,,,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.chooser = &kit.FakeChooser{Path: path}
	w.onImport()
	if len(w.listed()) != 3 {
		t.Errorf("lists %v", w.listed())
	}
	texts := uitest.Texts(w.Shell.Window().Canvas().Overlays().Top())
	for _, said := range []string{"Nye: 3", "2 rader ble ikke tatt med", "Rad 5: Tittelen mangler.", "Rad 6: «13» i kolonnen months_available kan ikke leses."} {
		if !strings.Contains(texts, said) {
			t.Errorf("does not say %q", said)
		}
	}
	w.Picture("import")
	w.Key(fyne.KeyEscape)
	w.chooser = &kit.FakeChooser{Path: filepath.Join(t.TempDir(), "finnes-ikke.csv")}
	w.onImport()
	if len(w.Shell.Failed) != 1 || data.Code(w.Shell.Failed[0]) != partner.CodeUnreadable {
		t.Errorf("a file that is not there: %v", w.Shell.Failed)
	}
}

// TestEnquiry: an enquiry about an offering goes to its provider.
func TestEnquiry(t *testing.T) {
	p := filled(t)
	provider, err := data.Live[data.Organisation](p.Workspace, "kind = 'provider'", "name")
	if err != nil || len(provider) == 0 {
		t.Fatal(err)
	}
	w := try(t, p, "O1")
	if err := w.store.Type("Endret", "O1", "organisation", func(o *data.Offering) { o.Organisation = provider[0].ID }); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(uitest.Texts(w.frameOf(fieldProvider)), provider[0].Name) {
		t.Error("the provider is not shown")
	}
	w.FocusField(partner.PartEnquiries)
	w.record.enquiries.Add()
	w.Picture("enquiry")
	w.Key(fyne.KeyEscape)
	if _, err := p.Courses.SaveEnquiry("Ny", data.Enquiry{Organisation: provider[0].ID, Offering: "O1", Name: "Kan dere?", Status: partner.EnquirySent}, strings.ToUpper); err != nil {
		t.Fatal(err)
	}
	if texts := uitest.Texts(w.record.enquiries.Object()); !strings.Contains(texts, "Kan dere?") || !strings.Contains(texts, "Venter på svar") {
		t.Errorf("says %s", texts)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	full, empty := filled(t), uitest.Program(t, true)
	for look, options := range uitest.Looks() {
		for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 700}} {
			for name, p := range map[string]*app.Program{"sample": full, "empty": empty} {
				navigation := float32(180)
				if options.TextScale > 1 {
					navigation = 60
				}
				w := uitest.WindowIn(t, p, "nb", options, size.Width-navigation, size.Height-80)
				page := New(w.Env, "").(*Page)
				w.Show(page)
				w.Picture(fmt.Sprintf("offerings-%s-%s-%d", name, look, int(size.Width)))
			}
		}
	}
	for _, language := range []string{"nn", "en"} {
		w := uitest.WindowIn(t, full, language, theme.Options{Variant: theme.Light, Compact: true}, 1100, 720)
		page := New(w.Env, "O3").(*Page)
		w.Show(page)
		page.record.scroll.ScrollToBottom()
		w.Picture("offerings-" + language)
		page.chips.onMore()
		w.Picture("offerings-narrow-" + language)
	}
}
