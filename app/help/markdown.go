package help

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Kind is what a block is.
type Kind int

// The kinds of block.
const (
	Paragraph Kind = iota
	Heading
	List
	Numbered // a list in which the order matters
	Code     // lines to be copied as they stand
	Table
)

// Run is a piece of text in one style.
type Run struct {
	Text       string
	Bold, Code bool
}

// Block is a heading, a paragraph, a list or a table.
type Block struct {
	Kind Kind
	Text []Run // of headings, paragraphs and code
	// Rows are the lines of a list, each with one cell, or the rows of a table, of
	// which the first is its head.
	Rows [][][]Run
}

// Parse reads the part of Markdown that the help uses: headings, paragraphs,
// lists of one level, tables, bold, italics (as bold), and code. What it does not
// know it gives as plain text.
func Parse(markdown []byte) []Block {
	root := goldmark.New(goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(markdown))
	r := reader{source: markdown}
	var blocks []Block
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		blocks = append(blocks, r.block(n))
	}
	return blocks
}

type reader struct{ source []byte }

func (r reader) block(n ast.Node) Block {
	switch n := n.(type) {
	case *ast.Heading:
		return Block{Kind: Heading, Text: r.runs(n)}
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		return Block{Kind: Code, Text: []Run{{Text: strings.TrimRight(string(n.Lines().Value(r.source)), "\n"), Code: true}}}
	case *ast.List:
		b := Block{Kind: List}
		if n.IsOrdered() {
			b.Kind = Numbered
		}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			b.Rows = append(b.Rows, [][]Run{r.runs(item)})
		}
		return b
	case *extast.Table:
		b := Block{Kind: Table}
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			var cells [][]Run
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				cells = append(cells, r.runs(cell))
			}
			b.Rows = append(b.Rows, cells)
		}
		return b
	}
	return Block{Kind: Paragraph, Text: r.runs(n)}
}

// runs are the texts inside a node.
func (r reader) runs(n ast.Node) []Run {
	var runs []Run
	r.collect(n, Run{}, &runs)
	return runs
}

func (r reader) collect(n ast.Node, style Run, to *[]Run) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		inner := style
		switch c := child.(type) {
		case *ast.Text:
			s := string(c.Segment.Value(r.source))
			if c.SoftLineBreak() || c.HardLineBreak() {
				s += " "
			}
			add(to, s, style)
			continue
		case *ast.String:
			add(to, string(c.Value), style)
			continue
		case *ast.Emphasis:
			inner.Bold = true
		case *ast.CodeSpan:
			inner.Code = true
		case *ast.AutoLink:
			add(to, string(c.URL(r.source)), style)
			continue
		}
		r.collect(child, inner, to)
	}
}

// add puts text last, into the run before when it has the same style.
func add(to *[]Run, s string, style Run) {
	if i := len(*to) - 1; i >= 0 && (*to)[i].Bold == style.Bold && (*to)[i].Code == style.Code {
		(*to)[i].Text += s
		return
	}
	*to = append(*to, Run{Text: s, Bold: style.Bold, Code: style.Code})
}

// Plain is a text without its styles.
func Plain(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// plain is all that a block says.
func (b Block) plain() string {
	text := []string{Plain(b.Text)}
	for _, row := range b.Rows {
		for _, cell := range row {
			text = append(text, Plain(cell))
		}
	}
	return strings.Join(text, "\n")
}
