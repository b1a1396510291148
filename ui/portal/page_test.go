package portal

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/portal"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// tried is the page in a window.
type tried struct {
	*uitest.Tried
	*Page
}

func open(t *testing.T, p *app.Program, id string) *tried {
	t.Helper()
	w := uitest.Window(t, p)
	page := newPage(w.Env, id)
	w.Show(page)
	if page.steps != nil {
		w.Shell.Window().Canvas().Focus(page.steps)
	}
	return &tried{w, page}
}

func sample(t *testing.T) *tried {
	t.Helper()
	p := uitest.Program(t, true)
	all, err := p.Grants.Applications()
	if err != nil {
		t.Fatal(err)
	}
	return open(t, p, all[0].ID)
}

func (w *tried) set(field, text string) {
	w.Helper()
	if err := w.Env.Program.Grants.SetField("x", w.application, field, text); err != nil {
		w.Fatal(err)
	}
}

func clipboard() string { return fyne.CurrentApp().Clipboard().Content() }

func TestOneKeyCopiesTicksAndGoesOn(t *testing.T) {
	w := sample(t)
	if w.steps.Selected() != "title" {
		t.Fatalf("begins at %s", w.steps.Selected())
	}
	w.Key(fyne.KeyReturn)
	if clipboard() != w.now.Title || w.steps.Selected() != "amountRequested" {
		t.Fatalf("copied %q and went to %s", clipboard(), w.steps.Selected())
	}
	if !w.itemOf("title").Done() || w.now.Done != 1 {
		t.Fatalf("%d done", w.now.Done)
	}
	w.Shell.Window().Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	if clipboard() != "4400000" || w.steps.Selected() != "shortDescription" || w.now.Done != 2 {
		t.Fatalf("copied %q, %d done", clipboard(), w.now.Done)
	}
	if got := uitest.Texts(w.frame); !strings.Contains(got, fmt.Sprintf("2 av %d overført", w.now.Total)) {
		t.Fatalf("no progress in %.300s", got)
	}
}

func TestSpaceTicksAndUnticks(t *testing.T) {
	w := sample(t)
	w.Key(fyne.KeyDown, fyne.KeySpace)
	if !w.itemOf("amountRequested").Done() || w.steps.Selected() != "amountRequested" {
		t.Fatal("is not ticked")
	}
	w.Key(fyne.KeySpace)
	if w.itemOf("amountRequested").Done() {
		t.Fatal("is still ticked")
	}
}

func TestCopyingNeedNotTick(t *testing.T) {
	w := sample(t)
	w.tick.Tapped(nil)
	w.Shell.Window().Canvas().Focus(w.steps)
	w.Key(fyne.KeyReturn)
	if w.now.Done != 0 || clipboard() == "" {
		t.Fatalf("%d done", w.now.Done)
	}
}

func TestChangedSinceIsMarkedAndComesAgain(t *testing.T) {
	w := sample(t)
	w.set("background", "Slik var det")
	w.goTo("background")
	w.Key(fyne.KeyReturn)
	w.set("background", "Slik er det nå")
	i := w.itemOf("background")
	if !i.Changed || w.step(i).Mark != kit.StepAgain {
		t.Fatalf("item %+v", i)
	}
	w.goTo("background")
	if w.item.changed.Hidden || len(w.item.change.Objects) != 1 {
		t.Fatal("the change is not shown")
	}
	if next := w.openAfter("mainGoals"); next == "background" {
		t.Fatal("goes backwards")
	}
	w.Key(fyne.KeyReturn)
	if w.itemOf("background").Changed || clipboard() != "Slik er det nå" {
		t.Fatalf("copied %q", clipboard())
	}
}

func TestBudgetIsCopiedCellByCell(t *testing.T) {
	w := sample(t)
	w.goTo("financingPlan")
	w.Shell.Window().Canvas().Focus(w.item.grid)
	w.Key(fyne.KeyHome, fyne.KeyReturn)
	if !strings.HasPrefix(clipboard(), "01. ") {
		t.Fatalf("copied %q", clipboard())
	}
	w.Key(fyne.KeyReturn)
	if clipboard() != "1400000" {
		t.Fatalf("copied %q", clipboard())
	}
	test.Tap(w.item.row)
	if cells := strings.Split(clipboard(), "\t"); len(cells) != 5 || !strings.HasPrefix(cells[0], "01. ") {
		t.Fatalf("copied %q", clipboard())
	}
	if w.itemOf("financingPlan").Done() {
		t.Fatal("a cell is not the plan")
	}
	test.Tap(w.item.copy)
	if !w.itemOf("financingPlan").Done() || strings.Count(clipboard(), "\n") < 1 {
		t.Fatalf("copied %q", clipboard())
	}
}

func TestSavesTheFiles(t *testing.T) {
	w := sample(t)
	folder := t.TempDir()
	w.files = &kit.FakeChooser{Path: folder}
	w.onSaveFiles()
	if len(w.Shell.Failed) > 0 || len(w.Shell.Toasts) != 1 {
		t.Fatalf("failed %v, said %q", w.Shell.Failed, w.Shell.Toasts)
	}
}

type noDocument struct{}

func (noDocument) Document(string, string, string) (document.Document, error) {
	return document.Document{}, nil
}

