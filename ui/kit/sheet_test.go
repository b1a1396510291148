package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kompetansepilot/app/lang"
)

// triedSheet is a sheet on texts that are kept as they come: a label, two years,
// and their sum in a column and a row of their own.
type triedSheet struct {
	*testing.T
	*Sheet
	window fyne.Window
	texts  [][]string // three cells a row
	done   int
	opened []place
	filled int
	before *Button
	after  *Button
}

func trySheet(t *testing.T, texts ...[]string) *triedSheet {
	t.Helper()
	s := &triedSheet{T: t, texts: texts, before: NewButton("før", nil), after: NewButton("etter", nil)}
	s.Sheet = NewSheet(printers["nb"], "Kostnadsplan", []SheetColumn{{Title: "Post"}, {Title: "2020", Amount: true}, {Title: "2021", Amount: true}, {Title: "Sum", Amount: true}})
	s.OnTyped = func(c SheetChange) { s.put(c) }
	s.OnFilled = func(all []SheetChange) {
		s.filled++
		for _, c := range all {
			s.put(c)
		}
	}
	s.OnDone = func() { s.done++ }
	s.OnOpened = func(row, column int) { s.opened = append(s.opened, place{row, column}) }
	s.window, _, _ = window(t, NewScroll(Column(8, s.before, s.Sheet, s.after)))
	s.show()
	s.window.Canvas().Focus(s.Sheet)
	return s
}

func (s *triedSheet) put(c SheetChange) {
	for c.Row >= len(s.texts) {
		s.texts = append(s.texts, make([]string, 3))
	}
	s.texts[c.Row][c.Column] = c.Text
	s.show()
}

func (s *triedSheet) show() {
	var rows []SheetRow
	var all int64
	for i, texts := range s.texts {
		row := SheetRow{ID: string(rune('a' + i)), Cells: []SheetCell{{Text: texts[0]}}}
		var sum int64
		for _, text := range texts[1:] {
			n, err := lang.ParseMoney(text)
			c := SheetCell{Text: text, Raw: text}
			switch {
			case err != nil:
				c.Problem = "«" + text + "» er ikke et beløp."
			case text != "":
				c.Text = printers["nb"].Money(n)
			}
			sum += n
			row.Cells = append(row.Cells, c)
		}
		all += sum
		row.Cells = append(row.Cells, SheetCell{Text: printers["nb"].Money(sum), ReadOnly: true, Opens: true})
		rows = append(rows, row)
	}
	s.SetRows(append(rows, SheetRow{ID: "sum", Sum: true, Cells: []SheetCell{{Text: "Sum"}, {}, {}, {Text: printers["nb"].Money(all), Opens: true}}}))
}

func (s *triedSheet) key(names ...fyne.KeyName) {
	s.Helper()
	key(s.T, s.window, names...)
}

func (s *triedSheet) write(text string) {
	s.Helper()
	write(s.T, s.window, text)
}

func (s *triedSheet) shifted(names ...fyne.KeyName) {
	s.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	s.key(names...)
	s.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func (s *triedSheet) shortcut(shortcut fyne.Shortcut) {
	s.Helper()
	s.window.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(shortcut)
}

func (s *triedSheet) pasteText(text string) {
	s.Helper()
	s.shortcut(&fyne.ShortcutPaste{Clipboard: pasted(text)})
}

// clipboard keeps what is copied.
type clipboard struct{ text string }

func (c *clipboard) Content() string        { return c.text }
func (c *clipboard) SetContent(text string) { c.text = text }

func (s *triedSheet) want(texts ...[]string) {
	s.Helper()
	for i := range texts {
		if i >= len(s.texts) || !slices.Equal(s.texts[i], texts[i]) {
			s.Fatalf("the cells are %q, want %q", s.texts, texts)
		}
	}
}

func (s *triedSheet) wantAt(row, column int) {
	s.Helper()
	if s.at != (place{row, column}) {
		s.Fatalf("at %v, want %v", s.at, place{row, column})
	}
}

func threeRows() [][]string {
	return [][]string{{"Lønn", "100", "200"}, {"Reise", "10", "20"}, {"Annet", "1", "2"}}
}

func TestSheetKeysMove(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.wantAt(0, 0)
	s.key(fyne.KeyRight, fyne.KeyDown)
	s.wantAt(1, 1)
	s.key(fyne.KeyEnd)
	s.wantAt(1, 3)
	s.key(fyne.KeyHome, fyne.KeyUp, fyne.KeyUp, fyne.KeyLeft)
	s.wantAt(0, 0)
	s.key(fyne.KeyPageDown)
	s.wantAt(3, 0)
	ctrl := func(name fyne.KeyName) {
		s.shortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault})
	}
	ctrl(fyne.KeyHome)
	s.wantAt(0, 0)
	ctrl(fyne.KeyEnd)
	s.wantAt(3, 3)
	ctrl(fyne.KeyLeft)
	s.wantAt(3, 0)
	s.shifted(fyne.KeyUp, fyne.KeyRight)
	if from, to := s.block(); from != (place{2, 0}) || to != (place{3, 1}) {
		t.Fatalf("the block is %v to %v", from, to)
	}
	s.key(fyne.KeyEscape)
	if from, to := s.block(); from != to {
		t.Fatal("Esc did not give up the block")
	}
}

