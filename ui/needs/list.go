package needs

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/need"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// Columns that cannot be sorted by.
const (
	columnAbout     = "about"
	columnWords     = "words"
	columnMonths    = "months"
	columnCredits   = "credits"
	columnShareable = "shareable"
	columnID        = "id"
)

// byNewest is how the rows are sorted until somebody sorts them.
const byNewest = `{"sort":[{"column":"said","descending":true}]}`

// columns of the grid, in the order of the cells.
func (p *Page) columns() []kit.GridColumn {
	w := p.words
	return []kit.GridColumn{
		{ID: need.ColumnText, Label: w.T("needs.column.text"), Width: 300, Sortable: true, Fixed: true},
		{ID: columnAbout, Label: w.T("needs.column.about"), Width: 170},
		{ID: need.ColumnBusiness, Label: w.T("needs.column.business"), Width: 160, Sortable: true},
		{ID: need.ColumnPlace, Label: w.T("needs.column.place"), Width: 110, Sortable: true},
		{ID: need.ColumnPeople, Label: w.T("needs.column.people"), Width: 80, Align: fyne.TextAlignTrailing, Sortable: true},
		{ID: need.ColumnState, Label: w.T("needs.column.state"), Width: 160, Sortable: true},
		{ID: need.ColumnUrgency, Label: w.T("needs.column.urgency"), Width: 100, Sortable: true},
		{ID: need.ColumnLevel, Label: w.T("needs.column.level"), Width: 130, Sortable: true},
		{ID: need.ColumnForm, Label: w.T("needs.column.form"), Width: 140, Sortable: true},
		{ID: need.ColumnReach, Label: w.T("needs.column.reach"), Width: 90, Align: fyne.TextAlignTrailing, Sortable: true, Hidden: true},
		{ID: columnMonths, Label: w.T("needs.column.months"), Width: 130},
		{ID: need.ColumnIndustry, Label: w.T("needs.column.industry"), Width: 170, Sortable: true, Hidden: true},
		{ID: columnCredits, Label: w.T("needs.column.credits"), Width: 100, Align: fyne.TextAlignTrailing, Hidden: true},
		{ID: columnShareable, Label: w.T("needs.column.shareable"), Width: 100, Hidden: true},
		{ID: need.ColumnSaid, Label: w.T("needs.column.said"), Width: 100, Sortable: true},
		{ID: columnWords, Label: w.T("needs.column.words"), Width: 260, Hidden: true},
		{ID: columnID, Label: w.T("needs.column.id"), Width: 90, Hidden: true},
	}
}

// cells are the texts of a row. plain leaves numbers without spaces, for
// spreadsheets.
func (p *Page) cells(l *need.Listed, plain bool) []string {
	w := p.words
	number := func(n int64) string {
		switch {
		case n == 0:
			return ""
		case plain:
			return strconv.FormatInt(n, 10)
		}
		return w.Number(n)
	}
	text, state := l.Text, need.StateWord(w, l.State)
	if !plain {
		if text = strings.Join(strings.Fields(text), " "); text == "" {
			text = shortText(w, &l.Need)
		}
		if l.Faults > 0 {
			text = "! " + text
		}
	}
	if l.Offer != "" {
		state = l.Offer
	}
	credits, said := "", ""
	if l.Credits > 0 {
		credits = partner.CreditsText(l.Credits, decimalOf(w))
	}
	if l.Interview != "" {
		said = w.DateShort(l.Interview)
	}
	share := ""
	if l.Shareable {
		share = w.T("interview.yes")
	}
	return []string{text, p.about(l.ID), l.Business, l.Place, number(l.People), state, urgencyWord(w, l.Urgency), need.LevelWord(w, l.Level), need.FormWord(w, l.Form),
		number(l.Reach), months(w, &l.Need), l.Industry, credits, share, said, strings.Join(strings.Fields(l.OwnWords), " "), l.ID}
}

// months are the months of a need, short.
func months(w *lang.Printer, n *data.Need) string {
	if n.FromMonth < 1 || n.FromMonth > 12 || n.ToMonth < 1 || n.ToMonth > 12 {
		return ""
	}
	from, to := w.MonthShort(time.Month(n.FromMonth)), w.MonthShort(time.Month(n.ToMonth))
	if from == to {
		return from
	}
	return from + "–" + to
}

