// Command documentbench writes one document for the benchmarks: as our PDF, or
// as the source that a peer makes the same document of.
//
//	documentbench sample|log PAGES pdf|typst|html FILE
package main

import (
	"fmt"
	"html"
	"log"
	"os"
	"strconv"
	"strings"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/render"
)

func main() {
	if len(os.Args) != 5 {
		log.Fatal("documentbench sample|log PAGES pdf|typst|html FILE")
	}
	pages, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	doc := documenttest.Sample()
	if os.Args[1] == "log" {
		doc = documenttest.Log(pages)
	}
	var out []byte
	switch os.Args[3] {
	case "pdf":
		if out, _, err = render.PDF(doc); err != nil {
			log.Fatal(err)
		}
	case "typst":
		out = []byte(write(doc, typst{}))
	case "html":
		out = []byte(write(doc, page{}))
	}
	if err := os.WriteFile(os.Args[4], out, 0o600); err != nil {
		log.Fatal(err)
	}
}

// markup is the language of a peer.
type markup interface {
	start(title string) string
	text(s string) string
	heading(level int, s string) string
	paragraph(s string) string
	list(items []string) string
	table(columns int, cells []string) string
}

// write gives the words of a document to a peer. Charts are left out, which is
// the easier job.
func write(doc document.Document, m markup) string {
	var b strings.Builder
	b.WriteString(m.start(m.text(doc.Title)))
	plain := func(spans []document.Span) string {
		s := ""
		for _, span := range spans {
			s += span.Text
		}
		return m.text(s)
	}
	for _, block := range doc.Blocks {
		switch x := block.(type) {
		case document.Cover:
			b.WriteString(m.heading(1, m.text(x.Title)))
			var cells []string
			for _, r := range x.Summary {
				cells = append(cells, m.text(r.Label), m.text(r.Value))
			}
			b.WriteString(m.table(2, cells))
		case document.Heading:
			b.WriteString(m.heading(x.Level, m.text(x.Text)))
		case document.Paragraph:
			b.WriteString(m.paragraph(plain(x.Spans)))
		case document.Note:
			b.WriteString(m.paragraph(plain(x.Spans)))
		case document.List:
			var items []string
			for _, item := range x.Items {
				items = append(items, plain(item))
			}
			b.WriteString(m.list(items))
		case document.Table:
			var cells []string
			for _, c := range x.Columns {
				cells = append(cells, m.text(c.Header))
			}
			for _, r := range append(x.Rows, x.Foot...) {
				for _, c := range r {
					cells = append(cells, m.text(c))
				}
			}
			b.WriteString(m.table(len(x.Columns), cells))
		}
	}
	return b.String()
}

type typst struct{}

func (typst) start(title string) string {
	return "#set document(title: [" + title + "])\n#set page(paper: \"a4\", numbering: \"1\", margin: (x: 21mm, y: 23mm))\n" +
		"#set text(font: \"Noto Sans\", size: 10.5pt, lang: \"nb\")\n#set par(leading: 0.6em)\n"
}

func (typst) text(s string) string {
	return strings.NewReplacer("\\", "\\\\", "#", "\\#", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "$", "\\$", "<", "\\<", "@", "\\@", "`", "\\`", "/", "\\/").Replace(s)
}
func (typst) heading(level int, s string) string {
	return "#heading(level: " + strconv.Itoa(level) + ")[" + s + "]\n"
}
func (typst) paragraph(s string) string  { return "\n" + s + "\n\n" }
func (typst) list(items []string) string { return "- " + strings.Join(items, "\n- ") + "\n\n" }
func (typst) table(columns int, cells []string) string {
	return fmt.Sprintf("#table(columns: %d, [%s])\n", columns, strings.Join(cells, "], ["))
}

type page struct{}

func (page) start(title string) string {
	return "<!DOCTYPE html><html lang=\"nb\"><meta charset=\"utf-8\"><title>" + title + "</title>" +
		"<style>@page { size: A4; margin: 23mm 21mm } body { font: 10.5pt/14pt \"Noto Sans\" }</style><body>"
}
func (page) text(s string) string { return html.EscapeString(s) }
func (page) heading(level int, s string) string {
	return fmt.Sprintf("<h%d>%s</h%d>\n", level, s, level)
}
func (page) paragraph(s string) string { return "<p>" + s + "</p>\n" }
func (page) list(items []string) string {
	return "<ul><li>" + strings.Join(items, "</li><li>") + "</li></ul>\n"
}
func (page) table(columns int, cells []string) string {
	var b strings.Builder
	b.WriteString("<table>")
	for len(cells) >= columns {
		b.WriteString("<tr><td>" + strings.Join(cells[:columns], "</td><td>") + "</td></tr>\n")
		cells = cells[columns:]
	}
	return b.String() + "</table>\n"
}
