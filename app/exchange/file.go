package exchange

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"

	"kompetansepilot/app/exchange/table"
	"kompetansepilot/app/reference"
	"kompetansepilot/data"
)

// sampleRows is how many rows the preview and the guessing look at.
const sampleRows = 60

// Service imports to and exports from a workspace. Its methods may be called
// from any goroutine but Fyne's.
type Service struct {
	store  *data.Workspace
	places *reference.Tables
}

// New makes the service of a workspace.
func New(store *data.Workspace, places *reference.Tables) *Service {
	return &Service{store: store, places: places}
}

// File is a file that is to be imported, before anything of it is.
type File struct {
	Path string
	Kind Kind
	table.Info
	// Header are the names of the columns, "" for one without; empty when the table
	// begins with its contents.
	Header    []string
	HeaderRow int         // its number in the file, -1 for none
	Sample    []table.Row // the first rows under the header
	// Matching is the field of each column. It was guessed, or, when Remembered is
	// set, chosen the last time that a file had the same header.
	Matching   []Field
	Remembered bool
}

// Name is the file's name without its folder.
func (f *File) Name() string { return filepath.Base(f.Path) }

// Open reads the beginning of a file and matches its columns. sheet is the one
// of a workbook, "" for the first with contents.
func (s *Service) Open(path, sheet string, kind Kind) (*File, error) {
	r, err := table.Open(path, sheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	f := &File{Path: path, Kind: kind, Info: r.Info}
	var rows []table.Row
	for len(rows) < headRows+sampleRows {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, data.NewError(table.CodeTable+".empty", "Filen er tom. Ingenting er endret. Velg en annen fil.", nil)
	}
	f.HeaderRow = -1
	if at := findHeader(rows); at >= 0 {
		f.Header, f.HeaderRow = rows[at].Cells, rows[at].Number
		rows = rows[at+1:]
	}
	f.Sample = rows[:min(len(rows), sampleRows)]
	f.SetKind(s, kind)
	return f, nil
}

// SetKind changes what the rows are, and matches the columns anew.
func (f *File) SetKind(s *Service, kind Kind) {
	f.Kind = kind
	if matching, ok := remembered(s.store, kind, f.Header); ok {
		f.Matching, f.Remembered = matching, true
		return
	}
	f.Matching, f.Remembered = guess(kind, f.Header, f.Sample, newParser(kind, nil, s.places)), false
}

// Columns is how many columns the file has.
func (f *File) Columns() int { return len(f.Matching) }

// Enough tells whether the columns that are matched can make records; the error
// is a sentence that says what is missing.
func (f *File) Enough() error {
	has := func(field Field) bool { return slices.Contains(f.Matching, field) }
	organisation := has(FieldName) || has(FieldNumber)
	if f.Kind == Contacts && !(organisation && (has(FieldContact) || has(FieldEmail) || has(FieldPhone))) {
		return data.NewError(CodeMatching+".contacts", "Velg hvilken kolonne som har kontakten, e-posten eller telefonen, og hvilken som har navnet eller nummeret til bedriften. Ingenting er endret.", nil)
	}
	if !organisation {
		return data.NewError(CodeMatching+".name", "Velg hvilken kolonne som har navnet eller organisasjonsnummeret. Ingenting er endret.", nil)
	}
	return nil
}

// ahead is how many rows are read before they are asked for.
const ahead = 512

// batch is some rows on their way, or the error that ended them.
type batch struct {
	rows []table.Row
	err  error
}

// rows gives the rows under the header one after the other. The file is read
// beside the caller's work.
func (f *File) rows(ctx context.Context, yield func(table.Row) error) error {
	r, err := table.Open(f.Path, f.Sheet)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	batches := make(chan batch, 8)
	go func() {
		defer close(batches)
		readAll(ctx, r, batches)
	}()
	defer func() {
		cancel()
		for range batches { // until the reader has let go of the file
		}
		_ = r.Close()
	}()
	for b := range batches {
		for _, row := range b.rows {
			if row.Number <= f.HeaderRow {
				continue
			}
			if err := yield(row); err != nil {
				return err
			}
		}
		if b.err != nil {
			return b.err
		}
	}
	return ctx.Err()
}

func readAll(ctx context.Context, r *table.Reader, to chan<- batch) {
	send := func(b batch) bool {
		select {
		case to <- b:
			return true
		case <-ctx.Done():
			return false
		}
	}
	for {
		rows := make([]table.Row, 0, ahead)
		for len(rows) < ahead {
			row, err := r.Next()
			if err != nil {
				b := batch{rows: rows, err: err}
				if errors.Is(err, io.EOF) {
					b.err = nil
				}
				send(b)
				return
			}
			rows = append(rows, row)
		}
		if !send(batch{rows: rows}) {
			return
		}
	}
}
