package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kompetansepilot/app/lang"
	"kompetansepilot/ui/theme"
)

// SheetColumn is a column of a Sheet.
type SheetColumn struct {
	Title string
	// Amount puts the texts to the right. All such columns of a sheet, and of the
	// sheets that it is in line with, are equally wide.
	Amount bool
	// Width is wished for, at text size 1; 0 is what the texts need. Columns of
	// text become narrower when there is no room, those of amounts never.
	Width float32
}

// SheetCell is a cell, ready to be shown.
type SheetCell struct {
	Text   string
	Second string // under the text, in quiet letters; makes the row higher
	Raw    string // what is edited and copied; "" is Text

	ReadOnly bool
	// Opens is for a cell that Enter or a click opens: see Sheet.OnOpened.
	Opens bool

	Problem string // what is wrong with the text, as a sentence
	Tip     string // more about the cell
	Marked  bool   // the mark of Tone stands before the text
	Tone    Severity
	Quiet   bool
}

// raw is what the cell is copied as.
func (c *SheetCell) raw() string {
	if c.Raw != "" {
		return c.Raw
	}
	return c.Text
}

// SheetRow is a row. ID follows the row when others come and go.
type SheetRow struct {
	ID    string
	Sum   bool // bold, and not to be edited
	Cells []SheetCell
}

// SheetChange is a new text for a cell.
type SheetChange struct {
	Row, Column int
	Text        string
}

// place is a cell by number.
type place struct{ row, column int }

// Sheet is a small spreadsheet: rows and columns of texts that are edited in
// place. It is as high as its rows and stands in a page that scrolls; when it is
// too narrow for its columns it scrolls sideways by whole columns, and its first
// stays.
//
// The keys are those of Excel. Tab goes along the row, and from its end out of
// the sheet; after something was typed it goes on to the next row. Copied blocks
// are text with tabs, both ways.
//
// A Sheet shows what SetRows gave and changes nothing itself: it tells what was
// typed, and expects new rows in return.
type Sheet struct {
	widget.BaseWidget

	// OnTyped gets the text of a cell at each key, and the text from before when
	// the person changes their mind.
	OnTyped func(c SheetChange)
	// OnFilled gets what was pasted, cut or cleared at once. With Grows there may
	// be rows after the last.
	OnFilled func([]SheetChange)
	// OnDone is called when a cell is no longer typed in.
	OnDone func()
	// OnOpened is called for a cell that Opens.
	OnOpened func(row, column int)
	// OnSelected is called when another cell is chosen.
	OnSelected func(row, column int)
	// Grows lets a paste go on under the last row.
	Grows bool

	words   *lang.Printer
	label   string
	columns []SheetColumn
	rows    []SheetRow
	peers   []*Sheet

	at, from place // the cell, and the other corner of the block
	focused  bool
	touched  bool // had the focus once: the cell stays marked
	shift    bool // held, where the driver does not tell
	tabbed   int  // the column where a run of Tab began; -1 for none
	notice   string
	bad      bool // the notice is about something that was not done

	edit     sheetEdit
	entry    *inputEntry
	holder   *container.ThemeOverride
	face     *canvas.Rectangle // under the entry
	faceRing *outline

	sheetLayout
	pane   *sheetPane
	frame  *outline
	bar    *canvas.Rectangle
	wheel  *sheetWheel
	foot   *SeverityLine
	info   *canvas.Text
	anchor *canvas.Rectangle // where tooltips and popovers hang
	tip    *tooltip
	over   place
	drag   dragKind
}

var (
	_ drawn              = (*Sheet)(nil)
	_ inputOwner         = (*Sheet)(nil)
	_ Control            = (*Sheet)(nil)
	_ fyne.Tabbable      = (*Sheet)(nil)
	_ fyne.Shortcutable  = (*Sheet)(nil)
	_ fyne.Draggable     = (*Sheet)(nil)
	_ fyne.Accessible    = (*Sheet)(nil)
	_ desktop.Keyable    = (*Sheet)(nil)
	_ desktop.Mouseable  = (*Sheet)(nil)
	_ desktop.Hoverable  = (*Sheet)(nil)
	_ desktop.Cursorable = (*Sheet)(nil)
)

// NewSheet makes a sheet without rows. label names it for screen readers.
func NewSheet(words *lang.Printer, label string, columns []SheetColumn) *Sheet {
	s := &Sheet{
		words: words, label: label, columns: columns, tabbed: -1, over: place{-1, -1},
		face: &canvas.Rectangle{}, faceRing: newOutline(), frame: newOutline(), bar: &canvas.Rectangle{}, info: &canvas.Text{},
		anchor: &canvas.Rectangle{}, foot: NewMarkedLine(words, Stop, ""),
	}
	s.foot.Hide()
	s.tip = &tooltip{owner: s.anchor}
	s.wheel = newSheetWheel(s)
	s.entry = newInputEntry(s, false)
	s.entry.tabs = true
	s.holder = container.NewThemeOverride(s.entry, barless{})
	s.holder.Hide()
	s.face.Hide()
	s.faceRing.hide(true)
	s.pane = newSheetPane(s)
	s.ExtendBaseWidget(s)
	return s
}

// AlignSheets gives sheets that stand under each other equally wide columns.
func AlignSheets(sheets ...*Sheet) {
	for _, s := range sheets {
		s.peers = sheets
	}
}

