// Command documentbench writes one document for the benchmarks: as our PDF, or
// as the source that a peer makes the same document of.
//
//	documentbench sample|log PAGES pdf|typst|html FILE
//	documentbench application WORKSPACE pdf|typst|html FILE
package main

import (
	"errors"
	"fmt"
	"html"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/render"
)

func main() {
	if len(os.Args) != 5 {
		log.Fatal("documentbench sample|log|application PAGES|WORKSPACE pdf|typst|html FILE")
	}
	doc, err := read(os.Args[1], os.Args[2])
	if err != nil {
		log.Fatal(err)
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

// read gives the document of a name: a made one of so many pages, or the first
// application of a workspace.
func read(name, of string) (document.Document, error) {
	if name == "application" {
		return application(of)
	}
	pages, err := strconv.Atoi(of)
	if err != nil || name == "sample" {
		return documenttest.Sample(), err
	}
	return documenttest.Log(pages), nil
}

func application(workspace string) (doc document.Document, err error) {
	p, err := app.Open(workspace, app.LoadState(), app.Options{})
	if err != nil {
		return doc, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	all, err := p.Grants.Applications()
	if err != nil {
		return doc, err
	}
	if len(all) == 0 {
		return doc, errors.New("no application in " + workspace)
	}
	return p.Document(all[0].ID, "", "")
}

// markup is the language of a peer.
type markup interface {
	start(title string) string
	text(s string) string
	heading(level int, s string) string
	paragraph(s string) string
	list(items []string) string
	// table has as many columns as head, and its sums among the rows.
	table(caption string, head []string, rows [][]string) string
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
			var rows [][]string
			for _, r := range x.Summary {
				rows = append(rows, []string{m.text(r.Label), m.text(r.Value)})
			}
			b.WriteString(m.table("", make([]string, 2), rows))
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
			var head []string
			for _, c := range x.Columns {
				head = append(head, m.text(c.Header))
			}
			var rows [][]string
			for _, r := range slices.Concat(x.Rows, x.Foot) {
				var row []string
				for _, c := range r {
					row = append(row, m.text(c))
				}
				rows = append(rows, row)
			}
			b.WriteString(m.table(m.text(x.Caption), head, rows))
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
func (typst) table(caption string, head []string, rows [][]string) string {
	b := fmt.Sprintf("%s\n\n#table(columns: %d, table.header([%s])", caption, len(head), strings.Join(head, "], ["))
	for _, r := range rows {
		b += ", [" + strings.Join(r, "], [") + "]"
	}
	return b + ")\n"
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
func (page) table(caption string, head []string, rows [][]string) string {
	var b strings.Builder
	b.WriteString("<table><caption>" + caption + "</caption><thead><tr><th>" + strings.Join(head, "</th><th>") + "</th></tr></thead>\n")
	for _, r := range rows {
		b.WriteString("<tr><td>" + strings.Join(r, "</td><td>") + "</td></tr>\n")
	}
	return b.String() + "</table>\n"
}
