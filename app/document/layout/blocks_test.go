package layout_test

import (
	"fmt"
	"strings"
	"testing"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
)

// firstPage is the page on which an element begins, -1 when it shows nothing.
func firstPage(e *layout.Elem) int {
	for _, k := range e.Kids {
		if k.Elem == nil {
			return k.Page
		}
		if p := firstPage(k.Elem); p >= 0 {
			return p
		}
	}
	return -1
}

func TestHeadingStaysWithWhatFollows(t *testing.T) {
	items := [][]document.Span{document.Text("en"), document.Text("to"), document.Text("tre"), document.Text(strings.Repeat("fire ord ", 60))}
	for name, c := range map[string]struct {
		block document.Block
		tag   string
	}{
		"list":       {document.List{Items: items}, "L"},
		"short list": {document.List{Items: items[:3], Ordered: true}, "L"},
		"table":      {table(9), "Table"},
		"merged":     {documenttest.Merged(3), "Table"},
		"note":       {document.Note{Title: "Merk", Spans: document.Text(strings.Repeat("ord ", 90))}, "Div"},
		"figure":     {document.Figure{Alt: "a", Caption: "Figur", Height: 60, Draw: func(c document.Canvas, w, h float64) { c.Rect(0, 0, w, h, document.ColourBar()) }}, "Figure"},
		"picture":    {document.Figure{Alt: "a", Picture: documenttest.Logo()}, "Figure"},
		"kept line":  {document.Paragraph{Spans: document.Text("Som følger:"), KeepWithNext: true}, "P"},
	} {
		for filler := 25; filler < 60; filler++ {
			r := lay(t, words(filler), document.Heading{Level: 2, Text: "Overskrift"}, c.block, table(3))
			found := find(r.Root, c.tag)
			e := found[len(found)-1]
			if c.tag == "Table" {
				e = found[0]
			} else if c.tag == "P" {
				e = find(r.Root, "P")[1]
			}
			if got, want := firstPage(e), r.Outline[0].Page; got != want {
				t.Errorf("%s after %d lines: the heading is on page %d, the rest on %d", name, filler, want, got)
			}
			if c.tag == "P" && firstPage(find(r.Root, "Table")[0]) != r.Outline[0].Page {
				t.Errorf("%s after %d lines: what it introduces is on another page", name, filler)
			}
		}
	}
}

func TestMergedRowsStayTogether(t *testing.T) {
	for filler := range 50 {
		r := lay(t, words(filler+1), documenttest.Merged(20))
		rows := find(find(r.Root, "TBody")[0], "TR")
		if len(rows) != 60 {
			t.Fatalf("%d rows", len(rows))
		}
		for i := 0; i < len(rows); i += 3 {
			if a, b := firstPage(rows[i]), firstPage(rows[i+2]); a != b {
				t.Fatalf("%d lines before: group %d is on pages %d and %d", filler, i/3, a, b)
			}
		}
	}
}

func TestMergedCells(t *testing.T) {
	r := lay(t, documenttest.Merged(2))
	var head, body []string
	for _, e := range find(r.Root, "TH") {
		head = append(head, fmt.Sprintf("%s %s %dx%d", strings.TrimSpace(read(r, e)), e.Scope, e.Cols, e.Rows))
	}
	for _, e := range find(r.Root, "TD") {
		body = append(body, strings.TrimSpace(read(r, e)))
	}
	if got, want := strings.Join(head[:6], "|"), "Hva Column 2x1|Kroner Column 2x1|Mål Column 1x1|Tiltak Column 1x1|2026 Column 1x1|2027 Column 1x1"; got != want {
		t.Errorf("head %q, want %q", got, want)
	}
	if !strings.HasSuffix(head[6], "få ansatte Row 1x3") {
		t.Errorf("the name of three rows is %q", head[6])
	}
	if got, want := strings.Join(body[:8], "|"), "Kartlegge|100 000|0|Samle og bestille|50 000|50 000|Se planen|uendret"; got != want {
		t.Errorf("body %q, want %q", got, want)
	}
}

