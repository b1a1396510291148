package insight

import (
	"slices"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/exchange"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/placemap"
)

// Header are the headings of a table's columns.
func (t *Table) Header(words *lang.Printer) []string { return header(t.By, t.Halves, words) }

func header(by Dimension, halves []string, words *lang.Printer) []string {
	all := []string{words.T("insight.by." + string(by)), words.T("insight.column.needs"), words.T("insight.column.businesses"),
		words.T("insight.column.people"), words.T("insight.column.unmet")}
	if by == ByHalf {
		return all
	}
	for _, h := range halves {
		all = append(all, HalfName(h, words))
	}
	return all
}

// cells are a row as it may leave the county.
func (p *PublicTable) cells(r *PublicRow, words *lang.Printer) []string {
	all := []string{r.Name}
	for c := range fixedColumns + len(r.Halves) {
		if p.By == ByHalf && c == fixedColumns {
			break
		}
		all = append(all, shown(*r.column(c), words))
	}
	return all
}

func shown(n int64, words *lang.Printer) string {
	if n == Hidden {
		return words.T("insight.hidden")
	}
	return words.Number(n)
}

// Save writes the table as it may leave the county to a file, XLSX or CSV as its
// name says.
func (p *PublicTable) Save(path string, words *lang.Printer) error {
	return exchange.WriteTable(path, header(p.By, p.Halves, words), func(yield func(cells []string) error) error {
		for i := range p.Rows {
			if err := yield(p.cells(&p.Rows[i], words)); err != nil {
				return err
			}
		}
		return yield(p.cells(&p.Sum, words))
	})
}

// Report is a document that tells what is asked for: the text, a chart and a
// table by subject, and a map and a table by municipality. It shows only what may
// leave the county. made is a date of the case; nothing is read from the clock.
func (f *Facts) Report(words *lang.Printer, author string, made time.Time) document.Document {
	title := words.T("insight.report.title")
	subjects, places := f.Count(BySubject, nil, words), f.Count(ByMunicipality, nil, words)
	blocks := []document.Block{document.Heading{Level: 1, Text: title}}
	text := f.Text(words)
	if text == "" {
		text = words.T("insight.report.few")
	}
	blocks = append(append(blocks, document.Prose(text)...), document.Note{Spans: document.Text(words.T("insight.report.hidden")), Tone: document.Info})
	p := subjects.Public()
	if bars := p.bars(); len(bars) > 0 {
		blocks = append(blocks, document.Heading{Level: 2, Text: words.T("insight.report.subjects")}, chart(bars, words))
	}
	if len(p.Rows) > 0 {
		blocks = append(blocks, p.block(words.T("insight.report.subjectTable"), words))
	}
	if m := places.Public(); len(m.Rows) > 0 {
		blocks = append(blocks, document.Heading{Level: 2, Text: words.T("insight.report.places")})
		if fig, ok := f.placeFigure(&places, words); ok {
			blocks = append(blocks, fig)
		}
		blocks = append(blocks, m.block(words.T("insight.report.placeTable"), words))
	}
	return document.Document{Title: title, Subject: words.T("insight.report.subject"), Author: author, Lang: words.Tag(), Created: made, Header: title,
		Footer: func(page, pages int) string { return words.T("document.footer", "Page", page, "Pages", pages) }, Blocks: blocks}
}

func (p *PublicTable) block(caption string, words *lang.Printer) document.Table {
	narrow := *p
	if len(narrow.Halves) > 4 { // as many as a page has room for; the newest
		narrow.Halves = nil
	}
	t := document.Table{Caption: caption, RowHeader: true}
	for i, h := range header(p.By, narrow.Halves, words) {
		c := document.Column{Header: h}
		if i > 0 {
			c.Align = document.Right
		}
		t.Columns = append(t.Columns, c)
	}
	few := 0
	for i := range p.Rows {
		if p.Rows[i].allHidden() {
			few++
			continue
		}
		t.Rows = append(t.Rows, p.cells(&p.Rows[i], words)[:len(t.Columns)])
	}
	if few > 0 {
		t.Body = [][]document.Cell{{{Spans: document.Text(words.N("insight.report.others", few)), ColSpan: len(t.Columns)}}}
	}
	t.Foot = [][]string{p.cells(&p.Sum, words)[:len(t.Columns)]}
	return t
}

// bar is a line of a chart.
type bar struct {
	name string
	n    int64
}

// mostBars is how many bars a chart has.
const mostBars = 15

// bars are the rows that are shown, most asked for first.
func (p *PublicTable) bars() []bar {
	var all []bar
	for _, r := range p.Rows {
		if r.Needs > 0 && len(all) < mostBars {
			all = append(all, bar{r.Name, r.Needs})
		}
	}
	return all
}

// Measures of a chart, in mm; its text in points.
const (
	barHigh = 5.0
	barStep = 7.0
	barName = 70.0
	barSize = 9.0
)

// chart draws bars with their names and numbers.
func chart(bars []bar, words *lang.Printer) document.Figure {
	alt := words.T("insight.report.chartAlt")
	largest := int64(1)
	for i, b := range bars {
		largest = max(largest, b.n)
		sep := ", "
		if i == 0 {
			sep = " "
		}
		alt += sep + b.name + " " + words.Number(b.n)
	}
	return document.Figure{Alt: alt + ".", Caption: words.T("insight.report.chartCaption"), Height: barStep * float64(len(bars)),
		Draw: func(c document.Canvas, width, _ float64) {
			room := width - barName - 12
			for i, b := range bars {
				y := float64(i) * barStep
				long := room * float64(b.n) / float64(largest)
				c.Text(0, y+barHigh*0.75, shortened(c, b.name, barName-3), barSize, document.Left, false, document.ColourText())
				c.Rect(barName, y, long, barHigh, document.ColourBar())
				c.Text(barName+long+1.5, y+barHigh*0.75, words.Number(b.n), barSize, document.Left, true, document.ColourText())
			}
		}}
}

// shortened cuts a name that is wider than its room.
func shortened(c document.Canvas, name string, width float64) string {
	for runes := []rune(name); len(runes) > 1; runes = runes[:len(runes)-1] {
		cut := string(runes)
		if cut != name {
			cut += "…"
		}
		if c.TextWidth(cut, barSize, false) <= width {
			return cut
		}
	}
	return name
}

// placeFigure is the map; there is none when no municipality may be shown.
func (f *Facts) placeFigure(t *Table, words *lang.Printer) (document.Figure, bool) {
	p := t.Public()
	var counts []placemap.Count
	for i := range t.Rows {
		m, ok := f.places.Municipality(t.Rows[i].Key)
		if ok && p.Rows[i].Needs > 0 {
			counts = append(counts, placemap.Count{Municipality: m, Count: int(p.Rows[i].Needs)})
		}
	}
	slices.SortStableFunc(counts, func(a, b placemap.Count) int { return b.Count - a.Count })
	if len(counts) == 0 {
		return document.Figure{}, false
	}
	return placemap.Figure(placemap.Options{Outline: f.places.Outline(), Neighbours: f.places.Neighbours(), Alt: words.T("insight.report.mapAlt"), Caption: words.T("insight.report.mapCaption"), Height: 150},
		placemap.Dots(counts)), true
}
