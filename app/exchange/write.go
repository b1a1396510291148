package exchange

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/lang"
	"kompetansepilot/data"
)

// CodeExport is the code of errors in writing files.
const CodeExport = "export"

// FormatOf is the format that a file's name asks for; the error says which names
// there are.
func FormatOf(path string) (table.Format, error) {
	switch f := table.Format(strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")); f {
	case table.XLSX, table.CSV, table.VCard:
		return f, nil
	}
	return "", data.NewError(CodeExport+".format", "Filnavnet må slutte på .xlsx, .csv eller .vcf. Ingenting er skrevet.", nil)
}

// WriteTable writes a table to a file of the format that its name asks for, XLSX
// or CSV. rows calls yield for each row. The file appears when all of it is
// written.
func WriteTable(path string, header []string, rows func(yield func(cells []string) error) error) error {
	format, err := FormatOf(path)
	if err != nil {
		return err
	}
	return Replace(path, func(w io.Writer) error {
		switch format {
		case table.XLSX:
			return writeWorkbook(w, header, rows)
		case table.CSV:
			return writeCSV(w, header, rows)
		}
		return data.NewError(CodeExport+".cards", "Kontaktkort kan bare lages av bedrifter og tilbydere. Ingenting er skrevet. Velg .xlsx eller .csv.", nil)
	})
}

// Replace writes a file with few calls of the system, as disk.Replace does.
func Replace(path string, write func(io.Writer) error) error {
	return disk.Replace(path, func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 256<<10)
		return errors.Join(write(b), b.Flush())
	})
}

const (
	leastWidth = 10 // letters of a column
	mostWidth  = 60
)

// writeWorkbook writes one sheet: a bold header that stays in sight and filters,
// and cells that are text, so that no number loses a zero and no text becomes a
// formula.
func writeWorkbook(w io.Writer, header []string, rows func(func([]string) error) error) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	const sheet = "Sheet1"
	// Columns get their widths before the rows, so the first rows tell them.
	var first [][]string
	widths := make([]float64, len(header))
	note := func(cells []string) {
		for i, c := range cells[:min(len(cells), len(widths))] {
			widths[i] = max(widths[i], leastWidth, min(mostWidth, float64(len([]rune(c)))+2))
		}
	}
	note(header)
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	row := 0
	put := func(cells []string, style int) error {
		row++
		values := make([]any, len(cells))
		for i, c := range cells {
			values[i] = excelize.Cell{Value: c, StyleID: style}
		}
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return err
		}
		return s.SetRow(at, values)
	}
	begin := func() error {
		for i, width := range widths {
			if err := s.SetColWidth(i+1, i+1, width); err != nil {
				return err
			}
		}
		if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
			return err
		}
		if err := put(header, bold); err != nil {
			return err
		}
		for _, cells := range first {
			if err := put(cells, 0); err != nil {
				return err
			}
		}
		return nil
	}
	begun := false
	err = rows(func(cells []string) error {
		if begun {
			return put(cells, 0)
		}
		note(cells)
		if first = append(first, cells); len(first) < 200 {
			return nil
		}
		begun = true
		return begin()
	})
	if err == nil && !begun {
		err = begin()
	}
	if err != nil {
		return err
	}
	if err := s.Flush(); err != nil {
		return err
	}
	if last, err := excelize.CoordinatesToCellName(max(len(header), 1), max(row, 1)); err == nil && len(header) > 0 {
		if err := f.AutoFilter(sheet, "A1:"+last, nil); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// writeCSV writes what Excel in Norway opens with a double click: UTF-8 with its
// mark, semicolons, and CRLF.
func writeCSV(w io.Writer, header []string, rows func(func([]string) error) error) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	if err := out.Write(header); err != nil {
		return err
	}
	err := rows(func(cells []string) error {
		safe := make([]string, len(cells))
		for i, c := range cells {
			safe[i] = harmless(c)
		}
		return out.Write(safe)
	})
	out.Flush()
	return errors.Join(err, out.Error())
}

// harmless keeps a spreadsheet from taking a text for a formula. A telephone
// number with its country stays as it is.
func harmless(c string) string {
	if c == "" || !strings.ContainsRune("=+-@", rune(c[0])) {
		return c
	}
	if (c[0] == '+' || c[0] == '-') && strings.Trim(c[1:], "0123456789 ") == "" {
		return c
	}
	return "'" + c
}

// WriteRejected writes the refused rows of an import as they stood in the file,
// each with its row and the reason, so that they can be mended and imported
// again.
func WriteRejected(path string, f *File, rejected []Rejected, words *lang.Printer) error {
	header := make([]string, f.Columns())
	copy(header, f.Header)
	for i, h := range header {
		if h == "" && f.Matching[i] != FieldNone {
			header[i] = f.Matching[i].Label(words)
		}
	}
	header = append(header, words.T("exchange.column.row"), words.T("exchange.column.reason"))
	return WriteTable(path, header, func(yield func([]string) error) error {
		for _, r := range rejected {
			cells := make([]string, f.Columns(), f.Columns()+2)
			copy(cells, r.cells)
			if err := yield(append(cells, words.Number(int64(r.Row)), r.Reason.Sentence(words))); err != nil {
				return err
			}
		}
		return nil
	})
}