func TestSheetTabLeavesAtTheEndOfTheRow(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	s.wantAt(0, 3)
	s.key(fyne.KeyTab)
	if s.window.Canvas().Focused() != fyne.Focusable(s.after) {
		t.Fatalf("Tab at the end of the row went to %T", s.window.Canvas().Focused())
	}
	s.window.Canvas().Focus(s.Sheet)
	s.key(fyne.KeyHome)
	s.shifted(fyne.KeyTab)
	if s.window.Canvas().Focused() != fyne.Focusable(s.before) {
		t.Fatalf("Shift+Tab at the start of the row went to %T", s.window.Canvas().Focused())
	}
}

func TestSheetFillsInWithTabAndEnter(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyRight)
	s.write("5")
	s.key(fyne.KeyTab)
	s.write("6")
	s.key(fyne.KeyTab) // the sum is not to be filled in, so the next row
	s.wantAt(1, 1)
	s.write("7")
	s.key(fyne.KeyTab)
	s.write("8")
	s.key(fyne.KeyEnter) // down, to where the Tabs began
	s.wantAt(2, 1)
	s.want([]string{"Lønn", "5", "6"}, []string{"Reise", "7", "8"}, []string{"Annet", "1", "2"})
	if s.done != 4 {
		t.Errorf("the sheet told %d times that a cell is done", s.done)
	}
}

func TestSheetEditsInPlaceAndChangesItsMind(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyRight, fyne.KeyF2)
	s.write("5")
	s.want([]string{"Lønn", "1005", "200"})
	s.key(fyne.KeyEscape)
	s.want([]string{"Lønn", "100", "200"})
	s.wantAt(0, 1)
	s.write("9")
	s.key(fyne.KeyDown)
	s.want([]string{"Lønn", "9", "200"})
	s.wantAt(1, 1)
	if s.window.Canvas().Focused() != fyne.Focusable(s.Sheet) {
		t.Fatal("the focus did not come back to the sheet")
	}
}

func TestSheetSumsOpenAndAreNotTypedIn(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyEnd)
	s.write("9")
	s.key(fyne.KeyDelete)
	if s.Editing() || s.filled != 0 {
		t.Fatal("a sum was changed")
	}
	s.key(fyne.KeyEnter)
	if !slices.Equal(s.opened, []place{{0, 3}}) {
		t.Fatalf("opened %v", s.opened)
	}
	pos, size := s.spot(place{3, 3})
	at := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	at.Position = pos.AddXY(size.Width/2, size.Height/2)
	s.MouseDown(at)
	s.MouseUp(at)
	if !slices.Equal(s.opened, []place{{0, 3}, {3, 3}}) {
		t.Fatalf("opened %v", s.opened)
	}
}

