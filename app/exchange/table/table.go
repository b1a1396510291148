// Package table reads tables that people have made: CSV as Excel, LibreOffice
// and the public registers write it, Excel workbooks, and contact cards. It
// reads row by row, survives what is damaged, and says which rows are.
package table

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/xuri/excelize/v2"

	"kompetansepilot/app/disk"
	"kompetansepilot/data"
)

// Limits. More than these is no table that a person has made.
const (
	MaxFile    = 256 << 20 // bytes
	MaxColumns = 1024
	MaxRows    = 1 << 20  // what a sheet of Excel holds
	MaxCell    = 32 << 10 // bytes; longer cells are cut
)

// Format is how a file holds its table.
type Format string

// Formats.
const (
	CSV   Format = "csv"
	XLSX  Format = "xlsx"
	VCard Format = "vcf"
)

// Row is a row of a table.
type Row struct {
	// Number is where a person finds it: the line that it begins on in a CSV file,
	// the row of a sheet, the card of a file of cards. From 1.
	Number int
	Cells  []string
	// Fault is why the row cannot be trusted, "" when it can.
	Fault Fault
}

// Empty tells whether nothing is written in the row.
func (r *Row) Empty() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// Fault is what is wrong with a row as such.
type Fault string

// The faults.
const (
	FaultQuote   Fault = "quote"   // a quotation mark that never closes
	FaultNUL     Fault = "nul"     // bytes that no text has
	FaultFormula Fault = "formula" // a cell whose formula gives an error
	FaultCard    Fault = "card"    // a contact card that is cut off
)

// Info is what a file turned out to be.
type Info struct {
	Format    Format
	Encoding  string // of a CSV file: "UTF-8", "UTF-16" or "Windows-1252"
	Separator rune   // of a CSV file
	Sheet     string // of a workbook: the one that is read
	Sheets    []string
}

// Reader gives the rows of one table. It is used by one goroutine, and Close
// ends it.
type Reader struct {
	Info
	next  func() (Row, error) // io.EOF after the last
	close func() error
	rows  int
}

// Next is the next row; the error is io.EOF after the last one. Rows in which
// nothing is written are passed over.
func (r *Reader) Next() (Row, error) {
	for {
		row, err := r.next()
		if err != nil {
			return row, err
		}
		if row.Fault == "" && row.Empty() {
			continue
		}
		if r.rows++; r.rows > MaxRows {
			return Row{}, tooLong()
		}
		for i, c := range row.Cells {
			if len(c) > MaxCell {
				row.Cells[i] = strings.ToValidUTF8(c[:MaxCell], "")
			}
		}
		return row, nil
	}
}

// Close lets go of the file.
func (r *Reader) Close() error { return r.close() }

// Codes of the errors of this package.
const (
	CodeTable = "table"
)

// Open opens the table in a file. sheet is the one of a workbook to read, "" for
// the first that has anything.
func Open(path, sheet string) (*Reader, error) {
	raw, err := bytesOf(path)
	if err != nil {
		return nil, err
	}
	return Read(raw, sheet)
}

// OpenBook opens a whole workbook, for forms whose cells have names.
func OpenBook(path string) (*excelize.File, error) {
	raw, err := bytesOf(path)
	if err != nil {
		return nil, err
	}
	return ReadBook(raw)
}

// ReadBook is OpenBook for a file that was read.
func ReadBook(raw []byte) (*excelize.File, error) {
	if err := readable(raw); err != nil {
		return nil, err
	}
	file, _, err := openBook(raw)
	return file, err
}

func readable(raw []byte) error {
	switch {
	case len(raw) > MaxFile:
		return tooLarge()
	case len(bytes.TrimSpace(raw)) == 0:
		return empty()
	case bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")):
		return old()
	}
	return nil
}

// bytesOf reads a file of a size that a table may have.
func bytesOf(path string) ([]byte, error) {
	f, size, err := disk.Open(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, data.NewError(CodeTable+".missing", "Fant ikke filen {{.File}}. Ingenting er endret. Velg filen på nytt.", err, "File", filepath.Base(path))
		}
		return nil, data.NewError(CodeTable+".open", "Kunne ikke åpne {{.File}}. Ingenting er endret. Er den åpen i et annet program, så lukk den der og prøv igjen.", err, "File", filepath.Base(path))
	}
	defer f.Close()
	if size > MaxFile {
		return nil, tooLarge()
	}
	raw, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return nil, data.NewError(CodeTable+".open", "Kunne ikke åpne {{.File}}. Ingenting er endret. Er den åpen i et annet program, så lukk den der og prøv igjen.", err, "File", filepath.Base(path))
	}
	return raw, nil
}

func old() error {
	return data.NewError(CodeTable+".old", "Filen er i det gamle Excel-formatet, eller den er låst med passord. Ingenting er endret. Lagre den som .xlsx uten passord og prøv igjen.", nil)
}

func tooLong() error {
	return data.NewError(CodeTable+".rows", "Tabellen har mer enn en million rader, så den leses ikke. Ingenting er endret. Del den i flere filer.", nil)
}

func tooLarge() error {
	return data.NewError(CodeTable+".large", "Filen er for stor til å være en tabell, så den leses ikke. Ingenting er endret. Del den i flere filer.", nil)
}

// Read reads the table in raw, whose format it finds out.
func Read(raw []byte, sheet string) (*Reader, error) {
	if err := readable(raw); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) || bytes.HasPrefix(raw, []byte("PK\x05\x06")) {
		return readWorkbook(raw, sheet)
	}
	text, encoding, err := decode(raw)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, empty()
	}
	if isCards(text) {
		return readCards(text), nil
	}
	return readCSV(text, encoding)
}

func empty() error {
	return data.NewError(CodeTable+".empty", "Filen er tom. Ingenting er endret. Velg en annen fil.", nil)
}
