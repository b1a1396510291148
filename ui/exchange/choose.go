package exchange

import (
	"context"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/ui/kit"
	"kompetansepilot/ui/task"
)

// go1 is the first step: what the rows are, and the file.
func (p *page) go1() { p.showFile("") }

func (p *page) showFile(problem string) {
	p.file, p.plan = nil, nil
	kinds := kit.NewRadio([]kit.Option{
		{ID: string(exchange.Partners), Label: p.words.T("exchange.kind.partners")},
		{ID: string(exchange.Providers), Label: p.words.T("exchange.kind.providers")},
		{ID: string(exchange.Contacts), Label: p.words.T("exchange.kind.contacts")},
	}, func(id string) { p.kind = exchange.Kind(id) })
	kinds.SetSelected(string(p.kind))
	choose := kit.NewPrimaryButton(p.words.T("exchange.choose"), p.onChoose)
	parts := []fyne.CanvasObject{}
	if problem != "" {
		parts = append(parts, kit.NewMarkedLine(p.words, kit.Stop, problem))
	}
	parts = append(parts,
		kit.NewText(p.words.T("exchange.intro")),
		kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("exchange.kind")}, kinds),
		kit.NewQuietText(p.words.T("exchange.formats")))
	p.show(stepFile, kit.NewScroll(kit.FormColumn(kit.Column(group(), parts...))), choose)
}

// filter are the files that can be read.
func (p *page) filter() kit.FileFilter {
	return kit.FileFilter{Name: p.words.T("exchange.files"), Extensions: []string{".xlsx", ".xlsm", ".csv", ".txt", ".tsv", ".vcf"}}
}

func (p *page) onChoose() { p.files.Open(p.words.T("exchange.chooseTitle"), p.filter(), p.open) }

// open reads the beginning of a file.
func (p *page) open(path string) { p.read(path, "") }

func (p *page) read(path, sheet string) {
	p.busy(p.words.T("exchange.opening"), p.go1)
	kind := p.kind
	task.RunLatest(p.work, context.Background(), func(context.Context) (*exchange.File, error) {
		return p.service.Open(path, sheet, kind)
	}, func(f *exchange.File, err error) {
		if err != nil {
			p.fail(err, p.showFile)
			return
		}
		if p.left {
			return
		}
		p.file, p.whole, p.own = f, false, map[int]exchange.Action{}
		p.showColumns("")
	})
}
