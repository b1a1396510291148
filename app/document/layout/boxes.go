package layout

import (
	"strconv"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

const (
	listIndent  = 6.0
	itemGap     = 0.8
	notePadding = 3.0
	noteBar     = 1.2
)

// listing is a list with clean text.
type listing struct {
	texts   [][]document.Span
	ordered bool
	indent  float64
}

func (l *layouter) newList(b document.List) listing {
	out := listing{texts: make([][]document.Span, len(b.Items)), ordered: b.Ordered, indent: listIndent}
	if b.Ordered {
		out.indent = max(listIndent, textWidthOf(strconv.Itoa(len(b.Items))+".", fonts.Regular, bodySize)+2)
	}
	for i, item := range b.Items {
		out.texts[i] = l.spans(item)
	}
	return out
}

func (b listing) flow(e *Elem, i int) *flow {
	return newFlow(e, b.texts[i], body(), textWidth-b.indent)
}

// start is the height of what must stand together from item i on.
func (b listing) start(i int) float64 {
	f := b.flow(nil, i)
	height := f.firstHeight()
	if len(f.lines) <= 3 {
		for k := range itemsKept(b.texts, i) {
			height += itemGap + b.flow(nil, i+1+k).firstHeight()
		}
	}
	return height
}

// list places a list. A bullet stands on the line of its item's first text.
func (l *layouter) list(b document.List) {
	if len(b.Items) == 0 {
		return
	}
	e := l.root.child("L")
	e.List = "Disc"
	if b.Ordered {
		e.List = "Decimal"
	}
	l.space(gapBlock)
	list := l.newList(b)
	for i := range list.texts {
		label := "•"
		if b.Ordered {
			label = strconv.Itoa(i+1) + "."
		}
		li := e.child("LI")
		lbl := li.child("Lbl")
		f := list.flow(li.child("LBody"), i)
		l.need(list.start(i))
		l.useGap()
		x := marginLeft + 1.0
		if b.Ordered { // numbers line up at their right edge
			x = marginLeft + list.indent - 2 - textWidthOf(label, fonts.Regular, bodySize)
		}
		l.textOp(lbl, label+" ", x, l.y, body(), fonts.Regular)
		l.run(f, list.indent)
		l.gap = itemGap
	}
	l.space(gapBlock)
}

// itemsKept gives the items that must start on the same page as item i, so that
// no short item stands alone at the end or the start of a page.
func itemsKept(items [][]document.Span, i int) [][]document.Span {
	switch {
	case i == 0 && len(items) <= 3:
		return items[1:]
	case i == 0 || i == len(items)-2:
		return items[i+1 : i+2]
	}
	return nil
}

func toneColours(t document.Tone) (bar, shade document.Colour) {
	switch t {
	case document.Success:
		return document.Colour{R: 0x1e, G: 0x6b, B: 0x3a}, document.Colour{R: 0xec, G: 0xf5, B: 0xef}
	case document.Warning:
		return document.Colour{R: 0x85, G: 0x55, B: 0x00}, document.Colour{R: 0xfb, G: 0xf4, B: 0xe4}
	case document.Danger:
		return document.Colour{R: 0xa4, G: 0x1e, B: 0x22}, document.Colour{R: 0xfb, G: 0xee, B: 0xee}
	}
	return document.ColourHeading(), document.ColourShade()
}

// noteBox is a note with clean text. title is nil when there is none.
type noteBox struct {
	bar, shade  document.Colour
	title, text *flow
}

const noteWidth = textWidth - 2*notePadding - noteBar

// newNote makes the text of a note below an element.
func (l *layouter) newNote(n document.Note, div *Elem) noteBox {
	var b noteBox
	b.bar, b.shade = toneColours(n.Tone)
	if t := l.inline(n.Title); t != "" {
		b.title = l.bold(div.child("P"), t, textStyle{bodySize, bodyLeading, b.bar}, noteWidth)
	}
	if spans := l.spans(n.Spans); !isBlank(spans) {
		b.text = newFlow(div.child("P"), spans, body(), noteWidth)
	} else {
		b.text, b.title = b.title, nil
	}
	return b
}

func (b noteBox) titleHeight() float64 {
	if b.title == nil {
		return 0
	}
	return b.title.height()
}

// start is the height of what must stand together: the whole note unless it is
// half a page.
func (b noteBox) start() float64 {
	if b.text == nil {
		return 0
	}
	start := b.titleHeight() + b.text.firstHeight() + 2*notePadding
	if whole := b.titleHeight() + b.text.height() + 2*notePadding; whole < (pageEnd-marginTop)/2 {
		start = whole
	}
	return start
}

// note places a box with a bar at its left side. A box that does not fit on a
// page goes on over the next one.
func (l *layouter) note(n document.Note) {
	box := l.newNote(n, l.root.child("Div"))
	if box.text == nil {
		return
	}
	bar, shade, title, text, titleHeight := box.bar, box.shade, box.title, box.text, box.titleHeight()
	l.space(gapTable)
	l.need(box.start())
	if title != nil && titleHeight > (pageEnd-marginTop)/2 {
		// Not a title anyone would write; it must still be readable.
		l.run(title, 0)
		title, titleHeight = nil, 0
	}
	for from := 0; from < len(text.lines); {
		n := text.fit(from, l.room()-titleHeight-2*notePadding)
		if n == 0 && l.atTop() {
			n = 1
		}
		if n == 0 {
			l.newPage()
			continue
		}
		l.useGap()
		height := titleHeight + float64(n)*text.style.lineHeight() + 2*notePadding
		l.decorate(Op{Kind: OpRect, X: marginLeft, Y: l.y, W: textWidth, H: height, Colour: shade})
		l.decorate(Op{Kind: OpRect, X: marginLeft, Y: l.y, W: noteBar, H: height, Colour: bar})
		x, y := marginLeft+noteBar+notePadding, l.y+notePadding
		if title != nil {
			l.drawLines(title, 0, len(title.lines), x, y, noteWidth, document.Left)
			y += titleHeight
			title, titleHeight = nil, 0
		}
		l.drawLines(text, from, from+n, x, y, noteWidth, document.Left)
		l.y += height
		if from += n; from < len(text.lines) {
			l.newPage()
		}
	}
	l.space(gapTable)
}

// cover places the top of the first page.
func (l *layouter) cover(c document.Cover) {
	if !l.atTop() && !l.onlyHead() {
		l.newPage()
	}
	l.useGap()
	muted := textStyle{11, 15, document.ColourMuted()}
	l.decorate(Op{Kind: OpRect, X: marginLeft, Y: l.y, W: 24, H: 1.4, Colour: document.ColourHeading()})
	l.y += 5
	if county := l.inline(c.County); county != "" {
		l.run(l.bold(l.root.child("P"), county, textStyle{12, 16, document.ColourText()}, textWidth), 0)
	}
	if kind := l.inline(c.Kind); kind != "" {
		l.run(newFlow(l.root.child("P"), document.Text(kind), muted, textWidth), 0)
	}
	l.gap = 12
	l.run(l.balanced(l.root.child("H1"), l.titleOr(c.Title), textStyle{25, 31, document.ColourHeading()}), 0)
	l.gap = 7
	if len(c.Summary) > 0 {
		l.summary(c.Summary)
	}
	l.space(gapTable)
}

// titleOr gives a title, or else the document's: the headings below need one.
func (l *layouter) titleOr(title string) string {
	if t := l.inline(title); t != "" {
		return t
	}
	return l.result.Meta.Title
}

// summary places the facts of the cover as a table without a heading row.
func (l *layouter) summary(rows []document.SummaryRow) {
	t := document.Table{Columns: []document.Column{{Weight: 0.3}, {Weight: 0.7}}, RowHeader: true}
	for _, r := range rows {
		t.Rows = append(t.Rows, []string{r.Label, r.Value})
	}
	l.newGrid(t, textStyle{10, 13.5, document.ColourText()}, true).place()
}

// balanced makes a title whose lines are about equally long, so that no single
// word stands alone on the last one.
func (l *layouter) balanced(e *Elem, text string, style textStyle) *flow {
	f := l.bold(e, text, style, textWidth)
	if len(f.lines) > 4 {
		return f
	}
	best := f
	for width := textWidth - 4; width > textWidth/3; width -= 4 {
		f := l.bold(e, text, style, width)
		if len(f.lines) > len(best.lines) {
			break
		}
		best = f
	}
	return best
}
