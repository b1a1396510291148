package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"kompetansepilot/ui/theme"
)

// How wide columns of text are, at text size 1.
const (
	sheetFirstLeast = 130
	sheetTextLeast  = 102
	sheetTextMost   = 320
	sheetBarHigh    = 10 // not scaled, nor the next
	sheetPad        = 6  // beside the text of a cell
)

// sheetLayout is where the rows and columns of a sheet are.
type sheetLayout struct {
	lefts []float32 // of each column, and the end of the last, as if all were seen
	tops  []float32 // of each row, and the end of the last; the first is under the head
	width float32   // of what is seen
	skip  int       // how many columns after the first are scrolled out of sight
	wish  float32   // how far the mouse has scrolled; skip is the whole columns of it
}

func (s *Sheet) scale() float32 { return theme.Size(fynetheme.SizeNameText) / 14 }

func (s *Sheet) textSize() float32 { return theme.Size(fynetheme.SizeNameText) }

// wideText measures a text with noughts for its figures, which are equally wide:
// Fyne then mostly knows the size already.
func wideText(text string, size float32, bold bool) float32 {
	if text == "" {
		return 0
	}
	figures := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, text)
	return fyne.MeasureText(figures, size, fyne.TextStyle{Bold: bold}).Width
}

// needed is the width that a column's texts ask for.
func (s *Sheet) needed(column int) float32 {
	const pad = 2 * sheetPad
	small := theme.Size(theme.SizeNameLabel)
	width := wideText(s.columns[column].Title, small, true)
	for i := range s.rows {
		c := s.Cell(i, column)
		if c.Problem != "" && s.columns[column].Amount {
			continue // a text that is no amount must not make all columns wide
		}
		text := wideText(c.Text, s.textSize(), s.rows[i].Sum)
		if c.Marked || c.Problem != "" {
			text += theme.Size(theme.SizeNameIcon) + theme.Size(theme.SizeNameGapSmall)
		}
		width = max(width, text, wideText(c.Second, small, false))
	}
	return width + pad + 2
}

// wishes are the widths of the columns where there is room for all.
func (s *Sheet) wishes() []float32 {
	widths := make([]float32, len(s.columns))
	amount := 64 * s.scale()
	for i, c := range s.columns {
		switch {
		case c.Amount:
			amount = max(amount, s.needed(i))
		case c.Width > 0:
			widths[i] = c.Width * s.scale()
		default:
			widths[i] = max(textLeast(i)*s.scale(), min(s.needed(i), sheetTextMost*s.scale()))
		}
	}
	for i, c := range s.columns {
		if c.Amount {
			widths[i] = amount
		}
	}
	return widths
}

// placed are the lefts of the columns in a width, and the end of the last.
func (s *Sheet) placed(width float32) []float32 {
	widths := s.wishes()
	for _, peer := range s.peers {
		if peer == s || len(peer.columns) != len(widths) {
			continue
		}
		for i, w := range peer.wishes() {
			widths[i] = max(widths[i], w)
		}
	}
	var total float32
	for _, w := range widths {
		total += w
	}
	switch {
	case total <= width:
		s.stretch(widths, width-total)
	case s.squeeze(widths, total-width) > 0.5:
		fillUp(widths, width)
	}
	lefts := []float32{0}
	for i, w := range widths {
		lefts = append(lefts, lefts[i]+w)
	}
	return lefts
}

// fit gives the columns and rows their places in a width.
func (s *Sheet) fit(width float32) {
	s.lefts, s.width = s.placed(width), width
	s.tops = s.stacked(s.lefts)
	s.skip = max(0, min(s.skip, s.mostSkipped()))
}

// textLeast is how narrow a column of text may become, at text size 1.
func textLeast(column int) float32 {
	if column == 0 {
		return sheetFirstLeast
	}
	return sheetTextLeast
}

