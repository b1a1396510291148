package pdf

import (
	"bytes"
	"compress/zlib"
	"io"

	"kompetansepilot/app/document/pdf/pdfcheck"
)

// check gives the breaches of PDF/A-2a and PDF/UA-1 in a file, one text each.
func check(file []byte, pages int) (faults []string) {
	for _, f := range pdfcheck.Check(file) {
		faults = append(faults, f.String())
	}
	return faults
}

func inflate(b []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(z)
	if err != nil {
		return nil
	}
	return out
}
