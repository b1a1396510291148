package render_test

import (
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/documenttest"
	"kompetansepilot/app/document/render"
)

func TestHugeTextInOneParagraph(t *testing.T) {
	doc := document.Document{Title: "T", Lang: "nb", Blocks: []document.Block{
		document.Paragraph{Spans: document.Text(strings.Repeat("😀", 100_000))},
		document.Table{Columns: []document.Column{{Header: "A"}, {Header: "B"}}, Rows: [][]string{{strings.Repeat("ord ", 25_000), strings.Repeat("x", 100_000)}}},
	}}
	file, replaced, err := render.PDF(doc)
	if err != nil || len(file) == 0 {
		t.Fatal(err)
	}
	if len(replaced) != 1 || replaced[0] != (document.Replacement{Text: "[U+1F600]", Count: 100_000}) {
		t.Errorf("replaced %v", replaced)
	}
}

// BenchmarkLog makes a log of 500 pages.
func BenchmarkLog(b *testing.B) {
	doc := documenttest.Log(500)
	for b.Loop() {
		if _, _, err := render.PDF(doc); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGrowth tells how many times the time for a page grows from 500 pages
// to 2 000: 1 is linear.
func BenchmarkGrowth(b *testing.B) {
	short, long := documenttest.Log(500), documenttest.Log(2000)
	for b.Loop() {
		a := timed(b, short)
		b.ReportMetric(float64(timed(b, long))/float64(a)/4, "ratio-growth")
	}
}

func timed(b *testing.B, doc document.Document) time.Duration {
	b.Helper()
	start := time.Now()
	if _, _, err := render.PDF(doc); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
