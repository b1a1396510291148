package pdf

// CheckTags lets the tests of package pdf_test look for breaches in a file.
func CheckTags(file []byte, pages int) []string { return check(file, pages) }
