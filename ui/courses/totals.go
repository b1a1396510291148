package courses

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/course"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
	"kompetansepilot/ui/theme"
)

// totalsPart are the counts of all courses together.
type totalsPart struct {
	page    *Courses
	content *fyne.Container
	chips   map[course.By]*kit.Button
	table   *fyne.Container
	sheet   *kit.Sheet
	public  *kit.Check
	by      course.By
	runs    []course.Run
	totals  course.Totals
	chooser kit.FileChooser
}

func newTotalsPart(p *Courses) *totalsPart {
	w, gap := p.words, theme.Size(theme.SizeNameGap)
	t := &totalsPart{page: p, chips: map[course.By]*kit.Button{}, by: course.ByCourse, table: kit.Column(gap)}
	t.chooser = p.env.Chooser()
	chips := kit.Row()
	for _, by := range course.Splits() {
		b := kit.NewChip(w.T("course.by."+string(by)), func() {
			t.by = by
			t.fill()
		})
		t.chips[by] = b
		chips.Add(b)
	}
	t.public = kit.NewCheck(w.T("course.totals.public"), func(bool) { t.fill() })
	t.content = kit.Column(gap*2, kit.Column(gap, chips, t.public), t.table,
		kit.Row(kit.NewPrimaryButton(w.T("course.insert"), p.onInsert), kit.NewButton(w.T("course.totals.save"), t.onSave)),
		kit.NewQuietText(w.T("course.totals.why")))
	return t
}

func (t *totalsPart) show(runs []course.Run) {
	t.runs = runs
	t.fill()
}

func (t *totalsPart) fill() {
	w := t.page.words
	for by, b := range t.chips {
		b.SetOn(by == t.by)
	}
	t.totals = course.Total(t.runs, t.by, w, t.page.env.Program.Places)
	var columns []kit.SheetColumn
	for i, h := range t.totals.Header(w) {
		columns = append(columns, kit.SheetColumn{Title: h, Amount: i > 0})
	}
	columns[0].Width = 240
	line := func(id string, cells []string, sum bool) kit.SheetRow {
		row := kit.SheetRow{ID: id, Sum: sum}
		for i, c := range cells {
			row.Cells = append(row.Cells, kit.SheetCell{Text: c, ReadOnly: true, Opens: i == 0 && t.by == course.ByCourse && !sum, Quiet: c == w.T("insight.hidden")})
		}
		return row
	}
	var rows []kit.SheetRow
	if t.public.Checked() {
		all, sum := t.totals.Public()
		for i := range all {
			rows = append(rows, line(t.totals.Rows[i].Key, all[i].Cells(w), false))
		}
		rows = append(rows, line("sum", sum.Cells(w), true))
	} else {
		for i := range t.totals.Rows {
			rows = append(rows, line(t.totals.Rows[i].Key, t.totals.Rows[i].Cells(w), false))
		}
		rows = append(rows, line("sum", t.totals.Sum.Cells(w), true))
	}
	t.sheet = kit.NewSheet(w, w.T("course.tab.totals"), columns)
	t.sheet.SetRows(rows)
	t.sheet.OnOpened = func(row, _ int) { t.open(rows[row].ID) }
	t.table.Objects = []fyne.CanvasObject{t.sheet}
	t.table.Refresh()
	kit.Relayout(t.table)
}

// open goes to a course of the table.
func (t *totalsPart) open(id string) {
	for i := range t.page.roll.Rows {
		if t.page.roll.Rows[i].ID == id {
			t.page.tabs.Select(tabCourses)
			t.page.roll.Grid.GoTo(i, id)
			t.page.show(id)
			t.page.roll.Sides.ShowRecord(true)
		}
	}
}

// onSave writes the table that is shown.
func (t *totalsPart) onSave() {
	w, own, totals := t.page.words, !t.public.Checked(), t.totals
	name := w.T("course.totals.file", "By", w.T("course.by."+string(totals.By)))
	t.chooser.Save(w.T("course.totals.save"), name+".xlsx", kit.FileFilter{Name: w.T("course.tableFiles"), Extensions: []string{".xlsx", ".csv"}}, func(path string) {
		task.Run(t.page.env.Tasks, context.Background(), func(context.Context) (struct{}, error) { return struct{}{}, totals.Save(path, own, w) }, func(_ struct{}, err error) {
			if err != nil {
				t.page.env.Shell.Fail(w.T("course.totals.save"), err)
				return
			}
			t.page.env.Shell.Toast(w.T("pool.saved", "Path", path), false)
		})
	})
}
