package documenttest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/picture"
)

// Logo is a small drawing, as a county would have one.
func Logo() *document.Picture {
	return must("logo.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40" width="60mm" height="40mm">
<title>Logo</title><g transform="translate(2 2)"><path fill="#123a5a" fill-rule="evenodd" d="M0 0h20v36a10 10 0 0 1-20 0zM5 5h10v10H5z"/>
<circle cx="40" cy="18" r="12" style="fill:none;stroke:#b0842c;stroke-width:3"/><polygon points="30,34 50,34 40,22" fill="rgb(47,117,174)"/></g></svg>`))
}

// Photo is a JPEG picture of the given size in colours or grey.
func Photo(width, height int, grey bool) []byte {
	var img image.Image = paint(width, height)
	if grey {
		g := image.NewGray(img.Bounds())
		for y := range height {
			for x := range width {
				g.Set(x, y, img.At(x, y))
			}
		}
		img = g
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Drawing is a PNG picture with a transparent part.
func Drawing(width, height int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, paint(width, height)); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func paint(width, height int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			img.SetNRGBA(x, y, color.NRGBA{uint8(x * 255 / width), uint8(y * 255 / height), 120, uint8(255 - x%50*5)})
		}
	}
	return img
}

// Picture reads a picture that is known to be whole.
func Picture(content []byte) *document.Picture { return must("bilde", content) }

func must(name string, content []byte) *document.Picture {
	p, err := picture.Read(name, content)
	if err != nil {
		panic(err)
	}
	return p
}

// Everything is a document with each thing that the model can say.
func Everything() document.Document {
	doc := Sample()
	doc.Letterhead = &document.Letterhead{Logo: Logo(), LogoAlt: "Fylkesvåpenet"}
	doc.Blocks = append(doc.Blocks,
		document.Heading{Level: 1, Text: "4 Vedlegg"},
		document.Paragraph{Spans: document.Text("Bilder og tegninger:"), KeepWithNext: true},
		document.Figure{Alt: "Et fotografi i farger", Caption: "Figur 2. Fotografi", Picture: must("a.jpg", Photo(300, 200, false)), Height: 40},
		document.Figure{Alt: "Et fotografi i grått", Picture: must("b.jpg", Photo(90, 120, true))},
		document.Figure{Alt: "En tegning", Picture: must("c.png", Drawing(200, 100))},
		document.Figure{Alt: "En logo", Picture: Logo(), Height: 20},
		document.Figure{Decorative: true, Picture: Logo(), Height: 6},
		document.Heading{Level: 2, Text: "Boahtteáigi", Lang: "se-NO"},
		Merged(12),
		document.Signatures{PlaceAndDate: "Sted og dato", Signature: "Underskrift", Signers: []document.Signer{
			{Name: "Kari Nordmann", Title: "fylkesdirektør"}, {Name: "Áilu Ánne", Title: "prosjektleder"}, {Name: "Ola Dunk"}}},
	)
	return doc
}

// Merged is a table with merged cells in its head and body, n groups of rows.
func Merged(n int) document.Table {
	cell := func(s string) document.Cell { return document.Cell{Spans: document.Text(s)} }
	t := document.Table{Caption: "Tabell 3. Tiltak", Columns: []document.Column{{Header: "Mål"}, {Header: "Tiltak"}, {Header: "2026", Align: document.Right}, {Header: "2027", Align: document.Right}},
		Head: [][]document.Cell{{{Spans: document.Text("Hva"), ColSpan: 2}, {Spans: document.Text("Kroner"), ColSpan: 2}}}}
	for range n {
		t.Body = append(t.Body,
			[]document.Cell{{Spans: document.Text("Flere deltar, også de som har lang vei til tilbudet og få ansatte"), RowSpan: 3, Header: true}, cell("Kartlegge"), cell("100 000"), cell("0")},
			[]document.Cell{cell("Samle\nog bestille"), cell("50 000"), cell("50 000")},
			[]document.Cell{{Spans: []document.Span{{Text: "Se "}, {Text: "planen", Link: "https://example.org/plan"}}}, {Spans: document.Text("uendret"), ColSpan: 2}})
	}
	return t
}

// Letter is a letter of one page.
func Letter() document.Document {
	return document.Document{Title: "Svar på søknad", Lang: "nn-NO", Author: "Vestland fylkeskommune", Created: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC),
		Letterhead: &document.Letterhead{Logo: Logo(), Name: "Vestland fylkeskommune", Lines: []string{"Postboks 7900, 5020 Bergen", "Org.nr. 821 311 632"}},
		Footer:     func(int, int) string { return "side 1 av 1" },
		Blocks: []document.Block{
			document.Letter{Sender: []string{"Vestland fylkeskommune"}, Receiver: []string{"Fjordfisk AS", "Kaien 1", "6800 Førde"},
				Facts: []document.SummaryRow{{Label: "Dato", Value: "2. mars 2026"}, {Label: "Vår referanse", Value: "26/1234"}}, Title: "Svar på søknad om midlar"},
			document.Paragraph{Spans: document.Text("Vi viser til søknaden.")},
			document.Heading{Level: 1, Text: "Vedtak"},
			document.Paragraph{Spans: document.Text("Fylkeskommunen gir kr 1 400 000 etter § 13.")},
			document.Signatures{Signers: []document.Signer{{Name: "Kari Nordmann", Title: "fylkesdirektør"}}},
		}}
}
