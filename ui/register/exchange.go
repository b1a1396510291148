package register

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/exchange/table"
	"kompetansepilot/data"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/screen"
	"kompetansepilot/ui/task"
)

// exchangeItems are the lines of the menu that take the register in and out, and
// find those who are there twice.
func (p *Page) exchangeItems() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItemWithIcon(p.words.T("exchange.menu.import"), fynetheme.DownloadIcon(), p.onImport),
		fyne.NewMenuItemWithIcon(p.words.T("exchange.menu.export"), fynetheme.UploadIcon(), p.onExport),
		fyne.NewMenuItemWithIcon(p.words.T("exchange.menu.duplicates"), fynetheme.SearchIcon(), p.onDuplicates),
	}
}

// exchangeKind is what the page's organisations are in a file.
func (p *Page) exchangeKind() exchange.Kind {
	if p.kind == data.OrganisationProvider {
		return exchange.Providers
	}
	return exchange.Partners
}

func (p *Page) onImport() {
	p.env.Shell.Go(screen.Route{Page: screen.PageImport, ID: string(p.exchangeKind())})
}

func (p *Page) onDuplicates() {
	p.env.Shell.Go(screen.Route{Page: screen.PageDuplicates, ID: p.kind})
}

// Ways to export.
const (
	exportSeen = "seen" // what the list shows: its columns, order and filter
	exportAll  = "all"  // every field of every organisation
)

// onExport asks what is to be exported, and then for the file.
func (p *Page) onExport() {
	what := kit.NewRadio([]kit.Option{
		{ID: exportSeen, Label: p.words.T("exchange.export.seen", "Count", p.count(p.view.Total))},
		{ID: exportAll, Label: p.words.T("exchange.export.all")},
	}, nil)
	what.SetSelected(exportSeen)
	format := kit.NewRadio([]kit.Option{
		{ID: string(table.XLSX), Label: p.words.T("exchange.export.xlsx")},
		{ID: string(table.CSV), Label: p.words.T("exchange.export.csv")},
		{ID: string(table.VCard), Label: p.words.T("exchange.export.vcf")},
	}, nil)
	format.SetSelected(string(table.XLSX))
	kit.ShowForm(p.env.Shell.Window(), p.words, kit.Form{
		Title: p.words.T("exchange.export.title"), Verb: p.words.T("exchange.export.verb"),
		Fields: []fyne.CanvasObject{
			kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("exchange.export.what")}, what),
			kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("exchange.export.format")}, format),
		},
		OnDone: func() { p.chooseExport(what.Selected() == exportSeen, format.Selected()) },
	})
}

func (p *Page) chooseExport(seen bool, format string) {
	filter := kit.FileFilter{Name: p.words.T("exchange.files"), Extensions: []string{"." + format}}
	files := p.env.Chooser()
	files.Save(p.words.T("exchange.export.title"), p.Title()+"."+format, filter, func(path string) {
		if filepath.Ext(path) == "" {
			path += "." + format
		}
		p.export(path, seen)
	})
}

// export writes the file in the background and tells how many rows it got.
func (p *Page) export(path string, seen bool) {
	service := exchange.New(p.env.Program.Workspace, p.env.Program.Places)
	write := func() (int, error) { return service.Export(path, p.exchangeKind(), p.words) }
	if seen {
		write = p.exportSeen(service, path)
	}
	task.Run(p.env.Tasks, context.Background(), func(context.Context) (int, error) { return write() }, func(n int, err error) {
		if err != nil {
			p.env.Shell.Fail(p.words.T("exchange.export.title"), err)
			return
		}
		p.env.Shell.Toast(p.words.N("exchange.exported", n, "File", filepath.Base(path)), false)
	})
}

// exportSeen writes what the list shows now. It is asked on Fyne's goroutine and
// written in the background.
func (p *Page) exportSeen(service *exchange.Service, path string) func() (int, error) {
	q, shown := p.query(), p.grid.Shown()
	header := make([]string, len(shown))
	for i, column := range shown {
		header[i] = p.grid.ColumnLabel(column)
	}
	return func() (int, error) {
		n := 0
		each := func(yield func(*data.Organisation) error) error {
			return service.Each(q, func(o *data.Organisation) error {
				n++
				return yield(o)
			})
		}
		if format, err := exchange.FormatOf(path); err != nil {
			return 0, err
		} else if format == table.VCard {
			err := service.WriteCards(path, each)
			return n, err
		}
		err := exchange.WriteTable(path, header, func(yield func([]string) error) error {
			return each(func(o *data.Organisation) error {
				cells, all := make([]string, len(shown)), p.cellsOf(o, true)
				for i, column := range shown {
					cells[i] = all[column]
				}
				return yield(cells)
			})
		})
		return n, err
	}
}
