package listing

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// Options are what a page tells its list. R is one record as it is listed.
type Options[R any] struct {
	Name    string  // what columns and divider are remembered under
	Divider float64 // where the divider stands until it is moved, from 0 to 1
	Columns []kit.GridColumn
	Usual   string // how the columns are arranged until a person does it

	Title, Loading string
	Fault          string // stands on the page when the first reading fails
	Filter, NoHits string
	Empty          string           // what the page is for, while there is nothing on it
	First          string           // names the button that makes the first record, and more
	OnFirst        func()           // what it does
	More           []*fyne.MenuItem // what is done seldom, before what every list can do
	Menu           []*fyne.MenuItem // what can be done with selected rows, between copying and deleting
	Above          []fyne.CanvasObject
	ClearFilters   func() // turns off the filters in Above, without reading the list

	// Read is called with the words in the filter and the order of the columns, on
	// Fyne's goroutine; what it gives reads the list in the background.
	Read func(text string, sort []kit.GridSort) func(context.Context) (Loaded[R], error)
	// ID, Find and Cells are a record's id, what letters typed in the grid find it by,
	// and the texts of its row; plain leaves numbers as spreadsheets take them.
	ID    func(*R) string
	Find  func(*R) string
	Cells func(r *R, plain bool) []string

	Count func(n int) string // "3 behov"
	Also  func([]R) string   // what else the line under the grid says of the records; nil for nothing

	Open, Edit string // fields that opening and editing a row go to
	Save       Saver
	Delete     func(label string, ids []string) error
	Deleted    func(count string) string // names the step
}

// Loaded is what one reading gives.
type Loaded[R any] struct {
	Records []R    // as they are filtered and sorted
	Whole   int    // how many there are without a filter
	Show    func() // shows what else was read; nil for nothing
	More    bool   // there is something on the page, though it has no records
}

// Saver brings what is typed to the workspace, and other work after it.
type Saver interface {
	Flush()
	Do(work func() error, done func(error))
}

// Beside is the record beside a list: a Record, or what embeds one.
type Beside interface {
	ID() string
	Open(id string)
	Close()
	Focus(field string)
	place() (content fyne.CanvasObject, back *kit.Button)
}

// List is a page of records that are read whole, as some thousands can be: a filter
// over a grid, and the record that is chosen beside it.
type List[R any] struct {
	Frame   *kit.Page
	Filter  *kit.SearchField
	Grid    *kit.Grid
	Sides   *kit.Sides
	Records []R // as they are filtered and sorted
	Rows    []kit.GridRow

	env    *screen.Env
	words  *lang.Printer
	o      Options[R]
	count  *kit.Text
	first  *kit.Button
	empty  fyne.CanvasObject
	record Beside

	loads  *task.Latest
	whole  int    // how many there are without a filter
	wanted string // record to go to when the list comes
	field  string // field of it to go to
	next   int    // row to go to when the list comes, -1 for none
	shown  bool   // the list has come once, and was not empty
	left   bool
}

// New makes the list. Start completes it.
func New[R any](env *screen.Env, o Options[R]) *List[R] {
	l := &List[R]{env: env, words: env.Words, o: o, next: -1, loads: task.NewLatest(env.Tasks)}
	l.Filter = kit.NewSearchField(l.words, o.Filter)
	l.Filter.OnChanged = func(string) { l.Refilter() }
	l.Filter.OnDown = l.onDown
	l.Filter.OnSubmitted = func(string) { l.onDown() }
	l.count = kit.NewQuietText("")
	l.Grid = l.newGrid()
	l.empty = kit.NewEmpty(o.Empty, o.First, o.OnFirst)
	l.first = kit.NewPrimaryButton(o.First, o.OnFirst)
	l.Frame = kit.NewPage(l.words, o.Title, nil, l.more(), kit.NewQuietText(o.Loading))
	return l
}

func (l *List[R]) newGrid() *kit.Grid {
	g := NewGrid(l.env, l.o.Name, l.o.Columns, l.o.Usual)
	g.Serve(func() []kit.GridRow { return l.Rows })
	g.OnSort = func([]kit.GridSort) { l.Load() }
	g.OnCurrent = func(id string) {
		if id != "" {
			l.record.Open(id)
		}
	}
	g.OnSelected = func(int) { l.tell() }
	g.OnOpen = func(string) { l.FocusField(l.o.Open) }
	g.OnEdit = func(string) { l.FocusField(l.o.Edit) }
	g.OnDelete = l.onDelete
	g.OnCopy = l.onCopy
	g.OnFind = l.onFind
	g.OnSlash = func() { focus(l.env, l.Filter) }
	g.OnColumns = l.onColumns
	g.Menu = l.selectionItems
	g.SetEmpty(l.o.NoHits)
	return g
}

