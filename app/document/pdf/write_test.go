package pdf

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/fonts"
	"kompetansepilot/app/document/layout"
)

func write(t rapid.TB, doc document.Document) ([]byte, *layout.Result) {
	t.Helper()
	r, err := layout.Lay(doc)
	if err != nil {
		t.Skip(err)
	}
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), r
}

func TestSampleIsTagged(t *testing.T) {
	file, r := write(t, documenttest.Sample())
	for _, f := range check(file, len(r.Pages)) {
		t.Error(f)
	}
}

func TestEverythingIsTagged(t *testing.T) {
	for _, doc := range []document.Document{documenttest.Everything(), documenttest.Letter()} {
		file, r := write(t, doc)
		for _, f := range check(file, len(r.Pages)) {
			t.Error(f)
		}
	}
}

func TestEmptyDocument(t *testing.T) {
	file, r := write(t, document.Document{Title: "Tom", Lang: "nb"})
	for _, f := range check(file, len(r.Pages)) {
		t.Error(f)
	}
}

// TestLinkOfNoWidth has a link of an accent alone, which takes no room to click in.
func TestLinkOfNoWidth(t *testing.T) {
	link := document.Span{Text: "\u0301", Link: "https://a.example/"}
	file, r := write(t, document.Document{Title: "Lenke", Lang: "nb", Blocks: []document.Block{document.Paragraph{Spans: []document.Span{{Text: "Før"}, link}}, document.Paragraph{Spans: []document.Span{link}}}})
	for _, f := range check(file, len(r.Pages)) {
		t.Error(f)
	}
}

// edges are documents that go to the edge of what a file may hold: tables without
// a body, texts that are longer than a string can be, figures of no size.
func edges() map[string][]document.Block {
	text := document.Text
	columns := []document.Column{{Header: "Navn"}, {Header: "Sum", Align: document.Right}}
	long := strings.Repeat("Fylkeskommunen søker. ", 1600) // more than 32 767 bytes as UTF-16
	hyphens := slices.Repeat([]document.Column{{Header: "kompetanse\u00adutviklings\u00adprosjekt\u00adleder\u00adsamling"}}, 7)
	rect := func(c document.Canvas, _, _ float64) { c.Rect(0, 0, 5, 5, document.ColourBar()) }
	return map[string][]document.Block{
		"head alone":         {document.Table{Caption: "Ingen", Columns: columns}},
		"head and foot":      {document.Table{Columns: columns, Foot: [][]string{{"Sum", "0"}}}},
		"foot alone":         {document.Table{Columns: make([]document.Column, 2), Foot: [][]string{{"Sum", "0"}}}},
		"caption alone":      {document.Table{Caption: "Ingen", Columns: make([]document.Column, 2)}},
		"empty heading cell": {document.Table{RowHeader: true, Columns: []document.Column{{}, {Header: "Sum"}}, Rows: [][]string{{"", "1"}, {"a", "2"}}}},
		"soft hyphens over pages": {document.Table{Columns: hyphens,
			Rows: slices.Repeat([][]string{{"1", "2", "3", "4", "5", "6", "7"}}, 120)}},
		"long heading":        {document.Heading{Level: 1, Text: long}, document.Contents{Title: "Innhold"}},
		"long alternative":    {document.Figure{Alt: long, Height: 10, Draw: rect}},
		"long address":        {document.Paragraph{Spans: []document.Span{{Text: "lenke", Link: "https://a.example/" + strings.Repeat("b", 40_000)}}}},
		"many accents":        {document.Paragraph{Spans: text("a" + strings.Repeat("\u0301\u0302", 20_000) + " slutt")}},
		"long label":          {label(long)},
		"figure of no height": {document.Figure{Alt: "tegning", Draw: rect}},
		"figure of nothing":   {document.Figure{Alt: "tegning", Caption: "Figur", Height: 9}},
		"caption of ornament": {document.Figure{Decorative: true, Caption: "Figur", Height: 9, Draw: rect}},
		"private language":    {document.Paragraph{Spans: []document.Span{{Text: "a", Lang: "x-privat"}, {Text: "b", Lang: "nb-u-co-phonebk"}}}},
	}
}