func TestHeadingCellOverTwoRowsHidesNoColumnHeading(t *testing.T) {
	cell := func(s string, cols, rows int) document.Cell {
		return document.Cell{Spans: document.Text(s), ColSpan: cols, RowSpan: rows}
	}
	table := document.Table{Columns: []document.Column{{}, {Header: "a"}, {Header: "b"}}, Rows: [][]string{{"1", "2", "3"}},
		Head: [][]document.Cell{{cell("over to rader", 1, 2), cell("over to kolonner", 2, 5)}}}
	r := lay(t, table)
	var got []string
	for _, e := range find(r.Root, "TH") {
		got = append(got, fmt.Sprintf("%s %dx%d", strings.TrimSpace(read(r, e)), e.Cols, e.Rows))
	}
	if want := "over to rader 1x2|over to kolonner 2x1|a 1x1|b 1x1"; strings.Join(got, "|") != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMergedRowsTallerThanAPage(t *testing.T) {
	var rows [][]document.Cell
	for i := range 90 {
		row := []document.Cell{{Spans: document.Text(fmt.Sprint("rad ", i))}}
		if i == 0 {
			row = []document.Cell{{Spans: document.Text("navn"), RowSpan: 90}, row[0]}
		}
		rows = append(rows, row)
	}
	r := lay(t, document.Table{Columns: []document.Column{{Header: "a"}, {Header: "b"}}, Body: rows})
	if got := read(r, r.Root); !strings.Contains(got, "rad 59") || !strings.Contains(got, "navn") {
		t.Errorf("reads %q", got)
	}
	if len(r.Pages) < 2 {
		t.Errorf("%d pages", len(r.Pages))
	}
}

func TestLetter(t *testing.T) {
	r, err := layout.Lay(documenttest.Letter())
	if err != nil {
		t.Fatal(err)
	}
	all := read(r, r.Root)
	for _, want := range []string{"Vestland fylkeskommune", "Fjordfisk AS Kaien 1 6800 Førde", "Dato 2. mars 2026", "Svar på søknad om midlar", "Vedtak", "Kari Nordmann"} {
		i := strings.Index(all, want)
		if i < 0 {
			t.Fatalf("%q does not follow in %q", want, all)
		}
		all = all[i:]
	}
	if got := read(r, find(r.Root, "H1")[0]); got != "Svar på søknad om midlar" {
		t.Errorf("H1 is %q", got)
	}
	if alt := find(r.Root, "Figure")[0].Alt; alt != "Vestland fylkeskommune" {
		t.Errorf("the logo is %q", alt)
	}
}

func TestLogoIsReadOnce(t *testing.T) {
	doc := documenttest.Sample()
	doc.Letterhead = &document.Letterhead{Logo: documenttest.Logo(), LogoAlt: "Våpen"}
	r, err := layout.Lay(doc)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Pages) < 3 || r.Outline[0].Page != 0 {
		t.Error("the cover is not below the logo")
	}
	if figures := find(r.Root, "Figure"); figures[0].Alt != "Våpen" {
		t.Errorf("first figure %q", figures[0].Alt)
	}
	for i, p := range r.Pages {
		logo := 0
		for _, op := range p.Ops {
			if op.Kind == layout.OpPath && (op.Elem == nil) == (i > 0) {
				if i > 0 && op.Artefact != layout.ArtefactHeader {
					t.Errorf("page %d: the logo is no header", i+1)
				}
				logo++
			}
		}
		if logo == 0 {
			t.Errorf("page %d has no logo", i+1)
		}
	}
}

func TestDecorativeFigureIsNotRead(t *testing.T) {
	r := lay(t, document.Figure{Decorative: true, Height: 10, Draw: func(c document.Canvas, w, h float64) { c.Rect(0, 0, w, h, document.ColourBar()) }})
	if len(r.Root.Kids) != 0 || len(r.Pages[0].Ops) != 1 || r.Pages[0].Ops[0].Elem != nil {
		t.Errorf("%d elements, %d operations", len(r.Root.Kids), len(r.Pages[0].Ops))
	}
}

func TestTooManyCellsAreNotLost(t *testing.T) {
	row := make([]string, 50)
	for i := range row {
		row[i] = fmt.Sprint("celle", i)
	}
	r := lay(t, document.Table{Rows: [][]string{row}})
	if got := read(r, r.Root); !strings.Contains(got, "celle0") || !strings.Contains(got, "celle49") {
		t.Errorf("reads %q", got)
	}
}

