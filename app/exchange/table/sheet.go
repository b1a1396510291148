package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// sheetReader reads the rows of a sheet a good deal faster than excelize does,
// which makes a value of each element by reflection. It takes what Excel,
// LibreOffice and the like write; whatever else is in a sheet gives errOther,
// and excelize reads it.
type sheetReader struct {
	x       *xmlScanner
	part    io.Closer
	shared  []string
	dates   []bool // by style: the number is a date
	year04  bool   // days are counted from 1904
	row     int    // the one that was read last
	pending *sheetRow
}

type sheetRow struct {
	number int
	cells  []string
}

// errOther is a workbook that is not written as most are.
var errOther = errors.New("table: not a plain sheet")

// newSheetReader reads what the cells of a sheet refer to, and comes before its
// rows.
func newSheetReader(archive *zip.Reader, part *zip.File) (*sheetReader, error) {
	s := &sheetReader{}
	if err := s.readStyles(archive); err != nil {
		return nil, err
	}
	if err := s.readShared(archive); err != nil {
		return nil, err
	}
	if f := find(archive, "xl/workbook.xml"); f != nil {
		raw, err := readPart(f, 4<<20)
		if err != nil {
			return nil, err
		}
		s.year04 = bytes.Contains(raw, []byte(`date1904="1"`)) || bytes.Contains(raw, []byte(`date1904="true"`))
	}
	r, err := part.Open()
	if err != nil {
		return nil, err
	}
	s.x, s.part = newXMLScanner(r), r
	for {
		t, err := s.x.next()
		if err != nil || t.text {
			if err == nil {
				continue
			}
			return nil, errors.Join(errOther, err, r.Close())
		}
		if t.name == "sheetData" && !t.end {
			if t.empty {
				s.x = nil
			}
			return s, nil
		}
	}
}

func find(archive *zip.Reader, name string) *zip.File {
	for _, f := range archive.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, "\\", "/"), name) {
			return f
		}
	}
	return nil
}

func readPart(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, most))
}

// readShared reads the texts that cells share.
func (s *sheetReader) readShared(archive *zip.Reader) error {
	f := find(archive, "xl/sharedStrings.xml")
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	x := newXMLScanner(r)
	var text strings.Builder
	inside, phonetic := false, 0
	for {
		t, err := x.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errors.Join(errOther, err)
		case t.text:
			if inside && phonetic == 0 {
				text.WriteString(t.value)
			}
		case t.name == "si" && (t.end || t.empty):
			s.shared = append(s.shared, escapes(text.String()))
			text.Reset()
		case t.name == "rPh" && !t.empty: // how the text above it is said
			phonetic += 1
			if t.end {
				phonetic -= 2
			}
		case t.name == "t":
			inside = !t.end && !t.empty
		}
	}
}

// readStyles finds the styles that show a number as a date.
func (s *sheetReader) readStyles(archive *zip.Reader) error {
	f := find(archive, "xl/styles.xml")
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	x := newXMLScanner(r)
	formats := map[int]bool{}
	for id := 14; id <= 17; id++ {
		formats[id] = true // dates that every workbook knows
	}
	formats[22] = true
	inCells := false
	for {
		t, err := x.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return errors.Join(errOther, err)
		case t.text:
		case t.name == "numFmt" && !t.end:
			if id, err := strconv.Atoi(t.attr("numFmtId")); err == nil {
				formats[id] = isDate(t.attr("formatCode"))
			}
		case t.name == "cellXfs":
			inCells = !t.end && !t.empty
		case t.name == "xf" && inCells && !t.end:
			id, _ := strconv.Atoi(t.attr("numFmtId"))
			s.dates = append(s.dates, formats[id])
		}
	}
}

// isDate tells a number format with a year or a day in it.
func isDate(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case c == 'y' || c == 'Y' || c == 'd' || c == 'D':
			return true
		}
	}
	return false
}

// next is the next row; rows that the file leaves out come as empty ones.
func (s *sheetReader) next() ([]string, error) {
	if s.pending == nil {
		r, err := s.read()
		if err != nil {
			return nil, err
		}
		s.pending = r
	}
	s.row++
	if s.row < s.pending.number {
		return nil, nil
	}
	cells := s.pending.cells
	s.pending = nil
	return cells, nil
}

