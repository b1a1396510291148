package table

import (
	"io"
	"strings"

	"kompetansepilot/data"
)

// quoteLines and quoteBytes are how far a quoted cell may go before its mark is
// taken for one that never closes.
const (
	quoteLines = 60
	quoteBytes = MaxCell
)

// csvReader reads comma-separated text. Unlike encoding/csv it goes on after a
// quotation mark that never closes: it costs one row, not the rest of the file.
type csvReader struct {
	text      string
	separator byte
	at, line  int
}

func readCSV(text, encoding string) (*Reader, error) {
	c := &csvReader{text: text, line: 1}
	if rest, ok := strings.CutPrefix(text, "sep="); ok && len(rest) > 0 { // a line for Excel
		c.separator = rest[0]
		c.skipLine()
	} else {
		c.separator = separatorOf(text)
	}
	if first := text[c.at:][:lineEnd(text[c.at:])]; strings.Count(first, string(c.separator)) >= MaxColumns {
		return nil, tooWide()
	}
	return &Reader{Info: Info{Format: CSV, Encoding: encoding, Separator: rune(c.separator)}, next: c.next, close: func() error { return nil }}, nil
}

func tooWide() error {
	return data.NewError(CodeTable+".columns", "Tabellen har mer enn tusen kolonner, så den leses ikke. Ingenting er endret. Ta bort kolonnene som ikke trengs.", nil)
}

// separatorOf is the one that parts the first lines into most cells, and into
// equally many. Text inside quotation marks does not count.
func separatorOf(text string) byte {
	best, bestScore := byte(';'), -1
	for _, s := range []byte{';', '\t', ',', '|'} {
		c := &csvReader{text: text[:min(len(text), sniffed)], separator: s, line: 1}
		counts := map[int]int{}
		rows := 0
		for rows < 40 {
			row, err := c.next()
			if err != nil {
				break
			}
			if !row.Empty() {
				counts[len(row.Cells)]++
				rows++
			}
		}
		score := 0
		for cells, n := range counts {
			if cells > 1 {
				score = max(score, n*1000/max(rows, 1)*2+min(cells, 300))
			}
		}
		if score > bestScore {
			best, bestScore = s, score
		}
	}
	return best
}

// lineEnd is where the line that a text begins with ends, before its break.
func lineEnd(text string) int {
	if end := strings.IndexAny(text, "\r\n"); end >= 0 {
		return end
	}
	return len(text)
}

// skipLine goes past the end of the line.
func (c *csvReader) skipLine() {
	c.at += lineEnd(c.text[c.at:])
	c.lineBreak()
}

// lineBreak goes past a line break, if one stands here.
func (c *csvReader) lineBreak() bool {
	switch {
	case strings.HasPrefix(c.text[c.at:], "\r\n"):
		c.at += 2
	case c.at < len(c.text) && (c.text[c.at] == '\n' || c.text[c.at] == '\r'):
		c.at++
	default:
		return false
	}
	c.line++
	return true
}

func (c *csvReader) next() (Row, error) {
	if c.at >= len(c.text) {
		return Row{}, io.EOF
	}
	row := Row{Number: c.line, Cells: make([]string, 0, 16)}
	for {
		cell, fault := c.cell()
		if len(row.Cells) < MaxColumns {
			row.Cells = append(row.Cells, cell)
		}
		if row.Fault == "" {
			row.Fault = fault
		}
		if c.at >= len(c.text) || c.lineBreak() {
			return row, nil
		}
		c.at++ // the separator
	}
}

// cell reads to the next separator or line break.
func (c *csvReader) cell() (string, Fault) {
	var fault Fault
	if c.text[c.at:] != "" && c.text[c.at] == '"' {
		if cell, ok := c.quoted(); ok {
			return cleaned(cell)
		}
		fault = FaultQuote
	}
	from := c.at
	for c.at < len(c.text) {
		b := c.text[c.at]
		if b == c.separator || b == '\n' || b == '\r' {
			break
		}
		c.at++
	}
	cell, nul := cleaned(c.text[from:c.at])
	if fault == "" {
		fault = nul
	}
	return cell, fault
}

// quoted reads a cell in quotation marks, in which two of them stand for one. ok
// is false, and nothing is read, when it does not close.
func (c *csvReader) quoted() (cell string, ok bool) {
	var b strings.Builder
	lines := 0
	for i := c.at + 1; i < len(c.text) && i-c.at < quoteBytes && lines < quoteLines; i++ {
		switch ch := c.text[i]; {
		case ch == '\r' && i+1 < len(c.text) && c.text[i+1] == '\n':
		case ch != '"':
			if ch == '\n' {
				lines++
			}
			b.WriteByte(ch)
		case i+1 < len(c.text) && c.text[i+1] == '"':
			b.WriteByte('"')
			i++
		default:
			end := i + 1
			for end < len(c.text) && c.text[end] == ' ' {
				end++
			}
			if end < len(c.text) && c.text[end] != c.separator && c.text[end] != '\n' && c.text[end] != '\r' {
				b.WriteByte('"') // a mark inside the text, as people write it
				continue
			}
			c.at = end
			c.line += lines
			return b.String(), true
		}
	}
	return "", false
}

// cleaned is a cell without the spaces round it and without bytes that no text
// has.
func cleaned(s string) (string, Fault) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
	if strings.IndexByte(s, 0) >= 0 {
		return strings.ReplaceAll(s, "\x00", ""), FaultNUL
	}
	return strings.TrimRight(s, "\x1a"), ""
}
