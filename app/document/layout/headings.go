package layout

import (
	"fmt"
	"strconv"
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

// maxHeading is the deepest heading that the PDF standard has a tag for.
const maxHeading = 6

// filled gives the blocks without headings that say nothing.
func (l *layouter) filled(blocks []document.Block) []document.Block {
	clean := l.clean
	l.clean = document.NewCleaner() // what is missing is counted where it stands
	defer func() { l.clean = clean }()
	out := make([]document.Block, 0, len(blocks))
	for _, b := range blocks {
		if h, ok := b.(document.Heading); !ok || l.inline(h.Text) != "" {
			out = append(out, b)
		}
	}
	return out
}

// prepareHeadings settles the level of every heading before anything is placed:
// the contents come before the headings they list.
func (l *layouter) prepareHeadings() {
	for _, b := range l.blocks {
		switch b.(type) {
		case document.Cover, document.Letter:
			l.shift = 1
		case document.Heading, document.Contents:
		default:
			continue
		}
		break
	}
	last := 0
	for _, b := range l.blocks {
		switch b := b.(type) {
		case document.Cover, document.Letter: // an H1 of its own
			last = 1 - l.shift
		case document.Contents:
			last = min(last, 1)
		case document.Heading:
			last = min(max(b.Level, 1), last+1, maxHeading-l.shift)
			l.levels = append(l.levels, last)
		}
	}
}

func headingStyle(level int) (style textStyle, before, after float64) {
	switch level {
	case 1:
		return textStyle{16, 20, document.ColourHeading()}, 8.5, 2.4
	case 2:
		return textStyle{12.5, 16, document.ColourHeading()}, 6, 1.6
	}
	return textStyle{bodySize, bodyLeading, document.ColourHeading()}, 4, 0.8
}

func headingTag(level int) string { return "H" + strconv.Itoa(level) }

// heading places a heading together with the start of what follows it.
func (l *layouter) heading(i int, h document.Heading) {
	level := l.levels[len(l.heads)]
	text := l.inline(h.Text)
	style, before, after := headingStyle(level)
	e := l.root.child(headingTag(level + l.shift))
	e.Lang = languageTag(h.Lang)
	f := l.bold(e, text, style, textWidth)
	l.space(before)
	l.need(f.height() + after + l.firstHeight(i+1))
	l.useGap()
	l.heads = append(l.heads, heading{text: text, page: l.page, y: l.y})
	l.run(f, 0)
	l.gap = after
}

// bold makes a flow of clean bold text.
func (l *layouter) bold(e *Elem, text string, style textStyle, width float64) *flow {
	return newFlow(e, []document.Span{{Text: text, Bold: true}}, style, width)
}

// fillOutline makes the bookmarks.
func (l *layouter) fillOutline() {
	for i, h := range l.heads {
		l.result.Outline = append(l.result.Outline, OutlineItem{Text: h.text, Level: l.levels[i] - 1, Page: h.page, Y: h.y})
	}
}

// entry is a line of the contents that waits for its page number.
type entry struct {
	head int // index in heads
	page int
	top  float64
	left float64 // where the text ends
	link *Elem
}

const (
	contentsLevels = 2
	numberWidth    = 12.0 // of the page numbers
	levelIndent    = 6.0
	numberGap      = 3.0  // behind the widest number of a heading
	mostNumber     = 24.0 // a wider one is text
)

// contents places the table of contents. Page numbers are not known yet; they
// take a column of fixed width, so filling them in later moves nothing.
func (l *layouter) contents(c document.Contents) {
	if len(l.levels) == 0 {
		return
	}
	style, before, after := headingStyle(1)
	title := l.bold(l.root.child(headingTag(1+l.shift)), l.inline(c.Title), style, textWidth)
	l.space(before)
	l.need(title.height() + after + 3*body().lineHeight())
	l.run(title, 0)
	l.gap = after
	toc := l.root.child("TOC")
	clean := l.clean
	l.clean = document.NewCleaner() // headings are counted where they stand
	defer func() { l.clean = clean }()
	var texts, languages []string
	for _, b := range l.blocks {
		if h, ok := b.(document.Heading); ok {
			texts, languages = append(texts, l.inline(h.Text)), append(languages, languageTag(h.Lang))
		}
	}
	indents := l.contentsIndents(texts)
	for n, text := range texts {
		if l.levels[n] <= contentsLevels {
			l.contentsLine(toc, n, text, languages[n], indents)
		}
	}
	l.space(gapBlock)
}

// contentsIndents gives for each level where its numbers and its texts begin:
// the texts line up behind the widest number, below the texts of the level above.
func (l *layouter) contentsIndents(texts []string) [contentsLevels + 1]float64 {
	var widest [contentsLevels + 1]float64
	for n, text := range texts {
		if level := l.levels[n]; level <= contentsLevels {
			if number, _ := numbered(text); number != "" {
				widest[level] = max(widest[level], textWidthOf(number, contentsFont(level), bodySize)+numberGap)
			}
		}
	}
	var indents [contentsLevels + 1]float64
	for level := 1; level <= contentsLevels; level++ {
		room := widest[level]
		if room == 0 {
			room = levelIndent
		}
		indents[level] = indents[level-1] + min(room, mostNumber)
	}
	return indents
}

func contentsFont(level int) fonts.Style { return fonts.Of(level == 1, false) }

// numbered parts a heading's number ("3", "3.10") from its text; the number is ""
// when there is none.
func numbered(heading string) (number, text string) {
	number, text, ok := strings.Cut(heading, " ")
	if !ok || strings.Trim(number, "0123456789.") != "" || number[0] == '.' {
		return "", heading
	}
	return number, text
}

func (l *layouter) contentsLine(toc *Elem, n int, text, lang string, indents [contentsLevels + 1]float64) {
	level := l.levels[n]
	indent := indents[level-1]
	link := toc.child("TOCI").child("Reference").child("Link")
	link.Lang = lang
	style := body()
	number, rest := numbered(text)
	left := indent
	if width := textWidthOf(number, contentsFont(level), style.size); number != "" && width < mostNumber {
		text, left = rest, indents[level]
	} else {
		number = ""
	}
	f := newFlow(link, []document.Span{{Text: text, Bold: level == 1}}, style, textWidth-numberWidth-left)
	if level == 1 {
		l.space(2)
	}
	l.need(f.height())
	if number != "" {
		l.useGap()
		l.textOp(link, number+" ", marginLeft+indent, l.y, style, contentsFont(level))
	}
	l.run(f, left)
	last := f.lines[len(f.lines)-1]
	l.pending = append(l.pending, entry{head: n, page: l.page, top: l.y - style.lineHeight(),
		left: marginLeft + left + last.width, link: link})
}

// fillContents writes the page numbers, dots and links of the contents.
func (l *layouter) fillContents() {
	style := body()
	dot := textWidthOf(" .", fonts.Regular, style.size)
	for _, p := range l.pending {
		h := l.heads[p.head]
		number := strconv.Itoa(h.page + 1)
		width := textWidthOf(number, fonts.Regular, style.size)
		right := PageWidth - marginRight
		base := p.top + style.baseline()
		number = " " + number
		l.emit(p.page, p.link, Op{Kind: OpText, X: right - width - textWidthOf(" ", fonts.Regular, style.size), Y: base,
			W: width, Text: number, Size: style.size, Colour: style.colour})
		// Dots stand on a grid from the right edge, so that they line up.
		for x := right - numberWidth + 3; x > p.left+2*dot; x -= dot {
			l.emit(p.page, nil, Op{Kind: OpCircle, X: x, Y: base - 0.2, W: 0.16, Colour: document.ColourMuted()})
		}
		l.emit(p.page, p.link, Op{Kind: OpLink, X: marginLeft, Y: p.top, W: textWidth, H: style.lineHeight(),
			Link: &Link{Page: h.page, TargetY: h.y, Contents: fmt.Sprintf("%s, %d", h.text, h.page+1)}})
	}
}