func TestSheetMouse(t *testing.T) {
	s := trySheet(t, threeRows()...)
	middle := func(row, column int) fyne.Position {
		pos, size := s.spot(place{row, column})
		return pos.AddXY(size.Width/2, size.Height/2)
	}
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position = middle(0, 1)
	s.MouseDown(down)
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: middle(1, 2)}})
	s.DragEnd()
	if s.count() != 4 {
		t.Fatalf("%d cells chosen", s.count())
	}
	down.Position = middle(2, 1)
	s.MouseDown(down)
	s.MouseUp(down)
	s.DoubleTapped(&fyne.PointEvent{Position: down.Position})
	s.write("5")
	down.Position = middle(0, 0)
	s.MouseDown(down)
	s.want([]string{"Lønn", "100", "200"}, []string{"Reise", "10", "20"}, []string{"Annet", "15", "2"})
	if s.Editing() {
		t.Fatal("a click elsewhere did not end the typing")
	}
}

func TestSheetCopiesToExcelAndBack(t *testing.T) {
	s := trySheet(t, []string{"Lønn", "1400000", "200"}, []string{"Reise \"x\"\ty", "10", "20"}, []string{"Annet", "1", "2"})
	s.shifted(fyne.KeyDown, fyne.KeyRight)
	c := &clipboard{}
	s.shortcut(&fyne.ShortcutCopy{Clipboard: c})
	if want := "Lønn\t1400000\n\"Reise \"\"x\"\"\ty\"\t10"; c.text != want {
		t.Fatalf("copied %q, want %q", c.text, want)
	}
	s.shortcut(&fyne.ShortcutCut{Clipboard: c})
	s.want([]string{"", "", "200"}, []string{"", "", "20"}, []string{"Annet", "1", "2"})
	s.pasteText(c.text + "\r\n")
	s.want([]string{"Lønn", "1400000", "200"}, []string{"Reise \"x\"\ty", "10", "20"})
	if s.filled != 2 {
		t.Fatalf("%d steps for a cut and a paste", s.filled)
	}
}

func TestSheetPastesWhatExcelWrites(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyRight)
	s.pasteText("1 400 000\t1400000,00\r\nkr 5\t1\u202f000\r\nukjent\t\r\n")
	s.want([]string{"Lønn", "1 400 000", "1400000,00"}, []string{"Reise", "kr 5", "1\u202f000"}, []string{"Annet", "ukjent", ""})
	if got := plain(s.Cell(0, 3).Text); got != "2 800 000" {
		t.Errorf("the sum is %s", got)
	}
	if got := plain(s.Cell(1, 3).Text); got != "1 005" {
		t.Errorf("the sum is %s", got)
	}
	if c := s.Cell(2, 1); c.Text != "ukjent" || c.Problem == "" {
		t.Errorf("the wrong text became %+v", c)
	}
	s.key(fyne.KeyHome)
	if got := s.foot.sentence; !strings.Contains(got, "Annet, 2020: «ukjent» er ikke et beløp.") {
		t.Errorf("under the sheet stands %q", got)
	}
}

func TestSheetTellsWhatFoundNoRoom(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
	s.pasteText("7\t8\t9\t10\n1\t2\t3\t4\n5\t6\t\t\n")
	s.want([]string{"Lønn", "100", "200"}, []string{"Reise", "10", "20"}, []string{"Annet", "7", "8"})
	got := s.foot.sentence
	// 10, 4, 5 and 6 are outside; 9, 1, 2 and 3 meet sums.
	if !strings.Contains(got, "2 celler er limt inn") || !strings.Contains(got, "4 celler fikk ikke plass") || !strings.Contains(got, "4 celler fylles ut av programmet") {
		t.Fatalf("under the sheet stands %q", got)
	}
	if s.foot.severity != Warn || !s.foot.Visible() {
		t.Error("it is not told as something to look at")
	}
	s.key(fyne.KeyUp)
	if s.foot.Visible() {
		t.Error("the notice stays")
	}
}

func TestSheetRepeatsOneValue(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyRight)
	s.shifted(fyne.KeyRight, fyne.KeyDown)
	s.pasteText("5")
	s.want([]string{"Lønn", "5", "5"}, []string{"Reise", "5", "5"}, []string{"Annet", "1", "2"})
}