func TestEdgesAreTagged(t *testing.T) {
	for name, blocks := range edges() {
		doc := document.Document{Title: "Kant", Lang: "nb-NO", Created: time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 5*3600+1800)), Blocks: blocks}
		file, r := write(t, doc)
		for _, f := range check(file, len(r.Pages)) {
			t.Errorf("%s: %s", name, f)
		}
	}
	long := strings.Repeat("Innlandet og å, ", 3000)
	file, r := write(t, document.Document{Title: long, Author: long, Subject: long, Keywords: long, Lang: "nn"})
	for _, f := range check(file, len(r.Pages)) {
		t.Errorf("long metadata: %s", f)
	}
}

// TestLongLabelIsDrawnInPieces: each begins where the one before it ends.
func TestLongLabelIsDrawnInPieces(t *testing.T) {
	r, err := layout.Lay(document.Document{Title: "T", Lang: "nb", Blocks: []document.Block{label(strings.Repeat("i", 2*maxText))}})
	if err != nil {
		t.Fatal(err)
	}
	raw, _, err := draw(r)
	if err != nil {
		t.Fatal(err)
	}
	places := regexp.MustCompile(`BT (\S+) \S+ Td`).FindAllSubmatch(raw, -1)
	if len(places) != 3 { // the last is the space behind it
		t.Fatalf("%d pieces", len(places))
	}
	from, _ := strconv.ParseFloat(string(places[0][1]), 64)
	to, _ := strconv.ParseFloat(string(places[1][1]), 64)
	width := float64(maxText*fonts.Get(fonts.Regular).Advance('i')) * 10 / 1000
	if math.Abs(to-from-width) > 0.02 {
		t.Errorf("the second piece is %.2f from the first, want %.2f", to-from, width)
	}
}

// label is a figure with a text in it.
func label(text string) document.Block {
	return document.Figure{Alt: "tegning", Height: 10, Draw: func(c document.Canvas, _, _ float64) {
		c.Text(0, 5, text, 10, document.Left, false, document.ColourText())
	}}
}

func TestAnyDocumentIsTagged(t *testing.T) {
	dir := t.TempDir()
	qpdf, _ := exec.LookPath("qpdf") // a second opinion where it is installed
	rapid.Check(t, func(t *rapid.T) {
		file, r := write(t, documenttest.Hostile(t))
		for _, f := range check(file, len(r.Pages)) {
			t.Error(f)
		}
		if qpdf == "" {
			return
		}
		name := filepath.Join(dir, "hostile.pdf")
		if err := os.WriteFile(name, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(qpdf, "--check", name).CombinedOutput(); err != nil || strings.Contains(string(out), "WARNING") {
			t.Fatalf("qpdf: %v\n%s", err, out)
		}
	})
}

func TestFaultInARunIsAnError(t *testing.T) {
	var b bytes.Buffer
	broken := &layout.Result{Root: &layout.Elem{Tag: "Document"}, Pages: []layout.Page{{Ops: []layout.Op{{Kind: layout.OpText, Text: "\U0001F600", Size: 10}}}}}
	if err := Write(&b, broken); err == nil {
		t.Error("text that gofpdf cannot write gives no error")
	}
	if b.Len() > 0 {
		t.Error("half a file was written")
	}
}

func TestOutlineCounts(t *testing.T) {
	f := &file{objects: make([][]byte, 1)}
	addOutlines(f, []layout.OutlineItem{{Text: "1"}, {Text: "1.1", Level: 1}, {Text: "1.1.1", Level: 2}, {Text: "1.2", Level: 1}, {Text: "2"}})
	for n, want := range map[int]string{1: "/First 2 0 R /Last 6 0 R /Count 5", 2: "/Next 6 0 R /First 3 0 R /Last 5 0 R /Count 3",
		3: "/Next 5 0 R /First 4 0 R /Last 4 0 R /Count 1", 5: "/Prev 3 0 R>>", 6: "/Prev 2 0 R>>"} {
		if !strings.Contains(string(f.objects[n]), want) {
			t.Errorf("bookmark %d is %s, want %s", n, f.objects[n], want)
		}
	}
}
