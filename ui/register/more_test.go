package register

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"kompetansepilot/app"
	registry "kompetansepilot/app/companies"
	"kompetansepilot/app/companies/companiestest"
	"kompetansepilot/app/partner"
	"kompetansepilot/app/placemap"
	"kompetansepilot/data"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

var unit, branch, other = companiestest.Number(1), companiestest.Number(2), companiestest.Number(3)

// withRegister is a program that asks a server of the test.
func withRegister(t *testing.T, sample bool) (*app.Program, *companiestest.Server) {
	t.Helper()
	p, s := uitest.Program(t, sample), companiestest.NewServer(t)
	p.Companies = registry.NewDesk(registry.NewStore(app.CompaniesFile(), p.Places), p.Places, registry.ClientOptions{Address: s.URL, Transport: s.Transport(),
		Pause: func(context.Context, time.Duration) error { return nil }})
	return p, s
}

// define makes own fields of each type.
func define(t *testing.T, p *app.Program) (text, number, date, choice data.OwnField) {
	t.Helper()
	r := partner.NewRegister(p.Workspace, p.Places)
	all := []*data.OwnField{&text, &number, &date, &choice}
	for i, f := range []data.OwnField{{Name: "Kontaktperson i kommunen", FieldOf: data.OwnText}, {Name: "Lærlinger", FieldOf: data.OwnNumber},
		{Name: "Siste besøk", FieldOf: data.OwnDate}, {Name: "Prioritet", FieldOf: data.OwnChoice, Choices: "Høy\nMiddels\nLav"}} {
		f.OrganisationOf = data.OrganisationBusiness
		id, err := r.PutOwnField("Lagret felt", f)
		if err != nil {
			t.Fatal(err)
		}
		if *all[i], err = data.Get[data.OwnField](p.Workspace, id); err != nil {
			t.Fatal(err)
		}
	}
	return text, number, date, choice
}

// setOwn fills in an own field.
func (w *tried) setOwn(id, field, text string) {
	w.Helper()
	if err := w.register.Change("Endret", []string{id}, func(o *data.Organisation) { partner.SetOwn(o, field, text) }); err != nil {
		w.Fatal(err)
	}
}

func (w *tried) ids() []string {
	w.Helper()
	ids, err := w.register.IDs(w.query())
	if err != nil {
		w.Fatal(err)
	}
	return ids
}

func TestOwnFieldsAreFieldsAndColumns(t *testing.T) {
	p := uitest.Program(t, true)
	_, number, _, choice := define(t, p)
	w := try(t, p, data.OrganisationBusiness, "")
	if n := len(w.own.fields); n != 4 {
		t.Fatalf("the record has %d own fields", n)
	}
	id := w.record.ID()
	w.own.fields[1].Frame.FocusControl()
	w.Write("1 250,5")
	w.rest()
	if got := w.stored(id).Own[number.ID]; got != "1250.5" {
		t.Errorf("stored %q", got)
	}
	w.Write("x")
	w.own.fields[0].Frame.FocusControl()
	if w.own.fields[1].Frame.Error() == "" || w.stored(id).Own[number.ID] != "1250.5" {
		t.Errorf("what is no number: %q, stored %q", w.own.fields[1].Frame.Error(), w.stored(id).Own[number.ID])
	}
	w.setOwn(id, choice.ID, "Høy")
	row := w.display([]data.Organisation{w.stored(id)})[0]
	cells := row.Cells[len(row.Cells)-4:]
	if strings.ReplaceAll(cells[1], "\u202f", " ") != "1 250,5" || cells[3] != "Høy" {
		t.Errorf("cells %q", cells)
	}
	if c := w.grid.Columns(); len(c) != len(row.Cells) || c[len(c)-1].Label != "Prioritet" {
		t.Errorf("%d columns, %d cells", len(c), len(row.Cells))
	}
	w.undo()
	if w.stored(id).Own[choice.ID] != "" {
		t.Error("undo left it")
	}
}

