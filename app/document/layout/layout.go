package layout

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/language"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/fonts"
)

// Text sizes and line heights in points, spaces in mm.
const (
	bodySize    = 10.5
	bodyLeading = 14.0
	smallSize   = 8.5
	gapBlock    = 2.4
	gapTable    = 4.5
)

// textStyle is a size with its line height, in points, and a colour.
type textStyle struct {
	size, leading float64
	colour        document.Colour
}

// lineHeight is the height of a line in mm.
func (s textStyle) lineHeight() float64 { return s.leading * MMPerPoint }

// baseline is how far below the top of a line its baseline lies, in mm.
func (s textStyle) baseline() float64 { return (s.leading/2 + 0.35*s.size) * MMPerPoint }

func body() textStyle { return textStyle{bodySize, bodyLeading, document.ColourText()} }

// layouter places blocks one after the other. page is the current page and y
// where the next block may start; gap is the room that the last block wants
// below it, which a page end swallows.
type layouter struct {
	result  *Result
	root    *Elem
	blocks  []document.Block
	clean   *document.Cleaner
	counter *document.Cleaner // counts what is replaced; clean may be another for a while
	page    int
	y       float64
	gap     float64
	headEnd float64 // where the letterhead ends, 0 for none
	shift   int     // headings sink one level below a cover's title
	levels  []int
	heads   []heading
	pending []entry       // contents lines that wait for their page numbers
	grids   map[int]*grid // by block: tables that were measured before they are placed
	texts   map[int]*flow // and paragraphs
	held    *drawing      // waits for the next page, while text fills this one
}

// heading is a heading that has been placed.
type heading struct {
	text string
	page int
	y    float64
}

// Lay places the document on pages. It fails for documents that break the
// rules of the model (no title, no language, a figure without a text
// alternative, an unknown block);
// any text is accepted. It calls the document's functions (Footer, Draw) and
// must not be called for the same Document from several goroutines unless
// those functions allow it.
func Lay(doc document.Document) (*Result, error) {
	l := &layouter{counter: document.NewCleaner(), page: -1, grids: map[int]*grid{}, texts: map[int]*flow{}}
	l.clean = l.counter
	l.blocks = l.filled(doc.Blocks)
	l.root = &Elem{Tag: "Document"}
	l.result = &Result{Root: l.root, Meta: Meta{
		Title: l.inline(doc.Title), Subject: l.inline(doc.Subject), Author: l.inline(doc.Author),
		Keywords: l.inline(doc.Keywords), Lang: languageTag(doc.Lang), Created: creation(doc.Created),
	}}
	if l.result.Meta.Title == "" {
		return nil, errNoTitle
	}
	if l.result.Meta.Lang == "" {
		return nil, fmt.Errorf("document %q has no valid language: %q", doc.Title, doc.Lang)
	}
	l.prepareHeadings()
	l.newPage()
	l.letterhead(doc.Letterhead)
	for i, b := range l.blocks {
		if !l.floats(i) {
			l.release()
		}
		if err := l.place(i, b); err != nil {
			return nil, err
		}
	}
	l.release()
	l.fillContents()
	l.fillOutline()
	l.runningHeads(doc)
	prune(l.root)
	l.result.Replaced = l.clean.Replaced()
	return l.result, nil
}

// creation gives a date that every reader knows: a year of four figures, and not
// before there were files.
func creation(t time.Time) time.Time {
	if t.Year() < 1970 || t.Year() > 9999 {
		return time.Unix(0, 0).UTC()
	}
	return t
}

// prune takes away elements that hold nothing: a reader would stop at them. Cells
// stay, for the others' sake.
func prune(e *Elem) {
	kept := e.Kids[:0]
	for _, k := range e.Kids {
		if k.Elem != nil {
			prune(k.Elem)
			if len(k.Elem.Kids) == 0 && k.Elem.Tag != "TD" && k.Elem.Tag != "TH" {
				continue
			}
		}
		kept = append(kept, k)
	}
	e.Kids = kept
}

var errNoTitle = errors.New("a document has no title")

func (l *layouter) place(i int, b document.Block) error {
	switch b := b.(type) {
	case document.Cover:
		l.cover(b)
	case document.Contents:
		l.contents(b)
	case document.Heading:
		l.heading(i, b)
	case document.Paragraph:
		l.paragraph(i, b)
	case document.List:
		l.list(b)
	case document.Note:
		l.note(b)
	case document.Table:
		l.table(i, b)
	case document.Figure:
		return l.figure(i, b)
	case document.Letter:
		l.letter(b)
	case document.Signatures:
		l.signatures(b)
	case document.PageBreak:
		l.pageBreak()
	case document.Space:
		if b.MM > 0 { // false for NaN too
			l.gap += min(b.MM, pageEnd)
		}
	default:
		return fmt.Errorf("unknown block %T", b)
	}
	return nil
}

