package documenttest

import (
	"math"
	"time"

	"pgregory.net/rapid"

	"kompetansepilot/app/document"
)

// Hostile draws a document that no one would write on purpose: broken text,
// impossible sizes, huge cells, empty parts.
func Hostile(t *rapid.T) document.Document {
	doc := document.Document{Title: "T" + text(t), Subject: text(t), Author: text(t), Keywords: text(t), Header: text(t), Lang: "nb",
		Created: time.Unix(1_770_000_000, 0).UTC(), Footer: func(int, int) string { return "side" }}
	if rapid.Bool().Draw(t, "letterhead") {
		doc.Letterhead = &document.Letterhead{Logo: anyPicture(t), LogoAlt: text(t), Name: text(t), Lines: texts(t)}
	}
	for range rapid.IntRange(0, 12).Draw(t, "blocks") {
		doc.Blocks = append(doc.Blocks, block(t))
	}
	return doc
}

func text(t *rapid.T) string {
	s := rapid.OneOf(
		rapid.Just("Vanlig tekst med æøå og 1\u202f400\u202f000 kroner."),
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.SampledFrom([]string{"", "😀", "\u0633\u0644\u0627\u0645", "(\\)<>[]%/", "\x00\x1b\r\n\r", "a\u0301\u0328", "\ufeff\u202e", "kompe\u00adtanse\u00adløft", "W"}),
	).Draw(t, "text")
	if s != "" && rapid.IntRange(0, 9).Draw(t, "long") == 0 {
		for len(s) < 4000 {
			s += s
		}
	}
	return s
}

func spans(t *rapid.T) (out []document.Span) {
	for range rapid.IntRange(0, 3).Draw(t, "spans") {
		out = append(out, document.Span{Text: text(t), Bold: rapid.Bool().Draw(t, "bold"), Italic: rapid.Bool().Draw(t, "italic"),
			Link: rapid.SampledFrom([]string{"", "", "https://a.no/(å)\\", "javascript:alert(1)", "mailto:a@b.no", "%zz"}).Draw(t, "link"),
			Lang: rapid.SampledFrom([]string{"", "", "se", "x)y", "nn-NO"}).Draw(t, "lang")})
	}
	return out
}

func table(t *rapid.T) document.Table {
	out := document.Table{Caption: text(t), RowHeader: rapid.Bool().Draw(t, "row header")}
	number := rapid.SampledFrom([]float64{0, 0, 1, 2, -1, math.NaN(), math.Inf(1), 1e300})
	for range rapid.IntRange(0, 9).Draw(t, "columns") {
		out.Columns = append(out.Columns, document.Column{Header: text(t), Weight: number.Draw(t, "weight"), Align: document.Align(rapid.IntRange(0, 2).Draw(t, "align"))})
	}
	row := rapid.Custom(func(t *rapid.T) (cells []string) {
		for range rapid.IntRange(0, 9).Draw(t, "cells") {
			cells = append(cells, text(t))
		}
		return cells
	})
	out.Rows = rapid.SliceOfN(row, 0, 6).Draw(t, "rows")
	out.Head, out.Body = cells(t, 2), cells(t, 6)
	out.Foot = rapid.SliceOfN(row, 0, 2).Draw(t, "foot")
	return out
}

// cells are rows of cells that fill more than there is.
func cells(t *rapid.T, most int) [][]document.Cell {
	span := rapid.SampledFrom([]int{0, 0, 1, 2, 3, 7, -1, 1 << 30})
	cell := rapid.Custom(func(t *rapid.T) document.Cell {
		return document.Cell{Spans: spans(t), ColSpan: span.Draw(t, "columns"), RowSpan: span.Draw(t, "rows"), Header: rapid.Bool().Draw(t, "header")}
	})
	return rapid.SliceOfN(rapid.SliceOfN(cell, 0, 4), 0, most).Draw(t, "cells")
}

func texts(t *rapid.T) []string { return rapid.SliceOfN(rapid.Custom(text), 0, 4).Draw(t, "texts") }

func anyPicture(t *rapid.T) *document.Picture {
	switch rapid.IntRange(0, 3).Draw(t, "picture") {
	case 0:
		return Logo()
	case 1:
		return Picture(Photo(7, 900, false))
	case 2:
		return &document.Picture{Width: math.NaN()}
	}
	return nil
}

func facts(t *rapid.T) (out []document.SummaryRow) {
	for range rapid.IntRange(0, 3).Draw(t, "facts") {
		out = append(out, document.SummaryRow{Label: text(t), Value: text(t)})
	}
	return out
}

func block(t *rapid.T) document.Block {
	number := rapid.SampledFrom([]float64{0, 1, 50, 250, 1e9, -5, math.NaN(), math.Inf(1)})
	switch rapid.IntRange(0, 12).Draw(t, "kind") {
	case 0:
		return document.Cover{County: text(t), Kind: text(t), Title: text(t), Summary: []document.SummaryRow{{Label: text(t), Value: text(t)}}}
	case 1:
		return document.Contents{Title: text(t)}
	case 2:
		return document.Heading{Level: rapid.IntRange(-1, 9).Draw(t, "level"), Text: text(t)}
	case 3:
		return document.List{Items: [][]document.Span{spans(t), spans(t)}, Ordered: rapid.Bool().Draw(t, "ordered")}
	case 4:
		return document.Note{Title: text(t), Spans: spans(t), Tone: document.Tone(rapid.IntRange(0, 3).Draw(t, "tone"))}
	case 5:
		return table(t)
	case 6:
		size, label := number.Draw(t, "size"), text(t)
		return document.Figure{Alt: "x" + text(t), Caption: text(t), Height: number.Draw(t, "height"), Draw: func(c document.Canvas, w, h float64) {
			c.Rect(0, 0, size, 5, document.ColourBar())
			c.Text(10, 5, label, size, document.Right, true, document.ColourText())
			c.Line(0, 0, size, size, size, document.ColourRule())
			c.Polygon([]document.Point{{X: size}, {Y: 1}, {X: 1}}, document.ColourBar())
		}}
	case 7:
		return document.PageBreak{}
	case 10:
		return document.Letter{Sender: texts(t), Receiver: texts(t), Facts: facts(t), Title: text(t)}
	case 11:
		return document.Signatures{PlaceAndDate: text(t), Signature: text(t), Signers: []document.Signer{{Name: text(t), Title: text(t)}, {Name: text(t)}}}
	case 12:
		return document.Figure{Alt: text(t), Caption: text(t), Picture: anyPicture(t), Height: number.Draw(t, "height"), Decorative: rapid.Bool().Draw(t, "decorative")}
	case 8:
		return document.Space{MM: number.Draw(t, "mm")}
	}
	return document.Paragraph{Spans: spans(t), KeepWithNext: rapid.Bool().Draw(t, "keep")}
}