func TestOwnFieldsAreFoundFilteredAndSorted(t *testing.T) {
	p := uitest.Program(t, true)
	text, number, date, choice := define(t, p)
	w := try(t, p, data.OrganisationBusiness, "")
	all := w.ids()
	w.setOwn(all[0], text.ID, "Åse Bråthen")
	for i, n := range []string{"9", "100", "-3"} {
		w.setOwn(all[i], number.ID, n)
	}
	w.setOwn(all[1], date.ID, "2026-05-17")
	w.setOwn(all[2], choice.ID, "Lav")
	w.filter.SetText("aase braathen")
	w.onFilter("")
	if ids := w.ids(); !slices.Equal(ids, all[:1]) || w.grid.Total() != 1 {
		t.Errorf("the filter finds %d", len(ids))
	}
	w.filter.SetText("")
	for name, c := range map[string]struct {
		narrow partner.OwnNarrow
		want   []string
	}{
		"from":     {partner.OwnNarrow{Field: number.ID, Type: data.OwnNumber, From: "10"}, all[1:2]},
		"to":       {partner.OwnNarrow{Field: number.ID, Type: data.OwnNumber, To: "0"}, all[2:3]},
		"date":     {partner.OwnNarrow{Field: date.ID, Type: data.OwnDate, From: "2026-05-01", To: "2026-05-31"}, all[1:2]},
		"choice":   {partner.OwnNarrow{Field: choice.ID, Type: data.OwnChoice, OneOf: []string{"Lav", "Høy"}}, all[2:3]},
		"contains": {partner.OwnNarrow{Field: text.ID, Type: data.OwnText, Contains: "brathen"}, nil},
		"folded":   {partner.OwnNarrow{Field: text.ID, Type: data.OwnText, Contains: "BRÅTH"}, all[:1]},
	} {
		w.narrow.set(partner.Narrow{Own: []partner.OwnNarrow{c.narrow}})
		if ids := w.ids(); !slices.Equal(ids, c.want) {
			t.Errorf("%s: %d found", name, len(ids))
		}
	}
	w.narrow.set(partner.Narrow{})
	w.grid.SortBy(partner.OwnColumn(&number), false)
	w.grid.SortBy(partner.OwnColumn(&number), false) // the largest first
	if ids := w.ids(); !slices.Equal(ids[:3], []string{all[1], all[0], all[2]}) {
		t.Error("numbers are not sorted by size")
	}
}

func TestOwnFieldDialogMakesMovesAndDeletes(t *testing.T) {
	p := uitest.Program(t, true)
	w := try(t, p, data.OrganisationBusiness, "")
	w.onOwnFields()
	d := &ownDialog{page: w.Page, list: container.NewWithoutLayout()}
	d.onEdit(data.OwnField{OrganisationOf: data.OrganisationBusiness, FieldOf: data.OwnText})
	w.Key(fyne.KeyReturn)
	if len(w.own.all()) != 0 {
		t.Error("a field without a name was made")
	}
	w.Write("Lærebedrift")
	w.Key(fyne.KeyReturn)
	if all := w.own.all(); len(all) != 1 || all[0].Name != "Lærebedrift" {
		t.Fatalf("fields %+v, failures %v", all, w.Shell.Failed)
	}
	second := data.OwnField{OrganisationOf: data.OrganisationBusiness, Name: "lærebedrift", FieldOf: data.OwnText}
	if _, err := w.register.PutOwnField("To", second); data.Code(err) != partner.CodeOwnField {
		t.Errorf("the same name twice: %v", err)
	}
	second.Name = "Andre"
	if _, err := w.register.PutOwnField("To", second); err != nil {
		t.Fatal(err)
	}
	f := w.own.all()[1]
	d.onMove(&f, -1)
	if w.own.all()[0].Name != "Andre" {
		t.Error("it did not move")
	}
	d.onDelete(&f)
	if len(w.own.all()) != 1 || len(w.own.fields) != 1 {
		t.Error("it is still there")
	}
	w.undo()
	if len(w.own.all()) != 2 {
		t.Error("undo did not bring it back")
	}
}

func TestSavedFilters(t *testing.T) {
	w := trySample(t)
	total := w.grid.Total()
	if !w.saved.row.Hidden {
		t.Error("an empty row takes room")
	}
	w.narrow.set(partner.Narrow{Centrality: []int{5, 6}})
	w.chips.toggle(partner.StatusContacted)
	want := w.grid.Total()
	if want == 0 || want == total {
		t.Fatalf("the filter gives %d of %d", want, total)
	}
	if len(w.saved.row.Objects) != 1 {
		t.Fatal("nothing offers to save the filter")
	}
	w.saved.onKeep()
	w.Write("Distrikt kontaktet")
	w.Key(fyne.KeyReturn)
	if len(w.saved.all) != 1 || w.saved.all[0].Count != want {
		t.Fatalf("saved %+v, failures %v", w.saved.all, w.Shell.Failed)
	}
	f := w.saved.all[0]
	w.saved.onChip(f) // it is in use: given up
	if w.grid.Total() != total {
		t.Errorf("after giving it up %d of %d", w.grid.Total(), total)
	}
	w.saved.onChip(f)
	if w.grid.Total() != want || len(w.chips.chosen()) != 1 {
		t.Errorf("after using it %d, want %d", w.grid.Total(), want)
	}
	// The number follows the records.
	ids := w.ids()
	w.change("Satte status", ids[:1], func(o *data.Organisation) { o.Status = string(partner.StatusFinished) })
	if w.saved.all[0].Count != want-1 {
		t.Errorf("the chip says %d, want %d", w.saved.all[0].Count, want-1)
	}
	w.saved.onDelete(f)
	if len(w.saved.all) != 0 {
		t.Error("it is still there")
	}
	w.undo()
	if len(w.saved.all) != 1 {
		t.Error("undo did not bring it back")
	}
}

