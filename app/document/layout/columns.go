package layout

import "kompetansepilot/app/document"

// leastColumn is the width in mm below which no column goes by its weight alone.
const leastColumn = 8.0

// columnWidths shares the text width among the columns, by their weights or
// else by what they hold. No column gets less than its longest word needs, as
// long as there is room for that.
func (g *grid) columnWidths() []float64 {
	n := len(g.table.Columns)
	least, want := g.columnNeeds()
	g.evenAmounts(least)
	weighted := false
	for i := range n {
		weighted = weighted || g.table.Columns[i].Weight > 0
	}
	room := textWidth - g.inset()
	limit(least, room)
	share := want
	if weighted {
		for i := range n {
			share[i] = 0.01 // also for what is not a number
			if w := g.table.Columns[i].Weight; w > share[i] {
				share[i] = min(w, 1000)
			}
		}
	} else if total := sum(want); total <= room {
		return spread(want, room-total)
	}
	return shareOut(share, least, room)
}

// evenAmounts gives columns of figures with the same weight the same least width,
// as the years of a budget: one narrower than the rest looks like a fault.
func (g *grid) evenAmounts(least []float64) {
	widest := map[float64]float64{}
	for i, c := range g.table.Columns {
		if c.Align == document.Right && c.Weight > 0 {
			widest[c.Weight] = max(widest[c.Weight], least[i])
		}
	}
	for i, c := range g.table.Columns {
		if c.Align == document.Right && c.Weight > 0 {
			least[i] = widest[c.Weight]
		}
	}
}

// columnNeeds measures the columns: the width of their longest word and of
// their longest line, with padding, in mm. Merged cells come last and ask for
// what is missing in the columns they fill.
func (g *grid) columnNeeds() (least, want []float64) {
	n := len(g.table.Columns)
	least, want = make([]float64, n), make([]float64, n)
	var merged []cell
	for _, s := range []*section{&g.head, &g.body, &g.foot} {
		for _, r := range s.rows {
			for _, c := range r {
				if c.cols > 1 {
					merged = append(merged, c)
					continue
				}
				whole, word := g.cellNeeds(c)
				least[c.col], want[c.col] = max(least[c.col], word), max(want[c.col], whole)
			}
		}
	}
	for i := range n {
		least[i], want[i] = max(min(least[i], textWidth/2), leastColumn), min(max(want[i], leastColumn), textWidth)
	}
	for _, c := range merged {
		whole, word := g.cellNeeds(c)
		for k := c.col; k < c.col+c.cols; k++ {
			least[k] += max(word-sum(least[c.col:c.col+c.cols]), 0) / float64(c.cols)
			want[k] += max(min(whole, textWidth)-sum(want[c.col:c.col+c.cols]), 0) / float64(c.cols)
		}
	}
	return least, want
}

// cellNeeds measures a cell: its longest line and its longest word, with
// padding. It asks for a little more than exact: sums of widths are not.
func (g *grid) cellNeeds(c cell) (whole, word float64) {
	pad := cellPadX + g.padLeft(c.col) + 0.01
	whole, word = measure(c.spans, g.style.size)
	return whole + pad, word + pad
}

// limit cuts the widest columns to one common width when all together are too
// wide; narrow ones keep what they need.
func limit(widths []float64, total float64) {
	low, high := 0.0, total
	for range 40 { // halving: far below what can be seen
		widest := (low + high) / 2
		sum := 0.0
		for _, w := range widths {
			sum += min(w, widest)
		}
		if sum > total {
			high = widest
		} else {
			low = widest
		}
	}
	for i := range widths {
		widths[i] = min(widths[i], low)
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
