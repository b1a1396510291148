// Package render turns a document into a finished file in one call.
package render

import (
	"bytes"

	"kompetansepilot/app/document"
	"kompetansepilot/app/document/layout"
	"kompetansepilot/app/document/pdf"
)

// PDF lays a document out and writes it as PDF/A-2a and PDF/UA-1. It also
// returns which characters had to be replaced, for the user to see. The same
// document gives the same bytes.
func PDF(doc document.Document) ([]byte, []document.Replacement, error) {
	result, err := layout.Lay(doc)
	if err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	if err := pdf.Write(&b, result); err != nil {
		return nil, nil, err
	}
	return b.Bytes(), result.Replaced, nil
}