func TestRecordTellsWhatCameFromTheRegister(t *testing.T) {
	p, s := withRegister(t, true)
	s.Add(companiestest.Company(unit, "ØRNE SAG AS", "3435"), companiestest.Workplace(branch, "ØRNE SAG AS AVD LOM", "3434", unit), companiestest.Workplace(other, "ØRNE SAG AS AVD SKJÅK", "3433", unit))
	w := try(t, p, data.OrganisationBusiness, "")
	w.onFetchNew()
	w.Write(unit)
	w.Tasks.Advance(time.Second)
	w.Key(fyne.KeyReturn)
	id := w.record.ID()
	if o := w.stored(id); o.OrgNumber != unit || o.Name != "ØRNE SAG AS" || o.Municipality != "3435" {
		t.Fatalf("made %+v, failures %v", o, w.Shell.Failed)
	}
	if text := uitest.Texts(w.record.Content()); !strings.Contains(text, "Kilde: Enhetsregisteret<") || !strings.Contains(text, "hentet "+time.Now().Format("02.01.2006")) {
		t.Error("no field says where it came from")
	}
	// Once more goes to the one that is there.
	total := w.grid.Total()
	w.onFetchNew()
	w.Write(unit)
	w.Tasks.Advance(time.Second)
	w.Key(fyne.KeyReturn)
	if w.record.ID() != id || w.grid.Total() != total {
		t.Errorf("a second record of the same business: %d of %d", w.grid.Total(), total)
	}
	w.record.official.relatives(true)
	if text := uitest.Texts(w.record.Content()); !strings.Contains(text, "2 underenheter") || !strings.Contains(text, "AVD LOM") {
		t.Fatal("the sub-units are not shown")
	}
	w.record.official.onSwitch(branch)
	w.Key(fyne.KeyReturn)
	if o := w.stored(id); o.OrgNumber != branch || o.Name != "ØRNE SAG AS AVD LOM" || o.Municipality != "3434" {
		t.Errorf("switched %+v, failures %v", o, w.Shell.Failed)
	}
	w.record.official.relatives(true)
	if text := uitest.Texts(w.record.Content()); !strings.Contains(text, "Underenhet av ØRNE SAG AS") {
		t.Error("the main unit is not told of")
	}
	w.undo()
	if o := w.stored(id); o.OrgNumber != unit {
		t.Errorf("one step did not undo it: %+v", o)
	}
}

func TestMapCountsAndFilters(t *testing.T) {
	w := trySample(t)
	w.chart.onToggle()
	sum := 0
	for _, n := range w.chart.counts {
		sum += n
	}
	if sum != w.grid.Total() {
		t.Fatalf("the map counts %d of %d", sum, w.grid.Total())
	}
	most := w.chart.places()[0]
	w.chart.chart.OnToggled(most.Number, true)
	if w.grid.Total() != most.Count {
		t.Errorf("the filter gives %d, the map says %d", w.grid.Total(), most.Count)
	}
	if !w.chart.tree.Checked(most.Number) {
		t.Error("the table does not show what is chosen")
	}
	if w.chart.counts[w.chart.places()[1].Number] == 0 {
		t.Error("the others are gone from the map")
	}
	w.chart.tree.OnToggled([]string{most.Number}, false)
	if w.grid.Total() != sum {
		t.Errorf("given up, the list has %d of %d", w.grid.Total(), sum)
	}
	w.chart.area.SetSelected(areaCountry)
	w.chart.show()
	if len(w.chart.places()) < 300 {
		t.Errorf("Norway has %d municipalities", len(w.chart.places()))
	}
	path := filepath.Join(t.TempDir(), "kart.pdf")
	report := placemap.Report{Title: "Bedrifter i Innlandet", Counts: w.chart.places()}
	w.chart.savePDF(report, path)
	if content, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(content), "%PDF") {
		t.Errorf("no PDF: %v, failures %v", err, w.Shell.Failed)
	}
}

