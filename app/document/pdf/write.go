// Package pdf writes laid out documents as PDF/A-2a and PDF/UA-1 at once: one
// file for the archive and for a screen reader.
//
// The pages are drawn with gofpdf, which knows neither standard. Marked content
// is put around what is drawn, and a second pass over gofpdf's very regular
// output adds what it cannot write: the structure tree, links and bookmarks,
// metadata, the output intent and correct font tables.
package pdf

import (
	"fmt"
	"io"

	"kompetansepilot/app/document/layout"
)

// Write writes the document. The same result gives the same bytes. It may be
// called from several goroutines, also for the same result.
func Write(w io.Writer, r *layout.Result) (err error) {
	// gofpdf panics on input it did not expect; a document must not end the program.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("pdf: drawing failed: %v", p)
		}
	}()
	f, err := build(r, archive())
	if err != nil {
		return fmt.Errorf("pdf: %w", err)
	}
	_, err = w.Write(f.bytes())
	return err
}

// profile is the part of PDF/A that a file follows.
type profile struct {
	version     string // of PDF
	part, level string
}

// archive is what documents are: PDF/A-2a.
func archive() profile { return profile{"1.7", "2", "A"} }

// build draws a document and finishes it.
func build(r *layout.Result, p profile) (*file, error) {
	raw, pictures, err := draw(r)
	if err != nil {
		return nil, err
	}
	f, err := parse(raw)
	if err != nil {
		return nil, err
	}
	f.profile = p
	if err := pictures.add(f); err != nil {
		return nil, err
	}
	return f, finish(f, r)
}

// finish adds what gofpdf cannot write.
func finish(f *file, r *layout.Result) error {
	s := newStructure(f, r)
	if err := s.addPages(); err != nil {
		return err
	}
	s.addTree()
	if err := mendFonts(f, r); err != nil {
		return err
	}
	compressPages(f, len(r.Pages))
	addCatalog(f, r.Meta, s.root, addOutlines(f, r.Outline))
	return nil
}
