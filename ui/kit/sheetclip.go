package kit

import (
	"strings"
)

// parseClip reads a block as Excel copies it: lines of cells with tabs between.
// A cell with a line break or a tab of its own stands in quotation marks.
func parseClip(text string) [][]string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.TrimSuffix(strings.ReplaceAll(text, "\r", "\n"), "\n")
	if text == "" {
		return nil
	}
	var rows [][]string
	var row []string
	for {
		cell, rest := clipCell(text)
		row = append(row, cell)
		if rest == "" {
			return append(rows, row)
		}
		if rest[0] == '\n' {
			rows, row = append(rows, row), nil
		}
		text = rest[1:]
	}
}

// clipCell takes the first cell; rest begins with the tab or line break after it.
func clipCell(text string) (cell, rest string) {
	plain := func() (string, string) {
		if i := strings.IndexAny(text, "\t\n"); i >= 0 {
			return text[:i], text[i:]
		}
		return text, ""
	}
	if !strings.HasPrefix(text, `"`) {
		return plain()
	}
	var b strings.Builder
	for left := text[1:]; ; {
		i := strings.IndexByte(left, '"')
		if i < 0 {
			return plain() // a mark that is never closed is a letter as others
		}
		b.WriteString(left[:i])
		left = left[i+1:]
		if strings.HasPrefix(left, `"`) {
			b.WriteByte('"')
			left = left[1:]
			continue
		}
		if left == "" || left[0] == '\t' || left[0] == '\n' {
			return b.String(), left
		}
		return plain()
	}
}

// formatClip writes a block as Excel reads it.
func formatClip(rows [][]string) string {
	var b strings.Builder
	for i, row := range rows {
		if i > 0 {
			b.WriteByte('\n')
		}
		for j, cell := range row {
			if j > 0 {
				b.WriteByte('\t')
			}
			if strings.ContainsAny(cell, "\t\n\r") || strings.HasPrefix(cell, `"`) {
				cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
			}
			b.WriteString(cell)
		}
	}
	return b.String()
}

// copied is the chosen block as text.
func (s *Sheet) copied() string {
	from, to := s.block()
	var rows [][]string
	for r := from.row; r <= to.row; r++ {
		var row []string
		for c := from.column; c <= to.column; c++ {
			cell := s.Cell(r, c)
			row = append(row, cell.raw())
		}
		rows = append(rows, row)
	}
	return formatClip(rows)
}

// count is the number of chosen cells.
func (s *Sheet) count() int {
	from, to := s.block()
	return (to.row - from.row + 1) * (to.column - from.column + 1)
}

// clear empties the cells of the block that can be emptied.
func (s *Sheet) clear() {
	from, to := s.block()
	var changes []SheetChange
	for r := from.row; r <= to.row; r++ {
		for c := from.column; c <= to.column; c++ {
			if cell := s.Cell(r, c); s.editable(place{r, c}) && cell.raw() != "" {
				changes = append(changes, SheetChange{Row: r, Column: c})
			}
		}
	}
	if len(changes) == 0 && !s.editable(s.at) {
		s.Notice(s.words.T("kit.sheet.locked"), false)
		return
	}
	s.fill(changes)
}

func (s *Sheet) fill(changes []SheetChange) {
	if len(changes) > 0 && s.OnFilled != nil {
		s.OnFilled(changes)
	}
}

// paste puts a block where the chosen one begins. A smaller block is repeated
// over the chosen one where that comes out even. What finds no room, or meets a
// cell that cannot be changed, is told.
func (s *Sheet) paste(text string) {
	block := parseClip(text)
	if len(block) == 0 || len(s.rows) == 0 {
		return
	}
	wide := 0
	for _, row := range block {
		wide = max(wide, len(row))
	}
	from, to := s.block()
	high := len(block)
	rows, columns := to.row-from.row+1, to.column-from.column+1
	if rows%high != 0 || columns%wide != 0 {
		rows, columns = high, wide
	}
	var changes []SheetChange
	lost, locked := 0, 0
	for r := range rows {
		for c := range columns {
			source := block[r%high]
			if c%wide >= len(source) {
				continue
			}
			text := strings.ReplaceAll(strings.TrimSpace(source[c%wide]), "\n", " ")
			p := place{from.row + r, from.column + c}
			switch {
			case p.column >= len(s.columns) || p.row >= len(s.rows) && !s.Grows:
				if text != "" {
					lost++
				}
			case p.row < len(s.rows) && !s.editable(p):
				if cell := s.Cell(p.row, p.column); text != "" && text != cell.raw() && text != cell.Text {
					locked++
				}
			default:
				changes = append(changes, SheetChange{p.row, p.column, text})
			}
		}
	}
	s.fill(changes)
	s.from = from
	s.move(place{from.row + rows - 1, from.column + columns - 1}, true)
	s.tellPasted(len(changes), lost, locked)
}

func (s *Sheet) tellPasted(done, lost, locked int) {
	sentence := s.words.N("kit.sheet.pasted", done)
	if lost > 0 {
		sentence += " " + s.words.N("kit.sheet.noRoom", lost)
	}
	if locked > 0 {
		sentence += " " + s.words.N("kit.sheet.skipped", locked)
	}
	s.Notice(sentence, lost+locked > 0)
}
