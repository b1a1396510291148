package layout

import (
	"kompetansepilot/app/document"
)

const letterFacts = 62.0 // mm for date and references

// letter places the top of a letter: the receiver where a window envelope
// shows it, date and references to the right, then what it is about.
func (l *layouter) letter(b document.Letter) {
	l.useGap()
	small := textStyle{9, 12, document.ColourMuted()}
	text := body()
	left := textWidth - letterFacts - 8
	l.need(6 * text.lineHeight())
	page, top := l.page, l.y
	for _, lines := range []struct {
		texts []string
		style textStyle
	}{{b.Sender, small}, {b.Receiver, text}} {
		block := l.lines(lines.texts)
		if len(block) == 0 {
			continue
		}
		l.run(newFlow(l.root.child("P"), block, lines.style, left), 0)
		l.gap = 6
	}
	bottom := l.y
	if l.page == page { // else the addresses were longer than a page
		l.y = top
	}
	l.facts(b.Facts, marginLeft+left+8)
	l.y = max(l.y, bottom)
	l.gap = 12
	l.run(l.bold(l.root.child("H1"), l.titleOr(b.Title), textStyle{15, 20, document.ColourHeading()}, textWidth), 0)
	l.gap = 3
}

// lines joins texts to one with a line each, leaving out the empty ones.
func (l *layouter) lines(texts []string) (out []document.Span) {
	for _, t := range texts {
		t = l.inline(t)
		if t == "" {
			continue
		}
		if len(out) > 0 {
			t = "\n" + t
		}
		out = append(out, document.Span{Text: t})
	}
	return out
}

// facts places labels with their values below them in a narrow column.
func (l *layouter) facts(rows []document.SummaryRow, x float64) {
	label := smallPrint()
	for _, r := range rows {
		name, value := l.inline(r.Label), l.inline(r.Value)
		if value == "" {
			continue
		}
		f := newFlow(l.root.child("P"), []document.Span{{Text: name + "\n"}, {Text: value}}, body(), letterFacts)
		for i, ln := range f.lines {
			style := body()
			if i == 0 && name != "" {
				style = label
			}
			if l.y+style.lineHeight() > pageEnd {
				l.newPage()
			}
			scale := style.size / bodySize // the lines were broken at the size of running text
			for _, s := range ln.segs {
				l.emit(l.page, f.elem, Op{Kind: OpText, X: x + s.x*scale, Y: l.y + style.baseline(), W: s.w * scale,
					Text: s.text, Size: style.size, Colour: style.colour})
			}
			l.y += style.lineHeight()
		}
		l.y += 1.2
	}
}

// writing is the room in mm above a line to write on.
const writing = 12.0

func smallPrint() textStyle { return textStyle{8, 10.5, document.ColourMuted()} }

const signerGutter = 10.0

func signerWidth() float64 { return (textWidth - signerGutter) / 2 }

// pairHeight is what the signers from number i on that stand beside each other
// take.
func (l *layouter) pairHeight(b document.Signatures, i int) (most float64) {
	clean := l.clean
	l.clean = document.NewCleaner() // what is missing is counted where it stands
	defer func() { l.clean = clean }()
	for _, s := range b.Signers[i:min(i+2, len(b.Signers))] {
		height := 1.0
		for _, word := range []string{b.PlaceAndDate, b.Signature} {
			if l.inline(word) != "" {
				height += writing + smallPrint().lineHeight()
			}
		}
		for _, text := range []document.Span{{Text: l.inline(s.Name), Bold: true}, {Text: l.inline(s.Title)}} {
			if text.Text != "" {
				height += float64(min(len(breakLines([]document.Span{text}, bodySize, signerWidth())), 2)) * body().lineHeight()
			}
		}
		most = max(most, height)
	}
	return most
}

// signatures places lines to sign on, two signers beside each other. A signer
// stays whole.
func (l *layouter) signatures(b document.Signatures) {
	width := signerWidth()
	for i := 0; i < len(b.Signers); i += 2 {
		pair := b.Signers[i:min(i+2, len(b.Signers))]
		l.space(gapTable + 2)
		l.need(l.pairHeight(b, i))
		l.useGap()
		page, top, bottom := l.page, l.y, l.y
		for k, s := range pair {
			if l.page == page {
				l.y = top
			}
			l.signer(b, s, marginLeft+float64(k)*(width+signerGutter), width)
			bottom = max(bottom, l.y)
		}
		l.y = bottom
	}
	l.space(gapTable)
}

func (l *layouter) signer(b document.Signatures, s document.Signer, x, width float64) {
	put := func(spans []document.Span, style textStyle, most int) {
		f := newFlow(l.root.child("P"), spans, style, width)
		n := min(len(f.lines), most)
		l.drawLines(f, 0, n, x, l.y, width, document.Left)
		l.y += float64(n) * style.lineHeight()
	}
	for _, word := range []string{b.PlaceAndDate, b.Signature} {
		if word = l.inline(word); word == "" {
			continue
		}
		l.y += writing
		l.decorate(Op{Kind: OpLine, X: x, Y: l.y, W: x + width, H: l.y, Size: 0.6, Colour: document.ColourMuted()})
		put(document.Text(word), smallPrint(), 1)
	}
	l.y += 1
	if name := l.inline(s.Name); name != "" {
		put([]document.Span{{Text: name, Bold: true}}, body(), 2)
	}
	if title := l.inline(s.Title); title != "" {
		put(document.Text(title), body(), 2)
	}
}