func TestSheetPastesABlockWhileTyping(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyRight, fyne.KeyF2)
	s.pasteText("7\t8\n")
	s.want([]string{"Lønn", "7", "8"})
	s.key(fyne.KeyHome, fyne.KeyF2)
	s.pasteText("sn\n")
	s.want([]string{"Lønnsn", "7", "8"})
}

func TestSheetKeepsTheTypingWhenRowsChange(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyDown, fyne.KeyRight)
	s.write("77")
	rows := append([]SheetRow{{ID: "ny", Cells: []SheetCell{{Text: "Ny"}, {}, {}, {}}}}, s.Rows()...)
	s.SetRows(rows)
	s.wantAt(2, 1)
	if !s.Editing() || s.entry.Text != "77" || s.window.Canvas().Focused() != fyne.Focusable(s.entry) {
		t.Fatal("the typing was lost")
	}
	s.SetRows(rows[:2])
	if s.Editing() {
		t.Fatal("the cell is still typed in, but its row is gone")
	}
}

func TestSheetScrollsSidewaysWhenNarrow(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.window.Resize(fyne.NewSize(330, 400))
	if !s.overflows() {
		t.Fatal("all columns fit")
	}
	s.key(fyne.KeyEnd)
	if pos, size := s.spot(place{0, 3}); size.Width < 60 || pos.X+size.Width > s.Size().Width+1 {
		t.Fatalf("the sum is at %v, %v wide, in a sheet of %v", pos.X, size.Width, s.Size().Width)
	}
	if pos, _ := s.spot(place{0, 0}); pos.X != 0 {
		t.Error("the first column moved")
	}
	s.key(fyne.KeyHome, fyne.KeyRight)
	if s.skip != 0 {
		t.Errorf("the columns are still scrolled by %d", s.skip)
	}
}

func TestSheetAfterTheWindowWasLeft(t *testing.T) {
	s := trySheet(t, threeRows()...)
	s.key(fyne.KeyRight)
	s.write("77")
	s.entry.FocusLost() // as Fyne does when another window comes
	s.entry.FocusGained()
	if s.Editing() || s.window.Canvas().Focused() != fyne.Focusable(s.Sheet) {
		t.Fatal("the keys go to a cell that is no longer typed in")
	}
	s.want([]string{"Lønn", "77", "200"})
	s.write("8")
	s.want([]string{"Lønn", "8", "200"})
}

func TestSheetsInLineScrollTogether(t *testing.T) {
	s := trySheet(t, threeRows()...)
	other := NewSheet(printers["nb"], "Finansieringsplan", s.columns)
	other.SetRows([]SheetRow{{ID: "a", Cells: []SheetCell{{Text: "Tilskudd"}, {Text: "123 456 789"}}}})
	AlignSheets(s.Sheet, other)
	s.window.SetContent(NewStage(nil, printers["nb"], NewScroll(Column(8, s.Sheet, other))))
	s.window.Resize(fyne.NewSize(380, 400))
	if !slices.Equal(s.lefts, other.lefts) {
		t.Fatalf("the columns are at %v and %v", s.lefts, other.lefts)
	}
	s.window.Canvas().Focus(s.Sheet)
	s.key(fyne.KeyEnd)
	if s.skip == 0 || other.skip != s.skip {
		t.Fatalf("scrolled by %d and %d columns", s.skip, other.skip)
	}
	for column := range s.columns {
		if pos, size := s.spot(place{0, column}); pos.X+size.Width > s.Size().Width+1 {
			t.Errorf("column %d is cut off", column)
		}
	}
}

func FuzzParseClip(f *testing.F) {
	for _, text := range []string{"", "a\tb\nc", "\"a\"\"b\tc\"\td\r\n", "\"a", "\t\n\t", "\"a\"b\tc", "\"\""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows := parseClip(text)
		again := parseClip(formatClip(rows))
		// Empty lines at the end are not kept; everything else comes back.
		trim := func(rows [][]string) [][]string {
			for len(rows) > 0 && slices.Equal(rows[len(rows)-1], []string{""}) {
				rows = rows[:len(rows)-1]
			}
			return rows
		}
		if !slices.EqualFunc(trim(rows), trim(again), slices.Equal[[]string]) {
			t.Fatalf("%q became %q", rows, again)
		}
	})
}
