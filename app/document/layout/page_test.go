package layout_test

import (
	"strings"
	"testing"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/layout"
)

// textOps lists the texts drawn for an element and those below it, in order.
func textOps(r *layout.Result, e *layout.Elem) (out []layout.Op) {
	below := map[*layout.Elem]bool{}
	var mark func(e *layout.Elem)
	mark = func(e *layout.Elem) {
		below[e] = true
		for _, k := range e.Kids {
			if k.Elem != nil {
				mark(k.Elem)
			}
		}
	}
	mark(e)
	for _, p := range r.Pages {
		for _, op := range p.Ops {
			if op.Kind == layout.OpText && below[op.Elem] {
				out = append(out, op)
			}
		}
	}
	return out
}

// TestLinesCanBeRead: running text has no more than about 75 characters on a
// line, while a table takes the whole width.
func TestLinesCanBeRead(t *testing.T) {
	long := document.Text(strings.Repeat("Fylkeskommunen vil kartlegge behovene i fire regioner. ", 20))
	r := lay(t, document.Paragraph{Spans: long}, document.List{Items: [][]document.Span{long}}, document.Note{Title: "Merk", Spans: long}, table(3))
	for _, tag := range []string{"P", "L", "Div"} {
		for _, op := range textOps(r, find(r.Root, tag)[0]) {
			if n := len([]rune(strings.TrimSpace(op.Text))); n > 82 {
				t.Errorf("%s has a line of %d characters: %q", tag, n, op.Text)
			}
		}
	}
	right := 0.0
	for _, op := range r.Pages[len(r.Pages)-1].Ops {
		if op.Kind == layout.OpLine {
			right = max(right, op.W)
		}
	}
	if right < 185 {
		t.Errorf("the table ends at %g mm", right)
	}
}

func TestContentsLineUp(t *testing.T) {
	blocks := []document.Block{document.Contents{Title: "Innhold"}, document.Heading{Level: 1, Text: "3 Spesifikasjon"}}
	for _, h := range []string{"3.9 Aktiviteter", "3.10 Milepæler", "Uten nummer"} {
		blocks = append(blocks, document.Heading{Level: 2, Text: h}, words(1))
	}
	r := lay(t, blocks...)
	at := map[string]float64{}
	for _, op := range textOps(r, find(r.Root, "TOC")[0]) {
		at[strings.TrimSpace(op.Text)] = op.X
	}
	if at["Aktiviteter"] == 0 || at["Aktiviteter"] != at["Milepæler"] {
		t.Errorf("the texts begin at %g and %g", at["Aktiviteter"], at["Milepæler"])
	}
	if at["3.9"] != at["Spesifikasjon"] || at["3.10"] != at["3.9"] || at["Uten nummer"] != at["3.9"] {
		t.Errorf("the entries begin at %v", at)
	}
	if got := read(r, find(r.Root, "TOC")[0]); !strings.Contains(got, "3.10 Milepæler 1") {
		t.Errorf("the contents read %q", got)
	}
}

// TestNoRowAlone: a page end leaves at least two rows of a table on each side.
func TestNoRowAlone(t *testing.T) {
	for rows := 2; rows <= 6; rows++ {
		for filler := 1; filler < 60; filler++ {
			r := lay(t, words(filler), table(rows))
			on := map[int]int{}
			for _, tr := range find(find(r.Root, "TBody")[0], "TR") {
				on[firstPage(tr)]++
			}
			for page, n := range on {
				if n == 1 {
					t.Errorf("%d rows after %d lines: one stands alone on page %d", rows, filler, page)
				}
			}
		}
	}
}

// TestFigureWaits: text goes on below the place of a figure that has no room,
// up to the next chapter; a reader meets the figure where it was written.
func TestFigureWaits(t *testing.T) {
	figure := document.Figure{Alt: "a", Caption: "Figur 1", Height: 150, Draw: func(c document.Canvas, w, h float64) { c.Rect(0, 0, w, h, document.ColourBar()) }}
	text := document.Paragraph{Spans: document.Text("Etter figuren.")}
	r := lay(t, words(30), figure, document.Heading{Level: 2, Text: "Videre"}, text, document.Heading{Level: 1, Text: "Nytt kapittel"}, text)
	if got := firstPage(find(r.Root, "Figure")[0]); got != 1 {
		t.Errorf("the figure is on page %d", got)
	}
	if r.Outline[0].Page != 0 || r.Outline[1].Page != 1 {
		t.Errorf("the headings are on pages %d and %d, want 0 and 1", r.Outline[0].Page, r.Outline[1].Page)
	}
	if r.Outline[1].Y < 150 {
		t.Errorf("the next chapter begins at %g, above the figure", r.Outline[1].Y)
	}
	if got := read(r, r.Root); strings.Index(got, "Figur 1") > strings.Index(got, "Videre") {
		t.Errorf("the figure is read late: %q", got)
	}
	// A long paragraph is divided by the figure and goes on below it.
	r = lay(t, words(30), figure, words(34))
	if len(r.Pages) != 2 {
		t.Errorf("%d pages", len(r.Pages))
	}
	// What is last is not lost.
	if r = lay(t, words(30), figure, text); firstPage(find(r.Root, "Figure")[0]) != 1 {
		t.Error("the figure is lost at the end")
	}
}

