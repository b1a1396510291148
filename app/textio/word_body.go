package textio

import (
	"encoding/xml"
	"strings"
)

// The namespaces of Word's text: the usual one, and the one of "strict" files.
const (
	wordTransitional = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordStrict       = "http://purl.oclc.org/ooxml/wordprocessingml/main"
	mathTransitional = "http://schemas.openxmlformats.org/officeDocument/2006/math"
	compatibility    = "http://schemas.openxmlformats.org/markup-compatibility/2006"
)

// wordBody reads the text of a document from its tokens. Tracked insertions are
// text; deletions, and the place that moved text left, are not. Comments and
// notes are other parts, and are not read.
type wordBody struct {
	styles wordStyleSheet
	lists  *wordLists
	links  map[string]string

	blocks []block
	size   int  // bytes of text so far
	seen   bool // the document's element
	skip   int  // depth of the element whose content is passed over, 0 for none
	open   []*wordParagraph
	tables []*wordTable
	text   int           // depth of the element whose characters are text, 0 for none
	link   []wordAddress // open links
	merge  *wordMerge    // paragraphs whose ends were deleted: the next goes on with them
}

type wordParagraph struct {
	text        strings.Builder
	ids         []string
	style       string
	outline     int
	list        string
	level       int
	properties  int // depth of its own properties, 0 outside
	endDeleted  bool
	listChanged bool // it says itself which list it is in
}

type wordMerge struct {
	text    strings.Builder
	begun   bool // there is something in it
	heading int
	ids     []string
}

type wordTable struct {
	rows  []string
	cells []string
	cell  []string
	in    bool // a cell is open
}

type wordAddress struct {
	depth, from int
	address     string
}

func newWordBody() *wordBody {
	return &wordBody{styles: wordStyleSheet{}, lists: newWordLists(), links: map[string]string{}}
}

func (b *wordBody) token(t xml.Token, depth int) error {
	switch t := t.(type) {
	case xml.StartElement:
		if b.skip == 0 {
			b.start(t, depth)
		}
	case xml.EndElement:
		// Its own depth is one more than what is left.
		if b.skip > 0 {
			if depth < b.skip {
				b.skip = 0
			}
			return nil
		}
		b.finish(t, depth+1)
		if len(b.blocks) > maxBlocks {
			return errTooLarge
		}
	case xml.CharData:
		if p := b.paragraph(); b.skip == 0 && b.text > 0 && p != nil {
			if b.size += len(t); b.size > maxText {
				return errTooLarge
			}
			p.text.Write(t)
		}
	}
	return nil
}

// paragraph is the innermost open paragraph, or nil.
func (b *wordBody) paragraph() *wordParagraph {
	if len(b.open) == 0 {
		return nil
	}
	return b.open[len(b.open)-1]
}

func (b *wordBody) start(s xml.StartElement, depth int) {
	name := s.Name.Local
	if s.Name.Space == compatibility && name == "Fallback" {
		b.skip = depth // the same again, for old programs
		return
	}
	if s.Name.Space == mathTransitional && name == "t" {
		b.text = depth
		return
	}
	if s.Name.Space != wordTransitional && s.Name.Space != wordStrict {
		return
	}
	p := b.paragraph()
	if p != nil && p.properties > 0 {
		b.property(p, s, depth)
		return
	}
	switch name {
	case "document":
		b.seen = true
	case "p":
		b.open = append(b.open, &wordParagraph{})
	case "tbl":
		b.tables = append(b.tables, &wordTable{})
	case "tr":
		if len(b.tables) > 0 {
			b.tables[len(b.tables)-1].cells = nil
		}
	case "tc":
		if len(b.tables) > 0 {
			top := b.tables[len(b.tables)-1]
			top.cell, top.in = nil, true
		}
	case "del", "moveFrom", "sdtPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid", "rPr", "instrText", "delText", "delInstrText":
		b.skip = depth
	}
	if p != nil {
		b.inParagraph(p, s, depth)
	}
}

// inParagraph reads what can stand in a paragraph.
func (b *wordBody) inParagraph(p *wordParagraph, s xml.StartElement, depth int) {
	switch s.Name.Local {
	case "pPr":
		p.properties = depth
	case "t":
		b.text = depth
	case "tab", "ptab":
		p.text.WriteByte('\t')
	case "cr":
		p.text.WriteByte('\n')
	case "br":
		if kind := attribute(s, "type"); kind == "" || kind == "textWrapping" {
			p.text.WriteByte('\n')
		}
	case "noBreakHyphen":
		p.text.WriteRune('\u2011')
	case "bookmarkStart":
		if name := attribute(s, "name"); strings.HasPrefix(name, bookmarkPrefix) && len(p.ids) < 16 {
			p.ids = append(p.ids, name)
		}
	case "hyperlink":
		if address := b.links[attribute(s, "id")]; address != "" {
			b.link = append(b.link, wordAddress{depth, p.text.Len(), address})
		}
	}
}

