package layout

import (
	"slices"
	"strings"

	"kompetansepilot/app/document"
)

// maxSpan is the most columns or rows that a cell fills; a row with more is a
// fault, not a table.
const maxSpan = 60

// maxColumns is the most columns that a page has room for. What a row holds
// beyond them goes on in its last cell.
const maxColumns = 30

// cell is a table cell in its place. Its text is clean.
type cell struct {
	spans      []document.Span
	col        int // the first column it fills
	cols, rows int // how many it fills
	scope      string
}

// section is the head, the body or the foot of a table. covered tells for each
// row which columns are filled from above.
type section struct {
	rows    [][]cell
	covered [][]bool
}

// lastOf is the row after the last that must stay with row i, because cells
// fill rows of both.
func (s *section) lastOf(i int) int {
	end := i + 1
	for k := i; k < end; k++ {
		for _, c := range s.rows[k] {
			end = max(end, k+c.rows)
		}
	}
	return end
}

// reaches tells whether the cell at a column goes on below row i.
func (s *section) reaches(i, col int) bool {
	return i+1 < len(s.covered) && s.covered[i+1][col]
}

// placer gives cells their places, row by row, like HTML does: each cell takes
// the next columns that are free.
type placer struct {
	columns int
	total   int   // rows of the section
	left    []int // by column: rows that are still filled from above
	out     section
}

func newPlacer(columns, rows int) *placer {
	return &placer{columns: columns, total: rows, left: make([]int, columns)}
}

// row places one row and fills the columns that nobody took.
func (p *placer) row(cells []cell) {
	covered := make([]bool, p.columns)
	for i := range covered {
		covered[i] = p.left[i] > 0
	}
	if p.columns > 0 && !slices.Contains(covered, false) {
		p.dropRow(cells)
		return
	}
	var placed []cell
	col := 0
	free := func() bool { return col < p.columns && !covered[col] }
	skip := func() {
		for col < p.columns && covered[col] {
			col++
		}
	}
	for _, c := range cells {
		if skip(); col >= p.columns {
			p.goOn(placed, c)
			continue
		}
		c.col = col
		want := min(max(c.cols, 1), maxSpan)
		for c.cols = 0; c.cols < want && free(); c.cols++ {
			col++
		}
		c.rows = min(max(c.rows, 1), p.total-len(p.out.rows), maxSpan)
		placed = append(placed, c)
	}
	for skip(); col < p.columns; skip() {
		placed = append(placed, cell{col: col, cols: 1, rows: 1, spans: []document.Span{{}}})
		col++
	}
	for i := range p.left {
		p.left[i] = max(p.left[i]-1, 0)
	}
	for _, c := range placed {
		for k := c.col; k < c.col+c.cols; k++ {
			p.left[k] = max(p.left[k], c.rows-1)
		}
	}
	p.out.rows = append(p.out.rows, placed)
	p.out.covered = append(p.out.covered, covered)
}

// dropRow leaves out a row that is filled from above altogether: an element for
// it would hold nothing. The cells that fill it become shorter.
func (p *placer) dropRow(cells []cell) {
	next := len(p.out.rows)
	for i, r := range p.out.rows {
		for k := range r {
			if i+r[k].rows > next {
				r[k].rows--
			}
		}
	}
	for i := range p.left {
		p.left[i]--
	}
	p.total--
	for _, c := range cells {
		p.goOn(nil, c)
	}
}

// goOn puts what has no column of its own into the cell before it.
func (p *placer) goOn(placed []cell, c cell) {
	for i := len(p.out.rows) - 1; len(placed) == 0 && i >= 0; i-- {
		placed = p.out.rows[i]
	}
	if len(placed) == 0 {
		return
	}
	last := &placed[len(placed)-1]
	last.spans = append(append(last.spans[:len(last.spans):len(last.spans)], document.Span{Text: "\n"}), c.spans...)
}

// columnsNeeded is the number of columns that a table's rows ask for.
func columnsNeeded(t document.Table) int {
	n := len(t.Columns)
	for _, rows := range [][][]string{t.Rows, t.Foot} {
		for _, r := range rows {
			n = max(n, len(r))
		}
	}
	for _, rows := range [][][]document.Cell{t.Head, t.Body} {
		filled := map[int]int{} // by row: columns filled from above
		for i, r := range rows {
			width := filled[i]
			for _, c := range r {
				cols := min(max(c.ColSpan, 1), maxSpan)
				width += cols
				for k := 1; k < min(c.RowSpan, maxSpan) && i+k < len(rows); k++ {
					filled[i+k] += cols
				}
			}
			n = max(n, width)
		}
	}
	return min(n, maxColumns)
}