// more is the menu for what is done seldom.
func (l *List[R]) more() []*fyne.MenuItem {
	return append(slices.Clone(l.o.More),
		fyne.NewMenuItemWithIcon(l.words.T("register.selectAll"), fynetheme.CheckButtonCheckedIcon(), l.Grid.SelectAll),
		fyne.NewMenuItemWithIcon(l.words.T("register.copyAll"), fynetheme.ContentCopyIcon(), func() { l.copyRows(l.Records) }),
		fyne.NewMenuItemWithIcon(l.words.T("register.grid.columns"), fynetheme.ListIcon(), l.onColumns))
}

// selectionItems are the menu of the grid for its selection.
func (l *List[R]) selectionItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{fyne.NewMenuItemWithIcon(l.words.T("register.copy"), fynetheme.ContentCopyIcon(), func() { l.onCopy(l.Grid.Selected()) })}
	items = append(items, l.o.Menu...)
	return append(items, fyne.NewMenuItemWithIcon(l.words.T("register.delete"), fynetheme.DeleteIcon(), l.onDelete))
}

// Start puts a record beside the list and reads it. id is the record to show first, ""
// for the first of the list.
func (l *List[R]) Start(record Beside, id string) {
	gap := theme.Size(theme.SizeNameGap)
	content, back := record.place()
	above := kit.Column(gap, append([]fyne.CanvasObject{l.Filter}, l.o.Above...)...)
	l.record, l.wanted = record, id
	l.Sides = NewSides(l.env, l.o.Name, l.o.Divider, kit.Pane(kit.Padded(gap/2, above), l.Grid, kit.Padded(gap/2, kit.Row(l.count))), content, back)
	l.Load()
}

// Title is the page's name.
func (l *List[R]) Title() string { return l.o.Title }

// Content is the page.
func (l *List[R]) Content() fyne.CanvasObject { return l.Frame }

// Leave hands over what was typed.
func (l *List[R]) Leave() {
	l.left = true
	l.o.Save.Flush()
}

// Left tells whether the page was left.
func (l *List[R]) Left() bool { return l.left }

// FocusField goes to a field of the record.
func (l *List[R]) FocusField(field string) {
	if l.record.ID() != "" {
		l.Sides.ShowRecord(true)
	}
	l.record.Focus(field)
}

// GoList goes back to the list.
func (l *List[R]) GoList() {
	l.o.Save.Flush()
	l.Sides.ShowRecord(false)
	focus(l.env, l.Grid)
}

// Refilter reads the list after its filters have changed.
func (l *List[R]) Refilter() {
	l.Grid.ScrollToTop()
	l.Load()
}

// Load reads the list.
func (l *List[R]) Load() {
	task.RunLatest(l.loads, context.Background(), l.o.Read(l.Filter.Text(), l.Grid.Sort()), l.onLoaded)
}

func (l *List[R]) onLoaded(got Loaded[R], err error) {
	switch {
	case l.left:
		return
	case err != nil:
		if !l.shown {
			l.Frame.SetContent(kit.Readable(kit.NewMarkedLine(l.words, kit.Stop, l.o.Fault)))
		}
		l.env.Shell.Fail(l.o.Loading, err)
		return
	}
	l.Records, l.whole = got.Records, got.Whole
	l.fill()
	if got.Show != nil {
		got.Show()
	}
	l.showFrame(got.Whole == 0 && !got.More && l.wanted == "")
	at := l.index(l.follow())
	l.Grid.Refill(at)
	l.Grid.Deselect(l.gone())
	l.tell()
	l.goOn(at)
	l.shown = len(l.Rows) > 0
}

// goOn makes the record current that is wanted, where it is in the list at a row, or
// that comes in the place of one that went, or the first that ever came.
func (l *List[R]) goOn(at int) {
	switch {
	case l.wanted != "":
		id, field := l.wanted, l.field
		l.wanted, l.field = "", ""
		if at >= 0 {
			l.Grid.GoTo(at, id)
		}
		l.record.Open(id)
		l.Sides.ShowRecord(true)
		if field != "" {
			l.record.Focus(field)
		}
	case l.next >= 0:
		row := min(l.next, len(l.Rows)-1)
		l.next = -1
		l.goTo(row)
	case !l.shown:
		l.goTo(0)
	}
}

// fill makes the rows.
func (l *List[R]) fill() { l.Rows = l.rowsOf(l.Records, false) }

// ShowAgain makes the rows anew, after what they tell has changed past the records.
func (l *List[R]) ShowAgain() {
	if len(l.Records) > 0 {
		l.fill()
		l.Grid.Refill(l.index(l.record.ID()))
	}
}