// read reads to the end of a row.
func (s *sheetReader) read() (*sheetRow, error) {
	if s.x == nil {
		return nil, io.EOF
	}
	var row *sheetRow
	for {
		t, err := s.x.next()
		switch {
		case err != nil:
			return nil, errors.Join(err, errCut)
		case t.text:
		case t.name == "sheetData" && t.end:
			s.x = nil
			return nil, io.EOF
		case t.name == "row" && !t.end:
			row = &sheetRow{number: s.row + 1, cells: make([]string, 0, 16)}
			if n, err := strconv.Atoi(t.attr("r")); err == nil && n > s.row {
				row.number = n
			}
			if t.empty {
				return row, nil
			}
		case t.name == "row" && row != nil:
			return row, nil
		case t.name == "c" && row != nil && !t.end:
			if err := s.cell(row, t); err != nil {
				return nil, err
			}
		}
	}
}

// errCut is a sheet that ends before its rows do.
var errCut = errors.New("table: the sheet is cut off")

// cell reads a cell into its column.
func (s *sheetReader) cell(row *sheetRow, t xmlToken) error {
	column := columnOf(t.attr("r"))
	if column < 0 {
		column = len(row.cells)
	}
	kind := t.attr("t")
	style, _ := strconv.Atoi(t.attr("s"))
	var value strings.Builder
	reading, phonetic := false, false
	for !t.empty {
		var err error
		if t, err = s.x.next(); err != nil {
			return errors.Join(err, errCut)
		}
		if t.text {
			if reading && !phonetic {
				value.WriteString(t.value)
			}
			continue
		}
		if t.name == "c" && t.end {
			break
		}
		switch t.name {
		case "v", "t":
			reading = !t.end && !t.empty
		case "rPh":
			phonetic = !t.end && !t.empty
		}
	}
	if value.Len() == 0 {
		return nil
	}
	if column > MaxColumns {
		return tooWide()
	}
	for len(row.cells) <= column {
		row.cells = append(row.cells, "")
	}
	row.cells[column] = s.shown(kind, style, value.String())
	return nil
}

// shown is a cell's text.
func (s *sheetReader) shown(kind string, style int, value string) string {
	switch kind {
	case "s":
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && n >= 0 && n < len(s.shared) {
			return s.shared[n]
		}
		return ""
	case "b":
		return map[string]string{"1": "TRUE", "0": "FALSE"}[value]
	case "inlineStr", "str":
		return escapes(value)
	case "e", "d":
		return value
	}
	number, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return value
	}
	if style >= 0 && style < len(s.dates) && s.dates[style] && number >= 1 {
		if day, err := excelize.ExcelDateToTime(number, s.year04); err == nil {
			if day = day.Round(time.Minute); day.Hour()+day.Minute() == 0 {
				return day.Format("02.01.2006")
			}
			return day.Format("02.01.2006 15:04")
		}
	}
	if strings.ContainsAny(value, ".eE") { // 16.109999999999999 is 16.11
		if short, err := strconv.ParseFloat(strconv.FormatFloat(number, 'g', 15, 64), 64); err == nil && short < 1e15 && short > -1e15 {
			return strconv.FormatFloat(short, 'f', -1, 64)
		}
	}
	return value
}

// columnOf is the column of a cell's name, from 0; -1 without one.
func columnOf(name string) int {
	n := 0
	for i := 0; i < len(name) && i < 4; i++ {
		c := name[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}

// escapes reads _x000D_, as Excel writes what XML cannot hold.
func escapes(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		at := strings.Index(s, "_x")
		if at < 0 || at+7 > len(s) {
			b.WriteString(s)
			return b.String()
		}
		n, err := strconv.ParseUint(s[at+2:at+6], 16, 32)
		if err != nil || s[at+6] != '_' {
			b.WriteString(s[:at+2])
			s = s[at+2:]
			continue
		}
		b.WriteString(s[:at])
		b.WriteRune(rune(n))
		s = s[at+7:]
	}
}

func (s *sheetReader) close() error { return s.part.Close() }
