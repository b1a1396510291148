package layout

import (
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

const (
	cellPadX     = 1.8
	cellPadY     = 1.1
	manyColumns  = 7
	headerShare  = 3.0 // a heading row taller than 1/3 of a page is not repeated
	captionSpace = 1.2
)

// grid is a table while it is placed.
type grid struct {
	*layouter
	table  document.Table
	style  textStyle
	left   []float64 // x of each column, and the right edge of the last
	elem   *Elem
	header bool // has a heading row to repeat
	shaded bool // the summary box: tinted, with a bar at its left side
}

// row is one table row broken into lines.
type row struct {
	cells []*flow
	lines int
}

func (g *grid) rowHeight(r row) float64 {
	return float64(r.lines)*g.style.lineHeight() + 2*cellPadY
}

func (l *layouter) table(t document.Table) {
	style := textStyle{9.5, 12.5, document.ColourText()}
	if len(t.Columns) > manyColumns {
		style = textStyle{8, 10.5, document.ColourText()}
	}
	l.space(gapTable)
	l.newGrid(t, style, false).place()
	l.space(gapTable)
}

// newGrid cleans the table's text and settles its columns.
func (l *layouter) newGrid(t document.Table, style textStyle, shaded bool) *grid {
	g := &grid{layouter: l, style: style, shaded: shaded}
	t.Columns = append([]document.Column(nil), t.Columns...)
	for _, rows := range [][][]string{t.Rows, t.Foot} {
		for _, r := range rows {
			for len(r) > len(t.Columns) {
				t.Columns = append(t.Columns, document.Column{})
			}
		}
	}
	for i := range t.Columns {
		t.Columns[i].Header = l.inline(t.Columns[i].Header)
		g.header = g.header || t.Columns[i].Header != ""
	}
	t.Caption = l.inline(t.Caption)
	t.Rows, t.Foot = l.cells(t.Rows, len(t.Columns)), l.cells(t.Foot, len(t.Columns))
	g.table = t
	g.left = []float64{marginLeft + g.inset()}
	for i, w := range g.columnWidths() {
		g.left = append(g.left, g.left[i]+w)
	}
	return g
}

// inset keeps the text of a summary box clear of its bar.
func (g *grid) inset() float64 {
	if g.shaded {
		return noteBar + 1.2
	}
	return 0
}

// padLeft is the room left of a column's text: more after a column of amounts,
// whose figures would else run into the text.
func (g *grid) padLeft(i int) float64 {
	if i > 0 && g.table.Columns[i-1].Align == document.Right && g.table.Columns[i].Align != document.Right {
		return cellPadX + 2
	}
	return cellPadX
}

func (l *layouter) cells(in [][]string, columns int) [][]string {
	out := make([][]string, len(in))
	for i, r := range in {
		out[i] = make([]string, columns)
		for k, text := range r {
			out[i][k] = strings.TrimRight(l.clean.Clean(text), " \n")
		}
	}
	return out
}

// place puts the table on the page. A row stays whole unless it is taller than
// a page; the caption stays with the first row and the sums with the last.
func (g *grid) place() {
	if len(g.table.Columns) == 0 {
		return
	}
	g.elem = g.root.child("Table")
	head := g.headerRow(nil)
	var caption *flow
	start := 0.0
	if g.table.Caption != "" {
		caption = g.bold(g.elem.child("Caption"), g.table.Caption, textStyle{9.5, 13, document.ColourHeading()}, textWidth)
		start += caption.height() + captionSpace
	}
	if g.header {
		start += g.rowHeight(head)
	}
	if len(g.table.Rows) > 0 {
		start += g.rowHeight(g.bodyRow(nil, 0))
	}
	g.need(min(start, pageEnd-marginTop))
	if caption != nil {
		g.run(caption, 0)
		g.gap = captionSpace
	}
	if g.header {
		g.header = false // there is nothing to repeat above the heading row itself
		g.placeRow(g.headerRow(g.elem.child("THead").child("TR")), g.drawHeaderBack)
		g.header = g.rowHeight(head) < (pageEnd-marginTop)/headerShare
	}
	g.placeBody()
}

func (g *grid) placeBody() {
	foot := 0.0
	for i := range g.table.Foot {
		foot += g.rowHeight(g.footRow(nil, i))
	}
	if len(g.table.Rows) > 0 {
		body := g.elem.child("TBody")
		for i := range g.table.Rows {
			r := g.bodyRow(body.child("TR"), i)
			height := g.rowHeight(r)
			if i == len(g.table.Rows)-1 && height+foot < (pageEnd-marginTop)/2 {
				height += foot
			}
			if g.room() < height && height < g.bodyRoom() {
				g.nextPage()
			}
			g.placeRow(r, g.drawRowRule)
		}
	}
	if len(g.table.Foot) > 0 {
		e := g.elem.child("TFoot")
		for i := range g.table.Foot {
			back := g.drawFootRule
			if i > 0 {
				back = g.drawNextFootRule
			}
			g.placeRow(g.footRow(e.child("TR"), i), back)
		}
	}
}

// bodyRoom is the height for rows on a page of its own.
func (g *grid) bodyRoom() float64 {
	height := pageEnd - marginTop
	if g.header {
		height -= g.rowHeight(g.headerRow(nil))
	}
	return height
}

// nextPage goes on over a new page under a copy of the heading row. The copy is
// an artefact: a screen reader knows the headings already.
func (g *grid) nextPage() {
	g.newPage()
	if g.header {
		head := g.headerRow(nil)
		g.drawPart(head, 0, head.lines, g.drawHeaderBack)
	}
}

// placeRow places a row, in parts when it is taller than the rest of a page.
func (g *grid) placeRow(r row, back func(top, height float64)) {
	for from := 0; from < r.lines; {
		n := int((g.room() - 2*cellPadY + 1e-6) / g.style.lineHeight())
		// The margin is for rounding: a row that just fits a page must not wait forever.
		if whole := g.rowHeight(r); from == 0 && n < r.lines && whole < g.bodyRoom()-0.001 {
			n = 0
		}
		if n <= 0 && g.y > marginTop+1 && (!g.header || g.y > marginTop+g.rowHeight(g.headerRow(nil))+1) {
			g.nextPage()
			continue
		}
		n = min(max(n, 1), r.lines-from)
		g.useGap()
		g.drawPart(r, from, from+n, back)
		from += n
		if from < r.lines {
			g.nextPage()
		}
	}
}

// drawPart draws lines from to end of all cells of a row.
func (g *grid) drawPart(r row, from, end int, back func(top, height float64)) {
	height := float64(end-from)*g.style.lineHeight() + 2*cellPadY
	back(g.y, height)
	for i, f := range r.cells {
		first, last := min(from, len(f.lines)), min(end, len(f.lines))
		g.drawLines(f, first, last, g.left[i]+g.padLeft(i), g.y+cellPadY, g.left[i+1]-g.left[i]-cellPadX-g.padLeft(i), g.table.Columns[i].Align)
	}
	g.y += height
}

func (g *grid) headerRow(tr *Elem) row {
	return g.row(tr, func(i int) (string, bool, string) { return g.table.Columns[i].Header, true, "Column" })
}

func (g *grid) bodyRow(tr *Elem, n int) row { return g.textRow(tr, g.table.Rows[n], false) }
func (g *grid) footRow(tr *Elem, n int) row { return g.textRow(tr, g.table.Foot[n], true) }

func (g *grid) textRow(tr *Elem, cells []string, bold bool) row {
	return g.row(tr, func(i int) (string, bool, string) {
		if i == 0 && g.table.RowHeader {
			return cells[i], bold || g.shaded, "Row"
		}
		return cells[i], bold, ""
	})
}

// row breaks the cells of a row; a nil tr makes a row that is an artefact or
// only measured. A cell with a scope is a heading cell.
func (g *grid) row(tr *Elem, cell func(i int) (text string, bold bool, scope string)) row {
	r := row{cells: make([]*flow, len(g.table.Columns)), lines: 1}
	for i := range r.cells {
		text, bold, scope := cell(i)
		var e *Elem
		if tr != nil {
			tag := "TD"
			if scope != "" {
				tag = "TH"
			}
			e = tr.child(tag)
			e.Scope = scope
		}
		style := g.style
		if scope == "Column" {
			style.colour = document.ColourHeading()
		}
		f := newFlow(e, []document.Span{{Text: text, Bold: bold}}, style, g.left[i+1]-g.left[i]-cellPadX-g.padLeft(i))
		r.cells[i] = f
		r.lines = max(r.lines, len(f.lines))
	}
	return r
}

func (g *grid) drawHeaderBack(top, height float64) {
	g.decorate(Op{Kind: OpRect, X: marginLeft, Y: top, W: textWidth, H: height, Colour: document.ColourShade()})
	g.rule(top+height, 0.9, document.ColourHeading())
}

func (g *grid) drawRowRule(top, height float64) {
	if g.shaded {
		g.decorate(Op{Kind: OpRect, X: marginLeft, Y: top, W: textWidth, H: height, Colour: document.ColourShade()})
		g.decorate(Op{Kind: OpRect, X: marginLeft, Y: top, W: noteBar, H: height, Colour: document.ColourHeading()})
		return
	}
	g.rule(top+height, 0.4, document.ColourRule())
}

func (g *grid) drawFootRule(top, height float64) {
	g.rule(top, 0.9, document.ColourHeading())
}

func (g *grid) drawNextFootRule(top, height float64) {
	g.rule(top, 0.4, document.ColourRule())
}

func (g *grid) rule(y, width float64, c document.Colour) {
	g.decorate(Op{Kind: OpLine, X: marginLeft, Y: y, W: PageWidth - marginRight, H: y, Size: width, Colour: c})
}

// cellWidths gives the room that a text would like, and its longest word.
func cellWidths(text string, style fonts.Style, size float64) (whole, word float64) {
	for _, ln := range strings.Split(text, "\n") {
		whole = max(whole, textWidthOf(ln, style, size))
	}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == softHyphen }) {
		word = max(word, textWidthOf(w, style, size))
	}
	return whole, word
}