// TestMapCountsOldNumbers: a stored number of before 2024 counts where it lies now,
// and a filter of today finds it.
func TestMapCountsOldNumbers(t *testing.T) {
	p := uitest.Program(t, false)
	err := p.Workspace.Update("Nye", func(tx *data.Tx) error {
		for i, number := range []string{"3435", "0515", "0000", ""} {
			o := data.Organisation{OrganisationOf: data.OrganisationBusiness, Name: fmt.Sprint("Bedrift ", i), Municipality: number}
			if err := tx.Put(&o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	r := partner.NewRegister(p.Workspace, p.Places)
	counts, err := r.ByPlace(partner.Query{Kind: data.OrganisationBusiness})
	if err != nil || counts["3435"] != 2 || counts[""] != 2 {
		t.Errorf("counts %v, %v", counts, err)
	}
	n, err := r.Count(partner.Query{Kind: data.OrganisationBusiness, Narrow: partner.Narrow{Municipalities: []string{"3435"}}})
	if err != nil || n != 2 {
		t.Errorf("the filter finds %d, %v", n, err)
	}
}

// TestMorePartsInPictures makes pictures to look at, when PICTURES names a folder.
func TestMorePartsInPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("PICTURES names no folder")
	}
	p, s := withRegister(t, true)
	text, number, date, choice := define(t, p)
	s.Add(companiestest.Company(unit, "BJØRNSTAD SAG AS", "3435"), companiestest.Workplace(branch, "BJØRNSTAD SAG AS AVD LOM", "3434", unit), companiestest.Workplace(other, "BJØRNSTAD SAG AS AVD SKJÅK", "3433", unit))
	first := try(t, p, data.OrganisationBusiness, "")
	a, err := p.Companies.Lookup(context.Background(), unit, true)
	if err != nil {
		t.Fatal(err)
	}
	first.makeFrom(a)
	id := first.record.ID()
	first.setOwn(id, text.ID, "Åse Bråthen")
	first.setOwn(id, number.ID, "1250.5")
	first.setOwn(id, date.ID, "2026-05-17")
	first.setOwn(id, choice.ID, "Høy")
	for i, f := range []partner.Filter{{Narrow: partner.Narrow{Centrality: []int{6}}}, {Text: "hotell", Narrow: partner.Narrow{Industry: "55", Sizes: []string{"1-4", "5-9", "10-19"}}}} {
		if _, err := first.register.SaveFilter("Lagret", data.OrganisationBusiness, []string{"Minst sentrale", "Små hoteller"}[i], f); err != nil {
			t.Fatal(err)
		}
	}
	first.chart.onToggle()
	first.chart.savePDF(placemap.Report{Title: "Bedrifter i Innlandet", Filter: "Sentralitet: 5, 6", Counts: first.chart.places(), Made: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, filepath.Join(os.Getenv("PICTURES"), "map.pdf"))
	for look, options := range uitest.Looks() {
		for _, size := range []fyne.Size{{Width: 1280, Height: 800}, {Width: 1024, Height: 700}} {
			name := func(what string) string { return fmt.Sprintf("%s-%s-%d", what, look, int(size.Width)) }
			w := uitest.WindowIn(t, p, "nb", options, size.Width-navigation(options), size.Height-80)
			page := New(w.Env, data.OrganisationBusiness, id).(*Page)
			w.Show(page)
			page.record.official.relatives(true)
			w.Picture(name("record"))
			page.record.scroll.ScrollToBottom()
			w.Picture(name("record-end"))
			page.saved.onChip(page.saved.all[0])
			page.chart.onToggle()
			w.Picture(name("map"))
			page.chart.area.SetSelected(areaCountry)
			page.chart.show()
			w.Picture(name("map-norway"))
			if size.Width > 1100 {
				page.onOwnFields()
				w.Picture(name("own"))
				w.Key(fyne.KeyEscape)
				page.onSavedFilters()
				w.Picture(name("saved"))
				w.Key(fyne.KeyEscape)
				page.narrow.onOpen()
				w.Picture(name("narrow"))
				w.Key(fyne.KeyEscape)
			}
		}
	}
	w := uitest.WindowIn(t, p, "en", theme.Options{Variant: theme.Light}, 1100, 720)
	page := New(w.Env, data.OrganisationBusiness, id).(*Page)
	w.Show(page)
	w.Picture("record-en")
}