func (l *List[R]) rowsOf(records []R, plain bool) []kit.GridRow {
	rows := make([]kit.GridRow, len(records))
	for i := range records {
		rows[i] = kit.GridRow{ID: l.o.ID(&records[i]), Cells: l.o.Cells(&records[i], plain)}
	}
	return rows
}

func (l *List[R]) goTo(row int) {
	if row >= 0 && row < len(l.Rows) {
		l.Grid.GoTo(row, l.Rows[row].ID)
	}
}

// follow is the record whose place in the list matters.
func (l *List[R]) follow() string {
	if l.wanted != "" {
		return l.wanted
	}
	return l.record.ID()
}

// index is where a record stands, -1 for nowhere.
func (l *List[R]) index(id string) int {
	return slices.IndexFunc(l.Rows, func(r kit.GridRow) bool { return r.ID == id && id != "" })
}

// gone are the selected records that are no longer in the list.
func (l *List[R]) gone() []string {
	selected := l.Grid.Selected()
	if len(selected) == 0 {
		return nil
	}
	there := make(map[string]bool, len(l.Rows))
	for i := range l.Rows {
		there[l.Rows[i].ID] = true
	}
	return slices.DeleteFunc(selected, func(id string) bool { return there[id] })
}

// tell writes the numbers under the grid.
func (l *List[R]) tell() {
	also := ""
	if l.o.Also != nil {
		also = l.o.Also(l.Records)
	}
	l.count.SetText(Tally(l.words, l.o.Count, len(l.Rows), l.whole, also, len(l.Grid.Selected())))
}

// showFrame shows the list, or what stands in its place while there is nothing.
func (l *List[R]) showFrame(empty bool) {
	if empty {
		l.record.Close()
		l.shown = false         // so that the first one that comes is shown
		l.Frame.SetPrimary(nil) // the empty page has the same button in its middle
		l.Frame.SetContent(l.empty)
		return
	}
	if l.Frame.Content() != l.Sides.Content() {
		l.Frame.SetPrimary(l.first)
		l.Frame.SetContent(l.Sides.Content())
	}
}

// Empty tells whether the page shows that there is nothing on it.
func (l *List[R]) Empty() bool { return l.Frame.Content() == l.empty }

func (l *List[R]) onColumns() { kit.ShowGridColumns(l.env.Shell.Window(), l.words, l.Grid) }

// onDown goes from the filter to the rows that it found.
func (l *List[R]) onDown() {
	if len(l.Rows) == 0 {
		return
	}
	if l.Grid.Current() == "" {
		l.goTo(0)
	}
	focus(l.env, l.Grid)
}

// onFind goes to the next record that begins with a text, and from the top again.
func (l *List[R]) onFind(text string, from int) {
	n, folded := len(l.Records), data.Fold(text)
	for i := range n {
		at := (max(from, 0) + i) % n
		if strings.HasPrefix(data.Fold(l.o.Find(&l.Records[at])), folded) {
			l.goTo(at)
			return
		}
	}
}

func (l *List[R]) onCopy(ids []string) {
	chosen := make(map[string]bool, len(ids))
	for _, id := range ids {
		chosen[id] = true
	}
	l.copyRows(slices.DeleteFunc(slices.Clone(l.Records), func(r R) bool { return !chosen[l.o.ID(&r)] }))
}

// copyRows puts records on the clipboard, as a spreadsheet takes them.
func (l *List[R]) copyRows(records []R) {
	fyne.CurrentApp().Clipboard().SetContent(l.Grid.CopyText(l.rowsOf(records, true)))
	l.env.Shell.Toast(l.words.N("register.copied", len(records)), false)
}

// Create makes a record as a step with a name, turns off what could hide it, and goes
// to a field of it.
func (l *List[R]) Create(label, field string, create func() (id string, err error)) {
	id := ""
	l.o.Save.Do(func() (err error) {
		id, err = create()
		return err
	}, func(err error) {
		if err != nil {
			l.env.Shell.Fail(label, err)
			return
		}
		l.env.Shell.Saved()
		l.Filter.SetText("")
		l.o.ClearFilters()
		l.wanted, l.field = id, field
		l.Load()
	})
}

func (l *List[R]) onDelete() { l.Remove(l.Grid.Selected()) }

// Remove moves records to the trash; the row after them becomes current.
func (l *List[R]) Remove(ids []string) {
	if len(ids) == 0 {
		return
	}
	label := l.o.Deleted(l.o.Count(len(ids)))
	l.o.Save.Do(func() error { return l.o.Delete(label, ids) }, func(err error) {
		if !l.env.Done(label, err) {
			return
		}
		l.next = max(l.Grid.Row()-(len(ids)-1), 0)
		l.Grid.Select(nil)
		l.record.Close()
		l.Load()
	})
}