// squeeze takes room from the columns of text, from the last to the first, and
// gives what is still lacking.
func (s *Sheet) squeeze(widths []float32, over float32) float32 {
	for i := len(widths) - 1; i >= 0 && over > 0; i-- {
		if s.columns[i].Amount {
			continue
		}
		cut := max(0, min(over, widths[i]-textLeast(i)*s.scale()))
		widths[i] -= cut
		over -= cut
	}
	return over
}

// fillUp gives the first column the room that is left beside the columns that
// fit whole: no amount is ever shown cut off.
func fillUp(widths []float32, width float32) {
	left := width - widths[0]
	for _, w := range widths[1:] {
		if w > left {
			break
		}
		left -= w
	}
	widths[0] += max(0, left)
}

// stretch gives room to the columns of text, most to the first.
func (s *Sheet) stretch(widths []float32, room float32) {
	last := 0
	for i := range widths {
		if !s.columns[i].Amount {
			last = i
		}
	}
	if last > 0 && s.columns[last].Width == 0 {
		widths[last] += room / 2
		room /= 2
	}
	widths[0] += room
}

// stacked are the tops of the rows, and the end of the last, where the columns
// are at lefts. A row is higher when a cell of it has two lines.
func (s *Sheet) stacked(lefts []float32) []float32 {
	high := theme.Size(theme.SizeNameRow)
	line := fyne.MeasureText("Åg", s.textSize(), fyne.TextStyle{}).Height
	small := fyne.MeasureText("Åg", theme.Size(theme.SizeNameLabel), fyne.TextStyle{}).Height
	tops := []float32{high}
	for i := range s.rows {
		row := high
		for j := range s.columns {
			if c := s.Cell(i, j); c.Second != "" {
				row = max(row, line+small+theme.Size(theme.SizeNameGap))
			} else if !s.columns[j].Amount && wideText(c.Text, s.textSize(), s.rows[i].Sum) > s.inner(lefts, j, &c)+1 {
				row = max(row, 2*line+theme.Size(theme.SizeNameGap))
			}
		}
		tops = append(tops, tops[i]+row)
	}
	return tops
}

// inner is the width that a cell has for its text.
func (s *Sheet) inner(lefts []float32, column int, c *SheetCell) float32 {
	width := lefts[column+1] - lefts[column] - 2*sheetPad
	if c.Marked || c.Problem != "" {
		width -= theme.Size(theme.SizeNameIcon) + theme.Size(theme.SizeNameGapSmall)
	}
	return width
}

// total is the width of all columns.
func (s *Sheet) total() float32 { return s.lefts[len(s.lefts)-1] }

// first is the width of the column that stays.
func (s *Sheet) first() float32 { return s.lefts[min(1, len(s.lefts)-1)] }

// overflows tells whether some columns are out of sight.
func (s *Sheet) overflows() bool { return s.total() > s.width+0.5 }

// offset is how far the columns after the first are scrolled.
func (s *Sheet) offset() float32 { return s.lefts[1+s.skip] - s.lefts[1] }

// mostSkipped is how many columns are out of sight when the last is seen.
func (s *Sheet) mostSkipped() int {
	skip := 0
	for skip+2 < len(s.columns) && s.total()-(s.lefts[1+skip]-s.lefts[1]) > s.width+0.5 {
		skip++
	}
	return skip
}

// shown tells whether a column is in sight: all of it, or nothing.
func (s *Sheet) shown(column int) bool {
	if column == 0 {
		return true
	}
	return column > s.skip && (s.lefts[column+1]-s.offset() <= s.width+0.5 || column == s.skip+1)
}

// x is where a column that is shown begins.
func (s *Sheet) x(column int) float32 {
	if column == 0 {
		return 0
	}
	return s.lefts[column] - s.offset()
}

// seen is the width of the columns that are shown.
func (s *Sheet) seen() float32 {
	for c := len(s.columns) - 1; c > 0; c-- {
		if s.shown(c) {
			return s.lefts[c+1] - s.offset()
		}
	}
	return s.first()
}