// SetRows shows other texts. The chosen cell, and what is being typed in it,
// follow their row.
func (s *Sheet) SetRows(rows []SheetRow) {
	at, from := s.idOf(s.at.row), s.idOf(s.from.row)
	s.rows = rows
	s.at.row, s.from.row = s.rowOf(at, s.at.row), s.rowOf(from, s.from.row)
	if s.edit.on {
		if row := s.rowOf(s.edit.id, -1); row < 0 || !s.editable(place{row, s.at.column}) {
			s.endEdit(true)
		}
	}
	s.Refresh()
}

// Rows are the rows as they are shown.
func (s *Sheet) Rows() []SheetRow { return s.rows }

// Cell is a cell as it is shown; one outside the sheet is empty.
func (s *Sheet) Cell(row, column int) SheetCell {
	if row < 0 || row >= len(s.rows) || column < 0 || column >= len(s.rows[row].Cells) {
		return SheetCell{ReadOnly: true}
	}
	return s.rows[row].Cells[column]
}

// Selected is the chosen cell.
func (s *Sheet) Selected() (row, column int) { return s.at.row, s.at.column }

// Select chooses a cell and brings it into sight.
func (s *Sheet) Select(row, column int) { s.move(place{row, column}, false) }

// SelectRow chooses a cell by the row's ID and tells whether the row is there.
func (s *Sheet) SelectRow(id string, column int) bool {
	row := s.rowOf(id, -1)
	if row >= 0 {
		s.Select(row, column)
	}
	return row >= 0
}

// Editing tells whether a cell is being typed in.
func (s *Sheet) Editing() bool { return s.edit.on }

// Notice shows a sentence under the sheet until something else is done.
func (s *Sheet) Notice(sentence string, bad bool) {
	s.notice, s.bad = sentence, bad
	s.Refresh()
}

// FocusTarget is what takes the focus.
func (s *Sheet) FocusTarget() fyne.Focusable { return s }

// Focus takes the focus and brings as much of the sheet into sight as there is
// room for.
func (s *Sheet) Focus() {
	focus(s)
	if on := canvasOf(s); on != nil {
		// A page that was built just now finds its places at the next frame.
		runnerOf(on).After(afterLayout, func() {
			label := theme.Size(theme.SizeNameControl) // of the field that the sheet stands in
			reveal(s, fyne.NewPos(0, -label), s.Size().AddWidthHeight(0, label))
			s.reveal()
		})
	}
}

// FocusGained shows the ring and the chosen cell.
func (s *Sheet) FocusGained() {
	s.focused, s.touched = true, true
	s.reveal()
	s.Refresh()
}

// FocusLost hides the ring.
func (s *Sheet) FocusLost() {
	s.focused, s.shift, s.notice = false, false, ""
	s.tip.hide()
	s.Refresh()
}

// AccessibilityLabel is the sheet, and the chosen cell with its row and column.
func (s *Sheet) AccessibilityLabel() string {
	if len(s.rows) == 0 {
		return s.label
	}
	c := s.Cell(s.at.row, s.at.column)
	text := s.label + ". " + s.nameOf(s.at) + ": " + c.Text
	for _, more := range []string{c.Second, c.Problem, c.Tip} {
		if more != "" {
			text += ". " + more
		}
	}
	return text
}

// AccessibilityRole is text, the nearest that Fyne has.
func (s *Sheet) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// nameOf is a cell in words: "Lønn, 2021".
func (s *Sheet) nameOf(p place) string {
	if p.column >= len(s.columns) {
		return ""
	}
	if name := s.Cell(p.row, 0).Text; name != "" && p.column > 0 {
		return name + ", " + s.columns[p.column].Title
	}
	return s.columns[p.column].Title
}

func (s *Sheet) idOf(row int) string {
	if row >= 0 && row < len(s.rows) {
		return s.rows[row].ID
	}
	return ""
}

// rowOf is the row with an ID, or otherwise, kept inside the sheet.
func (s *Sheet) rowOf(id string, otherwise int) int {
	for i := range s.rows {
		if id != "" && s.rows[i].ID == id {
			return i
		}
	}
	return min(otherwise, max(len(s.rows)-1, 0))
}

func (s *Sheet) editable(p place) bool {
	return p.row >= 0 && p.row < len(s.rows) && !s.rows[p.row].Sum && !s.Cell(p.row, p.column).ReadOnly
}

// block is the chosen area, its corners included.
func (s *Sheet) block() (from, to place) {
	return place{min(s.at.row, s.from.row), min(s.at.column, s.from.column)},
		place{max(s.at.row, s.from.row), max(s.at.column, s.from.column)}
}

// move goes to a cell, or stretches the block to it.
func (s *Sheet) move(to place, stretch bool) {
	to.row = max(0, min(to.row, len(s.rows)-1))
	to.column = max(0, min(to.column, len(s.columns)-1))
	changed := to != s.at
	s.at = to
	if !stretch {
		s.from = to
	}
	s.notice = ""
	s.tip.hide()
	s.Refresh()
	s.reveal()
	if changed && s.OnSelected != nil {
		s.OnSelected(to.row, to.column)
	}
}

// open does what Enter does on a cell that is not typed in.
func (s *Sheet) open() {
	if s.Cell(s.at.row, s.at.column).Opens && s.OnOpened != nil {
		s.OnOpened(s.at.row, s.at.column)
	}
}

// ShowText hangs a text to read and copy on a cell.
func (s *Sheet) ShowText(row, column int, text string) {
	s.hang(place{row, column})
	const width = 380
	body := NewText(text)
	var pop *popover
	closing := NewButton(s.words.T("kit.close"), func() { pop.close() })
	content := Column(8, body, Row(NewCopyButton(s.words, s.words.T("kit.copy"), text), closing))
	room := width * s.scale()
	pop = showPopover(s.anchor, content, fyne.NewSize(room, heightOf(content, room)), closing, nil)
}
