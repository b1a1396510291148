package register

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/partner"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/listing"
	"kompetansepilot/ui/parts"
	"kompetansepilot/ui/task"
)

// Columns that cannot be sorted by.
const (
	columnPhone   = "phone"
	columnWebsite = "website"
	columnNote    = "note"
)

// byName is how the rows are sorted until somebody sorts them.
const byName = `{"sort":[{"column":"name"}]}`

// columns of the grid, in the order of the cells of cellsOf.
func columns(words *lang.Printer, kind string) []kit.GridColumn {
	business := kind == data.OrganisationBusiness
	return append([]kit.GridColumn{
		{ID: partner.ColumnName, Label: words.T("register.column.name"), Width: 220, Sortable: true, Fixed: true},
		{ID: partner.ColumnMunicipality, Label: words.T("register.column.municipality"), Width: 130, Sortable: true},
		{ID: partner.ColumnStatus, Label: words.T("register.column.status"), Width: 120, Sortable: true},
		{ID: partner.ColumnSize, Label: words.T("register.column.size"), Width: 96, Sortable: true, Hidden: !business},
		{ID: partner.ColumnCentrality, Label: words.T("register.column.centrality"), Width: 110, Align: fyne.TextAlignTrailing, Sortable: true, Hidden: !business},
		{ID: partner.ColumnContact, Label: words.T("register.column.contact"), Width: 160, Sortable: true},
		{ID: partner.ColumnTags, Label: words.T("register.column.tags"), Width: 160, Sortable: true},
		{ID: partner.ColumnNumber, Label: words.T("register.column.number"), Width: 120, Align: fyne.TextAlignTrailing, Sortable: true},
		{ID: partner.ColumnIndustry, Label: words.T("register.column.industry"), Width: 90, Sortable: true, Hidden: true},
		{ID: partner.ColumnEmail, Label: words.T("register.column.email"), Width: 220, Sortable: true, Hidden: business},
		{ID: columnPhone, Label: words.T("register.column.phone"), Width: 110, Hidden: business},
		{ID: columnWebsite, Label: words.T("register.column.website"), Width: 200, Hidden: true},
		{ID: partner.ColumnNorm, Label: words.T("register.column.norm"), Width: 110, Sortable: true, Hidden: true},
		{ID: columnNote, Label: words.T("register.column.note"), Width: 260, Hidden: true},
	}, providerColumns(words, kind)...)
}

// cellsOf are the texts of an organisation's row. plain leaves numbers without
// spaces, for spreadsheets.
func (p *Page) cellsOf(o *data.Organisation, plain bool) []string {
	place, centrality := o.Municipality, ""
	if m, ok := p.register.Place(o.Municipality); ok {
		place, centrality = m.UniqueName, strconv.Itoa(m.Centrality)
	}
	name, number := o.Name, o.OrgNumber
	if !plain {
		name, number = parts.NameOr(p.words, name), grouped(number)
	}
	return append([]string{name, place, exchange.StatusWord(p.words, partner.ParseStatus(o.Status)), exchange.SizeWord(p.words, o.SizeBand), centrality, o.Contact, o.Tags,
		number, o.Industry, o.Email, o.Phone, o.Website, normWord(p.words, o.Norm), o.Note}, append(p.providerCells(o), p.own.cells(o, plain)...)...)
}

// grouped is "912 345 678".
func grouped(number string) string {
	if len(number) != 9 {
		return number
	}
	return number[:3] + lang.NarrowSpace + number[3:6] + lang.NarrowSpace + number[6:]
}

// display makes rows of organisations.
func (p *Page) display(all []data.Organisation) []kit.GridRow {
	rows := make([]kit.GridRow, len(all))
	for i := range all {
		rows[i] = kit.GridRow{ID: all[i].ID, Cells: p.cellsOf(&all[i], false)}
	}
	return rows
}

func newGrid(p *Page) *kit.Grid {
	g := listing.NewGrid(p.env, p.gridName(), columns(p.words, p.kind), byName)
	g.Rows = p.onRows
	g.IDs = p.onIDs
	g.OnSort = func([]kit.GridSort) { p.load(true) }
	g.OnCurrent = p.onCurrent
	g.OnSelected = func(int) { p.foot.show() }
	g.OnOpen = func(string) { p.FocusField("") }
	g.OnEdit = func(string) { p.FocusField(fieldName) }
	g.OnDelete = p.onDelete
	g.OnCopy = p.onCopy
	g.OnFind = p.onFind
	g.OnSlash = func() { p.focus(p.filter) }
	g.OnColumns = p.onColumns
	g.Menu = p.selectionItems
	g.SetEmpty(p.words.T("register.noHits"))
	return g
}

// gridName is what the columns are remembered under.
func (p *Page) gridName() string { return "register." + p.kind }

// onRows loads rows that come into sight.
func (p *Page) onRows(from, to int, found func([]kit.GridRow)) {
	q := p.query()
	task.RunLatest(p.rows, context.Background(), func(context.Context) ([]kit.GridRow, error) {
		all, err := p.register.Rows(q, from, to)
		return p.display(all), err
	}, func(rows []kit.GridRow, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("register.loading"), err)
			return
		}
		found(rows)
	})
}

func (p *Page) onIDs(from, to int, found func([]string)) {
	q := p.query()
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]string, error) {
		return p.register.IDs(q)
	}, func(ids []string, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("register.loading"), err)
			return
		}
		found(ids[min(from, len(ids)):min(to, len(ids))])
	})
}

func (p *Page) onCurrent(id string) {
	if id != "" {
		p.record.Open(id)
	}
}

// found is a row that letters typed in the grid lead to.
type found struct {
	row int
	id  string
}

func (p *Page) onFind(text string, from int) {
	q := p.query()
	task.RunLatest(p.finds, context.Background(), func(context.Context) (found, error) {
		row, id, err := p.register.Find(q, text, from)
		return found{row, id}, err
	}, func(f found, err error) {
		if err == nil && f.row >= 0 {
			p.grid.GoTo(f.row, f.id)
		}
	})
}

// onCopy puts the selection on the clipboard, as a spreadsheet takes it.
func (p *Page) onCopy(ids []string) {
	q := p.query()
	p.copyRows(func() ([]data.Organisation, error) { return p.register.Among(q, ids) })
}

// onCopyAll copies the whole list as it is filtered.
func (p *Page) onCopyAll() {
	q, total := p.query(), p.view.Total
	p.copyRows(func() ([]data.Organisation, error) { return p.register.Rows(q, 0, total) })
}

func (p *Page) copyRows(read func() ([]data.Organisation, error)) {
	task.Run(p.env.Tasks, context.Background(), func(context.Context) ([]kit.GridRow, error) {
		all, err := read()
		rows := make([]kit.GridRow, len(all))
		for i := range all {
			rows[i] = kit.GridRow{ID: all[i].ID, Cells: p.cellsOf(&all[i], true)}
		}
		return rows, err
	}, p.onCopied)
}

func (p *Page) onCopied(rows []kit.GridRow, err error) {
	if err != nil {
		p.env.Shell.Fail(p.words.T("register.copying"), err)
		return
	}
	fyne.CurrentApp().Clipboard().SetContent(p.grid.CopyText(rows))
	p.env.Shell.Toast(p.words.N("register.copied", len(rows)), false)
}
