package placemap

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"kompetansepilot/app/document"
	"kompetansepilot/app/lang"
	"kompetansepilot/app/reference"
)

// Count is a municipality, and how many there are in it.
type Count struct {
	reference.Municipality
	Count int
}

// Share is how large a municipality's dot is against the largest, 0 to 1: the
// area of the dot follows the number. Few are never drawn as if they were many.
func Share(count, largest int) float64 {
	if count <= 0 || largest <= 0 {
		return 0
	}
	return math.Sqrt(float64(count) / float64(max(largest, manyFrom)))
}

// manyFrom is the least number that the largest dot stands for.
const manyFrom = 10

// Rural tells the classes of centrality that are drawn as squares.
func Rural(centrality int) bool { return centrality >= 5 }

// Report is a page that tells how many there are in each municipality: a map and
// the same as a table.
type Report struct {
	Title   string // "Bedrifter i Innlandet"
	Filter  string // what they were filtered by, in words; "" for nothing
	Counts  []Count
	Without int // those without a municipality
	Author  string
	Made    time.Time
}

// Radii of the dots, in mm.
const (
	leastDot = 1.0
	mostDot  = 4.5
	noneDot  = 0.7
)

// Document is the report as a document. Nothing is read from the clock.
func (r Report) Document(words *lang.Printer, places *reference.Tables) document.Document {
	counts := slices.Clone(r.Counts)
	slices.SortStableFunc(counts, func(a, b Count) int { return b.Count - a.Count }) // small dots lie over large ones
	total, with := r.Without, 0
	for _, c := range counts {
		total += c.Count
		if c.Count > 0 {
			with++
		}
	}
	sum := words.T("mapview.report.sum", "Count", words.N("mapview.count", total), "Places", words.N("mapview.places", with))
	if r.Without > 0 {
		sum = strings.TrimSpace(sum + " " + words.N("mapview.without", r.Without))
	}
	blocks := []document.Block{document.Heading{Level: 1, Text: r.Title}}
	if r.Filter != "" {
		blocks = append(blocks, document.Paragraph{Spans: document.Text(words.T("mapview.report.filter", "Filter", r.Filter))})
	}
	blocks = append(blocks, document.Paragraph{Spans: document.Text(sum)},
		Figure(Options{Outline: places.Outline(), Neighbours: places.Neighbours(), Alt: sum + " " + words.T("mapview.report.alt"), Caption: words.T("mapview.report.caption"), Height: 185}, Dots(counts)))
	if with > 0 {
		blocks = append(blocks, table(words, counts))
	}
	return document.Document{Title: r.Title, Subject: sum, Author: r.Author, Lang: words.Tag(), Created: r.Made, Header: r.Title,
		Footer: func(page, pages int) string { return words.T("document.footer", "Page", page, "Pages", pages) }, Blocks: blocks}
}

// Dots are municipalities as dots, as large as their numbers; those without any
// are small. Large ones are to be drawn first, so counts come with the largest
// first.
func Dots(counts []Count) []Dot {
	largest := 0
	for i := range counts {
		largest = max(largest, counts[i].Count)
	}
	var all []Dot
	for i := range counts {
		c := &counts[i]
		d := Dot{At: Centre(&c.Municipality), Radius: noneDot, Fill: document.ColourRule()}
		if c.Count > 0 {
			d = Dot{At: d.At, Name: c.Name + " " + strconv.Itoa(c.Count), Radius: leastDot + (mostDot-leastDot)*Share(c.Count, largest),
				Fill: colourOf(c.Centrality), Edge: true, Square: Rural(c.Centrality)}
			if d.Radius > 1.5 {
				d.Figure = strconv.Itoa(c.Centrality)
			}
		}
		all = append(all, d)
	}
	return all
}

// colourOf is the colour of a class of centrality; white can be read on each.
func colourOf(centrality int) document.Colour {
	switch {
	case Rural(centrality):
		return document.ColourHeading()
	case centrality >= 3:
		return document.ColourBar()
	}
	return document.ColourMuted()
}

func table(words *lang.Printer, counts []Count) document.Table {
	t := document.Table{Caption: words.T("mapview.report.table"), RowHeader: true, Columns: []document.Column{
		{Header: words.T("mapview.column.municipality")}, {Header: words.T("mapview.column.county")},
		{Header: words.T("mapview.column.centrality"), Align: document.Right}, {Header: words.T("mapview.column.count"), Align: document.Right},
	}}
	for _, c := range counts {
		if c.Count > 0 {
			t.Rows = append(t.Rows, []string{c.UniqueName, c.CountyName, strconv.Itoa(c.Centrality), words.Number(int64(c.Count))})
		}
	}
	return t
}
