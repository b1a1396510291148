package documenttest

import (
	"fmt"
	"strings"
	"time"

	"kompetansepilot/app/document"
)

// Log is a log of about the given number of pages: a heading and a paragraph
// for each entry.
func Log(pages int) document.Document {
	doc := document.Document{Title: "Logg", Lang: "nb-NO", Author: "Nordland fylkeskommune", Created: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Footer: func(page, pages int) string { return fmt.Sprintf("side %d av %d", page, pages) }}
	for i := range pages * 11 / 2 {
		if i%100 == 0 {
			doc.Blocks = append(doc.Blocks, document.Heading{Level: 1, Text: fmt.Sprintf("Måned %d", i/100+1)})
		}
		doc.Blocks = append(doc.Blocks, document.Heading{Level: 2, Text: fmt.Sprintf("%d. mars: møte nr. %d", i%28+1, i+1)},
			document.Paragraph{Spans: document.Text(fmt.Sprintf("Sak %d. ", i+1) + strings.Repeat("Samtale med bedriften om behov for opplæring i Bodø og på Værøy. ", 7))})
	}
	return doc
}
