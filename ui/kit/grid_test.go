package kit

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"kompetansepilot/ui/theme"
)

// gridTry is a grid of n rows in a window.
type gridTry struct {
	*testing.T
	*Grid
	w     fyne.Window
	order []int // row -> number of the record
	loads int
	heard []string
}

func tryGrid(t *testing.T, n int, layout string) *gridTry {
	t.Helper()
	g := &gridTry{T: t}
	for i := range n {
		g.order = append(g.order, i)
	}
	g.Grid = NewGrid(printers["nb"], []GridColumn{
		{ID: "name", Label: "Navn", Width: 200, Sortable: true, Fixed: true},
		{ID: "number", Label: "Nummer", Width: 100, Sortable: true, Align: fyne.TextAlignTrailing},
		{ID: "note", Label: "Notat", Width: 300},
		{ID: "extra", Label: "Ekstra", Width: 100, Hidden: true},
	}, layout)
	g.Rows = func(from, to int, found func([]GridRow)) { g.loads++; found(g.rows(from, to)) }
	g.IDs = func(from, to int, found func([]string)) {
		var ids []string
		for _, r := range g.rows(from, to) {
			ids = append(ids, r.ID)
		}
		found(ids)
	}
	g.OnCurrent = func(id string) { g.heard = append(g.heard, id) }
	g.w, _, _ = window(t, g.Grid)
	g.SetRows(n, 0, g.rows(0, min(n, 50)), -1)
	g.w.Canvas().Focus(g.Grid)
	return g
}

func (g *gridTry) rows(from, to int) []GridRow {
	var rows []GridRow
	for i := max(from, 0); i < min(to, len(g.order)); i++ {
		n := g.order[i]
		rows = append(rows, GridRow{ID: fmt.Sprintf("r%d", n), Cells: []string{fmt.Sprintf("Bedrift %d", n), fmt.Sprint(n), "merk\tdette", ""}})
	}
	return rows
}

func (g *gridTry) hold(shift bool, keys ...fyne.KeyName) {
	g.Helper()
	if shift {
		g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		defer g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	key(g.T, g.w, keys...)
}

func (g *gridTry) wantSelected(want ...string) {
	g.Helper()
	got := g.Selected()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		g.Errorf("selected %q, want %q", got, want)
	}
}

// mouse presses on a row.
func (g *gridTry) mouse(row int, modifier fyne.KeyModifier) {
	at := fyne.NewPos(20, (float32(row)+0.5)*gridRowHeight())
	g.body.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: modifier})
}

func (g *gridTry) column(x float32) fyne.PointEvent {
	return fyne.PointEvent{Position: fyne.NewPos(x, 10)}
}