// setSkip scrolls by whole columns, here and in the sheets in line with this.
func (s *Sheet) setSkip(skip int) {
	if len(s.lefts) < 2 {
		return
	}
	s.skip = max(0, min(skip, s.mostSkipped()))
	s.wish = s.offset()
	for _, peer := range s.peers {
		if peer != s && len(peer.columns) == len(s.columns) && peer.skip != s.skip && len(peer.lefts) > 1 {
			peer.skip = max(0, min(s.skip, peer.mostSkipped()))
			peer.Refresh()
		}
	}
	s.Refresh()
}

// scrollBy scrolls as the mouse does.
func (s *Sheet) scrollBy(dx float32) {
	wish := max(0, min(s.wish+dx, s.lefts[1+s.mostSkipped()]-s.lefts[1]))
	skip := 0
	for skip < s.mostSkipped() && (s.lefts[1+skip]+s.lefts[2+skip])/2-s.lefts[1] < wish {
		skip++
	}
	if skip != s.skip {
		s.setSkip(skip)
	}
	s.wish = wish
}

// bodyHeight is the height of the head and the rows, with the bar.
func (s *Sheet) bodyHeight() float32 {
	height := s.tops[len(s.tops)-1]
	if s.overflows() {
		height += sheetBarHigh
	}
	return height
}

func (s *Sheet) footHeight(width float32) float32 {
	line := max(theme.Size(theme.SizeNameIcon), theme.Size(theme.SizeNameLabel)*1.4)
	if s.foot.Visible() {
		line = max(line, s.foot.heightFor(width))
	}
	return line + theme.Size(theme.SizeNameGapSmall)
}

func (s *Sheet) heightFor(width float32) float32 {
	lefts := s.placed(width)
	tops := s.stacked(lefts)
	height := tops[len(tops)-1] + s.footHeight(width)
	if lefts[len(lefts)-1] > width+0.5 {
		height += sheetBarHigh
	}
	return height
}

func (s *Sheet) least() fyne.Size {
	width := (sheetFirstLeast + 110) * s.scale()
	return fyne.NewSize(width, s.heightFor(max(s.Size().Width, width)))
}

// spot is where a cell is seen; one out of sight has no size.
func (s *Sheet) spot(p place) (fyne.Position, fyne.Size) {
	if p.row < 0 || p.row+1 >= len(s.tops) || p.column < 0 || p.column+1 >= len(s.lefts) || !s.shown(p.column) {
		return fyne.Position{}, fyne.Size{}
	}
	return fyne.NewPos(s.x(p.column), s.tops[p.row]), fyne.NewSize(s.lefts[p.column+1]-s.lefts[p.column], s.tops[p.row+1]-s.tops[p.row])
}

// hit is the cell at a position.
func (s *Sheet) hit(pos fyne.Position) (place, bool) {
	at := place{-1, -1}
	for i := 0; i+1 < len(s.lefts); i++ {
		if x := s.x(i); s.shown(i) && pos.X >= x && pos.X < x+s.lefts[i+1]-s.lefts[i] {
			at.column = i
		}
	}
	for i := 0; i+1 < len(s.tops); i++ {
		if pos.Y >= s.tops[i] && pos.Y < s.tops[i+1] {
			at.row = i
		}
	}
	return at, at.row >= 0 && at.column >= 0
}

// reveal brings the chosen cell into sight.
func (s *Sheet) reveal() {
	if len(s.lefts) < 2 || len(s.tops) != len(s.rows)+1 || s.at.row+1 >= len(s.tops) || s.width == 0 {
		return
	}
	if c := s.at.column; c > 0 && !s.shown(c) {
		if c <= s.skip {
			s.setSkip(c - 1)
		}
		for !s.shown(c) && s.skip < s.mostSkipped() {
			s.setSkip(s.skip + 1)
		}
	}
	if s.focused || s.edit.on {
		pos, size := s.spot(s.at)
		reveal(s, pos, size)
	}
}
