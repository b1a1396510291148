package kit

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"kompetansepilot/app/lang"
)

// TestWords fails when the code asks for a text that a language lacks.
func TestWords(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	asked := regexp.MustCompile(`"(kit\.[A-Za-z.]+)"`)
	found := 0
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range asked.FindAllStringSubmatch(string(raw), -1) {
			found++
			for _, code := range lang.Codes {
				if !printers[code].Has(m[1]) {
					t.Errorf("%s: %s has no text %q", file, code, m[1])
				}
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d texts found: the search is broken", found)
	}
	if !slices.Contains(lang.Codes[:], "nn") {
		t.Error("nynorsk is gone")
	}
}