func TestNoteHasParagraphs(t *testing.T) {
	r := lay(t, document.Note{Title: "Merk", Spans: document.Text("En.\n\nTo.\nTre.")})
	all := find(find(r.Root, "Div")[0], "P")
	if len(all) != 3 {
		t.Fatalf("%d paragraphs", len(all))
	}
	en, to := textOps(r, all[1])[0], textOps(r, all[2])
	line := to[1].Y - to[0].Y
	if gap := to[0].Y - en.Y; gap <= line || gap >= 2*line {
		t.Errorf("the paragraphs are %g apart, lines %g", gap, line)
	}
}

func TestColumnsOfFiguresAreAlike(t *testing.T) {
	column := func(header string, weight float64) document.Column {
		return document.Column{Header: header, Align: document.Right, Weight: weight}
	}
	r := lay(t, document.Table{RowHeader: true,
		Columns: []document.Column{{Header: "Post", Weight: 9}, column("2020", 1), column("2021", 1), column("2022", 1), column("Bedrifter i alle registre", 1.5)},
		Rows:    [][]string{{"Reise", "0", "11 400 000", "40", "11 400 000"}}})
	right := map[string]float64{}
	y := map[string]float64{}
	for _, op := range textOps(r, r.Root) {
		right[strings.TrimSpace(op.Text)], y[strings.TrimSpace(op.Text)] = op.X+op.W, op.Y
	}
	if a, b := right["2021"]-right["2020"], right["2022"]-right["2021"]; a-b > 0.1 || b-a > 0.1 {
		t.Errorf("the years are %g and %g mm wide", a, b)
	}
	if y["Post"] != y["registre"] || y["Post"] == y["Bedrifter"] {
		t.Errorf("short headings do not stand at the bottom: %v", y)
	}
}

func TestSourceStaysWithTable(t *testing.T) {
	for filler := 20; filler < 60; filler++ {
		source := table(4)
		source.Source = "Kilde: SSB."
		r := lay(t, words(filler), source)
		rows := find(find(r.Root, "TBody")[0], "TR")
		all := find(r.Root, "P")
		if got := read(r, all[len(all)-1]); got != "Kilde: SSB." {
			t.Fatalf("the last paragraph reads %q", got)
		}
		if a, b := firstPage(rows[3]), firstPage(all[len(all)-1]); a != b {
			t.Errorf("after %d lines the source is on page %d, the last row on %d", filler, b, a)
		}
	}
}

// TestLongHeader: a running head is never cut in the middle without telling.
func TestLongHeader(t *testing.T) {
	long := strings.Repeat("Kompetansepilot ", 20)
	for header, want := range map[string]string{"Kort": "Kort", long: "Kompetansepilot …"} {
		r, err := layout.Lay(document.Document{Title: "T", Lang: "nb", Header: header, Blocks: []document.Block{words(1), document.PageBreak{}, words(1)}})
		if err != nil {
			t.Fatal(err)
		}
		got, right := "", 0.0
		for _, op := range r.Pages[1].Ops {
			if op.Kind == layout.OpText && op.Artefact == layout.ArtefactHeader {
				got += op.Text
				right = max(right, op.X+op.W)
			}
		}
		if got = strings.TrimSpace(got); !strings.HasSuffix(got, want) || right > layout.PageWidth-20 {
			t.Errorf("the head reads %q and ends at %g", got, right)
		}
	}
}

// TestNoWordAlone: a paragraph does not end with a single short word where a
// little shorter lines help, and its text stays whole.
func TestNoWordAlone(t *testing.T) {
	text := "Opplysningene er fullstendige og riktige, og støtte til andre foretak i samme konsern er tatt med. " +
		"Virksomheten melder fra om ny støtte før den tar imot mer."
	r := lay(t, document.Paragraph{Spans: document.Text(text)})
	p := find(r.Root, "P")[0]
	ops := textOps(r, p)
	if last := ops[len(ops)-1]; last.W < 17 || len(ops) != 3 {
		t.Errorf("%d lines, the last %g mm: %q", len(ops), last.W, last.Text)
	}
	if got := read(r, p); got != text {
		t.Errorf("reads %q", got)
	}
}
