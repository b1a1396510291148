package render_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
)

func long(entries int) document.Document {
	doc := document.Document{Title: "Logg", Lang: "nb", Created: time.Unix(1_770_000_000, 0).UTC(),
		Blocks: []document.Block{document.Contents{Title: "Innhold"}}}
	for i := range entries {
		if i%100 == 0 {
			doc.Blocks = append(doc.Blocks, document.Heading{Level: 1, Text: fmt.Sprintf("Måned %d", i/100)})
		}
		doc.Blocks = append(doc.Blocks, document.Paragraph{Spans: document.Text(strings.Repeat("Samtale med bedriften om behov for opplæring. ", 8))})
	}
	return doc
}

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

func BenchmarkLong(b *testing.B) {
	doc := long(3000)
	for b.Loop() {
		if _, _, err := render.PDF(doc); err != nil {
			b.Fatal(err)
		}
	}
}