func TestGridKeys(t *testing.T) {
	g := tryGrid(t, 1000, "")
	var opened, edited string
	g.OnOpen, g.OnEdit = func(id string) { opened = id }, func(id string) { edited = id }
	if g.Current() != "r0" {
		t.Fatalf("the focus begins on %q", g.Current())
	}
	g.hold(false, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	g.wantSelected("r1")
	g.hold(false, fyne.KeyReturn, fyne.KeyF2)
	if opened != "r1" || edited != "r1" {
		t.Errorf("opened %q, edited %q", opened, edited)
	}
	g.hold(false, fyne.KeyEnd)
	g.wantSelected("r999")
	if label := g.AccessibilityLabel(); !strings.Contains(plain(label), "1 000") || !strings.Contains(label, "Navn: Bedrift 999") {
		t.Errorf("label %q", label)
	}
	g.hold(false, fyne.KeyPageUp)
	if g.at >= 990 || g.at < 960 {
		t.Errorf("a page over 999 is %d", g.at)
	}
	g.hold(false, fyne.KeyHome, fyne.KeyUp)
	g.wantSelected("r0")
	if last := g.heard[len(g.heard)-1]; last != "r0" {
		t.Errorf("last told %q", last)
	}
}

func TestGridSelectsSeveral(t *testing.T) {
	g := tryGrid(t, 5000, "")
	g.hold(false, fyne.KeyDown)
	g.hold(true, fyne.KeyDown, fyne.KeyDown)
	g.wantSelected("r1", "r2", "r3")
	g.hold(true, fyne.KeyUp, fyne.KeyUp, fyne.KeyUp)
	g.wantSelected("r0", "r1")
	g.mouse(4, fyne.KeyModifierShortcutDefault)
	g.wantSelected("r0", "r1", "r4")
	g.mouse(4, fyne.KeyModifierShortcutDefault)
	g.wantSelected("r0", "r1")
	g.mouse(2, 0)
	g.mouse(5, fyne.KeyModifierShift)
	g.wantSelected("r2", "r3", "r4", "r5")
	g.hold(false, fyne.KeyEscape)
	g.wantSelected("r5")
	count := 0
	g.OnSelected = func(n int) { count = n }
	g.hold(true, fyne.KeyEnd) // most of these rows were never loaded
	if len(g.Selected()) != 4995 || count != 4995 {
		t.Errorf("%d selected, told %d", len(g.Selected()), count)
	}
	g.TypedShortcut(&fyne.ShortcutSelectAll{})
	if len(g.Selected()) != 5000 {
		t.Errorf("all is %d", len(g.Selected()))
	}
	g.hold(false, fyne.KeyHome, fyne.KeySpace)
	g.wantSelected()
}

func TestGridSelectionOutlivesSorting(t *testing.T) {
	g := tryGrid(t, 300, "")
	g.mouse(2, 0)
	g.mouse(3, fyne.KeyModifierShortcutDefault)
	slices.Reverse(g.order)
	g.SetRows(300, 250, g.rows(250, 300), 296)
	g.wantSelected("r2", "r3")
	if g.Current() != "r3" {
		t.Errorf("current %q", g.Current())
	}
	g.hold(false, fyne.KeyDown)
	g.wantSelected("r2")
	g.SetRows(3, 0, g.rows(0, 3), -1)
	if g.Current() != "" {
		t.Errorf("a row that is gone is still current: %q", g.Current())
	}
	g.SetRows(0, 0, nil, -1)
	g.hold(false, fyne.KeyDown, fyne.KeyEnd, fyne.KeyReturn, fyne.KeySpace, fyne.KeyPageUp)
}

func TestGridSorts(t *testing.T) {
	g := tryGrid(t, 10, "")
	var sorted []GridSort
	layout := ""
	g.OnSort, g.OnLayout = func(s []GridSort) { sorted = s }, func(l string) { layout = l }
	click := func(x float32, modifier fyne.KeyModifier) {
		at := g.Grid.header
		ev := (&gridTry{}).column(x)
		at.MouseDown(&desktop.MouseEvent{PointEvent: ev, Modifier: modifier})
		at.Tapped(&ev)
	}
	want := func(w ...GridSort) {
		t.Helper()
		if !slices.Equal(sorted, w) {
			t.Errorf("sorted by %v, want %v", sorted, w)
		}
	}
	click(100, 0)
	want(GridSort{Column: "name"})
	click(100, 0)
	want(GridSort{"name", true})
	click(250, fyne.KeyModifierShift)
	want(GridSort{"name", true}, GridSort{Column: "number"})
	if g.header.cells[1].order.Text != "2" || g.header.cells[1].arrow.Hidden {
		t.Error("the header does not say what sorts second")
	}
	click(400, 0) // not sortable
	want(GridSort{"name", true}, GridSort{Column: "number"})
	click(250, fyne.KeyModifierShift)
	click(250, fyne.KeyModifierShift)
	want(GridSort{"name", true})
	other := tryGrid(t, 10, layout)
	if !slices.Equal(other.Sort(), sorted) {
		t.Errorf("the next time it is sorted by %v", other.Sort())
	}
}

func (g *gridTry) shownIDs() string {
	var ids []string
	for _, c := range g.Grid.layout.shown() {
		ids = append(ids, c.id)
	}
	return strings.Join(ids, " ")
}

func TestGridColumns(t *testing.T) {
	g := tryGrid(t, 10, "")
	layout := ""
	g.OnLayout = func(l string) { layout = l }
	drag := func(from, by float32) {
		half := by / 2
		for _, x := range []float32{from + half, from + by} {
			g.header.Dragged(&fyne.DragEvent{PointEvent: g.column(x), Dragged: fyne.NewDelta(half, 0)})
		}
		g.header.DragEnd()
	}
	drag(200, 60) // the edge of the name
	if width := g.Grid.layout.columns[0].width; width != 260 {
		t.Errorf("the name is %v wide", width)
	}
	drag(100, 240) // the name over the number
	if got := g.shownIDs(); got != "number name note" {
		t.Errorf("columns %q", got)
	}
	g.ShowColumn("name", false)
	g.ShowColumn("note", false)
	g.ShowColumn("extra", true)
	g.WidenColumn("extra", -1000)
	other := tryGrid(t, 10, layout)
	if got := other.shownIDs(); got != "number name extra" {
		t.Errorf("remembered %q", got)
	}
	if width := other.Grid.layout.columns[other.Grid.layout.find("extra")].width; width != narrowestColumn {
		t.Errorf("remembered width %v", width)
	}
	for _, bad := range []string{"{", `{"columns":[{"id":"x"},{"id":"name","width":-5,"hidden":true},{"id":"name"}],"sort":[{"column":"note"}]}`, `{"columns":[{"id":"note","width":1e30}]}`} {
		g := tryGrid(t, 10, bad)
		if len(g.Grid.layout.columns) != 4 || len(g.Sort()) != 0 || g.Grid.layout.width() > 2000 {
			t.Errorf("%s gives %v", bad, g.Grid.layout)
		}
	}
	// The menu does the same by keyboard.
	other.hold(false, fyne.KeyRight)
	items := other.columnItems()
	for _, i := range items {
		if i.Label == printers["nb"].T("register.grid.moveLeft") {
			i.Action()
		}
	}
	if got := other.shownIDs(); got != "name number extra" || other.Grid.column != 0 {
		t.Errorf("moved to %q, column %d", got, other.Grid.column)
	}
}

func TestGridColumnsDialog(t *testing.T) {
	g := tryGrid(t, 10, "")
	c := &columnChooser{grid: g.Grid, words: printers["nb"], rows: Column(0), lines: map[string]*columnLine{}}
	for _, l := range g.Grid.layout.columns {
		c.lines[l.id] = c.newLine(l)
	}
	c.show()
	if !c.lines["name"].check.Disabled() || !c.lines["name"].up.Disabled() || !c.lines["extra"].down.Disabled() {
		t.Error("what cannot be done can be pressed")
	}
	click(c.lines["extra"].check)
	click(c.lines["number"].up)
	click(c.lines["note"].wider)
	if got := g.shownIDs(); got != "number name note extra" {
		t.Errorf("columns %q", got)
	}
	if !c.lines["number"].up.Disabled() {
		t.Error("the first can still go up")
	}
	c.onReset()
	if got := g.shownIDs(); got != "name number note" || c.lines["extra"].check.Checked() {
		t.Errorf("after reset %q", got)
	}
}

func TestGridDrawsOnlyWhatIsInSight(t *testing.T) {
	g := NewGrid(printers["nb"], []GridColumn{{ID: "a", Label: "A", Width: 100}}, "")
	g.SetRows(100_000, 0, nil, -1)
	if len(g.body.lines) != 0 {
		t.Fatalf("%d lines before the first layout", len(g.body.lines))
	}
	try := tryGrid(t, 100_000, "")
	fits := int(700/gridRowHeight()) + 2
	try.hold(false, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd)
	if n := len(try.body.lines); n > fits {
		t.Errorf("%d lines for %d rows in sight", n, fits)
	}
	if n := len(try.cache); n > 4000 {
		t.Errorf("%d rows are kept", n)
	}
	if try.loads > 4 {
		t.Errorf("loaded %d times", try.loads)
	}
	shown := 0
	for _, l := range try.body.lines {
		if l.row >= 0 && l.cells[0].Visible() {
			shown++
			if want := fmt.Sprintf("Bedrift %d", l.row); l.cells[0].Text != want {
				t.Errorf("row %d says %q", l.row, l.cells[0].Text)
			}
		}
	}
	if shown < fits-4 {
		t.Errorf("%d rows are written", shown)
	}
}

func TestGridDropsLateRows(t *testing.T) {
	g := tryGrid(t, 1000, "")
	var late func([]GridRow)
	g.Rows = func(_, _ int, found func([]GridRow)) { late = found }
	g.hold(false, fyne.KeyEnd)
	if late == nil {
		t.Fatal("did not ask for the last rows")
	}
	old := late
	slices.Reverse(g.order)
	g.SetRows(1000, 0, g.rows(0, 50), -1)
	old([]GridRow{{ID: "wrong", Cells: []string{"feil", "", "", ""}}})
	for _, r := range g.cache {
		if r.ID == "wrong" {
			t.Error("an answer to an older question was taken")
		}
	}
}

func TestGridWaitsForARow(t *testing.T) {
	g := tryGrid(t, 1000, "")
	var late func([]GridRow)
	from := 0
	g.Rows = func(f, _ int, found func([]GridRow)) { from, late = f, found }
	g.hold(false, fyne.KeyEnd)
	if g.Current() != "" {
		t.Fatalf("current %q before it is loaded", g.Current())
	}
	late(g.rows(from, 1000))
	g.wantSelected("r999")
	if g.heard[len(g.heard)-1] != "r999" {
		t.Errorf("told of %q", g.heard[len(g.heard)-1])
	}
}

func TestGridFindsByLetters(t *testing.T) {
	g := tryGrid(t, 100, "")
	var asked []string
	slash := 0
	g.OnFind, g.OnSlash = func(text string, from int) { asked = append(asked, fmt.Sprint(text, from)) }, func() { slash++ }
	write(t, g.w, "/ås a")
	if want := []string{"å1", "ås0", "ås 0", "ås a0"}; !slices.Equal(asked, want) || slash != 1 {
		t.Errorf("asked %q, %d slashes", asked, slash)
	}
	g.GoTo(40, "r40")
	g.wantSelected("r40")
	if g.scroll.Offset.Y == 0 {
		t.Error("the row found is out of sight")
	}
}

func TestGridCopies(t *testing.T) {
	g := tryGrid(t, 10, "")
	var copied []string
	g.OnCopy = func(ids []string) { copied = ids }
	g.hold(true, fyne.KeyDown)
	g.TypedShortcut(&fyne.ShortcutCopy{})
	if len(copied) != 2 {
		t.Errorf("copied %q", copied)
	}
	if got := g.CopyText(g.rows(0, 1)); got != "Navn\tNummer\tNotat\nBedrift 0\t0\tmerk dette\n" {
		t.Errorf("as a table: %q", got)
	}
}

func TestGridHeaderAtLargeText(t *testing.T) {
	g := tryGrid(t, 10, "")
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Variant: theme.HighContrast, TextScale: 2}))
	g.Grid.Refresh()
	cell := g.header.cells[1]
	if cell.label.Text != "Nummer" || cell.label.MinSize().Height > gridHeaderHeight() {
		t.Errorf("the header says %q, %v high of %v", cell.label.Text, cell.label.MinSize().Height, gridHeaderHeight())
	}
	if row := g.body.lines[0]; row.cells[0].MinSize().Height > gridRowHeight() || row.face.FillColor != theme.Color(theme.ColorNameSelectedRow) {
		t.Error("the rows do not follow the theme")
	}
}