func newGrid(p *Page) *kit.Grid {
	layout, ok := p.env.Program.State.Get().Columns[gridName]
	if !ok {
		layout = byNewest
	}
	g := kit.NewGrid(p.words, p.columns(), layout)
	g.Serve(func() []kit.GridRow { return p.rows })
	g.OnSort = func([]kit.GridSort) { p.load() }
	g.OnLayout = func(layout string) { p.env.Remember(func(prefs *app.Preferences) { prefs.Columns[gridName] = layout }) }
	g.OnCurrent = func(id string) {
		if id != "" {
			p.record.open(id)
		}
	}
	g.OnSelected = func(int) { p.tell() }
	g.OnOpen = func(string) { p.FocusField(fieldOffers) }
	g.OnEdit = func(string) { p.FocusField(need.FieldText) }
	g.OnDelete = p.onDelete
	g.OnCopy = p.onCopy
	g.OnFind = p.onFind
	g.OnSlash = func() { p.focus(p.filter) }
	g.OnColumns = p.onColumns
	g.Menu = p.selectionItems
	g.SetEmpty(p.words.T("needs.noHits"))
	return g
}

// selectionItems are what can be done with the rows that are selected.
func (p *Page) selectionItems() []*fyne.MenuItem {
	w := p.words
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(w.T("register.copy"), fynetheme.ContentCopyIcon(), func() { p.onCopy(p.grid.Selected()) }),
		fyne.NewMenuItemWithIcon(w.T("needs.share"), fynetheme.ConfirmIcon(), func() { p.onShare(true) }),
		fyne.NewMenuItemWithIcon(w.T("needs.unshare"), fynetheme.CancelIcon(), func() { p.onShare(false) }),
		fyne.NewMenuItemWithIcon(w.T("register.delete"), fynetheme.DeleteIcon(), p.onDelete),
	}
}

// onFind goes to the next need whose text begins with what was typed.
func (p *Page) onFind(text string, from int) {
	n, folded := len(p.listed), data.Fold(text)
	for i := range n {
		at := (max(from, 0) + i) % n
		if strings.HasPrefix(data.Fold(p.listed[at].Text), folded) {
			p.goTo(at)
			return
		}
	}
}

func (p *Page) onCopy(ids []string) {
	chosen := make(map[string]bool, len(ids))
	for _, id := range ids {
		chosen[id] = true
	}
	p.copyRows(slices.DeleteFunc(slices.Clone(p.listed), func(l need.Listed) bool { return !chosen[l.ID] }))
}

func (p *Page) copyRows(listed []need.Listed) {
	rows := make([]kit.GridRow, len(listed))
	for i := range listed {
		rows[i] = kit.GridRow{ID: listed[i].ID, Cells: p.cells(&listed[i], true)}
	}
	fyne.CurrentApp().Clipboard().SetContent(p.grid.CopyText(rows))
	p.env.Shell.Toast(p.words.N("register.copied", len(rows)), false)
}

// onExport asks for a file, XLSX or CSV, and writes the list that is shown with
// all columns; it can be read in again.
func (p *Page) onExport() {
	w := p.words
	format := kit.NewRadio([]kit.Option{{ID: ".xlsx", Label: w.T("exchange.export.xlsx")}, {ID: ".csv", Label: w.T("exchange.export.csv")}}, nil)
	format.SetSelected(".xlsx")
	anonymous := kit.NewCheck(w.T("needs.export.anonymous"), nil)
	kit.ShowForm(p.env.Shell.Window(), w, kit.Form{Title: w.T("needs.export"), Verb: w.T("exchange.export.verb"), Text: w.N("needs.export.text", len(p.listed)),
		Fields: []fyne.CanvasObject{kit.NewField(w, kit.FieldOptions{Label: w.T("exchange.export.format")}, format),
			kit.NewField(w, kit.FieldOptions{Label: w.T("needs.export.who"), Hint: w.T("needs.export.whoHint")}, anonymous)},
		OnDone: func() { p.chooseExport(format.Selected(), anonymous.Checked()) }})
}

func (p *Page) chooseExport(ending string, anonymous bool) {
	filter := kit.FileFilter{Name: p.words.T("exchange.files"), Extensions: []string{ending}}
	p.chooser.Save(p.words.T("needs.export"), p.Title()+ending, filter, func(path string) {
		if filepath.Ext(path) == "" {
			path += ending
		}
		listed, words := p.listed, p.words
		task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) {
			return need.Export(path, listed, anonymous, words)
		}, func(n int, err error) {
			if err != nil {
				p.env.Shell.Fail(p.words.T("needs.export"), err)
				return
			}
			p.env.Shell.Toast(p.words.N("exchange.exported", n, "File", filepath.Base(path)), false)
		})
	})
}
