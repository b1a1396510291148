package exchange

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"kompetansepilot/app/exchange"
	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
	"kompetansepilot/ui/kit"
)

// mostColumns is how many columns are shown until somebody asks for all.
const mostColumns = 40

// shownRows is how many rows stand beside a column as examples.
const shownRows = 3

// showColumns is the second step: which column is what. Each stands with its
// first cells, which is the preview too.
func (p *page) showColumns(problem string) {
	parts := []fyne.CanvasObject{}
	if problem != "" {
		parts = append(parts, kit.NewMarkedLine(p.words, kit.Stop, problem))
	}
	parts = append(parts, kit.NewStrong(p.file.Name()), kit.NewQuietText(p.about()))
	if len(p.file.Sheets) > 1 {
		parts = append(parts, p.sheetField())
	}
	parts = append(parts, kit.NewText(p.words.T("exchange.columns")))
	columns := kit.Column(gap())
	n := p.file.Columns()
	if !p.whole {
		n = min(n, mostColumns)
	}
	for i := range n {
		if i > 0 {
			columns.Add(kit.Hairline())
		}
		columns.Add(p.column(i))
	}
	if n < p.file.Columns() {
		columns.Add(kit.Row(kit.NewButton(p.words.N("exchange.allColumns", p.file.Columns()), p.onAllColumns)))
	}
	parts = append(parts, kit.NewCard(columns))
	back := kit.NewButton(p.words.T("exchange.back"), p.go1)
	content := kit.Pane(nil, kit.NewScroll(kit.FormColumn(kit.Column(gap(), parts...))), kit.Padded(gap()/2, kit.Row(back)))
	p.show(stepColumns, content, kit.NewPrimaryButton(p.words.T("exchange.next"), p.onColumnsDone))
}

// about tells what the file turned out to be.
func (p *page) about() string {
	f := p.file
	format := p.words.T("exchange.format.cards")
	switch f.Format {
	case table.XLSX:
		format = p.words.T("exchange.format.sheet", "Sheet", f.Sheet)
	case table.CSV:
		names := map[rune]string{';': p.words.T("exchange.separator.semicolon"), ',': p.words.T("exchange.separator.comma"), '\t': p.words.T("exchange.separator.tab")}
		separator := names[f.Separator]
		if separator == "" {
			separator = string(f.Separator)
		}
		format = p.words.T("exchange.format.csv", "Encoding", f.Encoding, "Separator", separator)
	}
	head := ""
	switch {
	case f.HeaderRow > 1:
		head = p.words.T("exchange.head.at", "Row", strconv.Itoa(f.HeaderRow))
	case f.HeaderRow < 0:
		head = p.words.T("exchange.head.none")
	}
	memory := ""
	if f.Remembered {
		memory = p.words.T("exchange.remembered")
	}
	return lang.Joined(" · ", format, head, memory)
}

func (p *page) sheetField() fyne.CanvasObject {
	var options []kit.Option
	for _, s := range p.file.Sheets {
		options = append(options, kit.Option{ID: s, Label: s})
	}
	sheets := kit.NewSelect(p.words, options)
	sheets.SetSelected(p.file.Sheet)
	sheets.OnChanged = func(sheet string) { p.read(p.file.Path, sheet) }
	return kit.NewField(p.words, kit.FieldOptions{Label: p.words.T("exchange.sheet")}, sheets)
}

// column is one column of the file: its header, its first cells, and the field
// that it goes to.
func (p *page) column(i int) fyne.CanvasObject {
	name := ""
	if i < len(p.file.Header) {
		name = strings.TrimSpace(p.file.Header[i])
	}
	if name == "" {
		name = p.words.T("exchange.column", "Number", strconv.Itoa(i+1))
	}
	choice := kit.NewSelect(p.words, p.fieldOptions())
	choice.AllowEmpty = true
	choice.SetSelected(string(p.file.Matching[i]))
	choice.OnChanged = func(id string) { p.file.Matching[i] = exchange.Field(id) }
	cells := kit.Column(2, kit.NewStrong(name), kit.NewQuietText(p.examples(i)))
	return kit.NewShares(kit.Shares{Parts: []float32{0.58, 0.42}, Least: 420, Gap: gap(), Under: gap() / 2, Middle: true}, cells, choice)
}

// examples are the first cells of a column that say something.
func (p *page) examples(column int) string {
	var all []string
	for _, r := range p.file.Sample {
		if column >= len(r.Cells) || r.Cells[column] == "" || len(all) == shownRows {
			continue
		}
		text := strings.Join(strings.Fields(r.Cells[column]), " ")
		if runes := []rune(text); len(runes) > 60 {
			text = string(runes[:59]) + "…"
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return p.words.T("exchange.emptyColumn")
	}
	return strings.Join(all, "  ·  ")
}

func (p *page) fieldOptions() []kit.Option {
	var options []kit.Option
	for _, f := range p.file.Kind.Fields() {
		options = append(options, kit.Option{ID: string(f), Label: p.fieldLabel(f)})
	}
	return options
}

// fieldLabel is what a field is called here: in a list of contacts a name is
// the organisation's.
func (p *page) fieldLabel(f exchange.Field) string {
	if p.file.Kind == exchange.Contacts && f == exchange.FieldName {
		return p.words.T("exchange.field.belongs")
	}
	return f.Label(p.words)
}

func (p *page) onAllColumns() {
	p.whole = true
	p.showColumns("")
}

func (p *page) onColumnsDone() {
	if err := p.file.Enough(); err != nil {
		p.showColumns(p.sentence(err))
		return
	}
	p.look()
}
