package textio

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// writeWord writes an Office Open XML document (ECMA-376, transitional) by hand:
// what a page of text needs, and nothing that differs from run to run.
func writeWord(d document) ([]byte, error) {
	w := &wordWriter{}
	w.body(d)
	parts := []struct{ name, content string }{
		{"[Content_Types].xml", wordContentTypes},
		{"_rels/.rels", wordRelations},
		{"docProps/core.xml", fmt.Sprintf(wordCore, escape(d.title), d.tag)},
		{"docProps/app.xml", wordApp},
		{"word/document.xml", w.String()},
		{"word/_rels/document.xml.rels", wordDocumentRelations},
		{"word/styles.xml", fmt.Sprintf(wordStyles, d.tag)},
		{"word/settings.xml", fmt.Sprintf(wordSettings, d.tag)},
		{"word/numbering.xml", w.numbering()},
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		// A fixed day: the oldest that ZIP knows.
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return nil, fmt.Errorf("write Word document: %w", err)
		}
		if _, err := f.Write([]byte(p.content)); err != nil {
			return nil, fmt.Errorf("write Word document: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write Word document: %w", err)
	}
	return out.Bytes(), nil
}

// escape makes a text safe inside XML; what XML can't hold becomes U+FFFD.
func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}

// wordWriter writes the body of a document.
type wordWriter struct {
	strings.Builder
	bookmarks int
	lists     []numberedList
}

// numberedList is a list of its own in numbering.xml.
type numberedList struct {
	start int
	sign  string // "." or ")"
}

func (w *wordWriter) body(d document) {
	w.WriteString(wordHead)
	w.paragraph("Title", d.title, "")
	w.paragraph("KPMark", d.mark.String(), "")
	for _, text := range d.intro {
		w.paragraph("KPNote", text, "")
	}
	for _, s := range d.sections {
		w.paragraph("Heading1", s.label, "")
		for _, f := range s.fields {
			w.paragraph("Heading2", f.label, bookmark(f.mark.id, f.mark.hash))
			w.paragraph("KPMark", f.mark.String(), "")
			w.text(f.text)
		}
	}
	w.WriteString(wordFoot)
}

// paragraph writes one paragraph, in a bookmark when it has a name.
func (w *wordWriter) paragraph(style, text, bookmark string) {
	w.WriteString(`<w:p>`)
	if style != "" {
		w.WriteString(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	}
	if bookmark != "" {
		w.bookmarks++
		fmt.Fprintf(w, `<w:bookmarkStart w:id="%d" w:name="%s"/>`, w.bookmarks, bookmark)
	}
	w.run(text)
	if bookmark != "" {
		fmt.Fprintf(w, `<w:bookmarkEnd w:id="%d"/>`, w.bookmarks)
	}
	w.WriteString("</w:p>\n")
}

// run writes text with its line breaks and tabs.
func (w *wordWriter) run(text string) {
	w.WriteString(`<w:r>`)
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			w.WriteString(`<w:br/>`)
		}
		for j, part := range strings.Split(line, "\t") {
			if j > 0 {
				w.WriteString(`<w:tab/>`)
			}
			if part != "" {
				w.WriteString(`<w:t xml:space="preserve">` + escape(part) + `</w:t>`)
			}
		}
	}
	w.WriteString(`</w:r>`)
}

// text writes a field: a paragraph for each block between empty lines, and
// Word's own lists for lines that begin like one. An empty field gets a line to
// write on.
func (w *wordWriter) text(text string) {
	if text == "" {
		w.WriteString("<w:p/>\n")
		return
	}
	for _, block := range strings.Split(text, "\n\n") {
		var open []string
		flush := func() {
			if len(open) > 0 {
				w.paragraph("", strings.Join(open, "\n"), "")
			}
			open = nil
		}
		next := none
		for _, line := range strings.Split(block, "\n") {
			m := listLine.FindStringSubmatch(line)
			if m == nil {
				open, next = append(open, line), none
				continue
			}
			flush()
			next = w.item(m, next)
		}
		flush()
	}
}

// none is the number that goes on with no list; 0 may begin one.
const none = -1

// item writes a line of a list, and gives the number that would go on with it.
func (w *wordWriter) item(m []string, next int) int {
	level := min(len(strings.ReplaceAll(m[1], "\t", "  "))/2, wordLevels-1)
	list := bulletList
	number, err := strconv.Atoi(strings.TrimRight(m[2], ".)"))
	if err == nil {
		sign := m[2][len(m[2])-1:]
		last := len(w.lists) - 1
		if number != next || last < 0 || w.lists[last].sign != sign || level > 0 {
			w.lists = append(w.lists, numberedList{number, sign})
		}
		list = bulletList + len(w.lists)
		next = number + 1
	}
	fmt.Fprintf(w, `<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, level, list)
	w.run(m[3])
	w.WriteString("</w:p>\n")
	return next
}

// bulletList is the number of the list with bullets; numbered ones follow.
const bulletList = 1

// wordLevels is how many levels Word's lists have.
const wordLevels = 9

func (w *wordWriter) numbering() string {
	var b strings.Builder
	b.WriteString(wordNumberingHead)
	levels := func(id int, format, text string) {
		fmt.Fprintf(&b, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>`, id)
		for i := range wordLevels {
			fmt.Fprintf(&b, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="360"/></w:pPr></w:lvl>`,
				i, format, strings.ReplaceAll(text, "%1", "%"+strconv.Itoa(i+1)), 360*(i+1))
		}
		b.WriteString("</w:abstractNum>\n")
	}
	levels(0, "bullet", "•")
	levels(1, "decimal", "%1.")
	levels(2, "decimal", "%1)")
	fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="0"/></w:num>`+"\n", bulletList)
	for i, l := range w.lists {
		kind := 1
		if l.sign == ")" {
			kind = 2
		}
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>`, bulletList+1+i, kind)
		for level := range wordLevels {
			fmt.Fprintf(&b, `<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, level, l.start)
		}
		b.WriteString("</w:num>\n")
	}
	b.WriteString("</w:numbering>\n")
	return b.String()
}