func TestClosingCheckListsWhatDiffers(t *testing.T) {
	w := sample(t)
	w.documents = noDocument{}
	w.goTo(stepClosing)
	// One block of links to what waits, and each running text that the PDF lacks.
	if n := len(w.closing.list.Objects); n < 10 {
		t.Fatalf("%d differences", n)
	}
	w.documents = w.Env.Program // the real document says the same
	for _, i := range w.now.Items() {
		if i.Counts() {
			w.toggleStep(i.Key)
		}
	}
	w.goTo(stepClosing)
	if len(w.closing.list.Objects) != 0 || w.now.Done != w.now.Total {
		t.Fatalf("%d differences, %d of %d done", len(w.closing.list.Objects), w.now.Done, w.now.Total)
	}
	if w.firstOpen() != stepClosing {
		t.Fatalf("waits at %s", w.firstOpen())
	}
}

// TestClosingSum: what only waits is not called a difference.
func TestClosingSum(t *testing.T) {
	waits, changed := portal.Difference{Mismatch: portal.NotTransferred}, portal.Difference{Mismatch: portal.ChangedSince}
	v := &closingView{page: &Page{words: lang.New("nb")}}
	for want, all := range map[string][]portal.Difference{
		"2 forskjeller i 3 felt.": {changed, changed},
		"2 av 3 felt er ikke overført. Resten er likt i portalen, PDF-en og arbeidsfilen.": {waits, waits},
		"2 av 3 felt er ikke overført. 1 forskjell i 1 felt.":                              {waits, changed, waits},
		"3 av 3 felt er ikke overført.":                                                    {waits, waits, waits},
	} {
		if got := v.sum(&portal.Comparison{Compared: 3, Differences: all}); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}

func TestNarrowWindowCopiesByButton(t *testing.T) {
	p := uitest.Program(t, true)
	all, err := p.Grants.Applications()
	if err != nil {
		t.Fatal(err)
	}
	tw := uitest.WindowIn(t, p, "nb", theme.Options{Variant: theme.Light, TextScale: 2}, 960, 600)
	page := newPage(tw.Env, all[0].ID)
	tw.Show(page)
	tw.Shell.Window().Canvas().Focus(page.First())
	for range 2 {
		tw.Key(fyne.KeyReturn)
	}
	if clipboard() != "4400000" || page.now.Done != 2 {
		t.Fatalf("copied %q, %d done", clipboard(), page.now.Done)
	}
}

func TestPortalFileWithFaultsIsExplained(t *testing.T) {
	w := sample(t)
	w.files = &kit.FakeChooser{Path: "../../assets/calls/kompetansepiloter-2020.json"}
	w.onAddPortal()
	if w.Shell.Window().Canvas().Overlays().Top() == nil {
		t.Fatal("nothing is said")
	}
	w.files = &kit.FakeChooser{Path: "../../assets/portals/rf1350.json"}
	w.onAddPortal()
	if len(w.Shell.Toasts) != 1 {
		t.Fatalf("said %q, failed %v", w.Shell.Toasts, w.Shell.Failed)
	}
	w.files = &kit.FakeChooser{Path: t.TempDir()}
	w.onAddPortal()
	if len(w.Shell.Failed) != 1 || data.Code(w.Shell.Failed[0]) != "readFile" {
		t.Fatalf("failed %v", w.Shell.Failed)
	}
}

func TestMissingApplicationIsExplained(t *testing.T) {
	w := open(t, uitest.Program(t, false), "nowhere")
	if got := uitest.Texts(w.frame); !strings.Contains(got, "Fant ikke") {
		t.Fatalf("shows %.300s", got)
	}
	for _, c := range w.Commands() {
		if c.Do == nil {
			t.Fatal("a command does nothing")
		}
	}
}

func TestPictures(t *testing.T) {
	p := uitest.Program(t, true)
	all, err := p.Grants.Applications()
	if err != nil {
		t.Fatal(err)
	}
	id := all[0].ID
	empty, err := p.Grants.Create("Ny", "kompetansepiloter-2020", "34", "nb", "")
	if err != nil {
		t.Fatal(err)
	}
	show := func(language string, look theme.Options, width, height float32, id string, steps func(*Page), name string) {
		w := uitest.WindowIn(t, p, language, look, width, height)
		page := newPage(w.Env, id)
		w.Show(page)
		if steps != nil {
			steps(page)
		}
		w.Picture(name)
		page.Leave()
	}
	change := func(page *Page) {
		page.goTo("background")
		page.copyStep("background")
		if err := p.Grants.SetField("x", id, "background", page.itemOf("background").Text+" Dette er nytt."); err != nil {
			t.Fatal(err)
		}
		page.goTo("background")
	}
	for name, look := range uitest.Looks() {
		for size, wh := range map[string][2]float32{"1280": {1040, 700}, "1024": {960, 600}} {
			show("nb", look, wh[0], wh[1], id, nil, "text-"+name+"-"+size)
			show("nb", look, wh[0], wh[1], id, func(page *Page) { page.goTo("financingPlan") }, "plan-"+name+"-"+size)
			show("nb", look, wh[0], wh[1], id, change, "changed-"+name+"-"+size)
			show("nb", look, wh[0], wh[1], id, func(page *Page) { page.goTo("contactPerson") }, "contact-"+name+"-"+size)
			show("nb", look, wh[0], wh[1], id, func(page *Page) { page.goTo(stepClosing) }, "closing-"+name+"-"+size)
			show("nn", look, wh[0], wh[1], id, func(page *Page) { page.goTo(stepAbout) }, "about-"+name+"-"+size)
			show("nb", look, wh[0], wh[1], id, func(page *Page) {
				for _, i := range page.now.Items() {
					if i.File != nil {
						page.goTo(i.Key)
					}
				}
			}, "file-"+name+"-"+size)
			show("en", look, wh[0], wh[1], empty, nil, "empty-"+name+"-"+size)
		}
	}
}

var _ screen.Page = (*Page)(nil)
