package portal_test

import (
	"testing"

	"kompetansepilot/app"
	"kompetansepilot/app/document"
	"kompetansepilot/app/portal"
)

// printed is a document with fixed blocks.
type printed []document.Block

func (p printed) Document(string, string, string) (document.Document, error) {
	return document.Document{Blocks: p}, nil
}

func noted(t testing.TB, p *app.Program, id string) {
	t.Helper()
	for _, i := range transfer(t, p, id).Items() {
		if i.Counts() {
			if err := p.Portals.Note("Overført", id, "rf1350", *i, true); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func compare(t testing.TB, p *app.Program, id string, docs portal.Documents) portal.Comparison {
	t.Helper()
	c, err := p.Portals.Compare(id, "", docs, nb)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestComparePortal(t *testing.T) {
	p, id := empty(t)
	set(t, p, id, "background", "Tekst")
	set(t, p, id, "projectOwner", "")
	c := compare(t, p, id, nil)
	if c.Compared != 2 || len(c.Differences) != 2 || c.Differences[1].Mismatch != portal.NotTransferred {
		t.Fatalf("comparison %+v", c)
	}
	noted(t, p, id)
	if c := compare(t, p, id, nil); len(c.Differences) != 0 {
		t.Fatalf("comparison %+v", c)
	}
	set(t, p, id, "background", "Ny tekst")
	c = compare(t, p, id, nil)
	if len(c.Differences) != 1 || c.Differences[0].Mismatch != portal.ChangedSince || c.Differences[0].Other != "Tekst" || c.Differences[0].Stored != "Ny tekst" {
		t.Fatalf("comparison %+v", c)
	}
}

func TestComparePDF(t *testing.T) {
	p, id := empty(t)
	set(t, p, id, "projectOwner", "")
	set(t, p, id, "background", "Vi mangler folk:\r\n- i skogen\r\n- på\u00a0saga\r\n\r\nDerfor søker vi.")
	set(t, p, id, "results", "Pil → og smil 😀")
	noted(t, p, id)
	span := document.Text
	blocks := printed{
		document.Cover{Title: "Skog"},
		document.Heading{Level: 1, Text: "3 Spesifikasjon"},
		document.Heading{Level: 2, Text: "3.1 Bakgrunn"},
		document.Paragraph{Spans: span("Vi mangler folk:")},
		document.List{Items: [][]document.Span{span("i skogen"), {{Text: "på "}, {Text: "saga", Bold: true}}}},
		document.Paragraph{Spans: span("Derfor søker vi.")},
		document.Heading{Level: 2, Text: "3.2 Resultat"},
		document.Paragraph{Spans: span("Pil → og smil 😀")},
	}
	c := compare(t, p, id, blocks)
	// The emoji cannot be printed, so the reader of the PDF sees something else.
	if c.WithPDF != 3 || len(c.Differences) != 1 || c.Differences[0].Key != "results" || c.Differences[0].Mismatch != portal.OtherInPDF {
		t.Fatalf("comparison %+v", c)
	}
	set(t, p, id, "results", "Bra")
	noted(t, p, id)
	blocks[7] = document.Paragraph{Spans: span("Bra")}
	if c := compare(t, p, id, blocks); len(c.Differences) != 0 {
		t.Fatalf("comparison %+v", c)
	}
	blocks[5] = document.Paragraph{Spans: span("Derfor søker vi ikke.")}
	if c := compare(t, p, id, blocks); len(c.Differences) != 1 || c.Differences[0].Key != "background" {
		t.Fatalf("comparison %+v", c)
	}
	blocks = append(blocks[:6], document.Heading{Level: 2, Text: "3.2 Resultat"}, document.Paragraph{Spans: span("Derfor søker vi.")})
	if c := compare(t, p, id, blocks); len(c.Differences) != 2 {
		t.Fatalf("a text under another heading was taken: %+v", c)
	}
}

func TestComparePDFLooksInTablesOfFacts(t *testing.T) {
	p, id := empty(t)
	set(t, p, id, "projectOwner", "")
	noted(t, p, id)
	table := func(title string) printed {
		return printed{document.Table{Columns: make([]document.Column, 2), Rows: [][]string{{"Prosjektnavn", title}}}}
	}
	if c := compare(t, p, id, table("Skog")); len(c.Differences) != 0 {
		t.Fatalf("comparison %+v", c)
	}
	if c := compare(t, p, id, table("Fjell")); len(c.Differences) != 1 || c.Differences[0].Other != "Fjell" {
		t.Fatalf("comparison %+v", c)
	}
}
