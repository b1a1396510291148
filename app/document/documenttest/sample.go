// Package documenttest holds a document with one of everything, for tests.
package documenttest

import (
	"fmt"
	"strings"
	"time"

	"kompetansepilot/app/document"
)

const lorem = "Små bedrifter i distriktene mangler ofte kompetanse på vannbehandling, digital drift og salg over nett. " +
	"Fylkeskommunen kartlegger behovene, samler dem på tvers av bedriftene og finner et tilbud i nærheten. "

// Sample is a short application with every kind of block.
func Sample() document.Document {
	plain := document.Text
	return document.Document{
		Title: "Søknad om Kompetansepiloter i Nordland 2026", Subject: "Søknad", Author: "Nordland fylkeskommune",
		Keywords: "kompetanse, distrikt", Lang: "nb-NO", Created: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Header: "Nordland fylkeskommune · Søknad om Kompetansepiloter",
		Footer: func(page, pages int) string { return fmt.Sprintf("side %d av %d", page, pages) },
		Blocks: []document.Block{
			document.Cover{County: "Nordland fylkeskommune", Kind: "Søknad om tilskudd", Title: "Kompetansepiloter i Salten og på Helgeland",
				Summary: []document.SummaryRow{{Label: "Søker", Value: "Nordland fylkeskommune, org.nr. 964\u00a0982\u00a0953"},
					{Label: "Ordning", Value: "Kompetansepiloter 2026"}, {Label: "Søknadssum", Value: "1\u202f400\u202f000 kroner"},
					{Label: "Periode", Value: "1. august 2026 – 31. juli 2029"}}},
			document.Contents{Title: "Innhold"},
			document.Heading{Level: 1, Text: "1 Sammendrag"},
			document.Paragraph{Spans: []document.Span{{Text: lorem}, {Text: "Vi søker om 1\u202f400\u202f000 kroner. ", Bold: true},
				{Text: "Les mer på ", Italic: true}, {Text: "hkdir.no", Link: "https://hkdir.no/kompetansepiloter?år=2026"},
				{Text: ". Samisk: "}, {Text: "Boahtteáiggi gelbbolašvuohta", Lang: "se"}, {Text: "."}}},
			document.Note{Title: "Viktig", Tone: document.Warning, Spans: plain("Summen i finansieringen må være lik summen av kostnadene.")},
			document.Heading{Level: 2, Text: "1.1 Mål"},
			document.List{Items: [][]document.Span{plain("Flere små bedrifter deltar i opplæring."), plain(strings.Repeat(lorem, 2)), plain("Tilbudene varer etter prosjektet.")}},
			document.List{Ordered: true, Items: [][]document.Span{plain("Kartlegge"), plain("Samle"), plain("Bestille")}},
			document.Heading{Level: 1, Text: "2 Budsjett"},
			document.Table{Caption: "Tabell 1. Kostnader etter art og år (kroner)", RowHeader: true,
				Columns: []document.Column{{Header: "Art"}, {Header: "2026", Align: document.Right}, {Header: "2027", Align: document.Right}, {Header: "Sum", Align: document.Right}},
				Rows: [][]string{{"Lønn og sosiale utgifter", "300 000", "400 000", "700 000"}, {"Reiser", "50 000", "50 000", "100 000"},
					{"Kjøp av opplæring", "200 000", "400 000", "600 000"}},
				Foot: [][]string{{"Sum kostnader", "550 000", "850 000", "1 400 000"}}},
			document.Figure{Alt: "Stolpediagram: 2026 550 000 kroner, 2027 850 000 kroner.", Caption: "Figur 1. Kostnader for hvert år", Height: 34, Draw: bars},
			document.Heading{Level: 1, Text: "3 Bedrifter"},
			document.Paragraph{Spans: plain(strings.Repeat(lorem, 6))},
			companies(60),
			document.Heading{Level: 2, Text: "3.1 Vurdering"},
			document.Paragraph{Spans: plain(strings.Repeat(lorem, 12))},
		},
	}
}

func bars(c document.Canvas, width, height float64) {
	for i, v := range []float64{550, 850} {
		y := 3 + float64(i)*14
		c.Text(20, y+6.5, []string{"2026", "2027"}[i], 9.5, document.Right, false, document.ColourText())
		c.Rect(23, y, v/850*(width-60), 10, document.ColourBar())
		c.Text(25+v/850*(width-60), y+6.5, fmt.Sprintf("%.0f 000", v), 9.5, document.Left, true, document.ColourText())
	}
	c.Line(23, 0, 23, height-4, 0.8, document.ColourMuted())
	c.Circle(width-4, 4, 2, document.ColourBarLight())
	c.Polygon([]document.Point{{X: width - 8, Y: 14}, {X: width, Y: 14}, {X: width - 4, Y: 8}}, document.ColourBarLight())
}

func companies(n int) document.Table {
	t := document.Table{Caption: "Tabell 2. Bedrifter som er med", Columns: []document.Column{{Header: "Bedrift", Weight: 3}, {Header: "Kommune", Weight: 2},
		{Header: "Ansatte", Weight: 1, Align: document.Right}, {Header: "Behov", Weight: 4}}, RowHeader: true}
	for i := range n {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("Fjordfisk %d AS", i+1), "Bodø", fmt.Sprint(3 + i%40), "Vannbehandling og dokumentasjon av kvalitet i produksjonen"})
	}
	t.Foot = [][]string{{"Sum", "", fmt.Sprint(n * 20), ""}}
	return t
}
