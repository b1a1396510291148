package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"log/slog"
	"strings"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/data"
)

// Limits of an unpacked workbook, so that a small file cannot fill the memory.
const (
	maxUnpacked = 512 << 20 // bytes in all
	maxPart     = 24 << 20  // bytes that one part may have in memory; the rest goes to a file
	maxParts    = 10_000
	// maxBlank is how many rows without contents end a sheet: some have borders down
	// to row a million, and a row may say that it is number a billion.
	maxBlank = 5000
)

// rowSource gives the cells of one row after the other, io.EOF after the last.
type rowSource interface {
	next() ([]string, error)
	close() error
}

// workbook reads one sheet of a workbook, row by row.
type workbook struct {
	rows   rowSource
	row    int
	blank  int // rows without contents that came last
	merged *mergedCells
}

func readWorkbook(raw []byte, sheet string) (*Reader, error) {
	file, archive, err := openBook(raw)
	if err != nil {
		return nil, err
	}
	r, err := openSheet(file, archive, sheet)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return r, nil
}

// openBook opens a workbook from elsewhere, within the limits.
func openBook(raw []byte) (*excelize.File, *zip.Reader, error) {
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, nil, damaged(err)
	}
	var size uint64
	for _, f := range archive.File {
		size += f.UncompressedSize64
	}
	if size > maxUnpacked || len(archive.File) > maxParts {
		return nil, nil, tooLarge()
	}
	file, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxPart, ShortDatePattern: "dd.mm.yyyy", LongDatePattern: "dd.mm.yyyy",
	})
	if err != nil {
		return nil, nil, damaged(err)
	}
	return file, archive, nil
}

func damaged(err error) error {
	return data.NewError(CodeTable+".damaged", "Arbeidsboken er skadet, eller den er ikke fra Excel. Ingenting er endret. Åpne den i Excel, lagre den på nytt som .xlsx og prøv igjen.", err)
}

func openSheet(file *excelize.File, archive *zip.Reader, sheet string) (*Reader, error) {
	sheets := file.GetSheetList()
	if len(sheets) == 0 {
		return nil, empty()
	}
	if sheet == "" {
		sheet = firstFilled(file, sheets)
	}
	if at, err := file.GetSheetIndex(sheet); err != nil || at < 0 {
		return nil, data.NewError(CodeTable+".sheet", "Arbeidsboken har ikke noe ark som heter «{{.Sheet}}». Ingenting er endret. Velg et annet ark.", err, "Sheet", sheet)
	}
	rows, err := sourceOf(file, archive, sheet)
	if err != nil {
		return nil, damaged(err)
	}
	w := &workbook{rows: rows, merged: mergedOf(file, archive, sheet)}
	return &Reader{Info: Info{Format: XLSX, Sheet: sheet, Sheets: sheets}, next: w.next, close: w.close}, nil
}

// sourceOf is our own reader for sheets that it can read, and excelize for the
// others.
func sourceOf(file *excelize.File, archive *zip.Reader, sheet string) (rowSource, error) {
	if part := partOf(file, archive, sheet); part != nil {
		own, err := newSheetReader(archive, part)
		if err == nil {
			return own, file.Close()
		}
		if !errors.Is(err, errOther) {
			return nil, err
		}
	}
	rows, err := file.Rows(sheet)
	if err != nil {
		return nil, err
	}
	return &excelizeRows{file, rows}, nil
}

// excelizeRows reads with excelize.
type excelizeRows struct {
	file *excelize.File
	rows *excelize.Rows
}

func (r *excelizeRows) next() ([]string, error) {
	if !r.rows.Next() {
		if err := r.rows.Error(); err != nil {
			return nil, err
		}
		return nil, io.EOF
	}
	return r.rows.Columns()
}

func (r *excelizeRows) close() error { return errors.Join(r.rows.Close(), r.file.Close()) }

// firstFilled is the first sheet with something in its first rows.
func firstFilled(file *excelize.File, sheets []string) string {
	if len(sheets) == 1 {
		return sheets[0]
	}
	for _, s := range sheets {
		rows, err := file.Rows(s)
		if err != nil {
			continue
		}
		filled := false
		for n := 0; n < 20 && !filled && rows.Next(); n++ {
			cells, err := rows.Columns()
			filled = err == nil && strings.TrimSpace(strings.Join(cells, "")) != ""
		}
		_ = rows.Close()
		if filled {
			return s
		}
	}
	return sheets[0]
}

func (w *workbook) next() (Row, error) {
	cells, err := w.rows.next()
	if errors.Is(err, io.EOF) && !errors.Is(err, errCut) {
		return Row{}, io.EOF
	}
	if data.Code(err) != "" {
		return Row{}, err
	}
	if err != nil {
		return Row{}, damaged(err)
	}
	if w.row++; w.blank > maxBlank {
		return Row{}, io.EOF
	}
	if len(cells) > MaxColumns {
		return Row{}, tooWide()
	}
	row := Row{Number: w.row, Cells: cells}
	for i, c := range cells {
		var fault Fault
		row.Cells[i], fault = cleaned(strings.TrimPrefix(c, "\ufeff"))
		if formulaError(row.Cells[i]) {
			fault = FaultFormula
		}
		if row.Fault == "" {
			row.Fault = fault
		}
	}
	row.Cells = w.merged.fill(w.row, row.Cells)
	w.blank++
	if !row.Empty() {
		w.blank = 0
	}
	return row, nil
}

// formulaError tells what a formula gives when it cannot be worked out.
func formulaError(s string) bool {
	if !strings.HasPrefix(s, "#") {
		return false
	}
	switch s {
	case "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return false
}

func (w *workbook) close() error {
	err := w.rows.close()
	if err != nil {
		slog.Warn("close workbook", "err", err)
	}
	return err
}
