package layout

import (
	"math"

	"kompetansepilot/app/document/fonts"
)

// columnWidths shares the text width among the columns, by their weights or
// else by what they hold. No column gets less than its longest word needs, as
// long as there is room for that.
func (g *grid) columnWidths() []float64 {
	n := len(g.table.Columns)
	least, want := make([]float64, n), make([]float64, n)
	weighted := false
	for i := range n {
		least[i], want[i] = g.columnNeeds(i)
		weight := g.table.Columns[i].Weight
		weighted = weighted || weight > 0 && !math.IsInf(weight, 0)
	}
	room := textWidth - g.inset()
	limit(least, room)
	share := want
	if weighted {
		for i := range n {
			share[i] = max(g.table.Columns[i].Weight, 0.01)
		}
	} else if total := sum(want); total <= room {
		return spread(want, room-total)
	}
	return shareOut(share, least, room)
}

// columnNeeds measures a column: the width of its longest word and of its
// longest line, with padding, in mm.
func (g *grid) columnNeeds(i int) (least, want float64) {
	pad := cellPadX + g.padLeft(i)
	measure := func(text string, style fonts.Style) {
		whole, word := cellWidths(text, style, g.style.size)
		// A little more than exact: sums of widths are not.
		least, want = max(least, word+pad+0.01), max(want, whole+pad+0.01)
	}
	measure(g.table.Columns[i].Header, fonts.Bold)
	for _, r := range g.table.Rows {
		measure(r[i], fonts.Of(g.shaded && i == 0, false))
	}
	for _, r := range g.table.Foot {
		measure(r[i], fonts.Bold)
	}
	return min(least, textWidth/2), min(want, textWidth)
}

// limit scales widths down when they are too wide together.
func limit(widths []float64, total float64) {
	if s := sum(widths); s > total {
		for i := range widths {
			widths[i] *= total / s
		}
	}
}

// spread adds room to widths in proportion to them.
func spread(widths []float64, room float64) []float64 {
	total := sum(widths)
	for i := range widths {
		if total > 0 {
			widths[i] += room * widths[i] / total
		} else {
			widths[i] = room / float64(len(widths))
		}
	}
	return widths
}

// shareOut divides total by shares, but gives every column its least width.
// Columns that need more than their share are settled first, until none is left.
func shareOut(shares, least []float64, total float64) []float64 {
	widths := make([]float64, len(shares))
	settled := make([]bool, len(shares))
	for again := true; again; {
		again = false
		room, weight := total, 0.0
		for i := range shares {
			if settled[i] {
				room -= widths[i]
			} else {
				weight += shares[i]
			}
		}
		for i := range shares {
			if settled[i] {
				continue
			}
			widths[i] = room * shares[i] / max(weight, 1e-9)
			if widths[i] < least[i] {
				widths[i], settled[i], again = least[i], true, true
			}
		}
	}
	return widths
}

func sum(v []float64) (s float64) {
	for _, x := range v {
		s += x
	}
	return s
}
