package layout

import (
	"kompetansepilot/app/document"
)

const (
	cellPadX     = 1.8
	cellPadY     = 1.1
	manyColumns  = 7
	mostColumns  = 18
	headerShare  = 3.0 // a heading row taller than 1/3 of a page is not repeated
	captionSpace = 1.2
)

// grid is a table while it is placed.
type grid struct {
	*layouter
	table            document.Table
	head, body, foot section
	style            textStyle
	left             []float64 // x of each column, and the right edge of the last
	elem             *Elem
	repeat           []row   // the heading rows that are drawn on every page
	repeatHeight     float64 // their height
	shaded           bool    // the summary box: tinted, with a bar at its left side
}

// row is one table row broken into lines. lines is the height of its cells that
// fill no other row.
type row struct {
	cells []cell
	flows []*flow
	lines int
	extra float64 // room in mm that merged cells want besides
}

func (g *grid) linesHeight(lines int) float64 {
	return float64(lines)*g.style.lineHeight() + 2*cellPadY
}

func (g *grid) rowHeight(r row) float64 { return g.linesHeight(r.lines) + r.extra }

func (g *grid) height(rows []row) (sum float64) {
	for _, r := range rows {
		sum += g.rowHeight(r)
	}
	return sum
}

func (l *layouter) table(i int, t document.Table) {
	l.space(gapTable)
	l.gridOf(i, t).place()
	delete(l.grids, i)
	l.space(gapTable)
}