func TestWhatIsMissingIsCountedOnce(t *testing.T) {
	r := lay(t, document.Contents{Title: "Innhold"}, document.Heading{Level: 1, Text: "😀"}, document.Paragraph{Spans: document.Text("😀"), KeepWithNext: true},
		document.Paragraph{Spans: document.Text("😀"), KeepWithNext: true}, document.Table{Columns: []document.Column{{Header: "😀"}}, Rows: [][]string{{"😀"}}})
	if len(r.Replaced) != 1 || r.Replaced[0].Count != 5 {
		t.Errorf("replaced %v, want 5", r.Replaced)
	}
}

func TestRowFilledFromAboveIsLeftOut(t *testing.T) {
	r := lay(t, document.Table{Columns: []document.Column{{}, {}}, Body: [][]document.Cell{
		{{Spans: document.Text("a"), RowSpan: 2, ColSpan: 2}}, {}, {{Spans: document.Text("c")}}}})
	if rows := find(r.Root, "TR"); len(rows) != 2 || rows[0].Kids[0].Elem.Rows != 1 {
		t.Errorf("%d rows, the first reads %q", len(rows), read(r, rows[0]))
	}
}

func TestTableWithoutBodyHasNoSections(t *testing.T) {
	columns := []document.Column{{Header: "Navn"}, {}}
	r := lay(t, document.Table{Columns: columns, Foot: [][]string{{"Sum", "0"}}})
	var tags []string
	for _, k := range find(r.Root, "Table")[0].Kids {
		tags = append(tags, k.Elem.Tag)
	}
	if got := strings.Join(tags, " "); got != "TR TR" {
		t.Errorf("a table without a body holds %s", got)
	}
	head := find(r.Root, "TR")[0]
	if a, b := head.Kids[0].Elem, head.Kids[1].Elem; a.Tag != "TH" || a.Scope != "Column" || b.Tag != "TD" || b.Scope != "" {
		t.Errorf("the heading cells are %s and %s", a.Tag, b.Tag)
	}
	r = lay(t, document.Table{Caption: "Ingen", Columns: make([]document.Column, 2)})
	if len(find(r.Root, "Table")) != 0 || read(r, find(r.Root, "P")[0]) != "Ingen" {
		t.Error("the caption of nothing is no plain text")
	}
}

func TestFigureHasACaption(t *testing.T) {
	draw := func(c document.Canvas, w, h float64) { c.Rect(0, 0, w, h, document.ColourBar()) }
	for tag, f := range map[string]document.Figure{
		"Caption": {Alt: "a", Caption: "Figur 1", Height: 9, Draw: draw},
		"P":       {Decorative: true, Caption: "Figur 1", Height: 9, Draw: draw},
	} {
		r := lay(t, f)
		if found := find(r.Root, tag); len(found) != 1 || read(r, found[0]) != "Figur 1" || found[0].Parent.Tag != "Div" {
			t.Errorf("the text below is no %s", tag)
		}
	}
}

func TestContentsKeepTheLanguageOfAHeading(t *testing.T) {
	r := lay(t, document.Contents{Title: "Innhold"}, document.Heading{Level: 1, Text: "Guovdageaidnu", Lang: "se-NO"}, document.Heading{Level: 1, Text: "Bodø"})
	if links := find(r.Root, "Link"); links[0].Lang != "se-NO" || links[1].Lang != "" {
		t.Errorf("languages %q and %q", links[0].Lang, links[1].Lang)
	}
}

func TestCellThatFillsARowNamesNothing(t *testing.T) {
	r := lay(t, document.Table{RowHeader: true, Columns: []document.Column{{Header: "a"}, {Header: "b"}}, Body: [][]document.Cell{
		{{Spans: document.Text("navn")}, {Spans: document.Text("1")}}, {{Spans: document.Text("og tre til"), ColSpan: 2}}}},
		document.Table{RowHeader: true, Columns: []document.Column{{Header: "a"}}, Rows: [][]string{{"alene"}}})
	var named []string
	for _, e := range find(r.Root, "TH") {
		if e.Scope == "Row" {
			named = append(named, strings.TrimSpace(read(r, e)))
		}
	}
	if len(named) != 1 || named[0] != "navn" {
		t.Errorf("rows are named by %q", named)
	}
}
