package application

import (
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/app/grant"
	"kompetansepilot/data"
	"kompetansepilot/ui/saving"
	"kompetansepilot/ui/theme"
	"kompetansepilot/ui/uitest"
)

// clip is a clipboard that holds a text.
type clip struct{ text string }

func (c *clip) Content() string        { return c.text }
func (c *clip) SetContent(text string) { c.text = text }

// grids are the plans of the economy, opened.
func (w *tried) grids() (cost, financing *budgetGrid) {
	w.Helper()
	w.FocusField("costPlan")
	fields := w.current.view.(*sectionView).fields
	return fields["costPlan"].(*firstGrid).budgetGrid, fields["financingPlan"].(*budgetGrid)
}

// at goes to the cell of a row and a year; 0 is the row's name.
func (w *tried) at(g *budgetGrid, label string, year int) {
	w.Helper()
	column := 0
	if year != 0 {
		column = 1 + slices.Index(g.years, year)
	}
	for _, row := range g.sheet.Rows() {
		if strings.HasPrefix(row.Cells[0].Text, label) {
			g.sheet.SelectRow(row.ID, column)
			w.desk.focus(g.sheet)
			return
		}
	}
	w.Fatalf("no row %q", label)
}

func (w *tried) said(g *budgetGrid) []string {
	var all []string
	for _, l := range []*statementList{g.view.lines.share, g.view.lines.sums, g.view.lines.ceils} {
		for _, s := range l.shown {
			all = append(all, plain(s.text))
		}
	}
	return all
}

func (w *tried) wantSaid(g *budgetGrid, sentence string) {
	w.Helper()
	if all := w.said(g); !slices.Contains(all, sentence) {
		w.Fatalf("not said: %s\nsaid: %s", sentence, strings.Join(all, "\n"))
	}
}

func (w *tried) storedRow(plan func(*data.Draft) []data.BudgetRow, label string) data.BudgetRow {
	w.Helper()
	d := w.draftNow()
	b := grant.ComputeBudget(w.call, &d, nil, "nb")
	for _, line := range append(b.Cost, b.Financing...) {
		for _, row := range plan(&d) {
			if row.ID == line.Row.ID && strings.HasPrefix(line.Label, label) {
				return row
			}
		}
	}
	w.Fatalf("no stored row %q", label)
	return data.BudgetRow{}
}

func costOf(d *data.Draft) []data.BudgetRow      { return d.Cost }
func financingOf(d *data.Draft) []data.BudgetRow { return d.Financing }

func TestShareOfTheSample(t *testing.T) {
	w := trySample(t)
	cost, _ := w.grids()
	w.wantSaid(cost, "Tilskudd 4 400 000 av 6 282 000 = 70,04 %. Det er 2 600 kroner over taket på 70 %. Største tilskudd: 4 397 400.")
	w.wantSaid(cost, "Kostnader og finansiering er like hvert år, 6 282 000 kroner til sammen.")
	w.wantSaid(cost, "Hele perioden: 4 400 000 av 4 400 000 kroner. 0 er igjen.")
	_, financing := w.grids()
	if len(w.report.Of("financingPlan")) == 0 || len(financing.found) != 0 {
		t.Errorf("under the plan stands %v, which the line says already", financing.found)
	}
	if !cost.view.lines.lower.Visible() {
		t.Fatal("nothing offers to lower the grant")
	}
}

