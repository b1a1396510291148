package application

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/grant"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/theme"
)

// tableView is a table with the columns that the call names. Its last row is
// always empty: typing there makes a new one.
type tableView struct {
	framed
	desk  *desk
	field *grant.Field
	// rows are what the sheet shows. They may hold empty ones that are not stored.
	rows                [][]string
	sheet               *kit.Sheet
	up, down, removeRow *kit.Button
}

// The types of a table's columns.
const (
	columnMoney = "money"
	columnDate  = "date"
)

func newTableView(d *desk, f *grant.Field) fieldView {
	words := d.words
	v := &tableView{desk: d, field: f}
	var columns []kit.SheetColumn
	for _, c := range f.Columns {
		column := kit.SheetColumn{Title: c.Label.In(words.Code()), Amount: c.Type == columnMoney}
		if c.Type == columnDate {
			column.Width = 110
		}
		columns = append(columns, column)
	}
	v.sheet = kit.NewSheet(words, d.label(f), columns)
	v.sheet.Grows = true
	v.sheet.OnTyped = v.onTyped
	v.sheet.OnFilled = v.onFilled
	v.sheet.OnDone = d.saver.Flush
	v.sheet.OnSelected = v.onSelected
	v.up = kit.NewIconButton(fynetheme.MoveUpIcon(), words.T("application.row.up"), v.onUp)
	v.down = kit.NewIconButton(fynetheme.MoveDownIcon(), words.T("application.row.down"), v.onDown)
	v.removeRow = kit.NewIconButton(fynetheme.DeleteIcon(), words.T("application.row.remove"), v.onRemove)
	tools := kit.Row(kit.NewButton(words.T("budget.table.add"), v.onAdd), v.up, v.down, v.removeRow)
	o := d.options(f)
	o.OnHistory = func() { showHistory(d, f) }
	frame := kit.NewField(words, o, kit.Column(theme.Size(theme.SizeNameGapSmall), v.sheet, tools))
	v.framed = framed{frame: frame, whole: frame}
	return v
}

func (v *tableView) object() fyne.CanvasObject { return v.whole }
func (v *tableView) focus()                    { v.sheet.Focus() }

func (v *tableView) show(found []grant.Finding) {
	answer := v.desk.Answer(v.field.ID)
	if !v.desk.saver.Waiting(v.field.ID) && !v.sheet.Editing() && answer != grant.FormatTable(v.rows) {
		v.rows = grant.ParseTable(answer, len(v.field.Columns))
	}
	v.fill()
	v.note(found)
}

func (v *tableView) fill() {
	var rows []kit.SheetRow
	for i := range len(v.rows) + 1 {
		row := kit.SheetRow{ID: strconv.Itoa(i)}
		for j := range v.field.Columns {
			text := ""
			if i < len(v.rows) && j < len(v.rows[i]) {
				text = v.rows[i][j]
			}
			row.Cells = append(row.Cells, v.cell(&v.field.Columns[j], text))
		}
		rows = append(rows, row)
	}
	v.sheet.SetRows(rows)
	v.showTools()
}

func (v *tableView) cell(column *grant.Column, text string) kit.SheetCell {
	words := v.desk.words
	c := kit.SheetCell{Text: text}
	if text == "" {
		return c
	}
	switch column.Type {
	case columnMoney:
		n, err := lang.ParseMoney(text)
		if err != nil {
			c.Problem = words.T("budget.cell.bad", "Text", shortened(text))
			return c
		}
		c.Text, c.Raw = words.Money(n), strconv.FormatInt(n, 10)
	case columnDate:
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			c.Problem = words.T("budget.cell.badDate", "Text", shortened(text))
			return c
		}
		c.Text = words.DateShort(text)
	}
	return c
}

// stored is a text as the answer keeps it: plain numbers and ISO dates where it
// can be read so, else as it was typed.
func stored(column *grant.Column, text string) string {
	text = strings.TrimSpace(text)
	switch column.Type {
	case columnMoney:
		if n, err := lang.ParseMoney(text); err == nil && text != "" {
			return strconv.FormatInt(n, 10)
		}
	case columnDate:
		today, _ := time.Parse(time.DateOnly, data.Today())
		if iso, err := kit.ParseDate(text, today); err == nil && iso != "" {
			return iso
		}
	}
	return text
}

func (v *tableView) put(c kit.SheetChange) {
	for c.Row >= len(v.rows) {
		if c.Text == "" {
			return
		}
		v.rows = append(v.rows, make([]string, len(v.field.Columns)))
	}
	row := slices.Clone(v.rows[c.Row])
	row[c.Column] = stored(&v.field.Columns[c.Column], c.Text)
	v.rows[c.Row] = row
}

func (v *tableView) onTyped(c kit.SheetChange) {
	v.put(c)
	v.desk.Type(v.field, grant.FormatTable(v.rows))
	v.fill()
}

func (v *tableView) onFilled(changes []kit.SheetChange) {
	for _, c := range changes {
		v.put(c)
	}
	v.keep()
}

// keep stores the rows as one step.
func (v *tableView) keep() {
	v.desk.Answered(v.field, grant.FormatTable(v.rows))
	v.fill()
}

func (v *tableView) onSelected(int, int) { v.showTools() }

func (v *tableView) showTools() {
	at, _ := v.sheet.Selected()
	setEnabled(v.up, at > 0 && at < len(v.rows))
	setEnabled(v.down, at+1 < len(v.rows))
	setEnabled(v.removeRow, at < len(v.rows))
}

// onAdd goes to the empty row.
func (v *tableView) onAdd() {
	v.sheet.Select(len(v.rows), 0)
	v.desk.focus(v.sheet)
}

func (v *tableView) onUp()   { v.move(-1) }
func (v *tableView) onDown() { v.move(1) }

func (v *tableView) move(by int) {
	at, column := v.sheet.Selected()
	v.rows = moved(v.rows, at, by)
	v.keep()
	v.sheet.Select(at+by, column)
}

func (v *tableView) onRemove() {
	at, _ := v.sheet.Selected()
	if at >= len(v.rows) {
		return
	}
	v.rows = slices.Delete(slices.Clone(v.rows), at, at+1)
	v.keep()
	v.desk.env.Shell.Toast(v.desk.words.T("budget.table.removed"), true)
}