// newGrid cleans the table's text and settles its columns.
func (l *layouter) newGrid(t document.Table, style textStyle, shaded bool) *grid {
	g := &grid{layouter: l, style: style, shaded: shaded}
	t.Columns = append([]document.Column(nil), t.Columns[:min(len(t.Columns), maxColumns)]...)
	for n := columnsNeeded(t); len(t.Columns) < n; {
		t.Columns = append(t.Columns, document.Column{})
	}
	for i := range t.Columns {
		t.Columns[i].Header = l.inline(t.Columns[i].Header)
	}
	t.Caption, t.Source = l.inline(t.Caption), l.inline(t.Source)
	g.table = t
	g.head, g.body, g.foot = g.headSection(t), g.bodySection(t), g.footSection(t)
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

// place puts the table on the page. A row stays whole unless it is taller than
// a page; the caption stays with the first row and the sums with the last.
func (g *grid) place() {
	if len(g.table.Columns) == 0 {
		return
	}
	g.need(g.start())
	caption := g.caption()
	if len(g.head.rows)+len(g.body.rows)+len(g.foot.rows) == 0 {
		if caption != nil { // the caption of nothing is plain text
			caption.elem = g.root.child("P")
			g.run(caption, 0)
		}
		return
	}
	if g.shaded {
		g.pad()
	}
	g.elem = g.root.child("Table")
	head := g.sectionRows(&g.head, nil, 0, len(g.head.rows))
	headHeight := g.height(head)
	if caption != nil {
		caption.elem = g.elem.child("Caption")
		g.run(caption, 0)
		g.gap = captionSpace
	}
	if len(head) > 0 {
		g.placeRows(&g.head, g.group("THead"), 0, len(g.head.rows), g.drawHeaderBack)
		if headHeight < (pageEnd-marginTop)/headerShare {
			g.repeat, g.repeatHeight = head, headHeight
		}
	}
	g.placeBody()
	if g.shaded {
		g.pad()
	}
	if g.table.Source != "" {
		g.gap = captionSpace
		g.run(captionFlow(g.root.child("P"), g.table.Source), 0)
	}
}

// sourceHeight is the room that the table's source asks for below the last row.
func (g *grid) sourceHeight() float64 {
	if g.table.Source == "" {
		return 0
	}
	return captionSpace + captionFlow(nil, g.table.Source).height()
}

// pad gives a summary box the room above its first and below its last row that it
// has at the sides.
func (g *grid) pad() {
	const height = notePadding - cellPadY
	g.useGap()
	g.drawRowRule(g.y, height)
	g.y += height
}

// group is the element for a section's rows. A table whose body is empty has no
// sections: a head or a foot must stand beside a body (ISO 32000-1, table 337).
func (g *grid) group(tag string) *Elem {
	if len(g.body.rows) == 0 {
		return g.elem
	}
	return g.elem.child(tag)
}

// caption is the table's caption as text, nil for none.
func (g *grid) caption() *flow {
	if g.table.Caption == "" {
		return nil
	}
	return g.bold(nil, g.table.Caption, textStyle{9.5, 13, document.ColourHeading()}, textWidth)
}

// start is the height of what stands together at the top of the table.
func (g *grid) start() float64 {
	if len(g.table.Columns) == 0 {
		return 0
	}
	height := g.height(g.sectionRows(&g.head, nil, 0, len(g.head.rows)))
	if caption := g.caption(); caption != nil {
		height += caption.height() + captionSpace
	}
	if g.shaded {
		height += notePadding - cellPadY
	}
	if n := len(g.body.rows); n > 0 {
		end := g.keptFrom(0)
		if end == n {
			height += g.tailHeight()
		}
		height += g.height(g.sectionRows(&g.body, nil, 0, end))
	}
	return min(height, pageEnd-marginTop)
}

// keptFrom is the row after the last that should stand on the same page as row i:
// no row stands alone at the end or the start of a page, and so a table of three
// rows is not divided at all. Rows taller together than a third of a page are.
func (g *grid) keptFrom(i int) int {
	n := len(g.body.rows)
	end := g.body.lastOf(i)
	want := end
	if i == 0 && end < n {
		want = g.body.lastOf(end)
	}
	if want < n && g.body.lastOf(want) == n {
		want = n
	}
	if want > end && g.height(g.sectionRows(&g.body, nil, i, want)) > (pageEnd-marginTop)/3 {
		return end
	}
	return want
}

// tailHeight is the height of what stays with the last row.
func (g *grid) tailHeight() float64 {
	return g.height(g.sectionRows(&g.foot, nil, 0, len(g.foot.rows))) + g.sourceHeight()
}

func (g *grid) placeBody() {
	tail := g.tailHeight()
	if n := len(g.body.rows); n > 0 {
		body := g.group("TBody")
		for i := 0; i < n; {
			end, kept := g.body.lastOf(i), g.keptFrom(i)
			if kept > end || end == n && tail > 0 {
				height := g.height(g.sectionRows(&g.body, nil, i, kept))
				if kept == n {
					height += tail
				}
				if height < (pageEnd-marginTop)/2 {
					g.needRows(height)
				}
			}
			g.placeRows(&g.body, body, i, end, g.drawRowRule)
			i = end
		}
	}
	if len(g.foot.rows) > 0 {
		e := g.group("TFoot")
		for i := range g.foot.rows {
			back := g.drawFootRule
			if i > 0 {
				back = g.drawNextFootRule
			}
			g.placeRows(&g.foot, e, i, i+1, back)
		}
	}
}

// bodyRoom is the height for rows on a page of its own.
func (g *grid) bodyRoom() float64 { return pageEnd - marginTop - g.repeatHeight }

// needRows goes on over the next page unless height fits on this one. The small
// margin is for rounding: a row that just fits a page must not wait forever.
func (g *grid) needRows(height float64) {
	if g.room() < height && height < g.bodyRoom()-0.001 && g.y > marginTop+g.repeatHeight+1 {
		g.nextPage()
	}
}

// nextPage goes on over a new page under a copy of the heading rows. The copy is
// an artefact: a screen reader knows the headings already.
func (g *grid) nextPage() {
	g.newPage()
	g.drawRows(&g.head, g.repeat, 0, g.drawHeaderBack)
}

// placeRows places rows that belong together. Those that are too tall for a page
// are placed one by one.
func (g *grid) placeRows(s *section, parent *Elem, from, end int, back func(top, height float64)) {
	rows := g.sectionRows(s, parent, from, end)
	if height := g.height(rows); len(rows) > 1 && height < g.bodyRoom()-0.001 {
		g.needRows(height)
		if g.room() >= height-0.001 {
			g.useGap()
			g.drawRows(s, rows, from, back)
			return
		}
	}
	for _, r := range rows {
		r.extra = 0
		for _, f := range r.flows { // merged cells stand in their first row
			r.lines = max(r.lines, len(f.lines))
		}
		g.placeRow(r, back)
	}
}

// placeRow places a row, in parts when it is taller than the rest of a page.
func (g *grid) placeRow(r row, back func(top, height float64)) {
	g.needRows(g.linesHeight(r.lines))
	for from := 0; from < r.lines; {
		n := int((g.room() - 2*cellPadY + 1e-6) / g.style.lineHeight())
		if n <= 0 && g.y > marginTop+g.repeatHeight+1 {
			g.nextPage()
			continue
		}
		n = min(max(n, 1), r.lines-from)
		g.useGap()
		height := g.linesHeight(n)
		back(g.y, height)
		for i := range r.cells {
			g.drawCell(r, i, from, from+n, g.y)
		}
		g.y += height
		from += n
		if from < r.lines {
			g.nextPage()
		}
	}
}

// drawRows draws whole rows with their merged cells.
func (g *grid) drawRows(s *section, rows []row, first int, back func(top, height float64)) {
	for i, r := range rows {
		height := g.rowHeight(r)
		switch {
		case len(rows) == 1:
			back(g.y, height)
		case s == &g.head:
			if i == 0 {
				back(g.y, g.height(rows))
			}
		default:
			g.drawBrokenRule(s, first+i, g.y+height)
		}
		for k := range r.cells {
			g.drawCell(r, k, 0, max(r.lines, len(r.flows[k].lines)), g.y)
		}
		g.y += height
	}
}

// drawCell draws lines from to end of a cell in a row whose top is at top.
func (g *grid) drawCell(r row, i, from, end int, top float64) {
	c, f := r.cells[i], r.flows[i]
	first, last := min(from, len(f.lines)), min(end, len(f.lines))
	align := g.table.Columns[c.col].Align
	x, width := g.cellRoom(c)
	if c.cols > 1 && c.scope == "Column" {
		align = document.Center
		bottom := top + g.linesHeight(len(f.lines))
		g.decorate(Op{Kind: OpLine, X: x, Y: bottom, W: x + width, H: bottom, Size: 0.4, Colour: document.ColourMuted()})
	}
	if c.scope == "Column" && c.rows == 1 && from == 0 {
		// A short heading stands on the line of the figures below it.
		top += float64(max(min(r.lines, end)-last, 0)) * g.style.lineHeight()
	}
	g.drawLines(f, first, last, x, top+cellPadY, width, align)
}

// cellRoom is where a cell's text stands.
func (g *grid) cellRoom(c cell) (x, width float64) {
	width = g.left[c.col+c.cols] - g.left[c.col]
	left, right := min(g.padLeft(c.col), width/5), min(cellPadX, width/6) // of narrow columns something must be left
	return g.left[c.col] + left, width - left - right
}

// sectionRows breaks rows into lines; with a nil parent they are artefacts or
// only measured. Cells over several rows make the last of them taller.
func (g *grid) sectionRows(s *section, parent *Elem, from, end int) []row {
	rows := make([]row, end-from)
	for i := range rows {
		var tr *Elem
		if parent != nil {
			tr = parent.child("TR")
		}
		rows[i] = g.row(tr, s.rows[from+i])
	}
	for i, r := range rows {
		for k, c := range r.cells {
			if c.rows == 1 {
				continue
			}
			last := min(i+c.rows, len(rows)) - 1
			if short := g.linesHeight(len(r.flows[k].lines)) - g.height(rows[i:last+1]); short > 0 {
				rows[last].extra += short
			}
		}
	}
	return rows
}

// row breaks the cells of a row. A cell with a scope is a heading cell.
func (g *grid) row(tr *Elem, cells []cell) row {
	r := row{cells: cells, flows: make([]*flow, len(cells)), lines: 1}
	for i, c := range cells {
		var e *Elem
		if tr != nil {
			e = tr.child("TD")
			if c.scope != "" && !isBlank(c.spans) { // a heading that says nothing is none
				e.Tag, e.Scope = "TH", c.scope
			}
			e.Cols, e.Rows = c.cols, c.rows
		}
		style := g.style
		if c.scope == "Column" {
			style.colour = document.ColourHeading()
		}
		_, width := g.cellRoom(c)
		r.flows[i] = newFlow(e, c.spans, style, width)
		if c.rows == 1 {
			r.lines = max(r.lines, len(r.flows[i].lines))
		}
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

// drawBrokenRule draws the line below a row, but not through merged cells.
func (g *grid) drawBrokenRule(s *section, i int, y float64) {
	for from := 0; from < len(g.left)-1; {
		to := from + 1
		for to < len(g.left)-1 && s.reaches(i, to) == s.reaches(i, from) {
			to++
		}
		if !s.reaches(i, from) {
			g.decorate(Op{Kind: OpLine, X: g.left[from], Y: y, W: g.left[to], H: y, Size: 0.4, Colour: document.ColourRule()})
		}
		from = to
	}
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
