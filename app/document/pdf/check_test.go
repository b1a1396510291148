package pdf

import "kompetansepilot/app/document/pdf/pdfcheck"

// check gives the breaches of PDF/A-2a and PDF/UA-1 in a file, one text each.
func check(file []byte, pages int) (faults []string) {
	for _, f := range pdfcheck.Check(file) {
		faults = append(faults, f.String())
	}
	return faults
}
