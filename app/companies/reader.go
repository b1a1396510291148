package companies

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"kompetansepilot/data"
)

// Codes of the errors of the bulk file.
const (
	CodeBulkFile     = "companiesFile"
	CodeBulkDamaged  = "companiesDamaged"
	CodeNoRegister   = "companiesNone"
	CodeStopped      = "companiesStopped"
	CodeNoSelection  = "companiesSelection"
	CodeRegisterBusy = "companiesBusy"
)

// unitReader reads the units of a bulk file one after another, whichever form it
// has.
type unitReader struct {
	*window
	form  form
	csv   csvForm
	first bool  // no unit of the array was read yet
	seen  int   // units read
	place int64 // behind the last of them, where reading can begin again
}

type form int

const (
	formArray form = iota // a JSON array
	formLines             // JSON objects after each other
	formCSV
)

// newUnitReader finds out the form and goes to the first unit. Its errors carry a
// sentence.
func newUnitReader(ctx context.Context, from *bulkFile) (*unitReader, error) {
	r := &unitReader{window: newWindow(from), first: true}
	c, err := r.skipSpace(ctx)
	if err != nil {
		return nil, r.explain(ctx, err)
	}
	switch {
	case c == '[':
		r.form = formArray
		r.take(1)
	case c == '{':
		r.form = formLines
	case c == '<':
		return nil, data.NewError(CodeBulkFile+".html", "Filen {{.Path}} er en nettside, ikke registeret. Det som var lastet før, er i bruk som før. Last ned «enheter» på nytt fra Brønnøysundregistrene, som JSON eller CSV.", nil, "Path", from.file.Name())
	default:
		r.form = formCSV
		if err := r.whole(ctx, func(atEnd bool) (int, error) { return r.csv.head(r.b, atEnd) }); err != nil {
			if errors.Is(err, errSyntax) {
				return nil, data.NewError(CodeBulkFile+".columns", "Filen {{.Path}} har ikke kolonnene «organisasjonsnummer» og «navn» på første linje. Det som var lastet før, er i bruk som før. Velg filen «enheter» eller «underenheter» fra Brønnøysundregistrene.", err, "Path", from.file.Name())
			}
			return nil, r.explain(ctx, noEnd(err))
		}
	}
	r.place = r.offset
	return r, nil
}

// whole calls read until it has all the bytes it needs, and goes past those it
// used.
func (r *unitReader) whole(ctx context.Context, read func(atEnd bool) (int, error)) error {
	for {
		used, err := read(r.atEnd())
		if !errors.Is(err, errShort) {
			if err == nil {
				r.take(used)
			}
			return err
		}
		if err := r.more(ctx); err != nil {
			return err
		}
	}
}

// next reads the next unit. err is io.EOF after the last; others carry a
// sentence. u lives until the next call.
func (r *unitReader) next(ctx context.Context, u *raw) error {
	err := r.read(ctx, u)
	if err == nil {
		r.seen++
		r.place = r.offset
		return nil
	}
	if err == io.EOF {
		return io.EOF
	}
	return r.explain(ctx, err)
}

func (r *unitReader) read(ctx context.Context, u *raw) error {
	if r.form == formCSV {
		for {
			if len(r.b) == 0 {
				if err := r.more(ctx); err != nil {
					return err
				}
				continue
			}
			if r.b[0] != '\n' && !bytes.HasPrefix(r.b, []byte("\r\n")) {
				return noEnd(r.whole(ctx, func(atEnd bool) (int, error) { return r.csv.row(r.b, atEnd, u) }))
			}
			r.take(1 + bytes.IndexByte(r.b, '\n'))
		}
	}
	c, err := r.skipSpace(ctx)
	switch {
	case errors.Is(err, io.EOF) && r.form == formArray:
		return io.ErrUnexpectedEOF
	case err != nil:
		return err
	case r.form == formArray && c == ']':
		r.take(1)
		return r.tail(ctx)
	case r.form == formArray && !r.first:
		if c != ',' {
			return fmt.Errorf("%w: no comma between units", errSyntax)
		}
		r.take(1)
		if c, err = r.skipSpace(ctx); err != nil {
			return noEnd(err)
		}
	}
	if c != '{' {
		return fmt.Errorf("%w: no unit", errSyntax)
	}
	r.first = false
	return noEnd(r.whole(ctx, func(bool) (int, error) {
		s := scanner{b: r.b}
		err := s.unit(u)
		return s.i, err
	}))
}

// tail reads what stands behind the array, so that a packed file's checksum is
// tried. Only white space may.
func (r *unitReader) tail(ctx context.Context) error {
	_, err := r.skipSpace(ctx)
	if err == nil {
		return fmt.Errorf("%w: more behind the array", errSyntax)
	}
	return err
}

func noEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// explain puts a sentence to what went wrong while reading.
func (r *unitReader) explain(ctx context.Context, err error) error {
	path := r.from.file.Name()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errZip):
		return data.NewError(CodeBulkFile+".zip", "Filen {{.Path}} er en ZIP- eller Excel-fil. Det som var lastet før, er i bruk som før. Pakk den ut først, eller last ned registeret som JSON eller CSV.", err, "Path", path)
	case errors.Is(err, io.EOF):
		return data.NewError(CodeBulkFile+".empty", "Filen {{.Path}} er tom. Det som var lastet før, er i bruk som før. Last ned registeret på nytt.", err, "Path", path)
	}
	return data.NewError(CodeBulkDamaged, "Filen {{.Path}} er avkortet eller skadet etter {{.Units}} enheter. Det som var lastet før, er i bruk som før. Last ned filen på nytt.", err, "Path", path, "Units", r.seen)
}

// openError puts a sentence to a file that cannot be opened.
func openError(path string, err error) error {
	return data.NewError(CodeBulkFile, "Kunne ikke lese filen {{.Path}}. Det som var lastet før, er i bruk som før. Sjekk at filen finnes og at du kan åpne den.", err, "Path", path)
}
