package bundle

// PDFTexts lets tests read what a PDF shows.
func PDFTexts(pdf []byte) string { return pdfTexts(pdf).lines }
