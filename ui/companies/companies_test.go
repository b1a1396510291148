package companies

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app"
	"kompetansepilot/app/companies"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

var one, two, three = companiestest.Number(1), companiestest.Number(2), companiestest.Number(3)

// withServer is a program that asks a server of the test.
func withServer(t *testing.T, sample bool) (*app.Program, *companiestest.Server) {
	t.Helper()
	p, s := uitest.Program(t, sample), companiestest.NewServer(t)
	p.Companies = companies.NewDesk(companies.NewStore(app.CompaniesFile(), p.Places), p.Places, companies.ClientOptions{Address: s.URL, Transport: s.Transport(),
		Pause: func(context.Context, time.Duration) error { return nil }})
	return p, s
}

// bulk writes a bulk file.
func bulk(t *testing.T, b companiestest.Bulk, name string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := b.Write(f); err != nil {
		t.Fatal(err)
	}
	return path
}

// put stores organisations.
func put(t *testing.T, p *app.Program, all ...*data.Organisation) {
	t.Helper()
	err := p.Workspace.Update("Nye", func(tx *data.Tx) error {
		for _, o := range all {
			o.OrganisationOf = data.OrganisationBusiness
			if err := tx.Put(o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, p *app.Program, id string) data.Organisation {
	t.Helper()
	o, err := data.Get[data.Organisation](p.Workspace, id)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// shown is what can be read in the window.
func shown(w *uitest.Tried) string {
	c := w.Shell.Window().Canvas()
	text := uitest.Texts(c.Content())
	for _, o := range c.Overlays().List() {
		text += " " + uitest.Texts(o)
	}
	return text
}

// press presses the button with a text.
func press(w *uitest.Tried, text string) {
	w.Helper()
	c := w.Shell.Window().Canvas()
	roots := append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...)
	for i := len(roots) - 1; i >= 0; i-- {
		for _, o := range test.LaidOutObjects(roots[i]) {
			if b, ok := o.(*kit.Button); ok && b.Text() == text && b.Visible() && !b.Disabled() {
				b.Tapped(nil)
				return
			}
		}
	}
	w.Fatalf("no button %q", text)
}

func TestFindOfflineThenOnline(t *testing.T) {
	p, s := withServer(t, true)
	if _, err := p.Companies.Store.Load(context.Background(), bulk(t, companiestest.Bulk{Units: 3000, Seed: 1}, "enheter.json"), companies.Selection{Everything: true}, nil); err != nil {
		t.Fatal(err)
	}
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"))
	w := uitest.Window(t, p)
	var got companies.Answer
	ShowFind(w.Env, Finding{Title: "Hent", OnChosen: func(a companies.Answer) { got = a }})
	w.Write("ørne")
	w.Tasks.Advance(offlinePause)
	if n := len(s.Requests()); n != 0 {
		t.Errorf("the service was asked %d times before the keyboard rested", n)
	}
	w.Tasks.Advance(onlinePause)
	if text := shown(w); !strings.Contains(text, "ØRNE SAG AS") || !strings.Contains(text, "På nett: 1 treff") {
		t.Fatalf("shows %q", text)
	}
	w.Key(fyne.KeyReturn)
	if text := shown(w); got.Number != "" || !strings.Contains(text, "kjenner ikke nummeret") {
		t.Errorf("a unit that the register does not know was chosen: %+v", got)
	}
	for range "ørne" {
		w.Key(fyne.KeyBackspace)
	}
	w.Write(one)
	w.Tasks.Advance(onlinePause)
	w.Key(fyne.KeyReturn)
	if got.Unit.Number != one {
		t.Errorf("chosen %+v, failures %v", got, w.Shell.Failed)
	}
	if p.Companies.Asked().IsZero() {
		t.Error("nobody knows that the service was asked")
	}
}

func TestFindDoesNotAskWhenItMayNot(t *testing.T) {
	p, s := withServer(t, true)
	if err := p.SetSettings("Av", map[string]string{app.SettingOnline: "off"}); err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	ShowFind(w.Env, Finding{Title: "Hent", Text: "sag", OnChosen: func(companies.Answer) {}})
	w.Tasks.Advance(time.Second)
	if text := shown(w); len(s.Requests()) != 0 || !strings.Contains(text, "spørres ikke på nett") || !strings.Contains(text, "Ingenting er lastet") {
		t.Errorf("asked %v, shows %q", s.Requests(), text)
	}
}

func TestUpdateShowsDifferencesAndTakesOverWhatIsTicked(t *testing.T) {
	p, s := withServer(t, false)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"), companiestest.Bankrupt(two, "KONKURSBOET AS", "3435"))
	s.On("enheter/"+three, companiestest.Reply{Status: 404})
	s.On("underenheter/"+three, companiestest.Reply{Status: 404})
	o := &data.Organisation{Name: "Ørne Sag AS", OrgNumber: one, Email: "kari@example.no", Municipality: "3401"}
	broke := &data.Organisation{Name: "Konkursboet AS", OrgNumber: two}
	gone := &data.Organisation{Name: "Ukjent AS", OrgNumber: three}
	put(t, p, o, broke, gone)
	w := uitest.Window(t, p)
	Update(w.Env, []string{o.ID, broke.ID, gone.ID}, nil)
	text := shown(w)
	for _, want := range []string{"Enheten har flyttet fra Kongsvinger til Vågå", "Kommunen blir byttet", "Det ble åpnet konkurs", "kjenner ikke nummeret", "E-post: kari@example.no blir post@example.no", "Dere har skrevet dette selv"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not show %q in %q", want, text)
		}
	}
	w.Picture("update")
	press(w, "Ta over")
	got := get(t, p, o.ID)
	if got.Email != "kari@example.no" || got.Website != "www.example.no" || got.Source != companies.Source {
		t.Errorf("taken over %+v", got)
	}
	if tags := get(t, p, broke.ID).Tags; tags != companies.TagBankrupt {
		t.Errorf("tags %q", tags)
	}
	if _, err := p.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if back := get(t, p, o.ID); back.Website != "" || get(t, p, broke.ID).Tags != "" {
		t.Errorf("one step did not undo all: %+v", back)
	}
}

func TestReplaceFillsAnEmptyRecordAtOnce(t *testing.T) {
	p, s := withServer(t, false)
	s.Add(companiestest.Company(one, "ØRNE SAG AS", "3435"))
	o := &data.Organisation{}
	put(t, p, o)
	a, err := p.Companies.Lookup(context.Background(), one, true)
	if err != nil {
		t.Fatal(err)
	}
	w := uitest.Window(t, p)
	Replace(w.Env, o.ID, a, nil)
	if got := get(t, p, o.ID); got.Name != "ØRNE SAG AS" || got.OrgNumber != one {
		t.Errorf("filled %+v, failures %v", got, w.Shell.Failed)
	}
	if origins, _ := companies.Origin(p.Workspace, o.ID); origins[companies.FieldEmail].IsZero() {
		t.Error("the fields do not say where they came from")
	}
}

func TestLoadFromThePage(t *testing.T) {
	p, _ := withServer(t, true)
	path := bulk(t, companiestest.Bulk{Units: 4000, Seed: 2, Gzip: true}, "enheter.json.gz")
	w := uitest.Window(t, p)
	files := &kit.FakeChooser{Path: path}
	page := New(w.Env, files)
	w.Show(page)
	if text := shown(w); !strings.Contains(text, "Ingenting er lastet") {
		t.Errorf("shows %q", text)
	}
	press(w, "Last inn fil …")
	w.Picture("selection")
	press(w, "Last inn")
	info, err := p.Companies.Store.Info()
	if err != nil || info.Main.Units == 0 || info.Selection.County != "34" {
		t.Fatalf("loaded %+v, %v, failures %v", info, err, w.Shell.Failed)
	}
	if text := shown(w); !strings.Contains(text, "hovedenheter") || !strings.Contains(text, "Område: Innlandet") {
		t.Errorf("shows %q", text)
	}
}

func TestAStoppedLoadIsOfferedAgain(t *testing.T) {
	p, _ := withServer(t, true)
	path := bulk(t, companiestest.Bulk{Units: 20000, Seed: 3}, "enheter.json")
	ctx, stop := context.WithCancel(context.Background())
	_, err := p.Companies.Load(ctx, path, companies.Selection{County: "34"}, func(companies.Progress) { stop() })
	if data.Code(err) != companies.CodeStopped {
		t.Fatalf("stopped: %v", err)
	}
	w := uitest.Window(t, p)
	w.Show(New(w.Env, &kit.FakeChooser{}))
	if text := shown(w); !strings.Contains(text, "ble stoppet") {
		t.Fatalf("shows %q", text)
	}
	press(w, "Fortsett")
	if info, err := p.Companies.Store.Info(); err != nil || info.Main.Units == 0 {
		t.Errorf("after going on: %+v, %v", info, err)
	}
	if _, ok := p.Companies.Unfinished(); ok {
		t.Error("it is still told of as stopped")
	}
}

func TestOnlineIsAChoiceOfTheWorkspace(t *testing.T) {
	p, _ := withServer(t, true)
	w := uitest.Window(t, p)
	page := New(w.Env, &kit.FakeChooser{}).(*page)
	w.Show(page)
	page.online.Tapped(nil)
	if p.Online() {
		t.Fatal("it is still on")
	}
	if _, err := p.Workspace.Undo(); err != nil || !p.Online() || !page.online.Checked() {
		t.Errorf("undo: on %v, box %v, %v", p.Online(), page.online.Checked(), err)
	}
}

// TestPictures makes pictures to look at, when PICTURES names a folder.
func TestPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("PICTURES names no folder")
	}
	p, s := withServer(t, true)
	empty, _ := withServer(t, false)
	t.Setenv("KOMPETANSEPILOT_HOME", filepath.Join(t.TempDir(), "h"))
	if _, err := p.Companies.Store.Load(context.Background(), bulk(t, companiestest.Bulk{Units: 3000, Seed: 1}, "enheter.json"), companies.Selection{Everything: true}, nil); err != nil {
		t.Fatal(err)
	}
	s.Add(companiestest.Company(one, "BJØRNSTAD SAG AS", "3435"), companiestest.Bankrupt(two, "BJØRKELANGEN KONKURSBO AS", "3435"))
	o := &data.Organisation{Name: "Bjørnstad Sag AS", OrgNumber: one, Email: "kari.med.et.langt.navn@bjornstad-sag-og-hovleri.example.no", Municipality: "3401", Industry: "16.100", IndustryStd: "SN2007"}
	broke := &data.Organisation{Name: "Konkursboet AS", OrgNumber: two}
	put(t, p, o, broke)
	for look, options := range uitest.Looks() {
		for _, size := range []fyne.Size{{Width: 1100, Height: 720}, {Width: 860, Height: 620}} {
			name := func(what string) string {
				return what + "-" + look + "-" + map[bool]string{true: "1280", false: "1024"}[size.Width > 1000]
			}
			w := uitest.WindowIn(t, p, "nb", options, size.Width, size.Height)
			w.Show(New(w.Env, &kit.FakeChooser{Path: "/tmp/enheter_alle.json.gz"}))
			w.Picture(name("page"))
			d := ShowFind(w.Env, Finding{Title: "Hent opplysninger til Bjørnstad Sag AS", Text: "bjø", Known: func([]string) (map[string]string, error) { return map[string]string{one: "x"}, nil }, OnChosen: func(companies.Answer) {}})
			w.Tasks.Advance(time.Second)
			w.Picture(name("find"))
			d.Close()
			Update(w.Env, []string{o.ID, broke.ID}, nil)
			w.Picture(name("update"))
		}
	}
	w := uitest.WindowIn(t, empty, "nb", theme.Options{Variant: theme.Light}, 1100, 720)
	w.Show(New(w.Env, &kit.FakeChooser{Path: "/tmp/enheter_alle.json.gz"}))
	w.Picture("page-empty")
	press(w, "Last inn fil …")
	w.Picture("selection-empty")
}

// TestAddMany does the first half of a coordinator's first day: hotels with fewer
// than twenty employees, all at once, undone as one step.
func TestAddMany(t *testing.T) {
	p, _ := withServer(t, true)
	if _, err := p.Companies.Store.Load(context.Background(), bulk(t, companiestest.Bulk{Units: 20000, Seed: 4}, "enheter.json"), companies.Selection{Everything: true}, nil); err != nil {
		t.Fatal(err)
	}
	q := companies.Query{Industry: "55", To: 19, Main: true}
	want, err := p.Companies.Store.Count(context.Background(), q)
	if err != nil || want == 0 {
		t.Fatalf("%d hotels, %v", want, err)
	}
	before, err := p.Workspace.Count("SELECT count(*) FROM organisation WHERE deleted = ''")
	if err != nil {
		t.Fatal(err)
	}
	count := func() int {
		n, err := p.Workspace.Count("SELECT count(*) FROM organisation WHERE deleted = ''")
		if err != nil {
			t.Fatal(err)
		}
		return n - before
	}
	w := uitest.Window(t, p)
	ShowAddMany(w.Env, data.OrganisationBusiness)
	w.Write("55")
	w.Key(fyne.KeyTab)
	for _, o := range test.LaidOutObjects(w.Shell.Window().Canvas().Overlays().Top()) {
		if f, ok := o.(*kit.Field); ok && strings.Contains(uitest.Texts(f), "Ansatte til") {
			f.FocusControl()
		}
	}
	w.Write("19")
	w.Tasks.Advance(time.Second)
	w.Picture("add")
	press(w, "Legg til")
	if n := count(); n == 0 || n > want {
		t.Fatalf("added %d of %d, failures %v", n, want, w.Shell.Failed)
	}
	added := count()
	if a, err := p.Companies.Addable(context.Background(), p.Workspace, data.OrganisationBusiness, q); err != nil || a.Added != 0 || a.Had != added {
		t.Errorf("once more would do %+v, %v", a, err)
	}
	if _, err := p.Workspace.Undo(); err != nil || count() != 0 {
		t.Errorf("undone: %d are left, %v", count(), err)
	}
}
