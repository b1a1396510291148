package layout_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/layout"
)

func lay(t testing.TB, blocks ...document.Block) *layout.Result {
	t.Helper()
	r, err := layout.Lay(document.Document{Title: "Test", Lang: "nb", Created: time.Unix(0, 0).UTC(), Blocks: blocks})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// texts gives what a screen reader would read below an element, each marked
// content on its own.
func texts(r *layout.Result, e *layout.Elem) (out []string) {
	for _, k := range e.Kids {
		switch {
		case k.Elem != nil:
			out = append(out, texts(r, k.Elem)...)
		case k.Link == nil:
			var b strings.Builder
			for _, op := range r.Pages[k.Page].Ops {
				if op.Elem == e && op.Mark == k.Mark && op.Kind == layout.OpText {
					if op.Actual != "" {
						b.WriteString(op.Actual)
					} else {
						b.WriteString(op.Text)
					}
				}
			}
			out = append(out, b.String())
		}
	}
	return out
}

// find lists the elements with a tag in reading order.
func find(e *layout.Elem, tag string) (out []*layout.Elem) {
	if e.Tag == tag {
		out = append(out, e)
	}
	for _, k := range e.Kids {
		if k.Elem != nil {
			out = append(out, find(k.Elem, tag)...)
		}
	}
	return out
}

func read(r *layout.Result, e *layout.Elem) string { return strings.Join(texts(r, e), "") }

func TestReadingOrder(t *testing.T) {
	r, err := layout.Lay(documenttest.Sample())
	if err != nil {
		t.Fatal(err)
	}
	all := read(r, r.Root)
	at := 0
	for _, want := range []string{"Nordland fylkeskommune", "Kompetansepiloter i Salten og på Helgeland", "Søker", "Periode", "Innhold",
		"1 Sammendrag 1", "3.1 Vurdering 5", "1 Sammendrag", "Les mer på hkdir.no. Samisk: Boahtteáiggi", "Viktig", "1. Kartlegge", "2 Budsjett",
		"Tabell 1.", "Art", "Sum kostnader", "Figur 1.", "Fjordfisk 1 AS", "Fjordfisk 60 AS", "3.1 Vurdering"} {
		i := strings.Index(all[at:], want)
		if i < 0 {
			t.Fatalf("%q is not read after %q", want, all[max(0, at-40):at])
		}
		at += i + len(want)
	}
	if strings.Contains(all, "side 1") {
		t.Error("the footer is read as text")
	}
	for i, p := range r.Pages {
		for _, op := range p.Ops {
			if op.Kind == layout.OpText && op.Elem == nil && op.Artefact == layout.ArtefactLayout && !strings.Contains("Bedrift Kommune Ansatte Behov", strings.TrimSpace(op.Text)) {
				t.Errorf("page %d: text %q is an artefact", i+1, op.Text)
			}
		}
	}
}

func TestHeadingTags(t *testing.T) {
	r := lay(t, document.Cover{Title: "Omslag"}, document.Heading{Level: 1, Text: "a"}, document.Heading{Level: 3, Text: "b"}, document.Heading{Level: 0, Text: "c"})
	for tag, want := range map[string]string{"H1": "Omslag", "H2": "ac", "H3": "b"} {
		got := ""
		for _, e := range find(r.Root, tag) {
			got += read(r, e)
		}
		if got != want {
			t.Errorf("%s reads %q, want %q", tag, got, want)
		}
	}
	if len(r.Outline) != 3 || r.Outline[1].Level != 1 || r.Outline[2].Level != 0 {
		t.Errorf("outline %v", r.Outline)
	}
}

// words makes a paragraph of exactly n lines.
func words(n int) document.Paragraph {
	return document.Paragraph{Spans: document.Text(strings.TrimSuffix(strings.Repeat("ord\n", n), "\n"))}
}

// lineCount counts the text lines of an element on each page.
func lineCount(r *layout.Result, e *layout.Elem) map[int]int {
	count := map[int]int{}
	for i, p := range r.Pages {
		for _, op := range p.Ops {
			if op.Elem == e && op.Kind == layout.OpText {
				count[i]++
			}
		}
	}
	return count
}

func TestHeadingStaysWithTwoLines(t *testing.T) {
	for filler := 30; filler < 60; filler++ {
		r := lay(t, words(filler), document.Heading{Level: 1, Text: "Overskrift"}, words(9))
		p := find(r.Root, "P")[1]
		if page := r.Outline[0].Page; lineCount(r, p)[page] < 2 {
			t.Errorf("%d lines before: the heading is on page %d, its text %v", filler, page, lineCount(r, p))
		}
	}
}

func TestNoLineStandsAlone(t *testing.T) {
	for filler := 30; filler < 60; filler++ {
		for lines := 2; lines < 7; lines++ {
			r := lay(t, words(filler), words(lines))
			total := 0
			for page, n := range lineCount(r, find(r.Root, "P")[1]) {
				total += n
				if n == 1 {
					t.Errorf("%d+%d lines: one line alone on page %d", filler, lines, page)
				}
			}
			if total != lines {
				t.Errorf("%d lines became %d", lines, total)
			}
		}
	}
}

func table(rows int) document.Table {
	t := document.Table{Caption: "Tabell", Columns: []document.Column{{Header: "Navn"}, {Header: "Beløp", Align: document.Right}},
		Foot: [][]string{{"Sum", "9"}}, RowHeader: true}
	for i := range rows {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("rad %d", i), "1\u00a0000"})
	}
	return t
}

