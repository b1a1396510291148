package layout

import (
	"net/url"
	"slices"
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

// flow is running text that is placed line by line, over pages when needed.
type flow struct {
	spans []document.Span
	lines []line
	style textStyle
	elems []*Elem // the element of each span, made when first drawn
	elem  *Elem
}

// newFlow breaks cleaned spans into lines of the given width in mm.
func newFlow(elem *Elem, spans []document.Span, style textStyle, width float64) *flow {
	return &flow{spans: spans, lines: breakLines(spans, style.size, width), style: style,
		elem: elem, elems: make([]*Elem, len(spans))}
}

// newParagraph makes running text. Where its last line would be a single short
// word, the lines become a little shorter.
func newParagraph(elem *Elem, spans []document.Span) *flow {
	const shortest, most, step = readingWidth / 8, 12.0, 3.0
	f := newFlow(elem, spans, body(), readingWidth)
	n := len(f.lines)
	if n == 1 || f.lines[n-1].width >= shortest {
		return f
	}
	for less := step; less <= most; less += step {
		lines := breakLines(spans, bodySize, readingWidth-less)
		if len(lines) > n {
			break
		}
		if lines[n-1].width >= shortest {
			f.lines = lines
			break
		}
	}
	return f
}

func (f *flow) height() float64 { return float64(len(f.lines)) * f.style.lineHeight() }

// firstHeight is the height of the lines that must stand together at the start.
func (f *flow) firstHeight() float64 {
	n := len(f.lines)
	if n > 3 {
		n = 2
	}
	return float64(n) * f.style.lineHeight()
}

// fit tells how many of the lines from the given one may stand in room: never
// a single line of a longer paragraph at a page's end or start.
func (f *flow) fit(from int, room float64) int {
	left := len(f.lines) - from
	n := int((max(room, 0) + 1e-6) / f.style.lineHeight())
	switch {
	case n >= left:
		return left
	case left-n == 1 && n > 0:
		n--
	}
	if n < 2 && left > 1 {
		return 0
	}
	return n
}

// spanElem is the element that a span's text belongs to, nil for an artefact.
func (f *flow) spanElem(i int) *Elem {
	if f.elem == nil || f.elems[i] != nil {
		return f.elems[i]
	}
	s := f.spans[i]
	e := f.elem
	switch {
	case s.Link != "" && f.wide(i):
		e = f.elem.child("Link")
		e.Lang = s.Lang
	case s.Lang != "":
		e = f.elem.child("Span")
		e.Lang = s.Lang
	}
	f.elems[i] = e
	return e
}

// wide tells whether a span takes any room: a link of marks alone can be clicked
// nowhere, and an element Link must have its annotation (ISO 32000-1, 14.8.4.4.2).
func (f *flow) wide(i int) bool {
	return slices.ContainsFunc(f.lines, func(ln line) bool {
		return slices.ContainsFunc(ln.segs, func(s seg) bool { return s.span == i && s.w > 0 })
	})
}

// drawLines draws lines from to end of f with the top left corner at x, y.
func (l *layouter) drawLines(f *flow, from, end int, x, y, width float64, align document.Align) {
	for i := from; i < end; i++ {
		ln := f.lines[i]
		left := x
		switch align {
		case document.Right:
			left += width - ln.width
		case document.Center:
			left += (width - ln.width) / 2
		}
		l.drawLine(f, ln, left, y)
		y += f.style.lineHeight()
	}
}

func (l *layouter) drawLine(f *flow, ln line, x, top float64) {
	base := top + f.style.baseline()
	for n, s := range ln.segs {
		span := f.spans[s.span]
		e := f.spanElem(s.span)
		op := Op{Kind: OpText, X: x + s.x, Y: base, W: s.w, Text: s.text, Style: s.style, Size: f.style.size, Colour: f.style.colour}
		if span.Link != "" {
			op.Colour = document.ColourHeading()
		}
		l.emit(l.page, e, op)
		if ln.soft && n == len(ln.segs)-1 {
			hyphen := op
			hyphen.X, hyphen.Text, hyphen.Actual = op.X+s.w, "-", string(softHyphen)
			hyphen.W = textWidthOf("-", op.Style, op.Size)
			l.emit(l.page, e, hyphen)
		}
		if span.Link != "" && s.w > 0 {
			l.decorate(Op{Kind: OpLine, X: op.X, Y: base + 0.5, W: op.X + s.w, H: base + 0.5, Size: 0.4, Colour: op.Colour})
			if e == nil {
				continue // the copy of a heading row leads nowhere
			}
			l.emit(l.page, e, Op{Kind: OpLink, X: op.X, Y: top, W: s.w, H: f.style.lineHeight(),
				Link: &Link{URL: span.Link, Contents: span.Link}})
		}
	}
}

// run places a flow in the text column indented by indent mm, over pages.
func (l *layouter) run(f *flow, indent float64) {
	for from := 0; from < len(f.lines); {
		n := f.fit(from, l.room())
		if n == 0 && l.atTop() {
			n = 1
		}
		if n == 0 {
			l.newPage()
			continue
		}
		l.useGap()
		l.drawLines(f, from, from+n, marginLeft+indent, l.y, textWidth-indent, document.Left)
		l.y += float64(n) * f.style.lineHeight()
		from += n
		if from < len(f.lines) {
			l.newPage()
		}
	}
}

// maxKept is the most lines of a paragraph that is kept whole with what follows.
const maxKept = 4

func (l *layouter) paragraph(i int, p document.Paragraph) {
	f := l.flowOf(i, p)
	delete(l.texts, i)
	if f == nil {
		return
	}
	l.space(gapBlock)
	f.elem = l.root.child("P")
	if p.KeepWithNext && len(f.lines) <= maxKept {
		l.need(min(f.height()+l.firstHeight(i+1), (pageEnd-marginTop)/2))
	}
	l.run(f, 0)
	l.space(gapBlock)
}

// isBlank tells that clean spans hold nothing to see.
func isBlank(spans []document.Span) bool {
	for _, s := range spans {
		if strings.Trim(s.Text, " \n\u00a0\u00ad") != "" {
			return false
		}
	}
	return true
}

// textOp draws one line of clean text with its left edge at x.
func (l *layouter) textOp(e *Elem, text string, x, top float64, style textStyle, font fonts.Style) *Op {
	return l.emit(l.page, e, Op{Kind: OpText, X: x, Y: top + style.baseline(), W: textWidthOf(text, font, style.size),
		Text: text, Style: font, Size: style.size, Colour: style.colour})
}

// maxAddress is more than browsers take. A file may hold no string of more than
// 32 767 bytes (ISO 19005-2, 6.1.13).
const maxAddress = 8000

// linkAddress gives an address in the ASCII form that a file may hold, or ""
// when it is not one that a reader can follow safely.
func linkAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "mailto", "tel":
	default:
		return ""
	}
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c > '~' || c == '(' || c == ')' || c == '\\' {
			const hex = "0123456789ABCDEF"
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	if b.Len() > maxAddress {
		return ""
	}
	return b.String()
}