func (l *layouter) newPage() {
	l.result.Pages = append(l.result.Pages, Page{})
	l.page++
	l.y = marginTop
	l.gap = 0
	if d := l.held; d != nil {
		l.held = nil
		l.draw(d)
	}
}

func (l *layouter) pageBreak() {
	if !l.atTop() {
		l.newPage()
	}
}

func (l *layouter) atTop() bool { return l.y == marginTop }

// room is the height left on the page after the pending gap.
func (l *layouter) room() float64 {
	if l.atTop() {
		return pageEnd - l.y
	}
	return pageEnd - l.y - l.gap
}

// space asks for at least mm between the last block and the next.
func (l *layouter) space(mm float64) { l.gap = max(l.gap, mm) }

// useGap moves y over the pending gap.
func (l *layouter) useGap() {
	if !l.atTop() {
		l.y += l.gap
	}
	l.gap = 0
}

// need starts a new page unless height fits on this one.
func (l *layouter) need(height float64) {
	for l.room() < height && !l.atTop() { // a figure that waited may fill the new page
		l.newPage()
	}
}

// emit adds an operation for an element to a page. Operations that follow each
// other in the same element become one marked content sequence.
func (l *layouter) emit(page int, e *Elem, op Op) *Op {
	p := &l.result.Pages[page]
	op.Elem = e
	switch {
	case e == nil:
		op.Mark = -1
	case op.Kind == OpLink:
		op.Mark = -1
		op.Link.Index = l.result.links
		l.result.links++
		e.Kids = append(e.Kids, Kid{Link: op.Link, Page: page})
	default:
		op.Mark = l.mark(p, page, e)
	}
	p.Ops = append(p.Ops, op)
	return &p.Ops[len(p.Ops)-1]
}

func (l *layouter) mark(p *Page, page int, e *Elem) int {
	if n, k := len(p.Ops), len(e.Kids); n > 0 && k > 0 {
		last, kid := &p.Ops[n-1], e.Kids[k-1]
		if last.Elem == e && last.Kind != OpLink && kid.Elem == nil && kid.Link == nil && kid.Page == page {
			return last.Mark
		}
	}
	p.Marks++
	e.Kids = append(e.Kids, Kid{Page: page, Mark: p.Marks - 1})
	return p.Marks - 1
}

// decorate adds an artefact to the current page.
func (l *layouter) decorate(op Op) { l.emit(l.page, nil, op) }

// inline cleans text that stands on one line.
func (l *layouter) inline(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(l.clean.Clean(s), "\n", " "))
}

// spans cleans the text of spans.
func (l *layouter) spans(in []document.Span) []document.Span {
	out := make([]document.Span, len(in))
	for i, s := range in {
		s.Text = l.clean.Clean(s.Text)
		s.Link = linkAddress(s.Link)
		s.Lang = languageTag(s.Lang)
		out[i] = s
	}
	return out
}

// languageTag gives a language in its standard form, or "" when it is none.
func languageTag(s string) string {
	if s == "" {
		return ""
	}
	tag, err := language.Parse(s)
	if err != nil || tag == language.Und {
		return ""
	}
	return tag.String()
}

// runningHeads draws the header on all pages but the first, and the footer.
func (l *layouter) runningHeads(doc document.Document) {
	style := textStyle{smallSize, 11, document.ColourMuted()}
	header := l.inline(doc.Header)
	for i := range l.result.Pages {
		if (header != "" || doc.Letterhead != nil) && i > 0 {
			logo := l.headerLogo(i, doc.Letterhead)
			if header != "" {
				l.artefactLine(i, ArtefactHeader, oneLine(header, style.size, textWidth-logo), marginLeft+logo, 11, style)
			}
			l.emit(i, nil, Op{Kind: OpLine, Artefact: ArtefactHeader, X: marginLeft, Y: 16, W: PageWidth - marginRight, H: 16,
				Size: 0.5, Colour: document.ColourRule()})
		}
		if doc.Footer == nil {
			continue
		}
		footer := l.inline(doc.Footer(i+1, len(l.result.Pages)))
		ln := oneLine(footer, style.size, textWidth)
		l.artefactLine(i, ArtefactFooter, ln, PageWidth-marginRight-ln.width, PageHeight-16, style)
	}
}

func (l *layouter) artefactLine(page int, kind Artefact, ln line, x, top float64, style textStyle) {
	for _, s := range ln.segs {
		l.emit(page, nil, Op{Kind: OpText, Artefact: kind, X: x + s.x, Y: top + style.baseline(), W: s.w, Text: s.text,
			Style: fonts.Regular, Size: style.size, Colour: style.colour})
	}
}