func TestGrantIsLoweredAndUndone(t *testing.T) {
	w := trySample(t)
	cost, _ := w.grids()
	test.Tap(cost.view.lines.lower)
	row := w.storedRow(financingOf, "Tilskudd")
	if got := [3]int64{row.Amount(2020), row.Amount(2021), row.Amount(2022)}; got != [3]int64{1400000, 1500000, 1497400} {
		t.Fatalf("stored %v", got)
	}
	w.wantSaid(cost, "Tilskudd 4 397 400 av 6 282 000 = 70,00 %. Det er innenfor taket på 70 %. Største tilskudd: 4 397 400.")
	w.wantSaid(cost, "2022: kostnader 2 100 000, finansiering 2 097 400. Det mangler 2 600 kroner i finansiering.")
	if cost.view.lines.lower.Visible() || len(w.shell.toasts) != 1 {
		t.Fatalf("the button stays, or nothing was told: %v", w.shell.toasts)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	w.wantSaid(cost, "Tilskudd 4 400 000 av 6 282 000 = 70,04 %. Det er 2 600 kroner over taket på 70 %. Største tilskudd: 4 397 400.")
}

func TestBudgetFollowsEachKey(t *testing.T) {
	w := trySample(t)
	cost, _ := w.grids()
	w.at(cost, "Følgeevaluering", 2023)
	w.write("50 000")
	w.wantSaid(cost, "Tilskudd 4 400 000 av 6 292 000 = 69,93 %. Det er innenfor taket på 70 %. Største tilskudd: 4 404 400.")
	if row := w.storedRow(costOf, "Følgeevaluering"); row.Amount(2023) != 40000 {
		t.Fatal("stored before the keyboard rested")
	}
	// Another program changes the application meanwhile: the typing stays.
	if err := w.program.Grants.SetField("Endret utenfra", w.id, "background", "Annet"); err != nil {
		t.Fatal(err)
	}
	if !cost.sheet.Editing() {
		t.Fatal("the cell is no longer typed in")
	}
	w.write("0")
	w.key(fyne.KeyEnter)
	if row := w.storedRow(costOf, "Følgeevaluering"); row.Amount(2023) != 500000 {
		t.Fatalf("stored %d", row.Amount(2023))
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	w.wantSaid(cost, "Tilskudd 4 400 000 av 6 282 000 = 70,04 %. Det er 2 600 kroner over taket på 70 %. Største tilskudd: 4 397 400.")
}

func TestEscapePutsTheAmountBack(t *testing.T) {
	w := trySample(t)
	cost, _ := w.grids()
	w.at(cost, "Følgeevaluering", 2023)
	w.write("9")
	w.rest()
	w.key(fyne.KeyEscape)
	if row := w.storedRow(costOf, "Følgeevaluering"); row.Amount(2023) != 40000 {
		t.Fatalf("stored %d", row.Amount(2023))
	}
}

func TestTextThatIsNoAmountIsKept(t *testing.T) {
	w := trySample(t)
	cost, _ := w.grids()
	w.at(cost, "Følgeevaluering", 2023)
	w.write("ca. 40")
	w.key(fyne.KeyEnter)
	row := w.storedRow(costOf, "Følgeevaluering")
	if row.Cells["2023"] != "ca. 40" || row.Amount(2023) != 0 {
		t.Fatalf("stored %q, which counts as %d", row.Cells["2023"], row.Amount(2023))
	}
	w.at(cost, "Følgeevaluering", 2023)
	at, column := cost.sheet.Selected()
	if c := cost.sheet.Cell(at, column); c.Text != "ca. 40" || !strings.Contains(c.Problem, "«ca. 40» er ikke et helt tall") {
		t.Fatalf("the cell is %+v", c)
	}
	sentence := "«Kostnadsplan» har 1 celle med tekst som ikke er et tall. Den teller som 0."
	w.wantSaid(cost, sentence)
	if all := w.report.Of("costPlan"); len(all) == 0 || all[0].Severity != grant.Stop || all[0].Message != sentence {
		t.Fatalf("the check found %+v", all)
	}
	w.write("40000")
	w.key(fyne.KeyEnter)
	if row := w.storedRow(costOf, "Følgeevaluering"); row.Amount(2023) != 40000 {
		t.Fatalf("stored %d", row.Amount(2023))
	}
}

func TestPlanIsPastedFromExcel(t *testing.T) {
	w := try(t)
	cost, _ := w.grids()
	w.at(cost, "Lønn", 0)
	cost.sheet.TypedShortcut(&fyne.ShortcutPaste{Clipboard: &clip{"Prosjektleder\t150 000\t720 000,00\tkr 740 000\t280000\r\nReiser\t1\t2\tx\t4\r\n"}})
	row := w.storedRow(costOf, "Prosjektleder")
	if row.Amount(2020) != 150000 || row.Amount(2021) != 720000 || row.Amount(2022) != 740000 || row.Amount(2023) != 280000 {
		t.Fatalf("stored %v", row.Cells)
	}
	if second := w.storedRow(costOf, "Reiser"); second.Cells["2022"] != "x" || second.Amount(2023) != 4 {
		t.Fatalf("stored %v", second.Cells)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	if d := w.draftNow(); d.Cost[0].Label != "" || len(d.Cost[0].Cells) != 0 {
		t.Fatal("the paste is not one step to undo")
	}
}

func TestHoursTimesRate(t *testing.T) {
	w := try(t)
	cost, _ := w.grids()
	w.at(cost, "Egeninnsats", 2021)
	w.write("200")
	w.key(fyne.KeyEnter)
	row := w.storedRow(costOf, "Egeninnsats")
	w.at(cost, "Egeninnsats", 2021)
	at, column := cost.sheet.Selected()
	if c := cost.sheet.Cell(at, 0); !strings.Contains(c.Problem, "ingen timesats") {
		t.Fatalf("nothing asks for the rate: %+v", c)
	}
	f := cost.editRow(row.ID)
	f.rate.SetValue(600)
	f.basis.SetText("Vår egen sats")
	f.onDone()
	if row := w.storedRow(costOf, "Egeninnsats"); row.Amount(2021) != 120000 || row.RateBasis != "Vår egen sats" {
		t.Fatalf("stored %+v", row)
	}
	c := cost.sheet.Cell(at, column)
	if plain(c.Text) != "200 t" || plain(c.Second) != "= 120 000" {
		t.Fatalf("the cell says %q, %q", c.Text, c.Second)
	}
	sum := cost.sheet.Cell(at, cost.lastColumn()-1)
	if want := "120 000 = 200 timer × 600 kroner. Grunnlag for satsen: Vår egen sats"; plain(sum.Tip) != want {
		t.Fatalf("the sum says %q, want %q", plain(sum.Tip), want)
	}
	if c := cost.sheet.Cell(at, 0); c.Problem != "" || plain(c.Second) != "600 kr timen" {
		t.Fatalf("the row says %+v", c)
	}
}

func TestSumsShowWhereTheyComeFrom(t *testing.T) {
	w := trySample(t)
	_, financing := w.grids()
	financing.sheet.SelectRow(sumRow, 2)
	w.desk.focus(financing.sheet)
	w.key(fyne.KeyEnter)
	top := w.shell.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("nothing opened")
	}
	want := "2 060 000 = Tilskudd fra Kompetansepiloter 1 500 000 + Innlandet fylkeskommune, egne midler og timer 560 000"
	at, column := financing.sheet.Selected()
	if got := plain(financing.sheet.Cell(at, column).Tip); got != want {
		t.Errorf("the sum is explained as %q", got)
	}
	if got := texts(top); !strings.Contains(got, "Tilskudd fra Kompetansepiloter") {
		t.Errorf("what opened says %s", got)
	}
	w.key(fyne.KeyEscape)
	if w.shell.window.Canvas().Overlays().Top() != nil || w.shell.window.Canvas().Focused() != fyne.Focusable(financing.sheet) {
		t.Error("Esc did not go back to the sheet")
	}
}

func TestRowsAreAddedMovedAndRemoved(t *testing.T) {
	w := try(t)
	cost, _ := w.grids()
	kind, _ := w.call.CostType("services")
	cost.add(kind)
	w.write("Kompetansemegler")
	w.key(fyne.KeyEnter)
	d := w.draftNow()
	last := len(d.Cost) - 1
	if d.Cost[last].Label != "Kompetansemegler" || d.Cost[last].Type != "services" {
		t.Fatalf("stored %+v", d.Cost[last])
	}
	w.at(cost, "Kompetansemegler", 0)
	cost.onUp()
	if d := w.draftNow(); d.Cost[last-1].Label != "Kompetansemegler" {
		t.Fatal("the row did not move up")
	}
	if at, _ := cost.sheet.Selected(); cost.sheet.Cell(at, 0).Text != "Kompetansemegler" {
		t.Fatal("the chosen cell did not follow its row")
	}
	cost.onRemove()
	if d := w.draftNow(); len(d.Cost) != last || len(w.shell.toasts) != 1 {
		t.Fatalf("%d rows left, told %v", len(d.Cost), w.shell.toasts)
	}
	if _, err := w.program.Workspace.Undo(); err != nil {
		t.Fatal(err)
	}
	w.at(cost, "Kompetansemegler", 0)
}

// TestBudgetPictures makes pictures of the economy to look at, when PICTURES
// names a folder.
func TestBudgetPictures(t *testing.T) {
	if os.Getenv("PICTURES") == "" {
		t.Skip("no PICTURES")
	}
	for look, options := range uitest.Looks() {
		for name, size := range map[string]fyne.Size{"wide": {Width: 1280, Height: 800}, "narrow": {Width: 1024, Height: 700}} {
			for full, open := range map[string]func(*testing.T) *tried{"full": trySample, "empty": try} {
				w := open(t)
				fyne.CurrentApp().Settings().SetTheme(theme.New(options))
				w.shell.window.Resize(size)
				for _, field := range []string{"costPlan", "financingPlan", "coFinancingConfirmed"} {
					w.FocusField(field)
					w.picture(strings.Join([]string{"budget", look, name, full, field}, "-"))
				}
			}
		}
		w := trySample(t)
		fyne.CurrentApp().Settings().SetTheme(theme.New(options))
		w.shell.window.Resize(fyne.NewSize(1060, 800))
		w.pictureStates("budget-" + look + "-")
	}
}

// pictureStates shows what the sheets look like while they are worked in.
func (w *tried) pictureStates(name string) {
	cost, financing := w.grids()
	w.at(cost, "Følgeevaluering", 2023)
	w.write("ca. 40")
	w.key(fyne.KeyEnter)
	w.at(cost, "Revisjon", 2021)
	w.picture(name + "wrong")
	w.at(cost, "Følgeevaluering", 2023)
	w.key(fyne.KeyF2)
	w.picture(name + "typing")
	w.key(fyne.KeyEscape)
	w.at(cost, "Kartlegging", 2020)
	cost.sheet.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	w.key(fyne.KeyDown, fyne.KeyRight, fyne.KeyRight)
	cost.sheet.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	w.picture(name + "block")
	financing.sheet.SelectRow(sumRow, 2)
	financing.sheet.Focus()
	w.key(fyne.KeyEnter)
	w.picture(name + "sum")
	w.key(fyne.KeyEscape)
	row := w.storedRow(financingOf, "Innlandet").ID
	financing.sheet.SelectRow(row, financing.lastColumn())
	financing.sheet.Focus()
	w.picture(name + "right")
	f := newEvidenceForm(financing, data.Evidence{BudgetRow: row, EvidenceOf: data.EvidenceLetter})
	w.picture(name + "evidence")
	f.dialog.Close()
	showEvidence(financing, row)
	w.picture(name + "list")
	w.key(fyne.KeyEscape)
	cost.editRow(w.storedRow(costOf, "Fylkeskommunens").ID)
	w.picture(name + "row")
}

// picture saves what the window shows.
func (w *tried) picture(name string) {
	w.Helper()
	// A window finds new smallest sizes at its next frame; the test's has none.
	size := w.shell.window.Canvas().Size()
	w.shell.window.Resize(size.SubtractWidthHeight(1, 1))
	w.shell.window.Resize(size)
	w.tasks.Advance(saving.TypingPause)
	f, err := os.Create(filepath.Join(os.Getenv("PICTURES"), name+".png"))
	if err != nil {
		w.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.shell.window.Canvas().Capture()); err != nil {
		w.Fatal(err)
	}
}