// property reads a paragraph's own properties. What a tracked change says they
// were before is passed over.
func (b *wordBody) property(p *wordParagraph, s xml.StartElement, depth int) {
	switch value := attribute(s, "val"); s.Name.Local {
	case "pPrChange", "rPrChange", "sectPr":
		b.skip = depth
	case "pStyle":
		p.style = value
	case "outlineLvl":
		p.outline = outlineLevel(value)
	case "numId":
		p.list, p.listChanged = value, true
	case "ilvl":
		p.level = number(value, 0)
	case "del", "moveFrom":
		p.endDeleted = true
	}
}

func (b *wordBody) finish(e xml.EndElement, depth int) {
	if depth == b.text {
		b.text = 0
	}
	p := b.paragraph()
	if p != nil && p.properties == depth {
		p.properties = 0
		return
	}
	if last := len(b.link) - 1; last >= 0 && b.link[last].depth == depth {
		if l := b.link[last]; p != nil && l.from <= p.text.Len() {
			p.text.WriteString(addressAfter(p.text.String()[l.from:], l.address))
		}
		b.link = b.link[:last]
	}
	if e.Name.Space != wordTransitional && e.Name.Space != wordStrict {
		return
	}
	switch e.Name.Local {
	case "p":
		if p != nil && p.properties == 0 {
			b.open = b.open[:len(b.open)-1]
			b.put(p)
		}
	case "tc":
		if len(b.tables) > 0 {
			top := b.tables[len(b.tables)-1]
			top.cells = append(top.cells, strings.TrimSpace(strings.Join(top.cell, " ")))
			top.cell, top.in = nil, false
		}
	case "tr":
		if len(b.tables) > 0 {
			top := b.tables[len(b.tables)-1]
			b.row(strings.Trim(strings.Join(top.cells, " · "), " ·"))
			top.cells = nil
		}
	case "tbl":
		if len(b.tables) == 1 {
			b.putRows()
		}
		if len(b.tables) > 0 {
			b.tables = b.tables[:len(b.tables)-1]
		}
	}
}

// put makes a block of a paragraph, or a part of the cell it stands in.
func (b *wordBody) put(p *wordParagraph) {
	text := p.text.String()
	heading := p.outline
	if heading == 0 {
		heading = b.styles.heading(p.style)
	}
	if b.styles.contents(p.style) {
		return
	}
	if heading == 0 && !p.listChanged {
		p.list, p.level = b.styles.list(p.style)
	}
	begun := b.merge != nil && b.merge.begun
	if heading == 0 && p.list != "" && p.list != "0" && strings.TrimSpace(text) != "" && !begun {
		text = b.lists.sign(p.list, p.level) + strings.TrimSpace(text)
	}
	if len(b.tables) > 0 {
		b.inCell(block{heading: heading, text: text, ids: p.ids})
		return
	}
	if p.endDeleted && b.merge == nil {
		b.merge = &wordMerge{}
	}
	if b.merge == nil {
		b.blocks = append(b.blocks, block{heading: heading, text: text, ids: p.ids})
		return
	}
	// The last of them says what they are.
	b.merge.text.WriteString(text)
	b.merge.heading = heading
	b.merge.begun = begun || strings.TrimSpace(text) != ""
	b.merge.ids = append(b.merge.ids, p.ids...)
	if !p.endDeleted {
		b.putMerged()
	}
}

// putMerged makes one block of paragraphs that became one.
func (b *wordBody) putMerged() {
	if m := b.merge; m != nil {
		b.blocks = append(b.blocks, block{heading: m.heading, text: m.text.String(), ids: m.ids})
		b.merge = nil
	}
}

// inCell takes a paragraph of a cell. Marks and headings stay what they are, for
// somebody may have laid the fields out in a table.
func (b *wordBody) inCell(next block) {
	if _, _, isMark := parseMark(next.text); isMark || next.heading > 0 {
		b.putRows()
		b.blocks = append(b.blocks, next)
		return
	}
	if top := b.tables[len(b.tables)-1]; top.in {
		top.cell = append(top.cell, strings.TrimSpace(next.text))
	}
}

// putRows makes a block of the rows of the outermost table so far.
func (b *wordBody) putRows() {
	if top := b.tables[0]; len(top.rows) > 0 {
		b.blocks = append(b.blocks, block{text: strings.Join(top.rows, "\n")})
		top.rows = nil
	}
}

// row is a row of a table as a line. The rows of a table inside a cell are part
// of that cell.
func (b *wordBody) row(text string) {
	if text == "" {
		return
	}
	if len(b.tables) > 1 {
		outer := b.tables[len(b.tables)-2]
		outer.cell = append(outer.cell, text)
		return
	}
	b.tables[0].rows = append(b.tables[0].rows, text)
}

// end gives what was read.
func (b *wordBody) end() []block {
	b.putMerged()
	return b.blocks
}
