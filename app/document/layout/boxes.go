package layout

import (
	"slices"
	"strconv"
	"strings"

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
	return newFlow(e, b.texts[i], body(), readingWidth-b.indent)
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

// noteBox is a note with clean text: its title, when it has one, and its
// paragraphs.
type noteBox struct {
	bar, shade document.Colour
	titled     bool
	parts      []*flow
}

// noteGap is the room in mm between two paragraphs of a note.
const noteGap = 1.8

// newNote makes the text of a note below an element.
func (l *layouter) newNote(n document.Note, div *Elem) noteBox {
	var b noteBox
	b.bar, b.shade = toneColours(n.Tone)
	if t := l.inline(n.Title); t != "" {
		b.titled = true
		b.parts = append(b.parts, l.bold(div.child("P"), t, textStyle{bodySize, bodyLeading, b.bar}, readingWidth))
	}
	for _, spans := range paragraphsOf(l.spans(n.Spans)) {
		if !isBlank(spans) {
			b.parts = append(b.parts, newParagraph(div.child("P"), spans))
		}
	}
	b.titled = b.titled && len(b.parts) > 1
	return b
}

// paragraphsOf divides clean spans at empty lines.
func paragraphsOf(spans []document.Span) [][]document.Span {
	all := [][]document.Span{nil}
	for _, s := range spans {
		for i, text := range strings.Split(s.Text, "\n\n") {
			if i > 0 {
				all = append(all, nil)
			}
			s.Text = text
			if len(all[len(all)-1]) == 0 {
				s.Text = strings.TrimLeft(text, "\n")
			}
			if s.Text != "" {
				all[len(all)-1] = append(all[len(all)-1], s)
			}
		}
	}
	return all
}

// gap is the room above a part.
func (b noteBox) gap(part int) float64 {
	if part == 0 || part == 1 && b.titled {
		return 0
	}
	return noteGap
}

func (b noteBox) height() float64 {
	height := 2 * notePadding
	for i, f := range b.parts {
		height += b.gap(i) + f.height()
	}
	return height
}

// start is the height of what must stand together: the whole note unless it is
// half a page.
func (b noteBox) start() float64 {
	if len(b.parts) == 0 {
		return 0
	}
	if whole := b.height(); whole < (pageEnd-marginTop)/2 {
		return whole
	}
	if b.titled {
		return b.parts[0].height() + b.parts[1].firstHeight() + 2*notePadding
	}
	return b.parts[0].firstHeight() + 2*notePadding
}

// piece is the part of a note's paragraph that stands on one page, and how far
// below the first one.
type piece struct {
	flow      *flow
	from, end int
	top       float64
}

// fill takes as much of the note, from a line of a part on, as has room, and at
// least one line when must says so. It gives the height and where to go on.
func (b noteBox) fill(part, from int, room float64, must bool) (pieces []piece, height float64, nextPart, nextFrom int) {
	for part < len(b.parts) {
		f := b.parts[part]
		gap := b.gap(part)
		if len(pieces) == 0 {
			gap = 0
		}
		n := f.fit(from, room-height-gap)
		if n == 0 && must && len(pieces) == 0 {
			n = 1
		}
		if n == 0 {
			break
		}
		pieces = append(pieces, piece{f, from, from + n, height + gap})
		height += gap + float64(n)*f.style.lineHeight()
		if from += n; from < len(f.lines) {
			break
		}
		part, from = part+1, 0
	}
	return pieces, height, part, from
}

// note places a box with a bar at its left side. A box that does not fit on a
// page goes on over the next one.
func (l *layouter) note(n document.Note) {
	box := l.newNote(n, l.root.child("Div"))
	if len(box.parts) == 0 {
		return
	}
	l.space(gapTable)
	l.need(box.start())
	if box.titled && box.parts[0].height() > (pageEnd-marginTop)/2 {
		// Not a title anyone would write; it must still be readable.
		l.run(box.parts[0], 0)
		box.parts, box.titled = box.parts[1:], false
	}
	for part, from := 0, 0; part < len(box.parts); {
		pieces, height, nextPart, nextFrom := box.fill(part, from, l.room()-2*notePadding, l.atTop())
		if len(pieces) == 0 {
			l.newPage()
			continue
		}
		l.useGap()
		height += 2 * notePadding
		l.decorate(Op{Kind: OpRect, X: marginLeft, Y: l.y, W: textWidth, H: height, Colour: box.shade})
		l.decorate(Op{Kind: OpRect, X: marginLeft, Y: l.y, W: noteBar, H: height, Colour: box.bar})
		for _, p := range pieces {
			l.drawLines(p.flow, p.from, p.end, marginLeft+noteBar+notePadding, l.y+notePadding+p.top, readingWidth, document.Left)
		}
		l.y += height
		if part, from = nextPart, nextFrom; part < len(box.parts) {
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
	bare := l.atTop() // a logo is mark enough
	l.useGap()
	muted := textStyle{11, 15, document.ColourMuted()}
	if bare {
		l.decorate(Op{Kind: OpRect, X: marginLeft, Y: l.y, W: 24, H: 1.4, Colour: document.ColourHeading()})
		l.y += 5
	}
	if county := l.inline(c.County); county != "" {
		l.run(l.bold(l.root.child("P"), county, textStyle{12, 16, document.ColourText()}, textWidth), 0)
	}
	if kind := l.inline(c.Kind); kind != "" {
		l.run(newFlow(l.root.child("P"), document.Text(kind), muted, textWidth), 0)
	}
	title, before, after := textStyle{25, 31, document.ColourHeading()}, 12.0, 7.0
	if !l.hasContents() { // a page or two, where the text begins below the cover
		title, before, after = textStyle{20, 25, document.ColourHeading()}, 7, 5
	}
	l.gap = before
	l.run(l.balanced(l.root.child("H1"), l.titleOr(c.Title), title), 0)
	l.gap = after
	if len(c.Summary) > 0 {
		l.summary(c.Summary)
	}
	l.space(gapTable)
}

func (l *layouter) hasContents() bool {
	return slices.ContainsFunc(l.blocks, func(b document.Block) bool {
		_, ok := b.(document.Contents)
		return ok
	})
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