// BenchmarkGridScroll is one step of the wheel over 100 000 rows.
func BenchmarkGridScroll(b *testing.B) {
	app := test.NewApp()
	app.Settings().SetTheme(theme.New(theme.Options{Variant: theme.Light}))
	var columns []GridColumn
	cells := make([]string, 12)
	for i := range cells {
		columns = append(columns, GridColumn{ID: fmt.Sprint(i), Label: fmt.Sprint("Kolonne ", i), Width: 90})
		cells[i] = fmt.Sprint("Celle nummer ", i)
	}
	g := NewGrid(printers["nb"], columns, "")
	g.Rows = func(from, to int, found func([]GridRow)) {
		rows := make([]GridRow, to-from)
		for i := range rows {
			rows[i] = GridRow{ID: fmt.Sprint(from + i), Cells: cells}
		}
		found(rows)
	}
	w := test.NewWindow(g)
	defer w.Close()
	w.Resize(fyne.NewSize(1280, 800))
	g.SetRows(100_000, 0, nil, -1)
	b.ReportAllocs()
	y := float32(0)
	for b.Loop() {
		y += 100
		if y > 3_900_000 {
			y = 0
		}
		g.scroll.ScrollToOffset(fyne.NewPos(0, y))
	}
}

// TestGridTakesOtherColumns: columns can come while the grid shows rows, and rows
// that were made before them do no harm.
func TestGridTakesOtherColumns(t *testing.T) {
	g := NewGrid(printers["nb"], []GridColumn{{ID: "a", Label: "A", Width: 100}}, "")
	w := test.NewWindow(g)
	defer w.Close()
	w.Resize(fyne.NewSize(400, 300))
	g.SetColumns([]GridColumn{{ID: "a", Label: "A", Width: 100}, {ID: "b", Label: "B", Width: 100, Sortable: true}}, `{"sort":[{"column":"b"}]}`)
	g.SetRows(1, 0, []GridRow{{ID: "1", Cells: []string{"x"}}}, 0)
	if text := g.CopyText([]GridRow{{ID: "1", Cells: []string{"x"}}}); text != "A\tB\nx\t" && text != "A\tB\nx\t\n" && text != "A\tB\r\nx\t\r\n" {
		t.Errorf("copied %q", text)
	}
	if s := g.Sort(); len(s) != 1 || s[0].Column != "b" {
		t.Errorf("sorted by %v", s)
	}
}

