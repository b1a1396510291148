package app

import (
	"path/filepath"

	"kompetansepilot/app/disk"
	"kompetansepilot/app/document"
	"kompetansepilot/app/document/render"
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
	return disk.Write(path, content)
}