func TestTableOverPages(t *testing.T) {
	for rows := 30; rows < 130; rows += 3 {
		r := lay(t, table(rows))
		if got := len(find(r.Root, "TR")); got != rows+2 {
			t.Fatalf("%d rows in the tree, want %d", got, rows+2)
		}
		if got := len(find(r.Root, "THead")); got != 1 {
			t.Errorf("%d heads", got)
		}
		for i, p := range r.Pages {
			headers := 0
			for _, op := range p.Ops {
				if op.Kind == layout.OpText && op.Text == "Navn" && (op.Elem == nil) == (i > 0) {
					headers++
				}
			}
			if headers != 1 {
				t.Errorf("%d rows: page %d has %d heading rows", rows, i+1, headers)
			}
		}
		last, sum := find(r.Root, "TR")[rows], find(r.Root, "TR")[rows+1]
		if a, b := last.Kids[0].Elem.Kids[0].Page, sum.Kids[0].Elem.Kids[0].Page; a != b {
			t.Errorf("%d rows: the last row is on page %d and its sum on page %d", rows, a, b)
		}
	}
}

func TestAmountsEndAtTheSameEdge(t *testing.T) {
	r := lay(t, document.Table{Columns: []document.Column{{Header: "Navn"}, {Header: "Beløp", Align: document.Right}},
		Rows: [][]string{{"a", "1"}, {"b", "1\u202f400\u202f000"}}})
	edge := 0.0
	for _, op := range r.Pages[0].Ops {
		if op.Kind != layout.OpText || !strings.HasPrefix(op.Text, "1") {
			continue
		}
		if edge == 0 {
			edge = op.X + op.W
		}
		if d := op.X + op.W - edge; d > 0.001 || d < -0.001 {
			t.Errorf("%q ends at %.3f, want %.3f", op.Text, op.X+op.W, edge)
		}
	}
	if edge == 0 {
		t.Error("no amounts")
	}
}

func TestContentsTellTheRightPage(t *testing.T) {
	blocks := []document.Block{document.Contents{Title: "Innhold"}}
	for i := range 12 {
		blocks = append(blocks, document.Heading{Level: 1, Text: fmt.Sprintf("Kapittel %c", 'A'+i)}, words(20))
	}
	r := lay(t, blocks...)
	lines := find(r.Root, "TOCI")
	if len(lines) != 12 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, e := range lines {
		want := fmt.Sprintf("Kapittel %c %d", 'A'+i, r.Outline[i].Page+1)
		if got := read(r, e); got != want {
			t.Errorf("contents line %q, want %q", got, want)
		}
		link := find(e, "Link")[0]
		target := link.Kids[len(link.Kids)-1].Link
		if target == nil || target.Page != r.Outline[i].Page {
			t.Errorf("line %d leads to %+v", i, target)
		}
	}
}

func TestFaultsAreTold(t *testing.T) {
	for name, doc := range map[string]document.Document{
		"figure without alternative": {Title: "T", Lang: "nb", Blocks: []document.Block{document.Figure{Height: 10}}},
		"no title":                   {Title: " \n", Lang: "nb"},
		"no language":                {Title: "T"},
		"unknown block":              {Title: "T", Lang: "nb", Blocks: []document.Block{nil}},
	} {
		if _, err := layout.Lay(doc); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestEmptyBlocksTakeNoRoom(t *testing.T) {
	r := lay(t, document.Contents{Title: "Innhold"}, document.Note{}, document.Paragraph{Spans: document.Text(" \u00a0")}, document.List{},
		document.Table{}, document.Note{Title: "Bare tittel"})
	if got := read(r, r.Root); got != "Bare tittel" {
		t.Errorf("reads %q", got)
	}
	for _, op := range r.Pages[0].Ops {
		if op.Y < 22 || op.Y > 35 {
			t.Errorf("something is drawn at %.1f", op.Y)
		}
	}
}
