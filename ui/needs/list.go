package needs

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

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
		credits = partner.CreditsText(l.Credits, w.Decimal())
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

// onExport asks for a file, XLSX or CSV, and writes the list that is shown with
// all columns; it can be read in again.
func (p *Page) onExport() {
	w := p.words
	format := kit.NewRadio([]kit.Option{{ID: ".xlsx", Label: w.T("exchange.export.xlsx")}, {ID: ".csv", Label: w.T("exchange.export.csv")}}, nil)
	format.SetSelected(".xlsx")
	anonymous := kit.NewCheck(w.T("needs.export.anonymous"), nil)
	kit.ShowForm(p.env.Shell.Window(), w, kit.Form{Title: w.T("needs.export"), Verb: w.T("exchange.export.verb"), Text: w.N("needs.export.text", len(p.Records)),
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
		listed, words := p.Records, p.words
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