// TestSizedMarks: a mark's size tells how many, and its figure can be read on each
// shade in each look.
func TestSizedMarks(t *testing.T) {
	a := test.NewApp()
	defer test.NewApp()
	for _, v := range []theme.Variant{theme.Light, theme.Dark, theme.HighContrast} {
		a.Settings().SetTheme(theme.New(theme.Options{Variant: v}))
		for class := 1; class <= 6; class++ {
			m := newMapMark()
			m.paint(MapKey{Class: class, Size: 2, Shade: float32(class) / 6})
			if m.side != 2*markSide(false) {
				t.Errorf("a mark of size 2 is %v", m.side)
			}
			if c := contrast(m.face.FillColor, m.figure.Color); c < 4.5 {
				t.Errorf("look %v, class %d: contrast %.1f", v, class, c)
			}
		}
	}
}

// TestGridServesAList takes its rows from a list in memory, and follows it.
func TestGridServesAList(t *testing.T) {
	g := NewGrid(printers["nb"], []GridColumn{{ID: "name", Label: "Navn", Width: 200}}, "")
	rows := []GridRow{{ID: "a", Cells: []string{"Berg"}}, {ID: "b", Cells: []string{"Dal"}}}
	g.Serve(func() []GridRow { return rows })
	window(t, g)
	g.Refill(1)
	if g.total != 2 || g.cache[1].ID != "b" {
		t.Errorf("%d rows, %v", g.total, g.cache)
	}
	rows = rows[:1]
	g.Refill(-1)
	var ids []string
	g.IDs(-5, 50, func(found []string) { ids = found })
	if g.total != 1 || len(ids) != 1 || ids[0] != "a" {
		t.Errorf("%d rows, %v", g.total, ids)
	}
}
