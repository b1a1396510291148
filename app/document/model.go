// Package document describes a printable document as plain content: headings,
// paragraphs, tables, figures. It knows nothing about pages or file formats;
// package layout places the content on pages, package pdf writes the archive
// file and package preview draws the same pages on a screen.
package document

import "time"

// Document is one document with its metadata and content.
//
// The file that is written depends on these values only, so the same document
// gives the same bytes. Created is therefore a date of the case, not the clock.
type Document struct {
	Title    string
	Subject  string
	Author   string
	Keywords string
	Lang     string // BCP 47, for example "nb-NO", "nn-NO" or "en"
	Created  time.Time
	// Footer gives the text at the bottom of a page; page counts from 1.
	// Nil means no footer. It must be pure: it is called once for each page.
	Footer func(page, pages int) string
	// Header is the running text at the top of every page but the first.
	Header string
	// Letterhead is who sends the document; nil for none.
	Letterhead *Letterhead
	Blocks     []Block
}

// Letterhead stands at the top of the first page. Its logo is small in the
// header of the other pages.
type Letterhead struct {
	Logo    *Picture // nil for none
	LogoAlt string   // what the logo shows, in words; else Name stands for it
	// Name and Lines (address, telephone) stand beside the logo. A document with
	// a Cover names its county there and leaves them empty.
	Name  string
	Lines []string
}

// Block is one piece of content. The types in this file are the only blocks.
type Block interface{ block() }

// Cover is the top of the first page: who sends the document, what it is, and
// the summary that a case handler reads first. Title is the document's H1.
type Cover struct {
	County  string
	Kind    string
	Title   string
	Summary []SummaryRow
}

// SummaryRow is one line of the box on the cover.
type SummaryRow struct{ Label, Value string }

// Contents is a table of contents of all headings of level 1 and 2 in the
// document, with page numbers and links.
type Contents struct{ Title string }

// Heading starts a section. Level 1 is a chapter. A level may be at most one
// deeper than the heading before it; deeper ones are raised.
type Heading struct {
	Level int
	Text  string
	Lang  string // BCP 47 when other than the document's language
}

// Paragraph is running text. A line feed in a span starts a new line.
type Paragraph struct {
	Spans []Span
	// KeepWithNext keeps the paragraph's end on the page where the next block
	// starts, as for a line that introduces a list.
	KeepWithNext bool
}

// List is a bulleted or a numbered list.
type List struct {
	Items   [][]Span
	Ordered bool
}

// Note is a box that stands out from the text.
type Note struct {
	Title string
	Spans []Span
	Tone  Tone
}

// Table is a table with a heading row, which is repeated on every page the
// table runs over. Rows that are too short are filled with empty cells.
type Table struct {
	Caption string
	Columns []Column
	// Head holds more heading rows above the columns' own, for headings that go
	// over several columns.
	Head [][]Cell
	Rows [][]string
	// Body holds rows with merged or marked cells, below Rows.
	Body [][]Cell
	// Foot holds the sum rows, set in bold below a rule and kept together
	// with the last row.
	Foot [][]string
	// RowHeader tells that the first cell of a row names the row.
	RowHeader bool
	// Source says where the figures come from, in small print below the table.
	Source string
}

// Cell is a table cell that is more than a text. Like in HTML, a cell takes the
// next free place of its row; what goes past the last column is cut.
type Cell struct {
	Spans            []Span
	ColSpan, RowSpan int  // how many columns and rows it fills; 0 means 1
	Header           bool // names what stands beside it in its rows
}

// Column describes a table column. Weight is the share of the width; when all
// weights are zero, columns get their width from the content.
type Column struct {
	Header string
	Align  Align
	Weight float64
}

// Figure is a drawing. Alt says the same as the drawing in words and is what a
// screen reader reads; it must not be empty unless the figure is decorative.
type Figure struct {
	Alt     string
	Caption string
	Height  float64 // mm
	// Draw draws the figure; width and height are the room it has, in mm.
	Draw func(c Canvas, width, height float64)
	// Picture is shown as large as it is, or as Height and the page allow. It
	// lies below what Draw draws.
	Picture *Picture
	// Decorative tells that the figure says nothing: a screen reader passes it.
	Decorative bool
}

// Letter is the top of a letter: from, to, date and references, and what it is
// about, which is the document's H1.
type Letter struct {
	Sender   []string // name and address, a line each
	Receiver []string
	Facts    []SummaryRow // date, our reference, your reference
	Title    string
}

// Signatures is room for names to be signed, side by side in pairs.
type Signatures struct {
	// PlaceAndDate and Signature are the words below the lines to write on; an
	// empty one has no line.
	PlaceAndDate, Signature string
	Signers                 []Signer
}

// Signer is one who signs. Title may be empty.
type Signer struct{ Name, Title string }

// PageBreak starts a new page.
type PageBreak struct{}

// Space is empty room between two blocks, in mm. It is dropped at page tops.
type Space struct{ MM float64 }

func (Cover) block()      {}
func (Contents) block()   {}
func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Note) block()       {}
func (Table) block()      {}
func (Figure) block()     {}
func (Letter) block()     {}
func (Signatures) block() {}
func (PageBreak) block()  {}
func (Space) block()      {}

// Span is a run of text in one style.
type Span struct {
	Text         string
	Bold, Italic bool
	Link         string // an address with scheme, for example "https://…"; else empty
	Lang         string // BCP 47 when other than the document's language
}

// Text makes plain running text.
func Text(s string) []Span { return []Span{{Text: s}} }

// Align is the horizontal placing of text.
type Align int

// The ways to place text. Amounts are placed Right.
const (
	Left Align = iota
	Right
	Center
)

// Tone is the mood of a Note. The title says the same in words: no meaning is
// carried by colour alone.
type Tone int

// The tones of a note.
const (
	Info Tone = iota
	Success
	Warning
	Danger
)
