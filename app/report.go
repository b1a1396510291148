package app

import (
	"path/filepath"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
	"kompetansepilot/data"
)

// SaveReport writes a document that belongs to no application as a PDF, in place
// of a file that is there. Its errors carry a sentence.
func (p *Program) SaveReport(doc document.Document, path string) error {
	doc, err := p.headed(doc)
	if err != nil {
		return err
	}
	content, _, err := render.PDF(doc)
	if err != nil {
		return err
	}
	if filepath.Ext(path) == "" {
		path += ".pdf"
	}
	return writeReport(path, content)
}

// writeReport writes a file, with a sentence where it cannot be written.
func writeReport(path string, content []byte) error {
	err := WriteFile(path, content)
	if err != nil && data.Code(err) == "" {
		err = data.NewError("writeMade", "Kunne ikke skrive {{.Path}}. Lå det en fil der før, er den som den var. Se etter at det er plass på disken, og at du kan skrive i mappen.", err, "Path", path)
	}
	return err
}