// textCells makes cells of clean texts.
func (l *layouter) textCells(texts []string, bold bool) []cell {
	cells := make([]cell, len(texts))
	for i, text := range texts {
		cells[i] = cell{spans: []document.Span{{Text: l.cellText(text), Bold: bold}}}
	}
	return cells
}

func (l *layouter) cellText(text string) string {
	return strings.TrimRight(l.clean.Clean(text), " \n")
}

// richCells makes cells of the model's.
func (l *layouter) richCells(in []document.Cell) []cell {
	cells := make([]cell, len(in))
	for i, c := range in {
		cells[i] = cell{spans: l.spans(c.Spans), cols: c.ColSpan, rows: c.RowSpan}
		if len(cells[i].spans) == 0 {
			cells[i].spans = []document.Span{{}}
		}
		if c.Header {
			cells[i].scope = "Row"
		}
	}
	return cells
}

// headSection places the heading rows: those of the model, then the columns'
// own. A cell above does not hide a column's own heading.
func (g *grid) headSection(t document.Table) section {
	own := false
	for _, c := range t.Columns {
		own = own || c.Header != ""
	}
	total := len(t.Head)
	if own {
		total++
	}
	p := newPlacer(len(t.Columns), total)
	for i, r := range t.Head {
		cells := g.richCells(r)
		for k := range cells {
			cells[k].scope = "Column"
			for s := range cells[k].spans {
				cells[k].spans[s].Bold = true
			}
			if rest := len(t.Head) - i; own && cells[k].rows > rest {
				cells[k].rows = rest
				if g.headingsBelow(p, cells[:k+1]) {
					cells[k].rows = rest + 1
				}
			}
		}
		p.row(cells)
	}
	if own {
		var cells []cell
		for i, c := range t.Columns {
			if p.left[i] == 0 {
				cells = append(cells, cell{spans: []document.Span{{Text: c.Header, Bold: true}}, scope: "Column"})
			}
		}
		p.row(cells)
	}
	for _, r := range p.out.rows {
		for i := range r {
			r[i].scope = "Column"
		}
	}
	return p.out
}

// headingsBelow tells whether the columns below the last of the cells, placed
// next, have no heading of their own.
func (g *grid) headingsBelow(p *placer, cells []cell) bool {
	trial := placer{columns: p.columns, total: p.total, left: append([]int(nil), p.left...)}
	trial.row(append([]cell(nil), cells...))
	if len(trial.out.rows) == 0 || len(trial.out.rows[0]) < len(cells) {
		return false // it has no place of its own: all is filled from above
	}
	placed := trial.out.rows[0]
	c := placed[len(cells)-1]
	for k := c.col; k < c.col+c.cols; k++ {
		if g.table.Columns[k].Header != "" {
			return false
		}
	}
	return true
}

// bodySection places the rows of the model.
func (g *grid) bodySection(t document.Table) section {
	p := newPlacer(len(t.Columns), len(t.Rows))
	for _, r := range t.Rows {
		p.row(g.named(g.textCells(r, false), len(t.Columns)))
	}
	q := newPlacer(len(t.Columns), len(t.Body))
	for _, r := range t.Body {
		q.row(g.richCells(r))
		if row := q.out.rows[len(q.out.rows)-1]; t.RowHeader && len(row) > 0 && row[0].col == 0 && row[0].cols < len(t.Columns) { // one that fills the row names nothing
			row[0].scope = "Row"
		}
	}
	return section{rows: append(p.out.rows, q.out.rows...), covered: append(p.out.covered, q.out.covered...)}
}

func (g *grid) footSection(t document.Table) section {
	p := newPlacer(len(t.Columns), len(t.Foot))
	for _, r := range t.Foot {
		p.row(g.named(g.textCells(r, true), len(t.Columns)))
	}
	return p.out
}

// named makes the first cell the name of its row where the table says so.
func (g *grid) named(cells []cell, columns int) []cell {
	if !g.table.RowHeader || columns < 2 { // a single cell names nothing
		return cells
	}
	if len(cells) == 0 {
		cells = []cell{{spans: []document.Span{{}}}}
	}
	cells[0].scope = "Row"
	if g.shaded {
		cells[0].spans[0].Bold = true
	}
	return cells
}
